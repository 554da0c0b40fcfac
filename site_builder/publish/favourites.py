"""A deck comes in; the plan of the page for the visitor's own list goes out: what it is, and where to begin."""

from collections.abc import Iterator
from functools import partial

from site_builder.model.kinds import KINDS
from site_builder.model.pages import Head, Link, PageJob, PagePlan
from site_builder.model.views import FavouritesView
from site_builder.publish.deck import Deck

ADDRESS = "favourites/"
TITLE = "我的收藏"


def publish(deck: Deck) -> Iterator[PageJob]:
    """The page; assets/favourites-page.js fills it."""
    yield PageJob(ADDRESS, partial(_favourites, deck))


def _favourites(deck: Deck) -> PagePlan:
    counted = ((kind, len(deck.catalogue.of_kind(kind.name))) for kind in KINDS if kind.listed)
    ways = tuple((Link(kind.label, f"{kind.folder}/"), count) for kind, count in counted if count)
    head = Head(TITLE, "自己收藏的展品，只保存在这台设备的浏览器里。", ADDRESS, "assets/share.png", indexed=False)
    # a section without an item in the menu: nothing there is marked as present
    return PagePlan(ADDRESS, "favourites.html", "organisations", head, (Link("首页", ""),), FavouritesView(ways))
