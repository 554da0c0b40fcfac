"""A place with data comes in; what is harvested from it goes out, whichever of the known formats it holds."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from site_builder.harvest.finds import Find, Harvest, Owner
from site_builder.harvest.iiif import harvest_iiif, is_iiif
from site_builder.harvest.metadata import (
    COLLECTION_BUILDER,
    OMEKA,
    column_named,
    finds_in,
    is_collection_builder,
    is_omeka,
    table_in,
)
from site_builder.harvest.origins import Origin
from site_builder.harvest.packages import harvest_package, is_ours, owner_of, parsed
from site_builder.model.problems import Problem
from site_builder.sheets.packages import Refused

_KNOWN = "认得：展览的数据包、CollectionBuilder 的 CSV、Omeka S 的 CSV、IIIF 集合"


def harvest_of(origin: Origin, *, kind: str, owner: str = "") -> Harvest:
    """What a place holds; ``kind`` is what rows and manifests of others become, ``owner`` whose a bare table is."""
    content = origin.read(origin.first)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return _from_json(origin, parsed(content, origin.first), kind=kind)
    if start in {b"[", b"<", b""}:
        raise Refused("harvest-format", "认不出是什么数据", hint=_KNOWN)
    return _from_table(origin, content, kind=kind, owner=owner)


def _from_json(origin: Origin, value: Any, *, kind: str) -> Harvest:
    if isinstance(value, Mapping) and is_iiif(value):
        return harvest_iiif(origin, value, kind=kind)
    if isinstance(value, Mapping) and is_ours(value):
        return harvest_package(origin, value)
    if isinstance(value, Mapping) and isinstance(value.get("resources"), list):
        return _from_tables(origin, value, kind=kind)
    raise Refused("harvest-format", "认不出是什么数据", hint=_KNOWN)


def _from_table(origin: Origin, content: bytes, *, kind: str, owner: str) -> Harvest:
    headings, rows = table_in(content, origin.first)
    form = COLLECTION_BUILDER if is_collection_builder(headings) else OMEKA if is_omeka(headings) else ""
    if not form or not any(column_named(headings, "title")):
        raise Refused(
            "harvest-format", "这张表不是 CollectionBuilder 或 Omeka S 的", hint="别的表用 exhibition import 导入"
        )
    finds, problems = finds_in(rows, kind, where=origin.first)
    name = owner or PurePosixPath(origin.first).stem
    return Harvest(Owner(name, origin.first), tuple(finds), form, tuple(problems))


def _from_tables(origin: Origin, package: Mapping[str, Any], *, kind: str) -> Harvest:
    """A data package of others: its CSV tables that have titles."""
    finds: list[Find] = []
    problems: list[Problem] = []
    left: list[str] = []
    for one in package["resources"]:
        path = one.get("path") if isinstance(one, Mapping) else None
        if not isinstance(path, str) or not path.endswith(".csv"):
            left.append(f"{path or '没有路径的资源'}不是 CSV，没有汇集")
            continue
        where = origin.beside(origin.first, path)
        headings, rows = table_in(origin.read(where), where)
        if any(column_named(headings, "title")):
            found, faults = finds_in(rows, kind, where=where)
            finds += found
            problems += faults
        else:
            left.append(f"{path}没有标题一栏，没有汇集")
    return Harvest(owner_of(package, origin.first), tuple(finds), "数据包", tuple(problems), tuple(left))
