"""Cells in every habit of writing: lists, people, units, sums, dates, boxes, honours; and private numbers are noticed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from site_builder.exchange.columns import field_at
from site_builder.exchange.dates import date_in, span_in
from site_builder.exchange.lists import is_empty, items_of, listing_of
from site_builder.exchange.notation import read
from site_builder.exchange.scalars import Misread, money_read
from site_builder.exchange.ticks import ticked
from site_builder.model.kinds import kind_named
from site_builder.model.privacy import is_identity, masked, personal_in
from site_builder.sheets.escape import escaped, unescaped
from site_builder.sheets.sheet import column_letters, text_of
from site_builder.sheets.workbooks import as_shown

PROJECT = kind_named("project")


def cell(path: str, text: str, **more: Any) -> object:
    """What a cell below the heading of a field says."""
    return read(text, field_at(PROJECT, tuple(path.split("."))), **more)


def people(*names: str) -> list[dict[str, str]]:
    """People, each ``name`` or ``name:role``."""
    pairs = (name.partition(":") for name in names)
    return [{"person": name, **({"role": role} if role else {})} for name, _, role in pairs]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("样本甲（主创）、样本乙", people("样本甲:主创", "样本乙")),
        ("张 三  李四 王五", people("张三", "李四", "王五")),
        ("张　三、李四光", people("张三", "李四光")),
        ("1.样本甲 2.样本乙", people("样本甲", "样本乙")),
        ("张 小明 欧阳 修", people("张小明", "欧阳修")),
        ("样本甲等3人", people("样本甲等3人")),
        ("样本甲、样本乙 等5人", people("样本甲", "样本乙等5人")),
        ("主创：样本甲；参与：样本乙、样本丙", people("样本甲:主创", "样本乙:参与", "样本丙:参与")),
        ("样本甲：总体设计\n样本乙：试验", people("样本甲:总体设计", "样本乙:试验")),
        ("样本甲/样本乙，样本丙", people("样本甲", "样本乙", "样本丙")),
        ("阿卜杜拉·买买提、样本乙", people("阿卜杜拉·买买提", "样本乙")),
        ("• 样本甲｜角色：主创、统稿\n• 样本乙", people("样本甲:主创、统稿", "样本乙")),
    ],
)
def test_people(text: str, expected: list[dict[str, str]]) -> None:
    """In their order, with their parts."""
    assert cell("people", text) == expected


@pytest.mark.parametrize(
    "text, names",
    [
        ("样本建工（集团）有限公司（第一完成单位）、样本研究院", ["样本建工（集团）有限公司", "样本研究院"]),
        ("样本一厂；样本二厂", ["样本一厂", "样本二厂"]),
        ("样本一厂，样本二厂", ["样本一厂", "样本二厂"]),
        ("样本一厂\n（盖章）", ["样本一厂"]),
        ("样本一厂（公章）、样本（集团）二厂 （盖章）", ["样本一厂", "样本（集团）二厂"]),
    ],
)
def test_units(text: str, names: list[str]) -> None:
    """A bracket inside a name stays, a role and the form's own place for the seal do not."""
    found = cell("organisations", text)
    assert isinstance(found, list)
    assert [one["organisation"] for one in found] == names


