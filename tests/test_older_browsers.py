"""Browsers from before 2021: the sheet made for them, what they leave out of it, who asks for it, and what scripts may ask of them.

``browsers/chromium-70.txt`` holds the names of properties as that browser itself lists them (the keys of a style declaration).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from whole import PROJECT

from site_builder.press.older import blocks, declarations, lowered
from site_builder.press.theme import style_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

KNOWN = frozenset(Path(__file__, "../browsers/chromium-70.txt").resolve().read_text(encoding="utf-8").split())
PLAINER = frozenset(
    [
        "-webkit-overflow-scrolling",
        "accent-color",
        "appearance",
        "aspect-ratio",
        "color-scheme",
        "contain-intrinsic-size",
        "content-visibility",
        "font-synthesis",
        "forced-color-adjust",
        "overflow-clip-margin",
        "print-color-adjust",
        "scrollbar-width",
        "text-autospace",
        "text-decoration-thickness",
        "text-emphasis",
        "text-emphasis-position",
        "text-spacing-trim",
        "text-underline-offset",
        "text-wrap",
    ]
)
"""Properties that it leaves out, after which a page is plainer and not broken; docs/accessibility.md says how."""
FUNCTIONS = frozenset(
    [
        "attr",
        "brightness",
        "calc",
        "counter",
        "cubic-bezier",
        "inset",
        "minmax",
        "polygon",
        "repeat",
        "rgb",
        "rotate",
        "translateX",
        "translateY",
        "var",
    ]
)
"""Functions of values that it knows; ``color-mix`` it leaves out, and a line takes the colour of words."""
ASKED = frozenset(
    [
        ":active",
        ":backdrop",
        ":before",
        ":after",
        ":checked",
        ":disabled",
        ":empty",
        ":first-child",
        ":first-of-type",
        ":focus",
        ":focus-within",
        ":hover",
        ":lang",
        ":last-child",
        ":not",
        ":nth-child",
        ":nth-last-child",
        ":only-child",
        ":root",
        ":-webkit-details-marker",
    ]
)
"""What may be asked of an element; rules of ``::marker`` and ``::details-content`` are left out."""
YOUNG = re.compile(
    r"\.(at|replaceAll|matchAll|flatMap|flat|allSettled|any|finally|toSorted|findLast|hasOwn|fromEntries|structuredClone|replaceChildren)\("
    r"|\b(queueMicrotask|globalThis|AbortController|Intl\.(?:Segmenter|ListFormat|RelativeTimeFormat)|BigInt)\b"
    r"|\?\.(?!\d)|\?\?|catch \{|catch\{|\*\*=|\|\|=|&&=|\bimport\(|\(\?<[=!]"
)
"""Words of scripts that came after Chromium 70 (2018), or that phones of that age lack."""


@cache
def sheet() -> str:
    """The sheet of the theme, for older browsers."""
    return style_sheets((str(PROJECT / "theme"),), "")[1].content.decode()


def plain_rules(css: str) -> Iterator[tuple[str, str]]:
    """What an older browser reads: not what stands under a condition that it does not meet."""
    for head, body in blocks(css):
        if head.startswith("@media"):
            yield from plain_rules(body)
        elif not head.startswith("@"):
            yield head, body


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (".a :is(b,.c) i{top:0}", ".a b i,.a .c i{top:0}"),
        (":is(.a,.b):is(.c,.d){top:0}", ".a.c,.a.d,.b.c,.b.d{top:0}"),
        (".a:is(th,td),u{top:0}", "th.a,td.a,u{top:0}"),
        (".a>:is(b,:where(.c,.d)):hover{top:0}", ".a>b:hover,.a>.c:hover,.a>.d:hover{top:0}"),
        (".a:not(.b,.c) u{top:0}", ".a:not(.b):not(.c) u{top:0}"),
        ("a:focus-visible,b:has(i){top:0}", "a:focus{top:0}"),
        ("b:has(i){top:0}", ""),
        (".a{inset:0 1px}", ".a{top:0;right:1px;bottom:0;left:1px}"),
        (".a{inset:0 1px!important}", ".a{top:0!important;right:1px!important;bottom:0!important;left:1px!important}"),
        (".a{inset:;b:c}", ".a{inset:;b:c}"),
        (".a{inset:auto 0 0}", ".a{top:auto;right:0;bottom:0;left:0}"),
        (".a{margin-inline:1px calc(2px + 3px)}", ".a{margin-inline-start:1px;margin-inline-end:calc(2px + 3px)}"),
        ('.a{content:"＋"/""}', '.a{content:"＋";content:"＋"/""}'),
        (
            ".a{font:400 clamp(2rem,1rem + 2vw,3rem)/1.2 x}",
            ".a{font:400 2rem/1.2 x}@supports (width:clamp(1px,1px,1px)){.a{font:400 clamp(2rem,1rem + 2vw,3rem)/1.2 x}}",
        ),
        (
            ".a{width:min(100%,8rem);color:red}",
            ".a{width:8rem;color:red}@supports (width:clamp(1px,1px,1px)){.a{width:min(100%,8rem)}}",
        ),
        (
            ".a{top:max(80vw/var(--n),min(1px,2px))}",
            ".a{top:calc(80vw/var(--n))}@supports (width:clamp(1px,1px,1px)){.a{top:max(80vw/var(--n),min(1px,2px))}}",
        ),
        ("@media print{.a :is(b,i){top:0}}", "@media print{.a b,.a i{top:0}}"),
        ('.a{background:url("x;{y}.png")}', '.a{background:url("x;{y}.png")}'),
        (".a{grid:minmax(0,1fr)}", ".a{grid:minmax(0,1fr)}"),
    ],
)
def test_rules_in_the_words_of_older_browsers(written: str, read: str) -> None:
    """What means the same; where something is computed, the first value, and the computed one for who can."""
    assert lowered(written).partition("}\n}\n")[2].replace("\n", "") == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (".a{display:flex;gap:1rem}", ".a>*+*{margin-left:1rem}"),
        (".a{display:flex;gap:0 2rem;flex-wrap:wrap}", ".a>*{margin-left:0;margin-right:2rem}"),
        (".a{display:flex;flex-direction:column;gap:3px 9px}", ".a>*+*{margin-left:0;margin-top:3px}"),
        (".a{display:flex}@media print{.a{gap:1px}}", "@media print{.a>*+*{margin-left:1px}}"),
        (".a{display:grid;gap:1rem}", ""),
    ],
)
def test_gaps_become_margins_where_only_grids_have_them(written: str, read: str) -> None:
    """They come first, and only for browsers without such gaps."""
    head, body = next(blocks(lowered(written)))
    assert head == "@supports (not (appearance:none)) and (not (inset:0))"
    assert body.replace("\n", "").removesuffix(".vh+*{margin-left:0}") == read


def test_an_older_browser_knows_all_that_the_sheet_says() -> None:
    """A new property, function or pseudo-class has to be looked at in an old browser, and told in the document, before it comes in."""
    rules = list(plain_rules(sheet()))
    assert len(rules) > 900
    said = {name for _, body in rules for name, _ in declarations(body) if not name.startswith("--")}
    assert said - KNOWN - PLAINER == set()
    assert PLAINER - said == set()
    assert not PLAINER & KNOWN
    functions = {
        word for _, body in rules for _, value in declarations(body) for word in re.findall(r"([a-zA-Z-]+)\(", value)
    }
    assert functions - FUNCTIONS - {"color-mix"} == set()
    asked = {word for head, _ in rules for word in re.findall(r":[a-z-]+", head)}
    assert asked - ASKED - {":marker", ":details-content"} == set()


def test_the_document_says_what_is_left_out() -> None:
    """Every property by its name."""
    text = (PROJECT / "docs/accessibility.md").read_text(encoding="utf-8")
    assert [name for name in sorted(PLAINER) if f"`{name}`" not in text] == []


def test_no_rule_is_lost() -> None:
    """Each of the theme's rules has its like, but for what asks what an element holds."""
    written = style_sheets((str(PROJECT / "theme"),), "")[0].content.decode()
    plain = {tuple(declarations(body)) for _, body in plain_rules(sheet())}
    lost = [
        head
        for head, body in plain_rules(written)
        if not re.search(r"[a-z]-?(?:inline|block|inset)\b|clamp|min\(|max\(|/\"\"|inset:", body)
        and tuple(declarations(body)) not in plain
    ]
    assert [head for head in lost if ":has(" not in head] == []


