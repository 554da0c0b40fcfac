"""Lists for reports: the right rows in the forms' columns, names for ids, no formulas, totals that add up."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from small import PLAIN, catalogue_of, project, write
from whole import PROJECT

from site_builder.cli import cli
from site_builder.exchange.columns import field_at
from site_builder.exchange.export import Column, form_columns, shown
from site_builder.exchange.headings import Fate, match_heading
from site_builder.exchange.names import Names
from site_builder.exchange.tallies import tally
from site_builder.model.kinds import kind_named
from site_builder.model.values import OrganisationCredit, Period, PersonCredit
from site_builder.sheets.escape import escaped, unescaped
from site_builder.sheets.listing import LONGEST_CELL, Listing, too_long, write_csv, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from click.testing import Result

FORMULAS = ("=1+1", "+86", "-样本", "@样本", "\t样本", "\r样本")
CONTENT = {
    **PLAIN,
    "mkdocs": "",
    "awards/yang-ben-jiang.yml": "name: 样本创新奖\ngrades: [{name: 一等奖, rank: 1}]\n",
    "unions/yang-ben-qu.yml": "name: 样本区总工会\nlevel: 区县总工会\n",
    "organisations/yang-ben-chang.yml": "name: 样本机械厂\nwebsite: https://example.invalid/\n",
    "craftsmen/yang-ben-jia.md": "---\nname: 样本甲\nsources: 样本来源\n---\n",
    "craftsmen/yang-ben-yi.md": "---\nname: 样本乙\nsources: 样本来源\n---\n",
    "craftsmen/yang-ben-yi-2.md": "---\nname: 样本乙\nsources: 样本来源\n---\n",
    "projects/2026/yi.md": project(
        title="样本成果一",
        people="[{person: yang-ben-jia, role: 设计}, {person: yang-ben-yi-2}, {person: 样本丙}]",
        organisations="[yang-ben-chang, 样本研究所]",
        union="yang-ben-qu",
        industry="电力",
        awards="[{award: yang-ben-jiang, grade: 一等奖, year: 2025}]",
        year="2025",
        benefit="{annual: 120万元}",
        period="{start: 2023-05, end: 2024-03}",
    ),
    "projects/2026/er.md": project(title='"=样本成果二"', industry="机械", status="draft"),
    "projects/2024/san.md": project(title="样本成果三", industry="电力", status="withdrawn"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small exhibition with a draft, a withdrawn entry and two people of one name."""
    place = tmp_path_factory.mktemp("export")
    (place / "mkdocs.yml").write_text("site_name: 样本展\nplugins: [exhibition]\n", encoding="utf-8")
    return write(place, {name: text for name, text in CONTENT.items() if name != "mkdocs"})


def told(*arguments: str, root: Path) -> Result:
    """Runs the command in this process."""
    return CliRunner().invoke(cli, ["export", *arguments, "--root", str(root)], catch_exceptions=False)


def table(path: Path, sheet: str = "成果") -> list[dict[str, Any]]:
    """The rows of a written list by heading."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    rows = list(load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def plain(listing: Listing) -> list[list[Any]]:
    """The rows of a list."""
    return [list(row) for row in listing.rows()]


# --- rows and columns ------------------------------------------------------------------------------------------------


def test_everything_goes_out(root: Path, tmp_path: Path) -> None:
    """A sheet for each kind; drafts and withdrawn entries are the editor's own, and their status stands beside them."""
    goal = tmp_path / "汇总.xlsx"
    result = told("-o", str(goal), root=root)
    assert (result.exit_code, result.output) == (0, result.output)
    assert load_workbook(goal).sheetnames == ["成果", "人物", "奖项", "展期", "单位", "工会"]
    states = {row["条目编号"]: row["状态"] for row in table(goal)}
    assert states == {"yi": "发布", "er": "草稿", "san": "撤下"}
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx"]


