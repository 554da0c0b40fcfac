"""A record or a text that is to be published comes in; a problem for every piece of personal data in it goes out, never the data itself.

What an entry says of itself under ``privacy_exceptions`` may stand, with its reason. A field for a public office may hold its telephone
number and mail. Fields that are not published are not looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from site_builder.intake.shapes import Path, nearest, shape_of
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Record
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.privacy import OFFICE, Found, found_in, half_hidden, loose
from site_builder.model.problems import Place, Problem

_OFFICES = frozenset({("transfer", "contact")})
"""Fields of entries that are for a public office."""
_OF_PERSONS = frozenset({"craftsman"})
_HINT = "删去；确实可以公开的（如公共服务电话），在 privacy_exceptions 里照原样写出并说明理由"


@frozen
class Allowed:
    """What an entry or page excepts: the texts, with the place of each."""

    items: tuple[tuple[str, Place], ...] = ()

    def unused(self, texts: Iterable[str]) -> Iterator[Problem]:
        """A warning for each exception that none of these texts needed."""
        used = {loose(text) for text in texts}
        for item, place in self.items:
            if loose(item) not in used:
                yield Problem("unused-exception", place, "这一项个人信息例外没有用到")


def guarded(record: Record) -> Iterator[Problem]:
    """Problems of everything in a record that is published: its fields, also the names of files, and its body."""
    model = kind_named(record.kind).model
    person = record.kind in _OF_PERSONS
    # most entries hold nothing of the kind, and where it would stand need not be known
    words: list[str] = []
    _gather(record.fields, model, words=words)
    whole = "\n".join((*words, record.body))
    stated = record.fields.get("privacy_exceptions")
    if not stated and not found_in(whole, of_person=person) and not half_hidden(whole):
        return
    texts = [*_texts(record.fields, model)]
    allowed = _allowed(record, stated)
    excepted = {loose(item) for item, _ in allowed.items}
    used: list[str] = []
    for path, text in texts:
        place = Place(record.source, path, *nearest(record.places, path))
        label = f"{shape_of(model).label(path)}里"
        for found in found_in(text, of_person=person):
            used.append(text[found.start : found.end])
            office = path in _OFFICES and found.sort in OFFICE
            if loose(used[-1]) not in excepted and not office:
                yield _fault(found, place, where=label)
        if half_hidden(text):
            yield Problem("half-hidden", place, f"{label}有遮住中间几位的号码")
    for found, place in in_text(record.body, record.source, first=record.body_line, of_person=person):
        used.append(record.body[found.start : found.end])
        if loose(used[-1]) not in excepted:
            yield _fault(found, place, where="正文里")
    if half_hidden(record.body):
        place = Place(record.source, (), record.body_line, 1)
        yield Problem("half-hidden", place, "正文里有遮住中间几位的号码")
    yield from Allowed(tuple(one for one in allowed.items if not _names_file(one[0], record))).unused(used)


def in_text(text: str, source: str, *, first: int = 1, of_person: bool = False) -> Iterator[tuple[Found, Place]]:
    """Everything found in a text that begins on line ``first`` of a file, with its line and column."""
    for found in found_in(text, of_person=of_person):
        start = text.rfind("\n", 0, found.start) + 1
        line = text.count("\n", 0, found.start) + first
        yield found, Place(source, (), line, found.start - start + 1)


def faults_in_text(text: str, source: str, *, excepted: Iterable[str] = ()) -> Iterator[Problem]:
    """The same as problems, without what is excepted."""
    allowed = {loose(item) for item in excepted}
    for found, place in in_text(text, source):
        if loose(text[found.start : found.end]) not in allowed:
            yield _fault(found, place, where="这里")


def _fault(found: Found, place: Place, *, where: str) -> Problem:
    return Problem("private-data", place, f"{where}有{found.sort}", _HINT)


def _names_file(item: str, record: Record) -> bool:
    """Whether an exception is for an attachment, which those who read the files judge."""
    named = [one for field in ("attachments", "videos", "pictures") for one in record.fields.get(field) or ()]
    return any(item == (one if isinstance(one, str) else one.get("file")) for one in named)


def _allowed(record: Record, stated: Any) -> Allowed:
    items = []
    for index, one in enumerate(stated if isinstance(stated, list) else [stated] if stated else []):
        if isinstance(one, Mapping) and one.get("what") and one.get("reason"):
            path = ("privacy_exceptions", index)
            items.append((str(one["what"]), Place(record.source, path, *nearest(record.places, path))))
    return Allowed(tuple(items))


@cache
def _published(model: type) -> Mapping[str, DeclaredField | None]:
    return {field.name: field if field.declared.public else None for field in fields_of(model)}


def _gather(value: Any, model: Any, *, words: list[str]) -> None:
    """Adds the same texts as ``_texts`` to these words, without their paths."""
    if isinstance(value, str):
        words.append(value)
    elif isinstance(value, list):
        for one in value:
            _gather(one, model, words=words)
    elif isinstance(value, Mapping):
        published = _published(model) if model else {}
        for name, one in value.items():
            field = published.get(name)
            if field is not None or name not in published:
                _gather(one, field.record if field else None, words=words)


def _texts(value: Any, model: Any, *, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a record that is published, with its path; what no field is declared for is another's to report."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _texts(one, model, path=(*path, index))
    elif isinstance(value, Mapping):
        published = _published(model) if model else {}
        for name, one in value.items():
            field = published.get(name)
            if field is not None or name not in published:
                yield from _texts(one, field.record if field else None, path=(*path, name))
