"""An entry and what it says come in; the terms under which it is found go out, each at its best level."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from site_builder.model.entry import Entry
from site_builder.search.said import BODY, EXACT, NAME, START, SUMMARY, TITLE, WORDS, Said
from site_builder.search.sounds import sounds_of, spelled
from site_builder.search.tokens import first_grams, fold, grams, whole

LEVELS = (EXACT, START, TITLE, NAME, SUMMARY, BODY, WORDS)
_MANY = 1 << 14


def terms_of(entry: Entry, said: Said) -> Iterator[tuple[int, Iterable[str]]]:
    """(level, terms), plain ones once at the best level; then those marked for whole titles, fields and pinyin."""
    titles = said.at(TITLE)
    start = first_grams(fold(titles[0])) if titles else set[str]()
    yield START, start
    seen = set(start)
    words = set().union(*(_label_terms(label) for _, label in said.facets))
    for level in (TITLE, NAME, SUMMARY, BODY):
        texts = said.at(level)
        if texts:
            terms = grams(fold("\n".join(texts)))
            terms -= seen
            # asks for each of the few words, where -= would ask for each of the many terms
            words = words - terms
            yield level, terms
            if level > BODY:
                seen |= terms
    yield WORDS, words - start
    yield EXACT, {f"={name}" for text in _names(said, titles) if (name := whole(text))}
    yield NAME, _marked(said)
    yield from _sounding(entry, said)


@lru_cache(_MANY)
def _label_terms(label: str) -> frozenset[str]:
    return frozenset(grams(fold(label)))


def _names(said: Said, titles: tuple[str, ...]) -> tuple[str, ...]:
    return (*titles, *(part.text for part in said.parts if part.alias))


def _marked(said: Said) -> set[str]:
    """``o/宝钢``: the terms of names and labels behind the mark of their field; years are whole."""
    found = {f"y/{label}" for mark, label in said.facets if mark == "y"}
    marked = {(part.tag, part.text) for part in said.parts if part.tag}
    return found.union(
        *(_marked_terms(mark, text) for mark, text in marked),
        *(_marked_terms(mark, label) for mark, label in said.facets if mark in ("k", "r")),
    )


@lru_cache(_MANY)
def _marked_terms(mark: str, text: str) -> frozenset[str]:
    return frozenset(f"{mark}/{term}" for term in grams(fold(text)))


def _sounding(entry: Entry, said: Said) -> Iterator[tuple[int, Iterable[str]]]:
    """Pinyin of the title and other names, and of the people and organisations that are named."""
    start, terms, exact = _sounds(_names(said, said.at(TITLE)), entry.kind == "craftsman")
    yield EXACT, exact
    yield START, start
    yield TITLE, terms - start
    found = set[str]().union(*(one for name, person in said.named for one in _sound_terms(name, person)[:2]))
    yield NAME, found - terms - start


def _sounds(names: tuple[str, ...], person: bool) -> tuple[set[str], set[str], set[str]]:
    """(terms at the start, all others, whole ones) of all ways to say these names."""
    start, terms, exact = set[str](), set[str](), set[str]()
    for name in names:
        first, inner, full = _sound_terms(name, person)
        start |= first
        terms |= inner
        exact |= full
    return start, terms, exact


@lru_cache(_MANY)
def _sound_terms(name: str, person: bool) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    start, terms, exact = set[str](), set[str](), set[str]()
    for sound in sounds_of(name, person):
        letters, initials = spelled(sound)
        start |= {f"p/{letters[:3]}", f"p/{letters[:4]}", f"i/{initials[:2]}"}
        terms.update(f"p/{letters[at : at + 4]}" for at in range(max(1, len(letters) - 3)))
        terms.update(f"i/{initials[at : at + 2]}" for at in range(max(1, len(initials) - 1)))
        if 2 <= len(sound) <= 12:
            exact |= {f"={letters}", f"={initials}"}
    return frozenset(start), frozenset(terms), frozenset(exact)
