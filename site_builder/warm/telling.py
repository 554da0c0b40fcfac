"""Any value that pages are made of comes in; a digest that tells it from any other goes out, the same in whatever process."""

import copyreg
import hashlib
import io
import marshal
import pickle
from types import MappingProxyType
from typing import Any


def digest_of(value: object, teller: Any) -> bytes:
    """A digest of a value; ``teller`` tells what cannot be written down at once."""
    content: Any
    try:
        # most values are names, which are written down in a tenth of the time; no version after this one leaves identity out
        content = marshal.dumps(value, 2)  # type: ignore[arg-type]  # what it cannot write down it refuses
    except ValueError:
        file = io.BytesIO()
        one = teller(file=file)
        one.fast = True  # whether two parts of a value are one object must leave no trace
        one.dump(value)
        content = file.getbuffer()
    return hashlib.blake2b(content, digest_size=16).digest()


def _dictionary(proxy: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return dict, (dict(proxy),)


# a table and not ``reducer_override``, which would be asked about every object there is
PLAIN = MappingProxyType(copyreg.dispatch_table | {MappingProxyType: _dictionary})
"""How pickle writes what it does not know by itself: read-only mappings as dictionaries."""


class Teller(pickle.Pickler):
    """Writes a value down, read-only mappings as dictionaries."""

    dispatch_table = PLAIN

    def __init__(self, *, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
