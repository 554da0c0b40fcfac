"""Keys of entries come in; the place of each in the index goes out: a pure function of the keys, whatever the order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

VERSION = 1
ROOT = f"search/v{VERSION}/"
MOST = 86
"""Entries of a block: as many as there are symbols."""
USUAL = 43
GROUP = 16
"""Blocks whose segments may lean on each other; workers take whole groups, so that their number leaves no trace."""
BLOCKS = tuple(4**power for power in range(1, 8))
SHARDS = ((500, 64), (4000, 256), (16000, 1024), (64000, 2048))
_FIRST, _SKIPPED = 0x28, 0x5C
SYMBOLS = "".join(chr(_FIRST + at + (_FIRST + at >= _SKIPPED)) for at in range(MOST))
"""Printable, safe inside a script's string; what lies below ``(`` separates."""


@dataclass(frozen=True)
class Layout:
    """Which keys lie in which block, in order, and how many shards there are."""

    blocks: tuple[tuple[str, ...], ...]
    shards: int

    @cached_property
    def count(self) -> int:
        """How many entries there are."""
        return sum(map(len, self.blocks))

    def share(self, part: int, of: int) -> range:
        """The blocks of a worker: whole groups, one after the other."""
        groups = -(-len(self.blocks) // GROUP)
        first, last = (groups * at // of * GROUP for at in (part, part + 1))
        return range(first, min(last, len(self.blocks)))


def layout_of(keys: Iterable[str]) -> Layout:
    """The layout of these entries: the fewest blocks that hold them with room to spare."""
    wanted = sorted(keys)
    shards = next((number for most, number in SHARDS if len(wanted) <= most), 4096)
    numbers = [number for number in BLOCKS if len(wanted) <= number * USUAL] or [BLOCKS[-1]]
    for number in numbers:
        blocks: dict[int, list[str]] = defaultdict(list)
        for key in wanted:
            blocks[crc32(key.encode()) % number].append(key)
        if all(len(block) <= MOST for block in blocks.values()):
            break
    else:
        raise ValueError(f"{len(wanted)} entries are more than a search index can hold")
    return Layout(tuple(tuple(blocks[at]) for at in range(number)), shards)


def places_of(keys: Iterable[str]) -> dict[str, int]:
    """Key → the number of its document: block × 86 + place."""
    blocks = enumerate(layout_of(keys).blocks)
    return {key: block * MOST + at for block, found in blocks for at, key in enumerate(found)}


def far(block: int) -> str:
    """The head of a segment that says its block in full."""
    return f"${SYMBOLS[block // MOST]}{SYMBOLS[block % MOST]}"


def decoded(segments: str) -> list[int]:
    """The documents of a posting list, as block × 86 + place."""
    found: list[int] = []
    block = at = 0
    while at < len(segments):
        mark = segments[at]
        if mark == "!":
            block += 1
        elif mark == "$":
            block = SYMBOLS.index(segments[at + 1]) * MOST + SYMBOLS.index(segments[at + 2])
            at += 2
        else:
            code = ord(mark) - _FIRST
            found.append(block * MOST + code - (code > _SKIPPED - _FIRST))
        at += 1
    return found
