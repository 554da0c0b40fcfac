"""The content directory comes in; the texts that MkDocs renders (stories and editorial pages) go out with their places."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder.intake.documents import decoded
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

PAGES = "content/pages"


@frozen
class Article:
    """A text that may embed entries."""

    source: str
    text: str
    first_line: int


def read_articles(root: Path, entries: Iterable[Entry]) -> Iterator[Article]:
    """Stories first, then the editorial pages; what cannot be read is told by ``check_pages``."""
    for entry in entries:
        if entry.kind == "story":
            yield Article(entry.source, entry.body, entry.body_line)
    for path in sorted(path for path in (root / PAGES).rglob("*.md") if path.is_file()):
        yield Article(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8-sig", errors="replace"), 1)


def check_pages(root: Path) -> Iterator[Problem]:
    """What MkDocs would follow and publish, wait for or stumble over among the editorial pages.

    Links that lead out of ``content/`` or round in circles, pipes, names and texts of another encoding.
    """
    content = (root / "content").resolve()
    for folder, names, files in os.walk(root / PAGES):
        for path in (Path(folder, name) for name in sorted((*names, *files))):
            source = path.relative_to(root).as_posix()
            place = Place(source.encode("utf-8", "replace").decode(), (), 1, 1)
            if place.path != source:
                yield Problem("bad-id", place, "文件名不是 UTF-8 编码，读不出来", "给文件重新起名")
            elif path.is_symlink() and (why := _astray(path, content)):
                yield Problem("bad-path", place, *why)
            elif not path.is_dir():
                yield from _unreadable(path, place)


def _astray(path: Path, content: Path) -> tuple[str, str] | None:
    """Why a link may not stay, and the mend."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(content):
        return "这个链接指向 content/ 之外", "把文件本身放进 content/pages/"
    return (
        ("这个链接绕成了圈", "删去它")
        if Path(os.path.realpath(path.parent), path.name).is_relative_to(target)
        else None
    )


def _unreadable(path: Path, place: Place) -> Iterator[Problem]:
    if path.exists() and not path.is_file():
        yield Problem("unreadable", place, "这不是普通文件", "删去它，或换成普通文件")
    elif path.suffix == ".md" and path.is_file():
        faults = decoded(path.read_bytes(), place.path)[1]
        yield from (fault for fault in faults if fault.code == "encoding")
