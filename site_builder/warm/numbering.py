"""Facts that workers numbered come in, each in its own way beyond those that were foreseen; numbers that all of them share go out."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.warm.reading import Fact


@frozen
class _Column:
    """Keys of one mapping, and the numbers of the facts that they are."""

    whole: tuple[Any, ...]
    """Those that were foreseen; keys of several mappings may be one and the same tuple."""
    first: int
    """Number of the first of these, which the others follow."""
    keys: tuple[Any, ...]
    """Those that were read beside them."""
    numbers: bytes
    """Of these, as an array of unsigned integers."""


class Numbered(Mapping[Fact, int]):
    """Fact → its number, from 0 without a gap.

    There are sixteen for each entry, and an edit asks for few: so keys are kept mapping by mapping, and what leads from a key to its
    number is made of those mappings that are asked for, once for all that have the same keys.
    """

    def __init__(self, columns: Mapping[Fact, _Column], added: tuple[Fact, ...] = ()) -> None:
        """``added`` are facts that have the next numbers."""
        self._columns = columns
        self.added = added
        self._first = sum(len(column.whole) + len(column.keys) for column in columns.values())
        self._late = dict(zip(added, range(self._first, len(self)), strict=True))
        self._places: dict[int, dict[Any, int]] = {}

    @classmethod
    def of(cls, facts: Iterable[Fact], *, foreseen: Mapping[str, Sequence[Any]] | None = None) -> "Numbered":
        """Those facts in this order, behind all of whole mappings, which have the first numbers."""
        keys: defaultdict[Fact, list[Any]] = defaultdict(list)
        numbers: defaultdict[Fact, array[int]] = defaultdict(lambda: array("I"))
        wholes: dict[Fact, tuple[tuple[Any, ...], int]] = {}
        same: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        first = 0
        for name, column in (foreseen or {}).items():
            whole = tuple(column)
            wholes[name,] = same.setdefault(whole, whole), first
            first += len(column)
        for number, fact in enumerate(facts, first):
            keys[fact[:-1]].append(fact[-1])
            numbers[fact[:-1]].append(number)
        return cls(
            {
                name: _Column(*wholes.get(name, ((), 0)), tuple(keys[name]), numbers[name].tobytes())
                for name in [*wholes, *(name for name in keys if name not in wholes)]
            }
        )

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
        column, key = self._columns[fact[:-1]], fact[-1]
        place = self._placed(column.whole).get(key)
        if place is not None:
            return column.first + place
        return array("I", column.numbers)[self._placed(column.keys)[key]]

    def _placed(self, keys: tuple[Any, ...]) -> dict[Any, int]:
        """Key → its place among these, which are told by being the very same: they live as long as this does."""
        found = self._places.get(id(keys))
        if found is None:
            found = self._places[id(keys)] = dict(zip(keys, range(len(keys)), strict=True))
        return found

    def __iter__(self) -> Iterator[Fact]:
        columns = self._columns.items()
        return chain(
            ((*name, key) for name, column in columns for key in (*column.whole, *column.keys)),
            self.added,
        )

    def __len__(self) -> int:
        return self._first + len(self.added)

    def __reduce__(self) -> tuple[Any, ...]:
        return Numbered, (self._columns, self.added)


@frozen
class Digests:
    """Digests of facts by their numbers, kept end to end: there are sixteen for each entry, and an edit asks for few."""

    content: bytes
    ends: "array[int]"
    """Where each ends in the content."""
    others: Mapping[int, bytes]
    """Those that stand in the places of their numbers, or behind all without a gap."""

    @classmethod
    def of(cls, digests: Sequence[bytes]) -> "Digests":
        """Those in this order."""
        return cls(b"".join(digests), array("I", accumulate(map(len, digests))), {})

    def with_others(self, others: Mapping[int, bytes]) -> "Digests":
        """The same with these in the places of their numbers, or behind all."""
        return Digests(self.content, self.ends, {**self.others, **others})

    def __getitem__(self, at: int) -> bytes:
        found = self.others.get(at)
        return self.content[self.ends[at - 1] if at else 0 : self.ends[at]] if found is None else found

    def __len__(self) -> int:
        return max(len(self.ends), max(self.others, default=-1) + 1)


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