def test_a_row_reads_like_the_summary_form(root: Path, tmp_path: Path) -> None:
    """Names instead of ids, with the id where two share a name; sums are numbers in 万元."""
    goal = tmp_path / "成果.xlsx"
    assert told("--kind", "成果", "-o", str(goal), root=root).exit_code == 0
    row = next(row for row in table(goal) if row["条目编号"] == "yi")
    assert row == {
        "序号": row["序号"],
        "条目编号": "yi",
        "状态": "发布",
        "展期": "2026",
        "年份": 2025,
        "成果名称": "样本成果一",
        "行业": "电力",
        "完成单位": "样本机械厂、样本研究所",
        "推荐工会": "样本区总工会",
        "主要完成人": "• 样本甲｜角色：设计\n• 样本乙〔yang-ben-yi-2〕\n• 样本丙",
        "项目起止时间": "2023-05 至 2024-03",
        "所获奖项": "样本创新奖",
        "获奖等级": "一等奖",
        "获奖年份": 2025,
        "年经济效益（万元）": 120,
    }
    assert list(row)[:6] == ["序号", "条目编号", "状态", "展期", "年份", "成果名称"]


def test_every_heading_is_read_back(root: Path) -> None:
    """Also those of the whole exhibition, kind by kind."""
    catalogue = catalogue_of(PROJECT)
    for name in ("project", "method", "craftsman", "studio", "base", "team", "event", "organisation", "union"):
        kind = kind_named(name)
        entries = [catalogue.entries[key] for key in catalogue.of_kind(name) if catalogue.entries[key].source]
        for column in form_columns(kind, entries):
            match = match_heading(column.heading, kind)
            assert match.fate is Fate.FIELD, column
            assert match.path in {column.path, column.path[:1]}, column


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--where", "行业=电力"), ["yi", "san"]),
        (("--where", "行业=电力,机械"), ["yi", "er", "san"]),
        (("--where", "行业=电力 展期=2026"), ["yi"]),
        (("--where", "行业=电力", "--where", "年份=2025"), ["yi"]),
        (("--where", "行业=电力 最多=1"), ["yi"]),
        (("--public",), ["yi"]),
    ],
)
def test_conditions_choose_the_rows(root: Path, tmp_path: Path, arguments: tuple[str, ...], ids: list[str]) -> None:
    """The language of halls and walls; several conditions must all hold."""
    goal = tmp_path / "成果.csv"
    assert told("--kind", "project", *arguments, "-o", str(goal), root=root).exit_code == 0
    assert sorted(row["条目编号"] for row in table(goal)) == sorted(ids)


def test_columns_can_be_chosen(root: Path, tmp_path: Path) -> None:
    """In the order given, by any heading that the import understands."""
    goal = tmp_path / "成果.csv"
    assert told("--kind", "成果", "--columns", "行业,项目名称，获奖等级", "-o", str(goal), root=root).exit_code == 0
    assert list(table(goal)[0]) == ["序号", "行业", "成果名称", "获奖等级"]
    assert told("--kind", "成果", "--columns", "全部", "-o", str(goal), root=root).exit_code == 0
    assert "资料来源" in table(goal)[0]
    refused = told("--kind", "成果", "--columns", "行业,星座", "-o", str(goal), root=root)
    assert (refused.exit_code, "没有“星座”这一列" in refused.output) == (2, True)


def test_what_is_not_public_stays_at_home(root: Path, tmp_path: Path) -> None:
    """The editor's own list has the website of a unit, the public one has not."""
    own, public = tmp_path / "own.csv", tmp_path / "public.csv"
    assert told("--kind", "单位", "--columns", "全部", "-o", str(own), root=root).exit_code == 0
    assert told("--kind", "单位", "--columns", "全部", "--public", "-o", str(public), root=root).exit_code == 0
    assert table(own)[0]["官方网站"] == "https://example.invalid/"
    assert "官方网站" not in table(public)[0]
    assert "example.invalid" not in public.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("-o", "甲.csv"), 2, "CSV 只能放一种条目"),
        (("-o", "甲.pdf"), 2, "要以 .xlsx 或 .csv 结尾"),
        (("--where", "行页=电力", "-o", "甲.xlsx"), 2, "是不是“行业”"),
        (("--where", "行业=航天", "-o", "甲.xlsx"), 1, "没有合条件的条目，什么都没有写"),
        (("--form", "活动情况统计表", "-o", "甲.xlsx"), 1, "什么都没有写"),
    ],
)
def test_what_cannot_be_done_is_told(root: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """And nothing is written."""
    result = told(*arguments, root=root)
    assert result.exit_code == code
    assert said in result.output
    assert not Path("甲.xlsx").exists()


def test_an_older_file_stays_when_writing_fails(root: Path, tmp_path: Path) -> None:
    """Nobody is left with half a file, and the former one is whole."""
    goal = tmp_path / "汇总.csv"
    goal.write_text("former", encoding="utf-8")
    assert told("-o", str(goal), root=root).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.csv"]
    assert goal.read_text(encoding="utf-8") == "former"
    assert told("--kind", "成果", "-o", str(tmp_path / "no" / "汇总.csv"), root=root).exit_code == 1


# --- cells -----------------------------------------------------------------------------------------------------------


def listing(*rows: Sequence[Any], headings: tuple[str, ...] = ("样本",), totals: bool = False) -> Listing:
    """A list of these rows."""
    return Listing("样本", "样本表", headings, tuple(12 for _ in headings), lambda: iter(rows), totals=totals)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12))
