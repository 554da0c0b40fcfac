"""The benefit of results comes in; sums, years and texts that contradict each other go out."""

import re
from collections.abc import Iterator
from itertools import combinations

from site_builder.model.entry import Entry
from site_builder.model.habits import sum_in_wan
from site_builder.model.problems import Place
from site_builder.model.values import Benefit
from site_builder.model.wording import sum_said
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import RESULTS, Inspection
from site_builder.rules.table import rule_named

TOLERANCE = 0.01
"""Sums are rounded when they are reported: one per cent either way is no contradiction."""
_PARTS = ("sales", "profit", "tax", "exports", "savings")
_MONEY = re.compile(r"(?<!\d)(\d++(?:\.\d++)?)\s*+(?:(?:余|多)\s*+)?(千元|百万元|万元|亿元)")
_FACTORS = (1e4, 1e-4)
_TEXTS = ("summary", "application", "record")


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for the benefits of all results."""
    entries = [entry for entry in inspection.shown(*RESULTS) if entry.data.benefit]
    found = tuple(one for entry in entries for one in _contradictions(entry))
    source = rule_named("benefit-sum").reference
    yield Outcome("", "效益数字前后一致", source, f"写了效益的成果 {len(entries)} 项", found)


def _contradictions(entry: Entry) -> Iterator[Finding]:
    benefit: Benefit = entry.data.benefit
    yield from _sum(entry, benefit)
    yield from _annual(entry, benefit)
    yield from _units(entry, benefit)


def _sum(entry: Entry, benefit: Benefit) -> Iterator[Finding]:
    """The forms do not say which columns make up the total, so any choice of whole columns may."""
    columns = [[getattr(year, part) or 0.0 for year in benefit.by_year] for part in _PARTS]
    sums = [sum(column) for column in columns if any(column)]
    if benefit.total is None or not sums:
        return
    choices = [sum(chosen) for size in range(1, len(sums) + 1) for chosen in combinations(sums, size)]
    if not any(_near(benefit.total, choice) for choice in choices):
        message = f"“{entry.title}”分年效益合计 {sum_said(sum(sums))}，累计经济效益写 {sum_said(benefit.total)}"
        yield finding("benefit-sum", Place(entry.source, ("benefit", "total")), says=message)


def _annual(entry: Entry, benefit: Benefit) -> Iterator[Finding]:
    if benefit.annual is None:
        return
    place = Place(entry.source, ("benefit", "annual"))
    if benefit.total is not None and benefit.annual > benefit.total * (1 + TOLERANCE):
        message = f"“{entry.title}”年经济效益 {sum_said(benefit.annual)}，比累计的 {sum_said(benefit.total)} 还多"
        yield finding("benefit-annual", place, says=message)
    for year in benefit.by_year:
        sums = [value for part in _PARTS if (value := getattr(year, part))]
        choices = [sum(chosen) for size in range(1, len(sums) + 1) for chosen in combinations(sums, size)]
        if year.year == benefit.year and choices and not any(_near(benefit.annual, choice) for choice in choices):
            message = f"“{entry.title}”{year.year} 年经济效益写 {sum_said(benefit.annual)}，分年效益合计 {sum_said(sum(sums))}"
            yield finding("benefit-annual", place, says=message)


def _units(entry: Entry, benefit: Benefit) -> Iterator[Finding]:
    """The same digits with 万 in one place and 亿 in the other."""
    texts = [benefit.note or "", *(entry.get(field) or "" for field in _TEXTS), *entry.data.effects]
    said = [(found[0], sum_in_wan(found[1] + found[2]) or 0.0) for text in texts for found in _MONEY.finditer(text)]
    for field in ("annual", "total", "investment"):
        given = getattr(benefit, field)
        wrong = next((words for words, wan in said if given and any(_near(given * by, wan) for by in _FACTORS)), None)
        if wrong and not any(_near(given, wan) for _, wan in said):
            message = f"“{entry.title}”字段里是 {sum_said(given)}，文字里是 {wrong}"
            yield finding("benefit-unit", Place(entry.source, ("benefit", field)), says=message)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other), 0.01)
