"""Entries that name or show people come in; portraits without consent and names without a public list go out."""

from collections.abc import Iterator

from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import HOLDERS, Inspection
from site_builder.rules.table import rule_named

_PORTRAIT = frozenset({"肖像", "portrait"})


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for portraits, one for names."""
    entries = tuple(inspection.shown(*HOLDERS))
    shown = [entry for entry in entries if _portraits(entry)]
    found = tuple(_without_consent(entry) for entry in shown if not entry.data.consent)
    source = rule_named("portrait-without-consent").reference
    yield Outcome("", "公开肖像要有本人同意", source, f"有肖像的条目 {len(shown)} 个", found)
    named = [entry for entry in entries if _names_people(entry)]
    unlisted = tuple(one for entry in named for one in _unlisted(entry))
    source = rule_named("person-unlisted").reference
    yield Outcome("", "写明姓名的，出自公开的荣誉名单并有出处", source, f"写明姓名的条目 {len(named)} 个", unlisted)


def _portraits(entry: Entry) -> tuple[tuple[str | int, ...], ...]:
    """The fields that show a portrait; a picture with a licence of its own is settled."""
    own: tuple[tuple[str | int, ...], ...] = (("portrait",),) if entry.get("portrait") else ()
    pictures = enumerate(entry.data.pictures)
    return (*own, *(("pictures", at) for at, one in pictures if one.role in _PORTRAIT and not one.licence))


def _without_consent(entry: Entry) -> Finding:
    return finding("portrait-without-consent", Place(entry.source, _portraits(entry)[0]), says=f"“{entry.title}”有肖像")


def _names_people(entry: Entry) -> bool:
    return entry.kind == "craftsman" or any(entry.get(field) for field in ("people", "leads", "members", "leader"))


def _unlisted(entry: Entry) -> Iterator[Finding]:
    if entry.data.consent:
        return
    honours = entry.get("awards", ()) or entry.get("honours", ()) or entry.get("levels", ())
    if not entry.data.sources:
        yield finding("person-unsourced", Place(entry.source, ("sources",)), says=f"“{entry.title}”写了人名，没有出处")
    elif not honours and entry.kind in {"craftsman", "project", "method"}:
        message = f"“{entry.title}”写了人名，出处不是荣誉名单"
        yield finding("person-unlisted", Place(entry.source, ("sources",)), says=message)