@example("=1+1")
@example("'=1+1")
@example("''")
@example("＝样本")
def test_escaping_is_taken_back(text: str) -> None:
    """Whatever the text, reading a cell gives it again, and no escaped text begins like a formula."""
    assert unescaped(escaped(text)) == text or text.startswith('="')
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_becomes_a_formula(tmp_path: Path, text: str) -> None:
    """In CSV by an apostrophe, in a workbook by a mark that shows nowhere, which survives editing the cell."""
    write_csv(tmp_path / "a.csv", listing([text]))
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")), None) == ["样本"]
    cell = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1][0]
    assert (cell, unescaped(cell)) == (f"'{text}", text)
    write_workbook(tmp_path / "a.xlsx", [listing([text])])
    page = load_workbook(tmp_path / "a.xlsx")["样本"]
    assert (page["A3"].data_type, page["A3"].quotePrefix) == ("s", True)


def test_a_text_that_no_cell_holds_is_named(root: Path) -> None:
    """By list, row and column; a character of two units counts twice, as in the programs."""
    found = list(too_long([listing(["短"], ["长" * LONGEST_CELL], ["𠀀" * LONGEST_CELL])]))
    assert [(one.row, one.heading) for one in found] == [(3, "样本")]


@pytest.mark.parametrize(
    ("path", "value", "cell"),
    [
        (("year",), 2025, 2025),
        (("benefit", "annual"), 120.5, 120.5),
        (("benefit", "annual"), 7.0, 7),
        (("benefit", "annual"), 123456789.123456, "123456789.123456万元"),
        (("period",), Period(start="2024"), "2024"),
        (("people",), (PersonCredit(person="样本甲"), PersonCredit(person="样本乙")), "样本甲、样本乙"),
        (("people",), (PersonCredit(person="样本甲", order=2),), "• 样本甲｜排名：2"),
        (("organisations",), (OrganisationCredit(organisation="样本甲、乙厂"),), "• 样本甲、乙厂"),
        (("result_types",), ("小发明", "小革新"), "小发明\n小革新"),
    ],
)
def test_a_value_is_written_as_people_write_it(path: tuple[str, ...], value: Any, cell: object) -> None:
    """As long as that reads back the same; else in the notation of the cells."""
    assert shown(value, field_at(kind_named("project"), path)) == cell


def test_fifty_thousand_rows_need_little_memory(tmp_path: Path) -> None:
    """Rows are made and written one after the other."""

    def rows() -> Iterator[tuple[int, str, str]]:
        for number in range(50_000):
            yield number, f"样本成果{number}", "样本单位" * 3

    long = Listing("成果", "成果汇总表", ("序号", "成果名称", "完成单位"), (6, 30, 30), rows)
    tracemalloc.start()
    write_workbook(tmp_path / "a.xlsx", [long])
    write_csv(tmp_path / "a.csv", long)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * 2**20
    assert load_workbook(tmp_path / "a.xlsx", read_only=True)["成果"].max_row in {None, 50_002}


def test_public_columns_are_known() -> None:
    """A column is public only if every field on the way to it is."""
    kind = kind_named("project")
    assert Column("", ("id",)).is_public(kind)
    assert Column("", ("title",)).is_public(kind)
    assert not Column("", ("sources", "url")).is_public(kind)


