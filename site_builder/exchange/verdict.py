"""Steps come in; they go out again, those refused that the finished exhibition would have errors with, each error at its cell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.catalogue.checking import check_catalogue
from site_builder.exchange.plan import Action, Step
from site_builder.exchange.steps import at_cell, entry_of
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Problem, Severity

_ONLY_HERE = frozenset({"frequent-name", "empty-hall"})
"""What is said of the whole exhibition, not of an import."""


def judged(steps: tuple[Step, ...], present: Iterable[Entry]) -> tuple[Step, ...]:
    """What ``exhibition check`` would say after the import, said before it."""
    entries = {entry.key: entry for entry in present}
    own: dict[str, list[Problem]] = defaultdict(list)
    for step in steps:
        if step.writes:
            entry, faults = entry_of(step, kind_named(step.key.partition("/")[0]))
            own[step.path] += faults
            if entry is not None:
                entries[step.key] = entry
    if not any(step.writes for step in steps):
        return steps
    everything = tuple(entries.values())
    for problem in check_catalogue(everything, compile_catalogue(everything, Exhibition())):
        if problem.code not in _ONLY_HERE:
            own[problem.place.path].append(problem)
    return tuple(_with(step, own.get(step.path, [])) if step.writes else step for step in steps)


def _with(step: Step, problems: list[Problem]) -> Step:
    if not problems or step.candidate is None:
        return step
    placed = tuple(at_cell(problem, step.candidate) for problem in problems)
    given = set(step.candidate.fields)
    ours = tuple(p for p, q in zip(placed, problems, strict=True) if not q.place.field or q.place.field[0] in given)
    refused = any(problem.severity is Severity.ERROR for problem in ours)
    return replace(step, action=Action.REFUSE if refused else step.action, problems=(*step.problems, *ours))
