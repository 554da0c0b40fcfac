"""Text that is to be published comes in; out goes which personal data it holds and where, never the data itself.

Every pattern is linear: one pass finds runs of digits, and only those are looked at closely. A number that proves itself (check digit,
length, beginning) is found anywhere; one that does not needs words that say what it is.
"""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Literal

from site_builder.model.frozen import frozen

Personal = Literal["身份证号", "手机号", "固定电话", "银行卡号", "电子邮箱", "出生日期", "住址"]
OFFICE: frozenset[Personal] = frozenset({"固定电话", "电子邮箱"})
"""What a field for a public office may hold."""
_GAP = r"\- \t\u00a0—－–·\u2000-\u200f\u2060\ufeff"
"""What people put between the groups of a number; some of it cannot be seen."""
_RUN = re.compile(rf"[0-9][0-9{_GAP}.()（）]{{5,}}[0-9Xx]")
_NUMBER = re.compile(
    rf"(?P<identity>(?<![0-9])[0-9]{{6}}[{_GAP}]?[0-9]{{8}}[{_GAP}]?[0-9]{{3}}[0-9Xx](?![0-9]))"
    rf"|(?P<card>(?<![0-9.])[0-9]{{4}}(?:[{_GAP}]?[0-9]{{4}}){{3}}(?:[{_GAP}]?[0-9]{{1,3}})?(?![0-9]|\.[0-9]))"
    rf"|(?P<mobile>(?<![0-9.])(?:(?:00)?86[{_GAP}]?)?1[3-9][0-9][{_GAP}.]?[0-9]{{4}}[{_GAP}.]?[0-9]{{4}}(?![0-9]|\.[0-9]))"
    rf"|(?P<landline>(?<![0-9.])0(?:10|2[0-9]|[3-9][0-9]{{2}})[{_GAP})）]{{1,2}}[0-9]{{3,4}}[{_GAP}]?[0-9]{{4}}(?![0-9]))"
    r"|(?P<old>(?<![0-9])[0-9]{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9]))"
    r"|(?P<short>(?<![0-9.])0?[0-9]{7,11}(?![0-9]|\.[0-9]))"
)
_CODED = re.compile(r"[0-9A-Za-z][-–—_.]\Z|[A-Za-z_]\Z")
"""What stands before a part of a longer number: ``HT-2024-``, ``ZL``."""
_UNIT = re.compile(r"\s?[元万亿吨件次个台套米]")
_MAIL = re.compile(
    r"[\w+][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?!(?:png|jpe?g|webp|gif|svg|pdf)\b)[A-Za-z]{2,24}"
)
_BORN = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于)?|生于|生日)[^0-9\n]{0,6}(?:19|20)[0-9]{2}\s?[年./-]\s?[0-9]{1,2}"
    r"|(?:19|20)[0-9]{2}\s?[年./-]\s?[0-9]{1,2}(?:\s?[月./-]\s?[0-9]{1,2}\s?[日号]?|\s?月)\s?(?:出生|生(?=[，。,；;、）)\s]|\Z))"
)
_BORN_WORDS = ("出生", "生于", "生日", "月生", "日生")
_ROOM = re.compile(r"[0-9]\s?(?:室|单元)")
_HOME = re.compile(
    r"[路街道巷弄村里区园苑寓庭坊][^，。；！？\n0-9]{0,12}[0-9]{1,5}\s?(?:号楼?|弄|栋|幢|座|单元)[^，。；！？\n]{0,16}?[0-9]{1,5}\s?(?:室|单元)"
)
_LIVING = re.compile(
    r"(?:家庭住址|家庭地址|住址|家住|现住址?|户籍地址?)[:： ]{0,2}[^。；！？\n0-9]{2,40}[0-9]{1,5}\s?(?:号|弄|栋|幢|室|单元)"
)
_LIVES = re.compile(r"住|家庭|户籍|宿舍")
_MASKED = re.compile(r"1[3-9][0-9][*＊]{4}[0-9]{4}|[0-9]{6}[*＊]{6,8}[0-9]{3}[0-9Xx]")
_URL = re.compile(r"https?://[^\s<>\"'，。；）]{1,2000}")
_LOOSE = re.compile(r"[^0-9A-Za-z@\u3400-\u9fff]")
_CONTEXT = 16
"""How many characters before a number may say what it is."""
_IDENTITY_WORDS = re.compile(r"身份证|证件号|居民证")
_CARD_WORDS = re.compile(r"卡号|银行|账号|帐号|开户")
_PHONE_WORDS = re.compile(r"电话|传真|座机|手机|\btel\b|\bfax\b", re.IGNORECASE)
_WIDE = MappingProxyType(str.maketrans("０１２３４５６７８９－＠", "0123456789-@"))
_WIDE_SIGNS = re.compile("[０-９－＠]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@frozen
class Found:
    """Personal data in a text: its sort, and from which character to which."""

    sort: Personal
    start: int
    end: int


def personal_in(text: str) -> str:
    """The sort of the first personal data in a text; empty where it holds none."""
    if len(text) < 7:
        return ""
    return next((found.sort for found in found_in(text)), "")


def found_in(text: str, *, of_person: bool = False) -> tuple[Found, ...]:
    """All personal data in a text, in order; in a text about one person the words that say so need not stand beside it."""
    plain = _plain(text)
    found = [*_numbers(plain), *_others(plain, of_person=of_person)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end))) if found else ()


