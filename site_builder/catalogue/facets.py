"""Entries come in; the values by which visitors can narrow lists go out, as labels."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
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


class Labels:
    """Tells entries' facets; what a text in a field is called is found out once, for the same few return in all entries."""

    def __init__(self, registry: Registry, lexicon: Lexicon) -> None:
        self._registry, self._lexicon = registry, lexicon
        self._asked: dict[type, tuple[_Asked, ...]] = {}

    def of(self, entry: Entry, honours: tuple[Honour, ...]) -> Facets:
        """Facet name → labels of this entry's values, parents of vocabulary terms included."""
        data = entry.data
        values: dict[str, tuple[str, ...]] = {"entry_kind": (entry.described.label,)}
        asked = self._asked.get(data.__class__)
        if asked is None:
            asked = self._asked[data.__class__] = tuple(self._of_fields(data.__class__))
        for name, way, labels in asked:
            value = getattr(data, name)
            if value is None or value == ():
                continue
            if isinstance(value, str):
                found = labels[value]
            else:
                texts = _followed(value, way)
                found = labels[texts[0]] if len(texts) == 1 else _each_once(map(labels.__getitem__, texts))
            if found:
                values[name] = found
        grades = _each_once([_grade_words(one.grade, one.rank) for one in honours if one.grade])
        if grades:
            values["grade"] = grades
        if entry.get("patents"):
            values["has_patent"] = ("是",)
        if data.pictures:
            values["has_picture"] = ("是",)
        return values

    def _of_fields(self, model: type) -> Iterator["_Asked"]:
        for field in _facet_fields(model):
            told: DeclaredField | None = field
            way = []
            while told is not None and told.record is not None:
                told = _telling(told.record)
                way += [told.name] if told else []
            if told is not None:
                yield field.name, tuple(way), _LabelsOf(told, self._registry, lexicon=self._lexicon)


class _LabelsOf(dict[Any, tuple[str, ...]]):
    """Value of a field → its labels."""

    def __init__(self, field: DeclaredField, registry: Registry, *, lexicon: Lexicon) -> None:
        super().__init__()
        self._field, self._registry, self._lexicon = field, registry, lexicon

    def __missing__(self, value: Any) -> tuple[str, ...]:
        found = self[value] = self._found(value)
        return found

    def _found(self, value: Any) -> tuple[str, ...]:
        if self._field.refers:
            key = self._registry.key_for(self._field.refers, value)
            return (self._registry.entries[key].title if key else value,)
        if self._field.declared.vocabulary:
            return self._lexicon.with_parents(self._field.declared.vocabulary, value)
        return (str(value),)


_Asked = tuple[str, tuple[str, ...], _LabelsOf]
"""A field, the fields inside its records that lead to what is labelled, and the labels of that."""


def _followed(value: Any, way: tuple[str, ...]) -> tuple[Any, ...]:
    """What there is to label in a value: its parts, or what lies in them."""
    parts = value if isinstance(value, tuple) else (value,)
    for name in way:
        inner = [getattr(part, name) for part in parts]
        parts = tuple(
            chain.from_iterable([one if isinstance(one, tuple) else (one,) for one in inner if one is not None])
        )
    return parts


def _each_once(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(found)))


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


@lru_cache(maxsize=1 << 10)
def _grade_words(grade: str, rank: int) -> tuple[str, str]:
    """A grade answers to its stem (一等) and to the words of its rank (一等、金奖)."""
    return stem_of(grade), next((words for one, words in RANK_WORDS if one == rank), "其他")


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
