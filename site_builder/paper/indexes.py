"""Entries come in; the names and units behind them in the order of the dictionary go out, each with the entries it stands by."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from site_builder.model.entry import Entry
from site_builder.model.naming import person_sort_key, read_rightly, sort_key
from site_builder.paper.exhibits import Press
from site_builder.publish.deck import organisations_of, people_of

_OTHERS = "#"
Order = Callable[[str], tuple[str, ...]]


def names_index(press: Press, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """People by the pinyin of their names, surnames read as surnames."""
    found = ((link.label, entry) for entry in entries for link in people_of(press.deck, entry))
    themselves = ((entry.title, entry) for entry in entries if entry.kind == "craftsman")
    return _lettered(press, (*found, *themselves), order=person_sort_key)


def units_index(press: Press, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Units by the pinyin of their names."""
    found = ((link.label, entry) for entry in entries for link in organisations_of(press.deck, entry))
    return _lettered(press, found, order=lambda name: (*sort_key(read_rightly(name)), name))


def _lettered(press: Press, pairs: Iterable[tuple[str, Entry]], *, order: Order) -> list[dict[str, Any]]:
    """A row for each name, under the letter that it begins with; what begins with none comes last."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for name, entry in pairs:
        places[name][entry.key.replace("/", "-")] = None
    names = sorted(places, key=lambda name: (_letter(order(name)) == _OTHERS, order(name)))
    return [
        {"letter": letter, "rows": [{"label": press.words(name), "ids": list(places[name])} for name in group]}
        for letter, group in groupby(names, key=lambda name: _letter(order(name)))
    ]


def _letter(key: tuple[str, ...]) -> str:
    first = key[0][:1].upper() if key else ""
    return first if "A" <= first <= "Z" else _OTHERS
