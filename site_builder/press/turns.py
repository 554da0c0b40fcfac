"""So many pieces of work come in; whoever is free takes the next few, in whatever process it is.

Workers that were dealt their pieces beforehand end at different times, and the last one works alone. So the numbers of pieces lie in a pipe
that forks share: who reads first has them, and an empty pipe says that all are taken.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from struct import Struct
from typing import Any

from site_builder.model.frozen import frozen

_ROOM = 1000
"""So many numbers of four bytes a pipe holds on every system before somebody reads."""
_FEW = 16
"""Pieces that are taken at a time."""
_NUMBER = Struct("<I")


@frozen
class Turns:
    """Hands pieces out by their numbers, from 0."""

    pieces: int
    _numbers: int | None = None
    """The pipe; None where each part has its pieces from the start."""
    _few: int = _FEW

    def taken(self, part: int, of: int) -> Iterator[int]:
        """Numbers for this part of so many: each piece goes to one part."""
        if self._numbers is None:
            yield from range(part, self.pieces, of)
            return
        while number := os.read(self._numbers, _NUMBER.size):
            (start,) = _NUMBER.unpack(number)
            yield from range(start, min(start + self._few, self.pieces))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pipes do not travel to other machines."""
        return Turns, (self.pieces,)


@contextmanager
def turns(pieces: int, *, few: int = _FEW) -> Iterator[Turns]:
    """Turns for processes that are forked within; so many pieces are taken at a time, or more where there are very many."""
    few = max(few, -(-pieces // _ROOM))
    outlet, inlet = os.pipe()
    try:
        try:
            os.write(inlet, b"".join(map(_NUMBER.pack, range(0, pieces, few))))
        finally:
            os.close(inlet)
        yield Turns(pieces, outlet, few)
    finally:
        os.close(outlet)
