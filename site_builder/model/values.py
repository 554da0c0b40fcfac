"""The values that fields hold: credits, honours, patents, sums, pictures and sources, each a frozen record."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_BODY, WEIGHT_LINE, WEIGHT_NAME, Declared, Refers
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before, Characters, Settings

Text = Annotated[str, Characters(least=1)]
Wan = Annotated[float, Before(habits.sum_in_wan)]
"""A sum of money in 万元 (10,000 yuan)."""
Count = Annotated[int, Before(habits.count)]
Year = Annotated[int, Before(habits.year)]
When = Annotated[str, Before(habits.when)]
"""A day, month or year as ISO text of that precision."""
Flag = Annotated[bool, Before(habits.yes_or_no)]
Words = Annotated[tuple[Text, ...], Before(habits.listed)]
Tile = Annotated[tuple[int, int], Before(habits.tile)]
"""Column and row in the grid of regions, from 1."""
Focus = Annotated[tuple[float, float], Before(habits.focus)]
"""The point of a picture that every crop keeps: shares of width and height from the upper left, 0 to 1."""
PictureRole = Literal["before", "after", "portrait", "logo"]
ROLE_WORDS = MappingProxyType(
    {"改造前": "before", "改造后": "after", "肖像": "portrait", "标志": "logo", "标识": "logo", "徽标": "logo"}
)
"""What editors write for each role of a picture."""


def _role(value: object) -> object:
    return ROLE_WORDS.get(str(value).strip(), value)


def short_for(field: str) -> Callable[[object], object]:
    """Lets editors write one text where a record is meant: ``张三`` for ``{person: 张三}``."""

    def expand(value: object) -> object:
        return {field: value} if isinstance(value, (str, int)) else value

    return expand


@frozen(kw_only=True)
class Strict:
    """Base of every record and kind: no field beyond the declared ones."""

    __pydantic_config__: ClassVar[Settings] = Settings(extra="forbid", str_strip_whitespace=True)


@frozen(kw_only=True)
class AwardGiven(Strict):
    """One honour of a result: grades are open text, 届 and year are separate, each may be missing."""

    award: Annotated[
        Text, Declared("奖项", ("获奖名称", "所获奖项"), weight=WEIGHT_NAME, schema="award"), Refers(("award",))
    ]
    grade: Annotated[Text | None, Declared("等级", ("奖级", "获奖等级"), facet=True)] = None
    session: Annotated[Text | None, Declared("届次", ("届", "获奖届次"))] = None
    year: Annotated[Year | None, Declared("年份", ("年度", "获奖年份", "获奖年度", "获奖时间"))] = None
    group: Annotated[Text | None, Declared("组别", ("类别",))] = None
    certificate: Annotated[Text | None, Declared("证书号", ("证书编号",), translated=False)] = None


@frozen(kw_only=True)
class PersonCredit(Strict):
    """A person behind a result, in the order of the certificate; the published text is kept (张三等3人)."""

    person: Annotated[Text, Declared("姓名", ("完成人",), weight=WEIGHT_NAME), Refers(("craftsman",))]
    role: Annotated[Text | None, Declared("角色", ("创造性贡献", "分工", "主要贡献", "任务分工", "承担的主要工作"))] = (
        None
    )
    order: Annotated[Count | None, Declared("排名", ("序号",))] = None


@frozen(kw_only=True)
class OrganisationCredit(Strict):
    """An organisation behind a result and its part in it."""

    organisation: Annotated[Text, Declared("单位", ("单位名称",), weight=WEIGHT_NAME), Refers(("organisation",))]
    role: Annotated[Text | None, Declared("角色", ("单位角色",))] = None


@frozen(kw_only=True)
class Patent(Strict):
    """A patent or other right: 发明, 实用新型, 外观设计, 软件著作权, 标准…"""

    number: Annotated[
        Text | None, Declared("专利号", ("授权号", "申请号", "登记号"), weight=WEIGHT_LINE, translated=False)
    ] = None
    type: Annotated[Text | None, Declared("类型", ("专利类型",), vocabulary="patent-types")] = None
    status: Annotated[Text | None, Declared("状态", ("法律状态",))] = None
    title: Annotated[Text | None, Declared("名称", ("专利名称",), weight=WEIGHT_LINE)] = None
    count: Annotated[Count | None, Declared("件数", ("数量",))] = None


@frozen(kw_only=True)
class YearBenefit(Strict):
    """Economic benefit of one calendar year, in 万元 (申报书: 新增销售额、利润、税收、创汇、节支)."""

    year: Annotated[Year, Declared("年份")]
    sales: Annotated[Wan | None, Declared("新增销售额")] = None
    profit: Annotated[Wan | None, Declared("新增利润")] = None
    tax: Annotated[Wan | None, Declared("新增税收")] = None
    exports: Annotated[Wan | None, Declared("创收外汇")] = None
    savings: Annotated[Wan | None, Declared("节支总额")] = None


@frozen(kw_only=True)
class Benefit(Strict):
    """What a result brought: sums in 万元, or text where the source gives only text."""

    annual: Annotated[Wan | None, Declared("年经济效益", ("年效益", "年创效益", "年创经济效益", "年直接经济效益"))] = (
        None
    )
    total: Annotated[Wan | None, Declared("累计经济效益", ("总效益",))] = None
    year: Annotated[Year | None, Declared("统计年份")] = None
    note: Annotated[Text | None, Declared("经济效益说明", ("效益说明", "效益评估"), weight=WEIGHT_BODY)] = None
    social: Annotated[Text | None, Declared("社会效益", weight=WEIGHT_BODY)] = None
    investment: Annotated[Wan | None, Declared("项目总投资额", ("总投资",))] = None
    payback: Annotated[Text | None, Declared("回收期")] = None
    by_year: Annotated[tuple[YearBenefit, ...], Declared("分年效益")] = ()


@frozen(kw_only=True)
class Figure(Strict):
    """A number worth showing large: 7.5 亿元, 近三年创造经济效益."""

    value: Annotated[Text, Declared("数值")]
    unit: Annotated[Text | None, Declared("单位")] = None
    label: Annotated[Text, Declared("说明")]
    year: Annotated[Year | None, Declared("年份")] = None
    source: Annotated[Text | None, Declared("出处")] = None


@frozen(kw_only=True)
class Transfer(Strict):
    """Whether and how a result can be taken over (成果转化); the contact is the union's public office, never a person."""

    status: Annotated[Text, Declared("转化状态", vocabulary="transfer-statuses", facet=True)]
    mode: Annotated[Text | None, Declared("转化方式")] = None
    offer: Annotated[Text | None, Declared("可提供内容", weight=WEIGHT_LINE)] = None
    amount: Annotated[Wan | None, Declared("签约金额")] = None
    note: Annotated[Text | None, Declared("转化说明", weight=WEIGHT_LINE)] = None
    contact: Annotated[Text | None, Declared("联系部门")] = None


