"""A catalogue comes in; the columns by which lists are narrowed and sorted go out as files, one for each facet and order."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.grades import RANK_NONE
from site_builder.model.naming import person_sort_key, pinyin_of
from site_builder.model.pages import OutputFile
from site_builder.search.facets import Facet, facet_makers
from site_builder.search.files import script
from site_builder.search.index import Searched
from site_builder.search.layout import MOST, SYMBOLS, Layout
from site_builder.search.records import LISTED

VERSION = 1
_NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
_PAUSE = "\0"
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


class Told:
    """What entries say that are put in order by it, in plain values: they can be kept, so that an edit asks only whom it concerns."""

    def __init__(self, former: Mapping[str, Mapping[str, Any]] = _NOTHING, *, but: Collection[str] = ()) -> None:
        """``former`` is what was told last, order by order, which holds of all entries ``but`` these."""
        self._former, self._but = former, but
        self.now: dict[str, dict[str, Any]] = {}

    def by(self, order: str, keys: Iterable[str], *, say: Callable[[str], Any]) -> dict[str, Any]:
        """Key → what the entry says for this order; whom nobody has asked is asked."""
        former, but = self._former.get(order, {}), self._but
        self.now[order] = found = {key: former[key] if key in former and key not in but else say(key) for key in keys}
        return found

    def sounds(self) -> dict[str, str]:
        """Character → how it sounds; to work that out loads the dictionary, and an edit seldom brings a new one."""
        self.now["sounds"] = found = _Sounds(self._former.get("sounds", {}))
        return found


class _Sounds(dict[str, str]):
    def __missing__(self, character: str) -> str:
        self[character] = found = pinyin_of(character)[0].lower() if character.isalnum() else ""
        return found


def columns_of(
    searched: Searched, *, layout: Layout, told: Told, share: tuple[int, int] = (0, 1)
) -> tuple[Column, ...]:
    """The columns, one for each facet that has values and each order; a share of them, given which and of how many."""
    catalogue, cards, (part, of) = searched.catalogue, searched.outlines, share
    facets = facet_makers(catalogue, cards, halls=searched.halls)
    orders: dict[str, Callable[[], Rows]] = {
        "order": partial(_within_kinds, catalogue, cards),
        "rank": lambda: {key: (rank,) for key in cards if (rank := catalogue.ranks[key]) < RANK_NONE},
        "title": partial(_by_title, catalogue, cards, told=told),
        "benefit": partial(_by_benefit, catalogue, cards, told=told),
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


def _ranks(values: Mapping[str, Any]) -> Rows:
    """Key → its rank among all; equals share a rank."""
    ranks = {found: at for at, found in enumerate(sorted(set(values.values())))}
    return {key: (ranks[found],) for key, found in values.items()}


def _by_title(catalogue: Catalogue, cards: Iterable[str], *, told: Told) -> Rows:
    sounds = told.sounds()
    return _ranks(told.by("title", cards, say=lambda key: _title_key(catalogue.entries[key], sounds)))


def _title_key(entry: Entry, sounds: Mapping[str, str]) -> str:
    """Order of the dictionary: sound by sound, then by the text itself; marks at the beginning do not count.

    One text, for texts are put in order and kept sooner than tuples: what parts the sounds stands before all of them.
    """
    if entry.kind == "craftsman":
        given = entry.data.pinyin
        spoken = given.lower().split() if given else person_sort_key(entry.title)[:-1]
    else:
        spoken = filter(None, map(sounds.__getitem__, entry.title))
    return f"{_PAUSE.join(spoken)}{_PAUSE}{_PAUSE}{entry.title}"


def _by_benefit(catalogue: Catalogue, cards: Iterable[str], *, told: Told) -> Rows:
    """The largest benefit first; only entries that give a sum."""
    shown = frozenset(cards)
    keys = (key for key in catalogue.stated["benefit"] if key in shown)
    amounts = told.by("benefit", keys, say=lambda key: _amount(catalogue.entries[key]))
    return _ranks({key: -amount for key, amount in amounts.items() if amount})


def _amount(entry: Entry) -> float:
    """Yearly benefit in 万元, else the whole of it."""
    benefit = entry.get("benefit")
    if benefit is None or isinstance(benefit, int | float):
        return float(benefit or 0)
    return float(benefit.annual or benefit.total or 0)
