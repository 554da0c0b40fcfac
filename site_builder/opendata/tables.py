"""Rows of plain values come in; the bytes of CSV files and workbooks go out, texts like formulas escaped."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_builder.sheets.escape import escaped
from site_builder.sheets.listing import Listing, Value
from site_builder.sheets.rapid_workbook import workbook_bytes

_BODY = "正文"
_NUMBER = "序号"
_WIDTHS = ((200, 48), (60, 36), (24, 24), (12, 16), (0, 11))
"""Longest text of the first rows → width of the column."""
_SEEN = 50


@dataclass(frozen=True)
class Table:
    """A table with its name, its headings and its rows."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def narrowed(self) -> "Table":
        """The same without columns that hold nothing."""
        filled = [at for at in range(len(self.headings)) if any(row[at] is not None for row in self.rows)]
        return Table(
            self.name,
            tuple(self.headings[at] for at in filled),
            tuple(tuple(row[at] for at in filled) for row in self.rows),
        )


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel opens it rightly."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headings)
    writer.writerows([escaped(value) if isinstance(value, str) else value for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def book_bytes(table: Table) -> bytes:
    """One sheet to read and to print; bodies of articles are left to the other formats."""
    shown = table.narrowed()
    at = [number for number, heading in enumerate(shown.headings) if heading != _BODY]

    def rows() -> Iterator[Sequence[Value]]:
        for number, row in enumerate(shown.rows, 1):
            yield [number, *(row[column] for column in at)]

    widths = [_width(shown.headings[column], [row[column] for row in shown.rows[:_SEEN]]) for column in at]
    headings = (_NUMBER, *(shown.headings[column] for column in at))
    return workbook_bytes([Listing(_sheet_name(table.name), table.name, headings, (6, *widths), rows)])


def _sheet_name(name: str) -> str:
    """Without what Excel forbids there; every text has something left."""
    return "".join(letter for letter in name if letter not in "[]:*?/\\'")[:31] or "表"


def _width(heading: str, values: Iterable[Value]) -> int:
    longest = max([2 * len(heading), *(2 * len(str(value)) for value in values if value is not None)])
    return next(width for length, width in _WIDTHS if longest >= length)
