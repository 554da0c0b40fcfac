"""A deck comes in; the tree of unions from the top down, and a list to be printed for each, go out."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from site_builder.model.entry import Entry
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan, Pager
from site_builder.model.programme_views import Branch, RollRows, RollSection, RollView, TreeView
from site_builder.publish.deck import SPACE, Deck
from site_builder.publish.rolls import FOLDER, ROWS, RollPart, roll_of

ADDRESS = "unions/tree/"
TITLE = "工会上下级"
_CRUMBS = (Link("首页", ""), Link("工会", "unions/"))
_Rows = tuple[str, int, int, tuple[str, ...]]


def publish(deck: Deck) -> Iterator[PageJob]:
    """The tree, where one union stands above another, and the list of every union that has something on show."""
    if any(deck.catalogue.below):
        yield PageJob(ADDRESS, partial(_tree, deck))
    for key in deck.catalogue.of_kind("union"):
        yield from _roll_pages(deck, deck.catalogue.entries[key])


def _tree(deck: Deck) -> PagePlan:
    below = deck.catalogue.below
    levels: dict[str, list[Branch]] = defaultdict(list)
    for key in sorted(below[""], key=lambda one: (_place(deck, one), one not in below)):
        levels[_level(deck, key)].append(_branch(deck, key))
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


def _branch(deck: Deck, key: str) -> Branch:
    card = deck.cards[key]
    inside = tuple(_branch(deck, one) for one in deck.catalogue.below.get(key, ()))
    return Branch(Link(card.title, card.address), card.meta, inside, key.partition("/")[2])


def _roll_pages(deck: Deck, union: Entry) -> Iterator[PageJob]:
    parts = roll_of(deck, union)
    total = sum(len(part.keys) for part in parts)
    base = f"{deck.cards[union.key].address}{FOLDER}"
    pages = -(-total // ROWS)
    for page in range(pages):
        pager = Pager(page + 1, pages, base, total)
        yield PageJob(pager.address, partial(_roll, deck, union, parts=tuple(_cut(parts, page)), pager=pager))


def _cut(parts: tuple[RollPart, ...], page: int) -> Iterator[tuple[RollPart, tuple[_Rows, ...]]]:
    """Of each part what falls on a page: union, how many it has, how many of the part stand before, and the keys."""
    first, last, at = page * ROWS, (page + 1) * ROWS, 0
    for part in parts:
        start, found = at, []
        for union, keys in part.unions:
            here = keys[max(first - at, 0) : max(last - at, 0)]
            if here:
                found.append((union, len(keys), max(first, at) - start, here))
            at += len(keys)
        if found:
            yield part, tuple(found)


def _roll(deck: Deck, union: Entry, *, parts: tuple[tuple[RollPart, tuple[_Rows, ...]], ...], pager: Pager) -> PagePlan:
    card = deck.cards[union.key]
    lower = bool(deck.catalogue.below.get(union.key))
    title = f"{union.title}：名册"
    turned = f"（第 {pager.page} 页）" if pager.page > 1 else ""
    address = pager.address
    intro = f"本展收录，共 {pager.total} 条{'，先是本级的，再是下级工会的，按工会分列' if lower else ''}。"
    shown = tuple(_section(deck, part, rows=rows, named=lower) for part, rows in parts)
    view = RollView(title, intro, Link(card.title, card.address), shown, pager)
    words = f"{union.title}{'和它的下级工会' if lower else ''}在本展的全部条目{turned}。"
    head = Head(f"{title}{turned}", words, address, "assets/share.png", column="工会")
    return PagePlan(address, "roll.html", "organisations", head, (*_CRUMBS, view.of), view)


def _section(deck: Deck, part: RollPart, *, rows: tuple[_Rows, ...], named: bool) -> RollSection:
    whose = f"{'下级工会' if part.lower else '本级'}：" if named else ""
    shown = tuple(
        RollRows(deck.link_to(union) if part.lower else None, count, before, deck.deal(keys))
        for union, count, before, keys in rows
    )
    label = f"{whose}{part.label}{SPACE}{len(part.keys)} {part.measure}"
    return RollSection(label, part.anchor, part.measure, shown)
