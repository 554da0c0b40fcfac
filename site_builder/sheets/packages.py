"""The path of an office file comes in; out goes what it is, or why it is not opened: nothing is unpacked before that is known."""

import zipfile
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.sheets.limits import (
    LARGEST_FILE,
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MOST_PARTS,
    MOST_STYLES,
    SMALL_PART,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HEAD = 256
_PARTS_OF_A_STYLE = 4
"""Elements of a style sheet for each format of a cell, as office programs write it."""
_AS_XLSX = "用 Excel 或 WPS 打开，“另存为”选“Excel 工作簿（.xlsx）”，再导入"
_AS_DOCX = "用 Word 或 WPS 打开，“另存为”选“Word 文档（.docx）”，再导入"


class Refused(ValueError):
    """A file that is not opened; carries the problem that says why."""

    def __init__(self, code: str, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def at(self, path: str) -> Problem:
        """The problem, at the file."""
        return Problem(self.code, Place(path), self.message, self.hint)


@frozen
class Package:
    """What is known of an office file without reading its content."""

    form: str
    """``xlsx`` or ``docx``."""
    notes: tuple[str, ...]
    """What will be passed over: macros, links to other files."""


def inspect(path: Path) -> Package:
    """What kind of package a file is; ``Refused`` for old formats, passwords, bombs, entities and damaged files."""
    if path.stat().st_size > LARGEST_FILE:
        raise Refused(
            "sheet-limit", f"文件超过 {LARGEST_FILE >> 20} MB", hint="把表分成几个文件，图片另放在同一个文件夹里"
        )
    with path.open("rb") as file:
        start = file.read(8)
    if start == _OLE:
        raise _old_or_locked(path)
    if not start.startswith(_ZIP):
        raise Refused(
            "sheet-damaged", "文件打不开：不是完整的 Excel 或 Word 文件", hint="用 Excel 或 WPS 打开，另存一份再导入"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            return _checked(archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused("sheet-damaged", "文件损坏，打不开", hint="请寄件人重新保存后再发一次") from fault


def part_of(path: Path, name: str) -> bytes:
    """One part of a package, read when it is wanted."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def _old_or_locked(path: Path) -> Refused:
    with path.open("rb") as file:
        head = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in head:
        return Refused(
            "sheet-locked", "文件设了打开密码", hint="在 Excel 或 Word 里去掉密码（文件 → 信息 → 保护），再导入"
        )
    document = path.suffix.lower() in {".doc", ".wps", ".dot"} or "WordDocument".encode("utf-16-le") in head
    name = path.suffix.lower() or "旧格式"
    return Refused("sheet-format", f"{name} 是旧格式，读不了", hint=_AS_DOCX if document else _AS_XLSX)


def _checked(archive: zipfile.ZipFile) -> Package:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _bomb()
    if any(part.file_size > SMALL_PART and part.file_size > LARGEST_RATIO * part.compress_size for part in parts):
        raise _bomb()
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("sheet-locked", "文件设了密码", hint="去掉密码再导入")
    names = {part.filename for part in parts}
    for name in sorted(names):
        if name.endswith((".xml", ".rels")) or _begins_as_markup(archive, name):
            _no_entities(archive, name)
    for name in sorted(names):
        if name.endswith("styles.xml"):
            _few_styles(archive, name)
    return Package(_form(archive, names), tuple(_passed_over(names)))


def _bomb() -> Refused:
    return Refused(
        "sheet-limit", "文件解开后过大，可能是恶意文件，没有打开", hint="请寄件人用 Excel 或 WPS 重新保存后再发"
    )


def _form(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.bin" in names:
        raise Refused("sheet-format", ".xlsb 格式读不了", hint=_AS_XLSX)
    kind = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    if "opendocument" in kind:
        raise Refused(
            "sheet-format", "OpenDocument 格式（.ods、.odt）读不了", hint="在 LibreOffice 里另存为 .xlsx 或 .docx"
        )
    raise Refused("sheet-damaged", "文件里没有工作表，也没有 Word 正文", hint="检查是不是发错了文件")


def _passed_over(names: set[str]) -> list[str]:
    notes = []
    if any(name.endswith("vbaProject.bin") for name in names):
        notes.append("文件带有宏；宏没有运行，只读了表里的内容")
    if any(name.startswith("xl/externalLinks/") for name in names):
        notes.append("文件链接到别的工作簿；只读了它上次保存的数值，没有打开那些工作簿")
    return notes


class _Begun(Exception):
    """The root element was reached; there is no document type."""


def _begins_as_markup(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part may be read as XML, for relations can lead to one of any name."""
    with archive.open(name) as part:
        head = part.read(_HEAD).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return head.startswith(b"<")


def _few_styles(archive: zipfile.ZipFile, name: str) -> None:
    """A reader makes an object of each format of a cell, before it looks at any cell."""
    count = 0

    def begun(tag: str, _: object) -> None:
        nonlocal count
        count += 1
        if count > MOST_STYLES * _PARTS_OF_A_STYLE:
            raise _bomb()

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    with archive.open(name) as part, suppress(expat.ExpatError):
        while chunk := part.read(1 << 16):
            parser.Parse(chunk)


def _no_entities(archive: zipfile.ZipFile, name: str) -> None:
    """A document type declaration has no place in office files; it is how entities would read files or fill memory."""

    def refuse(*_: object) -> None:
        raise Refused(
            "sheet-damaged", "文件里有不该有的声明（DOCTYPE），可能是恶意文件，没有打开", hint="请寄件人重新保存后再发"
        )

    def begun(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begun
    with archive.open(name) as part:
        try:
            while chunk := part.read(1 << 16):
                parser.Parse(chunk)
        except _Begun:
            return
        except Refused:
            raise
        except (expat.ExpatError, LookupError, ValueError) as fault:
            # LookupError: an encoding that there is not; ValueError: one of several bytes
            raise Refused(
                "sheet-damaged", f"文件损坏，其中的 {name} 读不出", hint="请寄件人重新保存后再发一次"
            ) from fault
