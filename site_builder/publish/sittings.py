"""An award and one of its sessions come in; what is known of it in words goes out: quotas, prizes, applications, shares."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from site_builder.catalogue.honours import grade_named
from site_builder.model.demands import limit_words
from site_builder.model.grades import stem_of
from site_builder.model.programmes import Award, Session
from site_builder.model.wording import date_words, sum_said

_UNITS = MappingProxyType({"人物": "位", "创新工作室": "个", "示范基地": "个", "团队": "个"})


def unit_of(award: Award) -> str:
    """The measure word of what the award is given to."""
    return _UNITS.get(award.subject or "", "项")


def session_words(award: Award, name: str, *, session: Session | None) -> Iterator[tuple[str, str]]:
    """Label and words of what was published of a session, or is demanded of it; what nobody said is left out."""
    unit = unit_of(award)
    if session:
        if session.date:
            yield "公布日期", date_words(session.date)
        if session.entries is not None:
            yield "申报", f"{session.entries} {unit}{_share(session.nonpublic_entries, of=session.entries)}"
        if session.winners is not None:
            yield "获奖", f"{session.winners} {unit}{_share(session.nonpublic_winners, of=session.winners)}"
    quotas, prizes = quotas_of(award, session), _prizes(award, session)
    if quotas:
        yield "名额", f"共 {sum(quotas.values())} {unit}"
    sums = [quotas[grade] * prize for grade, prize in prizes.items() if grade in quotas]
    if sums:
        yield "奖金", f"按名额计 {sum_said(sum(sums))}"
    for measure, counted in (("每届名额", bool(quotas)), ("每届奖金总额", bool(sums))):
        limit = limit_of(award, name, measure=measure)
        if limit is not None and not counted:
            words = f"{limit:.0f} {unit}" if measure == "每届名额" else limit_words(measure, limit)
            yield measure.removeprefix("每届"), words


def limit_of(award: Award, name: str, *, measure: str) -> float | None:
    """What a document allows a session at most."""
    asked = (one for one in award.demands if one.measure == measure and (not one.sessions or name in one.sessions))
    return next((one.most for one in asked if one.most is not None), None)


def _share(part: int | None, *, of: int) -> str:
    return f"，其中非公企业 {part}，占 {part * 100 / of:.3g}%" if part is not None and of else ""


def quotas_of(award: Award, session: Session | None) -> dict[str, int]:
    """Grade → quota, the session's own before the award's."""
    general = {grade.name: grade.quota for grade in award.grades if grade.quota}
    return general | {_grade(award, name): quota for name, quota in (session.quotas if session else {}).items()}


def _prizes(award: Award, session: Session | None) -> dict[str, float]:
    general = {grade.name: grade.prize for grade in award.grades if grade.prize}
    return general | {_grade(award, name): prize for name, prize in (session.prizes if session else {}).items()}


def _grade(award: Award, name: str) -> str:
    known = grade_named(award, name)
    return known.name if known else name


def grade_words(award: Award, session: Session | None, *, name: str, held: int) -> str:
    """Quota of a grade in a session, how many of its winners are on show, and the prize of each."""
    quota = _of(quotas_of(award, session), name)
    prize = _of(_prizes(award, session), name)
    unit = unit_of(award)
    words = []
    if quota:
        words.append(f"名额 {quota:.0f} {unit}" if held >= quota else f"名额 {quota:.0f} {unit}，收录 {held} {unit}")
    if prize:
        words.append(f"奖金 {sum_said(prize)}")
    return "，".join(words)


def _of(amounts: Mapping[str, float], name: str) -> float | None:
    if not name:
        return None
    return next((amount for grade, amount in amounts.items() if stem_of(grade) == stem_of(name)), None)
