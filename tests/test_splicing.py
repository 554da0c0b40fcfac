"""Files that hold thousands of parts are mended where few differ, and only where that gives what joining all anew gives."""

from __future__ import annotations

import pytest

from site_builder.opendata.splicing import FEW, spliced
from site_builder.opendata.tables import Table, book_bytes, book_mended, csv_bytes, csv_headings, csv_mended

HEADINGS = ("编号", "名称", "年份", "正文")
ROWS = [("a", "样本甲", None, "第一段。\n第二段。"), ("ba", "=1+1", None, None), ("a2", '引号"与逗号,', None, "短")]


def test_parts_are_exchanged_wherever_they_stand() -> None:
    """Shorter, longer and none; each is looked for in the former file."""
    assert spliced(b"one two three", [(b"three", b"3"), (b"one", b"three")]) == b"three two 3"
    assert spliced(b"one", []) == b"one"


@pytest.mark.parametrize("parts", [[(b"four", b"4")], [(b"one", b"1")], [(b"two", b"2")] * (FEW + 1)])
def test_what_is_not_there_just_once_is_not_guessed(parts: list[tuple[bytes, bytes]]) -> None:
    """Neither is a file mended of which nearly all differs."""
    assert spliced(b"one two one", parts) is None


def table(rows: list[tuple[str | None, ...]]) -> bytes:
    """As it lies in the site: without empty columns."""
    whole = Table("样本", HEADINGS, rows)
    return csv_bytes(whole.narrowed(whole.filled()))


def test_a_row_is_exchanged_as_if_all_were_written() -> None:
    """One that ends as another does, one like a formula, one with quotes; the columns are those that are filled."""
    before = table(ROWS)
    assert csv_headings(before) == ("编号", "名称", "正文")
    after = [ROWS[0], ("ba", "@样本", None, None), ("a2", "样本丙", None, "长\r\n的")]
    assert csv_mended(before, HEADINGS, rows=list(zip(ROWS, after, strict=True))) == table(after)


def test_another_column_has_the_table_written_anew() -> None:
    """Where one begins to hold something, and where it may have ceased to."""
    full = (*ROWS[0][:2], "2025", ROWS[0][3])
    assert csv_mended(table(ROWS), HEADINGS, rows=[(ROWS[0], full)]) is None
    assert csv_mended(table([full, *ROWS[1:]]), HEADINGS, rows=[(full, ROWS[0])]) is None


def test_a_row_that_a_text_quotes_is_not_taken_for_it() -> None:
    """A body may hold anything, the line of another entry as well."""
    quoting = ("b", "样本乙", None, "见：\r\na2,样本丙,短\r\n")
    own = ("a2", "样本丙", None, "短")
    assert csv_mended(table([quoting, own]), HEADINGS, rows=[(own, (*own[:3], "长"))]) is None


BOOK = [(f"e{number}", f"样本{number}", None, "=1+1" if number % 2 else "简介") for number in range(60)]
"""More than decide on the widths of columns."""


def book(rows: list[tuple[str | None, ...]]) -> bytes:
    """As it lies in the site."""
    return book_bytes(Table("样本", HEADINGS, rows))


def test_rows_of_a_workbook_are_exchanged_as_if_all_were_written() -> None:
    """Of the columns that are filled, whatever stands in them: a long text where the first rows have decided on the widths."""
    after = [(*BOOK[0][:3], "<a>"), *BOOK[1:-1], (BOOK[-1][0], "@样本", None, "长\ud800" * 40)]
    rows = {number: (BOOK[number - 1], after[number - 1]) for number in (1, len(BOOK))}
    assert book_mended(book(BOOK), rows) == book(after)


def test_a_workbook_is_made_anew_where_that_would_give_another() -> None:
    """A row that may widen a column, a column that begins to hold something, a row that is not what it is said to have been."""
    last = len(BOOK)
    wide = (BOOK[0], (*BOOK[0][:3], "长" * 40))
    filled = (BOOK[-1], (*BOOK[-1][:2], "2025", BOOK[-1][3]))
    other = (BOOK[0], BOOK[1])
    for rows in ({1: wide}, {last: filled}, {last: other}, {last + 1: other}):
        assert book_mended(book(BOOK), rows) is None
