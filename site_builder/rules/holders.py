"""Awards that are for certain organisations come in; holders of another kind, or without a union, go out."""

from collections.abc import Iterator

from site_builder.model.demands import Demand
from site_builder.model.entry import Entry
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection, Won
from site_builder.rules.shares import types_of


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each demand on who may hold an award."""
    for award in inspection.shown("award"):
        for demand in award.data.demands:
            if demand.measure in {"单位性质", "有工会组织"}:
                won = [one for each in inspection.sittings_of(award).values() for one in each]
                found = tuple(one for each in won for one in _wrong(inspection, each, demand=demand))
                yield Outcome(award.key, demand.words, demand.basis, f"核对了 {len(won)} 项", found)


def _wrong(inspection: Inspection, won: Won, *, demand: Demand) -> Iterator[Finding]:
    entry, said = won.entry, f"“{won.honour.award}”要求{demand.words}，“{won.entry.title}”"
    if demand.measure == "有工会组织":
        if not _union(inspection, entry):
            yield finding("holder-without-union", won.place, says=f"{said}没有写所属工会", basis=demand.basis)
        return
    types = types_of(inspection, entry)
    if types and not set(types) & set(demand.values):
        yield finding("holder-of-other-kind", won.place, says=f"{said}是{types[0]}", basis=demand.basis)


def _union(inspection: Inspection, entry: Entry) -> str | None:
    """The union that it names itself, else that of its first organisation."""
    houses = (inspection.entry_of(("organisation",), one.organisation) for one in entry.get("organisations", ()))
    return entry.get("union") or next((house.data.union for house in houses if house and house.data.union), None)
