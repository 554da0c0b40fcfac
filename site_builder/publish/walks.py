"""The halls of all editions come in; where each work hangs, and what hangs before and after it there, go out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from site_builder.model.frozen import frozen
from site_builder.model.pages import Link, Turning
from site_builder.model.views import Walk
from site_builder.publish.deck import SPACE, Deck
from site_builder.publish.halls import halls_of


@frozen
class Hook:
    """The place of a work in a hall: what its page is given, and so no more than is said of it there."""

    code: str
    where: Link
    at: int
    """From 0."""
    of: int
    before: str | None
    after: str | None
    """Keys of its neighbours."""


def hooks_of(deck: Deck) -> Mapping[str, tuple[Hook, ...]]:
    """Work → its places, halls of the newest edition first; a hall of one work leads nowhere."""
    found: dict[str, list[Hook]] = defaultdict(list)
    for key in deck.catalogue.editions:
        edition = deck.catalogue.entries[key]
        for hall in halls_of(deck, edition):
            where = Link(f"{edition.title}{SPACE}{hall.banner.name}", hall.banner.address)
            for at, work in enumerate(hall.keys if len(hall.keys) > 1 else ()):
                found[work].append(_hook(hall.banner.code, where, at=at, keys=hall.keys))
    return {work: tuple(hooks) for work, hooks in found.items()}


def _hook(code: str, where: Link, *, at: int, keys: tuple[str, ...]) -> Hook:
    before = keys[at - 1] if at else None
    after = keys[at + 1] if at + 1 < len(keys) else None
    return Hook(code, where, at, len(keys), before, after)


def walks_of(deck: Deck, hooks: Iterable[Hook]) -> tuple[Walk, ...]:
    """The way on in each of these halls."""
    return tuple(_walk(deck, hook) for hook in hooks)


def _walk(deck: Deck, hook: Hook) -> Walk:
    turning = Turning(
        hook.where,
        hook.at + 1,
        hook.of,
        deck.link_to(hook.before) if hook.before else None,
        deck.link_to(hook.after) if hook.after else None,
    )
    return Walk(hook.code, turning)
