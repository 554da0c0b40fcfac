"""A directory of an exhibition comes in; which of its files changed goes out, as soon as the system or a look round tells.

The system's word (inotify and its like) comes at once, but not from every disk: shared folders are silent, and a folder that was put in
the place of another may be. So everything is also looked at every few seconds, and what the look finds counts as told.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Condition
from types import TracebackType

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from site_builder.intake.stamps import Stamp, files_below, stamp_of

WATCHED = ("content", "theme")
_SETTINGS = "mkdocs.yml"
_SHARE = 20
"""A look round may take this part of the time."""
_LEAST, _MOST = 0.5, 10.0
"""Seconds between two looks."""
_WRITING: tuple[type[FileSystemEvent], ...] = (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)


class Watch(FileSystemEventHandler):
    """Gathers what changed until somebody asks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._changed: set[str] = set()
        self._told = Condition()
        self._known = dict(self._stamps())
        self._looked, self._cost = time.monotonic(), 0.0
        self._observer = Observer()
        self._folders: dict[str, tuple[int, ObservedWatch]] = {}
        """Folder → its inode, and how the system watches it."""

    def __enter__(self) -> "Watch":
        # where the system has no more watches to give, looking round has to do
        with suppress(OSError):
            self._observer.start()
            self._observer.schedule(self, str(self.root), event_filter=list(_WRITING))
            self._watch_folders()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """The system tells of a file or folder."""
        paths = [path for path in (event.src_path, event.dest_path) if path]
        found = {name for path in paths if (name := self._name(str(path))) is not None}
        if found:
            with self._told:
                self._changed |= found
                self._told.notify_all()

    def changes(self, within: float) -> frozenset[str]:
        """Names of what changed since the last call, relative to the root, as soon as there are any; none after so many seconds."""
        limit = time.monotonic() + within
        with self._told:
            while not self._changed and (left := limit - time.monotonic()) > 0:
                self._told.wait(min(left, 0.25))  # in parts, for Windows takes Ctrl+C only between waits
            found, self._changed = frozenset(self._changed), set()
        for name in found:  # what is read from now on is known; what changes later is found by the next look
            self._note(name)
        return found

    def _note(self, name: str) -> None:
        path = self.root / name
        self._known.pop(name, None)
        with suppress(OSError):
            if path.is_file():
                self._known[name] = stamp_of(path.stat())

    def look(self) -> None:
        """Looks round, if it is time to, and notes what nobody told of."""
        if time.monotonic() < self._looked + min(max(_LEAST, _SHARE * self._cost), _MOST):
            return
        begun = time.thread_time()
        stamps = dict(self._stamps())
        changed = {name for name in stamps.keys() | self._known.keys() if stamps.get(name) != self._known.get(name)}
        self._known, self._looked, self._cost = stamps, time.monotonic(), time.thread_time() - begun
        with suppress(OSError):
            self._watch_folders()
        with self._told:
            self._changed |= changed

    def _watch_folders(self) -> None:
        """Watches the folders that are there now; one that took the place of another is another."""
        for name in WATCHED:
            path = self.root / name
            inode = path.stat().st_ino if path.is_dir() else 0
            before, watch = self._folders.get(name, (0, None))
            if not self._observer.is_alive() or inode == before:
                continue
            if watch is not None:
                del self._folders[name]
                with suppress(KeyError):  # the system may have ended it with its folder
                    self._observer.unschedule(watch)
            if inode:
                watch = self._observer.schedule(self, str(path), recursive=True, event_filter=list(_WRITING))
                self._folders[name] = inode, watch

    def _name(self, path: str) -> str | None:
        """The name of what is watched; None for all else, such as the site or a cache."""
        try:
            name = Path(path).relative_to(self.root).as_posix()
        except ValueError:
            return None
        return name if name == _SETTINGS or name.partition("/")[0] in WATCHED else None

    def _stamps(self) -> Iterator[tuple[str, Stamp]]:
        with suppress(OSError):
            yield _SETTINGS, stamp_of((self.root / _SETTINGS).stat())
        for folder in WATCHED:
            for path, stat in files_below(str(self.root / folder)):
                yield path[len(str(self.root)) + 1 :].replace("\\", "/"), stamp_of(stat)
