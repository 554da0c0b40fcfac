"""A picture's file and the list of its renditions come in; the bytes of each go out.

What reads and writes pictures is loaded when there is one to make: how it would be made is part of what is kept of a survey.
"""

import io
import math
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from site_builder.media.examining import Examined
from site_builder.media.renditions import FULL, Piece, Renditions, address_in
from site_builder.media.store import Making

if TYPE_CHECKING:
    from PIL import Image

_OPTIONS: MappingProxyType[str, MappingProxyType[str, Any]] = MappingProxyType(
    {
        "webp": MappingProxyType({"quality": 75, "method": 2}),  # 4 takes 2.5 times as long for 5 to 8 % less
        "jpeg": MappingProxyType({"quality": 78, "progressive": True, "optimize": True}),
        "png": MappingProxyType({"optimize": True}),
        "avif": MappingProxyType({"quality": 55, "speed": 9}),
    }
)
_LOSSLESS: MappingProxyType[str, Any] = MappingProxyType({"lossless": True, "quality": 80, "method": 4})
_FULL_QUALITY = 92


def encoders() -> str:
    """What decides on the bytes beside picture and recipe: versions and settings."""
    from PIL import __version__ as pillow
    from PIL import features

    libraries = ",".join(str(features.version(name)) for name in ("webp", "libjpeg_turbo", "avif", "littlecms2"))
    return f"pillow {pillow} {libraries} {_OPTIONS} {_FULL_QUALITY}"


def picture_making(path: Path, one: Examined, *, found: Renditions) -> Making:
    """What there is to make of a picture."""
    key = found.key(one.digest, encoders())
    addresses = tuple((piece.name, address_in(key, piece.name)) for piece in found.pieces)
    return Making(key, addresses, partial(developed, path, found))


def developed(path: Path, found: Renditions) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, the largest first: each size is scaled from the one above, which is quicker."""
    from PIL import Image

    from site_builder.media.upright import upright

    reach = max(piece.width for piece in found.pieces) / (found.box[2] - found.box[0])
    needed = math.ceil(max(found.size) * min(reach, 1))
    image = _first_page(path) if found.shape == "paper" else upright(path, at_least=needed)
    scale = image.width / found.size[0]
    box = tuple(edge * scale for edge in found.box)
    by_size = sorted(found.pieces, key=lambda piece: (-piece.width, piece.name))
    for (width, height), pieces in groupby(by_size, key=lambda piece: (piece.width, piece.height)):
        if image.size != (width, height) or box != (0, 0, width, height):
            image = image.resize((width, height), Image.Resampling.LANCZOS, box=box)  # type: ignore[arg-type]  # four edges
        box = (0, 0, width, height)
        for piece in pieces:
            yield piece.name, encoded(image, piece, lossless=found.shape == "logo")


def _first_page(path: Path) -> "Image.Image":
    # heavy, and needed for PDFs only
    from site_builder.media.papers import first_page

    return first_page(path)


def encoded(image: "Image.Image", piece: Piece, *, lossless: bool = False) -> bytes:
    """The bytes of an image free of metadata, as this file's format wants them."""
    options: dict[str, Any] = dict(_LOSSLESS if lossless and piece.format == "webp" else _OPTIONS[piece.format])
    if piece.name.startswith(FULL) and piece.format == "jpeg":
        options |= {"quality": _FULL_QUALITY, "subsampling": 0}
    plain = image.convert("RGB") if piece.format == "jpeg" else image
    out = io.BytesIO()
    plain.save(out, format=piece.format.upper(), **options)
    return out.getvalue()
