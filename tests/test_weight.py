"""What a visitor's phone fetches of scripts and styles before search is opened, page by page of the built exhibition."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath

MOST = 90_000
"""Bytes, gzipped, of any page."""
SEARCHING = 50_000
"""Of the page whose purpose is to search."""
PRESSED = 32_000
"""Of pages that the press makes, all entries and lists among them: half of what is asked, with room to spare."""
NAMED = re.compile(r'<(?:script[^>]*\ssrc|link[^>]*\srel="stylesheet"[^>]*\shref)="([^"]+)"')


@cache
def packed(path: Path) -> int:
    """Bytes of a file as a server sends it."""
    return len(gzip.compress(path.read_bytes(), 6))


def weights(site: Path) -> dict[str, int]:
    """Page → bytes of the scripts and style sheets that it names; one that does not exist fails the test."""
    found: dict[str, int] = {}
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).as_posix()
        addresses = NAMED.findall(page.read_text(encoding="utf-8"))
        files = {
            address if address.startswith("/") else normpath(f"{dirname(name)}/{address}") for address in addresses
        }
        found[name] = sum(packed(site / file.lstrip("/")) for file in files)
    return found


def test_scripts_and_styles_stay_light(built_site: Path) -> None:
    """No page over 90 kB; what the press makes half of that; the heaviest of each sort is named."""
    found = weights(built_site)
    heaviest = max(found, key=lambda name: found[name])
    assert found[heaviest] <= MOST, f"{heaviest} {found[heaviest]}"
    assert min(found[name] for name in found if name.startswith("projects/")) > 10_000, (
        "the pages were not read rightly"
    )
    by_folder: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    for name, size in found.items():
        by_folder[name.partition("/")[0]] = max(by_folder[name.partition("/")[0]], (size, name))
    written = {
        name.partition("/")[0] for name in found if "written.css" in (built_site / name).read_text(encoding="utf-8")
    }
    assert by_folder["search"][0] <= SEARCHING
    over = {
        name: size
        for folder, (size, name) in by_folder.items()
        if folder not in written and size > PRESSED and folder != "search"
    }
    assert over == {}


def test_the_engine_of_search_is_not_asked_for_by_other_pages(built_site: Path) -> None:
    """It comes when somebody turns to a field."""
    for name in ("index.html", "projects/index.html", "about/index.html"):
        text = (built_site / name).read_text(encoding="utf-8")
        assert "search/boot.js" in text
        assert "engine.js" not in text
        assert "list.js" not in text
