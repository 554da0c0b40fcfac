"""A sheet and its random numbers in, drawings of bridges, tunnels, buildings and waterworks out."""

import math
from collections.abc import Mapping
from random import Random
from types import MappingProxyType

from site_builder.media.strokes import Drawing, Motif, Sheet, Stroke, box, polar, ring, segment, trace

TURN = math.tau


def stays(sheet: Sheet, rng: Random) -> Drawing:
    """Cables fanning from a pylon to the deck."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    x, deck, n = w * rng.uniform(0.32, 0.68), h * rng.uniform(0.74, 0.8), sheet.count(rng, 13, 17)
    top, harp = h * 0.07, rng.uniform(0.3, 0.62)
    cables = ""
    for i in range(n):
        y, reach = top + (deck - top) * harp * i / n, w * (0.07 + 0.8 * (n - 1 - i) / n)
        cables += segment(x, y, x - reach, deck) + segment(x, y, x + reach, deck)
    water = "".join(trace("M", 0, deck + h * (0.07 + 0.034 * i), "H", w) for i in range(5))
    pylon = box(x - w * 0.013, top - h * 0.03, w * 0.026, h)
    ink = (Stroke(water, k * 0.8), Stroke(cables, k), Stroke(pylon))
    return Drawing(ink, Stroke(trace("M", -w * 0.1, deck, "H", w * 1.1), k * 4))


def arch(sheet: Sheet, rng: Random) -> Drawing:
    """An arch with its hangers, and both again in the water."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    deck, rise, half = h * rng.uniform(0.56, 0.62), h * rng.uniform(0.36, 0.44), w * 0.56
    cx, n = w * rng.uniform(0.42, 0.58), sheet.count(rng, 17, 23)
    hangers, ribs, mirror = "", "", ""
    for i in range(1, n):
        q = 2 * i / n - 1
        hangers += trace("M", cx + q * half, deck, "v", -rise * (1 - q * q))
    for depth, ratio in ((1.0, 1.0), (0.9, 1.0)):
        ribs += trace("M", cx - half * ratio, deck, "Q", cx, deck - 2 * rise * depth, cx + half * ratio, deck)
    for i in range(sheet.count(rng, 9, 12)):
        q = (i + 0.6) / 11
        reach = half * math.sqrt(max(0.0, 1 - q))
        mirror += trace("M", cx - reach, deck + h * 0.04 + h * 0.34 * q, "h", 2 * reach)
    ink = (Stroke(hangers, k), Stroke(mirror, k * 0.9), Stroke(ribs, k * 2.4))
    return Drawing(ink, Stroke(trace("M", -w * 0.1, deck, "H", w * 1.1), k * 4.2))


def rings(sheet: Sheet, rng: Random) -> Drawing:
    """Lining rings of a bored tunnel, joint set against joint."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, cy, n = w * rng.uniform(0.42, 0.58), h * rng.uniform(0.5, 0.6), rng.choice([6, 7, 8])
    circles, joints, grow, radius = "", "", rng.uniform(1.24, 1.34) + 0.2 * (1 - sheet.density), w * 0.1
    while radius < math.hypot(w, h) * 0.66:
        circles += ring(cx, cy, radius)
        start = rng.uniform(0, TURN)
        for j in range(n):
            angle = start + TURN * j / n
            joints += segment(*polar(cx, cy, radius, angle), *polar(cx, cy, radius * grow, angle))
        radius *= grow
    return Drawing((Stroke(circles, k * 1.2), Stroke(joints, k * 1.2)), Stroke(ring(cx, cy, w * 0.075)))


def cutter(sheet: Sheet, rng: Random) -> Drawing:
    """The face of a tunnelling machine: spokes, openings, discs."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, cy, r = w / 2, h * rng.uniform(0.52, 0.58), w * rng.uniform(0.44, 0.48)
    arms, start = rng.choice([6, 8]), rng.uniform(0, TURN)
    spokes, plates, discs = "", "", ""
    for j in range(arms):
        angle = start + TURN * j / arms
        spokes += segment(*polar(cx, cy, r * 0.17, angle), *polar(cx, cy, r * 0.95, angle))
        for step in range(4):
            discs += ring(*polar(cx, cy, r * (0.3 + 0.17 * step + 0.06 * (j % 2)), angle + 0.6 / arms), r * 0.034)
        gap = TURN / arms
        for radius in (0.42, 0.55, 0.68, 0.81):
            (x0, y0) = polar(cx, cy, r * radius, angle + gap * 0.3)
            (x1, y1) = polar(cx, cy, r * radius, angle + gap * 0.8)
            plates += trace("M", x0, y0, "A", r * radius, r * radius, 0, 0, 1, x1, y1)
    rims = ring(cx, cy, r) + ring(cx, cy, r * 0.95)
    ground = "".join(ring(cx, cy, r * (1.1 + 0.11 * i)) for i in range(sheet.count(rng, 5, 7)))
    ink = (Stroke(ground, k * 0.7), Stroke(rims, k * 1.6), Stroke(plates, k), Stroke(spokes, k * 4), Stroke(discs))
    return Drawing(ink, Stroke(ring(cx, cy, r * 0.15)))


