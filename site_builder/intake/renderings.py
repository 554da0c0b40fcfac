"""An entry and its translation come in; its texts go out, each with what is said for it, and whether its Chinese has changed since."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

from site_builder.intake.shapes import Path, shape_of
from site_builder.intake.writing import ordered
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen

BODY: Path = ("body",)
"""Where the text of an entry below its fields stands."""
HAN = re.compile("[\u3400-\u9fff]")
"""A Chinese character."""
_BLANKS = re.compile(r"\s+")


class State(Enum):
    """How far a text is translated."""

    MISSING = "未译"
    DONE = "已译"
    CHANGED = "原文已改"


@frozen
class Rendering:
    """One text of an entry and what is said for it in a language."""

    path: Path
    label: str
    """The field in Chinese: ``主要创新点 第2项``."""
    chinese: str
    said: str = ""
    original: str = ""
    """The Chinese that the translation was made from; empty where its file does not say."""

    @property
    def state(self) -> State:
        """Whether there is a translation, and of this very text."""
        if not self.said:
            return State.MISSING
        return State.CHANGED if self.original and plain(self.original) != plain(self.chinese) else State.DONE


def renderings_of(entry: Entry, fields: Mapping[str, Any], *, original: Mapping[str, Any]) -> tuple[Rendering, ...]:
    """Every text of an entry that wants translating, in the order of its fields; ``fields`` and ``original`` are as the file has them."""
    texts = dict(texts_of(entry))
    return tuple(
        Rendering(path, label_of(entry, path), chinese, value_at(fields, path), value_at(original, path))
        for path, chinese in texts.items()
    )


def texts_of(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Chinese texts of an entry with their places; names of others and terms are said once for all pages, not here."""
    if entry.kind != "vocabulary":
        fields = {field.name: field for field in fields_of(entry.described.model)}
        for name in ordered(fields, entry.described.model, first=entry.described.title_field):
            yield from _texts(getattr(entry.data, name), fields[name], path=(name,))
    if HAN.search(entry.body):
        yield BODY, entry.body.strip()


def shared_texts(entry: Entry) -> Iterator[str]:
    """Names of others and terms that an entry writes out: each is said once, for all pages."""
    for field in fields_of(entry.described.model):
        yield from _shared(getattr(entry.data, field.name), field)


def label_of(entry: Entry, path: Path) -> str:
    """The field of a path as people call it."""
    if path == BODY:
        return "正文"
    parts, shape = [], shape_of(entry.described.model)
    for part in path:
        parts.append(f"第{part + 1}项" if isinstance(part, int) else shape.labels[part])
        shape = shape if isinstance(part, int) else shape.records.get(part, shape)
    return " ".join(parts)


def value_at(fields: Any, path: Path) -> str:
    """The text at a path of a translation, empty where there is none; one text may stand for a list of one."""
    value = fields
    for part in path:
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        elif not (isinstance(value, str) and part == 0):
            return ""
    return value.strip() if isinstance(value, str) else ""


def with_value(fields: Any, path: Path, *, text: str) -> Any:
    """A translation with this text at a path; lists are filled up with empty texts, what is beside it stays."""
    if not path:
        return text
    part, rest = path[0], path[1:]
    if isinstance(part, str):
        held = dict(fields) if isinstance(fields, Mapping) else {}
        return {**held, part: with_value(held.get(part), rest, text=text)}
    several = list(fields) if isinstance(fields, list) else [fields] if fields else []
    several += [{} if rest else ""] * (part + 1 - len(several))
    several[part] = with_value(several[part], rest, text=text)
    return several


def plain(text: str) -> str:
    """A text without differences of blanks, which no reader sees."""
    return _BLANKS.sub(" ", text).strip()


def _texts(value: Any, field: DeclaredField, *, path: Path) -> Iterator[tuple[Path, str]]:
    if not field.declared.public or not field.declared.translated or _is_shared(field):
        return
    if isinstance(value, str) and HAN.search(value):
        yield path, value.strip()
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _texts(one, field, path=(*path, number))
    elif is_dataclass(value):
        for inner in fields_of(value.__class__):
            yield from _texts(getattr(value, inner.name), inner, path=(*path, inner.name))


def _shared(value: Any, field: DeclaredField) -> Iterator[str]:
    if not field.declared.public or not field.declared.translated:
        return
    if isinstance(value, str) and _is_shared(field) and HAN.search(value):
        yield value.strip()
    elif isinstance(value, tuple):
        for one in value:
            yield from _shared(one, field)
    elif is_dataclass(value):
        for inner in fields_of(value.__class__):
            yield from _shared(getattr(value, inner.name), inner)


def _is_shared(field: DeclaredField) -> bool:
    """Whether the same words stand on many pages: references, terms, what lists are narrowed by."""
    declared = field.declared
    return field.record is None and bool(field.refers or declared.vocabulary or declared.facet)
