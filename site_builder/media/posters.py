"""A card's brief comes in; a poster of 1080 by 1440, to be saved by a long press, goes out as SVG."""

from site_builder.media.canvas import INK
from site_builder.media.cards import GREY, RULE, CardBrief, Hand, picture_of, seal, sheet_of, spined
from site_builder.media.cards import told as told_in_rows
from site_builder.media.lettering import Style, breadth, fitted, row
from site_builder.media.strokes import Stroke, box

POSTER = (1080, 1440)
WINDOW = (0, 0, 760, 950)
"""Where the cover or picture stands: x, y, width, height."""
_QR_SIDE = 208.0
_SPINE = ((150, 1), (120, 1), (96, 1), (80, 2), (66, 3), (54, 3), (46, 4), (40, 4), (32, 6), (26, 8))


def poster_svg(brief: CardBrief, hand: Hand, *, told: str = "长按识别看展品") -> str:
    """The cover hangs at the left, the title runs down beside it, people and honour stand below, the code leads to the page.

    ``told`` says below the code what to do with it: on a phone one presses long, on paper one scans.
    """
    body = picture_of(brief, hand, at=WINDOW[:2], width=WINDOW[2])
    body += spined(brief.title, hand, at=(920, 64), tall=800, sizes=_SPINE)
    if brief.seal:
        body += seal(brief.seal, hand, right=1016, bottom=1120, size=40).svg
    return sheet_of(POSTER, body + _words(brief, hand) + _code(brief, hand, words=told))


def _words(brief: CardBrief, hand: Hand) -> str:
    words = (
        (brief.kicker, 34, GREY),
        (brief.by, 50, INK),
        (brief.people, 44, INK),
        (brief.meta, 38, GREY),
        (brief.summary, 36, GREY),
    )
    rule = Stroke(box(64, 1330, 700 if brief.address else 952, 2)).svg(RULE)
    name = fitted(brief.exhibition, hand.serif, width=690, sizes=((40, 1), (34, 1)))
    line = row(name.lines[0] if name.lines else "", Style(hand.serif, name.size, INK), x=64, y=1388)
    return told_in_rows(words, hand, at=(64, 968), width=690, foot=1316) + rule + line


def _code(brief: CardBrief, hand: Hand, *, words: str) -> str:
    """The permanent address as a QR code on paper, with a quiet zone of four modules, and what to do with it."""
    if not brief.address:
        return ""
    import segno  # posters are drawn once and kept

    modules = [list(line) for line in segno.make_qr(brief.address, error="m").matrix]
    side = _QR_SIDE / (len(modules) + 8)
    left, top = 1016 - _QR_SIDE, 1148.0
    dark = "".join(
        box(left + side * (column + 4), top + side * (line + 4), side, side)
        for line, cells in enumerate(modules)
        for column, cell in enumerate(cells)
        if cell
    )
    style = Style(hand.sans, 24, GREY)
    at = left + (_QR_SIDE - breadth(words, hand.sans) * style.size) / 2
    return Stroke(dark).svg(INK) + row(words, style, x=at, y=1388)
