"""The text of a heading comes in; out go its bare words, the unit it names and which of a series it counts."""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

from site_builder.model.frozen import frozen

_LEADING = re.compile(
    r"^[*★●◆▲#\s]+|^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．)）]|[（(][一二三四五六七八九十\d]{1,3}[)）])"
)
_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_UNITS = r"千元|百万元|万元|亿元|元|万美元|%|人次|人|名|项|个|件|年|次"
_UNIT = re.compile(rf"^(?:单位[::]?\s*)?({_UNITS})$")
_TAIL_UNIT = re.compile(rf"[,，/]\s*(?:单位[::]?)?({_UNITS})$|单位[::]({_UNITS})$")
_REMARK = re.compile(
    r"必填|选填|可选|如有|若有|没有可不填|字以内|字内|不超过|不少于|限\d|可附页|可另附|请|注[::]|盖章|公章|多选|单选|例[::如]|如[::]|格式|排序|排名|"
    r"按.*(?:顺序|贡献)|\d字|以内|简要|概述|下拉|年/月|名称\+年份|数字|第一作者"
)
_MARKS = re.compile(r"[^\w\u3400-\u9fff]+|_")
_ORDINALS = MappingProxyType(dict(zip("一二三四五六七八九十", range(1, 11), strict=True)))
_FIRST = re.compile(r"^第([一二三四五六七八九十]|\d{1,2})(?!届|批|期|次)(.+)$")
_LAST = re.compile(r"^(\D+?)([①②③④⑤⑥⑦⑧⑨]|[一二三四五六七八九十]|\d{1,2})$")
_YEAR = re.compile(r"^((?:19|20)\d\d)年?度?(.+)$")


@frozen
class Wording:
    """A heading without what only typography and caution put there."""

    key: str
    """Bare words, lower case, without signs."""
    short: str
    """The same without what stood in brackets."""
    parts: tuple[str, ...] = ()
    """Its alternatives: 成果名称/项目名称 names two."""
    unit: str = ""
    number: int = 0
    """Which of a series (第二完成人, 完成人2), or a calendar year (2023年新增利润)."""
    stem: str = ""
    """The key without that number."""


@lru_cache(maxsize=1 << 14)
def wording_of(text: str) -> Wording:
    """The wording of a heading as typed."""
    plain = unicodedata.normalize("NFKC", text[:120])
    plain = re.sub(r"\s+", "", plain).rstrip(":*。;,")
    while _LEADING.match(plain) and _LEADING.sub("", plain, count=1):
        plain = _LEADING.sub("", plain, count=1)
    plain, unit = _without_remarks(plain)
    tail = _TAIL_UNIT.search(plain)
    if tail:
        plain, unit = plain[: tail.start()], unit or tail[1] or tail[2]
    short = key_of(_BRACKET.sub("", plain))
    parts = tuple(key for key in map(key_of, re.split(r"[/、|]|或者?|及其?|\(", plain)) if key)
    number, stem = _counted(key_of(plain))
    return Wording(key_of(plain), short, parts, unit, number, stem)


def key_of(text: str) -> str:
    """A word for comparing: width, case and signs make no difference."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _without_remarks(text: str) -> tuple[str, str]:
    unit = ""
    for found in _BRACKET.findall(text):
        named = _UNIT.match(found)
        unit = unit or (named[1] if named else "")
        if named or _REMARK.search(found):
            text = re.sub(rf"[(\[【〔]{re.escape(found)}[)\]】〕]", "", text)
    return text, unit


def _counted(key: str) -> tuple[int, str]:
    year = _YEAR.match(key)
    if year:
        return int(year[1]), year[2]
    first, last = _FIRST.match(key), _LAST.match(unicodedata.normalize("NFKC", key))
    if first:
        return _number(first[1]), first[2]
    return (_number(last[2]), last[1]) if last else (0, "")


def _number(text: str) -> int:
    return _ORDINALS.get(text) or int(unicodedata.normalize("NFKC", text))
