"""A workbook and remarks on its cells come in; the same workbook goes out with cells coloured, commented and summed up in a column."""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from pathlib import Path
from types import MappingProxyType

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as Written
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.model.frozen import frozen
from site_builder.sheets.escape import escaped
from site_builder.sheets.sheet import Book

HEADING = "错误"
_AUTHOR = "网上展"
_FILLS: Mapping[str, str] = MappingProxyType({"错误": "FFF4B6B6", "警告": "FFFCE9A9", "提示": "FFD6E6F5"})
_INKS: Mapping[str, str] = MappingProxyType({"错误": "FF8B1A1A", "警告": "FF6B4E00", "提示": "FF1F4E79"})
_WIDTH = 48
_LINE = 17
"""Points of a line of text in the column of remarks."""


@frozen
class Remark:
    """What is said about a cell: its level is 错误, 警告 or 提示; row 0 speaks of the sheet as a whole."""

    sheet: str
    row: int
    column: int
    level: str
    text: str


def mark_workbook(source: Path, target: Path, *, remarks: Iterable[Remark], headers: Mapping[str, int]) -> None:
    """Writes the workbook back with the remarks; ``headers`` is the row of the headings in each sheet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that it does not keep
        book = load_workbook(source, rich_text=True)
    by_sheet: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_sheet[remark.sheet].append(remark)
    for name, several in by_sheet.items():
        if name in book.sheetnames and isinstance(book[name], Worksheet):
            _mark_sheet(book[name], several, header=headers.get(name, 1))
    _open_at_remarks(book, by_sheet)
    _save(book, target)


def write_marked(book: Book, target: Path, *, remarks: Iterable[Remark], headers: Mapping[str, int]) -> None:
    """A new workbook with what was read from a file that is none, and the remarks."""
    fresh = Workbook()
    fresh.remove(fresh.active)  # type: ignore[arg-type]  # a new workbook has its one sheet
    several = list(remarks)
    for number, sheet in enumerate(book.sheets, 1):
        name = _sheet_name(sheet.name, number)
        page = fresh.create_sheet(name)
        for row in sheet.rows:
            for cell in row:
                if cell.text and not cell.carried:
                    _write(page.cell(cell.row, cell.column), cell.text)
        own = [one for one in several if one.sheet == sheet.name]
        _mark_sheet(page, own, header=headers.get(sheet.name, 1))
        for column in range(1, min(page.max_column, 60)):
            page.column_dimensions[get_column_letter(column)].width = 18
    _save(fresh, target)


def _save(book: Workbook, target: Path) -> None:
    """The whole file or none: what stops half way leaves the former file."""
    draft = target.with_name(f".{target.name}.draft")
    try:
        book.save(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _sheet_name(name: str, number: int) -> str:
    plain = "".join("_" if character in r"[]:*?/\\" else character for character in name)[:28]
    return plain or f"表{number}"


def _mark_sheet(sheet: Worksheet, remarks: list[Remark], *, header: int) -> None:
    column = _free_column(sheet, header)
    _head(sheet, column, header=header)
    by_row: dict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_row[remark.row or header].append(remark)
    for row, several in by_row.items():
        _say(sheet, row, column=column, several=several)
        cells: dict[int, list[Remark]] = defaultdict(list)
        for remark in several:
            cells[remark.column].append(remark)
        for place, said in cells.items():
            if place:
                _colour(sheet, row, column=place, several=said)
    sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    _print_whole(sheet, header=header)


def _print_whole(sheet: Worksheet, *, header: int) -> None:
    """On paper the remarks stand beside their rows: all columns on one page, the headings on each."""
    sheet.print_area = None  # a former one ends before our column
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _free_column(sheet: Worksheet, header: int) -> int:
    """Behind the last column that holds something; the column of an earlier report is used again."""
    last = 0
    for row in sheet.iter_rows(max_row=min(sheet.max_row, header + 200)):
        for cell in row:
            if cell.value == HEADING and cell.row == header:
                return int(cell.column)
            if cell.value is not None:
                last = max(last, int(cell.column))
    merged = max((area.max_col for area in sheet.merged_cells.ranges if area.max_col < 400), default=0)
    return max(last, merged) + 1


def _head(sheet: Worksheet, column: int, *, header: int) -> None:
    for row in range(header + 1, sheet.max_row + 1):  # remarks of an earlier report
        if sheet.cell(row, column).value is not None:
            sheet.cell(row, column).value = None
    cell = sheet.cell(header, column)
    _write(cell, HEADING)
    left = sheet.cell(header, max(1, column - 1))
    cell.font, cell.border = copy(left.font), copy(left.border)  # type: ignore[assignment]  # proxies of styles
    cell.alignment = Alignment(horizontal="center", vertical="center")
    cell.fill = PatternFill("solid", fgColor=_FILLS["错误"])


def _say(sheet: Worksheet, row: int, *, column: int, several: list[Remark]) -> None:
    if row == 0:
        return
    cell = sheet.cell(row, column)
    text = "\n".join(dict.fromkeys(f"【{one.level}】{one.text}" for one in several))
    if cell.value == HEADING:
        _comment(cell, text)
        return
    _write(cell, text)
    worst = _worst(several)
    beside = sheet.cell(row, max(1, column - 1)).font
    cell.font = Font(name=beside.name, size=beside.size, color=_INKS[worst])
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = Border(left=Side("medium", color=_INKS[worst]))
    lines = sum(1 + len(line) * 2 // _WIDTH for line in text.split("\n"))
    height = sheet.row_dimensions[row].height or 0
    sheet.row_dimensions[row].height = max(height, min(400, _LINE * lines))


def _colour(sheet: Worksheet, row: int, *, column: int, several: list[Remark]) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    cell.fill = PatternFill("solid", fgColor=_FILLS[_worst(several)])
    _comment(cell, "\n".join(dict.fromkeys(one.text for one in several)))


def _comment(cell: Written | MergedCell, text: str) -> None:
    if isinstance(cell, MergedCell):
        return
    before = cell.comment.text if cell.comment and cell.comment.author != _AUTHOR else ""
    whole = f"{before}\n{text}".strip()[:2000]
    cell.comment = Comment(whole, _AUTHOR, width=320, height=40 + 18 * (1 + len(whole) // 22 + whole.count("\n")))


def _write(cell: Written | MergedCell, text: str) -> None:
    """As text, whatever it begins with."""
    if not isinstance(cell, MergedCell):
        cell.value = escaped(text)
        cell.data_type = "s"


def _worst(several: Iterable[Remark]) -> str:
    levels = {one.level for one in several}
    return next((level for level in _FILLS if level in levels), "提示")


def _open_at_remarks(book: Workbook, by_sheet: Mapping[str, list[Remark]]) -> None:
    """The workbook opens on the first sheet with an error, where its reader looks first."""
    for place, name in enumerate(book.sheetnames):
        if any(one.level == "错误" for one in by_sheet.get(name, ())) and book[name].sheet_state == "visible":
            book.active = place
            return
