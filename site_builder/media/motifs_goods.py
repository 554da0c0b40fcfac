"""A sheet and its random numbers in, drawings of chemistry, textiles, food and craft out."""

import math
from collections.abc import Mapping
from random import Random
from types import MappingProxyType

from site_builder.media.strokes import Drawing, Motif, Sheet, Stroke, box, curve, polar, polyline, ring, segment, trace

TURN = math.tau


def lattice(sheet: Sheet, rng: Random) -> Drawing:
    """Hexagonal cells of a crystal, thinning towards the top."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    size = w / (rng.choice([7.0, 8.4, 9.8]) * (0.5 + sheet.density / 2))
    open_cells, full_cells, site = "", "", ""
    for j in range(-1, int(h / (size * 1.5)) + 2):
        for i in range(-1, int(w / (size * 1.73)) + 2):
            x, y = size * 1.732 * (i + 0.5 * (j % 2)), size * 1.5 * j
            if rng.random() < 0.1 + 0.9 * max(0.0, 0.5 - y / h):
                continue
            cell = polyline((polar(x, y, size * 0.9, TURN * (t + 0.5) / 6) for t in range(6)), closed=True)
            if not site and y > h * 0.48 and w * 0.2 < x < w * 0.75:
                site = cell
            elif rng.random() < 0.16:
                full_cells += cell
            else:
                open_cells += cell
    site = site or ring(w * 0.5, h * 0.6, size * 0.8)
    return Drawing((Stroke(open_cells, k), Stroke(full_cells)), Stroke(site))


def retort(sheet: Sheet, rng: Random) -> Drawing:
    """A retort: the bulb, its liquor, the long neck, and what rises."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, cy, r = w * rng.uniform(0.36, 0.42), h * rng.uniform(0.58, 0.64), w * 0.27
    level = r * rng.uniform(0.05, 0.3)
    reach, inner = math.sqrt(r * r - level * level), r * 0.9
    wet = math.sqrt(inner * inner - level * level)
    lean = polar(cx, cy, r, math.radians(-112))
    neck = trace("M", *lean, "C", cx, cy - r * 2.1, w * 0.62, cy - r * 2.2, w * 0.72, cy - r * 1.2)
    neck += trace("L", w * 0.9, h * 0.94)
    start = polar(cx, cy, r, math.radians(-52))
    neck += trace("M", *start, "C", cx + r * 0.7, cy - r * 1.6, w * 0.6, cy - r * 1.7, w * 0.655, cy - r * 1.05)
    neck += trace("L", w * 0.84, h * 0.94)
    bulb = trace("M", *start, "A", r, r, 0, 1, 1, *lean)
    levels = "".join(
        trace("M", cx - b, cy + y, "h", 2 * b)
        for y in (level - r * 0.1 * i for i in range(1, sheet.count(rng, 5, 7)))
        if (b := math.sqrt(max(0.0, inner * inner - y * y)) * 0.96)
    )
    rising, steps = "", sheet.count(rng, 11, 14)
    for i in range(steps):
        rising += ring(cx - r * 0.6 + i * r * 1.2 / steps, h * 0.92, w * 0.012)
    stand = trace("M", 0, h * 0.95, "H", w, "M", cx - reach * 0.7, cy + r * 0.8, "L", cx - r, h * 0.95)
    stand += segment(cx + reach * 0.7, cy + r * 0.8, cx + r, h * 0.95)
    liquor = trace("M", cx - wet, cy + level, "A", inner, inner, 0, 0, 0, cx + wet, cy + level, "z")
    ink = (Stroke(levels, k), Stroke(bulb + neck, k * 2.4), Stroke(stand, k * 1.4), Stroke(rising))
    return Drawing(ink, Stroke(liquor))


