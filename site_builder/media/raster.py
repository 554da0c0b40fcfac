"""An SVG drawing of few colours comes in; a PNG with a palette of exactly their mixtures goes out."""

import io
from collections.abc import Iterable

import PIL
import pillow_lunasvg  # registers SVG with Pillow
from PIL import Image

SMOOTH = Image.Resampling.LANCZOS
ENCODER = f"pillow {PIL.__version__}, lunasvg {pillow_lunasvg.lunasvg_version}"
"""What made the bytes; another version may make others."""
STEPS = 6
"""Shades from one colour to another, both included: enough for smooth edges of strokes."""
_SMALLER = (1.0, 0.75, 0.6)


def drawn(svg: str, scale: float = 1.0) -> Image.Image:
    """The drawing in pixels, at a scale of the size that the SVG names."""
    with Image.open(io.BytesIO(svg.encode("utf-8")), formats=("SVG",)) as image:
        image.load(scale=scale)
        plain: Image.Image = image.convert("RGB")
    return plain


def as_png(svg: str, mixtures: Iterable[tuple[str, str]], *, most: int, scale: float = 1.0) -> bytes:
    """The drawing as PNG in the colours that arise where two meet; the few with too many lines for so many bytes are smaller."""
    shades = dict.fromkeys(shade for pair in mixtures for shade in _between(*map(_rgb, pair)))
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for shade in shades for channel in shade])
    for factor in _SMALLER:
        out = io.BytesIO()
        image = drawn(svg, scale * factor).quantize(palette=palette, dither=Image.Dither.NONE)
        image.save(out, "PNG", compress_level=6)
        if out.tell() <= most:
            break
    return out.getvalue()


def as_jpeg(image: Image.Image, *, most: int) -> bytes:
    """JPEG of at most so many bytes, as good as that allows."""
    for quality in (82, 74, 66, 58, 50, 40, 30):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= most:
            break
    return out.getvalue()


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _between(one: tuple[int, ...], other: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    for step in range(STEPS):
        yield tuple(round(a + (b - a) * step / (STEPS - 1)) for a, b in zip(one, other, strict=True))
