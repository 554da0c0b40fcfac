"""The text of a cell comes in; the items that it lists go out; and the inverse."""

import re
import unicodedata
from collections.abc import Iterable

BULLET = "• "
_BULLETS = re.compile(r"^[•·●▪◆◇■\-–—*]\s+(?=\S)|^•\s*(?=\S)")
_NUMBERS = re.compile(
    r"^\s*(?:\d{1,2}\s*[、.．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s*"
)
_INLINE_NUMBERS = re.compile(
    r"(?:(?<=[；;。])|(?<=\s)(?<![；;。\s]\s))\s*(?=(?:\d{1,2}[、.．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]))|(?<=\S)(?=[②-⑳])"
)
_LATER_BULLET = re.compile(r"\n(\\*•)")
_GUARDED = re.compile(r"\\+•")
_OPENING, _CLOSING = "《“「『（([【", "》”」』）)]】"
EMPTY = frozenset(
    {
        "",
        "无",
        "/",
        "／",
        "—",
        "——",
        "-",
        "--",
        "－",
        "无。",
        "暂无",
        "没有",
        "n/a",
        "na",
        "\\",
        "不详",
        "空",
        "○",
        "〇",
        "null",
        "none",
    }
)
_NEEDS_MARK = re.compile(r"[；;、，,\n]|^\s|^[•·●▪◆◇■*\-–—]|^\\")


def is_cleared(text: str) -> bool:
    """Whether a cell says that what the entry holds goes: 清空, with or without brackets. An empty cell changes nothing."""
    return text.strip().strip("（）()【】[]“”") == "清空"


def is_empty(text: str) -> bool:
    """Whether a cell says that there is nothing to say: 无, /, —."""
    return unicodedata.normalize("NFKC", text).strip().casefold() in EMPTY


def bare(text: str) -> str:
    """Text without the backslash that keeps it from being read as nothing, a bullet or a number."""
    return text[1:] if text.startswith("\\") and len(text) > 1 else text


def items_of(text: str, *, separators: str = "；;、", blanks: bool = False) -> list[str]:
    """The items of a cell, at the strongest separator there is: bullets, line breaks, numbers, then the given signs.

    With ``blanks``, items that say nothing (—) stay as empty texts, so that parallel lists keep step.
    """
    if "\n" in text or _BULLETS.match(text):
        found = _lines(text)
    else:
        numbered = [part for part in _INLINE_NUMBERS.split(text) if part and part.strip()]
        if len(numbered) > 1 and all(_NUMBERS.match(part) for part in numbered):
            found = [part.rstrip("；;，,、") for part in numbered]
        else:
            found = next((parts for sign in _groups(separators) if len(parts := outside(text, sign)) > 1), [text])
        found = [_NUMBERS.sub("", part) if len(found) > 1 or _is_prose_number(part) else part for part in found]
    plain = ["" if is_empty(part) else bare(part) for part in (one.strip() for one in found)]
    return [part for part in plain if part or blanks]


def _is_prose_number(text: str) -> bool:
    return bool(_NUMBERS.match(text)) and len(text) > 6


def _groups(separators: str) -> list[str]:
    """；and ; are the same sign, the others stand for themselves, in their order."""
    groups = ["；;"] if "；" in separators else []
    return [*groups, *(sign for sign in separators if sign not in "；;")]


def _lines(text: str) -> list[str]:
    """Lines; below a bulleted first line those without a bullet go on with the item above."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or not lines[0].startswith(BULLET.strip()):
        return [_NUMBERS.sub("", _BULLETS.sub("", line.strip())).rstrip("；;") for line in lines]
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith(BULLET.strip()):
            items.append(line.removeprefix(BULLET.strip()).removeprefix(" "))
        elif items:
            items[-1] += f"\n{line[1:] if _GUARDED.match(line) else line}"
    return items


def outside(text: str, signs: str) -> list[str]:
    """Split at any of the signs, but not inside 《》, quotation marks and brackets."""
    parts, depth, begun = [], 0, 0
    for place, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in signs and depth == 0:
            parts.append(text[begun:place])
            begun = place + 1
    if depth:
        return [part for part in re.split(f"[{re.escape(signs)}]", text) if part.strip()]
    return [part for part in (*parts, text[begun:]) if part.strip()]


def listing_of(items: Iterable[str]) -> str:
    """The text of a cell that ``items_of`` reads back: an item a line, with bullets where it would be read otherwise."""
    several = list(items)
    if not several:
        return ""
    risky = any(_NEEDS_MARK.search(one) or _NUMBERS.match(one) or is_empty(one) for one in several)
    if not risky:
        return "\n".join(several)
    return "\n".join(f"{BULLET}{_guarded(one)}" for one in several)


def _guarded(item: str) -> str:
    text = f"\\{item}" if item.startswith("\\") or is_empty(item) else item
    return _LATER_BULLET.sub(r"\n\\\1", text)
