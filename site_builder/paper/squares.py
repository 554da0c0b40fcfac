"""A permanent address and a side come in; a QR code that a phone reads at that size goes out as a drawing."""

from itertools import groupby

import segno

from site_builder.model.frozen import frozen

QUIET = 4
"""Modules of white around a code, as ISO/IEC 18004 asks."""
_LEVELS = "hqml"
_LEVELS_LEAST = 0.4
"""Millimetres of a module below which office printers and old phones fail."""


@frozen
class Square:
    """A code as SVG with its quiet zone; its level of error correction and the side of a module in millimetres."""

    svg: str
    level: str
    module: float


def square_of(address: str, side: float, *, module: float = _LEVELS_LEAST) -> Square | None:
    """The code with the strongest correction whose modules are large enough, else with the weakest; None where even that is too fine.

    ``side`` and ``module`` are in millimetres.
    """
    for least in (module, _LEVELS_LEAST):
        for level in _LEVELS:
            rows = tuple(tuple(line) for line in segno.make_qr(address, error=level, boost_error=False).matrix)
            found = side / (len(rows) + 2 * QUIET)
            if found >= least:
                return Square(_svg(rows), level.upper(), found)
    return None


def _svg(rows: tuple[tuple[int, ...], ...]) -> str:
    """Runs of dark modules, a unit each, on white."""
    side = len(rows) + 2 * QUIET
    dark = []
    for y, row in enumerate(rows, QUIET):
        x = QUIET
        for filled, run in groupby(row):
            wide = len(tuple(run))
            if filled:
                dark.append(f"M{x} {y}h{wide}v1h-{wide}z")
            x += wide
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
        f'<path d="M0 0h{side}v{side}h-{side}z" fill="#fff"/><path d="{"".join(dark)}" fill="#000"/></svg>'
    )
