"""The content directory comes in; the texts that MkDocs renders (stories and editorial pages) go out with their places."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen

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
