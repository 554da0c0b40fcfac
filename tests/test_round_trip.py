"""Sheets lose nothing: what is written into cells comes back from them, whatever the text."""

from __future__ import annotations

import csv
import re
import string
from typing import TYPE_CHECKING, Any, get_args

import docx
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import TypeAdapter
from small import project, write
from whole import PROJECT

from site_builder.catalogue.registry import register
from site_builder.cli import cli
from site_builder.commands.start import start
from site_builder.exchange.cells import form_of
from site_builder.exchange.columns import paths_of
from site_builder.exchange.export import all_columns, listing_of
from site_builder.exchange.filling import candidate_of
from site_builder.exchange.lists import is_empty
from site_builder.exchange.names import Names
from site_builder.intake.content import read_content
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry
from site_builder.model.exhibit import Status
from site_builder.model.kinds import kind_named
from site_builder.model.privacy import personal_in
from site_builder.model.publication import Scope
from site_builder.model.reports import COUNTED
from site_builder.model.values import PictureRole
from site_builder.sheets.listing import write_csv, write_workbook
from site_builder.sheets.reading import read_book
from site_builder.sheets.sheet import mended
from tests.workbooks.found import found_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

    from site_builder.model.kinds import Kind

KINDS = tuple(map(kind_named, ("project", "method", "craftsman", "studio", "base", "team", "event", "organisation")))
AWKWARD = (
    *(
        "=1+1",
        "+样本",
        "-样本",
        "@样本",
        "'样本",
        "''=样本",
        '"样本"',
        '样本"引号',
        "007",
        "12345678901234567890",
        "1.50",
        "2024-05",
    ),
    *(
        "样本，甲、乙；丙;丁,戊",
        "样本\n第二行",
        "样本｜竖线|与\\反斜线",
        "• 样本",
        "1. 样本",
        "一、样本",
        "（1）样本",
        "①样本",
    ),
    *(
        "无样本",
        "样本😀",
        "𠀀𪚥样本",
        "ＡＢＣ１２３",
        "样本（主创）",
        "样本：说明",
        "TRUE",
        "#N/A 样本",
        "_x0041_样本",
        "50%",
        "《样本、样本》",
    ),
)
ALPHABET = "样本甲乙，。、；;,:：\"'“”‘’（）()【】《》｜|\\•·-—=+@/%&#_ \n0123456789.①一二ＡａbZ𠀀😀é"


def survives(text: str) -> bool:
    """Whether reading a cell leaves a text alone: white space is mended, private data refused, 无 means nothing."""
    return text == mended(text) == text.strip() and bool(text) and not personal_in(text)


TEXT = st.one_of(st.sampled_from(AWKWARD), st.text(ALPHABET, min_size=1, max_size=12)).filter(survives)
LINE = TEXT.filter(lambda text: "\n" not in text and not is_empty(text))
DAY = (
    st.dates()
    .map(lambda day: f"{day.year:04d}-{day.month:02d}-{day.day:02d}")
    .filter(lambda day: "1900" < day < "2100")
)
WHEN = st.one_of(DAY, DAY.map(lambda day: day[:7]), DAY.map(lambda day: day[:4]))
MONEY = st.one_of(st.integers(0, 10**6).map(float), st.floats(0, 10**9).map(lambda sum_: round(sum_, 6)))
SCALARS: dict[str, SearchStrategy[Any]] = {
    "money": MONEY,
    "count": st.integers(0, 10**6),
    "year": st.integers(1900, 2100),
    "date": WHEN,
    "flag": st.just(True),
    "text": TEXT,
}


PICTURES: dict[str, SearchStrategy[Any]] = {
    "focus": st.sampled_from([(0.5, 0.3), (0.0, 1.0), (0.125, 0.25)]),
    "role": st.sampled_from(get_args(PictureRole)),
    "scope": st.lists(st.sampled_from(get_args(Scope)), max_size=3, unique=True).map(tuple),
}
"""Fields of pictures and consents whose values are few."""


