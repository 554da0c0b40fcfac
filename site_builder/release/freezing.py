"""A built site of one edition comes in; the bag that keeps it goes out, or every reason why it cannot be kept yet."""

from collections.abc import Iterator
from pathlib import Path

from site_builder.catalogue.addresses import address_of
from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.model.problems import Place, Problem
from site_builder.release.bag import fill, seal
from site_builder.release.closing import closed
from site_builder.release.packing import names_in
from site_builder.release.provenance import Commit, commit_of, day_of, notes, tool_file
from site_builder.release.snapshot import data_package, snapshot
from site_builder.release.sources import kept_sources

SITE = "site"


@frozen
class Edition:
    """The edition that is to be kept: where its exhibition lies, its own catalogue, its entry."""

    root: Path
    catalogue: Catalogue
    entry: Entry

    @property
    def shown(self) -> tuple[Entry, ...]:
        """Entries whose sources may leave: those that are shown, and the vocabularies."""
        entries = self.catalogue.entries
        shown = {key for key in entries if key in self.catalogue.facets or key.startswith("vocabulary/")}
        return tuple(entry for key, entry in entries.items() if key in shown)


def too_early(edition: Edition) -> Iterator[Problem]:
    """A problem for each entry whose notice period runs, and one where nobody can tell the day."""
    for entry in edition.catalogue.entries.values():
        if entry.data.status == "notice":
            yield Problem("freeze-notice", Place(entry.source, ("status",)), f"“{entry.title}”还在公示")
    if not day_of(edition.catalogue.exhibition, edition.entry, commit=commit_of(edition.root)):
        message = "不知道归档的日期：内容不在 git 仓库里，展期也没有写闭展日期"
        yield Problem("settings", Place(edition.entry.source), message, "在展期文件里写 closing: 2026-12-31 这样的日期")


def lay_in(built: Path, directory: Path, *, url: str) -> Path:
    """Puts the site into what is to be the bag, its links written out to open without a server; answers where it lies."""
    site = directory / SITE
    names = names_in(built)
    fill(site, (OutputFile(name, _as_kept(built, name, names=frozenset(names), url=url)) for name in names))
    return site


def keep(edition: Edition, built: Path, *, directory: Path) -> str:
    """Adds all papers to a directory that holds the site and seals it; returns the digest of the bag."""
    commit = commit_of(edition.root)
    exhibition, entry = edition.catalogue.exhibition, edition.entry
    day = day_of(exhibition, entry, commit=commit)
    fill(directory, _papers(edition, built, commit=commit, day=day))
    info = {
        "Source-Organization": exhibition.organiser or exhibition.name,
        "External-Description": f"{exhibition.name} · {entry.title}。{entry.data.summary or ''}",
        "External-Identifier": f"{exhibition.url}{address_of(entry)}",
        "Internal-Sender-Identifier": entry.key,
        "Bag-Group-Identifier": exhibition.name,
    }
    return seal(directory, info, day=day)


def _papers(edition: Edition, built: Path, *, commit: Commit | None, day: str) -> Iterator[OutputFile]:
    exhibition = edition.catalogue.exhibition
    yield from snapshot(built, edition=edition.entry.id)
    yield from data_package(built)
    for file in kept_sources(edition.root, edition.shown):
        yield OutputFile(f"sources/{file.address}", file.content)
    yield tool_file(exhibition, edition=edition.entry.id, commit=commit)
    yield from notes(exhibition, edition.entry.title, day=day)


def _as_kept(built: Path, name: str, *, names: frozenset[str], url: str) -> bytes:
    content = (built / name).read_bytes()
    if not name.endswith(".html"):
        return content
    return closed(content.decode("utf-8"), at=name, names=names, online=url).encode("utf-8")
