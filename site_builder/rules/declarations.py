"""The demands of awards and plans come in; those that say too little to be checked go out."""

from collections.abc import Iterator

from site_builder.catalogue.conditions import conditions
from site_builder.model.demands import UNITS, Demand
from site_builder.model.plans import Target
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection
from site_builder.rules.table import rule_named

_BARE = frozenset({"有工会组织", "日常活动台账", "创新成果台账"})
_NEED_MOST = frozenset({"每届名额", "每届奖金总额", "单项奖金", "每人任第一完成人次数", "创新活动间隔", "举办间隔"})
_CYCLE = "管理周期"


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for all demands of all programmes."""
    found: list[Finding] = []
    total = 0
    for kind, field in (("award", "demands"), ("plan", "targets")):
        for entry in inspection.shown(kind):
            for index, demand in enumerate(getattr(entry.data, field)):
                total += 1
                wrong = _wrong(demand)
                if wrong:
                    place = Place(entry.source, (field, index))
                    found.append(
                        finding("demand-incomplete", place, says=f"“{entry.title}”的要求“{demand.measure}”{wrong}")
                    )
    source = rule_named("demand-incomplete").reference
    yield Outcome("", "每条要求都能核对", source, f"要求 {total} 条", tuple(found))


def _wrong(demand: Demand) -> str:
    faults = conditions(demand.where).faults if isinstance(demand, Target) else ()
    if faults:
        return f"的计入条件有误：{faults[0]}".rstrip("。")
    unit = UNITS[demand.measure]
    limits = [limit for limit in (demand.least, demand.most) if limit is not None]
    if unit == "%" and any(not 0 <= limit <= 1 for limit in limits):
        return "要写百分比，如 70%"
    if not unit and demand.measure not in _BARE and not demand.values:
        return "没有写取值"
    if demand.measure in _NEED_MOST and demand.most is None:
        return "没有写不多于多少"
    if demand.measure == _CYCLE and not limits:
        return "没有写几年"
    return "没有写不少于多少" if unit and demand.measure not in {*_NEED_MOST, _CYCLE} and demand.least is None else ""
