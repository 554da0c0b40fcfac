"""A finished file comes in; what is said of it to re-users goes out: size, digest, what it holds."""

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
class DataFile:
    """A file that was written, as its page and the data package name it."""

    address: str
    size: int
    digest: str
    """SHA-256, hexadecimal."""
    said: Said


def data_file(file: OutputFile, said: Said = UNSAID) -> DataFile:
    """What is said of a file."""
    return DataFile(file.address, len(file.content), file.digest, said)
