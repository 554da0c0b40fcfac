"""Awards with prizes come in; sums and single prizes above what was set go out."""

from collections.abc import Iterator

from site_builder.catalogue.honours import grade_named
from site_builder.model.demands import Demand
from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.model.wording import sum_said
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each demand on prize money."""
    for award in inspection.shown("award"):
        for demand in award.data.demands:
            if demand.measure in {"每届奖金总额", "单项奖金"} and demand.most is not None:
                yield _checked(award, demand)


def prize_sum(award: Entry, index: int) -> float | None:
    """What a session pays (万元): quota times prize of each grade; None where a quota or a prize is not given."""
    sums = [amount * quota for amount, quota in _prizes(award, index) if quota is not None]
    return sum(sums) if sums else None


def _checked(award: Entry, demand: Demand) -> Outcome:
    found: list[Finding] = []
    seen: list[str] = []
    for index, session in enumerate(award.data.sessions):
        if demand.sessions and session.name not in demand.sessions:
            continue
        whole = demand.measure == "每届奖金总额"
        paid = prize_sum(award, index) if whole else max((amount for amount, _ in _prizes(award, index)), default=None)
        if paid is not None:
            seen.append(f"{session.name} {sum_said(paid)}")
            if paid > (demand.most or 0) + 0.005:
                message = f"“{award.title}”{session.name}的{demand.measure}是 {sum_said(paid)}，规定不超过 {sum_said(demand.most or 0)}"
                code = "prize-sum-high" if whole else "prize-high"
                found.append(finding(code, Place(award.source, ("sessions", index)), says=message, basis=demand.basis))
    return Outcome(award.key, demand.words, demand.basis, "；".join(seen) or "没有数字", tuple(found))


def _prizes(award: Entry, index: int) -> Iterator[tuple[float, int | None]]:
    """(prize, quota) of each grade that pays, the session's own before the award's."""
    session = award.data.sessions[index]
    prizes, quotas = _by_grade(award, session.prizes), _by_grade(award, session.quotas)
    for grade in award.data.grades:
        prize = prizes.get(grade.name, grade.prize)
        if prize is not None:
            yield prize, int(quotas[grade.name]) if grade.name in quotas else grade.quota


def _by_grade(award: Entry, given: dict[str, float]) -> dict[str, float]:
    return {known.name: amount for name, amount in given.items() if (known := grade_named(award.data, name))}
