"""A site comes in, and how it was left; what stands in it now goes out, by two processes where there are two cores.

To ask the system for the stamps of fifty thousand files is most of what a build does that finds nothing to do. So a process does it
while the first one looks at the content, and loads what an edit needs; where there is nothing to load, the first takes its turns, too.
Only folders whose own stamps differ are listed (``press/standing``). Both tell what is not as it was left, for most is. Where a
process cannot be had, or is lost, the first one does it all.

Where there is something to do, that process goes on with what it saw: it is small, for it was begun before anything was loaded, so it
costs nothing to have it beside what follows.
"""

import marshal
import os
import signal
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar

from site_builder.model.frozen import frozen
from site_builder.press.standing import UNSURE, FolderStamp, SiteStamp, Standing, folder_stamp, listed

Stamped = TypeVar("Stamped")
_NOTHING = Standing()
_FEW = 400
"""Below so many folders another process costs more than it brings."""
_PARTS = 8
"""A site is looked at in so many, each by whoever is free."""


class Walk:
    """The look at a site, begun when it is made and ended when it is asked for what was seen."""

    def __init__(
        self,
        site: Path,
        *,
        apart: bool,
        left: Standing = _NOTHING,
        then: Callable[[Standing], Any] | None = None,
    ) -> None:
        """``left`` is how the site was left; ``then`` is what the other process is to make of what was seen, a plain value."""
        self._site = site
        self._left = left
        can_fork = apart and len(left.folders) > _FEW and hasattr(os, "fork")
        self._process = _begun(site, left, then=then or (lambda _: None)) if can_fork else None
        self._goes_on = False
        self._own: _Differing | None = None
        self._seen: Standing | None = None

    def seen(self) -> Standing:
        """What stands in the site; ``left`` itself where nothing had to be listed, and its very files where these are as they were left."""
        if self._seen is None:
            found = self._shared() or _differing(self._site, self._left, parts=range(_PARTS))
            self._seen = found.joined(self._left, self._site)
        return self._seen

    def _shared(self) -> "_Differing | None":
        """What two processes found; None where the other did not come to an end."""
        if self._process is None:
            return None
        self._own = own = _differing(self._site, self._left, parts=self._process.turns())
        # each may have much to tell: the other one is heard before it is told
        other = self._process.heard()
        if self._goes_on:
            self._process.ask(own.told)
        return _Differing(*other).with_more(own) if other else None

    def go_on(self) -> None:
        """Lets the other process make of what was seen what it is to make, once this one has taken its turns."""
        if self._process is None or self._goes_on:
            return
        self._goes_on = True
        if self._own is not None:  # what was seen was asked for before
            self._process.ask(self._own.told)

    def result(self) -> Any:
        """What it made of it; None where nobody was asked, or came to no end."""
        if self._process is None or not self._goes_on:
            return None
        _ = self.seen()
        return self._process.heard()

    def close(self) -> None:
        """Nobody asks any more."""
        if self._process is not None:
            self._process.end()
            self._process = None


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

    def joined(self, left: Standing, site: Path) -> Standing:
        """What stands in a site that was left so."""
        if not self.complete:
            # something went, and what stands where nobody looked is not known
            return Standing.of(site)
        if not self.files and not self.folders:
            return left
        files = {**left.files, **self.files} if self.files else left.files
        return Standing(files, {**left.folders, **self.folders})

    @property
    def told(self) -> tuple[bool, dict[str, SiteStamp], dict[str, FolderStamp]]:
        """The same in plain values, for another process."""
        return self.complete, dict(self.files), dict(self.folders)


_GONE = _Differing(False, {}, {})


