"""A built site comes in; what a first and a second query cost a visitor in Chromium goes out, and what a search finds at all."""

import gzip
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

CODE_AND_INDEX = ("/search/",)
"""Part of the addresses of all that a search costs: its scripts, whatever their names, and its index."""
SHOWN = 24
OURS = "() => !!document.querySelector('[data-result], [data-none]')"
MATERIAL = "() => !!document.querySelector('.md-search-result__item')"
PAGEFIND = f"""async query => {{
  window.pagefind = window.pagefind || await import("/pagefind/pagefind.js");
  const found = await pagefind.search(query);
  await Promise.all(found.results.slice(0, {SHOWN}).map(one => one.data()));
}}"""
PAGEFIND_IDS = """async words => {
  window.pagefind = window.pagefind || await import("/pagefind/pagefind.js");
  const found = [];
  for (const word of words) found.push((await pagefind.search(word)).results.map(one => one.id));
  return found;
}"""
MATERIAL_IDS = """async words => {
  const config = JSON.parse(document.querySelector("#__config").textContent);
  const index = await (await fetch("/search/search_index.json")).json();
  const worker = new Worker(new URL(config.search, location.href));
  const ask = message => new Promise(done => { worker.onmessage = event => done(event.data.data); worker.postMessage(message); });
  await ask({type: 0, data: {...index, options: {suggest: false}}});
  const found = [];
  for (const word of words) found.push((await ask({type: 2, data: word})).items.map(item => item[0].location.split("#")[0]));
  return found;
}"""


@dataclass(frozen=True)
class Cost:
    """Of one query: bytes as they lie on the disk and gzipped, requests, and milliseconds to the first result."""

    size: int
    packed: int
    """The same, each file gzipped, as most servers send it."""
    requests: int
    wait: float


class Counting(SimpleHTTPRequestHandler):
    """Serves files and notes which."""

    protocol_version = "HTTP/1.1"
    # head and body are written apart: every answer would wait some 40 ms for the visitor's acknowledgement
    disable_nagle_algorithm = True
    asked: list[tuple[str, Path]]

    def __init__(self, *args: object, asked: list[tuple[str, Path]], directory: str) -> None:
        self.asked = asked
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # the server gives what the base class takes

    def do_GET(self) -> None:
        """Notes and serves."""
        path = Path(self.translate_path(self.path))
        if path.is_file():
            self.asked.append((self.path.partition("?")[0], path))
        super().do_GET()

    def end_headers(self) -> None:
        """The code folder is named by its content and kept, as docs/deploy.md has web servers say."""
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def visited(site: Path) -> Iterator[tuple[Browser, str, list[tuple[str, Path]]]]:
    """A browser, the address of the site and the list of what was asked for."""
    asked: list[tuple[str, Path]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, asked=asked, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
            yield browser, f"http://127.0.0.1:{server.server_port}", asked
            browser.close()
    finally:
        server.shutdown()
        server.server_close()


def cost_of(page: Page, asked: list[tuple[str, Path]], began: float, *, only: tuple[str, ...]) -> Cost:
    """What was asked for since the list was last emptied; files whose path has none of these words are the page's own."""
    wait = (time.monotonic() - began) * 1000
    page.wait_for_load_state("networkidle")
    files = [path.read_bytes() for address, path in asked if any(word in address for word in only)]
    asked.clear()
    return Cost(sum(map(len, files)), sum(len(gzip.compress(file, 6)) for file in files), len(files), wait)


def ours(site: Path, queries: tuple[str, ...], *, at: str = "search/") -> Iterator[tuple[Cost, Cost]]:
    """For each query on the page ``at``: a first one by a visitor who has nothing yet, then another on the same page."""
    with visited(site) as (browser, base, asked):
        for query, second in zip(queries, (*queries[1:], queries[0]), strict=True):
            with browser.new_context(locale="zh-CN") as context:
                page = context.new_page()
                began = time.monotonic()
                page.goto(f"{base}/{at}?q={quote(query)}", wait_until="commit")
                page.wait_for_function(OURS)
                first = cost_of(page, asked, began, only=CODE_AND_INDEX)
                began = time.monotonic()
                page.goto(f"{base}/{at}?q={quote(second)}", wait_until="commit")
                page.wait_for_function(OURS)
                yield first, cost_of(page, asked, began, only=CODE_AND_INDEX)


def typed(site: Path, queries: tuple[str, ...]) -> Iterator[float]:
    """Milliseconds from Enter on the open search page to the first result, nothing of the index being there: as Pagefind is measured."""
    with visited(site) as (browser, base, _):
        for query in queries:
            with browser.new_context(locale="zh-CN") as context:
                page = context.new_page()
                page.goto(f"{base}/search/", wait_until="networkidle")
                page.fill("#find-q", query)
                began = time.monotonic()
                page.press("#find-q", "Enter")
                page.wait_for_function(OURS)
                yield (time.monotonic() - began) * 1000


def pagefind(site: Path, queries: tuple[str, ...]) -> Iterator[tuple[Cost, Cost]]:
    """The same with Pagefind's own interface for scripts and the data of as many results."""
    with visited(site) as (browser, base, asked):
        for query, second in zip(queries, (*queries[1:], queries[0]), strict=True):
            with browser.new_context(locale="zh-CN") as context:
                page = context.new_page()
                page.goto(f"{base}/empty.html")
                costs = []
                for word in (query, second):
                    began = time.monotonic()
                    page.evaluate(PAGEFIND, word)
                    costs.append(cost_of(page, asked, began, only=("/pagefind/",)))
                yield costs[0], costs[1]


def material(site: Path, query: str) -> Cost:
    """Material's own search with a query in the address; a second query asks for nothing."""
    with visited(site) as (browser, base, asked), browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        page.set_default_timeout(300_000)
        began = time.monotonic()
        page.goto(f"{base}/?q={quote(query)}", wait_until="commit")
        page.wait_for_function(MATERIAL)
        return cost_of(page, asked, began, only=("search", "lunr"))


def found_by_pagefind(site: Path, words: list[str]) -> list[set[str]]:
    """Addresses of the pages that each word finds."""
    pages = {}
    for fragment in (site / "pagefind/fragment").iterdir():
        text = gzip.decompress(fragment.read_bytes())
        pages[fragment.stem] = json.loads(text[text.index(b"{") :])["url"].strip("/")
    with visited(site) as (browser, base, _):
        page = browser.new_page()
        page.set_default_timeout(300_000)
        page.goto(f"{base}/empty.html")
        return [{pages[one] for one in ids} for ids in page.evaluate(PAGEFIND_IDS, words)]


def found_by_material(site: Path, words: list[str]) -> list[set[str]]:
    """Addresses of the pages that each word finds, asked of Material's own worker."""
    with visited(site) as (browser, base, _):
        page = browser.new_page()
        page.set_default_timeout(300_000)
        page.goto(f"{base}/")
        return [{one.strip("/") for one in found} for found in page.evaluate(MATERIAL_IDS, words)]
