"""Originals that editors drop into content/media come in; pictures fit to publish, without metadata, go out."""

import io
import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps

LONGEST = 1600
"""Longest side of a published picture in pixels."""
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
FILES = (*PICTURES, ".pdf", ".mp4", ".webm", ".mp3", ".vtt", ".txt", ".docx", ".xlsx", ".pptx", ".csv")
"""What may be published at all; anything active (HTML, SVG, scripts) may not."""


class Unfit(ValueError):
    """A file that cannot be published; its text says why, in Chinese."""


def is_picture(file: str) -> bool:
    """Whether the name is that of a picture."""
    return file.lower().endswith(PICTURES)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height as published, after turning upright and shrinking; ``Unfit`` where it is no picture."""
    stat = path.stat()
    return _size_of(path, _stamp=(stat.st_mtime_ns, stat.st_size))


def published(path: Path) -> bytes:
    """The bytes to publish: a picture upright, at most 1600 pixels a side and without metadata, other files as they are."""
    if not is_picture(path.name):
        return path.read_bytes()
    with _opened(path) as image:
        kind = image.format or "PNG"
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
        plain = upright.convert(_mode(upright, kind))
        # a fresh picture from the bare pixels: nothing that the camera or its owner wrote comes along
        clean = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    clean.save(out, format=kind, **({"quality": 82} if kind != "PNG" else {"optimize": True}))
    return out.getvalue()


@lru_cache(maxsize=4096)
def _size_of(path: Path, *, _stamp: tuple[int, int]) -> tuple[int, int]:
    with _opened(path) as image:
        width, height = image.size
        if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):
            width, height = height, width
    scale = min(1.0, LONGEST / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _opened(path: Path) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(path, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise Unfit(f"图片有 {image.width}×{image.height} 像素，太大")
            image.load()
        except (
            OSError,
            SyntaxError,
            ValueError,
            Image.DecompressionBombError,
            Image.DecompressionBombWarning,
        ) as fault:
            if isinstance(fault, Unfit):
                raise
            raise Unfit("图片打不开，可能损坏，或不是 JPEG、PNG、WebP") from fault
    return image


def _mode(image: Image.Image, kind: str) -> str:
    see_through = "A" in image.getbands() or "transparency" in image.info
    return "RGBA" if see_through and kind != "JPEG" else "RGB"
