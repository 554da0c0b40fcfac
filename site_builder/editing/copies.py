"""The path of an entry's file comes in; a copy to be edited goes out: what its form shows, and of which bytes it is a copy."""

import hashlib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from site_builder.editing.form_values import Unshown, shown
from site_builder.exchange.revising import front_of
from site_builder.intake.documents import LARGEST, read_document
from site_builder.intake.folders import Standing, standing_of
from site_builder.intake.shapes import shape_of
from site_builder.intake.translations import translation_path
from site_builder.intake.writing import yaml_of
from site_builder.intake.yaml_text import parse
from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen
from site_builder.model.languages import LANGUAGES
from site_builder.model.problems import Severity, code_named

GONE = ""
"""The version of a file that is not there."""
_MENDABLE = frozenset({"unknown-field", "yaml-colon", "hidden-text"})
"""What may be amiss in a file whose other fields the form shows all the same."""


@frozen
class Copy:
    """A file as it was read for editing."""

    path: str
    version: str
    """Digest of its bytes; ``GONE`` where there is no file."""
    text: str
    """All of it."""
    is_form: bool
    """Whether the form can show it; else only the text can be edited."""
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Name → value as the form holds it."""
    locked: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Name or unknown word → its YAML, where the form cannot show it."""
    body: str = ""


def standing_at(path: str) -> Standing | None:
    """Kind and id by a path that a browser sent; None unless it is exactly where an entry's file lies."""
    if "\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in path.split("/")):
        return None
    standing, faults = standing_of(path)
    return None if standing is None or (faults and not path.isprintable()) else standing


def version_of(root: Path, path: str) -> str:
    """The version of an entry as it lies on the disk now, together with its translations."""
    return joined(versions_of(root, path))


def versions_of(root: Path, path: str) -> Mapping[str, str]:
    """The version of an entry's file, first, and of each of its translations that is there."""
    others = (translation_path(path, tag) for tag in LANGUAGES)
    return {path: file_version(root, path)} | {
        other: version for other in others if (version := file_version(root, other)) != GONE
    }


def joined(versions: Mapping[str, str]) -> str:
    """One version for several files; that of the first alone, and none where that is gone."""
    own, *others = versions.values()
    return own if own == GONE or not others else _digest("".join((own, *others)).encode())


def file_version(root: Path, path: str) -> str:
    """The version of one file."""
    try:
        with (root / path).open("rb") as file:
            return _digest(file.read(LARGEST + 1))
    except OSError:
        return GONE


def copy_of(root: Path, path: str, *, standing: Standing) -> Copy:
    """The copy of a file; one that is gone is an empty copy. A broken file is shown as text, so that it can be mended here."""
    version = version_of(root, path)
    document, faults = read_document(root, path)
    if document is None or version == GONE:
        return Copy(path, version, _raw_text(root, path), is_form=False)
    whole = _raw_text(root, path)
    if any(fault.code == "encoding" for fault in faults):
        whole = _as_read(document.yaml, document.body, markdown=path.endswith(".md"))
        return Copy(path, version, whole, is_form=False)
    try:
        front_of(whole, standing.kind)
        return _form_copy(Copy(path, version, whole, is_form=True, body=document.body.strip("\n")), standing)
    except (ValueError, Unshown):
        return Copy(path, version, whole, is_form=False)


def _form_copy(bare: Copy, standing: Standing) -> Copy:
    yaml, line = front_of(bare.text, standing.kind)
    parsed = parse(yaml, shape_of(standing.kind.model), source=bare.path, line=line)
    broken = [
        one for one in parsed.problems if code_named(one.code).severity is Severity.ERROR and one.code not in _MENDABLE
    ]
    if broken or not parsed.whole:
        raise ValueError("the text has to be mended first")
    declared = {one.name: one for one in fields_of(standing.kind.model)}
    fields: dict[str, Any] = {}
    locked: dict[str, str] = {}
    for name, raw in parsed.fields.items():
        try:
            fields[name] = shown(raw, declared[name])
        except (KeyError, Unshown):
            locked[name] = yaml_of({name: raw if raw is not None else ""})
    return Copy(bare.path, bare.version, bare.text, is_form=True, fields=fields, locked=locked, body=bare.body)


def _raw_text(root: Path, path: str) -> str:
    try:
        with (root / path).open("rb") as file:
            return file.read(LARGEST).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _as_read(yaml: str, body: str, *, markdown: bool) -> str:
    return f"---\n{yaml}---\n{body}" if markdown else yaml


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
