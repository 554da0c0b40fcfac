"""Drafts and what an editor adds by hand in the mapping come in; completed drafts go out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from site_builder.intake.drafts import Draft
from site_builder.intake.mapping import TableMap
from site_builder.model.kinds import kind_named
from site_builder.model.naming import name_pinyin
from site_builder.model.problems import Place, Problem


def with_additions(drafts: Iterable[Draft], table_map: TableMap) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Every draft with the fields given by hand; a person with a pinyin; a problem for additions that fit no draft."""
    given = table_map.additions
    completed = tuple(_completed(draft, given.get(draft.kind, {}).get(draft.title, {})) for draft in drafts)
    titles = {(draft.kind, draft.title) for draft in completed}
    place = Place(f"content/imports/{table_map.name}/map.yml")
    problems = tuple(
        Problem("dead-reference", place, f"对照表里给{kind_named(kind).label}“{title}”作了补充，表格里却没有它")
        for kind, several in given.items()
        for title in several
        if (kind, title) not in titles
    )
    return completed, problems


def _completed(draft: Draft, given: Mapping[str, Any]) -> Draft:
    fields = {**draft.fields, **{name: value for name, value in given.items() if name != "id"}}
    if draft.kind == "craftsman":
        fields.setdefault("pinyin", name_pinyin(draft.title))
    fields = {name: value for name, value in fields.items() if value not in ("", [], {})}
    return replace(draft, fields=fields, id=str(given.get("id", draft.id)))
