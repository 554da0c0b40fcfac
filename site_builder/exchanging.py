"""A survey and entries as they are now come in; the survey with them in the places of the former ones goes out.

It is the one that surveying everything anew would give. What is compiled of an entry is compiled by the same functions; what others
read of it, or are told because of it, is compared with what it was. Where anything of that differs, or anything is amiss with the entry,
only a whole survey can say what becomes of the others.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from site_builder.catalogue.basis import shown_of
from site_builder.catalogue.checking import check_entry
from site_builder.catalogue.exchanging import exchanged as exchanged_in
from site_builder.intake.attachments import check_files
from site_builder.intake.places import located
from site_builder.model.entry import Entry
from site_builder.model.instead import Instead, grown_apart
from site_builder.model.problems import Place, Problem, in_order
from site_builder.publish.cards import check_lettering
from site_builder.publish.deck import Deck, redealt
from site_builder.publish.halls import empty_halls
from site_builder.release.ledger import Kept, lost
from site_builder.survey import Survey, embedded_in, makings_in, named_in
from site_builder.warm.reading import told

_OF_ALL = frozenset({"frequent-name"})
"""Codes of problems that comparing all entries brings: what an entry says beside names has no part in them."""
_RENDERED = "story"
"""The kind whose texts may show other entries."""


def exchanged(found: Survey, entries: Mapping[str, Entry], *, root: Path, notes: bool = True) -> Survey | None:
    """The survey with these entries by key, each read without a fault; None where others are concerned.

    ``notes``: whether somebody asks for lines of notes, too; files are read again for them.
    """
    former = found.deck.catalogue.entries
    amiss = {problem.place.path for problem in found.problems if problem.code not in _OF_ALL}
    if found.tongues or any(
        entry.kind == _RENDERED or key not in former or entry.source != former[key].source or entry.source in amiss
        for key, entry in entries.items()
    ):
        return None
    revised = {key: entry for key, entry in entries.items() if told(entry.data) != told(former[key].data)}
    texts = {key: entry for key, entry in entries.items() if key not in revised}
    now: Survey | None = replace(found, deck=_with_texts(found.deck, texts))
    if now and revised:
        now = _revised(now, revised, root=root)
    return _relocated(now, {entry.source for entry in entries.values()}, root=root, notes=notes) if now else None


def _with_texts(deck: Deck, entries: Mapping[str, Entry]) -> Deck:
    """No card, list or name leans on a text."""
    catalogue = deck.catalogue
    registry = replace(catalogue.registry, entries=Instead(catalogue.entries, entries))
    return replace(deck, catalogue=replace(catalogue, registry=registry))


def _revised(found: Survey, entries: Mapping[str, Entry], *, root: Path) -> Survey | None:
    """The survey with entries of which more than the text is new."""
    deck, former = found.deck, found.deck.catalogue
    if any(key.startswith(f"{_RENDERED}/") for key in former.registry.drafts):
        return None  # what a draft of a story embeds is not known here
    catalogue = exchanged_in(former, entries)
    if catalogue is None or not all(_shows_the_same(entry, found, root=root) for entry in entries.values()):
        return None
    now = redealt(deck, catalogue, keys=entries)
    stories = [catalogue.entries[key] for key in catalogue.entries if key.startswith(f"{_RENDERED}/")]
    embedded, faults = embedded_in(now, root, entries=stories, charts=found.charts)
    amiss = (
        *faults,
        *(one for entry in entries.values() for one in check_entry(entry, catalogue)),
        *check_files(entries.values(), root),
        *(_lost(now, found.ledger, root=root) if found.ledger else ()),
    )
    if amiss or _tells(now, deck) != _tells(deck, now):
        return None
    return replace(found, deck=now, embedded=embedded)


def _lost(deck: Deck, ledger: Iterable[Kept], *, root: Path) -> Iterator[Problem]:
    """Addresses of a ledger that nobody answers for any more."""
    # who answers is all that lists pages, which takes long to load
    from site_builder.release.addresses import answered

    return lost(ledger, answered(deck, root))


def _shows_the_same(entry: Entry, found: Survey, *, root: Path) -> bool:
    """Whether persons and files that an entry shows are what they were."""
    catalogue, known, media = found.deck.catalogue, found.deck.media, found.originals
    exhibition = catalogue.exhibition
    editions = {edition.id: edition for edition in map(catalogue.entries.__getitem__, catalogue.editions)}

    def shown(one: Entry) -> Iterator[object]:
        yield one.data.consent, one.data.privacy_exceptions
        for person in shown_of(one, editions, as_of=exhibition.published):
            yield person.field, person.person, person.scope, bool(person.basis), person.basis.over
        yield from named_in((one,), root)
        for making in makings_in((one,), known, media=media, exhibition=exhibition):
            yield making.key, making.addresses

    return list(shown(entry)) == list(shown(catalogue.entries[entry.key]))


def _tells(deck: Deck, other: Deck) -> frozenset[Problem]:
    """What is told of halls and lettering where the decks differ."""
    differing = grown_apart(deck.cards, other.cards)
    keys = deck.cards if differing is None else differing
    cards = {key: deck.cards[key] for key in keys if deck.cards[key] != other.cards[key]}
    halls = () if deck.catalogue.groups is other.catalogue.groups else empty_halls(deck)
    return frozenset((*halls, *check_lettering(replace(deck, cards=cards))))


def _relocated(found: Survey, sources: Collection[str], *, root: Path, notes: bool) -> Survey:
    """Lines move with whatever is written above them; of entries that are exchanged notes are told and nothing else (``_OF_ALL``)."""
    stayed = [one for one in found.problems if one.place.path not in sources]
    if len(stayed) == len(found.problems):
        return found
    moved = [
        replace(one, place=Place(one.place.path, one.place.field))
        for one in found.problems
        if one.place.path in sources
    ]
    return replace(found, problems=in_order((*stayed, *(located(moved, root) if notes else moved))))
