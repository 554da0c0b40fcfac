"""Rows of plain values come in; the bytes of CSV files and workbooks go out, texts like formulas escaped.

A row may be *set* once, for all tables that it stands in: its cells as CSV and workbooks want them.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from site_builder.sheets.escape import escaped
from site_builder.sheets.listing import Value
from site_builder.sheets.rapid_workbook import EMPTY, Sheet, cell_of, workbook_bytes

_NUMBER = "序号"
_WIDTHS = ((200, 48), (60, 36), (24, 24), (12, 16), (0, 11))
"""Longest text of the first rows → width of the column."""
_SEEN = 50
Cells = tuple[Value, ...]
"""A row as CSV has it: texts like formulas escaped, None where there is nothing."""
Marked = tuple[str, ...]
"""The same row as a workbook has it: each cell as XML, empty where there is nothing."""


@dataclass(frozen=True)
class Table:
    """A table with its name, its headings and its rows."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Cells]

    def filled(self) -> tuple[int, ...]:
        """The columns that hold anything; all of them where there is no row."""
        columns = enumerate(zip(*self.rows, strict=True) if self.rows else ((True,) for _ in self.headings))
        return tuple(at for at, values in columns if any(value is not None for value in values))

    def narrowed(self, columns: Sequence[int]) -> "Table":
        """The same with these columns alone."""
        chosen = _chosen(columns)
        return Table(self.name, chosen(self.headings), [*map(chosen, self.rows)])


def _chosen(columns: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    return itemgetter(*columns) if len(columns) > 1 else lambda row: tuple([row[at] for at in columns])


def set_row(row: Iterable[Value]) -> Cells:
    """A row as CSV has it."""
    return tuple([escaped(value) if isinstance(value, str) else value for value in row])


def marked_row(row: Iterable[Value]) -> Marked:
    """A row as a workbook has it."""
    return tuple(["" if value is None else cell_of(value) for value in row])


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel opens it rightly."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return stream.getvalue().encode("utf-8-sig")


def book_bytes(table: Table, marked: Sequence[Marked]) -> bytes:
    """One sheet to read and to print, without empty columns; ``marked`` are the rows of the table."""
    shown = table.filled()
    seen = Table(table.name, table.headings, table.rows[:_SEEN]).narrowed(shown)
    widths = [_width(heading, [row[at] for row in seen.rows]) for at, heading in enumerate(seen.headings)]
    sheet = Sheet(_sheet_name(table.name), table.name, (_NUMBER, *seen.headings), (6, *widths))
    chosen = _chosen(shown)
    rows = [(cell_of(number), *(cell or EMPTY for cell in chosen(row))) for number, row in enumerate(marked, 1)]
    return workbook_bytes(sheet, rows)


def _sheet_name(name: str) -> str:
    """Without what Excel forbids there; every text has something left."""
    return "".join(letter for letter in name if letter not in "[]:*?/\\'")[:31] or "表"


def _width(heading: str, values: Iterable[Value]) -> int:
    longest = max([2 * len(heading), *(2 * len(str(value)) for value in values if value is not None)])
    return next(width for length, width in _WIDTHS if longest >= length)
