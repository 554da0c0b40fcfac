"""What visitors meet in a browser: narrow and wide, light and dark, by keyboard, on paper, without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

NAMES = {
    "home": "",
    "edition": "editions/20*/",
    "hall": "editions/permanent/*/",
    "project": "projects/*/",
    "method": "methods/*/",
    "craftsman": "craftsmen/*/",
    "studio": "studios/*/",
    "award": "awards/*/",
    "event": "events/*/",
    "organisation": "organisations/*/",
    "list": "projects/",
    "list page 2": "projects/page/2/",
    "people": "craftsmen/",
    "editions": "editions/",
    "numbers": "numbers/",
    "comparison": "editions/compare/",
    "topic": "industries/*/",
    "story": "stories/*/",
    "about": "about/",
    "missing": "no/such/page/",
}
"""Each sort of page and where such pages lie; of several the heaviest is looked at."""
WIDTHS = (320, 360, 390, 1280)
TOUCH = 44
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules that can tell another colour scheme of the same page."""
SETTINGS = ".site-head details.settings"

every_sort = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def addresses(built_site: Path) -> dict[str, str]:
    """Sort of page → the address of one."""
    found = {}
    for name, pattern in NAMES.items():
        pages = [
            path for path in built_site.glob(f"{pattern}index.html") if path.parent.name not in {"page", "results"}
        ]
        heaviest = max(pages, key=lambda path: (path.stat().st_size, path.as_posix()), default=None)
        assert heaviest or name == "missing", f"the exhibition has no {name}"
        found[name] = heaviest.parent.relative_to(built_site).as_posix() if heaviest else pattern.rstrip("/")
    return {name: "" if path == "." else f"{path}/" for name, path in found.items()}


class Site:
    """The exhibition behind a server, as a browser opens its pages."""

    def __init__(self, base: str, directory: Path, addresses: dict[str, str]) -> None:
        self.base, self.directory, self.addresses = base, directory, addresses

    def open(self, page: Page, name: str) -> None:
        """Goes to a page of that sort; for what is missing the server answers with the page made for it."""
        page.route("**/no/such/page/", lambda route: route.fulfill(path=self.directory / "404.html"))
        page.goto(f"{self.base}/{self.addresses[name]}", wait_until="load")


@pytest.fixture
def site(serve_directory: Callable[[Path], str], built_site: Path, addresses: dict[str, str]) -> Site:
    """The exhibition, served."""
    return Site(serve_directory(built_site), built_site, addresses)


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser whose scripts are switched off."""
    with browser.new_context(
        java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 800}
    ) as context:
        yield context.new_page()


def seen(page: Page) -> tuple[list[str], list[str]]:
    """The visible lines of the main part, and where its links lead; buttons that only scripts can serve left out, and the fold that
    stands in the place of one where there are none.
    """
    buttons = {words.strip() for words in page.locator("#main button, #main .narrow > summary").all_inner_texts()}
    lines = [line.strip() for line in page.locator("#main").inner_text().splitlines()]
    links = [link.get_attribute("href") or "" for link in page.locator("#main a").all()]
    return [line for line in lines if line and line not in buttons | {"复制链接", "分享", ""}], links


# --- loading ---------------------------------------------------------------------------------------------------------


@every_sort
def test_a_page_loads_without_a_fault_and_from_its_own_host(site: Site, page: Page, name: str) -> None:
    """No error on the console, no failed request, no request to another host, and every picture is there."""
    faults: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.on(
        "response",
        lambda response: faults.append(f"{response.status}: {response.url}") if response.status >= 400 else None,
    )
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    site.open(page, name)
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed() if image.is_visible() else None
    page.wait_for_load_state("networkidle")
    broken = page.evaluate("[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)")
    assert faults == []
    assert broken == []
    assert hosts == {urlsplit(site.base).netloc}
    assert page.locator("h1").is_visible()


@every_sort
def test_nothing_is_lost_without_scripts(site: Site, page: Page, plain_page: Page, name: str) -> None:
    """The main part says the same and leads to the same places."""
    page.set_viewport_size({"width": 390, "height": 800})
    site.open(page, name)
    site.open(plain_page, name)
    with_scripts, without = seen(page), seen(plain_page)
    assert without == with_scripts
    assert len(without[0]) > 2
    assert plain_page.locator("[data-share]:visible").count() == 0, "a button that does nothing"


def test_the_menu_is_there_for_all(site: Site, page: Page, plain_page: Page) -> None:
    """On a phone the drawer holds the menu of the header's line; without script it leads to the map of all columns."""
    page.set_viewport_size({"width": 390, "height": 800})
    site.open(page, "project")
    page.locator(".site-head .drawer--menu summary").click()
    ways = page.locator(".site-head .menu a").evaluate_all("all => all.map(one => one.href)")
    assert page.locator(".drawer--menu ul a:visible").evaluate_all("all => all.map(one => one.href)") == ways
    site.open(plain_page, "project")
    menu = plain_page.locator(".site-head .drawer--menu")
    assert not menu.locator("a").first.is_visible()
    menu.locator("summary").click()
    menu.get_by_text("全部栏目").click()
    footer = plain_page.locator("#columns")
    assert plain_page.url.endswith("#columns")
    there = footer.locator("a:visible").evaluate_all("all => all.map(one => one.href)")
    home = plain_page.locator(".brand").evaluate("one => one.href")
    assert {way for way in ways if way.partition("#")[0] != home} <= {*there}


