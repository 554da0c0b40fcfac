"""A directory comes in; what stands in it goes out: the stamps of all files, and of all folders.

To list a folder takes three times as long as to ask for its times, and the system sets these anew with every name that comes or goes.
So whoever knows what stood in a folder, and when that changed last, need not list it again. Elsewhere than on POSIX that is not to be
relied on (FAT), and every folder is listed.
"""

import os
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from site_builder.intake.stamps import SHORTLY
from site_builder.model.frozen import frozen

SiteStamp = tuple[int, int]
"""Size, and time of the last change in nanoseconds."""
FolderStamp = tuple[int, int]
"""Inode, and the time (ns) when a name last came or went, or the inode changed."""
UNSURE: FolderStamp = (0, 0)
"""Of a folder that is to be listed: it changed so lately that a later change could bear the same time."""


@frozen
class Standing:
    """What stands in a directory."""

    files: Mapping[str, SiteStamp] = field(default_factory=lambda: MappingProxyType({}))
    """Name → stamp of every file, links and what is none included."""
    folders: Mapping[str, FolderStamp] = field(default_factory=lambda: MappingProxyType({}))
    """Name → stamp of every folder, the directory itself (empty) among them."""

    @staticmethod
    def of(directory: Path) -> "Standing":
        """All that stands there, by listing it."""
        return listed(str(directory), "", now=time.time_ns())

    @classmethod
    def named(cls, directory: Path, names: Iterable[str]) -> "Standing":
        """The same of a directory that holds just these files; OSError where one is not there."""
        now = time.time_ns()
        files = {name: stamp_in(directory, name) for name in names}
        folders = {name: lasting(folder_stamp(f"{directory}/{name}"), now) for name in folders_of(files)}
        return cls(files, folders)


def stamp_in(directory: Path, name: str) -> SiteStamp:
    """The stamp of one file; OSError where there is none."""
    found = os.lstat(f"{directory}/{name}")  # of thousands
    return found.st_size, found.st_mtime_ns


def folder_stamp(path: str) -> FolderStamp | None:
    """The stamp of a folder; None where there is none, or only a link to one."""
    try:
        found = os.lstat(path)  # of thousands
    except OSError:
        return None
    # where the second is that of its making, the first tells what came or went
    changed = max(found.st_mtime_ns, found.st_ctime_ns)
    return (found.st_ino, changed) if stat.S_ISDIR(found.st_mode) else None


def lasting(stamp: FolderStamp | None, now: int) -> FolderStamp:
    """The stamp as it may be remembered by whoever looks into the folder at this time (ns) or later."""
    return stamp if stamp is not None and stamp[1] < now - SHORTLY and os.name == "posix" else UNSURE


def folders_of(names: Iterable[str]) -> Iterable[str]:
    """All folders that lead to these files, the one of all among them."""
    left, found = {name.rpartition("/")[0] for name in names}, {""}
    while left:
        found |= left
        left = {name.rpartition("/")[0] for name in left} - found
    return found


def listed(directory: str, folder: str, *, now: int, known: Standing | None = None) -> Standing:
    """What stands in a folder of a directory and below, by listing it and whatever is not known yet; ``now`` is before that (ns)."""
    files, folders, left = dict[str, SiteStamp](), dict[str, FolderStamp](), [folder]
    while left:
        folder = left.pop()
        path = f"{directory}/{folder}"
        # asked before it is listed, so that whatever comes meanwhile is seen the next time
        stamp = lasting(folder_stamp(path), now)
        below = f"{folder}/" if folder else ""
        try:
            with os.scandir(path) as items:
                for item in items:
                    name = below + item.name
                    if item.is_dir(follow_symlinks=False):
                        if known is None or name not in known.folders:
                            left.append(name)
                    elif known is None or name not in known.files:
                        found = item.stat(follow_symlinks=False)
                        files[name] = found.st_size, found.st_mtime_ns
        except (FileNotFoundError, NotADirectoryError):  # gone meanwhile
            continue
        folders[folder] = stamp
    return Standing(files, folders)
