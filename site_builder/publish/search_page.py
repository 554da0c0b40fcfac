"""A deck comes in; the plan of the search page goes out: the field, and what to walk through before one types."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.sums import WORDS
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Head, Link, PageJob, PagePlan
from site_builder.model.views import SearchView
from site_builder.publish.deck import Deck
from site_builder.publish.halls import halls_of

ADDRESS = "search/"
EXAMPLES = 6


def publish(deck: Deck) -> Iterator[PageJob]:
    """The search page."""
    yield PageJob(ADDRESS, partial(_search, deck))


def _search(deck: Deck) -> PagePlan:
    view = SearchView(examples=_examples(deck), blocks=(("展厅", _halls(deck)), ("全部内容", _kinds(deck))))
    head = Head("检索", "在全部成果、人物、工作室、单位和奖项里检索。", ADDRESS, "assets/share.png", indexed=False)
    # a section without an item in the menu: nothing there is marked as present
    return PagePlan(ADDRESS, "search.html", "organisations", head, (Link("首页", ""),), view)


def _kinds(deck: Deck) -> tuple[Link, ...]:
    counted = ((kind, len(deck.catalogue.of_kind(kind.name))) for kind in KINDS if kind.listed)
    return tuple(Link(kind.label, f"{kind.folder}/", f"{count} {kind.measure}") for kind, count in counted if count)


def _halls(deck: Deck) -> tuple[Link, ...]:
    """The halls of the edition that hangs on the home page, else of the newest that has some."""
    editions = [deck.catalogue.entries[key] for key in deck.catalogue.editions]
    wanted = deck.catalogue.exhibition.halls_edition
    for edition in sorted(editions, key=lambda edition: edition.id != wanted):
        if edition.data.halls:
            banners = (hall.banner for hall in halls_of(deck, edition))
            return tuple(Link(banner.name, banner.address, f"{banner.count} {banner.measure}") for banner in banners)
    return ()


def _examples(deck: Deck) -> tuple[str, ...]:
    """Words that many titles have, then people and awards: always the same for the same content."""
    catalogue = deck.catalogue
    people = sorted(catalogue.of_kind("craftsman"), key=lambda key: (catalogue.ranks[key], key))
    awards = sorted(catalogue.of_kind("award"), key=lambda key: (-len(catalogue.backlinks.get(key, ())), key))
    names = [deck.cards[key].title for pair in zip(people, awards, strict=False) for key in pair]
    return tuple(dict.fromkeys((*catalogue.sums[WORDS], *(name for name in names if len(name) <= 12))))[:EXAMPLES]
