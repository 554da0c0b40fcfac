"""Any value that pages are made of comes in; a digest that tells it from any other goes out, the same in whatever process."""

import copyreg
import hashlib
import marshal
import pickle
from collections.abc import Callable
from types import MappingProxyType, SimpleNamespace
from typing import Any


def digest_of(value: object, teller: "Callable[[], Teller]") -> bytes:
    """A digest of a value; ``teller`` is asked for who tells what cannot be written down at once."""
    try:
        # most values are names, which are written down in a tenth of the time; no version after this one leaves identity out
        content = marshal.dumps(value, 2)  # type: ignore[arg-type]  # what it cannot write down it refuses
    except ValueError:
        content = teller().written(value)
    return hashlib.blake2b(content, digest_size=16).digest()


def _dictionary(proxy: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return dict, (dict(proxy),)


# a table and not ``reducer_override``, which would be asked about every object there is
PLAIN = MappingProxyType(copyreg.dispatch_table | {MappingProxyType: _dictionary})
"""How pickle writes what it does not know by itself: read-only mappings as dictionaries."""


class Teller(pickle.Pickler):
    """Writes values down, one after the other and each by itself, read-only mappings as dictionaries."""

    dispatch_table = PLAIN

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        super().__init__(SimpleNamespace(write=self._parts.append), protocol=5)
        self.fast = True  # whether two parts of a value are one object must leave no trace

    def written(self, value: object) -> bytes:
        """The value as it is written down."""
        self._parts.clear()
        self.dump(value)
        return b"".join(self._parts)
