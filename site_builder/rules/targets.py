"""Plans with their targets come in; targets missed, behind or never reported, and events not held, go out."""

from collections.abc import Iterator

from site_builder.catalogue.conditions import conditions
from site_builder.model.demands import limit_words
from site_builder.model.entry import Entry
from site_builder.model.plans import Reached, Target
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection
from site_builder.rules.notices import last_day


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each target of each plan."""
    for plan in inspection.shown("plan"):
        for index, target in enumerate(plan.data.targets):
            place = Place(plan.source, ("targets", index))
            if target.measure == "举办间隔":
                yield _held(inspection, plan, target=target, place=place)
            elif target.least is not None:
                yield _reached(inspection, plan, target=target, place=place)


def latest(plan: Entry, target: Target) -> Reached | None:
    """What was stated last of a target: of its measure, and of its name where several share the measure."""
    stated = [one for one in plan.data.reached if one.measure == target.measure and one.label in (None, target.label)]
    return max(stated, key=lambda one: one.date, default=None)


def counted(inspection: Inspection, target: Target) -> tuple[str, ...]:
    """Keys of the entries that count towards a target; none where it names no condition."""
    where = conditions(target.where).where
    return inspection.catalogue.select(where) if where else ()


def _reached(inspection: Inspection, plan: Entry, *, target: Target, place: Place) -> Outcome:
    stated, entries = latest(plan, target), counted(inspection, target)
    shown = f"本展收录 {len(entries)} 个" if target.where else ""
    if stated is None:
        message = f"“{target.label}”{target.words}，没有公布过完成数{'；' + shown if shown else ''}"
        found = (finding("target-unrecorded", place, says=message, basis=target.basis),)
        return Outcome(plan.key, f"{target.label}：{target.words}", target.basis, shown or "没有数字", found)
    value = limit_words(target.measure, stated.value)
    seen = "；".join(filter(None, (f"{stated.date} 公布 {value}（{stated.source}）", shown)))
    return Outcome(
        plan.key,
        f"{target.label}：{target.words}",
        target.basis,
        seen,
        tuple(_short(inspection, plan, target=target, stated=stated, place=place)),
    )


def _short(inspection: Inspection, plan: Entry, *, target: Target, stated: Reached, place: Place) -> Iterator[Finding]:
    if stated.value >= (target.least or 0):
        return
    period = plan.data.period
    over = bool(period and period.end and last_day(period.end) < inspection.as_of)
    value, least = (limit_words(target.measure, number) for number in (stated.value, target.least or 0))
    message = f"“{target.label}”目标 {least}，{stated.date} 公布 {value}"
    yield finding("target-missed" if over else "target-behind", place, says=message, basis=target.basis)


def _held(inspection: Inspection, plan: Entry, *, target: Target, place: Place) -> Outcome:
    """Events (or editions) that should come every so many years within the plan's term."""
    entries = [inspection.catalogue.entries[key] for key in counted(inspection, target)]
    years = sorted({year for entry in entries if (year := _year(entry))})
    period, step = plan.data.period, max(1, int(target.most or 1))
    first = int(period.start[:4]) if period else inspection.year
    last = min(int(period.end[:4]) if period and period.end else inspection.year, inspection.year)
    missed = [
        f"{start}—{start + step - 1}" if step > 1 else str(start)
        for start in range(first, last - step + 2, step)
        if not any(start <= year < start + step for year in years)
    ]
    found: tuple[Finding, ...] = ()
    if missed:
        message = f"“{target.label}”{target.words}，{'、'.join(missed)} 年没有记录"
        found = (finding("event-missed", place, says=message, basis=target.basis),)
    seen = f"记录的年份：{'、'.join(map(str, years))}" if years else "没有记录"
    return Outcome(plan.key, f"{target.label}：{target.words}", target.basis, seen, found)


def _year(entry: Entry) -> int | None:
    period = entry.get("period")
    words = (period.start if period else None) or entry.get("opening") or entry.id
    return int(words[:4]) if words[:4].isdigit() else None
