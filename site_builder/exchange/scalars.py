"""The text of a cell comes in; out goes one value as a file holds it: a sum, a number, a year, a date, a line."""

import re
import unicodedata

from site_builder.exchange.dates import date_in, is_doubtful, span_in

_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_MONEY = re.compile(
    r"^(?:约|近|共|累计|人民币|¥|￥)*\s*(-?[\d,]+(?:\.\d+)?)\s*(千元|百万元|万元|亿元|元|万|亿)?(?:人民币)?(?:左右|以上|/年|每年)?$"
)
_MONEY_UNITS = frozenset({"元", "千元", "百万元", "万元", "亿元"})


class Misread(ValueError):
    """A cell that may mean two things; its text says which, the hint how to mend it."""

    def __init__(self, code: str, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def text_read(text: str) -> str:
    """A text as it stands."""
    return text


def line_read(text: str) -> str:
    """A title or name: a line break inside it, made so that it fits its cell, goes; between Latin words it is a space."""
    return re.sub(r"(?<=[\x21-\x7e])\s*\n\s*(?=[\x21-\x7e])", " ", text).replace("\n", "").strip()


def money_read(text: str, unit: str) -> str:
    """A sum with its unit, the heading's where the cell has none: 120 below 经济效益（元） is ``120元``."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    found = _MONEY.match(plain)
    if not found:
        return text
    number, own = found[1].replace(",", ""), found[2] or ""
    return f"{number}{own or (unit if unit in _MONEY_UNITS else '万元')}"


def count_read(text: str) -> str:
    """A whole number, with the word that counts it left to the model: ``１２ 人`` → ``12人``."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return re.sub(r"\s+", "", re.sub(r"^(\d+)\.0+(?=\D|$)", r"\1", plain))


def year_read(text: str, value: object = None) -> str:
    """The year of a date, or the text."""
    found = date_in(value if value is not None and not isinstance(value, str) else text)
    return found[:4] if found else text


def date_read(text: str, value: object = None) -> str:
    """A date as ISO text; ``Misread`` where a sheet may have eaten a zero."""
    given = value if value is not None and not isinstance(value, str) else text
    if is_doubtful(given):
        year = str(given).partition(".")[0]
        raise Misread("bad-date", f"“{given}”可能是{year}年1月，也可能是10月", hint=f"写成 {year}-01 或 {year}-10")
    return date_in(given) or text


def span_read(text: str, value: object = None) -> object:
    """A span of time as a record; ``Misread`` where it is none, for validation would speak of the lines of a file."""
    given = value if value is not None and not isinstance(value, str) else text
    found = span_in(given)
    if not found:
        raise Misread("bad-date", f"“{text}”不是起止时间", hint="写成 2023-05 至 2024-03；没有结束的写 2023-05 至今")
    return found
