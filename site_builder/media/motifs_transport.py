"""A sheet and its random numbers in, drawings of shipping, rail, ports, flight and post out."""

import cmath
import math
from collections.abc import Mapping
from itertools import pairwise
from random import Random
from types import MappingProxyType

from site_builder.media.strokes import (
    Drawing,
    Motif,
    Point,
    Sheet,
    Stroke,
    box,
    curve,
    dot,
    ellipse,
    polyline,
    ring,
    segment,
    trace,
)

TURN = math.tau


def hull(sheet: Sheet, rng: Random) -> Drawing:
    """The body plan of a ship: sections about the centre line, and the waterline."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, n, top, keel = w / 2, sheet.count(rng, 8, 10), h * 0.24, h * rng.uniform(0.78, 0.84)
    fine, beam = rng.uniform(0.62, 0.8), w * rng.uniform(0.42, 0.46)
    sections, grid = "", ""
    for side in (-1, 1):
        for i in range(1, n + 1):
            t = i / n
            reach, sheer = beam * t ** (0.5 if side > 0 else 0.7), h * 0.07 * (1 - t) ** 2
            flare, full = reach * (0.15 + fine * t), keel - (keel - top) * 0.5 * (1 - t)
            rise = h * 0.02 * (n - i) / n
            bilge = ("C", cx + side * reach, full, cx + side * flare, keel - rise * 0.3, cx, keel - rise)
            sections += trace("M", cx + side * reach, top - sheer, *bilge)
    for i in (0, 1, 2, 4, 5):
        grid += trace("M", w * 0.04, top + (keel - top) * i / 6, "H", w * 0.96)
    for i in (-2, -1, 1, 2):
        grid += trace("M", cx + beam * i / 2, top - h * 0.08, "V", keel + h * 0.04)
    axis = Stroke(trace("M", cx, h * 0.1, "V", h * 0.92), k)
    line = trace("M", 0, top + (keel - top) * 0.5, "H", w)
    return Drawing((Stroke(grid, k * 0.6), Stroke(sections, k * 1.3), axis), Stroke(line, k * 3))


def rail_curve(sheet: Sheet, rng: Random) -> Drawing:
    """Tracks through a curve, all about one centre."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    gauge, n = w * 0.1, 4
    cx, cy = w * rng.uniform(-0.5, -0.2), h * rng.uniform(0.9, 1.15)
    radius, pitch = math.hypot(w * 0.5 - cx, h * 0.5 - cy) - w * rng.uniform(0.28, 0.36), w * rng.uniform(0.22, 0.25)
    rails, sleepers, taken, pick = "", "", "", rng.randint(1, 2)
    for i in range(n):
        middle = radius + pitch * i
        sleepers += ring(cx, cy, middle)
        pair = ring(cx, cy, middle - gauge / 2) + ring(cx, cy, middle + gauge / 2)
        taken, rails = (pair, rails) if i == pick else (taken, rails + pair)
    dash = f"{2.4 * k:.1f} {w * 0.026:.1f}"
    return Drawing((Stroke(sleepers, gauge * 1.6, dash), Stroke(rails, k * 1.7)), Stroke(taken, k * 2.6))


