"""Pages of programmes in a browser: narrow, in large type, on paper, read aloud; and the way on within a hall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from programmes import AWARD, EXHIBITION, STUDIO
from small import project
from whole import build, exhibition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HALLS = """
title: 2026 样本展期
years: '2025'
halls:
  - {id: jia, title: 样本甲厅, picks: [yang-ben-c, yang-ben-a, yang-ben-b]}
  - {id: yi, title: 样本乙厅, picks: [yang-ben-b, yang-ben-a]}
"""
OLD = "".join(f"  - {{date: {2000 + at // 4}-01-0{at % 4 + 1}, title: 样本活动第{at}项}}\n" for at in range(40))
FILES = {
    **EXHIBITION,
    **{f"projects/2026/yang-ben-{name}.md": project(title=f"样本展品{name}", summary="样本简介。") for name in "abc"},
    "editions/2026.yml": HALLS,
    "awards/yang-ben-jiang.yml": AWARD.replace(
        "entries: 100, winners: 6}", "entries: 100, winners: 6, nonpublic_entries: 60}"
    ),
    "studios/yang-ben-jia.md": STUDIO.replace("activities:\n", f"activities:\n{OLD}"),
    "projects/2024/yang-ben-zhuan-hua.md": project(
        title="样本转化成果", region="样本市", transfer="{status: 可转化, offer: 样本图纸, contact: 样本工会经济部}"
    ),
    "unions/qu-ju.yml": "name: 样本区总工会\nparent: shi-zong\nreports: [{event: ke-ji-jie, plan: 是, workers: 500}]\n",
}
PAGES = (
    "transfer/",
    "talent/",
    "talent/lines/",
    "studios/cycle/",
    "studios/yang-ben-jia/",
    "methods/yang-ben-cao-zuo-fa/",
    "bases/yang-ben-ji-di/",
    "teams/yang-ben-ban-zu/",
    "awards/yang-ben-jiang/",
    "events/ke-ji-jie/",
    "unions/tree/",
    "unions/ji-ceng/",
    "unions/ji-ceng/list/",
    "unions/shi-zong/",
    "unions/shi-zong/list/",
    "editions/2024/regions/",
    "numbers/",
    "editions/compare/",
    "editions/2026/jia/",
)
TARGETS = "#main :is(.places,.tree,.numbers,.turn,.chart,.roll,.offers,.beside,.downs) a, .ledger summary"
SMALL = """places => [...document.querySelectorAll(places)]
  .filter(one => one.checkVisibility({visibilityProperty: true}))
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 43.5 || box.height < 43.5))
  .map(([words, box]) => `${words} ${Math.round(box.width)}×${Math.round(box.height)}`)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of programme, and two halls that share works."""
    return build(exhibition(tmp_path_factory.mktemp("programmes"), FILES))


@pytest.fixture(scope="module")
def root(site: Path, serve_directory: Callable[[Path], str]) -> str:
    """Where it is served."""
    return f"{serve_directory(site)}/"


def test_nothing_sticks_out_and_every_target_fits_a_finger(root: str, page: Page) -> None:
    """At 360 px, and again in large type."""
    page.set_viewport_size({"width": 360, "height": 740})
    faults = []
    for size in ("", "large"):
        page.add_init_script(f"localStorage.setItem('exhibition.size', '{size}')")
        for address in PAGES:
            page.goto(f"{root}{address}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults += [f"{address} {size}: {wide} px"] if wide > 360 else []
            faults += [f"{address} {size}: {words}" for words in page.evaluate(SMALL, TARGETS)]
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_is_found(root: str, page: Page, scheme: str) -> None:
    """By axe-core on every page."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # both are schemes
    found = []
    for address in PAGES:
        page.goto(f"{root}{address}")
        result = Axe().run(page, options={"resultTypes": ["violations"]})
        found += [
            f"{address}: {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in result.response["violations"]
        ]
    assert found == []


def test_a_chart_is_read_aloud_as_a_table(root: str, page: Page) -> None:
    """Its name is finding and description, its rows have heads; what is drawn is not there for readers of the screen."""
    page.goto(f"{root}awards/yang-ben-jiang/")
    table = page.get_by_role("table", name="申报由第二届的 100 项增到第三届的 200 项")
    assert table.get_by_role("columnheader").all_inner_texts() == ["届次", "申报", "获奖", "名额", "收录"]
    assert table.get_by_role("rowheader").all_inner_texts() == ["第二届（2023年）", "第三届（2025年）"]
    assert page.locator("figure.chart svg:not([aria-hidden=true])").count() == 0
    assert page.get_by_role("img").and_(page.locator("figure.chart *")).count() == 0


