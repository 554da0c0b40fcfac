"""A sheet and its random numbers in, drawings of power, oil and mining out."""

import math
from collections.abc import Mapping
from itertools import pairwise
from random import Random
from types import MappingProxyType

from site_builder.media.strokes import (
    Drawing,
    Motif,
    Sheet,
    Stroke,
    arc,
    box,
    curve,
    polar,
    polyline,
    ring,
    segment,
    trace,
)

TURN = math.tau


def wires(sheet: Sheet, rng: Random) -> Drawing:
    """Conductors sagging from the arms of a lattice tower."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    x, top, foot = w * rng.uniform(0.32, 0.68), h * 0.06, h * 1.04

    def half(y: float) -> float:
        return w * (0.012 + 0.085 * math.pow((y - top) / (foot - top), 1.7))

    levels = [top + (foot - top) * (i / 10) ** 1.2 for i in range(11)]
    tower = polyline((x - half(y), y) for y in levels) + polyline((x + half(y), y) for y in levels)
    for a, b in pairwise(levels):
        tower += segment(x - half(a), a, x + half(b), b) + segment(x + half(a), a, x - half(b), b)
    lines: list[str] = []
    for i, reach in enumerate((0.12, 0.17, 0.2, 0.15)):
        y = h * (0.17 + 0.125 * i)
        tower += polyline([(x - reach * w, y), (x, y - h * 0.03), (x + reach * w, y)])
        for side in (-reach, reach):
            tip, sag = x + side * w, h * rng.uniform(0.1, 0.17)
            left = trace("M", -w * 0.3, y - h * 0.05, "Q", (tip - w * 0.3) / 2, y + 1.7 * sag, tip, y + h * 0.02)
            lines.append(left + trace("Q", (tip + w * 1.3) / 2, y + 2 * sag, w * 1.3, y - h * 0.06))
    live = lines.pop(rng.choice([3, 4, 5]))
    return Drawing((Stroke("".join(lines), k), Stroke(tower, k)), Stroke(live, k * 2.6))


def cable(sheet: Sheet, rng: Random) -> Drawing:
    """A cable cut across: strands, insulation, screen wires, sheath."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, cy, r = w * rng.uniform(0.4, 0.6), h * rng.uniform(0.5, 0.6), w * rng.uniform(0.46, 0.58)
    pitch = TURN * r * 0.83 / round(44 * sheet.density)
    beads = Stroke(ring(cx, cy, r * 0.83), r * 0.084, f"0 {pitch:.3f}", round_ends=True)
    cores = [(cx, cy, r * 0.5)]
    if rng.random() < 0.5:
        start = rng.uniform(0, TURN)
        cores = [(*polar(cx, cy, r * 0.37, start + TURN * j / 3), r * 0.22) for j in range(3)]
    strands, jackets, live = "", "", ""
    for number, (x, y, size) in enumerate(cores):
        jackets += ring(x, y, size * 1.28)
        lay = size / (3.6 if len(cores) == 1 else 2.3)
        for p in range(-3, 4):
            for q in range(-3, 4):
                dx, dy = lay * (p + q / 2), lay * q * 0.866
                strand = ring(x + dx, y + dy, lay * 0.43)
                if number == 0 and math.hypot(dx, dy) < lay * 1.1:
                    live += strand
                elif math.hypot(dx, dy) <= size * 0.94:
                    strands += strand
    sheath = ring(cx, cy, r * 0.93) + ring(cx, cy, r * 0.73) + jackets
    ink = (Stroke(ring(cx, cy, r), k * 2.6), Stroke(sheath + strands, k), beads)
    return Drawing(ink, Stroke(live))


