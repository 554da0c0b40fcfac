"""Golden workbooks: every layout in which files arrive gives its entries and its problems, no more and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.exchange.filling import candidate_of
from site_builder.sheets.reading import read_book
from tests.workbooks.found import found_in
from tests.workbooks.layouts import LAYOUTS, Layout

MADE = Path(__file__).parent / "workbooks" / "made"
"""Files that other office programs wrote; README.md there says how."""


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_is_read(layout: Layout, tmp_path: Path) -> None:
    """Kinds, fields and values as expected; every problem at its cell."""
    book = read_book(layout.make(tmp_path), shown="样本")
    raws, faults = found_in(book)
    candidates = [candidate_of(raw) for raw in raws]
    assert [(one.kind, dict(one.fields)) for one in candidates] == [
        (kind, dict(fields)) for kind, fields in layout.entries
    ]
    problems = [*faults, *(problem for one in candidates for problem in one.problems)]
    assert {(problem.code, problem.place.cell) for problem in problems} == layout.problems


@pytest.mark.parametrize("path", sorted(MADE.glob("*.*x")), ids=lambda path: path.name)
def test_a_file_that_libreoffice_wrote_is_read(path: Path) -> None:
    """The same entries as from the same layout by another program."""
    book = read_book(path, shown="样本")
    candidates = [candidate_of(raw) for raw in found_in(book)[0]]
    layout = next(layout for layout in LAYOUTS if layout.name == path.stem)
    assert [(one.kind, dict(one.fields)) for one in candidates] == [
        (kind, dict(fields)) for kind, fields in layout.entries
    ]


def test_there_are_enough_layouts() -> None:
    """At least twenty-five, each by its own name."""
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS) >= 25
