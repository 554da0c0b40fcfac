"""A site comes in; size and time of every file in it go out, looked at by two processes where there are two cores.

To ask the system for the stamps of fifty thousand files is most of what a build does that finds nothing to do. So a second process
takes half of the folders while the first reads what the last build left. Where it cannot, or is lost, the first does all of them.
"""

import marshal
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

SiteStamp = tuple[int, int]
"""Size, and time of the last change in nanoseconds."""
_FEW = 400
"""Below so many folders a second process costs more than it brings."""


class Walk:
    """The look at a site, begun when it is made and ended when its files are asked for."""

    def __init__(self, site: Path, *, apart: bool) -> None:
        self._cut = len(str(site)) + 1
        self._files: dict[str, SiteStamp] = {}
        self._own = self._below([str(site)], deep=False)
        self._own = self._below(self._own, deep=False)
        self._other: list[str] = []
        self._told: int | None = None
        if apart and len(self._own) > _FEW and hasattr(os, "fork"):
            self._own, self._other = self._own[::2], self._own[1::2]
            self._begin()

    def files(self) -> dict[str, SiteStamp]:
        """Every file of the site, links and what is none included, with its stamp."""
        self._below(self._own, deep=True)
        found = self._heard()
        if found is None:
            self._below(self._other, deep=True)
        else:
            self._files.update(found)
        self._own, self._other = [], []
        return self._files

    def _below(self, folders: Iterable[str], *, deep: bool) -> list[str]:
        """Adds the files of these folders, and of all that are below them or gives those back."""
        found, cut = self._files, self._cut
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

    def _begin(self) -> None:
        # a pipe and a fork as they are: what Python brings for it takes longer to load than all of this
        told, telling = os.pipe()
        try:
            process = os.fork()
        except OSError:
            os.close(told)
            os.close(telling)
            return
        if process:
            os.close(telling)
            self._told, self._process = told, process
            return
        try:
            os.close(told)
            self._files = {}
            self._below(self._other, deep=True)
            with os.fdopen(telling, "wb") as file:
                marshal.dump(self._files, file)
        finally:
            # whatever happened: the rest of the program is the first process's
            os._exit(0)

    def _heard(self) -> dict[str, SiteStamp] | None:
        """What the other process found; None where there is none, or it did not come to an end."""
        if self._told is None:
            return {} if not self._other else None
        with os.fdopen(self._told, "rb") as file:
            content = file.read()
        self._told = None
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)
        with suppress(EOFError, ValueError, TypeError):
            found: dict[str, SiteStamp] = marshal.loads(content)
            return found
        return None


def stamps_of(site: Path) -> dict[str, SiteStamp]:
    """The same, by this process alone."""
    return Walk(site, apart=False).files()


def stamp_in(site: Path, address: str) -> SiteStamp:
    """The stamp of one file of the site."""
    stat = (site / address).lstat()
    return stat.st_size, stat.st_mtime_ns
