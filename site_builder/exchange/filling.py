"""An entry as a sheet says it comes in; its fields as a file holds them go out, with the cell of each and all faults."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic_core import PydanticCustomError

from site_builder.exchange.cells import form_of, head_of
from site_builder.exchange.columns import BODY, ID, Path, field_at
from site_builder.exchange.completing import completed
from site_builder.exchange.kind_guess import label_of
from site_builder.exchange.lists import is_cleared, is_empty, items_of
from site_builder.exchange.notation import in_notation, judged, read
from site_builder.exchange.people import whole_name
from site_builder.exchange.raw import Filled, Raw, emptied, placed
from site_builder.exchange.scalars import Misread, line_read
from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen
from site_builder.model.privacy import personal_in
from site_builder.model.problems import Problem
from site_builder.sheets.separated import FORMULA
from site_builder.sheets.sheet import Cell
from site_builder.sheets.sheet_pictures import CELL_PICTURE


@frozen
class Candidate:
    """An entry that a sheet proposes: plain texts, lists and mappings, and where each field stands."""

    raw: Raw
    fields: Mapping[str, Any]
    cells: Mapping[str, Cell]
    """Top-level field → the place of its first cell."""
    problems: tuple[Problem, ...]
    id: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What a new entry gets where the sheet says nothing: edition and status of the command line."""
    source: str = ""
    """Source of the entry where its fields name none: the title of the sheet."""
    body: str = ""
    captions: tuple[str, ...] = ()
    """图片说明, for the pictures that come along."""
    cleared: frozenset[Path] = frozenset()
    """Fields, or parts of them, that the sheet takes away: 清空."""
    whole: frozenset[str] = frozenset()
    """Fields that the sheet gives complete, in our own notation; of the others it may leave parts unsaid."""

    @property
    def edition(self) -> str:
        """The edition that its identity depends on; of other kinds than results, none."""
        given = self.fields.get("edition") or self.defaults.get("edition") or ""
        return str(given) if self.kind == "project" else ""

    @property
    def title(self) -> str:
        """Its title or name, empty where the sheet has none."""
        return str(self.fields.get(self.raw.kind.title_field, ""))

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.raw.kind.name


@dataclass
class _Work:
    raw: Raw
    fields: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    special: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cleared: set[Path] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    series: dict[str, list[tuple[int, list[Any]]]] = field(default_factory=dict)
    """Lists of a series of columns: 第一完成人, 第二完成人."""


def candidate_of(raw: Raw) -> Candidate:
    """The fields of one entry; what is wrong with a cell is a problem at that cell."""
    work = _Work(raw)
    _cells(work, raw.cells)
    for group in raw.more:
        _cells(work, group, further=True)
    for name, parts in work.series.items():
        work.fields[name] = _in_line(parts, work.fields.get(name, []))
    work.problems += completed(raw, work.fields, cells=work.cells)
    captions = tuple(str(one["caption"]) for one in work.fields.get("pictures", ()) if set(one) == {"caption"})
    if captions:
        del work.fields["pictures"]
    kept = {name: value for name, value in work.fields.items() if value not in ("", [], {})}
    special = work.special
    return Candidate(
        emptied(raw),
        kept,
        {name: placed(cell) for name, cell in work.cells.items()},
        tuple(work.problems),
        id=special.get(ID, ""),
        body=special.get(BODY, ""),
        captions=captions,
        cleared=frozenset(path for path in work.cleared if len(path) > 1 or path[0] not in kept),
        whole=frozenset(work.whole),
    )


def _in_line(parts: list[tuple[int, list[Any]]], others: list[Any]) -> list[Any]:
    """A series of columns in its order; 其他完成人 comes behind 第一完成人, and 主要完成人 before 第二完成人."""
    ordered = [item for _, items in sorted(parts, key=lambda part: part[0]) for item in items]
    first, then = (ordered, others) if min(number for number, _ in parts) == 1 else (others, ordered)
    return [*first, *(one for one in then if one not in first)]


