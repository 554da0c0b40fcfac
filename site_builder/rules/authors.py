"""Awards that restrict first authors come in; winners whose first author may not be, or is too often, go out."""

import re
from collections import defaultdict
from collections.abc import Iterator

from site_builder.model.demands import Demand
from site_builder.model.entry import Entry
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import RESULTS, Inspection, Won, first_author

_PARTS = re.compile(r"[、，,;；/／\s]+")


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for each demand on first authors; who is named in person counts as the first author."""
    for award in inspection.shown("award"):
        won = [one for each in inspection.sittings_of(award).values() for one in each]
        for demand in award.data.demands:
            if demand.measure == "第一完成人不含":
                found = [one for each in won for one in _excluded(inspection, each, demand=demand)]
                yield Outcome(award.key, demand.words, demand.basis, f"核对了 {len(won)} 项", tuple(found))
            elif demand.measure == "每人任第一完成人次数" and demand.most is not None:
                yield Outcome(
                    award.key,
                    demand.words,
                    demand.basis,
                    f"核对了 {len(won)} 项",
                    tuple(_too_often(inspection, award, demand=demand)),
                )


def _excluded(inspection: Inspection, won: Won, *, demand: Demand) -> Iterator[Finding]:
    name, posts = _posts(inspection, won.entry)
    barred = next((post for post in posts if post in demand.values), None)
    if barred:
        who = f"“{won.entry.title}”的第一完成人{name}" if won.entry.kind in RESULTS else f"“{name}”"
        message = f"{who}是{barred}，“{won.honour.award}”要求{demand.words}"
        yield finding("author-excluded", won.place, says=message, basis=demand.basis)


def _posts(inspection: Inspection, entry: Entry) -> tuple[str, tuple[str, ...]]:
    """The first author's name and every post that the files give: the part in the work, the trade of the person's entry."""
    if entry.kind not in RESULTS:
        return entry.title, tuple(_PARTS.split(entry.get("trade") or ""))
    first = first_author(entry)
    if first is None:
        return "", ()
    person = inspection.entry_of(("craftsman",), first.person)
    words = " ".join(filter(None, (first.role, person.get("trade") if person else None)))
    return person.title if person else first.person, tuple(_PARTS.split(words))


def _too_often(inspection: Inspection, award: Entry, *, demand: Demand) -> Iterator[Finding]:
    for name, won in inspection.sittings_of(award).items():
        by_author: dict[str, dict[str, Won]] = defaultdict(dict)
        for one in won:
            first = first_author(one.entry)
            if first:
                by_author[inspection.named(("craftsman",), first.person)].setdefault(one.entry.key, one)
        for found in by_author.values():
            works, most = tuple(found.values()), int(demand.most or 0)
            if len(works) > most:
                person = _posts(inspection, works[most].entry)[0]
                titles = "、".join(f"“{one.entry.title}”" for one in works[:4])
                message = f"{person}在“{award.title}”{name}任 {len(works)} 项成果的第一完成人：{titles}，限 {most} 项"
                yield finding("author-too-often", works[most].place, says=message, basis=demand.basis)
