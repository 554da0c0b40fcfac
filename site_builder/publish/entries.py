"""A deck comes in; the plan of every entry's own page goes out."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.addresses import address_at
from site_builder.model.pages import PageJob, PagePlan
from site_builder.publish.deck import Deck
from site_builder.publish.entry_page import entry_plan, moved_jobs
from site_builder.publish.walks import Hook, hooks_of

_AWARD = "award/"
OWN_PUBLISHER = frozenset({"edition", "story"})
"""Kinds whose pages others make as long as they are shown; once withdrawn they are like all others."""


def publish(deck: Deck) -> Iterator[PageJob]:
    """A page for every entry, and one at each of its former addresses; awards see to both themselves."""
    hooks = hooks_of(deck)
    moved = frozenset(deck.catalogue.moved)
    # nothing is asked of the entries themselves: what they say is for their own pages to tell
    for key in deck.catalogue.entries:
        if key.startswith(_AWARD):
            continue
        job = own_job(deck, key, hooks=hooks.get(key, ()))
        if job is not None:
            yield job
        if key in moved:
            yield from moved_jobs(deck, key)


def own_job(deck: Deck, key: str, *, hooks: tuple[Hook, ...]) -> PageJob | None:
    """The page of one entry, with its places in halls; None where another publisher makes it."""
    if key.startswith(_AWARD) or (key.partition("/")[0] in OWN_PUBLISHER and key in deck.cards):
        return None
    return PageJob(address_at(key), partial(_planned, deck, key, hooks=hooks))


def _planned(deck: Deck, key: str, *, hooks: tuple[Hook, ...]) -> PagePlan:
    return entry_plan(deck, deck.catalogue.entries[key], hooks=hooks)
