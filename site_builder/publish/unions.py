"""A deck comes in; the tree of unions from the top down, and a list to be printed for each, go out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from site_builder.catalogue.rings import open_rings
from site_builder.model.entry import Entry
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan, Pager
from site_builder.model.programme_views import Branch, RollView, TreeView
from site_builder.publish.deck import SPACE, Deck
from site_builder.publish.rolls import FOLDER, roll_parts

ADDRESS = "unions/tree/"
TITLE = "工会上下级"
ROWS = 200
"""Rows of a printable page."""
_CRUMBS = (Link("首页", ""), Link("工会", "unions/"))
_Part = tuple[str, str, int, tuple[str, ...]]


def publish(deck: Deck) -> Iterator[PageJob]:
    """The tree, where one union stands above another, and the list of every union that has something on show."""
    keys = deck.catalogue.of_kind("union")
    below = _below(deck, keys)
    if any(of for of in below if of):
        yield PageJob(ADDRESS, partial(_tree, deck, below))
    for key in keys:
        yield from _roll_pages(deck, deck.catalogue.entries[key])


def _below(deck: Deck, keys: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Union → those directly below it in list order; under ``""`` those that have none above."""
    above = {}
    for key in keys:
        parent = deck.catalogue.entries[key].data.parent
        found = deck.catalogue.registry.key_for(("union",), parent) if parent else None
        if found in deck.cards:
            above[key] = str(found)
    open_rings(above)
    below: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        below[above.get(key, "")].append(key)
    return {key: tuple(found) for key, found in below.items()}


def _tree(deck: Deck, below: Mapping[str, tuple[str, ...]]) -> PagePlan:
    levels: dict[str, list[Branch]] = defaultdict(list)
    for key in sorted(below[""], key=lambda one: (_place(deck, one), one not in below)):
        levels[_level(deck, key)].append(_branch(deck, below, key=key))
    count = len(deck.catalogue.of_kind("union"))
    intro = "从上到下：上一级工会下面是它的区局（产业）工会和基层工会。"
    view = TreeView(
        TITLE,
        intro,
        (Number("工会", str(count), "家", address="unions/"),),
        tuple((level, tuple(trees)) for level, trees in levels.items()),
    )
    return PagePlan(
        ADDRESS,
        "tree.html",
        "organisations",
        Head(TITLE, intro, ADDRESS, "assets/share.png", column="工会"),
        _CRUMBS,
        view,
    )


def _level(deck: Deck, key: str) -> str:
    return deck.catalogue.facets[key].get("level", ("其他",))[0]


def _place(deck: Deck, key: str) -> int:
    labels = [term.label for term in deck.catalogue.lexicon.terms("union-levels")]
    level = _level(deck, key)
    return labels.index(level) if level in labels else len(labels)


def _branch(deck: Deck, below: Mapping[str, tuple[str, ...]], *, key: str) -> Branch:
    card = deck.cards[key]
    inside = tuple(_branch(deck, below, key=one) for one in below.get(key, ()))
    return Branch(Link(card.title, card.address), card.meta, inside)


def _roll_pages(deck: Deck, union: Entry) -> Iterator[PageJob]:
    parts = tuple(roll_parts(deck, union))
    base = f"{deck.cards[union.key].address}{FOLDER}"
    total = sum(len(keys) for _, _, _, keys in parts)
    pages = -(-total // ROWS)
    addresses = tuple(base if page == 0 else f"{base}page/{page + 1}/" for page in range(pages))
    for page, address in enumerate(addresses):
        pager = Pager(page + 1, addresses, total)
        yield PageJob(address, partial(_roll, deck, union, parts=tuple(_cut(parts, page)), pager=pager))


def _cut(parts: tuple[tuple[str, str, str, tuple[str, ...]], ...], page: int) -> Iterator[_Part]:
    """What of each part falls on a page."""
    first, last, at = page * ROWS, (page + 1) * ROWS, 0
    for label, anchor, measure, keys in parts:
        here = keys[max(first - at, 0) : max(last - at, 0)]
        if here:
            yield f"{label}{SPACE}{len(keys)} {measure}", anchor, max(first - at, 0), here
        at += len(keys)


def _roll(deck: Deck, union: Entry, *, parts: tuple[_Part, ...], pager: Pager) -> PagePlan:
    card = deck.cards[union.key]
    title = f"{union.title}：名册"
    turned = f"（第 {pager.page} 页）" if pager.page > 1 else ""
    address = pager.addresses[pager.page - 1]
    shown = tuple((label, anchor, before, deck.deal(keys)) for label, anchor, before, keys in parts)
    view = RollView(title, Link(card.title, card.address), shown, pager)
    head = Head(
        f"{title}{turned}", f"{union.title}在本展的全部条目{turned}。", address, "assets/share.png", column="工会"
    )
    return PagePlan(address, "roll.html", "organisations", head, (*_CRUMBS, view.of), view)
