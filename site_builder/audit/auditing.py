"""A built site comes in; everything amiss in it goes out: the part that every build waits for, or the whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from site_builder.audit.agreement import canonical_faults, search_faults, sitemap_faults
from site_builder.audit.files import file_faults
from site_builder.audit.foreign import asked_elsewhere, sheet_faults
from site_builder.audit.leaks import Secrets, personal, traces
from site_builder.audit.links import Ways, broken, missed_points, orphans, ways_of
from site_builder.audit.markup import doubles, markup_faults
from site_builder.audit.places import LOST, Site
from site_builder.audit.reading import Page, page_in
from site_builder.audit.weights import Budgets, Weigh, pressed, scales, too_heavy
from site_builder.model.problems import Problem, in_order
from site_builder.press.crew import Tick, together, unheard

FEW = 300
"""Below so many pages a second process costs more than it brings."""


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What an audit looks for."""

    whole: bool = True
    """Everything; else only dead links, requests to other hosts and personal numbers in pages."""
    listed: bool = True
    """Whether the site is to have a sitemap; one that is kept for good has none."""
    budgets: Budgets = field(default_factory=Budgets)
    secrets: Secrets = field(default_factory=Secrets)


@dataclass(frozen=True)
class _Seen:
    """What one worker says of its pages and files."""

    pages: tuple[Page, ...]
    """Without their words."""
    ways: tuple[Ways, ...]
    problems: tuple[Problem, ...]


def audit(site: Site, demands: Demands, *, workers: int = 1, tick: Tick = unheard) -> tuple[Problem, ...]:
    """All problems, sorted by file. ``tick`` is told of every page and file that is done."""
    names = site.pages()
    files = _others(site) if demands.whole else ()
    weigh = scales(site)

    def part_of_it(part: int, of: int, *, tick: Tick) -> _Seen:
        pages: list[Page] = []
        ways: list[Ways] = []
        problems: list[Problem] = []
        for name in names[part::of]:
            content = site.read(name)
            page = page_in(content, name, whole=demands.whole)
            found = ways_of(page, site)
            problems += broken(page, found)
            problems += asked_elsewhere(page, site)
            problems += personal(page, allowed=demands.secrets.allowed)
            if demands.whole:
                problems += _of_page(page, content, site=site, demands=demands, weigh=weigh)
            pages.append(replace(page, main="", words="", data=(), links=(), fetched=(), told=(), pictures=()))
            ways.append(replace(found, dead=(), missed=(), targets=found.targets if demands.whole else ()))
            tick(1)
        for name in files[part::of]:
            problems += file_faults(site, name, secrets=demands.secrets, most=demands.budgets.picture)
            tick(1)
        return _Seen(tuple(pages), tuple(ways), tuple(problems))

    seen = together(part_of_it, workers if len(names) > FEW else 1, tick=tick)
    pages = {page.name: page for one in seen for page in one.pages}
    ways = {page.name: way for one in seen for page, way in zip(one.pages, one.ways, strict=True)}
    problems = chain.from_iterable(one.problems for one in seen)
    return in_order((*problems, *_of_all(pages, ways, site=site, demands=demands)))


def pieces(site: Site, demands: Demands) -> int:
    """How many pages and files an audit reads."""
    return len(site.pages()) + (len(_others(site)) if demands.whole else 0)


def _others(site: Site) -> tuple[str, ...]:
    return tuple(
        sorted(name for name in site.sizes if not name.endswith(".html") and not name.startswith(site.archives))
    )


def _of_page(page: Page, content: bytes, *, site: Site, demands: Demands, weigh: Weigh) -> Iterator[Problem]:
    yield from markup_faults(page)
    yield from traces(page.name, content.decode("utf-8", "replace"), secrets=demands.secrets)
    yield from too_heavy(page, site, html=pressed(content), weigh=weigh, budgets=demands.budgets)


def _of_all(pages: dict[str, Page], ways: dict[str, Ways], *, site: Site, demands: Demands) -> Iterator[Problem]:
    yield from missed_points(ways, {name: frozenset(page.ids) for name, page in pages.items()})
    if not demands.whole:
        for name in site.named(".css"):
            yield from sheet_faults(name, site.read(name).decode("utf-8", "replace"), site=site)
        return
    shown = [page for page in pages.values() if page.indexed and page.name != LOST]
    indexed = frozenset(page.name for page in shown)
    yield from doubles(_sorted(shown))
    yield from orphans(ways, sorted(indexed))
    yield from search_faults(site, sorted(indexed))
    if demands.listed:
        yield from sitemap_faults(site, indexed)
        yield from canonical_faults(_sorted(shown), site)


def _sorted(pages: Iterable[Page]) -> list[Page]:
    return sorted(pages, key=lambda page: page.name)
