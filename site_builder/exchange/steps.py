"""A candidate whose entry is known comes in; the step it takes goes out: a new file, a revised one, or nothing to do."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.exchange.cells import written
from site_builder.exchange.columns import BODY
from site_builder.exchange.filling import Candidate
from site_builder.exchange.identity import Identified, folder_of
from site_builder.exchange.known import Known
from site_builder.exchange.merging import merged_fields
from site_builder.exchange.plan import Action, FieldChange, Step
from site_builder.exchange.revising import front_of, revised
from site_builder.intake.drafts import Draft
from site_builder.intake.shapes import shape_of
from site_builder.intake.validation import validated
from site_builder.intake.writing import text_of
from site_builder.intake.yaml_text import parse
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry, Record
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.naming import name_pinyin
from site_builder.model.problems import Problem, Severity


@frozen
class Whole:
    """The exhibition that an import goes into."""

    root: Path
    known: Known
    append: bool


def step_of(identified: Identified, whole: Whole) -> Step:
    """The step of one candidate, with the problems of its cells."""
    if identified.before is None:
        return _created(identified)
    return _revised(identified, identified.before, whole=whole)


def entry_of(step: Step, kind: Kind) -> tuple[Entry | None, tuple[Problem, ...]]:
    """The entry that the step's text holds, and what the intake has against it."""
    yaml, line = front_of(step.text, kind)
    parsed = parse(yaml, shape_of(kind.model), source=step.path, line=line)
    record = Record(step.path, kind.name, step.key.partition("/")[2], parsed.fields, parsed.places, "", 0)
    entry, faults = validated(record)
    return entry, (*parsed.problems, *faults)


def faults_of(candidate: Candidate) -> tuple[Problem, ...]:
    """All that is wrong with a candidate which can be no entry, so that its sender mends everything at once."""
    kind = candidate.raw.kind
    fields = {kind.title_field: kind.label, **candidate.fields}
    return (*candidate.problems, *_valid(Record("", kind.name, "", fields, {}, "", 0), candidate)[1])


def _created(identified: Identified) -> Step:
    candidate = identified.candidate
    kind = candidate.raw.kind
    fields = {kind.title_field: candidate.title, **_with_own(candidate)}
    path = f"{folder_of(kind, fields.get('edition'))}/{identified.id}{kind.suffix}"
    text = text_of(Draft(kind.name, identified.id, fields, (), candidate.body))
    _, faults = _valid(Record(path, kind.name, identified.id, fields, {}, "", 0), candidate)
    problems = (*candidate.problems, *faults)
    action = _unless(problems, Action.CREATE)
    return Step(action, identified.key, path, candidate.title, candidate, text, problems=problems)


def _with_own(candidate: Candidate) -> dict[str, Any]:
    """What a new entry gets without being told: its source, a person's pinyin."""
    names = {field.name for field in fields_of(candidate.raw.kind.model)}
    own: dict[str, Any] = {**candidate.defaults, **candidate.fields}
    if "sources" in names and candidate.source:
        own.setdefault("sources", [{"title": candidate.source}])
    if candidate.kind == "craftsman" and (spelling := name_pinyin(candidate.title)):
        own.setdefault("pinyin", spelling)
    return own


def _valid(record: Record, candidate: Candidate) -> tuple[Entry | None, tuple[Problem, ...]]:
    entry, faults = validated(record)
    return entry, tuple(at_cell(fault, candidate) for fault in faults)


def at_cell(problem: Problem, candidate: Candidate) -> Problem:
    """A problem of a field, at the cell that the field came from."""
    name = problem.place.field[0] if problem.place.field else ""
    place = candidate.raw.at(candidate.cells.get(str(name)))
    return Problem(problem.code, place, problem.message, problem.hint)


def _unless(problems: tuple[Problem, ...], action: Action) -> Action:
    return Action.REFUSE if any(problem.severity is Severity.ERROR for problem in problems) else action


