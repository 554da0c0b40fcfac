"""A canvas and random numbers in, the body of a cover out: one arrangement per kind of work, person or group."""

import re
from random import Random

from site_builder.media.canvas import HEIGHT, MARGIN, WIDTH, Canvas, mirrored, moved, overhang
from site_builder.media.strokes import Point, Stroke, box, ring, trace

_START = re.compile(r"M(-?[\d.]+) ?(-?[\d.]+)")
_SLIP_SIZES = (64, 64, 54, 46, 42)


def sheet(canvas: Canvas, rng: Random) -> str:
    """The motif fills the sheet; a title slip, as on a thread-bound book, bears the mark."""
    drawing, flip = canvas.draw(WIDTH, HEIGHT), rng.random() < 0.5
    art = mirrored(canvas.art(drawing)) if flip else canvas.art(drawing)
    if not canvas.mark:
        return art
    size = _SLIP_SIZES[len(canvas.mark)]
    wide, tall = size + 26.0, canvas.breadth(size) + 34
    right = _clear_side(drawing.accent, flip=flip, chance=rng.random())
    x = WIDTH - 24 - wide if right else 24.0
    slip = canvas.clear(box(x, 24, wide, tall)) + canvas.line(box(x + 4, 28, wide - 8, tall - 8), 1)
    return art + slip + canvas.column(x + wide / 2, 24 + 15, size=size)


def _start(stroke: Stroke) -> Point:
    found = _START.match(stroke.d)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _clear_side(accent: Stroke, *, flip: bool, chance: float) -> bool:
    # the slip must not hide the accent: go to the side where it does not begin
    x, y = _start(accent)
    if y > HEIGHT * 0.5 or not 0 < x < WIDTH:
        return chance < 0.6
    return (WIDTH - x if flip else x) < WIDTH / 2


def vignette(canvas: Canvas, rng: Random) -> str:
    """A small thing on a large sheet, measured."""
    side = rng.choice([172, 188, 204])
    x, y = rng.choice([(52, 216), (104, 230), (WIDTH - 64 - side, 250), (WIDTH - 64 - side, 196), (84, 258)])
    art = canvas.art(canvas.draw(side, side, weight=0.72, density=0.6))
    measure = trace("M", x, y - 16, "v", -14, "M", x + side, y - 16, "v", -14, "M", x, y - 23, "h", side)
    measure += trace("M", x + side + 16, y, "h", 14, "m", 0, side, "h", -14, "M", x + side + 23, y, "v", side)
    left = x > 100 or (x > 80 and rng.random() < 0.5)
    column = canvas.column(MARGIN + 24 if left else WIDTH - MARGIN - 24, 34, size=40)
    return canvas.framed((x, y, side, side), art, weight=canvas.colours.weight) + canvas.line(measure, 1) + column


def steps(canvas: Canvas, rng: Random) -> str:
    """One drawing uncovered in stages: a staircase of strips, or panels in order."""
    if rng.random() < 0.5:
        return _staircase(canvas, rng.choice([4, 5, 6]))
    return _panels(canvas, rng.choice([4, 6]))


def _staircase(canvas: Canvas, count: int) -> str:
    gap, foot, strips = 7, HEIGHT - MARGIN, ""
    wide = (WIDTH - 2 * MARGIN - gap * (count - 1)) / count
    for i in range(count):
        tall = 118 + (foot - MARGIN - 118) * i / (count - 1)
        strips += box(MARGIN + i * (wide + gap), foot - tall, wide, tall)
    drawing = canvas.draw(WIDTH, HEIGHT)
    # the stairs leave the upper left bare: an accent there goes to the other side
    art = mirrored(canvas.art(drawing)) if _start(drawing.accent)[0] < WIDTH / 2 else canvas.art(drawing)
    size = min(52.0, 220 / max(1, len(canvas.mark)))
    return (
        canvas.window("s", strips, inner=art)
        + canvas.line(strips)
        + canvas.column(MARGIN + size / 2, MARGIN, size=size)
    )