def test_charts_and_lists_are_whole_on_paper(root: str, page: Page) -> None:
    """Bars in black on white also for who reads in the dark, solid and hollow; old years of a ledger unfolded, no buttons."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{root}awards/yang-ben-jiang/")
    fill = "element => [getComputedStyle(element).fill, getComputedStyle(element).stroke]"
    assert page.locator(".chart__full").nth(1).evaluate(fill)[0] == "rgb(0, 0, 0)"
    assert page.locator(".chart__rest").nth(1).evaluate(fill) == ["none", "rgb(0, 0, 0)"]
    ground = (
        "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor"
    )
    assert "rgb(20, 21, 22)" not in page.evaluate(ground)
    page.goto(f"{root}studios/yang-ben-jia/")
    assert page.get_by_text("样本活动第0项").is_visible()
    page.goto(f"{root}unions/ji-ceng/list/")
    assert page.locator(".crumb,.site-head .menu,.pager").filter(visible=True).count() == 0
    assert page.locator("table.roll tbody tr").count() >= 4


def bar(page: Page) -> list[str]:
    """The foremost bar at the foot: where, and the ways on."""
    first = page.locator(".turn:not(.turn--small)")
    assert first.count() == 1
    return [first.locator(".turn__at a").inner_text(), *first.locator(".turn__t").all_inner_texts()]


def test_who_comes_from_a_hall_goes_on_in_that_hall(root: str, page: Page) -> None:
    """In the curator's order, as long as they go by the bar; who comes from elsewhere goes on in the edition."""
    page.goto(f"{root}editions/2026/jia/")
    page.get_by_role("link", name="样本展品a").first.click()
    page.wait_for_url("**/yang-ben-a/?from=2026/jia")
    assert bar(page) == ["2026 样本展期　样本甲厅", "样本展品c", "样本展品b"]
    page.locator(".turn:not(.turn--small) .turn__n").click()
    page.wait_for_url("**/yang-ben-b/?from=2026/jia")
    assert bar(page) == ["2026 样本展期　样本甲厅", "样本展品a"]
    page.locator("[data-hall='2026/yi'] .turn__n").click()
    page.wait_for_url("**/yang-ben-a/?from=2026/yi")
    assert bar(page) == ["2026 样本展期　样本乙厅", "样本展品b"]
    page.goto(f"{root}projects/yang-ben-a/")
    assert bar(page)[0] == "2026 样本展期"
    page.goto(f"{root}projects/yang-ben-a/?from=2024/no-such-hall")
    assert bar(page)[0] == "2026 样本展期"


def test_the_tour_and_the_panels_of_an_edition_lead_into_the_hall(root: str, page: Page) -> None:
    """From a slide and from a panel; the canonical address stays without the way one came."""
    page.goto(f"{root}editions/2026/jia/tour/#1")
    page.locator("[data-slide]:visible a").click()
    page.wait_for_url("**/yang-ben-c/?from=2026/jia")
    page.goto(f"{root}editions/2026/")
    page.locator("[data-hall='2026/yi'] a").first.click()
    page.wait_for_url("**/yang-ben-b/?from=2026/yi")


def test_without_script_the_ways_on_in_every_hall_are_there(root: str, browser: Browser) -> None:
    """Each bar by name, before and after."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{root}projects/yang-ben-a/")
        ways = page.get_by_role("navigation", name="在展厅里前后")
        assert ways.count() == 2
        assert ways.nth(0).get_by_role("link").all_inner_texts()[-1].split() == ["下一件", "样本展品b"]
        page.locator("[data-hall='2026/jia'] .turn__n").click()
        assert page.url.endswith("/projects/yang-ben-b/")


def test_the_way_one_came_is_known_on_a_disk_too(site: Path, page: Page) -> None:
    """Without a server; an address that somebody broke does no harm."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    work = (site / "projects/yang-ben-c/index.html").as_uri()
    page.goto(f"{work}?from=2026/jia")
    assert bar(page) == ["2026 样本展期　样本甲厅", "样本展品a"]
    page.goto(f"{work}?from=%E0%A4%A")
    assert bar(page)[0] == "2026 样本展期"
    assert faults == []
