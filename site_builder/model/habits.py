"""Text as Chinese editors write it comes in; numbers, sums, years and dates go out, or a refusal that says how to mend it."""

import re
import unicodedata
from datetime import date
from types import MappingProxyType

from site_builder.model.marks import refusal

_WAN = MappingProxyType(
    {"": 1.0, "元": 1e-4, "千元": 0.1, "万": 1.0, "万元": 1.0, "百万元": 100.0, "亿": 1e4, "亿元": 1e4}
)
_MONEY = re.compile(
    r"^(?:约|近|人民币|¥|￥|RMB)*\s*(-?\d+(?:\.\d+)?)\s*(千元|百万元|万元|亿元|元|万|亿|)(?:人民币)?(?:/年|每年)?$"
)
_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_COUNT = re.compile(r"^(?:约|共|近)?\s*(\d+)\s*[\u4e00-\u9fff]{0,3}$")
_WHEN = re.compile(r"^(\d{4})(?:\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?)?\s*月?)?\s*年?$")
_DIGITS = MappingProxyType(
    {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
)
_CHINESE_DATE = re.compile(
    r"^([〇零○一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月)?(?:([一二三四五六七八九十]{1,3})日)?$"
)
_ANSWERS = MappingProxyType(
    dict.fromkeys(("是", "true", "yes", "y", "1"), True) | dict.fromkeys(("否", "不是", "false", "no", "n", "0"), False)
)
_SHARE = re.compile(r"^(\d+(?:\.\d+)?|\.\d+)\s*(%?)$")
_SPACES_OR_COMMAS = re.compile(r"[\s,，、]+")
_TICKS = MappingProxyType(
    dict.fromkeys(("是", "有", "√", "✓", "✔", "☑", "yes", "true"), "是")
    | dict.fromkeys(("否", "无", "没有", "×", "✗", "no", "false"), "否")
)
_SEPARATORS = re.compile(r"[；;、\n]+")
_CELL = re.compile(r"^\[?\s*(\d+)\s*[,，、\s]\s*(\d+)\s*\]?$")
TILE_COLUMNS, TILE_ROWS = 7, 12
"""More columns would make tiles too narrow for a finger on a phone."""


def folded(text: object) -> str:
    """Full-width digits, letters and signs become plain ones; outer spaces go."""
    return unicodedata.normalize("NFKC", str(text)).strip()


def sum_in_wan(value: object) -> float | None:
    """A sum of money in 万元: ``1,200万元`` → 1200.0, ``7.5亿元`` → 75000.0; a bare number counts as 万元."""
    if value is None:
        return None
    text = folded(value).replace(",", "").replace("，", "")
    found = _MONEY.match(text)
    if not found:
        raise refusal("bad-money", "“{text}”不是金额。请写数字加单位，如 1200万元、7.5亿元", text=str(value))
    return round(float(found[1]) * _WAN[found[2]], 6)


def count(value: object) -> int | None:
    """A whole number: ``12``, ``１２``, ``1,200人`` or ``23项``."""
    if value is None:
        return None
    found = _COUNT.match(folded(value).replace(",", ""))
    if not found:
        raise refusal("bad-number", "“{text}”不是整数。请只写数字，如 12", text=str(value))
    return int(found[1])


def amount(value: object) -> object:
    """A number as printed: ``52.11%`` → 52.11, ``1,460`` → 1460.0."""
    text = folded(value).replace(",", "").removesuffix("%").strip()
    if not _AMOUNT.fullmatch(text):
        raise refusal("bad-number", "“{text}”不是数。请只写数字，如 52.11", text=str(value))
    return float(text)


def year(value: object) -> int | None:
    """A year between 1900 and 2100: ``2021``, ``2021年``, ``二〇二一年``."""
    if value is None:
        return None
    text = folded(value)
    parts = _chinese_date(text) or _plain_date(text) or []
    if len(parts) != 1 or not 1900 <= parts[0] <= 2100:
        raise refusal("bad-year", "“{text}”不是年份。请写四位数字，如 2021", text=str(value))
    return parts[0]


def when(value: object) -> str | None:
    """A day, month or year as ISO text of that precision: ``2024年5月`` → ``2024-05``, ``2024.5.3`` → ``2024-05-03``."""
    if value is None:
        return None
    text = folded(value)
    parts = _chinese_date(text) or _plain_date(text)
    if parts is None or not _exists(parts):
        raise refusal("bad-date", "“{text}”不是日期。请写成 2024-05-03、2024-05 或 2024", text=str(value))
    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])


