"""What pydantic says of a field comes in; a problem in an editor's words goes out."""

import re
from types import MappingProxyType

from pydantic_core import ErrorDetails

from site_builder.intake.shapes import Path, Shape, nearest, shape_of
from site_builder.model.entry import Record
from site_builder.model.exhibit import STATUS_WORDS
from site_builder.model.guesses import perhaps
from site_builder.model.kinds import kind_named
from site_builder.model.problems import CODES, Place, Problem
from site_builder.model.wording import quoted

_QUOTED = re.compile(r"'([^']+)'")
_CODES = frozenset(code.name for code in CODES)
_EXPECTED = MappingProxyType(
    {
        "string_type": "一段文字",
        "tuple_type": "清单，每项一行，前面加“- ”",
        "list_type": "清单，每项一行，前面加“- ”",
        "dict_type": "一组“字段: 内容”，每行一个",
        "dataclass_type": "一组“字段: 内容”，每行一个",
        "float_type": "一个数",
        "int_type": "一个整数",
    }
)


def problem_of(error: ErrorDetails, record: Record, *, shape: Shape | None = None) -> Problem:
    """The problem for an error in the fields of a record, with its place; entries have the shape of their kind."""
    path: Path = tuple(error["loc"])
    shape = shape or shape_of(kind_named(record.kind).model)
    code, message, hint = _words(error, path, shape=shape, record=record)
    return Problem(code, Place(record.source, path, *nearest(record.places, path)), message, hint)


def _words(error: ErrorDetails, path: Path, *, shape: Shape, record: Record) -> tuple[str, str, str]:
    label = shape.label(path)
    given = error["input"]
    match error["type"]:
        case "missing":
            return "missing-field", *_missing(path, shape, written=path in record.places)
        case "unexpected_keyword_argument":
            where = f"{shape.label(path[:-1])}里" if len(path) > 1 else ""
            return "unknown-field", f"{where}没有{quoted(str(path[-1]))}这个字段", _meant(path, shape)
        case "literal_error" if isinstance(given, str):
            return (
                "bad-choice",
                f"{label}不能是{quoted(given)}",
                _choices(given, str(error.get("ctx", {}).get("expected", ""))),
            )
        case code if code in _CODES and not isinstance(given, (list, dict)):
            return code, *_said(error, label)
        case "bad-tile":
            return "bad-tile", *_said(error, label)
        case "string_too_short":
            return "wrong-type", f"{label}没有内容", "写上内容，或删去这一行"
        case "string_too_long":
            return "wrong-type", f"{label}最多 {error.get('ctx', {}).get('max_length')} 个字", ""
        case kind:
            return "wrong-type", *_misshapen(kind, given, label=label, within=_within(path, shape))


def _missing(path: Path, shape: Shape, *, written: bool) -> tuple[str, str]:
    if written:
        return f"{shape.label(path)}没有内容，这一项必填", "在冒号后面写上内容"
    holder = _within(path[:-1], shape)
    label = holder.labels[str(path[-1])] if holder else path[-1]
    return f"{shape.label(path[:-1])}缺少必填字段“{label}”", f"补上一行“{label}: …”"


def _meant(path: Path, shape: Shape) -> str:
    """What to do about a field that does not exist: a guess among the words of the language it is written in."""
    word = str(path[-1])
    if word.lower() in {"id", "编号"} and len(path) == 1:
        return "编号就是文件名，删去这一行"
    here = _within(path[:-1], shape)
    if here is None:
        return ""
    chinese = not word.isascii()
    known = [known for known in here.words if known.isascii() != chinese]
    guess = perhaps(word, known)
    if guess:
        return guess
    holders = [name for name, inner in here.records.items() if inner.name_of(word) in inner.labels]
    if holders:
        return f"它要写在“{here.labels[holders[0]]}”里面"
    return f"可用的字段：{'、'.join(here.labels.values())}" if len(here.labels) <= 12 else ""


def _within(path: Path, shape: Shape) -> Shape | None:
    """The shape of the records at a path; None where there are none."""
    found: Shape | None = shape
    for part in path:
        if isinstance(part, str):
            found = found.records.get(part) if found else None
    return found


def _choices(given: str, expected: str) -> str:
    """A guess and all that may be written; a status by its Chinese name and its code."""
    names = {code: word for word, code in reversed(tuple(STATUS_WORDS.items()))}
    codes = _QUOTED.findall(expected)
    words = [f"{names[code]}（{code}）" if code in names else code for code in codes]
    return f"{perhaps(given, [*(names.get(code, code) for code in codes), *codes])}可以写：{'、'.join(words)}"


def _said(error: ErrorDetails, label: str) -> tuple[str, str]:
    """A refusal of our own: its first sentence says what is wrong, the rest how to mend it."""
    text = str(error.get("ctx", {}).get("text", ""))
    said = error["msg"].replace(text, quoted(text)[1:-1]) if text else error["msg"]
    message, _, hint = said.partition("。")
    return f"{label}：{message}", hint


def _misshapen(kind: str, given: object, *, label: str, within: Shape | None) -> tuple[str, str]:
    match given:
        case None:
            return f"{label}没有内容", "写上内容，或删去这一行"
        case dict():
            found = "一组字段"
        case list() | tuple():
            found = "一张清单"
        case _:
            found = quoted(str(given))
    hint = f"可用的字段：{'、'.join(within.labels.values())}" if within and kind == "dataclass_type" else ""
    return f"{label}应当是{_EXPECTED.get(kind, '一个值')}，这里是{found}", hint
