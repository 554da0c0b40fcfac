"""A built site comes in; pictures of one page of each kind go out, on a desk and a phone, light and dark, and sheets with many at a glance.

Run as ``python -m showroom.pictures site build/pictures [kind or setting …]``, or ``make pictures``. Needs Chromium (docs/contributing.md).
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from showroom.kinds import WIDTHS, room, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

TALLEST = 4000
"""Longer pages are cut here, in pixels: what follows repeats."""
ALL_IN = """tallest => {
  const late = [...document.querySelectorAll('img[loading=lazy]')].filter(one => one.getBoundingClientRect().top < tallest);
  late.forEach(one => { one.loading = 'eager' });
  return Promise.all(late.map(one => one.decode().catch(() => undefined)));
}"""
"""Loads the pictures that wait for the visitor to scroll."""
COLUMNS, STRIP, ROW = 8, 300, 900
"""A sheet: pictures in a row, and the pixels that each may take."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address under which the site is served on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a screen; the environment variable CHROMIUM names another than the one on the path."""
    with sync_playwright() as playwright:
        names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium", "google-chrome")
        path = next((found for found in (shutil.which(name) for name in names if name) if found), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def take(page: Page, file: Path) -> None:
    """Writes a picture of the page from its head on, with all that comes in when one scrolls."""
    page.add_style_tag(content="*{content-visibility:visible!important}")
    page.evaluate(ALL_IN, TALLEST)
    size = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)})


def lay_on_a_sheet(out: Path, names: list[str], what: str) -> None:
    """Many small pictures on one, the name above each."""
    rows = -(-len(names) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * STRIP, rows * ROW), "#888")
    pen = ImageDraw.Draw(sheet)
    for number, name in enumerate(names):
        with Image.open(out / f"{name}-{what}.png") as picture:
            small = picture.convert("RGB")
            scale = (STRIP - 10) / small.width
            small = small.resize((STRIP - 10, max(1, round(small.height * scale)))).crop((0, 0, STRIP - 10, ROW - 20))
            small = small.crop((0, 0, STRIP - 10, min(ROW - 20, round(picture.height * scale))))
        left, top = number % COLUMNS * STRIP, number // COLUMNS * ROW
        pen.text((left + 4, top + 3), name, fill="#fff")
        sheet.paste(small, (left + 5, top + 16))
    sheet.save(out / f"sheet-{what}.png")


def main(site: Path, out: Path, words: list[str]) -> None:
    """Kinds of pages and reading settings that the words name; without words all of them."""
    out.mkdir(parents=True, exist_ok=True)
    chosen, modes = wanted(site, words)
    with served(site) as base, chromium() as browser:
        for width, mode in product(WIDTHS, modes):
            with room(browser, width, mode) as context:
                page = context.new_page()
                for one in chosen:
                    page.goto(base + one.address, wait_until="load")
                    take(page, out / f"{one.name}-{width}-{mode}.png")
            lay_on_a_sheet(out, [one.name for one in chosen], f"{width}-{mode}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