def test_names_of_editions_stay_ids(root: Path) -> None:
    """An edition's id is what people call it by, and the name of its folder."""
    catalogue = catalogue_of(root)
    names = Names.of(catalogue.registry, catalogue.entries.values())
    assert names.name(("edition",), "2026") == "2026"
    assert names.name(("union",), "yang-ben-qu") == "样本区总工会"
    assert names.name(("union",), "样本无此工会") == "样本无此工会"


# --- the festival's table --------------------------------------------------------------------------------------------

UNIONS = {
    "events/yang-ben-jie.md": "---\ntitle: 第一届样本科技节\nsession: 第一届\n---\n",
    "unions/a.yml": """
        name: 样本甲区总工会
        reports:
          - {event: yang-ben-jie, plan: 是, meetings: 3, suggestions: "1,200件", workers: 500, units: 12}
          - {event: 第二届样本科技节, edition: 2024, meetings: 9}
        """,
    "unions/b.yml": """
        name: 样本乙区总工会
        reports:
          - {event: yang-ben-jie, plan: 是, meetings: 是, suggestions: 30, workers: 70, units: 2, special: 样本夜校}
        """,
    "unions/c.yml": "name: 样本丙区总工会\n",
}


def test_the_festival_is_summed_up(tmp_path: Path) -> None:
    """A union a row; numbers add up, and a yes without a number is counted beside them."""
    catalogue = catalogue_of(write(tmp_path, {**PLAIN, **UNIONS}))
    for word in ("yang-ben-jie", "第一届样本科技节", "第一届"):
        found = tally(catalogue, edition=word)
        rows = [dict(zip(found.headings, row, strict=True)) for row in plain(found)]
        assert [row["工会名称"] for row in rows] == ["样本甲区总工会", "样本乙区总工会", "2 家工会"]
        assert (rows[0]["合理化建议数"], rows[1]["推进会议"], rows[1]["特色活动"]) == (1200, "是", "样本夜校")
        total = rows[-1]
        assert total["序号"] == "合计"
        assert (total["合理化建议数"], total["参加职工数"], total["基层单位数"]) == (1230, 570, 14)
        assert (total["活动计划"], total["推进会议"], total["征文演讲"]) == ("2 家填“是”", "3，另有 1 家填“是”", None)
    assert len(plain(tally(catalogue, edition="2024"))) == 2
    assert len(plain(tally(catalogue))) == 4
    assert plain(tally(catalogue, edition="第九届")) == []


def test_the_sum_stands_in_bold_at_the_end(tmp_path: Path) -> None:
    """So that nobody takes it for another union."""
    write(tmp_path, {**PLAIN, **UNIONS})
    (tmp_path / "mkdocs.yml").write_text("site_name: 样本展\nplugins: [exhibition]\n", encoding="utf-8")
    goal = tmp_path / "统计.xlsx"
    result = told("--form", "活动情况统计表", "--edition", "第一届", "-o", str(goal), root=tmp_path)
    assert result.exit_code == 0, result.output
    page = load_workbook(goal)["统计"]
    assert page["A1"].value == "第一届样本科技节活动情况统计表（汇总）"
    assert (page["A5"].value, page["A5"].font.bold, page["A4"].font.bold) == ("合计", True, False)
    assert page.auto_filter.ref.endswith("4"), "sorting leaves it where it is"
    assert page.print_title_rows == "$1:$2"


def test_a_workbook_that_cannot_be_written_says_so_as_the_disk_does(tmp_path: Path) -> None:
    """A folder stands in its place, which nobody may write, not even root; commands tell an ``OSError`` in one line."""
    with pytest.raises(IsADirectoryError):
        write_workbook(tmp_path, [Listing("样本", "样本", ("名称",), (11,), lambda: iter([("甲",)]))])


def test_a_new_entry_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    """Not in a traceback."""
    root = write(tmp_path / "展", PLAIN)
    (root / "mkdocs.yml").write_text("site_name: 样本\nplugins: [exhibition]\n", encoding="utf-8")
    (root / "content/stories/yang-ben.md").mkdir(parents=True)
    words = ("new", "story", "--title", "样本专题", "--id", "yang-ben", "--force", "--root", str(root))
    said = CliRunner().invoke(cli, words)
    assert said.exit_code == 1
    assert "写不进或读不出" in said.output
    assert "yang-ben.md" in said.output
    assert "什么都没有写" in said.output
