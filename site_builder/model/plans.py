"""Plans: official programmes of targets with a term, what each target counts, and what was stated to be reached."""

from dataclasses import field
from typing import Annotated

from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_LINE, WEIGHT_NAME, WEIGHT_TITLE, Declared, Refers
from site_builder.model.demands import Amount, Demand, Measure, limit_words
from site_builder.model.exhibit import Exhibit
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.programmes import Where
from site_builder.model.values import Period, Strict, Text, When, Words


@frozen(kw_only=True)
class Target(Demand):
    """A demand of a plan; ``where`` says which entries of the exhibition count towards it."""

    label: Annotated[Text, Declared("目标名称", weight=WEIGHT_LINE)]
    where: Annotated[Where, Declared("计入条件", note="与展厅的条件同一写法")] = field(default_factory=dict)


@frozen(kw_only=True)
class Reached(Strict):
    """What was stated of a target at some time, and by whom."""

    measure: Annotated[Measure, Declared("要求名称", ("要求",))]
    label: Annotated[Text | None, Declared("目标名称", note="同一种要求有几个目标时写明")] = None
    value: Annotated[Amount, Declared("数值")]
    date: Annotated[When, Declared("截止日期")]
    source: Annotated[Text, Declared("出处")]

    @property
    def words(self) -> str:
        """The value with the unit of its measure."""
        return limit_words(self.measure, self.value)


@frozen(kw_only=True)
class Plan(Exhibit):
    """A plan with targets and a term (实施计划、行动方案)."""

    title: Annotated[Text, Declared("计划名称", ("名称",), weight=WEIGHT_TITLE, schema="name", fact=False)]
    number: Annotated[Text | None, Declared("文号", weight=WEIGHT_NAME)] = None
    issuers: Annotated[Words, Declared("发文单位", ("印发单位",), weight=WEIGHT_NAME, schema="publisher")] = ()
    date: Annotated[When | None, Declared("印发日期", schema="datePublished")] = None
    period: Annotated[Period | None, Declared("计划期限")] = None
    region: Annotated[Text | None, Declared("地区", vocabulary="regions", facet=True, schema="spatialCoverage")] = None
    programmes: Annotated[Words, Declared("相关奖项与活动", fact=False), Refers(("award", "event"))] = ()
    targets: Annotated[tuple[Target, ...], Before(habits.several), Declared("目标", fact=False)] = ()
    measures: Annotated[Words, Declared("其他措施", weight=WEIGHT_LINE, fact=False)] = ()
    reached: Annotated[tuple[Reached, ...], Before(habits.several), Declared("公布的完成情况", fact=False)] = ()
