"""A finished index comes in; a problem for every slice of the catalogue that it does not find goes out."""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.pages import Card
from site_builder.model.problems import Place, Problem
from site_builder.search.index import index_layout
from site_builder.search.layout import Layout
from site_builder.search.query import Index
from site_builder.search.said import said_by
from site_builder.search.tokens import fold, runs

SLICES = 120
LONGEST = 6
SHOWN = 5


def self_test(
    catalogue: Catalogue,
    cards: Mapping[str, Card],
    *,
    read: Callable[[str], bytes],
    layout: Layout | None = None,
    keys: Collection[str] | None = None,
) -> tuple[Problem, ...]:
    """Looks up slices of titles, names and texts, chosen by the content alone; ``read`` gives the bytes of an address.

    Of an index that was mended ``keys`` are the entries that were read again, one slice each: what was made before was tested then.
    """
    asked, count = (cards, SLICES) if keys is None else (keys, min(SLICES, len(keys)))
    index = Index(read)
    places = (layout or index_layout(catalogue, cards)).places
    missed = (
        problem
        for key, word in slices_of(catalogue, cards, keys=asked, count=count)
        if (problem := _missed(index, key, place=places[key], word=word))
    )
    return tuple(problem for problem, _ in zip(missed, range(SHOWN), strict=False))


def slices_of(
    catalogue: Catalogue, cards: Mapping[str, Card], *, keys: Iterable[str], count: int
) -> Iterator[tuple[str, str]]:
    """(key, slice of two characters or more that have letters), the same ones for the same content."""
    keys = sorted(keys)
    rng = random.Random("\n".join(keys))
    for _ in range(count if keys else 0):
        key = rng.choice(keys)
        said = said_by(catalogue.entries[key], cards[key], catalogue=catalogue)
        text = rng.choice(said.parts).text
        start = rng.randrange(max(1, len(text) - 1))
        word = text[start : start + rng.randint(2, LONGEST)]
        if runs(fold(word)):
            yield key, word


def _missed(index: Index, key: str, *, place: int, word: str) -> Problem | None:
    try:
        if index.holds(place, word):
            return None
    except (OSError, ValueError):
        # the disk gives back something else than was written, or nothing
        pass
    return Problem("search-self-test", Place(key), f"“{word}”在 {key} 里，检索却找不到")
