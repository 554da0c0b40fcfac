"""Fonts of share cards: rare characters have glyphs, what has none is told and left out, and no box is ever drawn."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from PIL import ImageChops
from small import PLAIN, deck_at, project, write

from site_builder.media.fonts import PACKAGED, SANS, SERIF, sounding, typefaces
from site_builder.media.lettering import Style, row
from site_builder.media.raster import drawn
from site_builder.model.exhibition import Exhibition
from site_builder.model.problems import Severity
from site_builder.publish.cards import card_brief, check_lettering

RARE = "𬭎䶮㛃𬀩𰻞𠮷㐀喆堃燊翀昇陞﨑"
NOWHERE = "\U0002a6d6"
"""In no font that the project ships."""


@cache
def box_of(path: Path) -> str:
    """The outline that a font has for what it does not have."""
    glyphs = TTFont(path).getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda value: str(round(value)))
    glyphs[".notdef"].draw(pen)
    return pen.getCommands()


@pytest.mark.parametrize("char", RARE)
def test_rare_characters_have_a_glyph_of_their_own(char: str) -> None:
    """The outline is not empty, not .notdef's, and no other rare character's."""
    boxes = {box_of(path) for path in (SERIF, SANS)}
    others = {other: face.glyph(other) for face in typefaces() for other in RARE if other != char}
    for face in typefaces():
        glyph = face.glyph(char)
        assert glyph is not None
        assert glyph.d
        assert glyph not in others.values()
        assert glyph.d not in boxes


@pytest.mark.parametrize("char", RARE)
def test_rare_characters_leave_marks_on_paper(char: str) -> None:
    """In pixels: something is drawn, and it is not what stands there for another character."""

    def pixels(text: str) -> object:
        svg = row(text, Style(typefaces()[0], 80, "#000000"), x=10, y=80)
        ground = '<path d="M0 0h100v100H0z" fill="#fff"/>'
        return drawn(f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">{ground}{svg}</svg>')

    here, other, blank = pixels(char), pixels("口"), pixels("　")
    assert ImageChops.difference(here, blank).getbbox() is not None
    assert ImageChops.difference(here, other).getbbox() is not None


def test_the_fonts_hold_the_whole_of_gb_2312() -> None:
    """The shortcut of `Typeface.lacks` rests on it."""
    every = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    names = {*TTFont(SERIF).getBestCmap(), *TTFont(SANS).getBestCmap()}
    assert [char for char in every if char and not char.isspace() and ord(char) not in names] == []


def test_what_no_font_has_is_told_once() -> None:
    """In the order of the text; joiners, selectors and blanks are nothing to draw."""
    face = typefaces()[0]
    assert face.lacks(f"样{NOWHERE}本{NOWHERE}") == (NOWHERE,)
    assert face.lacks("样本\u200b\ufe00 \U000e0100𬭎") == ()
    assert face.glyph(NOWHERE) is None
    assert sounding("e\u0301\u200d样\ufe0f") == "é样"


def test_nothing_is_drawn_for_what_no_font_has() -> None:
    """Neither a box nor a gap."""
    style = Style(typefaces()[0], 40, "#000000")
    assert row(f"样{NOWHERE}本", style, x=0, y=40) == row("样本", style, x=0, y=40)


def test_a_line_that_cannot_be_set_is_left_out_and_said(tmp_path: Path) -> None:
    """A card without a name rather than with a broken one; the warning names character, code point and file."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(title="样本成果", people=f"样{NOWHERE}")})
    deck = deck_at(tmp_path)
    entry = deck.catalogue.entries["project/a"]
    brief = card_brief(deck, entry)
    assert (brief.title, brief.people) == ("样本成果", "")
    (problem,) = check_lettering(deck)
    assert (problem.code, problem.place.path, problem.severity) == (
        "no-glyph",
        "content/projects/2024/a.md",
        Severity.WARNING,
    )
    assert NOWHERE in problem.message
    assert "U+2A6D6" in problem.message


def test_no_cards_no_warning(tmp_path: Path) -> None:
    """Who draws none need not have the glyphs."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(title="样本成果", people=f"样{NOWHERE}")})
    assert check_lettering(deck_at(tmp_path, share_cards=False)) == ()
    assert Exhibition().share_cards


def own_font(path: Path, char: str) -> Path:
    """A font with one character: a triangle."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((1900, 0))
    pen.lineTo((1000, 1700))
    pen.closePath()
    builder = FontBuilder(2000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "own"])
    builder.setupCharacterMap({ord(char): "own"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "own": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (2000, 0), "own": (2000, 100)})
    builder.setupHorizontalHeader(ascent=1800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def test_a_font_of_the_exhibition_is_asked_last(tmp_path: Path) -> None:
    """It gives what the others lack, at the size of the others, and changes nothing else."""
    own_font(tmp_path / "fonts/样本.ttf", NOWHERE)
    face = typefaces(tmp_path / "fonts")[0]
    glyph = face.glyph(NOWHERE)
    assert glyph is not None
    assert glyph.advance == 1000
    assert face.lacks(NOWHERE) == ()
    assert face.glyph("样") == typefaces()[0].glyph("样")


def test_the_fonts_come_with_their_licence() -> None:
    """OFL asks for notice and licence beside the fonts; their names are not Adobe's reserved one."""
    licence = (PACKAGED / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for path in (SERIF, SANS):
        names = {name.nameID: str(name) for name in TTFont(path)["name"].names}
        assert path.name in licence
        assert names[0].split(" Adobe")[0].lstrip("© ") in licence
        assert "Source" not in names[1]
        assert "Open Font License" in names[13]


def test_the_fonts_are_those_that_were_looked_at() -> None:
    """Cards are kept under a digest of the fonts; a change of them is meant and redraws every card."""
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in (SERIF, SANS)}
    assert digests == {"serif.otf": "a5502036e6a00d9f", "sans.otf": "84b67f2d4d8b5d69"}
