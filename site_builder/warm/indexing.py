"""The search index comes in, a piece for each of its blocks; those not right any more are read again, and its files go out.

In a warm build the shards as they lie in the site are mended: what an entry is found by now is compared with what it was found by when
its block was read last, and only the terms that differ are looked at. Where a shard is not as it was left, what was known of a block is
lost, or most blocks must be read again, the index is made as a whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from itertools import chain

from site_builder.languages.tongues import Tongue
from site_builder.model.frozen import frozen
from site_builder.press.crew import Tick
from site_builder.press.pressing import Press, put_files, put_index, turned
from site_builder.press.shelf import Shelf
from site_builder.publish.also_said import also_said
from site_builder.search.beside import Beside
from site_builder.search.columns import Told
from site_builder.search.index import (
    TABLES,
    Block,
    Read,
    Searched,
    joined,
    manifest_file,
    mark,
    read_block,
    shards_heard,
    shards_of,
)
from site_builder.search.layout import Layout
from site_builder.search.mending import Moves, mended_shards, moves_of
from site_builder.search.sounds import Sound, Sounds
from site_builder.search.terms import Heard, Listener
from site_builder.warm.desk import Desk
from site_builder.warm.memory import Memory, Piece
from site_builder.warm.reading import told, unwatched
from site_builder.warm.sections import SECTION, slices

INDEX = "index "
BESIDE = "beside"
SHARDS = "shards"
Written = tuple[list[str], Mapping[str, str]]
"""Marks of shards, and address → token of their files."""
_Former = tuple[Mapping[int, tuple[Heard, ...]], Mapping[tuple[str, bool], tuple[Sound, ...]]]
"""What lies on the shelf: block → what its entries were found by, in their order; and how names in these blocks sound."""


@frozen
class Indexed:
    """What is remembered of a block."""

    block: Block
    entries: str
    """Where on the shelf lies what its entries are found by."""


@frozen
class Index:
    """What is remembered of the whole: marks of tables and shards, and all blocks in order."""

    marks: tuple[str, ...]
    blocks: tuple[Indexed, ...]

    def fits(self, layout: Layout) -> bool:
        """Whether it has the blocks and shards of this layout."""
        return (len(self.blocks), len(self.marks)) == (len(layout.blocks), TABLES + layout.shards)


@frozen
class Found:
    """What a worker found in its blocks."""

    blocks: Mapping[int, Indexed]
    shards: tuple[str, ...] = ()
    """What they give each shard, where the index is made as a whole."""
    moves: Moves = field(default_factory=dict)
    """What differs in them, where shards are mended as they lie."""


@frozen
class IndexWork:
    """What is left to be done for the index."""

    layout: Layout
    shelf: Shelf
    also: Mapping[str, tuple[str, ...]]
    """What entries are found by beside what they say themselves, by key."""
    given: Mapping[str, bytes]
    right: Mapping[str, Piece]
    """Blocks that are still right, by the names of their pieces; none where the index is made as a whole."""
    former: Mapping[int, _Former] | None
    """What was known of all other blocks; None where the index is made as a whole."""
    shards: Piece | None
    """All shards as they lie in the site."""

    @classmethod
    def of(cls, desk: Desk, layout: Layout, *, tongues: Sequence[Tongue], shelf: Shelf) -> "IndexWork":
        """All blocks that are not right any more."""
        settings = desk.given + told((unwatched(desk.deck), tongues))
        also, size = also_said(desk.deck, tongues), (len(layout.blocks), layout.shards)
        classes = layout.classes
        given = {
            _name(at): settings + told((keys, [classes[key] for key in keys], size))
            for at, keys in enumerate(layout.blocks)
        }
        right = desk.right(given)
        left = [at for at in range(len(layout.blocks)) if _name(at) not in right]
        former = _former(desk, layout, blocks=left, shelf=shelf)
        return cls(
            layout, shelf, also, given, right if former is not None else {}, former, desk.former.pieces.get(SHARDS)
        )

    @property
    def mended(self) -> tuple[str, ...] | None:
        """Keys of all entries that are read again; None where the index is made as a whole."""
        return None if self.former is None else tuple(key for at in self.former for key in self.layout.blocks[at])

    def put(self, press: Press, desk: Desk, *, part: int, of: int) -> Found:
        """Reads a worker's share of the blocks, each a piece."""
        if self.former is None:
            return self._whole(press, desk, part=part, of=of)
        blocks: dict[int, Indexed] = {}
        moves: dict[str, dict[int, int]] = defaultdict(dict)
        for at in list(self.former)[part::of]:
            former, known = self.former[at]
            sounds = Sounds(known)
            read = self._read(press, desk, at=at, sounds=sounds)
            _add(moves, moves_of(at, former=former[at], now=read.entries, sounds=sounds))
            blocks[at] = Indexed(read.block, self.shelf.put(({at: read.entries}, dict(sounds))))
        return Found(blocks, moves=moves)

    def _whole(self, press: Press, desk: Desk, *, part: int, of: int) -> Found:
        """Reads whole groups."""
        listener, blocks = Listener(), dict[int, Indexed]()
        shards = []
        for group in self.layout.share(part, of):
            listener.sounds = Sounds()
            read = {at: self._read(press, desk, at=at, sounds=listener.sounds) for at in group}
            entries = {at: one.entries for at, one in read.items()}
            shards.append(shards_heard(listener, entries, layout=self.layout))
            name = self.shelf.put((entries, dict(listener.sounds)))
            blocks |= {at: Indexed(one.block, name) for at, one in read.items()}
        return Found(blocks, joined(shards))

    def _read(self, press: Press, desk: Desk, *, at: int, sounds: Sounds) -> Read:
        """Reads a block, and lays its records."""
        deck, files = desk.recorder.deck, turned(press)
        desk.recorder.opened()
        read = read_block(Searched(deck.catalogue, deck.cards, self.also), at, layout=self.layout, sounds=sounds)
        put_index(press, read.files)
        desk.recorder.closed(_name(at), self.given[_name(at)], files=files, result=None)
        return read

    def told(self, retold: tuple[Beside, frozenset[str]] | None) -> Told:
        """What is known of what entries say for orders; ``retold`` is a slice of the last build, and the entries that differ since."""
        with suppress(KeyError):
            return Told(self.shelf.get(retold[0].told), but=retold[1]) if retold else Told()
        return Told()

    def kept(self, share: Beside, told: Told) -> Beside:
        """The slice, what was told for it being kept for the next build."""
        kept = {order: dict(said) for order, said in told.now.items()}
        return replace(share, told=self.shelf.put(kept)) if kept else share

    def shards_anew(self, press: Press, found: Iterable[Found]) -> "Shards | None":
        """The work of making all shards, when all workers have read their shares; None where they are mended as they lie."""
        return Shards(press, [one.shards for one in found], self.layout) if self.former is None else None

    def write(self, press: Press, found: Sequence[Found], *, made: Iterable[Written], others: str) -> Piece:
        """Lays the manifest, and shards where they are mended; ``made`` is what was laid of them where they were made anew.

        They are a piece that is never asked whether it is right: its blocks are.
        """
        blocks = {at: indexed for one in found for at, indexed in one.blocks.items()}
        if self.former is None:
            laid = tuple(made)
            marks = tuple(chain.from_iterable(marks for marks, _ in laid))
            files = {address: token for _, tokens in laid for address, token in tokens.items()}
        else:
            assert self.shards is not None
            blocks = dict(enumerate(self.shards.result.blocks)) | blocks
            marks, files = self._mended(press, found, shards=self.shards)
        index, manifest = Index(marks, tuple(blocks[at] for at in range(len(blocks)))), turned(press)
        said = [one.block for one in index.blocks]
        put_files(press, (manifest_file(said, marks, layout=self.layout, others=others),))
        return Piece(b"", b"", files | manifest, index)

    def _mended(self, press: Press, found: Iterable[Found], *, shards: Piece) -> tuple[tuple[str, ...], dict[str, str]]:
        """The marks of all shards and their files, of which those that differ are laid."""
        moves: dict[str, dict[int, int]] = defaultdict(dict)
        for one in found:
            _add(moves, one.moves)
        marks, laid = list(shards.result.marks), turned(press)
        for at, file in mended_shards(moves, shards=self.layout.shards, read=press.read):
            marks[TABLES + at] = mark(file)
            put_files(press, (file,))
        return tuple(marks), {**shards.files, **laid}


