"""An event comes in; what unions reported of it goes out as a chart: how many did what, and the numbers added up."""

from site_builder.catalogue.participation import Line, lines_of, reports_on
from site_builder.model.charts import Bar, Chart
from site_builder.model.entry import Entry
from site_builder.model.pages import Link
from site_builder.model.wording import thousands
from site_builder.publish.deck import Deck

PERSONS = frozenset({"contestants", "workers"})
FEW = 5
"""A number of persons below this is not told."""


def participation_of(deck: Deck, event: Entry) -> Chart | None:
    """The chart; None where no union reported."""
    reports = tuple(reports_on(deck.catalogue, event))
    if not reports:
        return None
    lines = lines_of(reports)
    workers = next((_total(line) for line in lines if line.name == "workers"), "")
    told = f"{len(reports)} 份统计表"
    return Chart(
        id="participation",
        title=f"{told}，参加职工 {workers} 人" if workers else told,
        description="条是开展了这一项的工会数；合计由各工会填报的数相加，只填“是”的不计入合计。",
        columns=("项目", "工会", "合计"),
        bars=tuple(
            Bar(Link(line.label), (f"{line.unions} 家", _total(line)), line.unions) for line in lines if line.unions
        ),
        source="各工会填报的活动情况统计表",
    )


def _total(line: Line) -> str:
    if line.total is None:
        return ""
    return f"不足 {FEW}" if line.name in PERSONS and line.total < FEW else thousands(line.total)
