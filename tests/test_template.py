"""Blank forms: what they ask, what they allow, that they say nothing of private matters, and that they read back."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from click.testing import CliRunner
from lxml import etree
from openpyxl import load_workbook
from small import write

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.cli import cli
from site_builder.commands.start import start
from site_builder.exchange.asked import ASKED
from site_builder.exchange.columns import field_at, heading_of
from site_builder.exchange.headings import Fate, match_heading
from site_builder.exchange.template import blank_sheets
from site_builder.intake.content import read_content
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS, kind_named
from site_builder.sheets.blank import BlankSheet, Choices, Question
from site_builder.sheets.blank_form import blank_form
from site_builder.sheets.blank_workbook import blank_workbook

if TYPE_CHECKING:
    from click.testing import Result
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

FORMS = tuple(kind for kind in KINDS if kind.name in ASKED)
QUESTIONS = tuple((kind.name, asked) for kind in FORMS for asked in ASKED[kind.name])
AWARD = """
name: 样本创新奖
grades:
  - {name: 样本金奖, rank: 1}
  - {name: 样本银奖, rank: 2}
sessions:
  - {name: 第一届, year: 2025}
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibition as `init` leaves it, with an award and a union."""
    root = tmp_path_factory.mktemp("template") / "展"
    start(root)
    union = "name: 样本区总工会\n"
    return write(root, {"awards/yang-ben.yml": AWARD, "unions/yang-ben-qu.yml": union})


@pytest.fixture(scope="module")
def sheets(office: Path) -> tuple[BlankSheet, ...]:
    """All blank sheets of that exhibition."""
    return blank_sheets(FORMS, compile_catalogue(read_content(office).entries, Exhibition()))


@pytest.fixture(scope="module")
def book(sheets: tuple[BlankSheet, ...]) -> Workbook:
    """The workbook of all kinds, as another program reads it."""
    return load_workbook(io.BytesIO(blank_workbook(sheets)))


def told(*arguments: str, root: Path) -> Result:
    """Runs the command in this process."""
    return CliRunner().invoke(cli, ["template", *arguments, "--root", str(root)], catch_exceptions=False)


def rules(book: Workbook, kind: str) -> dict[str, DataValidation]:
    """Heading → the rule of the cells below it."""
    page = book[kind]
    found = {}
    for rule in page.data_validations.dataValidation:
        column = next(iter(rule.sqref.ranges)).min_col
        found[str(page.cell(3, column).value).removeprefix("*")] = rule
    return found


# --- what is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "asked"), QUESTIONS, ids=lambda one: getattr(one, "path", one))
def test_a_question_leads_to_its_field(kind: str, asked: Any) -> None:
    """Its heading is understood without a mapping; a name alone stands for the record it is the name of."""
    described = kind_named(kind)
    heading = asked.heading or heading_of(described, asked.path)
    match = match_heading(heading, described)
    assert match.fate is Fate.FIELD
    assert match.path in {asked.path, asked.path[:1]}
    assert asked.sample
    assert field_at(described, asked.path).declared.public


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.name)
def test_what_must_be_there_is_asked(kind: Any) -> None:
    """Every field without a default stands on the form."""
    asked = {one.path for one in ASKED[kind.name]}
    assert (kind.title_field,) in asked


def test_samples_are_recognisably_made_up(sheets: tuple[BlankSheet, ...]) -> None:
    """The name on each sample line says so, and no sample looks like a telephone or identity number."""
    for sheet in sheets:
        samples = [question.sample for question in sheet.questions]
        assert "样本" in samples[0]
        assert not any(re.search(r"1[3-9]\d{9}|\d{17}[\dX]", sample) for sample in samples)


# --- the workbook ----------------------------------------------------------------------------------------------------


def test_the_sheets_are_there_in_order(book: Workbook) -> None:
    """Forms first, samples and instructions behind them, the lists out of sight."""
    labels = [kind.label for kind in FORMS]
    assert book.sheetnames == [*labels, *(f"示例（{label}）" for label in labels), "填写说明", "词表"]
    assert book["词表"].sheet_state == "hidden"
    assert book.active.title == labels[0]


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.name)
def test_a_form_is_ready_to_fill_and_to_print(book: Workbook, kind: Any) -> None:
    """Headings frozen and repeated, required ones marked, A4 landscape, every question explained where one clicks."""
    page = book[kind.label]
    assert page.freeze_panes == "B4"
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert str(page["A3"].value).startswith("*")
    assert not str(page["B3"].value).startswith("*")
    assert len(rules(book, kind.label)) == len(ASKED[kind.name])
    for heading, rule in rules(book, kind.label).items():
        assert rule.promptTitle == heading[:32]
        assert rule.prompt is None or len(rule.prompt) <= 255
        assert [cells.max_row for cells in rule.sqref.ranges] == [1000]


def test_a_closed_list_refuses_other_words(book: Workbook, sheets: tuple[BlankSheet, ...]) -> None:
    """The drop-down shows the vocabulary's own words, and the refusal is in Chinese."""
    rule = rules(book, "成果")["行业"]
    assert (rule.type, rule.errorStyle or "stop", rule.showErrorMessage, rule.error) == (
        "list",
        "stop",
        True,
        "请从下拉列表里选。",
    )
    found = re.fullmatch(r"'词表'!\$([A-Z]+)\$1:\$[A-Z]+\$(\d+)", rule.formula1)
    assert found
    offered = [book["词表"][f"{found[1]}{row}"].value for row in range(1, int(found[2]) + 1)]
    question = next(one for one in sheets[0].questions if one.heading == "行业")
    assert question.choices is not None
    assert tuple(offered) == question.choices.terms
    assert "电力" in offered


