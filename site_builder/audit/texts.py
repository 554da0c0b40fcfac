"""A published file comes in; every text in it goes out: what stands in the open, in packed members, in cells, in pages of a PDF."""

import gzip
import io
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pypdfium2

_OPEN = (
    ".html",
    ".json",
    ".jsonl",
    ".js",
    ".css",
    ".xml",
    ".csv",
    ".txt",
    ".ics",
    ".svg",
    ".vtt",
    ".webmanifest",
    ".md",
)
_PACKED = (".xlsx", ".docx", ".pptx", ".zip", ".epub", ".ods", ".odt")
_BASES = (".sqlite", ".db")
_MARKUP = re.compile(r"<[^<>]*>")
_LARGEST = 200_000_000
"""Bytes of a member of a packed file that are read; larger ones are no texts."""
TEXTUAL = (*_OPEN, *_PACKED, *_BASES, ".gz", ".pdf")


def texts_in(path: Path) -> Iterator[str]:
    """The texts of a file, none of one that is no text; OSError where it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in _BASES:
        yield from _rows(path)
    elif suffix == ".pdf":
        yield from _pages(path)
    elif suffix in TEXTUAL:
        yield from _read(path.read_bytes(), suffix)


def _read(content: bytes, suffix: str) -> Iterator[str]:
    if suffix in _OPEN:
        yield content.decode("utf-8", "replace")
    elif suffix == ".gz":
        try:
            yield gzip.decompress(content).decode("utf-8", "replace")
        except (OSError, EOFError, zlib.error):
            return
    elif suffix in _PACKED:
        yield from _members(content)


def _members(content: bytes) -> Iterator[str]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                suffix = Path(member.filename).suffix.lower()
                if member.file_size > _LARGEST or not (suffix in _OPEN or suffix == ".rels"):
                    continue
                text = archive.read(member).decode("utf-8", "replace")
                # a word may be cut by marks of its format
                yield _MARKUP.sub(" ", text) if suffix == ".xml" else text
    except BadZipFile:
        return


def _rows(path: Path) -> Iterator[str]:
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        tables = base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
        ).fetchall()
        for (table,) in tables:
            for row in base.execute(f'SELECT * FROM "{table}"'):  # names come from the base itself
                yield "\n".join(value for value in row if isinstance(value, str))
    except sqlite3.DatabaseError:
        return
    finally:
        base.close()


def _pages(path: Path) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return
    try:
        for page in document:
            yield page.get_textpage().get_text_bounded()
    finally:
        document.close()
