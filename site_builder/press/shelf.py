"""Plain values come in and are kept in a folder under the digest of their bytes; by that name they go out again."""

import hashlib
import marshal
import os
import tempfile
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from site_builder.model.frozen import frozen

_VERSION = 2
"""Of the marshal format: the last one in which equal values have equal bytes."""
_DIGITS = 32


@frozen
class Shelf:
    """What was encoded for files that are joined of many parts, so that it need not be encoded again.

    Plain values only (texts, bytes, numbers, None, tuples, lists, mappings): reading them runs no code, and what is not
    what its name says counts as missing.
    """

    folder: Path

    def put(self, value: Any) -> str:
        """Keeps a value and says by what name; a disk that takes nothing more is no reason to fail."""
        content = marshal.dumps(value, _VERSION)
        name = _name_of(content)
        path = self.folder / name
        with suppress(OSError):
            if not path.exists() or path.stat().st_size != len(content):
                draft = self.folder / f".{name}-{os.getpid()}"
                draft.write_bytes(content)
                draft.replace(path)
        return name

    def get(self, name: str) -> Any:
        """The value; KeyError where it is not there, or broken."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as missing:
            raise KeyError(name) from missing
        if _name_of(content) != name:
            with suppress(OSError):
                (self.folder / name).unlink()
            raise KeyError(name)
        return marshal.loads(content)

    def clear(self, *, but: Set[str]) -> None:
        """Throws away what nobody asks for any more."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in but:
                with suppress(OSError):
                    path.unlink()


def _name_of(content: bytes) -> str:
    """By a digest for which processors have instructions of their own: tens of megabytes are named, and read again by their names."""
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


@contextmanager
def shelf_at(folder: Path | None, *, beside: Path | None = None) -> Iterator[Shelf]:
    """The shelf in this folder; where there is none to be kept, one for the moment, ``beside`` a site in the making."""
    if folder is not None:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
    if folder is not None and folder.is_dir():
        yield Shelf(folder)
        return
    with tempfile.TemporaryDirectory(
        prefix=f"{beside.name}-" if beside else "data-", dir=beside and beside.parent
    ) as at:
        yield Shelf(Path(at))
