"""What was written for re-users comes in; the Frictionless data package that describes it goes out."""

import json
from collections.abc import Iterable
from typing import Any

from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import kind_named
from site_builder.model.pages import OutputFile
from site_builder.opendata.columns import Column, columns_of
from site_builder.opendata.datafile import DataFile
from site_builder.opendata.terms import licence_of
from site_builder.publish.takeaway import ROOT

ADDRESS = f"{ROOT}datapackage.json"
CHECKSUMS = f"{ROOT}SHA256SUMS"
NAME = "exhibition"
_ID = "条目编号"
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
_APOSTROPHE = "以 = + - @ 开头的文字前面加了一个撇号，以免被表格软件当成公式"


def data_package(exhibition: Exhibition, made: Iterable[DataFile]) -> OutputFile:
    """``datapackage.json`` by the rules of Frictionless: fields from the declarations, keys between the tables."""
    files = tuple(made)
    tables = {one.said.name for one in files if one.said.role == "table"}
    resources = [
        *(_table(one) for one in files if one.said.role == "table"),
        *(_links(one, tables) for one in files if one.said.role == "links"),
    ]
    licence = licence_of(exhibition)
    whole: dict[str, Any] = {
        "profile": "data-package",
        "name": NAME,
        "title": exhibition.name,
        "description": exhibition.description,
        "homepage": exhibition.url,
        "created": f"{exhibition.published[:10]}T00:00:00Z" if exhibition.published else "",
        "licenses": [licence.said] if licence.name else [],
        "sources": [{"title": exhibition.name, "path": exhibition.url}] if exhibition.url else [],
        "contributors": [{"title": exhibition.organiser, "role": "publisher"}] if exhibition.organiser else [],
        # no resources: tools that check a package want an extra to read JSON Lines
        "exhibition": {"version": 1, "documents": [_lines(one) for one in files if _has_documents(one)]},
        "resources": resources,
    }
    kept = {name: value for name, value in whole.items() if value not in ("", [])}
    return OutputFile(ADDRESS, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _resource(one: DataFile, *, name: str, title: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "path": one.address.removeprefix(ROOT),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": one.size,
        "hash": f"sha256:{one.digest}",
    }


def _has_documents(one: DataFile) -> bool:
    return one.said.role == "lines" and bool(one.said.name)


def _lines(one: DataFile) -> dict[str, Any]:
    """A file with every field of a kind: a line of JSON for each entry, by the kind's schema."""
    kind = kind_named(one.said.name)
    return {
        "kind": kind.name,
        "path": one.address.removeprefix(ROOT),
        "schema": f"../api/v1/schemas/{kind.name}.json",
        "bytes": one.size,
        "hash": f"sha256:{one.digest}",
    }


def _table(one: DataFile) -> dict[str, Any]:
    kind = kind_named(one.said.name)
    columns = {column.heading: column for column in columns_of(kind)}
    fields = [_field(columns[heading]) for heading in one.said.headings]
    return _resource(one, name=kind.folder, title=kind.label) | {
        "profile": "tabular-data-resource",
        "description": f"每行一个{kind.label}。{_APOSTROPHE}。",
        "schema": {"fields": fields, "primaryKey": [_ID], "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.heading, "type": column.type, "title": column.heading, "path": column.name}
    if column.type == "boolean":
        found |= {"trueValues": ["True"], "falseValues": ["False"]}
    if column.note:
        found["description"] = column.note
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.name == "id":
        constraints["unique"] = True
    if column.form == "date":
        constraints["pattern"] = _DATE
    if column.form == "year":
        constraints |= {"minimum": 1000, "maximum": 9999}
    if column.form == "count":
        constraints["minimum"] = 0
    return found | ({"constraints": constraints} if constraints else {})


def _links(one: DataFile, tables: set[str]) -> dict[str, Any]:
    source, target = (kind_named(name) for name in one.said.name.split("_"))
    from_, field, position, to, name, role = one.said.headings
    fields = [
        {"name": from_, "type": "string", "constraints": {"required": True}},
        {"name": field, "type": "string", "constraints": {"required": True}, "description": "在哪个字段里提到"},
        {"name": position, "type": "integer", "constraints": {"required": True, "minimum": 1}},
        {"name": to, "type": "string", "description": "没有条目、只有名称的留空"},
        {"name": name, "type": "string", "constraints": {"required": True}},
        {"name": role, "type": "string"},
    ]
    keys = [(from_, source), (to, target)]
    foreign = [
        {"fields": [heading], "reference": {"resource": kind.folder, "fields": [_ID]}}
        for heading, kind in keys
        if kind.name in tables
    ]
    return _resource(one, name=one.said.name.replace("_", "-"), title=f"{source.label}—{target.label}") | {
        "profile": "tabular-data-resource",
        "description": f"{source.label}提到的{target.label}，每行一处。",
        "schema": {"fields": fields, "foreignKeys": foreign, "primaryKey": [from_, position], "missingValues": [""]},
    }


def checksums(made: Iterable[DataFile]) -> OutputFile:
    """What ``sha256sum -c`` reads in the folder of the data."""
    lines = (f"{one.digest}  {one.address.removeprefix(ROOT)}\n" for one in made if one.address.startswith(ROOT))
    return OutputFile(CHECKSUMS, "".join(sorted(lines, key=lambda line: line[66:])).encode("utf-8"))
