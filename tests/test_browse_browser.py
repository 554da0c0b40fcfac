"""Drives facets, orders, pages and the sheet in a browser, on the real exhibition; every count is checked against Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from narrowing import above, meeting, real, real_contents, real_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

GRADES = "grade=一等奖&grade=二等奖"
HOSTILE = "?page=-1&page=9e9&kind=<script>alert(1)</script>&year=abc&sort=x&view=__proto__&grade=" + "长" * 2000


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One wide window for all tests here, so that scripts are read once."""
    with browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}) as made:
        yield made


@pytest.fixture
def wide(context: BrowserContext) -> Iterator[Page]:
    """A page that may not throw anything nor ask another host."""
    yield from watched(context)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone of 360 px, touched."""
    with browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    ) as made:
        yield from watched(made)


def watched(context: BrowserContext) -> Iterator[Page]:
    """A page whose errors fail the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield page
    page.close()
    assert errors == []


@pytest.fixture
def site(built_site: Path, serve_directory: Callable[[Path], str]) -> str:
    """The address of the real exhibition."""
    return serve_directory(built_site)


def settled(page: Page, count: int | None = None) -> None:
    """Waits until the list shows a count, this one if given."""
    wanted = "true" if count is None else f"n.dataset.count === '{count}'"
    page.wait_for_function(
        f"() => {{ const n = document.querySelector('[data-count]'); return n && n.dataset.count && {wanted}"
        " && !n.textContent.includes('正在') && !document.querySelector('.live').hidden }"
    )


def shown(page: Page) -> list[str]:
    """Keys of the results on this page, in order."""
    return page.locator("[data-favourite]").evaluate_all("all => all.map(one => one.dataset.favourite)")


def value(page: Page, facet: str, word: str) -> Locator:
    """A value of a facet."""
    return page.locator(f'[data-facet="{facet}"] [data-value="{word}"]')


def without(query: str, facet: str) -> str:
    """The conditions but those of a facet."""
    return urlencode([pair for pair in parse_qsl(query) if pair[0] != facet])


@pytest.mark.parametrize(
    ("address", "scope", "query"),
    [
        ("projects/", "kind=project", GRADES),
        ("projects/", "kind=project", f"{GRADES}&year=2015-2021"),
        ("projects/", "kind=project", "region=山东&result_type=五小"),
        ("search/", "", "kind=craftsman&kind=studio&region=上海"),
        ("search/", "", "year=2019-&has_patent=1"),
        ("regions/shanghai/", "region=上海", "kind=craftsman"),
        ("editions/2024/results/", "edition=2024", "industry=电力"),
        ("craftsmen/", "kind=craftsman", "skill_level=高级技师&skill_level=首席技师"),
    ],
)
def test_lists_and_counts_are_the_catalogue_s(wide: Page, site: str, address: str, scope: str, query: str) -> None:
    """What is shown, how many, and how many each value would bring under the other facets' choices."""
    keys = meeting(f"{scope}&{query}")
    wide.goto(f"{site}/{address}?{query}")
    settled(wide, len(keys))
    found = shown(wide)
    assert len(found) == min(24, len(keys))
    assert set(found) <= keys
    facets = wide.locator("[data-facet]").evaluate_all(
        "all => all.filter(f => f.open && f.dataset.facet !== 'year').map(f => [f.dataset.facet,"
        " [...f.querySelectorAll('[data-value]')].map(v => [v.dataset.value, +v.querySelector('em').textContent])])"
    )
    assert len(facets) >= 2
    for name, counts in facets:
        pool = meeting(f"{scope}&{without(query, name)}")
        column = real_contents()[f"f/{name}"]
        words, parents = column.get("codes", column["labels"]), column.get("parents", [])
        own = {
            key: {up for at in values for up in {at, *above(at, parents)}} for key, values in real_rows(name).items()
        }
        wanted = {word: sum(at in own.get(key, ()) for key in pool) for at, word in enumerate(words)}
        assert dict(counts) == {word: wanted[word] for word, _ in counts}, name


