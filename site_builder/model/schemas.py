"""A kind comes in; the JSON Schema of its front matter, labelled in Chinese, goes out."""

import json
from typing import Any

from site_builder.model.declaration import fields_of
from site_builder.model.kinds import Kind


def json_schema(kind: Kind) -> str:
    """JSON Schema (draft 2020-12) for editors that check and complete while one writes."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2, sort_keys=True)


def schema_of(kind: Kind) -> dict[str, Any]:
    """The same as a value of its own, which the caller may change."""
    from pydantic import TypeAdapter

    schema: dict[str, Any] = TypeAdapter(kind.model).json_schema()
    _label(schema, kind.model)
    for field in fields_of(kind.model):
        if field.record:
            _label(schema.get("$defs", {}).get(field.record.__name__, {}), field.record)
    return schema | {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.label}


def _label(schema: dict[str, Any], model: type) -> None:
    for field in fields_of(model):
        found = schema.get("properties", {}).get(field.name)
        if found is not None:
            found |= {"title": field.declared.label} | (
                {"description": field.declared.note} if field.declared.note else {}
            )
