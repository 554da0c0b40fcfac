"""The page of results as visitors meet it, in Chromium: what comes when, tools on phones, ways out where nothing is found, axe."""

from __future__ import annotations

from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import StrictHandler

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

DONE = "document.querySelector('[data-results]:not([aria-busy]) [data-result], [data-none]')"
LATER = ("search/facets.js", "search/field.js", "search/near.js", "search/orders.js", "search/members.js")
MEANT = [
    (word, [one for one in words.split(";") if one])
    for word, words in (
        line.split("\t")
        for line in (Path(__file__).parent / "search/meant.tsv").read_text(encoding="utf-8").splitlines()
    )
]
ROWS = """() => [...document.querySelectorAll('.tools button, .tools select, .tools input, .list__bar')]
  .filter(one => one.offsetParent).map(one => { const box = one.getBoundingClientRect(); return box.top + box.height / 2 })
  .sort((a, b) => a - b).filter((middle, at, all) => !at || middle - all[at - 1] > 20).length"""


def look(page: Page, base: str, query: str, more: str = "") -> None:
    """Opens the search page with a query."""
    page.goto(f"{base}/search/?q={quote(query)}{more}")
    page.wait_for_function(DONE)


def breaches(page: Page) -> list[str]:
    """Rules that Axe finds broken, with what breaks them."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_a_first_query_asks_for_what_it_shows(page: Page, base: str) -> None:
    """Each script once; no code of facets, suggestions or emptiness, until somebody turns to them."""
    names: list[str] = []
    page.on("request", lambda request: names.append("/".join(request.url.partition("?")[0].split("/")[-2:])))
    look(page, base, "焊接")
    page.wait_for_load_state("networkidle")
    assert [names.count(name) for name in ("search/engine.js", "search/list.js", "v1/manifest.js")] == [1, 1, 1]
    assert not set(names) & set(LATER)
    results = page.locator("[data-result]").first.element_handle()
    page.locator('[data-facet="kind"] summary').click()
    page.wait_for_selector('[data-facet="kind"] [data-value]')
    assert names.count("search/facets.js") == 1
    assert results.evaluate("one => one.isConnected"), "facets that open leave the list as it is"
    page.focus("#find-q")
    page.wait_for_function("performance.getEntriesByType('resource').some(one => one.name.endsWith('/field.js'))")


def test_other_names_are_offered_where_little_is_found(page: Page, base: str) -> None:
    """Words that editors call the same: where nothing is found, beside a few results, for a part of a word; never mixed in."""
    names: list[str] = []
    page.on("request", lambda request: names.append(request.url.partition("?")[0].rpartition("/")[2]))
    look(page, base, "上海")
    assert "also.js" not in names, "who finds much is offered nothing"
    assert page.locator("[data-also]").count() == 0
    look(page, base, "燃气轮机")
    assert names.count("also.js") == 1
    titles = page.locator("[data-result]").all_inner_texts()
    assert titles
    assert all("燃气轮机" in title for title in titles), "nothing is mixed in"
    for query in ("输送带", "皮带机维修"):
        look(page, base, query)
        assert page.locator("[data-none]").count() == 1
        assert [one.get_attribute("data-also") for one in page.locator("[data-also]").all()] == ["胶带机"]
    told = page.locator("[data-also] em").inner_text()
    page.click("[data-also]")
    page.wait_for_selector("[data-result]")
    assert f"{page.get_attribute('[data-count]', 'data-count')} 条" == told
    assert "胶带机" in page.locator("[data-result]").first.inner_text()


def test_what_a_field_does_not_have_is_offered_without_it(page: Page, base: str) -> None:
    """“没有找到“劳模”” would be wrong: there are many, and no kind is called so."""
    look(page, base, "类别： 劳模 上海")
    page.wait_for_selector("[data-near]")
    assert page.locator(".none__h").inner_text() == "没有找到“类别： 劳模”。"
    assert page.locator("[data-near]").first.get_attribute("data-near") == "劳模"
    told = page.locator("[data-near] em").first.inner_text()
    page.locator("[data-near]").first.click()
    page.wait_for_selector("[data-result]")
    assert page.input_value("#find-q") == "劳模 上海"
    assert page.get_attribute("[data-count]", "data-count") == told


@pytest.mark.parametrize("view", ["list", "table"])
def test_a_page_on_which_nothing_stands_side_by_side_says_so(page: Page, base: str, view: str) -> None:
    """Pairs of initials are in many entries, four of them in none; a page with a number and an empty list below it is a riddle."""
    look(page, base, "zzzz", f"&view={view}")
    assert int(page.get_attribute("[data-count]", "data-count") or 0) > 24
    assert page.locator("[data-count]").inner_text().startswith("约")
    assert page.locator("[data-result]").count() == 0
    assert page.locator("[data-none]").inner_text() == "这一页的条目都没有把这些字连在一起，不列出。"


def test_what_cannot_be_read_is_told_and_nothing_else(page: Page, base: str) -> None:
    """A file of the index does not come: no word of characters that stand apart."""
    page.route("**/search/v1/t/*", lambda route: route.abort())
    page.goto(f"{base}/search/?q={quote('焊接')}")
    page.get_by_text("现在读不到数据，请刷新再试。").first.wait_for()
    assert page.locator(".live").inner_text().strip() == "现在读不到数据，请刷新再试。"


@pytest.mark.parametrize("order", ["", "title", "year"])
def test_another_order_shows_no_entry_that_lacks_the_words(page: Page, base: str, order: str) -> None:
    """What a quoted term does not fit is left out whatever the order; it came back with every other than that by relevance."""
    look(page, base, "“职工技术”", f"&sort={order}" if order else "")
    assert int(page.get_attribute("[data-count]", "data-count") or 0) > 24
    for address in page.eval_on_selector_all("[data-result]", "all => all.map(one => one.dataset.result)"):
        assert page.evaluate(
            """async path => {
              const [id] = await exhibitionEngine.find([path.replace(/^(\\w+)\\/(.*)\\/$/, (_, folder, id) =>
                exhibitionEngine.manifest().kinds.find(kind => kind.folder === folder).name + "/" + id)]);
              return exhibitionTokens.whole(JSON.stringify(await exhibitionEngine.records([id]))).includes("职工技术");
            }""",
            address,
        )


def test_a_table_is_saved_without_entries_that_lack_the_words(page: Page, base: str) -> None:
    """The file has what the pages of the list show, and no more."""
    look(page, base, "“职工技术”", "&view=table")
    pages = int(page.get_attribute("[data-count]", "data-count") or 0) // 24 + 1
    shown = 0
    for number in range(1, pages + 1):
        look(page, base, "“职工技术”", f"&view=table&page={number}")
        shown += page.locator("tbody [data-result]").count()
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载").click()
    lines = coming.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == shown + 1


SHIFTS = """window.shifts = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value;
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.parametrize("width", [412, 1280])
def test_what_scripts_fill_moves_nothing(browser: Browser, base: str, width: int) -> None:
    """Facets, tools and the empty list of the visitor's own have their places before scripts have run."""
    for address in ("search/", f"search/?q={quote('焊接')}", "favourites/"):
        with browser.new_context(locale="zh-CN", viewport={"width": width, "height": 823}) as context:
            page = context.new_page()
            page.add_init_script(SHIFTS)
            page.goto(f"{base}/{address}", wait_until="networkidle")
            page.wait_for_function("document.querySelector('.browse--on, [data-shown]')")
            # shifts are told with the frame after them
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert page.evaluate("shifts") < 0.01, address


