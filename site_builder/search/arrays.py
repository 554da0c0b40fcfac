"""Texts of a batch of entries come in; a number for every term that occurs, entry and level go out, as an array.

A number is ``term << 16 | entry << 3 | 7 - level``, so that sorting brings the terms together and the best level first.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

# who forks its workers must not have threads, and nothing here multiplies matrices
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from site_builder.model.frozen import frozen
from site_builder.search.said import EXACT, LEVEL, START, TITLE
from site_builder.search.tokens import HAN, WORD, folding, is_han

Numbers = NDArray[np.uint64]
Codes = NDArray[np.uint32]
ENTRY = 13
"""Bits for the place of an entry among those of a batch."""
_CODES = 0x110000
_HALF, _PART, _KIND = 18, 21, 42
"""Bits of a character; of a pair of letters in a longer term; and those of a term below its kind."""
_THREE, _FOUR, _MARKED = (np.uint64(kind << _KIND) for kind in (1, 2, 3))
_LINE = 10
_LETTER = re.compile(f"[{HAN}{WORD}]")
_NOTHING, _WORD, _HAN = range(3)
_KEPT = 31 << 20
"""Bytes that are taken and given back once, never touched: from then on glibc keeps what is freed, up to twice as much (mallopt(3), on
its dynamic thresholds, which follow the largest block freed, of at most 32 MB). Else the arrays of each batch are fresh pages from the
system, which cost more than what is done in them."""
bytes(_KEPT)


@frozen
class Spoken:
    """What the entries of a batch say: texts with the head of each, and numbers of marked terms with theirs.

    A head is ``entry << 3 | 7 - level``, and those of texts ascend; a text at the level of beginnings is a title, of which the first
    terms are meant.
    """

    texts: tuple[str, ...]
    heads: tuple[int, ...]
    marked: Sequence[int] | Numbers
    marked_heads: NDArray[np.uint32]


@frozen
class Terms:
    """Every term of a batch at every entry at its best level, sorted; and what the numbers of its terms stand for."""

    numbers: Numbers
    letters: Codes
    """Characters by their number, from 1; letters and digits before Chinese ones."""
    pairs: Numbers
    """Pairs of letters, by which longer terms are made."""

    def names(self, terms: Numbers, marks: Sequence[str]) -> Iterator[str]:
        """The terms themselves, given sorted; ``marks`` are those that were numbered by the caller."""
        plain = terms[terms < _MARKED]
        table = np.zeros((len(plain), 4), dtype=np.uint32)
        two, three, four = np.split(plain, np.searchsorted(plain, (_THREE, _FOUR)).tolist())
        rows = (slice(0, len(two)), slice(len(two), len(two) + len(three)), slice(len(two) + len(three), len(plain)))
        first, last = _halves(two, _HALF)
        # a single character has nothing in its second half
        single = first == 0
        table[rows[0], 0] = self.letters[np.where(single, last, first)]
        table[rows[0], 1] = self.letters[np.where(single, 0, last)]
        first, last = _halves(three - _THREE, _PART)
        table[rows[1], 0:2] = self._pair(first)
        table[rows[1], 2] = self.letters[last]
        first, last = _halves(four - _FOUR, _PART)
        table[rows[2], 0:2] = self._pair(first)
        table[rows[2], 2:4] = self._pair(last)
        yield from table.view("<U4")[:, 0].tolist()
        yield from (marks[at] for at in (terms[terms >= _MARKED] - _MARKED).tolist())

    def _pair(self, at: NDArray[np.int64]) -> Codes:
        first, last = _halves(self.pairs[at], _HALF)
        return np.stack((self.letters[first], self.letters[last]), axis=1)


def changes(numbers: Numbers | NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a number differs from the one before, the first included."""
    different = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=different[1:])
    return np.flatnonzero(different)


