"""The table of the five documents: nothing in it is empty, and what it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.rules.table import RULES

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("临沂2015", "非公2016", "办法2016", "科技节2017", "调研2022")
TEXT = (PROJECT / "docs/programmes.md").read_text(encoding="utf-8")


def rows(document: str) -> list[list[str]]:
    """The cells of the rows beneath a document's heading: article, subject, figures, what serves it, state."""
    part = TEXT.partition(f"## {document}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def named(cell: str) -> list[str]:
    """What a cell names in backquotes."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_row_says_where_it_is_served(document: str) -> None:
    """Article, subject, at least one page, file or check, and whether it stands."""
    found = rows(document)
    assert len(found) >= 15
    for cells in found:
        assert len(cells) == 5, cells
        assert cells[0], cells
        assert cells[1], cells
        assert named(cells[3]), cells
        assert cells[4] == "有", cells


def test_every_rule_stands_in_the_table_and_no_other_word_does() -> None:
    """Codes are those of the table of rules."""
    codes = {word for word in named(TEXT) if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", word)}
    assert codes == {rule.name for rule in RULES}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_pages_and_files_exist(document: str, built_site: Path) -> None:
    """Addresses in the built site, files in the project."""
    for cells in rows(document):
        words = named(cells[3])
        files = [word for word in words if word.startswith(("content/", "docs/", "tests/"))]
        assert [word for word in files if not (PROJECT / word).is_file()] == []
        addresses = [word for word in words if word not in files and "/" in word]
        assert [word for word in addresses if not _stands(built_site, word)] == [], cells


def _stands(site: Path, address: str) -> bool:
    return (site / address / "index.html").is_file() if address.endswith("/") else (site / address).is_file()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_stated_figures_stand_in_the_content(document: str) -> None:
    """Each figure as it is written, in one of the files that the row names, which name their source."""
    for cells in rows(document):
        figures = [figure for figure in cells[2].split("、") if figure]
        files = [PROJECT / word for word in named(cells[3]) if word.startswith("content/")]
        texts = [path.read_text(encoding="utf-8") for path in files]
        assert not figures or texts, cells
        for figure in figures:
            pattern = rf"(?<![\d.]){re.escape(figure)}(?![\d.])"
            assert any(re.search(pattern, text) for text in texts), (cells[1], figure)
        assert all("sources:" in text for text in texts if "title: 技能" not in text and figures), cells
