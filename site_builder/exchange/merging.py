"""What an entry holds and what a sheet says come in; the fields that change go out, nothing lost that the sheet leaves unsaid."""

from collections.abc import Callable, Mapping
from dataclasses import fields as members
from dataclasses import is_dataclass
from functools import partial
from typing import Any

from site_builder.exchange.cells import form_of, head_of
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry

ALWAYS_JOINED = frozenset({"pictures", "videos", "attachments", "reports"})
"""Lists that a sheet adds to and never replaces."""
CORRECTED = frozenset({"reports"})
"""Of these, lists whose records a sheet corrects: the report of the same festival; captions by hand stay as they are."""


def merged_fields(
    before: Entry,
    given: Mapping[str, Any],
    *,
    whole: frozenset[str],
    append: bool,
    cleared: frozenset[tuple[str, ...]] = frozenset(),
) -> dict[str, Any]:
    """Raw values of the fields that a sheet gives, joined with what the entry holds; None for those it takes away.

    ``whole`` names fields that the sheet gives complete, ``cleared`` fields and parts of records that go. With
    ``append``, lists grow, single values fill gaps only, and nothing goes.
    """
    declared = {field.name: field for field in fields_of(before.data.__class__)}
    found: dict[str, Any] = {}
    for name, value in given.items():
        held = raw_of(getattr(before.data, name))
        found[name] = _merged(held, value, field=declared[name], whole=name in whole, append=append)
    for path in sorted(cleared) if not append else ():
        if path[0] in declared:
            held = found.get(path[0], raw_of(getattr(before.data, path[0])))
            found[path[0]] = _without(held, path[1]) if len(path) > 1 else None
    return found


def _without(held: Any, part: str) -> Any:
    """A record, or each of several, without one of its parts; None where nothing is left."""
    if isinstance(held, list):
        return [one for one in (_without(one, part) for one in held) if one] or None
    return {name: value for name, value in held.items() if name != part} or None if held else None


def _merged(held: Any, value: Any, *, field: DeclaredField, whole: bool, append: bool) -> Any:
    form = form_of(field)
    joining = append or field.name in ALWAYS_JOINED
    if form == "list" and isinstance(value, list):
        return _joined(held or [], value) if joining else value
    if form == "records" and isinstance(value, list):
        kept = append or (joining and field.name not in CORRECTED)
        one_of = partial(_record, kept=kept, whole=whole)
        return _records(held or [], value, head=head_of(field.record), joining=joining, one_of=one_of)
    if form == "record" and isinstance(value, Mapping) and isinstance(held, Mapping):
        if append:
            return {**value, **held}
        return dict(value) if whole else {**held, **value}
    return held if append and held not in (None, "", []) else value


def _records(
    held: list[Any], value: list[Any], *, head: str, joining: bool, one_of: Callable[[Any, Any], Any]
) -> list[Any]:
    by_head = {str(one.get(head)): one for one in held if isinstance(one, Mapping)}
    fresh = []
    for one in value:
        known = by_head.get(str(one.get(head)), {})
        fresh.append(one_of(known, one))
    if not joining:
        return fresh
    changed = {str(one.get(head)): one for one in fresh}
    return [*(changed.pop(str(one.get(head)), one) for one in held), *changed.values()]


def _record(known: Mapping[str, Any], one: Mapping[str, Any], *, kept: bool, whole: bool) -> Mapping[str, Any]:
    """What becomes of a record: what it held stays as it was, or goes, or is there beside what the sheet says."""
    return {**one, **known} if kept else one if whole else {**known, **one}


def _joined(held: list[Any], value: list[Any]) -> list[Any]:
    return [*held, *(one for one in value if one not in held)]


def raw_of(value: Any) -> Any:
    """A validated value as a file would hold it; what is not said is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {member.name: raw_of(getattr(value, member.name)) for member in members(value)}
        return {name: part for name, part in parts.items() if part not in (None, [], {}, "", False)}
    if isinstance(value, tuple | list):
        return [raw_of(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): raw_of(part) for key, part in value.items()}
    if isinstance(value, bool):
        return "true" if value else False
    return value if value is None else _plain(value)


def _plain(value: Any) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
