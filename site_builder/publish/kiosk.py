"""A deck comes in; the page that a screen in the hall shows while nobody is there goes out: chosen works, the highest honours first."""

from collections.abc import Iterator
from functools import partial

from site_builder.model.entry import Entry
from site_builder.model.pages import Card, Head, Link, PageJob, PagePlan
from site_builder.model.tallies import KioskView
from site_builder.publish.deck import RESULTS, Deck
from site_builder.publish.halls import PICKED, results_of

ADDRESS = "kiosk/"
TITLE = "展厅屏幕"
MOST = 24
"""At ten seconds each, four minutes."""


def publish(deck: Deck) -> Iterator[PageJob]:
    """The page; assets/kiosk.js makes a loop of it."""
    yield PageJob(ADDRESS, partial(_page, deck))


def _page(deck: Deck) -> PagePlan:
    edition = _current(deck)
    view = KioskView(_chosen(deck, edition), deck.link_to(edition.key) if edition else None)
    head = Head(TITLE, "放在展厅触摸屏上的开始页，轮流展示选展。", ADDRESS, "assets/share.png", indexed=False)
    # a section without an item in the menu: nothing there is marked as present
    return PagePlan(ADDRESS, "kiosk.html", "organisations", head, (Link("首页", ""),), view)


def _current(deck: Deck) -> Entry | None:
    """The edition that the settings name, else the newest with results."""
    catalogue = deck.catalogue
    editions = [catalogue.entries[key] for key in catalogue.editions]
    named = (one for one in editions if one.id == catalogue.exhibition.current_edition)
    shown = (one for one in editions if results_of(catalogue, one) and not one.data.permanent)
    return next(named, None) or next(shown, None)


def _chosen(deck: Deck, edition: Entry | None) -> tuple[Card, ...]:
    """What its editors chose and its results by rank, each once; of all results where there is no edition."""
    catalogue = deck.catalogue
    featured = edition.data.featured if edition else ()
    picks = [key for text in featured if (key := catalogue.registry.key_for(PICKED, text)) in catalogue.facets and key]
    pool = results_of(catalogue, edition) if edition else catalogue.of_kind(*RESULTS)
    keys = dict.fromkeys((*picks, *pool))
    return deck.deal(sorted(keys, key=lambda key: catalogue.ranks[key]), MOST)
