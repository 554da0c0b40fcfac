"""Programmes: awards with their grades and sessions, editions with their halls, and events."""

from dataclasses import field
from typing import Annotated

from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_BODY, WEIGHT_LINE, WEIGHT_NAME, WEIGHT_TITLE, Declared, Refers
from site_builder.model.demands import Demand
from site_builder.model.exhibit import Exhibit
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.values import AgendaItem, Count, Figure, Flag, Period, Strict, Text, Wan, When, Words, Year

Condition = Annotated[tuple[Text, ...], Before(habits.listed)]
Where = dict[str, Condition]
"""Facet name → accepted values: OR inside a facet, AND across facets."""
HOSTS = ("union", "organisation")
"""Who holds an event; a name that is neither stays plain words, for ministries and media hold events, too."""


@frozen(kw_only=True)
class Grade(Strict):
    """A grade of an award, with its quota (per session) and prize (万元)."""

    name: Annotated[Text, Declared("等级")]
    rank: Annotated[Count | None, Declared("级次", note="特等 0、一等 1、二等 2、三等 3、优秀 4")] = None
    quota: Annotated[Count | None, Declared("名额")] = None
    prize: Annotated[Wan | None, Declared("奖金")] = None
    aliases: Annotated[Words, Declared("别称", translated=False)] = ()


@frozen(kw_only=True)
class Session(Strict):
    """One session (届、批、年度) of an award: its year, what was entered, who won how many."""

    name: Annotated[Text, Declared("届次")]
    year: Annotated[Year | None, Declared("年份")] = None
    date: Annotated[When | None, Declared("公布日期")] = None
    entries: Annotated[Count | None, Declared("申报数")] = None
    winners: Annotated[Count | None, Declared("获奖数")] = None
    nonpublic_entries: Annotated[Count | None, Declared("非公企业申报数")] = None
    nonpublic_winners: Annotated[Count | None, Declared("非公企业获奖数")] = None
    quotas: Annotated[dict[str, Count], Declared("各等级名额")] = field(default_factory=dict)
    prizes: Annotated[dict[str, Wan], Declared("各等级奖金")] = field(default_factory=dict)
    note: Annotated[Text | None, Declared("说明")] = None


@frozen(kw_only=True)
class Award(Exhibit):
    """An award or naming programme (奖项、命名活动)."""

    name: Annotated[Text, Declared("奖项名称", ("名称",), weight=WEIGHT_TITLE, schema="name", fact=False)]
    short_name: Annotated[Text | None, Declared("简称", weight=WEIGHT_NAME, schema="alternateName")] = None
    former_names: Annotated[Words, Declared("别名", ("曾用名",), weight=WEIGHT_NAME, schema="alternateName")] = ()
    organisers: Annotated[Words, Declared("主办单位", ("组织单位",), weight=WEIGHT_NAME, schema="organizer")] = ()
    level: Annotated[Text | None, Declared("级别", vocabulary="levels", facet=True)] = None
    region: Annotated[Text | None, Declared("地区", vocabulary="regions", facet=True, schema="location")] = None
    subject: Annotated[Text | None, Declared("命名对象", vocabulary="award-subjects", facet=True)] = None
    since: Annotated[Year | None, Declared("创设年份", schema="startDate")] = None
    cadence: Annotated[Count | None, Declared("周期（年）", ("周期",))] = None
    rank: Annotated[Count | None, Declared("级次", fact=False, note="没有等级的命名活动，在名单里按哪一级显示")] = None
    grades: Annotated[tuple[Grade, ...], Declared("等级", fact=False)] = ()
    sessions: Annotated[tuple[Session, ...], Declared("历届", fact=False)] = ()
    rules: Annotated[Words, Declared("评选规则", weight=WEIGHT_LINE, fact=False)] = ()
    basis: Annotated[
        Words, Declared("规则依据", fact=False, note="周期和各等级名额出自哪个文件第几条", translated=False)
    ] = ()
    studio_types: Annotated[
        Words,
        Declared(
            "管理的工作室类型", vocabulary="studio-types", fact=False, note="同地区、同级别的这类工作室按本项要求检查"
        ),
    ] = ()
    demands: Annotated[tuple[Demand, ...], Before(habits.several), Declared("要求", fact=False, translated=False)] = ()


