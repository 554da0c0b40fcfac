"""A kind comes in; the columns of its table go out: heading, name, type, and how a document fills them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from site_builder.exchange.cells import BAR, form_of, head_of
from site_builder.exchange.columns import BODY, ID, heading_of
from site_builder.model.exhibit import STATUS_WORDS
from site_builder.model.kinds import Kind
from site_builder.model.values import OrganisationCredit, PersonCredit
from site_builder.opendata.documents import Archive, Document
from site_builder.opendata.shape import Part, shape_of
from site_builder.sheets.listing import Value

ADDRESS = "网址"
_LEFT_OUT = frozenset({"cover", "title_lines", "aliases"})
_TYPES: Mapping[str, str] = MappingProxyType(
    {"money": "number", "count": "integer", "year": "integer", "flag": "boolean"}
)
"""Form of a field → type of its column; all others are text."""
_STATUS = MappingProxyType({status: word for word, status in reversed([*STATUS_WORDS.items()])})
_CREDITS = (PersonCredit, OrganisationCredit)
Cell = Callable[[Any, Archive], Value]
"""A value of a document → as people read it."""


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a kind's table."""

    heading: str
    name: str
    """ASCII, for databases: ``benefit_annual``."""
    type: str
    """``string``, ``integer``, ``number`` or ``boolean``."""
    note: str
    required: bool
    form: str
    """What kind of text it is: ``date``, ``list``, ``records``, ``text``…"""
    cell: Cell
    """How a value becomes what people read: names for ids."""
    path: tuple[str, ...] = ()
    """The field, where it stands in a record after that; nothing of what is told by ``own``."""
    own: Callable[[Document], Any] | None = None
    """The plain value, of what is no field of the entry."""
    refers: tuple[str, ...] = ()
    """Kinds that its one value may mean; empty for lists and plain values."""


@cache
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Id, title and address, then every public field; a record that stands alone has a column for each of its fields."""
    parts = [part for part in shape_of(kind.model) if part.name not in _LEFT_OUT]
    parts.sort(key=lambda part: part.name != kind.title_field)
    title, *rest = (column for part in parts for column in _columns(kind, part))
    return (_own(heading_of(kind, ID), "id", own=lambda one: one.entry.id), title, _address(), *rest, _body(kind))


def _own(heading: str, name: str, *, own: Callable[[Document], Any], note: str = "", required: bool = True) -> Column:
    return Column(heading, name, "string", note, required, "text", lambda value, _: value, own=own)


def _address() -> Column:
    """Relative where the site's own address is not known."""

    def absolute(address: str, archive: Archive) -> str:
        return f"{archive.deck.catalogue.exhibition.url}{address}"

    note = "条目的网页；展览自己的地址未知时是相对地址"
    return replace(_own(ADDRESS, "address", own=lambda one: one.card.address, note=note), cell=absolute)


def _body(kind: Kind) -> Column:
    return _own(heading_of(kind, BODY), "body", own=lambda one: one.body, note="Markdown 格式", required=False)


def _columns(kind: Kind, part: Part, *, above: tuple[str, ...] = ()) -> Iterator[Column]:
    path = (*above, part.name)
    if part.inner and not part.many:
        for inner in part.inner:
            yield from _columns(kind, inner, above=path)
        return
    form = form_of(part.field)
    money = form == "money"
    heading = heading_of(kind, path)
    yield Column(
        f"{heading}（万元）" if money and "万元" not in heading else heading,
        "_".join(path),
        "string" if part.many else _TYPES.get(form, "string"),
        part.field.declared.note,
        part.field.required and not above,
        form,
        _celling(part),
        path,
        refers=() if part.many else part.refers,
    )


def _celling(part: Part) -> Cell:
    """How a value is made the cell of people: names for ids, one item a line; what a number is stays one. Found out once."""
    if part.inner and part.many:
        return _credits(part) if part.field.record in _CREDITS else _records(part)
    if part.refers:
        return _names(part)
    return _status if part.name == "status" else _plain


def _plain(value: Any, _archive: Archive) -> Value:
    if isinstance(value, (str, int, float)):
        return value
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "；".join(f"{name}：{one}" for name, one in value.items()) if isinstance(value, dict) else str(value)


def _status(value: Any, _archive: Archive) -> Value:
    return _STATUS.get(str(value), str(value))


def _names(part: Part) -> Cell:
    kinds = part.refers

    def several(value: list[str], archive: Archive) -> Value:
        targets = archive.targets[kinds]
        return "、".join([targets[text].title for text in value])

    def one(value: str, archive: Archive) -> Value:
        return archive.targets[kinds][value].title

    return several if part.many else one


def _credits(part: Part) -> Cell:
    """``张三（总体设计）、李四``."""
    first = part.inner[0]

    def credits(value: list[dict[str, Any]], archive: Archive) -> Value:
        targets = archive.targets[first.refers]
        named = [(targets[record[first.name]].title, record.get("role")) for record in value]
        return "、".join([f"{name}（{role}）" if role else name for name, role in named])

    return credits


def _records(part: Part) -> Cell:
    """``某奖｜等级：一等奖｜年份：2025`` in each line, as lists that are exported for editing have it."""
    head = head_of(part.field.record)
    inner = sorted(part.inner, key=lambda one: one.name != head)
    told = [(one.name, "" if one.name == head else f"{one.label}：", _celling(one)) for one in inner]

    def records(value: list[dict[str, Any]], archive: Archive) -> Value:
        return "\n".join(
            [
                BAR.join(
                    [
                        f"{label}{cell(record[name], archive)}".replace("\n", "；")
                        for name, label, cell in told
                        if name in record
                    ]
                )
                for record in value
            ]
        )

    return records
