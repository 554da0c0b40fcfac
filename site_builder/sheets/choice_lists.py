"""Questions with choices come in; the hidden sheet that lists them, and the rules that point there, go out."""

from collections.abc import Iterable
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from site_builder.model.frozen import frozen
from site_builder.sheets.blank import BlankSheet, Question

CHOICES_SHEET = "词表"


@frozen
class ChoiceLists:
    """The columns of the hidden sheet, each list once however many questions offer it."""

    columns: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, sheets: Iterable[BlankSheet]) -> "ChoiceLists":
        """All lists of all questions; a list with branches takes two columns, the deciding values and their terms."""
        found: dict[tuple[str, ...], None] = {}
        for question in (question for sheet in sheets for question in sheet.questions):
            if question.choices and question.choices.branches:
                found |= dict.fromkeys(_branch_columns(question))
            elif question.choices and question.choices.terms:
                found[question.choices.terms] = None
        return cls(tuple(found))

    def rule(self, sheet: BlankSheet, question: Question, *, row: int) -> dict[str, Any]:
        """What a spreadsheet should allow in the cells of a question, the first of them in this row (0-based)."""
        choices = question.choices
        if choices and choices.branches:
            deciding, offered = (self._letter(column) for column in _branch_columns(question))
            at = [one.heading for one in sheet.questions].index(choices.depends_on)
            cell, keys = f"${xl_col_to_name(at)}{row + 1}", f"'{CHOICES_SHEET}'!${deciding}:${deciding}"
            first = f"'{CHOICES_SHEET}'!${offered}$1"
            source = f"=OFFSET({first},MATCH({cell},{keys},0)-1,0,COUNTIF({keys},{cell}),1)"
            return {"validate": "list", "source": source, "show_error": False}
        if choices and choices.terms:
            letter = self._letter(choices.terms)
            source = f"='{CHOICES_SHEET}'!${letter}$1:${letter}${len(choices.terms)}"
            strict = choices.closed and not question.several
            return {"validate": "list", "source": source, "show_error": strict} | _refusal(
                question, "请从下拉列表里选。", how="stop"
            )
        return _limits(question, row=row, column=sheet.questions.index(question))

    def _letter(self, column: tuple[str, ...]) -> str:
        return str(xl_col_to_name(self.columns.index(column)))


def write_choices(page: Worksheet, lists: ChoiceLists) -> None:
    """Fills the hidden sheet, a list in each column from the first row on."""
    for number, column in enumerate(lists.columns):
        for row, term in enumerate(column):
            page.write_string(row, number, term)
    page.hide()


def _branch_columns(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pairs = [(key, term) for key, terms in (question.choices.branches if question.choices else ()) for term in terms]
    return tuple(key for key, _ in pairs), tuple(term for _, term in pairs)


def _limits(question: Question, *, row: int, column: int) -> dict[str, Any]:
    match question.answer:
        case "whole":
            rule: dict[str, Any] = {"validate": "integer", "criteria": ">=", "value": 0}
            return rule | _refusal(question, "请只写整数，如 12。", how="stop")
        case "year":
            rule = {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100}
            return rule | _refusal(question, "请写四位数的年份，如 2025。", how="stop")
        case "decimal":
            rule = {"validate": "decimal", "criteria": "between", "minimum": -1e9, "maximum": 1e9}
            return rule | _refusal(question, "请只写数字，单位是万元。", how="stop")
        case "date":
            cell = f"{xl_col_to_name(column)}{row + 1}"
            # a month or a year is a date here, which no rule of type "date" allows
            formula = f"=OR(ISNUMBER({cell}),AND(LEN({cell})>=4,ISNUMBER(VALUE(LEFT({cell},4)))))"
            rule = {"validate": "custom", "value": formula}
            return rule | _refusal(question, "请写成 2025-05-03、2025-05 或 2025。", how="stop")
    if question.limit:
        rule = {"validate": "length", "criteria": "<=", "value": question.limit}
        return rule | _refusal(question, f"超过 {question.limit} 个字了，请缩短。", how="warning")
    return {"validate": "any"}


def _refusal(question: Question, message: str, *, how: str) -> dict[str, Any]:
    return {"error_type": how, "error_title": question.heading[:32], "error_message": message}
