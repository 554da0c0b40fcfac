"""People and groups: craftsmen, teams, studios and demonstration bases."""

from typing import Annotated

from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_BODY, WEIGHT_LINE, WEIGHT_NAME, WEIGHT_TITLE, Declared, Refers
from site_builder.model.exhibit import Exhibit
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.values import (
    Count,
    Honours,
    LedgerLine,
    Levels,
    OnePicture,
    Organisations,
    People,
    Review,
    Text,
    Wan,
    When,
    Words,
)

ManyPeople = Annotated[tuple[Annotated[Text, Refers(("craftsman",))], ...], Before(habits.listed)]
ManyResults = Annotated[tuple[Annotated[Text, Refers(("project", "method"))], ...], Before(habits.listed)]
Ledger = Annotated[tuple[LedgerLine, ...], Before(habits.several)]


@frozen(kw_only=True)
class Craftsman(Exhibit):
    """A craftsman, model worker or innovator (工匠、劳模、创新能手)."""

    name: Annotated[
        Text,
        Declared(
            "姓名",
            ("职工姓名", "人选姓名", "被推荐人", "被推荐人姓名", "推荐人选", "申报人"),
            weight=WEIGHT_TITLE,
            schema="name",
            fact=False,
        ),
    ]
    pinyin: Annotated[
        Text | None,
        Declared(
            "拼音",
            weight=WEIGHT_NAME,
            fact=False,
            note="不写则自动注音；多音字姓氏请写明，如 单 Shan",
            translated=False,
        ),
    ] = None
    organisation: Annotated[
        Text | None,
        Declared("工作单位", ("单位", "所在单位"), facet=True, weight=WEIGHT_NAME, schema="worksFor"),
        Refers(("organisation",)),
    ] = None
    trade: Annotated[
        Text | None,
        Declared(
            "工种",
            ("岗位", "岗位/工种", "职业", "从事工种", "岗位名称", "从事岗位", "现岗位"),
            facet=True,
            weight=WEIGHT_NAME,
            schema="jobTitle",
        ),
    ] = None
    industry: Annotated[Text | None, Declared("行业", vocabulary="industries", facet=True)] = None
    skill_levels: Annotated[
        Words,
        Declared(
            "技能等级",
            ("技能等级或职称", "职称", "技术等级", "职业资格", "职业技能等级", "职务或职称"),
            vocabulary="skill-levels",
            facet=True,
            schema="hasCredential",
        ),
    ] = ()
    years_in_trade: Annotated[Count | None, Declared("从业年限", ("工龄", "从事本工种年限"))] = None
    honours: Annotated[
        Honours,
        Declared(
            "荣誉",
            (
                *("所获荣誉", "荣誉称号", "获得荣誉", "主要荣誉", "曾获荣誉", "获奖情况", "曾获奖励"),
                *(f"{when}受过何种{what}" for when in ("何时何地", "何时") for what in ("奖励", "表彰", "表彰奖励")),
            ),
            facet=True,
            weight=WEIGHT_NAME,
            schema="award",
        ),
    ] = ()
    union: Annotated[
        Text | None,
        Declared("推荐工会", ("工会", "所属工会", "推荐单位", "上级工会"), facet=True, schema="memberOf"),
        Refers(("union",)),
    ] = None
    region: Annotated[Text | None, Declared("地区", ("区",), vocabulary="regions", facet=True)] = None
    feat: Annotated[
        Text | None,
        Declared(
            "绝技绝活",
            ("绝招绝技", "绝招绝活", "技能特长", "技术特长"),
            weight=WEIGHT_BODY,
            schema="knowsAbout",
            fact=False,
        ),
    ] = None
    achievements: Annotated[
        Words,
        Declared(
            "主要业绩",
            ("业绩", "主要事迹", "专利/成果", "先进事迹", "事迹简介", "事迹材料", "简要事迹", "主要贡献", "主要成果"),
            weight=WEIGHT_BODY,
            fact=False,
        ),
    ] = ()
    quotation: Annotated[Text | None, Declared("格言", weight=WEIGHT_LINE, fact=False)] = None
    patents_count: Annotated[Count | None, Declared("专利数", ("专利", "授权专利"))] = None
    mentor: Annotated[Text | None, Declared("师傅", weight=WEIGHT_NAME), Refers(("craftsman",))] = None
    apprentices: Annotated[ManyPeople, Declared("徒弟", ("带徒", "带徒情况"), weight=WEIGHT_NAME)] = ()
    portrait: Annotated[OnePicture, Declared("肖像", schema="image", fact=False)] = None


