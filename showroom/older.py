"""A built site and an old Chromium come in; pictures of one page of each kind, as it shows them on a phone, go out.

Run as ``python -m showroom.older site build/older path/to/chromium [kind …]``. The browser is asked by its command line, for today's driver
does not speak to one of 2018. docs/accessibility.md says where such a browser can be had.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from showroom.kinds import WIDTHS, wanted
from showroom.pictures import TALLEST, served

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--single-process", "--no-zygote", "--hide-scrollbars")
WAIT = "--virtual-time-budget=4000"
"""Milliseconds that pages believe to have passed: until their scripts are done."""


def main(site: Path, out: Path, browser: str, words: list[str]) -> None:
    """A picture for each kind that the words name; without words all of them."""
    out.mkdir(parents=True, exist_ok=True)
    with served(site) as base:
        for one in wanted(site, words)[0]:
            picture = out / f"{one.name}-{min(WIDTHS)}.png"
            size = f"--window-size={min(WIDTHS)},{TALLEST}"
            subprocess.run(
                [browser, *FLAGS, WAIT, size, f"--screenshot={picture}", base + one.address],
                check=True,
                stderr=subprocess.DEVNULL,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
