"""A deck comes in; the pages of regions and industries, and the indexes that lead to them, go out."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.catalogue import TOPICS
from site_builder.catalogue.tiles import FACET, grids_of
from site_builder.catalogue.topics import Topic, topics_of
from site_builder.media.covers import banner
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Group, Head, Link, Number, PageJob, PagePlan, PagesBelow
from site_builder.model.tiles import TileGrid
from site_builder.model.views import IndexView, TopicView
from site_builder.publish.deck import Deck
from site_builder.publish.listing import Listing, list_pages
from site_builder.publish.scopes import MANY, scope

SHOWN = 8


def publish(deck: Deck) -> Iterator[PageJob | PagesBelow]:
    """An index of each facet, a page for each topic, and lists of what does not fit on it."""
    for facet, folder, label in TOPICS:
        topics = topics_of(deck.catalogue, facet)
        counts = {topic.label: _results(deck, topic) for topic in topics}
        if topics:
            yield PageJob(f"{folder}/", partial(_index, deck, (facet, folder, label), topics=topics, counts=counts))
        for topic in topics:
            yield PageJob(topic.address, partial(_topic, deck, topic, siblings=_siblings(topic, topics, counts=counts)))
            yield PagesBelow(topic.address, partial(_lists, deck, topic))


def _keys(deck: Deck, topic: Topic, *, kind: str) -> tuple[str, ...]:
    return tuple(key for key in deck.catalogue.groups[topic.facet, topic.label] if key.startswith(f"{kind}/"))


def _results(deck: Deck, topic: Topic) -> int:
    return len(deck.catalogue.groups[topic.facet, topic.label])


def _index(deck: Deck, kind: tuple[str, str, str], *, topics: tuple[Topic, ...], counts: dict[str, int]) -> PagePlan:
    facet, folder, label = kind
    labels = {topic.label for topic in topics}
    tops = [topic for topic in topics if not topic.parent or topic.parent not in labels]
    blocks = [(f"全部{label}", tuple((Link(topic.label, topic.address), counts[topic.label]) for topic in tops))]
    for top in tops:
        below = tuple(
            (Link(topic.label, topic.address), counts[topic.label]) for topic in topics if topic.parent == top.label
        )
        if below:
            blocks.append((top.label, below))
    head = Head(label, f"按{label}看展品。", f"{folder}/", "assets/share.png", column=label)
    words = f"展品涉及的{label}，数字是成果、人物和工作室等条目的总数。"
    view = IndexView(label, words, tuple(blocks), measure="条", map=_map(deck) if facet == FACET else None)
    return PagePlan(f"{folder}/", "index.html", "projects", head, (Link("首页", ""),), view)


def _map(deck: Deck) -> TileGrid | None:
    """The uppermost grid; where it holds a single region, the grid of what lies below that."""
    grids = {grid.parent: grid for grid in grids_of(deck.catalogue)}
    top = grids.get("")
    while top and len(named := [tile.label for tile in top.tiles if tile.count]) == 1 and named[0] in grids:
        top = grids[named[0]]
    return top if top and len(top.tiles) > 1 else None


def _scope(deck: Deck, topic: Topic) -> str:
    return scope((topic.facet, topic.label)) if _results(deck, topic) > MANY else ""


def _siblings(topic: Topic, topics: tuple[Topic, ...], *, counts: dict[str, int]) -> tuple[tuple[Link, int], ...]:
    others = (other for other in topics if other.parent == topic.parent and other != topic)
    return tuple((Link(other.label, other.address), counts[other.label]) for other in others)[:24]


def _crumbs(topic: Topic) -> tuple[Link, ...]:
    return (Link("首页", ""), Link(topic.kicker, f"{topic.folder}/"))


def _lists(deck: Deck, topic: Topic) -> Iterator[PageJob]:
    for kind in KINDS:
        keys = _keys(deck, topic, kind=kind.name)
        if len(keys) > SHOWN:
            listing = Listing(
                title=f"{topic.label}：{kind.label}",
                address=f"{topic.address}{kind.folder}/",
                section="projects",
                keys=keys,
                measure=kind.measure,
                style="roll" if kind.name == "craftsman" else "rows",
                crumbs=(*_crumbs(topic), Link(topic.label, topic.address)),
                scope=scope((topic.facet, topic.label), ("kind", kind.name)),
            )
            yield from list_pages(deck, listing)


def _topic(deck: Deck, topic: Topic, *, siblings: tuple[tuple[Link, int], ...]) -> PagePlan:
    groups, numbers = [], []
    for kind in KINDS:
        keys = _keys(deck, topic, kind=kind.name)
        if not keys:
            continue
        more = Link(f"全部 {len(keys)} {kind.measure}", f"{topic.address}{kind.folder}/") if len(keys) > SHOWN else None
        groups.append(Group(kind.label, deck.deal(keys, SHOWN), more=more))
        numbers.append(Number(kind.label, str(len(keys)), kind.measure, address=more.address if more else None))
    art = banner(topic.motifs[0], topic.address) if topic.motifs else ""
    words = "，".join(f"{number.label} {number.value} {number.unit}" for number in numbers)
    head = Head(
        topic.label, topic.intro or f"{topic.label}：{words}。", topic.address, "assets/share.png", column=topic.kicker
    )
    view = TopicView(
        topic.kicker, topic.label, topic.intro, tuple(numbers), tuple(groups), siblings, art, _scope(deck, topic)
    )
    return PagePlan(topic.address, "topic.html", "projects", head, _crumbs(topic), view)