def _cells(work: _Work, cells: Sequence[Filled], *, further: bool = False) -> None:
    """One row: the columns of one record make up one record of this row."""
    columns: dict[tuple[str, int], list[tuple[Path, Filled, str]]] = {}
    parted = {one.match.path[0] for one in cells if len(one.match.path) > 1 and one.cell.text}
    for filled in cells:
        path, text = filled.match.path, _text(work, filled)
        if not path or (text is None):
            continue
        if is_cleared(text):
            _clear(work, filled)
            continue
        if isinstance(filled.cell.value, tuple):
            _put_objects(work, path, filled=filled)
        elif path in (ID, BODY):
            work.special[path] = text
        elif path[0] in parted and len(path) == 1 and _is_head(work, path, text=text):
            head = (path[0], head_of(field_at(work.raw.kind, path).record))
            named = replace(filled, match=replace(filled.match, path=head))
            columns.setdefault((path[0], filled.match.number), []).append((head, named, text))
        elif len(path) == 1:
            _put(work, path, filled=filled, text=text, further=further)
        else:
            columns.setdefault((path[0], filled.match.number), []).append((path, filled, text))
    for (name, _), parts in sorted(columns.items()):
        _put_records(work, name, parts=parts)


def _clear(work: _Work, filled: Filled) -> None:
    """The field goes; a name does not, nor does one year of several."""
    path, kind = filled.match.path, work.raw.kind
    if len(path) > 2 or path == ID:
        message = f"“{label_of(kind, path)}”不能用“清空”"
        work.problems.append(Problem("wrong-type", work.raw.at(filled.cell), message, "写上内容，或留空不改"))
    elif path != (kind.title_field,):
        headed = path != BODY and form_of(field_at(kind, path[:1])) == "records"
        whole = headed and path[1:] == (head_of(field_at(kind, path[:1]).record),)
        work.cleared.add(path[:1] if whole else path)
        work.cells.setdefault(path[0], filled.cell)


def _is_head(work: _Work, path: Path, *, text: str) -> bool:
    """获奖情况 beside 获奖等级 names the award alone; in our own notation, and in one record, it says everything."""
    return form_of(field_at(work.raw.kind, path)) == "records" and not in_notation(text)


def _text(work: _Work, filled: Filled) -> str | None:
    """The text of a cell, None where it says nothing or cannot be taken."""
    cell, said = filled.cell, label_of(work.raw.kind, filled.match.path)
    if cell.fault:
        words = (
            "像一个公式"
            if cell.fault == FORMULA
            else f"是公式错误 {cell.fault}"
            if cell.fault.startswith("#")
            else cell.fault
        )
        work.problems.append(Problem("cell-fault", work.raw.at(cell), f"“{said}”{words}"))
        return None
    text = cell.text
    if isinstance(cell.value, tuple):
        text = "；".join(str(part) for one in cell.value for part in one.values())
    if is_empty(text) or CELL_PICTURE.match(text):
        return None
    found = personal_in(text)
    if found and not (cell.carried and any(p.code == "private-data" for p in work.problems)):
        work.problems.append(Problem("private-data", work.raw.at(cell), f"“{said}”里有{found}，不能公开"))
        return None
    return None if found else text


def _put(work: _Work, path: Path, *, filled: Filled, text: str, further: bool) -> None:
    declared = field_at(work.raw.kind, path)
    name = path[0]
    if name == work.raw.kind.title_field:
        text = line_read(text)
        text = whole_name(text) if work.raw.kind.name == "craftsman" else text
    value = _read(work, filled, text=text)
    work.cells.setdefault(name, filled.cell)
    work.whole |= {name} if in_notation(text) else set()
    if form_of(declared) in {"list", "records"} and isinstance(value, list):
        if filled.match.number:
            work.series.setdefault(name, []).append((filled.match.number, value))
        else:
            work.fields[name] = [
                *work.fields.get(name, []),
                *(one for one in value if one not in work.fields.get(name, [])),
            ]
    elif isinstance(value, Mapping):
        if isinstance(held := work.fields.get(name) or {}, Mapping):
            work.fields[name] = {**held, **value}
    elif not further or name not in work.fields:
        work.fields[name] = value


def _read(work: _Work, filled: Filled, *, text: str) -> Any:
    declared = field_at(work.raw.kind, filled.match.path)
    try:
        own = None if isinstance(filled.cell.value, str) else filled.cell.value
        return read(text, declared, unit=filled.match.unit, value=own)
    except Misread as doubt:
        said = label_of(work.raw.kind, filled.match.path)
        work.problems.append(Problem(doubt.code, work.raw.at(filled.cell), f"“{said}”：{doubt.message}", doubt.hint))
        return ""


