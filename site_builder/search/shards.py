"""Posting lists of some blocks come in; what they give every shard goes out, and from what all blocks give, the text of a shard.

Texts of one shard are put one behind the other in the order of their blocks; whoever made them, and in how many pieces, leaves no trace.
"""

from collections.abc import Iterable

from site_builder.search.postings import LEVEL_MARK, Postings
from site_builder.search.tokens import shard_of

TERM_MARK = "#"


def parted(postings: Postings, shards: int) -> tuple[str, ...]:
    """What each shard is given: ``#term`` and its lists, term after term."""
    found: list[list[str]] = [[] for _ in range(shards)]
    for term, lists in postings.items():
        found[shard_of(term, shards)].append(f"{TERM_MARK}{term}{lists}")
    return tuple(map("".join, found))


def merged(texts: Iterable[str]) -> str:
    """The text of a shard: terms in order, of each its levels, the best first."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for line in text.split(TERM_MARK)[1:]:
            at = line.index(LEVEL_MARK)
            found.setdefault(line[:at], []).append(line[at:])
    return f"{''.join([f'{TERM_MARK}{term}{joined(found[term])}' for term in sorted(found)])}{TERM_MARK}"


def joined(lists: Iterable[str]) -> str:
    """The lists of one term, of several batches, workers or members in their order, as one: level by level, the best first."""
    line = "".join(lists)
    if line.count(LEVEL_MARK) == 1:
        return line
    levels: dict[str, list[str]] = {}
    for one in line.split(LEVEL_MARK)[1:]:
        levels.setdefault(one[0], []).append(one[1:])
    return "".join([f"{LEVEL_MARK}{level}{''.join(levels[level])}" for level in sorted(levels, reverse=True)])
