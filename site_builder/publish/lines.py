"""A deck comes in; the lines from masters to apprentices (名师带高徒), as trees on numbered pages, go out."""

from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.mentoring import Learner, Mentoring, mentoring
from site_builder.model.pages import Head, Link, PageJob, PagePlan, Pager
from site_builder.model.programme_views import Branch, LinesView
from site_builder.publish.deck import SPACE, Deck

ADDRESS = "talent/lines/"
TITLE = "名师带高徒"
TREES = 24
"""Trees of a page."""


def publish(deck: Deck) -> Iterator[PageJob]:
    """The pages of all lines; none where nobody names a master."""
    found = mentoring(deck.catalogue)
    pages = -(-len(found.roots) // TREES)
    for page in range(pages):
        roots = found.roots[page * TREES : (page + 1) * TREES]
        pager = Pager(page + 1, pages, ADDRESS, len(found.roots))
        yield PageJob(pager.address, partial(_page, deck, found, roots=roots, pager=pager))


def _page(deck: Deck, found: Mentoring, *, roots: tuple[Learner, ...], pager: Pager) -> PagePlan:
    address = pager.address
    turned = f"（第 {pager.page} 页）" if pager.page > 1 else ""
    intro = "谁带了谁：每一支从师傅开始，徒弟列在师傅下面。"
    trees = tuple(_branch(deck, found, one=root) for root in roots)
    head = Head(f"{TITLE}{turned}", f"{intro}{turned}", address, "assets/share.png", column=TITLE)
    crumbs = (Link("首页", ""), Link("人才库", "talent/"))
    return PagePlan(address, "lines.html", "craftsmen", head, crumbs, LinesView(TITLE, intro, trees, pager))


def _branch(deck: Deck, found: Mentoring, *, one: Learner) -> Branch:
    card = deck.cards.get(one.key or "")
    words = SPACE.join(word for word in (card.by, card.meta) if word) if card else ""
    below = tuple(_branch(deck, found, one=each) for each in found.apprentices.get(one, ()))
    return Branch(Link(one.name, card.address if card else None), words, below)
