"""A directory and words come in; every place where a word is left goes out: in names of files, texts, packed files and metadata.

Packed files (gzip, Brotli, zip and with it office files) are unpacked, however they lie in one another; databases are read cell by cell,
PDF page by page, pictures for what is written beside their pixels. Words drawn into pictures cannot be seen.
"""

import gzip
import io
import re
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from PIL import Image

from site_builder.media.papers import pdf_words
from site_builder.media.unfit import Unfit

_DEEPEST = 4
_LARGEST = 500_000_000
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".tif", ".tiff"})
_BROKEN = (OSError, ValueError, zlib.error, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError)


@dataclass(frozen=True, order=True)
class Trace:
    """A word that is left: in which file (and within it, which member), and which word."""

    path: str
    word: str


def traces_in(directory: Path, words: Iterable[str], *, besides: Iterable[str] = ()) -> tuple[Trace, ...]:
    """All traces, each file and word once, in order. A word of small letters, digits and hyphens is an id and stands alone.

    ``besides`` are longer words that may stay, though they hold one of the others.
    """
    stays = [_pattern(word) for word in besides]
    searched = {word: _pattern(word) for word in words if word}
    found: set[Trace] = set()
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        found |= {
            Trace(name, word)
            for word, one in searched.items()
            if one.search(_without(name.encode("utf-8", "replace"), stays))
        }
        if path.is_file():
            for member, whole in _opened(name, path.read_bytes()):
                content = _without(whole, stays)
                found |= {Trace(member, word) for word, one in searched.items() if one.search(content)}
    return tuple(sorted(found))


def _without(content: bytes, patterns: Iterable[re.Pattern[bytes]]) -> bytes:
    for pattern in patterns:
        content = pattern.sub(b"-", content)
    return content


def _pattern(word: str) -> re.Pattern[bytes]:
    """A word in every writing that files have for it."""
    if re.fullmatch(r"[a-z0-9-]+", word):
        return re.compile(rb"(?<![a-z0-9-])" + re.escape(word.encode()) + rb"(?![a-z0-9-])")
    if word.isascii():
        return re.compile(rb"(?<![a-z])" + re.escape(word.encode()) + rb"(?![a-z])", re.IGNORECASE)
    units = word.encode("utf-16-be")
    escaped = "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    forms = {
        word.encode(),
        word.encode("utf-16-le"),
        units,
        word.encode("gb18030"),
        escaped.encode(),
        quote(word).encode(),
        "".join(f"&#{ord(one)};" for one in word).encode(),
        "".join(f"&#x{ord(one):x};" for one in word).encode(),
    }
    return re.compile(b"|".join(re.escape(form) for form in sorted(forms)), re.IGNORECASE)


def _opened(name: str, content: bytes, *, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and those of everything that is packed into it."""
    yield name, content
    suffix = Path(name).suffix.lower()
    try:
        if depth < _DEEPEST and content[:2] == b"\x1f\x8b":
            yield from _opened(name.removesuffix(".gz"), gzip.decompress(content), depth=depth + 1)
        elif depth < _DEEPEST and suffix == ".br":
            yield from _opened(name.removesuffix(".br"), _unbrotlied(content), depth=depth + 1)
        elif depth < _DEEPEST and content[:4] == b"PK\x03\x04":
            yield from _members(name, content, depth=depth)
        elif content[:16] == b"SQLite format 3\0":
            yield name, _cells(content)
        elif content[:5] == b"%PDF-":
            yield name, _of_pdf(content)
        elif suffix in _PICTURES:
            yield name, _beside_pixels(content)
    except (*_BROKEN, sqlite3.Error, Unfit):
        return  # what cannot be opened was searched as it is


def _members(name: str, content: bytes, *, depth: int) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > _LARGEST:
            return
        for one in packed.infolist():
            inside = f"{name}!{one.filename}"
            yield inside, one.filename.encode()
            yield from _opened(inside, packed.read(one), depth=depth + 1)


def _unbrotlied(content: bytes) -> bytes:
    from brotli import decompress  # type: ignore[import-untyped]  # where sites are packed with it, it is there

    return bytes(decompress(content))


def _cells(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as house:
        path = Path(house, "copy.sqlite")
        path.write_bytes(content)
        base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            tables = [row[0] for row in base.execute("select name from sqlite_master where type in ('table', 'view')")]
            rows = (row for table in tables for row in base.execute(f'select * from "{table}"'))  # its own names
            return "\n".join(str(cell) for row in rows for cell in row if cell is not None).encode("utf-8", "replace")
        finally:
            base.close()


def _of_pdf(content: bytes) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        copy.write(content)
        copy.flush()
        return "\n".join(re.sub(r"\s+", "", page) for page in pdf_words(Path(copy.name))).encode()


def _beside_pixels(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        said = {**MappingProxyType(image.info), **dict(image.getexif())}
    return "\n".join(f"{key} {value!r} {value}" for key, value in sorted(said.items(), key=str)).encode(
        "utf-8", "replace"
    )
