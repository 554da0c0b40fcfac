"""A sheet and the kinds it may hold come in; out go the heading of every column, the rows of data and what was passed over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice

from site_builder.exchange.asides import aside_of
from site_builder.exchange.headings import Fate, Match
from site_builder.exchange.kind_guess import guess_kind
from site_builder.exchange.wording import key_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.sheets.sheet import Cell, Sheet

PROBED = 40
"""In how many rows from the top the headings are looked for."""
_SHORT = 40
"""A heading is no longer than this."""


@frozen
class Aside:
    """A row that is no entry, and why: a title, a sum, a signature, a note."""

    row: int
    why: str


@frozen
class Table:
    """Where the data of a sheet begin, and what its columns mean."""

    kind: Kind
    columns: Mapping[int, Match]
    header: tuple[int, ...]
    """Numbers of the rows that hold the headings: one, or two that were joined."""
    title: str
    """The title above the headings."""
    asides: tuple[Aside, ...] = field(default=())


@frozen
class Probe:
    """The first rows of a sheet with what is known beforehand: kinds that may be meant, the editor's own words."""

    sheet: Sheet
    rows: tuple[tuple[Cell, ...], ...]
    kinds: tuple[Kind, ...]
    given: Mapping[str, str]
    hint: str
    """Name of the file and the sheet, in which the kind may be said."""


def probe(sheet: Sheet, *, kinds: Iterable[Kind], given: Mapping[str, str], hint: str) -> Probe:
    """The top of a sheet, read once."""
    return Probe(sheet, tuple(islice(sheet.rows, PROBED)), tuple(kinds), given, hint)


def find_table(probed: Probe) -> Table | None:
    """The table of a sheet; None where no row looks like headings."""
    best: tuple[float, Table] | None = None
    for place, row in enumerate(probed.rows):
        if len(_texts(row)) < 1:
            continue
        for joined in (False, True):
            found = _table_at(probed, place, joined=joined)
            if found and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else None


def _table_at(probed: Probe, place: int, *, joined: bool) -> tuple[float, Table] | None:
    row = probed.rows[place]
    below = probed.rows[place + 1] if joined and place + 1 < len(probed.rows) else ()
    if joined and not _second_row(row, below):
        return None
    headings = (
        joined_headings(row, below) if joined else {c.column: (c.text,) for c in row if c.text and not _wide(row, c)}
    )
    if not headings or any(len(words[-1]) > _SHORT * 3 for words in headings.values()):
        return None
    above = " ".join(dict.fromkeys(text for one in probed.rows[:place] for text in _texts(one)))
    kind, columns = guess_kind(probed.kinds, headings, given=probed.given, hint=f"{probed.hint} {above}")
    known = [match for match in columns.values() if match.known]
    named = [match for match in known if match.fate is Fate.FIELD]
    if not named or len(known) < min(2, len(headings)) or len(known) * 2 < len(columns):
        return None
    rows = tuple(cell.row for cell in (row[0], *below[:1]))
    asides = tuple(Aside(one[0].row, "表头以上") for one in probed.rows[:place] if _texts(one))
    score = len(known) + len(named) * 0.5 - place * 0.05 + (0.6 if joined else 0)
    lines = [text for one in probed.rows[:place] for text in _texts(one)]
    title = next((text for text in lines if text.endswith(("表", "单", "册", "）"))), "")
    return score, Table(kind, columns, rows, title, asides)


def joined_headings(row: Sequence[Cell], below: Sequence[Cell]) -> dict[int, tuple[str, ...]]:
    """Column → the words of two heading rows, the group first: 经济效益 over 新增利润."""
    lower = {cell.column: cell for cell in below}
    upper = {cell.column: cell for cell in row}
    found: dict[int, tuple[str, ...]] = {}
    group = ""
    for column in range(1, max([*lower, *upper], default=0) + 1):
        top, sub = upper.get(column), lower.get(column)
        text = top.text if top else ""
        said = sub.text if sub else ""
        group = text or (group if said else "")
        if sub and sub.carried and said == text:
            said = ""
        words = tuple(dict.fromkeys(word for word in (group, said) if word))
        if words:
            found[column] = words
    return found


def _second_row(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the row below may be the lower half of two-row headings: short words under a group that spans columns."""
    own = [cell for cell in below if cell.text and not cell.carried]
    if len(set(_texts(row))) < 2:
        return False  # one text alone is a title, merged or not
    if not own or any(len(cell.text) > _SHORT or not isinstance(cell.value, str) for cell in own):
        return False
    upper = {cell.column: cell for cell in row}
    spanned = [c for c in own if not (t := upper.get(c.column)) or not t.text or (t.carried and t.row == row[0].row)]
    return bool(spanned)


def _wide(row: Sequence[Cell], cell: Cell) -> bool:
    """A cell that another one to its left was merged over."""
    return cell.carried and cell.column > 1 and any(c.column == cell.column - 1 and c.text == cell.text for c in row)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.text and not cell.carried]


def data_rows(sheet: Sheet, table: Table) -> Iterator[tuple[Cell, ...] | Aside]:
    """Every row below the headings: its cells, or why it is no entry; empty rows are left out."""
    repeated = {key_of(match.text) for match in table.columns.values() if match.text}
    for row in sheet.rows:
        if not row or row[0].row <= table.header[-1]:
            continue
        texts = _texts(row)
        if not texts and not any(cell.fault for cell in row):
            continue
        why = aside_of(row, table.columns)
        if not why and len(texts) > 1 and all(key_of(text) in repeated for text in texts):
            why = "重复的表头"
        yield Aside(row[0].row, why) if why else row


def unknown_headings(table: Table) -> list[tuple[int, Match]]:
    """Columns whose headings mean nothing here."""
    return [(column, match) for column, match in sorted(table.columns.items()) if not match.known]


def dropped_headings(table: Table) -> list[tuple[int, Match]]:
    """Columns that are private or of use to the office alone."""
    return [(c, m) for c, m in sorted(table.columns.items()) if m.fate in {Fate.PRIVATE, Fate.OFFICE}]
