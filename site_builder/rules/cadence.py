"""Awards with a cadence come in; sessions that came too early or too late, or are missing, go out."""

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection

_ORDINAL = re.compile(r"第?([一二三四五六七八九十]{1,3}|\d{1,3}|首)[届批]")
_DIGITS = "〇一二三四五六七八九"


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each award that says how often it is given."""
    for award in inspection.shown("award"):
        years = award.data.cadence
        if years:
            dated = sorted((one.year, index) for index, one in enumerate(award.data.sessions) if one.year)
            found = (*_gaps(award, dated), *_overdue(inspection, award, dated=dated))
            seen = "、".join(f"{award.data.sessions[index].name}（{year}年）" for year, index in dated)
            yield Outcome(award.key, every(years), "；".join(award.data.basis), seen or "没有记录", found)


def every(years: int) -> str:
    """A cadence in words."""
    return "每年一届" if years == 1 else f"每 {years} 年一届"


def ordinal_of(name: str) -> int | None:
    """The number of a session from its name: ``第十二届`` → 12, ``首届`` → 1, ``2016年度`` → None."""
    found = _ORDINAL.search(name)
    if not found:
        return None
    text = found[1]
    if text.isdigit():
        return int(text)
    if text == "首":
        return 1
    tens, ten, units = text.rpartition("十")
    digits = [_DIGITS.find(part) if len(part) == 1 else -1 for part in (tens, units) if part]
    if -1 in digits:
        return None  # 十十, 二三: no session has this number
    return (_DIGITS.find(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.find(units) if units else 0)


def _gaps(award: Entry, dated: list[tuple[int, int]]) -> Iterator[Finding]:
    basis = "；".join(award.data.basis)
    for (before, first), (after, second) in pairwise(dated):
        names = [award.data.sessions[index].name for index in (first, second)]
        gap, place = after - before, Place(award.source, ("sessions", second, "year"))
        numbers = [ordinal_of(name) for name in names]
        adjacent = None not in numbers and numbers[1] == (numbers[0] or 0) + 1
        said = f"“{award.title}”{every(award.data.cadence)}，{names[0]}是 {before} 年，{names[1]}是 {after} 年"
        if 0 < gap < award.data.cadence:
            yield finding("session-early", place, says=f"{said}，只隔 {gap} 年", basis=basis)
        elif gap > award.data.cadence:
            code = "session-late" if adjacent else "session-missing"
            yield finding(code, place, says=f"{said}，隔了 {gap} 年{'' if adjacent else '，中间没有记录'}", basis=basis)


def _overdue(inspection: Inspection, award: Entry, *, dated: list[tuple[int, int]]) -> Iterator[Finding]:
    data, basis = award.data, "；".join(award.data.basis)
    if not dated:
        if data.since is None or data.since + data.cadence <= inspection.year:
            message = f"“{award.title}”{every(data.cadence)}，没有任何一届的年份记录"
            yield finding("session-missing", Place(award.source, ("cadence",)), says=message, basis=basis)
        return
    last, index = dated[-1]
    if last + data.cadence < inspection.year:
        message = (
            f"“{award.title}”{every(data.cadence)}，最近一届的记录是 {last} 年，到 {inspection.year} 年没有新的一届"
        )
        yield finding("session-overdue", Place(award.source, ("sessions", index)), says=message, basis=basis)
