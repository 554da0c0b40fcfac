"""The bytes and name of a picture come in; what is kept under content/media/ and its caption go out, or why it is not taken."""

import hashlib
import io
import re
import warnings

from PIL import Image

from site_builder.model.frozen import frozen

_SUFFIXES = (("JPEG", ".jpg"), ("MPO", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp"))
_OPENED = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
"""What is opened; MPO, a photograph of two lenses, comes as JPEG."""
_GPS = 0x8825
_SMALLEST = 120
"""Pixels a side: what is smaller is a mark or an icon of the form."""
_MOST_PIXELS = 100_000_000
_CAMERA = re.compile(
    r"^(?:img|dscn?|dcim|imag|pic|p|photo|image|screenshot|snip|wx|wechatimg|mmexport|微信图片|微信截图|qq图片|qq截图|截图|截屏|图片|照片|图|未命名|新建|副本)?"
    r"[\s_\-()（）.·~\d]*+(?:(?:副本|copy)[\s_\-()（）.\d]*)?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^\s*(?:(?:图|图片|照片|附图)\s*)?[\d一二三四五六七八九十]{1,3}\s*[、.．:：)）_\-\s]\s*|^(?:图|图片|照片)\s*\d+\s*"
)


class NotTaken(ValueError):
    """A picture that is left out; its text says why."""


@frozen
class Photograph:
    """A picture fit to keep: its bytes, its suffix and a short digest by which it is known again."""

    data: bytes
    suffix: str
    mark: str


def photograph(data: bytes) -> Photograph:
    """The picture as it is kept; where it was taken is removed, odd formats become PNG. ``NotTaken`` where it is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=_OPENED) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise NotTaken(f"有 {image.width}×{image.height} 像素，太大")
                if min(image.size) < _SMALLEST:
                    raise NotTaken("太小，像是图标")
                image.load()
                kept, suffix = _kept(image, data)
        except (
            OSError,
            SyntaxError,
            ValueError,
            Image.DecompressionBombError,
            Image.DecompressionBombWarning,
        ) as fault:
            if isinstance(fault, NotTaken):
                raise
            raise NotTaken("打不开，不是 JPEG、PNG 或 WebP") from fault
    return Photograph(kept, suffix, hashlib.sha256(data).hexdigest()[:10])


def _kept(image: Image.Image, data: bytes) -> tuple[bytes, str]:
    suffix = dict(_SUFFIXES).get(image.format or "")
    out = io.BytesIO()
    if suffix is None:
        image.convert("RGBA" if "A" in image.getbands() else "RGB").save(out, "PNG")
        return out.getvalue(), ".png"
    exif = image.getexif()
    if _GPS not in exif or image.format not in {"JPEG", "MPO"}:
        return data, suffix
    del exif[_GPS]
    image.save(out, "JPEG", quality="keep" if image.format == "JPEG" else 92, exif=exif)
    return out.getvalue(), suffix


def caption_of(stem: str, title: str) -> str:
    """A caption from the name of a file: without numbers and the title; nothing where a camera gave the name."""
    text = _NUMBERED.sub("", stem.strip())
    text = text.removeprefix(title).strip(" _-—－.．、·")
    if not text or _CAMERA.match(text) or _CAMERA.match(stem.strip()):
        return ""
    return text.replace("_", " ")
