"""Table, timeline and tiles over a filtered list, in Chromium on the built exhibition: counts, keyboard, phones, files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from site_builder.model.exhibition import Exhibition
from site_builder.surveying import survey

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from site_builder.publish.deck import Deck

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def deck() -> Deck:
    """The exhibition as the catalogue knows it."""
    return survey(PROJECT, Exhibition(), workers=1).deck


def look(page: Page, base: str, view: str, more: str = "", path: str = "projects/") -> None:
    """Opens a list in a view and waits until it stands there."""
    page.goto(f"{base}/{path}?view={view}{more}")
    settled(page, view)


def settled(page: Page, view: str) -> None:
    """Waits for the view."""
    page.wait_for_selector(f".view--{view} > *")


def parameter(page: Page, name: str) -> str:
    """What the address says of a name."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def changed(page: Page, words: str) -> None:
    """Waits until the address has these words."""
    page.wait_for_function("words => decodeURIComponent(location.search).includes(words)", arg=words)


def titles(page: Page) -> list[str]:
    """Names in the first column."""
    found: list[str] = page.eval_on_selector_all(".table tbody th", "all => all.map(one => one.textContent)")
    return found


# --- table ---------------------------------------------------------------------------------------------------------------


def test_the_table_is_one(page: Page, base: str, deck: Deck) -> None:
    """A caption, headers with their scope, a link in each row; the values are those of the catalogue."""
    look(page, base, "table", "&cols=by,grade,region")
    total = len(deck.catalogue.of_kind("project"))
    assert page.inner_text(".table caption") == f"第 1 至 24 项，共 {total} 项"
    heads = page.eval_on_selector_all(
        ".table thead th", "all => all.map(one => [one.scope, one.firstChild.textContent || one.textContent])"
    )
    assert [scope for scope, _ in heads] == ["col"] * 4
    assert heads[0][1].startswith("名称")
    assert heads[1][1] == "单位"
    assert page.locator(".table tbody th[scope=row] a").count() == 24
    for row in page.locator(".table tbody tr").all()[:8]:
        key = "project/" + (row.get_attribute("data-result") or "").split("/")[1]
        by, grade, region = row.locator("td").all_inner_texts()
        assert by == deck.cards[key].by
        assert bool(grade) == bool(deck.catalogue.facets[key].get("grade"))
        assert region in {"", *deck.catalogue.facets[key].get("region", ())}
    with page.expect_navigation():
        page.click(".table tbody a")
    assert "/projects/" in page.url


def test_headers_sort_by_keyboard(page: Page, base: str) -> None:
    """Through the address, so that Back undoes it; the focus stays on the header."""
    look(page, base, "table")
    before = titles(page)
    page.locator(".table__s", has_text="名称").focus()
    page.keyboard.press("Enter")
    changed(page, "sort=title")
    page.wait_for_selector('.table th[aria-sort="ascending"]')
    assert titles(page) != before
    page.wait_for_function("document.activeElement.dataset.key === 'sort-title'")
    page.go_back()
    page.wait_for_selector(".table:not(:has([aria-sort]))")
    assert titles(page) == before


def test_columns_are_the_visitors_choice(page: Page, base: str) -> None:
    """Ticked in a menu that stays open; in the address, so that a reload and another visitor see the same."""
    look(page, base, "table", "&cols=people,by")
    assert page.locator(".table thead th").all_inner_texts()[1:] == ["人员", "单位"]
    page.click(".cols summary")
    page.locator('.cols input[value="people"]').focus()
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelectorAll('.table thead th').length === 2")
    page.wait_for_function("document.activeElement.value === 'people'")
    assert page.locator(".cols").get_attribute("open") is not None
    assert parameter(page, "cols") == "by"
    page.keyboard.press("Escape")
    assert page.locator(".cols").get_attribute("open") is None
    page.reload()
    settled(page, "table")
    assert page.locator(".table thead th").all_inner_texts()[1:] == ["单位"]


