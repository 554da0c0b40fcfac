"""A palette, a motif and a mark in, the parts of a cover out: drawings, clipped windows, lettering."""

import unicodedata
from html import escape
from random import Random

from site_builder.media.strokes import Drawing, Motif, Sheet, Stroke, box, number
from site_builder.model.frozen import frozen

WIDTH, HEIGHT, MARGIN = 400, 500, 28
VERMILION, INK, PAPER = "#C8361C", "#17181A", "#F6F4EF"
DEEP = ("#17181A", "#1D2A36", "#22302B", "#33261F")
MID = ("#B9C1C7", "#B5C2BA", "#CDBFAC", "#C4C3BE")
PALE = ("#E3E7EA", "#E0E7E1", "#EBE2D5", "#E6E5E0")
GRAPHITE, HAIRLINE = "#4A4D50", "#BDB9B0"
SERIF = "'Songti SC',STZhongsong,'Noto Serif CJK SC','Source Han Serif SC',serif"
LONGEST_MARK = 4


@frozen
class Palette:
    """Ground, line, accent and line weight: all that rank decides."""

    ground: str
    ink: str
    accent: str
    weight: float


def palette(rank: int, rng: Random) -> Palette:
    """The colours of a rank; the hash chooses within the family."""
    deep, middle, pale = rng.choice(DEEP), rng.choice(MID), rng.choice(PALE)
    if rank <= 0:
        return Palette(VERMILION, "#FFF6F0", INK, 2.2)
    if rank == 1:
        return Palette(deep, "#EDEAE2", VERMILION, 2.0)
    if rank == 2:
        return Palette(middle, INK, VERMILION, 2.0)
    if rank == 3:
        return Palette(pale, INK, VERMILION, 1.8)
    return Palette(PAPER, GRAPHITE, VERMILION, 1.4)


def characters(mark: str) -> tuple[str, ...]:
    """At most four characters of a mark, each with what combines with it, and none that XML forbids."""
    out: list[str] = []
    for char in mark:
        category = unicodedata.category(char)
        if category in {"Cc", "Cf", "Cs"} or category[0] == "Z" or char in "\ufffe\uffff":
            continue
        if out and category[0] == "M":
            out[-1] += char if len(out[-1]) < LONGEST_MARK else ""
        elif category[0] != "M":
            out.append(char)
    return tuple(out[:LONGEST_MARK])


@frozen
class Canvas:
    """What a composition works with."""

    motif: Motif
    mark: tuple[str, ...]
    colours: Palette
    seed: int
    prefix: str

    def draw(self, width: float, height: float, *, weight: float = 1.0, density: float = 1.0) -> Drawing:
        """The motif in a box, never wider than tall: see `overhang`."""
        tall = height + 2 * overhang(width, height)
        return self.motif(Sheet(width, tall, self.colours.weight * weight, density), Random(self.seed))

    def art(self, drawing: Drawing) -> str:
        """A drawing in full, accent included."""
        return self.ink(drawing) + self.accent(drawing.accent)

    def ink(self, drawing: Drawing) -> str:
        """A drawing without its accent."""
        return drawing.ink_svg(self.colours.ink)

    def accent(self, stroke: Stroke) -> str:
        """The one element in the accent colour."""
        return stroke.svg(self.colours.accent)

    def line(self, d: str, weight: float = 1.2) -> str:
        """A line in ink."""
        return Stroke(d, weight).svg(self.colours.ink)

    def solid(self, d: str) -> str:
        """A surface in ink."""
        return Stroke(d).svg(self.colours.ink)

    def clear(self, d: str) -> str:
        """A surface of bare ground."""
        return Stroke(d).svg(self.colours.ground)

    def window(self, name: str, d: str, *, inner: str) -> str:
        """Something seen only through an outline."""
        key = f"{self.prefix}{name}"
        return f'<clipPath id="{key}"><path d="{d}"/></clipPath><g clip-path="url(#{key})">{inner}</g>'

    def framed(self, frame: tuple[float, float, float, float], drawing: str, *, weight: float = 1.2) -> str:
        """A drawing moved into a frame, cut at its edge, the edge drawn."""
        x, y, width, height = frame
        edge = box(x, y, width, height)
        return self.window("f", edge, inner=moved(x, y - overhang(width, height), inner=drawing)) + self.line(
            edge, weight
        )

    def column(self, x: float, y: float, *, size: float, colour: str = "") -> str:
        """The mark from top to bottom: x is its axis, y its upper edge."""
        return self._letters([(x, y + size * (0.88 + 1.14 * i)) for i in range(len(self.mark))], size, colour=colour)

    def row(self, x: float, y: float, *, size: float, colour: str = "") -> str:
        """The mark from left to right: x is its left edge, y its baseline."""
        return self._letters([(x + size * (0.5 + 1.12 * i), y) for i in range(len(self.mark))], size, colour=colour)

    def centred(self, x: float, y: float, *, size: float, colour: str = "") -> str:
        """The mark from left to right about an axis."""
        return self.row(x - self.breadth(size) / 2, y, size=size, colour=colour)

    def breadth(self, size: float) -> float:
        """How long the mark is when set at a size."""
        return size * (1.12 * len(self.mark) - 0.12)

    def _letters(self, places: list[tuple[float, float]], size: float, *, colour: str) -> str:
        text = "".join(
            f'<text x="{number(x)}" y="{number(y)}">{escape(char, quote=False)}</text>'
            for char, (x, y) in zip(self.mark, places, strict=True)
        )
        look = f'font-family="{SERIF}" font-size="{number(size)}" font-weight="600" text-anchor="middle"'
        return f'<g {look} fill="{colour or self.colours.ink}">{text}</g>' if text else ""


def overhang(width: float, height: float) -> float:
    """How far a drawing reaches beyond a low frame, above and below alike: motifs are composed upright."""
    return max(0.0, (width * 1.08 - height) / 2)


def moved(x: float, y: float, *, inner: str) -> str:
    """Something drawn from the origin, put elsewhere."""
    return f'<g transform="translate({number(x)} {number(y)})">{inner}</g>'


def mirrored(inner: str) -> str:
    """A full sheet seen from behind."""
    return f'<g transform="translate({WIDTH} 0) scale(-1 1)">{inner}</g>'