def phase(sheet: Sheet, rng: Random) -> Drawing:
    """Three phases, sampled as upright rules."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, beat, start = sheet.count(rng, 36, 44), rng.uniform(0.9, 1.5), rng.uniform(0, 6)
    middle, swing = h * rng.uniform(0.56, 0.64), h * rng.uniform(0.19, 0.24)
    rules, ticks, live = "", "", []
    for i in range(n + 1):
        x = w * i / n
        three = [middle + swing * math.sin(start + beat * TURN * i / n + j * TURN / 3) for j in range(3)]
        rules += trace("M", x, min(three), "V", max(three))
        ticks += trace("M", x, middle + swing * 1.28, "v", h * (0.03 if i % 6 == 0 else 0.015))
        if i % 2 == 0 or i == n:
            live.append((x, three[0]))
    return Drawing((Stroke(rules, k * 1.2), Stroke(ticks, k)), Stroke(curve(live), k * 3.2))


def insulator(sheet: Sheet, rng: Random) -> Drawing:
    """Strings of insulator discs hanging from the arm, one disc picked out."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, strings = rng.randint(8, 10), rng.choice([2, 3])
    pitch, reach = h * 0.8 / n, w * (0.3 if strings == 2 else 0.21) * 0.72
    pick = (rng.randrange(strings), rng.randint(3, n - 3))
    sheds, ribs, rods, live = "", "", "", ""
    for s in range(strings):
        x = w * (s + 0.5) / strings
        rods += trace("M", x, 0, "V", h)
        for i in range(n):
            y = h * 0.13 + pitch * (i + 0.55)
            shed = trace("M", x - reach, y, "a", reach, pitch * 0.5, 0, 0, 1, 2 * reach, 0, "z")
            live, sheds = (shed, sheds) if (s, i) == pick else (live, sheds + shed)
            for depth, part in ((0.1, 0.8), (0.2, 0.5)):
                ribs += trace("M", x - reach * part, y + pitch * depth, "h", 2 * reach * part)
    return Drawing((Stroke(rods, k * 2), Stroke(ribs, k), Stroke(sheds)), Stroke(live))


