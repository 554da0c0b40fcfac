"""Texts that want translating come in, a list for translators goes out; and such a list comes back, row by row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from site_builder.exchange.wanting import Wanting
from site_builder.intake.renderings import State
from site_builder.model.frozen import frozen
from site_builder.model.languages import LANGUAGES
from site_builder.sheets.escape import unescaped
from site_builder.sheets.listing import Listing, Value
from site_builder.sheets.sheet import Book, Cell, Sheet

SORT, ID, FIELD, CHINESE, STATE, ORIGINAL = "种类", "条目编号", "字段", "中文", "状态", "译时的中文"
FORMER, FRESH = "现有译文", "新译文"
_TAGGED = re.compile(rf"({FORMER}|{FRESH})\s*[（(]\s*([A-Za-z-]+)\s*[）)]")
_FIRST_ROWS = 10
_WIDTHS = (10, 20, 18, 48, 10, 30, 36, 48)


@frozen
class Header:
    """Where the columns of a translators' list stand."""

    row: int
    tag: str
    columns: dict[str, int]


@frozen
class Row:
    """One row of it, as read."""

    cells: dict[str, Cell]
    """Heading → cell."""

    def text(self, heading: str) -> str:
        """The text under a heading; empty where there is none."""
        return self.cells[heading].text if heading in self.cells else ""

    def fault(self, heading: str) -> str:
        """Why the cell under a heading has no value, likewise."""
        return self.cells[heading].fault if heading in self.cells else ""


def translators_list(found: Iterable[Wanting], *, tag: str) -> Listing:
    """Every text with its state, and an empty column for what is new."""
    several = tuple(found)

    def rows() -> Iterator[Sequence[Value]]:
        for one in several:
            for text in one.renderings:
                former = text.original if text.state is State.CHANGED else ""
                yield (one.sort, one.id, text.label, text.chinese, text.state.value, former, text.said, "")

    headings = (SORT, ID, FIELD, CHINESE, STATE, ORIGINAL, f"{FORMER}（{tag}）", f"{FRESH}（{tag}）")
    return Listing(f"译文 {tag}", f"译文：{LANGUAGES[tag].name}（{tag}）", headings, _WIDTHS, rows)


def header_of(sheet: Sheet) -> Header | None:
    """The headings of a translators' list; None for every other sheet."""
    for row in islice(sheet.rows, _FIRST_ROWS):
        columns, tag = {}, ""
        for cell in row:
            tagged = _TAGGED.fullmatch(cell.text)
            columns[tagged[1] if tagged else cell.text] = cell.column
            tag = tagged[2] if tagged and tagged[1] == FRESH else tag
        if tag and {SORT, ID, FIELD, CHINESE} <= columns.keys():
            return Header(row[0].row, tag, columns)
    return None


def is_translators(book: Book) -> bool:
    """Whether any sheet of a book is such a list."""
    return any(header_of(sheet) for sheet in book.sheets)


def rows_of(book: Book, sheet: Sheet, *, header: Header) -> Iterator[Row]:
    """Its rows in which anything stands."""
    names = {column: heading for heading, column in header.columns.items()}
    for row in sheet.rows:
        cells = {names[cell.column]: _plain(cell, book) for cell in row if cell.column in names}
        if row and row[0].row > header.row and any(cell.text or cell.fault for cell in cells.values()):
            yield Row(cells)


def _plain(cell: Cell, book: Book) -> Cell:
    """A cell without the apostrophe that keeps texts like formulas texts; workbooks are read without it."""
    if book.form != "csv" or not isinstance(cell.value, str):
        return cell
    return Cell(unescaped(cell.value), cell.row, cell.column, fault=cell.fault)
