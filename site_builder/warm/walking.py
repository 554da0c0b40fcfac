"""A site comes in, and how it was left; what stands in it now goes out, by two processes where there are two cores.

To ask the system for the stamps of fifty thousand files is most of what a build does that finds nothing to do. So a process does it
while the first one looks at the content, and loads what an edit needs; where there is nothing to load, the first takes its turns, too.
Only folders whose own stamps differ are listed (``press/standing``). Both tell what is not as it was left, for most is. Where a
process cannot be had, or is lost, the first one does it all.
"""

import marshal
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.press.standing import UNSURE, FolderStamp, SiteStamp, Standing, folder_stamp, listed

_NOTHING = Standing()
_FEW = 400
"""Below so many folders another process costs more than it brings."""
_PARTS = 8
"""A site is looked at in so many, each by whoever is free."""


class Walk:
    """The look at a site, begun when it is made and ended when it is asked for what was seen."""

    def __init__(self, site: Path, *, apart: bool, left: Standing = _NOTHING) -> None:
        """``left`` is how the site was left."""
        self._site = site
        self._left = left
        self._process = _begun(site, left) if apart and len(left.folders) > _FEW and hasattr(os, "fork") else None
        self._seen: Standing | None = None

    def seen(self) -> Standing:
        """What stands in the site; ``left`` itself where nothing had to be listed, and its very files where these are as they were left."""
        if self._seen is None:
            self._seen = self._joined()
        return self._seen

    def _joined(self) -> Standing:
        left = self._left
        differing = self._shared() or _differing(self._site, left, parts=range(_PARTS))
        if not differing.complete:
            # something went, and what stands where nobody looked is not known
            return Standing.of(self._site)
        if not differing.files and not differing.folders:
            return left
        files = {**left.files, **differing.files} if differing.files else left.files
        return Standing(files, {**left.folders, **differing.folders})

    def _shared(self) -> "_Differing | None":
        """What two processes found; None where the other did not come to an end."""
        if self._process is None:
            return None
        own = _differing(self._site, self._left, parts=self._process.turns())
        other = self._process.heard()
        return other and other.with_more(own)


@frozen
class _Differing:
    """What of a site is not as it was left, or was not there; of no account where something is gone (``complete``)."""

    complete: bool
    files: Mapping[str, SiteStamp]
    folders: Mapping[str, FolderStamp]

    def with_more(self, more: "_Differing") -> "_Differing":
        """The same with what was found in other parts."""
        complete = self.complete and more.complete
        return _Differing(complete, {**self.files, **more.files}, {**self.folders, **more.folders})


_GONE = _Differing(False, {}, {})


def _differing(directory: Path, left: Standing, *, parts: Iterable[int]) -> _Differing:
    """What is not as it was left in these parts, and all that came."""
    now, site, files, folders = time.time_ns(), str(directory), dict[str, SiteStamp](), dict[str, FolderStamp]()
    for part in parts:
        # without a record there is nothing but the site itself
        for name, then in islice((left.folders or {"": UNSURE}).items(), part, None, _PARTS):
            stamp = folder_stamp(f"{site}/{name}")
            if stamp is None:
                return _GONE
            if stamp != then:
                found = listed(site, name, now=now, known=left)
                files.update(found.files)
                folders.update(found.folders)
        for name, former in islice(left.files.items(), part, None, _PARTS):
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
    """One that looks: its number, the pipe by which it tells, and the one from which both take their turns."""

    number: int
    told: int
    left: int

    def turns(self) -> Iterator[int]:
        """Parts that nobody looks at yet."""
        with os.fdopen(self.left, "rb", buffering=0) as left:
            yield from _taken(left.fileno())

    def heard(self) -> _Differing | None:
        """What it found; None where it did not come to an end."""
        with os.fdopen(self.told, "rb") as file:
            content = file.read()
        with suppress(ChildProcessError):
            os.waitpid(self.number, 0)
        with suppress(EOFError, ValueError, TypeError):
            return _Differing(*marshal.loads(content))
        return None


def _taken(left: int) -> Iterator[int]:
    """Numbers of parts from a pipe, one after the other."""
    while number := os.read(left, 1):
        yield number[0]


def _begun(site: Path, left: Standing) -> _Process | None:
    # pipes and a fork as they are: what Python brings for it takes longer to load than all of this
    taking, giving = os.pipe()
    os.write(giving, bytes(range(_PARTS)))
    os.close(giving)
    told, telling = os.pipe()
    try:
        number = os.fork()
    except OSError:
        for one in (taking, told, telling):
            os.close(one)
        return None
    if number:
        os.close(telling)
        return _Process(number, told, taking)
    try:
        os.close(told)
        found = _differing(site, left, parts=_taken(taking))
        with os.fdopen(telling, "wb") as file:
            marshal.dump((found.complete, dict(found.files), dict(found.folders)), file)
    finally:
        # whatever happened: the rest of the program is the first process's
        os._exit(0)
