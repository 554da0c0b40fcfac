"""A built site comes in; everything amiss in it goes out: the part that every build waits for, or the whole."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from itertools import chain

from site_builder.audit.agreement import canonical_faults, search_faults, sitemap_faults
from site_builder.audit.files import file_faults
from site_builder.audit.foreign import asked_elsewhere, sheet_faults
from site_builder.audit.leaks import Secrets, personal, traces
from site_builder.audit.links import Ways, broken, missed_points, orphans, ways_of
from site_builder.audit.markup import doubles, markup_faults
from site_builder.audit.places import LOST, Site
from site_builder.audit.reading import Page, Reader
from site_builder.audit.sieve import Sieve
from site_builder.audit.weights import Budgets, Weigh, pressed, scales, too_heavy
from site_builder.model.frozen import frozen
from site_builder.model.problems import Problem, in_order
from site_builder.press.crew import Tick, idle, together, unheard
from site_builder.press.turns import turns

FEW = 300
"""Below so many pages a second process costs more than it brings."""
RUN = 64
"""Pages side by side that one worker reads: neighbours say the same more often than others."""


@frozen(kw_only=True)
class Demands:
    """What an audit looks for."""

    whole: bool = True
    """Everything; else only dead links, requests to other hosts and personal numbers in pages."""
    listed: bool = True
    """Whether the site is to have a sitemap; one that is kept for good has none."""
    budgets: Budgets = field(default_factory=Budgets)
    secrets: Secrets = field(default_factory=Secrets)


@frozen
class _Seen:
    """What one worker says of its pages and files; as little as will do, for it goes through a pipe."""

    problems: tuple[Problem, ...]
    ids: dict[str, str]
    """Page → its ids, a blank between them; none of the fast part."""
    ways: dict[str, Ways]
    """Page → where it leads; of the fast part only of pages in doubt that lead to places in other pages."""
    pages: tuple[Page, ...]
    """Without their words; none of the fast part."""


def audit(
    site: Site,
    demands: Demands,
    *,
    workers: int = 1,
    tick: Tick = unheard,
    meanwhile: Callable[[], object] = idle,
) -> tuple[Problem, ...]:
    """All problems, sorted by file. ``tick`` is told of every page and file that is done; ``meanwhile`` is done beside it."""
    names = site.pages()
    files = _others(site) if demands.whole else ()
    weigh = scales(site)

    def part_of_it(part: int, of: int, *, tick: Tick) -> _Seen:
        problems: list[Problem] = []
        ids, ways, pages, reader = {}, {}, [], Reader()
        sieve = None if demands.whole else Sieve(site, allowed=demands.secrets.allowed)
        contents = _read(site, (names[number] for number in taking.taken(part, of)), tick=tick)
        for name, content in sieve.in_doubt(contents) if sieve else contents:
            page = reader.page(content, name, whole=demands.whole)
            found = ways_of(page, site)
            problems += broken(page, found)
            problems += asked_elsewhere(page, site)
            problems += personal(page, allowed=demands.secrets.allowed)
            if demands.whole:
                ids[name] = " ".join(page.ids)
                problems += _of_page(page, content, site=site, demands=demands, weigh=weigh)
                pages.append(replace(page, main="", words="", data=(), links=(), fetched=(), told=(), pictures=()))
            if demands.whole or found.points:
                ways[name] = found if demands.whole else replace(found, targets=())
        for name in files[part::of]:
            problems += file_faults(site, name, secrets=demands.secrets, most=demands.budgets.picture)
            tick(1)
        return _Seen(tuple(problems), ids, ways, tuple(pages))

    with turns(len(names), few=RUN) as taking:
        seen = together(part_of_it, workers if len(names) > FEW else 1, tick=tick, meanwhile=meanwhile)
    return in_order((*chain.from_iterable(one.problems for one in seen), *_of_all(seen, site=site, demands=demands)))


def _ids_of(names: Iterable[str], site: Site) -> dict[str, str]:
    reader = Reader()
    pages = [name for name in names if name.endswith(".html")]
    return {name: " ".join(reader.page(site.read(name), name, whole=False).ids) for name in pages}


def pieces(site: Site, demands: Demands) -> int:
    """How many pages and files an audit reads."""
    return len(site.pages()) + (len(_others(site)) if demands.whole else 0)


def _read(site: Site, names: Iterable[str], *, tick: Tick) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of pages, each read when it is asked for."""
    for name in names:
        yield name, site.read(name)
        tick(1)


def _others(site: Site) -> tuple[str, ...]:
    return tuple(
        sorted(name for name in site.names if not name.endswith(".html") and not name.startswith(site.archives))
    )


def _of_page(page: Page, content: bytes, *, site: Site, demands: Demands, weigh: Weigh) -> Iterator[Problem]:
    yield from markup_faults(page)
    yield from traces(page.name, content.decode("utf-8", "replace"), secrets=demands.secrets)
    yield from too_heavy(page, site, html=pressed(content), weigh=weigh, budgets=demands.budgets)


def _of_all(seen: Iterable[_Seen], *, site: Site, demands: Demands) -> Iterator[Problem]:
    """What no page shows by itself."""
    ways = {name: found for one in seen for name, found in one.ways.items()}
    ids = {name: found for one in seen for name, found in one.ids.items()}
    yield from missed_points(ways, ids or _ids_of({file for found in ways.values() for file, _ in found.points}, site))
    if not demands.whole:
        for name in site.sheets:
            yield from sheet_faults(name, site.read(name).decode("utf-8", "replace"), site=site)
        return
    pages = chain.from_iterable(one.pages for one in seen)
    shown = sorted((page for page in pages if page.indexed and page.name != LOST), key=lambda page: page.name)
    indexed = tuple(page.name for page in shown)
    yield from doubles(shown)
    yield from orphans(ways, indexed)
    yield from search_faults(site, indexed)
    if demands.listed:
        yield from sitemap_faults(site, indexed)
        yield from canonical_faults(shown, site)
