"""A deck comes in; the pool of talent by trade, skill, industry and region, and its lists, go out."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from site_builder.catalogue.mentoring import mentoring
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan
from site_builder.model.programme_views import Block, TalentView
from site_builder.model.views import IndexView
from site_builder.publish.deck import Deck
from site_builder.publish.shelves import Shelf, block_of, shelf_lists, shelves_of

FOLDER = "talent/"
TITLE = "人才库"
YEARS = 8
"""Years of honours that stand open; older ones are folded."""
_FACETS = (
    ("trade", "工种", "trades"),
    ("skill_levels", "技能等级", "skill-levels"),
    ("industry", "行业", "industries"),
    ("region", "地区", "regions"),
)
_HOME = Link("首页", "")
_BELOW = (_HOME, Link(TITLE, FOLDER))


def publish(deck: Deck) -> Iterator[PageJob]:
    """The pool, an index of each facet that is longer than a block, and a list for each value; nothing without people."""
    if not deck.catalogue.of_kind("craftsman"):
        return
    facets = tuple(
        (label, _folder(facet), _shelves(deck, facet, vocabulary=vocabulary)) for facet, label, vocabulary in _FACETS
    )
    yield PageJob(FOLDER, partial(_page, deck, facets))
    for label, folder, shelves in facets:
        if _block(label, folder, shelves=shelves).more:
            yield PageJob(folder, partial(_index, label, folder, shelves=shelves))
        yield from shelf_lists(deck, shelves, kind="craftsman", head=f"人才库·{label}", crumbs=_BELOW)


def _folder(facet: str) -> str:
    return f"{FOLDER}{facet.partition('_')[0]}/"


def _shelves(deck: Deck, facet: str, *, vocabulary: str) -> tuple[Shelf, ...]:
    return shelves_of(deck.catalogue, facet, kind="craftsman", folder=_folder(facet), vocabulary=vocabulary)


_Facets = tuple[tuple[str, str, tuple[Shelf, ...]], ...]


def _page(deck: Deck, facets: _Facets) -> PagePlan:
    blocks = tuple(_block(label, folder, shelves=shelves) for label, folder, shelves in facets if shelves)
    lines = len(mentoring(deck.catalogue).roots)
    if lines:
        blocks = (*blocks, Block("师徒", ((Link("名师带高徒", f"{FOLDER}lines/", "师傅和他们的徒弟"), lines),)))
    years = _honours(deck)
    intro = "有技能、有创造的职工，按工种、技能等级、行业和地区分列；只收公开名单和报道里的人。"
    view = TalentView(TITLE, intro, tuple(_numbers(deck)), blocks, years[:YEARS], years[YEARS:])
    head = Head(TITLE, intro, FOLDER, "assets/share.png", column=TITLE)
    return PagePlan(FOLDER, "talent.html", "craftsmen", head, (_HOME, Link("人物", "craftsmen/")), view)


def _block(label: str, folder: str, *, shelves: tuple[Shelf, ...]) -> Block:
    return block_of(f"按{label}", shelves, more=Link(f"全部 {len(shelves)} 个{label}", folder))


def _numbers(deck: Deck) -> Iterator[Number]:
    for kind in ("craftsman", "studio", "method"):
        keys = deck.catalogue.of_kind(kind)
        if keys:
            described = deck.catalogue.entries[keys[0]].described
            yield Number(described.label, str(len(keys)), described.measure, address=f"{described.folder}/")


def _honours(deck: Deck) -> tuple[tuple[str, tuple[tuple[Link, int], ...]], ...]:
    """Year → award and how many people on show it honoured, the newest year and the fullest award first."""
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for key in deck.catalogue.decided(deck.catalogue.of_kind("craftsman")):
        for honour in set(deck.catalogue.honours[key]):
            if honour.year and honour.key:
                years[honour.year][honour.key] += 1
    return tuple(
        (
            f"{year}年",
            tuple(
                (deck.link_to(award), count)
                for award, count in sorted(years[year].items(), key=lambda one: (-one[1], one[0]))
            ),
        )
        for year in sorted(years, reverse=True)
    )


def _index(label: str, folder: str, *, shelves: tuple[Shelf, ...]) -> PagePlan:
    links = tuple((Link(shelf.label, shelf.address), len(shelf.keys)) for shelf in shelves)
    title = f"{TITLE}：{label}"
    view = IndexView(title, f"人才库里的{label}，数字是人数。", (("", links),), measure="位")
    return PagePlan(
        folder,
        "index.html",
        "craftsmen",
        Head(title, view.intro, folder, "assets/share.png", column=TITLE),
        _BELOW,
        view,
    )
