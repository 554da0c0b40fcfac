"""Two built sites come in; what changed from one to the other goes out: entries field by field, pages and files by their bytes."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, Kind
from site_builder.release.manifest import sha256_of

ADDED, REMOVED, CHANGED = "新增", "删去", "改动"
ENTRY, PAGE, FILE = "条目", "网页", "文件"
HEADINGS = ("类别", "变化", "名称", "种类", "字段", "原来", "现在")
_BODY = "正文"


@frozen
class Told:
    """An entry as a site publishes it: title, and text of its public fields by label."""

    title: str
    kind: str
    fields: Mapping[str, str]


@frozen
class Held:
    """What a site holds: entries by key, digests of files by path."""

    entries: Mapping[str, Told]
    files: Mapping[str, str]


@frozen
class Change:
    """One thing that changed: of an entry a field, of a page or a file its bytes."""

    what: str
    how: str
    name: str
    """Title of an entry, or path."""
    kind: str = ""
    field: str = ""
    before: str = ""
    after: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """As a line of a table, under ``HEADINGS``."""
        return self.what, self.how, self.name, self.kind, self.field, self.before, self.after


def held(site: Path) -> Held:
    """Reads a built site; ValueError where it publishes no data, so that its entries cannot be known."""
    if not (site / "data/datapackage.json").is_file():
        raise ValueError(str(site))
    entries = {key: told for kind in KINDS for key, told in _entries(site, kind)}
    paths = (path for path in sorted(site.rglob("*")) if path.is_file() and not path.is_symlink())
    return Held(entries, {path.relative_to(site).as_posix(): sha256_of(path) for path in paths})


def changes(before: Held, after: Held) -> tuple[Change, ...]:
    """Everything that changed, entries first, each group in the order of its names."""
    return tuple(chain(_entry_changes(before, after), _file_changes(before, after)))


def counted(found: tuple[Change, ...]) -> tuple[tuple[str, str, int], ...]:
    """(what, how, number), of entries each entry once; groups without any are left out."""
    groups = ((what, how) for what in (ENTRY, PAGE, FILE) for how in (ADDED, REMOVED, CHANGED))
    numbers = (
        (*group, len({(one.kind, one.name) for one in found if (one.what, one.how) == group})) for group in groups
    )
    return tuple(one for one in numbers if one[2])


def _entry_changes(before: Held, after: Held) -> Iterator[Change]:
    for key in sorted(before.entries.keys() | after.entries.keys()):
        old, new = before.entries.get(key), after.entries.get(key)
        if old is None or new is None:
            one = old or new
            assert one is not None
            yield Change(ENTRY, REMOVED if new is None else ADDED, f"{one.title}（{key}）", one.kind)
            continue
        for label in dict.fromkeys((*old.fields, *new.fields)):
            was, now = old.fields.get(label, ""), new.fields.get(label, "")
            if was != now:
                yield Change(ENTRY, CHANGED, f"{new.title}（{key}）", new.kind, label, was, now)


def _file_changes(before: Held, after: Held) -> Iterator[Change]:
    names = sorted(before.files.keys() | after.files.keys(), key=lambda name: (not name.endswith(".html"), name))
    for name in names:
        old, new = before.files.get(name), after.files.get(name)
        if old != new:
            how = ADDED if old is None else REMOVED if new is None else CHANGED
            yield Change(PAGE if name.endswith(".html") else FILE, how, name)


def _entries(site: Path, kind: Kind) -> Iterator[tuple[str, Told]]:
    path = site / f"data/{kind.folder}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        one = json.loads(line)
        fields = dict(_labelled(one["fields"], kind.model))
        if one.get("body"):
            fields[_BODY] = one["body"]
        yield f"{one['kind']}/{one['id']}", Told(one["title"], kind.label, fields)


def _labelled(fields: Mapping[str, Any], model: type) -> Iterator[tuple[str, str]]:
    declared = {field.name: field for field in fields_of(model)}
    for name, value in fields.items():
        field = declared.get(name)
        yield (field.declared.label if field else name), _text(value, field.record if field else None)


def _text(value: Any, model: type | None) -> str:
    """Plain values as they are, several with 、 between, records with the labels of their parts."""
    if isinstance(value, list):
        return "、".join(_text(one, model) for one in value)
    if isinstance(value, dict):
        parts = _labelled(value, model) if model else ((name, str(one)) for name, one in value.items())
        return "（" + "，".join(f"{label}：{text}" for label, text in parts) + "）"
    return str(value)