def _halves(numbers: Numbers, bits: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return (numbers >> np.uint64(bits)).astype(np.int64), (numbers & np.uint64((1 << bits) - 1)).astype(np.int64)


def terms_of(said: Spoken) -> Terms:
    """All terms of a batch; an entry stands at its best level only."""
    codes, lines, met = _read(said.texts)
    letters, table, words = _lettering(np.flatnonzero(met))
    found = table[codes]
    heads = _heads(said, ends=np.flatnonzero(codes == _LINE), lines=lines, found=found)
    numbers, pairs = _grams(found, heads, words=words, more=_marked(said))
    # the lower bits are the level, of which the best stands first
    other = np.ones(len(numbers), dtype=bool)
    np.greater(numbers[1:] ^ numbers[:-1], np.uint64((1 << LEVEL) - 1), out=other[1:])
    return Terms(numbers[other], letters, pairs)


def _marked(said: Spoken) -> Numbers:
    """Marked terms, sorted: by three keys of 16 bits in less than half of the time of comparing whole numbers."""
    terms = np.asarray(said.marked, dtype=np.uint64)
    keys = (said.marked_heads, terms, terms >> np.uint64(16))
    order = np.lexsort([key.astype(np.uint16) for key in keys])
    marked = terms + _MARKED
    marked <<= np.uint64(ENTRY + LEVEL)
    marked |= said.marked_heads
    return marked[order]


def _read(texts: Iterable[str]) -> tuple[Codes, NDArray[np.int64], NDArray[np.bool_]]:
    """Code points of all texts, each ended by a line end; how many lines each has; which code points there are."""
    lines = np.asarray([text.count("\n") + 1 for text in texts], dtype=np.int64)
    joined = unicodedata.normalize("NFC", "".join([f"{text}\n" for text in texts]))
    codes = _codes(joined)
    met = np.zeros(_CODES, dtype=bool)
    met[codes] = True
    fold = folding()
    # the few that become several (℃, …) are written out; what they become folds to itself
    longer = [one for one in np.flatnonzero(met).tolist() if len(fold[one]) != 1]
    for one in longer:
        joined = joined.replace(chr(one), fold[one])
    if longer:
        codes = _codes(joined)
        met[codes] = True
    return codes, lines, met


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _lettering(met: NDArray[np.int64]) -> tuple[Codes, Codes, int]:
    """Characters that make terms, letters and digits first; code point → number of what it is folded to; how many letters."""
    plain = list(map(folding().__getitem__, met.tolist()))
    # what becomes several characters was written out before, and those are met themselves
    ones = sorted((_class(one), one) for one in set(plain) if _class(one))
    numbers = {one: at for at, (_, one) in enumerate(ones, 1)}
    table = np.zeros(_CODES, dtype=np.uint32)
    table[met] = [numbers.get(text, 0) for text in plain]
    letters = np.asarray([0, *[ord(one) for _, one in ones]], dtype=np.uint32)
    return letters, table, sum(found == _WORD for found, _ in ones)


@cache
def _class(text: str) -> int:
    """Whether a character is a letter or digit, a Chinese one, or nothing that makes terms; asked in every batch again."""
    if len(text) != 1 or not _LETTER.match(text):
        return _NOTHING
    return _HAN if is_han(text) else _WORD


def _heads(said: Spoken, *, ends: NDArray[np.int64], lines: NDArray[np.int64], found: Codes) -> Codes:
    """For every character the entry and level of the terms that start with it."""
    last = ends[np.cumsum(lines) - 1]
    starts = np.concatenate((np.zeros(1, dtype=np.int64), last[:-1] + 1))
    given = np.asarray(said.heads, dtype=np.uint32)
    titles = (given & np.uint32((1 << LEVEL) - 1)) == EXACT - START
    heads = np.repeat(given + titles.astype(np.uint32) * np.uint32(START - TITLE), last + 1 - starts)
    written = np.flatnonzero(found)
    at = np.searchsorted(written, starts[titles])
    firsts = written[at[at < len(written)]]
    within = firsts < last[titles][at < len(written)]
    heads[firsts[within]] = given[titles][at < len(written)][within]
    return heads


def _grams(found: Codes, heads: Codes, *, words: int, more: Numbers) -> tuple[Numbers, Numbers]:
    """Characters, pairs, and of letters and digits terms of three and four, sorted, then ``more``; and the pairs that these are made of.

    Written piece by piece into one array: fresh memory costs more than what is done in it. Heads ascend from text to text, so characters
    and pairs are brought together by what they are and stay in order; of 16 bits that takes half as long as to compare whole numbers.
    """
    used = found > 0
    short = found.astype(np.uint16) if found.max(initial=0) < 1 << 16 else found
    word = used & (found <= words)
    side = used[:-1] & used[1:] & (word[:-1] == word[1:])
    single, double = np.flatnonzero(used), np.flatnonzero(side)
    at = double[word[double]]
    spelled = _joined(found[at], found[at + 1], bits=_HALF)
    # not np.unique, which imports a module of masked arrays that takes longer than a batch
    pairs = np.sort(spelled)
    pairs = pairs[changes(pairs)]
    if len(pairs) >> _PART:
        raise ValueError("more different pairs of letters than a batch of a search index can hold")
    place = np.zeros(len(found) + 2, dtype=np.uint32)
    # 0 stands for no pair
    place[at] = np.searchsorted(pairs, spelled) + 1
    three = at[place[at + 1] > 0]
    four = three[place[three + 2] > 0]
    single = single[np.argsort(short[single], kind="stable")]
    double = double[np.lexsort((short[double + 1], short[double]))]
    pieces = (
        (found[single], heads[single]),
        (_joined(found[double], found[double + 1], bits=_HALF), heads[double]),
        (_THREE | _joined(place[three] - 1, found[three + 2], bits=_PART), heads[three]),
        (_FOUR | _joined(place[four] - 1, place[four + 2] - 1, bits=_PART), heads[four]),
    )
    made = np.empty(sum(len(terms) for terms, _ in pieces) + len(more), dtype=np.uint64)
    begin = 0
    for terms, heads_of in pieces:
        piece = made[begin : begin + len(terms)]
        np.left_shift(terms, np.uint64(ENTRY + LEVEL), out=piece, dtype=np.uint64)
        piece |= heads_of
        begin += len(terms)
    made[len(single) + len(double) : begin].sort()
    made[begin:] = more
    return made, pairs


def _joined(first: Codes, last: Codes, *, bits: int) -> Numbers:
    joined = first.astype(np.uint64)
    joined <<= np.uint64(bits)
    joined |= last
    return joined
