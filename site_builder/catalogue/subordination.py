"""Unions come in, each naming the one above it; a forest without rings goes out, to be walked from the top down."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from site_builder.catalogue.registry import Registry
from site_builder.catalogue.rings import open_rings


def unions_below(registry: Registry, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Union → those directly below it in the order of ``keys``; under ``""`` those that have none of these above."""
    shown = frozenset(keys)
    above: dict[str, str] = {}
    for key in keys:
        parent = registry.entries[key].data.parent
        found = registry.key_for(("union",), parent) if parent else None
        if found in shown:
            above[key] = str(found)
    open_rings(above)
    below: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        below[above.get(key, "")].append(key)
    return {key: tuple(found) for key, found in below.items()}


def all_below(below: Mapping[str, tuple[str, ...]], key: str) -> Iterator[str]:
    """All that stand under a union, each followed by its own."""
    waiting = list(reversed(below.get(key, ())))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(below.get(one, ())))
