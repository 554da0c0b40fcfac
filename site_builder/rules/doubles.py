"""All results come in; one result entered twice, under two names or in two editions goes out, in time that grows with their number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import RESULTS, Inspection
from site_builder.rules.table import rule_named
from site_builder.rules.titles import alike, bare_title

Item = TypeVar("Item")
ALIKE = 0.6
MOST = 24
"""Of so many results of one person at one organisation each is compared with each; beyond, with its neighbours by title."""


@frozen
class _Work:
    """A result as it is compared."""

    entry: Entry
    title: str
    people: frozenset[str]
    houses: frozenset[str]


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for all results together."""
    works = [_work(inspection, entry) for entry in inspection.shown(*RESULTS)]
    pairs = {_pair(one, other): (one, other) for one, other in (*_same_title(works), *_same_hands(works))}
    found = tuple(_finding(one, other) for one, other in pairs.values())
    source = rule_named("project-twice").reference
    yield Outcome("", "一件成果一个条目，只在一个展期", source, f"比较了 {len(works)} 项成果", found)


def _work(inspection: Inspection, entry: Entry) -> _Work:
    people = frozenset(inspection.named(("craftsman",), credit.person) for credit in entry.data.people)
    houses = frozenset(inspection.named(("organisation",), one.organisation) for one in entry.data.organisations)
    return _Work(entry, bare_title(entry.title), people, houses)


def _pair(one: _Work, other: _Work) -> tuple[str, str]:
    first, second = sorted((one.entry.key, other.entry.key))
    return first, second


def _same_title(works: Iterable[_Work]) -> Iterator[tuple[_Work, _Work]]:
    """Equal titles, unless people or organisations on both sides say that they are different works."""
    by_title: dict[str, list[_Work]] = defaultdict(list)
    for work in works:
        by_title[work.title].append(work)
    for same in by_title.values():
        for one, other in compared(same):
            strangers = one.people and other.people and not one.people & other.people
            elsewhere = one.houses and other.houses and not one.houses & other.houses
            if not strangers and not elsewhere:
                yield one, other


def _same_hands(works: Iterable[_Work]) -> Iterator[tuple[_Work, _Work]]:
    """Similar titles of the same person at the same organisation."""
    by_hands: dict[tuple[str, str], list[_Work]] = defaultdict(list)
    for work in works:
        for person in work.people:
            for house in work.houses:
                by_hands[person, house].append(work)
    for same in by_hands.values():
        for one, other in compared(sorted(same, key=lambda work: work.title)):
            if one.title != other.title and alike(one.title, other.title) >= ALIKE:
                yield one, other


def compared(works: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """The pairs worth comparing: all of a few, of many each with the next ``MOST``, so that the work stays linear."""
    if len(works) <= MOST:
        yield from combinations(works, 2)
        return
    for at, one in enumerate(works):
        for other in works[at + 1 : at + 1 + MOST]:
            yield one, other


def _finding(one: _Work, other: _Work) -> Finding:
    first, second = sorted((one.entry, other.entry), key=lambda entry: entry.source)
    editions = [entry.data.edition for entry in (first, second)]
    said = f"“{second.title}”与“{first.title}”（{first.source}）"
    place = Place(second.source, ("title",))
    if editions[0] != editions[1]:
        message = f"{said}像是同一件，分在 {editions[0] or '没有写展期'} 和 {editions[1] or '没有写展期'} 两处"
        return finding("project-two-editions", place, says=message)
    if one.title == other.title:
        return finding("project-twice", place, says=f"{said}标题相同")
    return finding("project-two-names", place, says=f"{said}完成人和单位相同，标题相近")
