"""A built site comes in; what axe-core finds amiss on one page of each kind goes out, at both widths, in every reading setting.

Run as ``python -m showroom.barriers site [kind or setting …]``, or ``make barriers``. Folds are open and the menu is unfolded, for what is
hidden is not looked at. Ends with 1 where anything was found. The suite does the same for few kinds; this takes some minutes.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python

from showroom.kinds import WIDTHS, room, wanted
from showroom.pictures import chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
UNFOLD = """() => {
  document.querySelectorAll('main details').forEach(one => { one.open = true });
  const menu = document.querySelector('.drawer--menu'); if (menu) menu.open = true;
}"""
FIND = """async values => (await axe.run({runOnly: {type: 'tag', values}, resultTypes: ['violations']})).violations
  .flatMap(fault => fault.nodes.slice(0, 3).map(node => `${fault.id} ${node.target} ${node.html.slice(0, 120)}`))"""


def barriers(page: Page) -> list[str]:
    """WCAG 2.2 A and AA, with the folds of the page open."""
    page.evaluate(UNFOLD)
    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(FIND, LEVELS)
    return found


def main(site: Path, words: list[str]) -> int:
    """Prints what is found, and how many pages were looked at; answers how much that is."""
    chosen, modes = wanted(site, words)
    total = looked = 0
    with served(site) as base, chromium() as browser:
        for width, mode in product(WIDTHS, modes):
            with room(browser, width, mode) as context:
                page = context.new_page()
                for one in chosen:
                    page.goto(base + one.address, wait_until="load")
                    found = barriers(page)
                    looked, total = looked + 1, total + len(found)
                    for fault in found:
                        print(f"{one.name} {width} px {mode}: {fault}", flush=True)  # noqa: T201 - a command for people
    print(f"{looked} pages, {total} barriers")  # noqa: T201 - likewise
    return total


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]), sys.argv[2:]) else 0)
