"""People and groups come in; those that one programme named twice in the same session go out."""

from collections import defaultdict
from collections.abc import Iterator

from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection, Won
from site_builder.rules.table import rule_named
from site_builder.rules.titles import bare

_NAMED = frozenset({"craftsman", "studio", "base", "team"})


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for all programmes together, for every one of them names nobody twice."""
    found: list[Finding] = []
    total = 0
    for award, sittings in inspection.sittings.items():
        title = inspection.catalogue.entries[award].title
        for session, won in sittings.items():
            named = [one for one in won if one.entry.kind in _NAMED]
            total += len(named)
            found += _twice(inspection, named, said=f"“{title}”{session}")
    source = rule_named("named-twice").reference
    yield Outcome("", "同一届不重复命名", source, f"核对了 {total} 次命名", tuple(found))


def _twice(inspection: Inspection, named: list[Won], *, said: str) -> Iterator[Finding]:
    by_name: dict[tuple[str, ...], list[Won]] = defaultdict(list)
    for one in named:
        by_name[_identity(inspection, one)].append(one)
    for same in by_name.values():
        for again in same[1:]:
            other = same[0].entry
            where = "，同一文件里写了两次" if other is again.entry else f"，另一处在 {other.source}"
            yield finding("named-twice", again.place, says=f"{said}命名了两次“{again.entry.title}”{where}")


def _identity(inspection: Inspection, one: Won) -> tuple[str, ...]:
    """Kind and name; people of one name at different organisations are different people, entries of one file the same."""
    entry = one.entry
    employer = entry.get("organisation")
    house = (
        inspection.named(("organisation",), employer) if employer else "" if entry.kind != "craftsman" else entry.key
    )
    return entry.kind, bare(entry.title), house, one.honour.grade or ""
