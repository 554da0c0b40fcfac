"""What unions reported of an event comes in; each line of the form, summed up over all of them, goes out."""

from collections.abc import Iterable, Iterator

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.declaration import DeclaredField
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.reports import COUNTED, ActivityReport, number_in


@frozen
class Line:
    """One line of the 活动情况统计表 over all unions that sent one."""

    name: str
    label: str
    yes: int
    """Unions that answered yes and gave no number."""
    counted: int
    """Unions that gave a number above nought."""
    total: int | None
    """The sum of all numbers; None where nobody gave one."""

    @property
    def unions(self) -> int:
        """How many did it."""
        return self.yes + self.counted


def reports_on(catalogue: Catalogue, event: Entry) -> Iterator[ActivityReport]:
    """The reports that name an event by its id or, as the forms do, by its title; union by union in list order."""
    for key in catalogue.of_kind("union"):
        for report in catalogue.entries[key].data.reports:
            if report.event == event.title or catalogue.registry.key_for(("event",), report.event) == event.key:
                yield report


def lines_of(reports: Iterable[ActivityReport]) -> tuple[Line, ...]:
    """Every line of the form in its order, those that nobody filled in included."""
    everything = tuple(reports)
    return tuple(_line(field, everything) for field in COUNTED)


def _line(field: DeclaredField, reports: tuple[ActivityReport, ...]) -> Line:
    numbers = [number for report in reports if (number := number_in(field, report)) is not None]
    return Line(
        field.name,
        field.declared.label,
        yes=sum(getattr(report, field.name) == "是" for report in reports),
        counted=sum(number > 0 for number in numbers),
        total=sum(numbers) if numbers else None,
    )
