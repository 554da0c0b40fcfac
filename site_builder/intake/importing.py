"""Tables and a mapping come in; a plan goes out that says what importing would write, and is carried out or not."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from site_builder.intake.additions import with_additions
from site_builder.intake.bodies import bodies_of
from site_builder.intake.drafts import Draft
from site_builder.intake.gathering import gather
from site_builder.intake.linking import identified, linked
from site_builder.intake.mapping import TableMap
from site_builder.intake.tables import Table
from site_builder.intake.validation import adapter_of
from site_builder.intake.writing import text_of, write_whole
from site_builder.model.declaration import fields_of
from site_builder.model.entry import is_id
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Place, Problem, in_order


@frozen
class Planned:
    """One file of a plan: where it lies and what it will hold."""

    path: str
    text: str
    places: tuple[Place, ...] = ()


@frozen
class ImportPlan:
    """What importing would do; only ``created`` and ``changed`` are written."""

    created: tuple[Planned, ...]
    changed: tuple[Planned, ...]
    unchanged: tuple[str, ...]
    edited: tuple[Planned, ...]
    """Files that were edited by hand since the last import, and would come out otherwise now: left alone."""
    removed: tuple[str, ...]
    """Files that were taken away by hand: not made again."""
    left_over: tuple[str, ...]
    """Files of an earlier import that no row stands for any more: left alone."""
    problems: tuple[Problem, ...]
    ledger: str
    """Path of the ledger (digest and path of every file as it was last imported)."""
    digests: Mapping[str, str]


def plan_import(tables: Iterable[Table], table_map: TableMap, *, root: Path) -> ImportPlan:
    """What importing the tables into the exhibition at ``root`` would do; nothing is written."""
    drafts, problems = drafts_of(tables, table_map)
    wanted = [Planned(draft.path, text_of(draft), draft.places) for draft in drafts]
    ledger = f"content/imports/{table_map.name}/imported.sha256"
    known = _read_ledger(root / ledger)
    sorts: dict[str, list[Planned]] = {"created": [], "changed": [], "unchanged": [], "edited": [], "removed": []}
    for file in wanted:
        sorts[_sort(file, known=known.get(file.path), present=_present(root / file.path))].append(file)
    paths = {file.path for file in wanted}
    digests = {file.path: _digest(file.text) for sort in ("created", "changed", "unchanged") for file in sorts[sort]}
    left_over = tuple(sorted(path for path in known if path not in paths and (root / path).exists()))
    by_hand = (file.path for file in (*sorts["edited"], *sorts["removed"]))
    kept = {path: known.get(path, "") for path in (*left_over, *by_hand)}
    return ImportPlan(
        tuple(sorts["created"]),
        tuple(sorts["changed"]),
        tuple(file.path for file in sorts["unchanged"]),
        tuple(sorts["edited"]),
        tuple(file.path for file in sorts["removed"]),
        left_over,
        problems,
        ledger,
        {path: digest for path, digest in sorted({**digests, **kept}.items()) if digest},
    )


def apply(plan: ImportPlan, root: Path) -> None:
    """Carry the plan out: every file whole or not at all, and the ledger last."""
    for file in (*plan.created, *plan.changed):
        write_whole(root / file.path, file.text)
    ledger = "".join(f"{digest}  {path}\n" for path, digest in plan.digests.items())
    if ledger != _present(root / plan.ledger):
        write_whole(root / plan.ledger, ledger)


def drafts_of(tables: Iterable[Table], table_map: TableMap) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """All right drafts of the tables, with ids and links, and the problems of the others."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for table in tables:
        found, faults = gather(table, table_map)
        drafts += found
        problems += faults
    described, faults = with_additions([*drafts, *bodies_of(drafts, table_map)], table_map)
    problems += faults
    complete = linked(identified(_placed(draft, table_map) for draft in described), table_map)
    good = []
    for draft in complete:
        faults = (*_validated(draft), *_ids(draft))
        problems += faults
        good += [] if faults else [draft]
    doubled = {key for key, times in Counter((draft.kind, draft.id) for draft in good).items() if times > 1}
    problems += [
        Problem("doubled-id", draft.places[0], f"“{draft.title}”与另一条目都要用编号“{draft.id}”")
        for draft in good
        if (draft.kind, draft.id) in doubled
    ]
    return tuple(draft for draft in good if (draft.kind, draft.id) not in doubled), in_order(problems)


def _placed(draft: Draft, table_map: TableMap) -> Draft:
    """A result with its edition, by the years of its awards."""
    if draft.kind not in {"project", "method"} or "edition" in draft.fields:
        return draft
    years = [int(year) for year in (*draft.texts("awards[].year"), *draft.texts("year")) if year.isdigit()]
    edition = table_map.editions.of(years)
    return draft.having(edition=edition) if edition else draft


def _validated(draft: Draft) -> Iterator[Problem]:
    """What the kind's model has against the fields, in the words of the editor."""
    try:
        adapter_of(draft.kind).validate_python(dict(draft.fields))
    except ValidationError as error:
        labels = {field.name: field.declared.label for field in fields_of(kind_named(draft.kind).model)}
        rows = "、".join(str(place.line) for place in draft.places)
        place = draft.places[0] if draft.places else Place("")
        for fault in error.errors():
            ours = fault["type"].startswith("bad-")
            label = labels.get(str(fault["loc"][0]), str(fault["loc"][0])) if fault["loc"] else ""
            said = fault["msg"] if ours else "内容的形式不对"
            code = fault["type"] if ours else "wrong-type"
            yield Problem(code, place, f"第 {rows} 行“{draft.title}”的“{label}”：{said}")


def _ids(draft: Draft) -> Iterator[Problem]:
    names = [draft.id, *([draft.fields["edition"]] if draft.fields.get("edition") else [])]
    if not all(is_id(name) for name in names) and draft.places:
        message = f"第 {draft.places[0].line} 行的名称“{draft.title}”注不出编号"
        yield Problem("bad-id", draft.places[0], message, "在对照表的 additions 里写明 id")


def _sort(file: Planned, *, known: str | None, present: str | None) -> str:
    """A file changes only where it still is as the last import left it."""
    if present is None:
        return "removed" if known else "created"
    if present == file.text:
        return "unchanged"
    return "changed" if known == _digest(present) else "edited"


def _present(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _read_ledger(path: Path) -> dict[str, str]:
    lines = (_present(path) or "").splitlines()
    return {name: digest for digest, separator, name in (line.partition("  ") for line in lines) if separator}
