"""Books and an exhibition come in; the plan of an import goes out: what would be created, changed, left alone, and every problem."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from site_builder.exchange.answers import Answers
from site_builder.exchange.extraction import Ask, Extracted, extract
from site_builder.exchange.filling import Candidate, candidate_of
from site_builder.exchange.gallery import Gallery, Offered
from site_builder.exchange.identity import Identified, Identifier, joined
from site_builder.exchange.known import known_of
from site_builder.exchange.matching import Linker, Question
from site_builder.exchange.missing import missing_entries
from site_builder.exchange.plan import Action, Plan, Step
from site_builder.exchange.steps import Whole, faults_of, step_of
from site_builder.exchange.verdict import judged
from site_builder.intake.content import read_content
from site_builder.model.declaration import fields_of
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Problem, in_order
from site_builder.sheets.sheet import Book

MODES = ("auto", "create", "revise", "append")


@dataclass(frozen=True)
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
    present = read_content(root).entries
    ask = Ask(wish.answers.headings, wish.kind, wish.answers.sheets)
    read = [(book, extract(book, ask)) for book in books]
    whole = Whole(root, known_of(present), append=wish.mode == "append")
    linker = Linker(whole.known, wish.answers)
    candidates, problems = _candidates(read, linker, wish=wish)
    single = [book.path for book, found in read if len(found.raws) == 1]
    gallery = Gallery.of([book for book, _ in read], offered, single=single)
    steps, questions, faults = _steps(candidates, whole, linker=linker, wish=wish, gallery=gallery)
    missing = missing_entries(steps, whole.known, wanted=wish.create_missing)
    steps = (*steps, *missing)
    steps = judged(steps, present)
    writing = {path for step in steps if step.writes for path in gallery.used.get(step.key, ())}
    return Plan(
        steps,
        in_order((*problems, *faults, *gallery.problems(), *(p for step in steps for p in step.problems))),
        _distinct(questions),
        tuple(report for _, found in read for report in found.reports),
        tuple(f"{book.path}：{note}" for book, _ in read for note in book.notes),
        {path: data for path, data in gallery.media.items() if path in writing},
    )


def _candidates(
    read: Iterable[tuple[Book, Extracted]], linker: Linker, *, wish: Wish
) -> tuple[tuple[Candidate, ...], list[Problem]]:
    problems: list[Problem] = []
    found: list[Candidate] = []
    for book, extracted in read:
        problems += extracted.problems
        titles = {report.sheet: report.title for report in extracted.reports}
        for raw in extracted.raws:
            wish.tick("读取")
            candidate = _wished(candidate_of(raw), wish, title=titles.get(raw.sheet.name, "") or Path(book.path).stem)
            if candidate.title:
                found.append(candidate)
            else:
                label = kind_named(candidate.kind).label
                message = f"这一{'行' if raw.sheet.addressed else '份'}没有{label}的名称"
                problems += [
                    *faults_of(candidate),
                    Problem("missing-field", raw.at(), message, "补上名称；多余的行请删去"),
                ]
    whole, doubled = joined(found, linker)
    return whole, [*problems, *(fault for one in doubled for fault in faults_of(one))]


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
) -> tuple[tuple[Step, ...], list[Question], list[Problem]]:
    identifier = Identifier(whole.known, linker)
    steps: list[Step] = []
    questions: list[Question] = []
    faults: list[Problem] = []
    for candidate in candidates:
        wish.tick("核对")
        identified, doubts = identifier.identified(candidate)
        if identified is None:
            steps.append(_refused(candidate, doubts))
            continue
        faults += doubts
        linked, asked = linker.linked(identified.candidate, before=identified.before)
        questions += asked
        ready = gallery.pictured(replace(identified, candidate=linked))
        steps.append(_by_mode(step_of(ready, whole), ready, mode=wish.mode))
    return tuple(steps), questions, faults


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


def _distinct(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Each name is asked about once, in the order of the sheets."""
    return tuple({(question.kind, question.name): question for question in reversed([*questions])}.values())[::-1]


def near_names(questions: Iterable[Question]) -> tuple[Problem, ...]:
    """The open questions as notes."""
    return tuple(Problem("near-name", question.place, question.words) for question in questions)
