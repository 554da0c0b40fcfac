"""Drafts come in; drafts of the organisations and unions that several of them name go out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.intake.drafts import Draft, joined
from site_builder.intake.gathering import term_in
from site_builder.intake.linking import units_of
from site_builder.intake.mapping import TableMap


def bodies_of(drafts: Iterable[Draft], table_map: TableMap) -> tuple[Draft, ...]:
    """An entry for every organisation and union named in enough rows, or described by hand in the mapping."""
    everything = tuple(drafts)
    found: list[Draft] = []
    for kind, least in table_map.bodies.items():
        naming: dict[str, list[Draft]] = defaultdict(list)
        for draft in everything:
            for name in units_of(draft) if kind == "organisation" else draft.texts("union"):
                naming[name].append(draft)
        for name in table_map.additions.get(kind, {}):
            naming.setdefault(name, [])
        found += [
            _body(kind, name, several=several, table_map=table_map)
            for name, several in naming.items()
            if name in table_map.additions.get(kind, {}) or sum(len(draft.places) for draft in several) >= least
        ]
    return tuple(found)


def _body(kind: str, name: str, *, several: list[Draft], table_map: TableMap) -> Draft:
    fields: dict[str, Any] = {"name": name}
    if kind == "organisation":
        spellings = [spelling for spelling, shown in table_map.organisation_names.items() if shown == name]
        fields |= {"names": spellings} if spellings else {}
        fields |= _unanimous(several, "region")
        industry = term_in(name, table_map.keywords.get("industry", {}))
        fields |= _unanimous(several, "industry") or ({"industry": industry} if industry else {})
    sources: list[Any] = []
    for draft in several:
        sources = joined(sources, list(draft.fields.get("sources", ())))
    if sources:
        fields["sources"] = sources
    return Draft(kind, "", fields, tuple(place for draft in several for place in draft.places))


def _unanimous(drafts: Iterable[Draft], field: str) -> Mapping[str, str]:
    """A value on which all who give one agree; of a province and its city, the city."""
    values = sorted({text for draft in drafts for text in draft.texts(field)}, key=len)
    longest = values[-1] if values else ""
    return {field: longest} if longest and all(longest.startswith(value) for value in values) else {}
