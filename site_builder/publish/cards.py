"""A deck comes in; what the share card of each entry says, where it lies and how it is made go out."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from site_builder.catalogue.addresses import address_of
from site_builder.media.cards import CardBrief
from site_builder.media.sharing import Shared, making_of, shared_of
from site_builder.media.store import Making
from site_builder.model.entry import Entry
from site_builder.model.pages import Card
from site_builder.model.problems import Place, Problem
from site_builder.model.values import Picture
from site_builder.publish.covers import brief_of
from site_builder.publish.deck import SPACE, Deck

FOLDER = "share"
LONGEST_SUMMARY = 110
_PLAIN = frozenset({"organisation", "union", "award"})
"""Kinds that nobody hangs up: they have a card and no poster."""
_PHOTOGRAPHS = frozenset({"jpeg", "png", "webp", "tiff", "heic", "gif"})


def shared(deck: Deck, entry: Entry) -> Shared | None:
    """Where the share card of an entry and its like lie; None where the settings ask for none of this entry."""
    if not _wanted(deck, entry):
        return None
    stem = f"{FOLDER}/{entry.kind}/{entry.id}"
    posters = deck.catalogue.exhibition.posters and entry.kind not in _PLAIN
    return shared_of(card_brief(deck, entry), stem, posters=posters)


def share_makings(deck: Deck, media: Path, *, part: int = 0, of: int = 1) -> Iterator[Making]:
    """How to make the cards of every ``of``-th entry from ``part`` on; ``media`` is the folder that pictures lie in."""
    for key in islice(deck.cards, part, None, of):
        making = _making(deck, media, entry=deck.catalogue.entries[key])
        if making is not None:
            yield making


def share_making_at(deck: Deck, media: Path, *, address: str) -> Making | None:
    """How to make what lies at an address; None where no card does."""
    folder, _, name = address.rpartition("/")
    entry = deck.catalogue.entries.get(f"{folder.removeprefix(f'{FOLDER}/')}/{name.rsplit('-', 2)[0]}")
    return _making(deck, media, entry=entry) if entry and folder.startswith(FOLDER) else None


def _making(deck: Deck, media: Path, *, entry: Entry) -> Making | None:
    where = shared(deck, entry)
    if where is None:
        return None
    brief = card_brief(deck, entry)
    return making_of(brief, where, hand=deck.hand, photograph=media / _file(entry) if brief.picture else None)


def card_brief(deck: Deck, entry: Entry) -> CardBrief:
    """What a card says; a line with a character that no font has is left out, for a box in a name is worse than none."""
    card, site = deck.cards[entry.key], deck.catalogue.exhibition
    texts = {name: "" if deck.hand.sans.lacks(text) else text for name, text in _texts(card)}
    picture = deck.media.get(_file(entry))
    return CardBrief(
        cover=brief_of(deck.catalogue, entry),
        seal=card.seal,
        exhibition=site.name,
        address=site.url and f"{site.url}{address_of(entry)}",
        picture=picture.digest if picture and picture.kind in _PHOTOGRAPHS else "",
        focus=_focus(entry),
        **texts,
    )


def check_lettering(deck: Deck) -> tuple[Problem, ...]:
    """A warning for every line of a card that has to be left out for want of a glyph."""
    found = []
    for key, card in deck.cards.items():
        entry = deck.catalogue.entries[key]
        texts = [text for _, text in _texts(card)] if _wanted(deck, entry) else []
        for text in texts if deck.hand.sans.lacks("".join(texts)) else ():
            for char in deck.hand.sans.lacks(text):
                message = f"没有字体能写“{char}”（U+{ord(char):04X}），分享图上略去“{text[:20]}”"
                found.append(Problem("no-glyph", Place(entry.source), message))
    return tuple(found)


def _texts(card: Card) -> tuple[tuple[str, str], ...]:
    summary = card.summary if len(card.summary) <= LONGEST_SUMMARY else f"{card.summary[: LONGEST_SUMMARY - 1]}…"
    return (
        ("title", card.title),
        ("kicker", SPACE.join(word for word in (card.kind_label, card.edition) if word)),
        ("by", card.by),
        ("people", card.people),
        # counts would be old as soon as somebody has shared them
        ("meta", "" if card.kind in _PLAIN else card.meta),
        ("summary", summary),
    )


def _wanted(deck: Deck, entry: Entry) -> bool:
    return deck.catalogue.exhibition.share_cards and entry.key in deck.cards


def _file(entry: Entry) -> str:
    front = _front(entry)
    return front.file if front else ""


def _focus(entry: Entry) -> tuple[float, float] | None:
    front = _front(entry)
    return front.focus if front else None


def _front(entry: Entry) -> Picture | None:
    """The portrait, or the first picture."""
    front: Picture | None = entry.get("portrait") or next(iter(entry.data.pictures), None)
    return front
