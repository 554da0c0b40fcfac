"""Facts that workers numbered come in, each in its own way beyond those that were foreseen; numbers that all of them share go out."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from site_builder.warm.reading import Fact


class Numbers(dict[Fact, int]):
    """Facts that nobody knew → numbers, from ``first`` on; whoever was known keeps the number that it had."""

    def __init__(self, known: Mapping[Fact, int], *, first: int) -> None:
        super().__init__()
        self._known = known
        self._first = first

    def __missing__(self, fact: Fact) -> int:
        number = self._known.get(fact)
        if number is None:
            number = self[fact] = self._first + len(self)
        return number


class Renumbering(dict[int, int]):
    """Numbers from ``first`` on, which somebody gave to these facts in order → those that the facts have among all."""

    def __init__(self, facts: Sequence[Fact], numbers: Numbers, *, first: int = 0) -> None:
        super().__init__()
        self._facts = facts
        self._numbers = numbers
        self._first = first

    def __missing__(self, number: int) -> int:
        found = self[number] = self._numbers[self._facts[number - self._first]]
        return found

    def told(self, facts: bytes) -> bytes:
        """The same facts of a piece, in order of the former numbers; the very bytes where nothing need be renumbered."""
        told = array("I", facts)
        own = bisect_left(told, self._first)
        if own == len(told):
            return facts
        told[own:] = array("I", map(self.__getitem__, told[own:]))
        return told.tobytes()
