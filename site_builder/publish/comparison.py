"""A deck comes in; the page that sets its editions side by side goes out: what grew, who came back, who is new."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, partial

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.topics import topics_of
from site_builder.model.charts import Bar, Chart
from site_builder.model.grades import RANK_WORDS
from site_builder.model.pages import Head, Link, PageJob, PagePlan, PagesBelow
from site_builder.model.tallies import ComparisonView, EditionColumn, Firms, Graded
from site_builder.publish.counting import Tally, by_edition
from site_builder.publish.deck import Deck
from site_builder.publish.edition_lists import organisation_list, organisations_in
from site_builder.publish.listing import Listing, list_pages

ADDRESS = "editions/compare/"
RETURNED, FIRST, GRADES = "returned", "first", "grades"
"""Folders of the lists behind it, for each edition."""
_TITLE = "各展期对比"
_CRUMBS = (Link("首页", ""), Link("展期", "editions/"))
_BELOW = (*_CRUMBS, Link(_TITLE, ADDRESS))
_RANKS = frozenset(rank for rank, _ in RANK_WORDS)


def publish(deck: Deck) -> Iterator[PagesBelow]:
    """The comparison and the lists behind it that no other page has, where at least two editions have results."""
    tallies = compared(deck)
    if len(tallies) < 2:
        return
    # all results are asked what they name, once and where somebody must know
    columns = cache(partial(columns_of, deck))
    yield PagesBelow(ADDRESS, lambda: [PageJob(ADDRESS, partial(_page, columns()))], alone=True)
    for at, tally in enumerate(tallies):
        for folder in (RETURNED, FIRST):
            below = f"{_here(tally)}{folder}/"
            yield PagesBelow(below, partial(_firm_pages, deck, columns, at=at, address=below))
        yield PagesBelow(f"{_here(tally)}{GRADES}/", partial(_grade_pages, deck, tally))


def _here(tally: Tally) -> str:
    return f"{ADDRESS}{tally.address.split('/')[1]}/"


def _firm_pages(
    deck: Deck, columns: Callable[[], tuple[EditionColumn, ...]], *, at: int, address: str
) -> Iterator[PageJob]:
    """The list of the organisations that came back, or came first."""
    column = columns()[at]
    words, firms = next(
        one for one in (("以前来过", column.returned), ("首次来", column.newcomers)) if one[1].address == address
    )
    if firms.keys:
        title = f"{column.edition.label}：{words}的单位"
        yield from list_pages(deck, organisation_list(deck, title, address=address, keys=firms.keys, crumbs=_BELOW))


def _grade_pages(deck: Deck, tally: Tally) -> Iterator[PageJob]:
    for graded in _grades(deck.catalogue, tally, folder=_here(tally)):
        yield from list_pages(deck, _grade_list(tally.label, graded))


def _grade_list(edition: str, graded: Graded) -> Listing:
    return Listing(
        title=f"{edition}：{graded.link.label}",
        address=str(graded.link.address),
        section="editions",
        keys=graded.keys,
        measure="项",
        intro=f"{edition}里最高得过“{graded.link.label}”的成果；一项只在一个等级里。",
        crumbs=_BELOW,
    )


def compared(deck: Deck) -> tuple[Tally, ...]:
    """Editions with results that follow each other in time, the oldest first.

    One whose place is set by hand among others that go by their year (a retrospective) is no step in time.
    """
    found = by_edition(deck)
    orders = {
        deck.catalogue.entries[key].title: deck.catalogue.entries[key].data.order for key in deck.catalogue.editions
    }
    dated = tuple(tally for tally in found if orders[tally.label] is None)
    return dated or found


def columns_of(deck: Deck) -> tuple[EditionColumn, ...]:
    """Each edition against all before it, the oldest first."""
    catalogue = deck.catalogue
    industries = {topic.label: Link(topic.label, topic.address) for topic in topics_of(catalogue, "industry")}
    known: set[str] = set()
    trades: set[str] = set()
    found: list[EditionColumn] = []
    for tally in compared(deck):
        here = _here(tally)
        organisations = organisations_in(deck, tally.keys)
        fresh = [label for label in _labels(catalogue, tally, facet="industry") if label not in trades]
        returned, newcomers = (tuple(one for one in organisations if (one in known) is was) for was in (True, False))
        found.append(
            EditionColumn(
                edition=Link(tally.label, tally.address.removesuffix("results/")),
                whole=tally.address,
                results=len(tally.keys),
                growth=_growth(len(tally.keys), found[-1].results) if found else "",
                organisations=_firms(deck, tally.address.replace("/results/", "/organisations/"), keys=organisations),
                returned=_firms(deck, f"{here}{RETURNED}/", keys=returned),
                newcomers=_firms(deck, f"{here}{FIRST}/", keys=newcomers),
                industries=tuple(industries[label] for label in fresh) if found else (),
                grades=_grades(catalogue, tally, folder=here),
            )
        )
        known.update(organisations)
        trades.update(fresh)
    return tuple(found)


def _firms(deck: Deck, address: str, *, keys: tuple[str, ...]) -> Firms:
    return Firms(address, keys, tuple(deck.link_to(key) for key in keys))


def _labels(catalogue: Catalogue, tally: Tally, *, facet: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for key in tally.keys for label in catalogue.facets[key].get(facet, ())))


def _growth(now: int, before: int) -> str:
    if now == before:
        return "与上期相同"
    return f"比上期{'多' if now > before else '少'} {abs(now - before)} 项"


def _grades(catalogue: Catalogue, tally: Tally, *, folder: str) -> tuple[Graded, ...]:
    found: dict[int, list[str]] = defaultdict(list)
    for key in tally.keys:
        rank = catalogue.ranks[key]
        found[rank if rank in _RANKS else RANK_WORDS[-1][0]].append(key)
    return tuple(
        Graded(Link(words, f"{folder}{GRADES}/{rank}/"), tuple(found[rank]))
        for rank, words in RANK_WORDS
        if rank in found
    )


def _finding(last: EditionColumn) -> str:
    """What the newest edition shows of those who came back."""
    head = f"{last.edition.label}的 {len(last.organisations.keys)} 家单位"
    came = len(last.returned.links)
    if not came:
        return f"{head}都是第一次来"
    return f"{head}里，{came} 家以前来过" if last.newcomers.links else f"{head}以前都来过"


def _page(columns: tuple[EditionColumn, ...]) -> PagePlan:
    last = columns[-1]
    lead = "每一期收了多少成果，哪些单位以前来过，哪些行业第一次出现。从早到晚比较；单位以条目里的名称为准。"
    chart = Chart(
        id="editions",
        title=_finding(last),
        description="各展期有成果的单位数，从早到晚。以前任何一期来过的，算“以前来过”。",
        columns=("展期", "以前来过", "首次"),
        bars=tuple(_bar(one) for one in columns),
        parts=("以前来过", "首次"),
    )
    head = Head(_TITLE, lead, ADDRESS, "assets/share.png", column=_TITLE)
    view = ComparisonView(_TITLE, lead, chart, tuple(reversed(columns)))
    return PagePlan(ADDRESS, "comparison.html", "editions", head, _CRUMBS, view)


def _bar(column: EditionColumn) -> Bar:
    came, new = len(column.returned.links), len(column.newcomers.links)
    return Bar(column.edition, (f"{came} 家", f"{new} 家"), came, new)