@frozen(kw_only=True)
class Step(Strict):
    """One step of a working method, with its key point."""

    title: Annotated[Text | None, Declared("步骤名称", weight=WEIGHT_LINE)] = None
    text: Annotated[Text, Declared("操作内容", weight=WEIGHT_BODY)]
    point: Annotated[Text | None, Declared("要领", weight=WEIGHT_LINE)] = None
    picture: Annotated[Text | None, Declared("图片", translated=False)] = None


@frozen(kw_only=True)
class Indicator(Strict):
    """One indicator before and after (改造前／改造后)."""

    name: Annotated[Text, Declared("指标", weight=WEIGHT_LINE)]
    before: Annotated[Text | None, Declared("之前")] = None
    after: Annotated[Text, Declared("之后")]


@frozen(kw_only=True)
class Picture(Strict):
    """A picture under content/media, with what one sees and whose it is."""

    file: Annotated[Text, Declared("文件", translated=False)]
    alt: Annotated[Text | None, Declared("替代文字")] = None
    caption: Annotated[Text | None, Declared("图片说明")] = None
    credit: Annotated[Text | None, Declared("供图")] = None
    licence: Annotated[Text | None, Declared("许可", translated=False)] = None
    focus: Annotated[Focus | None, Declared("焦点", note="裁切时保留的点，如 [50%, 30%]：自左、自上")] = None
    role: Annotated[PictureRole | None, Before(_role), Declared("用途", note="改造前、改造后、肖像、标志")] = None
    original: Annotated[Flag, Declared("提供原图", note="写“是”才公布全尺寸的图")] = False
    ai_generated: Annotated[Flag, Declared("人工智能生成")] = False


@frozen(kw_only=True)
class Attachment(Strict):
    """A film, paper or other file offered with an entry."""

    file: Annotated[Text, Declared("文件", translated=False)]
    title: Annotated[Text, Declared("名称")]
    captions: Annotated[Text | None, Declared("字幕文件", translated=False)] = None
    transcript: Annotated[Text | None, Declared("文字稿", translated=False)] = None
    poster: Annotated[
        Text | None, Declared("封面图片", note="视频开始前显示；不写则用同名的图片", translated=False)
    ] = None


