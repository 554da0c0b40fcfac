"""Keys of results come in; how many there are by edition, trade, region, grade and type goes out, each with its list."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from site_builder.catalogue.sums import GRADES
from site_builder.catalogue.topics import topics_of
from site_builder.model.frozen import frozen
from site_builder.model.grades import RANK_WORDS
from site_builder.model.naming import slug
from site_builder.model.pages import Link
from site_builder.publish.deck import RESULTS, Deck
from site_builder.publish.scopes import scope

FOLDER = "numbers/"
OWN_LISTS: tuple[tuple[str, str, str], ...] = (
    ("enterprise_type", "enterprise-types", "单位性质"),
    ("result_types", "result-types", "成果类型"),
)
"""Facets without pages elsewhere: name, vocabulary (and folder), label."""


_IN_ADDRESSES = MappingProxyType({"enterprise_type": "enterprise_type", "result_types": "result_type"})
"""What addresses call these facets (docs/browse.md)."""


@frozen
class Tally:
    """A label, the results it stands for, and the page that lists them."""

    label: str
    keys: tuple[str, ...]
    address: str
    own: bool = False
    """Whether the list is made here, for no other publisher has one."""
    scope: str = ""
    """Condition that holds for just these results, where there is one."""

    @property
    def link(self) -> Link:
        """The label, leading to the list."""
        return Link(self.label, self.address)


def by_edition(deck: Deck) -> tuple[Tally, ...]:
    """Editions with results, the oldest first; the permanent one shows all and is left out."""
    catalogue = deck.catalogue
    found = []
    for key in reversed(catalogue.editions):
        edition = catalogue.entries[key]
        keys = _results(catalogue.groups.get(("edition", edition.title), ()))
        if keys and not edition.data.permanent:
            found.append(Tally(edition.title, keys, f"{deck.cards[key].address}results/"))
    return tuple(found)


def by_topic(deck: Deck, facet: str) -> tuple[Tally, ...]:
    """Industries or regions that stand at the top of their vocabulary, the fullest first."""
    topics = topics_of(deck.catalogue, facet)
    labels = {topic.label for topic in topics}
    tops = (topic for topic in topics if not topic.parent or topic.parent not in labels)
    found = (Tally(one.label, _results(deck.catalogue.groups[facet, one.label]), one.address) for one in tops)
    return _fullest(tally for tally in found if tally.keys)


def by_grade(deck: Deck) -> tuple[Tally, ...]:
    """The best grade of each result, from high to low; every result counts once."""
    words = dict(RANK_WORDS)
    return tuple(
        Tally(words[rank], keys, f"{FOLDER}grades/{rank}/", own=True) for rank, keys in deck.catalogue.sums[GRADES]
    )


def by_facet(deck: Deck, facet: str) -> tuple[Tally, ...]:
    """Labels of a facet that has no pages elsewhere, the fullest first; a result may have several."""
    folder = next(folder for name, folder, _ in OWN_LISTS if name == facet)
    labels = [label for name, label in deck.catalogue.groups if name == facet]
    groups = ((label, _results(deck.catalogue.groups[facet, label])) for label in labels)
    return _fullest(
        Tally(
            label,
            keys,
            f"{FOLDER}{folder}/{_id(deck, folder, label=label)}/",
            own=True,
            scope=_scope(_IN_ADDRESSES[facet], label),
        )
        for label, keys in groups
        if keys
    )


def by_award(deck: Deck) -> tuple[Tally, ...]:
    """Awards with results, the fullest first."""
    catalogue = deck.catalogue
    found = (
        Tally(catalogue.entries[key].title, catalogue.sources_of(key, RESULTS, field="awards"), deck.cards[key].address)
        for key in catalogue.of_kind("award")
    )
    return _fullest(tally for tally in found if tally.keys)


def _results(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key.partition("/")[0] in RESULTS)


def _fullest(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda tally: -len(tally.keys)))


def _scope(facet: str, value: str) -> str:
    return scope(*(("kind", kind) for kind in RESULTS), (facet, value))


def _id(deck: Deck, vocabulary: str, *, label: str) -> str:
    term = deck.catalogue.lexicon.term(vocabulary, label)
    return term.id if term and term.id else deck.catalogue.spelt.get(label) or slug(label, distinct=True)


def own_lists(deck: Deck) -> Iterator[tuple[str, Tally]]:
    """All tallies whose lists are made here, with the words for their kind; one alone has no chart that would lead to its list."""
    several = (("奖项等级", by_grade(deck)), *((label, by_facet(deck, facet)) for facet, _, label in OWN_LISTS))
    for label, tallies in several:
        yield from ((label, tally) for tally in tallies if len(tallies) > 1)
    patents, benefit = (deck.catalogue.stating(field, RESULTS) for field in ("patents", "benefit"))
    if patents:
        condition = _scope("has_patent", "1")
        yield "知识产权", Tally("写明专利的成果", patents, f"{FOLDER}patents/", own=True, scope=condition)
    if benefit:
        yield "效益", Tally("写明效益的成果", benefit, f"{FOLDER}benefit/", own=True)
