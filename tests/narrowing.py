"""Reads the columns of an exhibition, and says in Python which entries meet a condition: what the browser must agree with."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from whole import PROJECT

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.intake.content import read_content
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS
from site_builder.publish.deck import deck_of
from site_builder.publish.halls import every_hall
from site_builder.search.beside import beside_index, completed
from site_builder.search.columns import encoded, number_in
from site_builder.search.index import Searched
from site_builder.search.layout import SYMBOLS, Layout, layout_of

if TYPE_CHECKING:
    from site_builder.model.pages import OutputFile
    from site_builder.publish.deck import Deck


def decoded_column(column: str, *, width: int, layout: Layout) -> dict[str, tuple[int, ...]]:
    """The rows of a column: an independent reader, to which the writer and the browser are held."""
    found: dict[str, tuple[int, ...]] = {}
    for block, segment in zip(layout.blocks, column.split("!"), strict=False):
        at = place = 0
        while at < len(segment):
            if segment[at] == " ":
                at, place = at + 1, place + 1
            elif segment[at] == "#":
                at, place = at + 2, place + SYMBOLS.index(segment[at + 1]) + 1
            else:
                values = [number_in(segment[at : at + width])]
                at += width
                while segment[at : at + 1] == "'":
                    values.append(number_in(segment[at + 1 : at + 1 + width]))
                    at += 1 + width
                found[block[place]] = tuple(values)
                place += 1
    return found


def beside(deck: Deck, layout: Layout | None = None, *, workers: int = 1) -> tuple[tuple[OutputFile, ...], str]:
    """All that lies beside the index, made in so many shares; and its digest."""
    layout = layout or layout_of(deck.cards)
    searched = Searched(deck.catalogue, deck.cards, outlines=deck.outlines, halls=partial(every_hall, deck))
    shares = [beside_index(searched, layout=layout, part=part, of=workers) for part in range(workers)]
    table, told = completed(shares, layout)
    return (table, *(file for share in shares for file in share.files)), told


def contents(deck: Deck, layout: Layout | None = None) -> dict[str, object]:
    """Name of each file beside the index → what it hands over."""
    found = {}
    for file in beside(deck, layout)[0]:
        name, _, content = file.content.decode().removeprefix("exhibitionSearch.put(").partition(",")
        found[json.loads(name)] = json.loads(content.rstrip().removesuffix(")"))
        assert file.address == f"search/v1/{json.loads(name)}.js"
    return found


@cache
def real() -> Deck:
    """The real exhibition."""
    return deck_of(compile_catalogue(read_content(PROJECT).entries, Exhibition(halls_edition="permanent")))


@cache
def real_contents() -> dict[str, object]:
    """Its columns, and that of kinds, which the browser makes from the manifest."""
    deck = real()
    listed = [kind for kind in KINDS if kind.listed]
    names = [kind.name for kind in listed]
    places = {key: (names.index(card.kind),) for key, card in deck.cards.items()}
    column = encoded(places, layout_of(deck.cards), of=len(names))
    return contents(deck) | {"f/kind": {"labels": [kind.label for kind in listed], "codes": names, **column}}


@cache
def real_rows(name: str) -> dict[str, tuple[int, ...]]:
    """One of them, read."""
    column = real_contents()[f"f/{name}"]
    return decoded_column(column["column"], width=column["width"], layout=layout_of(real().cards))


@cache
def real_labels(name: str) -> dict[str, list[str]]:
    """Key → labels of its own values."""
    words = real_contents()[f"f/{name}"]["labels"]
    return {key: [words[at] for at in values] for key, values in real_rows(name).items()}


def above(at: int, parents: list[int]) -> set[int]:
    """All values above one."""
    return {parents[at], *above(parents[at], parents)} if parents and parents[at] >= 0 else set()


def meeting(query: str) -> set[str]:
    """Keys of the real entries that meet the conditions of an address: OR inside a facet, AND across, a range of years."""
    wanted: dict[str, set[str]] = {}
    for name, value in parse_qsl(query):
        wanted.setdefault(name, set()).add(value)
    keys = set(real().cards)
    for name, values in wanted.items():
        keys &= _having(name, values)
    return keys


def _having(name: str, values: set[str]) -> set[str]:
    column = real_contents()[f"f/{name}"]
    words = column["labels"]
    if name == "year":
        first, last = next(iter(values)).split("-")
        places = {at for at, year in enumerate(words) if (first or "0") <= year <= (last or "9999")}
    else:
        places = {at for at, word in enumerate(column.get("codes", words)) if word in values or words[at] in values}
    parents = column.get("parents", [])
    return {key for key, own in real_rows(name).items() if any({at, *above(at, parents)} & places for at in own)}
