"""An entry comes in; the values by which visitors can narrow lists go out, as labels."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from site_builder.catalogue.honours import Honour
from site_builder.catalogue.lexicon import Lexicon
from site_builder.catalogue.registry import Registry
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry
from site_builder.model.grades import RANK_WORDS, stem_of
from site_builder.model.kinds import KINDS

OWN_ID = "id"
"""A condition like a facet, and no facet: there are as many as entries, each of one, and its key says it."""
EXTRA_LABELS: tuple[tuple[str, str], ...] = (
    ("entry_kind", "种类"),
    ("grade", "等级"),
    ("has_patent", "有专利"),
    ("has_picture", "有图片"),
    (OWN_ID, "编号"),
)
"""Facets that no single field declares."""

Facets = Mapping[str, tuple[str, ...]]


def facets_of(entry: Entry, honours: tuple[Honour, ...], *, registry: Registry, lexicon: Lexicon) -> Facets:
    """Facet name → labels of this entry's values, parents of vocabulary terms included."""
    values: dict[str, tuple[str, ...]] = {"entry_kind": (entry.described.label,)}
    for field in _facet_fields(entry.data.__class__):
        value = getattr(entry.data, field.name)
        if value is None or value == ():
            continue
        found = tuple(dict.fromkeys(_labels(field, value, registry=registry, lexicon=lexicon)))
        if found:
            values[field.name] = found
    grades = tuple(dict.fromkeys(word for honour in honours for word in _grade_words(honour)))
    if grades:
        values["grade"] = grades
    if entry.get("patents"):
        values["has_patent"] = ("是",)
    if entry.data.pictures:
        values["has_picture"] = ("是",)
    return values


@cache
def facet_names() -> Mapping[str, str]:
    """Every word that names a facet (field name, Chinese label or heading) → the facet's name."""
    words: dict[str, str] = {}
    for kind in KINDS:
        for field in _facet_fields(kind.model):
            for word in (field.name, field.declared.label, *field.declared.headings):
                words.setdefault(word, field.name)
    # `kind` in a condition means the kind of entry, not the field of that name which events have
    return words | {word: name for name, label in EXTRA_LABELS for word in (name, label)} | {"kind": "entry_kind"}


@cache
def _facet_fields(model: type) -> tuple[DeclaredField, ...]:
    return tuple(field for field in fields_of(model) if field.declared.facet)


@cache
def _telling(record: type) -> DeclaredField | None:
    """The field of a record by which it is told apart: the first facet or reference in it."""
    return next((one for one in fields_of(record) if one.refers or one.declared.facet), None)


def _labels(field: DeclaredField, value: Any, *, registry: Registry, lexicon: Lexicon) -> Iterator[str]:
    """Labels of one field's value: of the first declared facet or reference inside a record."""
    for part in value if isinstance(value, tuple) else (value,):
        if part is None:
            continue
        if field.record is not None:
            inner = _telling(field.record)
            if inner:
                yield from _labels(inner, getattr(part, inner.name), registry=registry, lexicon=lexicon)
        elif field.refers:
            key = registry.key_for(field.refers, part)
            yield registry.entries[key].title if key else part
        elif field.declared.vocabulary:
            yield from lexicon.with_parents(field.declared.vocabulary, part)
        else:
            yield str(part)


def _grade_words(honour: Honour) -> Iterable[str]:
    """A grade answers to its stem (一等) and to the words of its rank (一等、金奖)."""
    if not honour.grade:
        return ()
    rank_words = next((words for rank, words in RANK_WORDS if rank == honour.rank), "其他")
    return (stem_of(honour.grade), rank_words)


@cache
def labelling_kinds() -> frozenset[str]:
    """Kinds whose titles are labels of what refers to them."""
    return frozenset(kind for facet in facet_names().values() for kind in kinds_of_facet(facet)[0])


@cache
def kinds_of_facet(facet: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which kinds a facet's values refer to, and which vocabularies list them."""
    kinds: dict[str, None] = {}
    vocabularies: dict[str, None] = {}
    for kind in KINDS:
        for field in _facet_fields(kind.model):
            if field.name != facet:
                continue
            inner = _telling(field.record) if field.record else field
            kinds |= dict.fromkeys(inner.refers if inner else ())
            if inner and inner.declared.vocabulary:
                vocabularies[inner.declared.vocabulary] = None
    return tuple(kinds), tuple(vocabularies)
