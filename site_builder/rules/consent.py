"""Entries that name or show people come in; portraits and films without consent and names without a public list go out.

What entitles to publish is decided in ``catalogue/basis.py``; here it is only reported.
"""

from collections.abc import Iterator

from site_builder.catalogue.basis import Shown, shown_of
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import HOLDERS, Inspection
from site_builder.rules.table import rule_named

_LISTED = frozenset({"craftsman", "project", "method"})
"""Kinds whose people are expected on a list of honours."""


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for portraits and films, one for names; of each entry the first that is amiss."""
    editions = {entry.id: entry for entry in inspection.shown("edition")}
    shown = {
        entry.key: tuple(shown_of(entry, editions, as_of=inspection.as_of)) for entry in inspection.shown(*HOLDERS)
    }
    faces = [found for several in shown.values() if (found := [one for one in several if one.scope != "name"])]
    names = [found for several in shown.values() if (found := [one for one in several if one.scope == "name"])]
    source = rule_named("portrait-without-consent").reference
    without = tuple(
        _without_consent(found) for several in faces if (found := [one for one in several if not one.basis])
    )
    yield Outcome("", "公开肖像要有本人同意", source, f"有肖像的条目 {len(faces)} 个", without)
    source = rule_named("person-unlisted").reference
    unlisted = tuple(one for several in names for one in _unlisted(several))
    yield Outcome("", "写明姓名的，出自公开的荣誉名单并有出处", source, f"写明姓名的条目 {len(names)} 个", unlisted)


def _without_consent(several: list[Shown]) -> Finding:
    one = several[0]
    what = "影像" if one.scope == "film" else "肖像"
    return finding("portrait-without-consent", Place(one.entry.source, one.field), says=f"“{one.entry.title}”有{what}")


def _unlisted(several: list[Shown]) -> Iterator[Finding]:
    entry, bases = several[0].entry, {one.basis.name for one in several}
    if "" in bases:
        yield finding("person-unsourced", Place(entry.source, ("sources",)), says=f"“{entry.title}”写了人名，没有出处")
    elif "report" in bases and entry.kind in _LISTED:
        message = f"“{entry.title}”写了人名，出处不是荣誉名单"
        yield finding("person-unlisted", Place(entry.source, ("sources",)), says=message)
