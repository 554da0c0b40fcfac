"""A picture's file comes in; its pixels go out: upright, in sRGB, with nothing that camera or owner wrote into it."""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from site_builder.media.sniffing import HEAD, kind_of
from site_builder.media.unfit import Unfit

MOST_PIXELS = 80_000_000
"""A phone's largest pictures have 50 million; a file that unfolds into more is refused by its header, unopened."""
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF")
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    RuntimeError,
    struct.error,
    zlib.error,
    MemoryError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What decoders raise on files cut short or damaged."""
_MOVING = frozenset({"GIF", "PNG", "WEBP", "TIFF", "AVIF"})


def upright(path: Path, *, at_least: int = 0) -> Image.Image:
    """The picture as RGB, or RGBA where it is transparent; ``Unfit`` where it cannot be read.

    ``at_least`` is the longest side that is needed, in pixels: a large JPEG is then decoded smaller, which is quicker.
    """
    try:
        with opened(path) as image:
            if at_least:
                scale = at_least / max(image.size)
                image.draft(image.mode, (round(image.width * scale), round(image.height * scale)))
            image.load()
            plain = _in_srgb(ImageOps.exif_transpose(image))
    except Unfit:
        raise
    except BROKEN as fault:
        raise broken() from fault
    plain.info = {}
    return plain


def opened(path: Path) -> Image.Image:
    """The picture with its header read and not yet its pixels; ``Unfit`` where it is none, too large or moving."""
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD), path.name)
        image = _heif(path) if kind == "heic" else Image.open(path, formats=FORMATS)
    except (UnidentifiedImageError, *BROKEN) as fault:
        if isinstance(fault, (Image.DecompressionBombError, Image.DecompressionBombWarning)):
            raise Unfit("图片的像素太多", f"缩小到 {MOST_PIXELS // 10_000} 万像素以内再放进来") from fault
        raise broken() from fault
    try:
        _refuse_unusual(image)
    except BROKEN as fault:
        image.close()
        raise (fault if isinstance(fault, Unfit) else broken()) from fault
    return image


def broken() -> Unfit:
    """The refusal of a picture that does not open."""
    return Unfit("图片打不开，文件可能没有传完，或已损坏", "用看图软件打开试试；打得开就另存为 JPEG，打不开就换一份")


def _refuse_unusual(image: Image.Image) -> None:
    """Too many pixels or deep ones, moving pictures, bundles of pages; a JPEG with a second picture inside (MPO) is ordinary."""
    if image.width * image.height > MOST_PIXELS:
        raise _too_large(image.size)
    if image.mode == "F":
        raise Unfit("这是科学数据用的浮点图片", "另存为 8 位的 PNG 或 JPEG")
    frames = getattr(image, "n_frames", 1) if image.format in _MOVING else 1
    if frames > 1 and image.format == "TIFF":
        raise Unfit(f"这个 TIFF 有 {frames} 页", "每页另存为一张图片，或整个存成 PDF 放进附件")
    if frames > 1:
        raise Unfit("这是会动的图片", "截取一帧存成 JPEG；要展示动作，请录成 MP4 放进视频")


def _too_large(size: tuple[int, int]) -> Unfit:
    return Unfit(f"图片有 {size[0]}×{size[1]} 像素，太大", f"缩小到 {MOST_PIXELS // 10_000} 万像素以内再放进来")


def _heif(path: Path) -> Image.Image:
    # only phones of one maker need it
    import pi_heif

    found = pi_heif.open_heif(path, convert_hdr_to_8bit=True)
    if found.size[0] * found.size[1] > MOST_PIXELS:
        raise _too_large(found.size)
    image: Image.Image = found.to_pillow()
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    plain = _eight_bit(image)
    see_through = "A" in plain.getbands() or "transparency" in plain.info
    alpha = plain.convert("RGBA").getchannel("A") if see_through else None
    colours = plain if plain.mode in {"RGB", "CMYK", "L"} else plain.convert("RGB")
    rgb = (_converted(colours, profile) if profile else None) or colours.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        rgb.putalpha(alpha)
    return rgb


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # two bytes a pixel: the upper one is what a screen shows
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """In sRGB; None where the profile says so already, belongs to other colours or is broken."""
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return None
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
