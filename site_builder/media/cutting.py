"""A large picture and what is to be cut from it at which size come in; the bytes of each tile go out."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from site_builder.media.upright import upright

_QUALITY = 82

Box = tuple[int, int, int, int]
Level = tuple[tuple[int, int], Sequence[tuple[str, Box]]]
"""A size in pixels, and the files cut from the picture at that size: the name of each and what it shows."""


def cut(path: Path, levels: Iterable[Level]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, the largest size first: each is scaled from the one before."""
    scaled = _on_white(upright(path))
    for size, files in levels:
        if size != scaled.size:
            scaled = scaled.resize(size, Image.Resampling.BOX, reducing_gap=None)
        for name, box in files:
            out = io.BytesIO()
            scaled.crop(box).save(out, "JPEG", quality=_QUALITY, optimize=True)
            yield name, out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Tiles are JPEG and know no transparency."""
    if "A" not in image.getbands():
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
