"""A deck comes in; the plan of every entry's own page goes out."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.addresses import address_of
from site_builder.model.entry import Entry
from site_builder.model.pages import PageJob
from site_builder.publish.deck import Deck
from site_builder.publish.entry_page import entry_plan, moved_jobs
from site_builder.publish.walks import Hook, hooks_of

OWN_PUBLISHER = frozenset({"edition", "story"})
"""Kinds whose pages others make as long as they are shown; once withdrawn they are like all others."""


def publish(deck: Deck) -> Iterator[PageJob]:
    """A page for every entry, and one at each of its former addresses; awards see to both themselves."""
    hooks = hooks_of(deck)
    for entry in deck.catalogue.entries.values():
        if entry.kind == "award":
            continue
        job = own_job(deck, entry, hooks=hooks.get(entry.key, ()))
        if job is not None:
            yield job
        yield from moved_jobs(entry)


def own_job(deck: Deck, entry: Entry, *, hooks: tuple[Hook, ...]) -> PageJob | None:
    """The page of one entry, with its places in halls; None where another publisher makes it."""
    if entry.kind == "award" or (entry.kind in OWN_PUBLISHER and entry.key in deck.cards):
        return None
    return PageJob(address_of(entry), partial(entry_plan, deck, entry, hooks=hooks))
