"""Built sites come in; their pages by kind go out: how many, how large, how many links.

    python benchmarks/census.py --entries 300 2000 [10000]

Builds the same made-up exhibition with this builder and with Hugo's project of comparable pages, and prints a table: what the
one has of a kind and what the other. Kinds are told by address, which both share.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

KINDS: tuple[tuple[str, str], ...] = (
    ("entries", r"(projects|craftsmen|studios)/[pcs]\d{5}/"),
    ("permanent addresses", r"id/.*"),
    ("lists of a kind", r"(projects|craftsmen|studios)/(page/\d+/)?"),
    ("organisations", r"organisations/(?!page/)[^/]+/(page/\d+/)?"),
    ("awards", r"awards/(?!page/)[^/]+/.*"),
    ("regions, industries", r"(regions|industries)/[^/]+/.*"),
    ("editions and halls", r"editions/\d+/(hall\d+/(tour/)?)?(page/\d+/)?"),
    ("lists of an edition", r"editions/(\d+|compare)/.+"),
    ("lists behind numbers", r"numbers/.+"),
    ("talent and studios by facet", r"(talent|studios)/.+/.*"),
    ("indexes of organisations and others", r"(organisations|awards|regions|industries|editions|talent|numbers)/(page/\d+/|compare/)?"),
)
"""The first that fits an address names its kind."""
OTHERS = "home and written pages"


@dataclass(frozen=True)
class Kind:
    """Pages of one kind: their number, bytes and links."""

    pages: int = 0
    size: int = 0
    links: int = 0

    def with_page(self, html: str) -> "Kind":
        """These and one more."""
        return Kind(self.pages + 1, self.size + len(html.encode()), self.links + html.count("<a "))


def kind_of(address: str) -> str:
    """What an address below the site's root shows."""
    return next((name for name, form in KINDS if re.fullmatch(form, address)), OTHERS)


def census(site: Path) -> Mapping[str, Kind]:
    """Pages of a built site by kind, in the order of ``KINDS``."""
    found: dict[str, Kind] = {name: Kind() for name in (*(name for name, _ in KINDS), OTHERS)}
    for path in site.rglob("*.html"):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        kind = kind_of(address)
        found[kind] = found[kind].with_page(path.read_text(encoding="utf-8"))
    return found
