"""A number of entries comes in; time and bytes of our search index, and the bytes of first queries, go out.

    python benchmarks/search.py [--entries 2000 10000] [--pagefind]

With ``--pagefind`` the same titles and texts are indexed by Pagefind (``pip install 'pagefind[extended]'``) for comparison.
Read the ratio; seconds depend on the machine and its load.
"""

import argparse
import html
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import Sample, samples, write_exhibition

from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import OutputFile
from site_builder.pipeline import cores, survey
from site_builder.press.crew import together
from site_builder.publish.deck import Deck
from site_builder.search.index import Gathered, gather, shard_files
from site_builder.search.layout import layout_of
from site_builder.search.query import Index
from site_builder.search.selftest import slices_of

HERE = Path(__file__).resolve().parent
QUERIES = ("热轧", "焊接", "数控", "数控机床", "赵甲", "hanjie", "样本成果第00042号")
SHOWN = 24
SLICES = 500


def written(files: list[OutputFile], out: Path) -> None:
    """Puts the files on disk."""
    for file in files:
        path = out / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def built(deck: Deck, out: Path) -> tuple[float, float]:
    """Builds the index on all cores; wall and CPU seconds, writing included."""
    began, spent = time.monotonic(), _spent()
    layout = layout_of(deck.cards)

    def work(part: int, of: int) -> Gathered:
        gathered, files = gather(deck.catalogue, deck.cards, layout=layout, part=part, of=of)
        written(files, out)
        return gathered

    shares = together(work, cores())
    written(list(shard_files(shares, layout=layout)), out)
    return time.monotonic() - began, _spent() - spent


def _spent() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def first_query(out: Path, query: str) -> tuple[int, int, int]:
    """Bytes, requests and hits of a first query: scripts, manifest, shards and a page of results."""
    asked: dict[str, int] = {}

    def read(address: str) -> bytes:
        content = (out / address).read_bytes()
        asked[address] = len(content)
        return content

    index = Index(read)
    found = index.search(query)
    for document in found[:SHOWN]:
        index.record(document)
    scripts = [path.stat().st_size for path in (HERE.parent / "theme/assets/search").glob("*.js")]
    return sum(asked.values()) + sum(scripts), len(asked) + len(scripts), len(found)


def pages(entries: int, site: Path) -> None:
    """The same titles and texts as bare pages."""
    for sample in samples(entries):
        path = site / sample.kind / sample.id / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(_page(sample), encoding="utf-8")


def _page(sample: Sample) -> str:
    facts = "".join(f"<p>{html.escape(value)}</p>" for _, value in sample.facts)
    return (
        f"<!doctype html><html lang=zh-CN><title>{sample.title}</title>"
        f"<main data-pagefind-body><h1>{sample.title}</h1>{facts}<p>{sample.body}</p></main>"
    )


def recall(deck: Deck, out: Path) -> float:
    """The share of random slices that find their entry."""
    index = Index(lambda address: (out / address).read_bytes())
    slices = list(slices_of(deck.catalogue, deck.cards, count=SLICES))
    blocks = layout_of(deck.cards).blocks
    places = {key: block * 86 + at for block, keys in enumerate(blocks) for at, key in enumerate(keys)}
    return sum(places[key] in index.search(f"“{word}”", verify=False) for key, word in slices) / len(slices)


def figures(entries: int, *, pagefind: bool) -> Iterator[str]:
    """Lines of one size."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        root, out, bare = Path(scratch, "content"), Path(scratch, "out"), Path(scratch, "bare")
        write_exhibition(root, entries)
        deck = survey(root, Exhibition()).deck
        ours, spent = built(deck, out)
        sizes = [path.stat().st_size for path in out.rglob("*.js")]
        shards = [path.stat().st_size for path in out.glob("search/v1/t/*.js")]
        yield (
            f"{len(deck.cards)} entries: {ours:.2f} s wall, {spent:.2f} s CPU, {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, "
            f"shards {sum(shards) / 1e6:.1f} MB, largest {max(shards) / 1e3:.0f} KB"
        )
        yield f"recall of {SLICES} random slices: {recall(deck, out):.3f}"
        for query in QUERIES:
            size, requests, hits = first_query(out, query)
            yield f"  {query}: {size / 1e3:.0f} KB uncompressed, {requests} requests, {hits} hits"
        if pagefind:
            pages(entries, bare)
            began = time.monotonic()
            subprocess.run(
                [sys.executable, "-m", "pagefind", "--site", str(bare)], check=True, stdout=subprocess.DEVNULL
            )
            theirs = time.monotonic() - began
            yield f"Pagefind: {theirs:.2f} s; ratio {ours / theirs:.3f}"


def main() -> None:
    """Prints the figures of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[2000])
    parser.add_argument("--pagefind", action="store_true")
    given = parser.parse_args()
    for entries in given.entries:
        for line in figures(entries, pagefind=given.pagefind):
            print(line, flush=True)


if __name__ == "__main__":
    main()
