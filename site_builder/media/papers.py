"""PDF and office files come in; the same without author, history and anything that acts goes out, and a PDF's first page."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from types import MappingProxyType

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image

from site_builder.media.unfit import Unfit

MOST_MEMBERS = 5_000
MOST_UNFOLDED = 500_000_000
MOST_WORDS = 30_000_000
"""Bytes of one stream of a PDF in which words may stand."""
COVER = 1200
"""Longest side of the picture of a first page."""
_PDFIUM = Lock()
"""PDFium serves one thread at a time."""
_ACTIVE = (*("/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/Collection"), *("/Threads", "/SpiderInfo", "/Perms"))
_PROPERTIES = MappingProxyType(
    {
        "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
        "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
        b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
        "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
        b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    }
)


def sheets(path: Path) -> tuple[int, int, int]:
    """How many pages a PDF has, width and height of the first as it is drawn; ``Unfit`` where it is locked, empty or broken."""
    with _pdf(path) as pdf:
        pages = len(pdf.pages)
        if not pages:
            raise Unfit("这个 PDF 里一页也没有", "重新导出 PDF")
        left, lower, right, upper = (float(edge) for edge in pdf.pages[0].cropbox.as_list())
        turned = int(pdf.pages[0].obj.get("/Rotate", 0)) % 180 == 90
    width, height = abs(right - left) or 1, abs(upper - lower) or 1
    width, height = (height, width) if turned else (width, height)
    scale = COVER / max(width, height)
    return pages, max(1, round(width * scale)), max(1, round(height * scale))


def bare_pdf(path: Path) -> bytes:
    """The PDF without author, editing history, scripts, attached files and forms' programs; its pages as they are."""
    with _pdf(path) as pdf:
        # the title and author of the file, then the same once more as XMP, in the document and in each picture
        del pdf.docinfo
        _drop(pdf.Root, _ACTIVE)
        if Name.Names in pdf.Root:
            _drop(pdf.Root.Names, ("/JavaScript", "/EmbeddedFiles"))
        if Name.AcroForm in pdf.Root:
            _drop(pdf.Root.AcroForm, ("/XFA",))
        for thing in pdf.objects:
            _make_inert(thing)
        for page in pdf.pages:
            for note in page.obj.get("/Annots", ()):
                _make_inert(note)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def first_page(path: Path) -> Image.Image:
    """The first page as a picture in RGB, on white, its longest side ``COVER``."""
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
            try:
                page = document[0]
                width, height = page.get_size()
                image: Image.Image = page.render(scale=COVER / max(width, height, 1)).to_pil()
            finally:
                document.close()
        except (pypdfium2.PdfiumError, ValueError, IndexError) as fault:
            raise Unfit("PDF 的第一页画不出来", "重新导出 PDF") from fault
    return image.convert("RGB")


def bare_office(path: Path) -> bytes:
    """The document without its author, company and times; the members' bytes are otherwise as they were."""
    out = io.BytesIO()
    with _office(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename.startswith("docProps/thumbnail"):
                continue
            content = _PROPERTIES.get(member.filename) or old.read(member)
            new.writestr(zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def check_office(path: Path) -> None:
    """``Unfit`` where it does not open, unfolds into too much or carries macros."""
    with _office(path) as found:
        names = found.namelist()
        if "[Content_Types].xml" not in names:
            raise Unfit("这不是 Word、Excel 或 PowerPoint 文件", "用 Office 重新保存，或存成 PDF")
        if any("vbaProject" in name for name in names):
            raise Unfit("文件里有宏", "另存为不含宏的格式，或存成 PDF")
        try:
            harmed = found.testzip()
        except (OSError, RuntimeError, EOFError, ValueError, zlib.error, zipfile.BadZipFile) as fault:
            raise Unfit("文件已损坏", "换一份没有损坏的文件") from fault
        if harmed:
            raise Unfit("文件已损坏", "换一份没有损坏的文件")


def pdf_words(path: Path) -> Iterator[str]:
    """The text of each page that holds text; ``Unfit`` where the file does not open, or would fill the memory."""
    with _pdf(path) as pdf:
        if any(_unfolds_too_far(one) for one in pdf.objects if isinstance(one, pikepdf.Stream)):
            raise Unfit("PDF 里有一段内容展开后太大，文字读不出来", "重新导出 PDF")
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
            try:
                pages = [_page_words(document, number) for number in range(len(document))]
            finally:
                document.close()
        except (pypdfium2.PdfiumError, ValueError) as fault:
            raise Unfit("PDF 里的文字读不出来", "重新导出 PDF") from fault
    yield from filter(None, pages)


def _unfolds_too_far(stream: pikepdf.Stream) -> bool:
    """Whether a stream grows beyond all measure, which PDFium would unfold whole; pictures are not unfolded for words."""
    if stream.get("/Subtype") == Name.Image:
        return False
    stated = stream.get("/Filter")
    filters = [stated] if isinstance(stated, Name) else [*stated] if stated is not None else []
    content = stream.read_raw_bytes()
    for one in filters:
        if one != Name.FlateDecode:
            return len(content) > MOST_WORDS
        try:
            content = zlib.decompressobj().decompress(content, MOST_WORDS + 1)
        except zlib.error:  # PDFium sees what it can make of it
            return False
        if len(content) > MOST_WORDS:
            return True
    return False


def _page_words(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    words = page.get_textpage()
    text: str = words.get_text_bounded()
    words.close()
    page.close()
    return text.replace("\r\n", "\n")


def office_parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """The XML members of a document with their content."""
    with _office(path) as found:
        for member in found.infolist():
            if member.filename.endswith(".xml"):
                yield member.filename, found.read(member)


def _office(path: Path) -> zipfile.ZipFile:
    try:
        found = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, ValueError) as fault:
        raise Unfit("文件打不开，可能没有传完", "换一份完整的文件") from fault
    members = found.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNFOLDED:
        found.close()
        raise Unfit("文件展开后太大", "删去里面的大图和影片，或存成 PDF")
    return found


def _pdf(path: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(path)
    except pikepdf.PasswordError as fault:
        raise Unfit("这个 PDF 有密码", "去掉密码后重新保存") from fault
    except (pikepdf.PdfError, OSError, ValueError) as fault:
        raise Unfit("PDF 打不开，文件可能没有传完，或已损坏", "重新导出 PDF") from fault


def _drop(thing: pikepdf.Object, parts: tuple[str, ...]) -> None:
    for part in parts:
        if part in thing:
            del thing[part]


def _make_inert(thing: object) -> None:
    if not isinstance(thing, (Dictionary, pikepdf.Stream)):
        return
    _drop(thing, ("/Metadata", "/PieceInfo", "/AA"))
    action = thing.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") not in (Name.URI, Name.GoTo, Name.Named, None):
        del thing["/A"]
