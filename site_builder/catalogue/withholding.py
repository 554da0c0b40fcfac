"""Entries come in; the same without the names and portraits that nothing entitles to publish go out, and what was held back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.basis import PERSON, FieldPath, Shown, is_entitled, shown_of
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.model.publication import MEMBER, Policy

_SHORTEST = 2
"""Characters of a name that is looked for in texts."""


_FACES = MappingProxyType({"portrait": "肖像", "film": "影像"})


@frozen
class Published:
    """Entries fit to publish, and what is amiss with the others' persons."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    hidden: frozenset[str]
    """Keys of entries that are not published at all, for they are the person."""


def publishable(entries: Iterable[Entry], *, policy: Policy, as_of: str) -> Published:
    """The entries as they may be published; with ``show`` they stay as they are, and only the problems go out."""
    everything = tuple(entries)
    editions = {entry.id: entry for entry in everything if entry.kind == "edition"}
    live = [entry for entry in everything if entry.data.status not in {"draft", "withdrawn"}]
    doubtful = [entry for entry in live if not is_entitled(entry, editions)]
    found = {entry.key: tuple(shown_of(entry, editions, as_of=as_of)) for entry in doubtful}
    people = {entry.id: entry for entry in everything if entry.kind == PERSON}
    entitled = {one.entry.id for several in found.values() for one in several if one.field == ("name",) and one.basis}
    entitled |= {entry.id for entry in live if entry.kind == PERSON and entry.key not in found}
    lacking = {
        key: missing
        for key, several in found.items()
        if (missing := tuple(one for one in several if not one.basis and one.person not in entitled))
    }
    problems = [problem for several in lacking.values() for one in several for problem in _faults(one, people)]
    problems += [one for several in lacking.values() for one in _in_texts(several, people)]
    if policy == "show" or not lacking:
        return Published(everything, tuple(problems), frozenset())
    hidden = {key for key, several in lacking.items() if any(one.field == ("name",) for one in several)}
    names = {people[key.partition("/")[2]].id: people[key.partition("/")[2]].title for key in hidden}
    fit = tuple(
        _drafted(entry)
        if entry.key in hidden
        else _without(entry, {one.field for one in lacking.get(entry.key, ())}, policy=policy, names=names)
        for entry in everything
    )
    return Published(fit, tuple(problems), frozenset(hidden))


def _faults(one: Shown, people: Mapping[str, Entry]) -> Iterator[Problem]:
    what = _FACES.get(one.scope) or f"“{_name(one, people)}”的姓名"
    place = Place(one.entry.source, one.field)
    if one.basis.over:
        yield Problem("consent-over", place, f"公开{what}的同意已经过期")
    else:
        hint = "" if one.scope == "name" else f"{what}要有本人单独同意：在 consent 里写明同意人、范围、日期和凭证编号"
        yield Problem("no-basis", place, f"公开{what}没有依据", hint)


def _name(one: Shown, people: Mapping[str, Entry]) -> str:
    return people[one.person].title if one.person in people else one.person


def _in_texts(several: tuple[Shown, ...], people: Mapping[str, Entry]) -> Iterator[Problem]:
    """Names that are held back and stand in other words of the same entry, which a program cannot reword."""
    entry = several[0].entry
    if several[0].field == ("name",):
        return
    names = {name for one in several if one.scope == "name" and len(name := _name(one, people)) >= _SHORTEST}
    fields = {one.field for one in several}
    for path, text in (*texts_of(entry.data), (("body",), entry.body)):
        for name in names:
            if path not in fields and name in text:
                place = Place(entry.source, (), entry.body_line, 1) if path == ("body",) else Place(entry.source, path)
                yield Problem("name-in-text", place, f"文字里还写着“{name}”")


def texts_of(record: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Every text of a record that is published, with its path."""
    for field in fields_of(record.__class__):
        value = getattr(record, field.name)
        if not field.declared.public or value is None:
            continue
        many = isinstance(value, tuple)
        for index, part in enumerate(value if many else (value,)):
            inner = (*path, field.name, index) if many else (*path, field.name)
            if field.record is not None:
                yield from texts_of(part, inner)
            elif isinstance(part, str):
                yield inner, part


def _drafted(entry: Entry) -> Entry:
    return replace(entry, data=replace(entry.data, status="draft"))


def _without(entry: Entry, fields: set[FieldPath], *, policy: Policy, names: Mapping[str, str]) -> Entry:
    if not fields and not names:
        return entry
    return replace(entry, data=_record(entry.data, (), fields=fields, policy=policy, names=names))


def _record(record: Any, path: FieldPath, *, fields: set[FieldPath], policy: Policy, names: Mapping[str, str]) -> Any:
    """The record without what stands at these fields; ids of people without a page become their names."""
    changed = {}
    for field in fields_of(record.__class__):
        value = getattr(record, field.name)
        if value in (None, ()) or not (field.record or PERSON in field.refers):
            continue
        many = isinstance(value, tuple)
        parts: list[Any] = []
        for index, part in enumerate(value if many else (value,)):
            at = (*path, field.name, index) if many else (*path, field.name)
            if at in fields:
                parts += [MEMBER] if policy == "member" and field.record is None else []
            elif field.record is None and field.refers == (PERSON,):
                parts.append(names.get(part, part))
            elif field.record is None:  # what may name works as well: who is held back is left out
                parts += [part] if part not in names else []
            else:
                within = _record(part, at, fields=fields, policy=policy, names=names)
                parts += [within] if within is not None else []
        if parts != list(value if many else (value,)):
            changed[field.name] = _several(parts) if many else parts[0] if parts else None
    if "person" in changed and changed["person"] is None:
        return None  # a credit without its person says nothing
    return replace(record, **changed) if changed else record


def _several(parts: Iterable[Any]) -> tuple[Any, ...]:
    """One member of the team stands for all."""
    kept: list[Any] = []
    for part in parts:
        is_member = MEMBER in (part, getattr(part, "person", ""))
        one = replace(part, order=None) if is_member and part != MEMBER else part
        if not (is_member and one in kept):
            kept.append(one)
    return tuple(kept)