def test_the_first_results_do_not_wait_for_the_last(page: Page, base: str) -> None:
    """While records of a page are held up, those at its top stand there, and its number; then all do."""
    held: list[Route] = []
    names: list[str] = []

    def record(route: Route) -> None:
        names.append(route.request.url)
        if len(names) > 6:
            held.append(route)
        else:
            route.continue_()

    page.route("**/search/v1/d/**", record)
    page.goto(f"{base}/search/?q={quote('创新')}", wait_until="commit")
    page.wait_for_selector("[data-result]")
    assert page.locator("[data-result]").count() == 6
    assert page.get_attribute("[data-results]", "aria-busy") == "true"
    assert int(page.get_attribute("[data-count]", "data-count") or 0) > 24
    first = page.locator("[data-result]").first.element_handle()
    for route in held:
        route.continue_()
    page.wait_for_function(DONE)
    assert page.locator("[data-result]").count() == 24
    assert first.evaluate("one => one.isConnected"), "what was there stays"


def test_the_strictest_policy_is_kept(page: Page, built_site: Path) -> None:
    """Own scripts only, and trusted types: results, facets, suggestions and words that are near come all the same."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(built_site))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        look(page, address, "焊接")
        page.locator('[data-facet="kind"] summary').click()
        page.wait_for_selector('[data-facet="kind"] [data-value]')
        page.fill("#find-q", "wangjun")
        page.wait_for_selector("#find-list [role=option]")
        look(page, address, "竺士洁")
        page.wait_for_selector("[data-near]")
        page.goto("about:blank")
        server.shutdown()
    assert said == []


def test_more_facets_are_a_button_away(page: Page, base: str) -> None:
    """Six at first; all, and the focus on the seventh, after the button; a hidden one that is chosen shows."""
    look(page, base, "上海")
    facets = page.locator(".facets .fac")
    page.wait_for_selector(".facets .fac")
    assert facets.filter(visible=True).count() == 6
    page.get_by_role("button", name="更多条件").click()
    assert facets.filter(visible=True).count() == facets.count() > 6
    assert page.evaluate("document.activeElement === document.querySelectorAll('.fac summary')[6]")
    look(page, base, "上海", "&region=上海")
    page.wait_for_selector('[data-facet="region"] [data-value]')
    assert page.locator('[data-facet="region"]').is_visible()


def test_parts_are_offered_where_no_word_is_near(page: Page, base: str) -> None:
    """焊结机器: what is there of it, what one of its parts is near to, each with the number that it leads to."""
    look(page, base, "焊结机器")
    page.wait_for_selector("[data-near]")
    assert page.locator("[data-near]").evaluate_all("all => all.map(one => one.dataset.near)") == ["焊接", "机器"]
    assert "条件：" not in page.inner_text("[data-none]")
    count = page.locator("[data-near] em").first.inner_text()
    page.locator("[data-near]").first.click()
    page.wait_for_selector("[data-result]")
    assert page.get_attribute("[data-count]", "data-count") == count


def test_what_may_have_been_meant(page: Page, base: str) -> None:
    """The judged set of words that are nowhere: slips, then parts of what was written without a blank, each of which finds something."""
    page.goto(f"{base}/search/")
    page.evaluate("exhibitionBoot()")
    found = page.evaluate(
        """async words => {
          await exhibitionEngine.ready();
          const all = [];
          for (const word of words) {
            const meant = await exhibitionEngine.meant({ text: word });
            const counts = await Promise.all(meant.map(one => exhibitionEngine.candidates(one).then(hits => hits.ids.length)));
            all.push([word, meant, Math.min(...counts) > 0]);
          }
          return all;
        }""",
        [word for word, _ in MEANT],
    )
    assert found == [[word, words, True] for word, words in MEANT]


def test_a_spoken_sentence_leads_to_what_it_asks_for(page: Page, base: str) -> None:
    """As a telephone writes it, with a full stop, with a colon, with blanks: few fetches, and each way leads to as many as it says."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/v1/" in request.url else None)
    for query in ("我想看看谁发明了焊接机器人。", "请问：谁发明了焊接机器人", "我想看看 谁发明了 焊接机器人"):
        asked.clear()
        look(page, base, query)
        page.wait_for_selector("[data-near]")
        page.wait_for_load_state("networkidle")
        assert len(asked) <= 30
        assert "。”" not in page.inner_text(".none__h")
        ways = page.locator("[data-near]")
        assert ways.evaluate_all("all => all.map(one => one.dataset.near)") == ["机器人", "焊接", "发明"]
        count = page.locator("[data-near] em").first.inner_text()
        ways.first.click()
        page.wait_for_selector("[data-result]")
        assert page.get_attribute("[data-count]", "data-count") == count
        assert page.input_value("#find-q") == "机器人"


