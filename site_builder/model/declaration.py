"""A dataclass with annotated fields comes in, the declarations of its fields go out."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from site_builder.model.frozen import frozen

WEIGHT_TITLE = 8
WEIGHT_NAME = 5
WEIGHT_SUMMARY = 3
WEIGHT_BODY = 1
WEIGHT_LINE = 2
"""A short text: found as the body is, and written in one line."""


@frozen
class Declared:
    """What every later stage needs to know of one field; the only place where it is said."""

    label: str
    """Chinese label, shown in fact tables and used as the heading of its spreadsheet column."""
    headings: tuple[str, ...] = ()
    """Other spreadsheet headings (and front-matter keys) that mean this field."""
    vocabulary: str | None = None
    """Name of the vocabulary that lists its values."""
    facet: bool = False
    """Whether visitors can narrow lists by it."""
    weight: int = 0
    """Weight of a hit in search; 0 leaves the field out of the index."""
    public: bool = True
    """Whether it may leave the content directory."""
    schema: str | None = None
    """The schema.org property that carries it; ``crosswalk`` leads from there to Dublin Core and the others."""
    fact: bool = True
    """Whether it belongs in the fact table of the entry's page."""
    limit: int = 0
    """How many characters the official forms allow; 0 where they say nothing."""
    note: str = ""
    """Advice for editors: written as a comment into templates made by ``exhibition new``."""
    translated: bool = True
    """Whether its Chinese may be said in another language; names of files, sources and motifs stay as they are."""


@frozen
class Refers:
    """Marks text as a reference: an id of one of these kinds, or a plain name shown without a link."""

    kinds: tuple[str, ...]


@frozen
class DeclaredField:
    """A field of a kind: its name, its declaration, its type and whether an editor must give it."""

    name: str
    declared: Declared
    type: Any
    required: bool
    refers: tuple[str, ...]
    """Kinds an id in this field may belong to; empty where it is no reference."""
    record: Any
    """The dataclass of one value where values have fields of their own, else None."""
    default: Any = None
    """The value of a field that is not written; None also where there is none."""


@cache
def fields_of(kind: type) -> tuple[DeclaredField, ...]:
    """All declared fields of a dataclass in the order of declaration, inherited ones first."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_declared_fields(kind, hints))


def _declared_fields(kind: type, hints: dict[str, Any]) -> Iterator[DeclaredField]:
    for field in fields(kind):
        marks = list(marks_of(hints[field.name]))
        declared = next((mark for mark in marks if isinstance(mark, Declared)), None)
        if declared is None:
            raise TypeError(f"{kind.__name__}.{field.name} is not declared")
        refers = next((mark.kinds for mark in marks if isinstance(mark, Refers)), ())
        record = next((mark for mark in marks if isinstance(mark, type) and is_dataclass(mark)), None)
        required = field.default is MISSING and field.default_factory is MISSING
        default = None if field.default is MISSING else field.default
        yield DeclaredField(field.name, declared, hints[field.name], required, refers, record, default)


def marks_of(hint: Any) -> Iterator[Any]:
    """Everything said in an annotation: its metadata and the types inside, from the outside in."""
    if get_origin(hint) is Annotated:
        inner, *metadata = get_args(hint)
        yield from metadata
        yield from marks_of(inner)
        return
    yield hint
    for argument in get_args(hint):
        yield from marks_of(argument)


@cache
def field_names(kind: type) -> dict[str, str]:
    """Every word that names a field of this kind (its name, label and headings) → the field's name."""
    words: dict[str, str] = {}
    for field in fields_of(kind):
        for word in (*field.declared.headings, field.declared.label, field.name):
            words[word] = field.name
    return words
