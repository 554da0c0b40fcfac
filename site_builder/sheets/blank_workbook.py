"""Blank sheets come in; a workbook to be sent out goes out: drop-downs, limits, samples, instructions, ready to print."""

import io
import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from site_builder.sheets.blank import WARNING, BlankSheet, Question
from site_builder.sheets.choice_lists import CHOICES_SHEET, ChoiceLists, write_choices
from site_builder.sheets.listing import BORN, FONT, PAGE_WIDTH

LAST = 1000
"""Last row (1-based) that has limits and drop-downs."""
RULED = 24
"""How many empty lines are ruled, so that a printed form can be filled in by hand."""
HEADER_ROW, FIRST_ROW = 2, 3
"""0-based, below the title and the note."""
_BASE: Mapping[str, Any] = MappingProxyType({"font_name": FONT, "font_size": 10, "valign": "vcenter"})
_STYLES: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = (
    ("title", (("font_size", 16), ("bold", True), ("font_color", "#7A1F1F"))),
    ("note", (("font_color", "#595959"),)),
    ("head", (("bold", True), ("text_wrap", True), ("border", 1), ("align", "center"), ("bg_color", "#E9E4DA"))),
    (
        "must",
        (
            ("bold", True),
            ("text_wrap", True),
            ("border", 1),
            ("align", "center"),
            ("bg_color", "#7A1F1F"),
            ("font_color", "#FFFFFF"),
        ),
    ),
    ("text", (("num_format", "@"), ("text_wrap", True), ("border", 1), ("border_color", "#BFBFBF"), ("valign", "top"))),
    ("open", (("num_format", "@"), ("text_wrap", True), ("valign", "top"))),
    ("number", (("num_format", "#,##0.######"), ("border", 1), ("border_color", "#BFBFBF"), ("valign", "top"))),
    ("plain", (("num_format", "0"), ("border", 1), ("border_color", "#BFBFBF"), ("valign", "top"))),
    (
        "sample",
        (
            ("num_format", "@"),
            ("text_wrap", True),
            ("border", 1),
            ("italic", True),
            ("font_color", "#595959"),
            ("valign", "top"),
        ),
    ),
    ("missing", (("bg_color", "#F8D7DA"),)),
)
Styles = Mapping[str, Format]


def blank_workbook(sheets: Iterable[BlankSheet]) -> bytes:
    """The bytes of an .xlsx file: the sheets to fill in, a sample of each, the instructions, and the hidden lists."""
    everything = tuple(sheets)
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": BORN, "title": "、".join(sheet.title for sheet in everything)})
    styles = {name: book.add_format({**_BASE, **dict(style)}) for name, style in _STYLES}
    lists = ChoiceLists.of(everything)
    for sheet in everything:
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles=styles, lists=lists)
    for sheet in everything:
        _write_sample(book.add_worksheet(f"示例（{sheet.name}）"), sheet, styles=styles)
    _write_instructions(book.add_worksheet("填写说明"), everything, styles=styles)
    write_choices(book.add_worksheet(CHOICES_SHEET), lists)
    book.close()
    return stream.getvalue()


def shown_heading(question: Question) -> str:
    """The heading as people see it: an asterisk before those that must be filled in."""
    return f"*{question.heading}" if question.required else question.heading


def _write_sheet(page: Worksheet, sheet: BlankSheet, *, styles: Styles, lists: ChoiceLists) -> None:
    note = f"带 * 的必须填写，一行一项。点中格子有提示，详细说明见“填写说明”，样子见“示例”。{WARNING}"
    _head(page, sheet, styles=styles, note=note)
    last = len(sheet.questions) - 1
    for column, question in enumerate(sheet.questions):
        style = styles[_style_of(question)]
        # the whole column is text, so that the zeros of a pasted certificate number survive
        page.set_column(column, column, question.width, styles["open"] if style is styles["text"] else None)
        for row in range(FIRST_ROW, FIRST_ROW + RULED):
            page.write_blank(row, column, None, style)
        rule = lists.rule(sheet, question, row=FIRST_ROW) | _prompt(question)
        page.data_validation(FIRST_ROW, column, LAST - 1, column, rule)
        if question.required:
            line = f"$A{FIRST_ROW + 1}:${xl_col_to_name(last)}{FIRST_ROW + 1}"
            formula = f"=AND(COUNTA({line})>0,LEN({xl_rowcol_to_cell(FIRST_ROW, column, col_abs=True)})=0)"
            page.conditional_format(
                FIRST_ROW,
                column,
                LAST - 1,
                column,
                {"type": "formula", "criteria": formula, "format": styles["missing"]},
            )
    for row in range(FIRST_ROW, FIRST_ROW + RULED):
        page.set_row(row, 26)
    page.freeze_panes(FIRST_ROW, 1)
    _print_setup(page, sheet)


