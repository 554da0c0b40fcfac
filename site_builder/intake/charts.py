"""The root of an exhibition comes in; the charts under content/charts go out, with everything that is wrong in them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from site_builder.intake.documents import read_document
from site_builder.intake.folders import is_ignored
from site_builder.intake.messages import problem_of
from site_builder.intake.shapes import nearest, shape_of
from site_builder.intake.yaml_text import parse
from site_builder.model.charts import Bar, Chart, ChartData, ChartRow
from site_builder.model.entry import Record, is_id
from site_builder.model.pages import Link
from site_builder.model.problems import Place, Problem
from site_builder.model.values import Source
from site_builder.model.wording import date_words, plain_number

CHARTS = "content/charts"
FEW = 5
_PERSONS = frozenset({"人", "名", "位"})
_PERCENT = frozenset({"%", "％", "百分比"})


def read_charts(root: Path) -> tuple[Mapping[str, Chart], tuple[Problem, ...]]:
    """Charts by id (the name of the file) and all problems; a chart with problems is left out."""
    charts: dict[str, Chart] = {}
    problems: list[Problem] = []
    for path in sorted((root / CHARTS).glob("*")):
        source = f"{CHARTS}/{path.name}"
        if is_ignored(path.name):
            continue
        data, faults = _read(root, source)
        problems += faults
        if data is not None and not faults:
            charts[path.stem] = _chart(path.stem, data)
    return MappingProxyType(charts), tuple(problems)


def _read(root: Path, source: str) -> tuple[ChartData | None, tuple[Problem, ...]]:
    path = Path(source)
    if path.suffix != ".yml":
        return None, (Problem("unknown-file", Place(source, (), 1, 1), "图表的数据应当是 .yml 文件，这个文件不会展出"),)
    if not is_id(path.stem):
        return None, (Problem("bad-id", Place(source, (), 1, 1), f"图表编号（文件名）“{path.stem}”不合规则"),)
    document, faults = read_document(root, source)
    if document is None:
        return None, faults
    shape = shape_of(ChartData)
    parsed = parse(document.yaml, shape, source=source, line=document.line)
    record = Record(source, "chart", path.stem, parsed.fields, parsed.places, "", 0)
    faults = (*faults, *parsed.problems)
    try:
        data = _adapter().validate_python(parsed.fields)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, (*faults, *(problem_of(detail, record, shape=shape) for detail in details))
    return data, (*faults, *_senseless(data, record))


@cache
def _adapter() -> TypeAdapter[ChartData]:
    return TypeAdapter(ChartData)


def _senseless(data: ChartData, record: Record) -> Iterator[Problem]:
    """What no single field shows: nothing to draw, a label drawn twice, a share above the whole."""
    if not data.rows:
        yield _fault(record, ("rows",), message="图表没有数据")
    if not data.sources:
        yield _fault(record, ("sources",), message="图表没有写明来源")
    seen: set[str] = set()
    for index, row in enumerate(data.rows):
        if row.label in seen:
            yield _fault(record, ("rows", index, "label"), message=f"“{row.label}”写了两次")
        seen.add(row.label)
        if data.unit in _PERCENT and row.value > 100:
            yield _fault(record, ("rows", index, "value"), message=f"占比 {plain_number(row.value)} 超过 100")


def _fault(record: Record, path: tuple[str | int, ...], *, message: str) -> Problem:
    return Problem("bad-chart", Place(record.source, path, *nearest(record.places, path)), message)


def _chart(name: str, data: ChartData) -> Chart:
    source = "；".join(_source_words(source) for source in data.sources)
    bars = tuple(_bar(row, data.unit or "") for row in data.rows)
    return Chart(name, data.title, data.description, ("项目", data.measure), bars, source)


def _source_words(source: Source) -> str:
    return "，".join(part for part in (source.outlet, source.title, date_words(source.date)) if part)


def _bar(row: ChartRow, unit: str) -> Bar:
    """As the source says it; fewer than five persons are neither counted nor drawn, for they could be found out."""
    if unit in _PERSONS and row.value < FEW:
        return Bar(Link(row.label), (f"不足 {FEW} {unit}",), 0)
    joint = "" if unit in _PERCENT else " "
    return Bar(Link(row.label), (row.text or f"{plain_number(row.value)}{joint}{unit}".strip(),), row.value)
