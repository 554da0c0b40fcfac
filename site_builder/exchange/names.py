"""References come in; the names under which a sheet shows them go out, each leading back to the same entry."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.registry import Registry
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen


@frozen
class Names:
    """Knows which titles are borne by one entry only."""

    registry: Registry
    bearers: Mapping[tuple[str, str], int]
    """(kind, title) → how many entries bear it."""

    @classmethod
    def of(cls, registry: Registry, entries: Iterable[Entry]) -> "Names":
        """The names of all these entries, drafts included."""
        return cls(registry, MappingProxyType(Counter((entry.kind, entry.title) for entry in entries)))

    def name(self, kinds: tuple[str, ...], text: str) -> str:
        """The name of the entry meant, ``名称〔编号〕`` where others share the name; a plain name as it is."""
        key = self.registry.key_for(kinds, text) if kinds != ("edition",) else None  # its id is what people know it by
        if key is None or not self.registry.entries[key].source:
            return text
        entry = self.registry.entries[key]
        shared = sum(self.bearers.get((kind, entry.title), 0) for kind in kinds)
        return entry.title if shared == 1 else f"{entry.title}〔{entry.id}〕"

    def named(self, record: Any) -> Any:
        """A record in which references are names."""
        changed: dict[str, Any] = {}
        for field in fields_of(record.__class__):
            value = getattr(record, field.name)
            if value is None or value == () or not (field.refers or field.record):
                continue
            parts = value if isinstance(value, tuple) else (value,)
            found = tuple(self.named(part) if field.record else self.name(field.refers, part) for part in parts)
            if found != parts:
                changed[field.name] = found if isinstance(value, tuple) else found[0]
        return replace(record, **changed) if changed else record
