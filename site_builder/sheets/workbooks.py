"""The path of an .xlsx or .xlsm file comes in; its sheets go out, rows streamed, merged values carried, dates as shown."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from site_builder.model.frozen import frozen
from site_builder.sheets.escape import unescaped
from site_builder.sheets.limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from site_builder.sheets.packages import Package, Refused
from site_builder.sheets.sheet import Book, Cell, Sheet, Value
from site_builder.sheets.sheet_pictures import pictures_in_workbook
from site_builder.sheets.traits import Range, Traits, traits_of

_BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ParseError,
    ExpatError,
    LxmlError,
    zipfile.BadZipFile,
    EOFError,
)
"""What openpyxl raises, undocumented, for the many ways in which a package can be wrong."""
_IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|_.|\*.')
UNCOUNTED = "公式没有结果"
_DECIMALS = re.compile(r"0\.(0{1,6})")
_ZEROS = re.compile(r"0{2,}")


def read_workbook(path: Path, package: Package, *, shown: str) -> Book:
    """The book; ``Refused`` where it is damaged or holds too much."""
    try:
        with closing(_opened(path)) as book:
            parts = [(sheet.title, _part_of(sheet), sheet.sheet_state) for sheet in book.worksheets]
        sheets = tuple(
            Sheet(name, _Worksheet(path, name, part).rows, hidden=state != "visible") for name, part, state in parts
        )
        pictures = pictures_in_workbook(path, {part: name for name, part, _ in parts})
    except InvalidFileException as fault:
        raise Refused("sheet-format", "不是 Excel 工作簿", hint="另存为 .xlsx 再导入") from fault
    except _BROKEN as fault:
        raise _damaged(fault) from fault
    return Book(shown, "xlsx", sheets, pictures, package.notes)


_ESCAPE = re.compile(r"_x005F(?=_x[0-9A-Fa-f]{4}_)")
"""What the file format puts before a text that looks like one of its escapes; the reader leaves it in."""


def _opened(path: Path) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles, validations and extensions, which are nothing to us
        return load_workbook(path, read_only=True, data_only=True, keep_links=False)


def _part_of(sheet: object) -> str:
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _damaged(fault: Exception) -> Refused:
    if isinstance(fault, Refused):
        return fault
    return Refused("sheet-damaged", "工作簿损坏，读不出来", hint="用 Excel 或 WPS 打开，另存一份再导入")


@frozen
class _Worksheet:
    path: Path
    name: str
    part: str

    @cached_property
    def traits(self) -> Traits:
        with zipfile.ZipFile(self.path) as archive, archive.open(self.part) as stream:
            return traits_of(stream)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, each time from the file; ``Refused`` once there are too many."""
        try:
            yield from self._read()
        except _BROKEN as fault:
            raise _damaged(fault) from fault

    def _read(self) -> Iterator[tuple[Cell, ...]]:
        traits, carrying = self.traits, _Carrying(self.traits.merged)
        uncounted: dict[int, dict[int, Cell]] = {}
        for row, column in traits.uncounted:
            uncounted.setdefault(row, {})[column] = Cell(None, row, column, fault=UNCOUNTED)
        filled = cells = 0
        with closing(_opened(self.path)) as book:
            sheet = book[self.name]
            sheet.reset_dimensions()  # the sheet's own word about its size is often wrong
            for number, raw in enumerate(sheet.iter_rows(max_col=max(1, traits.width)), 1):
                found = {
                    place: _cell(one, number, column=place, traits=traits)
                    for place, one in enumerate(raw, 1)
                    if one.value is not None
                } | uncounted.get(number, {})
                filled, cells = filled + bool(found), cells + len(found)
                if filled > MOST_ROWS or cells > MOST_CELLS:
                    raise _too_long()
                yield carrying.row(number, found, hidden=number in traits.hidden_rows)
                if number >= traits.last:
                    return


def _too_long() -> Refused:
    return Refused("sheet-limit", f"表太长，超过 {MOST_ROWS} 行或 {MOST_CELLS // 10000} 万格", hint="把表分成几个文件")


class _Carrying:
    """Fills the cells of merged ranges with the value of their first cell, row by row."""

    def __init__(self, merged: tuple[Range, ...]) -> None:
        self._waiting = sorted(merged, key=lambda one: one.top, reverse=True)
        self._open: list[tuple[Range, Cell | None]] = []

    def row(self, number: int, found: dict[int, Cell], *, hidden: bool) -> tuple[Cell, ...]:
        """The cells of a row from the first column to the last that holds something."""
        while self._waiting and self._waiting[-1].top <= number:
            one = self._waiting.pop()
            self._open.append((one, found.get(one.left)))
        self._open = [(one, first) for one, first in self._open if one.bottom >= number]
        if sum(max(0, min(one.right, MOST_COLUMNS) - one.left + 1) for one, _ in self._open) > MOST_COLUMNS:
            raise ValueError("merged ranges lie upon each other")
        for one, first in self._open:
            for column in range(one.left, min(one.right, MOST_COLUMNS) + 1):
                if first is not None and (column, number) != (one.left, one.top):
                    found[column] = Cell(first.value, number, column, carried=True, hidden=hidden, fault=first.fault)
        empty = (Cell(None, number, column) for column in range(1, max(found, default=0) + 1))
        return tuple(found.get(cell.column, cell) for cell in empty)


def _cell(raw: object, row: int, *, column: int, traits: Traits) -> Cell:
    value = getattr(raw, "value", None)
    hidden = row in traits.hidden_rows or column in traits.hidden_columns
    if getattr(raw, "data_type", "") == "e":
        return Cell(None, row, column, hidden=hidden, fault=str(value))
    if isinstance(value, str):
        return Cell(unescaped(_ESCAPE.sub("", value[:LONGEST_CELL])), row, column, hidden=hidden)
    return Cell(as_shown(value, getattr(raw, "number_format", "") or ""), row, column, hidden=hidden)


def as_shown(value: object, pattern: str) -> Value:
    """A value as its number format shows it: ``2024-05`` where no day is shown, ``15.3%``, ``007``."""
    if isinstance(value, datetime | date):
        return _date_shown(value, pattern)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value  # type: ignore[return-value]  # a text, a time or nothing
    plain = _IN_QUOTES.sub("", pattern.partition(";")[0])
    if "%" in plain:
        return f"{round(value * 100, 6):.10g}%"
    decimals = _DECIMALS.fullmatch(plain)
    if decimals:
        return f"{value:.{len(decimals[1])}f}"  # 2024.10 is October, 2024.1 might be January
    if _ZEROS.fullmatch(plain) and value == int(value) and value >= 0:
        return f"{int(value):0{len(plain)}d}"
    return value


def _date_shown(value: datetime | date, pattern: str) -> Value:
    plain = _IN_QUOTES.sub("", pattern.partition(";")[0]).lower()
    day = value.date() if isinstance(value, datetime) else value
    if not plain or "d" in plain:
        return day
    return f"{day:%Y-%m}" if "m" in plain else f"{day:%Y}"