def test_the_missing_page_names_the_address_and_leads_home(site: Site, page: Page) -> None:
    """At any depth its styles load and its links work."""
    site.open(page, "missing")
    assert page.evaluate("getComputedStyle(document.querySelector('.lost')).fontFamily") != ""
    assert page.locator("[data-asked]").get_attribute("data-asked") == "/no/such/page/"
    page.locator("#main li a").first.click()
    assert urlsplit(page.url).path == "/"


def test_the_home_page_opens_from_a_disk(built_site: Path, page: Page) -> None:
    """A copy on a stick shows words and styles without any server."""
    page.goto((built_site / "index.html").as_uri())
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.wall')).display") in {"grid", "flex"}
    assert page.evaluate("[...document.images].filter(i => i.complete && !i.naturalWidth).length") == 0


# --- light and dark, large and small ---------------------------------------------------------------------------------

BRIGHTNESS = """() => {
  const canvas = document.createElement('canvas').getContext('2d');
  const bright = colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (red * 2 + green * 5 + blue) / 8;
  };
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'white';
  };
  const title = document.querySelector('h1');
  return [bright(ground(title)), bright(getComputedStyle(title).color)];
}"""
"""How bright the ground of the title is, and its words; 0 to 255."""


def is_dark(page: Page) -> bool:
    """Whether light words stand on a dark ground."""
    ground, words = page.evaluate(BRIGHTNESS)
    assert abs(ground - words) > 90, "words and ground are alike"
    return bool(ground < words)


@pytest.mark.parametrize("name", ["home", "project", "list", "about", "missing"])
def test_dark_follows_the_system(site: Site, page: Page, name: str) -> None:
    """And turns with it while the page is open."""
    site.open(page, name)
    for scheme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # both are schemes
        assert is_dark(page) is (scheme == "dark")


