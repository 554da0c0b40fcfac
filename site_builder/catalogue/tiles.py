"""A catalogue comes in; its regions as a schematic grid of tiles go out, level by level.

It is no map: public maps of China need an approval number (审图号). Neighbours merely stand near each other, as the
vocabulary's ``tile`` says.
"""

import re
from collections.abc import Iterator

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.topics import Topic, topics_of
from site_builder.model.entry import Entry
from site_builder.model.institutions import Term
from site_builder.model.naming import syllables
from site_builder.model.problems import Place, Problem
from site_builder.model.tiles import Tile, TileGrid

FACET, VOCABULARY = "region", "regions"
_SUFFIX = re.compile(r"(?<=..)(?:新区|新片区|自治县|区|县|市|旗)$")


def grids_of(catalogue: Catalogue) -> tuple[TileGrid, ...]:
    """The uppermost grid first, then that of each region with others below it; only grids that entries name."""
    named = {topic.label: topic for topic in topics_of(catalogue, FACET)}
    terms = {term.label: term for term in catalogue.lexicon.terms(VOCABULARY)}
    families: dict[str, list[str]] = {}
    for label in (*terms, *(label for label in named if label not in terms)):
        term = terms.get(label)
        parent = catalogue.lexicon.label(VOCABULARY, term.parent) if term and term.parent else ""
        families.setdefault(parent if parent in terms else "", []).append(label)
    found = []
    for parent in sorted(families, key=bool):
        tiles = (
            _tile(catalogue, label, parent=parent, term=terms.get(label), topic=named.get(label))
            for label in families[parent]
        )
        shown = sorted((tile for tile in tiles if tile.at or tile.count), key=_reading_order)
        if any(tile.count for tile in shown):
            found.append(TileGrid(parent, tuple(shown)))
    return tuple(found)


def _tile(catalogue: Catalogue, label: str, *, parent: str, term: Term | None, topic: Topic | None) -> Tile:
    return Tile(
        label=label,
        short=_short(label, parent),
        at=term.tile if term else None,
        count=len(catalogue.groups[FACET, label]) if topic else 0,
        address=topic.address if topic else None,
    )


def _short(label: str, parent: str) -> str:
    return _SUFFIX.sub("", label.removeprefix(parent) or label)


def _reading_order(tile: Tile) -> tuple[bool, int, int, tuple[str, ...], str]:
    column, row = tile.at or (0, 0)
    return (tile.at is None, row, column, syllables(tile.short), tile.label)


def doubled_tiles(entry: Entry) -> Iterator[Problem]:
    """A problem for every term of a vocabulary that stands where another below the same term stands."""
    taken: dict[tuple[str | None, tuple[int, int]], str] = {}
    for index, term in enumerate(entry.data.terms):
        if term.tile is None:
            continue
        first = taken.setdefault((term.parent, term.tile), term.label)
        if first != term.label:
            column, row = term.tile
            message = f"“{term.label}”和“{first}”都在第 {column} 列第 {row} 行"
            yield Problem("doubled-tile", Place(entry.source, ("terms", index, "tile")), message)
