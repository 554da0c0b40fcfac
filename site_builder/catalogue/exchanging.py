"""A catalogue and entries as they are now come in; the catalogue with them in the places of the former ones goes out.

It is the one that compiling all entries anew would give, for parts are compiled by the same functions. Where what an entry is called or
names differs, or others take more of it than a name, it is not for this module to say what becomes of them.
"""

from collections.abc import Mapping
from dataclasses import replace

from site_builder.catalogue.addresses import former_addresses
from site_builder.catalogue.catalogue import STATED, Catalogue, arranged, stated_in
from site_builder.catalogue.facets import Labels, labelling_kinds
from site_builder.catalogue.honours import Honours, rank_of_entry
from site_builder.catalogue.ordering import ordered, standing
from site_builder.catalogue.registry import names_of
from site_builder.catalogue.sums import sums_with
from site_builder.model.entry import Entry, references_of
from site_builder.model.instead import Instead

_LEANT_ON = frozenset({"award", "edition"})
"""Kinds by whose fields others are ranked and put in order."""


def exchanged(catalogue: Catalogue, entries: Mapping[str, Entry]) -> Catalogue | None:
    """The catalogue with these entries by key; None where other entries' parts may not be what they were."""
    if not all(_means_the_same(entry, catalogue) for entry in entries.values()):
        return None
    registry = replace(catalogue.registry, entries=Instead(catalogue.entries, entries))
    resolved, labels = Honours(registry), Labels(registry, catalogue.lexicon)
    honours = {key: resolved.of(entry) for key, entry in entries.items()}
    ranks = {key: rank_of_entry(entry, honours[key]) for key, entry in entries.items()}
    facets = {key: labels.of(entry, honours[key]) for key, entry in entries.items() if key in catalogue.facets}
    now = replace(
        catalogue,
        registry=registry,
        honours=Instead(catalogue.honours, honours),
        ranks=Instead(catalogue.ranks, ranks),
        facets=Instead(catalogue.facets, facets),
        stated=catalogue.stated if _fill_the_same(entries, catalogue) else stated_in(registry.entries),
    )
    moved = {entry.kind for entry in entries.values() if not _stands_where_it_stood(entry.key, catalogue, now=now)}
    if moved or any(catalogue.facets[key] != told for key, told in facets.items()):
        now = replace(now, **arranged({**now.order, **_reordered(now, moved)}, now.facets, backlinks=now.backlinks))
    return replace(now, sums=sums_with(catalogue.sums, facets, former=catalogue.shown, now=now.shown))


def _means_the_same(entry: Entry, catalogue: Catalogue) -> bool:
    """Whether whoever names the entry, and whom it names, find what they found."""
    former = catalogue.entries.get(entry.key)
    return (
        former is not None
        and entry.kind not in _LEANT_ON
        and (entry.source, entry.data.status) == (former.source, former.data.status)
        and names_of(entry) == names_of(former)
        and (entry.title == former.title or entry.kind not in labelling_kinds())
        and former_addresses(entry) == catalogue.moved.get(entry.key, ())
        and references_of(entry.data) == catalogue.registry.references[entry.key]
    )


def _fill_the_same(entries: Mapping[str, Entry], catalogue: Catalogue) -> bool:
    return all(
        bool(entry.get(field)) == bool(catalogue.entries[key].get(field))
        for key, entry in entries.items()
        for field in STATED
    )


def _stands_where_it_stood(key: str, former: Catalogue, *, now: Catalogue) -> bool:
    places = {edition: at for at, edition in enumerate(now.editions)}
    then, today = (
        standing(one.entries[key], one.ranks[key], places=places, registry=one.registry) for one in (former, now)
    )
    return key not in now.facets or bool(then == today)


def _reordered(catalogue: Catalogue, kinds: set[str]) -> dict[str, tuple[str, ...]]:
    shown = {key: catalogue.entries[key] for key in catalogue.of_kind(*kinds)}
    return ordered(shown, catalogue.ranks, editions=catalogue.editions, registry=catalogue.registry)
