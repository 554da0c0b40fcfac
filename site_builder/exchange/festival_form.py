"""The rows of a 活动情况统计表 come in; the answers of one union go out, each with its cell, as an import reads them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

from site_builder.exchange.headings import Fate, Match
from site_builder.exchange.raw import Filled
from site_builder.exchange.wording import key_of
from site_builder.model.declaration import fields_of
from site_builder.model.reports import ActivityReport
from site_builder.sheets.sheet import Cell

LIKE = 0.72
"""How alike a line and the printed question must be; another festival's name makes about 0.8."""
_FEWEST = 5
"""Lines that make it this form."""
_TITLE = re.compile(r"(?<!\S)(?P<festival>(?>\S*?科技节)\S*?)(?:群众性)?(?:科技创新)?活动情况统计表")
_UNIT = re.compile(r"^(?:填报)?单位(?:名称)?(?:[（(]盖?章?[)）])?[:：]\s*(?P<unit>\S+)")
_YES = re.compile(r"^(?:是|有|√|✓|✔|☑|■|☑\s*是.*|√\s*是?)$")
_NO = re.compile(r"^(?:否|无|没有|×|✗|✘|☒)$")
_NUMBER = re.compile(r"\d+")


def statistics_in(rows: Sequence[Sequence[Cell]]) -> tuple[Filled, ...]:
    """Union, festival and answers; nothing where the rows are not this form."""
    if not any(_TITLE.search(cell.text) for row in rows for cell in row):
        return ()
    lines = list(_lines(rows))
    if len(lines) < _FEWEST:
        return ()
    answers = [one for name, row in lines for one in _answers(name, row)]
    return (*_heads(rows), *answers)


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Name of the field and the cells from the question on, for every row that asks one of the questions."""
    for row in rows:
        own = [cell for cell in row if not cell.carried]
        for place, cell in enumerate(own):
            name = _asked(cell.text)
            if name:
                yield name, tuple(own[place:])
                break


def _asked(text: str) -> str:
    """The field that a printed question fills; empty for any other text."""
    key = key_of(text.partition("：")[0])
    if not 6 <= len(key) <= 60:
        return ""
    ratios = [(SequenceMatcher(None, key, question, autojunk=False).ratio(), name) for question, name in _questions()]
    ratio, name = max(ratios)
    return name if ratio >= LIKE else ""


@cache
def _questions() -> tuple[tuple[str, str], ...]:
    fields = (field for field in fields_of(ActivityReport) if field.name not in {"event", "edition"})
    return tuple((key_of(heading), field.name) for field in fields for heading in field.declared.headings)


def _answers(name: str, row: tuple[Cell, ...]) -> Iterator[Filled]:
    question, cells = row[0], row[1:]
    if name == "special":
        _, _, inside = question.text.partition("：")
        said = next((cell for cell in cells if cell.text), None)
        if inside.strip() or said:
            yield _filled(
                question, "special", cell=replace(said or question, value=said.text if said else inside.strip())
            )
        return
    yes, number = (*cells, None, None)[:2]
    numbers = [one for cell in (number, yes) if cell for one in _NUMBER.findall(cell.text.replace(",", ""))]
    if numbers:
        at = number or yes or question
        yield _filled(question, name, cell=replace(at, value=numbers[0]))
        if name == "contests" and len(numbers) > 1:
            yield _filled(question, "contestants", cell=replace(at, value=numbers[1]))
    elif yes and yes.text:
        text = "是" if _YES.match(yes.text) else "否" if _NO.match(yes.text) else yes.text
        yield _filled(question, name, cell=replace(yes, value=text))


def _heads(rows: Sequence[Sequence[Cell]]) -> Iterator[Filled]:
    """The union that reports, and the festival named in the title."""
    found: dict[str, Filled] = {}
    for cell in (cell for row in rows for cell in row if cell.text and not cell.carried):
        unit, title = _UNIT.match(cell.text), _TITLE.search(cell.text)
        if unit and "unit" not in found:
            match = Match("单位", Fate.FIELD, ("name",))
            found["unit"] = Filled(match, replace(cell, value=unit["unit"]))
        elif title and "event" not in found:
            match = Match("活动", Fate.FIELD, ("reports", "event"))
            found["event"] = Filled(match, replace(cell, value=title["festival"]))
    yield from found.values()


def _filled(question: Cell, name: str, *, cell: Cell) -> Filled:
    return Filled(Match(question.text, Fate.FIELD, ("reports", name)), cell)
