"""A site comes in, and how its files were left; size and time of every file in it go out, by two processes where there are two cores.

To ask the system for the stamps of fifty thousand files is most of what a build does that finds nothing to do, and a third of a second
before it begins with what it finds. So two processes take half of the folders each, while the first one looks at the content, and loads
what it needs. They tell which files are not as they were left, for most are. Where one cannot be had, or is lost, the first does its part.
"""

import marshal
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from site_builder.model.frozen import frozen

SiteStamp = tuple[int, int]
"""Size, and time of the last change in nanoseconds."""
_NONE: Mapping[str, SiteStamp] = MappingProxyType({})
_FEW = 400
"""Below so many folders other processes cost more than they bring."""


class Walk:
    """The look at a site, begun when it is made and ended when its files are asked for."""

    def __init__(self, site: Path, *, apart: bool, left: Mapping[str, SiteStamp] = _NONE) -> None:
        """``left`` is how the files were left."""
        self._site = site
        self._left = left
        self._cut = len(str(site)) + 1
        files: dict[str, SiteStamp] = {}
        folders = _below([str(site)], files, cut=self._cut, deep=False)
        folders = _below(folders, files, cut=self._cut, deep=False)
        self._seen = [_Seen.of(files, left)]
        self._parts: list[_Part] = []
        if apart and len(folders) > _FEW and hasattr(os, "fork"):
            self._parts = [_begun(folders[at::2], cut=self._cut, left=left) for at in range(2)]
        else:
            self._parts = [_Part(folders)]

    def files(self) -> Mapping[str, SiteStamp]:
        """Every file of the site, links and what is none included, with its stamp; those given where all are as they were left."""
        for part in self._parts:
            self._seen.append(part.heard() or _seen(part.folders, cut=self._cut, left=self._left))
        self._parts = []
        others = {name: stamp for seen in self._seen for name, stamp in seen.others.items()}
        if sum(seen.same for seen in self._seen) + len(others.keys() & self._left.keys()) == len(self._left):
            return {**self._left, **others} if others else self._left
        # some are gone, and nobody told which
        files: dict[str, SiteStamp] = {}
        _below([str(self._site)], files, cut=self._cut, deep=True)
        return files


@frozen
class _Seen:
    """What was seen in some folders: how many files are as they were left, and all others."""

    same: int
    others: dict[str, SiteStamp]

    @classmethod
    def of(cls, files: Mapping[str, SiteStamp], left: Mapping[str, SiteStamp]) -> "_Seen":
        others = {name: stamp for name, stamp in files.items() if left.get(name) != stamp}
        return cls(len(files) - len(others), others)


def _seen(folders: Iterable[str], *, cut: int, left: Mapping[str, SiteStamp]) -> _Seen:
    files: dict[str, SiteStamp] = {}
    _below(folders, files, cut=cut, deep=True)
    return _Seen.of(files, left)


@frozen
class _Part:
    """Folders, and the process that looks at them: its number, and the pipe by which it tells; None where there is none."""

    folders: Sequence[str]
    process: int = 0
    told: int | None = None

    def heard(self) -> _Seen | None:
        """What the process found; None where there is none, or it did not come to an end."""
        if self.told is None:
            return None
        with os.fdopen(self.told, "rb") as file:
            content = file.read()
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)
        with suppress(EOFError, ValueError, TypeError):
            return _Seen(*marshal.loads(content))
        return None


def _begun(folders: Sequence[str], *, cut: int, left: Mapping[str, SiteStamp]) -> _Part:
    # a pipe and a fork as they are: what Python brings for it takes longer to load than all of this
    told, telling = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(told)
        os.close(telling)
        return _Part(folders)
    if process:
        os.close(telling)
        return _Part(folders, process, told)
    try:
        os.close(told)
        seen = _seen(folders, cut=cut, left=left)
        with os.fdopen(telling, "wb") as file:
            marshal.dump((seen.same, seen.others), file)
    finally:
        # whatever happened: the rest of the program is the first process's
        os._exit(0)


def _below(folders: Iterable[str], found: dict[str, SiteStamp], *, cut: int, deep: bool) -> list[str]:
    """Adds the files of these folders, and of all that are below them or gives those back."""
    left, below = list(folders), list[str]()
    aside = left if deep else below
    while left:
        try:
            with os.scandir(left.pop()) as listed:
                for item in listed:
                    if item.is_dir(follow_symlinks=False):
                        aside.append(item.path)
                    else:
                        stat = item.stat(follow_symlinks=False)
                        found[item.path[cut:]] = stat.st_size, stat.st_mtime_ns
        except (FileNotFoundError, NotADirectoryError):  # gone meanwhile
            continue
    return below


def stamps_of(site: Path) -> Mapping[str, SiteStamp]:
    """The same, by this process alone."""
    return Walk(site, apart=False).files()


def stamp_in(site: Path, address: str) -> SiteStamp:
    """The stamp of one file of the site."""
    stat = (site / address).lstat()
    return stat.st_size, stat.st_mtime_ns
