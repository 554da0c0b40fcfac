"""An entry as a sheet says it: headings with their cells, before any cell was read."""

from collections.abc import Iterator
from dataclasses import replace

from site_builder.exchange.headings import Match
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.problems import Place
from site_builder.sheets.sheet import Cell, Sheet
from site_builder.sheets.sheet_pictures import CELL_PICTURE


@frozen
class Filled:
    """A cell below or beside its heading."""

    match: Match
    cell: Cell


@frozen
class Raw:
    """One entry: the cells of its row or form, and further rows that go on with its lists."""

    kind: Kind
    file: str
    sheet: Sheet
    cells: tuple[Filled, ...]
    more: tuple[tuple[Filled, ...], ...] = ()
    rows: frozenset[int] = frozenset()
    """Rows it stands in, kept when the cells are let go."""
    title: str = ""
    """The title above the table or the form."""
    title_column: int = 0
    """Column of its name, where a table has one."""
    shown: frozenset[str] = frozenset()
    """Ids of the pictures in its cells, likewise."""

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
        if cell is None and self.title_column:
            cell = Cell(None, self.row, self.title_column)
        first = min((one.cell for one in self.every), key=lambda one: (one.row, one.column))
        return place_in(self.file, self.sheet, cell=cell or first)


def emptied(raw: Raw) -> Raw:
    """The same without its cells once they were read, and without the way to its sheet: what is kept of each row."""
    every = list(raw.every)
    first = min(every, key=lambda one: (one.cell.row, one.cell.column))
    place = Filled(first.match, placed(first.cell))
    shown = frozenset(found[1] for one in every if (found := CELL_PICTURE.match(one.cell.text)))
    rows = frozenset(one.cell.row for one in every)
    return replace(raw, sheet=replace(raw.sheet, source=_walked), cells=(place,), more=(), rows=rows, shown=shown)


def _walked() -> Iterator[tuple[Cell, ...]]:
    return iter(())


def placed(cell: Cell) -> Cell:
    """Where a cell stands, without what it says."""
    return Cell(None, cell.row, cell.column)


def place_in(file: str, sheet: Sheet, *, cell: Cell) -> Place:
    """Where a cell stands, as the office program names it: ``成果!B7``, in a document ``第 7 行第 2 格``."""
    where = f"{sheet.name}!{cell.address}" if sheet.addressed else f"第 {cell.row} 行第 {cell.column} 格"
    return Place(file, (), cell.row, cell.column, cell=where)
