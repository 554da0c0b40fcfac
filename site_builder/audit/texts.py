"""A published file comes in; every text in it goes out: what stands in the open, in packed members, in cells, in pages of a PDF.

What cannot be read is not passed over in silence: it goes out as `Unread`.
"""

import gzip
import io
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from site_builder.model.frozen import frozen

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
"""Bytes of one packed text that are read, and of all texts in one package."""
_DEEPEST = 4
"""How many packages may lie one within the other."""
_SQLITE = b"SQLite format 3"
_LOCKED = 0x1
"""The flag of a member that asks for a password."""
TEXTUAL = (*_OPEN, *_PACKED, *_BASES, ".gz", ".pdf")


@frozen
class Unread:
    """A file, or a part of one, that could not be read, and why."""

    name: str
    why: str


def texts_in(path: Path) -> Iterator[str | Unread]:
    """The texts of a file, none of one that is no text; OSError where it cannot be read."""
    if path.suffix.lower() in TEXTUAL:
        yield from _read(path.read_bytes(), path.name, depth=0)


def _read(content: bytes, name: str, *, depth: int) -> Iterator[str | Unread]:
    suffix = Path(name).suffix.lower()
    if suffix in _OPEN:
        yield content.decode("utf-8", "replace")
    elif depth > _DEEPEST:
        yield Unread(name, "一层套一层，套得太深")
    elif suffix in _BASES:
        yield from _rows(content, name)
    elif suffix == ".pdf":
        yield from _pages(content, name)
    elif suffix == ".gz":
        yield from _unzipped(content, name, depth=depth)
    elif suffix in _PACKED:
        yield from _members(content, name, depth=depth)


def _unzipped(content: bytes, name: str, *, depth: int) -> Iterator[str | Unread]:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            text = packed.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        yield Unread(name, "打不开")
        return
    if len(text) > _LARGEST:
        yield Unread(name, "太大")
        return
    inner = name[: -len(".gz")]
    yield from _read(text, inner if inner.lower().endswith(TEXTUAL) else f"{inner}.txt", depth=depth + 1)


def _members(content: bytes, name: str, *, depth: int) -> Iterator[str | Unread]:
    left = _LARGEST
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename
                if not member.filename.lower().endswith((*TEXTUAL, ".rels")):
                    continue
                inside = f"{name}/{member.filename}"
                why = "有密码" if member.flag_bits & _LOCKED else "太大" if member.file_size > left else ""
                if why:
                    yield Unread(inside, why)
                    continue
                text = _member(archive, member)
                left -= len(text)
                yield from _of_member(text, inside, depth=depth)
    except (BadZipFile, NotImplementedError, EOFError, OSError, zlib.error):
        yield Unread(name, "打不开")


def _member(archive: ZipFile, member: ZipInfo) -> bytes:
    """No more of a member than it says itself."""
    with archive.open(member) as packed:
        return packed.read(member.file_size)


def _of_member(text: bytes, name: str, *, depth: int) -> Iterator[str | Unread]:
    if name.lower().endswith((".xml", ".rels")):
        # a word may be cut by marks of its format
        yield (
            _MARKUP.sub(" ", text.decode("utf-8", "replace"))
            if name.lower().endswith(".xml")
            else text.decode("utf-8", "replace")
        )
    else:
        yield from _read(text, name, depth=depth + 1)


def _rows(content: bytes, name: str) -> Iterator[str | Unread]:
    if name.lower().endswith(".db") and not content.startswith(_SQLITE):
        return  # many things are called so
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(content)
        tables = base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
        ).fetchall()
        for (table,) in tables:
            for row in base.execute(f'SELECT * FROM "{table}"'):  # names come from the base itself
                yield "\n".join(value for value in row if isinstance(value, str))
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        yield Unread(name, "打不开")
    finally:
        base.close()


def _pages(content: bytes, name: str) -> Iterator[str | Unread]:
    import pypdfium2  # it loads slowly, and few sites have new papers

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        yield Unread(name, "打不开，也许有密码")
        return
    try:
        for page in document:
            yield page.get_textpage().get_text_bounded()
    finally:
        document.close()
