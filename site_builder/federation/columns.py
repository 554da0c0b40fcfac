"""The columns of several indexes come in; the columns of the common one go out: values are the same where their labels are.

What belongs to one exhibition alone, its own editions and halls, is left out; which exhibition an entry is of takes their place, and the
browser knows that from the manifest. Sums of benefit are not in an index, so nothing is sorted by them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from site_builder.federation.members import Member
from site_builder.federation.reading import unfit
from site_builder.model.pages import OutputFile
from site_builder.search.columns import VERSION, column_of, number_in
from site_builder.search.files import script
from site_builder.search.layout import MOST, SYMBOLS
from site_builder.search.records import LISTED
from site_builder.sheets.packages import Refused

EXHIBITION, LABEL = "exhibition", "展览"
_OWN = frozenset({"kind", "edition", "hall"})
"""Facets of one exhibition alone, and the one that the manifest knows."""
_NAME = re.compile(r"[a-z][a-z_]{0,39}")
Rows = Mapping[int, tuple[int, ...]]
"""Number of an entry (block × 86 + place) → its values."""


@dataclass
class _Facet:
    """A facet as its members have it: its label, values in order, and what they say of them."""

    label: str
    labels: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    own: bool = True
    kinds: list[int] = field(default_factory=lambda: [0] * len(LISTED))
    columns: list[tuple[Member, Mapping[str, Any]]] = field(default_factory=list)


def merged_columns(
    members: Sequence[Member], *, blocks: int, titles: Mapping[int, tuple[object, ...]]
) -> Iterator[OutputFile]:
    """The table of facets, a column for each and for each order; ``titles`` gives the order of titles, entry by entry."""
    facets: dict[str, _Facet] = {}
    orders = {"order": [0] * len(LISTED), "rank": [0] * len(LISTED), "title": [0] * len(LISTED)}
    for member in members:
        _gathered(member, facets, orders=orders)
    for name, facet in facets.items():
        yield script(f"f/{name}", _column(facet, blocks))
    yield script("f/rank", column_of({at: row for one in members for at, row in _rows(one, "rank").items()}, blocks))
    # one of each exhibition in turn, as each of them orders its own
    turns = {at: (*row, nth) for nth, one in enumerate(members) for at, row in _rows(one, "order").items()}
    yield script("f/order", column_of(ranked(turns), blocks))
    yield script("f/title", column_of(ranked(titles), blocks))
    kinds = [sum(of) for of in zip(*(member.by_kind for member in members), strict=True)]
    own = [[EXHIBITION, LABEL, len(members), kinds], ["kind", "种类", len(LISTED), kinds]]
    yield script(
        "facets",
        {
            "version": VERSION,
            "blocks": blocks,
            "entries": sum(kinds),
            "facets": [*own, *([name, one.label, len(one.labels), one.kinds] for name, one in facets.items())],
            "orders": orders | {"benefit": [0] * len(LISTED)},
        },
    )


def _gathered(member: Member, facets: dict[str, _Facet], *, orders: dict[str, list[int]]) -> None:
    """Adds what a member says of its facets and orders."""
    try:
        table = member.content("facets")
        for name, label, _, counts in table["facets"]:
            if name in _OWN or not _NAME.fullmatch(name):
                continue
            said = member.content(f"f/{name}")
            facet = facets.setdefault(name, _Facet(label))
            facet.labels = together(facet.labels, said["labels"])
            facet.own = facet.own and bool(said["own"])
            for word, code in zip(said["labels"], said.get("codes", ()), strict=False):
                facet.codes.setdefault(word, code)
            for word, above in zip(said["labels"], said.get("parents", ()), strict=False):
                if above >= 0:
                    facet.above.setdefault(word, said["labels"][above])
            _add(facet.kinds, counts, member=member)
            facet.columns.append((member, said))
        for name, sums in orders.items():
            _add(sums, table["orders"][name], member=member)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, Refused):
            raise
        raise unfit("facets") from fault


def _add(sums: list[int], counts: Iterable[int], *, member: Member) -> None:
    for at, count in zip(member.kinds, counts, strict=True):
        sums[at] += count


def together(known: Sequence[str], more: Sequence[str]) -> list[str]:
    """Both in one order: a label that is new stands behind the one that it follows; years from the latest back."""
    found, at = list(known), 0
    for label in more:
        if label in found:
            at = found.index(label) + 1
        else:
            found.insert(at, label)
            at += 1
    return sorted(found, key=int, reverse=True) if all(label.isdecimal() for label in found) else found


def _column(facet: _Facet, blocks: int) -> dict[str, object]:
    if not facet.own:
        facet.labels.sort()
    places = {label: at for at, label in enumerate(facet.labels)}
    rows: dict[int, tuple[int, ...]] = {}
    for member, said in facet.columns:
        here = [places[label] for label in said["labels"]]
        try:
            known = {old: tuple(sorted(here[one] for one in old)) for old in set(read(said, member).values())}
        except IndexError as fault:
            raise unfit("f") from fault
        rows.update((at, known[old]) for at, old in read(said, member).items())
    found: dict[str, object] = {"labels": facet.labels, "own": facet.own}
    if facet.codes:
        found["codes"] = [facet.codes.get(label, label) for label in facet.labels]
    if facet.above:
        found["parents"] = [places.get(facet.above.get(label, ""), -1) for label in facet.labels]
    return found | column_of(rows, blocks, of=len(facet.labels))


def _rows(member: Member, name: str) -> Rows:
    said = member.content(f"f/{name}")
    if not isinstance(said, dict):
        raise unfit(f"f/{name}")
    return read(said, member)


def read(said: Mapping[str, Any], member: Member) -> dict[int, tuple[int, ...]]:
    """The values of a member's entries, by their numbers in the common index."""
    width, found = said.get("width"), {}
    segments = str(said.get("column", "")).split("!")
    if width not in range(1, 5) or len(segments) > member.blocks:
        raise unfit("f")
    form = re.compile(f"#(.)|( )|(.{{{width}}}(?:'.{{{width}}})*)")
    known: dict[str, tuple[int, ...]] = {}
    for block, segment in enumerate(segments):
        number = (member.first + block) * MOST
        for gap, _, values in form.findall(segment):
            if values:
                if values not in known:
                    known[values] = tuple(number_in(one) for one in values.split("'"))
                found[number] = known[values]
            number += SYMBOLS.find(gap) + 1 if gap else 1
        if number - (member.first + block) * MOST > member.sizes[block]:
            raise unfit("f")
    return found


def ranked(keys: Mapping[int, tuple[Any, ...]]) -> Rows:
    """Each entry's rank among all; equals share a rank."""
    ranks = {key: at for at, key in enumerate(sorted(set(keys.values())))}
    return {at: (ranks[key],) for at, key in keys.items()}
