"""The style sheet of tokens comes in; its values by scheme, and the contrast of what stands on what, go out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BLOCK = re.compile(r"(:root(?:\[data-md-color-scheme=slate\])?)\{([^}]*)\}")
_TOKEN = re.compile(r"--([a-z0-9-]+):([^;}]+)")
TEXT, MARK = 4.5, 3.0
"""The least contrast of words, and of what is not words but must be seen (WCAG 2.2, 1.4.3 and 1.4.11)."""
PAIRS = (
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "zhu") for ground in ("paper", "wall")),
    ("indigo", "indigo-wall", TEXT),
    ("on-zhu", "zhu-fill", TEXT),
    *((ink, "band", TEXT) for ink in ("on-band", "on-band-2", "on-band-zhu")),
    ("field", "paper", MARK),
    ("rule", "paper", MARK),
)
"""What stands on what, and the contrast it needs."""


@dataclass(frozen=True)
class Contrast:
    """One colour on another: their names and values, the ratio, the least that is allowed."""

    ink: str
    ground: str
    colours: tuple[str, str]
    ratio: float
    least: float


def tokens_in(css: str) -> dict[str, dict[str, str]]:
    """``light`` and ``dark`` → token → value; what dark does not say is as in light."""
    blocks = {selector: dict(_TOKEN.findall(body)) for selector, body in reversed(_BLOCK.findall(css))}
    light = blocks[":root"]
    return {"light": light, "dark": light | blocks[":root[data-md-color-scheme=slate]"]}


def contrasts(tokens: Mapping[str, str]) -> list[Contrast]:
    """Each pair of one scheme."""
    return [
        Contrast(ink, ground, (tokens[ink], tokens[ground]), ratio(tokens[ink], tokens[ground]), least)
        for ink, ground, least in PAIRS
    ]


def ratio(one: str, other: str) -> float:
    """The contrast of two colours (``#rrggbb``), 1 to 21, by WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
