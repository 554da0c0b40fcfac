"""The path of a .csv, .tsv or .txt file comes in; its one sheet goes out, whatever its encoding and separator."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from site_builder.sheets.escape import unescaped
from site_builder.sheets.limits import LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from site_builder.sheets.packages import Refused
from site_builder.sheets.sheet import Book, Cell, Sheet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = "\t,;|"
_PROBED = 20
"""How many lines are looked at to find the separator."""
FORMULA = "像公式"


def read_separated(path: Path, *, shown: str) -> Book:
    """The book of one sheet; ``Refused`` where its text cannot be read."""
    if path.stat().st_size > LARGEST_FILE:
        raise Refused("sheet-limit", f"文件超过 {LARGEST_FILE >> 20} MB", hint="把表分成几个文件")
    text = _text(path.read_bytes())
    if "\0" in text:
        raise Refused("sheet-damaged", "不是文本表格", hint="检查是不是改错了扩展名；用 Excel 打开后另存为 .xlsx")
    rows = partial(_rows, text, separator_of(text))
    return Book(shown, "csv", (Sheet(path.stem, rows),))


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[1:400:2].count(0) > 100 or (data[:2].isascii() and data[1:2] == b"\0"):
        return data.decode("utf-16-le", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(
        "sheet-encoding", "文字编码认不出来，既不是 UTF-8，也不是 GBK", hint="用 Excel 打开，另存为 .xlsx 或“CSV UTF-8”"
    )


def separator_of(text: str) -> str:
    """The sign that parts the first lines into most columns; a comma where none does."""
    lines = [line for line in text.splitlines()[:_PROBED] if line.strip()]
    scores = {}
    for sign in _SEPARATORS:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        if counts and max(counts) > 1:
            width, times = Counter(counts).most_common(1)[0]
            scores[sign] = times * (width - 1)
    return max(scores, key=lambda sign: scores[sign]) if scores else ","


def _rows(text: str, separator: str) -> Iterator[tuple[Cell, ...]]:
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 20))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise Refused("sheet-limit", f"表太长，超过 {MOST_ROWS} 行", hint="把表分成几个文件")
            yield tuple(_cell(cell, number, column=column) for column, cell in enumerate(cells[:MOST_COLUMNS], 1))
    except csv.Error as fault:
        raise Refused(
            "sheet-damaged", "不是完整的表格：引号没有成对，或某一格过长", hint="用 Excel 打开后另存一份"
        ) from fault


def _cell(text: str, row: int, *, column: int) -> Cell:
    value = unescaped(text)
    suspect = value == text and text[:1] in "=@" and len(text) > 1
    return Cell(value[:LONGEST_CELL] or None, row, column, fault=FORMULA if suspect else "")
