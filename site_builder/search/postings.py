"""The terms of a batch of entries come in; their posting lists go out, as docs/search.md writes them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from site_builder.model.frozen import frozen
from site_builder.search.arrays import ENTRY, Numbers, Terms, changes
from site_builder.search.layout import BITS, FAR, GROUP, LEVEL_MARK, MOST, NEXT, SIX, SYMBOLS, Postings
from site_builder.search.said import EXACT, LEVEL

Places = NDArray[np.int64]
Entries = NDArray[np.int32]
_SYMBOLS = np.frombuffer(SYMBOLS.encode(), dtype=np.uint8)


@frozen
class _Segments:
    """Segments in order: where each begins among the entries, and whether it follows its neighbour or is written in bits."""

    starts: Places
    blocks: Places
    sizes: Places
    first: NDArray[np.bool_]
    """Whether a list begins with it, so that the level stands before."""
    near: NDArray[np.bool_]
    bits: NDArray[np.bool_]
    body: Places
    """Symbols that say the places, ``%`` left out."""

    @property
    def marks(self) -> Places:
        """Symbols before the one that says the block."""
        return 2 * self.first.astype(np.int64)

    @property
    def before(self) -> Places:
        """Symbols before the places."""
        return self.marks + np.where(self.near, 1, 3) + self.bits


def postings_of(terms: Terms, marks: Sequence[str], *, block: int) -> Postings:
    """Lists of every term and level; ``block`` is the first of the batch and of its group, ``marks`` the marked terms."""
    if not len(terms.numbers):
        return {}
    numbers = _by_level(terms.numbers)
    lists = numbers >> np.uint64(ENTRY)
    entries = (numbers & np.uint64((1 << ENTRY) - 1)).astype(np.int32)
    begins = changes(lists)
    segments = _segments(entries, begins)
    levels = EXACT - (lists[begins] & np.uint64((1 << LEVEL) - 1)).astype(np.int64)
    text, offsets = _written(entries % MOST, segments, levels=levels, block=block)
    found = lists[begins] >> np.uint64(LEVEL)
    firsts = changes(found)
    # where each term begins among the segments, and so in the text
    starts = offsets[np.searchsorted(segments.starts, begins[firsts])].tolist()
    names = terms.names(found[firsts], marks)
    return {name: text[start:end] for name, start, end in zip(names, starts, [*starts[1:], len(text)], strict=True)}


def _by_level(numbers: Numbers) -> Numbers:
    """From term, entry, level to term, level, entry: entries ascend already, so that terms, by rank, and levels are all that is sorted."""
    found = numbers >> np.uint64(ENTRY + LEVEL)
    begins = np.zeros(len(found), dtype=np.uint32)
    begins[changes(found)] = 1
    ranks = np.cumsum(begins, dtype=np.uint32)
    levels = numbers.astype(np.uint16) & np.uint16((1 << LEVEL) - 1)
    # of 16 bits, for which there is a quicker way than to compare; few batches have so many terms that one key is not enough
    keys = [levels, ranks.astype(np.uint16)]
    order = np.lexsort([*keys, (ranks >> np.uint32(16)).astype(np.uint16)] if ranks[-1] >> 16 else keys)
    found <<= np.uint64(LEVEL)
    found |= levels
    found <<= np.uint64(ENTRY)
    found |= numbers >> np.uint64(LEVEL) & np.uint64((1 << ENTRY) - 1)
    return found[order]


def _segments(entries: Entries, begins: Places) -> _Segments:
    blocks = entries // MOST
    first = np.zeros(len(entries), dtype=bool)
    first[begins] = True
    cut = first.copy()
    cut[1:] |= blocks[1:] != blocks[:-1]
    starts = np.flatnonzero(cut)
    ends = np.append(starts[1:], len(entries))
    held = blocks[starts]
    near = np.zeros(len(starts), dtype=bool)
    begun = first[starts]
    near[1:] = ~begun[1:] & (held[1:] == held[:-1] + 1) & (held[1:] % GROUP > 0)
    groups = entries[ends - 1] % MOST // SIX + 1
    sizes = ends - starts
    bits = sizes > groups + 1
    return _Segments(starts, held.astype(np.int64), sizes, begun, near, bits, np.where(bits, groups, sizes))


def _written(places: Entries, segments: _Segments, *, levels: Places, block: int) -> tuple[str, Places]:
    """All segments in a row, the level before each list; and where each begins; the last number is the length."""
    before = segments.before
    offsets = np.append(0, np.cumsum(before + segments.body))
    bodies = offsets[:-1] + before
    values = np.zeros(int(offsets[-1]), dtype=np.uint8)
    in_bits = np.repeat(segments.bits, segments.sizes)
    plain = ~in_bits
    # of a segment of symbols each has its own, one after the other
    first = np.repeat(bodies - segments.starts, segments.sizes)[plain]
    values[first + np.flatnonzero(plain)] = places[plain]
    of_bits = places[in_bits]
    at = np.repeat(bodies[segments.bits], segments.sizes[segments.bits]) + of_bits // SIX
    begins = changes(at)
    if len(at):
        values[at[begins]] = np.bitwise_or.reduceat(1 << of_bits % SIX, begins)
    blocks = offsets[:-1] + segments.marks
    far = blocks[~segments.near]
    said = segments.blocks[~segments.near] + block
    values[far + 1], values[far + 2] = said // MOST, said % MOST
    text = _SYMBOLS[values]
    text[far] = ord(FAR)
    text[blocks[segments.near]] = ord(NEXT)
    lists = offsets[:-1][segments.first]
    text[lists] = ord(LEVEL_MARK)
    text[lists + 1] = levels + ord("0")
    text[bodies[segments.bits] - 1] = ord(BITS)
    return text.tobytes().decode("ascii"), offsets
