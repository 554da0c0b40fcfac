"""A path of the site comes in; with which headers it is served, and in which order it goes online, goes out."""

import re
from pathlib import PurePosixPath
from types import MappingProxyType

from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS

TYPES = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".jsonld": "application/ld+json; charset=utf-8",
        ".geojson": "application/geo+json; charset=utf-8",
        ".jsonl": "application/jsonl; charset=utf-8",
        ".webmanifest": "application/manifest+json; charset=utf-8",
        ".svg": "image/svg+xml; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".ics": "text/calendar; charset=utf-8",
        ".vtt": "text/vtt; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".webp": "image/webp",
        ".avif": "image/avif",
        ".gif": "image/gif",
        ".ico": "image/x-icon",
        ".pdf": "application/pdf",
        ".mp4": "video/mp4",
        ".webm": "video/webm",
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".woff2": "font/woff2",
        ".zip": "application/zip",
        ".sqlite": "application/vnd.sqlite3",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
"""Suffix → content type; a suffix that is not listed is bytes to be saved."""
OTHER_TYPE = "application/octet-stream"
SHRINKING = frozenset({".html", ".css", ".js", ".json", ".jsonld", ".geojson", ".webmanifest", ".svg"})
"""What browsers fetch and compression makes smaller. Feeds, calendars and tables stay plain, for programs that cannot unpack."""
SHARED_SUFFIXES = frozenset({".json", ".jsonld", ".geojson"})
"""What other sites may read: manifests of pictures and open data."""
SHARED_FOLDERS = ("iiif/", "data/", "api/")

IMMUTABLE = "public, max-age=31536000, immutable"
BRIEF = "public, max-age=3600"
ALWAYS_ASKED = "no-cache"
INDEX = re.compile(r"^search/v\d+/")
INDEX_HEAD = re.compile(r"^search/v\d+/manifest\.js$")
"""The file that says what lies in the index; all others are asked for with its digest behind their address."""
_NAMED = (
    "^assets/[0-9a-f]{10}/",  # scripts and style sheets of the theme
    "^iiif/image/[0-9a-f]{20}/",  # tiles of a picture
    "^media/[0-9a-f]{2}/[0-9a-f]{18}-",  # what is made from an original
    r"[-.][0-9a-f]{8,64}(\.min)?\.[a-z0-9]+$",  # share cards, style sheets of Material
)
HASHED = re.compile("|".join(_NAMED))
"""Addresses that name their content by its digest: another content has another address."""
_ASKED = r"(^|/|\.html|\.css|\.js|\.xml|\.txt|\.json|\.webmanifest|\.ics)$"
"""What says something new under an old address; browsers keep it and ask whether it is still the same."""
CACHING: tuple[tuple[str, str], ...] = (
    (INDEX_HEAD.pattern, ALWAYS_ASKED),
    ("|".join((*_NAMED, INDEX.pattern)), IMMUTABLE),
    (_ASKED, ALWAYS_ASKED),
)
"""Regular expression for a path of the site → how long browsers keep what lies there; the first that fits, else `BRIEF`."""

_KIND_FOLDERS = frozenset(kind.folder for kind in KINDS)
_ENTRY_DEPTH = 3
_HOME = frozenset({"index.html", "404.html", "sitemap.xml", "robots.txt", "sw.js"})
PARTS, ENTRIES, LISTS, SEARCH, HOME = range(5)
"""The steps in which a site goes online: no page before what it shows, no list before the pages it leads to."""


@frozen
class Served:
    """How one file is served."""

    content_type: str
    cache: str
    shrinks: bool
    """Whether it is offered compressed."""
    shared: bool
    """Whether pages of other sites may read it."""


def served(path: str) -> Served:
    """How the file at this path of the site is served."""
    suffix = PurePosixPath(path).suffix.lower()
    shared = suffix in SHARED_SUFFIXES or path.startswith(SHARED_FOLDERS)
    return Served(TYPES.get(suffix, OTHER_TYPE), cache_of(path), suffix in SHRINKING, shared)


def cache_of(path: str) -> str:
    """How long browsers keep the file at this path without asking again."""
    return next((cache for pattern, cache in CACHING if re.search(pattern, path)), BRIEF)


def is_shard(path: str) -> bool:
    """Whether this is a file of the search index other than the one that says what lies in it."""
    return bool(INDEX.match(path)) and not INDEX_HEAD.match(path)


def step_of(path: str) -> int:
    """The step in which the file at this path goes online: `PARTS` … `HOME`."""
    if path in _HOME:
        return HOME
    if INDEX.match(path):
        return SEARCH
    if not path.endswith(".html"):
        return PARTS
    parts = path.split("/")
    return ENTRIES if len(parts) == _ENTRY_DEPTH and parts[0] in _KIND_FOLDERS and parts[1] != "page" else LISTS
