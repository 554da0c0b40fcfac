"""An exhibition and its site come in; whether anything differs from what the last build left goes out, in a blink.

A build that has put its site in place *settles*: it writes down a digest of the ground it stood on (program, libraries, theme, settings,
environment), the digest of every file of content, size and time of every file of the site, and when a name last came into each of its
folders. The next build asks here first, before anything heavy is loaded. A record that cannot be read, or is of another version, counts
as none.

Of all that an edit leaves nearly as it was. So a record is written whole now and then (``settled``), and what differs from it by now beside
it, in one move as well (``settled.since``), with the digest of the one that it belongs to.
"""

import contextlib
import hashlib
import marshal
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import compress
from operator import is_, is_not
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from site_builder.intake.stamps import Recorded, Told, digest_in, digest_of, files_below, fresh_file, stamped, told
from site_builder.intake.versions import program, recorded
from site_builder.model.frozen import frozen
from site_builder.press.standing import FolderStamp, Standing
from site_builder.press.twin import Before, mirrored, twin_in_hands
from site_builder.warm.walking import Walk

CACHE = ".cache/build"
"""Where in an exhibition builds leave what they remember, a folder for each site."""
MOST = 6
"""So many sites are remembered; the one that nobody built for longest is forgotten first."""
_SETTLED, _SINCE = "settled", "settled.since"
_PROGRAM = "program"
"""What the program's own files are told by."""
_SETTINGS = "mkdocs.yml"
_ARCHIVES = "content/archives"
"""As ``release/mounting.py`` has it, which a build that has nothing to do need not load."""
_VERSION = 7
_DIGITS = 32
"""Of the digest of a record, which stands before it."""
_SHARE = 16
"""Where more than this part of all names differs from what was written whole, all is written whole again."""
_VARIABLE = re.compile(r"!ENV\s+\[?([^\]\n]*)")
_INHERITS = re.compile(r"^INHERIT\s*:", re.MULTILINE)
_SITE_DIR = re.compile(r"^site_dir\s*:(.*)$", re.MULTILINE)
_PLAIN = re.compile(r"[\w./ -]+")
Part = TypeVar("Part", bound=Mapping[str, Any])
_NONE: Mapping[str, Any] = MappingProxyType({})


