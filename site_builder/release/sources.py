"""The entries of an edition come in; their files, without what is not public, go out, to be kept beside the site.

Files are written anew from what was read of them: comments go, for editors keep notes there, and so do fields that are declared
private. Pictures are kept as the site shows them, for originals say where and by whom they were taken.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from site_builder.intake.folders import standing_of
from site_builder.intake.records import read_record
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry
from site_builder.model.kinds import kind_named
from site_builder.model.pages import OutputFile

_AS_THEY_ARE = (("content/pages", "*.md"), ("content/charts", "*.yml"))
"""Editorial pages and charts are published whole."""


def kept_sources(root: Path, entries: Iterable[Entry]) -> Iterator[OutputFile]:
    """The sources of these entries, by their paths within the exhibition; entries that have no file of their own are passed over."""
    for entry in sorted(entries, key=lambda one: one.source):
        if entry.source:
            yield OutputFile(entry.source, _public(root, entry).encode("utf-8"))
    for folder, pattern in _AS_THEY_ARE:
        for path in sorted((root / folder).rglob(pattern)):
            yield OutputFile(path.relative_to(root).as_posix(), path.read_bytes())


def _public(root: Path, entry: Entry) -> str:
    standing, _ = standing_of(entry.source)
    found = read_record(root, entry.source, standing=standing).record if standing else None
    if found is None:
        raise OSError(f"{entry.source} has changed while it was frozen")
    fields = _without_private(found.fields, kind_named(entry.kind).model)
    head = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)
    if entry.source.endswith(".md"):
        return f"---\n{head}---\n{found.body}"
    return head


def _without_private(fields: Mapping[str, Any], model: type) -> dict[str, Any]:
    """Plain values, in the order of the file."""
    declared = {field.name: field for field in fields_of(model)}
    kept = {}
    for name, value in fields.items():
        field = declared.get(name)
        if field is None or field.declared.public:
            kept[name] = _plain(value, field.record if field else None)
    return kept


def _plain(value: Any, model: Any) -> Any:
    if isinstance(value, Mapping):
        return _without_private(value, model) if model else {name: _plain(one, None) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, model) for one in value]
    return value
