"""An entry as a sheet says it: headings with their cells, before any cell was read."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.exchange.headings import Match
from site_builder.model.kinds import Kind
from site_builder.model.problems import Place
from site_builder.sheets.sheet import Cell, Sheet


@dataclass(frozen=True)
class Filled:
    """A cell below or beside its heading."""

    match: Match
    cell: Cell


@dataclass(frozen=True)
class Raw:
    """One entry: the cells of its row or form, and further rows that go on with its lists."""

    kind: Kind
    file: str
    sheet: Sheet
    cells: tuple[Filled, ...]
    more: tuple[tuple[Filled, ...], ...] = ()

    @property
    def row(self) -> int:
        """The first row it stands in."""
        return min((filled.cell.row for filled in self.every), default=0)

    @property
    def every(self) -> Iterator[Filled]:
        """All its cells."""
        yield from self.cells
        for group in self.more:
            yield from group

    def at(self, cell: Cell | None = None) -> Place:
        """The place of a cell, or of the first one."""
        first = min((one.cell for one in self.every), key=lambda one: (one.row, one.column))
        return place_in(self.file, self.sheet, cell=cell or first)


def place_in(file: str, sheet: Sheet, *, cell: Cell) -> Place:
    """Where a cell stands, as the office program names it: ``成果!B7``, in a document ``第 7 行第 2 格``."""
    where = f"{sheet.name}!{cell.address}" if sheet.addressed else f"第 {cell.row} 行第 {cell.column} 格"
    return Place(file, (), cell.row, cell.column, cell=where)
