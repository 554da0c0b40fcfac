"""Results of an edition come in; how many organisations and regions they name, and the lists of these, go out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from site_builder.catalogue.catalogue import TOPICS
from site_builder.model.entry import Entry
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan, PagesBelow
from site_builder.model.views import IndexView
from site_builder.publish.deck import Deck
from site_builder.publish.listing import Listing, list_pages
from site_builder.publish.scopes import scope

_EDITIONS = (Link("首页", ""), Link("展期", "editions/"))
_FACET, _FOLDER, _LABEL = next(topic for topic in TOPICS if topic[0] == "region")


def organisations_in(deck: Deck, results: Iterable[str]) -> tuple[str, ...]:
    """Keys of the organisations that results name, those with a page, each once."""
    registry = deck.catalogue.registry
    # by what they name and nothing else that they say
    credits = (one for key in results for one in registry.references[key] if one.field[0] == "organisations")
    named = dict.fromkeys(registry.key_for(one.kinds, one.text) for one in credits)
    return tuple(key for key in named if key and key in deck.cards)


def organisation_list(
    deck: Deck, title: str, *, address: str, keys: Iterable[str], crumbs: tuple[Link, ...]
) -> Listing:
    """Organisations, in the order of all organisations."""
    return Listing(
        title=title,
        address=address,
        section="organisations",
        keys=tuple(sorted(keys, key=deck.catalogue.positions["", ""].__getitem__)),
        measure="家",
        style="lines",
        crumbs=crumbs,
    )


def counted(deck: Deck, edition: Entry, *, results: tuple[str, ...]) -> tuple[Number, ...]:
    """Results, organisations and regions, each leading to its list."""
    here = deck.cards[edition.key].address
    found = (
        ("成果", len(results), "项", "results/"),
        ("单位", len(organisations_in(deck, results)), "家", "organisations/"),
        (_LABEL, len(_regions(deck, results)), "个", f"{_FOLDER}/"),
    )
    return tuple(
        Number(label, str(count), unit, address=f"{here}{part}") for label, count, unit, part in found if count
    )


def behind_numbers(deck: Deck, edition: Entry, *, results: tuple[str, ...], section: str) -> Iterator[PagesBelow]:
    """The list of the edition's organisations and the index of its regions; all results are asked what they name."""
    address = deck.cards[edition.key].address
    below = f"{address}organisations/"
    yield PagesBelow(below, partial(_organisation_pages, deck, edition, results=results, address=below))
    below = f"{address}{_FOLDER}/"
    yield PagesBelow(below, partial(_region_pages, deck, edition, results=results, section=section))


def _organisation_pages(deck: Deck, edition: Entry, *, results: tuple[str, ...], address: str) -> Iterator[PageJob]:
    here, organisations = deck.cards[edition.key], organisations_in(deck, results)
    if organisations:
        title, crumbs = f"{here.title}：单位", (*_EDITIONS, Link(here.title, here.address))
        yield from list_pages(deck, organisation_list(deck, title, address=address, keys=organisations, crumbs=crumbs))


def _region_pages(deck: Deck, edition: Entry, *, results: tuple[str, ...], section: str) -> Iterator[PageJob]:
    address, regions = f"{deck.cards[edition.key].address}{_FOLDER}/", _regions(deck, results)
    if regions:
        yield PageJob(address, partial(_region_index, deck, edition, regions=regions, section=section))


def _regions(deck: Deck, results: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Regions as results give them, the fullest first; one that holds others counts theirs, as its facet does."""
    named = [deck.catalogue.facets[key].get(_FACET, ()) for key in results]
    own = dict.fromkeys(labels[0] for labels in named if labels)
    counts = Counter(label for labels in named for label in labels)
    return tuple(sorted(((label, counts[label]) for label in own), key=lambda pair: -pair[1]))


def _region_index(deck: Deck, edition: Entry, *, regions: tuple[tuple[str, int], ...], section: str) -> PagePlan:
    here = deck.cards[edition.key]
    address = f"{here.address}{_FOLDER}/"
    title = f"{here.title}：{_LABEL}"
    intro = (
        f"{here.title}的成果写明的{_LABEL}，共 {len(regions)} 个。省份的数含它的市县；点开是本届成果，按{_LABEL}选出。"
    )
    links = tuple((Link(label, f"{here.address}results/?{scope((_FACET, label))}"), count) for label, count in regions)
    view = IndexView(title, intro, (("", links),))
    head = Head(title, intro, address, "assets/share.png", column=here.title)
    return PagePlan(address, "index.html", section, head, (*_EDITIONS, Link(here.title, here.address)), view)
