"""A canvas and random numbers in, the body of a cover out: arrangements for places, awards, days and editions."""

import math
from random import Random

from site_builder.media.canvas import HEIGHT, MARGIN, WIDTH, Canvas, moved, overhang
from site_builder.media.strokes import Stroke, box, ring, trace

_MIDDLE = WIDTH / 2


def plinth(canvas: Canvas, rng: Random) -> str:
    """The trade set up on a plinth, the mark cut into the stone."""
    wide, tall = rng.choice([(236, 262), (212, 276), (260, 248)])
    foot = 318
    art = canvas.art(canvas.draw(wide, tall, weight=0.85, density=0.75))
    out = canvas.framed((_MIDDLE - wide / 2, foot - tall, wide, tall), art, weight=1.6)
    courses = box(_MIDDLE - wide / 2 - 18, foot, wide + 36, 14) + box(_MIDDLE - wide / 2 - 34, foot + 14, wide + 68, 14)
    block = box(MARGIN + 4, foot + 28, WIDTH - 2 * MARGIN - 8, 102)
    base = box(MARGIN - 12, foot + 136, WIDTH - 2 * MARGIN + 24, 10) + box(0, foot + 152, WIDTH, 3)
    mark = canvas.centred(_MIDDLE, foot + 28 + 51 + 21, size=58, colour=canvas.colours.ground)
    return out + canvas.line(courses, 1.6) + canvas.solid(block + base) + mark


def plate(canvas: Canvas, rng: Random) -> str:
    """A plate on four rivets: a medallion of the trade above, the mark below."""
    centre = (_MIDDLE, 190.0 if canvas.mark else HEIGHT / 2)
    radius = 112.0
    edge = box(20, 20, WIDTH - 40, HEIGHT - 40)
    rivets = "".join(ring(x, y, 5) for x in (40, WIDTH - 40) for y in (40, HEIGHT - 40))
    rim = _rays(centre, radius + 9, outer=radius + rng.choice([15, 19]), count=rng.choice([72, 90, 120]))
    out = canvas.line(edge, 2.4) + canvas.line(box(26, 26, WIDTH - 52, HEIGHT - 52), 0.8) + canvas.solid(rivets)
    out += (
        _round_window(canvas, centre, radius=radius)
        + canvas.line(rim, 1.2)
        + canvas.line(ring(*centre, radius + 24), 1)
    )
    if not canvas.mark:
        return out
    reach, y = canvas.breadth(60) / 2 + 20, 394
    rules = trace("M", 62, y, "H", _MIDDLE - reach, "M", _MIDDLE + reach, y, "H", WIDTH - 62)
    return out + canvas.line(rules if reach < 130 else "M0 0", 1) + canvas.centred(_MIDDLE, y + 22, size=60)


def _round_window(canvas: Canvas, centre: tuple[float, float], *, radius: float) -> str:
    side, lens = radius * 2, ring(*centre, radius)
    art = canvas.art(canvas.draw(side, side, weight=0.8, density=0.7))
    placed = moved(centre[0] - radius, centre[1] - radius - overhang(side, side), inner=art)
    return canvas.window("r", lens, inner=placed) + canvas.line(lens, 1.6)


def _rays(centre: tuple[float, float], inner: float, *, outer: float, count: int) -> str:
    out = ""
    for i in range(count):
        dx, dy = math.cos(math.tau * i / count), math.sin(math.tau * i / count)
        out += trace("M", centre[0] + inner * dx, centre[1] + inner * dy)
        out += trace("L", centre[0] + outer * dx, centre[1] + outer * dy)
    return out


def calendar(canvas: Canvas, rng: Random) -> str:
    """A leaf of a calendar: the trade as its picture, one day marked."""
    tall = 206
    art = canvas.ink(canvas.draw(WIDTH - 2 * MARGIN, tall, weight=0.8, density=0.8))
    out = canvas.framed((MARGIN, 52, WIDTH - 2 * MARGIN, tall), art)
    holes = "".join(ring(MARGIN + 14 + i * (WIDTH - 2 * MARGIN - 28) / 11, 28, 4.5) for i in range(12))
    aside = 92 if canvas.mark else 0
    left, top = MARGIN + aside, 52 + tall + 26
    wide, down = (WIDTH - MARGIN - left) / 7, (HEIGHT - MARGIN - top) / 5
    first, marked, days, day = rng.randrange(5), rng.randrange(9, 24), "", ""
    for i in range(30):
        column, line = (i + first) % 7, (i + first) // 7
        cell = box(left + wide * column + 4, top + down * line + 4, wide - 4, down - 4)
        day, days = (cell, days) if i == marked else (day, days + cell)
    size = min(60.0, (HEIGHT - MARGIN - top) / (1.14 * max(1, len(canvas.mark))))
    mark = canvas.column(MARGIN + 30, top + 2, size=size)
    return out + canvas.line(holes, 1.4) + canvas.line(days, 1.1) + canvas.accent(Stroke(day)) + mark


def bookspine(canvas: Canvas, rng: Random) -> str:
    """Volumes on a shelf; one bears the mark and the trade, one is bound in the accent."""
    shelf, titled = HEIGHT - 52, 118.0
    lean_widths = [rng.uniform(0.6, 1.5) for _ in range(7)]
    unit = (WIDTH - titled) / sum(lean_widths)
    place, red = rng.randint(1, 6), rng.randrange(7)
    red = red if red != place else (red + 1) % 7
    out, x, outlines, solids, bands, accent = "", 0.0, "", "", "", ""
    for i, share in enumerate(lean_widths):
        if i == place:
            out += _titled(canvas, (x, shelf, titled))
            x += titled
        wide, tall = unit * share, rng.choice([300, 318, 340, 352, 372])
        spine = box(x, shelf - tall, wide, tall)
        if i == red:
            accent = spine
        elif rng.random() < 0.4:
            solids += box(x + 1, shelf - tall, wide - 2, tall)
        else:
            outlines += spine
            for y in rng.choice([(30, 38), (30, 38, tall - 40), (56,), (tall - 64, tall - 56, 24)]):
                bands += trace("M", x, shelf - tall + y, "h", wide)
        x += wide
    board = box(0, shelf, WIDTH, 6)
    out += canvas.line(outlines, 1.6) + canvas.line(bands, 1.2) + canvas.solid(solids + board)
    return out + canvas.accent(Stroke(accent))


def _titled(canvas: Canvas, place: tuple[float, float, float]) -> str:
    x, shelf, wide = place
    tall, size = 412, 52
    length = canvas.breadth(size) + 34 if canvas.mark else 0.0
    art = canvas.ink(canvas.draw(wide, tall - length, weight=0.7, density=0.6))
    spine = canvas.window(
        "t", box(x, shelf - tall + length, wide, tall - length), inner=moved(x, shelf - tall + length, inner=art)
    )
    edge = box(x, shelf - tall, wide, tall) + (trace("M", x, shelf - tall + length, "h", wide) if length else "")
    return spine + canvas.line(edge, 2) + canvas.column(x + wide / 2, shelf - tall + 14, size=size)
