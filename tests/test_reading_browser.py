"""Reading for those who see, hear or move with trouble, in Chromium: high contrast, reading aloud, fingers' room, zoom, focus, order."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

KINDS = {
    "home": "",
    "edition": "editions/2026/",
    "hall": "editions/permanent/*/",
    "project": "projects/*/",
    "method": "methods/*/",
    "craftsman": "craftsmen/*/",
    "studio": "studios/*/",
    "award": "awards/*/",
    "list": "projects/",
    "talent": "talent/",
    "map": "regions/",
    "numbers": "numbers/",
    "search": "search/",
    "story": "stories/*/",
    "about": "about/",
}
"""Sorts of pages, and where such pages lie; of several the first is opened."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
every_kind = pytest.mark.parametrize("kind", KINDS)

ROOM = """least => [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden])')]
  .filter(one => one.checkVisibility({visibilityProperty: true}))
  .filter(one => {
    const around = one.closest('p, li, dd, td, figcaption'), words = text => text.textContent.trim().length;
    return !(one.tagName === 'A' && getComputedStyle(one).display === 'inline' && around && words(around) > words(one) + 3);
  })
  .map(one => [one, (one.tagName === 'INPUT' && one.closest('label') || one).getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.right > 0 && (box.width < least - 0.5 || box.height < least - 0.5))
  .map(([one, box]) => `${one.className || one.parentNode.className} ${one.textContent.trim().slice(0, 9)} ${box.width}×${box.height}`)"""
"""What a finger may miss; links that stand in a sentence are let off, as WCAG 2.5.8 does."""

SQUEEZED = """least => [...document.querySelectorAll('.row__t, .label__t, .hon li > div, .facts dd, .years li > div, h1, main p')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.textContent.trim().length > 6 && !one.closest('.vh, .tiles'))
  .filter(one => getComputedStyle(one).writingMode === 'horizontal-tb' && getComputedStyle(one).position !== 'absolute')
  .filter(one => one.getBoundingClientRect().height > 40 && one.getBoundingClientRect().width < least)
  .map(one => `${one.className} ${one.textContent.trim().slice(0, 12)} ${one.getBoundingClientRect().width}`)"""
"""Words in a column so narrow that one reads them character by character."""

OPEN_ALL = "document.querySelectorAll('details:not(.site-head details, .site-foot details)').forEach(one => { one.open = true })"

RING = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const shown = one.tagName === 'INPUT' && getComputedStyle(one).opacity === '0' ? one.nextElementSibling : one;
  const style = getComputedStyle(shown), box = shown.getClientRects()[0] || shown.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    name: `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 12)}`,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width * box.height > 0,
    free: !!top && (shown.contains(top) || top.contains(shown) || one.contains(top)),
  };
}"""
"""What has the focus: whether it has a ring, is in the window, and is covered by nothing."""

SPEECH = """(langs => {
  window.spoken = [];
  window.utterances = [];
  const speech = {
    getVoices: () => langs.map(lang => ({lang, name: lang})),
    addEventListener: () => undefined,
    speak: one => { window.spoken.push([one.text, one.lang, one.voice && one.voice.lang]); window.utterances.push(one); },
    cancel: () => { window.cancelled = (window.cancelled || 0) + 1; },
  };
  Object.defineProperty(window, 'speechSynthesis', {value: speech, configurable: true});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})"""
"""A voice of the browser that says what it was given to say; Chromium without a screen has none."""


@pytest.fixture
def opened(serve_directory: Callable[[Path], str], built_site: Path) -> Callable[[Page, str], None]:
    """Opens the first page of a kind."""
    base = serve_directory(built_site)

    def go(page: Page, kind: str) -> None:
        paths = sorted(path for path in built_site.glob(f"{KINDS[kind]}index.html") if path.parent.name != "page")
        assert paths, f"the exhibition has no {kind}"
        address = paths[0].parent.relative_to(built_site).as_posix()
        page.goto(f"{base}/{'' if address == '.' else address + '/'}", wait_until="load")

    return go


def prefer(page: Page, **settings: str) -> None:
    """Takes reading settings as the panel would keep them, from the next page on."""
    lines = "".join(f"localStorage.setItem('exhibition.{name}', '{value}');" for name, value in settings.items())
    page.add_init_script(f"try {{ {lines} }} catch (error) {{}}")


def barriers(page: Page) -> list[str]:
    """What axe-core finds."""
    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    result: list[str] = page.evaluate(
        """async values => (await axe.run({runOnly: {type: 'tag', values}, resultTypes: ['violations']})).violations
             .flatMap(fault => fault.nodes.slice(0, 3).map(node => `${fault.id} ${node.target} ${node.html.slice(0, 120)}`))""",
        RULES,
    )
    return result


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("kind", ["home", "project", "numbers"])
def test_large_text_and_high_contrast_leave_no_barrier(
    page: Page, opened: Callable[[Page, str], None], kind: str, scheme: str
) -> None:
    """Both settings together, light and dark; and the words keep the seven to one of WCAG's highest level."""
    page.set_viewport_size({"width": 390, "height": 800})
    prefer(page, size="large", contrast="more", scheme=scheme)
    opened(page, kind)
    assert barriers(page) == []
    colours = page.evaluate(
        """() => ['#main .by, #main .meta, #main dt, #main .sec p', 'h1'].map(one => document.querySelector(one))
             .filter(Boolean).map(one => [getComputedStyle(one).color, getComputedStyle(document.documentElement).backgroundColor])"""
    )
    for words, _ in colours:
        assert words in {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}, "grey words in high contrast"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_system_that_asks_for_contrast_gets_it_in_the_dark_too(
    page: Page, opened: Callable[[Page, str], None], scheme: str
) -> None:
    """The lesser inks are the ink itself."""
    page.emulate_media(color_scheme=scheme, contrast="more")  # type: ignore[arg-type]  # both are schemes
    opened(page, "project")
    inks = page.evaluate(
        "['.side__h, .facts dt', '.facts dd'].map(one => getComputedStyle(document.querySelector(one)).color)"
    )
    assert len(set(inks)) == 1
    assert inks[0] == ("rgb(0, 0, 0)" if scheme == "light" else "rgb(255, 255, 255)")


