"""Neutral values of office files: a book of sheets, a sheet of rows, a cell with its value and its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from site_builder.model.frozen import frozen

Value = str | int | float | bool | date | datetime | time | tuple[Mapping[str, object], ...] | None
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\u2028\u2029]|_x000D_\n?")
_NARROW = re.compile(r"[\u00a0\u2000-\u200a\u202f\t]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``row`` and ``column`` count from 1, as the office program shows them."""

    value: Value
    row: int
    column: int
    carried: bool = False
    """Whether the value was carried here from the first cell of a merged range."""
    hidden: bool = False
    """Whether its row or column is hidden."""
    fault: str = ""
    """``#N/A`` and the like, or why a formula has no value."""
    inside: tuple["Sheet", ...] = ()
    """Tables nested in it."""

    @property
    def address(self) -> str:
        """``B7``."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The value as text: invisible characters and outer spaces are gone, line breaks are ``\\n``."""
        return text_of(self.value)


@frozen
class Sheet:
    """A sheet or a table; ``rows`` are read anew each time they are walked, so that a long one needs little memory."""

    name: str
    source: Callable[[], Iterator[tuple[Cell, ...]]]
    hidden: bool = False
    addressed: bool = True
    """Whether people know its cells by ``B7``; tables of a Word document have rows and columns only."""

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All rows in order, empty ones too; rows may differ in length."""
        return self.source()


@frozen
class EmbeddedPicture:
    """A picture inside an office file: its own name, the sheet and row it stands in (0 where unknown), and its bytes."""

    name: str
    source: Callable[[], bytes]
    sheet: str = ""
    row: int = 0
    caption: str = ""

    @property
    def data(self) -> bytes:
        """Its bytes, read anew each time: a folder of forms holds more pictures than memory does."""
        return self.source()


@frozen
class Book:
    """A file as read: its sheets, its pictures and what of it was passed over."""

    path: str
    form: str
    """``xlsx``, ``csv``, ``docx`` or ``json``."""
    sheets: tuple[Sheet, ...]
    pictures: tuple[EmbeddedPicture, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What was ignored (macros, links to other files), in words for editors."""


def text_of(value: Value) -> str:
    """A value as an editor would write it; whole numbers without ``.0``, dates as ISO text."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
        case datetime():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case str():
            return mended(value)
    return str(value)


def mended(text: str) -> str:
    """Text as typed, without what only the typing left in it."""
    if text.isascii() and text.isalnum():
        return text
    return _NARROW.sub(" ", _INVISIBLE.sub("", _BREAKS.sub("\n", text))).strip()


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
