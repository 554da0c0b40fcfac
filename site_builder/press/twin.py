"""A site comes in; its twin goes out: the same files under a second set of names, in which the next site is put together.

To link every file of a large site anew takes seconds. So the directory whose place a new site takes stays beside it, hidden, and is
given the very files of the site; the next build lays into it what differs, and both change places. A twin is never trusted: before
it is used each of its folders bears the stamp it was left with, or each name in it is compared with the site, and stands for the same
file in both or is linked anew. Where the disk cannot link, or the site holds anything but plain files, there is no twin.
"""

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from site_builder.model.frozen import frozen
from site_builder.press.output import former_of, keep, succeed, swap, take_over, twin_of
from site_builder.press.standing import UNSURE, FolderStamp, Standing, folder_stamp, lasting, stamp_in

_NONE: Mapping[str, FolderStamp] = MappingProxyType({})
_SECOND = 10**9
_TICK = _SECOND // 10
"""Nanoseconds: longer than any clock stands still that tells parts of a second."""


class Begun(Protocol):
    """Somebody who makes a twin the same as its site (``mirrored``) while other work is done."""

    def result(self) -> Mapping[str, FolderStamp] | None:
        """What that gave; None where there can be no twin, or it came to no end."""

    def close(self) -> None:
        """Ends it."""


@frozen
class Before:
    """What is known of a site and its twin before they change places."""

    seen: Standing
    """What stands in the site."""
    left: Standing = field(default_factory=Standing)
    """How the site was left by the last build."""
    twin: Mapping[str, FolderStamp] = field(default_factory=lambda: _NONE)
    """Folders of the twin as they were left, with the very files of the site's."""

    @cached_property
    def same(self) -> Mapping[str, FolderStamp]:
        """Those of which the site's are as they were left, too: found out late, for another process knows all of them as well."""
        then, now = self.left.folders, self.seen.folders
        return {
            name: stamp
            for name, stamp in self.twin.items()
            if then.get(name, UNSURE) != UNSURE and then[name] == now.get(name)
        }

    def stamps(self, found: Mapping[str, FolderStamp]) -> Mapping[str, FolderStamp]:
        """Those of all folders of the twin when it is the same as the site, where others than these are as they were left."""
        here, stamps = self.seen.folders, self.twin
        if not stamps.keys() <= here.keys():
            stamps = {name: stamp for name, stamp in stamps.items() if name in here}
        return {**stamps, **found}

    @property
    def untouched(self) -> bool:
        """Whether every file in the site is one that a build laid."""
        return self.seen.files is self.left.files


@contextmanager
def twinned(site: Path, *, before: Before, begun: Begun | None = None) -> Iterator["Twin"]:
    """The twin of a site, made the same by whoever has ``begun`` to, else when it is asked for."""
    twin = Twin(site, before, begun=begun)
    try:
        yield twin
    finally:
        twin.leave()


def twin_in_hands(site: Path) -> Path:
    """Where the twin lies while this process builds: nobody else knows the name."""
    return twin_of(site).with_name(f"{twin_of(site).name}-{os.getpid()}")


def mirrored(site: Path, twin: Path, *, before: Before, within: bool = False) -> dict[str, FolderStamp] | None:
    """Takes the twin in hand, and makes it the same as the site; stamps of folders that were not known, None where there can be none.

    ``within``: this process stands in the site, from where the system has a shorter way to each of thousands of names.
    """
    with suppress(OSError):
        twin_of(site).rename(twin)
    folders = before.seen.folders
    if not folders:
        return None
    here, there = (os.curdir, f"{os.pardir}/{twin.name}") if within else (str(site), str(twin))
    try:
        if before.untouched and not twin.exists():
            return _made(here, there, seen=before.seen)
        twin.mkdir(exist_ok=True)
        return _mirrored(here, there, folders=folders, same=before.same)
    except OSError:
        return None


class Twin:
    """A twin in one build's hands; nobody else sees it, for its name is the build's own."""

    def __init__(self, site: Path, before: Before, *, begun: Begun | None = None) -> None:
        self.site = site
        self.placed: Standing | None = None
        """What stands in the site since both have changed places, as far as it can be known."""
        self.folders: Mapping[str, FolderStamp] = _NONE
        """Folders of the twin that hold the very files of the site's since then."""
        self.path = twin_in_hands(site)
        self._before = before
        self._begun = begun

    def _found(self) -> Mapping[str, FolderStamp] | None:
        """Stamps of folders that were not known, when the twin is the same as the site; None where there can be none."""
        found = self._begun.result() if self._begun else None
        return mirrored(self.site, self.path, before=self._before) if found is None else found

    def follow(self, staging: Path, names: Set[str]) -> bool:
        """Lets the twin, with what ``staging`` holds and of the site just these names, take the site's place; False where it cannot."""
        found = self._found()
        common, new = self._before.seen.files, list(files_of(staging))
        came = {name for name in names if name not in common}
        if found is None or not came.issubset(new):
            return False
        # most edits change what files say, and neither bring nor take any
        gone = [name for name in common if name not in names] if len(names) - len(came) < len(common) else []
        _without(self.path, gone)
        for name in new:
            _moved(staging / name, self.path / name)
        found = _surely(found, written={(self.path / name).parent for name in new})
        succeed(self.path, self.site)
        former = former_of(self.site)
        files = dict(common)
        for name in gone:
            del files[name]
        files.update((name, stamp_in(self.site, name)) for name in new)
        changed = [*new, *gone]
        self.placed = Standing(files, _changed(self._before.stamps(found), changed, there=self.site))
        try:
            # what went is not to lie about under another name
            _without(former, gone)
            for name in new:
                _linked(self.site / name, former / name)
            former.rename(self.path)
            self.folders = _changed(self._before.seen.folders, changed, there=self.path)
        except OSError:
            shutil.rmtree(former, ignore_errors=True)
        return True

    def leave(self) -> None:
        """Puts the twin back beside the site for the next build, whatever state it is in; without a site there is none."""
        if self._begun is not None:
            self._begun.close()
        if self.path.is_dir():
            with suppress(OSError):
                self.path.rename(twin_of(self.site))


