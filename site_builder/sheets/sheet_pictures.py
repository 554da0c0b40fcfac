"""A workbook comes in; the pictures in it go out, each with the sheet and the row it stands in."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from site_builder.sheets.limits import LARGEST_PICTURE, MOST_PICTURES
from site_builder.sheets.packages import part_of
from site_builder.sheets.sheet import EmbeddedPicture

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "/relationships/drawing"
CELL_PICTURE = re.compile(r'=?(?:_xlfn\.)?DISPIMG\("([^"]+)"')
"""What WPS writes into a cell that holds a picture; the picture itself lies in ``xl/cellimages.xml``."""


def pictures_in_workbook(path: Path, sheets: Mapping[str, str]) -> tuple[EmbeddedPicture, ...]:
    """Pictures anchored in sheets (part → name of the sheet), then WPS's pictures in cells, named by their ids."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not any(name.startswith(("xl/media/", "xl/drawings/")) or name == "xl/cellimages.xml" for name in names):
            return ()
        found = [one for part, name in sheets.items() for one in _anchored(archive, part, sheet=name)]
        found += _in_cells(archive) if "xl/cellimages.xml" in names else []
    return tuple(found[:MOST_PICTURES])


def _anchored(archive: zipfile.ZipFile, part: str, *, sheet: str) -> Iterator[EmbeddedPicture]:
    for drawing in relations(archive, part, ending=_DRAWING).values():
        targets = relations(archive, drawing)
        for anchor in ElementTree.fromstring(archive.read(drawing)):
            row = next((one.text for one in anchor.iter() if one.tag.endswith("}row")), None)
            for blip in (one for one in anchor.iter() if one.tag.endswith("}blip")):
                yield from _picture(archive, targets.get(blip.get(f"{_R}embed", ""), ""), sheet=sheet, row=row)


def _picture(archive: zipfile.ZipFile, target: str, *, sheet: str, row: str | None) -> Iterator[EmbeddedPicture]:
    if target in archive.namelist() and archive.getinfo(target).file_size <= LARGEST_PICTURE:
        number = int(row) + 1 if row and row.isdigit() else 0
        source = partial(part_of, Path(str(archive.filename)), target)
        yield EmbeddedPicture(posixpath.basename(target), source, sheet, number)


def _in_cells(archive: zipfile.ZipFile) -> list[EmbeddedPicture]:
    targets = relations(archive, "xl/cellimages.xml")
    found = []
    for picture in ElementTree.fromstring(archive.read("xl/cellimages.xml")).iter():
        if picture.tag.endswith("}pic"):
            name = next((one.get("name", "") for one in picture.iter() if one.tag.endswith("}cNvPr")), "")
            blip = next((one.get(f"{_R}embed", "") for one in picture.iter() if one.tag.endswith("}blip")), "")
            for one in _picture(archive, targets.get(blip, ""), sheet="", row=None):
                found.append(EmbeddedPicture(name, one.source))
    return found


def relations(archive: zipfile.ZipFile, part: str, *, ending: str = "") -> dict[str, str]:
    """Id → part that a part of a package points to, leading out of the package left out."""
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    found = {}
    for one in ElementTree.fromstring(archive.read(path)):
        if one.get("TargetMode") != "External" and one.get("Type", "").endswith(ending):
            target = one.get("Target", "")
            found[one.get("Id", "")] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return found