def weave(sheet: Sheet, rng: Random) -> Drawing:
    """Warp over weft, one warp end dyed."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n = sheet.count(rng, 9, 11)
    pitch, step = w / n, rng.choice([2, 3])
    ends, picks, dyed, marked = "", "", "", rng.randint(n // 3, n - n // 3)
    for j in range(int(h / pitch) + 1):
        for i in range(n):
            x, y = pitch * i, pitch * j
            if (i * (step - 1) + j) % step:
                picks += trace("M", x + pitch * 0.08, y + pitch * 0.3, "h", pitch * 0.84)
                picks += trace("m", -pitch * 0.84, pitch * 0.4, "h", pitch * 0.84)
                continue
            end = trace("M", x + pitch * 0.5, y - pitch * 0.1, "v", pitch * 1.2)
            dyed, ends = (dyed + end, ends) if i == marked else (dyed, ends + end)
    return Drawing((Stroke(picks, k * 0.9), Stroke(ends, pitch * 0.56)), Stroke(dyed, pitch * 0.56))


def spool(sheet: Sheet, rng: Random) -> Drawing:
    """Bobbins in their creel, one paying out."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cols, rows = rng.choice([(2, 3), (3, 3)])
    cw, ch = w / cols, h * 0.92 / rows
    pick = (rng.randrange(cols), rng.randrange(1, rows))
    flanges, wound, creel, live = "", "", "", ""
    for j in range(rows):
        for i in range(cols):
            x, y, half, tall = cw * (i + 0.5), ch * j + h * 0.08, cw * 0.3, ch * 0.58
            flanges += box(x - half * 1.2, y, half * 2.4, ch * 0.05)
            flanges += box(x - half * 1.2, y + tall + ch * 0.07, half * 2.4, ch * 0.05)
            creel += trace("M", x, y - ch * 0.12, "V", y, "M", x, y + tall + ch * 0.12, "v", ch * 0.1)
            turns = sheet.count(rng, 9, 12)
            lines, fill = "", rng.uniform(0.62, 1.0)
            for t in range(turns):
                level = y + ch * 0.06 + tall * (t + 0.5) / turns
                lines += segment(x - half * fill, level + tall * 0.02, x + half * fill, level - tall * 0.02)
            if (i, j) == pick:
                live = lines + trace("M", x + half * fill, level - tall * 0.02, "L", x + half * 1.45, h * 1.02)
            else:
                wound += lines
    return Drawing((Stroke(creel, k), Stroke(wound, k * 1.5), Stroke(flanges)), Stroke(live, k * 1.9))


def window(sheet: Sheet, rng: Random) -> Drawing:
    """A lattice window: octagons and squares, or frets within frames."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    across = rng.choice([2, 3])
    size = w * 0.92 / across
    down = max(1, int(h * 0.95 / size))
    left, top = (w - size * across) / 2, (h - size * down) / 2
    pane = _octagon if rng.random() < 0.5 else _fret
    bars, fine = "", ""
    for j in range(down):
        for i in range(across):
            bold, thin = pane(left + size * i, top + size * j, s=size)
            bars, fine = bars + bold, fine + thin
    frame = box(left - w * 0.02, top - w * 0.02, size * across + w * 0.04, size * down + w * 0.04)
    i, j = rng.randrange(across), rng.randrange(down // 2, down)
    cx, cy, r = left + size * (i + 0.5), top + size * (j + 0.5), size * 0.16
    flower = polyline([(cx, cy - r), (cx + r, cy), (cx, cy + r), (cx - r, cy)], closed=True)
    return Drawing((Stroke(fine, k), Stroke(bars, k * 2.4), Stroke(frame, k * 3)), Stroke(flower))


def _octagon(x: float, y: float, *, s: float) -> tuple[str, str]:
    cx, cy, r = x + s / 2, y + s / 2, s / 2 / math.cos(TURN / 16)
    bold, thin = "", ""
    for part in (1.0, 0.5):
        bold += polyline((polar(cx, cy, r * part, TURN * (t + 0.5) / 8) for t in range(8)), closed=True)
    thin += polyline((polar(cx, cy, r * 0.88, TURN * (t + 0.5) / 8) for t in range(8)), closed=True)
    for t in range(8):
        angle = TURN * (t + 0.5) / 8
        bold += segment(*polar(cx, cy, r * 0.5, angle), *polar(cx, cy, r, angle))
    return bold, thin


def _fret(x: float, y: float, *, s: float) -> tuple[str, str]:
    bold, thin = box(x, y, s, s), ""
    for inset in (0.14, 0.28):
        bold += box(x + s * inset, y + s * inset, s * (1 - 2 * inset), s * (1 - 2 * inset))
    for part in (1 / 3, 2 / 3):
        bold += trace("M", x + s * part, y, "v", s * 0.14, "m", 0, s * 0.72, "v", s * 0.14)
        bold += trace("M", x, y + s * part, "h", s * 0.14, "m", s * 0.72, 0, "h", s * 0.14)
    bold += trace("M", x + s / 2, y + s * 0.14, "v", s * 0.14, "m", 0, s * 0.44, "v", s * 0.14)
    bold += trace("M", x + s * 0.14, y + s / 2, "h", s * 0.14, "m", s * 0.44, 0, "h", s * 0.14)
    thin += box(x + s * 0.07, y + s * 0.07, s * 0.86, s * 0.86)
    return bold, thin


def pottery(sheet: Sheet, rng: Random) -> Drawing:
    """A thrown vessel: its profile and the rings the hands left."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, top, foot = w / 2, h * 0.12, h * 0.9
    neck, belly, base = rng.uniform(0.1, 0.16), rng.uniform(0.34, 0.4), rng.uniform(0.14, 0.2)
    shoulder = rng.uniform(0.4, 0.55)

    def half(t: float) -> float:
        if t < 0.14:
            return w * (neck + 0.05 * (1 - t / 0.14) ** 2)
        if t < shoulder:
            return w * (neck + (belly - neck) * math.pow(math.sin((t - 0.14) / (shoulder - 0.14) * math.pi / 2), 1.2))
        return w * (base + (belly - base) * math.pow(math.cos((t - shoulder) / (1 - shoulder) * math.pi / 2), 0.9))

    steps = [i / 14 for i in range(15)]
    profile = "".join(curve((cx + side * half(t), top + (foot - top) * t) for t in steps) for side in (-1, 1))
    n, rings = sheet.count(rng, 20, 25), ""
    pick, band = rng.randint(round(n * 0.4), round(n * 0.6)), ""
    for i in range(n + 1):
        b, y = half(i / n), top + (foot - top) * i / n
        line = trace("M", cx - b, y, "a", b, b * 0.17, 0, 0, 0, 2 * b, 0)
        band, rings = (line, rings) if i == pick else (band, rings + line)
    lip = trace("M", cx - half(0), top, "a", half(0), half(0) * 0.17, 0, 0, 1, 2 * half(0), 0)
    table = trace("M", 0, foot + h * 0.04, "H", w)
    ink = (Stroke(rings, k), Stroke(profile + lip, k * 2), Stroke(table, k * 0.8))
    return Drawing(ink, Stroke(band, h * 0.02))


