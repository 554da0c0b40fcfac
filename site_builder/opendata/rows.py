"""A document comes in; its row for people and its row for databases go out, made of the fields that it has."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.opendata.columns import Cell, Column, columns_of
from site_builder.opendata.documents import Archive, Document
from site_builder.opendata.lines import line_of
from site_builder.sheets.listing import Value


class _Place(NamedTuple):
    """Where a value goes."""

    at: int
    """In the row for people."""
    stored: int
    """In the row of the database; the id of what it refers to goes before it."""
    inner: tuple[str, ...]
    """The way to the value within that of its field."""
    cell: Cell
    refers: tuple[str, ...]
    is_keyed: bool


@frozen
class Layout:
    """Where in the rows of a kind a field goes: most fields of most entries are empty, and need not be asked for."""

    own: tuple[tuple[Callable[[Document], Any], _Place], ...]
    """Columns of what is no field, and how a document tells it."""
    places: Mapping[str, tuple[_Place, ...]]
    """Field → its columns, several where it holds a record."""
    cells: int
    """In a row for people."""
    width: int
    """Cells in a row of the database."""

    def values(self, document: Document) -> list[tuple[_Place, Any]]:
        """What the document has, in no order."""
        found = [(place, value) for own, place in self.own if (value := own(document)) is not None]
        for name, held in document.fields.items():
            for place in self.places.get(name, ()):
                value = held
                for inner in place.inner:
                    value = value.get(inner) if value is not None else None
                if value is not None:
                    found.append((place, value))
        return found


@cache
def layout_of(kind: Kind) -> Layout:
    """The layout of a kind's rows."""
    places: dict[str, list[_Place]] = {}
    own, after = [], 0
    for at, column in enumerate(columns_of(kind)):
        after += 1 + has_key(column)
        place = _Place(at, after - 1, column.path[1:], column.cell, column.refers, has_key(column))
        if column.own:
            own.append((column.own, place))
        else:
            places.setdefault(column.path[0], []).append(place)
    return Layout(tuple(own), {name: tuple(some) for name, some in places.items()}, len(columns_of(kind)), after)


def has_key(column: Column) -> bool:
    """Whether a reference in it is a key of one table; those that may lead to several tables are in the tables of links."""
    return len(column.refers) == 1


def rows_of(document: Document, layout: Layout, *, archive: Archive) -> tuple[list[Value], tuple[Any, ...]]:
    """The row for people, a cell for each column, and the row for the database."""
    people: list[Value] = [None] * layout.cells
    plain: list[Any] = [None] * layout.width
    for (at, place, _, cell, refers, is_keyed), value in layout.values(document):
        people[at] = cell(value, archive)
        if refers:
            target = archive.targets[refers][value]
            plain[place] = target.title
            if is_keyed:
                plain[place - 1] = target.id or None
        else:
            plain[place] = line_of(value).decode() if isinstance(value, (list, dict)) else value
    return people, tuple(plain)