def _panels(canvas: Canvas, count: int) -> str:
    gap, top, rows = 12, 122.0 if canvas.mark else float(MARGIN), count // 2
    wide, tall = (WIDTH - 2 * MARGIN - gap) / 2, (HEIGHT - MARGIN - top - gap * (rows - 1)) / rows
    drawing = canvas.draw(wide, tall, weight=0.62, density=0.6)
    # what a low panel cuts away must not be the accent
    above = min(max(_start(drawing.accent)[1] - tall / 2, 0.0), 2 * overhang(wide, tall))
    key, frames, out = f"{canvas.prefix}a", "", ""
    for i in range(count):
        x, y = MARGIN + i % 2 * (wide + gap), top + i // 2 * (tall + gap)
        frames += box(x, y, wide, tall)
        inner = f'<use href="#{key}"/>' if i else f'<g id="{key}">{canvas.ink(drawing)}</g>'
        # the accent is what the last step adds
        inner += canvas.accent(drawing.accent) if i == count - 1 else ""
        uncovered = box(0, above, wide * (i + 1) / count, tall)
        out += moved(x, y - above, inner=canvas.window(str(i), uncovered, inner=inner))
    return out + canvas.line(frames) + canvas.row(MARGIN, 86, size=54)


def name(canvas: Canvas, rng: Random) -> str:
    """A surname as large as the sheet allows, the trade as a band beneath."""
    band = rng.choice([118, 132, 150])
    y, tall = HEIGHT - band, HEIGHT * 0.88
    drawing = canvas.draw(WIDTH, tall, weight=0.85, density=0.85)
    # the band is cut out of the drawing where the accent is
    lift = min(max(_start(drawing.accent)[1] - band * rng.uniform(0.4, 0.6), tall * 0.2), tall - band)
    art = canvas.art(drawing)
    out = canvas.window("b", box(0, y, WIDTH, band), inner=moved(0, y - lift, inner=art)) + canvas.solid(
        box(0, y - 1.5, WIDTH, 3)
    )
    if not canvas.mark:
        return out
    surname = Canvas(canvas.motif, canvas.mark[:1], canvas.colours, canvas.seed, canvas.prefix)
    size = min(float(y - 24), 344.0)
    slack = (WIDTH - size) / 2 - 12
    return surname.centred(WIDTH / 2 + slack * rng.choice([-1, 0, 1]), y - 12 - size * 0.1, size=size) + out


def windows(canvas: Canvas, rng: Random) -> str:
    """One wall, many lights, one of them lit."""
    cols, rows = rng.choice([(3, 3), (3, 4), (4, 4), (2, 3)])
    gap, foot = 10, 118 if canvas.mark else MARGIN
    wide = (WIDTH - 2 * MARGIN - gap * (cols - 1)) / cols
    tall = (HEIGHT - MARGIN - foot - gap * (rows - 1)) / rows
    lit, panes, warm = rng.randrange(cols * rows), "", ""
    for i in range(cols * rows):
        pane = box(MARGIN + i % cols * (wide + gap), MARGIN + i // cols * (tall + gap), wide, tall)
        warm, panes = (pane, panes) if i == lit else (warm, panes + pane)
    art = canvas.ink(canvas.draw(WIDTH, HEIGHT - 90))
    out = canvas.window("w", panes, inner=art) + canvas.line(panes, 1.6) + canvas.accent(Stroke(warm))
    return out + canvas.row(MARGIN, HEIGHT - 40, size=54)


def ranks(canvas: Canvas, rng: Random) -> str:
    """Many lenses turned on one thing, one ahead of the others."""
    count = rng.choice([4, 5])
    top = 122.0 if canvas.mark else 76.0
    pitch = (WIDTH - 2 * MARGIN) / count
    ahead = rng.randrange(count)
    open_lenses, full, first = "", "", ""
    for j in range(int((HEIGHT - top - MARGIN + 1) // pitch)):
        for i in range(count):
            lens = ring(MARGIN + pitch * (i + 0.5), top + pitch * (j + 0.5), pitch * 0.43)
            if j == 0 and i == ahead:
                first = lens
            elif (i + 2 * j) % 3 == ahead % 3:
                full += lens
            else:
                open_lenses += lens
    art = canvas.ink(canvas.draw(WIDTH, HEIGHT))
    out = canvas.window("l", open_lenses, inner=art) + canvas.line(open_lenses, 1.6) + canvas.solid(full)
    return out + canvas.accent(Stroke(first)) + canvas.row(MARGIN, 86, size=54)
