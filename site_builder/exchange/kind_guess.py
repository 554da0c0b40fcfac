"""Headings and the names above them come in; the kind of entry that they describe goes out, with the meaning of each."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from site_builder.exchange.headings import Fate, Match, match_heading
from site_builder.exchange.wording import wording_of
from site_builder.model.declaration import fields_of
from site_builder.model.kinds import Kind

_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "project": ("成果", "项目", "五小", "合理化建议", "发明", "攻关"),
        "method": ("操作法", "工作法", "先进操作"),
        "craftsman": ("工匠", "人物", "劳模", "人选", "能手", "职工推荐", "个人", "先进个人"),
        "studio": ("工作室",),
        "base": ("基地",),
        "team": ("班组", "团队", "先锋号", "先进集体"),
        "award": ("奖项目录", "奖项名录", "奖项"),
        "edition": ("展期",),
        "event": ("活动", "科技节", "论坛", "赛事"),
        "organisation": ("单位名录", "单位目录", "单位信息", "企业名录"),
        "union": ("工会名录", "工会目录", "工会信息"),
        "story": ("专题",),
    }
)
"""Words in the name of a file, a sheet or the lines above its headings that speak for a kind."""
_TITLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "project": ("成果名称", "项目名称", "建议名称", "成果项目名称"),
        "method": ("操作法名称", "工作法名称", "先进操作法名称", "操作法"),
        "craftsman": ("姓名", "人选姓名", "被推荐人姓名", "职工姓名"),
        "studio": ("工作室名称", "创新工作室名称"),
        "base": ("基地名称", "示范基地名称"),
        "team": ("班组名称", "团队名称"),
        "award": ("奖项名称",),
        "edition": ("展期名称",),
        "event": ("活动项目名称", "活动名称"),
        "organisation": ("单位名称",),
        "union": ("工会名称",),
    }
)
"""Headings that name the entry and belong to one kind."""


def guess_kind(
    kinds: Iterable[Kind], headings: Mapping[int, Sequence[str]], *, given: Mapping[str, str], hint: str
) -> tuple[Kind, dict[int, Match]]:
    """The kind with most fields among the headings; its own title, and words above the table, weigh more."""
    best: tuple[float, Kind, dict[int, Match]] | None = None
    for kind in kinds:
        columns = matches_for(headings, kind, given=given)
        score = _score(kind, columns) + words_for(kind, hint)
        if best is None or score > best[0]:
            best = (score, kind, columns)
    if best is None:
        raise ValueError("no kind to choose from")
    return best[1], best[2]


def words_for(kind: Kind, hint: str) -> float:
    """How loudly a name speaks for a kind: its own label most, the longer word more."""
    found = [len(word) for word in (*_WORDS.get(kind.name, ()), kind.label) if word in hint]
    return 1.5 + max(found) * 0.5 if found else 0.0


def _score(kind: Kind, columns: Mapping[int, Match]) -> float:
    paths = {match.path for match in columns.values() if match.fate is Fate.FIELD}
    names = {wording_of(match.text).short for match in columns.values()}
    score = float(len(paths))
    score += 1.5 if (kind.title_field,) in paths else -2
    return score + (4 if names & set(_TITLES.get(kind.name, ())) else 0)


def matches_for(headings: Mapping[int, Sequence[str]], kind: Kind, *, given: Mapping[str, str]) -> dict[int, Match]:
    """The meaning of every column: of both heading rows together, else of the lower one, else of the upper."""
    return {column: _match(tuple(words), kind, given=given) for column, words in headings.items()}


def _match(words: tuple[str, ...], kind: Kind, *, given: Mapping[str, str]) -> Match:
    tries = ["·".join(words), "".join(words), *reversed(words)] if len(words) > 1 else list(words)
    found = [match_heading(text, kind, given=given) for text in tries]
    return next((match for match in found if match.known), found[0])


def label_of(kind: Kind, path: tuple[str, ...]) -> str:
    """What a path is called in messages: 奖项·等级."""
    model, names = kind.model, []
    for name in path:
        field = next((one for one in fields_of(model) if one.name == name), None)
        if field is None:
            return {"id": "条目编号", "body": "正文"}.get(name, name)
        names.append(field.declared.label)
        model = field.record
    return "·".join(names)