def _plain_date(text: str) -> list[int] | None:
    found = _WHEN.match(text)
    return [int(part) for part in found.groups() if part] if found else None


def _chinese_date(text: str) -> list[int] | None:
    found = _CHINESE_DATE.match(text)
    if not found:
        return None
    year_part = int("".join(str(_DIGITS[digit]) for digit in found[1]))
    return [year_part, *(_chinese_number(part) for part in found.groups()[1:] if part)]


def _chinese_number(text: str) -> int:
    tens, ten, units = text.rpartition("十")
    if len(tens) > 1 or len(units) > 1 or "十" in tens:
        return 0  # 二三, 二十十: no month or day has this number, so the date is refused
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[units] if units else 0)


def _exists(parts: list[int]) -> bool:
    try:
        date(*([*parts, 1, 1])[:3])
    except ValueError:
        return False
    return True


def yes_or_no(value: object) -> bool:
    """Yes or no as editors say it: ``是``, ``否``, ``true``, ``no``…"""
    found = _ANSWERS.get(folded(value).lower())
    if found is None:
        raise refusal("wrong-type", "“{text}”看不出是或否。请写 是 或 否", text=str(value))
    return found


def answer(value: object) -> str:
    """The answer to a line of a form: ``是``, ``否`` or how many: ``√`` → ``是``, ``12场`` → ``12``."""
    text = folded(value).lower()
    if text in _TICKS:
        return _TICKS[text]
    found = _COUNT.match(text.replace(",", ""))
    if not found:
        raise refusal("bad-number", "“{text}”看不出是、否或数量。请写 是、否 或数字", text=str(value))
    return str(int(found[1]))


def listed(value: object) -> object:
    """One text becomes a list at ；、 and line breaks, as editors write lists in a cell; a list stays one."""
    if isinstance(value, str):
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    return value


def several(value: object) -> object:
    """A single value where a list is meant stands for a list of one; nothing for an empty list."""
    if value is None:
        return []
    return value if isinstance(value, (list, tuple)) else [value]


def tile(value: object) -> tuple[int, int] | None:
    """A cell of the grid of regions, counted from the top left: ``[3, 5]`` or ``3,5`` is column 3, row 5."""
    if value is None:
        return None
    text = ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    found = _CELL.match(folded(text))
    column, row = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (1 <= column <= TILE_COLUMNS and 1 <= row <= TILE_ROWS):
        limits = f"列 1 到 {TILE_COLUMNS}，行 1 到 {TILE_ROWS}"
        raise refusal(
            "bad-tile", "“{text}”不是方格的位置。请写 [列, 行]，如 [3, 5]；{limits}", text=text, limits=limits
        )
    return column, row


def focus(value: object) -> tuple[float, float] | None:
    """A point of a picture as shares of width and height: ``[0.5, 0.3]``, ``[50%, 30%]``, ``50 30`` → (0.5, 0.3)."""
    if value is None:
        return None
    parts = list(value) if isinstance(value, (list, tuple)) else _SPACES_OR_COMMAS.split(folded(value))
    found = [_SHARE.match(folded(part)) for part in parts]
    shares = [float(one[1]) / (100 if one[2] or float(one[1]) > 1 else 1) for one in found if one]
    if len(found) != 2 or len(shares) != 2 or max(shares) > 1:
        raise refusal("bad-focus", "“{text}”不是图上的一点。请写自左、自上的百分数，如 [50%, 30%]", text=str(value))
    return shares[0], shares[1]
