"""A file that an entry names comes in; what it is and what pages need to know of it goes out, or why it cannot be published."""

import hashlib
from pathlib import Path
from types import MappingProxyType

from site_builder.media.recordings import captions, check_film
from site_builder.media.sniffing import CAPTIONS, FILMS, HEAD, KINDS, OFFICE, PICTURES, SOUNDS, TEXTS, kind_of
from site_builder.media.unfit import Unfit
from site_builder.model.frozen import frozen

EXAMINER = "2"
"""To be raised with every change of what is found, so that what an older version found is not believed."""
_REFUSED = MappingProxyType(
    {
        "bmp": ("BMP 图片不能发布", "用画图软件另存为 JPEG 或 PNG"),
        "mov": ("MOV 影片很多手机放不出来", "转成 MP4（H.264）再放进来"),
        "avi": ("AVI 影片很多手机放不出来", "转成 MP4（H.264）再放进来"),
        "mkv": ("MKV 影片很多手机放不出来", "转成 MP4（H.264）再放进来"),
        "ole": ("旧格式的 Office 文件不能发布", "另存为 docx、xlsx、pptx，或存成 PDF"),
        "zip": ("压缩包不能发布", "把里面的文件分开放，或存成 PDF"),
    }
)


@frozen
class Examined:
    """A file fit to publish."""

    digest: str
    """SHA-256 of its bytes."""
    kind: str
    """By its content: ``jpeg``, ``png``, ``webp``, ``tiff``, ``gif``, ``heic``, ``avif``, ``svg``, ``pdf``, ``mp4``…"""
    bytes: int
    width: int = 0
    """Of a picture, upright, or of a PDF's first page as it is drawn, in pixels; 0 of other files."""
    height: int = 0
    alpha: bool = False
    """Whether some of it is transparent."""
    tint: str = ""
    """Average colour, three levels of red, green and blue: ``210``; empty where transparent."""
    pages: int = 0
    """Of a PDF."""
    personal: tuple[str, ...] = ()
    """Sorts of personal data in its words."""

    @property
    def is_picture(self) -> bool:
        """Whether an ``<img>`` shows it."""
        return self.kind in PICTURES


def examined(path: Path) -> Examined:
    """Reads the whole file once; ``Unfit`` where it is empty, broken, too large or of a kind that is not published."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        kind = kind_of(head, path.name)
        if not head:
            raise Unfit("文件是空的", "可能没有传完，重新复制一份")
        if kind not in KINDS:
            raise Unfit(*_REFUSED.get(kind, ("这种文件不能发布，或内容与扩展名不符",)))
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    if kind == "svg":
        # these readers are heavy; a build without such files, or without new ones, need not load them
        from site_builder.media.drawings import drawing

        _, width, height = drawing(path)
        return Examined(digest, kind, size, width, height, alpha=True, personal=_personal(path, kind))
    if kind in PICTURES:
        from site_builder.media.measuring import measured

        width, height, alpha, tint = measured(path)
        return Examined(digest, kind, size, width, height, alpha=alpha, tint=tint)
    if kind in FILMS | SOUNDS:
        check_film(path, kind)
    elif kind in CAPTIONS:
        captions(path, kind)
    elif kind in OFFICE:
        from site_builder.media.papers import check_office

        check_office(path)
    elif kind in TEXTS:
        _check_text(path)
    elif kind == "pdf":
        from site_builder.media.papers import sheets

        pages, width, height = sheets(path)
        return Examined(digest, kind, size, width, height, pages=pages, personal=_personal(path, kind))
    return Examined(digest, kind, size, personal=_personal(path, kind) if kind in CAPTIONS | OFFICE | TEXTS else ())


def _personal(path: Path, kind: str) -> tuple[str, ...]:
    from site_builder.media.wording import personal_sorts

    return personal_sorts(path, kind)


def _check_text(path: Path) -> None:
    try:
        path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unfit("文字文件不是 UTF-8 编码", "用记事本“另存为”，编码选 UTF-8") from fault
