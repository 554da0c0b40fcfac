"""Groups in list order come in; who stands next to whom in them goes out, for whoever asks.

A page names a few of a group: it depends on those few, and not on the whole, only where it reads no more than them.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from site_builder.model.frozen import frozen

Group = tuple[str, str]
"""Facet and label."""
MOST = 24
"""So many of a group are near."""
Turn = tuple[int, int, str | None, str | None]
"""A place in a group, from 0, how many there are, and the keys before and after it; a plain tuple, which is told quickly."""
Value = TypeVar("Value")


@frozen
class Beside(Mapping[Group, Mapping[str, Value]], Generic[Value]):
    """Group → key → what there is to say of its place, found when it is asked for."""

    groups: Mapping[Group, tuple[str, ...]]
    positions: Mapping[Group, Mapping[str, int]]
    say: Callable[[tuple[str, ...], int], Value]
    """Of the keys in order and one of their places; can be pickled."""

    def __getitem__(self, group: Group) -> Mapping[str, Value]:
        return _Places(self.groups[group], self.positions[group], self.say)

    def __iter__(self) -> Iterator[Group]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)


@frozen
class _Places(Mapping[str, Value], Generic[Value]):
    """Those of one group."""

    ordered: tuple[str, ...]
    places: Mapping[str, int]
    say: Callable[[tuple[str, ...], int], Value]

    def __getitem__(self, key: str) -> Value:
        return self.say(self.ordered, self.places[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.ordered)

    def __len__(self) -> int:
        return len(self.ordered)


def following(keys: tuple[str, ...], at: int) -> tuple[str, ...]:
    """The next ones, round the end: the work does not grow with the group."""
    found = keys[at + 1 : at + 1 + MOST]
    return (*found, *keys[: min(at, MOST - len(found))])


def turn(keys: tuple[str, ...], at: int) -> Turn:
    """The place itself."""
    last = at + 1 == len(keys)
    return at, len(keys), keys[at - 1] if at else None, None if last else keys[at + 1]
