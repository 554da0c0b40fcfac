"""The path of an entry's file comes in; the record it holds goes out, every field with its place."""

from collections.abc import Mapping
from pathlib import Path

from site_builder.intake.documents import bytes_of, document_in
from site_builder.intake.folders import Standing
from site_builder.intake.shapes import shape_of
from site_builder.intake.yaml_reading import Value
from site_builder.intake.yaml_text import Parsed, parse
from site_builder.model.entry import Record
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.model.wording import quoted


@frozen
class Found:
    """What a file holds, as far as it could be read."""

    record: Record | None
    problems: tuple[Problem, ...]
    whole: bool = True
    """Whether nothing was left out; else a field that is missing may just not have been readable."""


def read_record(root: Path, source: str, *, standing: Standing) -> Found:
    """The record of one file; a project without an edition belongs to that of its folder."""
    return record_in(bytes_of(root, source), source, standing=standing)


def record_in(data: bytes | Problem, source: str, *, standing: Standing) -> Found:
    """The same of a file that was read (``documents.bytes_of``)."""
    document, faults = document_in(data, source)
    if document is None:
        return Found(None, faults, whole=False)
    if not document.body_line and not document.yaml.strip():
        empty = Problem("not-mapping", Place(source, (), 1, 1), "文件是空的", "用 exhibition new 生成样例再改")
        return Found(None, (*faults, empty), whole=False)
    parsed = parse(document.yaml, shape_of(standing.kind.model), source=source, line=document.line)
    fields, clash = _with_edition(parsed, source, folder=standing.edition)
    body = document.body if document.body.strip() else ""
    kind = standing.kind.name
    record = Record(source, kind, standing.id, fields, parsed.places, body, document.body_line)
    return Found(record, (*faults, *parsed.problems, *clash), parsed.whole)


def _with_edition(
    parsed: Parsed, source: str, *, folder: str | None
) -> tuple[Mapping[str, Value], tuple[Problem, ...]]:
    written = parsed.fields.get("edition")
    if folder is None or written == folder:
        return parsed.fields, ()
    if written is None:
        return parsed.fields | {"edition": folder}, ()
    if not isinstance(written, str):
        return parsed.fields, ()  # its form is wrong, which validation says
    place = Place(source, ("edition",), *parsed.places["edition",])
    message = f"展期写的是{quoted(written)}，文件却放在 {folder} 文件夹里"
    return parsed.fields, (Problem("edition-folder", place, message),)
