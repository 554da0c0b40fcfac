"""Characters come in; their outlines go out, each from the first font that has it, and what no font has is told."""

import unicodedata
from collections.abc import Mapping
from dataclasses import field
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from site_builder.model.frozen import frozen

PACKAGED = Path(__file__).resolve().parents[1] / "fonts"
SERIF, SANS = PACKAGED / "serif.otf", PACKAGED / "sans.otf"
"""Noto Serif CJK SC Bold with the 8,105 characters of the national list, and Noto Sans CJK SC with all it has."""
FONTS = "content/fonts"
"""Where an exhibition keeps fonts of its own."""
EM = 1000.0
_SILENT = ("Cc", "Cf", "Cs", "Zl", "Zp")


@frozen
class Glyph:
    """A character's outline as SVG path data, y upwards, in units of a thousandth of the type size."""

    d: str
    advance: float


@frozen
class Typeface:
    """Fonts in the order in which they are asked."""

    fonts: tuple[Path, ...]

    def glyph(self, char: str) -> Glyph | None:
        """The outline of one character; None where no font has it."""
        return _glyph(self.fonts, char)

    def lacks(self, text: str) -> tuple[str, ...]:
        """The characters of a text that no font has, each once, in their order."""
        try:
            text.encode("gb2312")
        except UnicodeEncodeError:
            return tuple(dict.fromkeys(char for char in sounding(text) if not _held(self.fonts, char)))
        # the packaged fonts hold the whole of GB 2312 and need not be opened to say so
        return ()


def typefaces(own: Path | None = None) -> tuple[Typeface, Typeface]:
    """Serif and sans; the fonts in an exhibition's own folder, which need not exist, are asked last."""
    added = tuple(sorted(path for path in own.glob("*") if path.suffix in (".otf", ".ttf"))) if own else ()
    return Typeface((SERIF, SANS, *added)), Typeface((SANS, SERIF, *added))


def sounding(text: str) -> str:
    """A text in composed form without what is never drawn: controls, joiners, variation selectors."""
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in _SILENT and not _selects(char)
    )


def _selects(char: str) -> bool:
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


@frozen
class _Font:
    """An open font: its glyphs are read as they are asked for, by one thread at a time."""

    glyphs: Any
    names: Mapping[int, str]
    units: float
    reading: Lock = field(default_factory=Lock)

    def glyph(self, name: str) -> Glyph:
        """The outline of a glyph, in thousandths of the type size."""
        from fontTools.pens.svgPathPen import SVGPathPen
        from fontTools.pens.transformPen import TransformPen

        pen = SVGPathPen(self.glyphs, ntos=_whole)
        scale = EM / self.units
        with self.reading:
            self.glyphs[name].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
            return Glyph(pen.getCommands(), self.glyphs[name].width * scale)


@cache
def _opened(path: Path) -> _Font:
    from fontTools.ttLib import TTFont  # it loads slowly, and few commands draw letters

    font = TTFont(path, lazy=True)
    return _Font(font.getGlyphSet(), font.getBestCmap() or {}, float(font["head"].unitsPerEm))


def _held(fonts: tuple[Path, ...], char: str) -> bool:
    return char.isspace() or any(ord(char) in _opened(path).names for path in fonts)


@lru_cache(maxsize=1 << 15)
def _glyph(fonts: tuple[Path, ...], char: str) -> Glyph | None:
    for path in fonts:
        name = _opened(path).names.get(ord(char))
        if name is not None:
            return _opened(path).glyph(name)
    return None


def _whole(value: float) -> str:
    return str(round(value))