@frozen
class Since:
    """What differs by now from a record that was written whole: its inputs, files of the site, folders of the site and of the twin."""

    whole: str
    """Digest of that record."""
    crossed: bool = False
    """Whether site and twin have changed places since, so that the folders of the one are to be looked for among those of the other."""
    differing: tuple[Mapping[str, Any], ...] = (_NONE,) * 4
    """Of each, name → what is told of it now; None where it is gone."""

    def now(self, mappings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """These four of the whole record as they are now; they are changed."""
        found = list(mappings)
        for mapping, differing in zip(found, self.differing, strict=True):
            mapping.update(differing)
            for name in [name for name, now in differing.items() if now is None]:
                del mapping[name]
        return _facing(found, crossed=self.crossed)

    def grown(self, former: "Settled", now: "Settled", *, crossed: bool) -> "Since | None":
        """The same after another build; None where so much differs that it is better written whole."""
        both = self.crossed is not crossed
        pairs = zip(_facing(former.parts, crossed=self.crossed), _facing(now.parts, crossed=both), strict=True)
        found = [{**before, **_differing(*pair)} for before, pair in zip(self.differing, pairs, strict=True)]
        few = sum(map(len, found)) * _SHARE <= sum(map(len, now.parts))
        return Since(self.whole, both, tuple(found)) if few else None


@frozen
class Settled:
    """What a build left."""

    ground: str
    directories: tuple[str, ...]
    """Directories of theme and texts outside of ``content/`` that the settings name."""
    inputs: Recorded
    site: Standing
    """Stamps of all files and folders of the site."""
    pages: int
    warnings: int
    seal: str = ""
    """Of what is remembered of this build (``keeping``)."""
    twin: Mapping[str, FolderStamp] = field(default_factory=lambda: MappingProxyType({}))
    """Folders of the site's twin that hold the very files of the site's."""
    since: Since | None = None
    """How it was read; None before it is written."""

    @property
    def parts(self) -> tuple[Mapping[str, Any], ...]:
        """What there is much of."""
        return self.inputs, self.site.files, self.site.folders, self.twin


@frozen
class Look:
    """What is found before anything is built: what the last build left, and what there is now."""

    settled: Settled | None
    ground: str
    inputs: Told
    walk: Walk | None = None
    """The look at the site, by a process that may go on to make its twin."""

    @classmethod
    def afresh(cls, root: Path) -> "Look":
        """The look of whoever takes nothing from the last build: no file is read, for all will be."""
        return cls(None, "", stamped(_content(root), now=time.time_ns()))

    @classmethod
    def at(cls, root: Path, site: Path, *, theme: Path, apart: bool = False, keeps: bool = True) -> "Look":
        """The look, by two processes or by one; without a record the ground is not known, for only the settings name its directories.

        ``keeps``: what is told of the program's own files is kept for the next look.
        """
        settled = read_settled(home_of(root, site))
        if settled is None:
            return cls.afresh(root)
        place = site.resolve()
        twin = twin_in_hands(place)

        def made(seen: Standing) -> Mapping[str, FolderStamp] | None:
            return mirrored(place, twin, before=Before(seen, settled.site, settled.twin), within=True)

        walk = Walk(site, apart=apart, left=settled.site, then=made)
        with recorded(home_of(root, site) / _PROGRAM, keeps=keeps):
            ground = ground_of(root, theme, directories=settled.directories)
        return cls(settled, ground, inputs_of(root, settled.inputs), walk)

    @cached_property
    def differing(self) -> tuple[str, ...] | None:
        """Files of content that are not known to be as they were, or are gone; None where the ground is another."""
        if self.settled is None or not self.ground or self.settled.ground != self.ground:
            return None
        former = self.settled.inputs
        return (*self.inputs.changed(former), *(former.keys() - self.inputs.files.keys()))

    def site(self) -> Standing:
        """What stands in the site."""
        return self.walk.seen() if self.walk else Standing()

    @property
    def before(self) -> Before:
        """What is known of site and twin."""
        settled = self.settled
        return Before(self.site(), settled.site, settled.twin) if settled else Before(self.site())

    def close(self) -> None:
        """Ends what was begun."""
        if self.walk:
            self.walk.close()


def home_of(root: Path, site: Path) -> Path:
    """Where what is remembered of this site lies."""
    return root / CACHE / hashlib.blake2b(os.fsencode(site), digest_size=8).hexdigest()


def asked_site(root: Path, given: str | None) -> Path | None:
    """Where the site goes as far as can be told without reading the settings in full; None where it cannot."""
    if given:
        return Path(given).resolve()
    try:
        found = _SITE_DIR.findall((root / _SETTINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    named = found[0].strip() if found else "site"
    return (root / named).resolve() if len(found) < 2 and _PLAIN.fullmatch(named) else None


def ground_of(root: Path, theme: Path, *, directories: Iterable[str]) -> str:
    """Digest of all that makes pages beside content; empty where the settings lean on files that are not known here."""
    try:
        settings = (root / _SETTINGS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    if _INHERITS.search(settings):
        return ""
    named = {name.strip(" ,\"'") for found in _VARIABLE.findall(settings) for name in found.split(",")}
    variables = "\0".join(f"{name}={os.environ.get(name)}" for name in sorted(named))
    total = hashlib.blake2b(f"{program(str(theme))}\0{settings}\0{variables}".encode(), digest_size=16)
    for directory in directories:
        for path, _ in files_below(directory):
            total.update(f"{os.path.relpath(path, root)}\0{digest_of(path)}\0".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def inputs_of(root: Path, former: Recorded) -> Told:
    """All files under ``content/`` with what tells their content, by paths relative to the root."""
    return told(_content(root), former, now=time.time_ns())


def _content(root: Path) -> Iterator[tuple[str, str, os.stat_result]]:
    cut = len(str(root)) + 1
    return ((path, path[cut:], stat) for path, stat in files_below(str(root / "content")))


def read_settled(home: Path) -> Settled | None:
    """What the last build left; None where there is nothing to trust."""
    try:
        whole, digest = _read(home / _SETTLED)
        version, *mappings, small = whole
        if version != _VERSION:
            return None
        since = Since(digest)
        with contextlib.suppress(FileNotFoundError):
            (of, crossed, differing, later), _ = _read(home / _SINCE)
            if of == digest:
                since, small = Since(digest, crossed, differing), later
        inputs, files, folders, twin = since.now(mappings)
        ground, directories, pages, warnings, seal = small
        return Settled(ground, directories, inputs, Standing(files, folders), pages, warnings, seal, twin, since)
    except (OSError, EOFError, ValueError, TypeError, KeyError):
        return None


def write_settled(home: Path, settled: Settled, *, former: Settled | None = None, crossed: bool = False) -> None:
    """Writes the record in one move; OSError where that fails.

    Of what is much only what differs from the ``former`` one, where that lies there; ``crossed``: site and twin have changed places since.
    """
    small = (settled.ground, settled.directories, settled.pages, settled.warnings, settled.seal)
    since = former and former.since and former.since.grown(former, settled, crossed=crossed)
    if since:
        _write(home / _SINCE, (since.whole, since.crossed, since.differing, small))
        return
    _write(home / _SETTLED, (_VERSION, *map(dict, settled.parts), small))
    (home / _SINCE).unlink(missing_ok=True)


def _facing(parts: Sequence[Part], *, crossed: bool) -> list[Part]:
    """The four parts of a record, the folders of site and twin in each other's places if these are ``crossed``."""
    inputs, files, folders, twin = parts
    return [inputs, files, twin, folders] if crossed else [inputs, files, folders, twin]


def _differing(former: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Name → what is told of it now and was not before; None where it is gone."""
    if len(former) == len(now) and all(map(is_, former, now)):
        # one is a copy of the other, of which few values were exchanged
        differing = compress(now, map(is_not, former.values(), now.values()))
        return {name: now[name] for name in differing if former[name] != now[name]}
    gone = dict.fromkeys(former.keys() - now.keys())
    return gone | {name: value for name, value in now.items() if former.get(name) != value}


def _read(path: Path) -> tuple[Any, str]:
    """What was written there, and its digest; ValueError where it is harmed."""
    content = memoryview(path.read_bytes())
    digest = digest_in(content[_DIGITS:])
    # a harmed number may stand for a length, for which Python takes all memory before it looks whether so much follows
    if digest.encode() != content[:_DIGITS]:
        raise ValueError(path)
    return marshal.loads(content[_DIGITS:]), digest


def _write(path: Path, value: Any) -> None:
    with fresh_file(path) as draft:
        # as Python writes down its own byte code: to tell what is equal in it apart (later versions) takes twice as long
        content = marshal.dumps(value, 2)
        draft.write_bytes(digest_in(content).encode() + content)


def nothing_changed(root: Path, site: Path, *, look: Look) -> Settled | None:
    """What the last build left, if all it read and all it wrote is as it was; stamps are renewed where anything was read or listed.

    Bags of archives lie outside of ``content/`` and are meant to be proved: their files are read.
    """
    settled, inputs = look.settled, look.inputs
    if settled is None or look.differing != () or look.site().files != settled.site.files or not _archives_stand(root):
        return None
    if inputs.read or look.site() is not settled.site:
        with contextlib.suppress(OSError):
            write_settled(home_of(root, site), replace(settled, inputs=inputs.files, site=look.site()), former=settled)
    return settled


def _archives_stand(root: Path) -> bool:
    if not (root / _ARCHIVES).is_dir():
        return True
    from site_builder.release.mounting import archives_stand  # for exhibitions that have archives

    return archives_stand(root)
