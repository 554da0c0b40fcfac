"""The bytes of a text come in; the same compressed, the same bytes on every run, go out."""

import gzip
import importlib
import importlib.util
from collections.abc import Iterator

SMALLEST = 256
"""Bytes below which compressing brings nothing."""
_GZIP_LEVEL = 9
_BROTLI_QUALITY = 9
"""At 11 a page takes ten times as long for two per cent less."""


def gzipped(content: bytes) -> bytes:
    """As gzip without name and time."""
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)


def knows_brotli() -> bool:
    """Whether the package is installed; it comes with the extra ``deploy``."""
    return importlib.util.find_spec("brotli") is not None


def suffixes() -> tuple[str, ...]:
    """Suffixes of the variants that can be made here."""
    return (".gz", ".br") if knows_brotli() else (".gz",)


def variants(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Suffix → content of the files that lie beside a text so that a server need not compress it: ``.gz``, ``.br``."""
    if len(content) < SMALLEST:
        return
    found = [(".gz", gzipped(content))]
    if knows_brotli():
        found.append((".br", importlib.import_module("brotli").compress(content, quality=_BROTLI_QUALITY)))
    yield from ((suffix, packed) for suffix, packed in found if len(packed) < len(content))
