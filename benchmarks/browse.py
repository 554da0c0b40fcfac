"""Numbers of entries come in; a table goes out: what narrowing a list of them costs in Chromium, scripting for each tick, and bytes.

    python benchmarks/browse.py --entries 2000 10000

Script is the browser's own ScriptDuration over a tick, its list of 24 redrawn, and whole is its TaskDuration: script, style, layout and
paint. Both are CPU time of the page's main thread, so that a loaded machine says the same; the pass that narrows and counts is
timed apart, by the clock.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from corpus import write_exhibition
from playwright.sync_api import Page, sync_playwright

TICKS = 12
COLUMNS = (
    *("Entries", "Facets opened, kB (requests)", "A tick, ms of script (most)", "whole (most)"),
    *("The pass within, ms (most)", "All columns, kB"),
)
HEAD = f"| {' | '.join(COLUMNS)} |\n|{' --: |' * len(COLUMNS)}"
PASS = """() => {
  const C = exhibitionColumns, real = C.narrow; window.spent = [];
  C.narrow = function () {
    const began = performance.now(), found = real.apply(C, arguments);
    spent.push(performance.now() - began);
    return found;
  };
}"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def spent_by(session: Any) -> tuple[float, float]:
    """Milliseconds of script, and of all work of the page's main thread, so far."""
    metrics = {one["name"]: float(one["value"]) * 1000 for one in session.send("Performance.getMetrics")["metrics"]}
    return metrics["ScriptDuration"], metrics["TaskDuration"]


def turned_to(page: Page, address: str) -> tuple[int, int]:
    """Opens a list and turns to its facets; bytes and requests that this costs beyond the page itself."""
    found: list[int] = []
    page.goto(address, wait_until="networkidle")
    page.on("response", lambda response: found.append(len(response.body())))
    page.click("[data-open]")
    page.locator("[data-facet] [data-value]").first.wait_for()
    page.wait_for_load_state("networkidle")
    return sum(found), len(found)


def ticks(page: Page) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of script for each tick, of all work for it, and of the pass within."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate(PASS)
    boxes = page.locator("[data-facet] [data-value] input:enabled")
    script: list[float] = []
    whole: list[float] = []
    for nth in range(min(TICKS, boxes.count())):
        before = spent_by(session)
        boxes.nth(nth).evaluate("one => one.click()")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        after = spent_by(session)
        script.append(after[0] - before[0])
        whole.append(after[1] - before[1])
        boxes.nth(nth).evaluate("one => { if (one.checked) one.click(); }")
        page.wait_for_timeout(400)
    return script, whole, [float(one) for one in page.evaluate("spent")]


def figures(entries: int, browser: Any) -> Iterator[str]:
    """The row of one size."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        root, site = Path(scratch, "content"), Path(scratch, "site")
        write_exhibition(root, entries)
        command = [sys.executable, "-m", "site_builder.cli", "build", "--site-dir", str(site)]
        subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL, env=os.environ)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        size, requests = turned_to(page, f"http://127.0.0.1:{server.server_port}/projects/")
        script, whole, passes = ticks(page)
        columns = sum(path.stat().st_size for path in site.glob("search/v1/f/*.js"))
        yield (
            f"| {entries:,} | {size / 1e3:.0f} ({requests}) | {median(script):.1f} ({max(script):.1f}) "
            f"| {median(whole):.0f} ({max(whole):.0f}) | {median(passes):.1f} ({max(passes):.1f}) | {columns / 1e3:.0f} |"
        )
        page.close()
        server.shutdown()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[2000])
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"### Narrowing a list\n\n{HEAD}", flush=True)
        for entries in given.entries:
            for line in figures(entries, browser):
                print(line, flush=True)
        print("\nOf a tick 50 ms of script at 10,000 entries are asked at most.")
        browser.close()


if __name__ == "__main__":
    main()
