"""A deck and what editors translated come in; what the exhibition says in each of its languages goes out."""

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.catalogue.addresses import address_of
from site_builder.intake.renderings import State, renderings_of
from site_builder.intake.translations import Given, Translation, Translations
from site_builder.languages.tongues import Own, Tongue
from site_builder.languages.traditional import exceptions
from site_builder.model.entry import Entry, is_id, references_of
from site_builder.model.languages import LANGUAGES
from site_builder.model.problems import Problem
from site_builder.publish.deck import Deck

Pair = tuple[str, str]
"""A text of an entry and its translation."""


def tongues_of(deck: Deck, given: Given) -> tuple[Tongue, ...]:
    """One for each language of the settings."""
    return tuple(_tongue(deck, given.get(tag, Translations()), tag=tag) for tag in deck.catalogue.exhibition.languages)


def check_translations(entries: Mapping[str, Entry], given: Given) -> Iterator[Problem]:
    """Translations whose form is not that of what they translate, and those whose Chinese was changed since."""
    for translations in given.values():
        for key, one in translations.entries.items():
            if key not in entries:
                continue
            for name, value in one.fields.items():
                if list(_pairs(getattr(entries[key].data, name), value)) == []:
                    message = f"“{name}”的译文与原文的形式不同，或者原文没有这一项"
                    yield Problem("wrong-type", one.at(name), message, "照原文的样子写：文字对文字，几条对几条")
            yield from _outdated(entries[key], one)


def _outdated(entry: Entry, one: Translation) -> Iterator[Problem]:
    for text in renderings_of(entry, {**one.fields, "body": one.body}, original=one.original):
        if text.state is State.CHANGED:
            yield Problem("old-translation", one.at(*text.path), f"“{text.label}”译好以后，中文又改过")


def _tongue(deck: Deck, translations: Translations, *, tag: str) -> Tongue:
    texts = exceptions(_names(deck)) if tag == "zh-Hant" else {}
    shared: dict[str, set[str]] = {}
    pages: dict[str, Own] = {}
    for key, one in translations.entries.items():
        if key not in deck.cards:
            continue
        entry, card = deck.catalogue.entries[key], deck.cards[key]
        pairs = [pair for name, value in one.fields.items() for pair in _pairs(getattr(entry.data, name), value)]
        pages[address_of(entry)] = Own(dict(pairs), _markdown(entry.body, pairs, one=one))
        for chinese, said in pairs:
            if chinese in (card.title, card.summary):
                shared.setdefault(chinese, set()).add(said)
    for path, page in translations.pages.items():
        texts_of = {str(name): str(said) for name, said in page.fields.items()}
        pages[f"{path}/".removeprefix("index/")] = Own(texts_of, whole=page.body)
    # two entries that say the same in Chinese and not in translation: each for its own page only
    texts |= {chinese: said.pop() for chinese, said in shared.items() if len(said) == 1}
    texts |= translations.words
    lined = {card.title_lines: texts[card.title] for card in deck.cards.values() if card.title in texts}
    return Tongue(LANGUAGES[tag], texts, pages, {lines: said for lines, said in lined.items() if len(lines) > 1})


def _markdown(body: str, pairs: list[Pair], *, one: Translation) -> tuple[Pair, ...]:
    whole = ((body, one.body),) if body.strip() and one.body.strip() else ()
    return (*whole, *pairs)


def _pairs(value: Any, said: Any) -> Iterator[Pair]:
    """Texts of a field, each with what stands in the same place of its translation."""
    if isinstance(value, str) and isinstance(said, str):
        if said.strip():
            yield value.strip(), said.strip()
    elif isinstance(value, tuple) and isinstance(said, list):
        for one, other in zip(value, said, strict=False):
            yield from _pairs(one, other)
    elif isinstance(value, tuple) and isinstance(said, str) and len(value) == 1:
        yield from _pairs(value[0], said)
    elif isinstance(said, dict):
        for name, other in said.items():
            yield from _pairs(getattr(value, name, None), other)


def _names(deck: Deck) -> Iterator[str]:
    """Names of all persons who are shown."""
    for key in deck.cards:
        entry = deck.catalogue.entries[key]
        if entry.kind == "craftsman":
            yield entry.title
        for reference in references_of(entry.data):
            if reference.kinds == ("craftsman",) and not is_id(reference.text):
                yield reference.text