def _style_of(question: Question) -> str:
    return {"decimal": "number", "whole": "number", "year": "plain"}.get(question.answer, "text")


def _head(page: Worksheet, sheet: BlankSheet, *, styles: Styles, note: str) -> None:
    """Title, note and headings; title and note are not merged, so that sorting and filtering work."""
    page.set_row(0, 28)
    page.write_string(0, 0, sheet.title, styles["title"])
    page.write_string(1, 0, note, styles["note"])
    page.set_row(1, 18)
    page.set_row(HEADER_ROW, 34)
    for column, question in enumerate(sheet.questions):
        page.write_string(HEADER_ROW, column, shown_heading(question), styles["must" if question.required else "head"])


def _prompt(question: Question) -> dict[str, Any]:
    """What is shown beside a cell that is clicked; programs allow 32 characters of title and 255 of text."""
    words = [question.advice, f"例：{question.sample}" if question.sample else ""]
    words.insert(0, "必填。" if question.required else "")
    message = "\n".join(word for word in words if word)[:250]
    return {"input_title": question.heading[:32], "input_message": message} if message else {}


def _print_setup(page: Worksheet, sheet: BlankSheet) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.repeat_rows(HEADER_ROW)
    width = sum(question.width for question in sheet.questions)
    across = math.ceil(width / PAGE_WIDTH)
    if across > 1:
        page.repeat_columns(0)
    page.fit_to_pages(across, 0)
    page.set_footer("&L&A&C第 &P 页，共 &N 页")


def _write_sample(page: Worksheet, sheet: BlankSheet, *, styles: Styles) -> None:
    _head(page, sheet, styles=styles, note="这是示例，内容都是虚构的。照这样填在前面的表里；导入时跳过这一页。")
    for column, question in enumerate(sheet.questions):
        page.set_column(column, column, question.width)
        page.write_string(FIRST_ROW, column, question.sample, styles["sample"])
    page.set_row(FIRST_ROW, 64)
    page.freeze_panes(FIRST_ROW, 1)
    _print_setup(page, sheet)


def _write_instructions(page: Worksheet, sheets: Iterable[BlankSheet], *, styles: Styles) -> None:
    """Per question: what it means, its limit, a sample, whether it is published."""
    page.write_string(0, 0, "填写说明", styles["title"])
    notes = (
        "一行填一项；不知道的空着，不要写“无”“暂无”。",
        "格子里有下拉列表的，尽量从列表里选；一格要写几个值的，用分号“；”或换行（Alt+Enter）隔开。",
        "不要改表头的文字，不要合并格子；列可以移动，用不着的列可以删去。",
        WARNING,
    )
    for row, note in enumerate(notes, 1):
        page.write_string(row, 0, f"{row}. {note}", styles["note"])
    top = len(notes) + 2
    for column, (heading, width) in enumerate(_INSTRUCTIONS):
        page.set_column(column, column, width)
        page.write_string(top, column, heading, styles["head"])
    row = top
    for sheet in sheets:
        for question in sheet.questions:
            row += 1
            for column, text in enumerate(_instruction(sheet, question)):
                page.write_string(row, column, text, styles["text"])
    page.freeze_panes(top + 1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(top)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")


_INSTRUCTIONS = (("表", 12), ("栏目", 20), ("必填", 6), ("怎样填", 46), ("限制", 26), ("示例", 34), ("是否公开", 9))


def _instruction(sheet: BlankSheet, question: Question) -> tuple[str, ...]:
    return (
        sheet.name,
        question.heading,
        "必填" if question.required else "",
        question.advice,
        limit_words(question),
        question.sample,
        "公开" if question.public else "不公开",
    )


def limit_words(question: Question) -> str:
    """What may be written, in words."""
    kinds = {"whole": "整数", "decimal": "数字", "year": "四位数的年份", "date": "日期，可以只写到月或年"}
    words = [kinds.get(question.answer, "")]
    if question.limit:
        words.append(f"不超过 {question.limit} 个字")
    if question.choices and question.choices.branches:
        words.append(f"列表随“{question.choices.depends_on}”而变")
    elif question.choices:
        words.append("从下拉列表里选" if question.choices.closed else "可从下拉列表里选，也可另写")
    return "；".join(word for word in words if word)
