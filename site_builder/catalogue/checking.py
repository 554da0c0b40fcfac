"""Entries and their catalogue come in; problems that only the whole shows go out: dead references, unknown terms and grades."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from site_builder.catalogue.addresses import clashes
from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.conditions import conditions
from site_builder.catalogue.honours import grade_named
from site_builder.catalogue.tiles import doubled_tiles
from site_builder.model.declaration import DeclaredField, fields_of
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
    meant = catalogue.registry.meant
    lead = not any(not key and _claims_id(text, kinds) for (kinds, text), key in meant.items())
    for entry in everything:
        if not (lead and _is_gathered(entry, catalogue)):
            problems += _dead_references(entry, catalogue, lost=lost)
        problems += _faults(entry, catalogue)
    return (*problems, *_frequent_names(everything, catalogue))


def check_entry(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """The problems of one entry; the catalogue need only know names and vocabularies, and this entry in outline."""
    yield from _dead_references(entry, catalogue)
    yield from _faults(entry, catalogue)


def _faults(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """What is amiss in what an entry says, its references apart."""
    if not _are_listed(entry.data, catalogue.lexicon.spellings):
        yield from _unknown_terms(entry, entry.data, path=(), catalogue=catalogue)
    yield from _unknown_grades(entry, catalogue)
    if entry.kind == "edition":
        yield from _halls(entry)
    if entry.kind == "vocabulary":
        yield from doubled_tiles(entry)


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
    return catalogue.registry.references[entry.key] if _is_gathered(entry, catalogue) else references_of(entry.data)


def _is_gathered(entry: Entry, catalogue: Catalogue) -> bool:
    """Whether the registry has asked what each of its references means."""
    return catalogue.entries.get(entry.key) is entry


def _claims_id(text: str, kinds: tuple[str, ...]) -> bool:
    head, _, tail = text.rpartition("/")
    return kinds == ("edition",) or (is_id(tail) and (not head or head in kinds))


def _are_listed(record: Any, spelt: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether vocabularies know all words of a record, as of nearly every one, so that none need be named with its place."""
    for field in _with_terms(record.__class__):
        value = getattr(record, field.name)
        if value is None or value == ():
            continue
        if field.record is not None:
            for part in value if isinstance(value, tuple) else (value,):
                if not _are_listed(part, spelt):
                    return False
        elif not _all_known(value, spelt.get(field.declared.vocabulary or "")):
            return False
    return True


def _unknown_terms(
    entry: Entry, record: Any, *, path: tuple[str | int, ...], catalogue: Catalogue
) -> Iterator[Problem]:
    for field in _with_terms(record.__class__):
        value = getattr(record, field.name)
        if value is None or value == ():
            continue
        vocabulary = field.declared.vocabulary
        many = isinstance(value, tuple)
        for index, part in enumerate(value if many else (value,)):
            place = (*path, field.name, index) if many else (*path, field.name)
            if field.record is not None:
                yield from _unknown_terms(entry, part, path=place, catalogue=catalogue)
            elif vocabulary:
                yield from _unknown_term(entry, place, vocabulary=vocabulary, text=str(part), catalogue=catalogue)


def _all_known(value: Any, spelt: Mapping[str, Any] | None) -> bool:
    """Whether nothing need be said of these texts, as of nearly all; None where there is no such vocabulary."""
    return spelt is None or (all(map(spelt.__contains__, value)) if isinstance(value, tuple) else value in spelt)


@cache
def _with_terms(model: type) -> tuple[DeclaredField, ...]:
    """Fields whose values, or values inside them, a vocabulary lists."""
    return tuple(
        field for field in fields_of(model) if field.declared.vocabulary or (field.record and _with_terms(field.record))
    )


def _unknown_term(
    entry: Entry, place: tuple[str | int, ...], *, vocabulary: str, text: str, catalogue: Catalogue
) -> Iterator[Problem]:
    lexicon = catalogue.lexicon
    found = lexicon.vocabularies.get(vocabulary)
    if found is None or lexicon.term(vocabulary, text):
        return
    if not found.open:
        guess = perhaps(text, lexicon.spellings[vocabulary])
        yield Problem(
            "unknown-term", Place(entry.source, place), f"词表“{found.title}”里没有“{text}”。{guess}".rstrip("。")
        )


def _unknown_grades(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for field, word in (("awards", "award"), ("honours", "honour")):
        for index, given in enumerate(entry.get(field, ())):
            key = catalogue.registry.key_for(("award",), getattr(given, word))
            award = catalogue.entries[key] if key else None
            if award is None or not award.source:
                continue
            place = (field, index)
            if given.grade and award.data.grades and not grade_named(award.data, given.grade):
                names = [grade.name for grade in award.data.grades]
                guess = perhaps(given.grade, names) or f"可用的等级：{'、'.join(names)}"
                yield Problem(
                    "unknown-grade",
                    Place(entry.source, (*place, "grade")),
                    f"“{award.title}”没有“{given.grade}”这一等级。{guess}",
                )
            sessions = {session.name for session in award.data.sessions} if given.session else ()
            if sessions and given.session not in sessions:
                close = perhaps(given.session, sessions)
                message = f"“{award.title}”的文件里没有“{given.session}”{'。' + close if close else ''}"
                yield Problem("unknown-session", Place(entry.source, (*place, "session")), message)


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
    undescribed = {key: (one.kind, one.title) for key, one in catalogue.entries.items() if not one.source}
    names = {text for (_, text), key in catalogue.registry.meant.items() if key in undescribed}
    counts: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], Place] = {}
    for entry in entries if undescribed else ():
        is_gathered = _is_gathered(entry, catalogue)
        for field, kinds, text in _references(entry, catalogue):
            # most name somebody else, and to look a text up takes less than to ask what it means
            if is_gathered and text not in names:
                continue
            found = undescribed.get(catalogue.registry.key_for(kinds, text) or "")
            if found:
                counts[found] += 1
                if found not in places:
                    places[found] = Place(entry.source, field)
    labels = {kind.name: kind.label for kind in KINDS}
    for (kind, name), times in sorted(counts.items()):
        if times >= FREQUENT:
            yield Problem("frequent-name", places[kind, name], f"{labels[kind]}“{name}”出现 {times} 次，还没有条目")
