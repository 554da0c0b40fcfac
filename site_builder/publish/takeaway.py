"""A deck comes in; which lists can be taken away as tables, where those lie, and the links to them go out."""

from collections.abc import Iterable, Iterator
from itertools import islice

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, Kind
from site_builder.model.pages import Link
from site_builder.publish.deck import RESULTS, Deck
from site_builder.publish.halls import results_of

ROOT = "data/"
"""Folder of the open data, and the address of its page."""
TITLE = "开放数据"
FEWEST = 10
"""A shorter list of an award is read on its page; a file for each would be many files for little. Editions are few, and one
that were left out would be missed among the others."""
HOLDERS = (*RESULTS, "craftsman", "studio", "base", "team")
SHEETS = (("xlsx", "Excel 表格"), ("csv", "CSV 表格"))
"""Endings and what people call them; programs find the same entries in the interface."""


@frozen
class Takeaway:
    """A list that can be taken away: its title, the keys on it, and its address without an ending."""

    title: str
    stem: str
    keys: tuple[str, ...]


def kinds_shown(deck: Deck) -> tuple[Kind, ...]:
    """Kinds that have entries to show."""
    return tuple(kind for kind in KINDS if kind.listed and deck.catalogue.of_kind(kind.name))


def kind_links(deck: Deck, kind: Kind) -> tuple[Link, ...]:
    """The whole list of a kind."""
    offered = deck.catalogue.exhibition.open_data
    return tuple(Link(label, f"{ROOT}{kind.folder}.{ending}") for ending, label in SHEETS) if offered else ()


def list_links(deck: Deck, entry: Entry) -> tuple[Link, ...]:
    """The list of an edition's or award's entries, where it is long enough."""
    # every page of an award asks, and need not look at all who hold it
    fewest = _fewest(entry)
    if len(tuple(islice(_listed(deck, entry), fewest))) < fewest:
        return ()
    return tuple(Link(label, f"{_stem(entry)}.{ending}") for ending, label in SHEETS)


def takeaways(deck: Deck) -> Iterator[Takeaway]:
    """Lists of all editions and awards."""
    for key in (*deck.catalogue.editions, *deck.catalogue.of_kind("award")):
        found = takeaway_of(deck, deck.catalogue.entries[key])
        if found:
            yield found


def takeaway_of(deck: Deck, entry: Entry) -> Takeaway | None:
    """The list of one edition (its results) or award (all who hold it); an award on notice is not given yet."""
    keys = tuple(_listed(deck, entry))
    title = f"{entry.title}：{'全部成果' if entry.kind == 'edition' else '名单'}"
    return Takeaway(title, _stem(entry), keys) if len(keys) >= _fewest(entry) else None


def _listed(deck: Deck, entry: Entry) -> Iterator[str]:
    """Who stands on it: nobody for the permanent edition, which shows everything, and without open data."""
    catalogue = deck.catalogue
    if entry.get("permanent") or not catalogue.exhibition.open_data:
        return
    if entry.kind == "edition":
        keys: Iterable[str] = results_of(catalogue, entry)
    else:
        keys = catalogue.decided(catalogue.sources_of(entry.key, HOLDERS))
    yield from (key for key in keys if key in deck.cards)


def _fewest(entry: Entry) -> int:
    return 1 if entry.kind == "edition" else FEWEST


def _stem(entry: Entry) -> str:
    return f"{ROOT}{entry.described.folder}/{entry.id}"