def test_an_open_list_and_one_for_several_values_advise_only(book: Workbook) -> None:
    """成果类型 takes several words, and other ones too; a list of spreadsheet programs allows only one."""
    rule = rules(book, "成果")["成果类型"]
    assert (rule.type, bool(rule.showErrorMessage)) == ("list", False)


def test_grades_depend_on_the_award(book: Workbook) -> None:
    """The formula looks the award up in the hidden sheet and offers what stands beside it."""
    page = book["成果"]
    rule = rules(book, "成果")["获奖等级"]
    letters = {str(cell.value): cell.column_letter for cell in page[3]}
    found = re.fullmatch(
        r"OFFSET\('词表'!\$([A-Z]+)\$1,MATCH\(\$([A-Z]+)4,'词表'!\$([A-Z]+):\$\3,0\)-1,0,COUNTIF\('词表'!\$\3:\$\3,\$\2\d\),1\)",
        rule.formula1,
    )
    assert found
    assert found[2] == letters["所获奖项"]
    lists = book["词表"]
    pairs = [(lists[f"{found[3]}{row}"].value, lists[f"{found[1]}{row}"].value) for row in range(1, lists.max_row + 1)]
    assert [grade for award, grade in pairs if award == "样本创新奖"] == ["样本金奖", "样本银奖"]
    awards = [award for award, _ in pairs if award]
    assert awards == sorted(awards, key=awards.index)


def test_limits_are_said_in_chinese(book: Workbook) -> None:
    """A title of 31 characters may stay after a question, a year of three digits may not."""
    title, year = rules(book, "成果")["成果名称"], rules(book, "成果")["获奖年份"]
    assert (title.type, title.formula1, title.errorStyle) == ("textLength", "30", "warning")
    assert title.error == "超过 30 个字了，请缩短。"
    assert (year.type, year.formula1, year.formula2, year.errorStyle or "stop") == ("whole", "1900", "2100", "stop")
    assert rules(book, "成果")["年经济效益（万元）"].type == "decimal"
    assert rules(book, "成果")["应用于生产时间"].type == "custom"


def test_text_columns_keep_zeros(book: Workbook) -> None:
    """Numbers like certificate numbers are typed or pasted into cells that are text from top to bottom."""
    page = book["成果"]
    at = next(cell.column_letter for cell in page[3] if cell.value == "知识产权")
    assert page[f"{at}4"].number_format == "@"
    assert page.column_dimensions[at].number_format == "@"


