"""An entry comes in; what the exhibition publicly says of it goes out, by property of schema.org."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.addresses import identifier_at
from site_builder.catalogue.topics import named_topic
from site_builder.model.crosswalk import VALUE_TYPES
from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.entry import Entry
from site_builder.model.kinds import kind_named
from site_builder.model.pages import Image
from site_builder.model.values import AwardGiven, HonourHeld, OrganisationCredit, Period, PersonCredit, Source, Step
from site_builder.publish.deck import Deck, in_certificate_order
from site_builder.publish.facts import source_lines

Node = Any
"""Text, a number, or the mapping of a node with its ``@type``."""
Statements = dict[str, list[Node]]
"""Property → its values in the order of the fields."""
_Say = Callable[[Deck, Any], Node]
_PICTURES = frozenset({"image", "logo"})
_MOST_PICTURES = 8
_CORPORATE = re.compile(r"(会|社|部|组|报|局|院|室|处|公司|集团|中心|日报|协会)$")
"""How the name of an author ends who is no person."""


def statements_of(deck: Deck, entry: Entry) -> Statements:
    """Every public field that has a property and a value; a grade is not said before the award is final."""
    said: Statements = {}
    notice = entry.data.status == "notice"
    for field, name, say in _said_fields(entry.data.__class__):
        value = getattr(entry.data, field)
        if value is None or value == ():
            continue
        parts = value if isinstance(value, tuple) else (value,)
        if name == "creator":
            parts = in_certificate_order(parts)
        if name == "award":
            said[name] = [_honour(deck, part, final=not notice) for part in parts]
        elif isinstance(value, Period):
            said["startDate"] = [value.start]
            if value.end:
                said["endDate"] = [value.end]
        else:
            said[name] = said.get(name, []) + [say(deck, part) for part in parts]
    return said | _pictures(deck, entry)


@cache
def _said_fields(model: type) -> tuple[tuple[str, str, _Say], ...]:
    found = []
    for field in fields_of(model):
        name = field.declared.schema
        if name and field.declared.public and name not in _PICTURES:
            found.append((field.name, name, _sayer(field, name)))
    return tuple(found)


def _sayer(field: DeclaredField, name: str) -> _Say:
    """How to say one value of a field; chosen once, for there are thousands of entries."""
    kind = VALUE_TYPES.get(name, "")
    if field.record in _RECORDS:
        return _RECORDS[field.record]
    if field.refers:
        return lambda deck, text: deck.once(_reference, (field.refers, text, kind))
    if name == "author":
        return lambda _deck, text: {"@type": "Organization" if _CORPORATE.search(text) else kind, "name": text}
    if field.declared.vocabulary:
        return lambda deck, text: deck.once(_term, (field.declared.vocabulary, text, kind))
    if kind:
        return lambda _deck, text: {"@type": kind, "name": text}
    return lambda _deck, value: str(value)


def _reference(deck: Deck, asked: tuple[tuple[str, ...], str, str]) -> Node:
    """Whom or what a reference means, in short: type, name and permanent identifier; of the type asked where nobody has described it."""
    kinds, text, kind = asked
    key, link = deck.followed(kinds, text)
    if key is None:
        return {"@type": kind, "name": link.label}
    node, site = {"@type": kind_named(key.partition("/")[0]).schema, "name": link.label}, deck.catalogue.exhibition.url
    if site and link.address is not None:
        node["@id"] = f"{site}{identifier_at(key)}"
    return node


def _term(deck: Deck, asked: tuple[str, str, str]) -> Node:
    vocabulary, text, kind = asked
    label, address = named_topic(deck.catalogue, vocabulary, text=text)
    if not kind:
        return label
    site = deck.catalogue.exhibition.url
    return {"@type": kind, "name": label} | ({"url": f"{site}{address}"} if site and address else {})


def _honour(deck: Deck, part: AwardGiven | HonourHeld, *, final: bool) -> str:
    """An honour is text in the vocabulary: ``第三十一届优秀发明选拔赛，2019年，银奖``."""
    text = part.award if isinstance(part, AwardGiven) else part.honour
    year = f"{part.year}年" if part.year else None
    words = (deck.link(("award",), text).label, part.session, year, part.grade if final else None)
    return "，".join(filter(None, words))


def _person(deck: Deck, part: PersonCredit) -> Node:
    return _reference(deck, (("craftsman",), part.person, "Person"))


def _organisation(deck: Deck, part: OrganisationCredit) -> Node:
    return deck.once(_reference, (("organisation",), part.organisation, "Organization"))


def _source(deck: Deck, part: Source) -> Node:
    return source_lines(deck, (part,))[0].text


def _step(_deck: Deck, part: Step) -> Node:
    node: dict[str, Any] = {"@type": "HowToStep"} | ({"name": part.title} if part.title else {})
    if not part.point:
        return node | {"text": part.text}
    told = {"@type": "HowToDirection", "text": part.text}, {"@type": "HowToTip", "text": part.point}
    return node | {"itemListElement": list(told)}


_RECORDS: Mapping[Any, _Say] = MappingProxyType(
    {PersonCredit: _person, OrganisationCredit: _organisation, Source: _source, Step: _step}
)


def _pictures(deck: Deck, entry: Entry) -> Statements:
    """Pictures as they are published, the logo apart; none where the site's address is not known."""
    images = deck.pictures_of(entry) if deck.catalogue.exhibition.url else ()
    marks = [image for image in images if image.role == "logo" and hasattr(entry.data, "logo")]
    named = {"image": [image for image in images if image not in marks], "logo": marks}
    return {name: _files(deck, found[:_MOST_PICTURES]) for name, found in named.items() if found}


def _files(deck: Deck, images: Iterable[Image]) -> list[Node]:
    site = deck.catalogue.exhibition.url
    found: list[Node] = []
    for image in images:
        notes = {"caption": image.caption, "creditText": image.credit}
        notes |= {"license": image.licence} if image.licence.startswith("http") else {}
        said = {name: words for name, words in notes.items() if words}
        address = f"{site}{image.address}"
        found.append({"@type": "ImageObject", "contentUrl": address} | said if said else address)
    return found
