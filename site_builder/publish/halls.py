"""An edition comes in; its halls, each with what hangs there, go out."""

from collections.abc import Iterator
from itertools import islice

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.conditions import conditions
from site_builder.media.covers import banner
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.pages import Image
from site_builder.model.problems import Place, Problem
from site_builder.model.programmes import Hall
from site_builder.model.views import HallBanner, Spine
from site_builder.model.wording import ordinal
from site_builder.publish.deck import RESULTS, Deck

_OF_RESULTS = tuple(f"{kind}/" for kind in RESULTS)
PICKED = ("project", "method", "craftsman", "studio")


@frozen
class HungHall:
    """A hall with its works: picks first, in the curator's order, then what meets the conditions."""

    banner: HallBanner
    picks: tuple[str, ...]
    keys: tuple[str, ...]
    """All works of the hall, picks first."""


def results_of(catalogue: Catalogue, edition: Entry) -> tuple[str, ...]:
    """The results an edition shows, in list order; the permanent edition shows all."""
    if edition.data.permanent:
        return catalogue.of_kind(*RESULTS)
    return tuple(key for key in catalogue.groups.get(("edition", edition.title), ()) if key.startswith(_OF_RESULTS))


def halls_of(deck: Deck, edition: Entry) -> tuple[HungHall, ...]:
    """The halls that have works, numbered in order; an empty hall is not built."""
    found: list[HungHall] = []
    for hall, picks, keys in _hung(deck, edition):
        shown = HallBanner(
            number=f"第{ordinal(len(found) + 1)}展厅",
            name=hall.title,
            count=len(keys),
            address=f"editions/{edition.id}/{hall.id}/",
            art=banner(hall.motif or "plain", f"{edition.id}/{hall.id}"),
            intro=hall.intro or "",
            picture=_picture(deck, hall),
            **_counted(keys),
        )
        found.append(HungHall(shown, picks, keys))
    return tuple(found)


def has_walk(deck: Deck, edition: Entry) -> bool:
    """Whether there is more than one hall to walk through."""
    return len([*islice(_hung(deck, edition), 2)]) > 1


def _hung(deck: Deck, edition: Entry) -> Iterator[tuple[Hall, tuple[str, ...], tuple[str, ...]]]:
    """Halls that have works, in order, with their picks and all their works."""
    pool = results_of(deck.catalogue, edition)
    for hall in edition.data.halls:
        picks, keys = _works(deck, hall, pool=pool)
        if keys:
            yield hall, picks, keys


def _picture(deck: Deck, hall: Hall) -> Image | None:
    if not hall.picture:
        return None
    return deck.image(hall.picture, f"{hall.title}展厅")


def _counted(keys: tuple[str, ...]) -> dict[str, str]:
    """How a hall's works are counted: by the words of their kind where they are of one, results otherwise."""
    kinds = {key.partition("/")[0] for key in keys}
    if len(kinds) > 1 or kinds <= set(RESULTS):
        return {} if kinds <= set(RESULTS) else {"measure": "件", "what": "展品"}
    kind = kind_named(kinds.pop())
    return {"measure": kind.measure, "what": kind.label}


def empty_halls(deck: Deck) -> Iterator[Problem]:
    """Halls that are declared but have nothing to show; they are not built."""
    for key in deck.catalogue.editions:
        edition = deck.catalogue.entries[key]
        pool = results_of(deck.catalogue, edition)
        for index, hall in enumerate(edition.data.halls):
            if not conditions(hall.where).faults and not _works(deck, hall, pool=pool)[1]:
                place = Place(edition.source, ("halls", index))
                yield Problem("empty-hall", place, f"展厅“{hall.title}”里没有展品，没有建")


def _works(deck: Deck, hall: Hall, *, pool: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    catalogue = deck.catalogue
    named = (catalogue.registry.key_for(PICKED, pick) for pick in hall.picks)
    picks = tuple(key for key in named if key and key in deck.cards)
    where = conditions(hall.where).where
    everyone = catalogue.of_kind(*PICKED) if "entry_kind" in where else pool
    met = catalogue.select(where, everyone) if where else ()
    return picks, tuple(dict.fromkeys((*picks, *met)))


def shelf_of(deck: Deck, current: str = "") -> tuple[Spine, ...]:
    """All editions as books, newest first, the permanent one left out."""
    spines = []
    for at, key in enumerate(deck.catalogue.editions):
        edition = deck.catalogue.entries[key]
        if not edition.data.permanent:
            count = len(results_of(deck.catalogue, edition))
            label = edition.data.years or edition.title
            spines.append(Spine(label, count, deck.cards[key].address, at % 7, key == current))
    return tuple(spines)


def every_hall(deck: Deck) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Code, label and works of all halls; those of the edition on the home page come first and need no edition's name."""
    catalogue = deck.catalogue
    first = catalogue.exhibition.halls_edition or catalogue.exhibition.current_edition
    editions = sorted((catalogue.entries[key] for key in catalogue.editions), key=lambda edition: edition.id != first)
    found = []
    for edition in editions:
        tail = "" if edition.id == first else f"（{edition.title}）"
        pool = results_of(catalogue, edition)
        for hall in edition.data.halls:
            keys = _works(deck, hall, pool=pool)[1]
            if keys:
                found.append((f"{edition.id}/{hall.id}", f"{hall.title}{tail}", keys))
    return tuple(found)
