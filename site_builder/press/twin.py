"""A site comes in; its twin goes out: the same files under a second set of names, in which the next site is put together.

To link every file of a large site anew takes seconds. So the directory whose place a new site takes stays beside it, hidden, and is
given the very files of the site; the next build lays into it what differs, and both change places. A twin is never trusted: before
it is used each of its names is compared with the site, and stands for the same file in both or is linked anew. Where the disk
cannot link, or the site holds anything but plain files, there is no twin.
"""

import multiprocessing
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from site_builder.press.output import former_of, keep, succeed, swap, take_over, twin_of


@contextmanager
def twinned(site: Path, *, apart: bool) -> Iterator["Twin"]:
    """The twin of a site, made the same while other work is done (``apart``: by a process of its own, where the system can fork)."""
    twin = Twin(site, apart=apart and "fork" in multiprocessing.get_all_start_methods())
    try:
        yield twin
    finally:
        twin.leave()


class Twin:
    """A twin in one build's hands; nobody else sees it, for its name is the build's own."""

    def __init__(self, site: Path, *, apart: bool = False) -> None:
        self.site = site
        self.path = twin_of(site).with_name(f"{twin_of(site).name}-{os.getpid()}")
        with suppress(OSError):
            twin_of(site).rename(self.path)
        self._worker: multiprocessing.process.BaseProcess | None = None
        self._names: Connection | None = None
        if apart:
            self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("fork")
        self._names, told = context.Pipe(duplex=False)
        self._worker = context.Process(target=_tell, args=(self.site, self.path), kwargs={"told": told}, daemon=True)
        self._worker.start()
        told.close()

    def names(self) -> list[str] | None:
        """Names of all files that site and twin have in common now; None where there can be no twin."""
        if self._names is None:
            return _common(self.site, self.path)
        with suppress(EOFError):
            found: list[str] | None = self._names.recv()
            return found
        return None

    def follow(self, staging: Path, names: Iterable[str]) -> bool:
        """Lets the twin, with what ``staging`` holds and of the site just these names, take the site's place; False where it cannot."""
        common = self.names()
        if common is None:
            return False
        wanted, new = set(names), list(files_of(staging))
        gone = [name for name in common if name not in wanted]
        if not wanted <= {*common, *new}:
            return False
        _without(self.path, gone)
        for name in new:
            _moved(staging / name, self.path / name)
        succeed(self.path, self.site)
        former = former_of(self.site)
        try:
            # what went is not to lie about under another name
            _without(former, gone)
            for name in new:
                _linked(self.site / name, former / name)
            former.rename(self.path)
        except OSError:
            shutil.rmtree(former, ignore_errors=True)
        return True

    def leave(self) -> None:
        """Puts the twin back beside the site for the next build, whatever state it is in; without a site there is none."""
        if self._worker is not None:
            self._worker.terminate()
            self._worker.join()
        if self.path.is_dir():
            with suppress(OSError):
                self.path.rename(twin_of(self.site))


def put_in_place(staging: Path, twin: Twin, *, names: Iterable[str]) -> None:
    """Lets what is staged take its place, with all else of these names from the site as it is: the very files, where the disk can link."""
    take_over(staging, twin.site)
    wanted = list(names)
    if not twin.follow(staging, wanted):
        keep(staging, twin.site, names=wanted)
        swap(staging, twin.site)


def files_of(directory: Path) -> Iterator[str]:
    """Names of all files below, relative to the directory."""
    cut = len(str(directory)) + 1
    for folder, _, names in os.walk(directory):
        for name in names:
            yield f"{folder}/{name}"[cut:].replace(os.sep, "/")


def _tell(site: Path, twin: Path, *, told: Connection) -> None:
    told.send(_common(site, twin))
    told.close()


def _common(site: Path, twin: Path) -> list[str] | None:
    try:
        twin.mkdir(exist_ok=True)
        return list(_mirrored(str(site), str(twin), below=""))
    except OSError:
        return None


def _mirrored(site: str, twin: str, *, below: str) -> Iterator[str]:
    """Gives a folder of the twin the files of the site's; yields their names."""
    with os.scandir(twin) as listed:
        others = {item.name: item for item in listed}
    with os.scandir(site) as listed:
        items = list(listed)
    for item in items:
        other, path, name = others.pop(item.name, None), f"{twin}/{item.name}", f"{below}{item.name}"
        if item.is_dir(follow_symlinks=False):
            if other is None or not other.is_dir(follow_symlinks=False):
                _removed(other)
                Path(path).mkdir()
            yield from _mirrored(item.path, path, below=f"{name}/")
            continue
        if not item.is_file(follow_symlinks=False):
            raise OSError(f"no plain file: {item.path}")
        if other is None or not _same(item, other):
            _removed(other)
            os.link(item.path, path)
        yield name
    for other in others.values():
        _removed(other)


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