def values(field: DeclaredField) -> SearchStrategy[Any]:
    """Values that a validated entry may have in a field."""
    if field.name in PICTURES:
        return PICTURES[field.name]
    form = form_of(field)
    if form == "record":
        return records(field.record)
    if form == "records":
        return st.lists(records(field.record), max_size=3, unique_by=repr).map(tuple)
    if form == "list":
        return st.lists(TEXT, max_size=3, unique=True).map(tuple)
    return SCALARS[form]


def records(model: type) -> SearchStrategy[Any]:
    """A record with what it must have and some of what it may have."""
    columns = {field.name: values(field) for field in fields_of(model) if form_of(field) not in {"records", "record"}}
    columns |= {name: st.text("样本甲乙", min_size=1, max_size=4) for name in ("mark",) if name in columns}
    must = {field.name: columns[field.name] for field in fields_of(model) if field.required}
    first = fields_of(model)[0].name
    must |= {first: columns[first]} if not must else {}
    may = {name: column for name, column in columns.items() if name not in must}
    return st.fixed_dictionaries(must, optional=may).map(lambda found: model(**found))


def entries(kind: Kind) -> SearchStrategy[Entry]:
    """Entries of a kind with some of the fields that columns can hold."""
    reachable = {path[0] for path in paths_of(kind)} - {"id", "body"}
    columns = {
        field.name: values(field)
        for field in fields_of(kind.model)
        if field.name in reachable and field.name not in {kind.title_field, "status", "edition"}
    }
    must = {kind.title_field: LINE, "status": st.sampled_from(get_args(Status))}
    data = st.fixed_dictionaries(must, optional=columns).map(lambda found: kind.model(**found))
    ids = st.text(string.ascii_lowercase, min_size=5, max_size=8).map("yb-{}".format)  # null and false are other values
    return st.builds(lambda name, found: Entry(kind.name, name, "made-up", found, "", 0), ids, data)


def read_back(path: Path, kind: Kind) -> list[Entry]:
    """The entries of a sheet, validated as those of files are."""
    raws, faults = found_in(read_book(path, shown=path.name), kind=kind.name)
    assert faults == []
    made = []
    for raw in raws:
        candidate = candidate_of(raw)
        assert candidate.problems == ()
        data = TypeAdapter(kind.model).validate_python(dict(candidate.fields))
        made.append(Entry(kind.name, candidate.id, "made-up", data, candidate.body, 0))
    return made


def differences(made: Sequence[Entry], found: Sequence[Entry]) -> list[tuple[str, str, Any, Any]]:
    """Entry, field and both values, wherever two lists of entries are not the same."""
    if [one.id for one in made] != [one.id for one in found]:
        return [("", "id", [one.id for one in made], [one.id for one in found])]
    return [
        (one.id, name, value, getattr(other.data, name))
        for one, other in zip(made, found, strict=True)
        for name, value in vars(one.data).items()
        if value != getattr(other.data, name)
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # entries have dozens of fields: shrinking one takes minutes and tells little more
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_an_exported_list_holds_everything(
    tmp_path_factory: pytest.TempPathFactory, kind: Kind, data: st.DataObject
) -> None:
    """Entries → workbook and CSV → entries: the same, field by field."""
    made = data.draw(st.lists(entries(kind), min_size=1, max_size=2, unique_by=lambda entry: entry.id))
    folder = tmp_path_factory.mktemp("trip")
    names = Names.of(register(made), made)
    listing = listing_of(kind, made, columns=all_columns(kind, made), names=names)
    write_csv(folder / f"{kind.label}.csv", listing)
    write_workbook(folder / f"{kind.label}.xlsx", [listing])
    for path in sorted(folder.iterdir()):
        assert differences(made, read_back(path, kind)) == []


# --- through the commands --------------------------------------------------------------------------------------------

SMALL_TEXT = (
    st.text("样本甲乙，；=+-@0123456789😀𠀀Ａ", min_size=1, max_size=10)
    .map(lambda text: f"样本{text}")
    .filter(survives)
)
NAME = st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=6).map(lambda text: f"样本{text}")
ROW = st.fixed_dictionaries(
    {"成果名称": NAME},
    optional={
        "简介": SMALL_TEXT,
        "行业": st.sampled_from(("机械", "电力")),
        "完成单位": NAME.map(lambda name: f"{name}厂"),
        "主要完成人": st.lists(NAME, min_size=1, max_size=3, unique=True).map("、".join),
        "项目起止时间": st.just("2023-05 至 2024-03"),
        "应用于生产时间": WHEN,
        "知识产权": st.just("ZL000000000000.0｜类型：实用新型"),
        "所获奖项": st.just("样本创新奖"),
        "获奖年份": st.integers(2000, 2030),
        "年经济效益（万元）": st.integers(0, 10**5),
        "主要创新点": st.lists(SMALL_TEXT, min_size=1, max_size=3, unique=True).map("\n".join),
    },
)


