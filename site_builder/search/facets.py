"""A catalogue comes in; for every facet the values that visitors can choose go out, in their own order, entry by entry."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field as made
from functools import cache, partial

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.facets import EXTRA_LABELS, kinds_of_facet
from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen
from site_builder.model.grades import RANK_WORDS, rank_of, split_group
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Outline

FEW = 12
"""Up to so many values of a closed vocabulary stand in its order; all others are shown by count."""
Labels = Mapping[str, tuple[str, ...]]
Halls = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Code, label and the keys of the works of every hall."""
Hung = Callable[[], Halls]
"""Tells the halls to the one who makes their facet."""


@frozen
class Facet:
    """A facet with its values in order; indexes count from 0."""

    name: str
    label: str
    labels: tuple[str, ...]
    values: Mapping[str, tuple[int, ...]]
    """Key → indexes of its own values, ascending; what ``parents`` gives is left out."""
    codes: tuple[str, ...] = ()
    """What addresses say instead of the labels, where that is shorter or steadier."""
    parents: tuple[int, ...] = ()
    """Index of each value's parent, -1 at the top; empty where no value has one."""
    own: bool = True
    """Whether visitors see the values in this order rather than by count."""


@frozen
class _Named:
    """A facet made of fields: its name in addresses, its label and the catalogue's facets that it gathers."""

    name: str
    label: str
    fields: tuple[str, ...]


@frozen
class Maker:
    """What makes a facet, and what it is made of."""

    make: Callable[[], Facet]
    gathered: bool = False
    """Whether of what all entries say in their fields, which is gathered once: whoever makes one such facet best makes them all."""


@frozen
class _Terms:
    """What vocabularies say of a facet's labels: their order, the label above each, and whether they list all."""

    order: tuple[str, ...] = ()
    above: Mapping[str, str] = made(default_factory=dict)
    closed: bool = False


_PLACES = (_Named("industry", "行业", ("industry",)), _Named("region", "地区", ("region",)))
_NAMED = (
    _Named("organisation", "单位", ("organisations", "organisation")),
    _Named("union", "工会", ("union",)),
    _Named("enterprise_type", "单位性质", ("enterprise_type",)),
    _Named("result_type", "成果类型", ("result_types",)),
    _Named("transfer", "成果转化", ("transfer",)),
    _Named("trade", "工种", ("trade",)),
    _Named("skill_level", "技能等级", ("skill_levels",)),
    _Named("studio_type", "工作室类型", ("type",)),
    _Named("studio", "创新工作室", ("studio",)),
    _Named("level", "级别", ("level", "levels")),
    _Named("event_kind", "活动类别", ("kind",)),
)
_ELSEWHERE = frozenset({"awards", "honours", "edition", "year", "patents"})
"""Declared facets that are made of more than the field says."""


def facet_makers(catalogue: Catalogue, cards: Mapping[str, Outline], *, halls: Hung) -> tuple[Maker, ...]:
    """What makes each facet, in the order in which visitors see them; one without values is none."""
    by_field = cache(partial(_by_field, catalogue, cards))

    def declared(named: Iterable[_Named]) -> Iterator[Maker]:
        return (Maker(partial(_declared, catalogue, by_field, named=one), gathered=True) for one in named)

    return (
        Maker(partial(_kind, cards)),
        Maker(partial(_edition, catalogue, cards)),
        Maker(lambda: _hall(cards, halls())),
        Maker(partial(_grade, catalogue, cards)),
        Maker(partial(_year, cards)),
        *declared(_PLACES),
        Maker(partial(_award, catalogue, cards)),
        *declared((*_NAMED, *_others())),
        Maker(lambda: _flag("has_picture", (key for key, (*_, has_picture) in cards.items() if has_picture))),
        Maker(lambda: _flag("has_patent", by_field().get("has_patent", ())), gathered=True),
    )


@cache
def _others() -> tuple[_Named, ...]:
    """Every other field that is declared as a facet, under its own name and label."""
    known = {field for named in (*_PLACES, *_NAMED) for field in named.fields} | _ELSEWHERE
    labels: dict[str, str] = {}
    for field in (field for kind in KINDS for field in fields_of(kind.model)):
        if field.declared.facet and field.name not in known:
            labels.setdefault(field.name, field.declared.label)
    return tuple(_Named(name, label, (name,)) for name, label in labels.items())


def _kind(cards: Iterable[str]) -> Facet:
    shown = [kind for kind in KINDS if kind.listed]
    places = {kind.name: at for at, kind in enumerate(shown)}
    values = {key: (places[key.partition("/")[0]],) for key in cards}
    return Facet("kind", "种类", tuple(kind.label for kind in shown), values, tuple(places))


def _edition(catalogue: Catalogue, cards: Mapping[str, Outline]) -> Facet:
    titles = [catalogue.entries[key].title for key in catalogue.editions]
    ids = tuple(catalogue.entries[key].id for key in catalogue.editions)
    values = {key: (titles.index(edition),) for key, (*_, edition, _) in cards.items() if edition in titles}
    return Facet("edition", "展期", tuple(titles), values, ids)


def _hall(cards: Collection[str], halls: Halls) -> Facet:
    values: dict[str, tuple[int, ...]] = {}
    for at, (_, _, keys) in enumerate(halls):
        for key in keys:
            if key in cards:
                values[key] = (*values.get(key, ()), at)
    return Facet("hall", "展厅", tuple(label for _, label, _ in halls), values, tuple(code for code, _, _ in halls))


