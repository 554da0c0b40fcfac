"""A record as read comes in; its entry goes out, as far as its fields are right, and a problem for every other."""

import copy
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from site_builder.intake.messages import problem_of
from site_builder.intake.shapes import Path, shape_of
from site_builder.model.entry import Entry, Record
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Problem

_ROUNDS = 4
"""A wrong field may be one that its record cannot do without, and the record one that its holder cannot do without."""


def validated(record: Record) -> tuple[Entry | None, tuple[Problem, ...]]:
    """The entry of a record; it comes without the fields that are wrong, so that nobody calls references to it dead."""
    fields: Mapping[str, Any] = record.fields
    problems: tuple[Problem, ...] | None = None
    for _ in range(_ROUNDS):
        try:
            return _entry(record, fields), problems or ()
        except ValidationError as error:
            details = error.errors(include_url=False)
        if problems is None:
            problems = tuple(problem_of(detail, record) for detail in details)
        nameless = {kind_named(record.kind).title_field: record.id}
        fields = nameless | _without(fields, (tuple(detail["loc"]) for detail in details))
    return None, problems or ()


def learn(kinds: Iterable[str]) -> None:
    """Finds out how entries of these kinds are read, beforehand: it takes as long as to read a hundred, and who forks does it for all."""
    for kind in kinds:
        shape_of(kind_named(kind).model)
        adapter_of(kind)


@cache
def adapter_of(kind: str) -> TypeAdapter[Any]:
    """What reads the fields of a kind's entries; made once."""
    return TypeAdapter(kind_named(kind).model)


def _entry(record: Record, fields: Mapping[str, Any]) -> Entry:
    data = adapter_of(record.kind).validate_python(fields)
    return Entry(record.kind, record.id, record.source, data, record.body, record.body_line)


def _without(fields: Mapping[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Fields without the values at these paths, or without what holds them where a path goes beyond what is written."""
    found = copy.deepcopy(dict(fields))
    wrong = {_written(found, path) for path in paths} - {()}
    for path in sorted(wrong, key=_later_items_first):
        holder: Any = found
        for part in path[:-1]:
            holder = holder[part]
        del holder[path[-1]]
    return found


def _written(fields: Mapping[str, Any], path: Path) -> Path:
    """The longest beginning of a path that the fields have."""
    holder: Any = fields
    for length, part in enumerate(path):
        steps = holder if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        if part not in steps:
            return path[:length]
        holder = holder[part]
    return path


def _later_items_first(path: Path) -> tuple[tuple[int, str], ...]:
    """So that the numbers of earlier items, and of what holds them, still hold."""
    return (*((-part, "") if isinstance(part, int) else (0, part) for part in path), (1, ""))