def choose(page: Page, words: str) -> None:
    """Opens the reading settings in the header and takes that choice."""
    if not page.locator(f"{SETTINGS}[open]").count():
        page.locator(f"{SETTINGS} summary").click()
    page.locator(f"{SETTINGS} label", has_text=words).last.click()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_reader_s_own_settings_outrank_the_system_and_last(site: Site, page: Page, width: int) -> None:
    """Dark and large are kept over reloads and on other pages, written in Markdown or pressed; and can be taken back."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="light")
    site.open(page, "project")
    size = "parseFloat(getComputedStyle(document.querySelector('#main p')).fontSize)"
    before = page.evaluate(size)
    choose(page, "暗")
    choose(page, "大字")
    for name in ("project", "project", "about", "home"):
        assert is_dark(page)
        if name == "project":
            assert page.evaluate(size) > before
            assert page.locator(f"{SETTINGS} input:checked").evaluate_all("inputs => inputs.map(i => i.value)") == [
                "large",
                "",
                "slate",
            ]
        site.open(page, name)
    site.open(page, "project")
    choose(page, "跟随系统")
    choose(page, "标准")
    page.reload()
    assert not is_dark(page)
    assert page.evaluate(size) == before
    page.locator(".site-foot .settings summary").click()
    page.locator(".site-foot .settings label", has_text="大字").click()
    assert page.evaluate(size) > before
    assert page.locator(f"{SETTINGS} input[value=large]").is_checked()
    page.locator(".site-foot .settings label", has_text="标准").click()
    page.emulate_media(color_scheme="dark")
    assert is_dark(page)
    choose(page, "明")
    assert not is_dark(page)


BEYOND = """limit => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > limit + 1)
  .slice(0, 3).map(one => one.tagName + '.' + one.className)"""
"""The first elements that reach beyond the right edge."""

TOO_SMALL = """([places, least]) => [...document.querySelectorAll(places)]
  .filter(one => one.checkVisibility({visibilityProperty: true}))
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([words, box]) => box.width && (box.width < least || box.height < least))
  .map(([words, box]) => `${words} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
"""Visible elements that a finger may miss."""


@every_sort
def test_nothing_sticks_out_sideways(site: Site, page: Page, name: str) -> None:
    """At no width, nor with text half as large again, must anybody scroll sideways."""
    site.open(page, name)
    faults = []
    for text in ("", "150%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{width} px {text}: {wide} px wide: {page.evaluate(BEYOND, width)}")
    assert faults == []


@pytest.mark.parametrize("name", ["home", "hall", "project", "list page 2", "award", "story", "missing"])
def test_fingers_can_hit_what_leads_on(site: Site, page: Page, name: str) -> None:
    """On a phone menus, pages of lists, ways to the next entry and buttons are 44 px each way."""
    page.set_viewport_size({"width": 390, "height": 800})
    site.open(page, name)
    page.locator(".site-head .drawer--menu summary").click()
    places = (
        ".site-head a, .site-head summary, .pager a, .turn a, .doors a, .btn, button, .site-foot nav a, .wall__ways a"
    )
    small = page.evaluate(TOO_SMALL, [places, TOUCH - 0.5])
    assert small == []


# --- keyboard --------------------------------------------------------------------------------------------------------

FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {name: one.tagName + '.' + one.className, ring, inside, size: box.width * box.height};
}"""
"""What has the focus, and whether one can see that."""


@pytest.mark.parametrize("name", ["home", "project", "list", "about"])
def test_the_first_tab_leads_past_the_header(site: Site, page: Page, name: str) -> None:
    """The way to the main part comes first, is seen, and goes there."""
    site.open(page, name)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert "skip" in first["name"]
    assert first["ring"]
    assert first["inside"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["home", "project", "craftsman", "list", "story"])
def test_the_focus_is_always_seen(site: Site, page: Page, name: str, scheme: str) -> None:
    """Thirty steps of the Tab key: each lands on something visible with a ring around it."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # both are schemes
    site.open(page, name)
    lost = []
    for _ in range(30):
        page.keyboard.press("Tab")
        here: dict[str, Any] = page.evaluate(FOCUSED)
        if not (here["ring"] and here["inside"] and here["size"]):
            lost.append(here)
    assert lost == []


@pytest.mark.parametrize(("panel", "width"), [(".drawer--menu", 390), (".settings", 390), (".settings", 1280)])
def test_panels_close_with_escape_and_by_touching_elsewhere(site: Site, page: Page, panel: str, width: int) -> None:
    """The focus goes back to the handle; one panel is open at a time."""
    page.set_viewport_size({"width": width, "height": 800})
    site.open(page, "project")
    handle, opened = page.locator(f".site-head {panel} summary"), page.locator(f".site-head {panel}[open]")
    handle.focus()
    page.keyboard.press("Enter")
    assert opened.count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert handle.evaluate("handle => handle === document.activeElement")
    page.keyboard.press("Space")
    assert opened.count() == 1
    page.mouse.click(width / 2, 700)
    assert opened.count() == 0
    if width == 390:
        for other in (".drawer--menu", ".settings"):
            page.locator(f".site-head {other} summary").click()
        assert page.locator(".site-head .drawer[open]").count() == 1


# --- paper and other eyes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "edition", "project", "craftsman", "list", "story"])
def test_paper_has_the_words_and_no_buttons(site: Site, page: Page, name: str) -> None:
    """Printed pages leave out menus and ways on, and keep title and text on a light ground; the header is a letterhead."""
    page.emulate_media(media="print", color_scheme="dark")
    site.open(page, name)
    for gone in (".site-head .menu", ".drawer", ".skip", ".pager", ".turn", ".crumb", "button", ".narrow", ".btn"):
        for part in page.locator(gone).all():
            assert not part.is_visible(), gone
    assert page.locator("h1").is_visible()
    assert not is_dark(page)
    assert len(page.locator("#main").inner_text()) > 50


@every_sort
def test_no_barrier_is_found(site: Site, page: Page, name: str) -> None:
    """WCAG 2.2 A and AA by axe-core, on a phone and a desk, light and dark, with the menu open on the phone."""
    site.open(page, name)
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if width == 390:
            page.locator(".site-head .drawer--menu summary").click()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # both are schemes
            asked = {"type": "tag", "values": RULES} if scheme == "light" else {"type": "rule", "values": OF_COLOUR}
            result = Axe().run(page, options={"runOnly": asked, "resultTypes": ["violations"]})
            found += [
                f"{width} px {scheme}: {fault['id']}: {fault['help']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
                for fault in result.response["violations"]
                for node in fault["nodes"][:4]
            ]
        page.keyboard.press("Escape")
    assert found == [], "\n".join(found)


def test_the_checker_of_barriers_notices_one(page: Page) -> None:
    """A picture without words and grey letters on white are faults."""
    page.set_content(
        "<html lang=zh-CN><title>样本</title><main><img src='data:,'><p style='color:#ccc;background:#fff'>样本</p></main>"
    )
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert {fault["id"] for fault in result.response["violations"]} == {"image-alt", "color-contrast"}
