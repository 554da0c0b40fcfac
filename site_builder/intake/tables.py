"""Files of comma- or tab-separated values come in; rows with their places go out, and what is wrong with the files."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_CELL = 4000
_ENCODINGS = ("utf-8-sig", "gb18030")
_FORMULA = re.compile(r"[=@+\t\r]|-(?![\d—-])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@frozen
class Row:
    """One line of a table: its cells by heading, empty ones left out, and where it stands."""

    cells: Mapping[str, str]
    place: Place


@frozen
class Table:
    """A file as read: its name, its headings and its rows."""

    name: str
    path: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_tables(paths: Iterable[Path], root: Path) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """All tables among the paths, folders searched; places are relative to ``root`` where that is possible."""
    tables: list[Table] = []
    problems: list[Problem] = []
    for path in _files(paths):
        found = _read(path, _shown(path, root))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            tables.append(found[0])
            problems += found[1]
    return tuple(tables), tuple(problems)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.suffix.lower() in {".csv", ".tsv"})
        else:
            yield path


def _shown(path: Path, root: Path) -> str:
    whole, base = path.resolve(), root.resolve()
    return whole.relative_to(base).as_posix() if whole.is_relative_to(base) else path.as_posix()


def _read(path: Path, shown: str) -> tuple[Table, list[Problem]] | Problem:
    place = Place(shown)
    try:
        if path.stat().st_size > LARGEST_FILE:
            return Problem("too-large", place, "表格文件超过 20 MB", "请把表格分成几个文件")
        content = path.read_bytes()
    except OSError as error:
        return Problem("unreadable", place, f"读不出这个文件：{error.strerror}")
    text = _decoded(content)
    if text is None:
        return Problem("encoding", place, "既不是 UTF-8，也不是 GB18030 编码", "在表格软件里另存为“CSV UTF-8”")
    try:
        return _table(path, text, place=place)
    except csv.Error as error:
        return Problem("unreadable", place, f"不是完整的表格：{error}")


def _decoded(content: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _table(path: Path, text: str, *, place: Place) -> tuple[Table, list[Problem]]:
    tabs = path.suffix.lower() == ".tsv" or "\t" in text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",", strict=True)
    header = tuple(cell.strip() for cell in next(reader, []))
    rows: list[Row] = []
    problems = [*_heading_faults(header, place)]
    ended = reader.line_num
    for cells in reader:
        begun, ended = Place(place.path, (), ended + 1), reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        faults = [*_row_faults(cells, header, place=begun)]
        problems += faults
        if not faults:
            pairs = zip(header, (cell.strip() for cell in cells), strict=False)
            rows.append(Row({heading: cell for heading, cell in pairs if cell}, begun))
    return Table(path.name, place.path, header, tuple(rows)), problems


def _heading_faults(header: tuple[str, ...], place: Place) -> Iterator[Problem]:
    if not any(header):
        yield Problem("unreadable", place, "表格是空的，没有表头")
    for heading in sorted({heading for heading in header if heading and header.count(heading) > 1}):
        yield Problem("duplicate-key", Place(place.path, (), 1), f"表头“{heading}”出现了不止一次")


def _row_faults(cells: list[str], header: tuple[str, ...], *, place: Place) -> Iterator[Problem]:
    row = f"第 {place.line} 行"
    if any(cell.strip() for cell in cells[len(header) :]):
        yield Problem("wrong-type", place, f"{row}的格数多于表头", "内容里有逗号时，整格要加英文引号")
    for column, (heading, cell) in enumerate(zip(header, cells, strict=False), 1):
        here = Place(place.path, (), place.line, column)
        if len(cell) > LARGEST_CELL:
            yield Problem(
                "too-large", here, f"{row}“{heading}”有 {len(cell)} 个字，超过 {LARGEST_CELL} 个", "大段文字请放进正文"
            )
        elif _CONTROL.search(cell):
            yield Problem("wrong-type", here, f"{row}“{heading}”里有看不见的控制字符", "删去后重新录入该格")
        elif _FORMULA.match(cell):
            yield Problem(
                "wrong-type", here, f"{row}“{heading}”像一个公式：{cell[:20]}", "在表格软件里“选择性粘贴”为数值"
            )
