"""What unions reported of a festival comes in; the table that sums it up goes out, a union a row, totals at the end."""

from collections.abc import Iterator, Sequence

from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.participation import Line, lines_of
from site_builder.model.declaration import DeclaredField
from site_builder.model.entry import Entry
from site_builder.model.reports import COUNTED, ActivityReport, number_in
from site_builder.sheets.listing import Listing, Value

FORM = "活动情况统计表"
_WIDTH = 10


def tally(catalogue: Catalogue, *, edition: str = "") -> Listing:
    """The table of all reports of a festival, in the order of the unions; of all festivals where none is named."""
    found = tuple(reports_of(catalogue, edition))
    festivals = tuple(dict.fromkeys(event_name(catalogue, report) for _, report in found))
    title = f"{festivals[0] if len(festivals) == 1 else ''}{FORM}（汇总）"
    headings = ("序号", "工会名称", "活动", *(field.declared.label for field in COUNTED), "特色活动")
    widths = (6, 26, 24, *(_WIDTH for _ in COUNTED), 40)

    def rows() -> Iterator[Sequence[Value]]:
        for number, (union, report) in enumerate(found, 1):
            answers = [_shown(field, report) for field in COUNTED]
            yield [number, union.title, event_name(catalogue, report), *answers, report.special]
        if found:
            yield ["合计", f"{len({union.key for union, _ in found})} 家工会", None, *totals(found), None]

    return Listing("统计", title, headings, widths, rows, totals=True)


def reports_of(catalogue: Catalogue, edition: str) -> Iterator[tuple[Entry, ActivityReport]]:
    """Unions with those of their reports that belong to an edition: its id, or the festival's id, name or session."""
    for key in catalogue.of_kind("union"):
        union = catalogue.entries[key]
        for report in union.data.reports:
            if not edition or edition in words_for(catalogue, report):
                yield union, report


def words_for(catalogue: Catalogue, report: ActivityReport) -> frozenset[str]:
    """All words that name the festival of a report, or the edition it belongs to."""
    words = {report.event, report.edition or ""}
    key = catalogue.registry.key_for(("event",), report.event)
    if key:
        event = catalogue.entries[key]
        words |= {event.id, event.title, event.data.session or ""}
    return frozenset(words - {""})


def event_name(catalogue: Catalogue, report: ActivityReport) -> str:
    """The festival's title."""
    key = catalogue.registry.key_for(("event",), report.event)
    return catalogue.entries[key].title if key else report.event


def totals(found: Sequence[tuple[Entry, ActivityReport]]) -> list[Value]:
    """For each line the sum of its numbers; a line that nobody counted says how many unions answered yes."""
    return [_total(line) for line in lines_of(report for _, report in found)]


def _total(line: Line) -> Value:
    if not line.yes:
        return line.total
    return f"{line.yes} 家填“是”" if line.total is None else f"{line.total}，另有 {line.yes} 家填“是”"


def _shown(field: DeclaredField, report: ActivityReport) -> Value:
    number = number_in(field, report)
    value: Value = getattr(report, field.name)
    return number if number is not None else value
