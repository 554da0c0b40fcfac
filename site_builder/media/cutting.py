"""A large picture, its sizes and the boxes of their tiles come in; the bytes of each tile go out."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from site_builder.media.upright import upright

Boxes = Iterable[tuple[str, tuple[int, int, int, int]]]
"""Name of each file, and what it shows of the picture at one size: left, upper, right and lower edge in pixels."""
_QUALITY = 82


def cut(path: Path, sizes: Iterable[tuple[tuple[int, int], Boxes]]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, the largest size first: each is scaled from the one before."""
    level = _on_white(upright(path))
    for size, boxes in sizes:
        if level.size != size:
            level = level.resize(size, Image.Resampling.BOX, reducing_gap=None)
        for name, box in boxes:
            out = io.BytesIO()
            level.crop(box).save(out, "JPEG", quality=_QUALITY, optimize=True)
            yield name, out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Tiles are JPEG and know no transparency."""
    if "A" not in image.getbands():
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
