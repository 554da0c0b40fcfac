"""A deck comes in; the plan of every entry's own page goes out."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.addresses import address_of
from site_builder.model.pages import PageJob
from site_builder.publish.deck import Deck
from site_builder.publish.entry_page import entry_plan, moved_jobs

OWN_PUBLISHER = frozenset({"edition", "award", "story", "vocabulary"})
"""Kinds whose pages have a shape of their own, made by other publishers."""


def publish(deck: Deck) -> Iterator[PageJob]:
    """A page for every entry, and one at each of its former addresses."""
    for entry in deck.catalogue.entries.values():
        if entry.kind in OWN_PUBLISHER:
            continue
        yield PageJob(address_of(entry), partial(entry_plan, deck, entry))
        yield from moved_jobs(entry)
