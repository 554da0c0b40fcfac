"""Charts as data: what a file of content/charts says, and what a page shows as bars in a table."""

from typing import Annotated

from site_builder.model import habits
from site_builder.model.declaration import Declared
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.pages import Link
from site_builder.model.values import Sources, Strict, Text

Amount = Annotated[float, Before(habits.amount)]
"""A number as sources print it: ``52.11%``, ``1,460``; the sign of percent stands in the unit."""


@frozen(kw_only=True)
class ChartRow(Strict):
    """One bar: what is counted, how many, and the words of the source where they are less exact than a number."""

    label: Annotated[Text, Declared("项目", ("名称",))]
    value: Annotated[Amount, Declared("数值", ("占比", "数目"))]
    text: Annotated[Text | None, Declared("原文", note="来源只说“近 50%”一类的话时写在这里")] = None


@frozen(kw_only=True)
class ChartData(Strict):
    """A chart that a story embeds: its title is the finding, its description says who was asked what."""

    title: Annotated[Text, Declared("标题", ("结论",), note="写读出来的结论，不写“某某统计图”")]
    description: Annotated[Text, Declared("说明", note="问的是谁、问什么、能否多选")]
    sources: Annotated[Sources, Declared("资料来源", ("来源", "出处"))]
    rows: Annotated[tuple[ChartRow, ...], Before(habits.several), Declared("数据", ("行",))]
    measure: Annotated[Text, Declared("列名", note="数值一列的名称，如 占比")] = "数目"
    unit: Annotated[Text | None, Declared("单位")] = None


SHORT = 8
"""Characters of a label that may stand beside its bar."""


@frozen
class Bar:
    """One row of a chart: words, cells of the table, and how long its bar is."""

    link: Link
    cells: tuple[str, ...]
    value: float
    rest: float = 0.0
    """A second part of the bar, drawn hollow after the solid one."""


@frozen
class Chart:
    """Bars in a table: a finding for its title, who or what was counted, and where the numbers come from."""

    id: str
    title: str
    description: str
    columns: tuple[str, ...]
    """Heads of the columns, that of the labels first; one more than a bar has cells."""
    bars: tuple[Bar, ...]
    source: str = ""
    parts: tuple[str, ...] = ()
    """What the solid and the hollow part mean, where bars have two."""

    @property
    def short(self) -> bool:
        """Whether all labels are so short that they stand beside their bars on a phone, too."""
        return all(len(bar.link.label) <= SHORT for bar in self.bars)

    @property
    def longest(self) -> float:
        """The value that fills the width; 1 where every bar is empty."""
        return max((bar.value + bar.rest for bar in self.bars), default=0.0) or 1.0
