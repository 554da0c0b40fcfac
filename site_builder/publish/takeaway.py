"""A deck comes in; which lists can be taken away as tables, where those lie, and the links to them go out."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.entry import Entry
from site_builder.model.kinds import KINDS, Kind
from site_builder.model.pages import Link
from site_builder.publish.deck import RESULTS, Deck
from site_builder.publish.halls import results_of

ROOT = "data/"
"""Folder of the open data, and the address of its page."""
TITLE = "开放数据"
FEWEST = 10
"""A shorter list is read on its page; a file for each would be many files for little."""
HOLDERS = (*RESULTS, "craftsman", "studio", "base", "team")
SHEETS = (("xlsx", "Excel 表格"), ("csv", "CSV 表格"))
"""Endings and what people call them; programs find the same entries in the interface."""


@dataclass(frozen=True)
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
    found = takeaway_of(deck, entry)
    return tuple(Link(label, f"{found.stem}.{ending}") for ending, label in SHEETS) if found else ()


def takeaways(deck: Deck) -> Iterator[Takeaway]:
    """Lists of all editions and awards."""
    for key in (*deck.catalogue.editions, *deck.catalogue.of_kind("award")):
        found = takeaway_of(deck, deck.catalogue.entries[key])
        if found:
            yield found


def takeaway_of(deck: Deck, entry: Entry) -> Takeaway | None:
    """The list of one edition (its results) or award (all who hold it); an award on notice is not given yet.

    The permanent edition shows everything, which is a list already; without open data there is none.
    """
    catalogue = deck.catalogue
    if entry.get("permanent") or not catalogue.exhibition.open_data:
        return None
    if entry.kind == "edition":
        keys, title = results_of(catalogue, entry), f"{entry.title}：全部成果"
    else:
        keys = tuple(catalogue.decided(catalogue.sources_of(entry.key, HOLDERS)))
        title = f"{entry.title}：名单"
    keys = tuple(key for key in keys if key in deck.cards)
    return Takeaway(title, f"{ROOT}{entry.described.folder}/{entry.id}", keys) if len(keys) >= FEWEST else None
