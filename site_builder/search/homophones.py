"""Nothing comes in; which characters sound alike goes out, so that the browser can offer 焊接 to those who typed 焊结."""

from collections import defaultdict
from functools import cache
from itertools import groupby

from site_builder.search.sounds import sounds_of_characters

ROWS, LAST_COMMON = range(0xB0, 0xF8), 0xD7
"""Rows of GB 2312; the characters of its first level, up to the row D7, stand there in the order of their sounds."""


@cache
def homophones() -> str:
    """``a2 ai13 …;han:扞悍… …``: the first level of GB 2312 as runs of one sound, then all other sounds and characters.

    Each character stands under every common sound of it.
    """
    common = _sounding(range(ROWS.start, LAST_COMMON + 1))
    runs: list[str] = []
    for _, sounds in common:
        # a character of several sounds continues the run where it can
        runs.append(runs[-1] if runs and runs[-1] in sounds else next(iter(sounds), "-"))
    others: dict[str, list[str]] = defaultdict(list)
    for (one, sounds), said in zip(common, runs, strict=True):
        for sound in sounds:
            if sound != said:
                others[sound].append(one)
    for one, sounds in _sounding(range(LAST_COMMON + 1, ROWS.stop)):
        for sound in sounds:
            others[sound].append(one)
    first = " ".join(f"{sound}{len(list(run))}" for sound, run in groupby(runs))
    rest = " ".join([f"{sound}:{''.join(found)}" for sound, found in sorted(others.items())])
    return f"{first};{rest}"


def _sounding(rows: range) -> list[tuple[str, tuple[str, ...]]]:
    """The characters of these rows with their sounds."""
    characters = bytes(byte for row in rows for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode(
        "gb2312", "ignore"
    )
    return list(zip(characters, sounds_of_characters(characters), strict=True))
