"""A kind comes in; the JSON Schema of its documents goes out: the schema of its files without what stays private.

Declarations alone decide on it, so the package carries the finished files (`make schemas`): to make them takes a tenth of a second of each
first build.
"""

import json
from pathlib import Path
from typing import Any

from site_builder.model.entry import ID
from site_builder.model.exhibit import Exhibit
from site_builder.model.kinds import Kind
from site_builder.model.schemas import schema_of
from site_builder.opendata.shape import private_names

CARRIED = Path(__file__).parent / "contracts"
"""A file for each kind that is listed."""
_KEY = r"^[a-z]+/[a-z0-9][a-z0-9-]*$"


def _text(**more: str) -> dict[str, str]:
    return {"type": "string", **more}


def schema_carried(kind: Kind) -> bytes:
    """The schema as the package carries it and sites publish it."""
    # a clone on Windows may have ends of lines of its own
    return (CARRIED / f"{kind.name}.json").read_text(encoding="utf-8").encode("utf-8")


def schema_file(kind: Kind) -> bytes:
    """The same, made of the declarations."""
    return (json.dumps(document_schema(kind), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def document_schema(kind: Kind) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what lists, lines and shards hold of an entry."""
    fields = public_schema(kind)
    definitions = fields.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.label,
        "type": "object",
        "required": ["kind", "id", "title", "address", "fields", "cover"],
        "additionalProperties": False,
        "properties": {
            "kind": {"const": kind.name},
            "id": {"type": "string", "pattern": f"^(?:{ID.pattern})$", "description": "条目编号，不会改变"},
            "title": _text(),
            "address": {"type": "string", "description": "网页的地址，相对于展览的首页"},
            "name_only": {"const": True, "description": "只被别的条目提到，没有自己的条目文件"},
            "fields": fields,
            "body": {"type": "string", "description": "正文，Markdown"},
            "links": {"type": "array", "items": _link(), "description": "它提到的条目"},
            "referrers": {
                "type": "object",
                "description": "提到它的条目：字段名 → 种类/编号",
                "additionalProperties": {"type": "array", "items": _text(pattern=_KEY)},
            },
            "cover": {"type": "string", "description": "题图的地址"},
            "picture": _picture(),
            "manifest": {"type": "string", "description": "IIIF 清单的地址"},
        },
        "$defs": definitions,
    }


def public_schema(kind: Kind) -> dict[str, Any]:
    """The schema of a kind's fields without the private ones, those of its records included."""
    schema = schema_of(kind)
    for model, name in private_names(kind.model):
        inside = schema if issubclass(model, Exhibit) else schema.get("$defs", {}).get(model.__name__, {})
        inside.get("properties", {}).pop(name, None)
        if name in inside.get("required", ()):
            inside["required"] = [one for one in inside["required"] if one != name]
    for name in ("$schema", "title"):
        schema.pop(name, None)
    return schema


def _link() -> dict[str, Any]:
    properties = {"field": _text(), "kind": _text(), "id": _text(), "title": _text()}
    return {"type": "object", "required": [*properties], "properties": properties, "additionalProperties": False}


def _picture() -> dict[str, Any]:
    size = {"type": "integer", "minimum": 0}
    properties = {"address": _text(), "width": size, "height": size, "alt": _text(), "credit": _text()}
    return {
        "type": "object",
        "required": ["address", "width", "height", "alt"],
        "properties": properties,
        "additionalProperties": False,
    }
