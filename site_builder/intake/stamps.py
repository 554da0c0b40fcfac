"""Files come in; what tells each file's content from any other goes out, and few of them are read for it.

A file whose stamp (time of change, size, inode, time of the inode's change) is the recorded one has the recorded digest, unless it was
changed so shortly before it was recorded that a later change could bear the same time; such a file is read again, as git does.
"""

import contextlib
import hashlib
import os
import pickle
import stat
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from site_builder.model.frozen import frozen

Stamp = tuple[int, int, int, int]
"""Time of the last change in nanoseconds, size, inode, time of the inode's last change."""
Recorded = Mapping[str, tuple[Stamp, str]]
"""Path → stamp and digest; the digest is empty where only the stamp tells."""
SHORTLY = 2_000_000_000
"""Nanoseconds: the coarsest clock among file systems in use, FAT's."""
LARGE = 4 << 20
"""Films and large pictures are not read to be told apart: where the stamp differs they count as changed."""
BROKEN = (
    OSError,
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ImportError,
    IndexError,
    MemoryError,
)
"""What reading a pickle may raise whose bytes were harmed."""
_WORD = (1 << 63) - 1
_RACY: Stamp = (0, 0, 0, 0)


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp of a file; of an inode's number what a signed word holds, for some disks use all 64 bits."""
    return found.st_mtime_ns, found.st_size, found.st_ino & _WORD, found.st_ctime_ns


def lasting(stamp: Stamp, now: int) -> Stamp:
    """The stamp as it may be recorded at this time of the clock; one that equals no other where the file is too fresh to be trusted."""
    return stamp if max(stamp[0], stamp[3]) < now - SHORTLY else _RACY


@contextlib.contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that takes its place in one move, if nothing fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def digest_of(path: str | Path) -> str:
    """The digest of a file's bytes; OSError where it cannot be read."""
    # read at once, for there are thousands of small ones and a buffer for large ones takes longer than they do
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a path of its own for each takes as long as to read it
        return digest_in(file.readall())


def digest_in(content: bytes | memoryview) -> str:
    """The digest of bytes that were read."""
    # processors have instructions for this one: the program's own files, fonts among them, are told by every build
    return hashlib.sha256(content).hexdigest()[:32]


def files_below(directory: str, *, but: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Path and stat of every plain file, folder by folder in order of names; links are followed, but to a folder only once.

    Folders of the name ``but`` are left out.
    """
    yield from _below(directory, frozenset(), but=but)


def _below(directory: str, above: frozenset[str], *, but: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(directory) as listed:
            items = sorted(listed, key=lambda item: item.name)
    except OSError:
        return
    for item in items:
        if item.name == but:
            continue
        try:
            if not item.is_dir():
                found = item.stat()
                if stat.S_ISREG(found.st_mode):
                    yield item.path, found
                continue
            real = os.path.realpath(item.path) if item.is_symlink() else ""
        except OSError:  # gone meanwhile, or a link that leads nowhere
            continue
        if real not in above:
            yield from _below(item.path, above | {real} if real else above, but=but)


@frozen
class Told:
    """What is known of a set of files at one time."""

    files: Recorded
    read: int = 0
    """How many had to be read."""

    def changed(self, former: Recorded) -> list[str]:
        """Paths whose content is not known to be that of before, new ones included."""
        return [path for path, (stamp, told) in self.files.items() if not _same(former.get(path), stamp, told=told)]


def _same(former: tuple[Stamp, str] | None, stamp: Stamp, *, told: str) -> bool:
    if former is None:
        return False
    return told == former[1] if told else stamp != _RACY and stamp == former[0]


def told(found: Iterable[tuple[str, str, os.stat_result]], former: Recorded, *, now: int) -> Told:
    """Stamp and digest of these files (path, name, stat) by name; ``now`` is the time (ns) before the first was looked at.

    A file that vanishes meanwhile is left out.
    """
    files: dict[str, tuple[Stamp, str]] = {}
    read = 0
    for path, name, looked in found:
        stamp = stamp_of(looked)
        known = former.get(name)
        if known is not None and known[0] == stamp:
            files[name] = known
            continue
        digest = ""
        if looked.st_size <= LARGE:
            try:
                digest = digest_of(path)
            except OSError:
                continue
            read += 1
        files[name] = lasting(stamp, now), digest
    return Told(files, read)


def stamped(found: Iterable[tuple[str, str, os.stat_result]], *, now: int) -> Told:
    """The same of the stamps alone: no file is read."""
    return Told({name: (lasting(stamp_of(looked), now), "") for _, name, looked in found})


def digested(root: Path, known: Recorded, *, but: Collection[str]) -> Recorded:
    """The same files with the digests that are not known, but of these names, which somebody else reads."""
    return {
        name: (stamp, told or ("" if name in but else _digest(root / name))) for name, (stamp, told) in known.items()
    }


def _digest(path: Path) -> str:
    try:
        return digest_of(path) if path.stat().st_size <= LARGE else ""
    except OSError:
        return ""
