"""Numbers of entries come in; one table for each goes out: this builder and its peers on the same corpus, cold, unchanged, edited.

    pip install -c constraints.txt -e '.[bench]'
    pip install zensical                        # in an environment of its own, whose bin/ is on PATH; optional
    npm install @11ty/eleventy                  # optional
    python benchmarks/build.py --entries 2000 [10000 …] [--rounds 3] [--pictures 0] [--only hugo …] [--once mkdocs zensical …]

Tools take turns. In every round each builds from nothing, builds again with nothing changed, after a sentence was added to
the text of a result, after its title was changed, after the name of a person was, which many pages say, and after one more
sentence; what ``--once`` names builds from nothing, once in all. The sizes after ``--larger`` are built from nothing, once, by
all that ``--once`` does not name.
How builds grow from size to size comes last. Above the tables stands what ran: cores, Python and how it was built, versions.

This builder has two rows: with everything on, and without open data, which no peer makes. Hugo has two projects: one of plain
pages, and one whose pages say what ours say (``comparable.py``); Pagefind follows the one at every step, the other when it builds
from nothing, where it indexes the entries alone. What is not installed is named and left out. Seconds depend on
the machine and its load: read ratios, then CPU seconds. The memory is that of the largest process, and that of all together,
looked at once a second. All is written below the directory for temporary files (``TMPDIR``) and removed.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import MappingProxyType

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cold import Run, run
from conditions import conditions
from contests import PEERS, Contest, contests, indexed
from corpus import Sample, samples
from results import MADE_BY_US, STEPS, Measured, Results, growth, table

EDITS: Mapping[str, str] = MappingProxyType(
    {"body": "project", "title": "project", "person": "craftsman", "again": "project"}
)
"""Step → the kind whose first entry is edited."""
TEXTS = ("body", "again")
"""Steps that edit its text: first after a build from nothing, when this builder makes the twin of its site, and later."""
FEWEST = 3
"""Entries of which one is a result and one a person."""
CACHES = ("site", ".cache", "resources", ".hugo_build.lock")
SENTENCE = "\n为测量而添的一句话，第{0}次。\n"


def edited(path: Path, step: str, *, title: str, turn: int) -> None:
    """Adds a sentence to an entry, or gives it another title; Markdown with YAML or JSON before it, or with a heading."""
    text = path.read_text(encoding="utf-8")
    if step in TEXTS:
        path.write_text(text + SENTENCE.format(turn), encoding="utf-8")
        return
    before = f"{title}改{turn - 1}" if turn > 1 else title
    if before not in text:
        raise SystemExit(f"{path} does not have the title {before}")
    path.write_text(text.replace(before, f"{title}改{turn}", 1), encoding="utf-8")


def edited_ones(entries: int) -> Mapping[str, Sample]:
    """Step → the entry that it edits, by every tool."""
    first: dict[str, Sample] = {}
    for sample in samples(entries):
        first.setdefault(sample.kind, sample)
    return {step: first[kind] for step, kind in EDITS.items() if kind in first}


def measured(contest: Contest, root: Path, *, step: str) -> Iterator[tuple[str, Run, tuple[float, float]]]:
    """The run of a step; where Pagefind belongs to it also that with it behind."""
    if step == "cold":
        for cache in CACHES:
            shutil.rmtree(root / cache, ignore_errors=True)
    shutil.rmtree(root / "site" / "pagefind", ignore_errors=True)
    one = run(contest.commands[0], root, fresh=False)
    yield contest.name, one, weight(root / "site")
    for command in contest.commands[1:] if step in contest.searched else ():
        more = run(command, root, fresh=False)
        peaks = max(one.peak, more.peak), one.pages, max(one.together, more.together)
        both = Run(one.wall + more.wall, one.cpu + more.cpu, *peaks)
        yield indexed(contest.name), both, weight(root / "site")


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
    changed = edited_ones(entries)
    for at, (turn, step) in enumerate(turns):
        for one in (one for one in found if not (at and one.peer in once)):
            if sample := changed.get(step):
                edited(roots[one.name] / one.place(sample), step, title=sample.title, turn=turn)
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
    if min(*given.entries, *given.larger, FEWEST) < FEWEST:
        parser.error(f"{FEWEST} entries are the fewest among which there is a result and a person")
    asked = {name: command for one in found for name, command in one.versions.items()}
    print(*conditions(asked), sep="\n", end="\n\n", flush=True)
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
