"""Results on show: projects and working methods, with every field that the real forms ask and a visitor may see."""

from typing import Annotated

from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_BODY, WEIGHT_NAME, WEIGHT_TITLE, Declared, Refers
from site_builder.model.exhibit import Exhibit
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.values import (
    Awards,
    Benefit,
    Indicator,
    Organisations,
    Patents,
    People,
    Period,
    Steps,
    Text,
    Transfer,
    When,
    Words,
    Year,
)

LONGEST_TITLE = 30
"""Characters that the forms of the awards allow in the name of a result."""


@frozen(kw_only=True)
class Result(Exhibit):
    """What projects and methods have in common."""

    title: Annotated[
        Text,
        Declared(
            "成果名称",
            (
                *("项目名称", "成果（项目）名称", "建议名称", "标题", "名称", "创新成果名称", "成果题目", "作品名称"),
                *("课题名称", "操作法名称", "工作法名称", "先进操作法名称", "先进操作（工作）法名称", "五小成果名称"),
                *("合理化建议名称", "展品名称", "申报项目"),
            ),
            weight=WEIGHT_TITLE,
            schema="name",
            fact=False,
            limit=LONGEST_TITLE,
        ),
    ]
    title_lines: Annotated[
        Words, Declared("标题分行", fact=False, note="标题在页首怎样断行，每行一段", translated=False)
    ] = ()
    publish_name: Annotated[Text | None, Declared("公布名", weight=WEIGHT_NAME, schema="alternateName")] = None
    edition: Annotated[
        Text | None, Declared("展期", ("展览届次",), facet=True, schema="subjectOf"), Refers(("edition",))
    ] = None
    year: Annotated[
        Year | None,
        Declared("年份", ("年度", "申报年度", "完成年份", "提出时间"), facet=True, schema="datePublished"),
    ] = None
    awards: Annotated[
        Awards,
        Declared(
            "奖项",
            ("获奖情况", "已获奖励情况", "所获奖励", "曾获奖励", "曾获奖项"),
            facet=True,
            weight=WEIGHT_NAME,
            schema="award",
        ),
    ] = ()
    result_types: Annotated[
        Words,
        Declared(
            "成果类型",
            ("类别", "项目类别", "成果类别", "奖类", "项目类型", "申报类别", "五小类别"),
            vocabulary="result-types",
            facet=True,
            schema="genre",
        ),
    ] = ()
    industry: Annotated[
        Text | None,
        Declared(
            "行业", ("所属行业", "所属国民经济行业", "行业类别"), vocabulary="industries", facet=True, schema="about"
        ),
    ] = None
    organisations: Annotated[
        Organisations,
        Declared(
            "完成单位",
            (
                *("单位", "申报单位", "实施单位", "提出单位", "主要完成单位", "单位名称", "所在单位", "工作单位"),
                *("所在部门", "研制单位"),
            ),
            facet=True,
            weight=WEIGHT_NAME,
            schema="producer",
        ),
    ] = ()
    enterprise_type: Annotated[
        Text | None,
        Declared("单位性质", ("企业性质", "企业类型", "单位类型"), vocabulary="enterprise-types", facet=True),
    ] = None
    people: Annotated[
        People,
        Declared(
            "主要完成人",
            (
                *(
                    "完成人",
                    "主创人员",
                    "建议人",
                    "创造者",
                    "主要创新人员",
                    "创新人员",
                    "申报人",
                    "申报人姓名",
                    "主创人",
                ),
                *("项目负责人", "负责人", "主要完成人员", "完成人员", "发明人", "提出人", "创新团队成员", "主要参与人"),
                *("参与人员", "团队成员", "创造人"),
            ),
            weight=WEIGHT_NAME,
            schema="creator",
        ),
    ] = ()
    studio: Annotated[
        Text | None, Declared("创新工作室", ("工作室",), facet=True, schema="contributor"), Refers(("studio",))
    ] = None
    team: Annotated[
        Text | None, Declared("团队", ("班组",), weight=WEIGHT_NAME, schema="contributor"), Refers(("team",))
    ] = None
    union: Annotated[
        Text | None,
        Declared(
            "推荐工会",
            (
                *("工会", "所属工会", "推荐单位", "推荐部门", "推荐部门（单位）", "主管部门", "上级工会"),
                *("区局（产业）工会", "所属区局（产业）工会", "推荐单位（工会）"),
            ),
            facet=True,
            schema="contributor",
        ),
        Refers(("union",)),
    ] = None
    region: Annotated[
        Text | None,
        Declared("地区", ("区", "所在地区", "所在区"), vocabulary="regions", facet=True, schema="spatialCoverage"),
    ] = None
    patents: Annotated[
        Patents, Declared("知识产权", ("专利", "知识产权情况", "授权发明专利", "其他知识产权", "专利情况"), facet=True)
    ] = ()
    benefit: Annotated[
        Benefit | None,
        Declared(
            "效益", ("经济效益", "经济效益情况", "效益情况", "创造效益", "经济社会效益", "经济和社会效益"), fact=False
        ),
    ] = None
    applied: Annotated[
        When | None, Declared("应用于生产时间", ("投用时间", "应用时间", "首次应用时间", "投产时间"))
    ] = None
    period: Annotated[Period | None, Declared("项目起止时间", ("起止时间", "研究起止时间", "实施时间", "研发时间"))] = (
        None
    )
    task_source: Annotated[Text | None, Declared("任务来源")] = None
    disciplines: Annotated[Words, Declared("学科分类")] = ()
    innovation_level: Annotated[Text | None, Declared("技术创新程度")] = None
    problem: Annotated[
        Text | None,
        Declared(
            "解决的问题",
            ("现状分析", "要解决的问题", "解决的主要问题", "存在的问题", "技术难题"),
            weight=WEIGHT_BODY,
            fact=False,
        ),
    ] = None
    innovation_points: Annotated[
        Words,
        Declared(
            "主要创新点",
            ("创新点", "技术创新点", "创新内容"),
            weight=WEIGHT_BODY,
            fact=False,
            note="不多于 3 条，每条不多于 50 字",
        ),
    ] = ()
    measures: Annotated[Text | None, Declared("改进措施", weight=WEIGHT_BODY, fact=False)] = None
    effects: Annotated[
        Words,
        Declared(
            "实施效果",
            ("主要进展和成效", "改进效果", "应用效果", "取得的效果", "取得成效", "成效", "效果"),
            weight=WEIGHT_BODY,
            fact=False,
        ),
    ] = ()
    indicators: Annotated[
        tuple[Indicator, ...], Before(habits.several), Declared("主要技术经济指标", ("指标",), fact=False)
    ] = ()
    application: Annotated[
        Text | None,
        Declared("应用和推广情况", ("推广情况", "推广应用情况", "应用情况"), weight=WEIGHT_BODY, fact=False),
    ] = None
    implemented: Annotated[Text | None, Declared("是否实施")] = None
    transfer: Annotated[Transfer | None, Declared("成果转化", facet=True, fact=False)] = None


@frozen(kw_only=True)
class Project(Result):
    """A result of workers' innovation (成果): a project, a small invention, a suggestion carried out."""


@frozen(kw_only=True)
class Method(Result):
    """An advanced working method (先进操作法), often with the worker's name."""

    trade: Annotated[
        Text | None, Declared("岗位／工种", ("工种", "岗位", "岗位（工种）"), vocabulary="trades", facet=True)
    ] = None
    level: Annotated[Text | None, Declared("级别", facet=True)] = None
    essence: Annotated[Text | None, Declared("独创部分", ("独创内容",), weight=WEIGHT_BODY, fact=False)] = None
    key_points: Annotated[Words, Declared("操作要领", ("要领", "操作要点"), weight=WEIGHT_BODY, fact=False)] = ()
    steps: Annotated[Steps, Declared("操作步骤", ("步骤",), weight=WEIGHT_BODY, schema="step", fact=False)] = ()
    record: Annotated[Text | None, Declared("实绩指标", ("一年以上实绩指标",), weight=WEIGHT_BODY, fact=False)] = None
