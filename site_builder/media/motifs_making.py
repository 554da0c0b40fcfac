"""A sheet and its random numbers in, drawings of metal, machine building and car making out."""

import math
from collections.abc import Mapping
from itertools import pairwise
from random import Random
from types import MappingProxyType

from site_builder.media.strokes import (
    CENTRE_LINE,
    Drawing,
    Motif,
    Point,
    Sheet,
    Stroke,
    box,
    curve,
    polar,
    polyline,
    ring,
    segment,
    trace,
)

TURN = math.tau


def slab(sheet: Sheet, rng: Random) -> Drawing:
    """A slab rolled down, pass after pass, to sheet."""
    w, h = sheet.width, sheet.height
    thinning = rng.uniform(0.7, 0.77)
    n, hot, y, passes, glowing = rng.randint(9, 11), rng.randint(1, 3), h * 0.08, "", ""
    # fill the sheet exactly: the passes form a geometric series, the gaps are all alike
    unit = h * (0.97 - 0.08 - 0.024 * n) * (1 - thinning) / (1 - thinning**n)
    for i in range(n):
        thick, start = unit * thinning**i, w * rng.uniform(0.0, 0.26)
        bar = box(start, y, w * (0.42 + 0.6 * i / n), thick)
        glowing, passes = (bar, passes) if i == hot else (glowing, passes + bar)
        y += thick + h * 0.024
    return Drawing((Stroke(passes),), Stroke(glowing))


def coil(sheet: Sheet, rng: Random) -> Drawing:
    """A coil of strip seen from the end, its tail running off."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, cy, n = w * rng.uniform(0.46, 0.5), h * rng.uniform(0.46, 0.54), sheet.count(rng, 9, 13)
    inner, outer = w * 0.13, w * 0.46
    pitch, radius, x = (outer - inner) / n, inner, cx - inner
    turns = trace("M", x, cy)
    for i in range(2 * n - 2):
        radius += pitch / 4
        turns += trace("a", radius, radius, 0, 0, 1, (2 if i % 2 == 0 else -2) * radius, 0)
        x += (2 if i % 2 == 0 else -2) * radius
        radius += pitch / 4
    last = radius + pitch / 4
    tail = trace("M", x, cy, "a", last, last, 0, 0, 1, 2 * last, 0, "V", h * 1.02)
    mandrel = ring(cx, cy, inner * 0.55) + segment(cx - inner * 0.8, cy, cx + inner * 0.8, cy)
    mandrel += segment(cx, cy - inner * 0.8, cx, cy + inner * 0.8)
    return Drawing((Stroke(turns, pitch * 0.55), Stroke(mandrel, k)), Stroke(tail, pitch * 0.55))


def furnace(sheet: Sheet, rng: Random) -> Drawing:
    """A blast furnace in section: shell, lining, burden, and the iron in the hearth."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, top, foot, belly = w / 2, h * 0.04, h * 0.93, w * rng.uniform(0.3, 0.35)
    waist = rng.uniform(0.52, 0.6)
    outline = ((0.0, 0.5), (0.1, 0.52), (waist, 1.0), (waist + 0.1, 1.0), (0.84, 0.76), (1.0, 0.76))

    def half(t: float) -> float:
        (t0, b0), (t1, b1) = next(pair for pair in pairwise(outline) if t <= pair[1][0])
        return belly * (b0 + (b1 - b0) * (t - t0) / (t1 - t0))

    walls, lining, burden = "", "", ""
    for offset in (0.0, w * 0.022, w * 0.1):
        for side in (-1, 1):
            walls += polyline((cx + side * (belly * b + offset), top + (foot - top) * t) for t, b in outline)
    for i in range(1, round(34 * sheet.density)):
        t = i / round(34 * sheet.density)
        for side in (-1, 1):
            lining += trace("M", cx + side * (half(t) + w * 0.022), top + (foot - top) * t, "h", side * w * 0.078)
    layers = sheet.count(rng, 11, 14)
    for i in range(layers):
        t = 0.06 + 0.72 * i / layers
        y, b = top + (foot - top) * t, half(t) - w * 0.02
        burden += polyline([(cx - b, y), (cx, y + b * 0.24), (cx + b, y)])
    b = belly * 0.76
    iron = box(cx - b, foot - h * 0.1, 2 * b, h * 0.1)
    floor = box(cx - b - w * 0.16, foot, 2 * b + w * 0.32, h * 0.016)
    pipes = ""
    for side in (-1, 1):
        pipes += ring(cx + side * w * 0.46, top + (foot - top) * 0.78, w * 0.04)
        pipes += segment(cx + side * w * 0.425, foot - h * 0.175, cx + side * b, foot - h * 0.12)
    ink = (Stroke(lining, k * 0.8), Stroke(walls, k * 1.2), Stroke(burden, k * 2), Stroke(pipes, k * 1.4))
    return Drawing((*ink, Stroke(floor)), Stroke(iron))


