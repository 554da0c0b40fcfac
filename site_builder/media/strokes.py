"""Points and lengths in, path data and `<path>` elements out: the pen with which every cover is drawn."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from random import Random

from site_builder.model.frozen import frozen

Point = tuple[float, float]

CENTRE_LINE = "22 5 4 5"
"""Dash pattern of an axis in a technical drawing."""


@frozen
class Stroke:
    """One path: a line of some weight, or a solid when the weight is zero."""

    d: str
    weight: float = 0.0
    dash: str = ""
    round_ends: bool = False

    def svg(self, colour: str, css_class: str = "") -> str:
        """The path element in one colour, naming that colour once."""
        name = f' class="{css_class}"' if css_class else ""
        if not self.weight:
            return f'<path{name} d="{self.d}" fill="{colour}" stroke="none"/>'
        dash = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        ends = ' stroke-linecap="round"' if self.round_ends else ""
        return f'<path{name} d="{self.d}" stroke="{colour}" stroke-width="{number(self.weight)}"{dash}{ends}/>'


@frozen
class Drawing:
    """A motif as drawn: everything in ink, and the single element that carries the accent."""

    ink: tuple[Stroke, ...]
    accent: Stroke

    def ink_svg(self, colour: str) -> str:
        """All but the accent, back to front."""
        return "".join(stroke.svg(colour) for stroke in self.ink if stroke.d)


@frozen
class Sheet:
    """The box a motif draws in. A lower density asks for fewer lines, so that small drawings stay crisp."""

    width: float
    height: float
    weight: float
    density: float = 1.0

    def count(self, rng: Random, low: int, high: int) -> int:
        """How many of a thing to draw."""
        return max(3, round(rng.randint(low, high) * self.density))


Motif = Callable[[Sheet, Random], Drawing]


def number(value: float) -> str:
    """A coordinate to a tenth of a unit, in as few characters as SVG allows."""
    return _in_tenths(round(value * 10))


@cache
def _in_tenths(tenths: int) -> str:
    """So many tenths; there are some thousand of them on a sheet, and covers by the thousand."""
    text = f"{tenths / 10:g}"
    if 0 < abs(tenths) < 10:
        return text.replace("0.", ".", 1)
    return text if tenths else "0"


def trace(*parts: str | float) -> str:
    """Path data from commands and coordinates in reading order."""
    out: list[str] = []
    after_number = False
    for part in parts:
        if isinstance(part, str):
            out.append(part)
            after_number = False
            continue
        text = _in_tenths(round(part * 10))
        out.append(f" {text}" if after_number and text[0] != "-" else text)
        after_number = True
    return "".join(out)


def segment(x0: float, y0: float, x1: float, y1: float) -> str:
    """A straight line."""
    return trace("M", x0, y0, "L", x1, y1)


def box(x: float, y: float, width: float, height: float) -> str:
    """An upright rectangle."""
    return trace("M", x, y, "h", width, "v", height, "h", -width, "z")


def ring(cx: float, cy: float, radius: float) -> str:
    """A full circle."""
    # two halves meet only if the radius is exact in the tenths that are written
    exact = round(radius * 10) / 10
    half = ("a", exact, exact, 0, 1, 0)
    return trace("M", cx - exact, cy, *half, 2 * exact, 0, *half, -2 * exact, 0, "z")


def dot(cx: float, cy: float) -> str:
    """A point: a full disc, once drawn with round ends and the disc's diameter as weight."""
    return trace("M", cx, cy, "h0")


def ellipse(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0) -> str:
    """A full ellipse, turned by degrees."""
    dx = round(rx * math.cos(math.radians(turn)) * 10) / 10
    dy = round(rx * math.sin(math.radians(turn)) * 10) / 10
    # radii a little too small for their chord are scaled up to fit, so that the halves meet exactly
    half = ("a", rx - 0.2, (rx - 0.2) * ry / rx, turn, 1, 0)
    return trace("M", cx - dx, cy - dy, *half, 2 * dx, 2 * dy, *half, -2 * dx, -2 * dy, "z")


def arc(cx: float, cy: float, radius: float, start: float, end: float) -> str:
    """Part of a circle, from one angle to a greater one, in radians."""
    (x0, y0), (x1, y1) = polar(cx, cy, radius, start), polar(cx, cy, radius, end)
    return trace("M", x0, y0, "A", radius, radius, 0, int(end - start > math.pi), 1, x1, y1)


def polar(cx: float, cy: float, radius: float, angle: float) -> Point:
    """The point at an angle on a circle."""
    return cx + radius * math.cos(angle), cy + radius * math.sin(angle)


def polyline(points: Iterable[Point], *, closed: bool = False) -> str:
    """Straight lines through points, written as steps from one to the next."""
    exact = _to_tenths(points)
    steps = [step for (x0, y0), (x1, y1) in pairwise(exact) for step in (x1 - x0, y1 - y0)]
    return trace("M", *exact[0], "l", *steps) + ("z" if closed else "")


def curve(points: Iterable[Point]) -> str:
    """A smooth line through points (Catmull-Rom), written as steps from one to the next."""
    exact = _to_tenths(points)
    parts: list[str | float] = ["M", *exact[0]]
    afters: Sequence[Point] = [*exact[2:], exact[-1]]
    for index, (here, there, after) in enumerate(zip(exact, exact[1:], afters, strict=False)):
        # the first control point of each later step is the mirror of the one before: "s" leaves it out
        parts += ["c", 0, 0] if index == 0 else ["s"] if index == 1 else []
        dx, dy = there[0] - here[0], there[1] - here[1]
        parts += [dx - (after[0] - here[0]) / 6, dy - (after[1] - here[1]) / 6, dx, dy]
    return trace(*parts)


def _to_tenths(points: Iterable[Point]) -> list[Point]:
    # steps between rounded points do not drift
    return [(round(x * 10) / 10, round(y * 10) / 10) for x, y in points]
