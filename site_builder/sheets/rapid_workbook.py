"""Long lists come in; the bytes of a workbook go out, in a fifth of the time: a model row is set once and rows are written after it.

The frame of the workbook (styles, widths, headings, print setup) is ``listing``'s own, made around three model cells.
"""

import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from site_builder.sheets.escape import escaped, unescaped
from site_builder.sheets.listing import LONGEST_CELL, Listing, Value, write_workbook

_MODEL: tuple[Value, ...] = ("样", 1, "=样")
"""A text, a number and a text like a formula, in this order in the model row."""
_ROW = re.compile(r'<row r="3".*?</row>', re.DOTALL)
_STYLE = re.compile(r'<c r="[A-Z]+3" s="(\d+)"')
_BEYOND = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_BORN = (1980, 1, 1, 0, 0, 0)
_CUT = "……（全文见 CSV）"
_LEVEL = 4
_SHORT = 24
"""Longer texts stand in one row only."""


@dataclass(frozen=True)
class _Styles:
    """Numbers of the styles of cells."""

    text: str
    number: str
    shielded: str


def workbook_bytes(listings: Iterable[Listing]) -> bytes:
    """An .xlsx file, a sheet for each list; same lists, same bytes. Texts that no cell can hold are cut, and say so."""
    lists = tuple(listings)
    with tempfile.TemporaryDirectory(prefix="workbook-") as scratch:
        path = Path(scratch, "model.xlsx")
        write_workbook(path, [replace(one, rows=_model(len(one.headings)), totals=False) for one in lists])
        with ZipFile(path) as frame:
            parts = {name: frame.read(name).decode("utf-8") for name in frame.namelist()}
    lengths = []
    for name in parts:
        sheet = _SHEET.fullmatch(name)
        if sheet:
            parts[name], rows = _filled(parts[name], lists[int(sheet[1]) - 1])
            lengths.append((int(sheet[1]), rows))
    names = iter(sorted(lengths))
    parts["xl/workbook.xml"] = re.sub(
        r"(_FilterDatabase[^>]*>[^<]*\$[A-Z]+\$)3<",
        lambda found: f"{found[1]}{next(names)[1]}<",
        parts["xl/workbook.xml"],
    )
    return _zipped(parts)


def _model(columns: int) -> "Rows":
    return Rows((*_MODEL, *(None,) * (columns - len(_MODEL))))


@dataclass(frozen=True)
class Rows:
    """The one row of a model sheet."""

    row: tuple[Value, ...]

    def __call__(self) -> Iterator[Sequence[Value]]:
        """The rows, as a listing wants them."""
        return iter((self.row,))


def _filled(xml: str, listing: Listing) -> tuple[str, int]:
    """The sheet with its rows, and the number of the last one."""
    model = _ROW.search(xml)
    if model is None:
        raise ValueError("the frame of the workbook has no model row")
    styles = _Styles(*_STYLE.findall(model[0])[:3])
    kept: dict[str, str] = {}
    lines = [_row(number, row, styles=styles, kept=kept) for number, row in enumerate(listing.rows(), 3)]
    last = len(lines) + 2
    head, tail = xml[: model.start()], xml[model.end() :]
    head = re.sub(r'(<dimension ref="A1:[A-Z]+)3"', rf'\g<1>{last}"', head)
    tail = re.sub(r'(<autoFilter ref="A2:[A-Z]+)3"', rf'\g<1>{last}"', tail)
    return "".join((head, *lines, tail)), last


def _row(number: int, row: Sequence[Value], *, styles: _Styles, kept: dict[str, str]) -> str:
    """A row; ``kept`` are cells of this sheet, for names, kinds and years return in most of its rows."""
    cells = []
    for value in row:
        if isinstance(value, str) and len(value) <= _SHORT:
            cells.append(kept.get(value) or kept.setdefault(value, _cell(value, styles)))
        else:
            cells.append(_cell(value, styles))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: Value, styles: _Styles) -> str:
    if value is None or value == "":
        return f'<c s="{styles.text}"/>'
    if not isinstance(value, str):
        return f'<c s="{styles.number}"><v>{value:.16g}</v></c>'
    style = styles.shielded if escaped(value) != value else styles.text
    text = value if unescaped(value) == value else f"'{value}"
    if len(text) > LONGEST_CELL // 2:
        text = _fitting(text)
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(_BEYOND.sub("", text), quote=False)}</t></is></c>'


def _fitting(text: str) -> str:
    """The most of a text that a cell can hold; it counts in units of UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _zipped(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        for name, text in parts.items():
            entry = ZipInfo(name, _BORN)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            book.writestr(entry, text.encode("utf-8"), compresslevel=_LEVEL)
    return packed.getvalue()
