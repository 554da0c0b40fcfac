"""Regions and their counts come in as tiles; a grid that can be drawn and read, with the shade of each tile, goes out."""

from bisect import bisect_right
from functools import cached_property

from site_builder.model.frozen import frozen

SHADES = 4


@frozen
class Tile:
    """A region of a grid: where it stands (column and row from 1, or None), and how many entries name it."""

    label: str
    short: str
    """What a tile has room for: 黄浦 for 黄浦区, 无锡 for 江苏无锡."""
    at: tuple[int, int] | None
    count: int
    address: str | None
    """Its page; None where no entry names it."""

    @property
    def words(self) -> tuple[str, str, str]:
        """The label in three parts, the middle one shown: ("", "黄浦", "区")."""
        return self.label.partition(self.short)


@frozen
class TileGrid:
    """The regions below one region (or the uppermost, ``parent`` empty), in the order in which they are read."""

    parent: str
    tiles: tuple[Tile, ...]

    @property
    def placed(self) -> tuple[Tile, ...]:
        """Those with a place of their own, row by row."""
        return tuple(tile for tile in self.tiles if tile.at)

    @property
    def others(self) -> tuple[Tile, ...]:
        """Those without one, by pinyin."""
        return tuple(tile for tile in self.tiles if not tile.at)

    @cached_property
    def _counts(self) -> tuple[int, ...]:
        return tuple(sorted(tile.count for tile in self.tiles if tile.count))

    def shade(self, tile: Tile) -> int:
        """1 for the quarter of the regions with the fewest entries, to 4; 0 for none."""
        below = bisect_right(self._counts, tile.count - 1)
        return 1 + SHADES * below // len(self._counts) if tile.count else 0