@pytest.mark.parametrize(
    "kind, path, text, expected",
    [
        ("studio", "leads", "张　三、李四光", ["张三", "李四光"]),
        ("studio", "leads", "张三 李 四", ["张三", "李四"]),
        ("team", "leader", "王　强", "王强"),
        ("craftsman", "organisation", "样本一厂（盖章）", "样本一厂"),
    ],
)
def test_whom_an_entry_names(kind: str, path: str, text: str, expected: object) -> None:
    """Names without the blanks that fill their column, so that they find their entries."""
    assert read(text, field_at(kind_named(kind), (path,))) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("发明专利2项，软著1项", [{"type": "发明", "count": "2"}, {"type": "软件著作权", "count": "1"}]),
        ("专利3项", [{"count": "3"}]),
        ("发明受理1项", [{"type": "发明", "status": "受理", "count": "1"}]),
        ("ZL 2023 1 0000000.3", [{"number": "ZL202310000000.3"}]),
        ("已授权ZL202310000000.3", [{"number": "ZL202310000000.3"}]),
        ("☑发明专利 1 项  □实用新型   项", [{"type": "发明", "count": "1"}]),
        ("□发明 □实用新型", []),
        ("一种外观检测装置", [{"title": "一种外观检测装置"}]),
    ],
)
def test_patents(text: str, expected: list[dict[str, str]]) -> None:
    """By type and number or how many; the boxes of a form are ticked or mean nothing."""
    assert cell("patents", text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1.样本甲、乙；2.样本丙", ["样本甲、乙", "样本丙"]),
        ("1、第一点\n2、第二点", ["第一点", "第二点"]),
        ("① 甲；② 乙", ["甲", "乙"]),
        ("降低能耗、噪声和成本", ["降低能耗、噪声和成本"]),
        ("《甲；乙》一书；丙", ["《甲；乙》一书", "丙"]),
        ("1.5倍提升", ["1.5倍提升"]),
        ("• 甲\n续行\n• 乙", ["甲\n续行", "乙"]),
    ],
)
def test_sentences_in_a_list(text: str, expected: list[str]) -> None:
    """Numbers, lines and semicolons part them; the enumeration comma is part of a sentence."""
    assert cell("innovation_points", text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("小发明、技术改造", ["小发明", "技术改造"]),
        ("☑小发明 □小革新 ☑小设计", ["小发明", "小设计"]),
        ("小发明；无", ["小发明"]),
    ],
)
def test_terms_in_a_list(text: str, expected: list[str]) -> None:
    """Short terms are parted by any sign, or ticked."""
    assert cell("result_types", text) == expected


@pytest.mark.parametrize(
    "text, unit, expected",
    [
        ("120", "", "120万元"),
        ("120", "元", "120元"),
        ("1,200.5", "万元", "1200.5万元"),
        ("１２０", "万元", "120万元"),
        ("约3.2亿元", "万元", "3.2亿元"),
        ("120万", "元", "120万"),
        ("年节约若干", "万元", "年节约若干"),
    ],
)
def test_money(text: str, unit: str, expected: str) -> None:
    """The cell's own unit outranks the heading's."""
    assert money_read(text, unit) == expected


@pytest.mark.parametrize(
    "value, expected",
    [
        ("2024.5", "2024-05"),
        ("24.5?", "2024-05"),
        ("24年5月", "2024-05"),
        ("二〇二四年五月", "2024-05"),
        ("二○二四年十二月三日", "2024-12-03"),
        ("2024年5月", "2024-05"),
        ("2024/5/1", "2024-05-01"),
        ("2024-05-01 00:00:00", "2024-05-01"),
        ("2024年5月上旬", "2024-05"),
        ("２０２４年５月", "2024-05"),
        ("20240501", "2024-05-01"),
        ("202405", "2024-05"),
        ("2024年度", "2024"),
        ("45413", "2024-05-01"),
        (45413, "2024-05-01"),
        (2024.5, "2024-05"),
        (2024, "2024"),
        (202405, "2024-05"),
        (202413, None),
        (date(2024, 5, 1), "2024-05-01"),
        ("2024年13月", None),
        ("去年", None),
        ("5月", None),
    ],
)
def test_dates(value: object, expected: str | None) -> None:
    """Every habit; what is no date is None."""
    assert date_in(value) == expected


def test_a_number_that_lost_its_zero_is_asked_about() -> None:
    """2024.10 typed into a cell of numbers is kept as 2024.1, which January would be, too."""
    with pytest.raises(Misread, match="10月"):
        cell("applied", "2024.1", value=2024.1)
    assert cell("applied", "2024.1") == "2024-01"


@pytest.mark.parametrize(
    "text, start, end",
    [
        ("2023年5月至2024年3月", "2023-05", "2024-03"),
        ("2023.5-2024.3", "2023-05", "2024-03"),
        ("2023-05-01至2023-08-31", "2023-05-01", "2023-08-31"),
        ("2023年5月—8月", "2023-05", "2023-08"),
        ("2017 年 5 月 22 日 ~ 6 月 2 日", "2017-05-22", "2017-06-02"),
        ("2023-05 至今", "2023-05", None),
        ("2023年", "2023", None),
        ("202305-202403", "2023-05", "2024-03"),
        ("2023.5-8", "2023-05", "2023-08"),
        ("2024.1.1-12.31", "2024-01-01", "2024-12-31"),
        ("2023-05-08", "2023-05-08", None),
    ],
)
def test_spans_of_time(text: str, start: str, end: str | None) -> None:
    """From a date to a date, the year said once or twice."""
    assert span_in(text) == {"start": start, **({"end": end} if end else {})}


