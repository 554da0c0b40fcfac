"""A find with pictures comes in; the draft that names the fetched files, and the files, go out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from site_builder.harvest.adopting import Adopted
from site_builder.harvest.finds import FoundPicture
from site_builder.harvest.limits import MOST_PICTURES
from site_builder.intake.drafts import Draft
from site_builder.media.sniffing import HEAD, kind_of
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.sheets.packages import Refused

_TAKEN = MappingProxyType({"jpeg": "jpg", "png": "png", "webp": "webp"})
"""Kinds of pictures that are taken, and their endings."""


@frozen
class Pictured:
    """A draft with its pictures; those that could not be had are problems, for an entry does without."""

    draft: Draft
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def pictured(one: Adopted, read: Callable[[str], bytes], *, prefix: str) -> Pictured:
    """Fetches the pictures of a find; what a file is decides its content, whatever its name says."""
    files: dict[str, bytes] = {}
    records: list[dict[str, str]] = []
    problems: list[Problem] = []
    for number, picture in enumerate(one.find.pictures[:MOST_PICTURES], 1):
        place = Place(one.find.where)
        try:
            content = read(picture.address)
        except Refused as fault:
            if fault.code == "harvest-limit":
                raise
            problems.append(Problem("picture-left", place, f"“{one.draft.title[:40]}”的图片没有取到：{fault.message}"))
            continue
        ending = _TAKEN.get(kind_of(content[:HEAD], picture.address))
        if ending is None:
            problems.append(Problem("picture-left", place, f"“{one.draft.title[:40]}”的图片不是 JPEG、PNG 或 WebP"))
            continue
        name = f"{prefix}/{one.draft.id}-{number}.{ending}"
        files[f"content/media/{name}"] = content
        records.append(_record(picture, name, title=one.draft.title))
    field = "portrait" if one.draft.kind == "craftsman" and len(records) == 1 else "pictures"
    fields = (
        {**one.draft.fields, field: records[0] if field == "portrait" else records} if records else one.draft.fields
    )
    return Pictured(replace(one.draft, fields=fields), files, tuple(problems))


def _record(picture: FoundPicture, name: str, *, title: str) -> dict[str, str]:
    said = {"file": name, "alt": picture.alt or title, "credit": picture.credit, "licence": picture.licence}
    return {field: value for field, value in said.items() if value}
