"""What an official document demands of a programme: one record per demand, with document and article, as content declares it."""

from types import MappingProxyType
from typing import Annotated, Literal, get_args

from site_builder.model import habits
from site_builder.model.declaration import Declared
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before, refusal
from site_builder.model.values import Strict, Text, Words

Measure = Literal[
    "每届名额",
    "每届奖金总额",
    "单项奖金",
    "申报中非公企业占比",
    "获奖中非公企业占比",
    "第一完成人不含",
    "每人任第一完成人次数",
    "单位性质",
    "有工会组织",
    "公示天数",
    "领衔人技能等级",
    "团队人数",
    "资助成果",
    "创新活动间隔",
    "日常活动台账",
    "创新成果台账",
    "管理周期",
    "不再保留的考核结果",
    "创新活动覆盖面",
    "职工参与面",
    "资助项目中非公企业占比",
    "目标数量",
    "举办间隔",
]
MEASURES: tuple[str, ...] = get_args(Measure)
UNITS = MappingProxyType(
    {
        "每届名额": "个",
        "每届奖金总额": "万元",
        "单项奖金": "万元",
        "申报中非公企业占比": "%",
        "获奖中非公企业占比": "%",
        "第一完成人不含": "",
        "每人任第一完成人次数": "次",
        "单位性质": "",
        "有工会组织": "",
        "公示天数": "天",
        "领衔人技能等级": "",
        "团队人数": "人",
        "资助成果": "项",
        "创新活动间隔": "年",
        "日常活动台账": "",
        "创新成果台账": "",
        "管理周期": "年",
        "不再保留的考核结果": "",
        "创新活动覆盖面": "%",
        "职工参与面": "%",
        "资助项目中非公企业占比": "%",
        "目标数量": "个",
        "举办间隔": "年",
    }
)
"""Measure → unit of its limit; empty where the demand names words or only that a thing exists."""


_PHRASES = MappingProxyType(
    {
        "第一完成人不含": "第一完成人不是{values}",
        "单位性质": "单位是{values}",
        "有工会组织": "有工会组织",
        "领衔人技能等级": "领衔人是{values}以上",
        "创新活动间隔": "{limit}内有创新活动",
        "日常活动台账": "建立日常活动台账",
        "创新成果台账": "建立创新成果台账",
        "管理周期": "每 {limit}考核一次",
        "不再保留的考核结果": "考核不达标的，不再保留称号",
        "举办间隔": "每 {limit}至少一次",
    }
)
"""Demands that are no plain limit, in words."""


def amount(value: object) -> float | None:
    """A limit as editors write it: ``70%`` → 0.7, ``210万元`` → 210.0, ``3人`` → 3.0; shares lie between 0 and 1."""
    if value is None:
        return None
    text = habits.folded(value).replace(",", "")
    number = text[:-1] if text.endswith("%") else text
    try:
        return float(number) / 100 if number != text else float(number)
    except ValueError:
        pass
    if "元" in text or text.endswith(("万", "亿")):
        return habits.sum_in_wan(text)
    found = habits.count(text)
    if found is None:
        raise refusal("bad-number", "“{text}”不是数字", text=str(value))
    return float(found)


Amount = Annotated[float, Before(amount)]


@frozen(kw_only=True)
class Demand(Strict):
    """One demand of a programme (条件、名额、比例、周期), with the document and article that make it."""

    measure: Annotated[Measure, Declared("要求名称", ("要求",), note="可写的要求见 docs/rules.md")]
    document: Annotated[Text, Declared("文件", note="文件名和文号")]
    article: Annotated[Text | None, Declared("条款")] = None
    least: Annotated[Amount | None, Declared("不少于", note="数字、70%、3人、210万元")] = None
    most: Annotated[Amount | None, Declared("不多于", note="数字、3年、210万元")] = None
    values: Annotated[Words, Declared("取值")] = ()
    sessions: Annotated[Words, Declared("适用届次", note="不写则各届都适用")] = ()
    quote: Annotated[Text | None, Declared("原文")] = None

    @property
    def basis(self) -> str:
        """Document and article in one line."""
        return " ".join(part for part in (self.document, self.article) if part)

    @property
    def words(self) -> str:
        """The demand in Chinese: ``申报中非公企业占比不少于 70%``."""
        limits = [
            (word, limit_words(self.measure, limit))
            for word, limit in (("不少于", self.least), ("不多于", self.most))
            if limit is not None
        ]
        phrase = _PHRASES.get(self.measure)
        if phrase is None:
            return f"{self.measure}{'，'.join(f'{word} {limit}' for word, limit in limits)}"
        words = phrase.format(values="、".join(self.values), limit="，".join(limit for _, limit in limits))
        return words.replace("每 1 年", "每年")


def limit_words(measure: str, value: float) -> str:
    """A limit or a count with the unit of its measure; shares as per cent."""
    unit = UNITS[measure]
    return f"{value * 100:.4g}%" if unit == "%" else f"{value:.10g} {unit}".rstrip()