@frozen(kw_only=True)
class Hall(Strict):
    """A hall of an edition: which entries hang there (conditions, and picks in order)."""

    id: Annotated[Text, Declared("编号")]
    title: Annotated[Text, Declared("展厅名称")]
    intro: Annotated[Text | None, Declared("展厅前言")] = None
    picture: Annotated[Text | None, Declared("图片", translated=False)] = None
    motif: Annotated[Text | None, Declared("纹样", translated=False)] = None
    where: Annotated[Where, Declared("条件")] = field(default_factory=dict)
    picks: Annotated[
        Words, Declared("选展", note="展品编号，按参观顺序"), Refers(("project", "method", "craftsman", "studio"))
    ] = ()


@frozen(kw_only=True)
class Edition(Exhibit):
    """An edition of the exhibition (届), with its halls."""

    title: Annotated[Text, Declared("标题", ("名称",), weight=WEIGHT_TITLE, schema="name", fact=False)]
    ordinal: Annotated[Text | None, Declared("届次")] = None
    years: Annotated[Text | None, Declared("收录年份", fact=False)] = None
    theme: Annotated[Text | None, Declared("主题", weight=WEIGHT_NAME)] = None
    opening: Annotated[When | None, Declared("开展日期", schema="startDate")] = None
    closing: Annotated[When | None, Declared("闭展日期", schema="endDate")] = None
    organisers: Annotated[Words, Declared("主办单位", weight=WEIGHT_NAME, schema="organizer")] = ()
    order: Annotated[Count | None, Declared("排序", fact=False, note="大的在前；不写则用编号里的年份")] = None
    permanent: Annotated[Flag, Declared("常设", fact=False, note="常设展收录所有展期")] = False
    archived: Annotated[Flag, Declared("已归档", fact=False)] = False
    halls: Annotated[tuple[Hall, ...], Declared("展厅", fact=False)] = ()
    featured: Annotated[
        Words,
        Declared("重点展品", schema="workFeatured", fact=False, note="展品编号，按顺序"),
        Refers(("project", "method", "craftsman", "studio")),
    ] = ()
    numbers: Annotated[tuple[Figure, ...], Declared("展示数字", fact=False)] = ()


@frozen(kw_only=True)
class Event(Exhibit):
    """An event (科技节、推进会、论坛、大赛、展览)."""

    title: Annotated[
        Text, Declared("活动名称", ("活动项目名称", "名称", "项目名称"), weight=WEIGHT_TITLE, schema="name", fact=False)
    ]
    kind: Annotated[Text | None, Declared("活动类别", ("类别",), vocabulary="event-kinds", facet=True)] = None
    series: Annotated[Text | None, Declared("系列活动", facet=True, schema="superEvent")] = None
    session: Annotated[Text | None, Declared("届次")] = None
    theme: Annotated[Text | None, Declared("主题", weight=WEIGHT_NAME)] = None
    period: Annotated[Period | None, Declared("时间", ("举办时间", "活动时间"), schema="startDate")] = None
    place: Annotated[Text | None, Declared("地点", ("举办地点", "活动地点"), weight=WEIGHT_LINE, schema="location")] = (
        None
    )
    region: Annotated[Text | None, Declared("地区", vocabulary="regions", facet=True)] = None
    organisers: Annotated[Words, Declared("主办单位", weight=WEIGHT_NAME, schema="organizer"), Refers(HOSTS)] = ()
    undertakers: Annotated[Words, Declared("承办单位", weight=WEIGHT_NAME, schema="contributor"), Refers(HOSTS)] = ()
    co_organisers: Annotated[Words, Declared("协办单位", weight=WEIGHT_NAME, schema="contributor"), Refers(HOSTS)] = ()
    audience: Annotated[Text | None, Declared("参加对象")] = None
    participants: Annotated[Text | None, Declared("参加人数", ("参加规模", "参与人数"))] = None
    level: Annotated[Text | None, Declared("层级", vocabulary="event-levels", facet=True)] = None
    agenda: Annotated[
        tuple[AgendaItem, ...], Before(habits.several), Declared("活动安排", weight=WEIGHT_BODY, fact=False)
    ] = ()
    results: Annotated[
        Words, Declared("相关成果", fact=False), Refers(("project", "method", "award", "studio", "craftsman"))
    ] = ()
