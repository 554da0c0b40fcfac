"""A large picture and the sizes of its tiles come in; the bytes of each tile go out."""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from site_builder.media.tiles import Pyramid
from site_builder.media.upright import upright

_QUALITY = 82


def cut(path: Path, pyramid: Pyramid) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, the largest size first: each is scaled from the one before."""
    level = _on_white(upright(path))
    for factor in pyramid.factors:
        if factor > 1:
            level = level.resize(pyramid.level(factor), Image.Resampling.BOX, reducing_gap=None)
        for tile in (*pyramid.tiles(factor), *pyramid.wholes(factor)):
            out = io.BytesIO()
            level.crop(tile.box).save(out, "JPEG", quality=_QUALITY, optimize=True)
            yield tile.name, out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Tiles are JPEG and know no transparency."""
    if "A" not in image.getbands():
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
