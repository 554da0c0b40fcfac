"""Nothing comes in; a digest of all that makes bytes beside content and settings goes out: this program, its libraries, Python."""

import hashlib
import marshal
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from site_builder.intake.stamps import LARGE, Recorded, Stamp, digest_in, files_below, fresh_file, told

_INSTALLED = frozenset({".dist-info", ".egg-info"})
_ENVIRONMENT = "EXHIBITION_"
_SILENT = frozenset({"EXHIBITION_JOBS"})
"""Says how fast, never what."""
_DIGITS = 32
"""Of the digest of a record, which stands before it."""


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
    total, now = hashlib.blake2b(digest_size=16), time.time_ns()
    found = list(files_below(directory, but="__pycache__"))
    files = told(((path, path, stat) for path, stat in found), _files().former, now=now).files
    for path, stat in found:
        digest = files[path][1] if stat.st_size <= LARGE else f"{stat.st_size} {stat.st_mtime_ns}"
        total.update(f"{path[len(directory) :]}\0{digest}\0".encode("utf-8", "surrogateescape"))
    _files().found.update(files)
    return total.digest()


class _Files:
    """What is known of the files that were told: what somebody recorded, and what was found."""

    def __init__(self) -> None:
        self.former: Recorded = {}
        self.found: dict[str, tuple[Stamp, str]] = {}


@cache
def _files() -> _Files:
    return _Files()


@contextmanager
def recorded(path: Path, *, keeps: bool = True) -> Iterator[None]:
    """Within it, files whose stamps are those recorded there are not read; what is found of all is recorded if one ``keeps`` it."""
    files = _files()
    files.former = _read(path)
    yield
    if keeps and files.found != files.former:
        content = marshal.dumps(files.found)
        with suppress(OSError), fresh_file(path) as draft:
            draft.write_bytes(digest_in(content).encode() + content)


def _read(path: Path) -> Recorded:
    """What was recorded there; nothing where that is harmed."""
    with suppress(OSError, EOFError, ValueError, TypeError):
        content = path.read_bytes()
        if digest_in(content[_DIGITS:]).encode() == content[:_DIGITS]:
            found: Recorded = marshal.loads(content[_DIGITS:])
            return found
    return {}


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