def put_in_place(staging: Path, twin: Twin, *, names: Set[str]) -> None:
    """Lets what is staged take its place, with all else of these names from the site as it is: the very files, where the disk can link."""
    take_over(staging, twin.site)
    if not twin.follow(staging, names):
        keep(staging, twin.site, names=names)
        swap(staging, twin.site)


def files_of(directory: Path) -> Iterator[str]:
    """Names of all files below, relative to the directory."""
    cut = len(str(directory)) + 1
    for folder, _, names in os.walk(directory):
        for name in names:
            yield f"{folder}/{name}"[cut:].replace(os.sep, "/")


def _changed(folders: Mapping[str, FolderStamp], names: Iterable[str], *, there: Path) -> Mapping[str, FolderStamp]:
    """Stamps of the folders that are there now that these names came or went."""
    now = dict(folders)
    for name in names:
        folder, stayed = name, False
        while folder and not stayed:
            folder = folder.rpartition("/")[0]
            stayed = folder in folders
            now[folder] = UNSURE
            if not (there / folder).is_dir():
                del now[folder]
                stayed = False
    return now


def _made(site: str, twin: str, *, seen: Standing) -> dict[str, FolderStamp]:
    """Makes a twin where there was none: nothing need be compared, and no folder be listed."""
    for folder in sorted(seen.folders):
        os.mkdir(f"{twin}/{folder}")  # noqa: PTH102  # thousands of folders
    for name in seen.files:
        os.link(f"{site}/{name}", f"{twin}/{name}")
    stamps = {folder: folder_stamp(f"{twin}/{folder}") or UNSURE for folder in seen.folders}
    # as far as the clock of the disk tells parts of a second
    return {folder: stamp if stamp[1] % _SECOND and os.name == "posix" else UNSURE for folder, stamp in stamps.items()}


def _surely(found: Mapping[str, FolderStamp], *, written: Iterable[Path]) -> Mapping[str, FolderStamp]:
    """Stamps of folders, as they may be remembered, of a twin that is about to take the site's place; these were ``written`` to last.

    Nobody else knows of it till then: what comes into a folder after that bears a later time than all that was left before the clock of the
    disk went on.
    """
    last = [stamp[1] for folder in written if (stamp := folder_stamp(str(folder)))]
    sure = max((*last, *(changed for _, changed in found.values())), default=0) - _TICK
    return {folder: stamp if stamp[1] < sure else UNSURE for folder, stamp in found.items()}


def _mirrored(
    site: str, twin: str, *, folders: Mapping[str, FolderStamp], same: Mapping[str, FolderStamp]
) -> dict[str, FolderStamp]:
    """Gives all folders of the twin the files of the site's; stamps of those that were not known to hold them."""
    now, found = time.time_ns(), dict[str, FolderStamp]()
    # a folder before those within it
    left = sorted(name for name in folders if name not in same or folder_stamp(f"{twin}/{name}") != same[name])
    for folder in left:
        stamp = folder_stamp(f"{twin}/{folder}")
        below, is_same = _made_same(f"{site}/{folder}", f"{twin}/{folder}")
        found[folder] = lasting(stamp, now) if is_same else UNSURE
        prefix = f"{folder}/" if folder else ""
        left.extend(prefix + name for name in below if prefix + name not in folders)
    return found


def _made_same(site: str, twin: str) -> tuple[list[str], bool]:
    """Gives a folder of the twin the files of the site's, and folders for theirs; names of these, and whether all was there."""
    with os.scandir(twin) as listed:
        others = {item.name: item for item in listed}
    below, is_same = [], True
    with os.scandir(site) as listed:
        for item in listed:
            other, is_folder = others.pop(item.name, None), item.is_dir(follow_symlinks=False)
            if is_folder:
                below.append(item.name)
            elif not item.is_file(follow_symlinks=False):
                raise OSError(f"no plain file: {item.path}")
            if other is not None and (other.is_dir(follow_symlinks=False) if is_folder else _same(item, other)):
                continue
            is_same = False
            _removed(other)
            if is_folder:
                Path(twin, item.name).mkdir()
            else:
                os.link(item.path, f"{twin}/{item.name}")
    for other in others.values():
        _removed(other)
    return below, is_same and not others


def _same(one: "os.DirEntry[str]", other: "os.DirEntry[str]") -> bool:
    """Whether two names beside each other stand for one file, by what their folders say: to ask for each file takes twice as long."""
    return one.inode() == other.inode() != 0


def _removed(item: "os.DirEntry[str] | None") -> None:
    if item is None:
        return
    if item.is_dir(follow_symlinks=False):
        shutil.rmtree(item.path)
    else:
        Path(item.path).unlink()


def _without(directory: Path, names: Iterable[str]) -> None:
    """Takes these files away, and folders that hold nothing any more."""
    for name in names:
        path = directory / name
        path.unlink()
        with suppress(OSError):
            while (path := path.parent) != directory:
                path.rmdir()


def _moved(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _linked(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    os.link(source, target)
