"""Dates and spans of time in every habit of writing come in; ISO text of their precision goes out, or None."""

import re
import unicodedata
from datetime import date, timedelta
from types import MappingProxyType

_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's calendar, as it counts after February 1900."""
_SERIALS = range(20_000, 60_000)
_DIGITS = MappingProxyType(str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789"))
_YEAR = r"(?P<year>(?:19|20)\d\d|[’']?\d\d(?=[年.])|[〇零○一二三四五六七八九]{4}|[〇零○一二三四五六七八九]{2}(?=年))"
_PART = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"{_YEAR}\s*(?:年度?|[-./](?=\s*\d)|$|(?=[至到~—–,，\s)]))\s*(?:(?P<month>{_PART})\s*(?:月份?|[-./](?=\s*\d)|$|(?=[至到~—–,，\s)-]))\s*"
    rf"(?:(?P<day>{_PART})\s*[日号]?)?)?"
)
_PLAIN = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)?$")
_TAIL = re.compile(
    r"(?<!\s)\s*(?:00?:00(?::00)?(?:\.0+)?|[上中下]旬|[初中底末]|[上下]半年|第?[一二三四1-4]季度|[春夏秋冬]季?|起|止|开始|完成|左右|[?？])\s*$"
)
_SECOND_MONTH = re.compile(rf"^\s*(?P<month>{_PART})\s*月(?:\s*(?P<day>{_PART})\s*[日号])?")
_BARE_SPAN = re.compile(r"^(?P<start>(?:19|20)\d{4}(?:\d\d)?)\s*(?:至|到|—+|–|~|-)\s*(?P<end>(?:19|20)\d{4}(?:\d\d)?)$")
"""202305-202403"""
_MONTHS = re.compile(
    r"^(?P<year>(?:19|20)\d\d)[.年/](?P<first>\d{1,2})月?\s*(?:至|到|—+|–|~|-)\s*(?P<last>\d{1,2})月?$"
)
"""2023.5-8: two months of a year; one sign throughout (2023-05-08) would be a day."""
_SECOND_DAY = re.compile(r"^\s*(?P<month>\d{1,2})\.(?P<day>\d{1,2})\s*$")
_JOINT = re.compile(r"\s*(?:至今|迄今|至|到|—+|–|~|-{1,2}|起)\s*")
_HYPHEN = re.compile(r"(?<=\d)\s*-+\s*(?=(?:19|20)\d\d(?!\d)|\d\d\.\d)")
"""A hyphen between two dates, not inside one."""
_OPEN = re.compile(r"(?:至今|迄今|现在|目前|今)\s*$")


def date_in(value: object) -> str | None:
    """One date: ``2024.5`` → ``2024-05``, ``二〇二四年五月``, ``24年5月``, ``20240501``, 45413; None where it is none."""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    text = _folded(str(value))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _of_number(float(text))
    plain = _PLAIN.match(text)
    if plain:
        return _iso(plain[1], plain[2], day=plain[3])
    found = _DATE.match(text)
    return _iso(found["year"], found["month"], day=found["day"]) if found and found.end() == len(text) else None


def is_doubtful(value: object) -> bool:
    """Whether a number is 2024.1, which a sheet keeps for 2024.10 as well."""
    return isinstance(value, float) and 1900 < value < 2100 and round(value % 1, 6) == 0.1


def span_in(value: object) -> dict[str, str] | None:
    """From a date to a date: ``2023年5月至2024年3月``, ``2023.5-2024.3``, ``2023年5月—8月``, ``2023-05 至今``."""
    if not isinstance(value, str):
        single = date_in(value)
        return {"start": single} if single else None
    text = _HYPHEN.sub("至", unicodedata.normalize("NFKC", value).strip().strip("自从"))
    bare = _BARE_SPAN.match(text)
    if bare:
        start, end = date_in(bare["start"]), date_in(bare["end"])
        return {"start": start, "end": end} if start and end else None
    months = _MONTHS.match(text)
    if months:
        start, end = (_iso(months["year"], months[part], day=None) for part in ("first", "last"))
        return {"start": start, "end": end} if start and end else None
    first = _DATE.match(_folded(text, tails=False))
    if not first:
        single = date_in(text)
        return {"start": single} if single else None
    folded = _folded(text, tails=False)
    start = _iso(first["year"], first["month"], day=first["day"])
    rest = _TAIL.sub("", folded[first.end() :]) if not _JOINT.match(folded[first.end() :]) else folded[first.end() :]
    joint = _JOINT.match(rest)
    if start is None or (rest and not joint):
        return None
    rest = rest[joint.end() :] if joint else ""
    if not rest or _OPEN.match(rest):
        return {"start": start}
    end = date_in(rest) or _same_year(rest, first["year"])
    return {"start": start, "end": end} if end else None


def _same_year(text: str, year: str) -> str | None:
    found = _SECOND_MONTH.match(text) or _SECOND_DAY.match(text)
    return _iso(year, found["month"], day=found["day"]) if found and not text[found.end() :].strip() else None


def _folded(text: str, *, tails: bool = True) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("于约")
    while tails and _TAIL.search(plain) and _TAIL.sub("", plain):
        plain = _TAIL.sub("", plain)
    return plain


def _of_number(value: float) -> str | None:
    if value == int(value) and 1900 <= value <= 2100:
        return str(int(value))
    if value == int(value) and (plain := _PLAIN.match(str(int(value)))):
        return _iso(plain[1], plain[2], day=plain[3])
    if int(value) in _SERIALS:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    if not 1900 < value < 2100 or is_doubtful(value):
        return None
    return date_in(f"{value:.2f}".rstrip("0"))


def _iso(year: str, month: str | None, *, day: str | None) -> str | None:
    digits = year.strip("’'").translate(_DIGITS)
    numbers = [int(digits) + (2000 if len(digits) == 2 else 0), *(_number(part) for part in (month, day) if part)]
    try:
        date(*([*numbers, 1, 1])[:3])
    except ValueError:
        return None
    return "-".join([f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:])])


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, units = text.rpartition("十")
    return int((tens or "1").translate(_DIGITS)) * 10 * bool(ten) + (int(units.translate(_DIGITS)) if units else 0)
