"""An exhibition and its site come in; whether anything differs from what the last build left goes out, in a blink.

A build that has put its site in place *settles*: it writes down a digest of the ground it stood on (program, libraries, theme, settings,
environment), the digest of every file of content, size and time of every file of the site, and when a name last came into each of its
folders. The next build asks here first, before anything heavy is loaded. A record that cannot be read, or is of another version, counts
as none.
"""

import contextlib
import hashlib
import marshal
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

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
_SETTLED = "settled"
_PROGRAM = "program"
"""What the program's own files are told by."""
_SETTINGS = "mkdocs.yml"
_VERSION = 6
_DIGITS = 32
"""Of the digest of a record, which stands before it."""
_VARIABLE = re.compile(r"!ENV\s+\[?([^\]\n]*)")
_INHERITS = re.compile(r"^INHERIT\s*:", re.MULTILINE)
_SITE_DIR = re.compile(r"^site_dir\s*:(.*)$", re.MULTILINE)
_PLAIN = re.compile(r"[\w./ -]+")


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
    def at(cls, root: Path, site: Path, *, theme: Path, apart: bool = False) -> "Look":
        """The look, by two processes or by one; without a record the ground is not known, for only the settings name its directories."""
        settled = read_settled(home_of(root, site))
        if settled is None:
            return cls.afresh(root)
        place = site.resolve()
        twin = twin_in_hands(place)

        def made(seen: Standing) -> Mapping[str, FolderStamp] | None:
            return mirrored(place, twin, before=Before(seen, settled.site, settled.twin))

        walk = Walk(site, apart=apart, left=settled.site, then=made)
        with recorded(home_of(root, site) / _PROGRAM):
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
        content = memoryview((home / _SETTLED).read_bytes())
        # a harmed number may stand for a length, for which Python takes all memory before it looks whether so much follows
        if digest_in(content[_DIGITS:]).encode() != content[:_DIGITS]:
            return None
        version, *found = marshal.loads(content[_DIGITS:])
        if version != _VERSION:
            return None
        ground, directories, inputs, files, folders, twin, pages, warnings, seal = found
        return Settled(ground, directories, inputs, Standing(files, folders), pages, warnings, seal, twin)
    except (OSError, EOFError, ValueError, TypeError):
        return None


def write_settled(home: Path, settled: Settled) -> None:
    """Writes the record in one move; OSError where that fails."""
    one = settled
    mappings = map(dict, (one.inputs, one.site.files, one.site.folders, one.twin))
    record: Any = (_VERSION, one.ground, one.directories, *mappings, one.pages, one.warnings, one.seal)
    with fresh_file(home / _SETTLED) as draft:
        # as Python writes down its own byte code: to tell what is equal in it apart (later versions) takes twice as long
        content = marshal.dumps(record, 2)
        draft.write_bytes(digest_in(content).encode() + content)


def nothing_changed(root: Path, site: Path, *, look: Look) -> Settled | None:
    """What the last build left, if all it read and all it wrote is as it was; stamps are renewed where anything was read or listed."""
    settled, inputs = look.settled, look.inputs
    if settled is None or look.differing != () or look.site().files != settled.site.files:
        return None
    if inputs.read or look.site() is not settled.site:
        with contextlib.suppress(OSError):
            write_settled(home_of(root, site), replace(settled, inputs=inputs.files, site=look.site()))
    return settled
