"""A site comes in, and how it was left; what stands in it now goes out, by a process of its own where there are two cores.

To ask the system for the stamps of fifty thousand files is most of what a build does that finds nothing to do. So a process does it
while the first one looks at the content, and loads what an edit needs; and only folders whose own stamps differ are listed
(``press/standing``). It tells what is not as it was left, for most is. Where it cannot be had, or is lost, the first one does it.
"""

import marshal
import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.press.standing import UNSURE, FolderStamp, SiteStamp, Standing, folder_stamp, listed

_NOTHING = Standing()
_FEW = 400
"""Below so many folders another process costs more than it brings."""


class Walk:
    """The look at a site, begun when it is made and ended when it is asked for what was seen."""

    def __init__(self, site: Path, *, apart: bool, left: Standing = _NOTHING) -> None:
        """``left`` is how the site was left."""
        self._site = site
        self._left = left
        # one, not one for each core: whoever has found an edit has enough to do for the other
        self._process = _begun(site, left) if apart and len(left.folders) > _FEW and hasattr(os, "fork") else None
        self._seen: Standing | None = None

    def seen(self) -> Standing:
        """What stands in the site; ``left`` itself where nothing had to be listed, and its very files where these are as they were left."""
        if self._seen is None:
            self._seen = self._joined()
        return self._seen

    def _joined(self) -> Standing:
        left = self._left
        differing = (self._process.heard() if self._process else None) or _differing(self._site, left)
        if not differing.complete:
            # something went, and what stands where nobody looked is not known
            return Standing.of(self._site)
        if not differing.files and not differing.folders:
            return left
        files = {**left.files, **differing.files} if differing.files else left.files
        return Standing(files, {**left.folders, **differing.folders})


@frozen
class _Differing:
    """What of a site is not as it was left, or was not there; of no account where something is gone (``complete``)."""

    complete: bool
    files: Mapping[str, SiteStamp]
    folders: Mapping[str, FolderStamp]


_GONE = _Differing(False, {}, {})


def _differing(directory: Path, left: Standing) -> _Differing:
    """What is not as it was left, and all that came."""
    now, site, files, folders = time.time_ns(), str(directory), dict[str, SiteStamp](), dict[str, FolderStamp]()
    # without a record there is nothing but the site itself
    for name, then in (left.folders or {"": UNSURE}).items():
        stamp = folder_stamp(f"{site}/{name}")
        if stamp is None:
            return _GONE
        if stamp != then:
            found = listed(site, name, now=now, known=left)
            files.update(found.files)
            folders.update(found.folders)
    for name, former in left.files.items():
        try:
            seen = os.lstat(f"{site}/{name}")  # of thousands
        except OSError:
            return _GONE
        if (seen.st_size, seen.st_mtime_ns) != former:
            if stat.S_ISDIR(seen.st_mode):
                return _GONE
            files[name] = seen.st_size, seen.st_mtime_ns
    return _Differing(True, files, folders)


@frozen
class _Process:
    """One that looks: its number, and the pipe by which it tells."""

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


def _begun(site: Path, left: Standing) -> _Process | None:
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
        found = _differing(site, left)
        with os.fdopen(telling, "wb") as file:
            marshal.dump((found.complete, dict(found.files), dict(found.folders)), file)
    finally:
        # whatever happened: the rest of the program is the first process's
        os._exit(0)
