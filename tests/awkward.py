"""Makes the files that people really drop into a folder, and those that somebody wants to do harm with."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image, ImageCms, PngImagePlugin
from sample_media import private_exif, scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET = "样本机密"
"""Stands wherever a device or an author writes things that must not be published."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">'
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAACQAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRt"
    "AAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5j"
    "bHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAACxtZGF0AAAAICgBrxmA70mlv/+nlf+WHL/KbIX//QDp3yb0f683"
    "DbW8"
)
"""64×32 pixels, made with libheif: left brown, right blue."""


@dataclass(frozen=True)
class Awkward:
    """A file: its name, how its bytes are made, and what becomes of it."""

    file: str
    make: Callable[[], bytes]
    refused: str = ""
    """A part of the reason; empty where it is published."""
    kind: str = ""
    size: tuple[int, int] = (0, 0)
    alpha: bool = False
    centre: tuple[int, int, int] | None = None
    """Colour in the middle of the left half of the upright picture, where it matters."""

    def put(self, folder: Path) -> Path:
        """Writes it."""
        path = folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.make())
        return path


def halves(size: tuple[int, int] = (64, 32), mode: str = "RGB") -> Image.Image:
    """Left red, right blue."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, *size))
    return image.convert(mode)


def saved(image: Image.Image, format: str, **options: object) -> Callable[[], bytes]:
    """Bytes of the image in that format."""

    def make() -> bytes:
        out = io.BytesIO()
        image.save(out, format, **options)  # type: ignore[arg-type]  # whatever the format takes
        return out.getvalue()

    return make


def turned(orientation: int) -> Callable[[], bytes]:
    """A JPEG that is upright, left red and right blue, only when its orientation is applied."""
    undo = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }.get(orientation, [])
    image = halves()
    for step in undo:
        image = image.transpose(step)
    return saved(image, "JPEG", exif=private_exif(orientation), quality=95, subsampling=0)


def cut(make: Callable[[], bytes], share: float = 0.6) -> Callable[[], bytes]:
    """The first part of a file, as a broken transfer leaves it."""
    return lambda: make()[: int(len(make()) * share)]


def raw(content: bytes | str) -> Callable[[], bytes]:
    """These bytes."""
    return lambda: content.encode() if isinstance(content, str) else content


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises many pixels and holds few."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    start = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + start + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def sixteen_bit() -> Image.Image:
    """Grey in 16 bits: 0xC000 left, 0x2000 right."""
    row = struct.pack("<64H", *([0xC000] * 32 + [0x2000] * 32))
    return Image.frombytes("I;16", (64, 32), row * 32)


def noted_png() -> bytes:
    """A PNG with text and XMP in it."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "secret-author")
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
    return saved(halves(), "PNG", pnginfo=notes, exif=private_exif())()


def photoshopped() -> bytes:
    """A JPEG with XMP, IPTC and a comment."""
    xmp = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + SECRET.encode() + b"</x:xmpmeta>"
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x00" + SECRET.encode()
    plain = saved(halves(), "JPEG", quality=95, comment=SECRET.encode())()
    parts = (b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp, b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc)
    return plain[:2] + b"".join(parts) + plain[2:]


def with_profile(profile: bytes) -> Callable[[], bytes]:
    """A PNG with this colour profile."""
    return saved(halves(), "PNG", icc_profile=profile)


