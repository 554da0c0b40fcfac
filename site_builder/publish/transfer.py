"""A deck comes in; the page of results that others may take over, stage by stage, and its lists go out."""

from collections.abc import Iterator, Mapping
from functools import partial

from site_builder.catalogue.ordering import ORDER_WORDS
from site_builder.model.naming import slug
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan
from site_builder.model.programme_views import OfferGroup, TransferView
from site_builder.model.wording import sum_said
from site_builder.publish.deck import Deck
from site_builder.publish.listing import Listing, list_pages
from site_builder.publish.offers import FOLDER, OCCASION_WORDS, STATUSES, occasions_of, offer_of, on_offer

SHOWN = 12
TITLE = "成果转化"
INTRO = "别的单位可以用上、已经用上的成果：能提供什么，找哪个部门谈，谈到了哪一步。"


def publish(deck: Deck) -> Iterator[PageJob]:
    """The page, where there is anything on offer, and a list for each stage that is longer than the page shows."""
    found = on_offer(deck)
    occasions = occasions_of(deck)
    if not found and not occasions:
        return
    yield PageJob(FOLDER, partial(_page, deck, found, occasions=occasions))
    for stage, keys in found.items():
        if len(keys) > SHOWN:
            listing = Listing(
                title=f"{TITLE}：{stage}",
                address=_list_address(stage),
                section="projects",
                keys=keys,
                measure="项",
                order=ORDER_WORDS["project"],
                crumbs=(Link("首页", ""), Link(TITLE, FOLDER)),
            )
            yield from list_pages(deck, listing)


def _list_address(stage: str) -> str:
    return f"{FOLDER}{slug(stage)}/"


def _page(deck: Deck, found: Mapping[str, tuple[str, ...]], *, occasions: tuple[str, ...]) -> PagePlan:
    view = TransferView(
        title=TITLE,
        intro=INTRO,
        numbers=tuple(_numbers(deck, found)),
        groups=tuple(_group(deck, stage, keys=keys) for stage, keys in found.items()),
        stated=tuple(_stated(deck, occasions)),
        occasions=deck.deal(occasions),
    )
    head = Head(TITLE, INTRO, FOLDER, "assets/share.png", column=TITLE)
    return PagePlan(FOLDER, "transfer.html", "projects", head, (Link("首页", ""), Link("成果", "projects/")), view)


def _numbers(deck: Deck, found: Mapping[str, tuple[str, ...]]) -> Iterator[Number]:
    for stage, keys in found.items():
        amounts = [amount for key in keys if (amount := deck.catalogue.entries[key].data.transfer.amount)]
        note = f"写明金额的 {len(amounts)} 项，共 {sum_said(sum(amounts))}" if amounts else ""
        yield Number(stage, str(len(keys)), "项", note, f"{FOLDER}#{slug(stage)}")


def _group(deck: Deck, stage: str, *, keys: tuple[str, ...]) -> OfferGroup:
    offers = []
    for key in keys[:SHOWN]:
        offer = offer_of(deck, deck.catalogue.entries[key])
        if offer:
            offers.append((deck.cards[key], offer))
    term = deck.catalogue.lexicon.term(STATUSES, stage)
    more = Link(f"全部 {len(keys)} 项", _list_address(stage)) if len(keys) > SHOWN else None
    return OfferGroup(stage, slug(stage), (term.intro or "") if term else "", len(keys), tuple(offers), more)


def _stated(deck: Deck, occasions: tuple[str, ...]) -> Iterator[Number]:
    for key in occasions:
        for one in deck.catalogue.entries[key].data.figures:
            if any(word in one.label for word in OCCASION_WORDS):
                yield Number(one.label, one.value, one.unit or "", deck.cards[key].title, deck.cards[key].address)
