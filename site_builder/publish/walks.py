"""The halls of all editions come in; where each work hangs, and what hangs before and after it there, go out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from site_builder.model.pages import Link, Turning
from site_builder.model.views import Walk
from site_builder.publish.deck import SPACE, Deck
from site_builder.publish.halls import halls_of

Hook = tuple[str, str, str, int, int, str | None, str | None]
"""Code of a hall, its words and address, place of a work in it (from 0), how many there are, and the keys before and after: what the page
of the work is given, and so no more than it says of the hall; a plain tuple, which is told quickly."""


def hooks_of(deck: Deck) -> Mapping[str, tuple[Hook, ...]]:
    """Work → its places, halls of the newest edition first; a hall of one work leads nowhere."""
    found: dict[str, list[Hook]] = defaultdict(list)
    for key in deck.catalogue.editions:
        edition = deck.catalogue.entries[key]
        for hall in halls_of(deck, edition):
            banner, keys = hall.banner, hall.keys
            words = f"{edition.title}{SPACE}{banner.name}"
            for at, work in enumerate(keys if len(keys) > 1 else ()):
                before, after = keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None
                found[work].append((banner.code, words, banner.address, at, len(keys), before, after))
    return {work: tuple(hooks) for work, hooks in found.items()}


def walks_of(deck: Deck, hooks: Iterable[Hook]) -> tuple[Walk, ...]:
    """The way on in each of these halls."""
    return tuple(_walk(deck, hook) for hook in hooks)


def _walk(deck: Deck, hook: Hook) -> Walk:
    code, words, address, at, of, *beside = hook
    before, after = (deck.link_to(key) if key else None for key in beside)
    return Walk(code, Turning(Link(words, address), at + 1, of, before, after))
