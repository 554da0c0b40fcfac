"""What the sheets of a book hold, all at once, for tests that look at small files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.exchange.extraction import Ask, extract
from site_builder.exchange.raw import Raw
from site_builder.model.problems import Problem

if TYPE_CHECKING:
    from site_builder.sheets.sheet import Book


def found_in(book: Book, *, kind: str = "") -> tuple[list[Raw], list[Problem]]:
    """All entries of a book, and what is wrong with its sheets."""
    found = [one for sheet in book.sheets for one in extract(book, sheet, ask=Ask({}, kind=kind))]
    return [one for one in found if isinstance(one, Raw)], [one for one in found if isinstance(one, Problem)]
