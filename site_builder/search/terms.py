"""What entries say comes in, one after the other; the posting lists of their terms go out, batch by batch."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from operator import itemgetter
from types import MappingProxyType

from site_builder.search.layout import MOST, Postings
from site_builder.search.said import BODY, EXACT, NAME, START, SUMMARY, TITLE, WORDS, Said, head
from site_builder.search.sounds import Sound, Sounds, spelled
from site_builder.search.tokens import HAN, beginning, fold, grams, whole

_Marked = tuple[tuple[int, Sequence[str]], ...]
"""Marked terms by level; of those that stand at several, or twice, the best counts."""
_MARKS = "“”‘’「」『』《》〈〉·•"
_OVER = re.compile(f"([{HAN}])[{_MARKS}]+(?=([{HAN}]))")
"""What stands before and after marks that quote or bind; a character may stand between two."""
Heard = tuple[tuple[tuple[int, str], ...], tuple[tuple[str, str], ...]]
"""All that an entry is found by: its texts, each with its level, and what marked terms are made of, each with its mark."""


def heard(said: Said, *, person: bool) -> Heard:
    """What terms are made of, of all that an entry says; ``person`` tells how its name is read."""
    return tuple(_texts(said)), tuple(_marks(said, "person" if person else "title"))


def levels_of(entry: Heard, *, sounds: Sounds) -> dict[str, int]:
    """Every term of one entry, and its best level, by the rule alone: of a few entries sooner than arrays are loaded."""
    texts, marked = entry
    found = [(level, terms) for mark, text in marked for level, terms in _marked_terms(mark, text, sounds=sounds)]
    for level, text in texts:
        folded = fold(text)
        found.append((TITLE if level == START else level, tuple(grams(folded))))
        if level == START:
            found.append((START, beginning(folded)))
    return {term: level for level, terms in sorted(found, key=itemgetter(0)) for term in terms}


class Listener:
    """Hears entries out, block by block; a marked term keeps its number from batch to batch."""

    def __init__(self) -> None:
        self.sounds = Sounds()
        """How the names sound that were met; who knows some beforehand gives others in their place."""
        # a term that is met for the first time gets the next number
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._known: dict[tuple[str, str], tuple[tuple[int, array[int]], ...]] = {}
        self._begin(0)

    def _begin(self, block: int) -> None:
        self._first = block
        self._texts: list[str] = []
        self._heads: list[int] = []
        self._marked: list[array[int]] = []
        self._marked_heads: list[int] = []

    def hear(self, block: int, at: int, *, entry: Heard) -> None:
        """What an entry is found by, at its block and place."""
        if not self._texts:
            self._begin(block)
        # of the lower bits of a number the level is all that differs within an entry
        lowest = head((block - self._first) * MOST + at, 0)
        texts, marked = entry
        for level, text in texts:
            self._texts.append(text)
            self._heads.append(lowest - level)
        for mark, text in marked:
            for level, numbers in self._known.get((mark, text)) or self._of(mark, text):
                self._marked.append(numbers)
                self._marked_heads.append(lowest - level)

    def postings(self) -> Postings:
        """The lists of all since it was last asked."""
        if not self._texts:
            return {}
        # who reads no entries does without arrays, which take longer to load than a batch to be read
        import numpy as np

        from site_builder.search.arrays import Spoken, terms_of
        from site_builder.search.postings import postings_of

        heads = np.repeat(np.asarray(self._marked_heads, dtype=np.uint32), list(map(len, self._marked)))
        marked = np.frombuffer(b"".join(self._marked), dtype=np.uint64)
        terms = terms_of(Spoken(tuple(self._texts), tuple(self._heads), marked, heads))
        found = postings_of(terms, list(self._numbers), block=self._first)
        self._begin(0)
        return found

    def _of(self, mark: str, text: str) -> tuple[tuple[int, array[int]], ...]:
        self._known[mark, text] = found = tuple(
            (level, array("Q", map(self._numbers.__getitem__, terms)))
            for level, terms in _marked_terms(mark, text, sounds=self.sounds)
        )
        return found


def _marks(said: Said, own: str) -> Iterator[tuple[str, str]]:
    """What an entry says beside its texts, with the marks of ``_TERMS``: its names, those it names, labels of its facets."""
    for text in said.at(TITLE):
        yield own, text
    for part in said.parts:
        if part.alias:
            yield own, part.text
        if part.tag:
            yield part.tag, part.text
    for mark, label in said.facets:
        if mark:
            yield mark, label
    for text, is_person in said.named:
        yield "named person" if is_person else "named", text


def _texts(said: Said) -> Iterator[tuple[int, str]]:
    """What the entry says, level by level; the title by which it stands in lists at that of beginnings."""
    titles = said.at(TITLE)
    if titles:
        yield START, titles[0]
    names = (*said.at(NAME), *said.grades)
    for level, texts in ((TITLE, titles[1:]), (NAME, names), (SUMMARY, said.at(SUMMARY)), (BODY, said.at(BODY))):
        over = tuple(_over(titles if level == TITLE else texts))
        if texts or over:
            yield level, "\n".join((*texts, *over))
    yield WORDS, "\n".join([label for _, label in said.facets])


def _over(texts: Iterable[str]) -> Iterator[str]:
    """Pairs of characters between which there are only quotation marks or the like: who looks for “五小”竞赛 seldom types them."""
    for text in texts:
        if any(mark in text for mark in _MARKS):
            yield from map("".join, _OVER.findall(text))


def _marked_terms(mark: str, text: str, *, sounds: Sounds) -> _Marked:
    return _TERMS.get(mark, _grams)(mark, text, sounds=sounds)


def _year(mark: str, label: str, *, sounds: Sounds) -> _Marked:
    return ((NAME, (f"{mark}/{label}",)),)


def _grams(mark: str, text: str, *, sounds: Sounds) -> _Marked:
    return ((NAME, [f"{mark}/{term}" for term in grams(fold(text))]),)


def _title(mark: str, text: str, *, sounds: Sounds) -> _Marked:
    """A title or other name whole, its pinyin and its initials."""
    start, terms, exact = _sound_terms(sounds[text, mark == "person"])
    name = whole(text)
    return (EXACT, [*exact, f"={name}"] if name else exact), (START, start), (TITLE, terms)


def _name(mark: str, text: str, *, sounds: Sounds) -> _Marked:
    """Pinyin and initials of a person or organisation that is named."""
    start, terms, _ = _sound_terms(sounds[text, mark == "named person"])
    return ((NAME, start + terms),)


def _sound_terms(sounds: Iterable[Sound]) -> tuple[list[str], list[str], list[str]]:
    """(terms at the start, all, whole ones) of all ways in which a name sounds."""
    start: list[str] = []
    terms: list[str] = []
    exact: list[str] = []
    for sound in sounds:
        letters, initials = spelled(sound)
        start += f"p/{letters[:3]}", f"p/{letters[:4]}", f"i/{initials[:2]}"
        terms += [f"p/{letters[at : at + 4]}" for at in range(max(1, len(letters) - 3))]
        terms += [f"i/{initials[at : at + 2]}" for at in range(max(1, len(initials) - 1))]
        if 2 <= len(sound) <= 12:
            exact += f"={letters}", f"={initials}"
    return start, terms, exact


_TERMS: Mapping[str, Callable[..., _Marked]] = MappingProxyType(
    {"title": _title, "person": _title, "named": _name, "named person": _name, "y": _year}
)
"""What is made of a text, by its mark: titles and names whole and in pinyin, years; of all others the terms behind their mark."""
