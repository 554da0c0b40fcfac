"""Shares of the open data come in; those that must be made again are made, each watched, and recorded."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.opendata.datafile import Draft
from site_builder.opendata.group import Retold
from site_builder.opendata.work import Bench, Made, Share, dealt
from site_builder.press.crew import Tick
from site_builder.press.laid import token_in
from site_builder.press.pressing import Press, turned
from site_builder.press.shelf import Shelf
from site_builder.press.stages import Stage, stage
from site_builder.press.turns import Turns, turns
from site_builder.warm.desk import Desk
from site_builder.warm.memory import Memory, Piece
from site_builder.warm.reading import told, unwatched
from site_builder.warm.recording import Recorded

DATA = "data "


@frozen
class DataWork:
    """Shares that are made at once: the groups, or the files that are joined from them."""

    desk: Desk
    press: Press
    shelf: Shelf
    settings: bytes
    """Digest of what every share is given."""
    shares: tuple[Share, ...]
    right: Mapping[str, Piece]
    """Pieces that are still right, by name."""
    given: Mapping[str, bytes]
    """Digest of what each piece is given beside the deck."""
    turns: Turns | None = None
    """Hands out what is to be made, the heaviest first; None where each part has its shares from the start."""

    @classmethod
    def of(cls, desk: Desk, shares: Iterable[Share], *, press: Press, shelf: Shelf) -> "DataWork":
        """All shares; in a cold build none of them is right."""
        settings = desk.given + told(unwatched(desk.deck))
        shares = tuple(shares)
        given = {DATA + share.name: settings + told(share.given) for share in shares}
        return cls(desk, press, shelf, settings, shares, desk.right(given), given)

    @property
    def weight(self) -> int:
        """How much there is to do."""
        return sum(share.weight for share in self._left)

    @contextmanager
    def in_turns(self) -> Iterator["DataWork"]:
        """The same for processes that are forked within: who is done with a share takes the next."""
        with turns(len(self._left), few=1) as taking:
            yield replace(self, turns=taking)

    @property
    def _left(self) -> tuple[Share, ...]:
        return tuple(share for share in self.shares if DATA + share.name not in self.right)

    def put(self, part: int, of: int) -> None:
        """Makes a worker's part, and writes one file after the other, for they are large."""
        recorder = self.desk.recorder
        for share in self._taken(part, of):
            files, name = turned(self.press), DATA + share.name
            recorder.opened()
            lying, retold = self.press.place if self._lies(share) else None, self._retold(name)
            if retold is not None:
                recorder.retold.add(name)
            made = share.make(Bench(recorder.deck, self.shelf, self._put, retold, lying, self.press.out))
            recorder.closed(name, self.given[name], files=files, result=made)

    def _taken(self, part: int, of: int) -> Iterator[Share]:
        if self.turns is None:
            yield from dealt(self._left, part=part, of=of)
            return
        heaviest = sorted(self._left, key=lambda share: -share.weight)
        yield from map(heaviest.__getitem__, self.turns.taken(part, of))

    def _put(self, file: OutputFile | Draft) -> None:
        """Lays a file whose digest was worked out already, for its page says it."""
        if isinstance(file, Draft):
            self.press.take(file.address, file.path, token=token_in(file.digest))
        else:
            self.press.put(file.address, file.content, token=token_in(file.digest))

    def _lies(self, share: Share) -> bool:
        """Whether the site has all files of a share as they were made of what it was given then, and of the same facts."""
        former = self.desk.still((DATA + share.name,)).values()
        return bool(share.former) and any(one.given == self.settings + told(share.former) for one in former)

    def _retold(self, name: str) -> Retold | None:
        """What a group made last, where only what some entries say differs."""
        piece = self.desk.former.pieces.get(name)
        if piece is None or piece.given != self.given[name] or not piece.result.names:
            return None
        keys = self.desk.retold(piece)
        return None if keys is None else Retold(piece.result.names, keys)

    @property
    def former(self) -> tuple[Made, ...]:
        """What all shares made in the last build, in their order; nothing where that is not known of each."""
        pieces = self.desk.former.pieces
        found = tuple(pieces[DATA + share.name].result for share in self.shares if DATA + share.name in pieces)
        return found if len(found) == len(self.shares) else ()

    def __call__(self, part: int, of: int, *, tick: Tick) -> Recorded:
        """The same for whoever does nothing else."""
        with stage(Stage.DATA):
            self.put(part, of)
        return self.desk.recorder.recorded()

    def made(self, recorded: Iterable[Recorded]) -> Iterator[Made]:
        """What all shares made, in their order, by what workers recorded."""
        pieces = dict(self.right)
        for one in recorded:
            pieces |= one.pieces
        return (pieces[DATA + share.name].result for share in self.shares)


def strands_of(memory: Memory) -> frozenset[str]:
    """What a build leaves on the shelf for the next."""
    return frozenset(name for piece in memory.of(DATA) for name in piece.result.names.values())
