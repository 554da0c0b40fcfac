"""An entry comes in; what the rules of the forms and the habits of good labels advise against goes out, as warnings."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from site_builder.model.entry import Entry
from site_builder.model.grades import rank_of
from site_builder.model.problems import Place, Problem
from site_builder.model.projects import LONGEST_TITLE
from site_builder.model.reports import disagreements
from site_builder.model.wording import quoted

MOST_POINTS = 3
MOST_PEOPLE = MappingProxyType({0: 15, 1: 9, 2: 7, 3: 5})
"""Rank of the grade → how many people a certificate may name."""
_RESULTS = frozenset({"project", "method"})
_SOURCED = frozenset({*_RESULTS, "craftsman", "studio", "base", "team"})
_ET_AL = re.compile(r"等\s*(\d{1,4})\s*[人名位]")
_BOASTING = re.compile(
    r"(?:近年来|多年来|长期以来|一直以来)?[，,]?在[^。；]{1,40}?(?:领导|指导|指引|引领|带领|关心|关怀|支持|重视|帮助)下"
    r"|(?:为了?)?(?:深入|全面|认真|积极)*(?:学习|贯彻|落实|响应)"
)


def advise(entry: Entry) -> Iterator[Problem]:
    """Everything that an editor may leave as it is, but had better not; places are field paths."""
    if entry.kind in _RESULTS:
        yield from _of_result(entry)
    if entry.kind in _SOURCED and entry.get("status") not in {"draft", "withdrawn"} and not entry.get("sources"):
        yield Problem("no-source", Place(entry.source, ("sources",)), "没有资料来源")
    summary = entry.get("summary") or ""
    found = _BOASTING.match(summary)
    if found:
        yield Problem("boastful-start", Place(entry.source, ("summary",)), f"简介以套话{quoted(found[0])}开头")
    if entry.get("status") == "notice":
        yield from _of_notice(entry)
    for number, consent in enumerate(entry.get("consent", ())):
        if consent.minor and not consent.guardian:
            yield Problem("bad-consent", Place(entry.source, ("consent", number)), "未成年人的同意没有写监护人")
    for number, report in enumerate(entry.get("reports", ())):
        for name, said in disagreements(report):
            yield Problem("report-numbers", Place(entry.source, ("reports", number, name)), said)


def _of_result(entry: Entry) -> Iterator[Problem]:
    if len(entry.title) > LONGEST_TITLE:
        message = f"标题有 {len(entry.title)} 个字，超过 {LONGEST_TITLE} 个"
        yield Problem("long-title", Place(entry.source, ("title",)), message)
    points = len(entry.data.innovation_points)
    if points > MOST_POINTS:
        message = f"创新点有 {points} 条，超过 {MOST_POINTS} 条"
        yield Problem("many-points", Place(entry.source, ("innovation_points",)), message)
    grades = [given.grade for given in entry.data.awards if rank_of(given.grade) in MOST_PEOPLE]
    if grades:
        best = min(grades, key=rank_of)
        most, people = MOST_PEOPLE[rank_of(best)], _people(entry)
        if people > most:
            message = f"完成人有 {people} 人，{quoted(best)}最多 {most} 人"
            yield Problem("many-people", Place(entry.source, ("people",)), message)


def _people(entry: Entry) -> int:
    """How many people are credited; ``张三等12人`` says it in words."""
    credits = [credit.person for credit in entry.data.people]
    said = [int(found[1]) for name in credits if (found := _ET_AL.search(name))]
    return max([len(credits), *said])


def _of_notice(entry: Entry) -> Iterator[Problem]:
    period = entry.get("notice")
    if period is None or period.end is None:
        message = "状态是公示，但没有写明公示期" if period is None else "公示期没有写结束日期"
        place = Place(entry.source, ("status",) if period is None else ("notice",))
        yield Problem("notice-over", place, message, "写上 公示期：开始、结束；公示结束后把状态改为 published")
