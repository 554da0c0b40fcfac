"""A guided tour in a browser: by keyboard, swipe and timer, at rest for those who want no motion, and readable without its script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from small import PLAIN, project
from whole import build, exhibition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

HALLS = """
    title: 2026 样本展期
    years: 2024—2025
    halls:
      - id: jia
        title: 样本一厅
        intro: 样本前言。
        where:
          industry: 电力
      - id: yi
        title: 样本二厅
        picks: [d, e]
      - id: bing
        title: 样本独件厅
        picks: [d]
"""
TOUR = "editions/2026/jia/tour/"
SUMMARY = "头一句样本。第二句样本！第三句不念。"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three halls: of three works, of two, and of one."""
    works = {
        f"projects/2026/{name}.md": project(
            title=f"样本{name}", industry="电力" if name in "abc" else "冶金", summary=SUMMARY
        )
        for name in "abcde"
    }
    return build(exhibition(tmp_path_factory.mktemp("toured"), PLAIN | works | {"editions/2026.yml": HALLS}))


@pytest.fixture
def tour(site: Path, serve_directory: Callable[[Path], str]) -> str:
    """The address of the first hall's tour."""
    return f"{serve_directory(site)}/{TOUR}"


def shown(page: Page) -> list[str]:
    """Titles of the slides that can be seen."""
    return [title.strip() for title in page.locator("[data-slide] :is(h1,h2):visible").all_inner_texts()]


def test_a_tour_has_the_works_of_its_hall_and_two_sentences_of_each(site: Path) -> None:
    """In the order of the hall; a hall of one work has none, the last one leads to no other."""
    html = (site / TOUR / "index.html").read_text(encoding="utf-8")
    assert html.count("data-work=") == 3
    assert html.count("第二句样本！") == 3
    assert "第三句" not in html
    assert "接着看：样本二厅" in html
    assert not (site / "editions/2026/bing/tour").exists()
    assert "接着看" not in (site / "editions/2026/yi/tour/index.html").read_text(encoding="utf-8")
    assert 'href="../../../editions/2026/jia/tour/"' in (site / "editions/2026/jia/index.html").read_text(
        encoding="utf-8"
    )


def test_only_tours_carry_the_script(site: Path) -> None:
    """No other page pays for it."""
    carrying = {
        path.parent.name for path in site.rglob("index.html") if '/tour.js"' in path.read_text(encoding="utf-8")
    }
    assert carrying == {"tour"}


def test_keys_walk_the_hall(tour: str, page: Page) -> None:
    """One slide at a time; arrows stop at the ends, Escape leads back to the hall."""
    page.goto(tour)
    assert shown(page) == ["样本一厅"]
    page.keyboard.press("ArrowLeft")
    assert shown(page) == ["样本一厅"]
    page.keyboard.press("ArrowRight")
    assert len(shown(page)) == 1
    assert page.locator("[data-at]").inner_text() == "1 / 3"
    page.keyboard.press("End")
    assert shown(page) == ["这一厅看到这里"]
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["这一厅看到这里"]
    page.keyboard.press("Home")
    assert shown(page) == ["样本一厅"]
    with page.expect_navigation():
        page.keyboard.press("Escape")
    assert page.url.endswith("/editions/2026/jia/")


def test_the_way_back_from_a_work_leads_to_its_slide(tour: str, page: Page) -> None:
    """The place is kept in the address, without a step of history for each slide."""
    page.goto(tour)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    seen = shown(page)
    page.locator("[data-slide]:visible a").click()
    page.wait_for_url("**/projects/**")
    page.go_back()
    assert shown(page) == seen


