"""A deck comes in; the pages of editions and their halls, and the shelf of all editions, go out."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from site_builder.catalogue.addresses import address_of
from site_builder.catalogue.ordering import ORDER_WORDS
from site_builder.model.entry import Entry
from site_builder.model.grades import seal_for
from site_builder.model.pages import Head, Link, Number, PageJob, PagePlan, Pager, PagesBelow, page_address
from site_builder.model.views import EditionView, GradeGroup, HallPanel, HallView, IndexView
from site_builder.publish.citations import citation_of
from site_builder.publish.deck import RESULTS, Deck
from site_builder.publish.edition_lists import behind_numbers, counted
from site_builder.publish.entry_page import entry_head
from site_builder.publish.facts import facts_of
from site_builder.publish.halls import HungHall, halls_of, results_of, shelf_of
from site_builder.publish.listing import Listing, list_pages
from site_builder.publish.scopes import MANY, scope
from site_builder.publish.shades import squares_of
from site_builder.publish.takeaway import list_links
from site_builder.publish.tours import tour_of

CHOSEN = 12
"""How many works a hall shows large before the paged rest (look.md 1.3)."""
PANEL = 3
WINNERS = 12
WINNERS_OF_MANY = 4
"""Winners shown per grade where the edition has more than a hundred results."""
AWARDS = 12
_HOME = Link("首页", "")


def publish(deck: Deck) -> Iterator[PageJob | PagesBelow]:
    """The shelf of editions, then each edition, its halls and the list of its results."""
    yield PageJob("editions/", partial(_shelf, deck))
    for key in deck.catalogue.editions:
        edition = deck.catalogue.entries[key]
        halls = halls_of(deck, edition)
        yield PageJob(address_of(edition), partial(_edition, deck, edition, halls=halls))
        for at in range(len(halls)):
            yield from _hall_pages(deck, edition, halls=halls, at=at)
            yield from tour_of(deck, Link(edition.title, address_of(edition)), halls=halls, at=at)
        results = results_of(deck.catalogue, edition)
        if results:
            yield from list_pages(deck, _results_list(deck, edition, results=results))
            yield from behind_numbers(deck, edition, results=results, section=_section(deck, edition.id))


def _shelf(deck: Deck) -> PagePlan:
    links = tuple(
        (
            Link(
                deck.catalogue.entries[key].title, deck.cards[key].address, deck.catalogue.entries[key].data.years or ""
            ),
            len(results_of(deck.catalogue, deck.catalogue.entries[key])),
        )
        for key in deck.catalogue.editions
    )
    view = IndexView("展期", "每届闭展后封存，地址不变，长期可读。", (("全部展期", links),), shelf_of(deck))
    head = Head(
        "展期", "历届展览：每届闭展后封存，地址不变，长期可读。", "editions/", "assets/share.png", column="展期"
    )
    return PagePlan("editions/", "index.html", "editions", head, (_HOME,), view)


def _edition(deck: Deck, edition: Entry, *, halls: tuple[HungHall, ...]) -> PagePlan:
    catalogue, data = deck.catalogue, edition.data
    results = results_of(catalogue, edition)
    featured = deck.deal(
        key
        for pick in data.featured
        if (key := catalogue.registry.key_for(("project", "method", "craftsman", "studio"), pick))
    )
    shown = results_of(catalogue, edition) if not data.permanent else ()
    view = EditionView(
        card=deck.cards[edition.key],
        title=data.title,
        years=data.years or "",
        theme=data.theme or "",
        lead=data.summary or "",
        foreword=edition.body,
        facts=facts_of(deck, edition),
        hang=(featured or deck.deal(results, 3))[:3],
        halls=tuple(HallPanel(hall.banner, deck.deal(hall.keys, PANEL)) for hall in halls),
        awards=_awards(deck, shown),
        squares=squares_of(results, catalogue.ranks),
        numbers=_numbers(deck, edition, results=results),
        shelf=shelf_of(deck, edition.key),
        archived=data.archived,
        total=len(results),
        citation=citation_of(deck, edition),
    )
    head = entry_head(deck, edition)
    return PagePlan(
        deck.cards[edition.key].address,
        "edition.html",
        _section(deck, edition.id),
        head,
        (_HOME, Link("展期", "editions/")),
        view,
    )


def _section(deck: Deck, edition: str) -> str:
    """The current edition belongs to 本届 in the menu, all others to 往届."""
    return "home" if edition == deck.catalogue.exhibition.current_edition else "editions"


def _numbers(deck: Deck, edition: Entry, *, results: tuple[str, ...]) -> tuple[Number, ...]:
    given = tuple(Number(one.label, one.value, one.unit or "", one.source or "") for one in edition.data.numbers)
    return given or counted(deck, edition, results=results)


def _awards(deck: Deck, keys: tuple[str, ...]) -> tuple[tuple[Link, tuple[GradeGroup, ...]], ...]:
    """Awards with most winners here first, each by grade from high to low."""
    most = WINNERS if len(keys) <= 100 else WINNERS_OF_MANY
    won: dict[str, dict[tuple[int, str], dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for key in deck.catalogue.decided(keys):
        for honour in deck.catalogue.honours[key]:
            won[honour.key or honour.award][honour.rank, honour.grade or ""][key] = None
    ranked = sorted(won.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0]))
    found = []
    for award, grades in ranked[:AWARDS]:
        link = deck.link_to(award) if award in deck.catalogue.entries else Link(award)
        groups = tuple(
            GradeGroup(
                grade,
                seal_for(grade, rank),
                rank,
                deck.deal(members, most),
                f"共 {len(members)} 项" if len(members) > most else "",
            )
            for (rank, grade), members in sorted(grades.items())
        )
        found.append((link, groups))
    return tuple(found)


def _hall_pages(deck: Deck, edition: Entry, *, halls: tuple[HungHall, ...], at: int) -> Iterator[PageJob]:
    hall, rest = halls[at], halls[at].keys[CHOSEN:]
    size = deck.catalogue.exhibition.page_size
    pages = max(1, -(-len(rest) // size))
    base = hall.banner.address
    for page in range(1, pages + 1):
        view = partial(
            HallView,
            edition=Link(edition.title, address_of(edition)),
            banner=hall.banner,
            pager=Pager(page, pages, base, len(rest)) if rest else None,
            previous=_hall_link(halls, at - 1),
            next=_hall_link(halls, at + 1),
            scope=scope(("hall", hall.banner.code)) if len(hall.keys) > MANY else "",
        )
        chosen = hall.keys[:CHOSEN] if page == 1 else ()
        part = rest[(page - 1) * size : page * size]
        yield PageJob(page_address(base, page), partial(_hall_page, deck, chosen, part=part, view=view))


def _hall_page(
    deck: Deck, chosen: tuple[str, ...], *, part: tuple[str, ...], view: Callable[..., HallView]
) -> PagePlan:
    hall = view(chosen=deck.deal(chosen), rest=deck.deal(part))
    banner, edition, pager = hall.banner, hall.edition, hall.pager
    address = pager.address if pager else banner.address
    turned = f"（第 {pager.page} 页）" if pager and pager.page > 1 else ""
    words = f"{banner.intro or f'{edition.label}{banner.name}展厅，共 {banner.count} 件展品。'}{turned}"
    head = Head(f"{banner.name}｜{edition.label}{turned}", words, address, "assets/share.png", column=edition.label)
    section = _section(deck, address.split("/")[1])
    return PagePlan(address, "hall.html", section, head, (_HOME, Link("展期", "editions/"), edition), hall)


def _hall_link(halls: tuple[HungHall, ...], at: int) -> Link | None:
    return Link(halls[at].banner.name, halls[at].banner.address) if 0 <= at < len(halls) else None


def _results_list(deck: Deck, edition: Entry, *, results: tuple[str, ...]) -> Listing:
    here = deck.cards[edition.key]
    return Listing(
        title=f"{edition.title}：全部成果",
        address=f"{here.address}results/",
        section=_section(deck, edition.id),
        keys=results,
        measure="项",
        order=ORDER_WORDS["project"],
        crumbs=(_HOME, Link("展期", "editions/"), Link(edition.title, here.address)),
        narrowed=True,
        scope=scope(*(("kind", kind) for kind in RESULTS))
        if edition.data.permanent
        else scope(("edition", edition.id)),
        files=list_links(deck, edition),
    )