def barrels(sheet: Sheet, rng: Random) -> Drawing:
    """Barrel heads, stacked."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    across = rng.choice([2, 3])
    r = w / (2 * across)
    rows = int((h * 0.92 - 2 * r) / (r * 1.732)) + 1
    hoops, staves, heads, pick, live = "", "", "", (rng.randint(0, rows - 2), rng.randrange(across)), ""
    for j in range(rows):
        for i in range(-1, across + 1):
            cx, cy = r * (2 * i + 1 + j % 2), h * 0.98 - r - r * 1.732 * j
            hoops += ring(cx, cy, r * 0.94)
            if (j, i) == pick:
                live = ring(cx, cy, r * 0.74)
                continue
            heads += ring(cx, cy, r * 0.76)
            for q in (-0.5, -0.25, 0.0, 0.25, 0.5):
                reach = r * math.sqrt(0.76**2 - q * q)
                staves += trace("M", cx + q * r, cy - reach, "v", 2 * reach)
    floor = trace("M", 0, h * 0.98, "H", w)
    ink = (Stroke(staves, k * 0.9), Stroke(heads, k), Stroke(hoops, k * 2.6), Stroke(floor, k))
    return Drawing(ink, Stroke(live))


def bottles(sheet: Sheet, rng: Random) -> Drawing:
    """Bottles on the line, one filled."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    across, rows = rng.choice([(4, 2), (5, 2)])
    pitch, tall = w / across, h * 0.86 / rows
    pick = (rng.randrange(1, across - 1), rng.randrange(rows))
    glass, levels, full = "", "", ""
    for j in range(rows):
        for i in range(across):
            x, foot, half = pitch * (i + 0.5), h * 0.1 + tall * (j + 0.96), pitch * 0.36
            bottle = _bottle(x, foot, half=half, tall=tall)
            if (i, j) == pick:
                full = bottle
                continue
            glass += bottle
            for line in range(1, sheet.count(rng, 5, 9)):
                levels += trace("M", x - half, foot - tall * 0.045 * line, "h", 2 * half)
    belts = "".join(box(0, h * 0.1 + tall * (j + 0.96), w, h * 0.012) for j in range(rows))
    return Drawing((Stroke(levels, k), Stroke(glass, k * 1.6), Stroke(belts)), Stroke(full))


def _bottle(x: float, foot: float, *, half: float, tall: float) -> str:
    shoulder, neck = foot - tall * 0.5, half * 0.3
    low, mid, high = shoulder - tall * 0.14, shoulder - tall * 0.12, shoulder - tall * 0.24
    up = ("V", shoulder, "C", x + half, low, x + neck, mid, x + neck, high, "V", foot - tall * 0.84, "H", x - neck)
    down = ("V", high, "C", x - neck, mid, x - half, low, x - half, shoulder, "z")
    return trace("M", x - half, shoulder, "V", foot, "H", x + half, *up, *down)


MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        "lattice": lattice,
        "retort": retort,
        "weave": weave,
        "spool": spool,
        "window": window,
        "pottery": pottery,
        "barrels": barrels,
        "bottles": bottles,
    }
)