def _differing(directory: Path | str, left: Standing, *, parts: Iterable[int]) -> _Differing:
    """What is not as it was left in these parts, and all that came."""
    now, site, files, folders = time.time_ns(), str(directory), dict[str, SiteStamp](), dict[str, FolderStamp]()
    for part in parts:
        # without a record there is nothing but the site itself
        for name, then in _of_part(left.folders or {"": UNSURE}, part):
            stamp = folder_stamp(f"{site}/{name}")
            if stamp is None:
                return _GONE
            if stamp != then:
                found = listed(site, name, now=now, known=left)
                files.update(found.files)
                folders.update(found.folders)
        for name, former in _of_part(left.files, part):
            try:
                seen = os.lstat(f"{site}/{name}")  # of thousands
            except OSError:
                return _GONE
            if (seen.st_size, seen.st_mtime_ns) != former:
                if stat.S_ISDIR(seen.st_mode):
                    return _GONE
                files[name] = seen.st_size, seen.st_mtime_ns
    return _Differing(True, files, folders)


def _of_part(named: Mapping[str, Stamped], part: int) -> Iterator[tuple[str, Stamped]]:
    """Neighbours, for the system has at hand what leads to the one when it is asked for the other."""
    size = -(-len(named) // _PARTS)
    return islice(named.items(), part * size, (part + 1) * size)


@frozen
class _Process:
    """One that looks: its number, the pipes by which it tells and is told, and the one from which both take their turns."""

    number: int
    tells: IO[bytes]
    hears: IO[bytes]
    left: int

    def turns(self) -> Iterator[int]:
        """Parts that nobody looks at yet."""
        return _taken(self.left)

    def heard(self) -> Any:
        """What it tells next; None where it came to no end."""
        return _heard(self.tells)

    def ask(self, value: Any) -> None:
        """Tells it what it waits for."""
        with suppress(OSError):  # it is lost
            _say(self.hears, value)

    def end(self) -> None:
        """Ends it, whatever it does."""
        with suppress(OSError):
            os.kill(self.number, signal.SIGTERM)
        with suppress(ChildProcessError):
            os.waitpid(self.number, 0)
        os.close(self.left)
        for pipe in (self.tells, self.hears):
            with suppress(OSError):
                pipe.close()


_LENGTH = 8
"""Bytes that say how long what is told is."""


def _say(pipe: IO[bytes], value: Any) -> None:
    content = marshal.dumps(value)
    pipe.write(len(content).to_bytes(_LENGTH, "big") + content)
    pipe.flush()


def _heard(pipe: IO[bytes]) -> Any:
    """What is told next; None where nobody is there any more."""
    with suppress(EOFError, ValueError, TypeError, OSError):
        return marshal.loads(pipe.read(int.from_bytes(pipe.read(_LENGTH), "big")))
    return None


def _taken(left: int) -> Iterator[int]:
    """Numbers of parts from a pipe, one after the other."""
    while number := os.read(left, 1):
        yield number[0]


def _begun(site: Path, left: Standing, *, then: Callable[[Standing], Any]) -> _Process | None:
    # pipes and a fork as they are: what Python brings for it takes longer to load than all of this
    taking, giving = os.pipe()
    os.write(giving, bytes(range(_PARTS)))
    os.close(giving)
    telling, answering = os.pipe(), os.pipe()
    try:
        number = os.fork()
    except OSError:
        for one in (taking, *telling, *answering):
            os.close(one)
        return None
    if number:
        os.close(telling[1])
        os.close(answering[0])
        return _Process(number, os.fdopen(telling[0], "rb"), os.fdopen(answering[1], "wb"), taking)
    try:
        os.close(telling[0])
        os.close(answering[1])
        with os.fdopen(telling[1], "wb") as tells, os.fdopen(answering[0], "rb") as hears:
            # from within, the system has a shorter way to each of thousands of names
            os.chdir(site)
            found = _differing(os.curdir, left, parts=_taken(taking))
            _say(tells, found.told)
            asked = _heard(hears)
            if asked is not None:
                _say(tells, then(found.with_more(_Differing(*asked)).joined(left, site)))
    finally:
        # whatever happened: the rest of the program is the first process's
        os._exit(0)
