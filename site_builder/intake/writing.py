"""An entry's fields come in; the text of its file goes out, plain to read and the same bytes every time."""

import io
import os
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from yaml.emitter import Emitter
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from site_builder.intake.drafts import Draft
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.exhibit import Exhibit
from site_builder.model.kinds import kind_named

_PLAIN = re.compile(r"[\u3400-\u9fffA-Za-z0-9《“（][\u3400-\u9fffA-Za-z0-9《》“”（）、，。；：！？·/.%+-]{0,120}")
"""Texts that YAML takes as they are wherever they stand."""
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""Words that our reader takes for nothing unless they are quoted."""
_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks to YAML and to nobody else: escaped, for our reader makes spaces of those it meets bare."""
_STRING, _SEQUENCE, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


def text_of(draft: Draft) -> str:
    """The whole text of a draft's file: front matter and body for Markdown, plain YAML else."""
    kind = kind_named(draft.kind)
    block = yaml_of(ordered(draft.fields, kind.model, first=kind.title_field))
    if kind.suffix == ".yml":
        return block
    body = draft.body.strip()
    return f"---\n{block}---\n" + (f"\n{body}\n" if body else "")


def ordered(fields: Mapping[str, Any], model: type, *, first: str = "") -> dict[str, Any]:
    """Fields as editors expect them: title, summary, what the kind declares in its order, then what all kinds share."""
    order = _order(model, first)
    return {name: _ordered_value(fields[name], field) for name, field in order.items() if name in fields}


@cache
def _order(model: type, first: str) -> Mapping[str, DeclaredField]:
    shared = {field.name for field in fields_of(Exhibit)} if issubclass(model, Exhibit) else set()
    by_name = {field.name: field for field in fields_of(model)}
    own = [name for name in by_name if name not in shared]
    names = dict.fromkeys([first, "summary", *own, *by_name])
    return {name: by_name[name] for name in names if name in by_name}


def _ordered_value(value: object, field: DeclaredField) -> object:
    if isinstance(value, list):
        return [_ordered_value(part, field) for part in value]
    return ordered(value, field.record) if isinstance(value, Mapping) and field.record else value


class _Writer(Emitter, Serializer, BaseResolver):
    """Writes texts without quotes wherever the syntax allows it, because our reader takes every value as text."""

    def __init__(self, stream: io.StringIO) -> None:
        Emitter.__init__(self, stream, allow_unicode=True, width=1_000_000)
        Serializer.__init__(self)
        BaseResolver.__init__(self)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the items of a list below its name."""
        super().increase_indent(flow, False)


def yaml_of(fields: Mapping[str, Any]) -> str:
    """Block YAML of texts, lists and mappings; fields of plain words alone are written without the emitter's analysis."""
    if not fields:
        return _emitted(fields)
    parts = (_plain_lines(key, value, indent="") or (_emitted({key: value}),) for key, value in fields.items())
    return "".join(line for part in parts for line in part)


def _plain_lines(key: object, value: object, *, indent: str) -> tuple[str, ...]:
    """What the emitter would write for a field whose every text needs no quotes; nothing where one may need them."""
    if not _PLAIN.fullmatch(str(key)):
        return ()
    if isinstance(value, Mapping) and value:
        return _nested(f"{indent}{key}:\n", [_plain_lines(k, v, indent=f"{indent}  ") for k, v in value.items()])
    if isinstance(value, (list, tuple)) and value:
        return _nested(f"{indent}{key}:\n", [_plain_item(part, indent=f"{indent}  ") for part in value])
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    empty = isinstance(value, (Mapping, list, tuple))
    return (f"{indent}{key}: {text}\n",) if not empty and _is_plain(text) else ()


def _plain_item(value: object, *, indent: str) -> tuple[str, ...]:
    if isinstance(value, Mapping) and value:
        lines = _nested("", [_plain_lines(k, v, indent=f"{indent}  ") for k, v in value.items()])
        return (f"{indent}- {lines[1].removeprefix(f'{indent}  ')}", *lines[2:]) if lines else ()
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    nested = isinstance(value, (Mapping, list, tuple))
    return (f"{indent}- {text}\n",) if not nested and _is_plain(text) else ()


def _is_plain(text: str) -> bool:
    return text not in _NOTHING and _PLAIN.fullmatch(text) is not None


def _nested(head: str, parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    return (head, *(line for part in parts for line in part)) if all(parts) else ()


def _emitted(fields: Mapping[str, Any]) -> str:
    stream = io.StringIO()
    writer = _Writer(stream)
    writer.open()
    writer.serialize(_node(fields))
    writer.close()
    return stream.getvalue()


def _node(value: object) -> Node:
    if isinstance(value, Mapping):
        pairs = [(ScalarNode(_STRING, str(key)), _node(part)) for key, part in value.items()]
        return MappingNode(_MAPPING, pairs, flow_style=False)
    if isinstance(value, (list, tuple)):
        return SequenceNode(_SEQUENCE, [_node(part) for part in value], flow_style=False)
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    quoted = not text or text in _NOTHING or _BREAKS.search(text)
    return ScalarNode(_STRING, text, style='"' if quoted else "|" if "\n" in text else None)


def parsed(text: str) -> object:
    """What our reader finds in a text written here."""
    block = text.split("---\n")[1] if text.startswith("---\n") else text
    return yaml.load(block, Loader=yaml.CBaseLoader)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".draft", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
