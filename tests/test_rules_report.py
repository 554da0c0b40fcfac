"""The command ``check --rules`` and its report for officials: as a page to print, for Excel, for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from markup import read_markup
from small import catalogue_of, project
from whole import exhibition

from site_builder.cli import cli
from site_builder.rules.checking import check_rules, findings_of
from site_builder.rules.doubles import MOST, compared
from site_builder.rules.report import report_of
from site_builder.rules.table import RULES
from site_builder.rules.titles import alike, bare, bare_organisation

if TYPE_CHECKING:
    from click.testing import Result
    from playwright.sync_api import Page

PROJECT = Path(__file__).resolve().parent.parent
AS_OF = "2026-06-30"
AWARD = """\
name: 样本奖
sessions:
  - {name: 第一届, year: 2025, winners: 1, entries: 10, nonpublic_entries: 6}
demands:
  - {measure: 申报中非公企业占比, least: 70%, document: 样本文件〔2026〕1号, article: 第二条}
"""
WON = "[{award: yang-ben, session: 第一届}]"
FILES = {
    "editions/2026.yml": "title: 2026 样本展期\n",
    "awards/yang-ben.yml": AWARD,
    "projects/2026/a.md": project(title='"=样本<b>成果</b>甲"', awards=WON),
    "projects/2026/b.md": project(title="样本成果乙", awards=WON),
}
"""One award with an error (two winners of one) and a warning (60 % of 70 %)."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An exhibition with something amiss."""
    return exhibition(tmp_path / "exhibition", FILES)


def told(root: Path, *arguments: str) -> Result:
    """``exhibition check`` with these arguments."""
    return CliRunner().invoke(cli, ["check", "--root", str(root), "--as-of", AS_OF, *arguments])


def test_rules_are_checked_when_asked(root: Path) -> None:
    """Without the option nothing is said of them; with it, each finding stands at its line with its mend."""
    plain = CliRunner().invoke(cli, ["check", "--root", str(root)])
    assert "winners-more-than-stated" not in plain.output
    assert plain.exit_code == 0
    asked = told(root, "--rules")
    assert asked.exit_code == 1
    assert "content/awards/yang-ben.yml:3:38: 错误[winners-more-than-stated]" in asked.output
    assert "警告[share-applied-low] “样本奖”第一届申报 10，其中非公企业 6，占 60%，不到 70%" in asked.output


def test_the_page_for_officials_says_what_is_demanded_what_is_and_what_is_amiss(root: Path) -> None:
    """By programme, with document and article, file and line; what editors wrote is text, not markup."""
    path = root / "规则检查.html"
    assert told(root, "--report", str(path)).exit_code == 1
    html = path.read_text(encoding="utf-8")
    view = read_markup(html)
    assert view.first("h1").text == "规则检查报告"
    assert "截至 2026年6月30日" in view.text
    section = next(one for one in view.every("section") if one.first("h2").text == "样本奖")
    rows = [[cell.text for cell in row.every("th", "td")] for row in section.every("tr")][1:]
    assert ["申报中非公企业占比不少于 70%", "样本文件〔2026〕1号 第二条", "第一届 6/10", "1 处不符"] in rows
    assert "content/awards/yang-ben.yml 第 3 行" in section.text
    assert [rule.name for rule in RULES if rule.name not in view.text] == []
    assert "<b>成果" not in html
    assert not list(root.glob(".*.draft"))


def test_the_page_stands_alone(root: Path, page: Page) -> None:
    """It asks nobody for anything, runs nothing, fits a phone and has no barrier for other eyes."""
    path = root / "规则检查.html"
    told(root, "--report", str(path))
    html = path.read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=|url\(|<script|@import", html) == []
    page.goto(path.as_uri())
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}})
        assert [fault["id"] for fault in result.response["violations"]] == []


