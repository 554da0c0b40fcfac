"""The search as visitors use it, in Chromium on the built exhibition: by keyboard, by input method, on paper thin phones, from files."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from site_builder.model.exhibition import Exhibition
from site_builder.pipeline import survey
from site_builder.search.query import Index
from site_builder.search.said import said_by
from site_builder.search.tokens import fold, runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PROJECT = Path(__file__).resolve().parent.parent
SEARCH = PROJECT / "tests" / "search"
JUDGED = [line.split("\t") for line in (SEARCH / "judged.tsv").read_text(encoding="utf-8").splitlines()]
HOSTILE = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror=window.hacked=1>',
    "((((",
    "[a-z]+\\",
    "热" * 10_000,
    "👩‍🔧🚀",
    "&amp;&#x3c;",
    "__proto__ constructor",
    "%00%ff",
    "t/12 #&!$",
)
DONE = "document.querySelector('[data-count]').textContent.match(/条|请输入|用不了/)"


@pytest.fixture
def base(built_site: Path, serve_directory: Callable[[Path], str]) -> str:
    """The address of the built exhibition."""
    return serve_directory(built_site)


def look(page: Page, base: str, query: str, more: str = "") -> list[str]:
    """Opens the search page with a query; the keys that are shown."""
    page.goto(f"{base}/search/?q={quote(query, errors='replace')}{more}")
    page.wait_for_function(DONE)
    return shown(page)


def shown(page: Page) -> list[str]:
    """Addresses of the results on the page."""
    found: list[str] = page.eval_on_selector_all("[data-result]", "all => all.map(one => one.dataset.result)")
    return found


def engine(page: Page, base: str) -> None:
    """Opens the search page and waits for the engine, to ask it directly."""
    page.goto(f"{base}/search/")
    page.wait_for_function("window.exhibitionEngine")


def test_terms_are_those_of_the_vectors(page: Page, base: str) -> None:
    """The very file that holds for Python."""
    vectors = json.loads((SEARCH / "vectors.json").read_text(encoding="utf-8"))
    engine(page, base)
    script = """async ([vectors]) => {
      const T = exhibitionTokens;
      await exhibitionEngine.ready();
      const pairs = await new Promise(done => {
        exhibitionSearch.put = (name, content) => done(content);
        const script = document.createElement("script");
        script.src = "v1/t2s.js";
        document.head.append(script);
      });
      const strange = vectors.map(one => T.strange(one.text));
      T.learn(pairs);
      return vectors.map((one, at) => {
        const folded = T.fold(one.text), found = T.runs(folded);
        return {text: one.text, folded, runs: found, cover: found.map(T.cover), whole: T.whole(one.text),
                shards: found.flatMap(run => T.cover(run).map(term => T.shardOf(term, 1024)))};
      });
    }"""
    found = page.evaluate(script, [[vector for vector in vectors if "\\ud8" not in ascii(vector["text"])]])
    for one in found:
        expected = next(vector for vector in vectors if vector["text"] == one["text"])
        assert one == {name: value for name, value in expected.items() if name != "grams"}


def test_slices_are_found_and_ranked_as_in_python(page: Page, base: str, built_site: Path) -> None:
    """Two hundred random slices: the browser finds what the Python engine finds, in its order; a single page is checked."""
    deck = survey(PROJECT, Exhibition(), workers=1).deck
    index = Index(lambda address: (built_site / address).read_bytes())
    rng = random.Random(7)
    words = [word for query, _, _ in JUDGED for word in [query] if "“" not in query]
    while len(words) < 280:
        key = rng.choice(sorted(deck.cards))
        text = rng.choice(said_by(deck.catalogue.entries[key], deck.cards[key], catalogue=deck.catalogue).parts).text
        start = rng.randrange(max(1, len(text) - 1))
        word = re.sub(r"[-－:：“”＂\"]", " ", text[start : start + rng.randint(2, 6)])
        if runs(fold(word)):
            words.append(word)
    engine(page, base)
    script = """words => Promise.all(words.map(async word => {
      const [all, found] = [await exhibitionEngine.candidates(word), await exhibitionEngine.search(word)];
      return [all.ids, all.ids.length > 24 || found.ids];
    }))"""
    for at in range(0, len(words), 40):
        some = words[at : at + 40]
        expected = {word: index.candidates(word) for word in some}
        found = page.evaluate(script, some)
        assert {word: ids for word, (ids, _) in zip(some, found, strict=True)} == expected
        few = {word: ids for word, (_, ids) in zip(some, found, strict=True) if ids is not True}
        assert few == {word: index.search(word) for word in few}


@pytest.mark.parametrize(("query", "best", "title"), JUDGED[::6], ids=[row[0] for row in JUDGED[::6]])
def test_judged_queries(page: Page, base: str, query: str, best: str, title: str) -> None:
    """A sixth of the judged set on the page itself."""
    look(page, base, query)
    titles = page.eval_on_selector_all("[data-result] h2", "all => all.map(one => one.textContent)")
    assert title in titles[: int(best)]


def test_hits_are_marked_in_title_and_excerpt(page: Page, base: str) -> None:
    """At most forty characters around the hit; a traditional query marks simplified text."""
    for query in ("焊接", "銲接 焊接", "ＨＡＮＪＩＥ"):
        look(page, base, query)
    look(page, base, "熱軋")
    assert "热轧" in page.eval_on_selector_all("mark", "all => all.map(one => one.textContent)")
    excerpts = page.eval_on_selector_all(".found__x", "all => all.map(one => Array.from(one.textContent).length)")
    assert max(excerpts) <= 40


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_do_nothing_but_search(page: Page, base: str, query: str) -> None:
    """No script runs, nothing breaks, the page says what it found."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{base}/search/")
    page.wait_for_function("window.exhibitionEngine")
    page.fill("#find-q", query)
    page.press("#find-q", "Enter")
    page.wait_for_function(DONE)
    assert faults == []
    assert page.evaluate("window.hacked") is None


