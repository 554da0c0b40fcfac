"""A list of keys comes in; plans of its pages, 24 rows each with real addresses, go out."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from site_builder.model.frozen import frozen
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan, Pager
from site_builder.model.views import ListView, Narrowing
from site_builder.publish.deck import Deck
from site_builder.publish.scopes import MANY


@frozen(kw_only=True)
class Listing:
    """A list to be shown page by page."""

    title: str
    address: str
    """Address of its first page, ending in ``/``."""
    section: str
    keys: tuple[str, ...]
    measure: str
    style: str = "rows"
    intro: str = ""
    order: str = ""
    crumbs: tuple[Link, ...] = (Link("首页", ""),)
    narrowings: tuple[Narrowing, ...] = ()
    numbers: tuple[Number, ...] = ()
    template: str = "list.html"
    scope: str = ""
    """Condition that holds for exactly these keys (``scopes``)."""
    narrowed: bool = False
    """Whether other pages lead to parts of it, so that it can be narrowed however short it is."""
    files: tuple[Link, ...] = ()
    """The same list as tables to take away."""


def list_pages(deck: Deck, listing: Listing) -> Iterator[PageJob]:
    """All pages of a list; an empty list still has its first page."""
    keys = tuple(key for key in listing.keys if key in deck.cards)
    size = deck.catalogue.exhibition.page_size
    pages = max(1, -(-len(keys) // size))
    # a page is given its own part of the list and what it shows round it, so that it is the same as long as these are
    opening = replace(listing, keys=())
    further = replace(opening, narrowings=(), numbers=())
    for page in range(1, pages + 1):
        part = keys[(page - 1) * size : page * size]
        pager = Pager(page, pages, listing.address, len(keys))
        yield PageJob(pager.address, partial(_page, deck, opening if page == 1 else further, keys=part, pager=pager))


def _page(deck: Deck, listing: Listing, *, keys: tuple[str, ...], pager: Pager) -> PagePlan:
    turned = f"（第 {pager.page} 页）" if pager.page > 1 else ""
    description = (
        listing.intro or f"{deck.catalogue.exhibition.name}：{listing.title}共 {pager.total} {listing.measure}。"
    )
    view = ListView(
        title=listing.title,
        intro=listing.intro,
        count=pager.total,
        measure=listing.measure,
        order=listing.order,
        style=listing.style,
        cards=deck.deal(keys),
        pager=pager,
        narrowings=listing.narrowings,
        numbers=listing.numbers,
        scope=listing.scope if listing.narrowed or pager.total > MANY else "",
        files=listing.files,
    )
    return PagePlan(
        address=pager.address,
        template=listing.template,
        section=listing.section,
        head=Head(
            f"{listing.title}{turned}",
            f"{description}{turned}",
            pager.address,
            "assets/share.png",
            column=listing.title,
        ),
        crumbs=listing.crumbs if pager.page == 1 else (*listing.crumbs, Link(listing.title, listing.address)),
        view=view,
    )
