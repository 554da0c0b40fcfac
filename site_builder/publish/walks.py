"""The halls of all editions come in; where each work hangs, and what hangs before and after it there, go out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.model.pages import Link, Turning
from site_builder.model.views import Walk
from site_builder.publish.deck import SPACE, Deck
from site_builder.publish.halls import HungHall, halls_of


@dataclass(frozen=True)
class Hook:
    """The place of a work in a hall, from 0."""

    edition: str
    hall: HungHall
    at: int


def hooks_of(deck: Deck) -> Mapping[str, tuple[Hook, ...]]:
    """Work → its places, halls of the newest edition first; a hall of one work leads nowhere."""
    found: dict[str, list[Hook]] = defaultdict(list)
    for key in deck.catalogue.editions:
        edition = deck.catalogue.entries[key]
        for hall in halls_of(deck, edition):
            for at, work in enumerate(hall.keys if len(hall.keys) > 1 else ()):
                found[work].append(Hook(edition.title, hall, at))
    return {work: tuple(hooks) for work, hooks in found.items()}


def walks_of(deck: Deck, hooks: Iterable[Hook]) -> tuple[Walk, ...]:
    """The way on in each of these halls."""
    return tuple(_walk(deck, hook) for hook in hooks)


def _walk(deck: Deck, hook: Hook) -> Walk:
    keys, at, banner = hook.hall.keys, hook.at, hook.hall.banner
    turning = Turning(
        Link(f"{hook.edition}{SPACE}{banner.name}", banner.address),
        at + 1,
        len(keys),
        deck.link_to(keys[at - 1]) if at else None,
        deck.link_to(keys[at + 1]) if at + 1 < len(keys) else None,
    )
    return Walk(hook.hall.banner.code, turning)
