"""Drafts with plain names come in; the same drafts with ids, and with links where an entry exists, go out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from site_builder.intake.drafts import Draft
from site_builder.intake.mapping import TableMap
from site_builder.model.naming import digest, id_for, id_for_person, initials, with_suffix

UNITS = ("organisations[].organisation", "organisation")
"""Where drafts of any kind name their units."""


def units_of(draft: Draft) -> tuple[str, ...]:
    """The units a draft names."""
    return tuple(dict.fromkeys(text for path in UNITS for text in draft.texts(path)))


def identified(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Every draft with its id; those who share a name are told apart by unit, then by year, never by their order."""
    groups: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    everything = list(drafts)
    for draft in everything:
        groups[draft.kind, _stem(draft)].append(draft)
    ids = {id(draft): name for (_, stem), group in groups.items() for draft, name in _distinct(stem, group)}
    return tuple(replace(draft, id=ids[id(draft)]) for draft in everything)


def _stem(draft: Draft) -> str:
    if draft.id:
        return draft.id
    return id_for_person(draft.title) if draft.kind == "craftsman" else id_for(draft.title)


def _distinct(stem: str, group: list[Draft]) -> list[tuple[Draft, str]]:
    if len(group) == 1:
        return [(group[0], stem)]
    for marks in (_unit_mark, _year_mark, _unit_and_year):
        names = [with_suffix(stem, *marks(draft)) for draft in group]
        if len(set(names)) == len(names):
            return list(zip(group, names, strict=True))
    return [(draft, with_suffix(stem, *_unit_and_year(draft), digest(draft.title))) for draft in group]


def _unit_mark(draft: Draft) -> tuple[str, ...]:
    return (initials("".join(units_of(draft)[:1])),)


def _year_mark(draft: Draft) -> tuple[str, ...]:
    years = (*draft.texts("year"), *draft.texts("awards[].year"), *draft.texts("honours[].year"))
    return years[:1]


def _unit_and_year(draft: Draft) -> tuple[str, ...]:
    return (*_unit_mark(draft), *_year_mark(draft))


def linked(drafts: Iterable[Draft], table_map: TableMap) -> tuple[Draft, ...]:
    """Names become ids: units, unions, awards and studios by name, people only where name and unit both match."""
    everything = tuple(drafts)
    kinds = ("organisation", "union", "studio")
    by_name = {kind: _unique(draft for draft in everything if draft.kind == kind) for kind in kinds}
    known = {
        (draft.title, unit): draft.id for draft in everything if draft.kind == "craftsman" for unit in units_of(draft)
    }
    found = []
    for draft in everything:
        units = (*units_of(draft), *(unit for unit in [table_map.people_also_of.get(draft.title)] if unit))
        people = {name: person for unit in units for (name, of), person in known.items() if of == unit}
        targets = {**by_name, "award": table_map.award_ids, "person": people}
        found.append(draft.having(**_linked_fields(draft, targets)))
    return tuple(found)


def _unique(drafts: Iterable[Draft]) -> Mapping[str, str]:
    everything = list(drafts)
    times = Counter(draft.title for draft in everything)
    return {draft.title: draft.id for draft in everything if times[draft.title] == 1}


_PLACES: tuple[tuple[str, str, str], ...] = (
    ("organisation", "", "organisation"),
    ("organisations", "organisation", "organisation"),
    ("union", "", "union"),
    ("studio", "", "studio"),
    ("awards", "award", "award"),
    ("honours", "honour", "award"),
    ("levels", "by", "union"),
    ("people", "person", "person"),
    ("leads", "", "person"),
    ("parent", "", "parent"),
)
"""Field, key of its records, and whose names stand there."""


def _linked_fields(draft: Draft, targets: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name, key, target in _PLACES:
        value = draft.fields.get(name)
        if value is not None:
            changed[name] = _linked(value, key, names=targets[draft.kind if target == "parent" else target])
    return changed


def _linked(value: object, key: str, *, names: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_linked(part, key, names=names) for part in value]
    if isinstance(value, Mapping):
        return {**value, **({key: names.get(value[key], value[key])} if key in value else {})}
    return names.get(str(value), value)
