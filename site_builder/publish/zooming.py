"""A picture of an entry comes in; the same with the address of its tiles, and how to cut them, go out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from site_builder.media.examining import Examined
from site_builder.media.store import Making
from site_builder.media.tiles import Pyramid, is_cut, making_of, tiles_address
from site_builder.model.entry import Entry
from site_builder.model.pages import Image
from site_builder.publish.pictures import Known, Use, uses_of


def zoomed(image: Image, use: Use, *, known: Known) -> Image:
    """The picture with its tiles, where the entry offers the full size and that is large."""
    one = _cut(use, known)
    return replace(image, zoom=tiles_address(one.digest), full=(one.width, one.height)) if one else image


def tile_makings(entry: Entry, known: Known, *, media: Path, site_url: str) -> Iterator[Making]:
    """How to cut the pictures of an entry."""
    for use in uses_of(entry):
        one = _cut(use, known)
        if one:
            pyramid = Pyramid(one.width, one.height)
            yield making_of(media / use.picture.file, one.digest, pyramid=pyramid, site_url=site_url)


def _cut(use: Use, known: Known) -> Examined | None:
    one = known.get(use.picture.file)
    fit = one is not None and one.is_picture and one.kind != "svg" and use.picture.original
    return one if one is not None and fit and is_cut(one.width, one.height) else None
