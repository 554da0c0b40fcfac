"""Galleries in a browser: the dialog by keyboard, finger and mouse, before and after, films, and all of it without scripts."""

from __future__ import annotations

from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import StrictHandler
from sample_gallery import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture
def strict(gallery_site: Path) -> Iterator[str]:
    """The address of the gallery's page on a server with a strict policy."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(gallery_site))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{PAGE}"
        server.shutdown()


@pytest.fixture
def gallery(gallery_site: Path, page: Page, serve_directory: Callable[[Path], str]) -> Page:
    """The page with the gallery, on a phone."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{serve_directory(gallery_site)}/{PAGE}")
    return page


def shown(page: Page) -> tuple[str, str]:
    """The counter and the words of the picture in the dialog."""
    return page.locator(".show__n").inner_text(), page.locator(".show__stage img").get_attribute("alt") or ""


def test_the_keyboard_walks_the_gallery(gallery: Page) -> None:
    """Enter opens, arrows, Home and End walk, Escape closes, and the focus is where it was."""
    link = gallery.locator("a[data-enlarge]").nth(1)
    link.focus()
    gallery.keyboard.press("Enter")
    assert shown(gallery) == ("2／4", "样本画面二")
    for key, place in (
        ("ArrowRight", "3／4"),
        ("ArrowRight", "4／4"),
        ("ArrowRight", "4／4"),
        ("Home", "1／4"),
        ("ArrowLeft", "1／4"),
    ):
        gallery.keyboard.press(key)
        assert shown(gallery)[0] == place
    gallery.keyboard.press("End")
    assert shown(gallery) == ("4／4", "样本竖画面")
    gallery.keyboard.press("Escape")
    assert not gallery.locator("dialog").is_visible()
    assert link.evaluate("node => node === document.activeElement")
    gallery.keyboard.press(" ")
    assert gallery.locator("dialog").is_visible()


def test_the_focus_stays_in_the_dialog(gallery: Page) -> None:
    """Tab goes round; at the ends the button that leads nowhere is switched off, not lost under the focus."""
    gallery.locator("a[data-enlarge]").first.click()
    for _ in range(8):
        gallery.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert gallery.evaluate(inside)
    gallery.keyboard.press("End")
    assert gallery.get_by_role("button", name="下一张").is_disabled()
    gallery.get_by_role("button", name="上一张").click()
    assert shown(gallery)[0] == "3／4"


def test_caption_and_credit_come_along(gallery: Page) -> None:
    """And the picture is the one of the page, in a size for the whole screen."""
    gallery.locator("a[data-enlarge]").first.click()
    assert gallery.locator(".show__cap").inner_text() == "样本说明一　图／样本供图"
    image = gallery.locator(".show__stage img")
    image.evaluate("node => node.decode()")
    box = image.bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert image.evaluate("node => node.naturalWidth") > 380


def swipe(page: Page, across: int, down: int = 0) -> None:
    """A finger across the picture."""
    page.locator(".show__stage").evaluate(
        """(node, [across, down]) => {
          const at = (type, x, y) => node.dispatchEvent(new PointerEvent(type,
            {clientX: x, clientY: y, isPrimary: true, pointerType: "touch", bubbles: true}));
          at("pointerdown", 200, 300); at("pointerup", 200 + across, 300 + down);
        }""",
        [across, down],
    )


def test_a_finger_turns_the_pages(gallery: Page) -> None:
    """Left is on, right is back; up and down and short strokes are none."""
    gallery.locator("a[data-enlarge]").first.click()
    for across, down, place in ((-120, 10, "2／4"), (-30, 0, "2／4"), (-80, 200, "2／4"), (120, 0, "1／4")):
        swipe(gallery, across, down)
        assert shown(gallery)[0] == place


