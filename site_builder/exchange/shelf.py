"""Values of an import come in one by one; they lie in a temporary file, and go out again in order or by number."""

import pickle
import tempfile
import weakref
from array import array
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from site_builder.model.kinds import Kind, kind_named

_IN_MEMORY = 2**18
"""Bytes that are kept in memory before the disk is used; small imports never touch it."""
T = TypeVar("T")


class Shelf(Generic[T]):
    """A list whose values lie in a temporary file, so that an import of many rows needs eight bytes of memory for each.

    What is taken out is a copy: to change a value, put the changed one in its place. The file has no name where the
    system allows that, and goes with the shelf.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # lives as long as the shelf
        weakref.finalize(self, self._file.close)
        self._places = array("Q")
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[T]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> T:
        self._file.seek(self._places[number])
        value: T = pickle.load(self._file)  # only what _written put there
        return value

    def __setitem__(self, number: int, value: T) -> None:
        self._places[number] = self._written(value)

    def append(self, value: T) -> int:
        """Put a value behind the others; its number goes out."""
        self._places.append(self._written(value))
        return len(self) - 1

    def cut(self, number: int) -> None:
        """Take away the values from this one on."""
        del self._places[number:]

    def _written(self, value: T) -> int:
        place = self._end
        self._file.seek(place)
        _Pickler(self._file, pickle.HIGHEST_PROTOCOL).dump(value)
        self._end = self._file.tell()
        return place


class _Pickler(pickle.Pickler):
    """Writes a kind as its name: there is one object of each."""

    def reducer_override(self, value: Any) -> Any:
        """How a value is written that is not written by its members."""
        return (kind_named, (value.name,)) if isinstance(value, Kind) else NotImplemented
