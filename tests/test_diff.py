"""What changed between two sites: entries field by field, pages and files, as text, as a page and as tables."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from small import project, write
from whole import SMALL, build, exhibition

from site_builder.cli import cli
from site_builder.release.comparing import HEADINGS, changes, counted, held

if TYPE_CHECKING:
    from click.testing import Result
    from playwright.sync_api import Browser

CHANGED = {
    "projects/2024/yang-ben-jia.md": project(
        title="样本甲成果", organisations="样本二厂", people="yang-ben-ren", tags="<b>样本标签</b>"
    )
    + "\n样本正文。\n",
    "projects/2026/yang-ben-bing.md": project(title="=样本丙成果"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site, and what it became when one work was changed, one added and one taken away."""
    home = tmp_path_factory.mktemp("diff")
    root = exhibition(home / "exhibition", SMALL)
    before = Path(shutil.copytree(build(root), home / "before"))
    (root / "content/projects/2026/yang-ben-yi.md").unlink()
    write(root, CHANGED)
    return before, build(root)


def told(*arguments: str) -> Result:
    """Runs the command in this process."""
    return CliRunner().invoke(cli, ["diff", *arguments], catch_exceptions=False)


def test_entries_are_compared_field_by_field(sites: tuple[Path, Path]) -> None:
    """Added, removed and changed ones, with labels; what did not change is not told."""
    found = changes(*map(held, sites))
    works = [one.row[1:] for one in found if one.what == "条目" and one.kind == "成果"]
    name = "样本甲成果（project/yang-ben-jia）"
    assert ("新增", "=样本丙成果（project/yang-ben-bing）", "成果", "", "", "") in works
    assert ("删去", "样本乙成果（project/yang-ben-yi）", "成果", "", "", "") in works
    assert ("改动", name, "成果", "正文", "", "样本正文。") in works
    labels = {row[3] for row in works if row[1] == name}
    assert len(labels) == 3, "body, organisations, tags"
    assert not any("title" in label or "organisation" in label for label in labels)
    assert ("条目", "改动", 1) in counted(found)


def test_pages_and_files_are_compared_by_their_bytes(sites: tuple[Path, Path]) -> None:
    """Each path once, under what became of it; a site held against itself differs in nothing."""
    found = {(one.what, one.how, one.name) for one in changes(*map(held, sites)) if one.what != "条目"}
    assert ("网页", "新增", "projects/yang-ben-bing/index.html") in found
    assert ("网页", "删去", "projects/yang-ben-yi/index.html") in found
    assert ("网页", "改动", "projects/yang-ben-jia/index.html") in found
    assert ("文件", "改动", "data/projects.csv") in found
    assert not any(name == "assets/exhibition.css" for _, _, name in found)
    assert changes(held(sites[0]), held(sites[0])) == ()
    assert "没有差异" in told(str(sites[0]), str(sites[0])).output


def test_tables_hold_every_change(sites: tuple[Path, Path], tmp_path: Path) -> None:
    """For Excel, with nothing that it would take for a formula; the same as text."""
    found = changes(*map(held, sites))
    names = [tmp_path / "差异.csv", tmp_path / "差异.xlsx"]
    for path in names:
        assert told(str(sites[0]), str(sites[1]), "-o", str(path)).exit_code == 0
    with names[0].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == HEADINGS
    assert len(rows) == len(found) + 1
    assert not any(cell.startswith("=") for row in rows for cell in row)
    sheet = load_workbook(names[1]).worksheets[0]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in names)


def test_the_page_reads_on_a_phone(sites: tuple[Path, Path], tmp_path: Path, browser: Browser) -> None:
    """No sideways scrolling, nothing asked of anybody, and no text of an entry becomes markup."""
    page = tmp_path / "差异.html"
    assert told(str(sites[0]), str(sites[1]), "-o", str(page)).exit_code == 0
    asked: list[str] = []
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        sheet = context.new_page()
        sheet.on("request", lambda request: asked.append(request.url))
        sheet.goto(page.as_uri())
        assert sheet.evaluate("document.documentElement.scrollWidth") <= 360
        assert sheet.locator("main b").count() == 0
        assert "<b>样本标签</b>" in sheet.locator("main").inner_text()
    assert asked == [page.as_uri()]


@pytest.mark.parametrize("output", ["差异.pdf", "差异"])
def test_other_kinds_of_files_are_wrong_use(sites: tuple[Path, Path], tmp_path: Path, output: str) -> None:
    """As is a side that is nothing of ours."""
    assert told(str(sites[0]), str(sites[1]), "-o", str(tmp_path / output)).exit_code == 2
    assert told(str(sites[0]), str(tmp_path)).exit_code == 2
