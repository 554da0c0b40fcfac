"""Shared fixtures: the project, a built exhibition, a web server and a browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import forked
import pytest
from hypothesis import settings
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).resolve().parent.parent
BUILD_SECONDS = 1800
"""After so long the build of the real exhibition has hung, on whatever machine."""
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # a container's root has none to offer
    "--disable-dev-shm-usage",  # a container's /dev/shm is small
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

# Derandomised, so that a red test is red again; no deadline, because two workers share two cores.
settings.register_profile("exhibition", deadline=None, derandomize=True)
settings.load_profile("exhibition")

# What a page is expected to show is waited for as long as for what it is to do; five seconds are little beside other tests.
expect.set_options(timeout=30_000)

# Hundreds of commands are started, and each would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What cyclonedx-bom brings makes 38 grammars for jsonschema, to check formats that no test asks for: 2.5 s of CPU for each worker.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # so that importing it fails

# A shell tells what it runs in the background, and all that this starts, not to hear Ctrl+C; commands under test must.
signal.signal(signal.SIGINT, signal.default_int_handler)


STRICT = (
    "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'"
)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; the tests' output belongs to pytest."""

    def handle(self) -> None:
        """Forgive a browser that closes a connection it opened ahead of need."""
        with contextlib.suppress(ConnectionError):
            super().handle()


class StrictHandler(QuietHandler):
    """Serves files under the strictest policy."""

    def end_headers(self) -> None:
        """With one header more."""
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()


@pytest.fixture(scope="session", autouse=True)
def loaded_program() -> Iterator[None]:
    """Commands of all tests are forked off one process, which ends with them."""
    yield
    forked.end()


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The clone these tests belong to."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary directory that all xdist workers of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def build_exhibition(site: Path) -> str:
    """Build the real exhibition into `site`; return what went wrong, or nothing."""
    command = [sys.executable, "-m", "site_builder.cli", "build", "--site-dir", str(site)]
    try:
        run = subprocess.run(
            command, cwd=PROJECT, capture_output=True, encoding="utf-8", timeout=BUILD_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"the build of the exhibition took more than {BUILD_SECONDS} seconds"
    if run.returncode != 0:
        return f"{' '.join(command)} ended with {run.returncode}\n{run.stdout}\n{run.stderr}"
    return "" if (site / "index.html").is_file() else f"the build left no {site / 'index.html'}\n{run.stdout}"


def made_once(house: Path, make: Callable[[], str]) -> None:
    """The first of all workers makes what belongs in `house`, the others wait; `make` says what went wrong, or nothing."""
    outcome = house / "outcome"
    try:
        house.mkdir()
    except FileExistsError:
        pass
    else:
        draft = house / "outcome.draft"
        draft.write_text(make(), encoding="utf-8")
        draft.replace(outcome)
    deadline = time.monotonic() + BUILD_SECONDS + 30
    while not outcome.exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    failure = outcome.read_text(encoding="utf-8") if outcome.exists() else f"the worker that made {house.name} is gone"
    if failure:
        pytest.fail(failure, pytrace=False)


@pytest.fixture(scope="session")
def built_site(shared_directory: Path) -> Path:
    """The real exhibition, built once for all workers; read it, never write into it."""
    house = shared_directory / "built-exhibition"
    made_once(house, lambda: build_exhibition(house / "site"))
    return house / "site"


@pytest.fixture(scope="session")
def gallery_site(shared_directory: Path) -> Path:
    """A small exhibition with everything that a gallery can hold, built once for all workers."""
    house = shared_directory / "gallery"

    def make() -> str:
        from sample_gallery import with_gallery
        from whole import run

        done = run("build", cwd=with_gallery(house))
        return "" if done.returncode == 0 else f"{done.stdout}{done.stderr}\n"

    made_once(house, make)
    return house / "site"


@pytest.fixture(scope="session")
def serve_directory() -> Iterator[Callable[[Path], str]]:
    """Serve a directory over HTTP; called with it, answers the base address, without a closing slash."""
    with contextlib.ExitStack() as servers:

        def serve(directory: Path) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(directory)))
            servers.callback(server.server_close)
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            servers.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve


@pytest.fixture(scope="session")
def base(built_site: Path, serve_directory: Callable[[Path], str]) -> str:
    """The address of the built exhibition, without a closing slash."""
    return serve_directory(built_site)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; CHROMIUM in the environment outranks the search."""
    candidates = (
        os.environ.get("CHROMIUM"),
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    for path in (shutil.which(name) for name in candidates if name):
        if path:
            return path
    pytest.fail(
        "Chromium is missing. Install it (Debian: apt-get install chromium-headless-shell fonts-noto-cjk) or name it in CHROMIUM=…",
        pytrace=False,
    )


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker."""
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGUMENTS))
        yield instance
        instance.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page in a context of its own: no cookies, storage or cache of another test."""
    with browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()
