"""The value of a field comes in; what kind of text its cell holds, and that text, go out."""

from functools import cache
from typing import Any, get_origin

from site_builder.exchange.lists import is_empty, listing_of
from site_builder.model import habits
from site_builder.model.declaration import DeclaredField, fields_of, marks_of
from site_builder.model.marks import Before

BAR = "｜"


@cache
def is_list(field: DeclaredField) -> bool:
    """Whether a field holds several values."""
    return any(get_origin(mark) is tuple for mark in marks_of(field.type))


@cache
def form_of(field: DeclaredField) -> str:
    """``records``, ``record``, ``list``, ``money``, ``count``, ``year``, ``date``, ``flag`` or ``text``."""
    checks = {mark.func for mark in marks_of(field.type) if isinstance(mark, Before)}
    if field.record is not None:
        return "records" if is_list(field) else "record"
    if habits.listed in checks or is_list(field):
        return "list"
    named = {
        habits.sum_in_wan: "money",
        habits.count: "count",
        habits.year: "year",
        habits.when: "date",
        habits.yes_or_no: "flag",
    }
    return next((form for check, form in named.items() if check in checks), "text")


def written(value: object, field: DeclaredField) -> str:
    """A value of a validated entry as the text of a cell; empty for nothing."""
    if value is None or value == ():
        return ""
    form = form_of(field)
    if form == "list":
        return listing_of(str(part) for part in value)  # type: ignore[attr-defined]  # a tuple, says its form
    if form == "records":
        return "\n".join(f"• {_guarded(_record_text(part))}" for part in value)  # type: ignore[attr-defined]  # likewise
    if form == "record":
        return _record_text(value)
    return _scalar_text(value, form)


def _guarded(text: str) -> str:
    """Reading a list takes one leading backslash away; that of a record's first part must stay."""
    return f"\\{text}" if text.startswith("\\") else text


def _scalar_text(value: object, form: str) -> str:
    if form == "money" and isinstance(value, int | float):
        return f"{value:.6f}".rstrip("0").rstrip(".") + "万元"
    if form == "flag":
        return "是" if value else "否"
    text = str(value)
    return f"\\{text}" if form == "text" and (is_empty(text) or text.startswith("\\")) else text


def _record_text(record: Any) -> str:
    """Its first field bare, where it has one that must be there, the others labelled."""
    head = head_of(record.__class__)
    texts = {
        field: _escaped(_inner_text(value, field))
        for field in fields_of(record.__class__)
        if (value := getattr(record, field.name)) not in (None, ()) and value is not False
    }
    bare_ones = [text for field, text in texts.items() if field.name == head]
    labelled = [f"{field.declared.label}：{text}" for field, text in texts.items() if field.name != head]
    return BAR.join([*(bare_ones or [""]), *labelled])


def _inner_text(value: object, field: DeclaredField) -> str:
    if isinstance(value, tuple):
        return "；".join(str(part) for part in value)
    return _scalar_text(value, form_of(field))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("｜", "\\｜").replace("|", "\\|").replace("\n", "\\n")


@cache
def head_of(record: type) -> str:
    """The field that stands without a label: the first required one, else the first."""
    fields = fields_of(record)
    return next((field.name for field in fields if field.required), fields[0].name)
