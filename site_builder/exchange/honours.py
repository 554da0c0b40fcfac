"""A cell that names awards, honours, patents or indicators comes in; records go out, nothing that it does not say."""

import re
from types import MappingProxyType

from site_builder.exchange.lists import items_of
from site_builder.exchange.ticks import ticked
from site_builder.intake.clauses import indicators_in
from site_builder.intake.forms import Cell, honours
from site_builder.intake.mapping import Rule

_GRADE = re.compile(
    r"((?:特等|[一二三四]等|优秀|优胜|鼓励|提名|入围)(?:奖|成果)?|[金银铜]奖|第[一二三]名|大奖)(?:（[^（）]+）)?$"
)
_YEAR = re.compile(r"^[（(]?((?:19|20)\d\d)年?(?:度)?[)）]?\s*|[（(，,\s]((?:19|20)\d\d)年?度?[)）]?$")
_SESSION = re.compile(r"^(首届|第[〇零一二三四五六七八九十百\d]+届)")
_NUMBER = re.compile(r"(?:(?:ZL|CN)\s*)?(20\d{10}\.?[\dXx]|\d{8}\.[\dXx])|(20\d\dSR\d{6,7})|(?:CN)?(\d{9}[A-CUSY])\b")
_TYPES = ("发明", "实用新型", "外观设计", "软件著作权")
_SHORT_TYPES = MappingProxyType({"软著": "软件著作权", "外观": "外观设计"})
_SPREAD = re.compile(r"(?<=ZL)\s*(20\d\d)\s*(\d)\s*(\d{7})\s*\.\s*([\dXx])(?!\d)")
"""The number as the certificate prints it: ZL 2023 1 0000000.3."""
_COUNTED = re.compile(
    r"(?:已?获得?|取得|拥有|共|已?授权)?(?:国家)?(发明|实用新型|外观设计|外观|软件著作权|软著)?"
    r"(?:专利)?(授权|受理)?\s*(\d+)\s*[项件个]?"
)
_RULE = Rule(into="")


def awards_in(text: str) -> list[dict[str, str]]:
    """``2023年第三届样本奖一等奖；另一奖`` → two awards with year, session and grade where they are said."""
    return [_award(part) for part in items_of(text, separators="；;、")]


def _award(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    year = _YEAR.search(text)
    if year:
        found["year"] = year[1] or year[2]
        text = (text[: year.start()] + text[year.end() :]).strip()
    session = _SESSION.match(text)
    if session and len(text) > session.end() + 1:
        found["session"], text = session[1], text[session.end() :]
    grade = _GRADE.search(text)
    if grade and grade.start() > 1:
        found["grade"], text = grade[0], text[: grade.start()].rstrip("，, ：:")
    return {"award": text, **{name: found[name] for name in ("grade", "session", "year") if name in found}}


def honours_in(text: str) -> list[dict[str, str]]:
    """``全国技术能手（2019）、第十六届样本工匠`` → honours with batch and year."""
    parts = items_of(text, separators="；;、，")
    return [honour for part in parts for honour in honours(Cell(part, {}), _RULE)]


def patents_in(text: str) -> list[dict[str, str]]:
    """``发明专利2项、ZL202310000000.0`` → rights by type and number; what is neither stays a title."""
    return [_patent(part) for part in items_of(ticked(_SPREAD.sub(r"\1\2\3.\4", text)), separators="；;、，")]


def _patent(text: str) -> dict[str, str]:
    kind = next((one for one in _TYPES if one in text), "")
    typed = {"type": kind} if kind else {}
    number = _NUMBER.search(text)
    if number:
        title = re.sub(
            r"[《》“”（）()：:，,\s]|专利号?|发明|实用新型|外观设计|已?授权号?|号$", "", text.replace(number[0], "")
        )
        return {"number": number[0].strip(), **typed, **({"title": title} if title else {})}
    counted = _COUNTED.fullmatch(text)
    if counted:
        said = _SHORT_TYPES.get(counted[1], counted[1])
        found = {"type": said, "status": counted[2] if counted[2] == "受理" else "", "count": counted[3]}
        return {name: value for name, value in found.items() if value}
    return {"type": kind} if text in {kind, f"{kind}专利"} and kind else {"title": text, **typed}


def indicators_said(text: str) -> list[dict[str, str]]:
    """Indicators before and after; empty where a clause says it in another way."""
    found = indicators_in(text)
    return found if len(found) == len([part for part in re.split(r"[；;，。\n]", text) if part.strip()]) else []
