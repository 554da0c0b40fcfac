"""A site comes in, and how it was left; what stands in it now goes out, by two processes where there are two cores.

To ask the system for the stamps of fifty thousand files is most of what a build does that finds nothing to do. So two processes take
half of them each, while the first one looks at the content, and loads what it needs; and only folders whose own stamps differ are
listed (``press/standing``). They tell what is not as it was left, for most is. Where a process cannot be had, or is lost, the first
does its part.
"""

import marshal
import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.press.standing import UNSURE, FolderStamp, SiteStamp, Standing, folder_stamp, listed

_NOTHING = Standing()
_FEW = 400
"""Below so many folders other processes cost more than they bring."""


class Walk:
    """The look at a site, begun when it is made and ended when it is asked for what was seen."""

    def __init__(self, site: Path, *, apart: bool, left: Standing = _NOTHING) -> None:
        """``left`` is how the site was left."""
        self._site = site
        self._left = left
        several = 2 if apart and len(left.folders) > _FEW and hasattr(os, "fork") else 1
        self._parts = [_Part(str(site), left, part, several) for part in range(several)]
        self._processes = [_begun(part) for part in self._parts] if several > 1 else [None]
        self._seen: Standing | None = None

    def seen(self) -> Standing:
        """What stands in the site; ``left`` itself where nothing had to be listed, and its very files where these are as they were left."""
        if self._seen is None:
            self._seen = self._joined()
        return self._seen

    def _joined(self) -> Standing:
        left, files, folders = self._left, dict[str, SiteStamp](), dict[str, FolderStamp]()
        for part, process in zip(self._parts, self._processes, strict=True):
            differing = (process.heard() if process else None) or part.differing()
            if not differing.complete:
                # something went, and what stands where nobody looked is not known
                return Standing.of(self._site)
            files |= differing.files
            folders |= differing.folders
        if not files and not folders:
            return left
        return Standing({**left.files, **files} if files else left.files, {**left.folders, **folders})


@frozen
class _Differing:
    """What of a part of a site is not as it was left, or was not there; of no account where something is gone (``complete``)."""

    complete: bool
    files: Mapping[str, SiteStamp]
    folders: Mapping[str, FolderStamp]


_GONE = _Differing(False, {}, {})


@frozen
class _Part:
    """Every second file and folder of a site."""

    site: str
    left: Standing
    part: int
    of: int

    def differing(self) -> _Differing:
        """What is not as it was left, and all that came."""
        now, site, files, folders = time.time_ns(), self.site, dict[str, SiteStamp](), dict[str, FolderStamp]()
        # without a record there is nothing but the site itself
        for name, then in islice((self.left.folders or {"": UNSURE}).items(), self.part, None, self.of):
            stamp = folder_stamp(f"{site}/{name}")
            if stamp is None:
                return _GONE
            if stamp != then:
                found = listed(site, name, now=now, known=self.left)
                files.update(found.files)
                folders.update(found.folders)
        for name, left in islice(self.left.files.items(), self.part, None, self.of):
            try:
                seen = os.lstat(f"{site}/{name}")  # of thousands
            except OSError:
                return _GONE
            if (seen.st_size, seen.st_mtime_ns) != left:
                if stat.S_ISDIR(seen.st_mode):
                    return _GONE
                files[name] = seen.st_size, seen.st_mtime_ns
        return _Differing(True, files, folders)


@frozen
class _Process:
    """One that looks at a part: its number, and the pipe by which it tells."""

    number: int
    told: int

    def heard(self) -> _Differing | None:
        """What it found; None where it did not come to an end."""
        with os.fdopen(self.told, "rb") as file:
            content = file.read()
        with suppress(ChildProcessError):
            os.waitpid(self.number, 0)
        with suppress(EOFError, ValueError, TypeError):
            return _Differing(*marshal.loads(content))
        return None


def _begun(part: _Part) -> _Process | None:
    # a pipe and a fork as they are: what Python brings for it takes longer to load than all of this
    told, telling = os.pipe()
    try:
        number = os.fork()
    except OSError:
        os.close(told)
        os.close(telling)
        return None
    if number:
        os.close(telling)
        return _Process(number, told)
    try:
        os.close(told)
        found = part.differing()
        with os.fdopen(telling, "wb") as file:
            marshal.dump((found.complete, dict(found.files), dict(found.folders)), file)
    finally:
        # whatever happened: the rest of the program is the first process's
        os._exit(0)
