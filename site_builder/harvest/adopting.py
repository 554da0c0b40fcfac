"""Finds come in; drafts of our own go out: ids with a prefix of their owner's, references that lead on, the source kept."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from site_builder.catalogue.registry import NAMED_KINDS
from site_builder.exchange.identity import folder_of
from site_builder.harvest.finds import Find, Harvest, Owner
from site_builder.intake.drafts import Draft
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry, is_id
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.naming import digest, slug

_FILES = frozenset({"pictures", "videos", "attachments", "portrait", "logo", "picture", "poster", "file"})
"""Fields that name files of the other exhibition, which are not here."""
_OWN = frozenset({"aliases", "status", "notice", "updated", "consent"})
"""Fields that are the other exhibition's own affair."""
_LONGEST = 64
_DIGEST = 5


@frozen
class Joint:
    """The exhibition that takes in: its entries, and what the editor said."""

    present: Mapping[str, Entry]
    prefix: str
    edition: str = ""
    status: str = ""
    excluded: frozenset[str] = frozenset()
    """Keys there of what is not taken."""


@frozen
class Adopted:
    """A find on its way into the exhibition."""

    find: Find
    draft: Draft
    path: str


@dataclass
class _Adoption:
    """Which key there became which here."""

    joint: Joint
    owner: Owner
    keys: dict[str, str] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    """Key there → key of an entry here that bears the same name."""

    def id_for(self, find: Find) -> str:
        """An id that no other owner's entry has; the same again the next time."""
        own = find.id if is_id(find.id) else slug(str(find.fields[kind_named(find.kind).title_field]))
        name = f"{self.joint.prefix}-{own}"
        if len(name) > _LONGEST:
            name = f"{name[: _LONGEST - _DIGEST].rstrip('-')}-{digest(name)}"
        taken = set(self.keys.values())
        if f"{find.kind}/{name}" in taken:
            name = f"{name[: _LONGEST - _DIGEST].rstrip('-')}-{digest(find.id + find.where)}"
        return name

    def reference(self, field: DeclaredField, text: str, *, find: Find) -> str:
        """The id here of what a reference means, else its name."""
        tail = text.rpartition("/")[2]
        if not is_id(tail):
            return text
        named = text.rpartition("/")[0]
        for kind in (named,) if named in field.refers else field.refers:
            key = f"{kind}/{tail}"
            here = self.keys.get(key) or self.shared.get(key)
            if here:
                return here.partition("/")[2] if len(field.refers) == 1 else here
        titles = (find.names.get(f"{kind}/{tail}") for kind in field.refers)
        return next((title for title in titles if title), text)


def prefix_for(owner: Owner) -> str:
    """A prefix from the owner's host, or name: ``https://www.example.org/`` → ``example-org``."""
    host = (urlsplit(owner.address).hostname or "") if "://" in owner.address else ""
    plain = re.sub(r"[^a-z0-9]+", "-", host.removeprefix("www.").lower()).strip("-")
    return (plain or slug(owner.name))[:20].strip("-")


def adopted(harvest: Harvest, joint: Joint) -> tuple[tuple[Adopted, ...], tuple[str, ...]]:
    """Drafts of all finds that are taken, and what the editor should know of the others."""
    adoption = _Adoption(joint, harvest.owner)
    taken: list[tuple[Find, str]] = []
    notes: list[str] = []
    names = {(entry.kind, entry.title): entry.key for entry in joint.present.values()}
    for find in harvest.finds:
        if find.key in joint.excluded:
            continue
        title = str(find.fields.get(kind_named(find.kind).title_field, ""))
        here = names.get((find.kind, title)) if find.kind in NAMED_KINDS else None
        if here and not here.partition("/")[2].startswith(f"{joint.prefix}-"):
            adoption.shared[find.key] = here
            notes.append(f"{kind_named(find.kind).label}“{title}”本展已有，用本展的 {here.partition('/')[2]}")
            continue
        name = adoption.id_for(find)
        adoption.keys[find.key] = f"{find.kind}/{name}"
        taken.append((find, name))
    lost = {edition for find, _ in taken if (edition := _lost_edition(find, joint))}
    notes += [f"本展没有展期“{edition}”，这些成果没有归入展期；用 --edition 指明" for edition in sorted(lost)]
    return tuple(_adopted(find, name, adoption=adoption) for find, name in taken), tuple(notes)


def _lost_edition(find: Find, joint: Joint) -> str:
    edition = find.fields.get("edition")
    kept = joint.edition or f"edition/{edition}" in joint.present
    return edition if isinstance(edition, str) and not kept else ""


def _adopted(find: Find, name: str, *, adoption: _Adoption) -> Adopted:
    kind = kind_named(find.kind)
    fields = {
        one: value
        for one, value in _fields(find.fields, fields_of(kind.model), find=find, adoption=adoption)
        if one not in _OWN and one != "edition"
    }
    edition = _edition(find, adoption.joint)
    if edition:
        fields["edition"] = edition
    if adoption.joint.status:
        fields["status"] = adoption.joint.status
    fields["sources"] = [_source(find, adoption.owner), *fields.get("sources", ())]
    draft = Draft(find.kind, name, fields, (), find.body)
    return Adopted(find, draft, f"{folder_of(kind, edition)}/{name}{kind.suffix}")


def _edition(find: Find, joint: Joint) -> str:
    if "edition" not in {field.name for field in fields_of(kind_named(find.kind).model)}:
        return ""
    edition = find.fields.get("edition")
    return joint.edition or (str(edition) if f"edition/{edition}" in joint.present else "")


def _source(find: Find, owner: Owner) -> dict[str, str]:
    """Who showed it, where, when and on which terms."""
    title = str(find.fields.get(kind_named(find.kind).title_field, owner.name))
    said = {"title": title, "outlet": owner.name, "date": owner.date, "url": find.page, "licence": owner.licence}
    return {name: value for name, value in said.items() if value}


def _fields(
    given: Mapping[str, Any], declared: Iterable[DeclaredField], *, find: Find, adoption: _Adoption
) -> Iterator[tuple[str, Any]]:
    """Fields that we know, references led on; what we do not know is left to the check, which names it."""
    known = {one.name: one for one in declared}
    for name, value in given.items():
        field = known.get(name)
        if name in _FILES:
            continue
        if field is None or value is None:
            yield name, value
        elif field.record:
            inner = fields_of(field.record)
            parts = value if isinstance(value, list) else [value]
            made = [
                dict(_fields(one, inner, find=find, adoption=adoption)) if isinstance(one, Mapping) else one
                for one in parts
            ]
            yield name, made if isinstance(value, list) else made[0]
        elif field.refers:
            texts = value if isinstance(value, list) else [value]
            led = [adoption.reference(field, str(one), find=find) for one in texts]
            yield name, led if isinstance(value, list) else led[0]
        else:
            yield name, value
