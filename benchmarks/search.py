"""Numbers of entries come in; a table goes out: our search, Pagefind and Material's own on the same made-up corpus.

    python benchmarks/search.py [--entries 2000 10000 30000] [--material 2000] [--slices 500]

Needs ``pip install 'pagefind[extended]' jieba playwright`` and Chromium. Material is left out above ``--material`` entries,
for it takes minutes. Bytes are those of the files on the disk, scripts included; seconds depend on the machine and its load.
Recall is of so many random slices, and of two names for five of them; the others' searches take seconds for each where entries
are many. Ratios come last. All is written below the directory for temporary files (``TMPDIR``) and removed, row by row.
"""

import argparse
import gc
import html
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).resolve().parent))

import search_browser
from corpus import Sample, samples, write_exhibition, write_mkdocs
from search_browser import Cost

from site_builder.model.exhibition import Exhibition
from site_builder.model.naming import person_sort_key
from site_builder.model.pages import OutputFile
from site_builder.press.crew import Tick, together
from site_builder.press.output import put
from site_builder.publish.deck import Deck
from site_builder.publish.halls import every_hall
from site_builder.search.beside import Beside, beside_index, completed
from site_builder.search.index import Gathered, Searched, gather, index_layout, manifest_file, mark, shards_of
from site_builder.search.query import Index
from site_builder.search.selftest import self_test
from site_builder.survey import cores
from site_builder.surveying import survey

QUERIES = ("热轧", "数控 焊接", "数控机床", "“数控机床”", "2021 焊接", "一等奖 冶金", "样本单位042")
SLICES = 500


@dataclass(frozen=True)
class Row:
    """One search at one size."""

    name: str
    entries: int
    seconds: float
    cpu: float
    size: int
    files: int
    first: tuple[Cost, ...]
    second: tuple[Cost, ...]
    slices: float
    names: float
    tried: int
    """Slices that recall is of."""
    opened: tuple[float, ...] = ()
    """Milliseconds from a query to its first result on a page that stands open."""

    @property
    def bytes(self) -> float:
        """Of a first query."""
        return mean(one.size for one in self.first)

    @property
    def wait(self) -> float:
        """Milliseconds to the first result, the page and its styles being fetched as well."""
        return median(one.wait for one in self.first)

    @property
    def wait_open(self) -> float:
        """The same on a page that stands open; of Material, which reads its index as the page opens, the whole."""
        return median(self.opened) if self.opened else self.wait

    def line(self) -> str:
        """As a row of Markdown."""
        sizes, packed = [one.size for one in self.first], [one.packed for one in self.first]
        later = [one.size for one in self.second]
        cells = (
            self.name,
            f"{self.entries:,}",
            f"{self.seconds:.1f} ({self.cpu:.1f})",
            f"{self.size / 1e6:.1f} ({self.files:,})",
            f"{self.bytes / 1e3:.0f} ({max(sizes) / 1e3:.0f})",
            f"{mean(packed) / 1e3:.0f} ({max(packed) / 1e3:.0f})",
            f"{mean(one.requests for one in self.first):.0f}",
            f"{mean(later) / 1e3:.0f} ({max(later) / 1e3:.0f})" if later else "0",
            f"{self.wait:.0f}",
            f"{self.wait_open:.0f}",
            f"{self.slices:.3f} ({self.tried})",
            f"{self.names:.3f}",
        )
        return f"| {' | '.join(cells)} |"


COLUMNS = (
    *("Search", "Entries", "Indexing, s (CPU)", "Index, MB (files)", "First query, kB (most)"),
    *("Gzipped, kB (most)", "Requests"),
    *("Second, kB (most)", "First result, ms", "on an open page, ms", "Recall of slices (tried)", "of names"),
)
HEAD = f"| {' | '.join(COLUMNS)} |\n| --- |{' --: |' * (len(COLUMNS) - 1)}"


def spent() -> float:
    """CPU seconds of this process and of those it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and of CPU."""
    began, before = time.monotonic(), spent()
    work()
    return time.monotonic() - began, spent() - before


def weight(files: Iterable[Path]) -> tuple[int, int]:
    """Bytes and number."""
    sizes = [path.stat().st_size for path in files if path.is_file()]
    return sum(sizes), len(sizes)