def test_what_is_no_span_is_told_in_words_for_a_cell() -> None:
    """Validation would speak of the lines of a file."""
    with pytest.raises(Misread, match="“5个月”不是起止时间"):
        cell("period", "5个月")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("☑是 □否", "是"),
        ("是□ 否☑", "否"),
        ("■ 发明 □ 实用新型", "发明"),
        ("√", "√"),
        ("□", ""),
        ("没有方框", "没有方框"),
        ("☑甲 ☑乙 □丙", "甲；乙"),
    ],
)
def test_boxes(text: str, expected: str) -> None:
    """What is ticked."""
    assert ticked(text) == expected


@pytest.mark.parametrize("text", ["", "无", " 无 ", "/", "／", "—", "——", "-", "暂无", "N/A", "\\"])
def test_nothing_to_say(text: str) -> None:
    """Words that stand for an empty cell."""
    assert is_empty(text)
    assert not is_empty("无锡")


def test_awards_and_patents_as_people_write_them() -> None:
    """Year, session and grade are taken apart; counts and numbers of rights are told from each other."""
    assert cell("awards", "2023年样本市职工创新成果奖一等奖；第四届样本奖金奖") == [
        {"award": "样本市职工创新成果奖", "grade": "一等奖", "year": "2023"},
        {"award": "样本奖", "grade": "金奖", "session": "第四届"},
    ]
    assert cell("patents", "发明专利2项、ZL202000000000.0") == [
        {"type": "发明", "count": "2"},
        {"number": "ZL202000000000.0"},
    ]


@pytest.mark.parametrize(
    "items",
    [["甲"], ["甲、乙"], ["甲；乙", "丙"], ["1. 甲"], ["• 甲", "乙"], ["甲\n乙", "丙"], ["无"], ["\\甲"], ["-甲"]],
)
def test_a_list_reads_back(items: list[str]) -> None:
    """Whatever its items hold."""
    assert items_of(listing_of(items)) == items


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5%", "@样本", "\t样本", "'=1", "''=1", "样本", "'样本'"])
def test_escaped_text_reads_back(text: str) -> None:
    """No text becomes a formula, none is changed."""
    assert unescaped(escaped(text)) == text
    assert escaped(text)[0] not in "=+-@\t\r"


def test_a_literal_formula_is_its_text() -> None:
    """What people write to keep zeros."""
    assert unescaped('="007"') == "007"


@pytest.mark.parametrize(
    "value, pattern, expected",
    [
        (date(2024, 5, 1), 'yyyy"年"m"月"', "2024-05"),
        (date(2024, 5, 1), "yyyy/m/d", date(2024, 5, 1)),
        (0.153, "0.0%", "15.3%"),
        (7, "000", "007"),
        (2024.1, "0.00", "2024.10"),
        (12, "General", 12),
    ],
)
def test_values_as_their_formats_show_them(value: object, pattern: str, expected: object) -> None:
    """A month is no day, a share is a percentage, zeros stay."""
    assert as_shown(value, pattern) == expected


def identity() -> str:
    """A made-up number with the right check character: region 000000 does not exist."""
    body = "00000019000101000"
    return next(body + check for check in "0123456789X" if is_identity(body + check))


def card() -> str:
    """A made-up number with the right check digit; no bank has these first digits."""
    body = "0000 1234 0000 1234 00"
    return next(f"{body}{check}" for check in range(10) if personal_in(f"样本 {body}{check}"))


@pytest.mark.parametrize(
    "text, kind",
    [
        (f"样本 {identity()}", "身份证号"),
        ("样本 138-0000-0000", "手机号"),
        ("样本13800000000样本", "手机号"),
        ("样本 021-00000000", "固定电话"),
        ("样本 a@b.example", "电子邮箱"),
        (f"样本 {card()}", "银行卡号"),
        ("ZL202000000000.0", ""),
        ("年产量13800000000.5吨", ""),
        ("累计 12345678 件", ""),
        ("2023-05-01至2024-03-31", ""),
    ],
)
def test_private_numbers(text: str, kind: str) -> None:
    """Found by pattern and check digit, and hidden wherever they would be printed."""
    assert personal_in(text) == kind
    assert not kind or personal_in(masked(text)) == ""


def test_columns_and_values_as_text() -> None:
    """Addresses as sheets have them; whole numbers without a fraction."""
    assert [column_letters(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
    assert [text_of(value) for value in (12.0, 1.5, True, None, "样\r\n本 ")] == ["12", "1.5", "是", "", "样\n本"]
