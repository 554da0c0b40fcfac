"""All organisations, described or only named, come in; names that look like one organisation go out."""

from collections import defaultdict
from collections.abc import Iterator

from site_builder.model.entry import Entry
from site_builder.model.problems import Place
from site_builder.rules.finding import Finding, Outcome, finding
from site_builder.rules.inspection import Inspection
from site_builder.rules.table import rule_named
from site_builder.rules.titles import bare_organisation


def check(inspection: Inspection) -> Iterator[Outcome]:
    """One outcome for all names of organisations."""
    catalogue = inspection.catalogue
    by_name: dict[str, dict[str, Entry]] = defaultdict(dict)
    keys = catalogue.of_kind("organisation")
    for key in keys:
        entry = catalogue.entries[key]
        for name in (entry.title, *entry.data.names, *filter(None, [entry.data.short_name])):
            by_name[bare_organisation(name)].setdefault(key, entry)
    found = tuple(
        one for same in by_name.values() if len(same) > 1 for one in _variants(inspection, tuple(same.values()))
    )
    source = rule_named("organisation-variants").reference
    yield Outcome("", "一家单位一个名称", source, f"比较了 {len(keys)} 家单位", found)


def _variants(inspection: Inspection, same: tuple[Entry, ...]) -> Iterator[Finding]:
    """Said once, where the last of the names stands."""
    places = [place for entry in same if (place := _place(inspection, entry))]
    if places:
        names = "、".join(f"“{entry.title}”" for entry in same)
        yield finding("organisation-variants", places[-1], says=f"{names}像是同一家单位")


def _place(inspection: Inspection, entry: Entry) -> Place | None:
    """Its own file, else the first entry that names it."""
    if entry.source:
        return Place(entry.source, ("name",))
    for key, field in inspection.catalogue.backlinks.get(entry.key, ()):
        source = inspection.catalogue.entries[key].source
        if source:
            return Place(source, (field,))
    return None