def test_a_lone_surrogate_is_a_query_like_any_other(page: Page, base: str) -> None:
    """It cannot be typed, but scripts can put it there."""
    engine(page, base)
    assert page.evaluate("exhibitionEngine.search('\\ud83d热\\udc00轧').then(found => found.ids.length)") >= 0


def test_half_typed_pinyin_is_not_searched(page: Page, base: str) -> None:
    """Between compositionstart and compositionend nothing is looked up; what was composed is."""
    engine(page, base)
    page.focus("#find-q")
    client = page.context.new_cdp_session(page)
    for text in ("h", "ha", "han", "han j"):
        client.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(120)
    page.wait_for_timeout(400)
    assert "q=" not in page.url
    assert page.inner_text("[data-count]") == ""
    client.send("Input.insertText", {"text": "焊接"})
    page.wait_for_function(DONE)
    assert shown(page)


def test_suggestions_by_keyboard(page: Page, base: str) -> None:
    """`/` focuses the header's field, arrows walk, Escape closes, Enter opens the entry; the roles are those of a combobox."""
    page.goto(f"{base}/about/")
    page.keyboard.press("/")
    field = page.locator("#seek-q")
    assert field.evaluate("one => one === document.activeElement")
    page.keyboard.type("wangjun", delay=20)
    page.wait_for_selector("#seek-list [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    first = page.locator("#seek-list [role=option]").first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    field.fill("竺士杰")
    page.wait_for_selector("#seek-list [role=option]")
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
    assert shown(page)


def test_nothing_is_fetched_before_somebody_searches(page: Page, base: str) -> None:
    """A page that is only read costs the small script."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}/")
    page.wait_for_load_state("networkidle")
    assert [url.rpartition("/")[2] for url in asked if "search" in url] == ["boot.js"]


def test_pages_and_kinds_have_addresses_and_back_restores_the_place(page: Page, base: str) -> None:
    """24 results a page behind real links; Back from a result shows the same page at the same height."""
    first = look(page, base, "工作室")
    assert len(first) == 24
    assert page.get_attribute(".pager__n", "href").endswith("page=2")
    page.click(".pager__n")
    page.wait_for_function("document.querySelector('.pager__p')")
    second = shown(page)
    assert page.url.endswith("&page=2")
    assert not set(first) & set(second)
    page.evaluate("window.scrollTo(0, 900)")
    with page.expect_navigation():
        page.locator("[data-result] a").nth(8).click()
    page.go_back()
    page.wait_for_function(DONE)
    page.wait_for_function("window.scrollY > 500")
    assert shown(page) == second
    page.go_back()
    page.wait_for_function("!document.querySelector('.pager__p')")
    assert shown(page) == first
    page.click("[data-tabs] a:nth-child(2)")
    page.wait_for_function("location.search.includes('kind=')")
    page.wait_for_function("document.querySelector('[data-tabs] a:nth-child(2)[aria-current]')")
    kind = page.inner_text("[data-tabs] [aria-current] em")
    assert page.get_attribute("[data-count]", "data-count") == kind


def test_nothing_found_says_which_word_and_offers_the_nearest(page: Page, base: str) -> None:
    """A name one character off, and a query of two words one of which is nowhere."""
    look(page, base, "竺士洁")
    assert "没有找到“竺士洁”" in page.inner_text("[data-none]")
    page.wait_for_selector("[data-near]")
    assert page.get_attribute("[data-near]", "data-near") == "竺士杰"
    page.click("[data-near]")
    page.wait_for_selector("[data-result]")
    assert shown(page)[0] == "craftsmen/zhu-shi-jie/"
    look(page, base, "焊接 无此字词")
    assert page.inner_text("[data-none] p").startswith("没有找到“无此字词”")
    assert page.inner_text("[data-none] li a") == "焊接"
    assert page.input_value("#find-q") == "焊接 无此字词"


def test_counts_are_announced(page: Page, base: str) -> None:
    """In a live region that was there before."""
    look(page, base, "焊接")
    region = page.locator("[data-count]")
    assert region.get_attribute("aria-live") == "polite"
    assert re.fullmatch(r"找到 \d+ 条", region.inner_text())


def test_search_works_from_files(page: Page, built_site: Path) -> None:
    """Opened from a disk or a stick, without a server."""
    page.goto(f"{(built_site / 'search/index.html').as_uri()}?q={quote('熱軋')}")
    page.wait_for_function(DONE)
    assert shown(page)
    with page.expect_navigation():
        page.locator("[data-result] a").first.click()
    assert page.url.endswith("index.html")
    assert page.locator("h1").count() == 1


def test_phones_have_a_link_and_room_for_fingers(page: Page, base: str) -> None:
    """At 360 px the header has a link; nothing is wider than the screen; what one touches is 44 px high."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base}/")
    page.click("[data-search-link]")
    page.wait_for_url(f"{base}/search/")
    page.fill("#find-q", "焊接")
    page.wait_for_function(DONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = "all => all.filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
    assert page.eval_on_selector_all(".find a:not(.crumb a), .find button, .find input, .find summary", small) == []


def test_without_script_the_page_leads_on(page: Page, base: str, browser: object) -> None:
    """A sentence and the lists; the header's form leads here."""
    with browser.new_context(java_script_enabled=False) as context:  # type: ignore[attr-defined]
        plain = context.new_page()
        plain.goto(f"{base}/")
        plain.fill("#seek-q", "焊接")
        plain.press("#seek-q", "Enter")
        plain.wait_for_url("**/search/?q=*")
        assert "脚本" in plain.inner_text("noscript")
        assert plain.locator(".places a").count() > 8


def test_a_first_query_costs_little(page: Page, base: str) -> None:
    """Scripts, manifest, shards and ten results of a first query, uncompressed."""
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())) if "search/" in response.url else None)
    look(page, base, "焊接")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 150_000
