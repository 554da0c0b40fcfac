"""A page and the site come in; links that lead nowhere go out, and where the others lead."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from site_builder.audit.places import HOME, LOST, NOWHERE, OUTSIDE, Site
from site_builder.audit.reading import Page
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem

_NO_PLACE = ("", "top")
_SCRIPTED = frozenset("=:/!")
"""Signs in the part after ``#`` that a script of the page reads, not the browser."""


@frozen
class Ways:
    """Where a page leads within the site."""

    targets: tuple[str, ...]
    """Files, each once."""
    points: tuple[tuple[str, str], ...]
    """Places in other pages: file and id."""
    dead: tuple[str, ...]
    """Addresses that lead nowhere, as the page writes them."""
    missed: tuple[str, ...]
    """Places in the page itself that are not there."""


def ways_of(page: Page, site: Site) -> Ways:
    """Follows every address of a page."""
    targets: dict[str, None] = {}
    points: dict[tuple[str, str], None] = {}
    dead, missed = [], []
    for address in (*page.links, *page.fetched, *page.told, *((page.redirect,) if page.redirect else ())):
        target, fragment = site.led(address, at=page.name)
        if target is NOWHERE:
            dead.append(address)
        elif target is not OUTSIDE and target != page.name:
            targets[target] = None
            if fragment and is_id(fragment):
                points[target, unquote(fragment)] = None
        elif fragment and target == page.name and is_id(fragment) and unquote(fragment) not in page.ids:
            missed.append(f"#{fragment}")
    return Ways(tuple(targets), tuple(points), tuple(dead), tuple(missed))


def broken(page: Page, ways: Ways) -> Iterator[Problem]:
    """Dead links of a page, and places in itself that are not there."""
    if ways.dead:
        yield Problem("dead-link", Place(page.name), f"这一页有 {len(ways.dead)} 处链接打不开：{some(ways.dead)}")
    if ways.missed:
        message = f"这一页有 {len(ways.missed)} 处链接指的位置不在页里：{some(ways.missed)}"
        yield Problem("dead-anchor", Place(page.name), message)


def missed_points(ways: Mapping[str, Ways], ids: Mapping[str, str]) -> Iterator[Problem]:
    """Links to places in other pages that are not there; ``ids`` says of each page its ids, with blanks between them."""
    for name, found in ways.items():
        missed = [
            f"{file}#{point}" for file, point in found.points if file in ids and f" {point} " not in f" {ids[file]} "
        ]
        if missed:
            message = f"这一页有 {len(missed)} 处链接，那一页里没有所指的位置：{some(missed)}"
            yield Problem("dead-anchor", Place(name), message)


def orphans(ways: Mapping[str, Ways], indexed: Iterable[str]) -> Iterator[Problem]:
    """Pages for visitors that no way leads to from the home page."""
    reached, waiting = {HOME, LOST}, [HOME]
    while waiting:
        here = ways.get(waiting.pop())
        for target in here.targets if here else ():
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    for name in indexed:
        if name not in reached:
            yield Problem("orphan-page", Place(name), "从首页一路点下去，到不了这一页")


def some(found: Iterable[str]) -> str:
    """The first three, each once."""
    return "、".join(list(dict.fromkeys(found))[:3])


def is_id(fragment: str) -> bool:
    """Whether the part of an address after ``#`` names a place that browsers look for."""
    return fragment not in _NO_PLACE and _SCRIPTED.isdisjoint(fragment)
