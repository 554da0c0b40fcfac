"""Lists as rows of plain values come in; a workbook or a CSV file goes out, no cell of which becomes a formula."""

import csv
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from site_builder.model.frozen import frozen
from site_builder.sheets.escape import escaped, unescaped

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | None
LONGEST_CELL = 32767
"""Characters that a spreadsheet can hold in a cell."""
PAGE_WIDTH = 165
"""Characters that are legible across a landscape A4 page."""
BORN = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's dates have no zone; a fixed one makes two runs give the same bytes
FONT = "微软雅黑"
_WIDTHS = ((200, 48), (60, 36), (24, 24), (12, 16), (0, 11))
"""Longest text of the column → width of the column."""
_BASE = (("font_name", FONT), ("font_size", 10), ("valign", "top"), ("border", 1), ("border_color", "#BFBFBF"))


@frozen
class Listing:
    """One list: its name, its headings with the widths of their columns, and its rows, walked once for each file."""

    name: str
    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Callable[[], Iterator[Sequence[Value]]]
    totals: bool = False
    """Whether the last row sums up the others and is set in bold type."""


def width_of(heading: str, values: Iterable[Value]) -> int:
    """The width of a column, in characters as spreadsheets count them, that suits its heading and these values."""
    longest = max([2 * len(heading), *(2 * len(str(value)) for value in values if value is not None)])
    return next(width for length, width in _WIDTHS if longest >= length)


def pages_across(widths: Iterable[int]) -> int:
    """How many pages side by side columns of these widths are printed on."""
    return math.ceil(sum(widths) / PAGE_WIDTH)


@frozen
class TooLong:
    """A text that no cell can hold."""

    listing: str
    row: int
    """1-based, among the rows of the list."""
    heading: str


def too_long(listings: Iterable[Listing]) -> Iterator[TooLong]:
    """Texts that a workbook would cut; to be asked before one is written."""
    for listing in listings:
        for number, row in enumerate(listing.rows(), 1):
            for heading, value in zip(listing.headings, row, strict=True):
                if isinstance(value, str) and len(value.encode("utf-16-le")) > 2 * LONGEST_CELL:
                    yield TooLong(listing.name, number, heading)


@contextmanager
def _as_the_disk_says() -> Iterator[None]:
    """What the disk refused, without the wrapping of the library, which is no ``OSError``."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except FileCreateError as fault:
        raise fault.args[0] from fault


def write_workbook(path: Path, listings: Iterable[Listing]) -> None:
    """Writes an .xlsx file, a sheet for each list; rows go to the disk as they come. OSError where the disk refuses."""
    from xlsxwriter import Workbook  # for who writes with it: most builds have their books

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    path.open("wb").close()  # where nobody may write, before rows are laid aside
    with (
        _as_the_disk_says(),
        TemporaryDirectory() as scratch,
        Workbook(str(path), options | {"tmpdir": scratch}) as book,
    ):
        book.set_properties({"created": BORN})
        styles = {
            "title": book.add_format({"font_name": FONT, "font_size": 16, "bold": True, "font_color": "#7A1F1F"}),
            "head": book.add_format({**dict(_BASE), "bold": True, "bg_color": "#E9E4DA", "text_wrap": True}),
            "text": book.add_format({**dict(_BASE), "num_format": "@", "text_wrap": True}),
            # an apostrophe that shows nowhere and keeps a text a text even when somebody edits the cell
            "shielded": book.add_format({**dict(_BASE), "num_format": "@", "text_wrap": True, "quote_prefix": True}),
            "number": book.add_format(dict(_BASE)),
            "total": book.add_format({**dict(_BASE), "bold": True, "bg_color": "#F3F0EA"}),
        }
        for listing in listings:
            _write_sheet(book.add_worksheet(listing.name[:31]), listing, styles=styles)


def write_csv(path: Path, listing: Listing) -> None:
    """Writes a CSV file that Excel opens rightly: UTF-8 with a byte-order mark, texts like formulas escaped."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(escaped(heading) for heading in listing.headings)
        for row in listing.rows():
            writer.writerow(escaped(value) if isinstance(value, str) else value for value in row)


def _write_sheet(page: "Worksheet", listing: Listing, *, styles: "dict[str, Format]") -> None:
    for column, width in enumerate(listing.widths):
        page.set_column(column, column, width)
    page.freeze_panes(2, 0)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.repeat_rows(0, 1)
    page.fit_to_pages(pages_across(listing.widths), 0)
    page.set_footer("&L&A&C第 &P 页，共 &N 页")
    page.set_row(0, 28)
    page.write_string(0, 0, listing.title, styles["title"])
    for column, heading in enumerate(listing.headings):
        page.write_string(1, column, heading, styles["head"])
    last = 1
    for last, row in enumerate(_with_marks(listing), 2):
        for column, (value, style) in enumerate(row):
            _write_cell(page, (last, column), value=value, style=styles[style])
    page.autofilter(1, 0, max(last - listing.totals, 1), len(listing.headings) - 1)


def _with_marks(listing: Listing) -> Iterator[list[tuple[Value, str]]]:
    """Rows with the name of each cell's style; one row is held back, so that the last can be told."""
    held: Sequence[Value] | None = None
    for row in listing.rows():
        if held is not None:
            yield [(value, _style_of(value)) for value in held]
        held = row
    if held is not None:
        yield [(value, "total" if listing.totals else _style_of(value)) for value in held]


def _style_of(value: Value) -> str:
    if isinstance(value, (int, float)):
        return "number"
    return "shielded" if value and escaped(value) != value else "text"


def _write_cell(page: "Worksheet", at: tuple[int, int], *, value: Value, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(*at, None, style)
    elif isinstance(value, str):
        # the import takes an apostrophe before a sign for an escape; a text of that look gets one more
        page.write_string(*at, value if unescaped(value) == value else f"'{value}", style)
    else:
        page.write_number(*at, value, style)
