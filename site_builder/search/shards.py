"""Posting lists of some blocks come in; what they give every shard goes out, and from what all blocks give, the text of a shard.

Texts of one shard are put one behind the other in the order of their blocks; whoever made them, and in how many pieces, leaves no trace.
"""

from collections import defaultdict
from collections.abc import Iterable

from site_builder.search.layout import LEVEL_MARK, Postings
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
    found: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        for line in text.split(TERM_MARK)[1:]:
            term, _, lists = line.partition(LEVEL_MARK)
            found[term].append(lists)
    whole = [f"{TERM_MARK}{term}{LEVEL_MARK}{_in_order(LEVEL_MARK.join(found[term]))}" for term in sorted(found)]
    return f"{''.join(whole)}{TERM_MARK}"


def joined(lists: Iterable[str]) -> str:
    """The lists of one term, of several batches, workers or members in their order, as one: level by level, the best first."""
    return f"{LEVEL_MARK}{_in_order(''.join(lists)[1:])}"


def _in_order(lists: str) -> str:
    """The same, the mark before the first level left out."""
    if LEVEL_MARK not in lists:
        return lists
    levels: defaultdict[str, list[str]] = defaultdict(list)
    for one in lists.split(LEVEL_MARK):
        levels[one[0]].append(one[1:])
    return LEVEL_MARK.join([f"{level}{''.join(levels[level])}" for level in sorted(levels, reverse=True)])
