"""A deck comes in; every address that its site answers for good goes out: pages without those that pass, and identifiers."""

import re
from pathlib import Path

from site_builder.publish.deck import Deck
from site_builder.publish.identifiers import identifier_files
from site_builder.publish.publishers import page_jobs

_PASSING = re.compile(r"(?:^|/)page/\d+/$|/tour/$|^numbers/.|^editions/compare/.|^(?:kiosk|offline)/$")
"""Later pages of lists, walks through halls, comparisons, lists behind numbers: they change with every entry; the last with a setting."""
_DATA = "data/"


def answered(deck: Deck, root: Path) -> frozenset[str]:
    """Site-relative, each with a slash at its end; the home page is ``./``."""
    pressed = (job.address for job in page_jobs(deck) if not _PASSING.search(job.address))
    stories = (f"stories/{deck.catalogue.entries[key].id}/" for key in deck.catalogue.of_kind("story"))
    identifiers = (file.address.removesuffix("index.html") for file in identifier_files(deck))
    data = (_DATA,) if deck.catalogue.exhibition.open_data else ()
    pages = root / "content/pages"
    written = (_written(path.relative_to(pages).as_posix()) for path in pages.rglob("*.md"))
    return frozenset(address or "./" for address in (*pressed, *stories, *identifiers, *written, *data))


def _written(source: str) -> str:
    """Where MkDocs puts an editorial page."""
    folder, _, name = source.removesuffix(".md").rpartition("/")
    parts = [part for part in (folder, "" if name.lower() in {"index", "readme"} else name) if part]
    return "".join(f"{part}/" for part in parts)
