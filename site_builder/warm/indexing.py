"""The search index comes in, a piece for each group of its blocks; those not right any more are read again, and its files go out.

In a warm build the shards as they lie in the site are mended: the lists of the groups that were read again take the former ones' places.
Where a shard is not as it was left, a former list is lost, or most groups must be read again, the index is made as a whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.model.pages import OutputFile
from site_builder.press.pressing import Press, put_files
from site_builder.search.index import Gathered, gather_group, joined, shard_files, shard_name, with_manifest
from site_builder.search.layout import ROOT, Layout
from site_builder.search.mending import mended_shards
from site_builder.search.postings import Postings
from site_builder.search.terms import Listener
from site_builder.warm.memory import Desk, Piece
from site_builder.warm.reading import told

INDEX = "index "


@dataclass(frozen=True)
class Indexed:
    """What is remembered of a group."""

    gathered: Gathered
    """All that the manifest says of it; its lists are put away."""
    lists: str
    """The token of its lists."""
    size: tuple[int, int]
    """How many blocks and shards there were."""


@dataclass(frozen=True)
class IndexWork:
    """What is left to be done for the index."""

    layout: Layout
    given: Mapping[str, bytes]
    right: Mapping[str, Piece]
    """Groups that are still right, by the names of their pieces; none where the index is made as a whole."""
    former: Mapping[int, Postings] | None
    """The former lists of all other groups; None where the index is made as a whole."""

    @classmethod
    def of(cls, desk: Desk, layout: Layout, *, settings: bytes) -> "IndexWork":
        """All groups that are not right any more."""
        groups = {_name(group): tuple(layout.blocks[group.start : group.stop]) for group in layout.share(0, 1)}
        given = {name: settings + told((blocks, _size(layout))) for name, blocks in groups.items()}
        right = desk.right(given)
        former = _former(desk, layout, groups=[group for group in layout.share(0, 1) if _name(group) not in right])
        return cls(layout, given, right if former is not None else {}, former)

    def put(self, press: Press, desk: Desk, *, part: int, of: int) -> dict[int, Gathered]:
        """Reads a worker's share of the groups, each a piece: its first block → what was found in it."""
        deck, recorder, listener = desk.recorder.deck, desk.recorder, Listener()
        groups = [group for group in self.layout.share(0, 1) if _name(group) not in self.right]
        mine = groups[part::of] if self.right else self.layout.share(part, of)
        found: dict[int, Gathered] = {}
        for group in mine:
            assert press.laid is not None
            files = press.laid.turned()
            recorder.opened()
            gathered, made = gather_group(
                deck.catalogue, deck.cards, layout=self.layout, group=group, listener=listener
            )
            put_files(press, made)
            result = Indexed(replace(gathered, postings={}), desk.shelf.put(gathered.postings), _size(self.layout))
            recorder.closed(_name(group), self.given[_name(group)], files=files, result=result)
            found[group.start] = gathered
        return found if self.former is not None or not found else {mine[0].start: joined(list(found.values()))}

    def files(self, press: Press, shares: Sequence[Mapping[int, Gathered]], *, others: str) -> Iterator[OutputFile]:
        """Shards and manifest, when all workers have read their shares."""
        found = {start: gathered for share in shares for start, gathered in share.items()}
        if self.former is None:
            return shard_files([found[start] for start in sorted(found)], layout=self.layout, others=others)
        groups = [
            self.right[_name(group)].result.gathered if _name(group) in self.right else found[group.start]
            for group in self.layout.share(0, 1)
        ]
        now = {start: gathered.postings for start, gathered in found.items()}
        shards = mended_shards(self.former, now, layout=self.layout, read=press.read)
        return with_manifest(groups, shards, layout=self.layout, others=others)


def lists_of(pieces: Mapping[str, Piece]) -> set[str]:
    """Tokens of all lists that these pieces still need."""
    return {piece.result.lists for name, piece in pieces.items() if name.startswith(INDEX)}


def _name(group: range) -> str:
    return f"{INDEX}{group.start}"


def _size(layout: Layout) -> tuple[int, int]:
    return len(layout.blocks), layout.shards


def _former(desk: Desk, layout: Layout, *, groups: Sequence[range]) -> Mapping[int, Postings] | None:
    """The former lists of these groups, as they stand in the shards of the site; None where they are not all known."""
    if not desk.is_warm or len(groups) * 2 > len(layout.share(0, 1)) + 1:
        return None
    if any(f"{ROOT}{shard_name(at)}.js" not in desk.known for at in range(layout.shards)):
        return None
    found: dict[int, Postings] = {}
    for group in groups:
        piece = desk.former.pieces.get(_name(group))
        lists = desk.shelf.get(piece.result.lists) if piece and piece.result.size == _size(layout) else None
        if lists is None:
            return None
        found[group.start] = lists
    return found