def test_the_whole_list_is_a_file(page: Page, base: str, deck: Deck) -> None:
    """All that meets the conditions, not this page of it; Excel reads it and runs nothing."""
    look(page, base, "table", "&cols=by,grade&region=" + quote("上海"))
    keys = [key for key in deck.catalogue.of_kind("project") if "上海" in deck.catalogue.facets[key].get("region", ())]
    with page.expect_download() as download:
        page.click(".table__d button")
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert head[0] == "名称"
    assert head[-1] == "网址"
    assert sorted(row[-1] for row in rows) == sorted(f"{base}/{deck.cards[key].address}" for key in keys)
    cells = ["=1+1", "+86", "-3", "@x", "＝1", 'a"b,c', "a\nb", "样本"]
    text = page.evaluate("cells => exhibitionTable.text([cells])", cells)
    (row,) = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    assert row == ["'=1+1", "'+86", "'-3", "'@x", "'＝1", 'a"b,c', "a b", "样本"]


# --- timeline ------------------------------------------------------------------------------------------------------------


def years_of(deck: Deck, kind: str) -> Counter[str]:
    """How many entries of a kind have which year."""
    return Counter(str(year) for key in deck.catalogue.of_kind(kind) if (year := deck.cards[key].year))


def test_the_timeline_goes_from_new_to_old(page: Page, base: str, deck: Deck) -> None:
    """Years and their counts are those of the catalogue, over all pages; the second page goes on where the first ends."""
    look(page, base, "timeline")
    truth = years_of(deck, "project")
    bars = page.eval_on_selector_all(
        ".bar", "all => all.map(one => [one.dataset.year, one.querySelector('.bar__n').textContent])"
    )
    assert {year: int(count) for year, count in bars} == truth
    heads = page.locator(".when-year h2").all_inner_texts()
    first = [re.match(r"\d{4}", head)[0] for head in heads]  # type: ignore[index]  # each begins with a year
    assert first == sorted(first, reverse=True)
    assert all(f"{truth[year]} 项" in head for year, head in zip(first, heads, strict=True))
    assert page.locator("[data-result]").count() == 24
    look(page, base, "timeline", "&page=2")
    second = re.match(r"\d{4}", page.locator(".when-year h2").first.inner_text())
    assert second
    assert second[0] <= first[-1]


def test_bars_choose_years_by_keyboard(page: Page, base: str, deck: Deck) -> None:
    """One, then a span, then all again; Back goes the way back; the focus stays."""
    truth = years_of(deck, "project")
    old, new = sorted(truth)[-3], sorted(truth)[-1]
    look(page, base, "timeline")
    page.locator(f'[data-year="{old}"]').focus()
    page.keyboard.press("Enter")
    changed(page, f"year={old}")
    page.wait_for_selector(f'[data-year="{old}"][aria-pressed=true]')
    page.wait_for_function(f"document.activeElement.dataset.year === '{old}'")
    assert page.get_attribute("[data-count]", "data-count") == str(truth[old])
    page.click(f'[data-year="{new}"]')
    changed(page, f"year={old}-{new}")
    span = sum(count for year, count in truth.items() if old <= year <= new)
    page.wait_for_selector(f'[data-count="{span}"]')
    page.go_back()
    page.wait_for_selector(f'[data-count="{truth[old]}"]')
    page.click(".bars__n button")
    page.wait_for_selector(".bar:not([aria-pressed=true])")
    page.wait_for_function("!location.search.includes('year=')")


# --- tiles ---------------------------------------------------------------------------------------------------------------


def regions_of(deck: Deck, kind: str) -> Counter[str]:
    """How many entries of a kind name which region, or one inside of it."""
    return Counter(
        label for key in deck.catalogue.of_kind(kind) for label in deck.catalogue.facets[key].get("region", ())
    )


def test_tiles_have_the_catalogues_numbers(page: Page, base: str, deck: Deck) -> None:
    """Name and number as text; regions that nobody names keep their place and cannot be chosen."""
    look(page, base, "tiles")
    truth = regions_of(deck, "project")
    found = page.eval_on_selector_all(".tile", "all => all.map(one => [one.textContent, one.firstChild.tagName])")
    assert len(found) >= 34
    for words, tag in found:
        name, number = re.fullmatch(r"([\u4e00-\u9fff]+)([\d,]+) 项", words).groups()  # type: ignore[union-attr]  # it is the form of all
        assert int(number) == truth[name]
        assert tag == ("BUTTON" if truth[name] else "SPAN")
    assert page.locator('[data-region][tabindex="0"]').count() == 1


