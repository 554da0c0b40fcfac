"""A person, group, organisation or union comes in; its years over all editions, and its results edition by edition, go out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from site_builder.model.entry import Entry
from site_builder.model.pages import Card, Link
from site_builder.publish.deck import RESULTS, SPACE, Deck
from site_builder.publish.related import MOST_OWN

GROUPS = ("studio", "base", "team")
DATED = frozenset({"craftsman", *GROUPS, "organisation", "union"})
LINES = 6
"""Results that a year of an organisation or union names; the others are counted."""
Years = tuple[tuple[str, tuple[Link, ...]], ...]


def results_about(deck: Deck, entry: Entry) -> tuple[Card, ...]:
    """Cards of the results that name what has a timeline, in list order; none of what has none."""
    return deck.deal(deck.catalogue.sources_of(entry.key, RESULTS)) if entry.kind in DATED else ()


def timeline_of(deck: Deck, entry: Entry, *, results: Sequence[Card]) -> Years:
    """Year by year, newest first: honours, ``results`` with edition and grade, studios, namings and reviews."""
    if entry.kind not in DATED:
        return ()
    years: dict[int, list[Link]] = defaultdict(list)
    for parts in (_honours(deck, entry), _results(deck, entry, cards=results), _groups(deck, entry), _own(entry)):
        for year, link in parts:
            years[year].append(link)
    return tuple((f"{year}年", tuple(dict.fromkeys(years[year]))) for year in sorted(years, reverse=True))


def editions_of(deck: Deck, results: Iterable[Card]) -> tuple[tuple[Link, int], ...]:
    """Edition and number of results there, the newest first; empty for what has results in one edition at most."""
    named = [card.edition for card in results]
    if len(set(named)) < 2:
        return ()
    counts = Counter(named)
    links = (deck.link_to(key) for key in deck.catalogue.editions)
    found = tuple((link, counts[link.label]) for link in links if link.label in counts)
    return found if len(found) > 1 else ()


def _honours(deck: Deck, entry: Entry) -> Iterator[tuple[int, Link]]:
    for honour in deck.catalogue.honours[entry.key]:
        if honour.year:
            link = deck.link_to(honour.key) if honour.key else Link(honour.award)
            words = SPACE.join(filter(None, (honour.session, honour.grade)))
            yield honour.year, Link(link.label, link.address, words)


def _results(deck: Deck, entry: Entry, *, cards: Sequence[Card]) -> Iterator[tuple[int, Link]]:
    many = entry.kind in {"organisation", "union"}
    counts: dict[int, int] = defaultdict(int)
    for card in cards:
        if card.year:
            counts[card.year] += 1
            if not many or counts[card.year] <= LINES:
                words = (card.kind_label, card.edition, card.seal.text if card.seal else "")
                yield card.year, Link(card.title, card.address, SPACE.join(filter(None, words)))
    whole = f"{deck.cards[entry.key].address}projects/" if len(cards) > MOST_OWN else None
    for year, count in counts.items():
        if many and count > LINES:
            yield year, Link(f"另有成果 {count - LINES} 项", whole)


def _groups(deck: Deck, entry: Entry) -> Iterator[tuple[int, Link]]:
    """Studios that a person leads, and groups of an organisation, in the year they were first named."""
    if entry.kind not in {"craftsman", "organisation"}:
        return
    field, words = ("leads", "领衔的工作室命名") if entry.kind == "craftsman" else ("", "命名")
    for key in deck.catalogue.sources_of(entry.key, GROUPS, field=field):
        named = [level.year for level in deck.catalogue.entries[key].data.levels if level.year]
        if named:
            yield min(named), Link(deck.cards[key].title, deck.cards[key].address, words)


def _own(entry: Entry) -> Iterator[tuple[int, Link]]:
    for level in entry.get("levels", ()):
        if level.year:
            yield level.year, Link(f"命名：{level.level}")
    for review in entry.get("reviews", ()):
        yield review.year, Link(f"周期考核：{review.outcome}", None, review.note or "")
