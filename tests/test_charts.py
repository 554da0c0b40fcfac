"""Charts: data beside the stories, faults said in words, bars as long as their numbers, nothing that needs colour or a script."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small import PLAIN, deck_at, write

from site_builder.intake.charts import read_charts
from site_builder.model.charts import Bar, Chart
from site_builder.model.pages import Link
from site_builder.press.templates import Kept, environment
from site_builder.publish.embeds import Embed, embed
from site_builder.surveying import survey

PROJECT = Path(__file__).resolve().parent.parent
GOOD = """
    title: 样本甲占多数
    description: 样本问卷，10份。
    unit: "%"
    sources: 样本来源
    rows:
      - label: 样本甲
        value: 62.5%
      - label: 样本乙
        value: 25
        text: 约四分之一
"""
CHART = Chart(
    "yang-ben",
    "样本甲最多",
    "样本数据",
    ("项目", "数目"),
    (Bar(Link("样本甲", "a/"), ("8 项",), 6, 2), Bar(Link("样本乙"), ("0 项",), 0)),
    "样本来源",
    ("头一部分", "其余"),
)


def chart_file(text: str, directory: Path, name: str = "yang-ben.yml") -> Path:
    """An exhibition with one chart."""
    return write(directory, PLAIN | {f"charts/{name}": text})


def test_a_chart_is_read_as_written(tmp_path: Path) -> None:
    """Numbers with or without their sign; where the source is less exact, its words are shown."""
    charts, problems = read_charts(chart_file(GOOD, tmp_path))
    assert problems == ()
    chart = charts["yang-ben"]
    assert [(bar.link.label, bar.cells, bar.value) for bar in chart.bars] == [
        ("样本甲", ("62.5%",), 62.5),
        ("样本乙", ("约四分之一",), 25.0),
    ]
    assert (chart.title, chart.columns, chart.source) == ("样本甲占多数", ("项目", "数目"), "样本来源")


@pytest.mark.parametrize("unit, words, value", [("人", "不足 5 人", 0), ("名", "不足 5 名", 0), ("项", "3 项", 3)])
def test_few_persons_are_not_counted_out(unit: str, words: str, value: int, tmp_path: Path) -> None:
    """Who is one of three can be found out; neither words nor the bar tell."""
    charts, _ = read_charts(chart_file(GOOD.replace('"%"', unit).replace("62.5%", "3"), tmp_path))
    assert charts["yang-ben"].bars[0].cells == (words,)
    assert charts["yang-ben"].bars[0].value == value


@pytest.mark.parametrize(
    "change, code, line, message",
    [
        (("value: 62.5%", "value: 六成"), "bad-number", 7, "“六成”不是数"),
        (("value: 62.5%", "value: 162.5"), "bad-chart", 7, "162.5 超过 100"),
        (("label: 样本乙", "label: 样本甲"), "bad-chart", 8, "“样本甲”写了两次"),
        (("title: 样本甲占多数\n", ""), "missing-field", 1, "标题"),
        (("description", "descripton"), "unknown-field", 2, "descripton"),
        (("sources: 样本来源\n", ""), "missing-field", 1, "资料来源"),
        (('unit: "%"', "unit: ["), "yaml", 3, ""),
    ],
)
def test_a_fault_is_said_with_its_place(
    change: tuple[str, str], code: str, line: int, message: str, tmp_path: Path
) -> None:
    """Each in Chinese, at its line; the chart is left out, nothing else is."""
    assert change[0] in GOOD
    charts, problems = read_charts(chart_file(GOOD.replace(*change), tmp_path))
    assert charts == {}
    found = [problem for problem in problems if problem.code == code]
    assert found, problems
    assert message in found[0].message
    assert (found[0].place.path, found[0].place.line) == ("content/charts/yang-ben.yml", line)


def test_a_chart_without_rows_and_a_file_that_is_none(tmp_path: Path) -> None:
    """Both are faults, said in one run."""
    root = chart_file(GOOD.partition("    rows:")[0] + "    rows: []\n", tmp_path)
    write(root, {"charts/Ab.yml": "title: 样本\n", "charts/yang-ben.csv": "甲,1\n"})
    _, problems = read_charts(root)
    assert sorted(problem.code for problem in problems) == ["bad-chart", "bad-id", "unknown-file"]


def test_all_faults_of_charts_reach_the_survey(tmp_path: Path) -> None:
    """The folder is no kind's, and what is wrong in it stops a build like anything else."""
    root = chart_file(GOOD.replace("62.5%", "六成"), tmp_path)
    found = survey(root, deck_at(root).catalogue.exhibition, workers=1)
    assert [problem.code for problem in found.problems] == ["bad-number"]


