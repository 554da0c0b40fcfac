"""The halls of an edition come in; a guided tour of each goes out: its works as slides on one page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from site_builder.model.pages import Card, Head, Link, PageJob, PagePlan
from site_builder.model.tallies import TourView
from site_builder.publish.deck import Deck
from site_builder.publish.halls import HungHall

MOST = 24
"""Slides of a tour: at twelve seconds each, five minutes."""
FEWEST = 2
SENTENCES = 2
_SENTENCE = re.compile(r"[^。！？]*[。！？]”?|[^。！？]+$")


def tour_of(deck: Deck, edition: Link, *, halls: tuple[HungHall, ...], at: int) -> Iterator[PageJob]:
    """The tour of the hall at this place; a hall with a single work has none."""
    if len(halls[at].keys) >= FEWEST:
        yield PageJob(address_of(halls[at]), partial(_page, deck, edition, halls=halls, at=at))


def address_of(hall: HungHall) -> str:
    """Beneath the hall's own page."""
    return f"{hall.banner.address}tour/"


def _page(deck: Deck, edition: Link, *, halls: tuple[HungHall, ...], at: int) -> PagePlan:
    hall, banner = halls[at], halls[at].banner
    slides = tuple(map(_shortened, deck.deal(hall.keys, MOST)))
    following = next((one for one in halls[at + 1 :] if len(one.keys) >= FEWEST), None)
    view = TourView(
        banner=banner,
        edition=edition,
        slides=slides,
        total=len(hall.keys),
        next=Link(following.banner.name, address_of(following)) if following else None,
    )
    words = f"{edition.label}{banner.name}展厅的导览：{len(slides)} 件展品，一件一件看。"
    head = Head(
        f"{banner.name}导览｜{edition.label}", words, address_of(hall), "assets/share.png", column=edition.label
    )
    crumbs = (Link("首页", ""), Link("展期", "editions/"), edition, Link(banner.name, banner.address))
    return PagePlan(address_of(hall), "tour.html", "editions", head, crumbs, view)


def _shortened(card: Card) -> Card:
    """A slide is read from a distance: two sentences of the summary."""
    return replace(card, summary="".join(_SENTENCE.findall(card.summary)[:SENTENCES]))
