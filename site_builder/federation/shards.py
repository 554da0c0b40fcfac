"""The shards of several indexes come in; the shards of the common one go out, made without a look at any text.

Each member keeps its blocks; only their numbers are raised by the number of its first. A shard of a member holds the terms whose
checksum leaves one remainder, and all numbers of shards are powers of two: so one remainder by the smallest number is a share of
the work of its own, and no more than that share is in memory.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from site_builder.federation.members import Member
from site_builder.federation.reading import unfit
from site_builder.model.pages import OutputFile
from site_builder.search.files import script
from site_builder.search.layout import FAR, MOST, NEXT, SYMBOLS
from site_builder.search.shards import joined
from site_builder.search.tokens import shard_of

_FIRST, _SKIPPED = ord(SYMBOLS[0]), 0x5C


def merged_shards(members: Sequence[Member], *, shards: int, part: int = 0, of: int = 1) -> Iterator[OutputFile]:
    """Every ``of``-th share of the common shards from ``part`` on."""
    least = min(member.shards for member in members)
    for remainder in range(part, least, of):
        lines: defaultdict[str, list[str]] = defaultdict(list)
        for member in members:
            for at in range(remainder, member.shards, least):
                for term, line in lines_of(member, at):
                    lines[term].append(line)
        texts: dict[int, list[str]] = {at: [] for at in range(remainder, shards, least)}
        for term in sorted(lines):
            texts[shard_of(term, shards)].append(f"#{term}{joined(lines[term])}")
        for at, found in texts.items():
            yield script(f"t/{at}", f"{''.join(found)}#")


def lines_of(member: Member, at: int) -> Iterator[tuple[str, str]]:
    """Each term of a shard with its levels and segments, blocks numbered as in the common index."""
    name = f"t/{at}"
    text = member.content(name)
    if not isinstance(text, str) or not text.startswith("#") or not text.endswith("#"):
        raise unfit(name)
    for one in raised(text, member).split("#")[1:-1]:
        term, mark, line = one.partition("&")
        if not mark or shard_of(term, member.shards) != at:
            raise unfit(name)
        yield term, f"&{line}"


def raised(text: str, member: Member) -> str:
    """The text of a shard with the numbers of blocks raised; no block may be named that the member does not have."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    heads = np.flatnonzero((codes == ord(FAR)) | (codes == ord(NEXT)))
    marks = heads[codes[heads] == ord(FAR)]
    if not len(heads):
        return text
    if codes[heads[0]] != ord(FAR) or marks[-1] + 2 >= len(codes):
        raise unfit("t")
    high, low = (_values(codes[marks + step]) for step in (1, 2))
    blocks = high * MOST + low
    # a head without a number stands for the block after the one before it
    which = np.searchsorted(marks, heads, side="right") - 1
    steps = np.arange(len(heads)) - np.searchsorted(heads, marks)[which]
    if (
        min(high.min(), low.min()) < 0
        or max(high.max(), low.max()) >= MOST
        or (blocks[which] + steps).max() >= member.blocks
    ):
        raise unfit("t")
    blocks += member.first
    codes[marks + 1], codes[marks + 2] = _symbols(blocks // MOST), _symbols(blocks % MOST)
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _values(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    found = codes.astype(np.int64) - _FIRST
    return found - (codes > _SKIPPED)


def _symbols(values: NDArray[np.int64]) -> NDArray[np.uint32]:
    found = values + _FIRST
    return (found + (found >= _SKIPPED)).astype(np.uint32)
