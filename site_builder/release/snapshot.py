"""A built site comes in; a snapshot of its catalogue with its schema and its data package, each to be read alone, go out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from site_builder.model.kinds import KINDS
from site_builder.model.pages import OutputFile

CATALOGUE, SCHEMA = "catalogue.json", "catalogue.schema.json"
PACKAGE = "datapackage"
_SCHEMAS = "../api/v1/schemas/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def snapshot(site: Path, *, edition: str) -> Iterator[OutputFile]:
    """``catalogue.json``: every public field of every entry by kind, and the schema beside it."""
    shown = [kind for kind in KINDS if (site / f"data/{kind.folder}.json").is_file()]
    entries = {kind.name: _read(site / f"data/{kind.folder}.json") for kind in shown}
    yield _json(CATALOGUE, {"$schema": SCHEMA, "edition": edition, "entries": entries})
    schemas = {kind.name: _read(site / f"api/v1/schemas/{kind.name}.json") for kind in shown}
    yield _json(SCHEMA, _schema(schemas))


def data_package(site: Path) -> Iterator[OutputFile]:
    """The Frictionless package of the site with the files that it names, and no other."""
    package = _read(site / "data/datapackage.json")
    documents = package.get("exhibition", {}).get("documents", [])
    for one in documents:
        name = one["schema"].removeprefix(_SCHEMAS)
        yield OutputFile(f"{PACKAGE}/schemas/{name}", (site / f"api/v1/schemas/{name}").read_bytes())
        one["schema"] = f"schemas/{name}"
    for one in (*package["resources"], *documents):
        yield OutputFile(f"{PACKAGE}/{one['path']}", (site / "data" / one["path"]).read_bytes())
    yield _json(f"{PACKAGE}/datapackage.json", package)


def _schema(schemas: dict[str, Any]) -> dict[str, Any]:
    kinds = {name: {"type": "array", "items": {"$ref": f"urn:exhibition:{name}"}} for name in schemas}
    properties = {
        "$schema": {"const": SCHEMA},
        "edition": {"type": "string"},
        "entries": {"type": "object", "properties": kinds, "additionalProperties": False},
    }
    # each kind's schema stands under an address of its own, so that the references within it stay its own
    defs = {name: {**schema, "$id": f"urn:exhibition:{name}"} for name, schema in schemas.items()}
    return {
        "$schema": _DIALECT,
        "type": "object",
        "required": ["edition", "entries"],
        "properties": properties,
        "$defs": defs,
    }


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _json(address: str, value: object) -> OutputFile:
    return OutputFile(address, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
