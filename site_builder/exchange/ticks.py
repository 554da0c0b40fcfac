"""The text of a cell with boxes comes in; what is ticked goes out, several parted by semicolons."""

import re

_TICKED, _EMPTY = "☑☒✓✔√■◼", "□☐○◻◇"
_BOX = re.compile(rf"[{_TICKED}{_EMPTY}]|\[\s*[xX√]?\s*\]|[(（]\s*√\s*[)）]")
_AFTER = re.compile(r"(?<![\s、，,；;/|])[\s、，,；;/|]+$")


def ticked(text: str) -> str:
    """``☑是 □否`` → ``是``, ``发明□ 实用新型☑`` → ``实用新型``; text without boxes stays as it is, so does a tick alone."""
    boxes = list(_BOX.finditer(text))
    if not boxes or _BOX.sub("", text).strip() == "":
        return "√" if boxes and any(_is_ticked(box[0]) for box in boxes) else "" if boxes else text
    if len(boxes) == 1 and not _is_ticked(boxes[0][0]):
        return text if boxes[0][0] == "○" else ""
    return "；".join(word for word in _chosen(text, boxes) if word)


def _chosen(text: str, boxes: list[re.Match[str]]) -> list[str]:
    leading = text[: boxes[0].start()].strip() == ""
    chosen = []
    for place, box in enumerate(boxes):
        if not _is_ticked(box[0]):
            continue
        if leading:
            end = boxes[place + 1].start() if place + 1 < len(boxes) else len(text)
            word = text[box.end() : end]
        else:
            begin = boxes[place - 1].end() if place else 0
            word = text[begin : box.start()]
        chosen.append(_AFTER.sub("", word.strip()))
    return chosen


def _is_ticked(box: str) -> bool:
    return any(sign in box for sign in (*_TICKED, "x", "X"))
