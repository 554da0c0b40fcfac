"""Validated entries come in; the whole exhibition, cross-referenced and in order, goes out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.addresses import former_addresses
from site_builder.catalogue.conditions import meeting
from site_builder.catalogue.facets import Facets, Labels, kinds_of_facet
from site_builder.catalogue.honours import Honour, Honours, rank_of_entry
from site_builder.catalogue.lexicon import Lexicon, lexicon_of
from site_builder.catalogue.neighbours import Beside, Turn, following, turn
from site_builder.catalogue.ordering import edition_order, ordered
from site_builder.catalogue.registry import Registry, register
from site_builder.catalogue.subordination import unions_below
from site_builder.catalogue.sums import Shown, sums_of
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS
from site_builder.model.naming import slug

TOPICS: tuple[tuple[str, str, str], ...] = (("industry", "industries", "行业"), ("region", "regions", "地区"))
"""Facets whose labels have pages of their own: facet, vocabulary (and folder), label."""

SPELT = MappingProxyType(
    {"enterprise_type": "enterprise-types", "result_types": "result-types"}
    | {facet: folder for facet, folder, _ in TOPICS}
)
"""Facets whose labels stand in addresses, and their vocabularies."""

Backlink = tuple[str, str]
"""Key of another entry that refers to this one, and its field; a plain tuple, of which there are as many as references."""


@frozen
class Catalogue:
    """Everything known of the exhibition; entries never point back, the indexes here do."""

    exhibition: Exhibition
    registry: Registry
    lexicon: Lexicon
    order: Mapping[str, tuple[str, ...]]
    """Kind → keys of its shown entries in list order."""
    honours: Mapping[str, tuple[Honour, ...]]
    ranks: Mapping[str, int]
    facets: Mapping[str, Facets]
    backlinks: Mapping[str, tuple[Backlink, ...]]
    sources: Mapping[tuple[str, str], tuple[Backlink, ...]]
    """(key, kind) → what entries of this kind refer to it, in list order."""
    groups: Mapping[tuple[str, str], tuple[str, ...]]
    """(facet, label) → keys of results, people and studios that have it, in list order."""
    positions: Mapping[tuple[str, str], Mapping[str, int]]
    """(facet, label) → key → its place in that group."""
    neighbours: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
    """(facet, label) → key → who comes next in that group."""
    turns: Mapping[tuple[str, str], Mapping[str, Turn]]
    """(facet, label) → key → who stands before and after it, and where."""
    moved: Mapping[str, tuple[str, ...]]
    """Key → addresses that the entry had before; most had none and are left out."""
    notices: Mapping[str, str]
    """Key → status of what is on public notice (公示), whose honours are not decided."""
    stated: Mapping[str, tuple[str, ...]]
    """Field → keys of entries that fill it (``STATED``)."""
    sums: Mapping[str, Any]
    """What shown entries say together, by name (``sums``)."""
    editions: tuple[str, ...]
    """Keys of the editions, newest first; the permanent one is last."""
    below: Mapping[str, tuple[str, ...]]
    """Union → unions directly below it; under ``""`` those that stand at the top. No rings."""
    spelt: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Label that stands in addresses (``SPELT``) and has no id of a vocabulary → the id made of it. It follows from the label alone, so it
    need not be watched; it is kept because to make it takes the dictionary of pinyin."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Key → entry, withdrawn ones included, drafts left out."""
        return self.registry.entries

    @property
    def shown(self) -> Shown:
        """What sums are told of."""
        return Shown(self.entries, self.order, self.ranks)

    def of_kind(self, *kinds: str) -> tuple[str, ...]:
        """Keys of the shown entries of these kinds, in list order."""
        return tuple(chain.from_iterable(self.order.get(kind, ()) for kind in kinds))

    def decided(self, keys: Iterable[str]) -> Iterator[str]:
        """Those of these keys that are not on public notice."""
        undecided = frozenset(self.notices)
        return (key for key in keys if key not in undecided)

    def stating(self, field: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Keys of the shown entries of these kinds that fill a field, in list order; nothing else is asked of any entry."""
        filled = frozenset(self.stated[field])
        return tuple(key for key in self.of_kind(*kinds) if key in filled)

    def select(self, where: Mapping[str, tuple[str, ...]], keys: Iterable[str] | None = None) -> tuple[str, ...]:
        """Keys of the entries that meet the conditions; values may be labels, other spellings or ids."""
        wanted = {name: tuple(self._label(name, value) for value in values) for name, values in where.items()}
        pool = self.of_kind(*(kind.name for kind in KINDS if kind.listed)) if keys is None else keys
        return tuple(meeting(pool, wanted, groups=self.groups))

    def _label(self, facet: str, value: str) -> str:
        kinds, vocabularies = kinds_of_facet(facet)
        key = self.registry.key_for(kinds, value) if kinds else None
        if key:
            return self.entries[key].title
        return next((self.lexicon.label(name, value) for name in vocabularies if self.lexicon.term(name, value)), value)

    def sources_of(self, key: str, kinds: tuple[str, ...], *, field: str = "") -> tuple[str, ...]:
        """Keys of entries of these kinds that refer to this one (in that field), each once, in list order."""
        # those of a kind are in list order, and lists come kind by kind
        links = [link for kind in _listed(kinds) for link in self.sources.get((key, kind), ())]
        return tuple(dict.fromkeys([source for source, name in links if not field or name == field]))


@cache
def _listed(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kind.name for kind in KINDS if kind.name in kinds)


def compile_catalogue(entries: Iterable[Entry], exhibition: Exhibition) -> Catalogue:
    """The catalogue of these entries; unresolved references stay plain words (``checking`` reports dead ids)."""
    everything = tuple(entries)
    lexicon = lexicon_of(everything)
    registry = register(everything)
    shown = {key: entry for key, entry in registry.entries.items() if entry.data.status != "withdrawn"}
    resolved, labels = Honours(registry), Labels(registry, lexicon)
    honours = {key: resolved.of(entry) for key, entry in registry.entries.items()}
    ranks = {key: rank_of_entry(entry, honours[key]) for key, entry in registry.entries.items()}
    facets = {key: labels.of(entry, honours[key]) for key, entry in shown.items()}
    editions = edition_order(shown.values())
    order = ordered(shown, ranks, editions=editions, registry=registry)
    backlinks = _backlinks(shown.values(), registry)
    arrangement = arranged(order, facets, backlinks=backlinks)
    everyone = registry.entries.items()
    return Catalogue(
        exhibition=exhibition,
        registry=registry,
        lexicon=lexicon,
        honours=MappingProxyType(honours),
        ranks=MappingProxyType(ranks),
        facets=MappingProxyType(facets),
        backlinks=MappingProxyType(backlinks),
        moved=MappingProxyType({key: former_addresses(entry) for key, entry in everyone if entry.data.aliases}),
        notices=MappingProxyType({key: entry.data.status for key, entry in everyone if entry.data.status == "notice"}),
        stated=stated_in(registry.entries),
        sums=sums_of(Shown(registry.entries, order, ranks)),
        editions=editions,
        below=MappingProxyType(unions_below(registry, order.get("union", ()))),
        spelt=MappingProxyType(_spelt(arrangement["groups"], lexicon)),
        **arrangement,
    )


def stated_in(entries: Mapping[str, Entry]) -> Mapping[str, tuple[str, ...]]:
    """Which of these entries fill the fields that lists are made of."""
    found: dict[str, list[str]] = {name: [] for name in STATED}
    for key, entry in entries.items():
        for name in _stating(entry.data.__class__):
            if getattr(entry.data, name):
                found[name].append(key)
    return MappingProxyType({name: tuple(keys) for name, keys in found.items()})


@cache
def _stating(model: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(model) if one.name in STATED)


STATED = (
    *("patents", "benefit", "trained_count", "transfer", "privacy_exceptions"),
    *("portrait", "logo", "pictures"),
)
"""Fields of which somebody asks who fills them: were each entry asked, a list would lean on all that entries say."""


def arranged(
    order: Mapping[str, tuple[str, ...]],
    facets: Mapping[str, Facets],
    *,
    backlinks: Mapping[str, tuple[Backlink, ...]],
) -> dict[str, Any]:
    """Whatever of a catalogue is in list order, by name."""
    groups = _groups(order, facets)
    positions = _positions(order, groups)
    return {
        "order": MappingProxyType(order),
        "sources": MappingProxyType(_sources(backlinks, positions["", ""])),
        **grouped(groups, positions),
    }


def grouped(
    groups: Mapping[tuple[str, str], tuple[str, ...]], positions: Mapping[tuple[str, str], Mapping[str, int]]
) -> dict[str, Any]:
    """The groups of a catalogue, and what is found in them when it is asked for, by name."""
    ordered, places = MappingProxyType(groups), MappingProxyType(positions)
    return {
        "groups": ordered,
        "positions": places,
        "neighbours": Beside(ordered, places, following),
        "turns": Beside(ordered, places, turn),
    }


def _spelt(groups: Iterable[tuple[str, str]], lexicon: Lexicon) -> dict[str, str]:
    terms = {label: lexicon.term(SPELT[facet], label) for facet, label in sorted(groups) if facet in SPELT}
    return {label: slug(label, distinct=True) for label, term in terms.items() if not (term and term.id)}


def _backlinks(entries: Iterable[Entry], registry: Registry) -> dict[str, tuple[Backlink, ...]]:
    found: dict[str, list[Backlink]] = defaultdict(list)
    references, meant = registry.references, registry.meant
    for key in [entry.key for entry in entries]:
        for place, kinds, text in references[key]:
            target = meant[kinds, text]
            if target and target != key:
                links, link = found[target], (key, str(place[0]))
                # a field's references follow each other
                if not links or links[-1] != link:
                    links.append(link)
    return {key: tuple(links) for key, links in found.items()}


def _sources(
    backlinks: Mapping[str, tuple[Backlink, ...]], places: Mapping[str, int]
) -> dict[tuple[str, str], tuple[Backlink, ...]]:
    found: dict[tuple[str, str], list[Backlink]] = defaultdict(list)
    for key, links in backlinks.items():
        for link in sorted(links, key=lambda link: places[link[0]]):
            found[key, link[0].partition("/")[0]].append(link)
    return {group: tuple(links) for group, links in found.items()}


def _groups(
    order: Mapping[str, tuple[str, ...]], facets: Mapping[str, Facets]
) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind in KINDS:
        for key in order.get(kind.name, ()):
            for facet, labels in facets[key].items():
                for label in labels:
                    found[facet, label].append(key)
    return {group: tuple(keys) for group, keys in found.items()}


def _positions(
    order: Mapping[str, tuple[str, ...]], groups: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[tuple[str, str], Mapping[str, int]]:
    """Where each key stands in each group, and under ``("", "")`` in the exhibition as a whole."""
    whole = [key for kind in KINDS for key in order.get(kind.name, ())]
    found: dict[tuple[str, str], Mapping[str, int]] = {group: _numbered(keys) for group, keys in groups.items()}
    return found | {("", ""): _numbered(whole)}


def _numbered(keys: Sequence[str]) -> dict[str, int]:
    return dict(zip(keys, range(len(keys)), strict=True))
