"""A catalogue comes in; the columns by which lists are narrowed and sorted go out as files, one for each facet and order."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, partial

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.grades import RANK_NONE
from site_builder.model.naming import person_sort_key, pinyin_of
from site_builder.model.pages import OutputFile
from site_builder.search.facets import Facet, Hung, facet_makers
from site_builder.search.files import script
from site_builder.search.index import Searched
from site_builder.search.layout import MOST, SYMBOLS, Layout
from site_builder.search.records import LISTED

VERSION = 1
Rows = Mapping[str, tuple[int, ...]]
"""Key → indexes of its values, ascending."""


@frozen
class Column:
    """A column by its place among all, with what the table says of it; the browser knows that of kinds from the manifest."""

    place: int
    name: str
    is_order: bool
    said: tuple[object, ...]
    file: OutputFile | None


def columns_of(searched: Searched, *, layout: Layout, halls: Hung, part: int = 0, of: int = 1) -> tuple[Column, ...]:
    """A worker's share of the columns, one for each facet that has values and each order."""
    catalogue, cards = searched.catalogue, searched.outlines
    facets = facet_makers(catalogue, cards, halls=halls)
    orders: dict[str, Callable[[], Rows]] = {
        "order": partial(_within_kinds, catalogue, cards),
        "rank": lambda: {key: (rank,) for key in cards if (rank := catalogue.ranks[key]) < RANK_NONE},
        "title": lambda: _ranks({key: _title_key(catalogue.entries[key]) for key in cards}),
        "benefit": lambda: _benefit(catalogue.entries[key] for key in catalogue.stated["benefit"] if key in cards),
    }
    found = []
    for place, maker in enumerate(facets):
        at = 0 if maker.gathered else place
        if at % of == part and (facet := maker.make()).values:
            file = None if facet.name == "kind" else script(f"f/{facet.name}", _described(facet, layout))
            said = (facet.name, facet.label, len(facet.labels), _by_kind(facet.values))
            found.append(Column(place, facet.name, False, said, file))
    for place, (name, ranks) in enumerate(orders.items(), len(facets)):
        if place % of == part:
            rows = ranks()
            found.append(Column(place, name, True, tuple(_by_kind(rows)), script(f"f/{name}", encoded(rows, layout))))
    return tuple(found)


def table_of(columns: Iterable[Column], layout: Layout) -> OutputFile:
    """The table of all columns, given in their order."""
    everything = tuple(columns)
    contents = b"".join(column.file.content for column in everything if column.file)
    table = {
        "version": VERSION,
        "digest": hashlib.sha256(contents).hexdigest()[:12],
        "blocks": len(layout.blocks),
        "entries": layout.count,
        "facets": [column.said for column in everything if not column.is_order],
        "orders": {column.name: column.said for column in everything if column.is_order},
    }
    return script("facets", table)


def _by_kind(rows: Rows) -> list[int]:
    """How many entries of each kind have a value."""
    counts = Counter(key.partition("/")[0] for key in rows)
    return [counts[kind.name] for kind in LISTED]


def _described(facet: Facet, layout: Layout) -> dict[str, object]:
    found: dict[str, object] = {"labels": facet.labels, "own": facet.own}
    if facet.codes:
        found["codes"] = facet.codes
    if facet.parents:
        found["parents"] = facet.parents
    return found | encoded(facet.values, layout, of=len(facet.labels))


def encoded(rows: Rows, layout: Layout, *, of: int = 0) -> dict[str, object]:
    """A column by keys, as ``column_of`` writes it; entries that the layout does not know have no place in it."""
    places = layout.places
    return column_of({places[key]: values for key, values in rows.items() if key in places}, len(layout.blocks), of=of)


def column_of(rows: Mapping[int, tuple[int, ...]], blocks: int, *, of: int = 0) -> dict[str, object]:
    """A column as text, a segment for each block, so that an edit changes one.

    ``rows`` are by block × 86 + place, ``of`` is the number of values.
    """
    found = set(rows.values())
    most = of or 1 + max((value for values in found for value in values), default=0)
    width = next(width for width in range(1, 5) if most <= MOST**width)
    written = {values: "'".join(_number(value, width) for value in values) or " " for values in found}
    cells = [" "] * (blocks * MOST)
    for number, values in rows.items():
        cells[number] = written[values]
    column = "!".join(["".join(cells[at : at + MOST]).rstrip(" ") for at in range(0, len(cells), MOST)])
    return {"width": width, "column": _GAPS.sub(_gap, column).rstrip("!")}


_GAPS = re.compile(" {3,}")
"""Values of one entry are joined by ``'``; entries without values are a blank, runs of them ``#`` and their length."""


def _gap(blanks: re.Match[str]) -> str:
    return f"#{SYMBOLS[len(blanks[0]) - 1]}"


def _number(value: int, width: int) -> str:
    """So many symbols, the most significant first."""
    return (_number(value // MOST, width - 1) if width > 1 else "") + SYMBOLS[value % MOST]


def number_in(symbols: str) -> int:
    """The number that so many symbols say."""
    value = 0
    for symbol in symbols:
        value = value * MOST + SYMBOLS.index(symbol)
    return value


def _within_kinds(catalogue: Catalogue, cards: Collection[str]) -> Rows:
    """Each entry's place in the list of its kind."""
    return {
        key: (at,)
        for kind in LISTED
        for at, key in enumerate(key for key in catalogue.of_kind(kind.name) if key in cards)
    }


def _ranks(keys: Mapping[str, tuple[object, ...]]) -> Rows:
    """Key → its rank among all; equals share a rank."""
    ranks = {found: at for at, found in enumerate(sorted(set(keys.values())))}
    return {key: (ranks[found],) for key, found in keys.items()}


def _title_key(entry: Entry) -> tuple[object, ...]:
    """Order of the dictionary: sound by sound, then by the text itself; marks at the beginning do not count."""
    if entry.kind == "craftsman":
        given = entry.data.pinyin
        return (tuple(given.lower().split()) if given else person_sort_key(entry.title)[:-1], entry.title)
    return (tuple(filter(None, map(_sound, entry.title))), entry.title)


@cache
def _sound(character: str) -> str:
    return pinyin_of(character)[0].lower() if character.isalnum() else ""


def _benefit(entries: Iterable[Entry]) -> Rows:
    """The largest benefit first; only entries that give a sum."""
    sums = {entry.key: (-amount,) for entry in entries if (amount := _amount(entry))}
    return _ranks(sums)


def _amount(entry: Entry) -> float:
    """Yearly benefit in 万元, else the whole of it."""
    benefit = entry.get("benefit")
    if benefit is None or isinstance(benefit, int | float):
        return float(benefit or 0)
    return float(benefit.annual or benefit.total or 0)
