"""A survey and one entry saved since come in; the survey with this entry in its place goes out, all others as they were.

Where the entry concerns nobody else, that is what a whole survey would give (``exchanging``). Else what its own page says of itself is
right at once; where it stands in lists, who is now named and whether a picture is new to the exhibition is for the next whole survey to
find.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from site_builder.catalogue.basis import PERSON
from site_builder.catalogue.catalogue import Catalogue, grouped
from site_builder.catalogue.checking import check_entry
from site_builder.catalogue.facets import Labels
from site_builder.catalogue.honours import Honours, rank_of_entry
from site_builder.catalogue.registry import Referring
from site_builder.catalogue.sums import sums_with
from site_builder.catalogue.withholding import publishable
from site_builder.exchanging import exchanged
from site_builder.intake.attachments import check_files
from site_builder.intake.content import Read
from site_builder.intake.places import located
from site_builder.model.entry import Entry, references_of
from site_builder.model.frozen import frozen
from site_builder.model.problems import Problem, in_order, stops
from site_builder.publish.deck import Deck, card_of, with_cards
from site_builder.survey import Survey

_FOR_ALL = frozenset({"edition", "vocabulary"})
"""Kinds whose entries say how others are shown."""
Value = TypeVar("Value")


@frozen
class Company:
    """What was read of the entries that say whether a person may be named: editions and people, by kind and id."""

    entries: Mapping[str, Entry]

    @classmethod
    def of(cls, reads: Mapping[str, Read]) -> "Company":
        """Of all that was read."""
        found = (entry for entry, _ in reads.values() if entry is not None)
        return cls({one.key: one for one in found if one.kind in {"edition", PERSON}})

    def around(self, entry: Entry) -> Iterator[Entry]:
        """The entry with all editions and the people it names."""
        yield entry
        named = {f"{PERSON}/{one.text.rpartition('/')[2]}" for one in references_of(entry.data)}
        for key, one in self.entries.items():
            if key != entry.key and (one.kind == "edition" or key in named):
                yield one


def retouched(found: Survey, source: str, *, read: Read, company: Company | None, root: Path) -> Survey | None:
    """The survey with what was now read in this file; None where only a whole survey can say what becomes of it.

    Where the file has errors, the deck stays and only the problems are new. Without company nobody knows who may be named: then
    only an entry that concerns nobody else is taken up.
    """
    entry, faults = read
    exact = exchanged(found, {entry.key: entry}, root=root) if entry and not faults else None
    if exact is not None:
        return exact
    others = tuple(one for one in found.problems if one.place.path != source)
    if stops(faults):
        return _said(found, (*others, *located(faults, root)))
    former = found.deck.catalogue.entries.get(entry.key) if entry else None
    if company is None or entry is None or former is None or not _is_alike(entry, former):
        return None
    exhibition = found.deck.catalogue.exhibition
    fit = publishable(company.around(entry), policy=exhibition.persons_without_basis, as_of=exhibition.published)
    if entry.key in fit.hidden:
        return None
    shown = next(one for one in fit.entries if one.key == entry.key)
    deck = _redealt(found.deck, shown)
    own = (
        *faults,
        *(one for one in fit.problems if one.place.path == source),
        *check_entry(shown, deck.catalogue),
        *check_files((entry,), root),
    )
    return _said(replace(found, deck=deck), (*others, *located(own, root)))


def _is_alike(entry: Entry, former: Entry) -> bool:
    """Whether an entry can take the former one's place without others noticing more than its name."""
    return (
        entry.kind not in _FOR_ALL
        and entry.source == former.source
        and entry.data.status == former.data.status
        and entry.data.aliases == former.data.aliases
    )


def _said(found: Survey, problems: tuple[Problem, ...]) -> Survey:
    return replace(found, problems=in_order(problems))


def _redealt(deck: Deck, entry: Entry) -> Deck:
    """The deck with this entry and its card in the places of the former ones."""
    catalogue = _with_entry(deck.catalogue, entry)
    bare = replace(deck, catalogue=catalogue)
    return with_cards(bare, {entry.key: card_of(bare, entry)}) if entry.key in deck.cards else bare


def _with_entry(catalogue: Catalogue, entry: Entry) -> Catalogue:
    known = catalogue.registry
    entries = _with(known.entries, entry.key, value=entry)
    registry = replace(known, entries=entries, references=Referring(entries))
    honours = Honours(registry).of(entry)
    found = replace(
        catalogue,
        registry=registry,
        honours=_with(catalogue.honours, entry.key, value=honours),
        ranks=_with(catalogue.ranks, entry.key, value=rank_of_entry(entry, honours)),
    )
    if entry.key not in catalogue.facets:
        return found
    facets = Labels(registry, catalogue.lexicon).of(entry, honours)
    sums = sums_with(catalogue.sums, (entry.key,), former=catalogue.shown, now=found.shown)
    found = replace(found, facets=_with(catalogue.facets, entry.key, value=facets), sums=sums)
    return _regrouped(found, catalogue, key=entry.key)


def _regrouped(catalogue: Catalogue, former: Catalogue, *, key: str) -> Catalogue:
    """With the entry in the groups that it now belongs to, where it stood in the whole list."""
    places = former.positions["", ""]
    then, now = (
        {(facet, label) for facet, labels in one.facets[key].items() for label in labels} for one in (former, catalogue)
    )
    members = {group: {*former.groups.get(group, ()), key} for group in now - then}
    members |= {group: {*former.groups[group]} - {key} for group in then - now}
    groups = {group: tuple(sorted(keys, key=places.__getitem__)) for group, keys in members.items()}
    positions = {group: {one: at for at, one in enumerate(keys)} for group, keys in groups.items()}
    return replace(catalogue, **grouped({**former.groups, **groups}, {**former.positions, **positions}))


def _with(former: Mapping[str, Value], key: str, *, value: Value) -> Mapping[str, Value]:
    return MappingProxyType({**former, key: value})
