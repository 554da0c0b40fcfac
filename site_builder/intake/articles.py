"""The content directory comes in; the texts that MkDocs renders (stories and editorial pages) go out with their places."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.model.entry import Entry
from site_builder.model.problems import Place, Problem

PAGES = "content/pages"


@dataclass(frozen=True)
class Article:
    """A text that may embed entries."""

    source: str
    text: str
    first_line: int


def read_articles(root: Path, entries: Iterable[Entry]) -> Iterator[Article]:
    """Stories first, then the editorial pages; unreadable pages are MkDocs's to report."""
    for entry in entries:
        if entry.kind == "story":
            yield Article(entry.source, entry.body, entry.body_line)
    for path in sorted((root / PAGES).rglob("*.md")):
        yield Article(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8-sig", errors="replace"), 1)


def check_links(root: Path) -> Iterator[Problem]:
    """Links among the editorial pages that lead out of ``content/`` or round in circles: MkDocs would follow and publish them."""
    content = (root / "content").resolve()
    for folder, names, files in os.walk(root / PAGES):
        for path in (Path(folder, name) for name in sorted((*names, *files))):
            if not path.is_symlink():
                continue
            place = Place(path.relative_to(root).as_posix().encode("utf-8", "replace").decode(), (), 1, 1)
            target = Path(os.path.realpath(path))
            if not target.is_relative_to(content):
                yield Problem("bad-path", place, "这个链接指向 content/ 之外", "把文件本身放进 content/pages/")
            elif Path(os.path.realpath(folder), path.name).is_relative_to(target):
                yield Problem("bad-path", place, "这个链接绕成了圈", "删去它")
