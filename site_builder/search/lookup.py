"""A catalogue and its cards come in; files go out: former keys and present ones, where regions stand, what has two names."""

from collections.abc import Collection, Iterator

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.tiles import grids_of
from site_builder.model.pages import OutputFile
from site_builder.search.files import script

SYNONYMS = "synonyms"
"""The vocabulary in which editors keep words that mean the same."""


def lookup_files(catalogue: Catalogue, keys: Collection[str]) -> Iterator[OutputFile]:
    """``former.js``, for lists kept before an id was changed, ``tiles.js``, for the grid of regions, ``synonyms.js``."""
    yield script("former", _former_keys(catalogue, keys))
    yield script("tiles", _tiles(catalogue))
    yield script("synonyms", _synonyms(catalogue))


def _former_keys(catalogue: Catalogue, keys: Collection[str]) -> dict[str, str]:
    """Former key → key; an alias may be an id or a whole address."""
    return {
        f"{key.partition('/')[0]}/{alias.strip('/').rpartition('/')[2]}": key
        for key in sorted(key for key in catalogue.moved if key in keys)
        for alias in catalogue.entries[key].data.aliases
    }


def _tiles(catalogue: Catalogue) -> dict[str, tuple[str, int, int, int, str]]:
    """Label → short label, column and row (0 without a place), rank in reading order, label of the region above."""
    return {
        tile.label: (tile.short, *(tile.at or (0, 0)), rank, grid.parent)
        for grid in grids_of(catalogue)
        for rank, tile in enumerate(grid.tiles)
    }


def _synonyms(catalogue: Catalogue) -> list[list[str]]:
    """Groups of words that mean the same, as editors wrote them; a word alone is none."""
    return [[term.label, *term.aliases] for term in catalogue.lexicon.terms(SYNONYMS) if term.aliases]