def test_the_instructions_cover_every_question(book: Workbook) -> None:
    """Each with limit, sample and whether it is published."""
    rows = [[cell.value for cell in row] for row in book["填写说明"].iter_rows()]
    told_of = {(row[0], row[1]) for row in rows if row[6] in {"公开", "不公开"}}
    asked = {
        (page.title, str(cell.value).removeprefix("*")) for page in book.worksheets[: len(FORMS)] for cell in page[3]
    }
    assert told_of == asked
    assert any("身份证号" in str(row[0]) for row in rows)


def test_every_part_is_well_formed_and_two_runs_agree(sheets: tuple[BlankSheet, ...]) -> None:
    """No clock, no random name: the same exhibition gives the same bytes."""
    for made in (blank_workbook(sheets), blank_form(sheets[0])):
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(package.read(name))
    assert blank_workbook(sheets) == blank_workbook(sheets)
    assert blank_form(sheets[0]) == blank_form(sheets[0])


def test_long_prompts_and_headings_fit_what_programs_allow() -> None:
    """A prompt is cut at 255 characters, its title at 32, instead of a workbook that needs repair."""
    question = Question("样本" * 30, advice="长" * 400, sample="例", choices=Choices(("甲", "乙"), closed=True))
    page = load_workbook(io.BytesIO(blank_workbook([BlankSheet("样本", "样本表", (question,))])))["样本"]
    rule = page.data_validations.dataValidation[0]
    assert len(rule.prompt) <= 255
    assert len(rule.promptTitle) <= 32
    assert len(rule.errorTitle) <= 32


# --- the Word form ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(FORMS)), ids=[kind.name for kind in FORMS])
def test_the_word_form_asks_the_same(sheets: tuple[BlankSheet, ...], number: int) -> None:
    """Every label once, an empty cell beside it, notes below that begin with 注."""
    document = docx.Document(io.BytesIO(blank_form(sheets[number])))
    table = document.tables[0]
    labels = [text for row in table.rows for text in (row.cells[0].text, row.cells[2].text) if text]
    wanted = [f"*{one.heading}" if one.required else one.heading for one in sheets[number].questions]
    assert sorted(labels) == sorted(wanted)
    assert all(not row.cells[1].text and not row.cells[3].text for row in table.rows)
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[0] == sheets[number].title
    assert all(text.startswith("注") for text in texts[1:])


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_what_was_asked(office: Path, tmp_path: Path) -> None:
    """By the Chinese names of the kinds or by the English ones; nothing but the file is left behind."""
    goal = tmp_path / "申报表.xlsx"
    result = told("成果", "craftsman", "-o", str(goal), root=office)
    assert (result.exit_code, result.output) == (0, f"已写出 {goal}：成果申报表、人物申报表。\n")
    assert load_workbook(goal).sheetnames[:2] == ["成果", "人物"]
    form = tmp_path / "申报表.docx"
    assert told("活动", "--form", "-o", str(form), root=office).exit_code == 0
    assert docx.Document(str(form)).paragraphs[0].text == "活动申报表"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["申报表.docx", "申报表.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("成果", "-o", "甲.csv"), "要以 .xlsx 结尾"),
        (("成果", "--form", "-o", "甲.xlsx"), "要以 .docx 结尾"),
        (("成果", "人物", "--form", "-o", "甲.docx"), "一次只能做一种"),
        (("奖项", "-o", "甲.xlsx"), "奖项"),
    ],
)
def test_wrong_use_is_told(office: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, and the words that help."""
    result = told(*arguments, root=office)
    assert result.exit_code == 2
    assert said in result.output


def test_a_file_that_is_there_is_kept(office: Path, tmp_path: Path) -> None:
    """A filled form is not overwritten by a blank one unless that is said."""
    goal = tmp_path / "申报表.xlsx"
    goal.write_bytes(b"filled")
    assert told("成果", "-o", str(goal), root=office).exit_code == 2
    assert goal.read_bytes() == b"filled"
    assert told("成果", "--force", "-o", str(goal), root=office).exit_code == 0
    assert told("成果", "-o", str(tmp_path / "no" / "甲.xlsx"), root=office).exit_code == 1
