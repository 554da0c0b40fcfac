"""Entries and their catalogue come in; problems that only the whole shows go out: dead references, unknown terms and grades."""

from collections import Counter
from collections.abc import Iterable, Iterator

from site_builder.catalogue.addresses import clashes
from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.conditions import conditions
from site_builder.catalogue.sayings import Sayings
from site_builder.catalogue.tiles import doubled_tiles
from site_builder.model.entry import Entry, Reference, is_id, references_of
from site_builder.model.guesses import perhaps
from site_builder.model.kinds import KINDS, kind_named
from site_builder.model.problems import Place, Problem

FREQUENT = 5
"""A plain name that occurs so often deserves an entry of its own."""


def check_catalogue(
    entries: Iterable[Entry], catalogue: Catalogue, *, unread: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """All problems of references, vocabularies, grades, sessions, editions, halls and addresses.

    ``unread`` are keys of entries whose files could not be read: references to them are not called dead.
    """
    everything, lost = tuple(entries), frozenset(unread)
    problems: list[Problem] = list(clashes(everything))
    meant, known = catalogue.registry.meant, catalogue.entries
    lead = not any(not key and _claims_id(text, kinds) for (kinds, text), key in meant.items())
    sayings = Sayings(catalogue)
    for entry in everything:
        if not (lead and known.get(entry.key) is entry):
            problems += _dead_references(entry, catalogue, lost=lost)
        problems += _faults(entry, sayings)
    return (*problems, *_frequent_names(everything, catalogue))


def check_entry(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """The problems of one entry; the catalogue need only know names and vocabularies, and this entry in outline."""
    yield from _dead_references(entry, catalogue)
    yield from _faults(entry, Sayings(catalogue))


def _faults(entry: Entry, sayings: Sayings) -> list[Problem]:
    """What is amiss in what an entry says, its references apart."""
    problems = sayings.faults(entry)
    if entry.kind == "edition":
        problems += _halls(entry)
    if entry.kind == "vocabulary":
        problems += doubled_tiles(entry)
    return problems


def _dead_references(entry: Entry, catalogue: Catalogue, *, lost: frozenset[str] = frozenset()) -> Iterator[Problem]:
    registry = catalogue.registry
    for field, kinds, text in _references(entry, catalogue):
        if registry.key_for(kinds, text) or not _claims_id(text, kinds):
            continue
        tail = text.rpartition("/")[2]
        if any(f"{kind}/{tail}" in registry.drafts or f"{kind}/{tail}" in lost for kind in kinds):
            continue
        labels = "、".join(kind_named(kind).label for kind in kinds)
        known = [key.partition("/")[2] for key in registry.entries if key.partition("/")[0] in kinds]
        code = "unknown-edition" if kinds == ("edition",) else "dead-reference"
        message = f"没有编号为“{text}”的{labels}。{perhaps(tail, known)}".rstrip("。")
        yield Problem(code, Place(entry.source, field), message)


def _references(entry: Entry, catalogue: Catalogue) -> tuple[Reference, ...]:
    """Gathered by the registry for all that is shown; drafts are checked, too, and what it knows in outline."""
    if catalogue.entries.get(entry.key) is not entry:
        return references_of(entry.data)
    return catalogue.registry.references[entry.key]


def _claims_id(text: str, kinds: tuple[str, ...]) -> bool:
    head, _, tail = text.rpartition("/")
    return kinds == ("edition",) or (is_id(tail) and (not head or head in kinds))


def _halls(edition: Entry) -> Iterator[Problem]:
    taken = {"results": "展期的成果列表", "organisations": "展期的单位列表", "regions": "展期的地区", "page": "分页"}
    for index, hall in enumerate(edition.data.halls):
        place = Place(edition.source, ("halls", index, "id"))
        if not is_id(hall.id):
            yield Problem("bad-id", place, f"展厅编号“{hall.id}”不合规则")
        elif hall.id in taken:
            yield Problem("address-clash", place, f"展厅编号“{hall.id}”已用于{taken[hall.id]}")
        taken.setdefault(hall.id, f"展厅“{hall.title}”")
        for fault in conditions(hall.where).faults:
            yield Problem("bad-condition", Place(edition.source, ("halls", index, "where")), fault)


def _frequent_names(entries: Iterable[Entry], catalogue: Catalogue) -> Iterator[Problem]:
    """Names of awards, organisations and unions that many entries give but nobody described."""
    known, registry = catalogue.entries, catalogue.registry
    undescribed = {key: (one.kind, one.title) for key, one in known.items() if not one.source}
    named = {text for (_, text), key in registry.meant.items() if key in undescribed}
    counts: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], Place] = {}
    for entry in entries if undescribed else ():
        is_asked = known.get(entry.key) is entry
        for field, kinds, text in _references(entry, catalogue):
            # most name somebody else, and to look a text up takes less than to ask what it means
            if is_asked and text not in named:
                continue
            found = undescribed.get(registry.key_for(kinds, text) or "")
            if found:
                counts[found] += 1
                if found not in places:
                    places[found] = Place(entry.source, field)
    labels = {kind.name: kind.label for kind in KINDS}
    for (kind, name), times in sorted(counts.items()):
        if times >= FREQUENT:
            yield Problem("frequent-name", places[kind, name], f"{labels[kind]}“{name}”出现 {times} 次，还没有条目")
