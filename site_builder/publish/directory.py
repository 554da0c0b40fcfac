"""A deck comes in; the directory of studios by type and level, and the cycle of those that are reviewed, go out."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.cycles import Cycle, cycle_of, may_end, reviewing
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.naming import slug
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan
from site_builder.model.programme_views import DirectoryView, Programme
from site_builder.publish.deck import Deck
from site_builder.publish.particulars import rule_words
from site_builder.publish.shelves import Shelf, block_of, shelf_lists, shelves_of

ADDRESS = "studios/cycle/"
TITLE = "工作室目录"
_CRUMBS = (Link("首页", ""), Link("创新工作室", "studios/"))
_BELOW = (*_CRUMBS, Link(TITLE, ADDRESS))


@frozen
class _Reviewed:
    """A programme, its cycle, and its studios by the year that ends their cycle and by the outcome of their last review."""

    award: Entry
    years: int
    basis: str
    due: tuple[Shelf, ...]
    outcomes: tuple[Shelf, ...]


def publish(deck: Deck) -> Iterator[PageJob]:
    """The directory, and a list for each type, level, year and outcome; nothing where there is no studio."""
    if not deck.catalogue.of_kind("studio"):
        return
    types = shelves_of(deck.catalogue, "type", kind="studio", folder="studios/type/", vocabulary="studio-types")
    levels = shelves_of(deck.catalogue, "levels", kind="studio", folder="studios/level/", vocabulary="levels")
    reviewed = tuple(_reviewed(deck))
    yield PageJob(ADDRESS, partial(_page, deck, types=types, levels=levels, reviewed=reviewed))
    yield from shelf_lists(deck, types, kind="studio", head="工作室类型", crumbs=_BELOW)
    yield from shelf_lists(deck, levels, kind="studio", head="工作室级别", crumbs=_BELOW)
    for one in reviewed:
        yield from shelf_lists(deck, (*one.due, *one.outcomes), kind="studio", head=one.award.title, crumbs=_BELOW)


def _reviewed(deck: Deck) -> Iterator[_Reviewed]:
    catalogue = deck.catalogue
    studios: dict[str, list[tuple[str, Cycle]]] = defaultdict(list)
    programmes = tuple(reviewing(catalogue))
    for key in catalogue.of_kind("studio") if programmes else ():
        cycle = cycle_of(catalogue, catalogue.entries[key])
        if cycle:
            studios[cycle.award].append((key, cycle))
    for award, demand in programmes:
        inside = studios[award.key]
        due = [(f"{cycle.due}年届满", key) for key, cycle in inside if cycle.due]
        outcomes = [(f"考核{cycle.reviews[-1][1]}", key) for key, cycle in inside if cycle.reviews]
        folder = f"{ADDRESS}{award.id}/"
        years = int(demand.most or demand.least or 0)
        yield _Reviewed(award, years, demand.basis, _shelved(folder, due), _shelved(folder, outcomes))


def _shelved(folder: str, pairs: list[tuple[str, str]]) -> tuple[Shelf, ...]:
    from_label: dict[str, list[str]] = defaultdict(list)
    for label, key in pairs:
        from_label[label].append(key)
    return tuple(Shelf(label, f"{folder}{slug(label)}/", tuple(from_label[label])) for label in sorted(from_label))


def _page(
    deck: Deck, *, types: tuple[Shelf, ...], levels: tuple[Shelf, ...], reviewed: tuple[_Reviewed, ...]
) -> PagePlan:
    blocks = [block_of("按类型", types), block_of("按级别", levels, note="一个工作室可以有几个级别")]
    view = DirectoryView(
        title=TITLE,
        intro="工作室按类型和级别分列；有管理周期的，写明命名、考核和届满的年份。",
        numbers=tuple(_numbers(deck)),
        blocks=tuple(block for block in blocks if block.links),
        programmes=tuple(_programme(deck, one) for one in reviewed),
    )
    head = Head(TITLE, view.intro, ADDRESS, "assets/share.png", column=TITLE)
    return PagePlan(ADDRESS, "directory.html", "studios", head, _CRUMBS, view)


def _numbers(deck: Deck) -> Iterator[Number]:
    for kind in ("studio", "base", "team"):
        keys = deck.catalogue.of_kind(kind)
        if keys:
            described = deck.catalogue.entries[keys[0]].described
            yield Number(described.label, str(len(keys)), described.measure, address=f"{described.folder}/")


def _programme(deck: Deck, one: _Reviewed) -> Programme:
    words = (rule_words(one.years, may_end(one.award)), f"依据：{one.basis}。")
    due, outcomes = (
        tuple((Link(shelf.label, shelf.address), len(shelf.keys)) for shelf in shelves)
        for shelves in (one.due, one.outcomes)
    )
    return Programme(deck.link_to(one.award.key), words, due, outcomes)
