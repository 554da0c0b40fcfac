"""A picture's file comes in; its size, whether it is transparent and its average colour go out, or why it cannot be published."""

from pathlib import Path

from PIL import Image

from site_builder.media.unfit import Unfit
from site_builder.media.upright import BROKEN, broken, opened

_SIDEWAYS = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112
_LEVELS = 3


def measured(path: Path) -> tuple[int, int, bool, str]:
    """Width, height, transparency and colour; all of it is decoded, a JPEG at an eighth of its size, so nothing broken goes further."""
    try:
        with opened(path) as image:
            width, height = image.size
            if image.getexif().get(_ORIENTATION, 1) in _SIDEWAYS:
                width, height = height, width
            image.draft(image.mode, (image.width // 8 + 1, image.height // 8 + 1))
            image.load()
            return width, height, *_ground(image)
    except Unfit:
        raise
    except BROKEN as fault:
        raise broken() from fault


def _ground(image: Image.Image) -> tuple[bool, str]:
    """Whether it is transparent, and its average colour."""
    if "A" in image.getbands() or "transparency" in image.info:
        alpha = image.convert("RGBA").getchannel("A")
        if alpha.getextrema() != (255, 255):
            return True, ""
    if image.mode.startswith("I"):
        return False, "1" * 3
    average = image.convert("RGB").reduce(max(1, min(image.size) // 16)).resize((1, 1), Image.Resampling.BOX)
    levels = average.getpixel((0, 0))
    assert isinstance(levels, tuple)
    return False, "".join(str(min(_LEVELS - 1, level * _LEVELS // 256)) for level in levels)
