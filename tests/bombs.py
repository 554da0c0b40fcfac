"""Nothing comes in; small files that unfold into much, or lie about it, are read, each in a process that may not have much.

    python -m tests.bombs DIRECTORY

Prints a line for each: its name, ``refused``, ``read`` or how its process ended, and the seconds and megabytes that it took.
Every reader may have four seconds of CPU and 400 MB beside what the program itself takes. Run by tests/test_bombs.py.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import struct
import sys
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image

from fuzz.targets import _sound
from site_builder.intake.yaml_text import parse
from site_builder.media.examining import examined
from site_builder.media.publishing import file_making
from site_builder.media.unfit import Unfit
from site_builder.press.text import cleaned, markdown
from site_builder.sheets.packages import Refused
from site_builder.sheets.reading import read_book

if TYPE_CHECKING:
    from collections.abc import Callable

CPU = 4
MEMORY = 400 << 20
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
CELL = '<row r="%s"><c r="%s%s" t="inlineStr"><is><t>样本</t></is></c></row>'
ENTITIES = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
LAUGHS = f"<!DOCTYPE x [<!ENTITY a '{'x' * 10}'>{ENTITIES}]>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'


def png(width: int, height: int, *chunks: tuple[bytes, bytes], data: bytes = b"") -> bytes:
    """A PNG with this header, these chunks before its data, and this data, compressed here."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), *chunks]
    parts += [(b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(inside)) + name + inside + struct.pack(">I", zlib.crc32(name + inside))
        for name, inside in parts
    )


def animated(frames: int) -> bytes:
    """A GIF of very many frames."""
    out = io.BytesIO()
    Image.new("P", (2, 2)).save(out, "GIF")
    head, frame = out.getvalue()[:-1], out.getvalue()
    body = frame[frame.index(b"\x2c") : -1]
    return head + body * frames + b";"


def laid_out(part: str, content: str | bytes, *, form: str = "xlsx", more: dict[str, str] | None = None) -> bytes:
    """A workbook or form that is sound but for one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_sound(form))) as sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in sound.infolist():
            made.writestr(member.filename, content if member.filename == part else sound.read(member))
        for name, text in (more or {}).items():
            made.writestr(name, text)
    return out.getvalue()


def sheet(rows: str, rest: str = "") -> bytes:
    """A workbook with these rows."""
    return laid_out("xl/worksheets/sheet1.xml", SHEET % f"<sheetData>{rows}</sheetData>{rest}")


def document(body: str) -> bytes:
    """A form of Word with this body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return laid_out(
        "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>', form="docx"
    )


def paper() -> bytes:
    """A PDF with ten thousand pages that are all the same object, and a stream that unfolds into 300 MB."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.contents_add(pikepdf.Stream(pdf, zlib.compress(bytes(300_000_000), 1), Filter=pikepdf.Name.FlateDecode))
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def zipped(size: int) -> bytes:
    """A package whose one part unfolds into so many bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<x/>")
        with made.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(bytes(1_000_000))
    return out.getvalue()