def gear(sheet: Sheet, rng: Random) -> Drawing:
    """A wheel and its pinion: teeth, pitch circles, bores, axes."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    teeth, r = rng.choice([28, 34, 40]), w * rng.uniform(0.46, 0.54)
    cx, cy = w * rng.uniform(0.52, 0.74), h * rng.uniform(0.58, 0.68)
    pinion = round(teeth * rng.uniform(0.34, 0.44))
    small, lean = r * pinion / teeth, math.radians(rng.uniform(-128, -112))
    px, py = polar(cx, cy, (r + small) * 1.05, lean)
    rims = _teeth(cx, cy, radius=r, count=teeth, start=lean) + _teeth(
        px, py, radius=small, count=pinion, start=lean + math.pi + math.pi / pinion
    )
    bold, fine = ring(cx, cy, r * 0.86) + ring(cx, cy, r * 0.34) + ring(px, py, small * 0.36), ring(cx, cy, r * 0.8)
    bold += "".join(ring(*polar(cx, cy, r * 0.58, lean + TURN * j / 6), r * 0.11) for j in range(6))
    fine += (
        ring(cx, cy, r * 0.4)
        + ring(px, py, small * 0.62)
        + "".join(ring(*polar(cx, cy, r * 0.58, lean + TURN * j / 6), r * 0.05) for j in range(6))
    )
    axes = trace("M", cx - r * 1.3, cy, "h", r * 2.6, "M", cx, cy - r * 1.3, "v", r * 2.6)
    axes += segment(cx, cy, *polar(cx, cy, r + small * 2.6, lean))
    ink = (Stroke(rims, k * 1.5), Stroke(bold, k * 1.3), Stroke(fine, k * 0.7))
    return Drawing((*ink, Stroke(axes, k * 0.6, CENTRE_LINE)), Stroke(ring(cx, cy, r * 0.2)))


def _teeth(cx: float, cy: float, *, radius: float, count: int, start: float) -> str:
    depth, pitch, points = radius * TURN / count * 0.3, TURN / count, list[Point]()
    for j in range(count):
        for part, level in ((-0.29, -1), (-0.15, 1), (0.15, 1), (0.29, -1)):
            points.append(polar(cx, cy, radius + level * depth, start + pitch * (j + part)))
    return polyline(points, closed=True)


def thread(sheet: Sheet, rng: Random) -> Drawing:
    """A screw between centres on the lathe."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    x, b, n = w * rng.uniform(0.4, 0.6), w * rng.uniform(0.17, 0.23), sheet.count(rng, 13, 17)
    pitch, slope, pick = h * 1.1 / n, rng.choice([-1, 1]), rng.randint(n // 2, n - 3)
    turns, marked = "", ""
    for i in range(-1, n + 1):
        y, half = pitch * i, b * slope
        flank = ("l", half * 0.16, pitch * 0.5, "L", x - half * 1.16, y + pitch * 1.5, "z")
        turn = trace("M", x - half, y + pitch, "L", x + half, y, *flank)
        marked, turns = (turn, turns) if i == pick else (marked, turns + turn)
    bed = "".join(trace("M", x + side * b * part, 0, "V", h) for side in (-1, 1) for part in (1.45, 1.56, 1.9, 2.4))
    axis = Stroke(trace("M", x, 0, "V", h), k * 0.6, CENTRE_LINE)
    return Drawing((Stroke(bed, k * 0.8), axis, Stroke(turns)), Stroke(marked))


def plan(sheet: Sheet, rng: Random) -> Drawing:
    """A stepped shaft in half section, dimensioned."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, cx, y = rng.randint(5, 6), w * rng.uniform(0.4, 0.46), h * 0.06
    shares = [rng.uniform(0.7, 1.5) for _ in range(n)]
    halves = [w * part for part in rng.sample([0.1, 0.14, 0.18, 0.22, 0.26, 0.3], n)]
    pick = halves.index(max(halves))

    def tick(level: float) -> str:
        return segment(rule - 4 * k, level + 4 * k, rule + 4 * k, level - 4 * k)

    body, hatch, sizes, cut, rule = "", "", "", "", w * 0.86
    for i, (share, half) in enumerate(zip(shares, halves, strict=True)):
        tall = h * 0.88 * share / sum(shares)
        body += box(cx - half, y, 2 * half, tall)
        if i == pick:
            cut = box(cx, y, half, tall)
        else:
            hatch += _hatch(cx, y, width=half, height=tall, step=w * 0.026 / sheet.density)
        sizes += segment(cx + half + w * 0.02, y, rule + w * 0.03, y) + tick(y)
        y += tall
    sizes += segment(rule, h * 0.06, rule, y) + tick(y)
    axis = Stroke(trace("M", cx, 0, "V", h), k * 0.7, CENTRE_LINE)
    ink = (Stroke(hatch, k * 0.7), Stroke(body, k * 1.9), Stroke(sizes, k * 0.7), axis)
    return Drawing(ink, Stroke(cut))


def _hatch(x: float, y: float, *, width: float, height: float, step: float) -> str:
    out = ""
    for i in range(1, int((width + height) / step) + 1):
        reach = i * step
        x0, x1 = max(0.0, reach - height), min(width, reach)
        out += segment(x + x0, y + reach - x0, x + x1, y + reach - x1)
    return out


def body(sheet: Sheet, rng: Random) -> Drawing:
    """A car's flank as its lines: the roof passing by degrees into sill and wheel arches."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, start, axle = sheet.count(rng, 12, 14), rng.choice([0.07, 0.32]), h * 0.76
    length, tall, wheel = w * 1.66, h * rng.uniform(0.44, 0.49), w * 0.135
    wheels = [(part - start) * length for part in (0.2, 0.8)]

    def base(x: float) -> float:
        # the lowest line runs along the sill and rises over each wheel
        arches = [math.sqrt(max(0.0, (wheel * 1.26) ** 2 - (x - centre) ** 2)) for centre in wheels]
        return max(wheel * 0.3, *arches)

    pick, lines, waist = round(n * 0.6), "", ""
    xs = [w * (i / 22 * 1.1 - 0.05) for i in range(23)]
    for i in range(n):
        t = i / (n - 1)
        line = curve((x, axle - tall * _roof(start + x / length) * (1 - t) - base(x) * t) for x in xs)
        waist, lines = (line, lines) if i == pick else (waist, lines + line)
    visible = [x for x in wheels if -wheel < x < w + wheel]
    tyres = "".join(ring(x, axle, wheel * 0.86) for x in visible)
    rims = "".join(ring(x, axle, wheel * part) for x in visible for part in (0.58, 0.34))
    road = "".join(trace("M", 0, axle + wheel * 1.12 + h * 0.026 * i, "H", w) for i in range(4))
    ink = (Stroke(lines, k), Stroke(tyres, wheel * 0.28), Stroke(rims, k * 1.2), Stroke(road, k * 0.8))
    return Drawing(ink, Stroke(waist, k * 3.2))


def _roof(x: float) -> float:
    profile = (
        (-0.2, 0.36), (0.0, 0.4), (0.05, 0.5), (0.16, 0.56), (0.27, 0.62), (0.42, 0.95), (0.52, 1.0),
        (0.64, 0.98), (0.76, 0.83), (0.88, 0.66), (0.97, 0.62), (1.2, 0.4),
    )  # fmt: skip
    (x0, y0), (x1, y1) = next(pair for pair in pairwise(profile) if x <= pair[1][0])
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        "slab": slab,
        "coil": coil,
        "furnace": furnace,
        "gear": gear,
        "thread": thread,
        "plan": plan,
        "body": body,
    }
)
