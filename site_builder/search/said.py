"""An entry and its card come in; what it says goes out, sorted by the weight that the declarations give each field."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.declaration import WEIGHT_BODY, WEIGHT_NAME, WEIGHT_SUMMARY, WEIGHT_TITLE, fields_of
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card

EXACT, START, TITLE, NAME, SUMMARY, BODY, WORDS = 7, 6, 5, 4, 3, 2, 1
"""Levels of a hit: the whole of a title, its beginning, anywhere in it, and so on down to the words of facets."""
LEVEL = 3
"""Bits for a level."""
TAGS: Mapping[str, str] = MappingProxyType({"organisation": "o", "union": "o", "craftsman": "h", "award": "a"})
"""Kind that a name belongs to → mark of its terms, for queries such as ``单位:宝钢``."""
GRADE = "g"
"""Mark of the grades of honours."""
Naming = Callable[[tuple[str, ...], str], str]
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMBED = re.compile(r"^\[\[.*?\]\]\s*$", re.MULTILINE)
_BEGINNING = r"[ \t]*+(?:(?:#{1,6}|>|[-*+]|\d+\.)[ \t]+|[-:|=][-:|= ]{2,}$)"
"""What marks a line as heading, item and so on, and what is only drawn."""
_WITHIN = "*_`~|\\"
_ANYWHERE = rf"[{re.escape(_WITHIN)}]+"
_MARKS = re.compile(rf"<[^<>]*>|^{_BEGINNING}|{_ANYWHERE}", re.MULTILINE)
_BEGINNINGS, _OTHERS = re.compile(rf"\n{_BEGINNING}", re.MULTILINE), re.compile(_ANYWHERE)
"""The same marks apart, for texts without tags: most are looked through by what begins a line alone, in a third of the time."""


def head(entry: int, level: int) -> int:
    """Place of an entry among those that are read together, and level, in one number; the best level is the least."""
    return entry << LEVEL | EXACT - level


class Part(NamedTuple):
    """A piece of text with its level and, where it names something, the mark of that."""

    level: int
    text: str
    tag: str = ""
    alias: bool = False
    """Whether it is another name of the entry itself."""


@frozen
class Said:
    """All that an entry says to the search."""

    parts: tuple[Part, ...]
    facets: tuple[tuple[str, str], ...]
    """(mark or nothing, label): kind, years, grades, regions and all else that lists are narrowed by."""

    def at(self, level: int) -> tuple[str, ...]:
        """The texts of a level, each once."""
        return self._texts.get(level, ())

    @cached_property
    def named(self) -> tuple[tuple[str, bool], ...]:
        """People and organisations that the entry names, each once, and whether it is a person."""
        found = (part for part in self.parts if part.tag in ("h", "o") and part.level == NAME and not part.alias)
        return tuple(dict.fromkeys((part.text, part.tag == "h") for part in found))

    @cached_property
    def _texts(self) -> Mapping[int, tuple[str, ...]]:
        found: dict[int, dict[str, None]] = {}
        for part in self.parts:
            found.setdefault(part.level, {})[part.text] = None
        return {level: tuple(texts) for level, texts in found.items()}

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades of its honours, each once; who won is found as well by them as by the award."""
        return tuple(dict.fromkeys(label for mark, label in self.facets if mark == GRADE))

    @property
    def words(self) -> str:
        """The labels of facets, each once."""
        return " ".join(dict.fromkeys(label for _, label in self.facets))


def naming(catalogue: Catalogue) -> Naming:
    """Kinds and what a reference says → the title it stands for; each asked for once, for the same names return."""
    return cache(partial(_named, catalogue=catalogue))


