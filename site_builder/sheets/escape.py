"""The text of a cell comes in; out goes the text that no spreadsheet takes for a formula, and back."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKS = frozenset("=+-@\t\r\n＝＋－＠'")
"""How a text begins that may have to be escaped; nearly none does, so that no pattern is tried on the others."""
_LITERAL = re.compile(r'="((?:[^"]|"")*)"')


def escaped(text: str) -> str:
    """Text beginning with ``= + - @``, in half or full width, tab or line break gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in _MARKS and _RISKY.match(text) else text


def unescaped(text: str) -> str:
    """The inverse; also ``="007"``, by which people keep Excel from eating zeros, is ``007``."""
    if text[:1] not in _MARKS:
        return text
    literal = _LITERAL.fullmatch(text)
    if literal:
        return literal[1].replace('""', '"')
    return text[1:] if text.startswith("'") and _RISKY.match(text[1:]) else text
