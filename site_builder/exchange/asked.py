"""Kinds of entries come in; what the real forms ask for each of them goes out, in the forms' order, with advice and a sample."""

from collections.abc import Mapping
from types import MappingProxyType

from site_builder.model.frozen import frozen


@frozen
class Asked:
    """One question of a form: which field it fills, what to write, a sample answer; wider ones take a whole line."""

    path: tuple[str, ...]
    sample: str
    """Recognisably made up."""
    advice: str = ""
    heading: str = ""
    """As the forms say it; empty: the canonical heading of the field."""
    width: int = 12
    """Width of its column in characters of Latin type; 24 and more are for long texts."""


_SEVERAL = "几个值用分号“；”隔开"
_PLACE = (
    Asked(("union",), "样本区总工会", "区局（产业）工会的全称", width=18),
    Asked(("region",), "上海", "从下拉列表里选"),
)
_TRADE = Asked(("industry",), "机械", "从下拉列表里选")
_AWARD = (
    Asked(("awards", "award"), "样本市职工创新成果奖", "已获的市级以上奖项，先选奖项，再选等级", "所获奖项", 22),
    Asked(("awards", "grade"), "一等奖", "列表随奖项而变", "获奖等级", 11),
    Asked(("awards", "session"), "第一届", "如 第四届；与年份是两回事", "获奖届次", 10),
    Asked(("awards", "year"), "2025", "四位数字", "获奖年份", 10),
)
_HONOURS = Asked(("honours",), "样本市劳动模范｜年份：2024", "每行一项，写作 荣誉｜年份：2024", width=26)
_SUMMARY = Asked(("summary",), "样本：换一次轴承由四小时缩短到四十分钟。", "先写解决了什么问题，不超过 80 字", width=36)
_BENEFIT = (
    Asked(("benefit", "annual"), "120", "只写数字，单位是万元", "年经济效益（万元）", 17),
    Asked(("benefit", "total"), "300", "只写数字，单位是万元", "累计经济效益（万元）", 17),
    Asked(("benefit", "social"), "样本：减少高处作业", "文字", "社会效益", 24),
)
_RESULT = (
    Asked(("title",), "样本皮带轮轴承在线更换工具", "不含单位名和商标，与证书一致", width=30),
    Asked(("result_types",), "小发明", f"从下拉列表里选；{_SEVERAL}", width=13),
    _TRADE,
    Asked(
        ("organisations",), "样本机械有限公司；样本研究所", f"全称，与公章一致，第一完成单位在前；{_SEVERAL}", width=26
    ),
    Asked(("enterprise_type",), "非公企业", "从下拉列表里选"),
    *_PLACE,
    Asked(
        ("people",),
        "样本甲（总体设计）、样本乙",
        "按贡献大小排列，括号里写分工；特等奖限15人、一等奖9人、二等奖7人、三等奖5人",
        width=22,
    ),
    Asked(("studio",), "样本甲技师创新工作室", "由工作室完成的才写", width=18),
    Asked(("task_source",), "自选", "国家计划、省市计划、合作、自选、其他"),
    Asked(("period",), "2023-05 至 2024-03", "写作 2023-05 至 2024-03", width=19),
    Asked(("applied",), "2024-03", "写到月就行"),
    Asked(("patents",), "ZL000000000000.0｜类型：实用新型", "每行一件，写作 专利号｜类型：发明｜状态：授权", width=26),
    *_AWARD,
)
_WORK = (
    _SUMMARY,
    Asked(("problem",), "样本：轴承埋在皮带轮里，更换要停下整条线。", "原来难在哪里", width=36),
    Asked(("innovation_points",), "样本对分卡环\n样本不拆电机", "不多于3条，每条不多于50字，一条一行", width=36),
    Asked(("effects",), "样本每次更换由四小时缩短到四十分钟", "不多于3条，每条不多于50字，一条一行", width=36),
    *_BENEFIT,
    Asked(("application",), "样本：用在两条生产线上", "用在哪里，多少台套", width=30),
)
_PROJECT = (
    *_RESULT,
    *_WORK,
    Asked(("transfer", "status"), "可转化", "从下拉列表里选", "转化状态", 11),
    Asked(("transfer", "contact"), "样本机械有限公司工会", "部门，不写个人姓名和电话", "联系部门", 18),
)
_METHOD = (
    Asked(("title",), "样本甲三步对中操作法", "多带创造者的姓名，与证书一致", "操作法名称", 30),
    *_RESULT[1:],
    Asked(("trade",), "钳工", "岗位或工种"),
    Asked(("essence",), "样本：先定高低，再定左右。", "与别的做法不同在哪里", width=36),
    Asked(("key_points",), "样本看表不看尺\n样本一次一个螺栓", "简短易学，一条一行", width=30),
    Asked(("record",), "样本：一年对中210次，返工2次", "一年以上的数字", width=30),
    *_WORK,
)
_CRAFTSMAN = (
    Asked(("name",), "样本甲", "", width=10),
    Asked(("organisation",), "样本机械有限公司", "全称", width=22),
    Asked(("trade",), "钳工", "岗位或工种"),
    _TRADE,
    Asked(("skill_levels",), "高级技师", "从下拉列表里选"),
    Asked(("years_in_trade",), "21", "整数", width=10),
    _HONOURS,
    *_PLACE,
    _SUMMARY,
    Asked(("feat",), "样本：听声音分辨轴承间隙。", "一项绝技，写清能做到什么程度", width=36),
    Asked(("achievements",), "样本完成革新14项\n样本推广6项", "有数字，一条一行", width=36),
    Asked(("patents_count",), "5", "整数", width=9),
    Asked(("apprentices",), "样本丙；样本丁", _SEVERAL, width=18),
    Asked(("quotation",), "样本：先想明白，再拧扳手。", "本人常说的一句话", width=24),
)
_GROUP = (
    Asked(("name",), "样本甲技师创新工作室", "公布的全称", width=26),
    Asked(("organisations",), "样本机械有限公司", f"全称；{_SEVERAL}", width=22),
    _TRADE,
    Asked(("levels", "level"), "市级", "从下拉列表里选", "命名级别", 10),
    Asked(("levels", "year"), "2024", "四位数字", "命名时间", 10),
    Asked(("levels", "by"), "样本市总工会", "命名的机构", "命名机构", 18),
    *_PLACE,
    Asked(("field",), "样本传动设备检修", "专做什么", width=18),
    Asked(("founded",), "2021-06", "写到月就行"),
    Asked(("members_count",), "8", "整数", width=9),
    _SUMMARY,
    Asked(("topics",), "样本轴承在线更换；样本快速对中", _SEVERAL, width=26),
    Asked(("results_count",), "11", "整数", width=9),
    Asked(("patents_count",), "5", "整数", width=9),
    Asked(("trained_count",), "26", "整数", width=10),
    Asked(("benefit",), "860", "只写数字，单位是万元", width=17),
)
_STUDIO = (
    _GROUP[0],
    Asked(("leads",), "样本甲", f"可以两位；{_SEVERAL}"),
    Asked(("type",), "技师创新工作室", "从下拉列表里选", width=18),
    *_GROUP[1:],
)
_TEAM = (
    Asked(("name",), "样本检修班", "公布的全称", "班组名称", 26),
    Asked(("leader",), "样本甲", ""),
    *_GROUP[1:],
)
_BASE = (
    Asked(("name",), "样本机械有限公司职工创新示范基地", "公布的全称", "基地名称", 30),
    *_GROUP[1:],
    Asked(("enterprise_type",), "非公企业", "从下拉列表里选"),
)
_EVENT = (
    Asked(("title",), "样本区第一届职工科技节", "一项活动填一行", width=28),
    Asked(("organisers",), "样本区总工会", _SEVERAL, width=20),
    Asked(("undertakers",), "样本区职工技术协会", _SEVERAL, width=20),
    Asked(("co_organisers",), "样本科技馆", _SEVERAL, width=18),
    Asked(("period",), "2026-05-16 至 2026-05-24", "写作 2026-05-16 至 2026-05-24", "举办时间", 24),
    Asked(("place",), "样本工人文化宫", "", "举办地点", 20),
    Asked(("audience",), "全区职工", "", width=14),
    Asked(("participants",), "约二千人", "", width=12),
    Asked(("kind",), "科技节", "从下拉列表里选"),
    Asked(("level",), "区局级", "从下拉列表里选"),
    _PLACE[1],
    Asked(("summary",), "样本：开幕式、技师论坛、成果展。", "做什么，谁参加", "主要活动项目简介", 40),
)
_ORGANISATION = (
    Asked(("name",), "样本机械有限公司", "全称，与公章一致", width=28),
    Asked(("short_name",), "样本机械", "", width=14),
    Asked(("names",), "样本机械厂", f"曾用名；{_SEVERAL}", width=20),
    Asked(("enterprise_type",), "非公企业", "从下拉列表里选"),
    _TRADE,
    Asked(("union",), "样本区总工会", "", width=18),
    _PLACE[1],
)
ASKED: Mapping[str, tuple[Asked, ...]] = MappingProxyType(
    {
        "project": _PROJECT,
        "method": _METHOD,
        "craftsman": _CRAFTSMAN,
        "studio": _STUDIO,
        "base": _BASE,
        "team": _TEAM,
        "event": _EVENT,
        "organisation": _ORGANISATION,
    }
)
"""Name of a kind → its questions; kinds that are not here are written by the editors of the exhibition themselves."""
