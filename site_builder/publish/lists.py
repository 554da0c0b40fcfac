"""A deck comes in; the list pages of each kind and of what overflows an entry's page go out."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.addresses import address_at
from site_builder.catalogue.catalogue import TOPICS
from site_builder.catalogue.ordering import ORDER_WORDS
from site_builder.catalogue.topics import topics_of
from site_builder.model.kinds import KINDS, Kind
from site_builder.model.pages import Link, Number, PageJob, PagesBelow
from site_builder.model.views import Narrowing
from site_builder.publish.agenda import CALENDAR, dated
from site_builder.publish.deck import Deck
from site_builder.publish.listing import Listing, list_pages
from site_builder.publish.related import overflow
from site_builder.publish.scopes import scope, scope_of_part
from site_builder.publish.shelves import block_of, shelves_of
from site_builder.publish.takeaway import kind_links

_STYLES = (
    ("project", "rows"),
    ("method", "rows"),
    ("craftsman", "roll"),
    ("event", "rows"),
    ("award", "lines"),
    ("organisation", "lines"),
    ("union", "lines"),
)
_PROMOTED = 8
_NARROWED = frozenset({"project", "method", "craftsman", "studio"})


def publish(deck: Deck) -> Iterator[PagesBelow]:
    """Pages of every kind's list, and of long groups of organisations, unions and people."""
    for kind in KINDS:
        # an empty column is worse than none: it is neither built nor in the menu
        if kind.listed and kind.name != "edition" and deck.catalogue.of_kind(kind.name):
            yield PagesBelow(f"{kind.folder}/", partial(_kind_pages, deck, kind))
    for key in deck.catalogue.of_kind("organisation", "union", "craftsman", "studio", "event"):
        yield PagesBelow(address_at(key), partial(_overflowing, deck, key))


def _kind_pages(deck: Deck, kind: Kind) -> Iterator[PageJob]:
    return list_pages(deck, _kind_list(deck, kind))


def _overflowing(deck: Deck, key: str) -> Iterator[PageJob]:
    for title, folder, keys in overflow(deck, key):
        entry, here = deck.catalogue.entries[key], deck.cards[key]
        crumbs = (
            Link("首页", ""),
            Link(entry.described.label, f"{entry.described.folder}/"),
            Link(here.title, here.address),
        )
        yield from list_pages(
            deck,
            Listing(
                title=f"{here.title}：{title}",
                address=f"{here.address}{folder}/",
                section=entry.described.section,
                keys=keys,
                measure=deck.catalogue.entries[keys[0]].described.measure,
                crumbs=crumbs,
                scope=scope_of_part(deck, entry, keys=keys),
            ),
        )


def _kind_list(deck: Deck, kind: Kind) -> Listing:
    return Listing(
        title=kind.label,
        address=f"{kind.folder}/",
        section=kind.section,
        keys=deck.catalogue.of_kind(kind.name),
        measure=kind.measure,
        style=dict(_STYLES).get(kind.name, "cards"),
        order=ORDER_WORDS.get(kind.name, "按名称拼音排列"),
        narrowings=_narrowings(deck, kind) if kind.name in _NARROWED else (),
        scope=scope(("kind", kind.name)),
        numbers=tuple(_doors(deck, kind)),
        files=kind_links(deck, kind),
    )


def _doors(deck: Deck, kind: Kind) -> Iterator[Number]:
    """Numbers above a list that lead elsewhere: unions from the top down, the calendar to subscribe to."""
    if kind.name == "union":
        keys = deck.catalogue.of_kind("union")
        nested = sum(bool(deck.catalogue.sources_of(key, ("union",), field="parent")) for key in keys)
        if nested:
            yield Number("工会上下级", str(nested), "家", "下面有工会的", "unions/tree/")
    elif kind.name == "event":
        days = len(dated(deck))
        if days:
            yield Number("订阅日历", str(days), "场", "写明日期的活动", CALENDAR)


def _narrowings(deck: Deck, kind: Kind) -> tuple[Narrowing, ...]:
    """Editions, industries, regions and awards of this kind's entries, the fullest first, as links to real pages."""
    found = []
    if kind.name in {"project", "method"}:
        counted = [
            (deck.link_to(key), _count(deck, kind, facet="edition", label=deck.catalogue.entries[key].title))
            for key in deck.catalogue.editions
        ]
        found.append(
            Narrowing("展期", tuple((link, count) for link, count in counted if count), Link("全部展期", "editions/"))
        )
    if kind.name == "studio":
        types = shelves_of(deck.catalogue, "type", kind="studio", folder="studios/type/", vocabulary="studio-types")
        found.append(Narrowing("类型", block_of("类型", types).links, Link("按级别和周期看", "studios/cycle/")))
    if kind.name == "craftsman":
        skills = shelves_of(
            deck.catalogue, "skill_levels", kind="craftsman", folder="talent/skill/", vocabulary="skill-levels"
        )
        found.append(Narrowing("技能等级", block_of("技能等级", skills).links, Link("人才库", "talent/")))
    for facet, folder, label in TOPICS:
        topics = [
            (Link(topic.label, topic.address), _count(deck, kind, facet=facet, label=topic.label))
            for topic in topics_of(deck.catalogue, facet)
        ]
        top = sorted((pair for pair in topics if pair[1]), key=lambda pair: -pair[1])
        found.append(
            Narrowing(
                label, tuple(top[:_PROMOTED]), Link(f"全部{label}", f"{folder}/") if len(top) > _PROMOTED else None
            )
        )
    return tuple(narrowing for narrowing in found if narrowing.links)


def _count(deck: Deck, kind: Kind, *, facet: str, label: str) -> int:
    return sum(key.startswith(f"{kind.name}/") for key in deck.catalogue.groups.get((facet, label), ()))