def test_the_table_for_excel(root: Path) -> None:
    """A line for each finding and for each demand that is met; no cell that a spreadsheet would run as a formula."""
    path = root / "规则检查.csv"
    told(root, "--report", str(path))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    found = next(row for row in rows if row["代码"] == "share-applied-low")
    assert (found["对象"], found["级别"], found["文件"], found["行"]) == (
        "样本奖",
        "警告",
        "content/awards/yang-ben.yml",
        "3",
    )
    assert any(row["结果"] == "符合" and not row["代码"] for row in rows)
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []


def test_the_file_for_programs(root: Path) -> None:
    """The same findings, by programme and demand."""
    path = root / "r.json"
    told(root, "--report", str(path))
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["as_of"] == AS_OF
    award = next(one for one in whole["programmes"] if one["programme"] == "样本奖")
    codes = {found["code"] for demand in award["demands"] for found in demand["findings"]}
    assert {"winners-more-than-stated", "share-applied-low"} <= codes
    assert all(demand["state"] for demand in award["demands"])


def test_the_same_day_gives_the_same_report(root: Path) -> None:
    """Byte for byte."""
    paths = [root / "a.html", root / "b.html"]
    for path in paths:
        told(root, "--report", str(path))
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("arguments", [["--as-of", "2026年"], ["--as-of", "2026-02-30"], ["--report", "规则.doc"]])
def test_wrong_use_is_told_and_nothing_is_written(root: Path, arguments: list[str]) -> None:
    """A day that is none, a form that nobody writes: exit code 2, in Chinese."""
    before = sorted((root / "content").rglob("*"))
    done = CliRunner().invoke(cli, ["check", "--root", str(root), "--rules", *arguments])
    assert done.exit_code == 2
    assert re.search("[\u4e00-\u9fff]", done.output)
    assert sorted((root / "content").rglob("*")) == before
    assert {path.name for path in root.iterdir()} <= {"content", "mkdocs.yml", ".cache"}


def test_a_report_that_cannot_be_written_is_told(root: Path) -> None:
    """One line, no traceback."""
    done = told(root, "--report", str(root / "no" / "such" / "r.html"))
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "写不进" in done.output


def test_what_is_not_known_is_neither_kept_nor_broken(root: Path) -> None:
    """Sections come gravest first; a demand without figures is marked as such."""
    catalogue = catalogue_of(root)
    report = report_of(catalogue, check_rules(catalogue, AS_OF), as_of=AS_OF)
    assert report.sections[0].title == "样本奖"
    states = {line.state for section in report.sections for line in section.lines}
    assert {"符合", "1 处不符"} <= states
    assert sum(report.counts.values()) == len(findings_of(check_rules(catalogue, AS_OF)))


def test_the_first_exhibition_breaks_no_rule() -> None:
    """Its notes say what nobody recorded; it holds public facts only."""
    catalogue = catalogue_of(PROJECT)
    found = findings_of(check_rules(catalogue, AS_OF))
    assert [str(one) for one in found if one.severity.name == "ERROR"] == []
    assert {one.code for one in found} >= {"target-unrecorded", "share-unrecorded", "winners-fewer-than-stated"}


def test_comparing_stays_linear() -> None:
    """Of few each with each, of many each with so many neighbours."""
    assert len(list(compared(range(MOST)))) == MOST * (MOST - 1) // 2
    for size in (1000, 2000):
        assert len(list(compared(range(size)))) <= size * MOST


def test_names_are_compared_without_what_does_not_matter() -> None:
    """Width, case, brackets and legal form go; numbers must agree."""
    assert bare("“5Ｇ”基站（二期）") == bare("5g基站二期")
    assert bare_organisation("样本电缆（集团）有限公司") == bare_organisation("样本电缆集团")
    assert bare_organisation("有限公司") == "有限公司"
    assert alike("样本卡具一号", "样本卡具一号") == 1.0
    assert alike("样本卡具1", "样本卡具2") == 0.0
    assert 0 < alike("样本快换卡具", "样本快换卡具研制") < 1
