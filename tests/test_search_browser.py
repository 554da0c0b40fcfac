"""The search as visitors use it, in Chromium on the built exhibition: the engine itself, the field on every page, a first query."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from site_builder.model.exhibition import Exhibition
from site_builder.search.query import Index
from site_builder.search.said import said_by
from site_builder.search.tokens import fold, runs
from site_builder.surveying import survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).resolve().parent.parent
SEARCH = PROJECT / "tests" / "search"
JUDGED = [line.split("\t") for line in (SEARCH / "judged.tsv").read_text(encoding="utf-8").splitlines()]
SLIPS = [line.split("\t") for line in (SEARCH / "slips.tsv").read_text(encoding="utf-8").splitlines()]
HOSTILE = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror=window.hacked=1>',
    "((((",
    "[a-z]+\\",
    "热" * 10_000,
    "👩‍🔧🚀",
    "\u202e热轧\u202c",
    "&amp;&#x3c;",
    "__proto__ constructor",
    "constructor:热轧",
    "%00%ff",
    "t/12 #&!$%",
)
DONE = "document.querySelector('[data-results]:not([aria-busy]) [data-result], [data-none]')"


@pytest.fixture(scope="module")
def asked(browser: Browser, base: str) -> Iterator[Page]:
    """The search page, on which the engine is asked directly; nothing is typed there."""
    with browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{base}/search/")
        page.wait_for_function("!!(window.exhibitionEngine && exhibitionEngine.suggest)")
        yield page


def look(page: Page, base: str, query: str) -> list[str]:
    """Opens the search page with a query; addresses of the results that are shown."""
    page.goto(f"{base}/search/?q={quote(query, errors='replace')}")
    page.wait_for_function(DONE)
    found: list[str] = page.eval_on_selector_all("[data-result]", "all => all.map(one => one.dataset.result)")
    return found


def test_hits_are_seen_in_the_colours_of_the_system(browser: Browser, base: str) -> None:
    """The browser gives marks an ink of their own: without their ground it was that of the page."""
    with browser.new_context(locale="zh-CN", forced_colors="active", color_scheme="dark") as context:
        page = context.new_page()
        look(page, base, "焊接")
        ink, ground = page.locator(".live mark").first.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        )
        assert ink != ground
        assert ground.startswith("rgb("), "the ground is transparent"


# --- the engine ------------------------------------------------------------------------------------------------------


def test_terms_are_those_of_the_vectors(asked: Page) -> None:
    """The very file that holds for Python."""
    vectors = json.loads((SEARCH / "vectors.json").read_text(encoding="utf-8"))
    script = """async ([vectors]) => {
      const T = exhibitionTokens;
      await exhibitionEngine.ready();
      const pairs = await exhibitionEngine.load("t2s");
      const strange = vectors.map(one => T.strange(one.text));
      T.learn(pairs);
      return vectors.map((one, at) => {
        const folded = T.fold(one.text), found = T.runs(folded);
        return {text: one.text, folded, runs: found, cover: found.map(T.cover), whole: T.whole(one.text),
                shards: found.flatMap(run => T.cover(run).map(term => T.shardOf(term, 1024)))};
      });
    }"""
    found = asked.evaluate(script, [[vector for vector in vectors if "\\ud8" not in ascii(vector["text"])]])
    for one in found:
        expected = next(vector for vector in vectors if vector["text"] == one["text"])
        assert one == {name: value for name, value in expected.items() if name != "grams"}


def test_slices_are_found_and_ranked_as_in_python(asked: Page, built_site: Path) -> None:
    """Two hundred random slices: the browser finds what the Python engine finds, in its order; a single page is checked."""
    deck = survey(PROJECT, Exhibition(), workers=1).deck
    index = Index(lambda address: (built_site / address).read_bytes())
    rng = random.Random(7)
    words = [word for query, _, _ in JUDGED for word in [query] if "“" not in query]
    words += ["lyj", "zjy", "han jie", "“三心”工作法", "年份:2019-2021", "年份：2024至2026 种类:成果"]
    while len(words) < 280:
        key = rng.choice(sorted(deck.cards))
        text = rng.choice(said_by(deck.catalogue.entries[key], deck.cards[key], catalogue=deck.catalogue).parts).text
        start = rng.randrange(max(1, len(text) - 1))
        word = re.sub(r"[-－:：“”＂\"]", " ", text[start : start + rng.randint(2, 6)])
        if runs(fold(word)):
            words.append(word)
    script = """words => Promise.all(words.map(async word => {
      const [all, found] = [await exhibitionEngine.candidates(word), await exhibitionEngine.search(word)];
      return [all.ids, all.ids.length > 24 || found.ids];
    }))"""
    for at in range(0, len(words), 40):
        some = words[at : at + 40]
        expected = {word: index.candidates(word) for word in some}
        found = asked.evaluate(script, some)
        assert {word: ids for word, (ids, _) in zip(some, found, strict=True)} == expected
        few = {word: ids for word, (_, ids) in zip(some, found, strict=True) if ids is not True}
        assert few == {word: index.search(word) for word in few}


def test_judged_queries(asked: Page) -> None:
    """The whole judged set, with the first page looked up in the texts as the page of results does."""
    script = """queries => Promise.all(queries.map(async query => {
      const found = await exhibitionEngine.search(query);
      return (await exhibitionEngine.page(found, found.ids.slice(0, 24))).map(record => record.title);
    }))"""
    found = asked.evaluate(script, [query for query, _, _ in JUDGED])
    missed = [
        (query, title)
        for (query, best, title), titles in zip(JUDGED, found, strict=True)
        if title not in titles[: int(best)]
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ("五小竞赛", [["山西省“", False], ["五小”竞赛", True]]),
        ("山西 五小", [["山西", True], ["省“", False], ["五小", True], ["”竞赛", False]]),
        ("山西省“五小”竞赛", [["山西省", True], ["“", False], ["五小", True], ["”", False], ["竞赛", True]]),
    ],
)
def test_hits_are_marked_over_quotation_marks(asked: Page, query: str, pieces: list[object]) -> None:
    """Who leaves them out sees all the same what was found."""
    script = """async query => {
      const found = await exhibitionEngine.search(query), records = await exhibitionEngine.records(found.ids);
      return exhibitionEngine.title(records.find(one => one.title === "山西省“五小”竞赛"), found.terms);
    }"""
    assert asked.evaluate(script, query) == pieces


def test_slips_are_mended(asked: Page) -> None:
    """One character wrong, missing, doubled or swapped, or another that sounds the same: the word meant is offered."""
    script = """words => Promise.all(words.map(async word => {
      const found = await exhibitionEngine.search(word);
      return [found.failed.map(term => term.text), await exhibitionEngine.near(found.terms[0])];
    }))"""
    found = asked.evaluate(script, [slip for slip, _ in SLIPS])
    wrong = [
        (slip, meant, failed, offered)
        for (slip, meant), (failed, offered) in zip(SLIPS, found, strict=True)
        if failed != [slip] or meant not in offered
    ]
    assert wrong == []


def test_what_would_be_found_without_a_term_is_counted(asked: Page) -> None:
    """Where several terms have nothing in common, and where one of them is nowhere."""
    script = """query => exhibitionEngine.search(query).then(found => ({
      failed: found.failed.map(term => term.text), without: found.without.map(one => [one.term.text, one.query, one.count])}))"""
    found = asked.evaluate(script, "焊接 无此字词")
    assert found["failed"] == ["无此字词"]
    assert [(left, rest) for left, rest, _ in found["without"]] == [("无此字词", "焊接")]
    found = asked.evaluate(script, "竺士杰 草铵膦")
    assert found["failed"] == []
    assert [(left, rest) for left, rest, _ in found["without"]] == [("竺士杰", "草铵膦"), ("草铵膦", "竺士杰")]
    counts = asked.evaluate("['草铵膦', '竺士杰'].map(one => exhibitionEngine.search(one))", None) and [
        asked.evaluate("one => exhibitionEngine.search(one).then(found => found.ids.length)", one)
        for one in ("草铵膦", "竺士杰")
    ]
    assert [count for _, _, count in found["without"]] == counts


def test_counts_are_honest(asked: Page) -> None:
    """A single page is looked up in the texts; of a longer list of a long word the count is said to be about right."""
    script = "query => exhibitionEngine.search(query).then(found => [found.ids.length, found.sure, found.loose])"
    count, sure, loose = asked.evaluate(script, "“竺士杰操作法”")
    assert (count > 0, sure, loose) == (True, True, False)
    assert asked.evaluate(script, "工作")[1:] == [True, False]
    count, sure, _ = asked.evaluate(script, "创新工作室")
    assert count > 24
    assert not sure
    count, sure, loose = asked.evaluate(script, "作室工王军")
    assert not count or loose


def test_keys_lead_to_entries_and_back(asked: Page) -> None:
    """What a visitor kept is found by its key; keys that are no more give -1; nothing asked for gives everything."""
    script = """async keys => {
      const ids = await exhibitionEngine.find(keys);
      const records = await exhibitionEngine.records(ids.filter(id => id >= 0));
      const all = await exhibitionEngine.search("");
      return [ids.map(id => id >= 0), records.map(one => [one.key, one.kindName, one.title]),
              all.ids.length === exhibitionEngine.manifest().entries, all.empty];
    }"""
    found = asked.evaluate(script, ["craftsman/zhu-shi-jie", "project/no-such-thing", "<script>"])
    assert found == [[True, False, False], [["craftsman/zhu-shi-jie", "craftsman", "竺士杰"]], True, False]


def test_strange_text_is_a_query_like_any_other(asked: Page) -> None:
    """Lone surrogates, NUL and marks of direction cannot be typed, but scripts can put them there."""
    script = "query => exhibitionEngine.search(query).then(found => found.ids.length)"
    plain = asked.evaluate(script, "热 轧")
    assert asked.evaluate("exhibitionEngine.search('\\ud83d热\\udc00轧').then(found => found.ids.length)") >= plain
    assert asked.evaluate(script, "\x00热轧\x00") == asked.evaluate(script, "热轧")
    assert asked.evaluate(script, "\u202e热轧\u202c") == asked.evaluate(script, "热轧")


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("wangjun", "创新工作室", "王军热轧技术创新工作室"),
        ("ＷＡＮＧＪＵＮ", "创新工作室", "王军热轧技术创新工作室"),
        ("zsj", "人物", "竺士杰"),
        ("竺士杰", "人物", "竺士杰"),
        ("高鳳林", "人物", "高凤林"),
        ("海河", "奖项", "海河工匠"),
        ("hhgj", "奖项", "海河工匠"),
        ("长城汽车", "单位", "长城汽车股份有限公司"),
        ("盾构", "成果", "超大直径盾构掘进新技术及应用"),
    ],
)
def test_suggestions_name_people_organisations_awards_and_titles(
    asked: Page, typed: str, kind: str, title: str
) -> None:
    """By Chinese, pinyin and initials, in any width and script, each with its kind."""
    script = "typed => exhibitionEngine.suggest(typed).then(all => all.map(one => [one.kind, one.title]))"
    found = asked.evaluate(script, typed)
    assert [kind, title] in found
    assert len(found) <= 8


# --- the field on every page -----------------------------------------------------------------------------------------


def test_suggestions_by_keyboard(page: Page, base: str) -> None:
    """`/` focuses the header's field, arrows walk, Home and End jump, Escape closes, Enter opens; roles are a combobox's."""
    page.goto(f"{base}/about/")
    page.keyboard.press("/")
    field, options = page.locator("#seek-q"), page.locator("#seek-list [role=option]")
    assert field.evaluate("one => one === document.activeElement")
    page.keyboard.type("wangjun", delay=20)
    page.wait_for_selector("#seek-list [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    assert re.fullmatch(r"有 \d+ 条建议，用上下键挑选", page.inner_text(".seek [role=status]"))
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("End")
    assert field.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    page.keyboard.press("Home")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    field.fill("竺士杰")
    page.wait_for_function(
        "document.querySelector('#seek-list mark') && document.querySelector('#seek-list mark').textContent === '竺士杰'"
    )
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{base}/craftsmen/zhu-shi-jie/"


def test_control_k_and_enter_lead_to_the_results(page: Page, base: str) -> None:
    """Without a chosen suggestion Enter sends the form."""
    page.goto(f"{base}/")
    page.keyboard.press("Control+k")
    page.keyboard.type("焊接")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_function(DONE)
    assert page.url.startswith(f"{base}/search/?q=")


def test_nothing_is_fetched_before_somebody_searches(page: Page, base: str) -> None:
    """A page that is only read costs the small script."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{base}/")
    page.wait_for_load_state("networkidle")
    assert [url.rpartition("/")[2] for url in requested if "search" in url] == ["boot.js"]


