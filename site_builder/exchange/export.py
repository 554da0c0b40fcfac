"""Entries of a kind come in; a list of them goes out, in the columns and the order of the summary forms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from site_builder.exchange.asked import ASKED
from site_builder.exchange.cells import is_list, written
from site_builder.exchange.columns import BODY, ID, Path, field_at, heading_of, paths_of
from site_builder.exchange.lists import items_of
from site_builder.exchange.names import Names
from site_builder.exchange.notation import read
from site_builder.exchange.template import answer_of
from site_builder.model.declaration import DeclaredField
from site_builder.model.entry import Entry
from site_builder.model.exhibit import STATUS_WORDS
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.values import OrganisationCredit, Period, PersonCredit
from site_builder.sheets.listing import Listing, Value, width_of

NUMBER = "序号"
_LEADING: tuple[Path, ...] = (ID, ("status",), ("edition",), ("year",))
"""What comes first in every list: the id tells the import which entry a row revises."""
_WHOLE = frozenset({"people", "organisations", "period", "notice"})
"""Records that are easier read in one cell than in several."""
_SEEN = 50
"""Rows that decide on the widths."""


@frozen
class Column:
    """A column of a list: its heading and the path of the field it shows."""

    heading: str
    path: Path

    def is_public(self, kind: Kind) -> bool:
        """Whether every field on the way to it may leave the content directory."""
        fields = (
            [field_at(kind, self.path[: length + 1]) for length in range(len(self.path))]
            if self.path not in {ID, BODY}
            else []
        )
        return all(field.declared.public for field in fields)


def listing_of(kind: Kind, entries: Sequence[Entry], *, columns: Sequence[Column], names: Names) -> Listing:
    """The list of these entries; its rows are made while they are written."""

    def rows() -> Iterator[Sequence[Value]]:
        for number, entry in enumerate(entries, 1):
            yield [number, *row_of(entry, columns, names=names)]

    first = [row_of(entry, columns, names=names) for entry in entries[:_SEEN]]
    widths = [width_of(column.heading, [row[at] for row in first]) for at, column in enumerate(columns)]
    headings = (NUMBER, *(column.heading for column in columns))
    return Listing(kind.label, f"{kind.label}汇总表", headings, (6, *widths), rows)


def form_columns(kind: Kind, entries: Iterable[Entry]) -> tuple[Column, ...]:
    """The columns of the summary form of a kind: id, status and edition, then what the form asks, in its order."""
    everything = tuple(entries)
    declared = paths_of(kind)
    asked = [one.path for one in ASKED.get(kind.name, ())]
    wanted = [path for path in _LEADING if path in declared]
    wanted += asked or list(_fields(kind))
    wanted = [path for path in wanted if path in {ID, (kind.title_field,)} or _used(everything, path)]
    lists = {path[0] for path in wanted if len(path) > 1 and is_list(field_at(kind, path[:1]))}
    several = {name for name in lists if not all(_parts_well(entry.get(name, ())) for entry in everything)}
    whole = [path[:1] if path[0] in several else path for path in wanted]
    return columns_at(kind, dict.fromkeys(whole))


def all_columns(kind: Kind, entries: Iterable[Entry]) -> tuple[Column, ...]:
    """The same, then every other field that any of the entries has, and the body."""
    everything = tuple(entries)
    first = form_columns(kind, everything)
    shown = {column.path for column in first} | {column.path[:1] for column in first if len(column.path) == 1}
    parted = {column.path[0] for column in first if len(column.path) > 1}
    rest = [path for path in (*_fields(kind), BODY) if path not in shown and _used(everything, path)]
    rest = [path for path in rest if not (len(path) == 1 and path[0] in parted)]
    inner = [path for path in paths_of(kind) if len(path) == 2 and path[0] in parted and path not in {*shown, *rest}]
    return (*first, *columns_at(kind, (*rest, *(path for path in inner if _used(everything, path)))))


def columns_at(kind: Kind, paths: Iterable[Path]) -> tuple[Column, ...]:
    """Columns for these paths; those of sums name their unit."""
    said = {one.path: one.heading for one in ASKED.get(kind.name, ()) if one.heading}
    return tuple(Column(said.get(path) or _heading(kind, path), path) for path in paths)


def _heading(kind: Kind, path: Path) -> str:
    heading = heading_of(kind, path)
    money = path not in {ID, BODY} and answer_of(field_at(kind, path)) == "decimal"
    return f"{heading}（万元）" if money and "万元" not in heading else heading


def row_of(entry: Entry, columns: Sequence[Column], *, names: Names) -> list[Value]:
    """The cells of one entry."""
    named = names.named(entry.data)
    return [_cell(entry, named, path=column.path) for column in columns]


def _several(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _fields(kind: Kind) -> Iterator[Path]:
    """One path for each field, several for a single record, so that each of its values has its column."""
    for path in paths_of(kind):
        if path in {ID, BODY}:
            continue
        above = field_at(kind, path[:1])
        parted = above.record is not None and not is_list(above) and path[0] not in _WHOLE
        if (len(path) == 2) if parted else (len(path) == 1):
            yield path


def _used(entries: Iterable[Entry], path: Path) -> bool:
    return any(has_value(value_at(entry, path)) for entry in entries)


def has_value(value: Any) -> bool:
    """Whether there is anything to show; 0 is something."""
    return value is not None and value is not False and value not in ((), "")


def _parts_well(records: tuple[Any, ...]) -> bool:
    """Whether the values of a list of records may stand in columns of their own: one record, no text read as several."""
    texts = [value for record in records for value in asdict(record).values() if isinstance(value, str)]
    return len(records) <= 1 and all(items_of(text, separators="；;", blanks=True) == [text] for text in texts)


def value_at(entry: Entry, path: Path) -> Any:
    """The value of a field; of a list of records the first one's."""
    if path == ID:
        return entry.id
    if path == BODY:
        return entry.body.strip()
    return _inside(entry.data, path)


