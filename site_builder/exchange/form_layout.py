"""The rows of a form come in; label and value pairs go out, wherever the labels stand, and the records of its inner tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from site_builder.exchange.headings import Fate, Match, match_heading
from site_builder.exchange.raw import Filled
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.sheets.sheet import Cell

_PAIR = re.compile(r"^\s*(?P<label>[^：:\n]{2,30})[：:]\s*(?P<value>.*)$", re.DOTALL)
_LABEL_LINE = re.compile(r"^\s*+(?P<label>[^\n]{2,30}?)\s*\n(?P<value>.+)$", re.DOTALL)
_TITLE = re.compile(r"(?:申报|推荐|审批|登记|申请|汇总|统计|报名)(?:表|书)\s*(?:[（(].*[)）])?$")
_STRANGE = re.compile(r"[\u3400-\u9fff（）()／/、 \u3000\n]{2,20}")
"""What a label may look like that is none of ours: short words without a number or the end of a sentence."""
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]\s*\S[^。；;，,：:\n]{0,24}$")
"""A line that begins a section: what follows it does not belong to the section above."""
_GAP = re.compile(r"[ \u3000]{3,}|\t+")


@dataclass
class _Found:
    cells: list[Filled] = field(default_factory=list)
    groups: list[tuple[Filled, ...]] = field(default_factory=list)
    waiting: Match | None = None
    """A label whose text follows in the rows below."""
    strange: list[Match] = field(default_factory=list)
    """What stands where labels stand, and means nothing here."""


@frozen
class Form:
    """A filled form."""

    title: str
    cells: tuple[Filled, ...]
    groups: tuple[tuple[Filled, ...], ...]
    """Records of inner tables, each with its cells."""
    strange: tuple[Match, ...] = ()
    """Labels that mean nothing here, though something is written beside them."""

    @property
    def filled(self) -> int:
        """How many different fields it fills."""
        pairs = (one for one in self.cells if one.match.fate is Fate.FIELD and one.cell.text)
        return len({one.match.path for one in pairs}) + bool(self.groups)


def title_of(rows: Sequence[Sequence[Cell]]) -> str:
    """The line that says which form it is; empty where none does."""
    texts = [cell.text for row in rows for cell in row if cell.text and not cell.carried]
    return next((text for text in texts[:30] if _TITLE.search(text) and len(text) <= 60), "")


def read_form(rows: Sequence[Sequence[Cell]], kind: Kind, *, given: Mapping[str, str]) -> Form:
    """Everything that a form says of an entry of this kind."""
    return _Reader(rows, kind, given=given).form()


class _Reader:
    def __init__(self, rows: Sequence[Sequence[Cell]], kind: Kind, *, given: Mapping[str, str]) -> None:
        self._rows = [[cell for cell in row if not cell.carried] for row in rows]
        self._kind, self._given = kind, given
        self._title = title_of(rows)
        self._found = _Found()

    def form(self) -> Form:
        """Walk the rows once, inner tables at a stretch."""
        place = 0
        while place < len(self._rows):
            place += self._inner_table(place) or self._line(self._rows[place])
        cells = [*self._found.cells, *self._nested()]
        return Form(self._title, tuple(cells), tuple(self._found.groups), tuple(self._found.strange))

    def _match(self, cell: Cell) -> Match | None:
        text = cell.text
        if not text or text == self._title or len(text) > 60 or re.search(r"[:：]\s*\S", text):
            return None
        return self._label(text)

    def _label(self, text: str) -> Match | None:
        found = match_heading(text, self._kind, given=self._given)
        return found if found.known else None

    def _line(self, row: Sequence[Cell]) -> int:
        own = list(row)
        if len([cell for cell in own if cell.text]) == 1 and len(own) == 1:
            self._alone(own[0])
            return 1
        self._found.waiting = None
        place = 0
        while place < len(own):
            place += self._pair(own, place)
        return 1

    def _pair(self, own: Sequence[Cell], place: int) -> int:
        cell = own[place]
        match = self._match(cell)
        if match is None:
            inside = self._inside(cell)
            self._found.cells += inside
            return 1 if inside else self._strange(own, place)
        beside = own[place + 1] if place + 1 < len(own) else None
        steps = 2
        if beside is not None and not beside.text and place + 2 < len(own) and not self._match(own[place + 2]):
            beside, steps = own[place + 2], 3  # a cell left blank between label and value
        if beside is None:
            self._found.waiting = match
            return 1
        self._found.cells.append(Filled(match, beside))
        return steps

    def _strange(self, own: Sequence[Cell], place: int) -> int:
        """A label of nobody's with its value; the value is not asked what it means."""
        cell = own[place]
        beside = own[place + 1] if place + 1 < len(own) else None
        if beside is None or not _STRANGE.fullmatch(cell.text) or self._match(beside) or self._inside(beside):
            return 1
        if beside.text:
            self._found.strange.append(Match(cell.text, Fate.UNKNOWN))
        return 2

    def _alone(self, cell: Cell) -> None:
        """A line by itself: ``标签：内容``, a label whose text follows, or text that follows a label."""
        match = self._match(cell)
        if match is not None:
            self._found.waiting = match
            return
        inside = self._inside(cell)
        if inside:
            self._found.cells += inside
            self._found.waiting = inside[-1].match if not inside[-1].cell.text else None
        elif self._found.waiting is not None and cell.text != self._title:
            if _SECTION.match(cell.text) and _SECTION.match(self._found.waiting.text):
                self._found.strange.append(Match(cell.text, Fate.UNKNOWN))
                self._found.waiting = None
            else:
                self._continue(self._found.waiting, cell)

    def _continue(self, match: Match, cell: Cell) -> None:
        last = self._found.cells[-1] if self._found.cells else None
        if last is not None and last.match == match:
            text = f"{last.cell.text}\n{cell.text}".strip("\n")
            self._found.cells[-1] = Filled(match, replace(last.cell, value=text))
        else:
            self._found.cells.append(Filled(match, cell))

    def _inside(self, cell: Cell) -> list[Filled]:
        """Pairs written in one cell: ``姓名：张三   单位：样本厂``, or a label with its text in the lines below."""
        pairs = []
        pieces = _GAP.split(cell.text) if "\n" not in cell.text else [cell.text]
        for piece in pieces:
            found = _PAIR.match(piece) or _LABEL_LINE.match(piece)
            match = self._label(found["label"]) if found else None
            if found and match:
                pairs.append(Filled(match, replace(cell, value=found["value"].strip() or None)))
        return pairs

    def _inner_table(self, place: int) -> int:
        """How many rows an inner table takes from here; 0 where there is none."""
        heads = {cell.column: match for cell in self._rows[place] if cell.text and (match := self._match(cell))}
        texts = [cell for cell in self._rows[place] if cell.text]
        odd = [cell for cell in texts if cell.column not in heads]
        if len(heads) < (3 if odd else 2) or len(odd) > 1 or not self._is_header(place, heads):
            return 0
        self._found.strange += [Match(cell.text, Fate.UNKNOWN) for cell in odd]
        lists = [match.path[0] for match in heads.values() if len(match.path) > 1]
        parent = max(lists, key=lists.count) if lists else ""
        columns = {column: _within(match, parent) for column, match in heads.items()}
        taken = 1
        for row in self._rows[place + 1 :]:
            own = [cell for cell in row if cell.text]
            if (
                (own and self._match(own[0]))
                or not self._under(row, columns)
                or (own and len(own) == 1 and len(row) == 1)
            ):
                break
            self._record(row, columns, parent=parent)
            taken += 1
        return taken

    def _is_header(self, place: int, heads: Mapping[int, Match]) -> bool:
        """A row of labels is a header if no cell beside a label waits for its value, or the row below fills them."""
        row = self._rows[place]
        if len(heads) < len(row) - 1:
            return False
        below = self._rows[place + 1] if place + 1 < len(self._rows) else []
        return bool(below) and not any(self._match(cell) for cell in below if cell.column in heads)

    def _under(self, row: Sequence[Cell], columns: Mapping[int, Match]) -> bool:
        return sum(1 for cell in row if cell.column in columns) >= min(2, len(columns))

    def _record(self, row: Sequence[Cell], columns: Mapping[int, Match], *, parent: str) -> None:
        filled = tuple(Filled(columns[cell.column], cell) for cell in row if cell.column in columns and cell.text)
        if parent:
            said = any(one.match.path[-1:] != ("order",) for one in filled)  # forms come with their lines numbered
            self._found.groups += [filled] if said else []
        else:
            self._found.cells += filled

    def _nested(self) -> Iterator[Filled]:
        """Tables inside cells are read like forms of their own."""
        for row in self._rows:
            for cell in row:
                for sheet in cell.inside:
                    inner = read_form(tuple(sheet.rows), self._kind, given=self._given)
                    self._found.groups += [_placed(group, cell) for group in inner.groups]
                    self._found.strange += inner.strange
                    yield from _placed(inner.cells, cell)


def _placed(cells: Sequence[Filled], holder: Cell) -> tuple[Filled, ...]:
    return tuple(Filled(one.match, replace(one.cell, row=holder.row, column=holder.column)) for one in cells)


def _within(match: Match, parent: str) -> Match:
    """Inside a table of people, 工作单位 is not the unit of the whole entry: such columns are dropped."""
    if parent and match.fate is Fate.FIELD and match.path[0] != parent:
        return Match(match.text, Fate.OFFICE, why="展览不收")
    return match
