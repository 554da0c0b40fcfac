"""A running process comes in; the memory that it and all it has started hold together goes out.

Each page that several processes share is counted once, divided among them (PSS, ``/proc/PID/smaps_rollup``), so that a press of
forks is not charged twice for what they have in common. Asked once a second: of a build of seconds the very top may be missed.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

EVERY = 1.0
FIRST = 0.2
"""Seconds between two looks, and before the first, for what is over in a second."""


class Watch:
    """Looks at a process and all below it until it is left; ``most`` is what they held at once, in MiB."""

    def __init__(self, process: int) -> None:
        self.most = 0.0
        self._process = process
        self._over = Event()
        self._thread = Thread(target=self._wait, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def look(self) -> None:
        """Once, now."""
        self.most = max(self.most, together(self._process))

    def _wait(self) -> None:
        pause = FIRST
        while not self._over.wait(pause):
            self.look()
            pause = EVERY


def together(process: int) -> float:
    """MiB of a process and all below it, now; 0 where the system does not tell."""
    return sum(map(_share, (process, *_below(process)))) / 1024


def _below(process: int) -> Iterator[int]:
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(listed).split():
            yield int(child)
            yield from _below(int(child))


def _share(process: int) -> int:
    """KiB of one process, its part of what it shares."""
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # gone between two looks, or another system
        return ""
