"""Facts come in as they are read; their numbers, and which of them were read since a piece was begun, go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from site_builder.publish.deck import Followed

Name = tuple[Any, ...]
"""Names of mappings from the outermost on; a key behind them makes a fact."""


class Absent:
    """Stands where a mapping has no such key; a class, which is the same in whatever process it is unpickled."""


class Numbers(dict[Any, int]):
    """Keys of one mapping → numbers of the facts that they are; one that is asked for first gets the next number, and its value is had."""

    def __init__(self, name: Name, notebook: "Notebook", *, value: Callable[[Any], Any]) -> None:
        super().__init__()
        self._name = name
        self._facts, self._values = notebook.facts, notebook.values
        self._value = value

    def __missing__(self, key: Any) -> int:
        number = self[key] = len(self._values)
        self._facts.append((*self._name, key))
        self._values.append(self._value(key))
        return number

    def foresee(self, keys: Sequence[Any]) -> None:
        """Gives these keys, of which nobody has asked for any, their numbers."""
        self.update(zip(keys, count(len(self._values))))
        self._values += map(self._value, keys)


@dataclass
class Notebook:
    """All facts that were ever read, in order, and the numbers of those read since it was opened last.

    Every mention of anything on any page passes through here, so that a fact is a small number as early as can be, and is looked for once.
    """

    facts: list[Name] = field(default_factory=list)
    """Those that were not foreseen."""
    values: list[Any] = field(default_factory=list)
    """Of all facts, by number."""
    read: set[int] = field(default_factory=set)
    answers: dict[Any, tuple[Any, tuple[int, ...]]] = field(default_factory=dict)
    """What many pages ask alike → the answer, and the facts that were read to find it: whoever asks again has read them, too."""
    followed: dict[tuple[tuple[str, ...], str], Followed] = field(default_factory=dict)
    """References that were followed since it was opened; what was read to follow them is among what was read."""
    _numbers: dict[Name, Numbers] = field(default_factory=dict)

    def opened(self) -> None:
        """A new page; what is read from now on stands there."""
        self.read.clear()
        self.followed.clear()

    def answered(self, asked: Any, ask: Callable[[], Any]) -> tuple[Any, tuple[int, ...]]:
        """Finds out what is asked for the first time, and what must be read for that."""
        before = tuple(self.read), dict(self.followed)
        self.opened()
        try:
            found = self.answers[asked] = ask(), tuple(self.read)
        finally:
            self.read.update(before[0])
            self.followed.update(before[1])
        return found

    def numbered(self, name: Name, value: Callable[[Any], Any]) -> Numbers:
        """New numbers for the facts of this mapping; ``value`` is what stands under a key, or `Absent`."""
        found = self._numbers[name] = Numbers(name, self, value=value)
        return found

    def numbers(self, name: Name) -> Numbers:
        """The numbers of the facts of a mapping that is watched."""
        return self._numbers[name]
