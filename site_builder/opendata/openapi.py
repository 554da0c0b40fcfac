"""The kinds of an exhibition come in; the OpenAPI 3.1 description of its interface of files goes out."""

from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import Kind
from site_builder.opendata.terms import licence_of

_DESCRIPTION = (
    "静态文件组成的只读接口：不用登录，没有限流。先读 index.json，再按其中的规则由条目编号找到所在的分片："
    "分片号 = 编号（UTF-8）的 CRC-32 除以该种类的分片数所得的余数。路径里的 v1 只在不兼容的改动时才变；增加字段不算。"
)


def openapi(exhibition: Exhibition, kinds: Iterable[Kind], *, root: str) -> dict[str, Any]:
    """The description; ``root`` is the folder of the interface."""
    licence = licence_of(exhibition)
    info: dict[str, Any] = {"title": f"{exhibition.name} 数据接口", "version": "1.0.0", "description": _DESCRIPTION}
    if licence.name:
        info["license"] = {"name": licence.title, **({"url": licence.address} if licence.address else {})}
    return {
        "openapi": "3.1.0",
        "info": info,
        # relative to this file, where the site's own address is not known
        "servers": [{"url": f"{exhibition.url}{root.rstrip('/')}" if exhibition.url else "."}],
        "paths": {
            "/index.json": _path("index", "展览、种类与分片数", schema={"$ref": "#/components/schemas/Index"}),
            "/vocabularies.json": _path("vocabularies", "词表", schema={"$ref": "#/components/schemas/Vocabularies"}),
            "/openapi.json": _path("openapi", "本说明", schema={"type": "object"}),
            **{f"/{kind.folder}/{{shard}}.json": _shard(kind) for kind in kinds},
            **{f"/schemas/{kind.name}.json": _schema(kind) for kind in kinds},
        },
        "components": {"schemas": {"Index": _index(), "Vocabularies": _vocabularies()}},
    }


def _path(name: str, summary: str, *, schema: Mapping[str, Any]) -> dict[str, Any]:
    answers = {"200": {"description": summary, "content": {"application/json": {"schema": dict(schema)}}}}
    return {"get": {"operationId": name, "summary": summary, "responses": answers}}


def _shard(kind: Kind) -> dict[str, Any]:
    entries = {"type": "array", "items": {"$ref": f"schemas/{kind.name}.json"}}
    number = {"type": "integer", "minimum": 0}
    schema = {
        "type": "object",
        "required": ["kind", "shard", "shards", "entries"],
        "properties": {"kind": {"const": kind.name}, "shard": number, "shards": number, "entries": entries},
    }
    found = _path(f"{kind.name}Shard", f"{kind.label}的一个分片", schema=schema)
    found["get"]["responses"]["404"] = {"description": "没有这个分片"}
    shard = {"name": "shard", "in": "path", "required": True, "schema": number, "description": "分片号，从 0 起"}
    return found | {"parameters": [shard]}


def _schema(kind: Kind) -> dict[str, Any]:
    return _path(f"{kind.name}Schema", f"{kind.label}的 JSON Schema", schema={"type": "object"})


def _index() -> dict[str, Any]:
    text = {"type": "string"}
    whole = {"type": "integer", "minimum": 0}
    kind = {
        "type": "object",
        "required": ["kind", "label", "folder", "count", "shards", "shard", "schema", "list"],
        "properties": {
            **dict.fromkeys(("kind", "label", "folder", "shard", "schema", "list"), text),
            "count": whole,
            "shards": whole,
        },
    }
    return {
        "type": "object",
        "required": ["version", "name", "rule", "kinds"],
        "properties": {
            **dict.fromkeys(("version", "name", "url", "description", "organiser", "published", "rule"), text),
            "licence": {"type": "object"},
            "kinds": {"type": "array", "items": kind},
        },
    }


def _vocabularies() -> dict[str, Any]:
    term = {"type": "object", "required": ["label"], "properties": {"label": {"type": "string"}}}
    one = {
        "type": "object",
        "required": ["title", "terms"],
        "properties": {"title": {"type": "string"}, "terms": {"type": "array", "items": term}},
    }
    return {"type": "object", "additionalProperties": one}
