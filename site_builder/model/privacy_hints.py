"""The bytes of a text come in; whether there can be personal data in it at all goes out, for a fraction of what looking costs.

Whatever `privacy.found_in` finds is suspected here; the suite tries that with texts made for it. What is suspected need not be there.
"""

import re

_GAPS = frozenset(b"-. \t\n\r\f\v()\xc2\xe2\xef")
"""What stands between groups of digits, or begins a sign that may: dashes, wide brackets, blanks that cannot be seen."""
_SIGNS = bytes(ord("0") if 48 <= sign < 58 else ord("-") if sign in _GAPS else ord("/") for sign in range(256))
_REST = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that only go on with a sign."""
_NUMBER = re.compile(rb"0(?:000000|--?0000?-0000)")
"""What every number that is looked for has: seven digits in a row, or three groups of which the last has four."""
_WIDE = re.compile(rb"\xef\xbc[\x90-\x99\xa0]")
"""A wide digit, or the wide sign of an address."""
_AT = ord("@")
_MAIL = re.compile(rb'@(?<!"@)(?:[-0-9A-Za-z_\x80-\xff]++\.|[-0-9A-Za-z_\x80-\xff]*+<)')
"""Where a tag comes next, the rest may stand behind it; behind a quotation mark stands a key of linked data."""
_BORN = re.compile(r"生(?:[于日]|(?<=[出月日]生))")
_ROOM, _UNIT = (
    re.compile(r"室(?:(?<=[0-9>]室)|(?<=[0-9>]\s室))"),
    re.compile(r"单元(?:(?<=[0-9>]单元)|(?<=[0-9>]\s单元))"),
)
"""Patterns begin with what is rare, and look back from there."""
_LIVING = re.compile("住址|家住|现住|户籍|家庭地址")
_HINTS = (
    ("生", _BORN),
    ("室", _ROOM),
    ("单元", _UNIT),
    ("住", _LIVING),
    ("籍", _LIVING),
    ("庭", _LIVING),
)
"""A word with a pattern that finds nothing where it is not: to look for one word costs a third."""
_WORDS = tuple(word.encode() for word in ("生", "于", "日", "住", "址", "籍", "庭", "地址", "元"))
LATTER = rb"(?:(?:[-. \t()]|[\xc2\xe2\xef][\x80-\xbf]++)*+[0-9]|[\x80-\xbf]|" + b"|".join(_WORDS) + rb")"
"""How the rest begins of what is suspected only as a whole: a digit, a sign cut in two, or of the words above all but the first sign."""
_CHINESE = re.compile(rb"[\xe3-\xed][\x80-\xbf]{2}\Z")


def may_be_personal(content: bytes) -> bool:
    """Whether a text in UTF-8 deserves a closer look."""
    signs = content.translate(_SIGNS, _REST)
    if (signs.find(b"0000000") >= 0 or signs.find(b"000-0000") >= 0) and _NUMBER.search(signs):
        return True
    if (_AT in content and _MAIL.search(content)) or _WIDE.search(content):
        return True
    text = content.decode("utf-8", "replace")
    return any(word in text and pattern.search(text) for word, pattern in _HINTS)


def may_be_former(words: bytes, latter: bytes) -> bool:
    """Whether words can be the beginning of what such a latter half goes on with: a number does not go on from Chinese signs."""
    return latter.startswith(_WORDS) or _CHINESE.search(words, max(0, len(words) - 3)) is None
