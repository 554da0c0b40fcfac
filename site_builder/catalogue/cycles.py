"""A catalogue and a studio come in; the programme that reviews it in turns, and where the studio stands in its cycle, go out."""

from collections.abc import Iterator

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.demands import Demand
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen

CYCLE = "管理周期"
ENDING = "不再保留的考核结果"


@frozen
class Cycle:
    """Where a studio stands: named when, reviewed when with which outcome, and the year in which the running cycle ends."""

    award: str
    """Key of the programme that reviews it."""
    years: int
    named: int | None
    reviews: tuple[tuple[int, str], ...]
    """Year and outcome, oldest first."""
    due: int | None
    """None where no year is known, or once the title is gone."""
    demand: Demand


def cycle_demand(award: Entry) -> Demand | None:
    """The demand by which a programme reviews its studios every so many years."""
    asked = (one for one in award.data.demands if one.measure == CYCLE and (one.most or one.least))
    return next(asked, None)


def may_end(award: Entry) -> bool:
    """Whether the programme takes its title away after a bad outcome."""
    return any(one.measure == ENDING for one in award.data.demands)


def reviewing(catalogue: Catalogue) -> Iterator[tuple[Entry, Demand]]:
    """The shown programmes that review studios, each with the demand that says so."""
    for key in catalogue.of_kind("award"):
        award = catalogue.entries[key]
        demand = cycle_demand(award)
        if demand:
            yield award, demand


def manages(catalogue: Catalogue, award: Entry, *, studio: Entry) -> bool:
    """Whether a studio holds the programme's honour, or is of its types, at its level and in its region."""
    if any(honour.key == award.key for honour in catalogue.honours[studio.key]):
        return True
    types = {catalogue.lexicon.label("studio-types", word) for word in award.data.studio_types}
    facets, asked = catalogue.facets[studio.key], catalogue.facets[award.key]
    there = all(
        set(asked.get(theirs, ())[:1]) <= set(facets.get(ours, ()))
        for theirs, ours in (("level", "levels"), ("region", "region"))
    )
    return there and bool(types & set(facets.get("type", ())))


def named_in(catalogue: Catalogue, award: Entry, *, studio: Entry) -> int | None:
    """The year of the naming: by the programme, else the first at the programme's level."""
    named = [one.year for one in catalogue.honours[studio.key] if one.key == award.key and one.year]
    levels = [one.year for one in studio.data.levels if one.level == award.data.level and one.year]
    return max(named, default=None) or min(levels, default=None)


def due_year(catalogue: Catalogue, studio: Entry, *, award: Entry, years: int) -> int | None:
    """The year in which the running cycle ends: of the last review, else of the naming, so many years on."""
    began = max((one.year for one in studio.data.reviews), default=None) or named_in(catalogue, award, studio=studio)
    return began + years if began else None


def cycle_of(catalogue: Catalogue, studio: Entry) -> Cycle | None:
    """The studio's place in the cycle of the first programme that reviews it."""
    for award, demand in reviewing(catalogue):
        if manages(catalogue, award, studio=studio):
            return _cycle(catalogue, studio, award=award, demand=demand)
    return None


def _cycle(catalogue: Catalogue, studio: Entry, *, award: Entry, demand: Demand) -> Cycle:
    label = catalogue.lexicon.label
    years = int(demand.most or demand.least or 0)
    reviews = tuple(sorted((one.year, label("review-outcomes", one.outcome)) for one in studio.data.reviews))
    ends = {
        label("review-outcomes", word) for one in award.data.demands if one.measure == ENDING for word in one.values
    }
    ended = bool(reviews) and reviews[-1][1] in ends
    due = None if ended else due_year(catalogue, studio, award=award, years=years)
    named = named_in(catalogue, award, studio=studio)
    return Cycle(award.key, years, named, reviews, due, demand)