FIXED = """() => [...document.querySelectorAll('body *')].filter(one => getComputedStyle(one).position === 'fixed')
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height > innerHeight / 2)
  .map(one => one.className)"""
"""What lies over more than half of the window and does not go away."""


@every_kind
def test_fingers_find_room_and_four_hundred_per_cent_lose_nothing(
    page: Page, opened: Callable[[Page, str], None], kind: str
) -> None:
    """Targets of 44 px on a phone and 60 px in large text, folds open; at 320 × 256, which is 1280 × 1024 enlarged four times, no
    sideways scroll and nothing that covers the window.
    """
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, kind)
    page.evaluate(OPEN_ALL)
    page.add_style_tag(
        content="*{content-visibility:visible!important}"
    )  # what is far down keeps its old sizes until it comes near
    small = page.evaluate(ROOM, 44)
    page.evaluate("document.documentElement.dataset.size = 'large'")
    assert (small, page.evaluate(ROOM, 60)) == ([], [])
    for size in ("", "large"):
        page.evaluate("size => { document.documentElement.dataset.size = size }", size)
        for width, height in ((320, 256), (640, 512)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (size, width)
            assert page.evaluate(FIXED) == []
    # large text on a phone of 360 px, enlarged twice: no column of single characters
    page.set_viewport_size({"width": 180, "height": 400})
    assert page.evaluate("document.documentElement.scrollWidth") <= 180
    assert page.evaluate(SQUEEZED, 70) == []


@pytest.mark.parametrize("kind", ["home", "project", "list"])
def test_the_focus_is_never_lost_nor_covered(page: Page, opened: Callable[[Page, str], None], kind: str) -> None:
    """Forty steps of the Tab key on a small window: a ring of 2 px or more, in the window, under nothing else."""
    page.set_viewport_size({"width": 390, "height": 480})
    opened(page, kind)
    lost, steps = [], 0
    for _ in range(40):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(RING)
        if here is None:
            break
        steps += 1
        if not (here["ring"] and here["seen"] and here["free"]):
            lost.append(here)
    assert lost == []
    assert steps > 10


@pytest.mark.parametrize("kind", ["home", "hall", "project", "craftsman", "list", "story"])
def test_screen_readers_meet_head_main_and_foot_in_order(
    page: Page, opened: Callable[[Page, str], None], kind: str
) -> None:
    """One banner, one main part with one first heading before any other, one foot; every navigation has a name of its own."""
    opened(page, kind)
    tree = page.locator("body").aria_snapshot()
    lines = [line.strip().removeprefix("- ") for line in tree.splitlines()]
    marks = [line.split()[0].rstrip(":") for line in lines if line.startswith(("banner", "main", "contentinfo"))]
    assert marks == ["banner", "main", "contentinfo"], "landmarks"
    headings = [line for line in lines if line.startswith("heading")]
    assert "[level=1]" in headings[0]
    assert sum("[level=1]" in line for line in headings) == 1
    levels = [int(line.split("[level=")[1][0]) for line in headings]
    jumps = [(one, other) for one, other in pairwise(levels) if other > one + 1]
    assert jumps == []
    ways = [line for line in lines if line.startswith("navigation")]
    assert all('"' in way for way in ways), "a navigation without a name"
    assert len(set(ways)) == len(ways)


def test_a_project_is_heard_in_the_order_of_its_label(page: Page, opened: Callable[[Page, str], None]) -> None:
    """Title, whose it is, the honour, then text, facts, sources, the way on."""
    opened(page, "project")
    tree = page.locator("#main").aria_snapshot()
    places = [tree.find(words) for words in ("[level=1]", "获奖等级：", "展品资料", "资料来源", "告诉我们纠正")]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["craftsman", "story"])
