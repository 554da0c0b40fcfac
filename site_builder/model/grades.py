"""A grade as published comes in; its rank for sorting and the seal that shows it go out."""

import re
from functools import lru_cache

from site_builder.model.frozen import frozen

RANK_NONE = 9
_RANKS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("特等", "大奖", "特别", "至尊")),
    (1, ("一等", "金奖", "金牌", "第一名", "头等", "冠军")),
    (2, ("二等", "银奖", "银牌", "第二名", "亚军")),
    (3, ("三等", "铜奖", "铜牌", "第三名", "前三名", "季军")),
    (4, ("优秀", "优胜", "鼓励", "提名", "创新奖")),
)
RANK_WORDS: tuple[tuple[int, str], ...] = (
    (0, "特等"),
    (1, "一等、金奖"),
    (2, "二等、银奖"),
    (3, "三等、铜奖"),
    (4, "优秀"),
    (9, "其他"),
)
_GROUP = re.compile(r"^([^（\n]*)（(.+)）$")
_SUFFIX = re.compile(r"(?<!奖)(?<!奖项)(?<!成果)(?:奖项|奖|成果)+$")


@frozen
class Seal:
    """A grade drawn as a seal: its characters, its rank and its shape."""

    text: str
    rank: int
    shape: str
    """``square`` ordinal grades, ``oval`` gold, silver and bronze, ``line`` more than four characters."""
    full: str
    """The grade in full words, as published."""


@lru_cache(maxsize=1 << 10)
def rank_of(grade: str | None) -> int:
    """特等 0, 一等／金 1, 二等／银 2, 三等／铜 3, 优秀 4, all others 9 (词表 ‘Awards and grades’)."""
    for rank, words in _RANKS:
        if grade and any(word in grade for word in words):
            return rank
    return RANK_NONE


@lru_cache(maxsize=1 << 10)
def stem_of(grade: str) -> str:
    """The grade without its group and without 奖／成果, for comparing: ``一等成果`` and ``一等奖（小发明类）`` are both ``一等``."""
    plain = split_group(grade)[0]
    return _SUFFIX.sub("", plain) or plain


def split_group(grade: str) -> tuple[str, str | None]:
    """``一等奖（小发明类）`` → ``("一等奖", "小发明类")``."""
    found = _GROUP.match(grade.strip())
    return (found[1], found[2]) if found else (grade.strip(), None)


@lru_cache(maxsize=1 << 10)
def seal_for(grade: str | None, rank: int | None = None) -> Seal | None:
    """The seal of a grade; None where there is no grade, for an empty seal would be a lie."""
    if not grade:
        return None
    text = split_group(grade)[0]
    order = rank_of(grade) if rank is None else rank
    if len(text) > 4:
        text = next(
            (text[-size:] for size in (3, 4) if text[-size:] in {"第一名", "前三名", "入围决赛", "优秀奖"}),
            stem_of(text),
        )
    shape = "oval" if text in {"金奖", "银奖", "铜奖", "大奖"} else "line" if len(text) > 4 else "square"
    return Seal(text, order, shape, grade)
