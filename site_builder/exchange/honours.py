"""A cell that names awards, honours, patents or indicators comes in; records go out, nothing that it does not say."""

import re

from site_builder.exchange.lists import items_of
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
    return [_patent(part) for part in items_of(text, separators="；;、，")]


def _patent(text: str) -> dict[str, str]:
    kind = next((one for one in _TYPES if one in text), "")
    typed = {"type": kind} if kind else {}
    number = _NUMBER.search(text)
    if number:
        title = re.sub(
            r"[《》“”（）()：:，,\s]|专利号?|发明|实用新型|外观设计|授权号?|号$", "", text.replace(number[0], "")
        )
        return {"number": number[0].strip(), **typed, **({"title": title} if title else {})}
    counted = re.fullmatch(
        r"(?:获|授权|已授权|拥有)?(?:国家)?(发明|实用新型|外观设计|软件著作权)(?:专利)?(?:授权)?\s*(\d+)\s*[项件个]?",
        text,
    )
    if counted:
        return {"type": counted[1], "count": counted[2]}
    return {"type": kind} if text in {kind, f"{kind}专利"} and kind else {"title": text, **typed}


def indicators_said(text: str) -> list[dict[str, str]]:
    """Indicators before and after; empty where a clause says it in another way."""
    found = indicators_in(text)
    return found if len(found) == len([part for part in re.split(r"[；;，。\n]", text) if part.strip()]) else []
