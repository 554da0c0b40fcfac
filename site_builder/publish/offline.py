"""A deck comes in; the page goes out that is shown in place of one never visited, where there is no network."""

from collections.abc import Iterator
from functools import partial

from site_builder.model.pages import Head, Link, PageJob, PagePlan
from site_builder.publish.deck import Deck

ADDRESS = "offline/"
TITLE = "现在没有网络"


def publish(deck: Deck) -> Iterator[PageJob]:
    """The page; none where the settings switch offline pages off."""
    if deck.catalogue.exhibition.offline:
        yield PageJob(ADDRESS, partial(_page))


def _page() -> PagePlan:
    head = Head(TITLE, "没有网络时，看过的和保存过的页面还能打开。", ADDRESS, "assets/share.png", indexed=False)
    return PagePlan(ADDRESS, "offline.html", "organisations", head, (Link("首页", ""),), None)