def test_arrows_walk_and_enter_narrows(page: Page, base: str, deck: Deck) -> None:
    """From 上海 to its neighbour 江苏; choosing it shows its cities; the trail leads back."""
    truth = regions_of(deck, "project")
    look(page, base, "tiles")
    page.locator('[data-region="上海"]').focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.region") == "江苏"
    page.keyboard.press("Enter")
    changed(page, "region=")
    page.wait_for_selector(f'[data-count="{truth["江苏"]}"]')
    page.wait_for_selector(".tilemap__t")
    below = page.eval_on_selector_all("[data-region]", "all => all.map(one => one.dataset.region)")
    assert below
    assert all(label.startswith("江苏") for label in below)
    page.click(f'[data-region="{below[0]}"]')
    page.wait_for_selector(f'[data-region="{below[0]}"][aria-pressed=true]')
    assert page.locator("[data-result]").count() == min(24, truth[below[0]])
    assert len(page.query_selector_all("[data-region]")) == len(below)
    page.go_back()
    page.wait_for_selector(f'[data-count="{truth["江苏"]}"]')
    page.click(".tilemap__t button")
    page.wait_for_selector('[data-region="上海"]')
    assert parameter(page, "region") == ""


def test_a_chosen_tile_is_given_back(page: Page, base: str, deck: Deck) -> None:
    """Pressed once more it narrows no longer; the focus stays."""
    truth = regions_of(deck, "project")
    label = next(one for one in sorted(truth) if not any(other != one and other.startswith(one) for other in truth))
    look(page, base, "tiles", "&region=" + quote(label))
    tile = page.locator(f'[data-region="{label}"]')
    assert tile.get_attribute("aria-pressed") == "true"
    assert page.locator("[data-result]").count() == min(24, truth[label])
    tile.press("Enter")
    page.wait_for_selector(f'[data-region="{label}"][aria-pressed=false]')
    page.wait_for_function(f"document.activeElement.dataset.region === '{label}'")


# --- all -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["table", "timeline", "tiles"])
@pytest.mark.parametrize("size", ["", "large"])
def test_on_a_small_phone(browser: Browser, base: str, view: str, size: str) -> None:
    """Only the table scrolls sideways, in itself, and its first column stays; fingers find their targets."""
    with browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.add_init_script(f"if ('{size}') localStorage['exhibition.size'] = '{size}'")
        look(page, base, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        if view == "table":
            moved = page.evaluate(
                "() => { const wrap = document.querySelector('.table-wrap'), first = wrap.querySelector('tbody th');"
                "wrap.scrollLeft = 200; return [wrap.scrollLeft, first.getBoundingClientRect().left - wrap.getBoundingClientRect().left]; }"
            )
            assert moved[0] > 100
            assert abs(moved[1]) < 2
        for box in [one.bounding_box() for one in page.locator(f".view--{view} button:visible").all()]:
            assert box
            assert box["width"] >= 43.5
            assert box["height"] >= 43.5


@pytest.mark.parametrize("view", ["table", "timeline", "tiles"])
def test_hostile_addresses_do_nothing(page: Page, base: str, view: str) -> None:
    """Unknown columns, regions and years are passed over."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    hostile = quote("<img src=x onerror=window.hacked=1>,__proto__,by,by")
    look(page, base, view, f"&cols={hostile}&year=99999&page=2&sort=__proto__")
    assert faults == []
    assert page.evaluate("window.hacked") is None
    if view == "table":
        assert page.locator(".table thead th").count() == 2


@pytest.mark.parametrize("view", ["table", "timeline", "tiles"])
def test_from_files(page: Page, built_site: Path, view: str) -> None:
    """A copy on a stick shows the views, and their links lead to entries."""
    page.goto((built_site / "projects" / "index.html").as_uri() + f"?view={view}")
    settled(page, view)
    with page.expect_navigation():
        page.click("[data-result] a")
    assert page.url.endswith("/index.html")
    assert page.locator("h1").count() == 1
