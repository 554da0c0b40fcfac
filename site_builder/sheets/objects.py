"""The path of a .json file from an online system comes in; a sheet for each list of objects goes out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from site_builder.sheets.limits import DEEPEST_NESTING, LARGEST_FILE, MOST_ROWS
from site_builder.sheets.packages import Refused
from site_builder.sheets.sheet import Book, Cell, Sheet, Value

_HINT = '导出成“对象的列表”：[{"成果名称": "…", "完成单位": "…"}, …]'


def read_objects(path: Path, *, shown: str) -> Book:
    """The book; ``Refused`` where the file is no list of objects and no object of such lists."""
    if path.stat().st_size > LARGEST_FILE:
        raise Refused("sheet-limit", f"文件超过 {LARGEST_FILE >> 20} MB", hint="分成几个文件导出")
    try:
        raw = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise Refused("sheet-damaged", "不是完整的 JSON 文件（UTF-8）", hint=_HINT) from fault
    lists = dict(_lists(raw, path.stem, depth=0))
    if not lists:
        raise Refused("sheet-damaged", "JSON 里没有对象的列表", hint=_HINT)
    return Book(shown, "json", tuple(Sheet(name, partial(_rows, rows)) for name, rows in lists.items()))


def _lists(raw: object, name: str, *, depth: int) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Lists of objects, also those that a wrapper such as ``{"code": 0, "data": {"rows": […]}}`` holds."""
    if isinstance(raw, list) and raw and all(isinstance(one, dict) for one in raw):
        if len(raw) > MOST_ROWS:
            raise Refused("sheet-limit", f"超过 {MOST_ROWS} 条", hint="分成几个文件导出")
        yield name, raw
    elif isinstance(raw, dict) and depth < DEEPEST_NESTING:
        found = [one for key, part in raw.items() for one in _lists(part, str(key), depth=depth + 1)]
        yield from found or ([(name, [raw])] if depth == 0 and raw else [])


def _rows(objects: list[Mapping[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    headings = list(dict.fromkeys(key for one in objects for key in one))
    yield tuple(Cell(heading, 1, column) for column, heading in enumerate(headings, 1))
    for row, one in enumerate(objects, 2):
        yield tuple(Cell(_value(one.get(key)), row, column) for column, key in enumerate(headings, 1))


def _value(raw: object) -> Value:
    match raw:
        case list() if raw and all(isinstance(one, dict) for one in raw):
            return tuple({str(key): _plain(part) for key, part in one.items()} for one in raw)
        case list():
            return "\n".join(_plain(part) for part in raw)
        case dict():
            return ({str(key): _plain(part) for key, part in raw.items()},)
        case str() | int() | float() | None:
            return raw
    return str(raw)


def _plain(raw: object) -> str:
    parts: Iterable[object] = raw if isinstance(raw, list) else [raw]
    return "；".join("" if part is None else str(part) for part in parts)
