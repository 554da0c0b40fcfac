"""A number of exhibitions and of their entries comes in; what it costs to search them all from one page goes out.

    python benchmarks/federation.py [--members 31 --entries 5000] [--slices 500]

Of each member only the index is made, as its own build makes it. Then ``exhibition federate`` merges them into the site of a
small exhibition, in a process of its own, and Chromium asks the page of all of them. Recall is of random slices of two to six
characters of the members' texts, each of which must lead to its entry. All is written below the directory for temporary files
(``TMPDIR``) and removed.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parent))

import search_browser
from cold import Run, run
from corpus import samples, write_exhibition
from search import QUERIES, build_index, weight

from site_builder.model.exhibition import Exhibition
from site_builder.search.layout import MOST
from site_builder.search.query import Index
from site_builder.surveying import survey

OWN = 40
"""Entries of the exhibition whose site has the page."""


def make_member(root: Path, number: int, *, entries: int) -> Path:
    """The index of a made-up exhibition, and the package that says whose it is."""
    site = root / f"m{number:02d}"
    with tempfile.TemporaryDirectory(dir=root) as content:
        write_exhibition(Path(content), entries, seed=f"{number}-")
        build_index(survey(Path(content), Exhibition()).deck, site)
    package = {"title": f"样本{number:02d}市展", "homepage": f"https://m{number:02d}.example.org/"}
    (site / "data").mkdir()
    (site / "data/datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return site


def slices(members: int, entries: int, *, count: int) -> Iterator[tuple[int, str, str]]:
    """(member, key, slice of its text)."""
    rng = random.Random(f"{members} {entries}")
    known = {}
    left = count
    while left:
        number = rng.randrange(members)
        if number not in known:
            known[number] = list(samples(entries, seed=f"{number}-"))
        sample = rng.choice(known[number])
        text = rng.choice((sample.title, sample.body))
        start = rng.randrange(len(text) - 1)
        word = text[start : start + rng.randint(2, 6)]
        # what spans a mark is two words
        if word.isalnum():
            left -= 1
            yield number, f"{sample.kind}/{sample.id}", word


def recall(site: Path, sites: list[Path], wanted: list[tuple[int, str, str]]) -> float:
    """The share of slices that lead to their entry."""
    index = Index(lambda name: (site / "exhibitions" / name).read_bytes())
    own = [Index(lambda name, site=one: (site / name).read_bytes()) for one in sites]
    firsts = [member[0] for member in index.manifest["members"]][1:]
    found = []
    for number, key, word in wanted:
        block = crc32(key.encode()) % own[number].manifest["blocks"]
        place = own[number].load(f"k/{block}").split(" ").index(key)
        found.append(index.holds((firsts[number] + block) * MOST + place, word))
    return mean(found)


def merged(root: Path, sites: list[Path]) -> tuple[Path, Run]:
    """The site of the portal, and what merging took."""
    portal = root / "portal"
    write_exhibition(portal, OWN)
    run([sys.executable, "-m", "site_builder.cli", "build"], portal)
    (portal / "members.txt").write_text("\n".join(map(str, sites)), encoding="utf-8")
    done = run([sys.executable, "-m", "site_builder.cli", "federate", "members.txt"], portal, fresh=False)
    return portal / "site", done


def main() -> None:
    """Prints a table of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=3)
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--slices", type=int, default=500)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        root = Path(scratch)
        sites = [make_member(root, number, entries=given.entries) for number in range(given.members)]
        site, done = merged(root, sites)
        size, files = weight((site / "exhibitions").rglob("*"))
        wanted = list(slices(given.members, given.entries, count=given.slices))
        share = recall(site, sites, wanted)
        person = next(one.title for one in samples(given.entries, seed="0-") if one.kind == "craftsman")
        queries = (*QUERIES, person)
        costs = [first for first, _ in search_browser.ours(site, queries, at="exhibitions/")]
        asked = [one.size for one in costs]
        print("| Members × entries | Merge, s (CPU) | Peak, MiB | Index, MB (files) | Recall (slices) |")
        print("| --- | --: | --: | --: | --: |")
        print(
            f"| {given.members} × {given.entries:,} | {done.wall:.1f} ({done.cpu:.1f}) | {done.peak:.0f} | "
            f"{size / 1e6:.1f} ({files:,}) | {share:.3f} ({len(wanted)}) |\n"
        )
        print("| First query | kB | gzipped | requests | ms |\n| --- | --: | --: | --: | --: |")
        for query, one in zip(queries, costs, strict=True):
            print(f"| {query} | {one.size / 1e3:.0f} | {one.packed / 1e3:.0f} | {one.requests} | {one.wait:.0f} |")
        packed = mean(one.packed for one in costs)
        print(f"| mean | {mean(asked) / 1e3:.0f} | {packed / 1e3:.0f} | {mean(one.requests for one in costs):.0f} | |")
        manifest = (site / "exhibitions/search/v1/manifest.js").stat().st_size
        print(f"\nThe manifest is {manifest / 1e3:.0f} kB of it.")


if __name__ == "__main__":
    main()
