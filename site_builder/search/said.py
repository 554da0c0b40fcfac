"""An entry and its card come in; what it says goes out, sorted by the weight that the declarations give each field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.declaration import WEIGHT_BODY, WEIGHT_NAME, WEIGHT_SUMMARY, WEIGHT_TITLE, fields_of
from site_builder.model.entry import Entry
from site_builder.model.pages import Card

TITLE, NAME, SUMMARY, BODY = 4, 3, 2, 1
"""Levels of a hit; 5 is the beginning of a title, 6 the whole of it."""
TAGS: Mapping[str, str] = MappingProxyType({"organisation": "o", "union": "o", "craftsman": "h", "award": "a"})
"""Kind that a name belongs to → mark of its terms, for queries such as ``单位:宝钢``."""
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMBED = re.compile(r"^\[\[.*?\]\]\s*$", re.MULTILINE)
_MARKS = re.compile(
    r"<[^<>]*>|^[ \t]*(?:(?:#{1,6}|>|[-*+]|\d+\.)[ \t]+|[-:|= ]{3,}$)|[*_`~|\\]+",
    re.MULTILINE,
)
_BLANK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Part:
    """A piece of text with its level and, where it names something, the mark of that."""

    level: int
    text: str
    tag: str = ""
    alias: bool = False
    """Whether it is another name of the entry itself."""


@dataclass(frozen=True)
class Said:
    """All that an entry says to the search."""

    parts: tuple[Part, ...]
    facets: tuple[tuple[str, str], ...]
    """(mark, label): years, regions, industries."""

    def at(self, level: int) -> tuple[str, ...]:
        """The texts of a level, each once."""
        return tuple(dict.fromkeys(part.text for part in self.parts if part.level == level))


def said_by(entry: Entry, card: Card, *, catalogue: Catalogue) -> Said:
    """Everything public that has a weight, references as the titles they stand for."""
    parts = list(_parts(entry.data, catalogue))
    own = TAGS.get(entry.kind, "")
    if own:
        parts = [
            Part(part.level, part.text, own, part.alias) if part.level == TITLE or part.alias else part
            for part in parts
        ]
    body = stripped(entry.body)
    if body:
        parts.append(Part(BODY, body))
    return Said(tuple(parts), tuple(_facets(entry, card, catalogue=catalogue)))


def stripped(markdown: str) -> str:
    """Markdown without its marks: what a reader sees."""
    if "[" in markdown:
        markdown = _LINK.sub(r"\1", _EMBED.sub("", markdown))
    return _BLANK.sub("\n", _MARKS.sub("", markdown)).strip()


def _parts(record: Any, catalogue: Catalogue) -> Iterator[Part]:
    for field in fields_of(record.__class__):
        declared = field.declared
        value = getattr(record, field.name)
        if not value or not declared.public or not (declared.weight or field.record):
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if field.record is not None:
                yield from _parts(one, catalogue)
            elif field.refers:
                yield Part(
                    _level(declared.weight), _named(catalogue, field.refers, text=one), TAGS.get(field.refers[0], "")
                )
            elif isinstance(one, str):
                alias = declared.weight == WEIGHT_NAME and field.name in _ALIASES
                yield Part(_level(declared.weight), one, alias=alias)


_ALIASES = frozenset({"short_name", "names", "former_names", "publish_name"})


def _named(catalogue: Catalogue, kinds: tuple[str, ...], *, text: str) -> str:
    key = catalogue.registry.key_for(kinds, text)
    return catalogue.entries[key].title if key else catalogue.registry.drafts.get(f"{kinds[0]}/{text}", text)


def _level(weight: int) -> int:
    levels = ((WEIGHT_TITLE, TITLE), (WEIGHT_NAME, NAME), (WEIGHT_SUMMARY, SUMMARY), (WEIGHT_BODY, BODY))
    return next(level for least, level in levels if weight >= least)


def _facets(entry: Entry, card: Card, *, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    years = {card.year, entry.get("year"), *(honour.year for honour in catalogue.honours[entry.key])}
    yield from (("y", str(year)) for year in sorted(year for year in years if year))
    facets = catalogue.facets.get(entry.key, {})
    yield from (("r", label) for name in ("region", "industry") for label in facets.get(name, ()))