def lab_profile() -> bytes:
    """A profile that belongs to other colours than the picture's."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def moving(format: str) -> Callable[[], bytes]:
    """Two pictures, one after the other."""
    return saved(halves(), format, save_all=True, append_images=[halves().rotate(180)])


def paper(pages: int = 1, **options: object) -> Callable[[], bytes]:
    """A PDF that names its author everywhere and wants to run a script."""

    def make() -> bytes:
        pdf = pikepdf.new()
        for _ in range(pages):
            pdf.add_blank_page(page_size=(300, 400))
        pdf.docinfo["/Author"] = SECRET
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = [SECRET]
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('script')")
        pdf.Root.OpenAction = action
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("a"), action]))
        if pages:
            link = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=pikepdf.Dictionary(action)
            )
            pdf.pages[0].obj.Annots = pdf.make_indirect([link])
        out = io.BytesIO()
        pdf.save(out, **options)  # type: ignore[arg-type]  # whatever save takes
        return out.getvalue()

    return make


def office(**members: str) -> Callable[[], bytes]:
    """A document whose properties name its author."""

    def make() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr("[Content_Types].xml", "<Types/>")
            file.writestr("docProps/core.xml", f"<creator>{SECRET}</creator>")
            for name, text in members.items():
                file.writestr(name.replace("__", "/"), text)
        return out.getvalue()

    return make


def box(name: bytes, content: bytes = b"") -> bytes:
    """A box of an MP4."""
    return struct.pack(">I", len(content) + 8) + name + content


def film(brand: bytes = b"isom") -> bytes:
    """The outermost structure of an MP4, with the place where it was shot."""
    place = box(b"udta", box(b"\xa9xyz", SECRET.encode()))
    return box(b"ftyp", brand + bytes(8)) + box(b"moov", box(b"mvhd", bytes(100)) + place) + box(b"mdat", b"\1" * 64)


def song() -> bytes:
    """MP3 frames behind an ID3 tag, with an ID3v1 tag at the end."""
    tag = b"TPE1" + struct.pack(">I", 20) + b"\0\0" + SECRET.encode().ljust(20, b"\0")
    return b"ID3\3\0\0" + bytes([0, 0, 0, len(tag)]) + tag + b"\xff\xfb\x90\x64" + bytes(400) + b"TAG".ljust(128, b"x")


def sound() -> bytes:
    """A WAV with a note of its maker."""
    note = SECRET.encode()
    parts = (
        b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"LIST" + struct.pack("<I", len(note)) + note
    )
    parts += b"data" + struct.pack("<I", 4) + b"\x80" * 4
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WAVE" + parts


RED, BLUE, WIDE = (200, 30, 30), (30, 30, 200), (64, 32)
CASES = (
    *(Awkward(f"orientation-{n}.jpg", turned(n), kind="jpeg", size=WIDE, centre=RED) for n in range(1, 9)),
    Awkward("cmyk.jpg", saved(halves(mode="CMYK"), "JPEG", quality=95), kind="jpeg", size=WIDE, centre=RED),
    Awkward("cmyk.tif", saved(halves(mode="CMYK"), "TIFF"), kind="tiff", size=WIDE, centre=RED),
    Awkward("grey.jpg", saved(Image.new("L", (9, 5), 77), "JPEG"), kind="jpeg", size=(9, 5), centre=(77, 77, 77)),
    Awkward("sixteen.png", saved(sixteen_bit(), "PNG"), kind="png", size=WIDE, centre=(192, 192, 192)),
    Awkward("sixteen.tif", saved(sixteen_bit(), "TIFF"), kind="tiff", size=WIDE, centre=(192, 192, 192)),
    Awkward("float.tif", saved(Image.new("F", (8, 8)), "TIFF"), refused="浮点"),
    Awkward("grey-alpha.png", saved(Image.new("LA", (8, 8), (9, 90)), "PNG"), kind="png", size=(8, 8), alpha=True),
    Awkward("opaque-alpha.png", saved(halves(mode="RGBA"), "PNG"), kind="png", size=WIDE, centre=RED),
    Awkward("palette.png", saved(halves(mode="P"), "PNG"), kind="png", size=WIDE),
    Awkward("palette-hole.png", saved(halves(mode="P"), "PNG", transparency=0), kind="png", size=WIDE),
    Awkward("hole.gif", saved(Image.new("P", (8, 8)), "GIF", transparency=0), kind="gif", size=(8, 8), alpha=True),
    Awkward("one-bit.png", saved(Image.new("1", (8, 8), 1), "PNG"), kind="png", size=(8, 8), centre=(255, 255, 255)),
    Awkward("still.gif", saved(halves(mode="P"), "GIF"), kind="gif", size=WIDE),
    Awkward("still.avif", saved(halves(), "AVIF"), kind="avif", size=WIDE),
    Awkward("broken-profile.png", with_profile(b"not a profile" * 20), kind="png", size=WIDE, centre=RED),
    Awkward("foreign-profile.png", with_profile(lab_profile()), kind="png", size=WIDE, centre=RED),
    Awkward("notes.png", noted_png, kind="png", size=WIDE, centre=RED),
    Awkward("photoshop.jpg", photoshopped, kind="jpeg", size=WIDE, centre=RED),
    Awkward(
        "exif.webp", saved(halves(), "WEBP", exif=private_exif(), lossless=True), kind="webp", size=WIDE, centre=RED
    ),
    Awkward("exif.tif", saved(halves(), "TIFF", exif=private_exif()), kind="tiff", size=WIDE, centre=RED),
    Awkward("手机 照片.heic", raw(HEIC), kind="heic", size=WIDE),
    Awkward("cut.heic", cut(raw(HEIC), 0.95), refused="打不开"),
    Awkward("cut.jpg", cut(saved(scene((400, 300)), "JPEG")), refused="打不开"),
    Awkward("cut.png", cut(saved(scene((400, 300)), "PNG")), refused="打不开"),
    Awkward("cut.webp", cut(saved(scene((400, 300)), "WEBP")), refused="打不开"),
    Awkward("cut.tif", cut(saved(scene((400, 300)), "TIFF")), refused="打不开"),
    Awkward("empty.jpg", raw(b""), refused="空的"),
    Awkward("text.jpg", raw("这不是图片"), refused="不符"),
    Awkward("page.html", raw("<html><script>alert(1)</script></html>"), refused="不能发布"),
    Awkward("program.jpg", raw(b"MZ" + bytes(200)), refused="不能发布"),
    Awkward("drawing.bmp", saved(halves(), "BMP"), refused="BMP"),
    Awkward("really-png.jpg", saved(halves(), "PNG"), kind="png", size=WIDE, centre=RED),
    Awkward("bomb.png", raw(png_header(60_000, 60_000)), refused="像素"),
    Awkward("large-bomb.png", raw(png_header(9_100, 9_000)), refused="像素"),
    Awkward("lying.png", raw(png_header(500, 500)), refused="打不开"),
    Awkward("dot.png", saved(Image.new("RGB", (1, 1), RED), "PNG"), kind="png", size=(1, 1), centre=RED),
    Awkward("thread.png", saved(Image.new("RGB", (1, 5000), RED), "PNG"), kind="png", size=(1, 5000), centre=RED),
    Awkward("belt.jpg", saved(Image.new("RGB", (12_000, 10), RED), "JPEG"), kind="jpeg", size=(12_000, 10)),
    Awkward("moving.gif", moving("GIF"), refused="会动"),
    Awkward("moving.webp", moving("WEBP"), refused="会动"),
    Awkward("moving.png", moving("PNG"), refused="会动"),
    Awkward("pages.tif", moving("TIFF"), refused="2 页"),
    Awkward("UPPER #100%..CASE.JPG", saved(halves(), "JPEG", quality=95), kind="jpeg", size=WIDE, centre=RED),
    Awkward("plain.svg", raw(f"{SVG}<rect width='9' height='9'/></svg>"), kind="svg", size=(40, 20), alpha=True),
    Awkward(
        "script.svg",
        raw(f"{SVG}<script>{SECRET}</script><rect onload='{SECRET}' width='9' height='9'/></svg>"),
        kind="svg",
        size=(40, 20),
        alpha=True,
    ),
    Awkward(
        "outside.svg",
        raw(
            f"{SVG}<image href='https://{SECRET}.example/a.png'/><use xlink:href='file:///{SECRET}'/>"
            f"<rect fill='url(https://{SECRET}.example/)'/><style>@import '{SECRET}';</style>"
            f"<a href='javascript:{SECRET}'><text>字</text></a></svg>"
        ),
        kind="svg",
        size=(40, 20),
        alpha=True,
    ),
    Awkward(
        "foreign.svg",
        raw(f"{SVG}<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>{SECRET}</body></foreignObject></svg>"),
        kind="svg",
        size=(40, 20),
        alpha=True,
    ),
    Awkward(
        "entities.svg",
        raw(f"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>{SVG}<text>&b;</text></svg>"),
        refused="实体",
    ),
    Awkward("huge.svg", raw(SVG + "<path d='M0 0'/>" * 200_000 + "</svg>"), refused="2 MB"),
    Awkward("sizeless.svg", raw("<svg xmlns='http://www.w3.org/2000/svg'/>"), refused="大小"),
    Awkward("unclosed.svg", raw(f"{SVG}<g>"), refused="格式"),
    Awkward("html.svg", raw("<html xmlns='http://www.w3.org/1999/xhtml'/>"), refused="不是 SVG"),
    Awkward("paper.pdf", paper(), kind="pdf", size=(900, 1200)),
    Awkward("locked.pdf", paper(encryption=pikepdf.Encryption(user="样本", owner="样本")), refused="密码"),
    Awkward("no-pages.pdf", paper(0), refused="一页也没有"),
    Awkward("cut.pdf", raw(b"%PDF-1.7\n" + b"0" * 50), refused="打不开"),
    Awkward("film.mp4", raw(film()), kind="mp4"),
    Awkward("cut.mp4", raw(film()[:40]), refused="放不出来"),
    Awkward("text.mp4", raw("这不是影片"), refused="不符"),
    Awkward("phone.mov", raw(film(b"qt  ")), refused="MOV"),
    Awkward("song.mp3", raw(song()), kind="mp3"),
    Awkward("sound.wav", raw(sound()), kind="wav"),
    Awkward("words.vtt", raw("WEBVTT\n\n00:01.000 --> 00:02.000\n样本\n"), kind="vtt"),
    Awkward("words.srt", raw("1\r\n00:00:01,000 --> 00:00:02,500\r\n样本\r\n"), kind="srt"),
    Awkward("headless.vtt", raw("00:01.000 --> 00:02.000\n样本\n"), refused="WEBVTT"),
    Awkward("backwards.vtt", raw("WEBVTT\n\n00:03.000 --> 00:02.000\n样本\n"), refused="第 3 行"),
    Awkward("timeless.srt", raw("1\n一分 --> 两分\n样本\n"), refused="第 2 行"),
    Awkward("gbk.srt", raw("1\n00:00:01,000 --> 00:00:02,000\n样本\n".encode("gbk")), refused="UTF-8"),
    Awkward("paper.docx", office(word__document="<w/>"), kind="docx"),
    Awkward("macros.docx", office(word__vbaProject="x"), refused="宏"),
    Awkward("notes.zip", office(), refused="压缩包"),
    Awkward("old.doc", raw(b"\xd0\xcf\x11\xe0" + bytes(500)), refused="旧格式"),
)
