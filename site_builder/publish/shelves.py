"""A facet of one kind comes in; its values as shelves, each with an address, and the lists of what stands on them go out."""

from collections.abc import Iterable, Iterator

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.ordering import ORDER_WORDS
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.naming import slug
from site_builder.model.pages import Link, PageJob
from site_builder.model.programme_views import Block
from site_builder.publish.deck import Deck
from site_builder.publish.listing import Listing, list_pages

PROMOTED = 24
"""Values that a block shows; all of them stand on a page of their own."""
FEWEST = 6
"""So many values of several entries fill a block without those of one."""


@frozen
class Shelf:
    """All entries of a kind that share a value of a facet, in list order."""

    label: str
    address: str
    keys: tuple[str, ...]


def shelves_of(catalogue: Catalogue, facet: str, *, kind: str, folder: str, vocabulary: str) -> tuple[Shelf, ...]:
    """The values of a facet in the vocabulary's order, those it does not list after them, the fullest first."""
    places = {term.label: at for at, term in enumerate(catalogue.lexicon.terms(vocabulary))}
    found = []
    # of the other groups, of which there are more than entries, only the names are asked for
    for label in [label for name, label in catalogue.groups if name == facet]:
        inside = tuple([key for key in catalogue.groups[facet, label] if key.startswith(f"{kind}/")])
        if inside:
            found.append((label, inside))
    found.sort(key=lambda pair: (places.get(pair[0], len(places)), -len(pair[1]), pair[0]))
    spoken = [slug(label) for label, _ in found]
    return tuple(
        Shelf(label, f"{folder}{slug(label, distinct=spoken.count(slug(label)) > 1)}/", keys) for label, keys in found
    )


def block_of(title: str, shelves: Iterable[Shelf], *, more: Link | None = None, note: str = "") -> Block:
    """A block of shelves; where ``more`` leads to all, of the fullest, in their order."""
    every = tuple(shelves)
    if more is None:
        return Block(title, tuple((Link(shelf.label, shelf.address), len(shelf.keys)) for shelf in every), note)
    several = tuple(shelf for shelf in every if len(shelf.keys) > 1)
    pool = several if len(every) > PROMOTED and len(several) >= FEWEST else every
    fullest = {shelf.label for shelf in sorted(pool, key=lambda shelf: -len(shelf.keys))[:PROMOTED]}
    shown = tuple((Link(shelf.label, shelf.address), len(shelf.keys)) for shelf in every if shelf.label in fullest)
    return Block(title, shown, note, more if len(every) > len(shown) else None)


def shelf_lists(
    deck: Deck, shelves: Iterable[Shelf], *, kind: str, head: str, crumbs: tuple[Link, ...]
) -> Iterator[PageJob]:
    """The paged list of each shelf; ``head`` tells a trade from an industry of the same name."""
    described = kind_named(kind)
    for shelf in shelves:
        listing = Listing(
            title=f"{head}：{shelf.label}",
            address=shelf.address,
            section=described.section,
            keys=shelf.keys,
            measure=described.measure,
            style="roll" if kind == "craftsman" else "rows",
            order=ORDER_WORDS.get(kind, ""),
            crumbs=crumbs,
        )
        yield from list_pages(deck, listing)
