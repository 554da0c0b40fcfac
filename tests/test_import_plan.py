"""Imports as editors run them: planned, refused, written whole, repeated without effect, taken back; content by hand is respected."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from PIL import Image

from site_builder.cli import cli
from site_builder.exchange import journal
from site_builder.exchange.journal import HOUSE, heal, undo, write_all
from site_builder.exchange.revising import revised
from site_builder.intake.writing import _emitted, parsed, yaml_of
from site_builder.model.kinds import kind_named
from tests.small import PLAIN, write
from tests.workbooks.layouts import HEAD, text, word

if TYPE_CHECKING:
    from collections.abc import Mapping

PHONE = "13800000000"
ROW = ["样本成果一", "样本一厂", "样本甲"]
TABLE = [["成果名称", "完成单位", "主要完成人"], ROW, ["样本成果二", "样本二厂", "样本乙"]]
FILE = "content/projects/2026/yang-ben-cheng-guo-yi.md"


R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CELL_IMAGES = (
    f'<etc:cellImages xmlns:etc="urn:wps" xmlns:r="{R}" xmlns:p="urn:p" xmlns:a="urn:a"><etc:cellImage><p:pic>'
    '<p:cNvPr name="ID_1"/><a:blip r:embed="rId1"/></p:pic></etc:cellImage></etc:cellImages>'
)
CELL_RELATIONS = (
    f'<Relationships xmlns="urn:r"><Relationship Id="rId1" Type="{R}/image" Target="media/image1.png"/></Relationships>'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small exhibition."""
    home = write(
        tmp_path / "zhan", {**PLAIN, "organisations/yang-ben-yi-chang.yml": "name: 样本一厂\nnames: 样本第一厂\n"}
    )
    (home / "mkdocs.yml").write_text("site_name: 样本\nplugins: [exhibition]\n", encoding="utf-8")
    return home


def table(path: Path, rows: list[list[Any]], *, name: str = "成果") -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def run(root: Path, *arguments: object, given: str = "") -> Result:
    """The command as typed in the exhibition."""
    return CliRunner().invoke(cli, [*map(str, arguments), "--root", str(root)], input=given)


