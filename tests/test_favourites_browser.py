"""The visitor's own list as visitors use it, in Chromium on the built exhibition: kept, ordered, shared, printed, and what may go wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

STORE = "exhibition.favourites.v1 /"
HOSTILE_LINKS = (
    "<script>window.hacked=1</script>",
    "project:<img src=x onerror=window.hacked=1>",
    "project:../../etc,craftsman:%00,:x,,,project:",
    "project:__proto__,__proto__:a,constructor:b",
    "%E0%A4%A",
    "project:" + "a" * 5000,
    ",".join(f"project:nobody-{at}" for at in range(1500)),
    "javascript:alert(1)",
)
CORRUPT = (
    "not json",
    "{}",
    "null",
    "7",
    '[1, null, {}, "<img>", "project/", "PROJECT/A"]',
    '[["project/x"]]',
    '"project/x"',
)


@pytest.fixture(scope="module")
def keys(built_site: Path) -> list[str]:
    """Keys of three entries of different kinds that the exhibition has."""
    return [
        f"{kind}/{next(path.name for path in sorted((built_site / folder).iterdir()) if path.name != 'page' and path.is_dir())}"
        for kind, folder in (("project", "projects"), ("craftsman", "craftsmen"), ("studio", "studios"))
    ]


def address(key: str) -> str:
    """Where the page of an entry lies."""
    kind, _, name = key.partition("/")
    return {"project": "projects", "craftsman": "craftsmen", "studio": "studios"}[kind] + f"/{name}/"


def keep(page: Page, keys: list[str]) -> None:
    """Puts a list where the browser keeps it, before any page is read."""
    page.add_init_script(
        f"if (!sessionStorage.kept) {{ sessionStorage.kept = 1; localStorage[{json.dumps(STORE)}] = {json.dumps(json.dumps(keys))}; }}"
    )


def kept(page: Page) -> list[str]:
    """What the browser keeps."""
    found: list[str] = json.loads(page.evaluate(f"localStorage[{json.dumps(STORE)}] || '[]'"))
    return found


def open_list(page: Page, base: str, more: str = "") -> None:
    """Opens the list and waits until it is shown."""
    page.goto(f"{base}/favourites/{more}")
    page.wait_for_selector("[data-favourites][data-shown]")


def shown(page: Page) -> list[str]:
    """Keys on the page in their order."""
    found: list[str] = page.eval_on_selector_all("[data-key]", "all => all.map(one => one.dataset.key)")
    return found


def test_a_star_keeps_an_entry_by_keyboard(page: Page, base: str, keys: list[str]) -> None:
    """Pressed, counted in the header, kept over a reload, listed; pressed again it is gone."""
    page.goto(f"{base}/{address(keys[0])}")
    star = page.locator("button.star").first
    assert star.get_attribute("aria-pressed") == "false"
    assert "《" in (star.get_attribute("aria-label") or "")
    assert not page.locator(".site-head__line > .kept").is_visible()
    star.focus()
    page.keyboard.press("Enter")
    assert star.get_attribute("aria-pressed") == "true"
    assert page.locator(".site-head__line > .kept").inner_text().split() == ["收藏", "1"]
    page.reload()
    assert star.get_attribute("aria-pressed") == "true"
    page.click(".site-head__line > .kept")
    page.wait_for_selector("[data-favourites][data-shown]")
    assert shown(page) == [keys[0]]
    with page.expect_navigation():
        page.click("[data-key] a")
    assert page.url == f"{base}/{address(keys[0])}"
    star.press("Space")
    assert kept(page) == []
    assert not page.locator(".site-head__line > .kept").is_visible()


def test_nothing_is_fetched_before_the_list_is_used(page: Page, base: str) -> None:
    """Neither on an ordinary page nor on the empty list; the empty list says what to do and where to begin."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_list(page, base)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search/v1/" in url or "engine.js" in url]
    assert "还没有收藏" in page.inner_text('[data-fav="empty"]')
    assert page.locator('[data-fav="ways"] a').count() > 3
    assert not page.locator('[data-fav="tools"]').is_visible()


