"""What a file says of a field comes in, what the form shows goes out; and the way back, exactly."""

import re
from collections.abc import Mapping
from typing import Any

from site_builder.editing.forms import shape_in_form
from site_builder.exchange.cells import head_of
from site_builder.intake.documents import CONTROL
from site_builder.model import habits
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.exhibit import STATUS_WORDS
from site_builder.model.values import ROLE_WORDS

_PAIR = re.compile(r"[\s,，、]+")


class Unshown(ValueError):
    """A value written in a way that the form cannot show; it stays in the file as it is."""


def shown(raw: Any, field: DeclaredField) -> Any:
    """The value as the form holds it: a text, a list of texts, a mapping, or a list of mappings; empty for nothing."""
    form = shape_in_form(field)
    if form == "records":
        return [_record(one, field.record) for one in _parts(raw, field)]
    if form == "record":
        return _record(raw, field.record) if raw is not None else {}
    if form == "pairs":
        return _pairs(raw)
    if form in {"list", "focus", "tile"}:
        parts = _PAIR.split(raw.strip()) if isinstance(raw, str) and form != "list" else habits.listed(raw)
        return [_text(part) for part in habits.several(parts)]  # type: ignore[attr-defined]  # a list, as it says
    text = _text(raw)
    if form == "choice":
        return {**STATUS_WORDS, **ROLE_WORDS}.get(text.strip(), text)
    if form == "flag":
        return _flag(text)
    return text


def _parts(raw: Any, field: DeclaredField) -> list[Any]:
    """Lists of people and the like may be one text; a single record stands for a list of one."""
    people = isinstance(raw, str) and head_of(field.record) == "person"
    found = habits.listed(raw) if people else raw
    several: list[Any] = habits.several(found)  # type: ignore[assignment]  # a list, as it says
    return several


def _pairs(raw: Any) -> list[dict[str, str]]:
    """A mapping as a list of name and value; several values of one name are lines."""
    if raw is not None and not isinstance(raw, Mapping):
        raise Unshown
    lines = {name: _text(value) if isinstance(value, str) else _lines(value) for name, value in (raw or {}).items()}
    return [{"name": name, "value": text} for name, text in lines.items()]


def _lines(value: Any) -> str:
    texts = [_text(part) for part in habits.several(value)]  # type: ignore[attr-defined]  # a list, as it says
    if any("\n" in text for text in texts):
        raise Unshown
    return "\n".join(texts)


def _flag(text: str) -> str:
    try:
        return "是" if habits.yes_or_no(text) else "否" if text else ""
    except ValueError:
        return text


def _text(raw: Any) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise Unshown
    return raw


def _record(raw: Any, record: type) -> dict[str, Any]:
    if isinstance(raw, str):
        return {head_of(record): raw}
    fields = {field.name: field for field in fields_of(record)}
    if not isinstance(raw, Mapping) or not raw.keys() <= fields.keys():
        raise Unshown
    found = {name: shown(value, fields[name]) for name, value in raw.items()}
    return {name: value for name, value in found.items() if value not in ("", [], {})}


def written(value: Any, field: DeclaredField, *, before: Any = None) -> Any:
    """The value as the file is to hold it; None where nothing is left. Texts stay what they are, to the last blank.

    Where the file had plain words for records (``before``), those that are no more than a name stay plain words.
    """
    form = shape_in_form(field)
    if form == "records":
        plain = isinstance(before, str) or (isinstance(before, list) and any(isinstance(one, str) for one in before))
        head = head_of(field.record) if plain else ""
        found = [one for part in _listed(value) if (one := _written_record(part, field.record))]
        return [one[head] if [*one] == [head] else one for one in found] or None
    if form == "record":
        return _written_record(value, field.record) or None
    if form == "pairs":
        return dict(_pair(part) for part in _listed(value) if part) or None
    if form in {"list", "focus", "tile"}:
        return [text for part in _listed(value) if (text := plain_text(part)).strip()] or None
    text = plain_text(value)
    return text if text.strip() else None


def _written_record(value: Any, record: type) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("a record is a mapping")
    fields = {field.name: field for field in fields_of(record)}
    if not value.keys() <= fields.keys():
        raise ValueError("no such field")
    found = {name: written(value[name], field) for name, field in fields.items() if name in value}
    return {name: one for name, one in found.items() if one is not None}


def _pair(value: Any) -> tuple[str, Any]:
    if not isinstance(value, Mapping) or not value.keys() <= {"name", "value"}:
        raise ValueError("a pair is a name and a value")
    text = plain_text(value.get("value", ""))
    lines = [line for line in text.split("\n") if line.strip()]
    return plain_text(value.get("name", "")), lines if len(lines) > 1 else "".join(lines)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a list is a list")
    return value


def plain_text(value: Any) -> str:
    """A text without what no file may hold: control characters and halves of characters; line ends made one."""
    if not isinstance(value, str):
        raise ValueError("a text is a text")
    return CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