def test_before_and_after_lie_under_a_slider(gallery: Page) -> None:
    """By keyboard: the later picture is uncovered from the right."""
    pair = gallery.locator("[data-pair]")
    slider = gallery.get_by_role("slider", name="改造前后对比")
    slider.focus()
    assert pair.evaluate("node => node.style.getPropertyValue('--at')") == "50%"
    gallery.keyboard.press("Home")
    assert gallery.locator(".pair__a").evaluate("node => getComputedStyle(node).clipPath") == "inset(0px 0px 0px 0%)"
    gallery.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "改造后露出 99%"
    for side in ("before", "after"):
        word = {"before": "改造前", "after": "改造后"}[side]
        assert pair.get_by_text(word, exact=True).is_visible()


def test_escape_leaves_the_details_before_the_dialog(gallery: Page) -> None:
    """Buttons zoom, arrows belong to the picture, and the way back is where it was."""
    gallery.locator("a[data-zoom]").click()
    gallery.get_by_role("button", name="看细节").click()
    gallery.locator(".zoom__frame canvas").first.wait_for()
    zoom = "document.querySelector('.show__stage').zoomed.viewport.getZoom(false)"
    whole = gallery.evaluate(zoom)
    gallery.get_by_role("button", name="放大").click()
    assert gallery.evaluate(zoom) > whole
    gallery.get_by_role("button", name="全图").click()
    assert gallery.evaluate(zoom) == pytest.approx(whole)
    gallery.keyboard.press("ArrowRight")
    assert gallery.locator(".zoom__frame").is_visible()
    gallery.keyboard.press("Escape")
    assert not gallery.locator(".zoom__frame").is_visible()
    assert shown(gallery) == ("3／4", "样本大图")
    gallery.keyboard.press("Escape")
    assert not gallery.locator("dialog").is_visible()


def test_a_strict_policy_has_nothing_to_refuse(strict: str, page: Page) -> None:
    """Neither inline style nor script nor text written as HTML, in gallery, slider and viewer."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(strict)
    page.get_by_role("slider").fill("20")
    page.locator("a[data-zoom]").click()
    page.get_by_role("button", name="看细节").click()
    page.locator(".zoom__frame canvas").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert refused == []


def test_without_scripts_everything_is_there(gallery_site: Path, browser: Browser) -> None:
    """A link to the largest file, the pair side by side, films and papers as links."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto((gallery_site / PAGE / "index.html").as_uri())
        links = page.locator("a[data-enlarge]")
        assert links.count() == 4
        for number in range(4):
            target = (gallery_site / PAGE / (links.nth(number).get_attribute("href") or "")).resolve()
            assert target.is_file()
        before, after = (page.locator(f".pair__{side}").bounding_box() for side in "ba")
        assert before is not None
        assert after is not None
        assert before["x"] + before["width"] <= after["x"]
        assert page.locator("dialog, [data-pair] + label").count() == 0
        assert page.get_by_role("link", name="样本论文").is_visible()


def test_films_wait_until_they_are_started(gallery: Page) -> None:
    """A poster, captions in Chinese, a transcript; nothing is fetched before."""
    film = gallery.locator("video")
    assert film.get_attribute("preload") == "none"
    assert (film.get_attribute("poster") or "").endswith(".jpg")
    track = film.locator("track")
    assert (track.get_attribute("kind"), track.get_attribute("srclang")) == ("captions", "zh")
    assert gallery.locator("audio").get_attribute("preload") == "none"
    assert gallery.get_by_role("link", name="文字稿").is_visible()
    assert gallery.locator(".paper").inner_text().replace("\n", " ").startswith("样本论文 PDF，")
    assert "3 页" in gallery.locator(".paper").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_hinders_anybody(gallery: Page, scheme: str) -> None:
    """Page and open dialog, by axe; nothing is wider than a small phone and every target is large enough."""
    gallery.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    gallery.set_viewport_size({"width": 360, "height": 700})
    for opened in (False, True):
        if opened:
            gallery.locator("a[data-zoom]").click()
        found = Axe().run(gallery).response["violations"]
        assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found] == []
        assert gallery.evaluate("document.documentElement.scrollWidth") <= 360
    for button in gallery.locator("dialog button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