def half_hidden(text: str) -> bool:
    """Whether a number is shown with its middle starred, which together with a name is still personal data."""
    return "**" in text.replace("＊", "*") and _MASKED.search(_plain(text)) is not None


def masked(text: str) -> str:
    """The text with all personal data hidden, for whatever is printed."""
    end, parts = 0, []
    for one in found_in(text):
        if one.start >= end:
            parts += [text[end : one.start], "〔号码已隐去〕"]
            end = one.end
    return "".join([*parts, text[end:]]) if parts else text


def loose(text: str) -> str:
    """A number without what stands between its groups, so that it can be written either way."""
    return _LOOSE.sub("", text).casefold()


def is_identity(number: str) -> bool:
    """Whether 18 characters are a resident identity number (GB 11643: the last one checks the others)."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    month, day = int(number[10:12]), int(number[12:14])
    likely = number[6:8] in {"18", "19", "20"} and 1 <= month <= 12 and 1 <= day <= 31
    return likely and _CHECKS[weighted % 11] == number[-1].upper()


def _plain(text: str) -> str:
    """Full-width digits as plain ones and addresses of the web blotted out; every character stays in its place."""
    text = text.translate(_WIDE) if _WIDE_SIGNS.search(text) else text
    return _URL.sub(lambda found: "/" * len(found[0]), text) if "://" in text else text


def _numbers(text: str) -> Iterator[Found]:
    for run in _RUN.finditer(text):
        for number in _NUMBER.finditer(text, run.start(), run.end()):
            sort = _sort(number, text)
            if sort:
                yield Found(sort, *number.span())


def _sort(number: re.Match[str], text: str) -> Personal | None:
    """What a run of digits is, or None where it proves to be nothing personal."""
    digits = re.sub(r"[^0-9Xx]", "", number[0])
    before = text[max(0, number.start() - _CONTEXT) : number.start()]
    match number.lastgroup:
        case "identity" if is_identity(digits):
            return "身份证号"
        case "identity" | "card" if _is_card(digits, number[0], before=before):
            return "银行卡号"
        case "old" if _IDENTITY_WORDS.search(before):
            return "身份证号"
        case "mobile" if not _CODED.search(before[-2:]) and not _UNIT.match(text, number.end()):
            return "手机号"
        case "landline" if not _CODED.search(before[-2:]):
            return "固定电话"
        case "short" if _PHONE_WORDS.search(before):
            return "固定电话"
    return None


def _is_card(digits: str, written: str, *, before: str) -> bool:
    """The check of bank cards (ISO/IEC 7812), and one sign more: groups of four, UnionPay's beginning, or words."""
    said = len(digits) < len(written) or digits.startswith("62") or _CARD_WORDS.search(before)
    return bool(said) and digits.isdigit() and _luhn(digits) and not _CODED.search(before[-2:])


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return 16 <= len(number) <= 19 and total % 10 == 0 and len(set(number)) > 2


def _others(text: str, *, of_person: bool) -> Iterator[Found]:
    if "@" in text:
        for mail in _MAIL.finditer(text):
            yield Found("电子邮箱", *mail.span())
    if "生" in text and any(word in text for word in _BORN_WORDS):
        for born in _BORN.finditer(text):
            yield Found("出生日期", *born.span())
    if "住" in text or "户籍" in text or "家庭地址" in text:
        for home in _LIVING.finditer(text):
            yield Found("住址", *home.span())
    if ("室" in text or "单元" in text) and _ROOM.search(text):
        for home in _HOME.finditer(text):
            # the first sign may end the word 家庭
            before = text[max(0, home.start() - 2 * _CONTEXT) : home.start() + 1]
            if of_person or _LIVES.search(before):
                yield Found("住址", *home.span())
