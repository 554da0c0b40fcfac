"""Entries come in; on what basis each of them publishes which name and portrait goes out.

The bases are those of ``model/publication.py``. A consent in an entry outranks its edition's, and any consent outranks a published list.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place, Problem
from site_builder.model.publication import Consent, Scope

PERSON = "craftsman"
PORTRAIT = "portrait"
FieldPath = tuple[str | int, ...]


@frozen
class Basis:
    """Why something of a person may be published."""

    name: str
    """A key of ``BASES``; empty: nothing entitles."""
    consent: Consent | None = None
    over: bool = False
    """Whether there was a consent that has run out."""

    def __bool__(self) -> bool:
        return bool(self.name)


_NOTHING, _LIST, _REPORT = Basis(""), Basis("list"), Basis("report")


class Shown(NamedTuple):
    """Something of a person that an entry would show: a name in a field, a portrait or a film."""

    entry: Entry
    field: FieldPath
    person: str
    """Name, or id of the person's entry; empty where a portrait does not say whose it is."""
    scope: Scope
    basis: Basis


def shown_of(entry: Entry, editions: Mapping[str, Entry], *, as_of: str) -> Iterator[Shown]:
    """Everything of persons that an entry shows, with its basis on an ISO day."""
    edition = editions.get(entry.get("edition") or "")
    given = (*entry.data.consent, *(edition.data.consent if edition is not None and edition is not entry else ()))
    title = entry.title if entry.kind == PERSON else ""
    if title:
        yield Shown(
            entry, (entry.described.title_field,), title, "name", basis_of(entry, title, given=given, as_of=as_of)
        )
    for field, person in named_in(entry.data):
        yield Shown(entry, field, person, "name", basis_of(entry, person, given=given, as_of=as_of))
    scopes: tuple[tuple[Scope, Iterator[FieldPath]], ...] = (
        ("portrait", portraits_of(entry)),
        ("film", films_of(entry)),
    )
    for scope, fields in scopes:
        for field in fields:
            yield Shown(entry, field, title, scope, basis_of(entry, title, given=given, as_of=as_of, scope=scope))


def is_entitled(entry: Entry, editions: Mapping[str, Entry]) -> bool:
    """Whether an entry shows nothing of persons but names that its sources entitle it to; so most do, and need not be looked through."""
    data = entry.data
    if data.consent or not data.sources or entry.get(PORTRAIT) or (data.videos and entry.kind == PERSON):
        return False
    edition = editions.get(entry.get("edition") or "")
    return not (edition is not None and edition.data.consent) and not any(one.role == PORTRAIT for one in data.pictures)


def named_in(record: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Every person that a record names in a field for persons: where, and the name or id."""
    for field in person_fields(record.__class__):
        value = getattr(record, field.name)
        if value is None or value == ():
            continue
        many = isinstance(value, tuple)
        for index, part in enumerate(value if many else (value,)):
            at = (*path, field.name, index) if many else (*path, field.name)
            if field.record is None:
                yield at, part
            else:
                yield from named_in(part, at)


@cache
def person_fields(model: type) -> tuple[DeclaredField, ...]:
    """Fields that name persons, or whose records do; what may name works as well names entries, which have a basis of their own."""
    return tuple(
        field
        for field in fields_of(model)
        if field.refers == (PERSON,) or (field.record is not None and person_fields(field.record))
    )


def portraits_of(entry: Entry) -> Iterator[FieldPath]:
    """The fields that show somebody's portrait."""
    if entry.get(PORTRAIT):
        yield (PORTRAIT,)
    yield from (("pictures", at) for at, one in enumerate(entry.data.pictures) if one.role == PORTRAIT)


def films_of(entry: Entry) -> Iterator[FieldPath]:
    """The films that show somebody: those in the entry of a person. Other films show works, and who is in them is for people to see."""
    yield from (("videos", at) for at, _ in enumerate(entry.data.videos if entry.kind == PERSON else ()))


def basis_of(entry: Entry, person: str, *, given: tuple[Consent, ...], as_of: str, scope: Scope = "name") -> Basis:
    """What entitles an entry to publish this of a person, best first; ``given`` are its own consents, then those of its edition."""
    if not given:
        return _unasked(entry) if scope == "name" else _NOTHING
    meant = [one for one in given if _means(one, entry, person=person)]
    if not meant:
        return _unasked(entry) if scope == "name" else _NOTHING
    held = next((one for one in meant if scope in one.covers and one.holds(as_of)), None)
    if held:
        return Basis("consent", held)
    over = any(scope in one.covers and not one.holds(as_of) for one in meant)
    child = any(one.minor for one in meant)
    return _unasked(entry) if scope == "name" and not child and not over else Basis("", over=over)


def _unasked(entry: Entry) -> Basis:
    """What entitles to publish the names in an entry about which nobody was asked."""
    if not entry.data.sources:
        return _NOTHING
    return _LIST if entry.get("awards") or entry.get("honours") or entry.get("levels") else _REPORT


def _means(consent: Consent, entry: Entry, *, person: str) -> bool:
    """Whether a consent is this person's, and for what this entry belongs to."""
    whose = consent.person is None or consent.person in {person, entry.id if entry.kind == PERSON else person}
    return whose and consent.edition in {None, entry.get("edition"), entry.id if entry.kind == "edition" else None}


def overdue(entries: Iterable[Entry], *, as_of: str) -> Iterator[Problem]:
    """A warning for each consent that has run out on an ISO day; of what is shown or will be."""
    for entry in entries:
        for index, one in enumerate(entry.data.consent if entry.data.status != "withdrawn" else ()):
            if not one.holds(as_of):
                yield Problem("consent-over", Place(entry.source, ("consent", index)), f"同意在 {one.expires} 已经到期")
