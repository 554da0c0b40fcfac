"""The sessions of every award come in; grades and sessions with more (or fewer) winners than was said go out."""

from collections import defaultdict
from collections.abc import Iterator

from site_builder.catalogue.honours import grade_named
from site_builder.model.demands import Demand
from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.model.programmes import Award, Session
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection, Sittings, Won


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each award's grades, one for its quota in all, one for the figures that were stated."""
    for award in inspection.shown("award"):
        sittings, data = inspection.sittings_of(award), award.data
        basis = "；".join(data.basis)
        if any(grade.quota for grade in data.grades) or any(session.quotas for session in data.sessions):
            found = [one for name, won in sittings.items() for one in _grades(award, name, won=won, basis=basis)]
            yield Outcome(award.key, "各等级不超过名额", basis, _counted(sittings), tuple(found))
        for demand in data.demands:
            if demand.measure == "每届名额":
                found = list(_in_all(award, demand, sittings=sittings))
                yield Outcome(award.key, demand.words, demand.basis, _counted(sittings), tuple(found))
        if any(session.winners for session in data.sessions):
            found = [one for index in range(len(data.sessions)) for one in _stated(award, index, sittings=sittings)]
            yield Outcome(award.key, "收录数不超过公布的获奖数", basis, _counted(sittings), tuple(found))


def _counted(sittings: Sittings) -> str:
    counts = (f"{name}收录 {len(_holders(won))}" for name, won in sittings.items())
    return "；".join(counts) or "没有收录"


def _holders(won: tuple[Won, ...]) -> dict[str, Won]:
    """Each holder once, with the last of its honours."""
    return {one.entry.key: one for one in won}


def _grades(award: Entry, name: str, *, won: tuple[Won, ...], basis: str) -> Iterator[Finding]:
    session = next((one for one in award.data.sessions if one.name == name), None)
    by_grade: dict[str, dict[str, Won]] = defaultdict(dict)
    for one in won:
        grade = grade_named(award.data, one.honour.grade) if one.honour.grade else None
        if grade:
            by_grade[grade.name].setdefault(one.entry.key, one)
    for grade_name, holders in by_grade.items():
        listed = _listed(award.data, session, grade=grade_name)
        own = next(grade.quota for grade in award.data.grades if grade.name == grade_name)
        quota = own if listed is None else listed
        if quota is not None and len(holders) > quota:
            code = "quota-exceeded" if listed is None else "session-list-exceeded"
            message = (
                f"“{award.title}”{name}的{grade_name}名额 {quota}，收录了 {len(holders)}，{_beyond(holders, quota)}"
            )
            yield finding(code, list(holders.values())[quota].place, says=message, basis=basis)


def _listed(award: Award, session: Session | None, *, grade: str) -> int | None:
    for name, quota in (session.quotas if session else {}).items():
        known = grade_named(award, name)
        if known and known.name == grade:
            return quota
    return None


def _beyond(holders: dict[str, Won], quota: int) -> str:
    titles = [f"“{one.entry.title}”" for one in list(holders.values())[quota:]]
    return f"多出的有{'、'.join(titles[:3])}{'等' if len(titles) > 3 else ''}"


def _in_all(award: Entry, demand: Demand, *, sittings: Sittings) -> Iterator[Finding]:
    if demand.most is None:
        return
    most = int(demand.most)
    for name, won in sittings.items():
        holders = _holders(won)
        if len(holders) > most and (not demand.sessions or name in demand.sessions):
            message = f"“{award.title}”{name}名额 {most}，收录了 {len(holders)}，{_beyond(holders, most)}"
            yield finding(
                "session-total-exceeded", list(holders.values())[most].place, says=message, basis=demand.basis
            )


def _stated(award: Entry, index: int, *, sittings: Sittings) -> Iterator[Finding]:
    session = award.data.sessions[index]
    listed = len(_holders(sittings.get(session.name, ())))
    if session.winners is None or listed == session.winners:
        return
    more = listed > session.winners
    message = f"“{award.title}”{session.name}公布获奖 {session.winners}，收录了 {listed}"
    code = "winners-more-than-stated" if more else "winners-fewer-than-stated"
    yield finding(code, Place(award.source, ("sessions", index, "winners")), says=message)