def test_words_that_can_be_dropped_lead_to_as_many_as_they_say(page: Page, base: str) -> None:
    """Two words with nothing in common, then under a condition."""
    for more in ("", "&kind=craftsman"):
        look(page, base, "竺士杰 无此字词", more)
        page.wait_for_selector("[data-looser]")
        assert ("条件：检索词" in page.inner_text("[data-none]")) == bool(more)
        way = page.locator("[data-looser]").last
        count = way.get_attribute("data-looser")
        way.click()
        page.wait_for_selector("[data-result]")
        assert page.get_attribute("[data-count]", "data-count") == count


def test_kinds_stand_below_each_other(page: Page, base: str) -> None:
    """With a seal and without; in English, where seals lie, too."""
    look(page, base, "金奖")
    for tongue, words in (("zh-CN", ""), ("en", "First prize")):
        lefts = page.evaluate(
            """([tongue, words]) => {
              document.documentElement.lang = tongue;
              for (const one of document.querySelectorAll('[data-result] .seal')) if (words) one.lastChild.textContent = words;
              return [...document.querySelectorAll('[data-result] .row__k')].map(one => Math.round(one.getBoundingClientRect().left));
            }""",
            [tongue, words],
        )
        seals = page.locator("[data-result] .row__s").evaluate_all(
            "all => new Set(all.map(one => !!one.firstElementChild)).size"
        )
        assert seals == 2
        assert len(set(lefts)) == 1


