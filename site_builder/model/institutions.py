"""Institutions, stories and vocabularies: organisations, unions, articles, and the lists that fields draw on."""

from typing import Annotated

from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_NAME, WEIGHT_TITLE, Declared, Refers
from site_builder.model.exhibit import Exhibit
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.reports import ActivityReport
from site_builder.model.values import Count, Flag, OnePicture, Strict, Text, Tile, When, Words, short_for


@frozen(kw_only=True)
class Organisation(Exhibit):
    """An enterprise, institute, hospital, school (单位)."""

    name: Annotated[Text, Declared("单位名称", ("名称", "全称"), weight=WEIGHT_TITLE, schema="name", fact=False)]
    short_name: Annotated[Text | None, Declared("简称", weight=WEIGHT_NAME, schema="alternateName")] = None
    names: Annotated[Words, Declared("其他名称", ("别名", "曾用名"), weight=WEIGHT_NAME, schema="alternateName")] = ()
    enterprise_type: Annotated[Text | None, Declared("单位性质", vocabulary="enterprise-types", facet=True)] = None
    industry: Annotated[Text | None, Declared("行业", vocabulary="industries", facet=True)] = None
    parent: Annotated[Text | None, Declared("上级单位", schema="parentOrganization"), Refers(("organisation",))] = None
    union: Annotated[Text | None, Declared("所属工会", schema="memberOf"), Refers(("union",))] = None
    region: Annotated[Text | None, Declared("地区", vocabulary="regions", facet=True, schema="location")] = None
    website: Annotated[Text | None, Declared("官方网站", schema="url", public=False)] = None
    logo: Annotated[OnePicture, Declared("标志", ("徽标",), schema="logo", fact=False)] = None


@frozen(kw_only=True)
class Union(Exhibit):
    """A district, bureau, industry or enterprise union (工会)."""

    name: Annotated[Text, Declared("工会名称", ("名称",), weight=WEIGHT_TITLE, schema="name", fact=False)]
    names: Annotated[Words, Declared("其他名称", ("别名",), weight=WEIGHT_NAME, schema="alternateName")] = ()
    level: Annotated[Text | None, Declared("层级", vocabulary="union-levels", facet=True)] = None
    parent: Annotated[Text | None, Declared("上级工会", schema="parentOrganization"), Refers(("union",))] = None
    region: Annotated[Text | None, Declared("地区", vocabulary="regions", facet=True, schema="areaServed")] = None
    logo: Annotated[OnePicture, Declared("标志", ("徽标",), schema="logo", fact=False)] = None
    reports: Annotated[tuple[ActivityReport, ...], Before(habits.several), Declared("活动情况统计", fact=False)] = ()


@frozen(kw_only=True)
class Story(Exhibit):
    """An article that embeds entries (专题文章); its text is rendered by MkDocs."""

    title: Annotated[Text, Declared("标题", weight=WEIGHT_TITLE, schema="headline", fact=False)]
    subtitle: Annotated[Text | None, Declared("副题", weight=WEIGHT_NAME, schema="alternativeHeadline", fact=False)] = (
        None
    )
    date: Annotated[When | None, Declared("日期", schema="datePublished")] = None
    author: Annotated[Text | None, Declared("作者", weight=WEIGHT_NAME, schema="author")] = None
    order: Annotated[Count | None, Declared("排序", fact=False)] = None


@frozen(kw_only=True)
class Term(Strict):
    """A term of a vocabulary: its label, the other spellings that mean it, and how it is sorted and drawn."""

    label: Annotated[Text, Declared("名称")]
    id: Annotated[Text | None, Declared("编号", note="地址里用的英文或拼音；不写则由名称注音")] = None
    aliases: Annotated[Words, Declared("别称")] = ()
    parent: Annotated[Text | None, Declared("上级")] = None
    rank: Annotated[Count | None, Declared("级次")] = None
    intro: Annotated[Text | None, Declared("说明")] = None
    motifs: Annotated[Words, Declared("纹样")] = ()
    tile: Annotated[
        Tile | None, Declared("方格", note="地区在方格图里的位置：[列, 行]，左上角是 [1, 1]；不写则按拼音排在图下")
    ] = None


@frozen(kw_only=True)
class Vocabulary(Exhibit):
    """A list of the values that a field may take (词表); an open one accepts others, too."""

    title: Annotated[Text, Declared("词表名称", fact=False)]
    open: Annotated[Flag, Declared("可增补", fact=False)] = False
    terms: Annotated[
        tuple[Annotated[Term, Before(short_for("label"))], ...],
        Before(habits.several),
        Declared("词条", fact=False),
    ] = ()