def test_half_typed_pinyin_is_not_searched(page: Page, base: str) -> None:
    """Between compositionstart and compositionend nothing is looked up, here or on the search page; what was composed is."""
    for address, field in (("/about/", "#seek-q"), ("/search/", "#find-q")):
        page.goto(f"{base}{address}")
        page.focus(field)
        page.wait_for_function("!!(window.exhibitionEngine && exhibitionEngine.suggest)")
        client = page.context.new_cdp_session(page)
        for text in ("h", "ha", "han", "han j"):
            client.send(
                "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
            )
            page.wait_for_timeout(60)
        page.wait_for_timeout(400)
        assert "q=" not in page.url
        assert page.locator("[role=option]:visible").count() == 0
        client.send("Input.insertText", {"text": "焊接"})
        page.wait_for_selector("[role=option]:visible")
        assert "焊接" in page.locator("[role=option] mark").first.inner_text()


def test_who_composes_while_the_script_arrives_is_not_interrupted(page: Page, base: str) -> None:
    """What was begun before anybody listened is half typed, too."""
    page.goto(f"{base}/about/")
    client = page.context.new_cdp_session(page)
    page.focus("#seek-q")
    client.send("Input.imeSetComposition", {"text": "han", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_function("!!(window.exhibitionEngine && exhibitionEngine.suggested)")
    page.wait_for_timeout(600)
    assert page.locator("[role=option]:visible").count() == 0
    client.send("Input.insertText", {"text": "焊接"})
    page.wait_for_selector("[role=option]:visible")


def test_phones_lead_to_a_field_that_is_ready(page: Page, base: str) -> None:
    """At 360 px a link of 44 px stands in the header; it leads to the large field, which has the focus."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base}/")
    box = page.locator("[data-search-link]").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    page.click("[data-search-link]")
    page.wait_for_function("document.activeElement && document.activeElement.id === 'find-q'")
    page.keyboard.type("wangjun")
    page.wait_for_selector("#find-list [role=option]")
    heights = page.eval_on_selector_all("#find-list [role=option]", "all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    with page.expect_navigation():
        page.locator("#find-list [role=option]").first.click()
    assert page.locator("h1").count() == 1


# --- the page of results ---------------------------------------------------------------------------------------------


def test_large_text_leaves_room_for_what_is_typed_and_results_are_not_covered(page: Page, base: str) -> None:
    """At one and a half times the text the field takes the line; Enter at once, as after speaking, brings results and no suggestions."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{base}/search/")
    page.add_style_tag(content="html{font-size:150%!important}")
    assert page.locator("#find-q").evaluate("one => one.offsetWidth / parseFloat(getComputedStyle(one).fontSize)") > 11
    page.locator("#find-q").fill("成果")
    page.keyboard.press("Enter")
    page.locator("[data-result]").first.wait_for()
    page.wait_for_timeout(400)
    assert page.locator(".hints:visible").count() == 0


def test_hostile_queries_do_nothing_but_search(page: Page, base: str) -> None:
    """No script runs, nothing breaks, the page says what it found."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for query in HOSTILE:
        look(page, base, query if len(query) < 1000 else query[:2000])
        assert page.evaluate("window.hacked") is None, query
    page.fill("#find-q", HOSTILE[4])
    page.press("#find-q", "Enter")
    page.wait_for_function(DONE)
    assert faults == []


def test_hits_are_marked_in_title_and_excerpt(page: Page, base: str) -> None:
    """At most forty characters around the hit; a traditional query marks simplified text."""
    look(page, base, "熱軋")
    assert "热轧" in page.eval_on_selector_all("[data-result] mark", "all => all.map(one => one.textContent)")


def test_of_the_words_an_entry_is_filed_under_only_the_one_asked_for_is_shown(page: Page, base: str) -> None:
    """A seal that says it already needs no line; the row of all labels is nothing to read."""
    look(page, base, "一等奖")
    sealed = page.locator("[data-result]", has=page.locator(".seal", has_text="一等奖"))
    assert sealed.count() > 3
    assert sealed.locator(".found__x mark").count() == 0
    look(page, base, "医疗健康")
    marked = page.eval_on_selector_all(".found__x:has(mark)", "all => all.map(one => one.textContent)")
    assert "医疗健康" in marked
    assert [text for text in marked if "医疗健康 " in text] == []


def test_nothing_found_names_the_word_and_offers_the_nearest(page: Page, base: str) -> None:
    """A name one character off; what is offered leads on."""
    look(page, base, "竺士洁")
    assert "没有找到“竺士洁”" in page.inner_text("[data-none]")
    page.wait_for_selector("[data-near]")
    assert page.get_attribute("[data-near]", "data-near") == "竺士杰"
    page.click("[data-near]")
    page.wait_for_selector("[data-result]")
    assert page.get_attribute("[data-result]", "data-result") == "craftsmen/zhu-shi-jie/"
    look(page, base, "焊接 无此字词")
    assert "没有找到“无此字词”" in page.inner_text("[data-none]")


def test_search_works_from_files(page: Page, built_site: Path) -> None:
    """Opened from a disk or a stick, without a server."""
    page.goto(f"{(built_site / 'search/index.html').as_uri()}?q={quote('熱軋')}")
    page.wait_for_function(DONE)
    with page.expect_navigation():
        page.locator("[data-result] a").first.click()
    assert page.url.endswith("index.html")
    assert page.locator("h1").count() == 1


def test_without_script_the_page_leads_on(base: str, browser: Browser) -> None:
    """A sentence and the lists; the header's form leads here."""
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{base}/")
        plain.fill("#seek-q", "焊接")
        plain.press("#seek-q", "Enter")
        plain.wait_for_url("**/search/?q=*")
        assert "脚本" in plain.inner_text("noscript")
        assert plain.locator(".places a").count() > 8


def test_a_first_query_costs_little(page: Page, base: str) -> None:
    """Scripts, manifest, shards and a page of results of a first query, uncompressed; a second costs its shards and results."""
    sizes: list[int] = []
    page.on(
        "response",
        lambda response: sizes.append(len(response.body())) if response.url.split("?")[0].endswith(".js") else None,
    )
    look(page, base, "焊接")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 150_000
    sizes.clear()
    page.fill("#find-q", "竺士杰")
    page.wait_for_function("document.querySelector('[data-result=\"craftsmen/zhu-shi-jie/\"]')")
    assert sum(sizes) < 40_000
