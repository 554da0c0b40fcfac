"""A kind comes in; the form that its entries are edited in goes out, made from the declarations of the model alone."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from site_builder.exchange.cells import form_of, head_of
from site_builder.intake.writing import ordered
from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_BODY, WEIGHT_SUMMARY, DeclaredField, fields_of, marks_of
from site_builder.model.exhibit import STATUS_WORDS
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.marks import Before
from site_builder.model.values import ROLE_WORDS, Attachment, Picture

_WORDS = MappingProxyType({code: word for word, code in reversed((*STATUS_WORDS.items(), *ROLE_WORDS.items()))})
"""Code of a choice → its Chinese name."""
_FIRST = frozenset(
    {"summary", "status", "sources", "pictures", "edition", "year", "organisations", "organisation", "people"}
)
"""Fields that stand in the form even while they are empty; the others wait behind “还可以填”."""
_SAMPLES = MappingProxyType(
    {
        "money": "如 1200万元",
        "year": "如 2026",
        "date": "如 2026-05-03、2026-05 或 2026",
        "count": "只写数字",
        "tile": "列和行，如 3 和 5",
    }
)
_LONG_NOTES = frozenset({"text", "note", "essence", "record", "intro", "social"})
_LONG = 200
"""From so many characters that official forms allow, a text gets room for several lines."""


@frozen
class FormField:
    """One field of a form, ready for the browser."""

    name: str
    label: str
    form: str
    """``text``, ``long``, ``list``, ``records``, ``record``, ``choice``, ``flag``, ``file``, ``focus``, ``tile``, ``pairs``…"""
    required: bool
    first: bool
    help: str
    limit: int
    vocabulary: str
    refers: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    empty: str
    """What an empty choice means, in words."""
    head: str
    """Of records: the field that names each of them."""
    fields: tuple["FormField", ...]


def _part(name: str, label: str, *, form: str) -> FormField:
    return FormField(name, label, form, False, False, "", 0, "", (), (), "", "", ())


_PAIR = (_part("name", "名称", form="text"), _part("value", "内容（几个就写几行）", form="long"))
"""What stands in a mapping whose names editors choose: grades and how many, conditions of a hall."""


@cache
def form_for(kind: Kind) -> tuple[FormField, ...]:
    """The fields of a kind in the order in which files hold them: title, summary, its own, those of all kinds."""
    fields = {field.name: field for field in fields_of(kind.model)}
    order = ordered(dict.fromkeys(fields, ""), kind.model, first=kind.title_field)
    first = _FIRST | {kind.title_field}
    return tuple(_form_field(fields[name], first=name in first) for name in order)


def shape_in_form(field: DeclaredField) -> str:
    """How a field is edited; what ``exchange`` knows of its shape, and points and tiles apart."""
    checks = {mark.func for mark in marks_of(field.type) if isinstance(mark, Before)}
    if habits.focus in checks:
        return "focus"
    if habits.tile in checks:
        return "tile"
    if dict in {get_origin(mark) for mark in marks_of(field.type)}:
        return "pairs"
    return "choice" if _choices(field) else form_of(field)


def _form_field(field: DeclaredField, *, first: bool = False) -> FormField:
    shape, declared = shape_in_form(field), field.declared
    record = field.record if shape in {"record", "records"} else None
    return FormField(
        name=field.name,
        label=declared.label,
        form="long" if shape == "text" and _is_long(field) else shape,
        required=field.required,
        first=first or field.required,
        help="。".join(part for part in (declared.note, _SAMPLES.get(shape, "")) if part),
        limit=declared.limit,
        vocabulary=declared.vocabulary or "",
        refers=field.refers if record is None else (),
        choices=_choices(field),
        empty=_WORDS.get(str(field.default), ""),
        head="name" if shape == "pairs" else head_of(record) if record else "",
        fields=_PAIR if shape == "pairs" else tuple(_inner(record)) if record else (),
    )


def _inner(record: type) -> Iterator[FormField]:
    files = {Picture: {"file"}, Attachment: {"file", "captions", "transcript", "poster"}}.get(record, {"picture"})
    for field in fields_of(record):
        made = _form_field(field)
        is_file = field.name in files and made.form == "text"
        yield FormField(**{**vars(made), "form": "file"}) if is_file else made


def _choices(field: DeclaredField) -> tuple[tuple[str, str], ...]:
    found: tuple[Any, ...] = next((get_args(mark) for mark in marks_of(field.type) if get_origin(mark) is Literal), ())
    return tuple((str(code), _WORDS.get(str(code), str(code))) for code in found)


def _is_long(field: DeclaredField) -> bool:
    declared = field.declared
    plain = not declared.vocabulary and not field.refers
    return plain and (
        declared.weight in {WEIGHT_BODY, WEIGHT_SUMMARY} or declared.limit >= _LONG or field.name in _LONG_NOTES
    )


def as_data(fields: tuple[FormField, ...]) -> list[Mapping[str, Any]]:
    """The form as JSON holds it; what is empty is left out."""
    return [
        {
            name: as_data(value) if name == "fields" else value
            for name, value in vars(field).items()
            if value not in ("", (), 0, False)
        }
        for field in fields
    ]
