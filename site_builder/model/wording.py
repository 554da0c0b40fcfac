"""Values come in; the Chinese words that show them go out: dates, sums, periods, numbers."""

from collections.abc import Iterable

SOME = 3
"""So many of several people are named where there is little room."""
DIGITS = "〇一二三四五六七八九"


def date_words(when: str | None) -> str:
    """An ISO date of any precision in Chinese: ``2024-05`` → ``2024年5月``."""
    if not when:
        return ""
    units = ("年", "月", "日")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(when.split("-"), units, strict=False))


def period_words(start: str, end: str | None) -> str:
    """From day to day, the repeated year left out: ``2017年5月22日—6月2日``."""
    if not end or end == start:
        return date_words(start)
    last = date_words(end)
    year = f"{int(start[:4])}年"
    if end[:4] == start[:4] and len(end) > 4 and len(start) > 4:
        last = last.removeprefix(year)
    return f"{date_words(start)}—{last}"


def sum_words(wan: float) -> tuple[str, str]:
    """A sum in 万元 as number and unit, in 亿元 from 10,000 万元 up."""
    if abs(wan) >= 10000:
        return plain_number(wan / 10000), "亿元"
    return plain_number(wan), "万元"


def sum_said(wan: float) -> str:
    """A sum in 万元 with its unit, in 亿元 from 10,000 万元 up."""
    return " ".join(sum_words(wan))


def plain_number(value: float) -> str:
    """Without needless zeros, at most four decimals."""
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


def thousands(value: float) -> str:
    """``1.2 万`` from ten thousand up, plain below."""
    return f"{plain_number(round(value / 10000, 1))} 万" if abs(value) >= 10000 else plain_number(value)


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 23 → 二十三 (up to 99)."""
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return f"{head}{DIGITS[units] if units else ''}" or DIGITS[0]


def some_of(first: Iterable[str], number: int) -> str:
    """The first ``SOME`` names in certificate order, then how many there are in all."""
    shown = "、".join(first)
    return f"{shown} 等 {number} 人" if number > SOME else shown


def size_words(size: int) -> str:
    """Bytes as people read them: ``820 KB``, ``3.4 MB``."""
    return f"{plain_number(round(size / 1e6, 1))} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def quoted(text: str, most: int = 24) -> str:
    """A piece of an editor's text in Chinese quotation marks, on one line and not too long."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= most else plain[: most - 1] + '…'}”"
