"""A list comes in; the condition that holds for exactly its entries goes out, so that scripts can narrow it in place."""

from urllib.parse import urlencode

from site_builder.model.entry import Entry
from site_builder.publish.deck import Deck

MANY = 8
"""A list of no more entries needs no narrowing: they fit on a screen or two."""
_FACETS = (("organisation", ("organisations", "organisation")), ("union", ("union",)), ("studio", ("studio",)))
"""Kind of entry (and facet of the browser) → the catalogue's facets that name it."""


def scope(*conditions: tuple[str, str]) -> str:
    """The condition as a query string: ``kind=project&industry=%E7%94%B5%E5%8A%9B``."""
    return urlencode(conditions)


def scope_of_house(deck: Deck, entry: Entry) -> str:
    """Everything that names an organisation, union or studio; empty where that is little."""
    found = dict.fromkeys(key for keys in _named_by(deck, entry) for key in keys)
    return scope((entry.kind, entry.title)) if len(found) > MANY else ""


def scope_of_part(deck: Deck, entry: Entry, *, keys: tuple[str, ...]) -> str:
    """The part of it that a list shows; empty where no condition holds for exactly these entries."""
    kinds = tuple(dict.fromkeys(key.partition("/")[0] for key in keys))
    found = {key for group in _named_by(deck, entry) for key in group if key.partition("/")[0] in kinds}
    if len(keys) <= MANY or found != set(keys):
        return ""
    return scope((entry.kind, entry.title), *(("kind", kind) for kind in kinds))


def _named_by(deck: Deck, entry: Entry) -> tuple[tuple[str, ...], ...]:
    facets = dict(_FACETS).get(entry.kind, ())
    return tuple(deck.catalogue.groups.get((facet, entry.title), ()) for facet in facets)
