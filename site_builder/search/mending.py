"""What entries are found by, before and now, comes in, and shards as they lie; the shards as they must be go out.

An edit exchanges single places in the lists of a few terms: of a line only the segments of the blocks concerned are written anew.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from site_builder.model.pages import OutputFile
from site_builder.search.files import handed_over
from site_builder.search.index import shard, shard_name
from site_builder.search.layout import BITS, FAR, GROUP, LEVEL_MARK, MOST, NEXT, ROOT, SIX, SYMBOLS, decoded, far
from site_builder.search.shards import TERM_MARK
from site_builder.search.sounds import Sounds
from site_builder.search.terms import Heard, levels_of
from site_builder.search.tokens import shard_of

Moves = Mapping[str, Mapping[int, int]]
"""Term → number of an entry (block × 86 + place) → level at which it stands now; 0 where it does not have the term any more."""
_SEGMENT = re.compile(f"([{re.escape(NEXT + FAR)}])([^{re.escape(NEXT + FAR)}]*)")
_NOTHING: Heard = ((), ())


def moves_of(block: int, *, former: Sequence[Heard], now: Sequence[Heard], sounds: Sounds) -> Moves:
    """What differs in a block, place by place."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for number, (before, after) in enumerate(zip_longest(former, now, fillvalue=_NOTHING), block * MOST):
        if before != after:
            held, wanted = levels_of(before, sounds=sounds), levels_of(after, sounds=sounds)
            for term in {term for term, _ in held.items() ^ wanted.items()}:
                found[term][number] = wanted.get(term, 0)
    return found


def mended_shards(moves: Moves, *, shards: int, read: Callable[[str], bytes]) -> Iterator[tuple[int, OutputFile]]:
    """The shards that differ, by their numbers; ``read`` gives those of the former index, by address."""
    terms: dict[int, list[str]] = defaultdict(list)
    for term in moves:
        terms[shard_of(term, shards)].append(term)
    for at in sorted(terms):
        lines = dict(_lines(handed_over(read(f"{ROOT}{shard_name(at)}.js"))))
        for term in terms[at]:
            line = _mended(lines.pop(term, ""), moves[term])
            if line:
                lines[term] = line
        yield at, shard(at, f"{''.join([f'{TERM_MARK}{term}{lines[term]}' for term in sorted(lines)])}{TERM_MARK}")


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Term and line of everything in a shard."""
    for line in filter(None, text.split(TERM_MARK)):
        at = line.index(LEVEL_MARK)
        yield line[:at], line[at:]


def _mended(line: str, entries: Mapping[int, int]) -> str:
    """The line with these entries at the levels where they stand now; empty where nothing has the term any more."""
    levels = {int(one[0]): dict(_by_block(one[1:])) for one in line.split(LEVEL_MARK)[1:]}
    for number, wanted in entries.items():
        block, place = divmod(number, MOST)
        for level in {*levels, wanted} - {0}:
            held = levels.setdefault(level, {})
            places = {one % MOST for one in decoded(f"{far(block)}{held.pop(block, '')}")}
            if level == wanted:
                places.add(place)
            else:
                places.discard(place)
            if places:
                held[block] = _written(sorted(places))
    return "".join(
        [f"{LEVEL_MARK}{level}{_joined(levels[level])}" for level in sorted(levels, reverse=True) if levels[level]]
    )


def _by_block(segments: str) -> Iterator[tuple[int, str]]:
    """Blocks of a list, and what is written of the places in each."""
    block = 0
    for mark, body in _SEGMENT.findall(segments):
        block = block + 1 if mark == NEXT else SYMBOLS.index(body[0]) * MOST + SYMBOLS.index(body[1])
        yield block, body if mark == NEXT else body[2:]


def _joined(blocks: Mapping[int, str]) -> str:
    """The other way round."""
    return "".join(
        [f"{NEXT if block % GROUP and block - 1 in blocks else far(block)}{blocks[block]}" for block in sorted(blocks)]
    )


def _written(places: Sequence[int]) -> str:
    """Ascending places of a block, as symbols or in bits, whichever is shorter."""
    sixes = places[-1] // SIX + 1
    if len(places) <= sixes + 1:
        return "".join([SYMBOLS[place] for place in places])
    values = [0] * sixes
    for place in places:
        values[place // SIX] |= 1 << place % SIX
    return f"{BITS}{''.join([SYMBOLS[value] for value in values])}"