def frames(sheet: Sheet, rng: Random) -> Drawing:
    """A frame going up floor by floor under its tower crane."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    bays, storeys = 5, sheet.count(rng, 9, 11)
    bay, storey, foot = w * 0.72 / bays, h * 0.74 / storeys, h * 0.95
    left, mast = (w * 0.24, w * 0.12) if rng.random() < 0.5 else (w * 0.04, w * 0.88)
    heights = sorted((rng.randint(storeys // 2, storeys) for _ in range(bays)), reverse=mast < w / 2)
    if mast < w / 2:
        heights.reverse()
    slabs, posts = "", ""
    for i, tall in enumerate(heights):
        for j in range(tall + 1):
            slabs += trace("M", left + bay * i - 2 * k, foot - storey * j, "h", bay + 4 * k)
        posts += trace("M", left + bay * i, foot, "v", -storey * tall, "m", bay, 0, "v", storey * tall)
    i = rng.randrange(bays)
    room = box(left + bay * i, foot - storey * (heights[i] - 1), bay, storey)
    jib, hook = h * 0.13, left + bay * rng.uniform(1.5, 3.5)
    crane = trace("M", mast - w * 0.02, foot, "V", jib - h * 0.06, "h", w * 0.04, "V", foot)
    for j in range(sheet.count(rng, 18, 20)):
        y, side = foot - (foot - jib) * j / 20, (1 if j % 2 else -1)
        crane += segment(mast - side * w * 0.02, y, mast + side * w * 0.02, y - (foot - jib) / 20)
    crane += trace("M", -w * 0.1, jib, "H", w * 1.1, "M", 0, jib, "L", mast, jib - h * 0.06, "L", w, jib)
    crane += trace("M", hook, jib, "V", foot - storey * max(heights) - h * 0.02)
    ground = box(0, foot, w, h * 0.012)
    return Drawing((Stroke(posts, k), Stroke(crane, k), Stroke(slabs, k * 2.4), Stroke(ground)), Stroke(room))


def tiles(sheet: Sheet, rng: Random) -> Drawing:
    """A wall in bond: stretchers, or headers and stretchers by turns."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    course, joint, flemish = h / sheet.count(rng, 15, 18), 2.6 * k, rng.random() < 0.6
    long = course * 2.3
    short = (long - joint) / 2 if flemish else long
    rows, bricks, dark, marked = int(h / course) + 1, "", "", ""
    pick = (rng.randint(rows // 3, rows - rows // 3), rng.uniform(0.25, 0.7) * w)
    for j in range(rows):
        period = long + short + 2 * joint if flemish else long + joint
        x, i = -period * (0.5 if j % 2 else 1.0) - (short * 0.5 if flemish else 0), 0
        while x < w:
            size = short if flemish and i % 2 else long
            brick = box(x, course * j + joint / 2, size, course - joint)
            if j == pick[0] and x <= pick[1] < x + size + joint:
                marked = brick
            elif rng.random() < 0.14:
                dark += brick
            elif x + size > 0:
                bricks += brick
            x, i = x + size + joint, i + 1
    return Drawing((Stroke(bricks, k), Stroke(dark)), Stroke(marked))


def swell(sheet: Sheet, rng: Random) -> Drawing:
    """Long waves coming in."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, start, drift = sheet.count(rng, 21, 25), rng.uniform(0, 6), rng.choice([0.14, 0.19, 0.31])
    pick = rng.randint(n // 3, n // 2)
    waves, crest = "", ""
    for i in range(n):
        y, rise, length = h * (0.1 + 0.92 * i / n), h * (0.16 + 0.24 * i / n) / n, w * (0.3 + 0.5 * i / n)
        x = -length * (1 + (start + i * drift) % 1)
        wave = trace("M", x, y, "q", length / 4, -rise * 2, length / 2, 0)
        x += length / 2
        while x < w:
            wave += trace("t", length / 2, 0)
            x += length / 2
        crest, waves = (wave, waves) if i == pick else (crest, waves + wave)
    return Drawing((Stroke(waves, k),), Stroke(crest, k * 3.2))


def pipes(sheet: Sheet, rng: Random) -> Drawing:
    """Two banks of pipe, bending past one another."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, pitch = sheet.count(rng, 6, 7), w * 0.062 / (0.4 + 0.6 * sheet.density)
    left, level, pick = w * rng.uniform(0.1, 0.2), h * rng.uniform(0.34, 0.46), rng.randint(1, n - 2)
    bank, flanges, live = "", "", ""
    for i in range(n):
        reach = w * 0.1 + pitch * (n - i)
        upper = trace("M", left + pitch * i, -h * 0.1, "V", level + pitch * (n - i) - reach)
        upper += trace("a", reach, reach, 0, 0, 0, reach, reach, "H", w * 1.1)
        bend = w * 0.1 + pitch * (i + 1)
        x, y = w * 0.58 - pitch * (n - i), level + pitch * (n + 2 + i)
        lower = trace("M", w * 1.1, y, "H", x + bend, "a", bend, bend, 0, 0, 0, -bend, bend, "V", h * 1.1)
        live, bank = (upper, bank + lower) if i == pick else (live, bank + upper + lower)
    across = pitch * (n - 1) + pitch * 0.9
    for y in (h * 0.1, h * 0.12):
        flanges += trace("M", left - pitch * 0.45, y, "h", across)
    for x in (w * 0.84, w * 0.86):
        flanges += trace("M", x, level + pitch * 0.55, "v", across)
    return Drawing((Stroke(bank, pitch * 0.5), Stroke(flanges, k * 1.2)), Stroke(live, pitch * 0.5))


MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        "stays": stays,
        "arch": arch,
        "rings": rings,
        "cutter": cutter,
        "frames": frames,
        "tiles": tiles,
        "swell": swell,
        "pipes": pipes,
    }
)
