"""All entries come in; a registry that resolves a reference (an id or a name) to the entry meant goes out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Any

from site_builder.model.entry import Entry, Reference, is_id, references_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.naming import slug

NAMED_KINDS = ("award", "organisation", "union")
"""Kinds whose pages are made from what entries name; people are never found by name, for homonyms exist."""

_NAMING = frozenset((kind,) for kind in NAMED_KINDS)
"""What fields refer to that name one of these and nothing else."""

Asked = tuple[tuple[str, ...], str]
"""What a reference asks for: the kinds that it may mean, and its text."""


class Referring(Mapping[str, tuple[Reference, ...]]):
    """Key → all references in the fields of an entry; gathered once, when they are asked for first, and not where it is pickled."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._gathered: dict[str, tuple[Reference, ...]] = {}

    def __getitem__(self, key: str) -> tuple[Reference, ...]:
        found = self._gathered.get(key)
        if found is None:
            found = self._gathered[key] = references_of(self._entries[key].data)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __reduce__(self) -> tuple[Any, ...]:
        return Referring, (self._entries,)


@frozen
class Registry:
    """Finds entries by id within a kind, and awards, organisations and unions by name, too."""

    entries: Mapping[str, Entry]
    """Key → entry, drafts left out."""
    names: Mapping[tuple[str, str], str]
    """(kind, name) → key."""
    drafts: Mapping[str, str]
    """Key → title of entries that are not shown yet."""
    references: Mapping[str, tuple[Reference, ...]]
    """Key → all references in its fields."""
    meant: Mapping[Asked, str] = field(default_factory=lambda: MappingProxyType({}))
    """(kinds, text) of any of these references → key of the entry meant; empty for a plain name."""

    def key_for(self, kinds: tuple[str, ...], text: str) -> str | None:
        """The key of the entry meant by a reference in a field for these kinds, or None for a plain name."""
        known = self.meant.get((kinds, text))
        return self._looked_up(kinds, text) if known is None else known or None

    def _looked_up(self, kinds: tuple[str, ...], text: str) -> str | None:
        head, _, tail = text.rpartition("/")
        for kind in (head,) if head in kinds else kinds:
            key = f"{kind}/{tail or text}" if is_id(tail) else self.names.get((kind, text))
            if key in self.entries:
                return key
        return next((self.names[kind, text] for kind in kinds if (kind, text) in self.names), None)


def register(entries: Iterable[Entry]) -> Registry:
    """The registry of these entries and of those made from names that have no entry of their own."""
    everything = list(entries)
    shown = {entry.key: entry for entry in everything if entry.data.status != "draft" and entry.kind != "vocabulary"}
    names = _names(shown.values())
    known = MappingProxyType(shown)
    references = Referring(known)
    withdrawn = [key for key, entry in shown.items() if entry.data.status == "withdrawn"]
    unasked = frozenset(withdrawn)
    asked = dict.fromkeys(_asked([key for key in shown if key not in unasked], references))
    for entry in _named_only(shown, asked, names=names):
        shown[entry.key] = entry
        names[entry.kind, entry.title] = entry.key
    drafts = {entry.key: entry.title for entry in everything if entry.data.status == "draft"}
    registry = Registry(known, MappingProxyType(names), MappingProxyType(drafts), references)
    asked |= dict.fromkeys(_asked(withdrawn, references))
    meant = {(kinds, text): registry.key_for(kinds, text) or "" for kinds, text in asked}
    return replace(registry, meant=MappingProxyType(meant))


def _asked(keys: Iterable[str], references: Mapping[str, tuple[Reference, ...]]) -> list[Asked]:
    return [(kinds, text) for key in keys for _, kinds, text in references[key]]


def _names(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for entry in entries:
        for name in names_of(entry):
            names.setdefault((entry.kind, name), entry.key)
    return names


def names_of(entry: Entry) -> tuple[str, ...]:
    """By what names references find an entry."""
    if entry.kind not in NAMED_KINDS:
        return ()
    others = (*entry.get("names", ()), *entry.get("former_names", ()), entry.get("short_name"))
    return tuple(name for name in (entry.data.name, *others) if name)


def _named_only(
    entries: Mapping[str, Entry], asked: Iterable[Asked], *, names: Mapping[tuple[str, str], str]
) -> list[Entry]:
    """An entry for every award, organisation and union that others name but nobody described."""
    wanted = [
        (kinds[0], text)
        for kinds, text in asked
        if kinds in _NAMING and not is_id(text) and (kinds[0], text) not in names
    ]
    made: dict[str, list[Entry]] = defaultdict(list)
    for kind, name in sorted(wanted):
        model = kind_named(kind).model
        entry = Entry(kind, slug(name), "", model(name=name), "", 0)
        made[entry.key].append(entry)
    return [
        entry if len(group) == 1 and key not in entries else replace(entry, id=slug(entry.title, distinct=True))
        for key, group in made.items()
        for entry in group
    ]
