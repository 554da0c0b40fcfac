"""A deck comes in; the plan of the home page goes out: title wall, halls, featured works, numbers, names, shelf."""

from collections.abc import Iterator
from functools import partial

from site_builder.model.entry import Entry
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Card, Group, Head, Link, Number, PageJob, PagePlan
from site_builder.model.views import HomeView, RollName
from site_builder.publish.deck import RESULTS, Deck
from site_builder.publish.halls import PICKED, halls_of, has_walk, results_of, shelf_of
from site_builder.publish.offers import FOLDER, occasions_of, on_offer
from site_builder.publish.shades import squares_of

HUNG = 3
FEATURED = 5
ROLL = 112
CROWD = 1000
"""Of more than so many with a work on show the first names are no fair choice."""
STORIES = 3
OFFERED = 4


def publish(deck: Deck) -> Iterator[PageJob]:
    """The home page."""
    yield PageJob("", partial(_home, deck))


def _home(deck: Deck) -> PagePlan:
    """Without any edition it shows the collection as it is."""
    exhibition = deck.catalogue.exhibition
    current = _edition(deck, exhibition.current_edition)
    hung = _edition(deck, exhibition.halls_edition) or current
    works = _featured(deck, current)
    results = results_of(deck.catalogue, current) if current else deck.catalogue.of_kind(*RESULTS)
    everything = deck.catalogue.of_kind(*RESULTS)
    halls = tuple(hall.banner for hall in halls_of(deck, hung)) if hung else ()
    view = HomeView(
        edition=deck.link_to(current.key) if current else Link(""),
        years=(current.data.years or current.title) if current else "",
        lead=(current.data.summary if current else "") or exhibition.slogan or exhibition.description,
        hang=works[:HUNG],
        halls=halls,
        halls_note=f"按行业和专题分厅，收历年成果 {len(everything)} 项" if hung and hung.data.permanent else "",
        halls_edition=deck.link_to(hung.key) if hung else Link(""),
        featured=Group(
            "本届选展",
            works[HUNG : HUNG + FEATURED] or works[:FEATURED],
            f"{current.title}共 {len(results)} 项" if current else "",
            Link("全部成果", f"{deck.cards[current.key].address}results/")
            if current and results
            else _all_results(deck),
        ),
        offered=_offered(deck),
        squares=squares_of(everything, deck.catalogue.ranks),
        numbers=_numbers(deck),
        roll=_roll(deck),
        roll_total=len(deck.catalogue.of_kind("craftsman")),
        shelf=shelf_of(deck, current.key if current else ""),
        stories=deck.deal(deck.catalogue.of_kind("story"), STORIES),
    )
    head = Head(exhibition.name, exhibition.description or exhibition.slogan or exhibition.name, "", "assets/share.png")
    return PagePlan("", "home.html", "home", head, (), view)


def _all_results(deck: Deck) -> Link | None:
    """The list of all results; of methods where there is no project, none where there is neither."""
    kind = next((kind for kind in KINDS if kind.name in RESULTS and deck.catalogue.of_kind(kind.name)), None)
    return Link("全部成果", f"{kind.folder}/") if kind else None


def _offered(deck: Deck) -> Group:
    """What others may take over, a few of it: who comes for a technique finds the way from here."""
    keys = [key for keys in on_offer(deck).values() for key in keys]
    return Group(
        "成果转化", deck.deal(keys[:OFFERED]), "别的单位可以用上、已经用上的", Link("能提供什么，找谁谈", FOLDER)
    )


def absent_sections(deck: Deck) -> tuple[str, ...]:
    """What menus leave out: lists without an entry, and ``halls`` where the home page has none to walk through."""
    empty = [kind.folder for kind in KINDS if kind.listed and not deck.catalogue.of_kind(kind.name)]
    if not deck.catalogue.of_kind("craftsman"):
        empty.append("talent")
    if not on_offer(deck) and not occasions_of(deck):
        empty.append("transfer")
    if not deck.catalogue.of_kind(*RESULTS):
        empty.append("numbers")
    exhibition = deck.catalogue.exhibition
    hung = _edition(deck, exhibition.halls_edition) or _edition(deck, exhibition.current_edition)
    return (*empty,) if hung and has_walk(deck, hung) else (*empty, "halls")


def _edition(deck: Deck, wanted: str) -> Entry | None:
    """The edition of that id, else the newest one that has results."""
    editions = [deck.catalogue.entries[key] for key in deck.catalogue.editions]
    named = next((edition for edition in editions if edition.id == wanted), None)
    if named or wanted:
        return named
    return next(
        (edition for edition in editions if results_of(deck.catalogue, edition) and not edition.data.permanent), None
    )


def _featured(deck: Deck, edition: Entry | None) -> tuple[Card, ...]:
    """The edition's featured works, then its best ones that differ in industry from those before."""
    catalogue = deck.catalogue
    picks = [
        key for pick in (edition.data.featured if edition else ()) if (key := catalogue.registry.key_for(PICKED, pick))
    ]
    pool = results_of(catalogue, edition) if edition else catalogue.of_kind(*RESULTS)
    used = {label for key in picks for label in catalogue.facets.get(key, {}).get("industry", ())}
    fresh: list[str] = []
    same: list[str] = []
    for key in pool[:200]:
        industry = catalogue.facets[key].get("industry", ("",))[0]
        (same if industry in used else fresh).append(key)
        used.add(industry)
    return _hung_apart(deck.deal(dict.fromkeys((*picks, *fresh, *same)), HUNG + FEATURED))


def _hung_apart(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """At most one vermilion sheet among those on the title wall: a whole red sheet is rare by rule (look)."""
    wall: list[Card] = []
    rest: list[Card] = []
    for card in cards:
        red = card.rank == 0 and not card.picture and any(other.rank == 0 for other in wall)
        (rest if red or len(wall) == HUNG else wall).append(card)
    return (*wall, *rest)


def _numbers(deck: Deck) -> tuple[Number, ...]:
    results = _all_results(deck)
    kinds = (
        ("成果", RESULTS, "项", results.address if results else None),
        ("人物", ("craftsman",), "位", "craftsmen/"),
        ("创新工作室", ("studio",), "个", "studios/"),
        ("单位", ("organisation",), "家", "organisations/"),
    )
    counted = ((label, len(deck.catalogue.of_kind(*names)), unit, address) for label, names, unit, address in kinds)
    return tuple(Number(label, str(count), unit, address=address) for label, count, unit, address in counted if count)


def _roll(deck: Deck) -> tuple[RollName, ...]:
    """Names for the wall: all who have a work on show, the rest picked at even steps through the alphabet."""
    everyone = deck.catalogue.of_kind("craftsman")
    hot = [key for key in everyone if deck.catalogue.sources_of(key, RESULTS, field="people")]
    shown = set(hot[:ROLL] if len(hot) <= CROWD else ())
    hung = frozenset(hot)
    others = [key for key in everyone if key not in shown]
    room = min(ROLL - len(shown), len(others))
    shown.update(others[at * len(others) // room] for at in range(room)) if room > 0 else None
    return tuple(
        RollName(deck.cards[key].title, deck.cards[key].address, key in hung) for key in everyone if key in shown
    )
