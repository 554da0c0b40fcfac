"""What a page or another piece is given beside the deck comes in; a digest that tells it from anything else goes out.

Entries and cards among it are facts that the piece leans on: they are noted as read, and named instead of told in full.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from itertools import chain
from operator import attrgetter
from types import FunctionType, MappingProxyType
from typing import Any

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.pages import Card, Link, PageJob, Pager
from site_builder.publish.deck import Deck
from site_builder.publish.listing import Listing
from site_builder.warm.notebook import Notebook
from site_builder.warm.reading import Outlined, Watched
from site_builder.warm.telling import Teller, digest_of


def told_of(deck: Deck, value: object, *, notebook: Notebook) -> bytes:
    """A digest of what a job was given beside the deck; equal for equal jobs, whatever process made them."""
    return digest_of(_spelt(value), partial(_Naming, deck, notebook))


def _spelt(value: Any) -> Any:
    """A call that is put off, by names, and what lists are given: most pages are given no more, and pickle would look each class up."""
    kind = type(value)
    if kind is str:
        return value
    if kind is partial:
        return tuple(map(_spelt, (value.func, *value.args, *chain.from_iterable(value.keywords.items()))))
    if kind is FunctionType:
        return f"{value.__module__}.{value.__qualname__}"
    if kind is PageJob:
        return value.address, _spelt(value.plan)
    if issubclass(kind, Deck):
        return Deck.__name__
    if kind is Link:
        return tuple(value)
    if kind in _PARTS:
        return kind.__name__, *map(_spelt, _PARTS[kind](value))
    return tuple(map(_spelt, value)) if kind is tuple and value and type(value[0]) is Link else value


_PARTS = MappingProxyType({kind: attrgetter(*(one.name for one in fields(kind))) for kind in (Listing, Pager)})
"""Of what every page of a list is given: all there is to it."""


class _Naming(Teller):
    """Names entries and cards of a deck, and the deck itself, instead of writing them down; texts are noted when they are read."""

    def __init__(self, deck: Deck, notebook: Notebook) -> None:
        super().__init__()
        self._deck = deck
        self._read = notebook.read
        self._numbers = {kind: notebook.numbers((kind,)) for kind in ("entries", "cards")}

    def reducer_override(self, obj: Any) -> Any:
        """Facts by their names."""
        kind = type(obj)
        if kind is Outlined:
            return self._named("entries", vars(obj)["entry"], key=obj.key, among=self._deck.catalogue.registry.entries)
        if kind is Card:
            return self._named("cards", obj, key=obj.key, among=self._deck.cards)
        if issubclass(kind, Deck):
            return str, (Deck.__name__,)
        if kind is Catalogue:
            return str, (kind.__name__,)
        if issubclass(kind, Watched):
            return str, (repr(obj.name),)
        return NotImplemented

    def _named(self, name: str, obj: object, *, key: str, among: Mapping[Any, Any]) -> Any:
        raw = among.of if isinstance(among, Watched) else among
        if raw.get(key) is not obj:
            return NotImplemented
        self._read.add(self._numbers[name][key])
        return str, (f"{name} {key}",)