def switch(sheet: Sheet, rng: Random) -> Drawing:
    """A yard of tracks, and the one route that is set."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n = 4
    pitch, gauge = w / n, w * 0.1
    (lane, step), turns = rng.choice([(0, 1), (3, -1)]), h * 0.24
    xs = [pitch * (i + 0.5) for i in range(n)]
    straight, sleepers = "", ""
    for x in xs:
        sleepers += trace("M", x, 0, "V", h)
        straight += trace("M", x - gauge / 2, 0, "V", h, "M", x + gauge / 2, 0, "V", h)
    route, y = "", h * rng.uniform(0.06, 0.12)
    ends = [y + h * 0.27 * i for i in range(3)]
    for side in (-gauge / 2, gauge / 2):
        route += trace("M", xs[lane] + side, -h * 0.02)
        for i, begin in enumerate(ends):
            a, b = xs[lane + step * i] + side, xs[lane + step * (i + 1)] + side
            route += trace("V", begin, "C", a, begin + turns / 2, b, begin + turns / 2, b, begin + turns)
        route += trace("V", h * 1.02)
    dash = f"{2.4 * k:.1f} {w * 0.028:.1f}"
    ink = (Stroke(sleepers, gauge * 1.6, dash), Stroke(straight, k * 1.4))
    return Drawing(ink, Stroke(route, k * 2.8))


def containers(sheet: Sheet, rng: Random) -> Drawing:
    """Containers in the yard, stacked to different heights."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    bays, tiers = rng.choice([(3, 8), (4, 10)])
    foot, gap = h * 0.94, w * 0.012
    wide, tall = w / bays, h * 0.86 / tiers
    heights = [rng.randint(tiers // 2, tiers) for _ in range(bays)]
    pick = rng.randrange(bays)
    picked = (pick, rng.randint(1, heights[pick] - 2))
    plain, ribbed, solid, marked = "", "", "", ""
    for i, height in enumerate(heights):
        for j in range(height):
            x, y = wide * i + gap, foot - tall * (j + 1) + gap
            crate, kind = box(x, y, wide - 2 * gap, tall - 2 * gap), rng.random()
            if (i, j) == picked:
                marked = crate
            elif kind < 0.3:
                solid += crate
            else:
                plain += crate
                ribs = round((9 if kind < 0.75 else 3) * (0.4 + 0.6 * sheet.density))
                for r in range(1, ribs + 1):
                    ribbed += trace("M", x + (wide - 2 * gap) * r / (ribs + 1), y, "v", tall - 2 * gap)
    ground = trace("M", 0, foot + gap, "H", w)
    ink = (Stroke(ribbed, k * 0.8), Stroke(plain, k * 1.3), Stroke(solid), Stroke(ground, k * 2.4))
    return Drawing(ink, Stroke(marked))


def crane(sheet: Sheet, rng: Random) -> Drawing:
    """A quay crane with its load, others behind."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    sea, girder, apex = h * 0.86, h * rng.uniform(0.36, 0.42), h * 0.08
    legs = (w * 0.5, w * rng.uniform(0.76, 0.8))
    load = w * rng.uniform(0.14, 0.26)
    thick, thin = "", ""
    for x in legs:
        thick += trace("M", x, girder, "V", sea)
    thick += trace("M", -w * 0.1, girder, "H", w * 1.1, "M", legs[0], sea - h * 0.2, "H", legs[1])
    thick += polyline([(legs[0], girder), (legs[0] + w * 0.06, apex), (legs[1], girder)])
    peak = (legs[0] + w * 0.06, apex)
    thin += "".join(segment(*peak, w * x, girder) for x in (-0.1, 0.1, 0.28, 1.02))
    thin += trace("M", -w * 0.1, girder - h * 0.03, "H", legs[0], "M", legs[1], girder - h * 0.03, "H", w * 1.1)
    for i in range(24):
        x, up = -w * 0.05 + w * 0.55 * i / 24, i % 2
        thin += segment(x, girder - h * 0.03 * up, x + w * 0.55 / 24, girder - h * 0.03 * (1 - up))
    thin += segment(legs[0], sea - h * 0.2, legs[1], girder) + segment(legs[1], sea - h * 0.2, legs[0], girder)
    hang = h * rng.uniform(0.56, 0.64)
    thin += "".join(segment(load + side * w * 0.03, girder, load + side * w * 0.07, hang) for side in (-1, 1))
    crate = box(load - w * 0.11, hang, w * 0.22, w * 0.1)
    water = "".join(trace("M", 0, sea + h * (0.03 + 0.028 * i), "H", w) for i in range(5))
    quay = box(legs[0] - w * 0.08, sea, w, h * 0.014)
    ink = (Stroke(water, k * 0.8), Stroke(thin, k), Stroke(thick, k * 3.2), Stroke(quay))
    return Drawing(ink, Stroke(crate))


def orbit(sheet: Sheet, rng: Random) -> Drawing:
    """Orbits precessing about one body, one satellite."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, cy, turn, n = w * 0.5, h * rng.uniform(0.5, 0.56), rng.uniform(-60, 60), sheet.count(rng, 9, 12)
    drift, paths, bold = rng.choice([-6, -4, 4, 6]), "", ""
    for i in range(n):
        t = (i + 1) / n
        path = ellipse(cx, cy, w * (0.12 + 0.42 * t), w * (0.05 + 0.3 * t), turn + drift * i)
        bold, paths = (bold + path, paths) if i % 4 == 1 else (bold, paths + path)
    angle, spin = rng.uniform(0.6, 2.5), math.radians(turn + drift * (n - 3))
    t = (n - 2) / n
    x, y = w * (0.12 + 0.42 * t) * math.cos(angle), w * (0.05 + 0.3 * t) * math.sin(angle)
    place = cx + x * math.cos(spin) - y * math.sin(spin), cy + x * math.sin(spin) + y * math.cos(spin)
    ink = (Stroke(paths, k), Stroke(bold, k * 2.2), Stroke(ring(cx, cy, w * 0.055)))
    return Drawing(ink, Stroke(ring(*place, w * 0.06)))


def wing(sheet: Sheet, rng: Random) -> Drawing:
    """Air about an aerofoil: Joukowski's own streamlines."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    centre, tilt, scale = complex(rng.uniform(-0.14, -0.09), rng.uniform(0.1, 0.18)), rng.uniform(0.1, 0.2), w * 0.185
    radius, origin = abs(1 - centre), complex(w * 0.5, h * rng.uniform(0.5, 0.58))

    def place(zeta: complex) -> Point:
        z = (zeta + 1 / zeta) * cmath.exp(-1j * tilt)
        return origin.real + z.real * scale, origin.imag - z.imag * scale

    def slope(zeta: complex) -> complex:
        # uniform flow past a cylinder, with the circulation that leaves the trailing edge smoothly
        offset, stream = zeta - centre, cmath.exp(1j * tilt)
        spin = 2j * radius * math.sin(tilt + math.asin(centre.imag / radius)) / offset
        flow = (1 / stream - radius * radius * stream / offset**2 + spin).conjugate()
        return flow / abs(flow)

    n, lines, marked = sheet.count(rng, 16, 19), "", ""
    for i in range(n):
        zeta, points = cmath.exp(1j * tilt) * complex(-3.4, -3.7 + 7.6 * (i + 0.5) / n), list[Point]()
        for step in range(86):
            if step % 5 == 0:
                points.append(place(zeta))
            zeta += 0.085 * slope(zeta + 0.0425 * slope(zeta))
        line = curve(points)
        marked, lines = (line, lines) if i == round(n * 0.57) else (marked, lines + line)
    foil = polyline((place(centre + radius * cmath.exp(1j * TURN * t / 44)) for t in range(44)), closed=True)
    return Drawing((Stroke(lines, k), Stroke(foil)), Stroke(marked, k * 3))


def route(sheet: Sheet, rng: Random) -> Drawing:
    """Lines of a postal network changing lanes between stops."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n = sheet.count(rng, 7, 8)
    lanes, orders = [w * (0.1 + 0.8 * i / (n - 1)) for i in range(n)], [list(range(n))]
    for leg in range(3):
        order = orders[-1][:]
        for at in range((leg + n) % 2, n - 2, 4):
            order[at], order[at + 2] = order[at + 2], order[at]
        orders.append(order)
    moves = [sum(a.index(i) != b.index(i) for a, b in pairwise(orders)) for i in range(n)]
    pick, lines, taken, stops = max(range(n), key=lambda i: (moves[i], -abs(i - n / 2))), "", "", ""
    for i in range(n):
        points = [(lanes[i], -h * 0.02)]
        for leg, (before, after) in enumerate(pairwise(orders)):
            a, b = lanes[before.index(i)], lanes[after.index(i)]
            y = h * (0.12 + 0.28 * leg)
            points += [(a, y), (b, y + min(abs(b - a), h * 0.22))] if a != b else []
            stops += dot(a, y - h * 0.03) if i != pick and rng.random() < 0.6 else ""
        path = polyline([*points, (points[-1][0], h * 1.02)])
        taken, lines = (path, lines) if i == pick else (taken, lines + path)
    ends = "".join(dot(lane, h * 0.95) for i, lane in enumerate(lanes) if orders[-1][i] != pick)
    ink = (Stroke(lines, k * 1.6), Stroke(stops + ends, w * 0.034, round_ends=True))
    return Drawing(ink, Stroke(taken, k * 4.2))


MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        "hull": hull,
        "curve": rail_curve,
        "switch": switch,
        "containers": containers,
        "crane": crane,
        "orbit": orbit,
        "wing": wing,
        "route": route,
    }
)