def told(*arguments: str) -> str:
    """Runs a command in this process; it must succeed."""
    result = CliRunner().invoke(cli, [*arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def exhibition(root: Path) -> Path:
    """An exhibition as `init` leaves it."""
    start(root)
    return root


def snapshot(root: Path) -> dict[str, bytes]:
    """All results of an exhibition."""
    return {path.name: path.read_bytes() for path in sorted((root / "content/projects").rglob("*.md"))}


def results(root: Path) -> list[Entry]:
    """The results of an exhibition by id."""
    return sorted((one for one in read_content(root).entries if one.kind == "project"), key=lambda one: one.id)


def fill(path: Path, rows: list[dict[str, Any]]) -> None:
    """Types rows into a blank workbook as an office program would store them."""
    book = load_workbook(path)
    page = book["成果"]
    columns = {str(cell.value).removeprefix("*"): cell.column for cell in page[3]}
    for number, row in enumerate(rows, 4):
        for heading, value in row.items():
            cell = page.cell(number, columns[heading])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(rows=st.lists(ROW, min_size=1, max_size=3, unique_by=lambda row: row["成果名称"]))
def test_a_filled_form_goes_in_and_out(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    """Template → filled → import → export → import into another exhibition: the same files; a second time: no change."""
    folder = tmp_path_factory.mktemp("trip")
    first, second = exhibition(folder / "甲"), exhibition(folder / "乙")
    form, listing = folder / "申报表.xlsx", folder / "汇总.xlsx"
    told("template", "成果", "-o", str(form), "--root", str(first))
    fill(form, rows)
    told("import", str(form), "--edition", "first", "--root", str(first))
    assert len(snapshot(first)) == len(rows) + 1
    assert "没有要写的" in told("import", str(form), "--edition", "first", "--root", str(first))
    told("export", "--kind", "成果", "--columns", "全部", "-o", str(listing), "--root", str(first))
    assert "没有要写的" in told("import", str(listing), "--root", str(first))
    told("import", str(listing), "--root", str(second))
    assert differences(results(first), results(second)) == []


def test_a_filled_word_form_goes_in(tmp_path: Path) -> None:
    """The labels of the form are read back, its notes are not."""
    root, form = exhibition(tmp_path / "展"), tmp_path / "申报表.docx"
    told("template", "成果", "--form", "-o", str(form), "--root", str(root))
    document = docx.Document(str(form))
    said = {
        "成果名称": "样本皮带轮更换工具",
        "行业": "机械",
        "主要完成人": "样本甲（总体设计）、样本乙",
        "简介": "样本：四十分钟。",
    }
    for row in document.tables[0].rows:
        for label, cell in ((row.cells[0].text, row.cells[1]), (row.cells[2].text, row.cells[3])):
            if label.removeprefix("*") in said:
                cell.text = said[label.removeprefix("*")]
    document.save(str(form))
    told("import", str(form), "--edition", "first", "--root", str(root))
    entry = next(one for one in read_content(root).entries if one.title == said["成果名称"])
    assert (entry.data.industry, entry.data.summary) == ("机械", said["简介"])
    assert [(one.person, one.role) for one in entry.data.people] == [("样本甲", "总体设计"), ("样本乙", None)]


def test_an_edit_in_the_list_revises_the_entry(tmp_path: Path) -> None:
    """Export, change one cell, import: one field of one file changes."""
    root, listing = exhibition(tmp_path / "展"), tmp_path / "汇总.xlsx"
    before = snapshot(root)
    told("export", "--kind", "成果", "-o", str(listing), "--root", str(root))
    book = load_workbook(listing)
    page = book["成果"]
    at = next(cell.column for cell in page[2] if cell.value == "简介")
    page.cell(3, at).value = "样本：改过的简介。"
    book.save(listing)
    told("import", str(listing), "--root", str(root))
    ((name, text),) = snapshot(root).items()
    old, new = before[name].decode().splitlines(), text.decode().splitlines()
    assert [line for line in new if line not in old] == ["summary: 样本：改过的简介。"]


def test_the_whole_exhibition_comes_back_unchanged(tmp_path: Path) -> None:
    """All entries of the first exhibition, exported with every field: importing them would change nothing."""
    listing = tmp_path / "全部.xlsx"
    told("export", "--columns", "全部", "-o", str(listing), "--root", str(PROJECT))
    said = told("import", str(listing), "--dry-run", "--root", str(PROJECT))
    assert re.search(r"^共 不变 \d{3,} 个$", said, re.MULTILINE), said


def test_the_statistics_of_a_festival_come_in_beside_others(tmp_path: Path) -> None:
    """The Word form as it was printed: answers and numbers into the union's file, what it reported before stays."""
    root, form = exhibition(tmp_path / "展"), tmp_path / "统计表.docx"
    union = root / "content/unions/yang-ben-qu.yml"
    union.parent.mkdir()
    union.write_text("name: 样本区总工会\nreports:\n  - event: 第一届样本科技节\n    meetings: 7\n", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("第二届样本职工科技节活动情况统计表")
    document.add_paragraph("单位：样本区总工会      5月30日")
    lines = [(heading, *_ANSWERS.get(field.name, ("", ""))) for field in COUNTED for heading in field.declared.headings]
    table = document.add_table(rows=len(lines) + 2, cols=3)
    texts = [
        ("内容", "是", "数量"),
        *lines,
        ("本单位在职工科技节期间，组织开展了哪些特色活动（可附页）：样本夜校", "", ""),
    ]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text.replace("职工科技节活动的计划", "第二届样本职工科技节活动的计划")
    document.save(str(form))
    told("import", str(form), "--root", str(root))
    data = next(one.data for one in read_content(root).entries if one.kind == "union")
    former, latest = data.reports
    assert (former.event, former.meetings) == ("第一届样本科技节", "7")
    assert (latest.event, latest.plan, latest.own_festival) == ("第二届样本职工科技节", "是", "否")
    assert (latest.suggestions, latest.contests, latest.contestants) == ("1250", "5", 320)
    assert (latest.units, latest.workers, latest.special) == (42, 5600, "样本夜校")
    assert "没有要写的" in told("import", str(form), "--root", str(root))


FESTIVALS = {
    "unions/yang-ben-jia.yml": """
        name: 样本甲区总工会
        reports:
          - {event: 第一届样本科技节, plan: 是, meetings: 3, suggestions: "1,200", workers: 500, units: 12}
          - {event: 第二届样本科技节, meetings: 9, special: 样本夜校}
        """,
    "unions/yang-ben-yi.yml": """
        name: 样本乙区总工会
        reports:
          - {event: 第二届样本科技节, plan: 是, own_festival: 否, suggestions: 30, workers: 70}
        """,
}


def reports_in(root: Path) -> dict[str, Any]:
    """Every union's reports."""
    return {one.title: one.data.reports for one in read_content(root).entries if one.kind == "union"}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_summed_table_of_the_festivals_goes_out_and_in(tmp_path: Path, suffix: str) -> None:
    """Unchanged where it came from, whole in an empty exhibition, and an edited number revises that report alone."""
    root, table = write(exhibition(tmp_path / "展"), FESTIVALS), tmp_path / f"汇总{suffix}"
    told("export", "--form", "活动情况统计表", "-o", str(table), "--root", str(root))
    assert "共 不变 2 个" in told("import", str(table), "--root", str(root))
    other = exhibition(tmp_path / "另一个展")
    said = told("import", str(table), "--root", str(other))
    assert "共 新建 2 个" in said
    assert "合计" in said
    assert reports_in(other) == reports_in(root)
    again = tmp_path / f"再汇总{suffix}"
    told("export", "--form", "活动情况统计表", "-o", str(again), "--root", str(other))
    assert cells(again) == cells(table)
    revised = tmp_path / "改过.csv"
    write_text_table(revised, [[1250 if value in (1200, "1200") else value for value in row] for row in cells(table)])
    said = told("import", str(revised), "--root", str(root))
    assert "共 修订 1 个，不变 1 个" in said
    first, second = reports_in(root)["样本甲区总工会"]
    assert (first.suggestions, first.meetings, first.workers) == ("1250", "3", 500)
    assert (second.meetings, second.special) == ("9", "样本夜校")


def cells(path: Path) -> list[list[Any]]:
    """What stands in a table, titles and sums, too."""
    book = read_book(path, shown=path.name)
    return [[cell.value for cell in row] for sheet in book.sheets for row in sheet.rows]


def write_text_table(path: Path, rows: list[list[Any]]) -> None:
    """A table of separated values."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([["" if value is None else value for value in row] for row in rows])


_ANSWERS = {
    "plan": ("√", ""),
    "own_festival": ("否", ""),
    "suggestions": ("√", "1,250"),
    "contests": ("是", "5个工种，320人"),
    "units": ("", "42"),
    "workers": ("", "5600"),
}


# --- the manual ------------------------------------------------------------------------------------------------------


def test_the_manual_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the chapter in its order, in a fresh exhibition with one result that the conditions choose."""
    root = exhibition(tmp_path / "展")
    monkeypatch.chdir(root)
    (root / "content/editions/2026.yml").write_text("title: 样本展期\n", encoding="utf-8")
    write(root, {"projects/2026/yang-ben.md": project(industry="电力", awards="[{award: 样本奖, grade: 一等奖}]")})
    write(root, {"unions/yang-ben.yml": "name: 样本区总工会\nreports: [{event: 第七届样本节, meetings: 3}]\n"})
    text = (PROJECT / "docs/manual/export.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.+?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(lines) > 8
    for line in (one.replace("第七届", "第七届样本节") for one in lines if "统计表/" not in one):
        told(*line.split()[1:])
        if line.endswith(" -o 申报表.xlsx"):
            fill(root / "申报表.xlsx", [{"成果名称": "样本皮带轮更换工具", "行业": "机械"}])
    assert {path.name for path in root.glob("*.*")} >= {
        "申报表.xlsx",
        "成果申报表.docx",
        "汇总.xlsx",
        "电力.csv",
        "统计汇总.xlsx",
    }


def test_the_pictures_of_the_manual_are_small() -> None:
    """Each is shown by a chapter, and no larger than 80 kB."""
    texts = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "docs/manual").glob("*.md"))
    for path in (PROJECT / "docs/manual/pictures").glob("*.png"):
        assert f"pictures/{path.name}" in texts
        assert path.stat().st_size <= 80_000