@frozen(kw_only=True)
class Group(Exhibit):
    """What teams, studios and bases have in common."""

    name: Annotated[
        Text,
        Declared(
            "名称",
            ("基地名称", "示范基地名称", "班组名称", "团队名称"),
            weight=WEIGHT_TITLE,
            schema="name",
            fact=False,
        ),
    ]
    organisations: Annotated[
        Organisations,
        Declared(
            "所在单位",
            ("单位", "申报单位", "所属单位", "依托单位", "工作单位", "单位名称"),
            facet=True,
            weight=WEIGHT_NAME,
            schema="parentOrganization",
        ),
    ] = ()
    industry: Annotated[Text | None, Declared("行业", vocabulary="industries", facet=True)] = None
    levels: Annotated[Levels, Declared("级别", facet=True)] = ()
    honours: Annotated[
        Honours, Declared("荣誉", ("所获荣誉", "曾获荣誉", "获奖情况"), weight=WEIGHT_NAME, schema="award")
    ] = ()
    union: Annotated[
        Text | None,
        Declared("所属工会", ("工会", "推荐工会", "推荐单位", "上级工会"), facet=True, schema="memberOf"),
        Refers(("union",)),
    ] = None
    region: Annotated[Text | None, Declared("地区", ("区",), vocabulary="regions", facet=True, schema="location")] = (
        None
    )
    field: Annotated[
        Text | None,
        Declared("专业领域", ("领域", "技术领域", "研究方向", "主攻方向"), weight=WEIGHT_NAME, schema="knowsAbout"),
    ] = None
    founded: Annotated[When | None, Declared("成立时间", ("创建时间", "建立时间"), schema="foundingDate")] = None
    members_count: Annotated[
        Count | None, Declared("成员数", ("人数", "团队人数", "成员人数", "团队成员人数", "班组人数"))
    ] = None
    members: Annotated[People, Declared("成员", ("团队成员",), weight=WEIGHT_NAME, schema="member", fact=False)] = ()
    projects: Annotated[ManyResults, Declared("成果", fact=False)] = ()
    topics: Annotated[
        Words, Declared("攻关课题", ("课题", "攻关项目", "创新课题"), weight=WEIGHT_BODY, schema="knowsAbout")
    ] = ()
    results_count: Annotated[Count | None, Declared("成果数", ("成果数量", "创新成果数"))] = None
    patents_count: Annotated[
        Count | None, Declared("专利数", ("专利授权数", "授权专利数", "授权专利", "获得专利数"))
    ] = None
    trained_count: Annotated[
        Count | None, Declared("培养人数", ("带徒人数", "带徒/培养人数", "培养人才数", "培养技能人才", "培养人才"))
    ] = None
    benefit: Annotated[
        Wan | None, Declared("经济效益（万元）", ("经济效益", "创造效益", "创造经济效益", "产生经济效益"))
    ] = None


@frozen(kw_only=True)
class Team(Group):
    """An innovative crew or team (创新型班组、优秀团队)."""

    leader: Annotated[
        Text | None,
        Declared("负责人", ("班组长", "带头人"), weight=WEIGHT_NAME, schema="member"),
        Refers(("craftsman",)),
    ] = None


@frozen(kw_only=True)
class Studio(Group):
    """An innovation studio (劳模、工匠、技师、职工创新工作室); it may have two leads or none."""

    name: Annotated[
        Text, Declared("工作室名称", ("名称", "创新工作室名称"), weight=WEIGHT_TITLE, schema="name", fact=False)
    ]
    leads: Annotated[
        ManyPeople,
        Declared(
            "领衔人", ("带头人", "负责人", "领军人", "领办人", "领衔人姓名"), weight=WEIGHT_NAME, schema="founder"
        ),
    ] = ()
    type: Annotated[
        Text | None, Declared("工作室类型", ("类型", "工作室类别"), vocabulary="studio-types", facet=True)
    ] = None
    alliance: Annotated[Text | None, Declared("所属联盟", ("联盟",))] = None
    reviews: Annotated[tuple[Review, ...], Declared("周期考核", fact=False)] = ()
    activities: Annotated[Ledger, Declared("日常活动台账", fact=False)] = ()
    results_ledger: Annotated[Ledger, Declared("创新成果台账", fact=False)] = ()
    subsidies: Annotated[ManyResults, Declared("资助项目")] = ()


@frozen(kw_only=True)
class Base(Group):
    """A demonstration base of workers' innovation (职工创新示范基地)."""

    enterprise_type: Annotated[Text | None, Declared("单位性质", vocabulary="enterprise-types", facet=True)] = None
