"""Pictures as a phone and a desk see them: weight, stillness, the right size for the place, and what stands there until they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_media import with_pictures
from test_media_site import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

ENTRY = "projects/a/"
MOST_BYTES = 350_000
MOST_SHIFT = 0.02
LEVELS = (0x48, 0x8F, 0xD2)
"""Of the grounds in theme/styles/55-picture.css."""
WATCH_SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) window.shift += e.value; }))
    .observe({type: "layout-shift", buffered: true});
}"""
MEASURE = """() => [...document.images].filter(i => i.currentSrc.includes("/media/") && i.getClientRects().length).map(i => {
  const style = getComputedStyle(i), box = i.getBoundingClientRect();
  const inner = box.width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const height = box.height - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const ratio = i.getAttribute("width") / i.getAttribute("height");
  const shown = style.objectFit === "contain" ? Math.min(inner, height * ratio) : inner;
  return {source: i.currentSrc.split("/").pop(), fit: style.objectFit, shown, ratio,
    box: inner / height, file: +/-(\\d+)\\.webp/.exec(i.currentSrc)[1]};
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built exhibition with photographs, a portrait and a logo."""
    return build(with_pictures(tmp_path_factory.mktemp("pictured")))


@pytest.fixture(params=[(390, 2), (390, 3), (1280, 1), (1280, 2)], ids=["phone", "sharp phone", "desk", "sharp desk"])
def screen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on one of these screens."""
    width, dots = request.param
    with browser.new_context(viewport={"width": width, "height": 844}, device_scale_factor=dots) as context:
        context.add_init_script(f"({WATCH_SHIFTS})()")
        yield context.new_page()


def scrolled(page: Page, address: str) -> None:
    """Opens a page and goes down from picture to picture, so that every lazy one that shows comes."""
    page.goto(address, wait_until="networkidle")
    for image in page.locator("img:visible").all():
        image.scroll_into_view_if_needed()
    page.wait_for_function(
        "[...document.images].every(i => i.getClientRects().length === 0 || (i.complete && i.naturalWidth))"
    )


def test_an_entry_with_three_pictures_is_light_and_still(
    site: Path, screen: Page, serve_directory: Callable[[Path], str]
) -> None:
    """All bytes of the page, scrolled to its end; nothing moves when a picture comes."""
    sizes: list[int] = []

    def weigh(response: Response) -> None:
        sizes.append(len(response.body()))

    screen.on("response", weigh)
    scrolled(screen, f"{serve_directory(site)}/{ENTRY}")
    assert len(sizes) > 4
    if screen.viewport_size and screen.viewport_size["width"] == 390:
        assert sum(sizes) <= MOST_BYTES, sizes
    assert screen.evaluate("window.shift") <= MOST_SHIFT


@pytest.mark.parametrize("address", [ENTRY, "craftsmen/yang-ben-jia/", "projects/", "craftsmen/"])
def test_each_place_gets_the_size_it_shows(
    site: Path, screen: Page, serve_directory: Callable[[Path], str], address: str
) -> None:
    """Sharp to twice the dots where the original is large enough, never much more than is shown, and never distorted."""
    scrolled(screen, f"{serve_directory(site)}/{address}")
    dots = min(2, int(screen.evaluate("devicePixelRatio")))
    images = screen.evaluate(MEASURE)
    assert images
    for image in images:
        assert image["source"].endswith(".webp")
        wanted = image["shown"] * dots
        assert image["file"] >= min(wanted * 0.95, 480 if image["ratio"] == 2 else 800), image
        assert image["file"] <= max(480, wanted * 2.1), image
        assert image["fit"] == "contain" or abs(image["box"] - image["ratio"]) < 0.03, image


def test_the_ground_is_there_before_the_picture(site: Path, page: Page, serve_directory: Callable[[Path], str]) -> None:
    """While no picture comes, its box has its shape and the picture's own colour, not the wall's."""
    page.route("**/media/**", lambda route: route.abort())
    page.goto(f"{serve_directory(site)}/{ENTRY}")
    front = page.locator(".fig img").first
    box = front.bounding_box()
    assert box is not None
    assert abs(box["width"] / box["height"] - 1.5) < 0.02
    assert front.evaluate("i => getComputedStyle(i).backgroundColor") in {
        f"rgb({red}, {green}, {blue})" for red in LEVELS for green in LEVELS for blue in LEVELS
    }
