"""The text of a cell comes in; the raw value of its field goes out."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from site_builder.exchange.cells import form_of, head_of
from site_builder.exchange.honours import awards_in, honours_in, indicators_said, patents_in
from site_builder.exchange.lists import bare, items_of
from site_builder.exchange.people import names_in, people_in, units_in, unsealed, whole_name
from site_builder.exchange.scalars import count_read, date_read, money_read, span_read, text_read, year_read
from site_builder.exchange.ticks import ticked
from site_builder.model.declaration import WEIGHT_BODY, DeclaredField, fields_of, marks_of
from site_builder.model.marks import Before
from site_builder.model.values import (
    AwardGiven,
    HonourHeld,
    Indicator,
    OrganisationCredit,
    Patent,
    Period,
    PersonCredit,
)

_BAR = re.compile(r"(?<!\\)(?:\\\\)*[｜|]")
_PART = re.compile(r"((?:\\.|[^\\｜|])*\\?)(?:[｜|]|$)", re.DOTALL)
_LABELLED = re.compile(r"\s*([^：:]{1,12})[：:](.*)", re.DOTALL)
Reader = Callable[[str], list[dict[str, str]]]
_HABITS: Mapping[type, Reader] = MappingProxyType(
    {
        PersonCredit: people_in,
        OrganisationCredit: units_in,
        AwardGiven: awards_in,
        HonourHeld: honours_in,
        Patent: patents_in,
        Indicator: indicators_said,
    }
)
"""How people write records that are not in the notation of this module."""
_CRAFTSMAN = ("craftsman",)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def read(text: str, field: DeclaredField, *, unit: str = "", value: object = None) -> object:
    """The raw value of a cell as a file holds it; ``unit`` is the heading's, ``value`` the cell's own where it is no text.

    Lenient: what cannot be read comes back as it is, and validation says what is wrong with it.
    """
    form = form_of(field)
    if form == "records":
        return records_in(text, field)
    if form == "record":
        return record_in(text, field, unit=unit, value=value)
    if form == "list":
        items = items_of(ticked(text), separators=_separators(field))
        names = field.refers == _CRAFTSMAN and not in_notation(text)
        return [name for item in items for name in names_in(item)] if names else items
    if form == "text" and field.refers:
        text = whole_name(text) if field.refers == _CRAFTSMAN else unsealed(text)
    return _scalar(text, form, unit=unit, value=value)


def judged(value: object, field: DeclaredField) -> None:
    """Raises ``PydanticCustomError`` for what the field's own reader of sums, numbers, years and dates refuses."""
    if form_of(field) in {"money", "count", "year", "date", "flag"} and value != "":
        for mark in marks_of(field.type):
            if isinstance(mark, Before):
                mark.func(value)


def in_notation(text: str) -> bool:
    """Whether a cell was written in the notation of this module, which leaves nothing unsaid."""
    return text.startswith("• ") or bool(_BAR.search(text))


def _separators(field: DeclaredField) -> str:
    prose = field.declared.weight == WEIGHT_BODY and not field.declared.vocabulary
    return "；;" if prose else "；;、，" if field.refers else "；;、"


def _scalar(text: str, form: str, *, unit: str = "", value: object = None) -> str:
    match form:
        case "money":
            return money_read(text, unit)
        case "count":
            return count_read(text)
        case "year":
            return year_read(text, value)
        case "date":
            return date_read(text, value)
        case "flag":
            return "是" if ticked(text) in {"√", "☑", "✓"} else ticked(text)
    return text_read(bare(ticked(text)))


def records_in(text: str, field: DeclaredField) -> list[dict[str, Any]]:
    """The records of a cell: in our notation where it has bars, else as people write them."""
    habit = _HABITS.get(field.record)
    if not _BAR.search(text) and not text.startswith("• ") and habit:
        return habit(text)
    lines = items_of(text) if text.startswith("• ") else [line for line in text.split("\n") if line.strip()]
    if not _BAR.search(text) and not text.startswith("• "):
        lines = items_of(text)
    return [_record(line, field.record) for line in lines]


def record_in(text: str, field: DeclaredField, *, unit: str = "", value: object = None) -> object:
    """One record: a span of time, a sum with its unit, or labelled parts."""
    if _BAR.search(text):
        return _record(text, field.record)
    if field.record is Period:
        return span_read(text, value)
    names = {part.name for part in fields_of(field.record)}
    if {"total", "note"} <= names:
        money = money_read(text, unit)
        return {"total" if money_is_plain(money) else "note": money}
    return _record(text, field.record)


def money_is_plain(text: str) -> bool:
    """Whether the model reads a text as a sum."""
    return bool(re.fullmatch(r"[约近]?-?[\d,]+(?:\.\d+)?(?:千元|百万元|万元|亿元|元|万|亿)?", text))


def _record(text: str, record: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, part in enumerate(_parts(text)):
        labelled = _LABELLED.fullmatch(part)
        field = _field_named(record, labelled[1]) if labelled and (place or _field_named(record, labelled[1])) else None
        if place == 0 and part.strip() and field is None:
            found[head_of(record)] = _head_value(record, part)
        elif field is not None and labelled:
            found[field.name] = _scalar_of(_unescaped(labelled[2].strip()), field)
        elif part.strip():
            found[part.strip()] = ""  # validation says that there is no such field
    return found


def _parts(text: str) -> list[str]:
    """The parts between bars; a backslash takes the meaning of the sign behind it away."""
    parts = [found[1] for found in _PART.finditer(text)]
    return parts if text.endswith(("｜", "|")) and not parts[-1] else parts[:-1] or [text]


def _head_value(record: type, part: str) -> object:
    field = next(one for one in fields_of(record) if one.name == head_of(record))
    return _scalar_of(_unescaped(part.strip()), field)


def _scalar_of(text: str, field: DeclaredField) -> object:
    form = form_of(field)
    if form == "list":
        return items_of(text)
    return bare(text) if form == "text" else _scalar(text, form)


@cache
def _field_named(record: type, word: str) -> DeclaredField | None:
    return next(
        (one for one in fields_of(record) if word.strip() in (one.declared.label, *one.declared.headings, one.name)),
        None,
    )