def test_choosing_counts_and_taking_back(wide: Page, site: str) -> None:
    """OR inside a facet, AND across; a tick neither moves what is under the pointer nor takes the focus; chips undo."""
    wide.goto(f"{site}/projects/")
    static = wide.locator(".rows .row").count()
    wide.click("[data-open]")
    first = value(wide, "grade", "一等、金奖")
    first.locator("input").wait_for()
    first.scroll_into_view_if_needed()
    before = first.bounding_box()
    first.locator("input").check()
    settled(wide, len(meeting("kind=project&grade=一等、金奖")))
    assert wide.evaluate("document.activeElement.closest('[data-value]').dataset.value") == "一等、金奖"
    after = first.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2
    value(wide, "grade", "二等、银奖").locator("input").check()
    either = len(meeting("kind=project&grade=一等、金奖&grade=二等、银奖"))
    settled(wide, either)
    value(wide, "edition", "2024").locator("input").check()
    settled(wide, len(meeting("kind=project&grade=一等、金奖&grade=二等、银奖&edition=2024")))
    assert wide.locator("[data-chip]").all_inner_texts() == ["一等、金奖", "二等、银奖", "2024 展期"]
    wide.locator('[data-chip="edition"]').click()
    settled(wide, either)
    assert not value(wide, "edition", "2024").locator("input").is_checked()
    wide.get_by_role("link", name="清除全部").click()
    wide.wait_for_function("document.querySelector('.live').hidden")
    assert wide.locator("[data-static] .row").count() == static
    assert urlsplit(wide.url).query == ""


def test_years_narrow_from_both_ends(wide: Page, site: str) -> None:
    """Two lists of years; an upside-down range is turned round."""
    wide.goto(f"{site}/projects/?year=2021-2019")
    settled(wide, len(meeting("kind=project&year=2019-2021")))
    first, last = wide.locator('[data-facet="year"] select').all()
    assert (first.input_value(), last.input_value()) == ("2019", "2021")
    last.select_option("")
    settled(wide, len(meeting("kind=project&year=2019-")))
    assert "year=2019-" in wide.url


def truth(sort: str, keys: set[str]) -> list[str]:
    """The keys in an order, ties as in the list itself."""
    deck = real()
    place = {key: at for at, key in enumerate(deck.catalogue.of_kind("project"))}
    last = (10**9,)
    ranks = {
        "edition": lambda key: (real_rows("edition").get(key, last), real_rows("rank").get(key, last)),
        "grade": lambda key: real_rows("rank").get(key, last),
        "year": lambda key: -(deck.cards[key].year or 0),
        "title": lambda key: real_rows("title")[key],
        "": lambda _key: 0,
    }
    return sorted(keys, key=lambda key: (ranks[sort](key), place[key]))


