"""The fields of an entry as its cells say them come in; records that lack what they need are mended or told, in place."""

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.exchange.raw import Raw
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.problems import Problem
from site_builder.sheets.sheet import Cell

_YEARS = frozenset({"year"})


def completed(raw: Raw, fields: dict[str, Any], *, cells: Mapping[str, Cell]) -> list[Problem]:
    """Completes the fields: a year alone is the entry's own, anything else without its head is a fault."""
    problems = list(_records(raw, fields, cells=cells))
    _finished(raw, fields)
    return problems


def _records(raw: Raw, fields: dict[str, Any], *, cells: Mapping[str, Cell]) -> Iterator[Problem]:
    for declared in fields_of(raw.kind.model):
        records = fields.get(declared.name)
        needed = [part for part in fields_of(declared.record) if part.required] if declared.record else []
        if not needed or not isinstance(records, list):
            continue
        whole = []
        for record in records:
            lacking = [part.declared.label for part in needed if part.name not in record]
            if not lacking:
                whole.append(record)
            elif set(record) <= _YEARS:
                _own_year(raw, fields, record=record)
            elif declared.name != "pictures":
                yield _headless(raw, declared, given=record, lacking=lacking, cell=cells.get(declared.name))
            else:
                whole.append(record)
        fields[declared.name] = whole


def _headless(
    raw: Raw, declared: DeclaredField, *, given: Mapping[str, Any], lacking: list[str], cell: Cell | None
) -> Problem:
    """A record of which only the beside was written: a grade, and no award."""
    labels = "、".join(f"“{part.declared.label}”" for part in fields_of(declared.record) if part.name in given)
    wanted = "、".join(f"“{label}”" for label in lacking)
    hint = f"补上{wanted}；没有的，把{labels}也空着"
    return Problem("missing-field", raw.at(cell), f"写了{labels}，没有写{wanted}", hint)


def _finished(raw: Raw, fields: dict[str, Any]) -> None:
    """完成时间 alone, without a beginning, is no span of time; it says the year, as 完成年份 does."""
    period = fields.get("period")
    if isinstance(period, dict) and set(period) == {"end"}:
        del fields["period"]
        _own_year(raw, fields, record={"year": str(period["end"])[:4]})


def _own_year(raw: Raw, fields: dict[str, Any], *, record: Mapping[str, Any]) -> None:
    names = {one.name for one in fields_of(raw.kind.model)}
    if "year" in names and "year" not in fields and record:
        fields["year"] = record["year"]
