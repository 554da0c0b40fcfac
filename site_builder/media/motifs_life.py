"""A sheet and its random numbers in, drawings of medicine, farming, information and learning out."""

import math
from collections.abc import Mapping
from random import Random
from types import MappingProxyType

from site_builder.media.strokes import (
    Drawing,
    Motif,
    Point,
    Sheet,
    Stroke,
    arc,
    box,
    curve,
    dot,
    number,
    polar,
    ring,
    segment,
    trace,
)

TURN = math.tau


def cells(sheet: Sheet, rng: Random) -> Drawing:
    """A field of cells about the one that matters."""
    w, h = sheet.width, sheet.height
    across = sheet.count(rng, 9, 10)
    pitch = w / across
    down, wave, start = int(h / pitch) + 1, rng.uniform(0.36, 0.5), rng.uniform(0, 6)
    px, py = rng.randint(across // 3, across - across // 3 - 1), rng.randint(down // 2 - 1, down * 2 // 3)
    fields = [""] * 8
    for j in range(down):
        for i in range(across):
            distance = math.hypot(i - px, j - py)
            if distance:
                size = round(7 * abs(math.sin(distance * wave + start)) ** 1.4)
                fields[size] += dot(pitch * (i + 0.5), pitch * (j + 0.5))
    ink = tuple(Stroke(field, pitch * (0.12 + 0.1 * size), round_ends=True) for size, field in enumerate(fields))
    return Drawing(ink, Stroke(ring(pitch * (px + 0.5), pitch * (py + 0.5), pitch * 0.45)))


def pulse(sheet: Sheet, rng: Random) -> Drawing:
    """One heart, beat under beat."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, middle, wander = sheet.count(rng, 17, 20), rng.uniform(0.38, 0.6), rng.uniform(0.6, 1.1)
    pick, beats, marked = rng.randint(n // 2, n - n // 3), "", ""
    for i in range(n):
        y, x = h * (0.14 + 0.82 * i / n), w * (middle + 0.05 * math.sin(i * wander))
        rise = h * (0.045 + 0.085 * math.sin(math.pi * (i + 0.5) / n))
        first = ("q", w * 0.03, -rise * 0.5, w * 0.06, 0, "h", w * 0.04, "l", w * 0.015, rise * 0.3)
        spike = (w * 0.03, -rise * 1.6, w * 0.03, rise * 1.8, w * 0.02, -rise * 0.5, "h", w * 0.06)
        beat = trace("M", 0, y, "H", x - w * 0.16, *first, *spike, "q", w * 0.045, -rise * 0.7, w * 0.09, 0, "H", w)
        marked, beats = (beat, beats) if i == pick else (marked, beats + beat)
    return Drawing((Stroke(beats, k),), Stroke(marked, k * 2.8))


def furrow(sheet: Sheet, rng: Random) -> Drawing:
    """Furrows running to the horizon, a low sun."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    horizon, vanish, n = h * rng.uniform(0.38, 0.5), w * rng.uniform(0.25, 0.75), sheet.count(rng, 19, 25)
    bend, rows, sky = w * rng.uniform(-0.3, 0.3), "", ""
    for i in range(-2, n + 3):
        part = i / n - 0.5
        far, near = vanish + part * w * 0.3, vanish + part * w * 5.2
        rows += trace("M", far, horizon, "Q", far + (near - far) * 0.3 + bend, horizon + h * 0.2, near, h * 1.02)
    size = w * rng.uniform(0.12, 0.17)
    sun = w * rng.uniform(0.28, 0.72)
    for i in range(sheet.count(rng, 3, 5)):
        y = horizon - h * 0.035 * (i + 1) * (1 + 0.3 * i)
        sky += trace("M", 0, y, "H", w * rng.uniform(0.25, 1.0))
    ink = (Stroke(sky, k * 0.7), Stroke(rows, k * 1.3), Stroke(box(0, horizon, w, 2 * k)))
    return Drawing(ink, Stroke(ring(sun, horizon - size * 1.15, size)))


def grain(sheet: Sheet, rng: Random) -> Drawing:
    """Ears of wheat with their awns, one kernel ripe."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, ears = rng.randint(7, 8), rng.choice([1, 2, 3])
    size = w * (0.17, 0.13, 0.1)[ears - 1]
    pick, kernels, awns, stems, ripe = rng.randint(2, n - 2), "", "", "", ""
    for e in range(ears):
        lean, foot = w * rng.uniform(-0.06, 0.06), w * (e + 0.5) / ears
        top, step = h * rng.uniform(0.26, 0.32), h * 0.42 / n
        stems += trace("M", foot + lean, top, "Q", foot + lean * 0.6, h * 0.6, foot - lean, h * 1.02)
        for i in range(n):
            x, y = foot + lean * (1 - i / n), top + step * i
            fat = size * (0.75 + 0.35 * math.sin(math.pi * (i + 1) / n))
            for side in (-1, 1):
                tip, base = (x + side * fat * 0.85, y - step * 0.55), (x + side * fat * 0.06, y + step * 0.85)
                out = ("Q", x + side * fat * 1.05, y + step * 0.75, *base)
                kernel = trace("M", *base, "Q", x + side * fat * 0.05, y - step * 0.1, *tip, *out, "z")
                if (e, i, side) == (ears // 2, pick, 1):
                    ripe = kernel
                else:
                    kernels += kernel
                awns += segment(*tip, x + side * fat * 1.5, y - h * 0.17)
        awns += segment(foot + lean, top, foot + lean * 1.4, top - h * 0.2)
    return Drawing((Stroke(awns, k * 0.8), Stroke(stems, k * 2), Stroke(kernels)), Stroke(ripe))


def growth(sheet: Sheet, rng: Random) -> Drawing:
    """Year rings of a tree, one year marked."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, steps = sheet.count(rng, 13, 16), 12
    cx, cy = w * rng.uniform(0.3, 0.7), h * rng.uniform(0.5, 0.66)
    a, b, c = (rng.uniform(0, TURN) for _ in range(3))
    radius, years, marked = w * 0.035, "", ""
    for i in range(n):
        radius += w * rng.uniform(0.026, 0.06)
        points: list[Point] = []
        for s in range(steps + 2):
            t = TURN * s / steps
            bulge = 1 + 0.07 * math.sin(t + a) + 0.05 * math.sin(2 * t + b) + 0.025 * math.sin(3 * t + c + i * 0.12)
            points.append(polar(cx, cy, radius * bulge, t))
        year = curve(points)
        marked, years = (year, years) if i == n * 2 // 5 else (marked, years + year)
    check = segment(cx, cy, *polar(cx, cy, radius * 1.2, a))
    ink = (Stroke(years, k * 1.3), Stroke(check, k), Stroke(ring(cx, cy, w * 0.02)))
    return Drawing(ink, Stroke(marked, k * 3.6))


def traces(sheet: Sheet, rng: Random) -> Drawing:
    """Copper on a board, one net followed."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n = sheet.count(rng, 13, 15)
    pitch, marked = w / n, rng.randint(n // 3 - 1, n - n // 2)
    free, lines, pads, vias, net = set(range(n + 5)), "", "", "", ""
    for i in range(-4, n + 1):
        lanes = sorted(free & set(range(i + 1, i + 5)))
        if not lanes:
            continue
        lane = rng.choice(lanes)
        free.discard(lane)
        x, y, jog = pitch * (i + 0.5), h * rng.uniform(0.05, 0.4), (lane - i) * pitch
        turn, end = h * rng.uniform(0.56, 0.78), h * rng.uniform(0.86, 1.06)
        line = trace("M", x, y + pitch * 0.2, "V", turn - jog, "l", jog, jog, "V", end)
        vias += ring(x + jog, end + pitch * 0.22, pitch * 0.22)
        if i == marked:
            net = line + ring(x, y, pitch * 0.2)
        else:
            lines, pads = lines + line, pads + dot(x, y)
    ink = (Stroke(lines + vias, k * 1.2), Stroke(pads, pitch * 0.5, round_ends=True))
    return Drawing(ink, Stroke(net, k * 3))


def signal(sheet: Sheet, rng: Random) -> Drawing:
    """Waves from one source, carrying bits."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cx, cy, n = w * rng.uniform(0.3, 0.7), h * rng.uniform(0.86, 0.94), sheet.count(rng, 12, 15)
    pitch, ahead, pick = h * 0.86 / n, math.pi * rng.uniform(1.35, 1.6), rng.randint(n // 2, n * 3 // 4)
    bits, nearest, marked = "", math.inf, ""
    for i in range(2, n + 1):
        radius, angle = pitch * i, math.pi * rng.uniform(1.0, 1.04)
        while angle < TURN * 0.985:
            end = min(angle + rng.choice([1, 1, 2, 3, 5]) * pitch * 1.25 / radius, TURN * 0.995)
            bit = arc(cx, cy, radius, angle, end)
            if i == pick and abs(angle - ahead) < nearest:
                bit, marked, nearest = marked, bit, abs(angle - ahead)
            bits += bit
            angle = end + rng.choice([1, 1, 2]) * pitch * 0.7 / radius
    ground = trace("M", 0, cy + pitch * 0.4, "H", w)
    ink = (Stroke(bits, pitch * 0.42), Stroke(ring(cx, cy, pitch * 0.5)), Stroke(ground, k))
    return Drawing(ink, Stroke(marked, pitch * 0.42))


def plot(sheet: Sheet, rng: Random) -> Drawing:
    """A curve fitted on squared paper, its observations beside it."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    cell = w / round(20 * sheet.density)
    fine, bold = "", ""
    for i in range(int(w / cell) + 1):
        line = trace("M", cell * i, 0, "V", h)
        fine, bold = (fine, bold + line) if i % 5 == 0 else (fine + line, bold)
    for j in range(int(h / cell) + 1):
        line = trace("M", 0, h - cell * j, "H", w)
        fine, bold = (fine, bold + line) if j % 5 == 0 else (fine + line, bold)
    peak, spread, base = rng.uniform(0.35, 0.65), rng.uniform(0.11, 0.2), rng.uniform(0.78, 0.86)
    second, low = rng.uniform(-0.2, 0.3), rng.uniform(0.1, 0.2)

    def value(x: float) -> float:
        main = math.exp(-(((x - peak) / spread) ** 2))
        return h * (base - 0.5 * main - low * math.exp(-(((x - peak - second) / (spread * 2.2)) ** 2)))

    fitted = curve((w * i / 24, value(i / 24)) for i in range(25))
    seen = ""
    for i in range(1, 16):
        seen += ring(w * i / 16, value(i / 16) + h * rng.gauss(0, 0.026), w * 0.011)
    ink = (Stroke(fine, k * 0.4), Stroke(bold, k * 0.9), Stroke(seen))
    return Drawing(ink, Stroke(fitted, k * 3))


def page(sheet: Sheet, rng: Random) -> Drawing:
    """An open book as type area: lines, indents, one line marked."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    lines, top = sheet.count(rng, 17, 20), h * 0.2
    pitch, wide, pick = h * 0.66 / lines, w * 0.36, (rng.randrange(2), rng.randint(4, lines - 4))
    text, marked = "", ""
    for side in range(2):
        x, left_in_block = w * (0.09 + 0.46 * side), rng.randint(3, 6)
        for i in range(lines):
            y, start, end = top + pitch * i, x, x + wide
            left_in_block -= 1
            if left_in_block == 0:
                end = x + wide * rng.uniform(0.3, 0.8)
            elif left_in_block < 0:
                start, left_in_block = x + wide * 0.12, rng.randint(3, 6)
            line = trace("M", start, y, "H", end)
            marked, text = (line, text) if (side, i) == pick else (marked, text + line)
    leaf = box(w * 0.04, h * 0.12, w * 0.92, h * 0.8) + trace("M", w / 2, h * 0.12, "v", h * 0.8)
    edges = ""
    for i in (1, 2, 3):
        edges += trace("M", w * 0.04 + 3 * k * i, h * (0.92 + 0.012 * i), "H", w * 0.96 - 3 * k * i)
    ink = (Stroke(text, pitch * 0.34), Stroke(leaf, k * 1.4), Stroke(edges, k * 0.8))
    return Drawing(ink, Stroke(marked, pitch * 0.42))


def plain(sheet: Sheet, rng: Random) -> Drawing:
    """Quiet rules, widening as they descend, and a point of rest."""
    w, h, k = sheet.width, sheet.height, sheet.weight
    n, growing, y, rules, heavy = sheet.count(rng, 22, 28), rng.uniform(1.06, 1.1), h * 0.06, "", ""
    step, across = h * 0.9 * (growing - 1) / (growing**n - 1), f"H{number(w)}"
    for i in range(n):
        y += step * growing**i
        rule = f"M0 {number(y)}{across}"
        heavy, rules = (heavy + rule, rules) if i % 6 == 4 else (heavy, rules + rule)
    size = w * rng.uniform(0.1, 0.15)
    sun = ring(w * rng.uniform(0.3, 0.7), h * rng.uniform(0.4, 0.62), size)
    return Drawing((Stroke(rules, k), Stroke(heavy, k * 3)), Stroke(sun))


MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        "cells": cells,
        "pulse": pulse,
        "furrow": furrow,
        "grain": grain,
        "growth": growth,
        "traces": traces,
        "signal": signal,
        "plot": plot,
        "page": page,
        "plain": plain,
    }
)
