"""A deck comes in; the plan of every entry's own page goes out."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.addresses import address_of
from site_builder.model.pages import PageJob
from site_builder.publish.deck import Deck
from site_builder.publish.entry_page import entry_plan, moved_jobs
from site_builder.publish.walks import hooks_of

OWN_PUBLISHER = frozenset({"edition", "story"})
"""Kinds whose pages others make as long as they are shown; once withdrawn they are like all others."""


def publish(deck: Deck) -> Iterator[PageJob]:
    """A page for every entry, and one at each of its former addresses; awards see to both themselves."""
    hooks = hooks_of(deck)
    for entry in deck.catalogue.entries.values():
        if entry.kind == "award":
            continue
        if entry.kind not in OWN_PUBLISHER or entry.key not in deck.cards:
            yield PageJob(address_of(entry), partial(entry_plan, deck, entry, hooks=hooks.get(entry.key, ())))
        yield from moved_jobs(entry)
