"""What an entry is in a few words and its cover's brief come in; share cards as SVG go out: 1200 by 630 and 600 by 600."""

import re

from site_builder.media.canvas import HEIGHT, INK, PAPER, VERMILION, WIDTH
from site_builder.media.covers import CoverBrief, cover, palette_of
from site_builder.media.fonts import Typeface
from site_builder.media.lettering import Style, breadth, column, fitted, row, stretch
from site_builder.media.strokes import Stroke, box
from site_builder.model.frozen import frozen
from site_builder.model.grades import Seal

GREY, RULE = "#5B5C58", "#BDB9B0"
CARD_WINDOW, SQUARE_WINDOW = (696, 0, 504, 630), (0, 0, 480, 600)
"""Where the cover or a picture stands: x, y, width, height."""
CARD, SQUARE = (1200, 630), (600, 600)
"""Units of the drawings; a card is as many pixels, a square two thirds of it."""
_LETTERS = re.compile(r'<g font-family="[^"]*" font-size="([\d.]+)"[^>]*? fill="(#\w+)">(.*?)</g>')
_LETTER = re.compile(r'<text x="(-?[\d.]+)" y="(-?[\d.]+)">(.*?)</text>')
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@frozen
class CardBrief:
    """All that a card or poster says; texts that no font can set whole are left out by who writes the brief."""

    cover: CoverBrief
    title: str
    kicker: str
    """Kind and edition."""
    by: str
    people: str
    meta: str
    """Year and award, or trade and honour."""
    summary: str
    """The opening sentences, for posters only."""
    seal: Seal | None
    exhibition: str
    address: str = ""
    """Permanent address of the entry, absolute; empty where the site's is not known."""
    picture: str = ""
    """Digest of the photograph that stands instead of the cover; empty where there is none."""
    focus: tuple[float, float] | None = None


@frozen
class Hand:
    """The two typefaces that all cards are set in."""

    serif: Typeface
    sans: Typeface


@frozen
class Mark:
    """A seal as drawn, and how wide it is."""

    svg: str
    width: float


def card_svg(brief: CardBrief, hand: Hand) -> str:
    """The card that messengers show beside a link: text on paper, the cover or a picture along the right edge."""
    left, wide, foot = 64.0, 568.0, 566.0
    title = fitted(brief.title, hand.serif, width=wide, sizes=((84, 1), (72, 2), (60, 3), (52, 3), (46, 4), (40, 4)))
    lines = [row(brief.kicker, Style(hand.sans, 26, GREY), x=left, y=92)] if brief.kicker else []
    y = 122.0
    for line in title.lines:
        y += title.size * 1.26
        lines.append(row(line, Style(hand.serif, title.size, INK), x=left, y=y))
    mark = seal(brief.seal, hand, right=left + wide, bottom=foot - 62, size=32) if brief.seal else None
    words = ((brief.by, 28, INK), (brief.people, 28, GREY), (brief.meta, 26, GREY))
    lines.append(told(words, hand, at=(left, y + 20), width=wide - (mark.width + 24 if mark else 0), foot=foot - 52))
    lines.append(Stroke(box(left, foot - 40, wide, 1.5)).svg(RULE))
    lines.append(row(brief.exhibition, Style(hand.sans, 24, GREY), x=left, y=foot + 12))
    window = picture_of(brief, hand, at=CARD_WINDOW[:2], width=CARD_WINDOW[2])
    return sheet_of(CARD, window + "".join(lines) + (mark.svg if mark else ""))


def told(
    words: tuple[tuple[str, int, str], ...], hand: Hand, *, at: tuple[float, float], width: float, foot: float
) -> str:
    """(text, size, colour) each in one or two lines, downwards for as long as there is room."""
    (x, y), out = at, ""
    for text, size, colour in words:
        lines = fitted(text, hand.sans, width=width, sizes=((size, 2),)).lines if text else ()
        for line in lines if y + len(lines) * size * 1.5 <= foot else ():
            y += size * 1.5
            out += row(line, Style(hand.sans, size, colour), x=x, y=y)
    return out


