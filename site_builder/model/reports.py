"""What a union reports of a festival of science and technology: the 18 lines of the 活动情况统计表, declared once."""

from collections.abc import Iterator
from typing import Annotated

from site_builder.model import habits
from site_builder.model.declaration import Declared, DeclaredField, Refers, fields_of
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.values import Count, Strict, Text

Answer = Annotated[str, Before(habits.answer)]
"""The answer to one line of the form: ``是``, ``否``, or how many (which is a yes)."""


@frozen(kw_only=True)
class ActivityReport(Strict):
    """One union's 活动情况统计表 (沪工总基〔2017〕153号, annex 2); headings are the lines as the form prints them."""

    event: Annotated[Text, Declared("活动", ("科技节",), note="哪一届科技节：编号或名称"), Refers(("event",))]
    edition: Annotated[Text | None, Declared("展期"), Refers(("edition",))] = None
    plan: Annotated[Answer | None, Declared("活动计划", ("是否制定开展职工科技节活动的计划",))] = None
    own_festival: Annotated[
        Answer | None, Declared("本单位科技节", ("是否举办本单位的职工科技节或职工科技创新活动周",))
    ] = None
    meetings: Annotated[Answer | None, Declared("推进会议", ("是否召开有关科技创新工作推进会议",))] = None
    commendations: Annotated[
        Answer | None, Declared("评选表彰", ("是否在科技周中评选和表彰创新先进人物、创新成果",))
    ] = None
    lecturers: Annotated[Answer | None, Declared("讲师团报告", ("是否邀请市职工科普讲师团进作报告",))] = None
    forums: Annotated[Answer | None, Declared("座谈和论坛", ("是否举行职工创新座谈会、创新论坛、研讨会",))] = None
    exhibitions: Annotated[Answer | None, Declared("成果展览", ("是否举行职工创新成果展示、展览活动",))] = None
    lectures: Annotated[Answer | None, Declared("专题讲座", ("是否举办有关科技创新专题讲座、报告会",))] = None
    essays: Annotated[Answer | None, Declared("征文演讲", ("是否组织有关职工技术创新主题征文、演讲活动",))] = None
    suggestions: Annotated[
        Answer | None, Declared("合理化建议数", ("是否开展合理化建议、金点子征集活动（合理化建议数）",))
    ] = None
    challenges: Annotated[Answer | None, Declared("揭榜攻关", ("是否组织开展企业生产难题招标揭榜和技术攻关活动",))] = (
        None
    )
    methods: Annotated[Answer | None, Declared("操作法推广", ("是否开展总结、推广职工先进操作法或技术交流活动",))] = (
        None
    )
    contests: Annotated[
        Answer | None, Declared("技能比赛工种数", ("是否举行职工技能比赛（工种数）、（参加的职工数）",))
    ] = None
    contestants: Annotated[Count | None, Declared("技能比赛职工数")] = None
    pairs: Annotated[Answer | None, Declared("结对数", ("是否开展创新技能人才“结对”活动（“结对”数）",))] = None
    others: Annotated[Answer | None, Declared("其他活动", ("其它形式的职工科技创新活动",))] = None
    mechanisms: Annotated[Answer | None, Declared("工作机制", ("是否建立和完善鼓励职工科技创新的工作机制",))] = None
    units: Annotated[
        Count | None, Declared("基层单位数", ("科技周期间，本单位开展群众性科技创新活动的基层单位数",))
    ] = None
    workers: Annotated[Count | None, Declared("参加职工数", ("科技周期间，本单位参加群众性科技创新活动的职工数",))] = (
        None
    )
    special: Annotated[
        Text | None, Declared("特色活动", ("本单位在职工科技节期间，组织开展了哪些特色活动（可附页）",))
    ] = None


COUNTED = tuple(field for field in fields_of(ActivityReport) if field.name not in {"event", "edition", "special"})
"""The fields that are summed over all unions, in the order of the form."""


def number_in(field: DeclaredField, report: ActivityReport) -> int | None:
    """How many a line says; None where it is empty or says only yes or no."""
    value = getattr(report, field.name)
    return int(value) if isinstance(value, int) or (value or "").isdigit() else None


def disagreements(report: ActivityReport) -> Iterator[tuple[str, str]]:
    """Field and sentence for every pair of numbers that cannot both be right: a part larger than its whole."""
    if report.contestants and report.workers is not None and report.contestants > report.workers:
        share = round(100 * report.contestants / report.workers) if report.workers else None
        said = f"，占 {share}%，超过了 100%" if share else ""
        yield "contestants", f"技能比赛有 {report.contestants} 人参加，全部活动却只有 {report.workers} 人参加{said}"
    if report.contestants and report.contests in {"否", "0"}:
        yield "contests", f"没有技能比赛，却有 {report.contestants} 人参加技能比赛"
    if report.workers is not None and report.units is not None and report.workers < report.units:
        yield "units", f"有 {report.units} 个基层单位开展活动，却只有 {report.workers} 名职工参加"
