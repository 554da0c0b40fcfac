"""A table of metadata comes in, from CollectionBuilder, Omeka S or a data package of others; its rows go out as finds."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from site_builder.harvest.finds import Find, FoundPicture
from site_builder.harvest.limits import MOST_ENTRIES
from site_builder.model.declaration import fields_of
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Place, Problem
from site_builder.sheets.escape import unescaped
from site_builder.sheets.packages import Refused

COLLECTION_BUILDER, OMEKA = "CollectionBuilder 的 CSV", "Omeka S 的 CSV"
_ELEMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("objectid", "dcterms:identifier", "identifier", "o:id", "id"),
        "title": ("title", "dcterms:title", "o:title", "name"),
        "creator": ("creator", "dcterms:creator", "contributor", "dcterms:contributor"),
        "date": ("date", "dcterms:date", "dcterms:issued", "dcterms:created", "issued"),
        "description": ("description", "dcterms:abstract", "dcterms:description", "abstract", "summary"),
        "subject": ("subject", "dcterms:subject"),
        "publisher": ("publisher", "dcterms:publisher"),
        "rights": ("rightsstatement", "rights", "dcterms:rights", "dcterms:license", "o:license"),
        "page": ("reference_url", "url", "o:url", "dcterms:source"),
        "alt": ("image_alt_text", "o:alt_text"),
        "picture": ("image_small", "object_location", "o:media", "media_url", "o:original_url", "image_thumb"),
    }
)
"""What a row may say, and the headings of Dublin Core, CollectionBuilder and Omeka S that say it, the best first."""
_SEVERAL = re.compile(r"[;；|]")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_LARGEST_CELL = 1_000_000
_MARKUP = re.compile(r"<[^>]{0,500}>")


def is_collection_builder(headings: list[str]) -> bool:
    """Its tables have an ``objectid``."""
    return "objectid" in headings


def is_omeka(headings: list[str]) -> bool:
    """Its exports name properties with their prefix."""
    return any(heading.startswith(("dcterms:", "o:")) for heading in headings)


def table_in(content: bytes, where: str) -> tuple[list[str], list[dict[str, str]]]:
    """Headings in lower case and rows by heading; ``Refused`` for what is no table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused("harvest-format", f"{where} 不是 UTF-8 编码", hint="用 Excel 打开，另存为“CSV UTF-8”") from fault
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        headings = [heading.strip().lower() for heading in next(reader, [])]
        rows = [dict(zip(headings, row, strict=False)) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise Refused("harvest-format", f"{where} 不是完整的 CSV", hint="请对方重新导出一份") from fault
    if len(rows) > MOST_ENTRIES:
        raise Refused("harvest-limit", f"超过 {MOST_ENTRIES} 行", hint="分几次汇集")
    return headings, rows


def finds_in(rows: list[dict[str, str]], kind: str, *, where: str) -> tuple[list[Find], list[Problem]]:
    """A find for each row that has a title; parts of a compound object are passed over with their whole taken."""
    finds: list[Find] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 2):
        if row.get("parentid", "").strip():
            continue
        if not _said(row, "title"):
            place = Place(where, line=number)
            problems.append(Problem("harvest-format", place, "这一行没有标题", "请对方补上标题，或删去这一行"))
            continue
        finds.append(_find(row, kind, where=f"{where}:{number}"))
    return finds, problems


def fields_for(kind: str, said: Mapping[str, str]) -> dict[str, object]:
    """Raw fields of a kind from title, creator, date, description, subject and publisher, as far as the kind has them."""
    described = kind_named(kind)
    names = {field.name for field in fields_of(described.model)}
    year = _YEAR.search(said.get("date", ""))
    found: dict[str, object] = {
        described.title_field: said["title"],
        "summary": said.get("description", ""),
        "people": [{"person": one} for one in _parts(said.get("creator", ""))],
        "organisations": [{"organisation": one} for one in _parts(said.get("publisher", ""))],
        "year": int(year[0]) if year else None,
        "tags": _parts(said.get("subject", "")),
    }
    return {name: value for name, value in found.items() if name in names and value not in ("", [], None)}


def _find(row: dict[str, str], kind: str, *, where: str) -> Find:
    said = {name: _said(row, name) for name in _ELEMENTS}
    pictures = tuple(
        FoundPicture(one, said["alt"], licence=said["rights"])
        for one in _parts(said["picture"])
        if one.startswith(("http://", "https://"))
    )
    page = said["page"] if said["page"].startswith(("http://", "https://")) else ""
    return Find(kind, said["id"], fields_for(kind, said), where, page=page, pictures=pictures)


def _said(row: Mapping[str, str], name: str) -> str:
    cells = (plain(row.get(heading) or "") for heading in _ELEMENTS[name])
    return next((cell for cell in cells if cell), "")


def plain(text: str) -> str:
    """Text of others without markup and without the apostrophe that shields formulas."""
    return unescaped(_MARKUP.sub("", text).strip()).strip()


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in _SEVERAL.split(text) if part.strip()))


def column_named(headings: list[str], name: str) -> Iterator[str]:
    """Which headings of a table say an element."""
    return (heading for heading in _ELEMENTS[name] if heading in headings)
