"""A screen in the hall: it shows works while nobody is there, lets nobody out, and begins anew for the next visitor."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from sample_gallery import PAGE
from whole import SECONDS, environment, run

from site_builder.release.browsers import kiosk_command
from site_builder.release.local_server import server_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SCREENS = {"landscape": (1920, 1080), "portrait": (1080, 1920)}
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, select, input:not([type=radio]):not([type=checkbox])")]
  .filter(one => one.offsetParent && !one.closest(".row, .work, .squares, .prose, .hints") && !one.classList.contains("vh"))
  .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && (box.height < 60 || box.width < 44))
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""


@pytest.fixture(scope="module")
def address(gallery_site: Path) -> Iterator[str]:
    """The gallery, served as the command serves it."""
    server = server_for(gallery_site, 0)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=SCREENS)
def screen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Each of the two ways in which screens hang, its clock in our hands."""
    width, height = SCREENS[request.param]
    with browser.new_context(viewport={"width": width, "height": height}, has_touch=True) as context:
        page = context.new_page()
        page.clock.install()
        yield page


@pytest.fixture
def walking(browser: Browser, address: str) -> Iterator[Page]:
    """Inside of the exhibition, on a work's page."""
    with browser.new_context(viewport={"width": 1920, "height": 1080}, has_touch=True) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{address}{PAGE}?kiosk")
        page.locator("html[data-kiosk=ready]").wait_for()
        yield page


def test_the_loop_goes_on_without_a_network(screen: Page, address: str) -> None:
    """Works change place by place; a touch leads in, and every page knows that it is on a screen."""
    screen.goto(f"{address}kiosk/?kiosk")
    screen.locator(".attracting .is-on").wait_for()
    assert not screen.locator(".site-head").is_visible()
    screen.context.set_offline(True)
    places = set()
    for _ in range(4):
        places.add(screen.locator("[data-foot]").get_attribute("data-place"))
        assert screen.locator(".is-on").count() == 1
        screen.clock.run_for(10_000)
    assert places == {"0", "1", "2", "3"}
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screen.context.set_offline(False)
    screen.mouse.click(300, 300)
    screen.wait_for_url(address)
    screen.locator(".kiosk-bar").wait_for()
    assert screen.evaluate(SMALL) == []
    screen.locator(".kiosk-bar").get_by_text("成果").click()
    screen.wait_for_url("**/projects/")
    screen.locator(".kiosk-bar").wait_for()
    assert screen.evaluate(SMALL) == []


def test_nobody_there_for_ninety_seconds_begins_anew(walking: Page, address: str) -> None:
    """The visitor is asked and can stay; else list, words and way of the last visitor are gone."""
    walking.locator("[data-favourite]").first.click()
    walking.locator(".kiosk-bar").get_by_text("检索").click()
    walking.locator("html[data-kiosk=ready]").wait_for()
    walking.clock.run_for(81_000)
    ask = walking.get_by_role("dialog", name="还在看吗？")
    ask.wait_for()
    walking.get_by_role("button", name="继续看").click()
    assert not ask.is_visible()
    walking.clock.run_for(79_000)
    assert not ask.is_visible()
    walking.clock.run_for(3_000)
    assert "秒后回到开头" in ask.inner_text()
    assert 5 <= int(walking.locator(".kiosk-ask b").inner_text()) <= 9
    walking.clock.run_for(10_000)
    walking.wait_for_url(f"{address}kiosk/")
    walking.locator(".attracting").wait_for()
    kept = walking.evaluate("[{...localStorage}, {...sessionStorage}]")
    assert kept == [{}, {"exhibition.kiosk": "1", "exhibition.kiosk.way": "[]"}]
    walking.mouse.click(300, 300)
    walking.locator(".kiosk-bar").wait_for()
    assert walking.locator(".kiosk-bar").get_by_text("返回").is_disabled()


