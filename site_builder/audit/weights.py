"""A page and the files it asks for come in; what is heavier than its budget goes out."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache

from site_builder.audit.places import Site
from site_builder.audit.reading import Page
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS
from site_builder.model.problems import Place, Problem
from site_builder.model.wording import size_words

_FOLDERS = frozenset(kind.folder for kind in KINDS)
_PRESSED = (".html", ".css", ".js", ".svg", ".json", ".xml")
Weigh = Callable[[str], int]
"""Name of a file → bytes over the wire."""


@frozen
class Budgets:
    """Bytes over the wire, compressed: what a visitor on a metered line pays before reading."""

    list: int = 100_000
    """A page of a list, without its pictures: they come as one scrolls."""
    entry: int = 300_000
    """A page of an entry, with its first picture."""
    scripts: int = 50_000
    """All scripts that a page loads by itself."""
    html: int = 60_000
    """The HTML of any page."""
    picture: int = 1_000_000
    """The file of a single picture."""


NAMES = tuple(field.name for field in fields(Budgets))


def with_budget(budgets: Budgets, name: str, *, limit: int) -> Budgets:
    """With one budget more or less; KeyError for a name that is none."""
    if name not in NAMES:
        raise KeyError(name)
    return replace(budgets, **{name: limit})


def scales(site: Site) -> Weigh:
    """Weighs files as they go over the wire; what many pages share is weighed once."""

    @cache
    def weigh(name: str) -> int:
        if not name.endswith(_PRESSED):
            return (site.root / name).stat().st_size if name in site.names else 0
        return pressed(site.read(name)) if name in site.names else 0

    return weigh


def pressed(content: bytes) -> int:
    """Bytes of a text as servers send it."""
    return len(gzip.compress(content, compresslevel=6, mtime=0))


def too_heavy(page: Page, site: Site, *, html: int, weigh: Weigh, budgets: Budgets) -> Iterator[Problem]:
    """Each budget that the page breaks; ``html`` is what its own file weighs."""

    def together(addresses: tuple[str, ...]) -> int:
        return sum(weigh(site.led(address, at=page.name)[0]) for address in dict.fromkeys(addresses))

    scripts = together(page.scripts)
    parts = page.name.split("/")
    entry = len(parts) == 3 and parts[0] in _FOLDERS
    first = tuple(address for address, _ in page.pictures[:1]) if entry else ()
    whole = html + scripts + together(page.sheets) + together(first)
    for label, weight, limit in (
        ("网页", html, budgets.html),
        ("程序", scripts, budgets.scripts),
        ("整页", whole, budgets.entry if entry else budgets.list),
    ):
        if weight > limit:
            message = f"{label}压缩后 {size_words(weight)}，预算是 {size_words(limit)}"
            yield Problem("heavy-page", Place(page.name), message)
