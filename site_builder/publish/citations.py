"""An entry comes in; how to cite it by GB/T 7714—2015 goes out. Other forms are made of the page's head by ``assets/cite.js``."""

from site_builder.catalogue.addresses import identifier_address
from site_builder.model.citations import Citation
from site_builder.model.entry import Entry
from site_builder.publish.dating import day_of
from site_builder.publish.deck import RESULTS, Deck, people_of

_NAMED = 3
"""Names before 等 (GB/T 7714—2015, 8.1.2)."""


def citation_of(deck: Deck, entry: Entry) -> Citation | None:
    """The reference to a shown entry; None for one that is withdrawn."""
    if entry.key not in deck.cards:
        return None
    site = deck.catalogue.exhibition
    permanent = f"{site.url}{identifier_address(entry)}" if site.url else ""
    return Citation(
        permanent=permanent,
        reference=_reference(deck, entry, day=day_of(entry, published=deck.catalogue.exhibition.published)),
        reference_end=f". {permanent}" if permanent else ".",
        name=f"{entry.kind}-{entry.id}",
    )


def authors_of(deck: Deck, entry: Entry) -> tuple[str, ...]:
    """Who answers for what is said: the people behind a result, the author of a story; else nobody by name."""
    if entry.kind in RESULTS:
        return tuple([link.label for link in people_of(deck, entry)])
    author = entry.get("author")
    return (author,) if author else ()


def house_of(deck: Deck) -> str:
    """Who publishes: the organiser, else the exhibition."""
    site = deck.catalogue.exhibition
    return site.organiser or site.name


def _reference(deck: Deck, entry: Entry, *, day: str) -> str:
    """``甲, 乙, 丙, 等. 题名[EB/OL]. 展览, 2026(2026-11-21)``."""
    authors, site, house = authors_of(deck, entry), deck.catalogue.exhibition.name, house_of(deck)
    who = ", ".join((*authors[:_NAMED], "等") if len(authors) > _NAMED else authors) or house
    where = "" if who == site else f"{site}, {day[:4]}" if day else site
    dated = f"{where}({day})" if day else where
    return f"{who}. {' '.join(entry.title.split())}[EB/OL]{f'. {dated}' if dated else ''}"
