"""A built site comes in; one page of each kind that it has goes out: the fullest, and of some kinds the barest too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

KINDS = {
    "home": "",
    "list": "projects/",
    "people": "craftsmen/",
    "project": "projects/*/",
    "craftsman": "craftsmen/*/",
    "studio": "studios/*/",
    "method": "methods/*/",
    "team": "teams/*/",
    "event": "events/*/",
    "calendar": "events/",
    "award": "awards/*/",
    "organisation": "organisations/*/",
    "union": "unions/*/",
    "tree": "unions/",
    "region": "regions/*/",
    "map": "regions/",
    "industry": "industries/*/",
    "edition": "editions/*/",
    "editions": "editions/",
    "hall": "editions/*/*/",
    "tour": "editions/*/*/tour/",
    "session": "awards/*/*/",
    "story": "stories/*/",
    "stories": "stories/",
    "plan": "plans/*/",
    "transfer": "transfer/",
    "talent": "talent/",
    "skill": "talent/skill/*/",
    "base": "bases/*/",
    "level": "studios/level/*/",
    "numbers": "numbers/",
    "comparison": "numbers/*/*/",
    "search": "search/",
    "favourites": "favourites/",
    "data": "data/",
    "about": "about/",
    "accessibility": "accessibility/",
    "kiosk": "kiosk/",
    "offline": "offline/",
    "missing": "404.html",
}
"""Kinds of pages, and where they lie."""
BARE = ("project", "craftsman", "organisation", "award")
"""Kinds of which most pages say little: these have to look finished, too."""
MODES = {
    "light": {"scheme": "default"},
    "dark": {"scheme": "slate"},
    "contrast": {"scheme": "default", "contrast": "more"},
    "large": {"scheme": "default", "size": "large"},
}
"""The reading settings, as the panel keeps them."""
WIDTHS = (1280, 390)
"""A desk and a phone."""


@dataclass(frozen=True)
class Sample:
    """A page that stands for its kind; its address from the root of the site on."""

    name: str
    address: str


def samples(site: Path) -> list[Sample]:
    """One page of each kind; kinds that the site has none of are left out."""
    found = []
    for kind, where in KINDS.items():
        pages = [
            page
            for page in site.glob(where if where.endswith(".html") else f"{where}index.html")
            if "page" not in page.parts
        ]
        if not pages:
            continue
        pages.sort(key=lambda page: (-page.stat().st_size, page))
        found.append(Sample(kind, _address(site, pages[0])))
        if kind in BARE:
            found.append(Sample(f"{kind}-bare", _address(site, pages[-1])))
    return found


def wanted(site: Path, words: list[str]) -> tuple[list[Sample], list[str]]:
    """The pages and the reading settings that the words name; without words all of them."""
    kinds = set(words) - set(MODES)
    chosen = [one for one in samples(site) if not kinds or one.name in kinds]
    return chosen, [mode for mode in MODES if mode in words] or list(MODES)


def _address(site: Path, page: Path) -> str:
    return page.relative_to(site).as_posix().removesuffix("index.html")


def room(browser: Browser, width: int, mode: str) -> BrowserContext:
    """A visitor's browser of this width with these reading settings; nothing moves in it."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 844 if width < 720 else 800}, reduced_motion="reduce"
    )
    lines = "".join(f"localStorage.setItem('exhibition.{name}', '{value}');" for name, value in MODES[mode].items())
    context.add_init_script(f"try {{ {lines} }} catch (error) {{}}")
    return context