def _year(cards: Mapping[str, Outline]) -> Facet:
    known = {key: year for key, (_, _, year, *_) in cards.items() if year}
    years = sorted(set(known.values()), reverse=True)
    places = {year: at for at, year in enumerate(years)}
    values = {key: (places[year],) for key, year in known.items()}
    return Facet("year", "年份", tuple(map(str, years)), values)


def _flag(name: str, keys: Iterable[str]) -> Facet:
    label = dict(EXTRA_LABELS)[name]
    return Facet(name, label, (label,), dict.fromkeys(keys, (0,)), ("1",))


def _award(catalogue: Catalogue, cards: Iterable[str]) -> Facet:
    """Awards and titles held; what is only proposed (公示) counts for none."""
    held = {
        key: tuple(dict.fromkeys(honour.award for honour in catalogue.honours[key])) for key in catalogue.decided(cards)
    }
    return _by_label(_Named("award", "奖项与荣誉", ()), held, terms=_Terms())


def _grade(catalogue: Catalogue, cards: Iterable[str]) -> Facet:
    """Grades as published, the best first, under the words of their rank where that has several names."""
    held = {
        key: {_ranked(honour.grade, honour.rank) for honour in catalogue.honours[key] if honour.grade}
        for key in catalogue.decided(cards)
    }
    names = sorted({grade for grades in held.values() for grade in grades})
    labels: list[str] = []
    above: dict[str, str] = {}
    for rank, words in RANK_WORDS:
        below = [name for found, name in names if found == rank and name != words]
        if len(below) > 1 or (rank, words) in names:
            labels.append(words)
            above |= dict.fromkeys(below, words)
        labels += below
    plain = {key: tuple(name for _, name in sorted(grades)) for key, grades in held.items()}
    return _by_label(
        _Named("grade", "等级", ()), plain, terms=_Terms(tuple(dict.fromkeys(labels)), above, True), few=99
    )


def _ranked(grade: str, rank: int) -> tuple[int, str]:
    """The rank a grade is listed under (an award may have ranks of its own), and its name without the group."""
    name = split_group(grade)[0]
    return (rank if rank in dict(RANK_WORDS) else rank_of(name), name)


def _by_field(catalogue: Catalogue, cards: Iterable[str]) -> Mapping[str, Labels]:
    """Field → key → labels: in one go, for an entry fills few of all fields."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for key in cards:
        for field, labels in catalogue.facets[key].items():
            found[field][key] = labels
    return found


def _declared(catalogue: Catalogue, by_field: Callable[[], Mapping[str, Labels]], *, named: _Named) -> Facet:
    labels: dict[str, tuple[str, ...]] = {}
    for field in named.fields:
        for key, found in by_field().get(field, {}).items():
            labels[key] = (*labels[key], *found) if key in labels else found
    # most have one label, and no second look
    once = {key: found if len(found) < 2 else tuple(dict.fromkeys(found)) for key, found in labels.items()}
    return _by_label(named, once, terms=_terms(catalogue, named.fields))


def _terms(catalogue: Catalogue, fields: tuple[str, ...]) -> _Terms:
    lexicon = catalogue.lexicon
    names = tuple(dict.fromkeys(name for field in fields for name in kinds_of_facet(field)[1]))
    known = [lexicon.vocabularies[name] for name in names if name in lexicon.vocabularies]
    order = tuple(dict.fromkeys(term.label for name in names for term in lexicon.terms(name)))
    above: dict[str, str] = {}
    for name in names:
        for term in lexicon.terms(name):
            line = lexicon.with_parents(name, term.label)
            # a term that is found above itself keeps no parent
            if len(line) > 1 and term.label not in lexicon.with_parents(name, line[1]):
                above.setdefault(term.label, line[1])
    return _Terms(order, above, bool(known) and not any(one.open for one in known))


def _by_label(named: _Named, labels: Labels, *, terms: _Terms, few: int = FEW) -> Facet:
    """Values in the order of the vocabulary, others after by name; of a line of parents the lowest alone is kept."""
    met = {label for found in labels.values() for label in found}
    met |= {parent for label in met if (parent := terms.above.get(label))}
    places = {label: at for at, label in enumerate(label for label in terms.order if label in met)}
    places |= {label: len(places) + at for at, label in enumerate(sorted(met - places.keys()))}
    # few sets of labels stand for many entries
    lowest = {found: _lowest(found, places, terms=terms) for found in set(labels.values())}
    values = {key: lowest[found] for key, found in labels.items() if found}
    parents = tuple(places.get(terms.above.get(label, ""), -1) for label in places)
    return Facet(
        named.name,
        named.label,
        tuple(places),
        values,
        parents=parents if max(parents, default=-1) >= 0 else (),
        own=terms.closed and len(places) <= few,
    )


def _lowest(labels: tuple[str, ...], places: Mapping[str, int], *, terms: _Terms) -> tuple[int, ...]:
    above = _all_above(labels, terms) if terms.above else ()
    return tuple(sorted(places[label] for label in labels if label not in above))


def _all_above(labels: Iterable[str], terms: _Terms) -> set[str]:
    found: set[str] = set()
    for label in labels:
        parent = terms.above.get(label)
        while parent and parent not in found:
            found.add(parent)
            parent = terms.above.get(parent)
    return found
