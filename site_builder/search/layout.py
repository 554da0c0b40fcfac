"""Keys of entries come in; the place of each in the index goes out, and the reading of places written in symbols."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from zlib import crc32

from site_builder.model.frozen import frozen

VERSION = 1
ROOT = f"search/v{VERSION}/"
MOST = 86
"""Entries of a block: as many as there are symbols."""
USUAL = 60
GROUP = 16
"""Blocks whose segments may lean on each other; workers take whole groups, so that their number leaves no trace."""
BLOCKS = tuple(2**power for power in range(14))
SHARDS = tuple(2**power for power in range(6, 14))
_FIRST, _SKIPPED = 0x28, 0x5C
SYMBOLS = "".join(chr(_FIRST + at + (_FIRST + at >= _SKIPPED)) for at in range(MOST))
"""Printable, safe inside a script's string; what lies below ``(`` separates."""
NEXT, FAR, BITS = "!", "$", "%"
LEVEL_MARK = "&"
"""Before each level of a list, best first."""
SIX = 6
"""Places that one symbol says after ``%``."""
Postings = Mapping[str, str]
"""Term → its levels, best first, each with its segments."""
Classes = Mapping[str, int]
"""Key → what the manifest says of it: a number below 86."""


@frozen
class Layout:
    """Which keys lie in which block, in order, how many shards there are, and of which class each key is."""

    blocks: tuple[tuple[str, ...], ...]
    shards: int
    classes: Classes

    @cached_property
    def count(self) -> int:
        """How many entries there are."""
        return sum(map(len, self.blocks))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Key → its number: block × 86 + place."""
        return MappingProxyType(
            {key: block * MOST + at for block, found in enumerate(self.blocks) for at, key in enumerate(found)}
        )

    def share(self, part: int, of: int) -> tuple[range, ...]:
        """The blocks of a worker: whole groups, one after the other."""
        groups = -(-len(self.blocks) // GROUP)
        first, last = (groups * at // of for at in (part, part + 1))
        return tuple(range(at * GROUP, min((at + 1) * GROUP, len(self.blocks))) for at in range(first, last))


def layout_of(keys: Iterable[str], classes: Classes = MappingProxyType({})) -> Layout:
    """The layout of these entries: the fewest blocks that hold them with room to spare.

    The key alone decides the block; its class, then the key, decides the place among its neighbours.
    """
    # two sorts of plain values, of which the second is stable, take a third of one of pairs
    wanted = sorted(sorted(keys), key=lambda key: classes.get(key, 0))
    shards = next((number for number in SHARDS if len(wanted) <= number * 8), SHARDS[-1])
    numbers = [number for number in BLOCKS if len(wanted) <= number * USUAL] or [BLOCKS[-1]]
    for number in numbers:
        blocks: dict[int, list[str]] = defaultdict(list)
        for key in wanted:
            blocks[crc32(key.encode()) % number].append(key)
        if all(len(block) <= MOST for block in blocks.values()):
            break
    else:
        raise ValueError(f"{len(wanted)} entries are more than a search index can hold")
    return Layout(tuple(tuple(blocks[at]) for at in range(number)), shards, classes)


def far(block: int) -> str:
    """The head of a segment that says its block in full."""
    return f"{FAR}{SYMBOLS[block // MOST]}{SYMBOLS[block % MOST]}"


def decoded(segments: str) -> list[int]:
    """The numbers in a posting list, as block × 86 + place."""
    found: list[int] = []
    block = at = 0
    group: int | None = None
    while at < len(segments):
        mark = segments[at]
        if mark in (NEXT, FAR):
            group = None
            block = block + 1 if mark == NEXT else _value(segments[at + 1]) * MOST + _value(segments[at + 2])
            at += 2 if mark == FAR else 0
        elif mark == BITS:
            group = 0
        elif group is None:
            found.append(block * MOST + _value(mark))
        else:
            found += [block * MOST + group + bit for bit in range(SIX) if _value(mark) >> bit & 1]
            group += SIX
        at += 1
    return found


def _value(symbol: str) -> int:
    return SYMBOLS.index(symbol)