def test_an_entry_is_read_aloud_when_asked(page: Page, opened: Callable[[Page, str], None], kind: str) -> None:
    """Nothing is said before; then the title, sentence after sentence, by a Chinese voice; a second press ends it."""
    page.add_init_script(f"{SPEECH}(['en-US', 'zh-TW', 'zh-CN'])")
    opened(page, kind)
    button = page.locator("[data-aloud]")
    page.wait_for_function("document.querySelector('[data-aloud]').hasAttribute('aria-pressed')")
    assert page.evaluate("window.spoken") == []
    button.click()
    assert button.inner_text() == "停止朗读"
    title = page.locator("h1").inner_text().replace("\u3000", "").replace("\n", "")
    for _ in range(60):
        if page.evaluate("window.utterances.length") == 0:
            break
        page.evaluate("() => { const one = window.utterances.shift(); one.onend(); }")
    said = page.evaluate("window.spoken")
    heard = "".join(text for text, _, _ in said).replace("，", "")
    assert title.replace(" ", "") in heard.replace(" ", "")
    assert all(len(text) <= 80 and lang == voice == "zh-CN" for text, lang, voice in said)
    assert len({text for text, _, _ in said}) > 2
    if button.inner_text() == "停止朗读":
        button.click()
    assert button.inner_text() == "朗读"
    assert page.locator(".spoken").count() == 0
    count = len(page.evaluate("window.spoken"))
    page.evaluate("() => { const one = window.utterances.shift(); if (one) one.onend(); }")
    assert len(page.evaluate("window.spoken")) == count, "it went on after the end"


def test_without_a_chinese_voice_no_button_is_shown(page: Page, opened: Callable[[Page, str], None]) -> None:
    """Nor in a browser that cannot speak."""
    page.add_init_script(f"{SPEECH}(['en-US'])")
    opened(page, "project")
    page.wait_for_function("!document.documentElement.classList.contains('speaks')")
    assert not page.locator("[data-aloud]").is_visible()
    page.add_init_script("delete window.SpeechSynthesisUtterance")
    opened(page, "project")
    assert not page.locator("[data-aloud]").is_visible()
    assert page.evaluate("[...document.scripts].every(one => !one.src.endsWith('aloud.js'))")


@pytest.mark.parametrize("kind", ["project", "numbers"])
def test_type_is_set_as_chinese_should_be(page: Page, opened: Callable[[Page, str], None], kind: str) -> None:
    """Punctuation closed up, no mark at the head of a line, a breath between Han and Latin, even titles, figures of one width."""
    opened(page, kind)
    page.emulate_media(reduced_motion="reduce")
    style = page.evaluate(
        """() => {
          const of = (name, what) => { const one = document.querySelector(name); return one && getComputedStyle(one)[what] };
          return {
            strict: of('#main', 'lineBreak'), trim: of('#main', 'textSpacingTrim'), title: of('h1', 'textSpacingTrim'),
            space: of('#main', 'textAutospace'), balance: of('h1', 'textWrapStyle'),
            pretty: of('#main .src p, #main .counted__n p', 'textWrapStyle'),
            figures: of('#main table, #main dl', 'fontVariantNumeric'), slanted: of('#main em', 'fontStyle') || 'normal',
            still: [...document.querySelectorAll('a, button')].every(one => getComputedStyle(one).transitionProperty === 'none'
              || getComputedStyle(one).transitionDuration === '0s'),
          };
        }"""
    )
    assert style == {
        "strict": "strict",
        "trim": "normal",
        "title": "trim-start",
        "space": "normal",
        "balance": "balance",
        "pretty": "pretty",
        "figures": "tabular-nums",
        "slanted": "normal",
        "still": True,
    }


