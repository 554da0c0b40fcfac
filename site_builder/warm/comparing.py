"""Two decks come in; the facts that may have different values in them go out.

Nothing is told by digests here, for there are as many facts as mentions: what is one and the same object in both is the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from site_builder.model.instead import grown_apart
from site_builder.publish.deck import Deck
from site_builder.warm.reading import BODIES, KEYS, NESTED, SHOWN, Fact, mappings_of

_APART: Mapping[Fact, str] = MappingProxyType({("entries",): BODIES, ("cards",): SHOWN})
"""Mappings of whose values one thing is a fact by itself."""
_NAMES = frozenset({"order", "sources", "groups", "positions", "neighbours", "turns", "stated", "sums", "outlines"})
"""Mappings of names, numbers and dates, which are made as a whole and are the same where they are equal."""


def differing(former: Deck, deck: Deck) -> Iterator[Fact]:
    """Facts that may differ, at least all that do; the settings and what else is not watched are the same."""
    now = mappings_of(deck)
    for name, then in mappings_of(former).items():
        yield from _differing(then, now[name], name=(name,))


def _differing(then: Mapping[Any, Any], now: Mapping[Any, Any], *, name: Fact) -> Iterator[Fact]:
    if then is now:
        return
    pairs: Iterable[tuple[Any, Any, Any]]
    concerned = grown_apart(then, now)
    if concerned is not None:
        pairs = ((key, then[key], now[key]) for key in concerned)
    elif list(then) == list(now):
        pairs = zip(then, then.values(), now.values(), strict=True)
    else:
        yield (*name, KEYS)
        pairs = ((key, then.get(key), now.get(key)) for key in then.keys() | now.keys())
    for key, one, other in pairs:
        if one is other or (name[0] in _NAMES and one == other):
            continue
        yield (*name, key)
        if name in _APART:
            yield (_APART[name], key)
        if name[0] in NESTED and len(name) == 1:
            yield from _differing(one or {}, other or {}, name=(*name, key))
