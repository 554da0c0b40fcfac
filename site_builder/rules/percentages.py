"""Numbers before and after come in, from fields and from sentences; percentages that do not follow from them go out."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import RESULTS, Inspection
from site_builder.rules.table import rule_named

TOLERANCE = 1.0
"""Points: percentages are rounded when they are written."""
_NUMBER = r"(\d+(?:\.\d+)?)\s*([^\d\s，。；、,;（）()]{0,4}?)"
_CHANGE = re.compile(
    rf"(?:由|从)\D{{0,8}}?{_NUMBER}\s*(?:左右|以上)?\s*(?:提高|提升|增加|上升|缩短|降低|减少|下降|压缩|降|减|缩|增|升)?(?:到|至|为)\s*{_NUMBER}"
    r"[，,、（(]\s*\D{0,8}?(提高|提升|增加|增长|缩短|降低|减少|下降|节约|节省)了?\s*(?:约|近)?\s*(\d+(?:\.\d+)?)\s*%(?!\s*以上)"
)
_VALUE = re.compile(r"^\s*(?:(?:约|近)\s*)?(\d+(?:\.\d+)?)\s*([^\d\s（(，,]*)")
_SAID = re.compile(r"(提高|提升|增加|增长|缩短|降低|减少|下降|节约|节省)了?\s*(?:约|近)?\s*(\d+(?:\.\d+)?)\s*%")
_TIMES = MappingProxyType(
    {"秒": 1.0, "分": 60.0, "分钟": 60.0, "小时": 3600.0, "时": 3600.0, "天": 86400.0, "日": 86400.0}
)
_TEXTS = ("summary", "problem", "measures", "application", "record")


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for the percentages of all results."""
    entries = tuple(inspection.shown(*RESULTS))
    found = tuple(one for entry in entries for one in (*_in_indicators(entry), *_in_texts(entry)))
    source = rule_named("percent-wrong").reference
    yield Outcome("", "百分比与前后数字相符", source, f"核对了 {len(entries)} 项成果", found)


def _in_indicators(entry: Entry) -> Iterator[Finding]:
    for index, indicator in enumerate(entry.data.indicators):
        before, after = _VALUE.match(indicator.before or ""), _VALUE.match(indicator.after)
        said = _SAID.search(indicator.after) or _SAID.search(indicator.name)
        if before and after and said:
            # a unit that stands once holds for both
            units = (before[2] or after[2], after[2] or before[2])
            numbers = (float(before[1]), float(after[1]))
            yield from _wrong(
                entry, ("indicators", index), numbers=numbers, units=units, said=(said[1], float(said[2]))
            )


def _in_texts(entry: Entry) -> Iterator[Finding]:
    texts: list[tuple[tuple[str | int, ...], str]] = [((field,), entry.get(field) or "") for field in _TEXTS]
    texts += [(("effects", index), text) for index, text in enumerate(entry.data.effects)]
    if entry.data.benefit and entry.data.benefit.note:
        texts.append((("benefit", "note"), entry.data.benefit.note))
    for path, text in texts:
        for found in _CHANGE.finditer(text) if "%" in text else ():
            numbers, said = (float(found[1]), float(found[3])), (found[5], float(found[6]))
            yield from _wrong(
                entry, path, numbers=numbers, units=(found[2] or found[4], found[4] or found[2]), said=said
            )


def _wrong(
    entry: Entry,
    path: tuple[str | int, ...],
    *,
    numbers: tuple[float, float],
    units: tuple[str, str],
    said: tuple[str, float],
) -> Iterator[Finding]:
    """Differences of percentages may be meant in points, and more of something by speed; both are let pass."""
    before, after = (number * _TIMES.get(unit, 1.0) for number, unit in zip(numbers, units, strict=True))
    same = units[0] == units[1] or (units[0] in _TIMES and units[1] in _TIMES)
    if not same or not before or not after or "%" in units[0]:
        return
    change = abs(after - before) / before * 100
    inverse = abs(after - before) / after * 100
    if min(abs(change - said[1]), abs(inverse - said[1])) > TOLERANCE:
        course = f"由 {numbers[0]:g}{units[0]} 到 {numbers[1]:g}{units[1]}"
        message = f"“{entry.title}”{course}，应是 {change:.1f}%，写的是{said[0]} {said[1]:g}%"
        yield finding("percent-wrong", Place(entry.source, path), says=message)