def test_buttons_have_names_and_room_for_a_finger(tour: str, page: Page) -> None:
    """At 360 px, with nothing sticking out and nothing an audit finds."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(tour)
    page.keyboard.press("ArrowRight")
    for box in page.locator("[data-bar] :is(button,a)").all():
        size = box.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.get_by_role("button", name="上一件").count() == 1
    page.evaluate("document.documentElement.dataset.size = 'large'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    broken = page.locator(".tour__play, .tour__exit").evaluate_all(
        """all => all.filter(one => {
             const words = document.createRange();
             words.selectNodeContents(one.firstChild);
             return words.getClientRects().length > 1;
           }).map(one => one.textContent)"""
    )
    assert broken == []
    page.evaluate("delete document.documentElement.dataset.size")
    page.wait_for_timeout(600)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_space_plays_and_any_step_stops(tour: str, page: Page) -> None:
    """Twelve seconds a slide, on a clock that the test turns."""
    page.clock.install()
    page.goto(tour)
    play = page.locator("[data-play]")
    page.keyboard.press(" ")
    assert play.get_attribute("aria-pressed") == "true"
    page.clock.run_for(11_000)
    assert shown(page) == ["样本一厅"]
    page.clock.run_for(2_000)
    assert page.locator("[data-at]").inner_text() == "1 / 3"
    page.keyboard.press("ArrowRight")
    assert play.get_attribute("aria-pressed") == "false"
    page.clock.run_for(60_000)
    assert page.locator("[data-at]").inner_text() == "2 / 3"
    play.click()
    page.clock.run_for(60_000)
    assert shown(page) == ["这一厅看到这里"]
    assert play.get_attribute("aria-pressed") == "false"


def test_a_finger_turns_and_stops(site: Path, serve_directory: Callable[[Path], str], browser: Browser) -> None:
    """A swipe of more than 50 px that does not begin at the messenger's own edge."""
    swipe = """([from, to]) => {
      const tour = document.querySelector("[data-tour]");
      const at = (x) => new Touch({ identifier: 1, target: tour, clientX: x, clientY: 300 });
      tour.dispatchEvent(new TouchEvent("touchstart", { touches: [at(from)], changedTouches: [at(from)], bubbles: true }));
      tour.dispatchEvent(new TouchEvent("touchend", { touches: [], changedTouches: [at(to)], bubbles: true }));
    }"""
    with browser.new_context(has_touch=True, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{serve_directory(site)}/{TOUR}")
        page.locator("[data-play]").click()
        page.evaluate(swipe, [300, 290])
        assert page.locator("[data-play]").get_attribute("aria-pressed") == "false"
        assert shown(page) == ["样本一厅"]
        page.evaluate(swipe, [300, 100])
        assert page.locator("[data-at]").inner_text() == "1 / 3"
        page.evaluate(swipe, [100, 300])
        assert shown(page) == ["样本一厅"]
        page.evaluate(swipe, [300, 100])
        page.evaluate(swipe, [10, 300])
        assert page.locator("[data-at]").inner_text() == "1 / 3"


def test_nothing_moves_for_those_who_want_it_still(tour: str, page: Page) -> None:
    """No timer to start; Space goes on by one."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(tour)
    assert page.locator("[data-play]").is_hidden()
    page.keyboard.press(" ")
    assert page.locator("[data-at]").inner_text() == "1 / 3"


def test_without_its_script_it_is_a_page_to_read(
    site: Path, serve_directory: Callable[[Path], str], browser: Browser
) -> None:
    """All slides beneath each other, in the frame of the site."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{serve_directory(site)}/{TOUR}")
        assert len(shown(page)) == 5
        assert page.locator(".site-head").is_visible()
        assert page.locator("[data-bar]").is_hidden()


def test_on_paper_all_slides_are_there(tour: str, page: Page) -> None:
    """Also while one is shown; how to turn, and where to go on, stays on the screen."""
    page.goto(tour)
    page.emulate_media(media="print")
    assert len(shown(page)) == 4
    assert page.locator("[data-hint], .tour .btn, [data-bar]").locator("visible=true").count() == 0


def test_it_opens_from_a_disk(site: Path, page: Page) -> None:
    """Without a server, where the address may not be changed."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / TOUR / "index.html").as_uri())
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-at]").inner_text() == "1 / 3"
    assert faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_tour_begins(tour: str, page: Page, width: int) -> None:
    """The page is a window from its first paint on, though its script comes late."""
    page.set_viewport_size({"width": width, "height": 800})

    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/tour.js", late)
    page.goto(tour, wait_until="load")
    page.wait_for_function("document.documentElement.hasAttribute('data-touring')")
    moved = page.evaluate(
        """() => new Promise(done => {
             let sum = 0;
             new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
               .observe({type: 'layout-shift', buffered: true});
             setTimeout(() => done(sum), 300);
           })"""
    )
    assert moved < 0.005
    assert len(shown(page)) == 1


def test_a_tour_whose_script_does_not_come_is_a_page(tour: str, page: Page) -> None:
    """All works are there to be read, with head and foot."""
    page.route("**/tour.js", lambda route: route.abort())
    page.goto(tour, wait_until="load")
    page.wait_for_function("!document.documentElement.classList.contains('touring')")
    assert len(shown(page)) == 5
    assert page.locator(".site-head").is_visible()
