"""What an editor is typing comes in, to be found again after a crash; and who else has the same entry open goes out."""

import contextlib
import hashlib
import json
import os
import platform
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.editing.saving import Refused
from site_builder.intake.writing import write_whole
from site_builder.model.frozen import frozen

HOUSE = ".cache/edit"
_FRESH = 20.0
"""Seconds for which a window counts as open after its last word; it speaks every few seconds."""
_WINDOW = re.compile(r"[a-z0-9]{8,40}")


@frozen
class Drafts:
    """The drafts of an exhibition: one file for each window in which an entry was changed and not saved."""

    root: Path

    def keep(self, path: str, window: str, *, draft: Mapping[str, Any]) -> None:
        """Keeps what a window has of an entry in place of what it had before."""
        write_whole(self._file(path, window), json.dumps({**draft, "path": path, "window": window}))

    def of(self, path: str) -> list[Mapping[str, Any]]:
        """The drafts of an entry, one for each window; files that are damaged are none."""
        files = sorted((self.root / HOUSE / "drafts").glob(f"{_named(path)}-*.json"))
        return [draft for draft in map(_read, files) if draft is not None]

    def drop(self, path: str, window: str) -> None:
        """Forgets a draft, for it was saved or is not wanted."""
        self._file(path, window).unlink(missing_ok=True)

    def drop_all(self, path: str) -> None:
        """Forgets the drafts of an entry that is no more."""
        for file in (self.root / HOUSE / "drafts").glob(f"{_named(path)}-*.json"):
            file.unlink(missing_ok=True)

    def waiting(self) -> Iterator[str]:
        """Paths of all entries that have a draft."""
        for file in sorted((self.root / HOUSE / "drafts").glob("*.json")):
            draft = _read(file)
            if draft is not None:
                yield str(draft.get("path", ""))

    def _file(self, path: str, window: str) -> Path:
        return self.root / HOUSE / "drafts" / f"{_named(path)}-{_checked(window)}.json"


@frozen
class Other:
    """Another window in which the same entry is open."""

    window: str
    machine: str
    """Name of the machine, where it is another one."""


@frozen
class Company:
    """The windows that have an entry open, also those of another editor's program on the same folder."""

    root: Path

    def seen(self, path: str, window: str) -> tuple["Other", ...]:
        """Says that this window is here; returns the others that have the same entry open."""
        house = self.root / HOUSE / "open" / _named(path)
        house.mkdir(parents=True, exist_ok=True)
        mine = house / _checked(window)
        mine.write_text(platform.node(), encoding="utf-8")
        now = mine.stat().st_mtime  # the clock of the disk, which all of them share
        return tuple(sorted(_others(house, mine, now=now), key=lambda one: one.window))

    def left(self, path: str, window: str) -> None:
        """Says that this window has gone."""
        (self.root / HOUSE / "open" / _named(path) / _checked(window)).unlink(missing_ok=True)

    def swept(self) -> None:
        """Removes what windows left behind that never said goodbye."""
        for mark in (self.root / HOUSE / "open").glob("*/*"):
            with contextlib.suppress(OSError):
                if time.time() - mark.stat().st_mtime > 3600:
                    mark.unlink()


def _others(house: Path, mine: Path, *, now: float) -> Iterator[Other]:
    for entry in os.scandir(house):
        with contextlib.suppress(OSError):
            if entry.name != mine.name and now - entry.stat().st_mtime < _FRESH:
                machine = Path(entry.path).read_text(encoding="utf-8")
                yield Other(entry.name, "" if machine == platform.node() else machine)


def _checked(window: str) -> str:
    """A window's name, which becomes a file's; ``Refused`` where it is none."""
    if not _WINDOW.fullmatch(window):
        raise Refused("窗口的名称不对", status=400)
    return window


def _read(file: Path) -> Mapping[str, Any] | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _named(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:24]
