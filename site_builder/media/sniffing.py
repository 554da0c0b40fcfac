"""The first bytes of a file and its name come in; what kind of file it is goes out, whatever the name says."""

from pathlib import PurePosixPath
from types import MappingProxyType

HEAD = 1024
"""How many bytes of a file are needed."""
PICTURES = frozenset({"jpeg", "png", "webp", "tiff", "gif", "heic", "avif", "svg"})
FILMS = frozenset({"mp4", "webm"})
SOUNDS = frozenset({"mp3", "m4a", "ogg", "wav"})
CAPTIONS = frozenset({"vtt", "srt"})
OFFICE = frozenset({"docx", "xlsx", "pptx"})
TEXTS = frozenset({"txt", "csv", "md"})
PAPERS = frozenset({"pdf"})
KINDS = PICTURES | FILMS | SOUNDS | CAPTIONS | OFFICE | TEXTS | PAPERS
"""What can be published at all; anything active (HTML, scripts, macros) cannot."""

_SUFFIXES = MappingProxyType(
    {"jpg": "jpeg", "jpe": "jpeg", "jfif": "jpeg", "tif": "tiff", "heif": "heic", "hif": "heic", "m4v": "mp4"}
)
_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"PK\x03\x04", "zip"),
    (b"MZ", "exe"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"BM", "bmp"),
)
_RIFF = MappingProxyType({b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"})
_BRANDS = MappingProxyType(
    dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"), "heic")
    | dict.fromkeys((b"avif", b"avis"), "avif")
    | {b"M4A ": "m4a", b"M4B ": "m4a", b"qt  ": "mov"}
)


def named_kind(file: str) -> str:
    """The kind that the name promises: the extension without dot, in lower case, common spellings made one."""
    suffix = PurePosixPath(file).suffix.lower().removeprefix(".")
    return _SUFFIXES.get(suffix, suffix)


def kind_of(head: bytes, file: str) -> str:
    """The kind that the first ``HEAD`` bytes prove; for plain text and office files the name decides. ``""``: unknown."""
    promised = named_kind(file)
    found = _binary_kind(head)
    if found == "zip":
        return promised if promised in OFFICE else "zip"
    if found or b"\x00" in head:
        return found
    if (
        promised not in TEXTS
        and (b"<svg" in head or promised == "svg")
        and (head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"))
    ):
        return "svg"
    return promised if promised in TEXTS | CAPTIONS else ""


def _binary_kind(head: bytes) -> str:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "mp4")
    if head[:4] == b"\x1aE\xdf\xa3":
        return "webm" if b"webm" in head[:64] else "mkv"
    if b"%PDF-" in head:
        return "pdf"
    return next((kind for start, kind in _STARTS if head.startswith(start)), "")
