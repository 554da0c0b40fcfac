"""Awards over their sessions: what was published, what quota is used, prize sums, shares of non-public enterprises, the trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressed import empty_parts, page_at
from programmes import AWARD, EXHIBITION
from small import write

if TYPE_CHECKING:
    from pathlib import Path

    from markup import Node


def sessions(view: Node) -> dict[str, str]:
    """Heading of each session → the words of its facts."""
    return {
        part.first("h2").text: part.first("ul", css="sess__f").text for part in view.every("section", css="sess__s")
    }


def test_a_session_says_what_was_published_of_it(tmp_path: Path) -> None:
    """Applications and winners with the share of non-public enterprises, quota in all, prizes by quota."""
    view = page_at(write(tmp_path, EXHIBITION), "awards/yang-ben-jiang/")
    found = sessions(view)
    assert list(found) == ["第三届（2025年）", "第二届（2023年）"]
    assert "申报 200 项，其中非公企业 150，占 75%" in found["第三届（2025年）"]
    assert "获奖 6 项，其中非公企业 2，占 33.3%" in found["第三届（2025年）"]
    assert "名额 共 6 项" in found["第三届（2025年）"]
    assert "奖金 按名额计 40 万元" in found["第三届（2025年）"]
    assert "非公企业" not in found["第二届（2023年）"]
    assert empty_parts(view) == []


def test_a_grade_says_how_much_of_its_quota_is_on_show(tmp_path: Path) -> None:
    """Where the quota is full, only the quota is said."""
    view = page_at(write(tmp_path, EXHIBITION), "awards/yang-ben-jiang/")
    heads = [head.text for head in view.every("header", css="tier__h")]
    assert any("名额 4 项，收录 1 项，奖金 5 万元" in head for head in heads)
    full = AWARD.replace("quota: 4", "quota: 1")
    again = page_at(write(tmp_path, {"awards/yang-ben-jiang.yml": full}), "awards/yang-ben-jiang/")
    assert any("名额 1 项，奖金 5 万元" in head.text for head in again.every("header", css="tier__h"))


def test_quotas_of_a_session_outrank_those_of_the_award(tmp_path: Path) -> None:
    """A session's own quota counts, in whichever spelling; a demanded sum is said where none can be computed."""
    own = AWARD.replace("winners: 6}", "winners: 6, quotas: {一等: 7}}")
    own += "demands:\n  - {measure: 每届名额, most: 46, document: 样本文件}\n"
    own += "  - {measure: 每届奖金总额, most: 210万元, sessions: [第一届], document: 样本文件}\n"
    own = own.replace("sessions:\n", "sessions:\n  - {name: 第一届, year: 2021, winners: 3}\n", 1)
    found = sessions(
        page_at(write(tmp_path, EXHIBITION | {"awards/yang-ben-jiang.yml": own}), "awards/yang-ben-jiang/")
    )
    assert "名额 共 11 项" in found["第二届（2023年）"]
    assert "210" not in found["第二届（2023年）"]
    bare = own.replace(", quota: 2, prize: 10万元", "").replace(", quota: 4, prize: 5万元", "")
    found = sessions(page_at(write(tmp_path, {"awards/yang-ben-jiang.yml": bare}), "awards/yang-ben-jiang/"))
    assert "名额 46 项" in found["第一届（2021年）"]
    assert "奖金总额 210 万元" in found["第一届（2021年）"]


def test_the_trend_has_the_columns_that_two_sessions_know(tmp_path: Path) -> None:
    """From the oldest on, each row leads to its session; winners are drawn inside applications; one share is no trend."""
    view = page_at(write(tmp_path, EXHIBITION), "awards/yang-ben-jiang/")
    (chart,) = view.every("figure", css="chart")
    assert chart.first(css="chart__t").text == "申报由第二届的 100 项增到第三届的 200 项"
    assert [part.text for part in chart.first(css="chart__key").every("li")] == ["获奖", "申报而未获奖"]
    assert [head.text for head in chart.first("thead").every("th")] == ["届次", "申报", "获奖", "名额", "收录"]
    rows = [[cell.text for cell in row.every("th", "td")] for row in chart.first("tbody").every("tr")]
    assert rows == [["第二届（2023年）", "100", "6", "6", "1"], ["第三届（2025年）", "200", "6", "6", "1"]]
    bars = [[rect.attributes["width"] for rect in bar.every("rect")] for bar in chart.first("tbody").every("svg")]
    assert bars == [["3.0%", "47.0%"], ["3.0%", "97.0%"]]
    anchors = {heading.attributes.get("id") for heading in view.every("h2")}
    assert {link.href.partition("#")[2] for link in chart.every("a")} <= anchors


def test_shares_of_non_public_enterprises_have_a_chart_of_their_own(tmp_path: Path) -> None:
    """Once two sessions told them: per cent of all applications, per cent of all winners."""
    both = AWARD.replace(
        "entries: 100, winners: 6}", "entries: 100, winners: 6, nonpublic_entries: 60, nonpublic_winners: 3}"
    )
    view = page_at(write(tmp_path, EXHIBITION | {"awards/yang-ben-jiang.yml": both}), "awards/yang-ben-jiang/")
    charts = {chart.attributes["id"]: chart for chart in view.every("figure", css="chart")}
    assert list(charts) == ["chart-sessions", "chart-nonpublic-entries", "chart-nonpublic-winners"]
    entered, won = charts["chart-nonpublic-entries"], charts["chart-nonpublic-winners"]
    assert entered.first(css="chart__t").text == "非公企业在申报中的占比由第二届的 60%增到第三届的 75%"
    assert [cell.text for cell in won.every("td")] == ["50%", "33.3%"]


def test_quotas_that_never_changed_are_no_trend(tmp_path: Path) -> None:
    """What stays the same is said once, in the rules."""
    same = AWARD.replace(", entries: 200, winners: 6, nonpublic_entries: 150, nonpublic_winners: 2", "").replace(
        ", entries: 100, winners: 6", ""
    )
    view = page_at(write(tmp_path, EXHIBITION | {"awards/yang-ben-jiang.yml": same}), "awards/yang-ben-jiang/")
    assert list(view.every("figure", css="chart")) == []


def test_one_session_makes_no_trend(tmp_path: Path) -> None:
    """Nor do sessions of which nothing was published."""
    one = AWARD.replace("  - {name: 第二届, year: 2023, entries: 100, winners: 6}\n", "")
    view = page_at(write(tmp_path, EXHIBITION | {"awards/yang-ben-jiang.yml": one}), "awards/yang-ben-jiang/")
    assert list(view.every("figure", css="chart")) == []
