"""A site comes in; size and time of every file in it go out, looked at by two processes where there are two cores.

To ask the system for the stamps of fifty thousand files is most of what a build does that finds nothing to do, and a third of a second
before it begins with what it finds. So two processes take half of the folders each, while the first one looks at the content, and loads
what it needs. Where one cannot be had, or is lost, the first does its part.
"""

import marshal
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from site_builder.model.frozen import frozen

SiteStamp = tuple[int, int]
"""Size, and time of the last change in nanoseconds."""
_FEW = 400
"""Below so many folders other processes cost more than they bring."""


class Walk:
    """The look at a site, begun when it is made and ended when its files are asked for."""

    def __init__(self, site: Path, *, apart: bool) -> None:
        self._cut = len(str(site)) + 1
        self._files: dict[str, SiteStamp] = {}
        folders = _below([str(site)], self._files, cut=self._cut, deep=False)
        folders = _below(folders, self._files, cut=self._cut, deep=False)
        self._parts: list[_Part] = []
        if apart and len(folders) > _FEW and hasattr(os, "fork"):
            self._parts = [_begun(folders[at::2], cut=self._cut) for at in range(2)]
        else:
            self._parts = [_Part(folders)]

    def files(self) -> dict[str, SiteStamp]:
        """Every file of the site, links and what is none included, with its stamp."""
        for part in self._parts:
            found = part.heard()
            if found is None:
                _below(part.folders, self._files, cut=self._cut, deep=True)
            else:
                self._files.update(found)
        self._parts = []
        return self._files


@frozen
class _Part:
    """Folders, and the process that looks at them: its number, and the pipe by which it tells; None where there is none."""

    folders: Sequence[str]
    process: int = 0
    told: int | None = None

    def heard(self) -> dict[str, SiteStamp] | None:
        """What the process found; None where there is none, or it did not come to an end."""
        if self.told is None:
            return None
        with os.fdopen(self.told, "rb") as file:
            content = file.read()
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)
        with suppress(EOFError, ValueError, TypeError):
            found: dict[str, SiteStamp] = marshal.loads(content)
            return found
        return None


def _begun(folders: Sequence[str], *, cut: int) -> _Part:
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
        files: dict[str, SiteStamp] = {}
        _below(folders, files, cut=cut, deep=True)
        with os.fdopen(telling, "wb") as file:
            marshal.dump(files, file)
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


def stamps_of(site: Path) -> dict[str, SiteStamp]:
    """The same, by this process alone."""
    return Walk(site, apart=False).files()


def stamp_in(site: Path, address: str) -> SiteStamp:
    """The stamp of one file of the site."""
    stat = (site / address).lstat()
    return stat.st_size, stat.st_mtime_ns
