"""Parsed JSON-LD comes in; what the published vocabulary of schema.org does not allow goes out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

VOCABULARY: Mapping[str, Any] = json.loads((Path(__file__).parent / "schemaorg.json").read_text(encoding="utf-8"))
TYPES, PROPERTIES, MEMBERS = VOCABULARY["types"], VOCABULARY["properties"], VOCABULARY["members"]
_ISO = r"\d{4}(-\d\d(-\d\d)?)?"
_VALUES = {
    "Text": lambda value: isinstance(value, str) and value != "",
    "URL": lambda value: isinstance(value, str) and re.fullmatch(r"https?://[^\s<>]+", value) is not None,
    "Date": lambda value: isinstance(value, str) and re.fullmatch(_ISO, value) is not None,
    "Boolean": lambda value: isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


def above(name: str) -> set[str]:
    """A type and all types above it."""
    return {name}.union(*(above(parent) for parent in TYPES.get(name, ())))


def faults(node: Any, path: str = "") -> Iterator[str]:
    """Unknown types, properties of other types, and values that are out of a property's range."""
    if not isinstance(node, dict):
        yield f"{path}: no node"
        return
    kind = node.get("@type")
    if set(node) == {"@id"}:
        return
    if kind not in TYPES:
        yield f"{path}: no type {kind!r}"
        return
    for name, value in node.items():
        if name.startswith("@") or name.endswith("-input"):
            continue
        here = f"{path}/{kind}.{name}"
        if name not in PROPERTIES:
            yield f"{here}: no such property"
            continue
        domain, allowed = PROPERTIES[name]
        if not above(kind) & set(domain):
            yield f"{here}: belongs to {domain}"
        for part in value if isinstance(value, list) else [value]:
            yield from _value_faults(part, allowed, here)


def _value_faults(part: Any, allowed: list[str], here: str) -> Iterator[str]:
    if isinstance(part, dict):
        if "@type" in part and not above(part["@type"]) & set(allowed):
            yield f"{here}: {part['@type']} is none of {allowed}"
        yield from faults(part, here)
        return
    fits = [name for name in allowed if name in _VALUES and _VALUES[name](part)]
    # an address may stand for the thing it identifies, as the context of schema.org has it
    named = _VALUES["URL"](part) and any(name not in _VALUES for name in allowed)
    member = isinstance(part, str) and MEMBERS.get(part.rpartition("/")[2]) in allowed
    if not (fits or named or member):
        yield f"{here}: {part!r} is none of {allowed}"
