"""Large mappings come in and are written down a few values at a time; mappings go out that read what they are asked for.

What an edit asks of all that is known of an exhibition is little: to take up ten thousand entries, cards and lists of links whole takes
longer than all that is done with them.
"""

import io
import pickle
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any

FEW = 2
"""So many values are written together: what is asked for stands here and there."""
_LONG = 1 << 14
"""Bytes of a fold after which a pickler is given up: its memory grows with what it wrote, and is wiped whole for each fold after that."""
_AT_ONCE = 1 << 20
"""Bytes that are gathered before they are written."""


class Folded(Mapping[Any, Any]):
    """A mapping whose values are read when they are asked for."""

    def __init__(self, keys: Sequence[Any], read: Callable[[int], Sequence[Any]]) -> None:
        """``read`` gives the values of a fold, by its number; keys are in order."""
        self._places = dict(zip(keys, range(len(keys)), strict=True))
        self._read = read
        self._found: dict[int, Sequence[Any]] = {}

    def __getitem__(self, key: Any) -> Any:
        fold, at = divmod(self._places[key], FEW)
        found = self._found.get(fold)
        if found is None:
            found = self._found[fold] = self._read(fold)
        return found[at]

    @property
    def taken_up(self) -> int:
        """How many folds were read."""
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[Any]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class Folds:
    """Where the folds of one mapping stand in a file."""

    def __init__(self, keys: Sequence[Any], ends: bytes) -> None:
        self.keys = keys
        self._ends = array("Q", ends)

    @classmethod
    def written(cls, mapping: Mapping[Any, Any], file: IO[bytes], *, pickler: Callable[[IO[bytes]], Any]) -> "Folds":
        """Writes a mapping down, fold after fold."""
        start, values = file.tell(), iter(mapping.values())
        ends = array("Q", [start])
        # one pickler, which forgets what it wrote, and a buffer: to ask a file where it stands is a call of the system
        buffer = io.BytesIO()
        writer = pickler(buffer)
        while fold := list(islice(values, FEW)):
            writer.dump(fold)
            writer.clear_memo()
            ends.append(start + buffer.tell())
            if ends[-1] - ends[-2] > _LONG:
                writer = pickler(buffer)
            if buffer.tell() > _AT_ONCE:
                start += file.write(buffer.getbuffer())
                buffer.seek(0)
                buffer.truncate()
        file.write(buffer.getbuffer())
        return cls(tuple(mapping), ends.tobytes())

    def __reduce__(self) -> tuple[Any, ...]:
        return Folds, (self.keys, self._ends.tobytes())

    def unfolded(self, content: memoryview, *, unpickler: Callable[[IO[bytes]], pickle.Unpickler]) -> Folded:
        """The mapping, as it stands in this file."""

        def read(fold: int) -> Sequence[Any]:
            values: Sequence[Any] = unpickler(io.BytesIO(content[self._ends[fold] : self._ends[fold + 1]])).load()
            return values

        return Folded(self.keys, read)
