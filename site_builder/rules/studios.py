"""Studios and the programmes that manage them come in; conditions not met, and what cannot be checked, go out."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from site_builder.model.demands import Demand
from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection
from site_builder.rules.notices import last_day

_SKILLS = "skill-levels"


def managed(inspection: Inspection, award: Entry) -> tuple[Entry, ...]:
    """The studios of a programme: those that hold its honour, and those of its types, level and region."""
    data = award.data
    holders = {one.entry.key for won in inspection.sittings_of(award).values() for one in won}
    types = {inspection.catalogue.lexicon.label("studio-types", word) for word in data.studio_types}
    level, region = (_labels(inspection, award, facet=facet) for facet in ("level", "region"))
    found = []
    for studio in inspection.shown("studio"):
        facets = inspection.catalogue.facets[studio.key]
        of_type = types & set(facets.get("type", ()))
        there = level <= set(facets.get("levels", ())) and region <= set(facets.get("region", ()))
        if studio.key in holders or (of_type and there):
            found.append(studio)
    return tuple(found)


def _labels(inspection: Inspection, award: Entry, *, facet: str) -> set[str]:
    return set(inspection.catalogue.facets[award.key].get(facet, ())[:1])


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each demand that a programme makes of its studios, one for what nobody recorded."""
    for award in inspection.shown("award"):
        asked = [demand for demand in award.data.demands if demand.measure in _CHECKS]
        studios = managed(inspection, award) if asked else ()
        for demand in asked:
            found = [one for studio in studios for one in _CHECKS[demand.measure](inspection, studio, demand=demand)]
            seen = f"受管的工作室 {len(studios)} 个，不符合的 {len(found)} 个"
            yield Outcome(award.key, demand.words, demand.basis, seen, tuple(found))
        unrecorded = [one for studio in studios for one in _unrecorded(inspection, studio, asked=asked)]
        if unrecorded:
            basis = "；".join(dict.fromkeys(demand.document for demand in asked))
            yield Outcome(award.key, "条件有据可查", basis, f"资料不够的 {len(unrecorded)} 个", tuple(unrecorded))


def _skill(inspection: Inspection, studio: Entry, *, demand: Demand) -> Iterator[Finding]:
    held = _skills_of(inspection, studio)
    needed = min((_rank(inspection, word) for word in demand.values), default=0)
    if held and max(_rank(inspection, word) for word in held) < needed:
        message = f"“{studio.title}”的领衔人是{'、'.join(held)}，要求{'或'.join(demand.values)}以上"
        yield finding("studio-lead-skill", Place(studio.source, ("leads",)), says=message, basis=demand.basis)


def _skills_of(inspection: Inspection, studio: Entry) -> tuple[str, ...]:
    leads = (inspection.entry_of(("craftsman",), text) for text in studio.data.leads)
    return tuple(word for lead in leads if lead for word in lead.data.skill_levels)


def _rank(inspection: Inspection, word: str) -> int:
    term = inspection.catalogue.lexicon.term(_SKILLS, word)
    return (term.rank or 0) if term else 0


def _size(studio: Entry) -> int:
    return studio.data.members_count or len(studio.data.members)


def _team(_inspection: Inspection, studio: Entry, *, demand: Demand) -> Iterator[Finding]:
    size = _size(studio)
    if size and size < (demand.least or 0):
        message = f"“{studio.title}”有 {size} 人，要求不少于 {demand.least:.0f} 人"
        yield finding("studio-team-small", Place(studio.source, ("members_count",)), says=message, basis=demand.basis)


def _subsidy(_inspection: Inspection, studio: Entry, *, demand: Demand) -> Iterator[Finding]:
    held = len(studio.data.subsidies)
    if held < (demand.least or 1):
        message = f"“{studio.title}”写了 {held} 项受资助的成果，要求不少于 {demand.least or 1:.0f} 项"
        yield finding("studio-no-subsidy", Place(studio.source, ("subsidies",)), says=message, basis=demand.basis)


def _activity(inspection: Inspection, studio: Entry, *, demand: Demand) -> Iterator[Finding]:
    dates = [line.date for line in (*studio.data.activities, *studio.data.results_ledger)]
    years = int(demand.most or 1)
    if dates and max(map(last_day, dates)) < f"{inspection.year - years}{inspection.as_of[4:]}":
        message = f"“{studio.title}”最近一次活动是 {max(dates)}，到 {inspection.as_of} 已超过 {years} 年"
        yield finding("studio-inactive", Place(studio.source, ("activities",)), says=message, basis=demand.basis)


def _activities_kept(_inspection: Inspection, studio: Entry, *, demand: Demand) -> Iterator[Finding]:
    if not studio.data.activities:
        place = Place(studio.source, ("activities",))
        yield finding("studio-no-activity-ledger", place, says=f"“{studio.title}”没有日常活动台账", basis=demand.basis)


def _results_kept(_inspection: Inspection, studio: Entry, *, demand: Demand) -> Iterator[Finding]:
    if not studio.data.results_ledger:
        place = Place(studio.source, ("results_ledger",))
        yield finding("studio-no-results-ledger", place, says=f"“{studio.title}”没有创新成果台账", basis=demand.basis)


def _unrecorded(inspection: Inspection, studio: Entry, *, asked: list[Demand]) -> Iterator[Finding]:
    measures = {demand.measure for demand in asked}
    missing = [
        words
        for measure, words, known in (
            ("领衔人技能等级", "领衔人的技能等级（领衔人要有条目）", bool(_skills_of(inspection, studio))),
            ("团队人数", "团队人数", bool(_size(studio))),
        )
        if measure in measures and not known
    ]
    if missing:
        message = f"“{studio.title}”没有写{'、'.join(missing)}"
        yield finding("studio-unrecorded", Place(studio.source), says=message, basis=asked[0].document)


_CHECKS: Mapping[str, Callable[..., Iterator[Finding]]] = MappingProxyType(
    {
        "领衔人技能等级": _skill,
        "团队人数": _team,
        "资助成果": _subsidy,
        "创新活动间隔": _activity,
        "日常活动台账": _activities_kept,
        "创新成果台账": _results_kept,
    }
)
