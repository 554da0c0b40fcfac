"""A large picture comes in; static tiles by the IIIF Image API 3, level 0, go out, so that any web server can offer deep zoom."""

import json
import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from site_builder.media.store import Making, key_of
from site_builder.model.frozen import frozen

TILE = 512
ABOVE = 2400
"""Only pictures with a side longer than this are cut: a smaller one is shown whole."""
_VERSION = "tiles 1"
_FILE = "0/default.jpg"


@frozen
class Tile:
    """A file of the set: its name by the Image API, the box it shows, and its size in pixels."""

    name: str
    box: tuple[int, int, int, int]
    size: tuple[int, int]


@frozen
class Pyramid:
    """A picture of a width and height at full size, half, a quarter … until one tile holds it."""

    width: int
    height: int

    @property
    def factors(self) -> tuple[int, ...]:
        """By how much each level is smaller: 1, 2, 4 …"""
        steps = math.ceil(math.log2(max(self.width, self.height) / TILE))
        return tuple(2**step for step in range(max(0, steps) + 1))

    def level(self, factor: int) -> tuple[int, int]:
        """Width and height of a level in pixels."""
        return math.ceil(self.width / factor), math.ceil(self.height / factor)

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Sizes in which the whole picture can be had in one file, ascending."""
        return tuple(self.level(factor) for factor in reversed(self.factors) if max(self.level(factor)) < ABOVE)

    def tiles(self, factor: int) -> Iterator[Tile]:
        """The tiles of a level, row by row; a level that one tile holds is among `wholes`."""
        wide, tall = self.level(factor)
        if max(wide, tall) <= TILE:
            return
        for top in range(0, tall, TILE):
            for left in range(0, wide, TILE):
                size = min(TILE, wide - left), min(TILE, tall - top)
                x, y, span = left * factor, top * factor, TILE * factor
                region = f"{x},{y},{min(span, self.width - x)},{min(span, self.height - y)}"
                box = (left, top, left + size[0], top + size[1])
                yield Tile(f"{region}/{size[0]},{size[1]}/{_FILE}", box, size)

    def wholes(self, factor: int) -> Iterator[Tile]:
        """The level as one file, where it is small enough, and at full size under the name that the standard asks for."""
        size = self.level(factor)
        if size in self.sizes:
            yield Tile(f"full/{size[0]},{size[1]}/{_FILE}", (0, 0, *size), size)
        if factor == 1:
            yield Tile(f"full/max/{_FILE}", (0, 0, *size), size)

    def files(self, factor: int) -> Iterator[Tile]:
        """All files of a level."""
        yield from self.tiles(factor)
        yield from self.wholes(factor)


def is_cut(width: int, height: int) -> bool:
    """Whether a picture of this size gets tiles."""
    return max(width, height) > ABOVE


def tiles_address(digest: str) -> str:
    """Where the tiles of the picture with this digest lie: the same bytes, the same place, whoever shows them."""
    return f"iiif/image/{digest[:20]}/"


def info(pyramid: Pyramid, uri: str) -> dict[str, object]:
    """The image information document: its id is the absolute address of the tiles, without the closing slash."""
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": uri.rstrip("/"),
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": pyramid.width,
        "height": pyramid.height,
        "sizes": [{"width": wide, "height": tall} for wide, tall in pyramid.sizes],
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": list(pyramid.factors)}],
        "preferredFormats": ["jpg"],
    }


def making_of(path: Path, digest: str, *, pyramid: Pyramid, site_url: str) -> Making:
    """How to cut the picture; without the site's address there is no info.json, for it must name its own."""
    at = tiles_address(digest)
    names = [tile.name for factor in pyramid.factors for tile in pyramid.files(factor)]
    names += ["info.json"] if site_url else []
    make = partial(_made, path, pyramid, uri=f"{site_url}{at}" if site_url else "")
    return Making(key_of(_VERSION, digest, pyramid, site_url), tuple((name, f"{at}{name}") for name in names), make)


def _made(path: Path, pyramid: Pyramid, *, uri: str) -> Iterator[tuple[str, bytes]]:
    # what reads pictures is loaded when there is one to cut
    from site_builder.media.cutting import cut

    levels = (
        (pyramid.level(factor), [(tile.name, tile.box) for tile in pyramid.files(factor)]) for factor in pyramid.factors
    )
    yield from cut(path, levels)
    if uri:
        yield "info.json", json.dumps(info(pyramid, uri), indent=1).encode()
