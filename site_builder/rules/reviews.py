"""Studios with a managing cycle come in; reviews that are due or overdue, and titles lost but still shown, go out."""

from collections.abc import Iterator

from site_builder.model.demands import Demand
from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection
from site_builder.rules.studios import managed


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each cycle, one for each list of outcomes that end a title."""
    for award in inspection.shown("award"):
        for demand in award.data.demands:
            if demand.measure == "管理周期" and (demand.most or demand.least):
                yield _cycle(inspection, award, demand=demand)
            elif demand.measure == "不再保留的考核结果":
                studios = managed(inspection, award)
                found = tuple(one for studio in studios for one in _lost(inspection, studio, demand=demand))
                seen = f"考核过 {sum(bool(studio.data.reviews) for studio in studios)} 个"
                yield Outcome(award.key, demand.words, demand.basis, seen, found)


def due_year(inspection: Inspection, studio: Entry, *, award: Entry, years: int) -> int | None:
    """The year in which the running cycle ends: of the last review, else of the naming, so many years on."""
    reviewed = [review.year for review in studio.data.reviews]
    honours = inspection.catalogue.honours[studio.key]
    named = [honour.year for honour in honours if honour.key == award.key and honour.year]
    levels = [level.year for level in studio.data.levels if level.level == award.data.level and level.year]
    began = max(reviewed, default=None) or max(named, default=None) or min(levels, default=None)
    return began + years if began else None


def _cycle(inspection: Inspection, award: Entry, *, demand: Demand) -> Outcome:
    found: list[Finding] = []
    studios, dated, years = managed(inspection, award), 0, int(demand.most or demand.least or 0)
    for studio in studios:
        due = due_year(inspection, studio, award=award, years=years)
        dated += due is not None
        place = Place(studio.source, ("reviews",) if studio.data.reviews else ("levels",))
        if due == inspection.year:
            message = f"“{studio.title}”的 {years} 年周期在 {due} 年届满"
            found.append(finding("studio-review-due", place, says=message, basis=demand.basis))
        elif due is not None and due < inspection.year:
            message = f"“{studio.title}”的 {years} 年周期在 {due} 年已满，没有此后的考核结果"
            found.append(finding("studio-review-overdue", place, says=message, basis=demand.basis))
    seen = f"受管的工作室 {len(studios)} 个，写明命名或考核年份的 {dated} 个"
    return Outcome(award.key, demand.words, demand.basis, seen, tuple(found))


def _lost(inspection: Inspection, studio: Entry, *, demand: Demand) -> Iterator[Finding]:
    """A later review may give the title back, so only the last one counts."""
    if not studio.data.reviews:
        return
    index, last = max(enumerate(studio.data.reviews), key=lambda pair: pair[1].year)
    label = inspection.catalogue.lexicon.label
    ends = {label("review-outcomes", word) for word in demand.values}
    if label("review-outcomes", last.outcome) in ends:
        message = f"“{studio.title}”{last.year} 年考核结果是“{last.outcome}”，还在展出"
        yield finding("studio-title-lost", Place(studio.source, ("reviews", index)), says=message, basis=demand.basis)
