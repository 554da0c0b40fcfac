"""A worksheet's XML comes in; what openpyxl's streaming reader leaves out goes out: merged ranges, hidden rows, empty formulas."""

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from site_builder.model.frozen import frozen
from site_builder.sheets.limits import LAST_ROW, MOST_COLUMNS

_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")


@frozen
class Range:
    """A rectangle of cells, all ends included."""

    top: int
    left: int
    bottom: int
    right: int


@frozen
class Traits:
    """What a worksheet says beside its values."""

    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncounted: frozenset[tuple[int, int]] = frozenset()
    """Row and column of formulas that were saved without a value."""
    last: int = 0
    """The last row in which anything stands; what a sheet merely claims to have comes behind it."""
    width: int = MOST_COLUMNS
    """The last column in which anything stands."""


@dataclass
class _Gathering:
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncounted: set[tuple[int, int]] = field(default_factory=set)
    row: int = 0
    last: int = 0
    letters: set[str] = field(default_factory=set)
    cell: str = ""
    open_formula: str = ""
    in_value: bool = False
    address: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """One opening tag; prefixes of namespaces are dropped."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self.close()
            self.cell = attributes.get("r", "")
            self.address = attributes.get("r", "") if attributes.get("t") != "str" else ""  # "" is a result, too
        elif tag == "f":
            self.open_formula = self.address
            self._stands()
        elif tag in {"v", "is"}:
            self.in_value = True
            self._stands()
        elif tag == "row":
            self._row(attributes)
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.hidden_columns |= set(range(first, min(last, MOST_COLUMNS) + 1))
        elif tag == "mergeCell":
            found = range_of(attributes.get("ref", ""))
            self.merged += [found] if found else []

    def said(self, _: str) -> None:
        """Text: that of a value closes the question whether its formula has one."""
        if self.in_value:
            self.open_formula = ""

    def close(self) -> None:
        """A cell ended: a formula in it that had no value is noted."""
        place = range_of(self.open_formula)
        if place:
            self.uncounted.add((place.top, place.left))
        self.open_formula, self.in_value = "", False

    def _stands(self) -> None:
        """Something stands in this cell."""
        self.last = self.row
        self.letters.add(self.cell.rstrip("0123456789"))

    def width(self) -> int:
        """The last column; where a cell does not say its own, all there may be."""
        named = [column_number(letters) for letters in self.letters if letters.isalpha()]
        return min(MOST_COLUMNS, max(named)) if named and len(named) == len(self.letters) else MOST_COLUMNS

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        if self.row > LAST_ROW:
            raise ValueError("a row beyond the last one of Excel, up to which readers would count")
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(self.row)


def traits_of(part: IO[bytes]) -> Traits:
    """The traits of one worksheet, read as a stream."""
    found = _Gathering()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.start
    parser.CharacterDataHandler = found.said
    parser.ParseFile(part)
    found.close()
    rows, columns = frozenset(found.hidden_rows), frozenset(found.hidden_columns)
    return Traits(tuple(found.merged), rows, columns, frozenset(found.uncounted), found.last, found.width())


def range_of(text: str) -> Range | None:
    """``A1:C2`` as a rectangle; None where the text is no range."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    left, top = column_number(found[1]), int(found[2])
    return Range(top, left, int(found[4] or top), column_number(found[3] or found[1]))


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
