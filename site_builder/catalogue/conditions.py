"""Conditions of halls and embedded walls come in; the keys of the entries that meet them go out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from site_builder.catalogue.facets import OWN_ID, facet_names
from site_builder.model.frozen import frozen
from site_builder.model.grades import stem_of
from site_builder.model.guesses import perhaps

_PAIR = re.compile(r"(?<!\S)([^\s=＝]+)\s*[=＝]\s*(\S+)")


@frozen
class Conditions:
    """Facet → accepted values: OR inside a facet, AND across facets; and what was not understood."""

    where: Mapping[str, tuple[str, ...]]
    limit: int | None = None
    faults: tuple[str, ...] = ()


def conditions(raw: Mapping[str, Iterable[str]]) -> Conditions:
    """Conditions as an edition file gives them; unknown facets become faults."""
    names = facet_names()
    where: dict[str, tuple[str, ...]] = {}
    faults: list[str] = []
    for word, values in raw.items():
        if word in names:
            where[names[word]] = tuple(str(value) for value in values)
        else:
            faults.append(f"没有“{word}”这个条件。{perhaps(word, names)}")
    return Conditions(where, None, tuple(faults))


def conditions_in(text: str) -> Conditions:
    """Conditions as an embedded wall writes them: ``行业=电力,冶金 最多=6``."""
    raw: dict[str, list[str]] = {}
    limit = None
    rest = _PAIR.sub("", text).strip()
    for word, values in _PAIR.findall(text):
        if word in {"最多", "limit"}:
            limit = int(values) if values.isdigit() else None
        else:
            raw[word] = [value for value in re.split(r"[,，、|]", values) if value]
    found = conditions(raw)
    faults = (*found.faults, *((f"看不懂“{rest}”",) if rest else ()))
    return Conditions(found.where, limit, faults)


def meeting(
    keys: Iterable[str], where: Mapping[str, tuple[str, ...]], *, groups: Mapping[tuple[str, str], tuple[str, ...]]
) -> Iterator[str]:
    """Those of the keys whose entries meet all conditions, in the order given; ``groups`` are (facet, label) → keys.

    Nothing is asked of single entries, so that what is chosen leans on the groups named and on nothing else.
    """
    met = [
        frozenset(chain.from_iterable([groups.get((name, label), ()) for label in _labels(name, wanted)]))
        for name, wanted in where.items()
        if name != OWN_ID
    ]
    ids = where.get(OWN_ID)
    named = keys if ids is None else (key for key in keys if key.partition("/")[2] in ids)
    return filter(frozenset.intersection(*met).__contains__, named) if met else iter(named)


def _labels(name: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    return (*wanted, *map(stem_of, wanted)) if name == "grade" else wanted
