"""Layouts of summary tables and forms as unions send them: each a maker of the file, the entries in it and its problems."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import docx
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

Rows = list[list[Any]]
HEAD = ["序号", "成果名称", "完成单位", "主要完成人"]
FIRST = [1, "样本成果一", "样本一厂", "样本甲、样本乙"]
SECOND = [2, "样本成果二", "样本二厂", "样本丙"]
ONE = {
    "title": "样本成果一",
    "organisations": [{"organisation": "样本一厂"}],
    "people": [{"person": "样本甲"}, {"person": "样本乙"}],
}
TWO = {"title": "样本成果二", "organisations": [{"organisation": "样本二厂"}], "people": [{"person": "样本丙"}]}


@dataclass(frozen=True)
class Layout:
    """A way in which files arrive."""

    name: str
    make: Callable[[Path], Path]
    """Writes the file into a directory and answers its path."""
    entries: tuple[tuple[str, Mapping[str, Any]], ...]
    """Kind and fields of every entry; fields that are not named here must not be there."""
    problems: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """Code and cell of every problem that reading finds."""


def sheet(
    rows: Rows, *, name: str = "Sheet1", style: Callable[[Worksheet], None] | None = None
) -> Callable[[Path], Path]:
    """A workbook of one sheet."""
    return book({name: rows}, styles={name: style} if style else {})


def book(
    sheets: Mapping[str, Rows],
    *,
    styles: Mapping[str, Callable[[Worksheet], None]] | None = None,
    file: str = "样本.xlsx",
) -> Callable[[Path], Path]:
    """A workbook of several sheets."""

    def make(folder: Path) -> Path:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            page = workbook.create_sheet(name)
            for row in rows:
                page.append(row)
            if styles and name in styles:
                styles[name](page)
        workbook.save(folder / file)
        return folder / file

    return make


def text(rows: Rows, *, encoding: str, separator: str = ",", name: str = "样本.csv") -> Callable[[Path], Path]:
    """A file of separated values in some encoding."""

    def make(folder: Path) -> Path:
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=separator).writerows(rows)
        (folder / name).write_bytes(stream.getvalue().encode(encoding))
        return folder / name

    return make


def merge(*ranges: str) -> Callable[[Worksheet], None]:
    """Merges cells, as people do for the eye."""

    def style(page: Worksheet) -> None:
        for one in ranges:
            page.merge_cells(one)
        page["A1"].font = Font(bold=True)

    return style


def word(
    *blocks: str | Rows, file: str = "成果申报表.docx", merges: tuple[tuple[int, ...], ...] = ()
) -> Callable[[Path], Path]:
    """A Word form: paragraphs and tables; ``merges`` are (row, column, row, column) of the first table."""

    def make(folder: Path) -> Path:
        document = docx.Document()
        for block in blocks:
            if isinstance(block, str):
                document.add_paragraph(block)
            else:
                _table(document, block, merges)
        document.save(str(folder / file))
        return folder / file

    return make


def _table(document: Any, rows: Rows, merges: tuple[tuple[int, ...], ...]) -> None:
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for place, row in enumerate(rows):
        for column, said in enumerate(row):
            if said is not None:
                table.cell(place, column).text = str(said)
    for top, left, bottom, right in merges:
        table.cell(top, left).merge(table.cell(bottom, right))


def nested(folder: Path) -> Path:
    """A Word form with a table of people inside a cell."""
    document = docx.Document()
    document.add_paragraph("样本市职工优秀创新成果奖申报表")
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "成果名称", "样本成果一"
    table.cell(1, 0).text, table.cell(1, 1).text = "完成单位", "样本一厂"
    table.cell(2, 0).text = "主要完成人情况"
    inner = table.cell(2, 1).add_table(rows=3, cols=3)
    for place, row in enumerate(
        (("姓名", "性别", "创造性贡献"), ("样本甲", "女", "总体设计"), ("样本乙", "男", "试验"))
    ):
        for column, said in enumerate(row):
            inner.cell(place, column).text = said
    document.save(str(folder / "申报表.docx"))
    return folder / "申报表.docx"


def objects(raw: Any) -> Callable[[Path], Path]:
    """A file of an online system."""

    def make(folder: Path) -> Path:
        (folder / "样本.json").write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
        return folder / "样本.json"

    return make


def _hide(page: Worksheet) -> None:
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[3].hidden = True


def _formats(page: Worksheet) -> None:
    page["C2"].number_format = 'yyyy"年"m"月"'
    page["D2"].number_format = "0.0%"


def _errors(page: Worksheet) -> None:
    page["C2"].data_type = "e"


PROJECTS = (("project", ONE), ("project", TWO))
_PEOPLE = [{"person": "样本甲", "role": "总体设计"}, {"person": "样本乙", "role": "试验"}]

LAYOUTS: tuple[Layout, ...] = (
    Layout("plain", sheet([HEAD, FIRST, SECOND]), PROJECTS),
    Layout(
        "merged-titles",
        sheet(
            [
                ["第四届样本市职工优秀创新成果推荐汇总表"],
                ["填报单位（盖章）：样本区总工会", None, None, "2025年11月"],
                [],
                HEAD,
                FIRST,
                SECOND,
            ],
            style=merge("A1:D1", "A2:C2"),
        ),
        PROJECTS,
    ),
    Layout(
        "two-row-headings",
        sheet(
            [
                ["序号", "成果名称", "经济效益（万元）", None, "联系方式", None],
                [None, None, "年经济效益", "累计经济效益", "联系人", "电话"],
                [1, "样本成果一", 120, "1.2亿元", "样本", "13800000000"],
            ],
            style=merge("A1:A2", "B1:B2", "C1:D1", "E1:F1"),
        ),
        (("project", {"title": "样本成果一", "benefit": {"annual": "120万元", "total": "1.2亿元"}}),),
    ),
    Layout(
        "benefit-by-year",
        sheet(
            [
                ["成果名称", "完成单位", "2023年", None, "2024年", None],
                [None, None, "新增利润（万元）", "节支总额（万元）", "新增利润（万元）", "节支总额（万元）"],
                ["样本成果一", "样本一厂", 10, 20, 30, None],
            ],
            style=merge("A1:A2", "B1:B2", "C1:D1", "E1:F1"),
        ),
        (
            (
                "project",
                {
                    "title": "样本成果一",
                    "organisations": [{"organisation": "样本一厂"}],
                    "benefit": {
                        "by_year": [
                            {"year": "2023", "profit": "10万元", "savings": "20万元"},
                            {"year": "2024", "profit": "30万元"},
                        ]
                    },
                },
            ),
        ),
    ),
    Layout(
        "merged-down",
        sheet([["推荐单位", *HEAD], ["样本区总工会", *FIRST], [None, *SECOND]], style=merge("A2:A3")),
        (("project", {**ONE, "union": "样本区总工会"}), ("project", {**TWO, "union": "样本区总工会"})),
    ),
    Layout(
        "one-row-for-each-person",
        sheet(
            [
                ["成果名称", "完成单位", "姓名", "创造性贡献"],
                ["样本成果一", "样本一厂", "样本甲", "总体设计"],
                [None, None, "样本乙", "试验"],
            ],
            style=merge("A2:A3", "B2:B3"),
        ),
        (("project", {"title": "样本成果一", "organisations": [{"organisation": "样本一厂"}], "people": _PEOPLE}),),
    ),
    Layout(
        "people-in-columns",
        sheet(
            [
                ["成果名称", "第一完成人", "第二完成人", "第三完成人", "第一完成单位", "第二完成单位"],
                ["样本成果一", "样本甲", "样本乙", "/", "样本一厂", "样本二厂"],
            ]
        ),
        (
            (
                "project",
                {
                    "title": "样本成果一",
                    "people": [{"person": "样本甲"}, {"person": "样本乙"}],
                    "organisations": [{"organisation": "样本一厂"}, {"organisation": "样本二厂"}],
                },
            ),
        ),
    ),
    Layout(
        "totals-and-signatures",
        sheet(
            [
                HEAD,
                FIRST,
                SECOND,
                ["合计", "2 项", None, None],
                ["填表人：样本", None, "审核人：样本", None],
                ["注：1. 一项成果填一行。", None, None, None],
                ["（盖章）", None, None, "年  月  日"],
            ]
        ),
        PROJECTS,
    ),
    Layout("numbered-columns", sheet([HEAD, ["1", "2", "3", "4"], FIRST, SECOND]), PROJECTS),
    Layout("page-breaks", sheet([HEAD, FIRST, HEAD, SECOND]), PROJECTS),
    Layout("hidden-columns-and-rows", sheet([HEAD, FIRST, SECOND], style=_hide), PROJECTS),
    Layout(
        "private-columns",
        sheet([[*HEAD, "身份证号", "联系电话", "家庭住址"], [*FIRST, "样本", "13800000000", "样本路"]]),
        (("project", ONE),),
    ),
    Layout(
        "private-number-in-a-text",
        sheet([[*HEAD, "简介"], [*FIRST, "样本简介，联系 13800000000"]]),
        (("project", ONE),),
        frozenset({("private-data", "Sheet1!E2")}),
    ),
    Layout(
        "several-sheets",
        book(
            {
                "成果": [HEAD, FIRST],
                "工匠": [["姓名", "工作单位", "工种"], ["样本甲", "样本一厂", "钳工"]],
                "工作室": [["工作室名称", "领衔人", "所在单位"], ["样本甲创新工作室", "样本甲", "样本一厂"]],
                "填写说明": [["每行一项"]],
                "空": [],
            }
        ),
        (
            ("project", ONE),
            ("craftsman", {"name": "样本甲", "organisation": "样本一厂", "trade": "钳工"}),
            (
                "studio",
                {"name": "样本甲创新工作室", "leads": ["样本甲"], "organisations": [{"organisation": "样本一厂"}]},
            ),
        ),
    ),
    Layout(
        "kind-by-heading",
        sheet([["操作法名称", "创造者", "岗位/工种", "操作要领"], ["样本操作法", "样本甲", "钳工", "1.看；2.听"]]),
        (
            (
                "method",
                {"title": "样本操作法", "people": [{"person": "样本甲"}], "trade": "钳工", "key_points": ["看", "听"]},
            ),
        ),
    ),
    Layout(
        "odd-headings",
        sheet([[*HEAD, "内部分类"], [*FIRST, "甲"]]),
        (("project", ONE),),
        frozenset({("unknown-heading", "Sheet1!E1")}),
    ),
    Layout(
        "headings-as-typed",
        sheet([["序 号", "*成果名称\n（30字以内）", "完成单位（盖章）", "主要完成人\n（按贡献大小排序）"], FIRST]),
        (("project", ONE),),
    ),
    Layout(
        "formats",
        sheet(
            [["成果名称", "完成单位", "应用于生产时间", "简介"], ["样本成果一", "样本一厂", date(2024, 5, 1), 0.153]],
            style=_formats,
        ),
        (
            (
                "project",
                {
                    "title": "样本成果一",
                    "organisations": [{"organisation": "样本一厂"}],
                    "applied": "2024-05",
                    "summary": "15.3%",
                },
            ),
        ),
    ),
    Layout(
        "formula-errors",
        sheet([["成果名称", "完成单位", "年经济效益"], ["样本成果一", "样本一厂", "#N/A"]], style=_errors),
        (("project", {"title": "样本成果一", "organisations": [{"organisation": "样本一厂"}]}),),
        frozenset({("cell-fault", "Sheet1!C2")}),
    ),
    Layout(
        "parallel-lists",
        sheet(
            [
                ["成果名称", "获奖名称", "获奖等级", "获奖年份"],
                ["样本成果一", "样本奖；样本大赛", "一等奖；—", "2023；2024"],
            ]
        ),
        (
            (
                "project",
                {
                    "title": "样本成果一",
                    "awards": [
                        {"award": "样本奖", "grade": "一等奖", "year": "2023"},
                        {"award": "样本大赛", "year": "2024"},
                    ],
                },
            ),
        ),
    ),
    Layout("csv-gbk", text([HEAD, FIRST, SECOND], encoding="gb18030"), PROJECTS),
    Layout("csv-utf8-with-mark", text([HEAD, FIRST, SECOND], encoding="utf-8-sig"), PROJECTS),
    Layout("csv-utf16-tabs", text([HEAD, FIRST, SECOND], encoding="utf-16", separator="\t"), PROJECTS),
    Layout("csv-semicolons", text([HEAD, FIRST, SECOND], encoding="utf-8", separator=";"), PROJECTS),
    Layout(
        "csv-line-breaks",
        text([["成果名称", "完成单位", "主要创新点"], ["样本成果一", "样本一厂", "样本甲\n样本乙"]], encoding="utf-8"),
        (
            (
                "project",
                {
                    "title": "样本成果一",
                    "organisations": [{"organisation": "样本一厂"}],
                    "innovation_points": ["样本甲", "样本乙"],
                },
            ),
        ),
    ),
    Layout(
        "csv-formula",
        text([HEAD, [1, "样本成果一", "=HYPERLINK(1)", "样本甲"]], encoding="utf-8"),
        (("project", {"title": "样本成果一", "people": [{"person": "样本甲"}]}),),
        frozenset({("cell-fault", "样本!C2")}),
    ),
    Layout(
        "word-form",
        word(
            "样本市职工优秀创新成果奖申报表",
            [
                ["成果名称", "样本成果一", None, None],
                ["完成单位", "样本一厂", "单位性质", "☑国有企业 □民营企业"],
                ["联系人", "样本", "联系电话", "13800000000"],
                ["推荐单位意见", "同意推荐（盖章）", None, None],
            ],
            "一、主要创新点",
            "1.样本甲。",
            "2.样本乙。",
            merges=((0, 1, 0, 3), (3, 1, 3, 3)),
        ),
        (
            (
                "project",
                {
                    "title": "样本成果一",
                    "organisations": [{"organisation": "样本一厂"}],
                    "enterprise_type": "国有企业",
                    "innovation_points": ["样本甲。", "样本乙。"],
                },
            ),
        ),
    ),
    Layout(
        "word-table-of-people",
        word(
            "样本市职工优秀创新成果奖申报表",
            [
                ["成果名称", "样本成果一", None, None],
                ["主要完成人", "姓名", "工作单位", "创造性贡献"],
                [None, "样本甲", "样本一厂", "总体设计"],
                [None, "样本乙", "样本一厂", "试验"],
                ["解决的问题", "样本问题", None, None],
            ],
            merges=((0, 1, 0, 3), (1, 0, 3, 0), (4, 1, 4, 3)),
        ),
        (("project", {"title": "样本成果一", "people": _PEOPLE, "problem": "样本问题"}),),
    ),
    Layout(
        "word-people-numbered",
        word(
            "样本市职工优秀创新成果奖申报表",
            [
                ["成果名称", "样本成果一", None, None],
                ["完成单位", "样本一厂\n（盖章）", "场地面积", "一百平方米"],
                ["排名", "姓名", "技术专长", "主要贡献"],
                ["1", "样本甲", "焊接", "总体设计"],
                ["2", "样本乙", None, "试验"],
                ["3", None, None, None],
            ],
            merges=((0, 1, 0, 3),),
        ),
        (
            (
                "project",
                {
                    "title": "样本成果一",
                    "organisations": [{"organisation": "样本一厂"}],
                    "people": [{"order": str(place), **one} for place, one in enumerate(_PEOPLE, 1)],
                },
            ),
        ),
    ),
    Layout(
        "word-sections",
        word(
            "先进操作法申报材料",
            "操作法名称：样本操作法",
            "完成单位：样本一厂",
            "一、操作要领",
            "1.样本甲",
            "2.样本乙",
            "二、经验体会",
            "样本体会",
            file="操作法.docx",
        ),
        (
            (
                "method",
                {
                    "title": "样本操作法",
                    "organisations": [{"organisation": "样本一厂"}],
                    "key_points": ["样本甲", "样本乙"],
                },
            ),
        ),
    ),
    Layout(
        "names-written-wide",
        sheet([["姓名", "工作单位", "工种"], ["王　强", "样本一厂", "钳工"], ["欧阳 修", "样本一厂", "电工"]]),
        (
            ("craftsman", {"name": "王强", "organisation": "样本一厂", "trade": "钳工"}),
            ("craftsman", {"name": "欧阳修", "organisation": "样本一厂", "trade": "电工"}),
        ),
    ),
    Layout(
        "two-columns-of-time",
        sheet(
            [
                ["成果名称", "完成单位", "起止时间", "完成时间"],
                ["样本成果一", "样本一厂", "五个月", "2024年5月"],
                ["样本成果二", "样本一厂", "2023.5至今", "2024年5月"],
                ["样本成果三", "样本一厂", "2023.5-2024.5", "2024年"],
                ["样本成果四", "样本一厂", "2023.5-2024.3", "2024年5月"],
            ]
        ),
        tuple(
            ("project", {"title": f"样本成果{title}", "organisations": [{"organisation": "样本一厂"}], **more})
            for title, more in (
                ("一", {"year": "2024"}),
                ("二", {"period": {"start": "2023-05", "end": "2024-05"}}),
                ("三", {"period": {"start": "2023-05", "end": "2024-05"}}),
                ("四", {"period": {"start": "2023-05", "end": "2024-03"}}),
            )
        ),
        frozenset({("bad-date", "Sheet1!C2"), ("wrong-type", "Sheet1!D5")}),
    ),
    Layout(
        "word-nested-table",
        nested,
        (("project", {"title": "样本成果一", "organisations": [{"organisation": "样本一厂"}], "people": _PEOPLE}),),
    ),
    Layout(
        "word-labels-above",
        word(
            "样本工匠推荐表",
            [
                ["姓名", "工作单位", "工种"],
                ["样本甲", "样本一厂", "钳工"],
                ["绝技绝活", None, None],
                ["样本绝活", None, None],
            ],
            file="工匠推荐表.docx",
            merges=((2, 0, 2, 2), (3, 0, 3, 2)),
        ),
        (("craftsman", {"name": "样本甲", "organisation": "样本一厂", "trade": "钳工", "feat": "样本绝活"}),),
    ),
    Layout(
        "word-lines",
        word(
            "样本市工作室申报表",
            "工作室名称：样本甲创新工作室",
            "领衔人：样本甲    所在单位：样本一厂",
            "成员数：12人",
            file="工作室申报表.docx",
        ),
        (
            (
                "studio",
                {
                    "name": "样本甲创新工作室",
                    "leads": ["样本甲"],
                    "organisations": [{"organisation": "样本一厂"}],
                    "members_count": "12人",
                },
            ),
        ),
    ),
    Layout(
        "form-in-a-sheet",
        sheet(
            [
                ["样本市职工合理化建议申报表"],
                ["建议名称", "样本建议", None, "类别", "小建议"],
                ["提出单位", "样本一厂", None, "建议人", "样本甲"],
                ["现状分析", "样本现状"],
                ["改进措施", "样本措施"],
                ["评审委员会意见（盖章）", "同意"],
            ],
            style=merge("A1:E1", "B2:C2", "B3:C3", "B4:E4", "B5:E5"),
        ),
        (
            (
                "project",
                {
                    "title": "样本建议",
                    "result_types": ["小建议"],
                    "organisations": [{"organisation": "样本一厂"}],
                    "people": [{"person": "样本甲"}],
                    "problem": "样本现状",
                    "measures": "样本措施",
                },
            ),
        ),
    ),
    Layout(
        "online-system",
        objects(
            {
                "code": 0,
                "data": {
                    "rows": [
                        {
                            "成果名称": "样本成果一",
                            "完成单位": ["样本一厂"],
                            "主要完成人": [{"姓名": "样本甲", "角色": "总体设计"}, {"姓名": "样本乙", "分工": "试验"}],
                            "手机": "13800000000",
                        }
                    ]
                },
            }
        ),
        (("project", {"title": "样本成果一", "organisations": [{"organisation": "样本一厂"}], "people": _PEOPLE}),),
    ),
    Layout(
        "no-table",
        sheet([["样本通知"], ["请于周五前报送。"]]),
        (),
        frozenset({("no-header", "Sheet1!A1")}),
    ),
)
