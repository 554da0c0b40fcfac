"""Work that makes many small files of few reasons comes in, in slices; those not right any more are done, each watched, and recorded.

Covers, identifiers, feeds, columns and what closes a site are not worth a piece for each file. A *section* is a slice of such work: it
is right or done as a whole, and what it lays again with the same bytes is not touched.
"""

from collections.abc import Callable, Iterable
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.press.pressing import Press, turned
from site_builder.publish.deck import Deck
from site_builder.warm.desk import Desk
from site_builder.warm.memory import Piece

SECTION = "section "
SLICES = 16
"""Of each work that workers share: as many whoever does it, so that their number leaves no trace in what is remembered."""


@frozen
class Sections:
    """Which sections are still right, and the doing of the others."""

    desk: Desk
    look: bytes
    """Digest of what every section is given beside the deck."""
    right: dict[str, Piece]

    @classmethod
    def of(cls, desk: Desk, look: bytes, *, names: Iterable[str]) -> "Sections":
        """Those of these names that are still right."""
        return cls(desk, look, desk.right({SECTION + name: look for name in names}))

    def put(self, press: Press, name: str, *, make: Callable[[Deck], Any]) -> None:
        """Does a section, unless it is right; ``make`` takes the deck and lays files, and what it gives back is remembered."""
        if SECTION + name not in self.right:
            self._made(press, name, given=self.look, make=make)

    def retold(self, name: str) -> tuple[Any, frozenset[str]] | None:
        """What a section gave last, and keys of the entries that are all that differs of what it read then; None where more does.

        Whoever takes this over leans on all that was read for it.
        """
        former = self.desk.former.pieces.get(SECTION + name)
        keys = self.desk.retold(former) if former and former.given == self.look else None
        if former is None or keys is None:
            return None
        self.desk.recorder.retold.add(SECTION + name)
        return former.result, keys

    def put_given(self, press: Press, name: str, *, given: bytes, make: Callable[[Deck], Any]) -> Any:
        """The same of one that is given more than others, which is known late; what it gives back, or gave."""
        given = self.look + given
        right = self.desk.right({SECTION + name: given})
        self.right.update(right)
        return right[SECTION + name].result if right else self._made(press, name, given=given, make=make)

    def _made(self, press: Press, name: str, *, given: bytes, make: Callable[[Deck], Any]) -> Any:
        recorder, files = self.desk.recorder, turned(press)
        recorder.opened()
        result = make(recorder.deck)
        recorder.closed(SECTION + name, given, files=files, result=result)
        return result


def slices(name: str) -> list[str]:
    """The names of all slices of a work."""
    return [f"{name} {at}" for at in range(SLICES)]
