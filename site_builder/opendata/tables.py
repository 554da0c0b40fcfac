"""Rows of plain values come in; the bytes of CSV files and workbooks go out, texts like formulas escaped."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.opendata.splicing import spliced
from site_builder.sheets.escape import escaped_row
from site_builder.sheets.listing import Value, width_of
from site_builder.sheets.rapid_workbook import EMPTY, Sheet, cell_of, mended_bytes, workbook_bytes

_NUMBER = "序号"
_SEEN = 50
"""So many rows decide on the widths."""
_END = b"\r\n"
"""Of a line of CSV."""
_SHORT = 100
"""Longer texts stand in few rows, and are not worth their memory."""

Row = Sequence[Value]


@frozen
class Table:
    """A table with its name, its headings and its rows."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Row]
    origin: str = ""
    """Where it comes from; a workbook says so over its headings."""

    def filled(self) -> tuple[int, ...]:
        """The columns that hold anything; all of them where there is no row."""
        columns = enumerate(zip(*self.rows, strict=True) if self.rows else ((True,) for _ in self.headings))
        return tuple(at for at, values in columns if values.count(None) < len(values))

    def narrowed(self, columns: Sequence[int]) -> "Table":
        """The same with these columns alone."""
        chosen = _chosen(columns)
        return Table(self.name, chosen(self.headings), [*map(chosen, self.rows)], self.origin)


def _chosen(columns: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    return itemgetter(*columns) if len(columns) > 1 else lambda row: tuple([row[at] for at in columns])


def csv_bytes(table: Table) -> bytes:
    """A table as a CSV file."""
    return csv_file(table.headings, csv_lines(table.rows))


def csv_file(headings: Sequence[str], lines: Iterable[str]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel opens it rightly; ``lines`` are those of its rows."""
    # line by line: the text of a whole file is fresh memory, which costs more than to encode it
    return b"".join(map(str.encode, ("\ufeff", *_written([headings]), *lines)))


def csv_lines(rows: Iterable[Row]) -> list[str]:
    """Rows as lines of CSV, each with its end, texts like formulas escaped."""
    return _written(map(escaped_row, rows))


def csv_mended(content: bytes, headings: Sequence[str], *, rows: Iterable[tuple[Row, Row]]) -> bytes | None:
    """A file of ``csv_bytes`` with these rows, each given as it was and as it is, as long as under all headings of its kind.

    None where other columns may be filled now, or a row is not found.
    """
    chosen = _chosen([headings.index(heading) for heading in csv_headings(content)])
    parts = []
    for was, now in rows:
        if not _as_filled(was, now):
            return None
        former, line = csv_lines([chosen(was), chosen(now)])
        parts.append((former.encode(), line.encode()))
    return spliced(content, parts)


def csv_headings(content: bytes) -> tuple[str, ...]:
    """The headings of a file of ``csv_bytes``."""
    return tuple(next(csv.reader([content.partition(_END)[0].decode("utf-8-sig")])))


class _Lines(list[str]):
    """Stands for a file of lines, which are to be had one by one."""

    write = list.append


def _written(rows: Iterable[Iterable[Any]]) -> list[str]:
    lines = _Lines()
    csv.writer(lines).writerows(rows)
    return lines


class Cells(dict[Value, str]):
    """Values → cells as XML; those that return, as names and years do, are made once, and so are rows of the same columns."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[tuple[int, ...], _Rows] = {}

    def rows(self, columns: tuple[int, ...]) -> "_Rows":
        """Rows of these columns, as the tables have them."""
        return self._rows.setdefault(columns, _Rows(self))

    def __missing__(self, value: Value) -> str:
        cell = cell_of(value)
        if not isinstance(value, str) or len(value) <= _SHORT:
            self[value] = cell
        return cell


class _Rows(dict[Row, bytes]):
    """Rows → all their cells as XML in UTF-8: most stand in several lists."""

    def __init__(self, cells: Cells) -> None:
        super().__init__()
        self._cell_at = cells.__getitem__

    def __missing__(self, row: Row) -> bytes:
        text = self[row] = "".join(map(self._cell_at, row)).encode()
        return text


def book_bytes(table: Table, cells: Cells | None = None) -> bytes:
    """One sheet to read and to print, without empty columns; ``cells`` are those of tables before it."""
    columns = table.filled()
    shown = table.narrowed(columns)
    widths = [width_of(heading, [row[at] for row in shown.rows[:_SEEN]]) for at, heading in enumerate(shown.headings)]
    title = f"{table.name}（{table.origin}）" if table.origin else table.name
    sheet = Sheet(_sheet_name(table.name), title, (_NUMBER, *shown.headings), (6, *widths))
    cells = Cells() if cells is None else cells
    made = cells.rows(columns)
    return workbook_bytes(sheet, ((cells[number].encode(), made[row]) for number, row in enumerate(shown.rows, 1)))


def book_mended(content: bytes, rows: Mapping[int, tuple[Row, Row]]) -> bytes | None:
    """A file of ``book_bytes`` with these rows, by number from 1, each given as it was and as it is, empty columns included.

    None where other columns may be filled now or widths may be others, or a row is not found.
    """
    if not all(_as_filled(was, now) for was, now in rows.values()):
        return None
    if not all(_as_wide(was, now) for number, (was, now) in rows.items() if number <= _SEEN):
        return None
    cells = {number: (_filled_cells(was), _filled_cells(now)) for number, (was, now) in rows.items()}
    return mended_bytes(content, cells)


def _filled_cells(row: Row) -> list[str]:
    return [cell for cell in map(cell_of, row) if cell != EMPTY]


def _as_filled(was: Row, now: Row) -> bool:
    """Whether the same columns are filled, and so the same ones empty in all rows."""
    return [cell is None for cell in was] == [cell is None for cell in now]


def _as_wide(was: Row, now: Row) -> bool:
    """Whether each column is as wide as it was, whatever stands in other rows: the longest text decides."""
    return all(width_of("", (one,)) == width_of("", (other,)) for one, other in zip(was, now, strict=True))


def _sheet_name(name: str) -> str:
    """Without what Excel forbids there; every text has something left."""
    return "".join(letter for letter in name if letter not in "[]:*?/\\'")[:31] or "表"
