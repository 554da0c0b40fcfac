"""Shown entries come in; the order of every list goes out, the same on every machine."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.registry import Registry
from site_builder.model.entry import Entry
from site_builder.model.naming import person_sort_key

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "project": "按展期先后、等级高低排列",
        "method": "按展期先后、等级高低排列",
        "craftsman": "按姓名拼音排列，不分先后",
        "studio": "按级别、名称拼音排列",
        "event": "按时间排列，近的在前",
        "story": "按编排次序排列",
    }
)


def edition_order(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Keys of the editions, newest first (by ``order``, else by the year in the id); permanent ones come last."""
    found = [entry for entry in entries if entry.kind == "edition"]
    return tuple(entry.key for entry in sorted(found, key=_newest_first))


def ordered(
    entries: Mapping[str, Entry], ranks: Mapping[str, int], *, editions: tuple[str, ...], registry: Registry
) -> dict[str, tuple[str, ...]]:
    """Kind → keys in the order of its list."""
    places = {key: at for at, key in enumerate(editions)}
    by_kind: dict[str, list[tuple[Any, str, str]]] = defaultdict(list)
    for key, entry in entries.items():
        # ids are pinyin, so that they order by name what the rule leaves open
        by_kind[entry.kind].append((standing(entry, ranks[key], places=places, registry=registry), entry.id, key))
    return {kind: tuple([key for _, _, key in sorted(rows)]) for kind, rows in by_kind.items()}


def standing(entry: Entry, rank: int, *, places: Mapping[str, int], registry: Registry) -> Any:
    """Where an entry stands among those of its kind: to be compared with theirs; ``places`` are those of the editions."""
    if entry.kind in {"project", "method"}:
        edition = registry.key_for(("edition",), entry.data.edition) if entry.data.edition else None
        return (places.get(edition or "", len(places)), rank, -(entry.data.year or 0))
    if entry.kind == "edition":
        return places[entry.key]
    if entry.kind == "event":
        return _descending(entry.data.period.start if entry.data.period else "")
    if entry.kind == "story":
        return (entry.data.order if entry.data.order is not None else 999, _descending(entry.data.date or ""))
    if entry.kind == "craftsman":
        spelt = entry.data.pinyin
        return (*spelt.lower().split(), entry.title) if spelt else person_sort_key(entry.title)
    return rank if entry.kind == "studio" else 0


def _newest_first(entry: Entry) -> tuple[bool, int, str]:
    year = entry.id[:4]
    number = entry.data.order if entry.data.order is not None else int(year) if year.isdigit() else 0
    return (entry.data.permanent, -number, entry.id)


def _descending(date: str) -> tuple[int, ...]:
    """Sorts later dates first: each part of an ISO date negated."""
    return tuple(-int(part) for part in date.split("-")) if date else (0,)
