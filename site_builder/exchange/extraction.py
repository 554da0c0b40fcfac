"""A book comes in; out go the entries that its sheets describe, cell by cell, and what was skipped, dropped or not understood."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from site_builder.exchange.festival_form import statistics_in
from site_builder.exchange.form_layout import Form, read_form, title_of
from site_builder.exchange.headings import Fate, Match
from site_builder.exchange.kind_guess import words_for
from site_builder.exchange.layout import (
    Aside,
    Probe,
    Table,
    data_rows,
    dropped_headings,
    find_table,
    probe,
    unknown_headings,
)
from site_builder.exchange.raw import Filled, Raw, place_in
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, Kind, kind_named
from site_builder.model.problems import Problem
from site_builder.sheets.sheet import Book, Cell, Sheet

IMPORTED = tuple(kind for kind in KINDS if kind.name not in {"vocabulary"})
_SKIPPED = ("填写说明", "填表说明", "说明", "示例", "样例", "词表", "选项", "字典")
_LONGEST_FORM = 400
"""Rows of a form; what is longer is a table."""


@frozen
class Ask:
    """What the editor said beforehand: headings in their words, the kind of all sheets or of single ones."""

    headings: Mapping[str, str]
    kind: str = ""
    sheets: Mapping[str, str] | None = None

    def kinds_for(self, sheet: str) -> tuple[Kind, ...]:
        """The kinds that a sheet may hold."""
        labelled = next((kind.name for kind in IMPORTED if kind.label == sheet), "")
        said = (self.sheets or {}).get(sheet) or self.kind or labelled
        return (kind_named(said),) if said else IMPORTED


@frozen
class SheetReport:
    """How a sheet was understood: for the plan, which says so."""

    file: str
    sheet: str
    kind: str = ""
    header: tuple[int, ...] = ()
    entries: int = 0
    dropped: tuple[Match, ...] = ()
    unknown: tuple[Match, ...] = ()
    asides: tuple[Aside, ...] = ()
    skipped: str = ""
    """Why the whole sheet was passed over."""
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    """Rows that were read though nobody sees them in the office program: hidden by hand, or by a filter."""


Found = Raw | SheetReport | Problem
"""What comes out of a sheet: its entries as they are read, then the report on it and what is wrong with it as a whole."""


def extract(book: Book, sheet: Sheet, *, ask: Ask) -> Iterator[Found]:
    """The entries of a sheet one after the other, so that no more than one of them need be held; the report last.

    Raises ``Refused`` where the sheet is damaged or too long, perhaps after some entries.
    """
    said = next((word for word in _SKIPPED if word in sheet.name), "")
    if said and book.form == "xlsx" and not (ask.sheets or {}).get(sheet.name):
        yield SheetReport(book.path, sheet.name, skipped=f"名称里有“{said}”", hidden=sheet.hidden)
        return
    hint = f"{PurePosixPath(book.path).stem} {sheet.name}"
    probed = probe(sheet, kinds=ask.kinds_for(sheet.name), given=ask.headings, hint=hint)
    if not any(cell.text for row in probed.rows for cell in row):
        yield SheetReport(book.path, sheet.name, skipped="空表", hidden=sheet.hidden)
        return
    answers = statistics_in(probed.rows)
    if answers:
        yield from _from_statistics(book, sheet, answers=answers)
        return
    table = find_table(probed)
    form = None if table and _is_plain(table) and sheet.addressed else _form(sheet, probed.kinds, ask=ask, hint=hint)
    if form and _prefers_form(table, form[1], addressed=sheet.addressed):
        yield from _from_form(book, sheet, kind=form[0], form=form[1])
    elif table:
        yield from _from_table(book, sheet, table=table)
    else:
        yield from _without_header(book, sheet, probed=probed)


def _without_header(book: Book, sheet: Sheet, *, probed: Probe) -> Iterator[Found]:
    first = next(cell for row in probed.rows for cell in row if cell.text)
    yield SheetReport(book.path, sheet.name, skipped="找不到表头", hidden=sheet.hidden)
    yield Problem("no-header", place_in(book.path, sheet, cell=first), f"“{sheet.name}”里找不到表头，没有读")


def _is_plain(table: Table) -> bool:
    """Whether nobody could take the table for a form: its entries have names, and most columns are known."""
    known = sum(1 for match in table.columns.values() if match.fate is Fate.FIELD)
    return known >= 4 and any(match.path == (table.kind.title_field,) for match in table.columns.values())


def _form(sheet: Sheet, kinds: tuple[Kind, ...], *, ask: Ask, hint: str) -> tuple[Kind, Form] | None:
    whole = tuple(row for _, row in zip(range(_LONGEST_FORM), sheet.rows, strict=False))
    title = title_of(whole)
    found = [(kind, read_form(whole, kind, given=ask.headings)) for kind in kinds]
    scored = [
        (_form_score(kind, form, hint=f"{hint} {title}"), -place, kind, form)
        for place, (kind, form) in enumerate(found)
    ]
    best = max(scored, default=None, key=lambda one: one[:2])
    return (best[2], best[3]) if best and best[3].filled >= 2 else None


def _form_score(kind: Kind, form: Form, *, hint: str) -> float:
    titled = any(one.match.path == (kind.title_field,) and one.cell.text for one in form.cells)
    return form.filled + (3 if titled else -3) + words_for(kind, hint) * 1.5


def _prefers_form(table: Table | None, form: Form, *, addressed: bool) -> bool:
    if table is None:
        return True
    known = sum(1 for match in table.columns.values() if match.fate is Fate.FIELD)
    if not addressed and not _is_plain(table):
        return True
    return form.filled > known and not _is_plain(table)


def _from_form(book: Book, sheet: Sheet, *, kind: Kind, form: Form) -> Iterator[Found]:
    fields = tuple(one for one in form.cells if one.match.fate is Fate.FIELD)
    yield Raw(kind, book.path, sheet, fields, form.groups, title=form.title)
    dropped = _unique(
        one.match
        for one in (*form.cells, *(f for group in form.groups for f in group))
        if one.match.fate in {Fate.PRIVATE, Fate.OFFICE}
    )
    unknown = _unique(form.strange)
    yield SheetReport(
        book.path, sheet.name, kind.name, entries=1, dropped=dropped, unknown=unknown, hidden=sheet.hidden
    )


def _from_statistics(book: Book, sheet: Sheet, *, answers: tuple[Filled, ...]) -> Iterator[Found]:
    """What one union reports of a festival belongs to that union."""
    yield Raw(kind_named("union"), book.path, sheet, answers, title=title_of(tuple(sheet.rows)))
    yield SheetReport(book.path, sheet.name, "union", entries=1, hidden=sheet.hidden)


def _unique(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple({match.text: match for match in matches}.values())


def _from_table(book: Book, sheet: Sheet, *, table: Table) -> Iterator[Found]:
    asides = list(table.asides)
    entries, hidden = 0, []
    open_raw: Raw | None = None
    title = next((c for c, m in sorted(table.columns.items()) if m.path == (table.kind.title_field,)), 0)
    for row in data_rows(sheet, table):
        if isinstance(row, Aside):
            asides.append(row)
            continue
        filled = tuple(_filled(row, table))
        hidden += [row[0].row] if filled and all(one.cell.hidden for one in filled) else []
        if open_raw and filled and _goes_on(filled, table):
            open_raw = replace(open_raw, more=(*open_raw.more, _new(filled)))
        elif filled:
            if open_raw:
                yield open_raw
            open_raw = Raw(table.kind, book.path, sheet, filled, title=table.title, title_column=title)
            entries += 1
    if open_raw:
        yield open_raw
    for said in _said_of(book, sheet, table=table, report=(entries, tuple(asides))):
        yield replace(said, hidden_rows=tuple(hidden)) if isinstance(said, SheetReport) else said


def _said_of(book: Book, sheet: Sheet, *, table: Table, report: tuple[int, tuple[Aside, ...]]) -> Iterator[Found]:
    """How a table was understood: how many entries, which rows and columns were passed over."""
    unknown = [(column, match) for column, match in unknown_headings(table) if match.text]
    yield SheetReport(
        *(book.path, sheet.name, table.kind.name, table.header, report[0]),
        dropped=_unique(match for _, match in dropped_headings(table)),
        unknown=tuple(match for _, match in unknown),
        asides=report[1],
        hidden=sheet.hidden,
    )
    for column, match in unknown:
        place = place_in(book.path, sheet, cell=Cell(None, table.header[-1], column))
        yield Problem("unknown-heading", place, f"不认识表头“{match.text}”，这一列没有读")


def _filled(row: tuple[Cell, ...], table: Table) -> Iterator[Filled]:
    for cell in row:
        match = table.columns.get(cell.column)
        if match and match.fate is Fate.FIELD and (cell.value is not None or cell.fault):
            yield Filled(match, cell)


def _goes_on(filled: tuple[Filled, ...], table: Table) -> bool:
    """Whether a row adds to the lists of the one above: its title is merged with that, or it fills lists alone."""
    title = next((one for one in filled if one.match.path == (table.kind.title_field,)), None)
    if title is not None:
        return title.cell.carried
    return all(len(one.match.path) > 1 or one.cell.carried for one in filled)


def _new(filled: tuple[Filled, ...]) -> tuple[Filled, ...]:
    return tuple(one for one in filled if not one.cell.carried)