def test_a_story_embeds_a_chart_by_its_file_name(tmp_path: Path) -> None:
    """A name that is wrong gets a guess, and the file that is missing or what a name is."""
    deck = deck_at(write(tmp_path, PLAIN))
    found = embed(deck, "甲\n\n[[图表: yang-ben]]\n", source="a.md", charts={"yang-ben": CHART})
    assert found.embeds == (Embed(False, (), CHART),)
    wrong = embed(deck, "\n[[图表: yang-bem]]\n", source="a.md", first_line=4, charts={"yang-ben": CHART})
    assert [(one.code, one.place.line) for one in wrong.problems] == [("bad-embed", 5)]
    assert "是不是“yang-ben”？" in wrong.problems[0].message
    assert wrong.problems[0].hint == "图表的数据放在 content/charts/yang-bem.yml"
    titled = embed(deck, "[[图表: 样本]]\n", source="a.md", charts={"yang-ben": CHART})
    assert [one.hint for one in titled.problems] == ["编号就是 content/charts/ 里的文件名"]


def html_of(chart: Chart) -> str:
    """The chart as a story shows it."""
    kept = Kept(environment((str(PROJECT / "theme"),)), base="../../")
    return kept.rendered("embedded.html", embed=Embed(False, (), chart))


def test_bars_are_as_long_as_their_numbers_and_told_apart_without_colour() -> None:
    """The longest fills the width; a second part is hollow, said in a key; an empty bar stays a bar."""
    html = html_of(CHART)
    assert re.findall(r'<rect class="chart__full" width="([\d.]+)%"', html) == ["75.0", "0.0"]
    assert re.findall(r'<rect class="chart__rest" x="([\d.]+)%" y="1" width="([\d.]+)%"', html) == [("75.0", "25.0")]
    assert "头一部分" in html
    assert html_of(replace(CHART, bars=())).count("<rect") == 2


def test_a_chart_is_a_table_with_a_finding_a_description_and_a_source() -> None:
    """What is drawn is hidden from readers of the screen, who get the same as words; no style, no script, no handler."""
    html = html_of(CHART)
    assert html.count("<tr>") == 3
    assert html.count('<th scope="row">') == 2
    assert '<a href="../../a/">样本甲</a><svg' in html
    assert "<td>8 项</td>" in html
    assert "来源：样本来源" in html
    assert html.count("<svg") == html.count('aria-hidden="true"')
    assert not re.search(r"style|<script|\son\w+=", html)


def test_words_of_a_chart_are_no_markup() -> None:
    """Labels come from editors' files."""
    html = html_of(replace(CHART, bars=(Bar(Link("<b>样本"), ("1",), 1),)))
    assert "<b>样本" not in html
    assert "&lt;b&gt;样本" in html


def test_the_survey_s_charts_add_up() -> None:
    """Shares of one question that name every answer make a whole; each figure stands in the report as printed there."""
    charts, problems = read_charts(PROJECT)
    assert problems == ()
    assert len(charts) >= 7
    assert sum(bar.value for bar in charts["diao-yan-ji-li"].bars) == pytest.approx(100)
    assert sum(bar.value for bar in charts["diao-yan-gui-mo"].bars) == pytest.approx(100, abs=0.1)
    stories = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "content" / "stories").glob("*.md"))
    assert [name for name in charts if f"[[图表: {name}]]" not in stories] == []
    assert all("调研报告" in chart.source for chart in charts.values())


def test_the_sample_in_the_manual_is_right(tmp_path: Path) -> None:
    """What editors copy reads without a problem."""
    manual = (PROJECT / "docs/manual/numbers.md").read_text(encoding="utf-8")
    sample = re.search(r"```yaml\n(title: .*?)```", manual, re.DOTALL)
    assert sample
    charts, problems = read_charts(chart_file(sample[1], tmp_path))
    assert problems == ()
    assert [bar.cells[0] for bar in charts["yang-ben"].bars] == ["52.5%", "39%", "约20%"]
