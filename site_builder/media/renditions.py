"""What is known of a picture comes in; which files it has on the site, how large and where, goes out: arithmetic, no pixels."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Literal

from site_builder.media.cropping import crop_box
from site_builder.media.examining import Examined
from site_builder.media.store import key_of
from site_builder.model.frozen import frozen
from site_builder.model.pages import Rendition

Shape = Literal["whole", "portrait", "logo", "paper"]
"""The whole picture; a portrait cut to the 4:5 of a card; a logo, never cut and kept sharp; the first page of a PDF."""
Focus = tuple[float, float] | None
FULL = "full"
"""Name of the file in full size, where the entry offers it."""
PORTRAIT = 4 / 5
HIGHEST = 2400
WIDTHS = MappingProxyType(
    {"whole": (240, 480, 800, 1200, 1600), "portrait": (240, 480, 800), "logo": (240, 480), "paper": (240, 480)}
)
"""Pixels. 240: the thumb of a row on a sharp phone; 480: a card; 800: a lead picture on a phone at twice the dots, a column
of a gallery; 1200: the lead picture of a wide page; 1600: a picture alone in a row, at twice the dots."""
FALLBACKS = MappingProxyType({"whole": (480, 1200), "portrait": (480,), "logo": (480,), "paper": (480,)})
"""Few: only browsers of before 2020 do not know WebP."""
SUFFIXES = MappingProxyType({"jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif"})
_CLOSE = 0.9
"""A step nearer than this to the picture's own width is left out."""


@frozen
class Piece:
    """One file to make: name in the store, format and size in pixels."""

    name: str
    format: str
    width: int
    height: int


@frozen
class Renditions:
    """The files of one picture in one shape; equal values are the same files."""

    size: tuple[int, int]
    """Of the upright picture, in pixels."""
    box: tuple[int, int, int, int]
    """What is cut out of it."""
    pieces: tuple[Piece, ...]
    shape: Shape
    fallback: str
    """``jpeg``, or ``png`` where it is transparent or a logo."""

    def key(self, digest: str, encoders: str) -> str:
        """Digest of original, recipe and encoders: whatever changes the bytes changes the address."""
        return key_of(digest, self, encoders)


def renditions_of(
    one: Examined, shape: Shape = "whole", *, focus: Focus = None, avif: bool = False, full: bool = False
) -> Renditions:
    """The files of a picture (not an SVG), or of a PDF's first page, in this shape, never larger than it.

    ``full`` adds one of the picture's own size.
    """
    whole = (0, 0, one.width, one.height)
    box = crop_box((one.width, one.height), PORTRAIT, focus=focus) if shape == "portrait" else whole
    fallback = "png" if one.alpha or shape == "logo" else "jpeg"
    size = (box[2] - box[0], box[3] - box[1])
    pieces = [
        Piece(f"{width}.{SUFFIXES[format]}", format, width, height)
        for format, steps in _formats(shape, fallback, avif=avif)
        for width, height in _ladder(size, steps)
    ]
    if full:
        format = "png" if one.alpha or one.kind == "png" else "jpeg"
        pieces.append(Piece(f"{FULL}.{SUFFIXES[format]}", format, *size))
    return Renditions((one.width, one.height), box, tuple(pieces), shape, fallback)


def address_in(key: str, name: str) -> str:
    """Where a file made under this key lies in the site: named after all it depends on, so that it can be cached for ever."""
    return f"media/{key[:2]}/{key[2:20]}-{name}"


def placed(found: Renditions, format: str, *, key: str) -> tuple[Rendition, ...]:
    """The files of one format with their addresses, ascending; the full size is not among them."""
    return tuple(
        Rendition(address_in(key, piece.name), piece.width, piece.height)
        for piece in found.pieces
        if piece.format == format and not piece.name.startswith(FULL)
    )


def _formats(shape: Shape, fallback: str, *, avif: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
    if avif:
        yield "avif", WIDTHS[shape]
    yield "webp", WIDTHS[shape]
    yield fallback, FALLBACKS[shape]


def _ladder(size: tuple[int, int], steps: tuple[int, ...]) -> list[tuple[int, int]]:
    """Widths and heights, ascending: the steps below the picture's own width, then that or the last step."""
    width, height = size
    most = min(width, steps[-1], max(1, round(HIGHEST * width / height)))
    widths = [*(step for step in steps if step < most * _CLOSE), most]
    return [(step, max(1, round(height * step / width))) for step in widths]
