"""Events of the YAML parser come in; plain values go out, every scalar as written, with the place of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, cast

import yaml

from site_builder.intake.documents import CONTROL
from site_builder.intake.shapes import Path, Shape
from site_builder.intake.yaml_faults import NotMapping, TooDeep
from site_builder.model.problems import Place, Problem
from site_builder.model.wording import quoted

DEEPEST = 20
NO_SHAPE = Shape({}, {}, {})
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_HIDING = re.compile(r"(?<=\S)[ \t]+#(?=[^\s#])")
_STANDARD = "tag:yaml.org,2002:"
_NEEDED = "PyYAML 缺少 C 解析器（libyaml）。请用 pip install --force-reinstall --only-binary :all: pyyaml 重装"
_LABELLED = re.compile(r"([^\s:：]{1,20})[ \t]*([:：])")


_SCALAR: type = yaml.ScalarEvent
_MAPPING: type = yaml.MappingStartEvent
_MAPPING_END: type = yaml.MappingEndEvent
_SEQUENCE: type = yaml.SequenceStartEvent
_SEQUENCE_END: type = yaml.SequenceEndEvent
_DOCUMENT: type = yaml.DocumentStartEvent

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"


class Mark(Protocol):
    """A place in the text, 0-based."""

    line: int
    column: int


class Event(Protocol):
    """What the C parser sends; collections have no value or style, ends have no anchor or tag."""

    value: str
    style: str | None
    anchor: str | None
    tag: str | None
    start_mark: Mark
    end_mark: Mark


def _events(text: str) -> Iterator[Event]:
    if not hasattr(yaml, "CBaseLoader"):
        raise RuntimeError(_NEEDED)
    # yaml.parse would go through a generator for each event
    return cast("Iterator[Event]", iter(yaml.CBaseLoader(text).get_event, None))


@dataclass
class Reading:
    """The workbench of one pass over a text: events of the parser become values, places and problems."""

    source: str
    line: int
    text: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    plain_ends: dict[tuple[int, int], Path] = field(default_factory=dict)
    events: Iterator[Event] = field(default_factory=lambda: iter(()))
    may_hide: bool = field(init=False)
    """Whether a comment may begin anywhere; most texts have none."""

    def __post_init__(self) -> None:
        """Looks once, so that the end of each scalar need not be kept."""
        self.may_hide = "#" in self.text

    def mapping(self, shape: Shape) -> dict[str, Value]:
        """The mapping at the root of the text; empty where the text is."""
        self.events = _events(self.text)
        found: dict[str, Value] = {}
        documents = 0
        for event in self.events:
            if event.__class__ is _DOCUMENT:
                documents += 1
                if documents > 1:
                    self._report(event, "一个文件只能有一份资料，这里又开始了一份（---）", code="yaml")
                    break
                event = next(self.events)
                if event.__class__ is _MAPPING:
                    found = self._mapping(event, (), shape=shape)
                elif event.__class__ is not _SCALAR or event.style or event.value not in _NOTHING:
                    raise NotMapping(event.start_mark)
        return found

    def hidden(self) -> Iterator[Problem]:
        """Text behind ``#`` that YAML takes for a comment, though it was most likely meant as text."""
        for found in _HIDING.finditer(self.text) if self.may_hide else ():
            start = self.text.rfind("\n", 0, found.start()) + 1
            line, column = self.text.count("\n", 0, start), found.start() - start
            if (line, column) in self.plain_ends:
                lost = self.text[found.end() - 1 :].partition("\n")[0]
                place = Place(self.source, self.plain_ends[line, column], self.line + line, found.end() - start)
                hint = "是内容就给整段加引号，是注释就在 # 后面空一格"
                yield Problem("hidden-text", place, f"{quoted(lost)}会被当成注释丢掉", hint)

    def _mapping(self, start: Event, path: Path, *, shape: Shape) -> dict[str, Value]:
        self._check(start, path)
        found: dict[str, Value] = {}
        seen: dict[str, tuple[str, int]] = {}
        for key in self.events:
            if key.__class__ is not _SCALAR:
                if key.__class__ is _MAPPING_END:
                    break
                self._report(key, "字段名只能是一个词，不能是清单或一组字段", code="yaml", path=path)
                self._value(key, (*path, "?"), shape=NO_SHAPE)
                self._value(next(self.events), (*path, "?"), shape=NO_SHAPE)
                continue
            self._scalar(key, path)
            word = key.value
            name = shape.name_of(word)
            value = self._member(key, (*path, name), shape=shape)
            if name in seen:
                self._repeated(key, (*path, name), first=seen[name])
                continue
            seen[name] = (word, key.start_mark.line)
            if value is not None or shape is NO_SHAPE:
                found[name] = value
        return found

    def _member(self, key: Event, path: Path, *, shape: Shape) -> Value:
        """The value that belongs to a key; its first place is kept where a key is repeated."""
        name = path[-1]
        event = next(self.events)
        is_scalar = event.__class__ is _SCALAR
        known = is_scalar and (name in shape.labels or shape is NO_SHAPE)
        mark = event.start_mark if known and event.value else key.start_mark
        self.places.setdefault(path, (mark.line + self.line, mark.column + 1))
        if is_scalar:
            return self._scalar(event, path)
        return self._value(event, path, shape=shape.records.get(str(name), NO_SHAPE))

    def _value(self, event: Event, path: Path, *, shape: Shape) -> Value:
        if event.__class__ is _SCALAR:
            return self._scalar(event, path)
        if len(path) >= DEEPEST:
            raise TooDeep(event.start_mark)
        if event.__class__ is _SEQUENCE:
            return self._sequence(event, path, shape=shape)
        if event.__class__ is _MAPPING:
            return self._mapping(event, path, shape=shape)
        self._report(event, f"用了 YAML 的引用 *{str(event.anchor)[:24]}", code="yaml-alias", path=path)
        return f"*{event.anchor}"

    def _sequence(self, start: Event, path: Path, *, shape: Shape) -> list[Value]:
        self._check(start, path)
        found: list[Value] = []
        for event in self.events:
            if event.__class__ is _SEQUENCE_END:
                break
            inner = (*path, len(found))
            mark = event.start_mark
            self.places.setdefault(inner, (mark.line + self.line, mark.column + 1))
            if event.__class__ is _SCALAR:
                if shape.words:
                    self._unspaced(event, inner, shape=shape)
                found.append(self._scalar(event, inner))
            else:
                found.append(self._value(event, inner, shape=shape))
        return found

    def _scalar(self, event: Event, path: Path) -> str | None:
        if event.anchor is not None or event.tag is not None:
            self._check(event, path)
        if event.style:
            return self._seen(event, path) if event.style == '"' else str(event.value)
        if self.may_hide:
            self.plain_ends[event.end_mark.line, event.end_mark.column] = path
        return None if event.value in _NOTHING else str(event.value)

    def _seen(self, event: Event, path: Path) -> str:
        """What can be seen of a text in double quotation marks, in which YAML writes down any character by its number."""
        found = CONTROL.search(event.value)
        if found:
            message = f"有看不见的控制字符（U+{ord(found[0]):04X}）"
            self._report(event, message, code="control-character", path=path)
        return CONTROL.sub(" ", event.value)

    def _check(self, event: Event, path: Path) -> None:
        if event.anchor is not None:
            self._report(event, f"用了 YAML 的标记 &{event.anchor[:24]}", code="yaml-alias", path=path)
        if event.tag is not None:
            tag = event.tag.replace(_STANDARD, "!!")[:24]
            self._report(event, f"用了 YAML 的标记 {tag}", code="yaml-tag", path=path)

    def _unspaced(self, event: Event, path: Path, *, shape: Shape) -> None:
        """``- 姓名：张三`` is text to YAML, though a field was meant."""
        found = _LABELLED.match(event.value)
        if not found or event.style or shape.name_of(found[1]) not in shape.labels:
            return
        if found[2] == "：":
            self._report(event, f"“{found[1]}”后面是全角冒号", code="yaml-colon", path=path)
        else:
            self._report(event, f"“{found[1]}”的冒号后面缺一个空格", code="yaml", path=path)

    def _repeated(self, key: Event, path: Path, *, first: tuple[str, int]) -> None:
        word, line = first
        lines = f"第 {line + self.line} 行和第 {key.start_mark.line + self.line} 行"
        same = f"{quoted(word)}写了两次" if word == key.value else f"{quoted(word)}和{quoted(key.value)}是同一个字段"
        message = f"{same}：{lines}"
        self._report(key, message, code="duplicate-key", path=path)

    def _report(self, event: Event, message: str, *, code: str, path: Path = ()) -> None:
        mark = event.start_mark
        self.problems.append(Problem(code, Place(self.source, path, mark.line + self.line, mark.column + 1), message))
