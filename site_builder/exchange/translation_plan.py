"""Translators' lists and an exhibition come in; the plan of their import goes out, every problem at its cell."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from pathlib import Path

from site_builder.exchange.extraction import SheetReport
from site_builder.exchange.plan import Action, FieldChange, Plan, Step, Steps
from site_builder.exchange.raw import place_in
from site_builder.exchange.translating import Said, page_renewed, renewed, words_renewed
from site_builder.exchange.translation_sheet import (
    CHINESE,
    FIELD,
    FORMER,
    FRESH,
    ID,
    SORT,
    Header,
    Row,
    header_of,
    rows_of,
)
from site_builder.exchange.wanting import PAGE, WORD, Wanting, wanting
from site_builder.intake.content import read_content
from site_builder.intake.documents import LARGEST
from site_builder.intake.renderings import Rendering, State, plain
from site_builder.intake.translations import Translations, read_translations
from site_builder.model.frozen import frozen
from site_builder.model.languages import LANGUAGES
from site_builder.model.problems import Place, Problem, Severity, in_order
from site_builder.sheets.sheet import Book, Cell, Sheet

Target = tuple[str, str, str]
"""Kind, id and field as a row names them; of words, the Chinese in the place of the field."""


@frozen
class _Found:
    """What the lists say, by the file that it goes to."""

    said: dict[str, list[tuple[Rendering, Said]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    reports: list[SheetReport] = field(default_factory=list)
    seen: dict[tuple[str, Target], str] = field(default_factory=dict)


@frozen
class _Known:
    """What can be translated into a language."""

    tag: str
    files: dict[str, Wanting]
    targets: dict[Target, tuple[Wanting, Rendering]]

    @classmethod
    def of(cls, found: Iterable[Wanting], tag: str) -> "_Known":
        """By file and by the words of a row."""
        several = {one.path: one for one in found}
        targets = {
            (one.sort, one.id, _folded(text.label or text.chinese)): (one, text)
            for one in several.values()
            for text in one.renderings
        }
        return cls(tag, several, targets)

    def named(self, row: Row) -> tuple[Wanting, Rendering] | None:
        """What a row translates; a name that nobody asked for may be given, too."""
        sort, chinese = row.text(SORT), row.text(CHINESE)
        if sort != WORD:
            return self.targets.get((sort, row.text(ID), _folded(row.text(FIELD))))
        words = next(one for one in self.files.values() if one.sort == WORD)
        known = self.targets.get((WORD, "", _folded(chinese)))
        return known or ((words, Rendering((chinese,), "", chinese)) if chinese else None)


def translation_plan(books: Iterable[Book], root: Path) -> Plan:
    """What importing these lists would do; nothing is written."""
    content = read_content(root)
    given, _ = read_translations(root, content.entries)
    known: dict[str, _Known] = {}
    found = _Found()
    several = tuple(books)
    for book in several:
        for sheet in book.sheets:
            header = header_of(sheet)
            if header is None:
                found.reports.append(SheetReport(book.path, sheet.name, skipped="不是译文表", hidden=sheet.hidden))
                continue
            if header.tag not in LANGUAGES:
                place = place_in(book.path, sheet, cell=Cell(None, header.row, header.columns[FRESH]))
                found.problems.append(Problem("unknown-language", place, f"没有“{header.tag}”这种语言"))
                continue
            if header.tag not in known:
                own = given.get(header.tag, Translations())
                wanted = wanting(root, content.entries, given=own, tag=header.tag)
                known[header.tag] = _Known.of(wanted, header.tag)
            _read(book, sheet, header=header, known=known[header.tag], found=found)
    steps = Steps()
    for one in known.values():
        for step in _steps(root, one, found=found):
            steps.append(step)
    problems = in_order((*found.problems, *(fault for step in steps for fault in step.problems)))
    notes = tuple(f"{book.path}：{note}" for book in several for note in book.notes)
    return Plan(steps, problems, (), tuple(found.reports), notes)


def _read(book: Book, sheet: Sheet, *, header: Header, known: _Known, found: _Found) -> None:
    number = 0
    for row in rows_of(book, sheet, header=header):
        if not row.text(FRESH) and not row.fault(FRESH):
            continue
        number += 1
        said, problems = _said(row, known, at=_Places(book, sheet, row), found=found)
        found.problems.extend(problems)
        if said and not any(one.severity is Severity.ERROR for one in problems):
            found.said.setdefault(said[0], []).append((said[1], said[2]))
    found.reports.append(SheetReport(book.path, sheet.name, "", (header.row,), number, hidden=sheet.hidden))


@frozen
class _Places:
    """Where the cells of a row stand."""

    book: Book
    sheet: Sheet
    row: Row

    def of(self, heading: str) -> Place:
        """The place of one."""
        cell = self.row.cells.get(heading) or next(iter(self.row.cells.values()))
        return place_in(self.book.path, self.sheet, cell=cell)


def _said(
    row: Row, known: _Known, *, at: _Places, found: _Found
) -> tuple[tuple[str, Rendering, Said] | None, list[Problem]]:
    """The file and text that a row speaks of with what it says, and what is amiss in it."""
    if row.fault(FRESH):
        return None, [Problem("cell-fault", at.of(FRESH), f"新译文里是公式错误：{row.fault(FRESH)}")]
    named = known.named(row)
    if named is None:
        words = f"没有“{row.text(SORT)} {row.text(ID)}”的“{row.text(FIELD)}”"
        return None, [Problem("no-original", at.of(FIELD), words, "核对种类、条目编号和字段，或重新导出译文表")]
    wanted, text = named
    fresh, target = row.text(FRESH), (known.tag, (wanted.sort, wanted.id, _folded(text.label or text.chinese)))
    problems = []
    if found.seen.setdefault(target, fresh) != fresh:
        problems.append(Problem("doubled-row", at.of(FRESH), "同一处在表里有两种新译文", "留一种，删去另一种"))
    former = row.text(FORMER)
    if plain(former) != plain(text.said) and plain(fresh) != plain(text.said):
        now = f"，现在是“{plain(text.said)[:60]}”" if text.said else "，现在没有译文"
        problems.append(Problem("translated-meanwhile", at.of(FORMER), f"导出以后，这一处的译文在别处改过{now}"))
    chinese = row.text(CHINESE)
    if plain(chinese) != plain(text.chinese):
        message = "导出以后中文又改过：译文照收，仍标作“原文已改”"
        problems.append(Problem("old-translation", at.of(CHINESE), message))
    return (wanted.path, text, Said(text.path, fresh, chinese or text.chinese)), problems


def _steps(root: Path, known: _Known, *, found: _Found) -> Iterator[Step]:
    for path, wanted in known.files.items():
        said = [(text, one) for text, one in found.said.get(path, ()) if not _is_told(text, one)]
        if not said:
            if path in found.said:
                yield Step(Action.LEAVE, f"{known.tag} {path}", path, wanted.title, None)
            continue
        before = (root / path).read_bytes().decode("utf-8-sig", "replace") if (root / path).is_file() else None
        changes = tuple(FieldChange(text.label or text.chinese, text.said, one.text) for text, one in said)
        action = Action.CREATE if before is None else Action.REVISE
        problems: tuple[Problem, ...] = ()
        try:
            text_now = _renewed(before or "", wanted, said=[one for _, one in said])
        except ValueError:
            action, text_now = Action.REFUSE, ""
            problems = (Problem("front-matter", Place(path, (), 1, 1), "译文的文件读不出来", "先改好这个文件再导入"),)
        if len(text_now.encode()) > LARGEST:
            action, problems = Action.REFUSE, (Problem("too-large", Place(path), "译文的文件超过 256 KB"),)
        yield Step(action, f"{known.tag} {path}", path, wanted.title, None, text_now, before, changes, problems)


def _renewed(text: str, wanted: Wanting, *, said: list[Said]) -> str:
    if wanted.kind is not None:
        return renewed(text, wanted.kind, former=wanted.former, said=said)
    if wanted.sort == PAGE:
        return page_renewed(text, former=wanted.former, said=said)
    return words_renewed(text, {one.chinese: one.text for one in said})


def _is_told(text: Rendering, one: Said) -> bool:
    """Whether a row says what the file says already; the same translation given again says that it holds for the new Chinese."""
    same = plain(text.said) == plain(one.text)
    return same and (text.state is not State.CHANGED or plain(one.chinese) != plain(text.chinese))


def _folded(words: str) -> str:
    return "".join(words.split())
