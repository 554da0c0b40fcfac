"""A finished file comes in; what is said of it to re-users goes out: size, digest, what it holds."""

import hashlib
from functools import cached_property
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile


@frozen
class Said:
    """What a file is for."""

    role: str = ""
    """``table``, ``links`` and ``lines`` go into the data package; ``book``, ``json``, ``list`` and ``listbook`` on its page."""
    name: str = ""
    """The name of its kind, of links ``project_craftsman``, of a list its title; empty for the whole."""
    headings: tuple[str, ...] = ()
    rows: int = 0


UNSAID = Said()


@frozen
class Draft:
    """A finished file that lies beside the site already: to read it and to write it again costs more than to make it anew."""

    address: str
    path: Path

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@frozen
class DataFile:
    """A file that was written, as its page and the data package name it."""

    address: str
    size: int
    digest: str
    """SHA-256, hexadecimal."""
    said: Said


def data_file(file: OutputFile | Draft, said: Said = UNSAID) -> DataFile:
    """What is said of a file."""
    size = file.path.stat().st_size if isinstance(file, Draft) else len(file.content)
    return DataFile(file.address, size, file.digest, said)
