"""An exhibition and its site come in; whether anything differs from what the last build left goes out, in a blink.

A build that has put its site in place *settles*: it writes down a digest of the ground it stood on (program, libraries, theme, settings,
environment), the digest of every file of content, and size and time of every file of the site. The next build asks here first, before
anything heavy is loaded. A record that cannot be read, or is of another version, counts as none.
"""

import contextlib
import hashlib
import json
import os
import re
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from site_builder.intake.stamps import Recorded, Told, digest_of, files_below, fresh_file, stamped, told
from site_builder.intake.versions import program
from site_builder.model.frozen import frozen
from site_builder.warm.walking import SiteStamp, Walk

CACHE = ".cache/build"
"""Where in an exhibition builds leave what they remember, a folder for each site."""
MOST = 6
"""So many sites are remembered; the one that nobody built for longest is forgotten first."""
_SETTLED = "settled.json"
_SETTINGS = "mkdocs.yml"
_VERSION = 4
_BETWEEN = "//"
"""No path has an empty part."""
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
    files: Mapping[str, SiteStamp]
    """Address → stamp of every file of the site."""
    pages: int
    warnings: int
    seal: str = ""
    """Of what is remembered of this build (``keeping``)."""


@frozen
class Look:
    """What is found before anything is built: what the last build left, and what there is now."""

    settled: Settled | None
    ground: str
    inputs: Told
    site_files: Callable[[], Mapping[str, SiteStamp]]
    """Every file of the site with its stamp; to be asked for once."""

    @classmethod
    def afresh(cls, root: Path) -> "Look":
        """The look of whoever takes nothing from the last build: no file is read, for all will be."""
        return cls(None, "", stamped(_content(root), now=time.time_ns()), dict)

    @classmethod
    def at(cls, root: Path, site: Path, *, theme: Path, apart: bool = False) -> "Look":
        """The look, by two processes or by one; without a record the ground is not known, for only the settings name its directories."""
        settled = read_settled(home_of(root, site))
        if settled is None:
            return cls.afresh(root)
        walk = Walk(site, apart=apart, left=settled.files)
        ground = ground_of(root, theme, directories=settled.directories)
        return cls(settled, ground, inputs_of(root, settled.inputs), walk.files)

    @cached_property
    def differing(self) -> tuple[str, ...] | None:
        """Files of content that are not known to be as they were, or are gone; None where the ground is another."""
        if self.settled is None or not self.ground or self.settled.ground != self.ground:
            return None
        former = self.settled.inputs
        return (*self.inputs.changed(former), *(former.keys() - self.inputs.files.keys()))


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
        with (home / _SETTLED).open(encoding="utf-8") as file:
            raw = json.load(file)
        if raw["version"] != _VERSION:
            return None
        inputs = _numbers(raw["inputs"]["stamps"], 4)
        return Settled(
            raw["ground"],
            tuple(raw["directories"]),
            dict(
                zip(
                    _words(raw["inputs"]["paths"]),
                    zip(inputs, _words(raw["inputs"]["digests"]), strict=True),
                    strict=True,
                )
            ),
            dict(zip(_words(raw["files"]["addresses"]), _numbers(raw["files"]["stamps"], 2), strict=True)),
            int(raw["pages"]),
            int(raw["warnings"]),
            str(raw["seal"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_settled(home: Path, settled: Settled) -> None:
    """Writes the record in one move; OSError where that fails."""
    inputs, files = settled.inputs, settled.files
    record = {
        "version": _VERSION,
        "ground": settled.ground,
        "directories": settled.directories,
        "inputs": {
            "paths": _one_text(inputs),
            "stamps": _written(stamp for stamp, _ in inputs.values()),
            "digests": _one_text(digest for _, digest in inputs.values()),
        },
        "files": {"addresses": _one_text(files), "stamps": _written(files.values())},
        "pages": settled.pages,
        "warnings": settled.warnings,
        "seal": settled.seal,
    }
    with fresh_file(home / _SETTLED) as draft:
        draft.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def _one_text(words: Iterable[str]) -> str:
    """Paths or digests: a reader of JSON takes one long text in a tenth of the time of many short ones."""
    return "".join([f"{word}{_BETWEEN}" for word in words])


def _words(text: str) -> list[str]:
    return text.split(_BETWEEN)[:-1]


def _written(stamps: Iterable[tuple[int, ...]]) -> str:
    """Numbers of a machine word in one text: to read so many one by one takes longer than all the rest."""
    return array("q", chain.from_iterable(stamps)).tobytes().hex()


def _numbers(text: str, width: int) -> Iterator[tuple[Any, ...]]:
    """The same numbers, so many at a time."""
    found = iter(array("q", bytes.fromhex(text)))
    return zip(*[found] * width, strict=True)


def nothing_changed(root: Path, site: Path, *, look: Look) -> Settled | None:
    """What the last build left, if all it read and all it wrote is as it was; its stamps are renewed where files had to be read."""
    settled, inputs = look.settled, look.inputs
    if settled is None or look.differing != () or look.site_files() != settled.files:
        return None
    if inputs.read:
        with contextlib.suppress(OSError):
            write_settled(home_of(root, site), replace(settled, inputs=inputs.files))
    return settled
