"""The search index comes in, a piece for each group of its blocks; those not right any more are read again, and its files go out.

In a warm build the shards as they lie in the site are mended: the lists of the groups that were read again take the former ones' places.
Where a shard is not as it was left, a former list is lost, or most groups must be read again, the index is made as a whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from site_builder.languages.tongues import Tongue
from site_builder.model.frozen import frozen
from site_builder.press.crew import Tick
from site_builder.press.pressing import Press, put_files, put_index, turned
from site_builder.press.shelf import Shelf
from site_builder.publish.spoken import also_said
from site_builder.search.index import (
    TABLES,
    Gathered,
    Searched,
    gather_group,
    joined,
    manifest_file,
    mark,
    shards_of,
)
from site_builder.search.layout import Layout
from site_builder.search.mending import Groups, mended_shards
from site_builder.search.sounds import Sound, Sounds
from site_builder.search.terms import Listener
from site_builder.warm.memory import Desk, Memory, Piece
from site_builder.warm.reading import told, unwatched

INDEX = "index "
SHARDS = "shards"
Written = tuple[list[str], Mapping[str, str]]
"""Marks of shards, and address → token of their files."""


@frozen
class Indexed:
    """What is remembered of a group."""

    gathered: Gathered
    """All that the manifest says of it; its lists are put away."""
    lists: str
    """The name of its lists on the shelf."""
    sounds: str
    """The same of how its names sound."""
    size: tuple[int, int]
    """How many blocks and shards there were."""


@frozen
class IndexWork:
    """What is left to be done for the index."""

    layout: Layout
    shelf: Shelf
    also: Mapping[str, tuple[str, ...]]
    """What entries are found by beside what they say themselves, by key."""
    given: Mapping[str, bytes]
    right: Mapping[str, Piece]
    """Groups that are still right, by the names of their pieces; none where the index is made as a whole."""
    former: Groups | None
    """The former lists of all other groups; None where the index is made as a whole."""
    shards: Piece | None
    """All shards as they lie in the site."""

    @classmethod
    def of(cls, desk: Desk, layout: Layout, *, tongues: Sequence[Tongue], shelf: Shelf) -> "IndexWork":
        """All groups that are not right any more."""
        settings = desk.given + told((unwatched(desk.deck), tongues))
        also = also_said(desk.deck, tongues)
        groups = {_name(group): tuple(layout.blocks[group.start : group.stop]) for group in layout.share(0, 1)}
        given = {name: settings + told((blocks, _size(layout))) for name, blocks in groups.items()}
        right = desk.right(given)
        left = [group for group in layout.share(0, 1) if _name(group) not in right]
        former = _former(desk, layout, groups=left, shelf=shelf)
        shards = desk.former.pieces.get(SHARDS)
        return cls(layout, shelf, also, given, right if former is not None else {}, former, shards)

    def put(self, press: Press, desk: Desk, *, part: int, of: int) -> dict[int, Gathered]:
        """Reads a worker's share of the groups, each a piece: its first block → what was found in it."""
        recorder, listener = desk.recorder, Listener()
        searched = Searched(recorder.deck.catalogue, recorder.deck.cards, self.also)
        groups = [group for group in self.layout.share(0, 1) if _name(group) not in self.right]
        mine = groups[part::of] if self.right else self.layout.share(part, of)
        found: dict[int, Gathered] = {}
        for group in mine:
            assert press.laid is not None
            files = press.laid.turned()
            recorder.opened()
            listener.sounds = Sounds(self._sounds(desk, group))
            gathered, made = gather_group(searched, layout=self.layout, group=group, listener=listener)
            put_index(press, made)
            lists, sounds = self.shelf.put(gathered.shards), self.shelf.put(dict(listener.sounds))
            result = Indexed(replace(gathered, shards=()), lists, sounds, _size(self.layout))
            recorder.closed(_name(group), self.given[_name(group)], files=files, result=result)
            found[group.start] = gathered
        return found if self.former is not None or not found else {mine[0].start: joined(list(found.values()))}

    def _sounds(self, desk: Desk, group: range) -> Mapping[tuple[str, bool], tuple[Sound, ...]]:
        """How the names of a group sounded when it was read last; nothing where that is not known."""
        piece = desk.former.pieces.get(_name(group))
        try:
            return dict(self.shelf.get(piece.result.sounds)) if piece else {}
        except KeyError:
            return {}

    def shards_anew(self, press: Press, found: Mapping[int, Gathered]) -> "Shards | None":
        """The work of making all shards, when all workers have read their shares; None where they are mended as they lie."""
        return Shards(press, self._groups(found), self.layout) if self.former is None else None

    def _groups(self, found: Mapping[int, Gathered]) -> list[Gathered]:
        """What was found in all groups, in order."""
        if self.former is None:
            return [found[start] for start in sorted(found)]
        return [
            self.right[_name(group)].result.gathered if _name(group) in self.right else found[group.start]
            for group in self.layout.share(0, 1)
        ]

    def write(self, press: Press, found: Mapping[int, Gathered], *, made: Iterable[Written], others: str) -> Piece:
        """Lays the manifest, and shards where they are mended; ``made`` is what was laid of them where they were made anew.

        They are a piece that is never asked whether it is right: its groups are.
        """
        if self.former is None:
            laid = tuple(made)
            marks = tuple(chain.from_iterable(marks for marks, _ in laid))
            files = {address: token for _, tokens in laid for address, token in tokens.items()}
        else:
            marks, files = self._mended(press, found)
        groups, manifest = self._groups(found), turned(press)
        put_files(press, (manifest_file(groups, marks, layout=self.layout, others=others),))
        return Piece(b"", b"", files | manifest, marks)

    def _mended(self, press: Press, found: Mapping[int, Gathered]) -> tuple[tuple[str, ...], dict[str, str]]:
        """The marks of all shards and their files, of which those that differ are laid."""
        assert self.former is not None
        assert self.shards is not None
        marks, laid = list(self.shards.result), turned(press)
        now = {start: gathered.shards for start, gathered in found.items()}
        for at, file in mended_shards(self.former, now, layout=self.layout, read=press.read):
            marks[TABLES + at] = mark(file)
            put_files(press, (file,))
        return tuple(marks), {**self.shards.files, **laid}


