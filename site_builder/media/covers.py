"""An entry's id, kind, rank, trade and mark in, one SVG cover out: always the same bytes for the same brief."""

import hashlib
from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from site_builder.media import (
    compositions,
    compositions_house,
    motifs_building,
    motifs_energy,
    motifs_goods,
    motifs_life,
    motifs_making,
    motifs_transport,
)
from site_builder.media.canvas import HAIRLINE, HEIGHT, WIDTH, Canvas, Palette, characters, palette
from site_builder.media.strokes import Motif, Sheet, Stroke, box
from site_builder.model.frozen import frozen

BARE_RANK = 4
"""From this rank on a cover is bare paper and needs an edge."""

PLAIN = "plain"

MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        **motifs_energy.MOTIFS,
        **motifs_making.MOTIFS,
        **motifs_goods.MOTIFS,
        **motifs_building.MOTIFS,
        **motifs_transport.MOTIFS,
        **motifs_life.MOTIFS,
    }
)
"""Every motif by name; an industry names those that may stand for it."""

_COMPOSITIONS: Mapping[str, Callable[[Canvas, Random], str]] = MappingProxyType(
    {
        "sheet": compositions.sheet,
        "vignette": compositions.vignette,
        "steps": compositions.steps,
        "name": compositions.name,
        "windows": compositions.windows,
        "ranks": compositions.ranks,
        "plinth": compositions_house.plinth,
        "plate": compositions_house.plate,
        "calendar": compositions_house.calendar,
        "bookspine": compositions_house.bookspine,
    }
)

COMPOSITIONS: tuple[str, ...] = tuple(_COMPOSITIONS)


@frozen
class CoverBrief:
    """All a cover depends on."""

    uid: str
    composition: str
    rank: int
    motifs: tuple[str, ...]
    mark: str


def cover(brief: CoverBrief) -> str:
    """A complete SVG document of 400 by 500."""
    digest = _digest(brief.uid)
    rng = Random(int(digest, 16))
    colours = palette(brief.rank, rng)
    canvas = Canvas(
        motif=_motif(_pick(brief.motifs, digest)),
        mark=characters(brief.mark),
        colours=colours,
        seed=rng.getrandbits(64),
        prefix=f"c{digest[:10]}",
    )
    body = Stroke(box(0, 0, WIDTH, HEIGHT)).svg(colours.ground) + _COMPOSITIONS[brief.composition](canvas, rng)
    if brief.rank >= BARE_RANK:
        body += Stroke(box(0.5, 0.5, WIDTH - 1, HEIGHT - 1), 1).svg(HAIRLINE)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g fill="none">{body}</g></svg>\n'


def palette_of(brief: CoverBrief) -> Palette:
    """The colours that the cover of a brief is drawn in."""
    return palette(brief.rank, Random(int(_digest(brief.uid), 16)))


def banner(motif: str, uid: str) -> str:
    """An inline SVG fragment of 120 by 160 that takes its colours from the page."""
    seed = int(_digest(uid), 16)
    drawing = _motif(motif)(Sheet(120, 160, 0.9, 0.6), Random(seed))
    body = drawing.ink_svg("currentColor") + drawing.accent.svg("currentColor", "accent")
    hidden = 'aria-hidden="true" focusable="false"'
    return f'<svg class="banner" viewBox="0 0 120 160" {hidden}><g fill="none">{body}</g></svg>'


def _digest(uid: str) -> str:
    return hashlib.sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()


def _pick(motifs: tuple[str, ...], digest: str) -> str:
    # an independent part of the hash, so that a new motif in a list changes nothing but the choice
    return motifs[int(digest[-8:], 16) % len(motifs)] if motifs else PLAIN


def _motif(name: str) -> Motif:
    return MOTIFS.get(name, MOTIFS[PLAIN])