def square_svg(brief: CardBrief, hand: Hand) -> str:
    """The square that WeChat shows: the cover, and the title down a strip like the spine of a thread-bound book."""
    spine = spined(brief.title, hand, at=(540, 36), tall=430, sizes=((76, 1), (60, 1), (42, 2), (34, 2), (27, 3)))
    mark = seal(brief.seal, hand, right=576, bottom=566, size=28).svg if brief.seal else ""
    return sheet_of(SQUARE, picture_of(brief, hand, at=SQUARE_WINDOW[:2], width=SQUARE_WINDOW[2]) + spine + mark)


def colours_of(brief: CardBrief) -> tuple[tuple[str, str], ...]:
    """Which colours meet on a card: paper with all that is set on it, the cover's ground with all that is drawn on it."""
    own = palette_of(brief.cover)
    on_paper = ((PAPER, colour) for colour in (INK, GREY, VERMILION, RULE))
    return (*on_paper, (own.ground, own.ink), (own.ground, own.accent), (own.ink, own.accent), (PAPER, own.ground))


def picture_of(brief: CardBrief, hand: Hand, *, at: tuple[int, int], width: int) -> str:
    """The cover in a window of its own proportions; nothing where a picture will be laid there."""
    if brief.picture:
        return ""
    document = cover(brief.cover)
    inner = _LETTERS.sub(
        lambda found: _letters(found, hand), document[document.index("<g ") : document.rindex("</svg>")]
    )
    scale = width / WIDTH
    frame = f'<clipPath id="w"><path d="{box(0, 0, WIDTH, HEIGHT)}"/></clipPath>'
    return f'{frame}<g transform="translate({at[0]} {at[1]}) scale({scale:g})" clip-path="url(#w)">{inner}</g>'


def cover_sheet(brief: CoverBrief, hand: Hand) -> str:
    """A cover as a document of its own whose type is outlines, for whatever has no fonts to set it with."""
    document = cover(brief)
    return _LETTERS.sub(lambda found: _letters(found, hand), document)


def spined(text: str, hand: Hand, *, at: tuple[float, float], tall: float, sizes: tuple[tuple[float, int], ...]) -> str:
    """Text in columns from right to left about an axis, from (x, y) down; sizes are (type size, most columns)."""
    block = fitted(text, hand.serif, width=tall, sizes=sizes)
    pitch = block.size * 1.2
    first = at[0] + pitch * (len(block.lines) - 1) / 2
    style = Style(hand.serif, block.size, INK)
    return "".join(column(line, style, x=first - pitch * place, y=at[1]) for place, line in enumerate(block.lines))


def seal(given: Seal, hand: Hand, *, right: float, bottom: float, size: float) -> Mark:
    """A grade cut in stone, white on red for the first grades, red on paper for the others; its right and lower edge."""
    filled = given.rank <= 1
    style = Style(hand.serif, size, PAPER if filled else VERMILION)
    text, inset = given.text, size * 0.3
    if given.shape == "line" or len(text) > 4:
        wide, tall = breadth(text, hand.serif) * size + 2 * inset, size * 1.5
        inner = row(text, style, x=right - wide + inset, y=bottom - size * 0.4)
    else:
        parts = (text[:2], text[2:]) if len(text) == 4 else (text,)
        wide = size * (1.1 * len(parts) - 0.1) + 2 * inset
        tall = max(stretch(part, hand.serif) for part in parts) * size + 2 * inset
        axes = (right - inset - size * (0.5 + 1.1 * at) for at in range(len(parts)))
        inner = "".join(column(part, style, x=x, y=bottom - tall + inset) for part, x in zip(parts, axes, strict=True))
    edge = Stroke(box(right - wide, bottom - tall, wide, tall), 0 if filled else 3)
    return Mark(edge.svg(VERMILION) + inner, wide)


def _letters(found: re.Match[str], hand: Hand) -> str:
    """The mark of a cover, set in type by a browser, as outlines."""
    style = Style(hand.serif, float(found[1]), found[2])
    out = ""
    for x, y, char in _LETTER.findall(found[3]):
        for entity, plain in _ENTITIES:
            char = char.replace(entity, plain)
        out += row(char, style, x=float(x) - breadth(char, hand.serif) * style.size / 2, y=float(y))
    return out


def sheet_of(size: tuple[int, int], body: str) -> str:
    """A drawing on paper as a document."""
    wide, tall = size
    ground = Stroke(box(0, 0, wide, tall)).svg(PAPER)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}">'
        f'<g fill="none">{ground}{body}</g></svg>'
    )
