"""What entries say comes in, one after the other; the posting lists of their terms go out, batch by batch."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from site_builder.search.arrays import BLOCKS, Spoken, head, terms_of
from site_builder.search.layout import GROUP, MOST
from site_builder.search.postings import Postings, postings_of
from site_builder.search.said import BODY, EXACT, NAME, START, SUMMARY, TITLE, WORDS, Said
from site_builder.search.sounds import sounds_of, spelled
from site_builder.search.tokens import fold, grams, whole

LEVELS = (EXACT, START, TITLE, NAME, SUMMARY, BODY, WORDS)
ENOUGH = 400_000
"""Characters after which a batch ends: its arrays take some 50 MB, and the next one finds them at hand."""
_Marked = tuple[tuple[int, Sequence[str]], ...]
"""Marked terms by level; of those that stand at several, or twice, the best counts."""


class Listener:
    """Hears entries out, block by block; a marked term keeps its number from batch to batch."""

    def __init__(self) -> None:
        self.met: set[str] = set()
        """All characters of the batches so far."""
        self._marks: list[str] = []
        self._numbers: dict[str, int] = {}
        self._known: dict[tuple[str, str], tuple[tuple[int, array[int]], ...]] = {}
        self._begin(0)

    def _begin(self, block: int) -> None:
        self._first = self._next = block
        self._size = 0
        self._texts: list[str] = []
        self._heads: list[int] = []
        self._marked: array[int] = array("L")
        self._marked_heads: list[int] = []
        self._counts: list[int] = []

    @property
    def is_full(self) -> bool:
        """Whether another group would be too much for one array."""
        return self._size > ENOUGH or self._next + GROUP - self._first > BLOCKS

    def hear(self, block: int, at: int, *, said: Said, person: bool) -> None:
        """What an entry says, at its block and place; ``person`` tells how its name is read."""
        if not self._texts:
            self._begin(block)
        self._next = block + 1
        place = (block - self._first) * MOST + at
        for level, text in _texts(said):
            self._size += len(text)
            self._texts.append(text)
            self._heads.append(head(place, level))
        for level, numbers in self._marked_by(said, person):
            self._marked.extend(numbers)
            self._counts.append(len(numbers))
            self._marked_heads.append(head(place, level))

    def postings(self) -> Postings:
        """The lists of all since it was last asked."""
        if not self._texts:
            return {}
        heads = np.repeat(np.asarray(self._marked_heads, dtype=np.uint32), self._counts)
        terms = terms_of(Spoken(tuple(self._texts), tuple(self._heads), self._marked, heads))
        self.met |= terms.met
        found = postings_of(terms, self._marks, block=self._first)
        self._begin(0)
        return found

    def _marked_by(self, said: Said, person: bool) -> Iterator[tuple[int, array[int]]]:
        """``o/宝钢``: names and labels behind the mark of their field; whole titles and years; pinyin."""
        for text in (*said.at(TITLE), *[part.text for part in said.parts if part.alias]):
            yield from self._of("person" if person else "title", text, terms=_title)
        for tag, text in {(part.tag, part.text) for part in said.parts if part.tag}:
            yield from self._of(tag, text, terms=_grams)
        for mark, label in said.facets:
            if mark:
                yield from self._of(mark, label, terms=_year if mark == "y" else _grams)
        for text, is_person in said.named:
            yield from self._of("named person" if is_person else "named", text, terms=_name)

    def _of(self, mark: str, text: str, *, terms: Callable[[str, str], _Marked]) -> tuple[tuple[int, array[int]], ...]:
        found = self._known.get((mark, text))
        if found is None:
            found = tuple((level, self._numbered(some)) for level, some in terms(mark, text))
            self._known[mark, text] = found
        return found

    def _numbered(self, terms: Sequence[str]) -> array[int]:
        for term in terms:
            if term not in self._numbers:
                self._numbers[term] = len(self._marks)
                self._marks.append(term)
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


def _year(mark: str, label: str) -> _Marked:
    return ((NAME, (f"{mark}/{label}",)),)


def _grams(mark: str, text: str) -> _Marked:
    return ((NAME, [f"{mark}/{term}" for term in grams(fold(text))]),)


def _title(mark: str, text: str) -> _Marked:
    """A title or other name whole, its pinyin and its initials."""
    start, terms, exact = _sound_terms(text, mark == "person")
    name = whole(text)
    return (EXACT, [*exact, f"={name}"] if name else exact), (START, start), (TITLE, terms)


def _name(mark: str, text: str) -> _Marked:
    """Pinyin and initials of a person or organisation that is named."""
    start, terms, _ = _sound_terms(text, mark == "named person")
    return ((NAME, start + terms),)


def _sound_terms(name: str, person: bool) -> tuple[list[str], list[str], list[str]]:
    """(terms at the start, all, whole ones) of all ways to say a name."""
    start: list[str] = []
    terms: list[str] = []
    exact: list[str] = []
    for sound in sounds_of(name, person):
        letters, initials = spelled(sound)
        start += f"p/{letters[:3]}", f"p/{letters[:4]}", f"i/{initials[:2]}"
        terms += [f"p/{letters[at : at + 4]}" for at in range(max(1, len(letters) - 3))]
        terms += [f"i/{initials[at : at + 2]}" for at in range(max(1, len(initials) - 1))]
        if 2 <= len(sound) <= 12:
            exact += f"={letters}", f"={initials}"
    return start, terms, exact