def content(root: Path) -> dict[str, bytes]:
    """Every file of the content."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*") if path.is_file()
    }


def fields(root: Path, file: str = FILE) -> Mapping[str, Any]:
    """The fields of an entry's file."""
    found = parsed((root / file).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_a_dry_run_says_everything_and_writes_nothing(root: Path, tmp_path: Path) -> None:
    """Entries, dropped columns, skipped rows."""
    rows = [[*TABLE[0], "联系电话"], [*ROW, PHONE], ["合计", "1 项"]]
    before = content(root)
    said = run(root, "import", table(tmp_path / "表.xlsx", rows), "--edition", "2026", "--dry-run")
    assert said.exit_code == 0, said.output
    assert "新建：1 个" in said.output
    assert FILE in said.output
    assert "联系电话（联系方式）" in said.output
    assert "第 3 行（合计）" in said.output
    assert PHONE not in said.output
    assert content(root) == before
    assert not (root / HOUSE).exists()


def test_an_import_writes_links_and_a_second_one_changes_nothing(root: Path, tmp_path: Path) -> None:
    """Known units become ids; the same table again finds all as it is."""
    path = table(tmp_path / "样本推荐汇总表.xlsx", TABLE)
    assert run(root, "import", path, "--edition", "2026").exit_code == 0
    assert fields(root) == {
        "title": "样本成果一",
        "edition": "2026",
        "organisations": [{"organisation": "yang-ben-yi-chang"}],
        "people": [{"person": "样本甲"}],
        "sources": [{"title": "样本推荐汇总表"}],
    }
    before = content(root)
    again = run(root, "import", path, "--edition", "2026")
    assert "没有要写的" in again.output
    assert "不变 2 个" in again.output
    assert content(root) == before


def test_one_wrong_row_keeps_all_back_unless_skipped(root: Path, tmp_path: Path) -> None:
    """Nothing is half imported; the wrong cell is named."""
    rows = [[*TABLE[0], "应用于生产时间"], [*ROW, "2024-05"], ["样本成果二", "样本二厂", "样本乙", "去年"]]
    path = table(tmp_path / "表.xlsx", rows)
    before = content(root)
    refused = run(root, "import", path, "--edition", "2026")
    assert refused.exit_code == 1
    assert "成果!D3: 错误[bad-date]" in refused.output
    assert content(root) == before
    assert run(root, "import", path, "--edition", "2026", "--skip-bad").exit_code == 0
    assert set(content(root)) - set(before) == {FILE}


def test_what_check_would_refuse_is_refused_before_writing(root: Path, tmp_path: Path) -> None:
    """Unknown editions and terms are found at their cells."""
    write(root, {"vocabularies/industries.yml": "title: 行业\nterms: [电力, 冶金]\n"})
    rows = [[*TABLE[0], "行业", "展期"], [*ROW, "电力", "2026"], ["样本成果二", "样本二厂", "样本乙", "电利", "2031"]]
    said = run(root, "import", table(tmp_path / "表.xlsx", rows))
    assert "成果!D3: 错误[unknown-term]" in said.output
    assert "成果!E3: 错误[unknown-edition]" in said.output
    assert said.exit_code == 1


def test_private_numbers_reach_neither_content_nor_journal_nor_screen(root: Path, tmp_path: Path) -> None:
    """Neither from private columns nor from texts."""
    rows = [
        [*TABLE[0], "手机", "简介"],
        [*ROW, PHONE, "样本"],
        ["样本成果二", "样本二厂", "样本乙", PHONE, f"电话{PHONE}"],
    ]
    said = run(root, "import", table(tmp_path / "表.xlsx", rows), "--edition", "2026", "--skip-bad")
    assert "private-data" in said.output
    everything = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert PHONE.encode() not in everything + said.output.encode()


def test_revising_keeps_comments_order_and_body(root: Path, tmp_path: Path) -> None:
    """Only the fields that differ are rewritten; the plan says old and new."""
    write(
        root,
        {
            "projects/2026/yang-ben-cheng-guo-yi.md": """
            ---
            # 样本说明
            成果名称: 样本成果一   # 证书上的名称
            year: 2024  # 样本年份

            organisations: [样本第一厂]
            people:
              # 按证书
              - {person: 样本甲, role: 主创}
            ---

            正文。
            """
        },
    )
    rows = [
        ["成果名称", "完成单位", "主要完成人", "年度", "简介"],
        ["样本成果一", "样本一厂", "样本甲、样本丙", 2025, "样本简介"],
    ]
    said = run(root, "import", table(tmp_path / "表.xlsx", rows), "--edition", "2026")
    assert "年份：2024 → 2025" in said.output
    assert "完成单位：" not in said.output
    assert (root / FILE).read_text(encoding="utf-8") == (
        "---\n# 样本说明\n成果名称: 样本成果一   # 证书上的名称\nsummary: 样本简介\nyear: 2025  # 样本年份\n\n"
        "organisations: [样本第一厂]\n# 按证书\npeople:\n  - person: 样本甲\n    role: 主创\n  - person: 样本丙\n"
        "---\n\n正文。\n"
    )


HELD = """---
title: 样本成果一
organisations:
  - 样本一厂
people: 样本甲
year: 2023  # 核对过
awards:
  - {award: 样本奖, grade: 一等奖}
# 下面是效益
benefit:
  annual: 120万元
  total: 500
innovation_points: [样本创新]
---

样本正文
"""
CLEARING = ["成果名称", "完成单位", "年份", "获奖名称", "获奖等级", "年经济效益", "创新点", "正文", "主要完成人"]


def test_an_empty_cell_changes_nothing_and_a_word_takes_away(root: Path, tmp_path: Path) -> None:
    """清空 stands where a value is to go: in a field, in a part of a record, in the text; comments stay."""
    (root / "content/projects/2026").mkdir(parents=True)
    (root / FILE).write_text(HELD, encoding="utf-8")
    name = ["样本成果一", "样本一厂"]
    empty = table(tmp_path / "空.xlsx", [CLEARING, [*name, *[None] * 7]])
    assert "共 不变 1 个" in run(root, "import", empty, "--edition", "2026").output
    words = ["清空", "样本奖", "（清空）", "清空", "【清空】", "清空", None]
    cleared = table(tmp_path / "清空.xlsx", [CLEARING, [*name, *words]])
    said = run(root, "import", cleared, "--edition", "2026", "--dry-run").output
    for line in ("年份：2023 → （空）", "正文：样本正文 → （空）", "主要创新点：样本创新 → （空）"):
        assert line in said
    assert "共 不变 1 个" in run(root, "import", cleared, "--edition", "2026", "--mode", "append").output
    assert run(root, "import", cleared, "--edition", "2026").exit_code == 0
    text = (root / FILE).read_text(encoding="utf-8")
    assert text == (
        "---\ntitle: 样本成果一\norganisations:\n  - 样本一厂\npeople: 样本甲\n# 核对过\nawards:\n  - award: 样本奖\n"
        "# 下面是效益\nbenefit:\n  total: 500\n---\n"
    )
    assert "没有要写的" in run(root, "import", cleared, "--edition", "2026").output
    assert run(root, "undo").exit_code == 0
    assert (root / FILE).read_text(encoding="utf-8") == HELD


def test_what_must_be_there_is_not_cleared(root: Path, tmp_path: Path) -> None:
    """Neither a name, nor an id, nor one year of several; a new entry simply lacks what is 清空."""
    heads = ["条目编号", "成果名称", "2023年新增利润", "年份"]
    said = run(root, "import", table(tmp_path / "a.xlsx", [heads, ["清空", "样本成果一", "清空", "清空"]])).output
    assert "a.xlsx 成果!A2: 错误[wrong-type] “条目编号”不能用“清空”" in said
    assert "a.xlsx 成果!C2: 错误[wrong-type]" in said
    nameless = run(root, "import", table(tmp_path / "b.xlsx", [["成果名称", "年份"], ["清空", "2024"]])).output
    assert "错误[missing-field] 这一行没有成果的名称" in nameless
    fresh = table(tmp_path / "c.xlsx", [["成果名称", "完成单位", "年份"], ["样本成果一", "样本二厂", "清空"]])
    assert run(root, "import", fresh, "--edition", "2026").exit_code == 0
    assert "year" not in fields(root)


def test_an_entry_is_revised_once(root: Path, tmp_path: Path) -> None:
    """Two rows, one by its id and one by its name: the second is a fault, for it would undo the first."""
    assert run(root, "import", table(tmp_path / "a.xlsx", TABLE), "--edition", "2026").exit_code == 0
    number = Path(FILE).stem
    rows = [["条目编号", "成果名称", "完成单位", "年份"], [number, "样本成果一", "样本一厂", "2023"]]
    twice = table(tmp_path / "b.xlsx", [*rows, [None, "样本成果一", "样本一厂", "2024"]])
    result = run(root, "import", twice, "--edition", "2026")
    assert result.exit_code == 1
    assert "成果!B3: 错误[doubled-row]" in result.output
    assert "year" not in fields(root)


@pytest.mark.parametrize(
    "mode, year, people",
    [
        ("auto", "2025", ["样本丙"]),
        ("create", "2024", ["样本甲"]),
        ("append", "2024", ["样本甲", "样本丙"]),
        ("revise", "2024", ["样本甲"]),
    ],
)
def test_modes(root: Path, tmp_path: Path, mode: str, year: str, people: list[str]) -> None:
    """Create leaves what is there, append fills gaps and adds to lists, revise refuses what is not there."""
    entry = "---\ntitle: 样本成果一\nyear: 2024\norganisations: 样本一厂\npeople: 样本甲\nsources: 样本\n---\n"
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text(entry, encoding="utf-8")
    rows = [[*TABLE[0], "年度"], ["样本成果一", "样本一厂", "样本丙", 2025], ["样本成果二", "样本二厂", "样本乙", 2025]]
    said = run(root, "import", table(tmp_path / "表.xlsx", rows), "--edition", "2026", "--mode", mode)
    found = fields(root)
    assert found["year"] == year
    named = found["people"] if isinstance(found["people"], list) else [{"person": found["people"]}]
    assert [one["person"] for one in named] == people
    assert (root / FILE.replace("-yi.md", "-er.md")).exists() == (mode != "revise")
    assert (said.exit_code == 1) == (mode == "revise")


def test_undo_takes_back_and_respects_later_edits(root: Path, tmp_path: Path) -> None:
    """To the last byte; refused as a whole where one file was edited since."""
    before = content(root)
    path = table(tmp_path / "表.xlsx", TABLE)
    run(root, "import", path, "--edition", "2026")
    mine = root / FILE
    imported = mine.read_bytes()
    mine.write_bytes(imported + "\n补写。\n".encode())
    refused = run(root, "undo")
    assert refused.exit_code == 1
    assert f"{FILE}: 错误[edited-since]" in refused.output
    mine.write_bytes(imported)
    assert "删去 2 个文件" in run(root, "undo").output
    assert content(root) == before
    assert "没有可以撤回的了" in run(root, "undo").output


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_an_import_that_was_killed_is_finished(root: Path, monkeypatch: pytest.MonkeyPatch, moved: int) -> None:
    """Once everything was staged, the next run moves the rest; before that, nothing remains."""
    files = {f"content/projects/{name}.md": b"---\ntitle: x\n---\n" for name in ("a", "b", "c")}
    genuine, done = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        if "staged" in self.parts:
            if len(done) == moved:
                raise KeyboardInterrupt
            done.append(target)
        return genuine(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_all(root, files.items(), label="样本")
    monkeypatch.undo()
    assert len(heal(root)) == 3 - moved
    assert all((root / path).read_bytes() == data for path, data in files.items())
    assert len(undo(root).removed) == 3


def test_an_import_that_was_killed_while_staging_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content is as it was, and so is the journal."""

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    before = content(root)
    monkeypatch.setattr(journal, "_write_journal", fail)
    with pytest.raises(KeyboardInterrupt):
        write_all(root, [("content/projects/a.md", b"x")], label="样本")
    monkeypatch.undo()
    assert heal(root) == ()
    assert content(root) == before
    assert list((root / HOUSE).iterdir()) == []


def test_an_import_writes_below_content_only(root: Path) -> None:
    """Whatever a path says."""
    for path in ("mkdocs.yml", "content/../x", "/etc/x"):
        with pytest.raises(ValueError, match="below content"):
            write_all(root, [(path, b"x")], label="样本")


def test_near_names_are_asked_about_and_answers_kept(root: Path, tmp_path: Path) -> None:
    """Without an answer the name stays as it is; with --yes it is linked, and the next run asks no more."""
    write(root, {"organisations/yang-ben-gang-tie.yml": "name: 样本钢铁股份有限公司\n"})
    path = table(tmp_path / "表.xlsx", [TABLE[0], ["样本成果一", "样本钢铁股份", "样本甲"]])
    said = run(root, "import", path, "--edition", "2026", "--dry-run")
    assert "样本钢铁股份有限公司（yang-ben-gang-tie）" in said.output
    assert run(root, "import", path, "--edition", "2026", "--yes").exit_code == 0
    assert fields(root)["organisations"] == [{"organisation": "yang-ben-gang-tie"}]
    assert "样本钢铁股份: yang-ben-gang-tie" in (root / "content/imports/answers.yml").read_text(encoding="utf-8")
    assert "可能是已有的条目" not in run(root, "import", path, "--edition", "2026").output


def test_people_are_linked_by_name_and_unit_only(root: Path, tmp_path: Path) -> None:
    """A namesake in another unit is a question."""
    write(root, {"craftsmen/yang-ben-jia.md": "---\nname: 样本甲\norganisation: 样本一厂\n---\n"})
    path = table(tmp_path / "表.xlsx", [TABLE[0], ROW, ["样本成果二", "样本二厂", "样本甲"]])
    said = run(root, "import", path, "--edition", "2026")
    assert fields(root)["people"] == [{"person": "yang-ben-jia"}]
    assert fields(root, FILE.replace("-yi.md", "-er.md"))["people"] == [{"person": "样本甲"}]
    assert "同名，单位对不上" in said.output


def test_missing_units_are_proposed(root: Path, tmp_path: Path) -> None:
    """With --create-missing each name gets an entry, once."""
    path = table(
        tmp_path / "表.xlsx",
        [[*TABLE[0], "推荐单位"], [*ROW, "样本区总工会"], ["样本成果二", "样本二厂", "样本乙", "样本区总工会"]],
    )
    assert run(root, "import", path, "--edition", "2026", "--create-missing").exit_code == 0
    assert fields(root, "content/unions/yang-ben-qu-zong-gong-hui.yml")["name"] == "样本区总工会"
    assert (root / "content/organisations/yang-ben-er-chang.yml").exists()


@pytest.mark.parametrize(
    ("heads", "cells", "found"),
    [
        (["完成时间"], ["2024年5月"], {"year": "2024"}),
        (["完成时间", "年份"], ["2024年5月", "2025"], {"year": "2025"}),
        (["起始时间", "完成时间"], ["2023年1月", "2024年5月"], {"period": {"start": "2023-01", "end": "2024-05"}}),
    ],
)
def test_an_end_without_a_beginning_says_the_year(
    root: Path, tmp_path: Path, heads: list[str], cells: list[str], found: dict[str, Any]
) -> None:
    """完成时间 is a common heading of summary tables; as a span of time it would lack its beginning."""
    path = table(tmp_path / "表.xlsx", [[*TABLE[0], *heads], [*ROW, *cells]])
    result = run(root, "import", path, "--edition", "2026")
    assert result.exit_code == 0, result.output
    assert {name: fields(root).get(name) for name in ("year", "period") if name in fields(root)} == found


def test_doubles_are_reported(root: Path, tmp_path: Path) -> None:
    """In the sheet as an error, in another edition as a warning."""
    rows = [[*TABLE[0], "展期"], [*ROW, "2024"], [*ROW, "2026"], [*ROW, "2026"]]
    said = run(root, "import", table(tmp_path / "表.xlsx", rows))
    assert "成果!A4: 错误[doubled-row]" in said.output
    run(root, "import", table(tmp_path / "一.xlsx", rows[:2]))
    assert "成果!A2: 警告[seen-before]" in run(root, "import", table(tmp_path / "二.xlsx", [rows[0], rows[2]])).output


def test_odd_headings_are_answered_in_a_file(root: Path, tmp_path: Path) -> None:
    """Written with question marks, filled in by hand, used by the next run."""
    path, answers = table(tmp_path / "表.xlsx", [[*TABLE[0], "内部分类"], [*ROW, "样本"]]), tmp_path / "对照.yml"
    run(root, "import", path, "--edition", "2026", "--map", answers, "--write-map", "--dry-run")
    assert "内部分类: ？" in answers.read_text(encoding="utf-8")
    answers.write_text(answers.read_text(encoding="utf-8").replace("？\n", "标签\n"), encoding="utf-8")
    run(root, "import", path, "--edition", "2026", "--map", answers)
    assert fields(root)["tags"] == ["样本"]


def test_a_folder_of_projects_with_pictures(root: Path, tmp_path: Path) -> None:
    """Form and summary complete each other; pictures come along with captions and without their place."""
    house = tmp_path / "材料" / "样本成果一+样本一厂+样本甲"
    house.mkdir(parents=True)
    table(tmp_path / "材料" / "汇总表.xlsx", TABLE)
    rows = [["成果名称", "样本成果一"], ["完成单位", "样本一厂"], ["解决的问题", "样本问题"]]
    word("样本申报表", rows, file="申报表.docx")(house)
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 0.0, 0.0)}
    Image.new("RGB", (300, 200), "navy").save(house / "图1 样本装置安装现场.jpg", exif=exif)
    Image.new("RGB", (300, 200), "teal").save(house / "IMG_0001.jpg")
    said = run(root, "import", tmp_path / "材料", "--edition", "2026")
    assert said.exit_code == 0, said.output
    found = fields(root)
    assert found["problem"] == "样本问题"
    assert [one.get("caption", "") for one in found["pictures"]] == ["", "样本装置安装现场"]
    for picture in found["pictures"]:
        with Image.open(root / "content/media" / picture["file"]) as image:
            assert 0x8825 not in image.getexif()
    before = content(root)
    assert "没有要写的" in run(root, "import", tmp_path / "材料", "--edition", "2026").output
    assert content(root) == before


def test_pictures_in_cells_as_wps_keeps_them(root: Path, tmp_path: Path) -> None:
    """The cell holds a formula with an id, the picture lies in a part of its own."""
    path = table(tmp_path / "表.xlsx", [[*TABLE[0], "照片"], [*ROW, "x"]])
    book = load_workbook(path)
    book["成果"]["D2"].value = '=DISPIMG("ID_1",1)'
    book["成果"]["D2"].data_type = "s"
    book.save(path)
    Image.new("RGB", (300, 200), "navy").save(tmp_path / "a.png")
    with zipfile.ZipFile(path, "a") as archive:
        archive.write(tmp_path / "a.png", "xl/media/image1.png")
        archive.writestr("xl/cellimages.xml", CELL_IMAGES)
        archive.writestr("xl/_rels/cellimages.xml.rels", CELL_RELATIONS)
    assert run(root, "import", path, "--edition", "2026").exit_code == 0
    assert [one["file"].endswith(".png") for one in fields(root)["pictures"]] == [True]


def test_the_report_is_the_same_workbook_with_its_faults(root: Path, tmp_path: Path) -> None:
    """A column of remarks, coloured cells, comments; widths, merges and other sheets stay."""
    path = table(
        tmp_path / "表.xlsx",
        [["样本汇总表"], ["成果名称", "完成单位", "应用于生产时间"], ["样本成果一", "样本一厂", "去年"]],
    )
    book = load_workbook(path)
    book["成果"].merge_cells("A1:C1")
    book["成果"].column_dimensions["A"].width = 33
    book.create_sheet("别的")["A1"] = "不动"
    book.save(path)
    run(root, "import", path, "--edition", "2026", "--dry-run", "--report", tmp_path / "改.xlsx")
    marked = load_workbook(tmp_path / "改.xlsx")
    page = marked["成果"]
    assert page["D2"].value == "错误"
    assert "去年" in page["D3"].value
    assert page["C3"].comment.text.startswith("“应用于生产时间”")
    assert page["C3"].fill.fgColor.rgb == "FFF4B6B6"
    assert page.column_dimensions["A"].width == 33
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.print_title_rows) == ("landscape", 1, "$2:$2")
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:C1"]
    assert marked["别的"]["A1"].value == "不动"
    assert content(root).keys() == {
        "content/editions/2024.yml",
        "content/editions/2026.yml",
        "content/organisations/yang-ben-yi-chang.yml",
    }


def test_the_marked_workbook_is_imported_again(root: Path, tmp_path: Path) -> None:
    """The sender mends the cell and sends the same file back; the column of remarks is no trouble."""
    path = table(tmp_path / "表.xlsx", [["成果名称", "完成单位", "应用于生产时间"], ["样本成果一", "样本一厂", "去年"]])
    run(root, "import", path, "--edition", "2026", "--dry-run", "--report", tmp_path / "改.xlsx")
    book = load_workbook(tmp_path / "改.xlsx")
    book["成果"]["C2"] = "2024-05"
    book.save(tmp_path / "改.xlsx")
    said = run(root, "import", tmp_path / "改.xlsx", "--edition", "2026")
    assert said.exit_code == 0, said.output
    assert fields(root)["applied"] == "2024-05"


def test_the_report_of_a_text_table_is_a_workbook(root: Path, tmp_path: Path) -> None:
    """No text in it becomes a formula."""
    path = text([HEAD, [1, "样本成果一", "=1+1", "样本甲"]], encoding="gb18030")(tmp_path)
    run(root, "import", path, "--edition", "2026", "--dry-run", "--report", tmp_path / "改.xlsx")
    page = load_workbook(tmp_path / "改.xlsx").worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert "像一个公式" in page["E2"].value


def test_revised_rewrites_one_field_only() -> None:
    """Line ends, unknown order and comments stay; a new field goes where it belongs."""
    kind = kind_named("organisation")
    before = "# 样本\r\nname: 样本一厂\r\n\r\n# 上海\r\nregion: 上海 # 市区\r\n"
    assert revised(before, kind, changes={"region": "江苏"}) == before.replace("上海 #", "江苏  #")
    assert revised(before, kind, changes={"short_name": "一厂"}) == before.replace(
        "样本一厂\r\n", "样本一厂\r\nshort_name: 一厂\r\n"
    )


@pytest.mark.parametrize(
    "value", ["a: b", "- x", "样本\n两行", "", "?a", " a", "样本：甲", {"a": ["b", {"c": "d"}]}, [["甲"]], [], {}]
)
def test_the_quick_writer_writes_what_the_emitter_writes(value: Any) -> None:
    """The same bytes for plain words, and for those that need quotes."""
    for one in ({"title": "样本", "x": value}, {"x": [{"y": value, "z": "样本"}]}):
        assert yaml_of(one) == _emitted(one)
        assert parsed(yaml_of(one)) == json.loads(json.dumps(one))


def test_all_faults_of_a_row_come_at_once(root: Path, tmp_path: Path) -> None:
    """A row without a name, and one that stands twice, are read to their end."""
    rows = [[*TABLE[0], "年经济效益"], ROW, [*ROW, "约三十万"], [None, "样本二厂", "样本乙", "许多"]]
    said = run(root, "import", table(tmp_path / "表.xlsx", rows), "--edition", "2026").output
    for where in ("A3: 错误[doubled-row]", "D3: 错误[bad-money]", "A4: 错误[missing-field]", "D4: 错误[bad-money]"):
        assert f"成果!{where}" in said


def test_what_is_said_for_new_entries_leaves_others_alone(root: Path, tmp_path: Path) -> None:
    """Status and edition of the command line are for entries that are made."""
    path = table(tmp_path / "表.xlsx", TABLE[:2])
    run(root, "import", path, "--edition", "2024")
    rows = [["条目编号", *TABLE[0]], ["yang-ben-cheng-guo-yi", *ROW], [None, *TABLE[2]]]
    said = run(root, "import", table(tmp_path / "二.xlsx", rows), "--edition", "2026", "--status", "草稿")
    assert said.exit_code == 0, said.output
    assert "status" not in fields(root, FILE.replace("2026", "2024"))
    assert fields(root, FILE.replace("-yi.md", "-er.md"))["status"] == "草稿"


def test_the_same_result_in_two_editions_stays_two(root: Path, tmp_path: Path) -> None:
    """Two files are joined where they speak of the same edition only."""
    table(tmp_path / "甲.xlsx", [[*TABLE[0], "展期"], [*ROW, "2024"]])
    table(tmp_path / "乙.xlsx", [[*TABLE[0], "展期"], [*ROW, "2026"]])
    run(root, "import", tmp_path / "甲.xlsx", tmp_path / "乙.xlsx")
    assert len(list((root / "content/projects").rglob("*.md"))) == 2


def test_rows_that_nobody_sees_are_said(root: Path, tmp_path: Path) -> None:
    """Hidden by hand or by a filter, they are entries all the same, and whoever imports must know."""
    path = table(tmp_path / "表.xlsx", TABLE)
    book = load_workbook(path)
    book["成果"].row_dimensions[3].hidden = True
    book.save(path)
    result = run(root, "import", path, "--edition", "2026", "--dry-run")
    assert "隐藏的行也读了：第 3 行。不要的，从表里删去" in result.output
    assert "新建：2 个" in result.output


def test_labels_of_a_form_that_mean_nothing_are_said_and_answered(root: Path, tmp_path: Path) -> None:
    """As odd headings of a table are, in the plan and in the mapping."""
    rows = [["成果名称", "样本成果一"], ["完成单位", "样本一厂"], ["场地情况", "样本场地"], ["空着的", None]]
    form = word("样本申报表", rows)(tmp_path)
    answers = tmp_path / "对照.yml"
    result = run(root, "import", form, "--edition", "2026", "--dry-run", "--map", answers, "--write-map")
    assert "不认识的表头：场地情况\n" in result.output
    answers.write_text(answers.read_text(encoding="utf-8").replace("？", "解决的问题"), encoding="utf-8")
    assert run(root, "import", form, "--edition", "2026", "--map", answers).exit_code == 0
    assert fields(root)["problem"] == "样本场地"


def test_a_question_ends_with_its_own_mark(root: Path, tmp_path: Path) -> None:
    """Before the mend follows."""
    write(root, {"vocabularies/industries.yml": "title: 行业\nterms:\n  - {label: 电力, id: power}\n"})
    path = table(tmp_path / "表.xlsx", [[*TABLE[0], "行业"], [*ROW, "电力业"]])
    result = run(root, "import", path, "--edition", "2026", "--dry-run")
    assert "是不是“电力”？改用词表里的词" in result.output


def test_yes_takes_nothing_for_the_same_that_may_be_another(root: Path, tmp_path: Path) -> None:
    """A greater honour than was given, a university for its hospital: such names wait for somebody who knows."""
    write(
        root,
        {
            "organisations/yang-ben-da-xue.yml": "name: 样本大学附属医院\n",
            "organisations/yang-ben-dian-lan.yml": "name: 样本电缆（上海）有限公司\n",
            "organisations/yang-ben-gang-tie.yml": "name: 样本钢铁股份有限公司\n",
            "craftsmen/yang-ben-jia.md": "---\nname: 样本甲\norganisation: 样本别厂\n---\n",
        },
    )
    rows = [["样本成果一", "样本大学；样本电缆公司", "样本甲"], ["样本成果二", "样本钢铁公司", "样本丙"]]
    path = table(tmp_path / "表.xlsx", [TABLE[0], *rows])
    said = run(root, "import", path, "--edition", "2026", "--yes")
    assert said.exit_code == 0
    assert "有 3 个名称可能是已有的条目" in said.output
    assert fields(root)["organisations"] == [{"organisation": "样本大学"}, {"organisation": "样本电缆公司"}]
    assert fields(root)["people"] == [{"person": "样本甲"}]
    other = fields(root, FILE.replace("yi.md", "er.md"))
    assert other["organisations"] == [{"organisation": "yang-ben-gang-tie"}]


def test_a_dry_run_keeps_no_answers(root: Path, tmp_path: Path) -> None:
    """It shows what they would do, and writes nothing, as it says."""
    write(root, {"organisations/yang-ben-gang-tie.yml": "name: 样本钢铁股份有限公司\n"})
    path = table(tmp_path / "表.xlsx", [TABLE[0], ["样本成果一", "样本钢铁股份", "样本甲"]])
    before = content(root)
    said = run(root, "import", path, "--edition", "2026", "--yes", "--dry-run")
    assert "可能是已有的条目" not in said.output
    assert content(root) == before


@pytest.mark.parametrize(
    "name, near",
    [
        ("样本市财政局", False),
        ("样本市总工会委员会", True),
        ("样本总工会", True),
        ("样本市第一镇总工会", False),
    ],
)
def test_only_unions_are_near_to_a_union(root: Path, tmp_path: Path, name: str, near: bool) -> None:
    """What stands beside a union, or below it, is not it."""
    write(root, {"unions/yang-ben-shi.yml": "name: 样本市总工会\n"})
    path = table(tmp_path / "表.xlsx", [[*TABLE[0], "推荐工会"], [*ROW, name]])
    assert ("与已有条目相近" in run(root, "import", path, "--edition", "2026", "--dry-run").output) == near


def test_another_number_is_another_unit(root: Path, tmp_path: Path) -> None:
    """800所 is not 811所."""
    write(root, {"organisations/yang-ben-800.yml": "name: 样本航天技术研究院800所\n"})
    path = table(tmp_path / "表.xlsx", [TABLE[0], ["样本成果一", "样本航天技术研究院811所", "样本甲"]])
    assert "与已有条目相近" not in run(root, "import", path, "--edition", "2026", "--dry-run").output


@pytest.mark.parametrize("command", [("import", "表.xlsx"), ("new", "project", "--title", "样本成果一")])
def test_an_edition_that_is_none_is_refused_before_all(
    root: Path, tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip would lay all entries into a folder of its own, each with an error afterwards."""
    table(tmp_path / "表.xlsx", TABLE)
    monkeypatch.chdir(tmp_path)
    before = content(root)
    said = run(root, *command, "--edition", "2062")
    assert said.exit_code == 2
    assert "没有编号为“2062”的展期。" in said.output
    assert "有：2024、2026" in said.output
    assert content(root) == before
