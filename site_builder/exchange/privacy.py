"""Text that is to be published comes in; out goes which kind of personal number it holds, never the number itself."""

import re

_ID = re.compile(r"(?<!\d)(\d{17}[\dXx])(?!\d)")
_OLD_ID = re.compile(r"(?<!\d)(\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?!\d)")
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])")
_LANDLINE = re.compile(
    r"(?<!\d)0\d{2,3}[-—－ )）]\s?\d{7,8}(?!\d)|(?:电话|传真|Tel)[:： ]*\d{7,8}(?!\d)", re.IGNORECASE
)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def personal_in(text: str) -> str:
    """``身份证号``, ``手机号``, ``固定电话``, ``银行卡号`` or ``电子邮箱``; empty where the text holds none."""
    if len(text) < 7:
        return ""
    if any(is_identity(found) for found in _ID.findall(text)) or _old_identity(text):
        return "身份证号"
    if _MOBILE.search(text):
        return "手机号"
    if _LANDLINE.search(text):
        return "固定电话"
    if any(_luhn(re.sub(r"\D", "", found)) for found in _CARD.findall(text)):
        return "银行卡号"
    return "电子邮箱" if "@" in text and _MAIL.search(text) else ""


def is_identity(number: str) -> bool:
    """Whether 18 characters are a resident identity number (GB 11643: the last one checks the others)."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[weighted % 11] == number[-1].upper() and number[6:8] in {"18", "19", "20"}


def _old_identity(text: str) -> bool:
    return "身份证" in text and bool(_OLD_ID.search(text))


def _luhn(number: str) -> bool:
    """The check of bank cards (ISO/IEC 7812): every second digit from the right doubled."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return 16 <= len(number) <= 19 and total % 10 == 0 and len(set(number)) > 2


def masked(text: str) -> str:
    """The text with every personal number hidden, for whatever is printed."""
    for pattern in (_ID, _MOBILE, _LANDLINE, _CARD, _MAIL):
        text = pattern.sub("〔号码已隐去〕", text)
    return text