def turbine(sheet: Sheet, rng: Random) -> Drawing:
    """A rotor with three blades and the circles it sweeps."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    x, y, r = w * rng.uniform(0.38, 0.62), h * rng.uniform(0.42, 0.5), w * rng.uniform(0.5, 0.58)
    n, start = sheet.count(rng, 11, 15), rng.uniform(-2.0, -1.1)
    sweep = "".join(ring(x, y, r * (0.2 + 0.95 * i / n)) for i in range(n))
    blades = ""
    for j in range(3):
        a = start + TURN * j / 3
        outline = ((0.03, -1.2), (0.16, -0.34), (0.24, -0.27), (1.0, 0.0), (0.3, 0.06), (0.05, 0.9))
        blades += polyline([polar(x, y, r * q, a + t) for q, t in outline], closed=True)
    tower = polyline([(x - w * 0.014, y), (x - w * 0.03, h * 1.02), (x + w * 0.03, h * 1.02), (x + w * 0.014, y)])
    return Drawing((Stroke(sweep, k * 0.8), Stroke(tower + blades)), Stroke(ring(x, y, r * 0.11)))


def strata(sheet: Sheet, rng: Random) -> Drawing:
    """Beds of rock broken by a fault, and the seam that is worked."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, start, fold = sheet.count(rng, 14, 18), rng.uniform(0, 6), rng.uniform(1.0, 1.8)
    swell, throw, fault = h * rng.uniform(0.025, 0.05), h * rng.uniform(0.04, 0.07), w * rng.uniform(0.35, 0.68)
    pick, beds, seam = rng.randint(n // 2, n - 4), "", ""
    for i in range(n):
        y = h * (0.1 + 0.92 * (i / n) ** 1.12)
        cut, bed = fault + (y - h / 2) * 0.14, ""
        for low, high, drop in ((0.0, cut, 0.0), (cut, w, throw)):
            xs = [low + (high - low) * q / 5 for q in range(6)]
            bed += curve((x, y + drop + swell * math.sin(start + fold * TURN * x / w + i * 0.16)) for x in xs)
        seam, beds = (bed, beds) if i == pick else (seam, beds + bed)
    line = segment(fault - h * 0.07, 0, fault + h * 0.07, h)
    return Drawing((Stroke(beds, k), Stroke(line, k * 0.8)), Stroke(seam, h * 0.028))


def heading(sheet: Sheet, rng: Random) -> Drawing:
    """Arches of a roadway set behind one another, a lamp at the face."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, vx, vy = sheet.count(rng, 10, 12), w * rng.uniform(0.38, 0.62), h * rng.uniform(0.56, 0.64)
    near, far, rails = "", "", ""
    for i in range(n):
        t = 0.81**i
        half, wall = w * 0.64 * t, h * 0.34 * t
        x, foot = w / 2 * t + vx * (1 - t), h * t + (vy + h * 0.06) * (1 - t)
        ends = ("V", foot - wall, "a", half, half, 0, 0, 1, 2 * half, 0, "V", foot)
        arch = trace("M", x - half, foot, *ends)
        near, far = (near + arch, far) if i < 4 else (near, far + arch)
    for side in (-0.16, 0.16):
        rails += segment(w * (0.5 + side), h, vx + side * w * 0.06, vy + h * 0.06)
    ink = (Stroke(near, k * 3), Stroke(far, k * 1.5), Stroke(rails, k * 1.5))
    return Drawing(ink, Stroke(ring(vx, vy, w * 0.045)))


def pump(sheet: Sheet, rng: Random) -> Drawing:
    """A nodding pump above its wells, one string turning into the pay."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    ground, x, nod = h * 0.44, w * rng.uniform(0.5, 0.58), math.radians(rng.uniform(-14, 10))
    post, reach = ground - h * 0.18, w * 0.3
    tail = polar(x, post, reach * 0.9, nod)
    crank = (tail[0] - w * 0.02, ground - h * 0.055)
    frame = segment(x, post, x - w * 0.09, ground) + segment(x, post, x + w * 0.09, ground)
    frame += segment(*tail, *crank) + ring(*crank, w * 0.05) + segment(x - w * 0.05, post + h * 0.1, *crank)
    head = arc(x, post, reach * 1.06, math.pi + nod - 0.27, math.pi + nod + 0.27)
    head += trace("L", *polar(x, post, reach * 0.8, math.pi + nod), "z") + ring(*crank, w * 0.022)
    beds = ""
    for i in range(sheet.count(rng, 9, 12)):
        y = ground + h * (0.06 + 0.045 * i)
        beds += trace("M", 0, y, "q", w * 0.25, h * 0.02, w * 0.5, 0, "t", w * 0.5, 0)
    wells = ""
    for part in (0.08, 0.7, 0.82, 0.94):
        wells += trace("M", w * part, ground, "V", ground + h * rng.uniform(0.14, 0.42))
    depth, bend, bore = h * rng.uniform(0.8, 0.86), w * 0.12, x - reach * 1.06
    string = trace("M", bore, post, "V", depth - bend, "a", bend, bend, 0, 0, 0, bend, bend, "H", w * 0.86)
    beam = segment(*polar(x, post, reach, math.pi + nod), *tail)
    floor = trace("M", 0, ground, "H", w)
    ink = (Stroke(beds, k * 0.8), Stroke(wells, k * 1.6), Stroke(frame, k * 1.8), Stroke(floor + beam, k * 3))
    return Drawing((*ink, Stroke(head)), Stroke(string, k * 3))


def refinery(sheet: Sheet, rng: Random) -> Drawing:
    """Columns with their trays, joined by overhead lines."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    widths = rng.sample([0.1, 0.13, 0.17, 0.22], 4)
    gap, foot, x = w * (1 - sum(widths)) / 5, h * 0.93, 0.0
    pick, shells, trays, lines, live = rng.randrange(4), "", "", "", ""
    for i, part in enumerate(widths):
        x += gap
        wide, top = w * part, h * rng.uniform(0.2, 0.52)
        cap = wide / 2
        shell = trace("M", x, foot, "V", top + cap, "a", cap, cap, 0, 0, 1, wide, 0, "V", foot, "z")
        live, shells = (shell, shells) if i == pick else (live, shells + shell)
        levels = 0 if i == pick else int((foot - top - cap) / (h * 0.03 / sheet.density))
        for j in range(1, levels):
            y = top + cap + (foot - top - cap) * j / levels
            trays += trace("M", x + (0 if j % 2 else wide * 0.25), y, "h", wide * 0.75)
        rise, end = h * rng.uniform(0.05, 0.09), x + wide + gap * rng.uniform(0.3, 0.7)
        lines += trace("M", x + cap, top, "v", -rise, "H", end, "V", foot)
        x += wide
    floor = box(0, foot, w, h * 0.02)
    return Drawing((Stroke(trays, k), Stroke(lines, k), Stroke(shells, k * 2), Stroke(floor)), Stroke(live))


MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        "wires": wires,
        "cable": cable,
        "phase": phase,
        "insulator": insulator,
        "turbine": turbine,
        "strata": strata,
        "heading": heading,
        "pump": pump,
        "refinery": refinery,
    }
)
