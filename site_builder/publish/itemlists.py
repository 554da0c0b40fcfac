"""The view of a list comes in; what it shows on this page goes out as an ItemList of schema.org.

What has an address is named by it alone, as in the summary pages of search engines: its own page says all else.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from site_builder.model.pages import Card
from site_builder.model.views import HallView, IndexView, ListView, TopicView
from site_builder.publish.deck import Deck

_Named = Sequence[tuple[str, str | None]]
"""Names and addresses."""


def item_list(deck: Deck, view: Any) -> dict[str, Any]:
    """The entries of this page in their order, each with its place in the whole list; nothing for other views."""
    before, count, named = _listed(view, deck.catalogue.exhibition.page_size)
    site = deck.catalogue.exhibition.url
    items = []
    for position, (name, address) in enumerate(named, before + 1):
        said, words = ("url", f"{site}{address}") if site and address is not None else ("name", name)
        items.append({"@type": "ListItem", "position": position, said: words})
    return {"@type": "ItemList", "numberOfItems": count, "itemListElement": items} if items else {}


def _listed(view: Any, size: int) -> tuple[int, int, _Named]:
    """How many come before this page, how many there are in all, and those of this page."""
    if isinstance(view, ListView):
        return (view.pager.page - 1) * size, view.count, _named(view.cards)
    if isinstance(view, HallView):
        count, pager = view.banner.count, view.pager
        before = count - pager.total + (pager.page - 1) * size if pager and pager.page > 1 else 0
        return before, count, _named((*view.chosen, *view.rest))
    if isinstance(view, TopicView):
        cards = tuple(card for group in view.groups for card in group.cards)
        return 0, len(cards), _named(cards)
    if isinstance(view, IndexView):
        links = [(link.label, link.address) for _, block in view.blocks for link, _ in block]
        return 0, len(links), links
    return 0, 0, ()


def _named(cards: Iterable[Card]) -> _Named:
    return [(card.title, card.address) for card in cards]