@pytest.mark.parametrize("sort", ["", "edition", "grade", "year", "title"])
def test_orders_are_exact_over_all_pages(wide: Page, site: str, sort: str) -> None:
    """The second page begins where the first ends, in the catalogue's order."""
    keys = meeting("kind=project&region=上海&region=山东&region=江苏")
    found: list[str] = []
    for page in range(1, -(-len(keys) // 24) + 1):
        wide.goto(f"{site}/projects/?region=上海&region=山东&region=江苏&sort={sort}&page={page}")
        settled(wide, len(keys))
        found += shown(wide)
    assert found == truth(sort, keys)


def test_pages_have_addresses_and_back_restores_place(wide: Page, site: str) -> None:
    """Next page, into an entry, and Back twice: each time the same list at the same height; Forward, too."""
    wide.goto(f"{site}/search/?kind=organisation")
    settled(wide, len(meeting("kind=organisation")))
    first = shown(wide)
    wide.evaluate("window.scrollTo(0, 400)")
    wide.get_by_role("link", name="下一页").evaluate("one => one.click()")
    wide.wait_for_url("**page=2**")
    wide.wait_for_function(f"document.querySelector('[data-favourite]').dataset.favourite !== '{first[0]}'")
    second = shown(wide)
    assert not set(first) & set(second)
    assert wide.evaluate("document.activeElement.hasAttribute('data-count')")
    wide.evaluate("window.scrollTo(0, 600)")
    wide.wait_for_timeout(100)
    wide.locator("[data-result] a").nth(5).evaluate("one => one.click()")
    wide.wait_for_url(re.compile(r"/organisations/"))
    wide.go_back()
    settled(wide)
    wide.wait_for_function("Math.abs(window.scrollY - 600) < 3")
    assert shown(wide) == second
    wide.go_back()
    wide.wait_for_function(f"document.querySelector('[data-favourite]').dataset.favourite === '{first[0]}'")
    wide.wait_for_function("Math.abs(window.scrollY - 400) < 3")
    wide.go_forward()
    wide.wait_for_function(f"document.querySelector('[data-favourite]').dataset.favourite === '{second[0]}'")


def test_words_and_conditions_hold_together(wide: Page, site: str) -> None:
    """A list searched in place, narrowed by kind in tabs; an order of one's own keeps the same entries."""
    wide.goto(f"{site}/search/?q=上海&kind=craftsman")
    settled(wide)
    all_of_them = int(wide.locator("[data-count]").get_attribute("data-count") or 0)
    assert 0 < all_of_them < len(meeting("kind=craftsman"))
    assert {key.partition("/")[0] for key in shown(wide)} == {"craftsman"}
    wide.get_by_label("排序").select_option("title")
    wide.wait_for_url("**sort=title**")
    settled(wide, all_of_them)
    wide.locator("[data-tabs] a").first.click()
    wide.wait_for_function(f"+document.querySelector('[data-count]').dataset.count > {all_of_them}")
    assert "kind=" not in wide.url


def test_nothing_found_names_what_was_asked_and_ways_out(wide: Page, site: str) -> None:
    """Unknown values count as asked; each way out leads to as many as it says."""
    wide.goto(f"{site}/projects/?grade=一等奖&region=样本国&year=2012-2025")
    settled(wide, 0)
    words = wide.locator("[data-none]").inner_text()
    assert all(word in words for word in ("一等奖", "样本国", "2012—2025"))
    way = wide.locator("[data-looser]").first
    count = int(way.get_attribute("data-looser") or 0)
    assert "样本国" in way.inner_text()
    assert count == len(meeting("kind=project&grade=一等奖&year=2012-2025"))
    way.click()
    settled(wide, count)
    wide.goto(f"{site}/projects/?region=样本国&grade=样本奖&industry=冶金")
    settled(wide, 0)
    assert wide.locator("[data-looser]").all_inner_texts() == ["只留“冶金”"]
    wide.get_by_role("link", name="清除全部条件").click()
    wide.wait_for_function("document.querySelector('.live').hidden")


def test_many_values_are_found_by_typing(wide: Page, site: str) -> None:
    """The short list of a long facet opens, narrows while one types, and shows what is chosen when it shuts again."""
    wide.goto(f"{site}/craftsmen/?kind=craftsman")
    settled(wide)
    facet = wide.locator('[data-facet="organisation"]')
    facet.locator("summary").click()
    facet.locator(".fac__m").click()
    box = facet.get_by_role("searchbox")
    box.fill("江南造船")
    assert facet.locator("li:visible").all_inner_texts()[0].startswith("江南造船")
    facet.locator("li:visible input").first.check()
    settled(wide, len(meeting("kind=craftsman&organisation=江南造船（集团）有限责任公司")))
    facet.locator(".fac__m").click()
    assert facet.locator("li:visible input:checked").count() == 1


def test_everything_goes_by_keyboard(wide: Page, site: str) -> None:
    """Open, tick, turn a view and a page without a pointer."""
    wide.goto(f"{site}/projects/")
    wide.locator("[data-open]").focus()
    wide.keyboard.press("Enter")
    value(wide, "grade", "一等、金奖").locator("input").wait_for()
    wide.wait_for_function("document.activeElement.closest('.facets')")
    for _ in range(40):
        wide.keyboard.press("Tab")
        if wide.evaluate("document.activeElement.type === 'checkbox'"):
            break
    wide.keyboard.press("Space")
    settled(wide)
    chosen = wide.locator("[data-chip]").inner_text()
    wide.locator("[data-chip]").focus()
    wide.keyboard.press("Enter")
    wide.wait_for_function("document.querySelector('.live').hidden")
    assert chosen
    wide.locator(".views a").first.focus()
    wide.keyboard.press("Enter")
    wide.wait_for_selector(".live .hang [data-result]")
    assert wide.evaluate("document.activeElement.textContent") == "卡片"
    assert "view=cards" in wide.url
    # told once more, as when all is counted after the first results: the focus stays
    link = wide.locator(".views a").first.element_handle()
    wide.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    wide.wait_for_function("link => !link.isConnected", arg=link)
    assert wide.evaluate("document.activeElement.textContent") == "卡片"


def test_the_sheet_keeps_the_focus_and_the_list_its_place(phone: Page, site: str) -> None:
    """360 px: full height, the count in its button, Back shuts it with the choice kept, nothing wider than the screen."""
    phone.goto(f"{site}/projects/")
    phone.locator("[data-open]").tap()
    sheet = phone.get_by_role("dialog", name="筛选")
    sheet.wait_for()
    assert phone.evaluate("document.activeElement.textContent") == "筛选"
    phone.keyboard.press("Shift+Tab")
    assert phone.evaluate("!!document.activeElement.closest('[role=dialog]')")
    phone.keyboard.press("Tab")
    assert phone.evaluate("!!document.activeElement.closest('[role=dialog]')")
    small = sheet.locator("label:visible, button:visible, summary:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(box => box.height < 44).length"
    )
    assert small == 0
    value(phone, "grade", "二等、银奖").tap()
    count = len(meeting("kind=project&grade=二等、银奖"))
    phone.wait_for_function(f"document.querySelector('.facets__f').textContent.includes('查看 {count} 项')")
    phone.go_back()
    sheet.wait_for(state="hidden")
    settled(phone, count)
    assert "grade=" in phone.url
    phone.get_by_role("button", name="筛选").tap()
    sheet.wait_for()
    phone.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    phone.wait_for_function("document.activeElement.textContent.includes('筛选')")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("button", name="筛选").tap()
    value(phone, "grade", "一等、金奖").tap()
    both = len(meeting("kind=project&grade=二等、银奖&grade=一等、金奖"))
    phone.wait_for_function(f"document.querySelector('.facets__f').textContent.includes('查看 {both} 项')")
    sheet.get_by_role("button", name="查看").tap()
    sheet.wait_for(state="hidden")
    settled(phone, both)


def test_lists_and_sheet_break_no_rule_of_accessibility(wide: Page, phone: Page, site: str) -> None:
    """Axe finds nothing: facets beside a list, an empty list, the sheet on a phone."""
    wide.goto(f"{site}/projects/?grade=一等奖")
    settled(wide)
    assert Axe().run(wide).response["violations"] == []
    wide.goto(f"{site}/projects/?grade=一等奖&region=样本国")
    settled(wide, 0)
    assert Axe().run(wide).response["violations"] == []
    phone.goto(f"{site}/projects/?grade=一等奖")
    settled(phone)
    phone.get_by_role("button", name="筛选").tap()
    phone.get_by_role("dialog", name="筛选").wait_for()
    assert Axe().run(phone).response["violations"] == []


def test_hostile_addresses_do_nothing_but_find_nothing(wide: Page, site: str) -> None:
    """Scripts, names of the language's own, pages beyond the end, ten thousand characters."""
    wide.goto(f"{site}/projects/{quote(HOSTILE, safe='?&=-')}")
    settled(wide, 0)
    assert "<script>alert(1)</script>" in wide.locator("[data-none]").inner_text()
    wide.goto(f"{site}/projects/?page=999999&sort=title")
    settled(wide, len(meeting("kind=project")))
    assert wide.locator(".live .pager [aria-current]").inner_text().strip("第页\n ") == str(
        -(-len(meeting("kind=project")) // 24)
    )
    wide.goto(f"{site}/search/?constructor=1&__proto__=2&hasOwnProperty=3")
    wide.wait_for_selector("[data-facet]")
    assert wide.locator("[data-static]").is_visible()
    wide.goto(f"{site}/search/?q={'x' * 6000}&year={'9' * 3000}")
    settled(wide, 0)


def test_a_page_asks_for_nothing_before_one_turns_to_it(wide: Page, site: str) -> None:
    """A list loads no column and no code of browsing until somebody asks."""
    asked: list[str] = []
    wide.on("request", lambda request: asked.append(request.url))
    wide.goto(f"{site}/projects/", wait_until="networkidle")
    assert not [url for url in asked if "/search/" in url and not url.endswith("/boot.js")]


@pytest.fixture
def broken(browser: Browser) -> Iterator[Page]:
    """A page that keeps nothing between visits, so that what a test holds back does not come."""
    with browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, service_workers="block") as made:
        yield made.new_page()


@pytest.mark.parametrize("script", ["engine.js", "list.js", "facets.js"])
def test_a_script_that_did_not_come_is_told_and_asked_for_again(broken: Page, site: str, script: str) -> None:
    """On a line that broke for a moment: the list stays, a line says so, and the next thing one does asks again."""
    broken.route(f"**/search/{script}", lambda route: route.abort())
    broken.goto(f"{site}/projects/", wait_until="load")
    broken.locator("[data-open]").click()
    broken.get_by_text("现在读不到数据，请刷新再试。").wait_for()
    assert broken.locator("[data-static] .rows > li").locator("visible=true").count() == 24
    broken.unroute(f"**/search/{script}")
    if script == "facets.js":
        broken.get_by_label("排序").select_option(index=1)
    else:
        broken.locator("[data-open]").click()
    broken.locator("[data-facet] [data-value]").first.wait_for()
    assert broken.get_by_text("现在读不到数据").count() == 0


@pytest.mark.parametrize("missing", ["**/search/v1/manifest.js*", "**/search/v1/t/*", "**/search/list.js"])
def test_a_query_that_cannot_be_answered_says_so_and_nothing_else(broken: Page, site: str, missing: str) -> None:
    """No word on how the results below are ordered or what they lack, for there are none; no empty choice of orders."""
    broken.route(missing, lambda route: route.abort())
    broken.goto(f"{site}/search/?q=焊接")
    broken.get_by_text("现在读不到数据，请刷新再试。").wait_for()
    assert not broken.get_by_text("没有一处把这些字连在一起").is_visible()
    choices = broken.locator(".tools__s select").locator("visible=true")
    assert choices.evaluate_all("all => all.filter(one => !one.options.length).length") == 0
    assert broken.get_by_role("link", name="能源电力").is_visible()


def test_lists_read_without_script(browser: Browser, site: str) -> None:
    """The static list, its pages and its ways to other lists; no button that does nothing."""
    with browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{site}/projects/")
        assert not page.locator("[data-open]").is_visible()
        assert page.locator(".rows .row").count() == 24
        page.get_by_role("link", name="下一页").click()
        assert "/projects/page/2/" in page.url
        page.goto(f"{site}/search/")
        assert page.locator(".places a").count() > 10


def test_browsing_works_from_a_folder(wide: Page, built_site: Path) -> None:
    """From file://: the list narrows, and its links lead to files."""
    wide.goto((built_site / "projects/index.html").as_uri() + "?grade=一等奖&region=上海")
    settled(wide, len(meeting("kind=project&grade=一等奖&region=上海")))
    wide.locator("[data-result] a").first.click()
    wide.wait_for_selector("article h1")
    assert wide.url.endswith("/index.html")
