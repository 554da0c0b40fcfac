"""A plan and the books it was made of come in; the books go out as workbooks in which every problem stands at its cell."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from site_builder.exchange.extraction import SheetReport
from site_builder.exchange.plan import Plan
from site_builder.exchange.planning import near_names
from site_builder.intake.reporting import mend_of
from site_builder.model.problems import Problem, sentence
from site_builder.sheets.marking import Remark, mark_workbook, write_marked
from site_builder.sheets.sheet import Book


def write_reports(plan: Plan, books: Iterable[tuple[Path, Book]], *, target: Path) -> tuple[Path, ...]:
    """One workbook for each book that has entries or problems; several books are numbered behind the target's name."""
    problems = (*plan.problems, *near_names(plan.questions))
    several = [(path, book) for path, book in books if _concerns(book, plan, problems=problems)]
    written = []
    for number, (path, book) in enumerate(several, 1):
        place = target if len(several) == 1 else target.with_name(f"{target.stem}-{number}-{path.stem}{target.suffix}")
        remarks = [remark_of(one, book) for one in problems if one.place.path == book.path]
        headers = {one.sheet: one.header[-1] if one.header else 1 for one in _reports(plan.reports, book)}
        place.parent.mkdir(parents=True, exist_ok=True)
        if book.form == "xlsx":
            mark_workbook(path, place, remarks=remarks, headers=headers)
        else:
            write_marked(book, place, remarks=remarks, headers=headers)
        written.append(place)
    return tuple(written)


def remark_of(problem: Problem, book: Book) -> Remark:
    """A problem as a remark in the sheet that its place names; of the file as a whole, in the first sheet."""
    names = sorted((sheet.name for sheet in book.sheets), key=len, reverse=True)
    own = next(
        (name for name in names if problem.place.cell.startswith(f"{name}!")),
        book.sheets[0].name if book.sheets else "",
    )
    text = f"{sentence(problem.message)}{mend_of(problem)}"
    return Remark(own, problem.place.line, problem.place.column, problem.severity.value, text)


def _concerns(book: Book, plan: Plan, *, problems: Iterable[Problem]) -> bool:
    return any(one.place.path == book.path for one in problems) or any(
        one.entries for one in _reports(plan.reports, book)
    )


def _reports(reports: Iterable[SheetReport], book: Book) -> list[SheetReport]:
    return [one for one in reports if one.file == book.path]


def counts(plan: Plan) -> Mapping[str, int]:
    """How many entries meet which fate."""
    return {action.value: number for action, number in plan.steps.counted().items()}
