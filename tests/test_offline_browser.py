"""The service worker on a real server that can be taken away: what was seen or saved stays, nothing online is stale."""

from __future__ import annotations

import shutil
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from conftest import StrictHandler
from small import PLAIN, project
from whole import build, exhibition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

HALLS = """
title: 2026 样本展期
years: 2024—2025
halls:
  - {id: jia, title: 样本甲厅, picks: [yang-ben-yi, yang-ben-bing]}
  - {id: yi, title: 样本乙厅, picks: [yang-ben-ding, yang-ben-wu]}
"""
FILES = PLAIN | {
    "editions/2026.yml": HALLS,
    "projects/2026/yang-ben-yi.md": project(title="样本乙成果", summary="样本简介旧。"),
    "projects/2026/yang-ben-bing.md": project(title="样本丙成果"),
    "projects/2026/yang-ben-ding.md": project(title="样本丁成果"),
    "projects/2026/yang-ben-wu.md": project(title="样本戊成果"),
}
WORK = "projects/yang-ben-yi/"
ACTIVE = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


class Web:
    """A site under a path of a host, like many unions' sites; it can be taken down and set up again at the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, 0
        self.server: ThreadingHTTPServer | None = None

    def up(self) -> str:
        """Serves; answers the site's address."""
        self.server = ThreadingHTTPServer(
            ("127.0.0.1", self.port), partial(StrictHandler, directory=str(self.folder)), bind_and_activate=True
        )
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{self.port}/zhan/"

    def down(self) -> None:
        """No connection from now on."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An exhibition and its first build."""
    root = exhibition(tmp_path_factory.mktemp("offline") / "root", FILES)
    first = root.parent / "first"
    build(root).rename(first)
    return root, first


@pytest.fixture
def web(made: tuple[Path, Path], tmp_path: Path) -> Iterator[Web]:
    """The first build on a server of its own, for origins keep workers apart."""
    shutil.copytree(made[1], tmp_path / "zhan")
    served = Web(tmp_path)
    yield served
    served.down()


def at_work(page: Page, address: str) -> None:
    """Opens a page with its worker awake."""
    page.goto(address)
    page.wait_for_function(ACTIVE)


def test_what_was_seen_stays_and_the_rest_is_told(page: Page, web: Web) -> None:
    """A page seen opens without a network, styled; one never seen leads to words, and back when the network is there."""
    site = web.up()
    at_work(page, site)
    page.goto(f"{site}{WORK}", wait_until="networkidle")
    web.down()
    page.goto(site)
    page.goto(f"{site}{WORK}")
    assert page.get_by_role("heading", level=1).inner_text() == "样本乙成果"
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("zh-marks")
    page.goto(f"{site}projects/yang-ben-bing/")
    assert page.get_by_role("heading", level=1).inner_text() == "现在没有网络"
    web.up()
    page.get_by_role("link", name="再试一次").click()
    page.wait_for_url(f"{site}projects/yang-ben-bing/")
    assert page.get_by_role("heading", level=1).inner_text() == "样本丙成果"


def test_a_hall_is_saved_with_its_works(page: Page, web: Web) -> None:
    """By one button; the works that were never opened are there, covers included, and no work of another hall."""
    site = web.up()
    at_work(page, f"{site}editions/2026/jia/")
    page.reload()
    page.get_by_role("button", name="离线保存本厅").click()
    page.get_by_text("没有网络也能看").wait_for()
    web.down()
    page.get_by_role("link", name="样本丙成果").first.click()
    page.wait_for_url("**/projects/yang-ben-bing/**")
    assert page.get_by_role("heading", level=1).inner_text() == "样本丙成果"
    page.wait_for_function("[...document.images].filter(i => i.loading !== 'lazy').every(i => i.naturalWidth)")
    page.goto(f"{site}projects/yang-ben-ding/")
    assert page.get_by_role("heading", level=1).inner_text() == "现在没有网络"


def test_a_new_build_is_shown_at_once_and_drops_what_is_old(page: Page, web: Web, made: tuple[Path, Path]) -> None:
    """Online nothing is stale; the caches of the build before go; what was saved is saved anew; switched off, all goes."""
    site = web.up()
    at_work(page, f"{site}editions/2026/jia/")
    page.reload()
    page.get_by_role("button", name="离线保存本厅").click()
    page.get_by_text("没有网络也能看").wait_for()
    page.goto(f"{site}{WORK}")
    root, old = made[0], page.evaluate("caches.keys()")
    entry = root / "content" / "projects/2026/yang-ben-yi.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("简介旧", "简介新"), encoding="utf-8")
    shutil.copytree(build(root), web.folder / "zhan", dirs_exist_ok=True)
    page.reload()
    assert page.get_by_text("样本简介新。").first.is_visible()
    page.evaluate("navigator.serviceWorker.ready.then(found => found.update())")
    page.wait_for_function(
        "old => caches.keys().then(now => now.length === old.length && now.some(name => !old.includes(name)))", arg=old
    )
    page.wait_for_function(
        """page => caches.match(page, {cacheName: "exhibition /zhan/ saved"})
          .then(found => found.text()).then(text => text.includes("样本简介新"))""",
        arg=f"{site}{WORK}",
    )
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("  - exhibition:\n", "  - exhibition:\n      offline: false\n"),
        encoding="utf-8",
    )
    without = build(root)
    assert "data-offline" not in (without / "index.html").read_text(encoding="utf-8")
    assert not (without / "offline").exists()
    shutil.copy(without / "sw.js", web.folder / "zhan/sw.js")
    page.evaluate("navigator.serviceWorker.ready.then(found => found.update())")
    page.wait_for_function("caches.keys().then(names => names.length === 0)")
    page.wait_for_function("navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")


def test_searching_without_a_network_is_honest(page: Page, web: Web) -> None:
    """The page of the search opens; where its index was not kept it says so and does not turn for ever."""
    site = web.up()
    at_work(page, site)
    page.goto(f"{site}search/", wait_until="networkidle")
    web.down()
    page.goto(f"{site}search/?q=样本丁")
    page.get_by_text("现在读不到数据").first.wait_for()


def test_a_screen_in_the_hall_has_no_worker(page: Page, web: Web) -> None:
    """It has the site on its own disk."""
    site = web.up()
    page.goto(f"{site}?kiosk", wait_until="networkidle")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
