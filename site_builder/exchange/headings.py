"""A heading and a kind come in; out goes the field that the column fills, or why it fills none."""

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache, lru_cache
from types import MappingProxyType

from site_builder.exchange.columns import BODY, ID, SPECIAL, Path, named_paths
from site_builder.exchange.reserved import office_reason, private_reason
from site_builder.exchange.wording import Wording, key_of, wording_of
from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind, kind_named

_LOOSE = frozenset(
    {
        "awards",
        "people",
        "organisations",
        "patents",
        "benefit",
        "by_year",
        "transfer",
        "period",
        "honours",
        "levels",
        "pictures",
        "reports",
    }
)
"""Records whose fields are recognised without their parent's name: 等级 is the grade of the award."""
_PREFIXES = (
    "主要",
    "项目",
    "成果",
    "申报",
    "所在",
    "所属",
    "本",
    "拟",
    "该",
    "工作室",
    "操作法",
    "工作法",
    "活动",
    "个人",
    "职工",
    "人物",
    "建议",
)
_SUFFIXES = ("情况", "名单", "信息", "内容", "全称", "说明", "简介", "姓名", "名称", "时间")


class Fate(Enum):
    """What becomes of a column."""

    FIELD = "字段"
    PRIVATE = "不公开"
    OFFICE = "不用"
    UNKNOWN = "不认识"


@frozen
class Match:
    """What a heading means."""

    text: str
    fate: Fate
    path: Path = ()
    unit: str = ""
    number: int = 0
    why: str = ""
    """Why the column is dropped, for editors."""

    @property
    def known(self) -> bool:
        """Whether it is a heading at all."""
        return self.fate is not Fate.UNKNOWN


def match_heading(text: str, kind: Kind, *, given: Mapping[str, str] = MappingProxyType({})) -> Match:
    """The meaning of a heading; ``given`` is the editor's own word for odd ones: heading → label, or 不要."""
    wording = wording_of(text)
    if not wording.key:
        return Match(text, Fate.UNKNOWN)
    said = given.get(text.strip()) or given.get(wording.key)
    if said and not private_reason(wording.key):
        return _given(text, said, kind=kind)
    return _matched(text, kind.name)


@cache
def _words(kind: str) -> Mapping[str, Path]:
    """Key of every word that names a field → its path; nearer fields outrank those of records."""
    model = kind_named(kind).model
    words = {key_of(word): path for path, word in SPECIAL.items()} | {"展品编号": ID, "详细介绍": BODY}
    loose: dict[str, list[tuple[bool, Path]]] = {}
    for path, field in sorted(named_paths(model), key=lambda one: len(one[0])):
        names = [key_of(word) for word in (field.declared.label, *field.declared.headings, field.name)]
        above = [key_of(name) for name in _above(model, path[:-1])]
        for name in names:
            for parent in above or [""]:
                words.setdefault(parent + name, path)
            if above and path[-2] in _LOOSE and not office_reason(name):
                loose.setdefault(name, []).append((name == key_of(field.declared.label), path))
    words |= {word: only for word, found in loose.items() if word not in words and (only := _only(found))}
    return MappingProxyType(words)


def _only(found: list[tuple[bool, Path]]) -> Path | None:
    """The one field that a word may mean: 命名年份 is the year of a level by its label, that of an honour by habit only."""
    labelled = [path for is_label, path in found if is_label]
    paths = labelled if len(found) > 1 else [path for _, path in found]
    return paths[0] if len(paths) == 1 else None


def _above(model: type, path: Path) -> list[str]:
    """All words for a record: its own, and those after its parent's."""
    if not path:
        return []
    words: list[str] = [""]
    for name in path:
        field = next(one for one in fields_of(model) if one.name == name)
        own = (field.declared.label, *field.declared.headings)
        words = [f"{word}{one}" for word in words for one in own] + (list(own) if words != [""] else [])
        model = field.record
    return words


@lru_cache(maxsize=1 << 14)
def _matched(text: str, kind: str) -> Match:
    wording, words = wording_of(text), _words(kind)
    unit = wording.unit
    for key in (wording.key, wording.short):
        if key in words:
            return Match(text, Fate.FIELD, words[key], unit)
    private = private_reason(wording.key)
    if private:
        return Match(text, Fate.PRIVATE, why=private)
    office = office_reason(wording.key) or office_reason(wording.short)
    if office:
        return Match(text, Fate.OFFICE, why=office)
    counted = _counted(wording, words)
    if counted:
        return Match(text, Fate.FIELD, counted, unit, wording.number)
    near = next((words[key] for key in _variants(wording) if key in words), None)
    return Match(text, Fate.FIELD, near, unit) if near else Match(text, Fate.UNKNOWN)


def _counted(wording: Wording, words: Mapping[str, Path]) -> Path | None:
    """One of a series: 第二完成人, 获奖名称2, 2023年新增利润; only where a list can hold a series."""
    path = words.get(wording.stem) or next((words[key] for key in _stripped(wording.stem) if key in words), None)
    if path is None or not wording.number:
        return None
    if wording.number > 1000:
        return path if "by_year" in path else None
    return (
        path
        if path[0]
        in {"people", "organisations", "awards", "honours", "patents", "leads", "innovation_points", "effects"}
        else None
    )


def _variants(wording: Wording) -> Iterator[str]:
    yield from (part for part in wording.parts if len(part) > 1)
    for key in (wording.key, wording.short, *wording.parts):
        yield from _stripped(key)


def _stripped(key: str) -> Iterator[str]:
    for prefix in ("", *_PREFIXES):
        if key.startswith(prefix) and len(key) - len(prefix) > 1:
            rest = key.removeprefix(prefix)
            yield rest
            yield from (rest.removesuffix(end) for end in _SUFFIXES if rest.endswith(end) and len(rest) - len(end) > 1)


def _given(text: str, said: str, *, kind: Kind) -> Match:
    if said.strip() in {"不要", "忽略", "-", "no"}:
        return Match(text, Fate.OFFICE, why="对照表里写明不要")
    found = _matched(said, kind.name)
    unit = wording_of(text).unit or found.unit
    return Match(text, found.fate, found.path, unit, found.number, found.why)
