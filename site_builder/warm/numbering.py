"""Facts that workers numbered come in, each in its own way beyond those that were foreseen; numbers that all of them share go out."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.warm.reading import Fact


@frozen
class _Column:
    """Keys of one mapping, and the numbers of the facts that they are, as an array of unsigned integers."""

    keys: tuple[Any, ...]
    numbers: bytes


class Numbered(Mapping[Fact, int]):
    """Fact → its number, from 0 without a gap.

    There are sixteen for each entry, and an edit asks for few: so keys are kept mapping by mapping, and what leads from a key to its
    number is made of those mappings that are asked for.
    """

    def __init__(self, columns: Mapping[Fact, _Column], added: tuple[Fact, ...] = ()) -> None:
        """``added`` are facts that have the next numbers."""
        self._columns = columns
        self.added = added
        self._first = sum(len(column.keys) for column in columns.values())
        self._late = dict(zip(added, range(self._first, len(self)), strict=True))
        self._found: dict[Fact, dict[Any, int]] = {}

    @classmethod
    def of(cls, facts: Iterable[Fact], *, foreseen: Mapping[str, Sequence[Any]] | None = None) -> "Numbered":
        """Those facts in this order, behind all of whole mappings, which have the first numbers."""
        keys: defaultdict[Fact, list[Any]] = defaultdict(list)
        numbers: defaultdict[Fact, array[int]] = defaultdict(lambda: array("I"))
        first = 0
        for name, column in (foreseen or {}).items():
            keys[name,] = [*column]
            numbers[name,] = array("I", range(first, first + len(column)))
            first += len(column)
        for number, fact in enumerate(facts, first):
            keys[fact[:-1]].append(fact[-1])
            numbers[fact[:-1]].append(number)
        return cls({name: _Column(tuple(keys[name]), numbers[name].tobytes()) for name in keys})

    def with_more(self, facts: Iterable[Fact]) -> "Numbered":
        """The same, and others behind them."""
        return Numbered(self._columns, (*self.added, *facts))

    def in_order(self) -> list[Fact]:
        """All facts, in order of their numbers."""
        return sorted(self, key=self.__getitem__)

    def __getitem__(self, fact: Fact) -> int:
        late = self._late.get(fact)
        if late is not None:
            return late
        name = fact[:-1]
        found = self._found.get(name)
        if found is None:
            column = self._columns[name]
            found = self._found[name] = dict(zip(column.keys, array("I", column.numbers), strict=True))
        return found[fact[-1]]

    def __iter__(self) -> Iterator[Fact]:
        columns = self._columns.items()
        return chain(((*name, key) for name, column in columns for key in column.keys), self.added)

    def __len__(self) -> int:
        return self._first + len(self.added)

    def __reduce__(self) -> tuple[Any, ...]:
        return Numbered, (self._columns, self.added)


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
