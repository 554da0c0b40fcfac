"""All entries and their catalogue come in; those of one edition go out, with what they name, and with plain words instead of all else."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry

FOLLOWED = frozenset({"craftsman", "studio", "base", "team", "award", "organisation", "union"})
"""Kinds that come along where a kept entry names them; works, events and plans of other editions do not."""
SHOWN = frozenset({"project", "method", "craftsman", "studio"})
"""Kinds that the edition itself may choose for its halls."""


def edition_only(entries: Iterable[Entry], catalogue: Catalogue, *, edition: str) -> tuple[Entry, ...]:
    """The entries that make this edition an exhibition of its own, in their former order; KeyError where there is no such edition.

    Kept are the edition, what belongs to it or hangs in its halls, the people, studios, teams, bases, awards, organisations and
    unions that these name (and those that they name in turn), and all vocabularies. A reference to anything else becomes the
    title of what it meant, which is shown without a link. ``catalogue`` is that of all these entries.
    """
    home = catalogue.entries[f"edition/{edition}"]
    kept = _reached(catalogue, (home.key, *_works(catalogue, home), *_meant(home.key, SHOWN, catalogue=catalogue)))
    return tuple(
        _closed(entry, kept, catalogue=catalogue) if entry.key in kept else entry
        for entry in entries
        if entry.key in kept or entry.kind == "vocabulary"
    )


def _works(catalogue: Catalogue, edition: Entry) -> tuple[str, ...]:
    """What says that it belongs to the edition; to a permanent one, all results."""
    if edition.data.permanent:
        return catalogue.of_kind("project", "method")
    return tuple(source for source, field in catalogue.backlinks.get(edition.key, ()) if field == "edition")


def _reached(catalogue: Catalogue, first: Iterable[str]) -> frozenset[str]:
    kept: set[str] = set()
    waiting = list(first)
    while waiting:
        key = waiting.pop()
        if key not in kept:
            kept.add(key)
            waiting += _meant(key, FOLLOWED, catalogue=catalogue)
    return frozenset(kept)


def _meant(key: str, kinds: frozenset[str], *, catalogue: Catalogue) -> tuple[str, ...]:
    """Keys of the shown entries of these kinds that the entry names."""
    references = catalogue.registry.references.get(key, ())
    found = (catalogue.registry.key_for(one.kinds, one.text) for one in references)
    return tuple(one for one in found if one and one in catalogue.facets and one.partition("/")[0] in kinds)


def _closed(entry: Entry, kept: frozenset[str], *, catalogue: Catalogue) -> Entry:
    return replace(entry, data=_without(entry.data, kept, catalogue=catalogue))


def _without(record: Any, kept: frozenset[str], *, catalogue: Catalogue) -> Any:
    """The record with titles in place of references that lead outside; the same object where none does."""
    changed = {}
    for field in fields_of(record.__class__):
        value = getattr(record, field.name)
        if value is None or value == () or not (field.record or field.refers):
            continue
        many = value if isinstance(value, tuple) else (value,)
        if field.record is not None:
            closed = tuple(_without(part, kept, catalogue=catalogue) for part in many)
        else:
            closed = tuple(_word(text, field.refers, kept=kept, catalogue=catalogue) for text in many)
        if any(new is not old for new, old in zip(closed, many, strict=True)):
            changed[field.name] = closed if isinstance(value, tuple) else closed[0]
    return replace(record, **changed) if changed else record


def _word(text: str, kinds: tuple[str, ...], *, kept: frozenset[str], catalogue: Catalogue) -> str:
    key = catalogue.registry.key_for(kinds, text)
    if key is None or key in kept or key not in catalogue.entries:
        return text
    return catalogue.entries[key].title
