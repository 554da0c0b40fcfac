"""A catalogue and a day come in; what the rules ask again and again goes out: who won what in which session, by whom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.honours import Honour
from site_builder.catalogue.sessions import session_name
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place

RESULTS = ("project", "method")
HOLDERS = (*RESULTS, "craftsman", "studio", "base", "team")


@frozen
class Won:
    """One honour of one entry, and where its file says so."""

    entry: Entry
    honour: Honour
    place: Place


Sittings = Mapping[str, tuple[Won, ...]]
"""Session → all honours given in it, in list order."""


@frozen
class Inspection:
    """What all rules look at: the catalogue, the day of the check, and the honours by award and session."""

    catalogue: Catalogue
    as_of: str
    """ISO day."""
    sittings: Mapping[str, Sittings]
    """Award's key → its sessions."""

    @property
    def year(self) -> int:
        """The year of the check."""
        return int(self.as_of[:4])

    def sittings_of(self, award: Entry) -> Sittings:
        """The sessions of an award; empty where the exhibition has no winner of it."""
        return self.sittings.get(award.key, MappingProxyType({}))

    def shown(self, *kinds: str) -> Iterator[Entry]:
        """The shown entries of these kinds that have a file, in list order."""
        entries = (self.catalogue.entries[key] for key in self.catalogue.of_kind(*kinds))
        return (entry for entry in entries if entry.source)

    def named(self, kinds: tuple[str, ...], text: str) -> str:
        """One word for whoever a reference means: the key where there is an entry, else the text."""
        return self.catalogue.registry.key_for(kinds, text) or text

    def entry_of(self, kinds: tuple[str, ...], text: str) -> Entry | None:
        """The entry that a reference means."""
        key = self.catalogue.registry.key_for(kinds, text)
        return self.catalogue.entries[key] if key else None


def inspect(catalogue: Catalogue, as_of: str) -> Inspection:
    """The inspection of a catalogue on a day (ISO)."""
    found: dict[str, dict[str, list[Won]]] = defaultdict(lambda: defaultdict(list))
    for key in catalogue.of_kind(*HOLDERS):
        entry = catalogue.entries[key]
        field = "awards" if entry.kind in RESULTS else "honours"
        for index, honour in enumerate(catalogue.honours[key]):
            if honour.key:
                name = session_name(catalogue.entries[honour.key].data, honour)
                found[honour.key][name].append(Won(entry, honour, Place(entry.source, (field, index))))
    sittings = {
        award: MappingProxyType({name: tuple(won) for name, won in by_session.items()})
        for award, by_session in found.items()
    }
    return Inspection(catalogue, as_of, MappingProxyType(sittings))


def first_author(entry: Entry) -> Any:
    """The credit that stands first on the certificate, or None."""
    people = entry.get("people", ())
    ranked = sorted(enumerate(people), key=lambda pair: (pair[1].order if pair[1].order is not None else 999, pair[0]))
    return ranked[0][1] if ranked else None