def build_index(deck: Deck, out: Path) -> None:
    """What a build does for search, over and above the pages: on all cores, written, tested, and as in a build without the collector."""
    gc.disable()
    layout = index_layout(deck.catalogue, deck.cards)

    def write(files: Iterable[OutputFile]) -> None:
        for file in files:
            put(out, file.address, content=file.content)

    searched = Searched(deck.catalogue, deck.cards, halls=partial(every_hall, deck))

    def work(part: int, of: int, *, tick: Tick) -> tuple[Gathered, Beside]:
        gathered, files = gather(searched, layout=layout, part=part, of=of)
        beside = beside_index(searched, layout=layout, part=part, of=of)
        write((*files, *beside.files))
        return gathered, beside

    shares = together(work, cores())
    gathered = [share for share, _ in shares]

    def join(part: int, of: int, *, tick: Tick) -> list[str]:
        files = shards_of([one.shards for one in gathered], layout=layout, part=part, of=of)
        write(files)
        return [mark(file) for file in files]

    joined = chain.from_iterable(together(join, cores()))
    table, others = completed([beside for _, beside in shares], layout)
    write(
        (
            table,
            manifest_file([block for one in gathered for block in one.blocks], joined, layout=layout, others=others),
        )
    )
    assert not self_test(deck.catalogue, deck.cards, read=lambda address: (out / address).read_bytes(), layout=layout)


