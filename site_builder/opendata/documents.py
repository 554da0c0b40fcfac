"""A deck comes in; for each shown entry a document goes out: its public fields as plain values, its links both ways."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, partial
from operator import attrgetter
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

_NUMBERS = frozenset({int, float})
"""What is told although it is nought."""
LinkRow = tuple[str, str, int, str | None, str, str | None]
"""Source, label of the field, place among the links of its source, target or None, name, role."""
Linked = tuple[str, LinkRow]
"""One reference of an entry: the kind that it leads to, and its row in the table of these links."""
Telling = Callable[..., Any]
"""A value, within what it stands (``_Within``) and ``of`` which record → the value as documents have it."""


class Target(NamedTuple):
    """What a reference means: an entry that is shown, or a name alone."""

    kind: str
    """Of a name alone, the first kind that it could be."""
    id: str
    """Empty for a name alone."""
    title: str
    text: str
    """As fields hold it: the id, with its kind in front where another kind would be tried first; else the name."""


class Document(NamedTuple):
    """An entry as re-users get it."""

    entry: Entry
    card: Card
    body: str | None
    fields: Mapping[str, Any]
    links: tuple[Linked, ...]
    paths: tuple[str, ...]
    """Of each link the field, with those of the records round it: ``people.person``."""


class _Within(NamedTuple):
    """The entry that is being told, and its references so far."""

    archive: "Archive"
    source: str
    links: list[Linked]
    paths: list[str]


class _Found(dict[Any, Any]):
    """What is found out when it is first asked for."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: Any) -> Any:
        found = self[key] = self._find(key)
        return found


@frozen
class Archive:
    """Makes documents of a deck; what a reference or a term means is found out once.

    Where it is watched what is read of the deck (``warm``), an archive serves one piece of work only.
    """

    deck: Deck

    def document(self, entry: Entry) -> Document:
        """The document of one entry."""
        within = _Within(self, entry.id, [], [])
        fields = _said(entry.data.__class__, is_decided=entry.data.status != "notice").told(entry.data, within)
        body = entry.body.strip() or None
        return Document(entry, self.deck.cards[entry.key], body, fields, tuple(within.links), tuple(within.paths))

    @cached_property
    def targets(self) -> Mapping[tuple[str, ...], Mapping[str, Target]]:
        """Kinds → text of a reference in a field for these → what it means; an entry that is not shown is its name, as on the pages."""
        return _Found(lambda kinds: _Found(partial(self._target, kinds)))

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Vocabulary → term by any of its spellings → its own label."""
        return _Found(lambda name: _Found(partial(self.deck.catalogue.lexicon.label, name)))

    def _target(self, kinds: tuple[str, ...], text: str) -> Target:
        registry = self.deck.catalogue.registry
        key = registry.key_for(kinds, text)
        if key is None or key not in self.deck.cards:
            label = self.deck.link(kinds, text).label
            return Target(kinds[0], "", label, label)
        kind, _, name = key.partition("/")
        plain = name == text or registry.key_for(kinds, name) == key
        return Target(kind, name, registry.entries[key].title, name if plain else key)

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
        if document.body:
            whole["body"] = document.body
        links = [
            {"field": path, "kind": kind, "id": name, "title": title}
            for path, (kind, (_, _, _, name, title, _)) in zip(document.paths, document.links, strict=True)
            if name
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


@frozen
class _Saying:
    """What is said of a sort of record; found out once, for most fields of most records are empty and need not be looked at."""

    values: Callable[[Any], tuple[Any, ...]]
    """All of these fields of a record at once."""
    tellings: tuple[tuple[str, Telling | None], ...]
    """The name of each, and how a value is told; None where as it is."""

    def told(self, record: Any, within: _Within) -> dict[str, Any]:
        """The fields of a record as plain values; of what is empty only a number is told."""
        found = {}
        for (name, tell), value in zip(self.tellings, self.values(record)):  # noqa: B905  # as many, and there are ten records an entry
            if value or value.__class__ in _NUMBERS:
                found[name] = tell(value, within, of=record) if tell else value
        return found


@cache
def _said(model: type, *, is_decided: bool) -> _Saying:
    """What is said of an entry."""
    unsaid = _MAKING if is_decided else _MAKING | _UNDECIDED
    return _saying(tuple(part for part in shape_of(model) if part.name not in unsaid))


def _saying(parts: tuple[Part, ...], *, above: str = "", label: str = "") -> _Saying:
    """``above`` is the way to the records, with a full stop behind, and ``label`` that of the entry's field that holds them."""
    names = [part.name for part in parts]
    tellings = tuple((part.name, _telling(part, f"{above}{part.name}", label=label or part.label)) for part in parts)
    values = attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, name) for name in names)
    return _Saying(values, tellings)


def _telling(part: Part, path: str, *, label: str) -> Telling | None:
    if part.inner:
        return _records(_saying(part.inner, above=f"{path}.", label=label), many=part.many)
    if part.refers:
        return _references(part, path, label=label)
    vocabulary = part.field.declared.vocabulary
    return _terms(vocabulary) if vocabulary else _listed if part.many else None


def _records(saying: _Saying, *, many: bool) -> Telling:
    def records(value: Any, within: _Within, *, of: Any) -> list[dict[str, Any]]:
        return [saying.told(one, within) for one in value]

    def record(value: Any, within: _Within, *, of: Any) -> dict[str, Any]:
        return saying.told(value, within)

    return records if many else record


def _references(part: Part, path: str, *, label: str) -> Telling:
    kinds = part.refers

    def reference(text: str, within: _Within, *, role: str | None) -> str:
        archive, source, links, paths = within
        kind, name, title, said = archive.targets[kinds][text]
        paths.append(path)
        links.append((kind, (source, label, len(paths), name or None, title, role)))
        return said

    def several(value: Iterable[str], within: _Within, *, of: Any) -> list[str]:
        return [reference(text, within, role=None) for text in value]

    def one(value: str, within: _Within, *, of: Any) -> str:
        return reference(value, within, role=getattr(of, "role", None) or getattr(of, "grade", None) or None)

    return several if part.many else one


def _terms(vocabulary: str) -> Telling:
    """A term by its own label, whichever of its spellings the editor wrote."""

    def told(value: Any, within: _Within, *, of: Any) -> Any:
        labels = within.archive.labels[vocabulary]
        return [labels[one] for one in value] if isinstance(value, tuple) else labels[value]

    return told


def _listed(value: Any, _within: _Within, *, of: Any) -> Any:
    """Conditions of halls are mappings of lists, and stay as they are."""
    return list(value) if isinstance(value, tuple) else value