def said_by(
    entry: Entry, card: Card, *, catalogue: Catalogue, named: Naming | None = None, also: Sequence[str] = ()
) -> Said:
    """Everything public that has a weight, references as the titles they stand for; ``named`` serves many entries.

    ``also`` is what others say of it, such as its translation.
    """
    parts: list[Part] = []
    _add_parts(parts, entry.data, named=named or partial(_named, catalogue=catalogue))
    own = TAGS.get(entry.kind, "")
    if own:
        parts = [
            Part(part.level, part.text, own, part.alias) if part.level == TITLE or part.alias else part
            for part in parts
        ]
    body = stripped(entry.body)
    if body:
        parts.append(Part(BODY, body))
    parts += [Part(BODY, stripped(text)) for text in also]
    return Said(tuple(parts), tuple(_facets(entry, card, catalogue=catalogue)))


def stripped(markdown: str) -> str:
    """Markdown without its marks: what a reader sees."""
    if "[" in markdown:
        markdown = _LINK.sub(r"\1", _EMBED.sub("", markdown))
    return "\n".join(filter(None, map(str.strip, _unmarked(markdown).split("\n"))))


def _unmarked(markdown: str) -> str:
    if "<" in markdown:
        return _MARKS.sub("", markdown)
    plain = _BEGINNINGS.sub("\n", f"\n{markdown}")
    return _OTHERS.sub("", plain) if any(mark in plain for mark in _WITHIN) else plain


class _Field(NamedTuple):
    """What the search needs to know of a declared field."""

    name: str
    level: int
    refers: tuple[str, ...]
    tag: str
    record: bool
    alias: bool


@cache
def _fields(model: type) -> tuple[_Field, ...]:
    """The public fields of a model that have a weight, and those whose records have such: half of all that hold records have none."""
    return tuple(
        _Field(
            name=field.name,
            level=_level(field.declared.weight) if field.declared.weight else 0,
            refers=field.refers,
            tag=TAGS.get(field.refers[0], "") if field.refers else "",
            record=field.record is not None,
            alias=field.declared.weight == WEIGHT_NAME and field.name in _ALIASES,
        )
        for field in fields_of(model)
        if field.declared.public and (field.declared.weight if field.record is None else _fields(field.record))
    )


def _add_parts(parts: list[Part], record: Any, *, named: Naming) -> None:
    """All of a record, and of the records in it; a list that is filled, for there are seven parts to an entry."""
    for name, level, refers, tag, is_record, alias in _fields(record.__class__):
        value = getattr(record, name)
        if not value:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if is_record:
                _add_parts(parts, one, named=named)
            elif refers:
                parts.append(Part(level, named(refers, one), tag))
            elif isinstance(one, str):
                parts.append(Part(level, one, "", alias))


_ALIASES = frozenset({"short_name", "names", "former_names", "publish_name"})


def _named(kinds: tuple[str, ...], text: str, *, catalogue: Catalogue) -> str:
    key = catalogue.registry.key_for(kinds, text)
    return catalogue.entries[key].title if key else catalogue.registry.drafts.get(f"{kinds[0]}/{text}", text)


def _level(weight: int) -> int:
    levels = ((WEIGHT_TITLE, TITLE), (WEIGHT_NAME, NAME), (WEIGHT_SUMMARY, SUMMARY), (WEIGHT_BODY, BODY))
    return next(level for least, level in levels if weight >= least)


def _facets(entry: Entry, card: Card, *, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Plain yes says nothing; names that the entry gives itself are found at a better level."""
    honours = catalogue.honours[entry.key]
    yield "k", entry.described.label
    years = {card.year, entry.get("year"), *[honour.year for honour in honours]}
    for year in sorted([year for year in years if year]):
        yield "y", str(year)
    for name, labels in catalogue.facets.get(entry.key, {}).items():
        if name not in _UNSAID:
            mark = _FACET_MARKS.get(name, "")
            for label in labels:
                yield mark, label
    for honour in honours:
        if honour.grade:
            yield GRADE, honour.grade


_UNSAID = frozenset({"entry_kind", "year", "has_patent", "has_picture"})
_FACET_MARKS: Mapping[str, str] = MappingProxyType({"region": "r", "industry": "r"})
