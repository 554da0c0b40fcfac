"""Entries with a notice period (公示) come in; periods that run, ended or are too short, and entries published too early, go out."""

from collections.abc import Iterator
from datetime import date

from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.model.wording import date_words
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import HOLDERS, Inspection
from site_builder.rules.table import rule_named


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for all notices of the exhibition, one for each award that says how long they run."""
    noticed = [entry for entry in inspection.shown(*HOLDERS) if entry.data.notice and entry.data.notice.end]
    found = tuple(one for entry in noticed for one in _state(inspection, entry))
    running = sum(entry.data.status == "notice" for entry in noticed)
    source = rule_named("published-in-notice").reference
    yield Outcome("", "公示结束以后才发布", source, f"有公示期的条目 {len(noticed)} 个，其中公示中 {running} 个", found)
    for award in inspection.shown("award"):
        for demand in award.data.demands:
            if demand.measure == "公示天数" and demand.least is not None:
                won = {one.entry.key: one.entry for each in inspection.sittings_of(award).values() for one in each}
                short = tuple(
                    one for entry in won.values() for one in _short(entry, least=int(demand.least), basis=demand.basis)
                )
                yield Outcome(award.key, demand.words, demand.basis, f"核对了 {len(won)} 项", short)


def _state(inspection: Inspection, entry: Entry) -> Iterator[Finding]:
    end, place = entry.data.notice.end, Place(entry.source, ("notice",))
    over = last_day(end) < inspection.as_of
    if entry.data.status == "notice" and over:
        yield finding("notice-ended", place, says=f"“{entry.title}”的公示到{date_words(end)}已经结束，状态还是公示")
    elif entry.data.status == "notice":
        yield finding("notice-running", place, says=f"“{entry.title}”公示到{date_words(end)}")
    elif entry.data.status == "published" and not over:
        yield finding("published-in-notice", place, says=f"“{entry.title}”公示到{date_words(end)}，已经发布")


def _short(entry: Entry, *, least: int, basis: str) -> Iterator[Finding]:
    notice = entry.data.notice
    if notice is None or notice.end is None or len(notice.start) < 10 or len(notice.end) < 10:
        return
    days = (date.fromisoformat(notice.end) - date.fromisoformat(notice.start)).days + 1
    if days < least:
        message = f"“{entry.title}”公示 {days} 天，规定不少于 {least} 天"
        yield finding("notice-short", Place(entry.source, ("notice",)), says=message, basis=basis)


def last_day(when: str) -> str:
    """The last ISO day that a date of any precision may mean; ``2024-02`` gives the 31st, which compares as well."""
    return f"{when}{'-12-31'[(len(when) - 4) :]}" if len(when) < 10 else when
