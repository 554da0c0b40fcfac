"""Runs of every tool and step come in; tables of Markdown go out: medians, ours to each peer's, one size to the one before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from cold import Run

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "cold": "Cold",
        "same": "Nothing changed",
        "body": "One text edited",
        "title": "A result's title edited",
        "person": "A person's name edited",
        "again": "The text edited once more",
    }
)
OURS = "exhibition"
COMPARABLE = "exhibition, no open data"
"""The same with what the peers make: pages, lists, facets, and search and feeds, which they do not."""
MADE_BY_US = (OURS, COMPARABLE)
NOT_RUN = "not run"


@dataclass(frozen=True)
class Measured:
    """Runs of one step of one tool, and what the last one left: pages, MB of HTML, MB in all."""

    runs: tuple[Run, ...]
    html: float = 0
    size: float = 0

    def of(self, name: str) -> float:
        """The median of one figure."""
        return median(getattr(one, name) for one in self.runs)


Results = dict[tuple[str, str], Measured]
"""By tool and step; what was not run is not there."""


def table(results: Results, entries: int) -> Iterator[str]:
    """Medians of each tool, and for each row of ours its share of each peer's."""
    names, steps = (list(dict.fromkeys(key[at] for key in results)) for at in (0, 1))
    heads, first = [STEPS[step] for step in steps], steps[0]
    yield f"### {entries:,} entries, medians of {len(results[OURS, first].runs)}\n"
    figures = "Peak, MiB | Together, MiB | Pages | HTML, MB | All, MB | CPU, ms a page | CPU, s a MB of HTML"
    yield f"| Tool | {' | '.join(f'{head}, s (CPU)' for head in heads)} | {figures} |"
    yield f"| --- |{' --: |' * (len(heads) + 7)}"
    for name in names:
        cells = [_seconds(results.get((name, step))) for step in steps]
        made = next(results[name, step] for step in steps if (name, step) in results)
        cells += [f"{_most(results, name, 'peak'):.0f}", f"{_most(results, name, 'together'):.0f}"]
        cells += [f"{made.of('pages'):,.0f}", f"{made.html:.1f}", f"{made.size:.1f}"]
        cells += [f"{1000 * made.of('cpu') / made.of('pages'):.2f}", f"{made.of('cpu') / made.html:.3f}"]
        yield f"| {name} | {' | '.join(cells)} |"
    for ours in (name for name in names if name in MADE_BY_US):
        yield f"\n| {ours} to | {' | '.join(f'{head}, wall (CPU)' for head in heads)} | Peak |"
        yield f"| --- |{' --: |' * (len(heads) + 1)}"
        for name in (name for name in names if name not in MADE_BY_US):
            cells = [_ratio(results.get((ours, step)), results.get((name, step))) for step in steps]
            peak = _most(results, ours, "peak") / _most(results, name, "peak")
            yield f"| {name} | {' | '.join(cells)} | {peak:.2f} |"


def growth(sizes: Mapping[int, Results]) -> Iterator[str]:
    """Cold builds of each size to those of the size before, by tool; nothing where there is one size only."""
    ordered = sorted(sizes)
    for smaller, larger in pairwise(ordered):
        yield f"\n| {larger:,} / {smaller:,} entries, cold | wall (CPU) | Peak | Together |"
        yield "| --- | --: | --: | --: |"
        for name in dict.fromkeys(tool for tool, step in sizes[larger] if step == "cold"):
            before, after = (sizes[size].get((name, "cold")) for size in (smaller, larger))
            if before and after:
                shares = [
                    f"{after.of(figure) / before.of(figure):.2f}"
                    for figure in ("peak", "together")
                    if before.of(figure)
                ]
                yield f"| {name} | {_ratio(after, before)} | {' | '.join(shares)} |"


def _seconds(measured: Measured | None) -> str:
    return f"{measured.of('wall'):.2f} ({measured.of('cpu'):.2f})" if measured else NOT_RUN


def _ratio(ours: Measured | None, theirs: Measured | None) -> str:
    if not (ours and theirs):
        return NOT_RUN
    return f"{ours.of('wall') / theirs.of('wall'):.2f} ({ours.of('cpu') / theirs.of('cpu'):.2f})"


def _most(results: Results, name: str, figure: str) -> float:
    return max(done.of(figure) for (tool, _), done in results.items() if tool == name)
