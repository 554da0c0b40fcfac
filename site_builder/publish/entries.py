"""A deck comes in; the plan of every entry's own page goes out."""

from collections.abc import Iterator

from site_builder.model.pages import PagePlan
from site_builder.publish.deck import Deck
from site_builder.publish.entry_page import entry_plan, moved_plans

OWN_PUBLISHER = frozenset({"edition", "award", "story", "vocabulary"})
"""Kinds whose pages have a shape of their own, made by other publishers."""


def publish(deck: Deck) -> Iterator[PagePlan]:
    """A page for every entry, and one at each of its former addresses."""
    for entry in deck.catalogue.entries.values():
        if entry.kind in OWN_PUBLISHER:
            continue
        yield entry_plan(deck, entry)
        yield from moved_plans(deck, entry)