def _part(work: _Work, filled: Filled, *, text: str) -> Any:
    """A part of a record; what is wrong with it is told here, for validation knows the cell of the whole record only."""
    value = _read(work, filled, text=text)
    try:
        judged(value, field_at(work.raw.kind, filled.match.path))
    except PydanticCustomError as refusal:
        said = label_of(work.raw.kind, filled.match.path)
        message, _, hint = refusal.message().partition("。")
        work.problems.append(Problem(refusal.type, work.raw.at(filled.cell), f"“{said}”：{message}", hint))
        return ""
    return value


def _put_objects(work: _Work, path: Path, *, filled: Filled) -> None:
    """Objects of an online system: the words of their members are those of the record."""
    declared = field_at(work.raw.kind, path)
    objects = filled.cell.value if isinstance(filled.cell.value, tuple) else ()
    if declared.record is None:
        work.fields[path[0]] = ["；".join(str(v) for v in one.values() if v) for one in objects]
        return
    words = {
        word: part.name
        for part in fields_of(declared.record)
        for word in (part.declared.label, *part.declared.headings, part.name)
    }
    found = [{words[key]: value for key, value in one.items() if key in words and value} for one in objects]
    work.cells.setdefault(path[0], filled.cell)
    work.fields[path[0]] = [one for one in found if one] if form_of(declared) == "records" else (found or [{}])[0]


def _put_records(work: _Work, name: str, *, parts: list[tuple[Path, Filled, str]]) -> None:
    declared = field_at(work.raw.kind, (name,))
    work.cells.setdefault(name, parts[0][1].cell)
    if form_of(declared) == "record":
        if isinstance(holder := work.fields.get(name) or {}, dict):
            work.fields[name] = holder
            _fill_record(work, holder, parts=parts)
        return
    records = work.fields.setdefault(name, [])
    for row in _aligned(work, parts):
        record: dict[str, Any] = {}
        for path, filled, text in row:
            if text and (value := _part(work, filled, text=text)) != "":
                record[path[1]] = value
        if record and record not in records:
            records.append(record)


def _fill_record(work: _Work, holder: dict[str, Any], *, parts: list[tuple[Path, Filled, str]]) -> None:
    years: dict[int, dict[str, Any]] = {}
    for path, filled, text in parts:
        value = _part(work, filled, text=text)
        if value == "":
            continue
        if len(path) == 2:
            _settle(work, holder, path=path, filled=filled, value=value)
        else:
            years.setdefault(filled.match.number, {})[path[2]] = value
    for year, record in years.items():
        dated = record if "year" in record or not year else {"year": str(year), **record}
        holder.setdefault("by_year", []).append(dated)


def _settle(work: _Work, holder: dict[str, Any], *, path: Path, filled: Filled, value: Any) -> None:
    """Two cells may say one part, 起止时间 and 完成时间 its end: the nearer date stands, what differs is a fault."""
    held = str(holder.get(path[1], ""))
    if not held or str(value).startswith(held):
        holder[path[1]] = value
    elif not held.startswith(str(value)):
        said = "".join(filled.match.text.split())
        message = f"“{said}”写着“{value}”，同一项的另一格写着“{held}”，对不上"
        work.problems.append(Problem("wrong-type", work.raw.at(filled.cell), message, "改成一样的，或把一格空着"))


def _aligned(work: _Work, parts: list[tuple[Path, Filled, str]]) -> Iterator[list[tuple[Path, Filled, str]]]:
    """Several records in one row: 奖项 ``甲；乙`` beside 等级 ``一等奖；二等奖``."""
    lists = [items_of(text, separators="；;", blanks=True) for _, _, text in parts]
    most = max(len(items) for items in lists)
    if most == 1:
        yield parts
        return
    for (path, filled, _), items in zip(parts, lists, strict=True):
        if len(items) not in {1, most}:
            said = label_of(work.raw.kind, path)
            message = f"“{said}”有 {len(items)} 项，同一组的别的格子有 {most} 项，对不上"
            work.problems.append(
                Problem("wrong-type", work.raw.at(filled.cell), message, "每一项都写上，没有的写“—”，或分成几行")
            )
            return
    for place in range(most):
        yield [
            (path, filled, items[place if len(items) == most else 0])
            for (path, filled, _), items in zip(parts, lists, strict=True)
        ]
