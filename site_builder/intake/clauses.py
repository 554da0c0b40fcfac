"""Sentences come in; the numbers they state plainly go out, nothing where a clause says more than that."""

import re
from collections.abc import Collection, Iterator

_BREAKS = re.compile(r"[；;，。]")
_UNITS: tuple[str, ...] = tuple(
    re.findall(
        r"\S+",
        "亿元 万元 千元 元 万千瓦时 千瓦时 万吨/天 万吨 吨 万公里 公里 升 万平方米 平方米 毫米 米 "
        "项 件 名 人 万人 家 台 次 个 套 例 篇 份 秒 年 个月 倍 % 个百分点",
    )
)
_UNIT = f"(?P<unit>(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?:以上|以下)?)"
_VALUE = r"(?P<value>\d+(?:[.,]\d+)*(?:余|多)?)"
_LABEL_FIRST = re.compile(rf"(?P<label>[\u4e00-\u9fff“”·]{{2,14}}?)(?:达到|达)?{_VALUE}{_UNIT}")
_NUMBER_FIRST = re.compile(rf"{_VALUE}(?P<unit>项|件|名|人|个|套)(?P<label>[\u4e00-\u9fff]{{2,8}})")
_INDICATOR = re.compile(
    r"(?:把|将)?(?P<name>[\u4e00-\u9fff]{2,12})由(?P<before>[^由至到]{1,8}?)(?:压缩|缩短|缩|提高|提升|降低|减少|下降|增加)(?:至|到)(?P<after>[^由]{1,8})"
)
_LOOSE_STARTS = ("比", "由", "从", "同", "约", "应用", "用", "在", "第", "第一", "达", "超")
_LOOSE_ENDS: tuple[str, ...] = tuple(
    re.findall(r"\S+", "由 至 到 从 约 近 超 超过 第 不足 每 等 之 年 压缩 发展 减 升")
)
_LOOSE_LABELS = ("来", "前", "后", "起", "以", "之", "获奖", "参赛", "平均")


def figures_in(text: str, *, ignore: Collection[str] = ()) -> list[dict[str, str]]:
    """Figures of all clauses: 近三年创造经济效益7.5亿元 is 7.5, 亿元, 近三年创造经济效益."""
    return list(_figures(text, ignore))


def _figures(text: str, ignore: Collection[str]) -> Iterator[dict[str, str]]:
    for clause in _BREAKS.split(text):
        parts = [part.strip() for part in clause.split("、")]
        found = [_figure(part) for part in parts if part not in ignore]
        if all(found):  # one part of an enumeration alone may say the wrong thing
            yield from (figure for figure in found if figure)


def _figure(clause: str) -> dict[str, str] | None:
    found = _LABEL_FIRST.fullmatch(clause)
    if found and not found["label"].startswith(_LOOSE_STARTS) and not found["label"].endswith(_LOOSE_ENDS):
        return {"value": found["value"], "unit": found["unit"], "label": found["label"]}
    found = _NUMBER_FIRST.fullmatch(clause)
    if found and not found["label"].startswith(_LOOSE_LABELS) and not found["label"].endswith(_LOOSE_LABELS):
        return {"value": found["value"], "unit": found["unit"], "label": found["label"]}
    return None


def indicators_in(text: str) -> list[dict[str, str]]:
    """Indicators of all clauses: 单次安装由20分钟缩短至5分钟以内."""
    return [
        {"name": found["name"], "before": found["before"], "after": found["after"]}
        for clause in _BREAKS.split(text)
        for found in [_INDICATOR.fullmatch(clause.strip())]
        if found
    ]