@frozen(kw_only=True)
class Source(Strict):
    """Where a fact comes from; shown as outlet and title, linked only where the kind is official."""

    title: Annotated[Text, Declared("标题")]
    outlet: Annotated[Text | None, Declared("来源")] = None
    date: Annotated[When | None, Declared("日期")] = None
    url: Annotated[Text | None, Declared("网址", public=False)] = None
    kind: Annotated[Text | None, Declared("来源类型", vocabulary="source-kinds")] = None
    licence: Annotated[Text | None, Declared("许可", note="从别的展览汇集来的，对方准许怎样使用")] = None


@frozen(kw_only=True)
class HonourHeld(Strict):
    """An honour of a person, studio, base or team, with its batch and year where published."""

    honour: Annotated[Text, Declared("荣誉", ("荣誉称号",), weight=WEIGHT_NAME, schema="award"), Refers(("award",))]
    grade: Annotated[Text | None, Declared("等级")] = None
    session: Annotated[Text | None, Declared("批次", ("届次", "批次/年度"))] = None
    year: Annotated[Year | None, Declared("年份", ("获得年份", "命名年份", "授予时间", "授予年份", "获得时间"))] = None
    note: Annotated[Text | None, Declared("说明")] = None


@frozen(kw_only=True)
class Level(Strict):
    """One level at which a studio, base or team was named; it may hold several."""

    level: Annotated[Text, Declared("级别", ("命名级别",), vocabulary="levels", facet=True)]
    year: Annotated[Year | None, Declared("命名年份", ("命名时间", "命名年度", "授牌时间"))] = None
    by: Annotated[Text | None, Declared("命名机构", ("命名单位", "授牌单位")), Refers(("union",))] = None
    batch: Annotated[Text | None, Declared("批次")] = None


@frozen(kw_only=True)
class Review(Strict):
    """The outcome of a studio's review at the end of a cycle (沪工技协〔2016〕1号 第十条)."""

    year: Annotated[Year, Declared("考核年份")]
    outcome: Annotated[Text, Declared("考核结果", vocabulary="review-outcomes")]
    note: Annotated[Text | None, Declared("说明")] = None


@frozen(kw_only=True)
class LedgerLine(Strict):
    """A line of a studio's ledger of activities or of results (日常活动台账、创新成果台账)."""

    date: Annotated[When, Declared("日期")]
    title: Annotated[Text, Declared("内容", weight=WEIGHT_BODY)]
    note: Annotated[Text | None, Declared("备注", weight=WEIGHT_LINE)] = None
    project: Annotated[Text | None, Declared("成果"), Refers(("project", "method"))] = None


@frozen(kw_only=True)
class Period(Strict):
    """From a day to a day, both included."""

    start: Annotated[When, Declared("开始", ("起始", "起始时间", "开始时间"))]
    end: Annotated[When | None, Declared("结束", ("完成", "截止", "完成时间", "完成日期", "结束时间"))] = None


@frozen(kw_only=True)
class CoverChoice(Strict):
    """The editor's say in a generated cover: one to four characters (题字) and a motif."""

    mark: Annotated[Annotated[str, Characters(most=4)] | None, Declared("题字")] = None
    motif: Annotated[Text | None, Declared("纹样")] = None


@frozen(kw_only=True)
class AgendaItem(Strict):
    """One item of an event's programme."""

    time: Annotated[Text | None, Declared("时间")] = None
    title: Annotated[Text, Declared("内容", weight=WEIGHT_BODY)]
    note: Annotated[Text | None, Declared("说明", weight=WEIGHT_LINE)] = None


Awards = Annotated[tuple[Annotated[AwardGiven, Before(short_for("award"))], ...], Before(habits.several)]
People = Annotated[
    tuple[Annotated[PersonCredit, Before(short_for("person"))], ...],
    Before(habits.several),
    Before(habits.listed),
]
Organisations = Annotated[
    tuple[Annotated[OrganisationCredit, Before(short_for("organisation"))], ...],
    Before(habits.several),
]
Honours = Annotated[tuple[Annotated[HonourHeld, Before(short_for("honour"))], ...], Before(habits.several)]
Levels = Annotated[tuple[Annotated[Level, Before(short_for("level"))], ...], Before(habits.several)]
OnePicture = Annotated[Picture | None, Before(short_for("file"))]
Pictures = Annotated[tuple[Annotated[Picture, Before(short_for("file"))], ...], Before(habits.several)]
Patents = Annotated[tuple[Annotated[Patent, Before(short_for("number"))], ...], Before(habits.several)]
Steps = Annotated[tuple[Annotated[Step, Before(short_for("text"))], ...], Before(habits.several)]
Sources = Annotated[tuple[Annotated[Source, Before(short_for("title"))], ...], Before(habits.several)]