@frozen
class Shards:
    """All shards, to be made by several workers."""

    press: Press
    groups: Sequence[Gathered]
    layout: Layout

    def __call__(self, part: int, of: int, *, tick: Tick) -> Written:
        """A worker's share."""
        laid = turned(self.press)
        files = shards_of(self.groups, layout=self.layout, part=part, of=of)
        put_files(self.press, files)
        tick(len(files))
        return [mark(file) for file in files], laid


def lists_of(memory: Memory) -> frozenset[str]:
    """What a build leaves on the shelf for the next."""
    return frozenset(name for piece in memory.of(INDEX) for name in (piece.result.lists, piece.result.sounds))


def _name(group: range) -> str:
    return f"{INDEX}{group.start}"


def _size(layout: Layout) -> tuple[int, int]:
    return len(layout.blocks), layout.shards


def _former(desk: Desk, layout: Layout, *, groups: Sequence[range], shelf: Shelf) -> Groups | None:
    """The former lists of these groups, as they stand in the shards of the site; None where they are not all known."""
    if not desk.is_warm or len(groups) * 2 > len(layout.share(0, 1)) + 1:
        return None
    shards = desk.former.pieces.get(SHARDS)
    if shards is None or not shards.files.items() <= desk.known.items():
        return None
    found: dict[int, tuple[str, ...]] = {}
    for group in groups:
        piece = desk.former.pieces.get(_name(group))
        if piece is None or piece.result.size != _size(layout):
            return None
        try:
            found[group.start] = tuple(shelf.get(piece.result.lists))
        except KeyError:
            return None
    return found