@pytest.mark.parametrize("path", sorted((PROJECT / "theme").glob("**/*.js")), ids=lambda path: path.name)
def test_scripts_ask_nothing_young(path: Path) -> None:
    """One method is stood in for (prefs.js), once and for all scripts."""
    if "vendor" in path.parts:
        return
    found = {word[0] for word in YOUNG.finditer(path.read_text(encoding="utf-8"))}
    assert found - {".replaceChildren("} == set()


def test_only_an_older_browser_asks_for_its_sheet(browser: Browser, built_site: Path, serve_directory: object) -> None:
    """Today's browser takes it for one where it says that it does not know what came in 2021; the page looks as it did."""
    base = serve_directory(built_site)  # type: ignore[operator]  # the fixture gives the way to serve
    looks = []
    for old in (False, True):
        page = browser.new_page(viewport={"width": 390, "height": 844})
        if old:
            page.add_init_script("CSS.supports = () => false; delete Element.prototype.replaceChildren;")
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{base}/search/?q=%E7%84%8A%E6%8E%A5", wait_until="load")
        page.locator(".live [data-result]").first.wait_for()
        assert any(url.endswith("/older.css") for url in asked) is old
        looks.append(
            page.evaluate(
                """() => [...document.querySelectorAll('h1, .site-head a, .find__f *, .site-foot a')].map(one => {
                  const box = one.getBoundingClientRect();
                  return [one.className, Math.round(box.left), Math.round(box.width), getComputedStyle(one).fontSize];
                })"""
            )
        )
        page.close()
    assert looks[0] == looks[1]
    assert len(looks[0]) > 20
