"""A document comes in; its row for people and its row for databases go out, made of the fields that it has."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.opendata.columns import Column, columns_of
from site_builder.opendata.documents import Archive, Document
from site_builder.opendata.lines import line_of
from site_builder.sheets.listing import Value

_Found = tuple[int, Column, Any]
"""Place of a column, the column, and the plain value there."""


@frozen
class Layout:
    """Where in the rows of a kind a field goes: most fields of most entries are empty, and need not be asked for."""

    columns: tuple[Column, ...]
    own: tuple[tuple[int, Column], ...]
    """Columns of what is no field."""
    places: Mapping[str, tuple[tuple[int, Column], ...]]
    """Field → its columns, several where it holds a record."""
    stored: tuple[int, ...]
    """For each column, where its value goes in a row of the database; the id of what it refers to goes before it."""

    @property
    def width(self) -> int:
        """Cells in a row of the database."""
        return self.stored[-1] + 1

    def values(self, document: Document) -> Iterator[_Found]:
        """What the document has, in no order."""
        for at, column in self.own:
            assert column.own is not None
            if (value := column.own(document)) is not None:
                yield at, column, value
        for name, held in document.fields.items():
            for at, column in self.places.get(name, ()):
                value = held
                for inner in column.path[1:]:
                    value = value.get(inner) if value is not None else None
                if value is not None:
                    yield at, column, value


@cache
def layout_of(kind: Kind) -> Layout:
    """The layout of a kind's rows."""
    places: dict[str, list[tuple[int, Column]]] = {}
    own, stored, after = [], [], 0
    for at, column in enumerate(columns_of(kind)):
        if column.path:
            places.setdefault(column.path[0], []).append((at, column))
        else:
            own.append((at, column))
        after += 1 + has_key(column)
        stored.append(after - 1)
    return Layout(columns_of(kind), tuple(own), {name: tuple(some) for name, some in places.items()}, tuple(stored))


def has_key(column: Column) -> bool:
    """Whether a reference in it is a key of one table; those that may lead to several tables are in the tables of links."""
    return len(column.refers) == 1


def rows_of(document: Document, layout: Layout, *, archive: Archive) -> tuple[list[Value], tuple[Any, ...]]:
    """The row for people, a cell for each column, and the row for the database."""
    people: list[Value] = [None] * len(layout.columns)
    plain: list[Any] = [None] * layout.width
    for at, column, value in layout.values(document):
        people[at] = column.cell(value, archive)
        place = layout.stored[at]
        if column.refers:
            target = archive.target(column.refers, value)
            plain[place] = target.title
            if has_key(column):
                plain[place - 1] = target.id or None
        else:
            plain[place] = line_of(value).decode() if isinstance(value, (list, dict)) else value
    return people, tuple(plain)