def test_the_order_is_the_visitors_own(page: Page, base: str, keys: list[str]) -> None:
    """Up and down by keyboard, the focus stays with the entry; removing can be undone, all of it, too."""
    keep(page, keys)
    open_list(page, base)
    assert shown(page) == keys
    page.locator(f'[data-key="{keys[2]}"] [data-act="up"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('[data-key]')[1].dataset.key === '{keys[2]}'")
    page.wait_for_function("document.activeElement.dataset.act === 'up'")
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelector('[data-key]').dataset.key === '{keys[2]}'")
    # at the top the way up is closed; the focus goes to what can still be done
    page.wait_for_function("document.activeElement.dataset.act === 'down'")
    assert "移到第 1 项" in page.inner_text('[data-fav="say"]')
    assert kept(page) == [keys[2], keys[0], keys[1]]
    page.click(f'[data-key="{keys[0]}"] [data-act="remove"]')
    page.wait_for_selector(f'[data-key="{keys[0]}"]', state="detached")
    assert page.evaluate("document.activeElement.dataset.act") == "remove"
    page.click('[data-fav="say"] button')
    page.wait_for_selector(f'[data-key="{keys[0]}"]')
    assert shown(page) == kept(page) == [keys[2], keys[0], keys[1]]
    page.click('[data-act="empty"]')
    page.wait_for_selector('[data-fav="empty"]')
    assert kept(page) == []
    page.click('[data-fav="say"] button')
    page.wait_for_selector(f'[data-key="{keys[0]}"]')
    assert len(kept(page)) == 3


def test_two_tabs_stay_in_step(page: Page, base: str, keys: list[str]) -> None:
    """What one tab keeps, the other shows at once."""
    open_list(page, base)
    other = page.context.new_page()
    other.goto(f"{base}/{address(keys[1])}")
    other.click("button.star")
    page.wait_for_selector(f'[data-key="{keys[1]}"]')
    page.click('[data-act="remove"]')
    other.wait_for_function("document.querySelector('.star').getAttribute('aria-pressed') === 'false'")


def test_back_restores_the_star(page: Page, base: str, keys: list[str]) -> None:
    """A page that comes back shows what has changed meanwhile."""
    keep(page, keys)
    page.goto(f"{base}/{address(keys[0])}")
    open_list(page, base)
    page.click(f'[data-key="{keys[0]}"] [data-act="remove"]')
    page.wait_for_selector(f'[data-key="{keys[0]}"]', state="detached")
    page.go_back()
    page.wait_for_function("document.querySelector('.star').getAttribute('aria-pressed') === 'false'")
    page.go_forward()
    page.wait_for_selector(f'[data-key="{keys[1]}"]')
    assert shown(page) == keys[1:]


def test_a_list_is_shared_as_a_link(browser: Browser, page: Page, base: str, keys: list[str]) -> None:
    """Copied where there is no sharing sheet; another visitor sees it in order and takes it over, once."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keep(page, keys)
    open_list(page, base)
    page.click('[data-act="share"]')
    page.wait_for_function("document.querySelector('[data-fav=say]').textContent.includes('已复制')")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{base}/favourites/?ids=" + ",".join(key.replace("/", ":") for key in keys)
    with browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 780}) as context:
        guest = context.new_page()
        keep(guest, [keys[2]])
        guest.goto(link)
        guest.wait_for_selector("[data-favourites][data-shown]")
        assert guest.inner_text("h1") == "别人分享的清单"
        assert shown(guest) == keys
        assert guest.locator('[data-act="remove"]').count() == 0
        pressed = guest.eval_on_selector_all(".fav .star", "all => all.map(one => one.getAttribute('aria-pressed'))")
        assert pressed == ["false", "false", "true"]
        guest.click('[data-act="adopt"]')
        assert kept(guest) == [keys[2], keys[0], keys[1]]
        assert "已存入 2 项" in guest.inner_text('[data-fav="say"]')
        guest.click('[data-fav="say"] a')
        guest.wait_for_selector('[data-mode="own"][data-shown="3"]')
        assert guest.inner_text("h1") == "我的收藏"


def test_a_kind_stands_until_the_next_one(page: Page, base: str, built_site: Path) -> None:
    """So that links stay short: ``project:a,b``."""
    names = [
        path.name for path in sorted((built_site / "projects").iterdir()) if path.name != "page" and path.is_dir()
    ][:3]
    open_list(page, base, "?ids=project:" + ",".join(names))
    assert shown(page) == [f"project/{name}" for name in names]


def test_the_system_shares_where_it_can(page: Page, base: str, keys: list[str]) -> None:
    """Phones have a sheet for that."""
    page.add_init_script("navigator.share = what => { window.shared = what; return Promise.resolve(); }")
    keep(page, keys)
    open_list(page, base)
    page.click('[data-act="share"]')
    assert page.evaluate("shared.url").startswith(f"{base}/favourites/?ids=project:")


def test_hostile_links_do_nothing(page: Page, base: str) -> None:
    """What is no entry is counted and left out; nothing of it becomes markup, nothing is kept."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for ids in HOSTILE_LINKS:
        open_list(page, base, "?ids=" + (ids if ids.startswith("%") else quote(ids, safe=":,")))
        assert shown(page) == [], ids
        assert page.evaluate("window.hacked") is None, ids
        if not ids.startswith("%"):
            assert re.search(r"\d+ 项已不在展览中", page.inner_text('[data-fav="gone"]')), ids
        page.locator('[data-act="adopt"]').evaluate("one => one.click()")
        assert kept(page) == [], ids
    assert faults == []


def test_corrupted_storage_is_an_empty_list(page: Page, base: str, keys: list[str]) -> None:
    """And the next star makes it whole again."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{base}/{address(keys[0])}")
    for stored in CORRUPT:
        page.evaluate(f"localStorage[{json.dumps(STORE)}] = {json.dumps(stored)}")
        page.reload()
        assert page.locator("button.star").first.get_attribute("aria-pressed") == "false", stored
        page.click("button.star")
        assert [key for key in kept(page) if key != "project/x"] == [keys[0]], stored
    assert faults == []


@pytest.mark.parametrize(
    "refusal",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
    ],
    ids=["full", "forbidden"],
)
def test_without_storage_the_list_lasts_as_long_as_the_page(
    page: Page, base: str, keys: list[str], refusal: str
) -> None:
    """And the page says so, in plain words."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(refusal)
    page.goto(f"{base}/{address(keys[0])}")
    page.click("button.star")
    assert page.locator("button.star").first.get_attribute("aria-pressed") == "true"
    assert "只在这一页有效" in page.inner_text(".star__say")
    open_list(page, base)
    assert "还没有收藏" in page.inner_text('[data-fav="empty"]')
    assert faults == []


def test_entries_that_are_gone_are_counted(page: Page, base: str, keys: list[str]) -> None:
    """The rest is shown; one touch clears them away, and that can be undone."""
    keep(page, ["project/not-here", keys[0], "craftsman/nobody"])
    open_list(page, base)
    assert shown(page) == [keys[0]]
    assert "2 项已不在展览中" in page.inner_text('[data-fav="gone"]')
    page.click('[data-act="clean"]')
    page.wait_for_selector('[data-fav="gone"]', state="hidden")
    assert kept(page) == [keys[0]]


def test_an_entry_whose_id_has_changed_is_found(page: Page, base: str, keys: list[str]) -> None:
    """The index knows former keys; from then on the present one is kept."""
    former = 'exhibitionSearch.put("former",' + json.dumps({"project/jiu-hao": keys[0]}) + ")"
    page.route("**/search/v1/former.js*", lambda route: route.fulfill(body=former, content_type="text/javascript"))
    keep(page, [keys[1], "project/jiu-hao"])
    open_list(page, base)
    assert shown(page) == [keys[1], keys[0]]
    assert kept(page) == [keys[1], keys[0]]


def test_the_table_opens_in_excel(page: Page, base: str, keys: list[str]) -> None:
    """A byte order mark, a head, a row for each entry with its address."""
    keep(page, keys)
    open_list(page, base)
    with page.expect_download() as download:
        page.click('[data-act="csv"]')
    assert download.value.suggested_filename == "我的收藏.csv"
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert head == ["名称", "种类", "单位", "人员", "年份与荣誉", "网址"]
    assert [row[-1] for row in rows] == [f"{base}/{address(key)}" for key in keys]


def test_printed_it_is_a_list_to_tick(page: Page, base: str, keys: list[str]) -> None:
    """Names and addresses, no buttons, no pictures."""
    keep(page, keys)
    open_list(page, base)
    page.emulate_media(media="print")
    assert page.locator(".fav__u").first.is_visible()
    assert not page.locator(".fav__t").first.is_visible()
    assert not page.locator(".fav .frame").first.is_visible()


def test_without_script_the_page_says_what_it_is(browser: Browser, base: str, keys: list[str]) -> None:
    """And entry pages show no button that would do nothing."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{base}/favourites/")
        assert "没有打开" in page.inner_text("#main")
        assert page.locator('[data-fav="ways"] a').count() > 3
        page.goto(f"{base}/{address(keys[0])}")
        assert not page.locator("button.star").first.is_visible()


def test_from_files(page: Page, built_site: Path, keys: list[str]) -> None:
    """A copy on a stick keeps and shows a list as well."""
    page.goto((built_site / address(keys[0]) / "index.html").as_uri())
    page.click("button.star")
    page.goto((built_site / "favourites" / "index.html").as_uri())
    page.wait_for_selector('[data-favourites][data-shown="1"]')
    page.click("[data-key] a")
    page.wait_for_url("**/index.html")
    assert page.locator("button.star").first.get_attribute("aria-pressed") == "true"


@pytest.fixture
def phone(browser: Browser) -> BrowserContext:
    """A small phone."""
    return browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True)


@pytest.mark.parametrize("size", ["", "large"])
def test_on_a_small_phone(phone: BrowserContext, base: str, keys: list[str], size: str) -> None:
    """Nothing overflows, targets are wide enough for a finger, nothing moves when the page has come."""
    with phone:
        page = phone.new_page()
        page.add_init_script(f"if ('{size}') localStorage['exhibition.size'] = '{size}'")
        keep(page, keys)
        open_list(page, base)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        boxes = [one.bounding_box() for one in page.locator(".fav__t button:visible, .favs__t button:visible").all()]
        assert boxes
        assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)
        page.goto(f"{base}/{address(keys[1])}")
        star = page.locator("button.star").first
        star.scroll_into_view_if_needed()
        star.tap()
        assert kept(page) == [keys[0], keys[2]]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_link_in_the_header_moves_nothing(page: Page, base: str, keys: list[str]) -> None:
    """Its place is known before the first paint."""
    keep(page, keys)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => { moved += one.value; }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{base}/{address(keys[0])}")
    page.wait_for_load_state("networkidle")
    assert page.locator(".site-head__line > .kept").is_visible()
    assert page.evaluate("moved") < 0.01
