"""Entries and what they say come in, one after the other; the texts and the marked terms of a group go out."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

import numpy as np

from site_builder.model.entry import Entry
from site_builder.search.arrays import Spoken, head
from site_builder.search.said import BODY, EXACT, NAME, START, SUMMARY, TITLE, WORDS, Said
from site_builder.search.sounds import sounds_of, spelled
from site_builder.search.tokens import fold, grams, whole

LEVELS = (EXACT, START, TITLE, NAME, SUMMARY, BODY, WORDS)
_Sounds = tuple[tuple[int, frozenset[str]], ...]


class Listener:
    """Hears the entries of a group out; a marked term keeps its number from group to group."""

    def __init__(self) -> None:
        self.marks: list[str] = []
        """Marked terms by number."""
        self._numbers: dict[str, int] = {}
        self._known: dict[tuple[str, str], tuple[tuple[int, array[int]], ...]] = {}
        self._begin()

    def _begin(self) -> None:
        self._texts: list[str] = []
        self._heads: list[int] = []
        self._marked: array[int] = array("L")
        self._marked_heads: list[int] = []
        self._counts: list[int] = []

    def hear(self, at: int, entry: Entry, said: Said) -> None:
        """An entry at its place in the group."""
        for level, text in _texts(said):
            self._texts.append(text)
            self._heads.append(head(at, level))
        for level, numbers in self._marked_by(entry, said):
            self._marked.extend(numbers)
            self._counts.append(len(numbers))
            self._marked_heads.append(head(at, level))

    def heard(self) -> Spoken:
        """All since it was last asked."""
        heads = np.repeat(np.asarray(self._marked_heads, dtype=np.uint32), self._counts)
        found = Spoken(tuple(self._texts), tuple(self._heads), self._marked, heads)
        self._begin()
        return found

    def _marked_by(self, entry: Entry, said: Said) -> Iterator[tuple[int, array[int]]]:
        """``o/宝钢``: names and labels behind the mark of their field; whole titles and years; pinyin."""
        person = "h" if entry.kind == "craftsman" else "p"
        names = (*said.at(TITLE), *(part.text for part in said.parts if part.alias))
        for text in names:
            yield from self._of("=", text, _whole)
            yield from self._of(person, text, _title_sounds)
        for tag, text in {(part.tag, part.text) for part in said.parts if part.tag}:
            yield from self._of(f"{tag}/", text, _grams)
        for mark, label in said.facets:
            if mark:
                yield from self._of(f"{mark}/", label, _year if mark == "y" else _grams)
        for text, is_person in said.named:
            yield from self._of("named h" if is_person else "named o", text, _name_sounds)

    def _of(self, mark: str, text: str, terms: Callable[[str, str], _Sounds]) -> tuple[tuple[int, array[int]], ...]:
        found = self._known.get((mark, text))
        if found is None:
            found = tuple((level, self._numbered(some)) for level, some in terms(mark, text))
            self._known[mark, text] = found
        return found

    def _numbered(self, terms: frozenset[str]) -> array[int]:
        for term in terms:
            if term not in self._numbers:
                self._numbers[term] = len(self.marks)
                self.marks.append(term)
        return array("L", map(self._numbers.__getitem__, terms))


def _texts(said: Said) -> Iterator[tuple[int, str]]:
    """What the entry says, level by level; the title by which it stands in lists at that of beginnings."""
    titles = said.at(TITLE)
    if titles:
        yield START, titles[0]
    for level, texts in ((TITLE, titles[1:]), *((level, said.at(level)) for level in (NAME, SUMMARY, BODY))):
        if texts:
            yield level, "\n".join(texts)
    yield WORDS, "\n".join([label for _, label in said.facets])


def _whole(mark: str, text: str) -> _Sounds:
    name = whole(text)
    return ((EXACT, frozenset({f"{mark}{name}"})),) if name else ()


def _year(mark: str, label: str) -> _Sounds:
    return ((NAME, frozenset({f"{mark}{label}"})),)


def _grams(mark: str, text: str) -> _Sounds:
    return ((NAME, frozenset(f"{mark}{term}" for term in grams(fold(text)))),)


def _title_sounds(mark: str, text: str) -> _Sounds:
    """Pinyin and initials of a title or other name."""
    start, terms, exact = _sound_terms(text, mark == "h")
    return (EXACT, exact), (START, start), (TITLE, terms - start)


def _name_sounds(mark: str, text: str) -> _Sounds:
    """The same of a person or organisation that is named."""
    start, terms, _ = _sound_terms(text, mark.endswith("h"))
    return ((NAME, start | terms),)


def _sound_terms(name: str, person: bool) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """(terms at the start, all others, whole ones) of all ways to say a name."""
    start, terms, exact = set[str](), set[str](), set[str]()
    for sound in sounds_of(name, person):
        letters, initials = spelled(sound)
        start |= {f"p/{letters[:3]}", f"p/{letters[:4]}", f"i/{initials[:2]}"}
        terms.update(f"p/{letters[at : at + 4]}" for at in range(max(1, len(letters) - 3)))
        terms.update(f"i/{initials[at : at + 2]}" for at in range(max(1, len(initials) - 1)))
        if 2 <= len(sound) <= 12:
            exact |= {f"={letters}", f"={initials}"}
    return frozenset(start), frozenset(terms), frozenset(exact)