def wanted(entries: int, count: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(page, slice of its text) and (page, name of a person), the same ones for the same numbers."""
    rng = random.Random(entries)
    everything = list(samples(entries))
    slices: list[tuple[str, str]] = []
    while len(slices) < count:
        sample = rng.choice(everything)
        text = rng.choice((sample.title, sample.body, *(value for name, value in sample.facts if name == "summary")))
        start = rng.randrange(len(text) - 1)
        word = text[start : start + rng.randint(2, 6)]
        if word.isalnum():
            slices.append((f"{sample.kind}/{sample.id}", word))
    people = [sample for sample in everything if sample.kind == "craftsman"]
    return slices, [(f"craftsman/{one.id}", one.title) for one in rng.choices(people, k=count * 2 // 5)]


def queries(entries: int) -> tuple[str, ...]:
    """Typical ones that find something: words, two words, a phrase, labels, a unit, two names and one of them in pinyin."""
    people = [sample.title for sample in samples(entries) if sample.kind == "craftsman"]
    return (*QUERIES, people[0], people[-1], "".join(person_sort_key(people[0])[:-1]))


def share(pairs: list[tuple[str, str]], found: list[set[str]]) -> float:
    """How many find what they should."""
    return mean(page in pages for (page, _), pages in zip(pairs, found, strict=True))


def ours(root: Path, entries: int, *, tries: int) -> Row:
    """Our own, in a site built as ever."""
    write_exhibition(root / "content", entries)
    site, out = root / "site", root / "out"
    deck = survey(root / "content", Exhibition()).deck
    seconds, cpu = timed(lambda: build_index(deck, out))
    command = [
        sys.executable,
        "-m",
        "site_builder.cli",
        "build",
        "--root",
        str(root / "content"),
        "--site-dir",
        str(site),
    ]
    subprocess.run(command, check=True, capture_output=True)
    index = Index(lambda address: (site / address).read_bytes())
    slices, names = wanted(entries, tries)
    found = [[set(index.keys(index.candidates(word))) for _, word in pairs] for pairs in (slices, names)]
    costs = list(search_browser.ours(site, queries(entries)))
    opened = tuple(search_browser.typed(site, queries(entries)))
    size, files = weight((site / "search/v1").rglob("*"))
    first, second = (tuple(pair[at] for pair in costs) for at in (0, 1))
    recall = (share(slices, found[0]), share(names, found[1]))
    return Row("ours", entries, seconds, cpu, size, files, first, second, *recall, tries, opened)


def page_of(sample: Sample) -> str:
    """The same title, facts and text as a bare page."""
    facts = "".join(f"<p>{html.escape(value)}</p>" for _, value in sample.facts[1:])
    return (
        f"<!doctype html><html lang=zh-CN><title>{sample.title}</title>"
        f"<main data-pagefind-body><h1>{sample.title}</h1>{facts}<p>{sample.body}</p></main>"
    )


def write_bare(root: Path, entries: int, *, words: int = 0) -> None:
    """The corpus as bare pages, and one without content on which a search can be called."""
    for sample in samples(entries, words=words):
        path = root / sample.kind / sample.id / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(page_of(sample), encoding="utf-8")
    (root / "empty.html").write_text("<!doctype html><html lang=zh-CN><title>empty</title>", encoding="utf-8")


def pagefind(root: Path, entries: int, *, tries: int) -> Row:
    """Pagefind (extended) over bare pages of the same titles, facts and texts."""
    write_bare(root, entries)
    command = [sys.executable, "-m", "pagefind", "--site", str(root)]
    seconds, cpu = timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    costs = list(search_browser.pagefind(root, queries(entries)))
    slices, names = wanted(entries, tries)
    found = search_browser.found_by_pagefind(root, [word for _, word in (*slices, *names)])
    size, files = weight((root / "pagefind").rglob("*"))
    first, second = (tuple(pair[at] for pair in costs) for at in (0, 1))
    recall = (share(slices, found[:tries]), share(names, found[tries:]))
    return Row("Pagefind", entries, seconds, cpu, size, files, first, second, *recall, tries)


def material(root: Path, entries: int, *, tries: int) -> Row:
    """Material's own search: what a build with it takes more than one without."""
    runs = []
    for search in (False, True):
        write_mkdocs(root, entries, search=search)
        command = [sys.executable, "-m", "mkdocs", "build", "-q"]
        runs.append(timed(lambda: subprocess.run(command, check=True, cwd=root, stdout=subprocess.DEVNULL)))  # noqa: B023  # called at once
    (bare, bare_cpu), (seconds, cpu) = runs
    site = root / "site"
    slices, names = wanted(entries, tries)
    found = search_browser.found_by_material(site, [word for _, word in (*slices, *names)])
    cost = search_browser.material(site, QUERIES[0])
    size, files = weight((site / "search").rglob("*"))
    recall = (share(slices, found[:tries]), share(names, found[tries:]))
    return Row("Material", entries, seconds - bare, cpu - bare_cpu, size, files, (cost,), (), *recall, tries)


def to_pagefind(mine: Mapping[int, Row], theirs: Mapping[int, Row]) -> Iterator[str]:
    """Our time and bytes as parts of Pagefind's, size by size."""
    for entries, row in mine.items():
        other = theirs[entries]
        yield (
            f"{entries:,} entries, ours to Pagefind: indexing {row.seconds / other.seconds:.2f} "
            f"(CPU {row.cpu / other.cpu:.2f}), first query {row.bytes / other.bytes:.2f}, "
            f"time to first result on an open page {row.wait_open / other.wait_open:.2f}"
        )


def dearest(rows: Mapping[int, Row]) -> Iterator[str]:
    """The first query that costs most, size by size."""
    for entries, row in rows.items():
        cost, query = max(zip((one.size for one in row.first), queries(entries), strict=False))
        yield f"{row.name} at {entries:,} entries: the dearest first query is {query}, {cost / 1e3:.1f} kB"


def growth(mine: Mapping[int, Row]) -> Iterator[str]:
    """How bytes of a first query and indexing grow from one size to the next."""
    for (fewer, before), (more, after) in pairwise(sorted(mine.items())):
        yield (
            f"ours at {more:,} to {fewer:,} entries: first query {after.bytes / before.bytes:.2f}, "
            f"indexing CPU {after.cpu / before.cpu:.2f}"
        )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[2000])
    parser.add_argument("--material", type=int, default=2000, help="the most entries that Material is tried with")
    parser.add_argument("--slices", type=int, default=SLICES, help="how many slices recall is of")
    given = parser.parse_args()
    print(HEAD, flush=True)
    rows: dict[str, dict[int, Row]] = {}
    for entries in given.entries:
        for contest in (ours, pagefind, material) if entries <= given.material else (ours, pagefind):
            with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
                row = contest(Path(scratch), entries, tries=given.slices)
            rows.setdefault(row.name, {})[entries] = row
            print(row.line(), flush=True)
    print()
    lines = [*to_pagefind(rows["ours"], rows["Pagefind"]), *growth(rows["ours"])]
    lines += [line for name in ("ours", "Pagefind") for line in dearest(rows[name])]
    left_out = [f"{entries:,}" for entries in given.entries if entries > given.material]
    if left_out:
        lines.append(f"Material was not tried at {', '.join(left_out)} entries: --material {given.material}")
    for line in lines:
        print(f"- {line}")


if __name__ == "__main__":
    main()