def _inside(record: Any, path: Path) -> Any:
    for name in path:
        if isinstance(record, tuple):
            record = record[0] if record else None
        if record is None:
            return None
        record = getattr(record, name)
    return record


def _cell(entry: Entry, named: Any, *, path: Path) -> Value:
    value = value_at(entry, path) if path in {ID, BODY} else _inside(named, path)
    if value is None or value == ():
        return None
    if path in {ID, BODY}:
        return str(value)
    if path == ("status",):
        return next(word for word, status in STATUS_WORDS.items() if status == value)
    return shown(value, field_at(entry.described, path))


def shown(value: Any, field: DeclaredField) -> Value:
    """A value as a cell: a number where it is one, the words people would use where they read back the same, else ours."""
    if answer_of(field) in {"whole", "year", "decimal"} and float(f"{value:.10g}") == value:
        return int(value) if float(value).is_integer() else float(value)
    words = _people_words(value) if field.record else ""
    return words if words and read(words, field) == _raw(value) else written(value, field)


def _people_words(value: Any) -> str:
    """``张三（总体设计）、李四`` and ``2023-05 至 2024-03``; nothing for records that have no such way."""
    if isinstance(value, Period):
        return f"{value.start} 至 {value.end}" if value.end else value.start
    credits = [one for one in _several(value) if isinstance(one, (PersonCredit, OrganisationCredit))]
    parts = [(one.person if isinstance(one, PersonCredit) else one.organisation, one.role) for one in credits]
    return "、".join(f"{name}（{role}）" if role else name for name, role in parts)


def _raw(value: Any) -> object:
    """Records as a file holds them."""
    parts = [{name: part for name, part in asdict(one).items() if part is not None} for one in _several(value)]
    return parts if isinstance(value, tuple) else parts[0]
