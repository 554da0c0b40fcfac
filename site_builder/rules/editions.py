"""All editions come in; those whose years overlap go out."""

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.rules.finding import Outcome, finding
from site_builder.rules.inspection import Inspection
from site_builder.rules.table import rule_named

_YEAR = re.compile(r"(?:19|20)\d{2}")


def years_of(text: str) -> tuple[int, int] | None:
    """First and last year of ``2022—2023`` or ``2022``; ``2014年以前`` begins in 0, ``2014年以来`` never ends."""
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return None
    if "以前" in text or "之前" in text:
        return 0, years[0] - 1
    return (years[0], 9999) if "以来" in text or "起" in text else (years[0], years[-1])


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for all editions but the permanent one."""
    spans: list[tuple[tuple[int, int], Entry]] = []
    for entry in inspection.shown("edition"):
        span = years_of(entry.data.years or "")
        if span and not entry.data.permanent:
            spans.append((span, entry))
    spans.sort(key=lambda pair: (pair[0], pair[1].id))
    found = tuple(
        finding(
            "edition-overlap",
            Place(later.source, ("years",)),
            says=f"“{later.title}”收录 {later.data.years}，与“{earlier.title}”的 {earlier.data.years} 重叠",
        )
        for ((_, end), earlier), ((start, _), later) in pairwise(spans)
        if start <= end
    )
    yield Outcome("", "展期的收录年份不重叠", rule_named("edition-overlap").reference, f"展期 {len(spans)} 个", found)
