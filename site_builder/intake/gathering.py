"""Rows of a table come in; drafts of entries go out, rows of one entry joined, each fault with its row."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.intake.drafts import Draft, merged, put
from site_builder.intake.forms import FORMS, Cell
from site_builder.intake.mapping import TableMap, TableRules
from site_builder.intake.tables import Row, Table
from site_builder.model.declaration import fields_of
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Place, Problem

LONGEST_TITLE = 200
_PATH = re.compile(r"(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/~]|^[A-Za-z]:[\\/]|\\|\x00")
_YEARS_ALONE = frozenset({"year"})


def gather(table: Table, table_map: TableMap) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """The drafts of one table, without ids and links."""
    rules = table_map.tables.get(table.name)
    if rules is None:
        return (), (Problem("unknown-file", Place(table.path), f"对照表里没有“{table.name}”这张表"),)
    problems = [*_unmapped(table, rules)]
    groups: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for row in table.rows:
        found = _draft(row, rules, table_map=table_map)
        if isinstance(found, Draft):
            groups[found.kind, *_identity(row, found, rules=rules)].append(found)
        else:
            problems += found
    joined = [_joined(group) for group in groups.values()]
    return tuple(draft for draft, _ in joined), (*problems, *(problem for _, several in joined for problem in several))


def _unmapped(table: Table, rules: TableRules) -> Iterator[Problem]:
    for column in table.header:
        if column and column not in rules.columns:
            yield Problem("unknown-field", Place(table.path, (), 1), f"对照表没有说“{column}”一列放到哪里")


def _identity(row: Row, draft: Draft, *, rules: TableRules) -> tuple[str, ...]:
    return tuple(row.cells.get(column, "") for column in rules.identity) or (draft.title,)


def _draft(row: Row, rules: TableRules, *, table_map: TableMap) -> Draft | list[Problem]:
    kind = _kind(row, rules)
    fields: dict[str, Any] = {}
    for column, several in rules.columns.items():
        cell = row.cells.get(column)
        for rule in several if cell else ():
            _place(fields, rule.into, value=FORMS[rule.form](Cell(cell or "", row.cells), rule))
    _guess(fields, row, rules=rules, keywords=table_map.keywords)
    faults = [*_title_faults(fields, kind, place=row.place), *_drop_incomplete(fields, kind, place=row.place)]
    return faults or Draft(kind, "", _renamed(fields, table_map.organisation_names), (row.place,))


def _kind(row: Row, rules: TableRules) -> str:
    for column, kinds in rules.kind_when.items():
        if row.cells.get(column) in kinds:
            return kinds[row.cells[column]]
    return rules.kind


def _place(fields: dict[str, Any], path: str, *, value: object) -> None:
    if isinstance(value, Mapping):
        for name, part in value.items():
            put(fields, f"{path}.{name}", value=part)
    elif value not in (None, "", []):
        put(fields, path, value=value)


def _guess(
    fields: dict[str, Any], row: Row, *, rules: TableRules, keywords: Mapping[str, Mapping[str, list[str]]]
) -> None:
    for name, columns in rules.guess.items():
        text = "\n".join(row.cells.get(column, "") for column in columns)
        found = term_in(text, keywords.get(name, {}))
        if found and name not in fields:
            fields[name] = found


def term_in(text: str, keywords: Mapping[str, list[str]]) -> str | None:
    """The first term one of whose words occurs in the text."""
    return next((term for term, words in keywords.items() if any(word in text for word in words)), None)


def _title_faults(fields: Mapping[str, Any], kind: str, *, place: Place) -> Iterator[Problem]:
    title = str(fields.get(kind_named(kind).title_field, ""))
    row = f"第 {place.line} 行"
    if not title:
        yield Problem("missing-field", place, f"{row}没有名称", "每行都要有名称；多余的行请删去")
    elif _PATH.search(title):
        yield Problem("bad-path", place, f"{row}的名称像一个文件路径：{title[:40]}", "改成展品或人物的名称")
    elif len(title) > LONGEST_TITLE:
        yield Problem("too-large", place, f"{row}的名称有 {len(title)} 个字", "名称不超过 30 个字，说明请放进简介")


def _drop_incomplete(fields: dict[str, Any], kind: str, *, place: Place) -> Iterator[Problem]:
    """Records that lack what they need: a year alone says nothing and goes, a grade without its award is a fault."""
    for field in fields_of(kind_named(kind).model):
        parts = fields_of(field.record) if field.record else ()
        needed = {part.name: part.declared.label for part in parts if part.required}
        value = fields.get(field.name)
        if not needed or not isinstance(value, list):
            continue
        for record in value:
            lacking = [label for name, label in needed.items() if name not in record]
            if lacking and set(record) - _YEARS_ALONE:
                message = f"第 {place.line} 行的“{field.declared.label}”缺少{'、'.join(lacking)}"
                yield Problem("missing-field", place, message)
        fields[field.name] = [record for record in value if all(name in record for name in needed)]
        if not fields[field.name]:
            del fields[field.name]


def _renamed(fields: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The same unit under the same name, however a row spells it."""
    if "organisation" in fields:
        fields["organisation"] = names.get(fields["organisation"], fields["organisation"])
    for credit in fields.get("organisations", ()):
        credit["organisation"] = names.get(credit["organisation"], credit["organisation"])
    return fields


def _joined(group: list[Draft]) -> tuple[Draft, list[Problem]]:
    first, *others = group
    fields: dict[str, Any] = dict(first.fields)
    problems: list[Problem] = []
    for other in others:
        fields, clashing = merged(fields, other.fields)
        for name in clashing:
            message = f"第 {other.places[0].line} 行与第 {first.places[0].line} 行是同一条目，“{name}”却不同"
            problems.append(Problem("wrong-type", other.places[0], message))
    places = tuple(place for draft in group for place in draft.places)
    return Draft(first.kind, "", fields, places), problems