def _revised(identified: Identified, before: Entry, *, whole: Whole) -> Step:
    candidate, kind = identified.candidate, identified.candidate.raw.kind
    old = (whole.root / before.source).read_bytes().decode("utf-8")
    given = {n: v for n, v in candidate.fields.items() if identified.by_id or n != kind.title_field}
    cleared = candidate.cleared
    merged = merged_fields(before, given, whole=candidate.whole, append=whole.append, cleared=cleared)
    entry, faults = _valid(_record_with(old, before, merged=merged, kind=kind), candidate)
    problems = (*candidate.problems, *faults, *_moved(before, candidate, entry=entry))
    if entry is None or any(problem.severity is Severity.ERROR for problem in problems):
        return Step(Action.REFUSE, before.key, before.source, before.title, candidate, before=old, problems=problems)
    changed = {name: value for name, value in merged.items() if not _same(before, entry, name=name, known=whole.known)}
    body = _new_body(before, candidate, append=whole.append)
    if not changed and body is None:
        return Step(Action.LEAVE, before.key, before.source, before.title, candidate, old, old, problems=problems)
    changes = (
        *_shown(before, entry, names=changed, kind=kind),
        *([FieldChange("正文", before.body.strip(), body)] if body is not None else []),
    )
    text = revised(old, kind, changes=changed, body=body)
    return Step(Action.REVISE, before.key, before.source, before.title, candidate, text, old, changes, problems)


def _new_body(before: Entry, candidate: Candidate, *, append: bool) -> str | None:
    """The text that takes the place of the present one; None where that stays."""
    said = candidate.body.strip()
    if said:
        return None if said == before.body.strip() else candidate.body
    return "" if BODY in candidate.cleared and before.body.strip() and not append else None


def _record_with(old: str, before: Entry, *, merged: Mapping[str, Any], kind: Kind) -> Record:
    yaml, line = front_of(old, kind)
    parsed = parse(yaml, shape_of(kind.model), source=before.source, line=line)
    fields = {name: value for name, value in {**parsed.fields, **merged}.items() if value is not None}
    if before.get("edition") and "edition" not in fields:
        fields["edition"] = before.get("edition")
    return Record(before.source, before.kind, before.id, fields, parsed.places, before.body, before.body_line)


def _moved(before: Entry, candidate: Candidate, *, entry: Entry | None) -> Iterator[Problem]:
    """A result lies in the folder of its edition; a sheet cannot move its file."""
    if entry is not None and before.kind == "project" and entry.get("edition") != before.get("edition"):
        place = candidate.raw.at(candidate.cells.get("edition"))
        message = f"表里的展期是“{entry.get('edition')}”，条目 {before.id} 在“{before.get('edition')}”"
        yield Problem("edition-folder", place, message, "在表里改回原来的展期，或先把文件移到那个展期的文件夹")


def _same(before: Entry, after: Entry, *, name: str, known: Known) -> bool:
    field = next(one for one in fields_of(before.data.__class__) if one.name == name)
    old, new = getattr(before.data, name), getattr(after.data, name)
    return bool(_resolved(old, field, known=known) == _resolved(new, field, known=known))


def _resolved(value: Any, field: DeclaredField, *, known: Known) -> Any:
    """A value in which every reference is the key of the entry meant, so that a name and its id are the same."""
    if isinstance(value, tuple):
        return tuple(_resolved(part, field, known=known) for part in value)
    if field.record is not None and isinstance(value, field.record):
        return tuple(_resolved(getattr(value, one.name), one, known=known) for one in fields_of(field.record))
    if field.refers and isinstance(value, str):
        found = known.called(field.refers, value)
        return found[0].key if len(found) == 1 and "craftsman" not in field.refers else value
    return " ".join(value.split(" ")) if isinstance(value, str) else value


def _shown(before: Entry, after: Entry, *, names: Mapping[str, Any], kind: Kind) -> Iterator[FieldChange]:
    for field in fields_of(kind.model):
        if field.name in names:
            old = written(getattr(before.data, field.name), field)
            yield FieldChange(field.declared.label, old, written(getattr(after.data, field.name), field))
