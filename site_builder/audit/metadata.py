"""A published picture or document comes in; what it tells of its maker, his machine or the place goes out, and whether it is too large."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.model.wording import size_words

if TYPE_CHECKING:
    from PIL import Image

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".gif", ".heic")
DOCUMENTS = (".pdf", ".docx", ".xlsx", ".pptx")
_MOST_PIXELS = 25_000_000
_MOST_BYTES = 1_000_000
_GPS, _CAMERA = 0x8825, 0x8769
_TAGS = MappingProxyType(
    {0x010F: "相机", 0x0110: "相机", 0x0131: "软件", 0x013B: "作者", 0x013C: "电脑名", 0x8298: "版权人", 0x0132: "时间"}
)
_SECRETS = MappingProxyType(
    {0xA430: "机主", 0xA431: "机身编号", 0xA435: "镜头编号", 0x9003: "拍摄时间", 0x927C: "厂商数据"}
)
_BLOCKS = MappingProxyType(
    {"xmp": "XMP", "XML:com.adobe.xmp": "XMP", "photoshop": "IPTC", "iptc": "IPTC", "comment": "附言"}
)
_AI_MARK = re.compile(rb"AIGC|trainedAlgorithmicMedia")
"""The mark of pictures made by machines must stay (GB 45438)."""
_PEOPLE = re.compile(rb"<(dc:creator|cp:lastModifiedBy|Company|Manager)>([^<]+)<")


@frozen
class Limits:
    """How large a picture may be: bytes of the file and pixels."""

    bytes: int = _MOST_BYTES
    pixels: int = _MOST_PIXELS


def picture_faults(path: Path, name: str, *, limits: Limits) -> Iterator[Problem]:
    """What a picture says beside what it shows, and whether it is larger than anybody needs."""
    from PIL import Image, UnidentifiedImageError  # an edit seldom brings a picture

    place, size = Place(name), path.stat().st_size
    try:
        with Image.open(path) as image:
            width, height = image.size
            told = sorted(set(_told(image)))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        yield Problem("oversize-picture", place, "图片打不开")
        return
    if told:
        yield Problem("left-metadata", place, f"图片里留有{'、'.join(told)}")
    if width * height > limits.pixels or size > limits.bytes:
        yield Problem("oversize-picture", place, f"图片有 {width}×{height} 像素、{size_words(size)}")


def document_faults(path: Path, name: str) -> Iterator[Problem]:
    """Who made a document, and on what."""
    told = sorted(set(_of_pdf(path) if name.endswith(".pdf") else _of_office(path)))
    if told:
        yield Problem("left-metadata", Place(name), f"文件里留有{'、'.join(told)}")


def _told(image: "Image.Image") -> Iterator[str]:
    exif = image.getexif()
    yield from (_TAGS[tag] for tag in exif if tag in _TAGS and exif[tag])
    yield from (_SECRETS[tag] for tag in exif.get_ifd(_CAMERA) if tag in _SECRETS)
    if exif.get_ifd(_GPS):
        yield "拍摄地点（GPS）"
    for block, label in _BLOCKS.items():
        content = image.info.get(block)
        raw = content if isinstance(content, bytes) else str(content or "").encode()
        if raw and not _AI_MARK.search(raw):
            yield label
    texts = getattr(image, "text", {}) if image.format == "PNG" else {}
    yield from (
        f"文字块 {key}" for key, text in texts.items() if key not in _BLOCKS and not _AI_MARK.search(str(text).encode())
    )


def _of_pdf(path: Path) -> Iterator[str]:
    import pypdfium2  # it loads slowly, and few sites have new papers

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return
    try:
        said = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    labels = {"Author": "作者", "Creator": "制作软件", "Producer": "制作软件"}
    yield from (label for key, label in labels.items() if key in said)


def _of_office(path: Path) -> Iterator[str]:
    try:
        with ZipFile(path) as archive:
            parts = [name for name in ("docProps/core.xml", "docProps/app.xml") if name in archive.namelist()]
            if any(words.strip() for part in parts for _, words in _PEOPLE.findall(archive.read(part))):
                yield "作者、修改人或单位"
    except BadZipFile:
        return