@frozen
class Shards:
    """All shards, to be made by several workers."""

    press: Press
    given: Sequence[Sequence[str]]
    """What the blocks of each worker give each of them."""
    layout: Layout

    def __call__(self, part: int, of: int, *, tick: Tick) -> Written:
        """A worker's share."""
        laid = turned(self.press)
        files = shards_of(self.given, layout=self.layout, part=part, of=of)
        put_files(self.press, files)
        tick(len(files))
        return [mark(file) for file in files], laid


def lists_of(memory: Memory) -> frozenset[str]:
    """What a build leaves on the shelf for the next."""
    shards = memory.pieces.get(SHARDS)
    beside = (memory.pieces.get(SECTION + name) for name in slices(BESIDE))
    told = frozenset(piece.result.told for piece in beside if piece)
    return told.union(one.entries for one in shards.result.blocks) if shards else told


def _add(moves: dict[str, dict[int, int]], more: Moves) -> None:
    for term, entries in more.items():
        moves[term] |= entries


def _name(block: int) -> str:
    return f"{INDEX}{block}"


def _former(desk: Desk, layout: Layout, *, blocks: Sequence[int], shelf: Shelf) -> Mapping[int, _Former] | None:
    """What the entries of these blocks were found by when the shards of the site were made; None where that is not known of all."""
    shards = desk.former.pieces.get(SHARDS)
    if not desk.is_warm or len(blocks) * 2 > len(layout.blocks) + 1 or shards is None:
        return None
    if not shards.result.fits(layout) or not shards.files.items() <= desk.known.items():
        return None
    names = {at: shards.result.blocks[at].entries for at in blocks}
    try:
        lying = {name: shelf.get(name) for name in set(names.values())}
    except KeyError:
        return None
    return {at: lying[name] for at, name in names.items()}