def test_a_figure_in_a_table_is_not_parted_from_its_unit(
    page: Page, built_site: Path, serve_directory: Callable[[Path], str]
) -> None:
    """65.4 and % stand on one line on a phone, in whichever written page there are such tables."""
    page.set_viewport_size({"width": 390, "height": 844})
    base, seen = serve_directory(built_site), 0
    for path in sorted(built_site.glob("stories/*/index.html")):
        if "%</td>" not in path.read_text(encoding="utf-8"):
            continue
        page.goto(f"{base}/{path.parent.relative_to(built_site).as_posix()}/", wait_until="load")
        found = page.evaluate(
            """() => [...document.querySelectorAll('td')].filter(one => /^[\\d.]+%$/.test(one.textContent.trim())).map(one => {
              const words = document.createRange();
              words.selectNodeContents(one);
              return [one.textContent, words.getClientRects().length];
            })"""
        )
        seen += len(found)
        assert [words for words, lines in found if lines > 1] == []
    assert seen > 10


NARROW = """() => [...document.querySelectorAll('.written :is(th, td), .banner-sheet__no')].filter(one => {
  const letters = [...one.textContent.trim()], words = document.createRange(), walk = document.createTreeWalker(one, 4), lines = [];
  for (let text; (text = walk.nextNode());) for (let at = 0; at < text.length; at++) {
    words.setStart(text, at);
    words.setEnd(text, at + 1);
    const box = words.getBoundingClientRect();
    if (!box.width || !text.data[at].trim()) continue;
    if (lines.length && Math.abs(lines[lines.length - 1].bottom - box.bottom) < 8) lines[lines.length - 1].count++;
    else lines.push({bottom: box.bottom, count: 1});
  }
  return letters.length > 2 && letters.length < 7 && lines.some(line => line.count === 1);
}).map(one => one.textContent.trim())"""
"""Short words of which a character stands alone on a line: 多／久／一／次."""


@pytest.mark.parametrize("address", ["", "stories/fei-gong-qi-ye/", "stories/san-nian-zhou-qi/"])
def test_short_words_in_narrow_columns_are_not_read_character_by_character(
    page: Page, built_site: Path, serve_directory: Callable[[Path], str], address: str
) -> None:
    """In large text on a phone of 360 px: first columns of tables in stories, numbers of halls; nothing sticks out for it."""
    page.set_viewport_size({"width": 360, "height": 740})
    prefer(page, size="large")
    page.goto(f"{serve_directory(built_site)}/{address}", wait_until="load")
    page.add_style_tag(content="*{content-visibility:visible!important}")
    assert page.locator(".written td, .banner-sheet__no").count() > 10
    assert [words for words in page.evaluate(NARROW) if not re.search(r"\d", words)] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_panels_of_the_header_keep_the_margins_and_draw_no_empty_count(
    page: Page, opened: Callable[[Page, str], None]
) -> None:
    """In large text on a phone of 360 px; who has kept nothing sees no box for a number."""
    page.set_viewport_size({"width": 360, "height": 740})
    prefer(page, size="large")
    opened(page, "project")
    for panel in (".site-head .settings", ".site-head .drawer--menu"):
        page.locator(f"{panel} > summary").click()
        box = page.locator(f"{panel} .drawer__panel").bounding_box()
        assert box
        assert box["x"] >= 16
        assert box["x"] + box["width"] <= 360 - 16
    assert page.locator(".drawer--menu .kept").is_visible()
    assert not page.locator(".drawer--menu .kept b").is_visible()


def test_a_drawn_cover_lets_the_title_come_first_on_a_phone(page: Page, opened: Callable[[Page, str], None]) -> None:
    """With text half as large again the title is on the first screen; a drawing is no reason to scroll for it."""
    page.set_viewport_size({"width": 360, "height": 700})
    opened(page, "project")
    page.evaluate("document.documentElement.style.fontSize = '150%'")
    top = page.evaluate("document.querySelector('h1').getBoundingClientRect().top")
    cover = page.evaluate("document.querySelector('.top__cv').getBoundingClientRect().top")
    assert top < 350 < cover


def test_the_table_of_access_names_what_there_is() -> None:
    """Files and tests in docs/accessibility.md exist."""
    root = Path(__file__).resolve().parent.parent
    named = re.findall(
        r"`((?:theme|tests|content)/[^`]+)`", (root / "docs/accessibility.md").read_text(encoding="utf-8")
    )
    assert len(named) > 20
    assert [one for one in named if not (root / one).exists()] == []


@pytest.mark.parametrize("kind", ["home", "about"])
def test_nobody_is_kept_from_zooming(page: Page, opened: Callable[[Page, str], None], kind: str) -> None:
    """The viewport forbids nothing."""
    opened(page, kind)
    viewport = page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "width=device-width" in viewport
    assert "scalable" not in viewport
    assert "maximum" not in viewport
