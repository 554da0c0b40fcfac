"""Recipes of files come in; the files go out, each made once and kept under the digest of all that it depends on."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.model.frozen import frozen

if TYPE_CHECKING:
    from concurrent.futures import Executor

_RECORD = "made.json"
_DAY = 86_400
UNUSED_DAYS = 30
"""How long what no build asks for is kept: somebody may be working on another branch."""


def key_of(*parts: object) -> str:
    """A name for what these parts make: the input's digest, the recipe, the version of what does the work."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:40]


@frozen
class Making:
    """Files of the site that are made together, from one original or one drawing."""

    key: str
    addresses: tuple[tuple[str, str], ...]
    """(name in the store, address in the site) of each file."""
    make: Callable[[], Iterable[tuple[str, bytes]]]
    """Gives (name, bytes) of every file in any order; can be pickled."""


@frozen
class Store:
    """A directory per key, renamed into place when all its files and their record are written: whole or not there."""

    root: Path

    def kept(self, key: str) -> Mapping[str, Path] | None:
        """Name → file of what was made under this key; None where a file is missing or harmed."""
        home = self._home(key)
        try:
            record = json.loads((home / _RECORD).read_text(encoding="utf-8"))
            sound = all(_is_sound(home / name, stamp) for name, stamp in record.items())
        except (OSError, ValueError, TypeError, AttributeError):
            return None
        return {name: home / name for name in record} if sound else None

    def made(self, making: Making) -> Mapping[str, Path]:
        """The same, made now where it is not kept."""
        found = self.kept(making.key)
        if found is not None:
            _touch(self._home(making.key) / _RECORD)
            return found
        home = self._home(making.key)
        _room_for(home)
        with tempfile.TemporaryDirectory(prefix="making-", dir=self.root, ignore_cleanup_errors=True) as scratch:
            draft = Path(scratch, "draft")
            draft.mkdir()
            record = {name: _written(draft / name, content) for name, content in making.make()}
            (draft / _RECORD).write_text(json.dumps(record), encoding="utf-8")
            self._put_in_place(draft, home)
        return {name: home / name for name in record}

    def all_made(self, makings: Sequence[Making], *, workers: int, executor: "Executor | None" = None) -> None:
        """Makes what is missing, in threads, for decoders and encoders let go of the interpreter; or where ``executor`` lets it."""
        missing = [making for making in makings if self.kept(making.key) is None]
        if executor is not None:
            for _ in executor.map(self.made, missing):
                pass
            return
        if workers == 1 or len(missing) < 2:
            for making in missing:
                self.made(making)
            return
        from concurrent.futures import ThreadPoolExecutor  # for whoever has files to make

        threads = ThreadPoolExecutor(workers, thread_name_prefix="media")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # Pillow's remarks on odd metadata, all of which is dropped
            try:
                for _ in threads.map(self.made, missing):
                    pass
            finally:
                threads.shutdown(cancel_futures=True)

    def prune(self, keys: Collection[str]) -> int:
        """Drops what is not among these keys and was not asked for in ``UNUSED_DAYS`` days; says how many went."""
        oldest = time.time() - UNUSED_DAYS * _DAY
        gone = 0
        for home in self.root.glob("objects/??/*"):
            if home.parent.name + home.name not in keys and _last_used(home) < oldest:
                shutil.rmtree(home, ignore_errors=True)
                gone += 1
        for scratch in (*self.root.glob("making-*"), *self.root.glob("index-*")):
            if _last_used(scratch) < time.time() - _DAY:
                _drop(scratch)
        return gone

    def _home(self, key: str) -> Path:
        return self.root / "objects" / key[:2] / key[2:]

    def _put_in_place(self, draft: Path, home: Path) -> None:
        _drop(home)
        try:
            draft.rename(home)
        except OSError:
            # another build was quicker; what it made is the same
            if not home.is_dir():
                raise


def _room_for(home: Path) -> None:
    """The directory above; a file in its place is harm of some kind, and what is in a cache can be made again."""
    for above in (home.parent.parent, home.parent):
        if above.exists() and not above.is_dir():
            above.unlink()
    home.parent.mkdir(parents=True, exist_ok=True)


def _drop(path: Path) -> None:
    """Removes a tree or a file, as far as the system lets us."""
    shutil.rmtree(path, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _written(path: Path, content: bytes) -> tuple[int, int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return *_stamp(path), hashlib.sha256(content).hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _is_sound(path: Path, recorded: Sequence[Any]) -> bool:
    """Size and time as written, or else the same bytes: a restored cache has other times."""
    size, time_ns, digest = recorded
    stamp = _stamp(path)
    if stamp == (size, time_ns):
        return True
    if stamp[0] != size or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        return False
    with contextlib.suppress(OSError):
        os.utime(path, ns=(time_ns, time_ns))
    return True


def _touch(record: Path) -> None:
    """Notes that it is in use, once a day."""
    with contextlib.suppress(OSError):
        if time.time() - record.stat().st_mtime > _DAY:
            os.utime(record)


def _last_used(home: Path) -> float:
    for path in (home / _RECORD, home):
        with contextlib.suppress(OSError):
            return path.stat().st_mtime
    return 0.0