def test_there_is_no_way_out(walking: Page, address: str) -> None:
    """Links that lead out, and files that have no way back, are words; menu, printing, keys and windows do nothing."""
    outside = """() => [...document.querySelectorAll("a[href]")].map(one => one.href)
      .filter(to => !to.startsWith(location.origin) || !/(\\/|\\.html)$/.test(to.split(/[?#]/)[0]))"""
    enlarged = walking.evaluate("[...document.querySelectorAll('a[data-enlarge]')].map(one => one.href)")
    assert sorted(walking.evaluate(outside)) == sorted(enlarged)
    assert walking.locator("a[target]").count() == 0
    made = """() => {
      const link = document.createElement("a");
      link.href = "https://example.org/"; link.target = "_blank"; link.textContent = "出去"; link.id = "out";
      document.querySelector("main, .page").prepend(link);
    }"""
    walking.evaluate(made)
    walking.wait_for_function("!document.getElementById('out').hasAttribute('href')")
    assert walking.evaluate("dispatchEvent(new MouseEvent('contextmenu', {cancelable: true}))") is False
    assert walking.evaluate("open('https://example.org/') === null")
    pressed = "key => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, ctrlKey: true, cancelable: true, bubbles: true}))"
    assert [walking.evaluate(pressed, key) for key in "pnoft"] == [False] * 5
    walking.evaluate("() => { const a = document.createElement('a'); a.href = 'mailto:x@example.org'; a.click(); }")
    assert walking.url.startswith(address)
    for hidden in ("[data-share]", ".fig__o", ".paper"):
        assert not walking.locator(hidden).first.is_visible()


def test_the_way_back_stays_with_the_visitor(walking: Page, address: str) -> None:
    """From page to page and back again, never before the start; the address ends the mode."""
    walking.locator(".kiosk-bar").get_by_text("首页").click()
    walking.wait_for_url(address)
    walking.locator(".kiosk-bar").get_by_text("返回").click()
    walking.wait_for_url(f"{address}{PAGE}?kiosk")
    walking.locator("html[data-kiosk=ready]").wait_for()
    assert walking.locator(".kiosk-bar").get_by_text("返回").is_disabled()
    walking.goto(f"{address}?kiosk=off")
    walking.goto(f"{address}about/")
    assert walking.locator("html[data-kiosk]").count() == 0


def test_keys_on_the_screen_feed_the_search(screen: Page, address: str) -> None:
    """Pinyin is typed with large keys; the field keeps its focus and its suggestions."""
    screen.goto(f"{address}search/?kiosk")
    screen.locator("html[data-kiosk=ready]").wait_for()
    field = screen.locator("#find-q")
    assert field.get_attribute("inputmode") == "none"
    field.click()
    keys = screen.locator(".kiosk-keys")
    keys.wait_for()
    boxes = [one.bounding_box() for one in keys.locator("button").all()]
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 60
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= SCREENS["landscape"][0] for box in boxes)
    for letter in "YBHLX":
        keys.get_by_role("button", name=letter, exact=True).click()
    keys.get_by_role("button", name="退格").click()
    assert field.input_value() == "ybhl"
    screen.clock.run_for(1_000)
    screen.get_by_role("option").first.wait_for()
    keys.get_by_role("button", name="检索").click()
    screen.wait_for_url("**q=ybhl*")
    screen.locator("[data-result]").first.wait_for()


def test_an_address_that_is_not_there_leads_to_the_start(address: str) -> None:
    """Folders are not listed; missing files stay missing; the policy names this host alone."""
    with urllib.request.urlopen(f"{address}no/such/page/") as answer:
        assert answer.url == f"{address}kiosk/?kiosk"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    with urllib.request.urlopen(f"{address}assets/") as answer:
        assert answer.url.endswith("?kiosk")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}media/none.webp")


def test_the_command_serves_a_site_until_it_is_ended(gallery_site: Path, tmp_path: Path) -> None:
    """It says where, tells the line for Windows, and ends with Ctrl+C; what it cannot show it names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "site_builder.cli", "kiosk", "--site", str(gallery_site), "--port", port]
    process = subprocess.Popen(
        command,
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(3)]
        assert f"http://127.0.0.1:{port}/kiosk/?kiosk" in said[0]
        assert "msedge --kiosk" in said[2]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/kiosk/?kiosk") as answer:
            assert b"data-attract" in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    (tmp_path / "假.zip").write_bytes(b"not a zip")
    done = run("kiosk", "--pack", "假.zip", cwd=tmp_path)
    assert (done.returncode, "不是完整的离线包" in done.stderr) == (2, True)
    done = run("kiosk", "--site", str(tmp_path), cwd=tmp_path)
    assert (done.returncode, "没有建成的展览" in done.stderr) == (2, True)


def test_the_browser_fills_the_screen(tmp_path: Path) -> None:
    """With a profile of its own, so that yesterday's tabs do not come back."""
    words = kiosk_command("/opt/browser", "http://127.0.0.1:1/kiosk/?kiosk", profile=tmp_path)
    assert words[:3] == ("/opt/browser", "--kiosk", "http://127.0.0.1:1/kiosk/?kiosk")
    assert f"--user-data-dir={tmp_path}" in words
