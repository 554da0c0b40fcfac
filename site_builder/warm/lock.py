"""A folder comes in; whoever holds its lock is alone at work there, and a lock whose holder died is free."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[str]) -> bool:
        """Far behind what is written, for Windows lets nobody read what is locked."""
        file.seek(1 << 20)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _left(file: IO[str]) -> None:
        """The lock goes with the file."""
else:
    import fcntl

    def _taken(file: IO[str]) -> bool:
        """The system lets go of the lock when its holder ends, however it ends."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _left(file: IO[str]) -> None:
        """Whoever was forked meanwhile, and has not ended yet, holds the same file open, and the lock with it."""
        fcntl.flock(file, fcntl.LOCK_UN)


class Held(Exception):
    """Somebody else is at work; the argument is the number of the process, as far as it is known."""


@contextlib.contextmanager
def locked(home: Path) -> Iterator[bool]:
    """Holds the lock of a folder; False where the disk has no place for one, Held where another process has it."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = (home / "lock").open("a+", encoding="utf-8")
    except OSError:
        yield False
        return
    with file:
        if not _taken(file):
            file.seek(0)
            raise Held(file.read(20).strip())
        with contextlib.suppress(OSError):
            file.seek(0)
            file.truncate()
            file.write(str(os.getpid()))
            file.flush()
        try:
            yield True
        finally:
            _left(file)
