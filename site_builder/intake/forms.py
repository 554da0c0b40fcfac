"""A cell comes in; what it says goes out: names, honours, sources, sentences, each form a function."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from site_builder.intake.clauses import figures_in, indicators_in
from site_builder.intake.mapping import Rule
from site_builder.intake.references import sources_in
from site_builder.model.frozen import frozen
from site_builder.model.grades import split_group


@frozen
class Cell:
    """What stands in a cell, and what stands beside it in the row."""

    text: str
    row: Mapping[str, str]


Form = Callable[[Cell, Rule], Any]

_PARTS = re.compile(r"(?:(?<!\s)\s+)?[;；]\s*")
_TEAM = re.compile(r"^(.+组)(第[一二三四五]名|前[三五十]名)$")
_SESSION = re.compile(r"^(首届|首批|第[〇零一二三四五六七八九十百\d]+[届批])(.+)$")
_YEAR_FIRST = re.compile(r"^(\d{4})年(?:度)?(.+)$")
_BRACKET = re.compile(r"^(.+?)（([^（）]+)）$")
_YEARS = re.compile(r"^\d{4}(?:年度?)?(?:、\d{4}(?:年度?)?)*$")
_SESSION_ONLY = re.compile(r"^(?:首届|首批|第[〇零一二三四五六七八九十百\d]+[届批])$")
_PATENT = re.compile(r"^(?:获)?(?:国家)?(发明|实用新型|外观设计)专利(?:(\d+)项)?$")
_STOPS = ("。", "！", "？", "…", "”")


def parts_of(text: str) -> list[str]:
    """The parts of a cell, which tables separate by semicolons."""
    return [part for part in _PARTS.split(text.strip()) if part]


def text(cell: Cell, rule: Rule) -> object:
    """The cell as it is, or what the mapping writes instead."""
    return rule.values.get(cell.text, cell.text)


def words(cell: Cell, rule: Rule) -> list[Any]:
    """A list; a part may stand for several terms."""
    found: list[Any] = []
    for part in parts_of(cell.text):
        value = rule.values.get(part, part)
        found += value if isinstance(value, list) else [value]
    return [value for value in found if value]


def sentence(cell: Cell, _: Rule) -> str:
    """Clauses joined by Chinese semicolons, ended with a full stop."""
    joined = clauses(cell, _)
    return joined if joined.endswith(_STOPS) else f"{joined}。"


def clauses(cell: Cell, _: Rule) -> str:
    """Clauses joined by Chinese semicolons."""
    return "；".join(parts_of(cell.text))


def people(cell: Cell, _: Rule) -> list[dict[str, str]]:
    """People in the order of the source, each as published: 张三, 张三等3人, 张三团队."""
    return [{"person": part} for part in parts_of(cell.text)]


def grade(cell: Cell, rule: Rule) -> dict[str, str]:
    """A grade and, where one is named, its group: 一等奖（小发明类）, 医疗组第一名."""
    name, group = split_group(rule.values.get(cell.text, cell.text))
    found = _TEAM.match(name)
    if found and not group:
        group, name = found[1], found[2]
    return {"grade": name, **({"group": group} if group else {})}


def patents(cell: Cell, _: Rule) -> list[dict[str, str]]:
    """Patents by type and number, where the text says no more than that."""
    found = [_PATENT.match(part) for part in re.split(r"[、；;]", cell.text)]
    return (
        [{"type": one[1], **({"count": one[2]} if one[2] else {})} for one in found if one]
        if all(found)
        else [{"title": cell.text}]
    )


def honours(cell: Cell, rule: Rule) -> list[dict[str, str]]:
    """Honours with session, year and note: 全国劳动模范（4次）, 第十六届全国技术能手, 云岭工匠（2017）."""
    found = [honour for part in parts_of(cell.text) for honour in _honours(part, rule)]
    given = cell.row.get(rule.beside.get("year", ""), "")
    undated = next((honour for honour in found if "year" not in honour), None)
    if given and undated is not None and not any(honour.get("year") == given for honour in found):
        undated["year"] = given
    return found


def _honours(part: str, rule: Rule) -> list[dict[str, str]]:
    if part in rule.values:
        return [dict(rule.values[part])] if isinstance(rule.values[part], Mapping) else [{"honour": rule.values[part]}]
    honour: dict[str, str] = {}
    years: list[str] = []
    bracket = _BRACKET.match(part)
    if bracket:
        part = bracket[1]
        if _YEARS.match(bracket[2]):
            years = re.findall(r"\d{4}", bracket[2])
        else:
            honour["session" if _SESSION_ONLY.match(bracket[2]) else "note"] = bracket[2]
    dated, counted = _YEAR_FIRST.match(part), _SESSION.match(part)
    if dated:
        years, part = [dated[1]], dated[2].strip()
    elif counted:
        honour["session"], part = counted[1], counted[2]
    name = rule.values.get(part, part)
    honour = {**({"honour": name} if isinstance(name, str) else name), **honour}
    return [{**honour, "year": year} for year in years] or [honour]


def sources(cell: Cell, rule: Rule) -> list[dict[str, str]]:
    """Sources with title, outlet, date and address; their kind stands in a column of its own."""
    whole = cell.text
    for words_to_drop in rule.ignore:
        whole = whole.replace(words_to_drop, "")
    kind = cell.row.get(rule.beside.get("kind", ""), "")
    value = rule.values.get(kind, kind)
    return sources_in(whole, kinds=value if isinstance(value, list) else [value], hosts=tuple(rule.hosts))


def figures(cell: Cell, rule: Rule) -> list[dict[str, str]]:
    """Numbers worth showing large, where a clause is no more than label, number and unit."""
    return figures_in(cell.text, ignore=rule.ignore)


def indicators(cell: Cell, _: Rule) -> list[dict[str, str]]:
    """Indicators before and after."""
    return indicators_in(cell.text)


def extract(cell: Cell, rule: Rule) -> str | None:
    """The first match of a pattern, its groups joined by hyphens."""
    found = re.search(rule.pattern, cell.text)
    return "-".join(part for part in found.groups() if part) if found else None


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.__name__: form
        for form in (
            *(text, words, sentence, clauses, people, grade),
            *(patents, honours, sources, figures, indicators, extract),
        )
    }
)
"""Name of a form in a mapping file → the function that reads it."""
