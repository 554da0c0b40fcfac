"""Text, a typeface and a place come in; lines that keep the rules of Chinese setting and their SVG outlines go out."""

import re
from collections.abc import Iterator

from site_builder.media.fonts import EM, Typeface, sounding
from site_builder.media.strokes import number
from site_builder.model.frozen import frozen

_WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-+/%℃]*|.", re.DOTALL)
_CLOSING, _OPENING = "，。、；：？！）》〉”’】〕…—·％%", "（《〈“‘【〔"
_LETTER = re.compile(rf"[{_OPENING}\s]*[^{_OPENING}{_CLOSING}\s][{_CLOSING}\s]*")
_NOT_FIRST, _NOT_LAST = frozenset(_CLOSING), frozenset(_OPENING)
_TURNED = frozenset("（）《》〈〉“”‘’【】〔〕—…～-–:：")
_ASIDE = frozenset("，。、")
ELLIPSIS = "…"


@frozen
class Style:
    """How text is set: typeface, size in pixels, colour."""

    face: Typeface
    size: float
    colour: str


@frozen
class Block:
    """Lines that fit, and the size at which they do."""

    lines: tuple[str, ...]
    size: float


def breadth(text: str, face: Typeface) -> float:
    """Length of a line in ems; a character that no font has is as long as it is drawn: not at all."""
    return sum(glyph.advance for char in text if (glyph := face.glyph(char))) / EM


def fitted(text: str, face: Typeface, *, width: float, sizes: tuple[tuple[float, int], ...]) -> Block:
    """The largest of the sizes, each with its most lines, at which a text fits; at the last one it is cut short."""
    plain = sounding(text).strip()
    for size, most in sizes:
        lines = wrapped(plain, face, width=width / size)
        if len(lines) <= most:
            return Block(_balanced(plain, face, width=width / size), size)
    size, most = sizes[-1]
    kept = wrapped(plain, face, width=width / size)[:most]
    return Block((*kept[:-1], _cut(kept[-1], face, width=width / size)), size)


def wrapped(text: str, face: Typeface, *, width: float) -> tuple[str, ...]:
    """A text in lines of at most so many ems; no closing mark begins a line, no opening mark ends one."""
    lines, line = [], ""
    units = (part for whole in _units(text) for part in _short(whole, face, width=width))
    for unit in units:
        if line and breadth(line + unit.rstrip(), face) > width:
            lines.append(line.strip())
            line = unit.lstrip()
        else:
            line += unit
    return (*lines, line.strip()) if line.strip() else tuple(lines)


def row(text: str, style: Style, *, x: float, y: float) -> str:
    """A line from left to right: x is its left edge, y its baseline."""
    return _path(list(_placed(text, style, x=x, y=y)), style)


def column(text: str, style: Style, *, x: float, y: float) -> str:
    """A line from top to bottom: x is its axis, y its upper edge; Latin words and dashes lie on their side."""
    places: list[tuple[str, str]] = []
    at = y
    for unit in _WORDS.findall(sounding(text)):
        if len(unit) > 1 or unit.isascii() or unit in _TURNED:
            places += [(f"rotate(90) {where}", d) for where, d in _turned(unit, style, x=x, y=at)]
            at += breadth(unit, style.face) * style.size
        else:
            aside = 0.55 if unit in _ASIDE else 0.0
            left, base = x + (aside - 0.5) * style.size, at + (0.88 - aside) * style.size
            places += list(_placed(unit, style, x=left, y=base))
            at += style.size
    return _path(places, style)


def stretch(text: str, face: Typeface) -> float:
    """Length of a column in ems."""
    units = _WORDS.findall(sounding(text))
    return sum(breadth(unit, face) if len(unit) > 1 or unit.isascii() or unit in _TURNED else 1.0 for unit in units)


def _units(text: str) -> Iterator[str]:
    """What a line may be broken between: words and characters, with the marks that cling to them."""
    unit = ""
    for word in _WORDS.findall(text):
        clings = word[0] in _NOT_FIRST or word.isspace() or unit.rstrip()[-1:] in _NOT_LAST
        if unit.strip() and not clings:
            yield unit
            unit = ""
        unit += word
    if unit:
        yield unit


def _short(unit: str, face: Typeface, *, width: float) -> tuple[str, ...]:
    """A word that no line can hold, letter by letter; the marks that cling to its ends stay with the letter beside them."""
    if breadth(unit, face) <= width:
        return (unit,)
    return tuple(_LETTER.findall(unit)) or (unit,)


def _balanced(text: str, face: Typeface, *, width: float) -> tuple[str, ...]:
    """As few lines as the width allows, but of like length, so that none is left with a single character."""
    lines = wrapped(text, face, width=width)
    narrower = width
    while len(lines) > 1 and narrower > width / 2:
        closer = wrapped(text, face, width=narrower - 0.5)
        if len(closer) > len(lines):
            break
        narrower -= 0.5
    return wrapped(text, face, width=narrower)


def _cut(line: str, face: Typeface, *, width: float) -> str:
    while line and breadth(line + ELLIPSIS, face) > width:
        line = line[:-1]
    return line + ELLIPSIS


def _placed(text: str, style: Style, *, x: float, y: float) -> Iterator[tuple[str, str]]:
    """(transform, path data) of each glyph that has an outline."""
    scale = style.size / EM
    for char in text:
        glyph = style.face.glyph(char)
        if glyph is not None:
            if glyph.d:
                yield f"translate({number(x)} {number(y)}) scale({scale:.4f} {-scale:.4f})", glyph.d
            x += glyph.advance * scale


def _turned(text: str, style: Style, *, x: float, y: float) -> Iterator[tuple[str, str]]:
    # after a quarter turn x runs down the page and y to the left of it
    return _placed(text, style, x=y, y=-x + style.size * 0.36)


def _path(places: list[tuple[str, str]], style: Style) -> str:
    paths = "".join(f'<path transform="{where}" d="{d}"/>' for where, d in places)
    return f'<g fill="{style.colour}">{paths}</g>' if paths else ""
