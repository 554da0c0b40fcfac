"""A deck comes in; for each shown entry a document goes out: its public fields as plain values, its links both ways."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache, cached_property
from typing import Any, NamedTuple

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card
from site_builder.opendata.lines import line_of
from site_builder.opendata.shape import Part, shape_of
from site_builder.publish.deck import Deck
from site_builder.publish.iiif import has_manifest, manifest_address

_MAKING = frozenset({"cover", "title_lines"})
"""Fields that say how this site sets an entry and nothing of the entry."""
_UNDECIDED = frozenset({"awards", "honours"})
"""What is not said of an entry on notice, as on its page."""


class Target(NamedTuple):
    """What a reference means: an entry that is shown, or a name alone."""

    kind: str
    """Of a name alone, the first kind that it could be."""
    id: str
    """Empty for a name alone."""
    title: str
    text: str
    """As fields hold it: the id, with its kind in front where another kind would be tried first; else the name."""


class Linked(NamedTuple):
    """One reference of an entry: in which of its fields, the how manyeth there, to what, in which role."""

    field: str
    position: int
    target: Target
    role: str


class Document(NamedTuple):
    """An entry as re-users get it."""

    entry: Entry
    card: Card
    fields: Mapping[str, Any]
    links: tuple[Linked, ...]


@cache
def _said(model: type, *, is_decided: bool) -> tuple[Part, ...]:
    """The fields that are said of an entry."""
    unsaid = _MAKING if is_decided else _MAKING | _UNDECIDED
    return tuple(part for part in shape_of(model) if part.name not in unsaid)


@frozen
class Archive:
    """Makes documents of a deck; what a reference means is found out once.

    Where it is watched what is read of the deck (``warm``), an archive serves one piece of work only.
    """

    deck: Deck
    _targets: dict[tuple[tuple[str, ...], str], Target] = field(default_factory=dict)

    def document(self, entry: Entry) -> Document:
        """The document of one entry."""
        links: list[Linked] = []
        parts = _said(entry.data.__class__, is_decided=entry.data.status != "notice")
        fields = self._fields(entry.data, parts, links=links)
        return Document(entry, self.deck.cards[entry.key], fields, tuple(links))

    def target(self, kinds: tuple[str, ...], text: str) -> Target:
        """What a reference means; an entry that is not shown is no more than its name, as on the pages."""
        found = self._targets.get((kinds, text))
        if found is None:
            found = self._targets[kinds, text] = self._target(kinds, text)
        return found

    def _target(self, kinds: tuple[str, ...], text: str) -> Target:
        registry = self.deck.catalogue.registry
        key = registry.key_for(kinds, text)
        if key is None or key not in self.deck.cards:
            label = self.deck.link(kinds, text).label
            return Target(kinds[0], "", label, label)
        kind, _, name = key.partition("/")
        plain = name == text or registry.key_for(kinds, name) == key
        return Target(kind, name, registry.entries[key].title, name if plain else key)

    def _fields(self, record: Any, parts: Iterable[Part], *, links: list[Linked], above: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in parts:
            value = getattr(record, part.name)
            if not value and (value is None or value is False or not isinstance(value, (int, float))):
                continue
            if part.inner:
                several = value if part.many else (value,)
                name = f"{above}{part.name}"
                made = [self._fields(one, part.inner, links=links, above=f"{name}.") for one in several]
                found[part.name] = made if part.many else made[0]
            elif part.refers:
                several = value if part.many else (value,)
                role = "" if part.many else getattr(record, "role", None) or getattr(record, "grade", None) or ""
                texts = [self._linked(links, f"{above}{part.name}", part=part, text=one, role=role) for one in several]
                found[part.name] = texts if part.many else texts[0]
            else:
                found[part.name] = self._plain(part, value)
        return found

    def _plain(self, part: Part, value: Any) -> Any:
        """A term by its own label, whichever of its spellings the editor wrote."""
        name = part.field.declared.vocabulary
        if not name:
            return list(value) if isinstance(value, tuple) else value
        label = self.deck.catalogue.lexicon.label
        return [label(name, one) for one in value] if isinstance(value, tuple) else label(name, value)

    def _linked(self, links: list[Linked], name: str, *, part: Part, text: str, role: str) -> str:
        target = self.target(part.refers, text)
        links.append(Linked(name, len(links) + 1, target, role))
        return target.text

    def referrers(self, key: str) -> Mapping[str, list[str]]:
        """Field → keys of the shown entries that refer to this one there."""
        found: dict[str, list[str]] = {}
        cards = self.deck.cards
        for source, name in self.deck.catalogue.backlinks.get(key, ()):
            if source in cards and not (name in _UNDECIDED and source in self._on_notice):
                found.setdefault(name, []).append(source)
        return found

    @cached_property
    def _on_notice(self) -> frozenset[str]:
        """Keys of entries on notice: they are few, and of those who hold an award nothing else need be read to list them."""
        return frozenset(self.deck.catalogue.notices)

    def line(self, document: Document) -> bytes:
        """The document as one line of JSON, the same in lists, lines and shards."""
        entry, card = document.entry, document.card
        whole: dict[str, Any] = {"kind": entry.kind, "id": entry.id, "title": entry.title, "address": card.address}
        if not entry.source:
            whole["name_only"] = True
        whole["fields"] = document.fields
        body = entry.body.strip()
        if body:
            whole["body"] = body
        links = [
            {"field": one.field, "kind": one.target.kind, "id": one.target.id, "title": one.target.title}
            for one in document.links
            if one.target.id
        ]
        if links:
            whole["links"] = links
        referrers = self.referrers(entry.key)
        if referrers:
            whole["referrers"] = referrers
        whole |= self._pictures(entry, card)
        return line_of(whole)

    def _pictures(self, entry: Entry, card: Card) -> dict[str, Any]:
        found: dict[str, Any] = {"cover": card.cover}
        if card.picture:
            picture = card.picture
            said = {"address": picture.address, "width": picture.width, "height": picture.height, "alt": picture.alt}
            found["picture"] = said | ({"credit": picture.credit} if picture.credit else {})
        if has_manifest(self.deck, entry):
            found["manifest"] = manifest_address(entry)
        return found