@pytest.mark.parametrize(("size", "rows"), [("", 2), ("large", 3)])
def test_tools_leave_the_screen_to_results(browser: Browser, base: str, size: str, rows: int) -> None:
    """At 390 px two rows, in large letters three; 收藏 stands inside its line; each target is large enough."""
    with browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as phone:
        phone.add_init_script(f"localStorage.setItem('exhibition.size', '{size}')")
        page = phone.new_page()
        look(page, base, "焊接")
        page.wait_for_selector(".star")
        assert page.evaluate(ROWS) <= rows
        boxes = page.evaluate(
            "[...document.querySelectorAll('.tools :is(button,select), .rows > li > .star')].filter(one => one.offsetParent)"
            ".map(one => [one.offsetWidth, one.offsetHeight])"
        )
        assert min(side for box in boxes for side in box) >= 44
        assert page.evaluate(
            "[...document.querySelectorAll('.rows > li')].every(one => one.offsetHeight - one.firstChild.offsetHeight < 3)"
        )
        assert page.evaluate("""[...document.querySelectorAll('.rows > li')].every(one => {
          const star = one.querySelector('.star').getBoundingClientRect(), seal = one.querySelector('.seal');
          return !seal || seal.getBoundingClientRect().bottom <= star.top + 1;
        })""")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("combobox", name="显示方式").select_option("timeline")
        page.wait_for_selector(".view--timeline [data-result]")
        assert "view=timeline" in page.url


def test_the_timeline_says_its_own_order(page: Page, base: str) -> None:
    """It goes by year, whatever the address says; no other order is offered there."""
    page.goto(f"{base}/projects/?view=timeline&sort=title")
    page.wait_for_selector(".view--timeline [data-result]")
    assert page.locator(".live .list__o").evaluate("one => one.textContent") == "按年份排列，近的在前"
    assert not page.get_by_label("排序").is_visible()


def test_the_field_in_the_header_grows_and_moves_nothing(page: Page, base: str) -> None:
    """Over the free space before it; the hint of its key goes while one types."""
    page.goto(f"{base}/about/")
    field, menu = page.locator("#seek-q"), page.locator(".menu")
    brand = page.locator(".brand")
    before = [one.bounding_box() for one in (menu, brand)]
    narrow = field.evaluate("one => one.offsetWidth")
    page.keyboard.press("/")
    assert field.evaluate("one => one.offsetWidth") > 2 * narrow
    assert [one.bounding_box() for one in (menu, brand)] == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_printed_tiles_keep_their_shades(page: Page, base: str) -> None:
    """The caption says that darker is more: on paper, too, in greys under black letters."""
    page.goto(f"{base}/regions/")
    page.emulate_media(media="print")
    shades = page.locator(".tile--4 .tile__a, .tile--0 .tile__a").evaluate_all(
        "all => [...new Set(all.map(one => getComputedStyle(one).backgroundColor + getComputedStyle(one).printColorAdjust))]"
    )
    assert len(shades) == 2
    assert all(one.endswith("exact") for one in shades)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_results_break_no_rule_of_accessibility(browser: Browser, base: str, scheme: str, width: int) -> None:
    """Results, nothing found, the facets open, the table, a kept list: light and dark, on phones and wide screens."""
    with browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 844}, color_scheme="dark" if scheme == "dark" else "light"
    ) as made:
        page = made.new_page()
        look(page, base, "上海")
        page.wait_for_selector(".star")
        assert breaches(page) == []
        page.locator(".star").first.click()
        if width < 960:
            page.get_by_role("button", name="筛选").click()
            page.get_by_role("dialog", name="筛选").wait_for()
        page.locator('[data-facet="kind"] summary').click()
        page.wait_for_selector("[data-facet] [data-value]", state="attached")
        assert breaches(page) == []
        look(page, base, "焊结机器")
        page.wait_for_selector("[data-near]")
        assert breaches(page) == []
        look(page, base, "上海", "&view=table")
        assert breaches(page) == []
        page.goto(f"{base}/favourites/")
        page.wait_for_selector("[data-result]")
        assert breaches(page) == []
