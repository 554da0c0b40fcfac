"""A row of a table comes in; out goes why it is no entry (a sum, a signature, a note, a sample), or nothing."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from site_builder.exchange.headings import Match
from site_builder.sheets.sheet import Cell

_TOTAL = re.compile(r"^(?:本页|本单位)?(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|平均)(?:[::]|$|\s|\d|（)")
_COUNTED = re.compile(r"^(?:共|总共|合计)\s*\d+\s*(?:项|人|个|条|名)")
_SIGNED = re.compile(
    r"^(?:单位)?(?:填\s*表|填\s*报|审\s*核|审\s*批|制\s*表|报\s*送|经\s*办|负\s*责|联\s*系|主\s*管)\s*(?:人|单位|部门|日期|时间|领导|电话)?"
    r"(?:（?签[字名章]）?|（?盖章）?|姓名)?\s*[:：]"
)
_SEAL = re.compile(r"[（(](?:盖章|公章|签章|签字)[)）]\s*[:：]?\s*(?:年\s*月\s*日)?\s*$|^\s*年\s*月\s*日\s*$")
_NOTE = re.compile(
    r"^(?:备?\s*注|说\s*明|填表说明|填报说明|注意|提示|\*)\s*\d*\s*[:：]|^[（(]?注[)）]?[:：]|^说明\s*\d|^\d[、.．].{12,}$"
)
_SAMPLE = re.compile(r"^(?:示例|样例|例|例[:：]|范例|填写示例|例如)(?:$|[:：\s\d])")
_MORE = re.compile(r"^(?:[.．…·]{2,}|（?以下空白）?|（?可加行）?|（?此处可增行）?|如需.*加行.*)$")
_ORDINAL = re.compile(r"^(?:\d{1,2}|[甲乙丙丁戊己庚辛壬癸]|[①-⑳]|[（(]\d{1,2}[)）])$")


def aside_of(row: Sequence[Cell], columns: Mapping[int, Match]) -> str:
    """Why the row is passed over, in words for editors; empty where it is data."""
    own = [cell.text for cell in row if cell.text and not cell.carried]
    if not own:
        return ""
    first, alone = own[0], len(own) == 1
    if _TOTAL.match(first) or (len(own) > 1 and _TOTAL.match(own[1])) or _COUNTED.match(first):
        return "合计"
    if _SIGNED.match(first) or (_SEAL.search(first) and len(own) <= 3):
        return "签章、填表信息"
    if _SAMPLE.match(first):
        return "示例"
    if alone and (_NOTE.match(first) or (len(first) > 12 and _spans(row, columns))):
        return "说明"
    if alone and _MORE.match(first):
        return "空行标记"
    if len(own) > 2 and all(_ORDINAL.match(text) for text in own) and _counts(own):
        return "栏号"
    return "分节标题" if alone and _spans(row, columns) else ""


def _spans(row: Sequence[Cell], columns: Mapping[int, Match]) -> bool:
    """One text merged over most of the columns: a line about the rows below, not one of them."""
    return sum(1 for cell in row if cell.carried and cell.text) * 2 >= len(columns) > 2


def _counts(texts: Sequence[str]) -> bool:
    numbers = [text.strip("（）()") for text in texts]
    if all(text.isdigit() for text in numbers):
        return all(int(b) - int(a) == 1 for a, b in pairwise(numbers))
    return not any(text.isdigit() for text in numbers)