ALIASES = (
    "title: 样本\n"
    + "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
)
CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pixels.png": ("refused", lambda: png(60_000, 60_000, data=bytes(1000))),
    "pixels-real.png": ("refused", lambda: png(60_000, 60_000, data=bytes(7501 * 20_000))),
    "small-header-much-data.png": ("read", lambda: png(64, 64, data=bytes(50_000_000))),
    "large-header-no-data.png": ("refused", lambda: png(8_000, 8_000, data=b"")),
    "text-chunk.png": (
        "refused",
        lambda: png(64, 64, (b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000))), data=bytes(9 * 64)),
    ),
    "profile.png": (
        "refused",
        lambda: png(64, 64, (b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000))), data=bytes(9 * 64)),
    ),
    "frames.gif": ("refused", lambda: animated(100_000)),
    "laughs.svg": ("refused", lambda: f"{LAUGHS}{SVG}<text>&i;</text></svg>".encode()),
    "laughs-utf-16.svg": ("refused", lambda: f"{LAUGHS}{SVG}<text>&i;</text></svg>".encode("utf-16")),
    "laughs-utf-7.svg": (
        "refused",
        lambda: (
            '<?xml version="1.0" encoding="UTF-7"?>'
            + f"{LAUGHS}{SVG}<text id='&i;'>&i;</text></svg>".replace("&", "+ACY-").replace("<!E", "+ADwAIQ-E")
        ).encode(),
    ),
    "nested.svg": ("refused", lambda: (SVG + "<g>" * 100_000 + "</g>" * 100_000 + "</svg>").encode()),
    "stream.pdf": ("refused", paper),
    "folded.docx": ("refused", lambda: zipped(600_000_000)),
    "row.xlsx": ("refused", lambda: sheet(CELL % (10**9, "A", 10**9))),
    "column.xlsx": ("read", lambda: sheet(CELL % (1, "XFD", 1) * 2000)),
    "dimension.xlsx": ("read", lambda: sheet(CELL % (1, "A", 1) + '<row r="1048576"/>')),
    "merged.xlsx": (
        "refused",
        lambda: sheet(
            "".join(CELL % (row, "A", row) for row in range(1, 3000)),
            "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 3000 + "</mergeCells>",
        ),
    ),
    "styles.xlsx": (
        "refused",
        lambda: laid_out(
            "xl/styles.xml",
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
            + '<xf numFmtId="0"/>' * 1_000_000
            + "</cellXfs></styleSheet>",
        ),
    ),
    "laughs-elsewhere.xlsx": (
        "refused",
        lambda: laid_out("-", "", more={"xl/strings.dat": f"{LAUGHS}<sst>&i;</sst>"}),
    ),
    "nested.xlsx": ("refused", lambda: laid_out("xl/workbook.xml", "<a>" * 200_000 + "</a>" * 200_000)),
    "span.docx": (
        "refused",
        lambda: document(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="900000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
    ),
    "nested.docx": ("refused", lambda: document("<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000)),
    "nested.json": ("refused", lambda: b'[{"a":' + b"[" * 500_000 + b"]" * 500_000 + b"}]"),
    "wide.json": ("refused", lambda: json.dumps([{"a": 1}] * 150_000).encode()),
    "aliases.yml": ("refused", lambda: ALIASES.encode()),
    "nested.yml": ("refused", lambda: b"a: " + b"[" * 100_000),
    "tags.yml": ("refused", lambda: b"a: !!python/object/apply:os.system [id]\n"),
    "doubled.yml": ("refused", lambda: b"a: 1\na: 2\n" * 5_000),
    "quotations.markdown": ("read", lambda: b">" * 200_000),
    "lists.markdown": ("read", lambda: b"<ul><li>" * 30_000),
    "brackets.markdown": ("read", lambda: b"[a](" * 60_000),
    "emphasis.markdown": ("read", lambda: b"**a *" * 50_000),
    "notes.markdown": ("read", lambda: b"[^1]" * 50_000 + b"\n\n[^1]: x\n"),
}


def read(path: Path) -> str:
    """What an import, a check or a page does with such a file."""
    suffix = path.suffix
    try:
        if suffix in {".xlsx", ".json"} or (suffix == ".docx" and path.name != "folded.docx"):
            for one in read_book(path, shown=path.name).sheets:
                for _ in one.rows:
                    pass
        elif suffix == ".yml":
            return "refused" if parse(path.read_text(encoding="utf-8"), None, source=path.name).problems else "read"
        elif suffix == ".markdown":
            text = path.read_text(encoding="utf-8")
            assert len(markdown(text)) < 40 * len(text)
            cleaned(text)
        else:
            one = examined(path)
            if not one.is_picture:
                for _ in file_making(path, one).make():
                    pass
    except (Unfit, Refused):
        return "refused"
    return "read"


def limited(path: Path) -> str:
    """The same in a process of its own, which is ended when it takes too much."""
    receive, send = os.pipe()
    child = os.fork()
    if not child:
        os.close(receive)
        size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
        try:
            os.write(send, read(path).encode())
        except BaseException as fault:
            os.write(send, f"{type(fault).__name__}: {fault}"[:300].encode())
        os._exit(0)
    os.close(send)
    with os.fdopen(receive, "rb") as pipe:
        said = pipe.read().decode()
    _, status, used = os.wait4(child, 0)
    ended = said or f"ended by signal {os.WTERMSIG(status)}"
    return f"{ended}\t{used.ru_utime + used.ru_stime:.1f} s"


def main(directory: Path) -> None:
    """One line for each."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    gc.freeze()
    for name, (expected, make) in CASES.items():
        path = directory / name
        path.write_bytes(make())
        print(f"{name}\t{expected}\t{limited(path)}", flush=True)
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
