"""Books and an exhibition come in; the plan of an import goes out: what would be created, changed, left alone, and every problem."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from pathlib import Path

from site_builder.exchange.answers import Answers
from site_builder.exchange.extraction import Ask, Found, SheetReport, extract
from site_builder.exchange.filling import Candidate, candidate_of
from site_builder.exchange.gallery import Gallery, Offered
from site_builder.exchange.identity import Identified, Identifier, joined
from site_builder.exchange.known import known_of
from site_builder.exchange.matching import Linker, Question
from site_builder.exchange.missing import missing_entries
from site_builder.exchange.plan import Action, Plan, Step, Steps
from site_builder.exchange.shelf import Shelf
from site_builder.exchange.steps import Whole, faults_of, step_of
from site_builder.exchange.verdict import judge
from site_builder.intake.content import read_content
from site_builder.model.declaration import fields_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Problem, in_order
from site_builder.sheets.packages import Refused
from site_builder.sheets.sheet import Book

MODES = ("auto", "create", "revise", "append")


@frozen
class Wish:
    """What the editor asks of an import."""

    mode: str = "auto"
    """``auto`` creates and revises, ``create`` and ``revise`` do one of both, ``append`` adds to lists and fills gaps."""
    kind: str = ""
    edition: str = ""
    """For results whose sheet names none."""
    status: str = ""
    source: str = ""
    """Source of new entries whose sheet names none; else the title of the sheet."""
    create_missing: bool = False
    answers: Answers = field(default_factory=Answers)
    tick: Callable[[str], object] = str
    """Called once for every entry at every stage, with the stage's name."""


def plan_of(books: Iterable[Book], root: Path, *, wish: Wish, offered: Iterable[Offered] = ()) -> Plan:
    """What importing these books into the exhibition at ``root`` would do; nothing is written."""
    several = tuple(books)
    present = read_content(root).entries
    whole = Whole(root, known_of(present), append=wish.mode == "append")
    linker = Linker(whole.known, wish.answers)
    read = _read(several, wish)
    candidates, doubled = joined(read.candidates, linker)
    problems = [*read.problems, *(fault for one in doubled for fault in faults_of(one))]
    gallery = Gallery.of(several, offered, single=read.single)
    steps, questions, faults = _steps(candidates, whole, linker=linker, wish=wish, gallery=gallery)
    for step in missing_entries(steps, whole.known, wanted=wish.create_missing):
        steps.append(step)
    judge(steps, present)
    writing = {path for step in steps if step.writes for path in gallery.used.get(step.key, ())}
    return Plan(
        steps,
        in_order((*problems, *faults, *gallery.problems(), *(p for step in steps for p in step.problems))),
        tuple(questions),
        tuple(read.reports),
        tuple(f"{book.path}：{note}" for book in several for note in book.notes),
        {path: number for path, number in gallery.media.items() if path in writing},
        gallery.pictures,
    )


@frozen
class _Read:
    """What all sheets say, before anybody asks which entries are meant."""

    candidates: Shelf[Candidate] = field(default_factory=Shelf)
    reports: list[SheetReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def single(self) -> tuple[str, ...]:
        """Files that hold one entry only."""
        entries: Counter[str] = Counter()
        for report in self.reports:
            entries[report.file] += report.entries
        return tuple(file for file, number in entries.items() if number == 1)


def _read(books: Iterable[Book], wish: Wish) -> _Read:
    found = _Read()
    ask = Ask(wish.answers.headings, wish.kind, wish.answers.sheets)
    for book in books:
        for sheet in book.sheets:
            first = len(found.candidates)
            try:
                for one in extract(book, sheet, ask=ask):
                    _keep(one, found, wish=wish)
            except Refused as refusal:
                found.candidates.cut(first)  # half a sheet is worse than none
                found.problems.append(refusal.at(book.path))
    return found


def _keep(one: Found, found: _Read, *, wish: Wish) -> None:
    if isinstance(one, SheetReport):
        found.reports.append(one)
    elif isinstance(one, Problem):
        found.problems.append(one)
    else:
        wish.tick("读取")
        candidate = _wished(candidate_of(one), wish, title=one.title or Path(one.file).stem)
        if candidate.title:
            found.candidates.append(candidate)
        else:
            label = kind_named(candidate.kind).label
            message = f"这一{'行' if one.sheet.addressed else '份'}没有{label}的名称"
            nameless = Problem("missing-field", one.at(), message, "补上名称；多余的行请删去")
            found.problems.extend((*faults_of(candidate), nameless))


def _wished(candidate: Candidate, wish: Wish, *, title: str) -> Candidate:
    """What the command line says for all entries of the sheet; what the sheet says outranks it."""
    names = {one.name for one in fields_of(candidate.raw.kind.model)}
    given: dict[str, str] = {}
    if wish.edition and candidate.kind in {"project", "method"}:
        given["edition"] = wish.edition
    if wish.status and "status" in names:
        given["status"] = wish.status
    return replace(candidate, defaults=given, source=wish.source or title)


def _steps(
    candidates: Iterable[Candidate], whole: Whole, *, linker: Linker, wish: Wish, gallery: Gallery
) -> tuple[Steps, list[Question], list[Problem]]:
    identifier = Identifier(whole.known, linker)
    steps = Steps()
    questions: dict[tuple[str, str], Question] = {}
    faults: list[Problem] = []
    for candidate in candidates:
        wish.tick("核对")
        identified, doubts = identifier.identified(candidate)
        if identified is None:
            steps.append(_refused(candidate, doubts))
            continue
        faults += doubts
        linked, asked = linker.linked(identified.candidate, before=identified.before)
        for question in asked:  # each name is asked about once
            questions.setdefault((question.kind, question.name), question)
        ready = gallery.pictured(replace(identified, candidate=linked))
        steps.append(_by_mode(step_of(ready, whole), ready, mode=wish.mode))
    return steps, list(questions.values()), faults


def _refused(candidate: Candidate, problems: tuple[Problem, ...]) -> Step:
    return Step(Action.REFUSE, "", "", candidate.title, candidate, problems=(*candidate.problems, *problems))


def _by_mode(step: Step, identified: Identified, *, mode: str) -> Step:
    if mode == "create" and identified.before is not None:
        return replace(step, action=Action.SKIP, problems=())
    if mode == "revise" and identified.before is None:
        place = identified.candidate.raw.at()
        fault = Problem("no-such-entry", place, f"展览里没有“{step.title}”，不能修订")
        return replace(step, action=Action.REFUSE, problems=(*step.problems, fault))
    return step


def near_names(questions: Iterable[Question]) -> tuple[Problem, ...]:
    """The open questions as notes."""
    return tuple(Problem("near-name", question.place, question.words) for question in questions)
