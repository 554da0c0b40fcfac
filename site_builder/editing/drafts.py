"""What an editor is typing comes in, to be found again after a crash; and who else has the same entry open goes out."""

import contextlib
import hashlib
import json
import os
import platform
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.intake.writing import write_whole

HOUSE = ".cache/edit"
_FRESH = 20.0
"""Seconds for which a window counts as open after its last word; it speaks every few seconds."""
_WINDOW = re.compile(r"[a-z0-9]{8,40}")


@dataclass(frozen=True)
class Drafts:
    """The drafts of an exhibition: one file for each entry that somebody is changing and has not saved."""

    root: Path

    def keep(self, path: str, draft: Mapping[str, Any]) -> None:
        """Keeps the draft of an entry in place of its former one."""
        write_whole(self._file(path), json.dumps({**draft, "path": path}, ensure_ascii=False))

    def of(self, path: str) -> Mapping[str, Any] | None:
        """The draft of an entry; a file that is damaged is none."""
        return _read(self._file(path))

    def drop(self, path: str) -> None:
        """Forgets the draft, for it was saved or is not wanted."""
        self._file(path).unlink(missing_ok=True)

    def waiting(self) -> Iterator[str]:
        """Paths of all entries that have a draft."""
        for file in sorted((self.root / HOUSE / "drafts").glob("*.json")):
            draft = _read(file)
            if draft is not None:
                yield str(draft.get("path", ""))

    def _file(self, path: str) -> Path:
        return self.root / HOUSE / "drafts" / f"{_named(path)}.json"


@dataclass(frozen=True)
class Company:
    """The windows that have an entry open, also those of another editor's program on the same folder."""

    root: Path

    def seen(self, path: str, window: str) -> tuple[str, ...]:
        """Says that this window is here; returns the machines of the others, this one's own name for a second window."""
        if not _WINDOW.fullmatch(window):
            raise ValueError(window)
        house = self.root / HOUSE / "open" / _named(path)
        house.mkdir(parents=True, exist_ok=True)
        mine = house / window
        mine.write_text(platform.node(), encoding="utf-8")
        now = mine.stat().st_mtime  # the clock of the disk, which all of them share
        return tuple(sorted(_others(house, mine, now=now)))

    def left(self, path: str, window: str) -> None:
        """Says that this window has gone."""
        if _WINDOW.fullmatch(window):
            (self.root / HOUSE / "open" / _named(path) / window).unlink(missing_ok=True)

    def swept(self) -> None:
        """Removes what windows left behind that never said goodbye."""
        for mark in (self.root / HOUSE / "open").glob("*/*"):
            with contextlib.suppress(OSError):
                if time.time() - mark.stat().st_mtime > 3600:
                    mark.unlink()


def _others(house: Path, mine: Path, *, now: float) -> Iterator[str]:
    for entry in os.scandir(house):
        with contextlib.suppress(OSError):
            if entry.name != mine.name and now - entry.stat().st_mtime < _FRESH:
                yield Path(entry.path).read_text(encoding="utf-8")


def _read(file: Path) -> Mapping[str, Any] | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _named(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:24]
