"""Nothing comes in; a digest of all that makes bytes beside content and settings goes out: this program, its libraries, Python."""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from site_builder.intake.stamps import LARGE, digest_of, files_below

_INSTALLED = frozenset({".dist-info", ".egg-info"})
_ENVIRONMENT = "EXHIBITION_"
_SILENT = frozenset({"EXHIBITION_JOBS"})
"""Says how fast, never what."""


def program(*directories: str) -> str:
    """The digest of the package, of these directories beside it (the theme that comes with it) and of what they run on."""
    total = hashlib.blake2b(digest_size=16)
    total.update(f"{sys.version}\0{sys.platform}\0{_libraries(tuple(sys.path))}\0{_environment()}\0{_code()}".encode())
    for directory in directories:
        total.update(_told(directory))
    return total.hexdigest()


@cache
def _code() -> str:
    """Of the package, asked for up to five times in a build; what is loaded of it stays what it is as long as the process lives."""
    return _told(str(Path(__file__).resolve().parents[1])).hex()


def _told(directory: str) -> bytes:
    total = hashlib.blake2b(digest_size=16)
    for path, stat in files_below(directory, but="__pycache__"):
        told = digest_of(path) if stat.st_size <= LARGE else f"{stat.st_size} {stat.st_mtime_ns}"
        total.update(f"{path[len(directory) :]}\0{told}\0".encode("utf-8", "surrogateescape"))
    return total.digest()


@cache
def _libraries(directories: tuple[str, ...]) -> str:
    """Name and version of everything installed, as its folder is called: reading the metadata itself takes a hundred times as long."""
    found = set()
    for directory in directories:
        try:
            found |= {path.name for path in Path(directory or ".").iterdir() if path.suffix in _INSTALLED}
        except OSError:
            continue
    return "\0".join(sorted(found))


def _environment() -> str:
    named = sorted(name for name in os.environ if name.startswith(_ENVIRONMENT) and name not in _SILENT)
    return "\0".join(f"{name}={os.environ[name]}" for name in named)
