"""Reads what was printed: the words of each page with their boxes, the codes, the fonts, the tags."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import zxingcpp

from site_builder.media.fonts import FONTS
from site_builder.model.exhibition import Exhibition
from site_builder.paper.exhibits import Press
from site_builder.paper.illustrations import Illustrator
from site_builder.surveying import survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POINT = 25.4 / 72
INVISIBLE = "\u200b\ufffe\r\n\u0002"


@dataclass(frozen=True)
class Code:
    """A code as read from the page: what it says, its left upper corner and its side in millimetres."""

    text: str
    x: float
    y: float
    side: float


def press_of(root: Path, address: str) -> Press:
    """What printing an exhibition draws on, with this address."""
    found = survey(root, Exhibition(name="样本网上展", url=address, organiser="样本市总工会"), workers=1)
    return Press(found.deck, Illustrator(found.deck, found.originals, found.store), root / FONTS)


def codes_on(pdf: bytes, *, dots: int = 200) -> list[list[Code]]:
    """The codes of each page, read from its picture at so many dots to the inch."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        image = page.render(scale=dots / 72).to_pil().convert("L")
        read = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
        scale = 25.4 / dots
        found.append(
            [
                Code(
                    one.text,
                    min(one.position.top_left.x, one.position.bottom_right.x) * scale,
                    min(one.position.top_left.y, one.position.bottom_right.y) * scale,
                    abs(one.position.top_right.x - one.position.top_left.x) * scale,
                )
                for one in read
            ]
        )
    document.close()
    return found


def letters_on(pdf: bytes) -> Iterator[tuple[int, str, tuple[float, float, float, float], tuple[float, float]]]:
    """Page from 0, character, its box from the upper left and the size of the page, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        wide, tall = page.get_size()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            char = text.get_text_range(at, 1)
            left, low, right, high = text.get_charbox(at)
            if char.strip() and char not in INVISIBLE and right > left:
                box = (left * POINT, (tall - high) * POINT, right * POINT, (tall - low) * POINT)
                yield number, char, box, (wide * POINT, tall * POINT)
        text.close()
    document.close()


def words_of(pdf: bytes) -> list[str]:
    """The text of each page without any space, for lines break anywhere."""
    pages: dict[int, list[str]] = defaultdict(list)
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        pages[number].append("".join(char for char in text.get_text_range() if char.strip() and char not in INVISIBLE))
        text.close()
    document.close()
    return ["".join(pages[number]) for number in sorted(pages)]


def unsound_fonts(pdf: bytes) -> list[str]:
    """Fonts that are not embedded, or whose text cannot be read back."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        for font in fonts:
            if font.Subtype == "/Type0":
                descriptor = font.DescendantFonts[0].FontDescriptor
                embedded = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
                if not embedded or "/ToUnicode" not in font:
                    found.append(str(font.BaseFont))
            elif font.Subtype not in {"/CIDFontType0", "/CIDFontType2"}:
                found.append(str(font.get("/BaseFont", font.Subtype)))
    return found


def bookmarks_of(pdf: bytes) -> list[str]:
    """The titles of all bookmarks in order."""

    def titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for item in items:
            yield str(item.title)
            yield from titles(item.children)

    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return list(titles(outline.root))


def roles_in(pdf: bytes) -> set[str]:
    """The kinds of structure elements that the file is tagged with."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(one["/S"])
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
        }
