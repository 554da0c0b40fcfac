"""Steps come in; those are refused that the finished exhibition would have errors with, each error at its cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from site_builder.catalogue.addresses import clashes
from site_builder.catalogue.catalogue import Catalogue
from site_builder.catalogue.checking import check_entry
from site_builder.catalogue.lexicon import lexicon_of
from site_builder.catalogue.registry import NAMED_KINDS, register
from site_builder.exchange.plan import Action, Step, Steps
from site_builder.exchange.shelf import Shelf
from site_builder.exchange.steps import at_cell, entry_of
from site_builder.model.declaration import fields_of
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Problem, Severity

_OUTLINED = frozenset({"project", "method", "craftsman", "studio", "base", "team", "story"})
"""Kinds of which there are many, and of which the check of another entry asks the address only."""
_ALWAYS = ("status", "aliases")


def judge(steps: Steps, present: Iterable[Entry]) -> None:
    """What ``exhibition check`` would say after the import, said before it; steps with errors become refusals.

    All new entries are known in outline while one after the other is checked whole.
    """
    outlines = {entry.key: entry for entry in present}
    read: Shelf[tuple[int, Entry | None, tuple[Problem, ...]]] = Shelf()
    shared: dict[Any, Any] = {}
    for number, step in enumerate(steps):
        if step.writes:
            entry, faults = entry_of(step, kind_named(step.key.partition("/")[0]))
            read.append((number, entry, faults))
            if entry is not None:
                outlines[entry.key] = _outline(entry, shared)
    if not len(read):
        return
    catalogue = _catalogue_of(tuple(outlines.values()))
    clashing: dict[str, list[Problem]] = defaultdict(list)
    for problem in clashes(outlines.values()):
        clashing[problem.place.path].append(problem)
    for number, entry, faults in read:
        found = [*faults, *(check_entry(entry, catalogue) if entry else ())]
        if found or clashing:
            _judge_one(steps, number, problems=found, clashing=clashing)


def _judge_one(steps: Steps, number: int, *, problems: list[Problem], clashing: Mapping[str, list[Problem]]) -> None:
    step = steps[number]
    found = [*problems, *clashing.get(step.path, [])]
    if found:
        steps[number] = _with(step, found)


def _catalogue_of(entries: tuple[Entry, ...]) -> Catalogue:
    """Who is there and what is a word of a vocabulary; nothing is put in order, for no page is made."""
    nothing: dict[str, Any] = {one.name: {} for one in fields(Catalogue)}
    known = {"registry": register(entries), "lexicon": lexicon_of(entries)}
    return Catalogue(**nothing | known | {"exhibition": Exhibition(), "editions": ()})


def _outline(entry: Entry, shared: dict[Any, Any]) -> Entry:
    """The entry with its address and whom it names; what several have in common is held once."""
    if entry.kind not in _OUTLINED:
        return replace(entry, body="")
    kept = tuple((name, getattr(entry.data, name)) for name in (*_ALWAYS, *_naming(entry.described.model)))
    own = {entry.described.title_field: entry.described.label}  # nobody finds these by their names
    data = shared.get((entry.kind, kept)) or entry.described.model(**own, **dict(kept))
    return replace(entry, data=shared.setdefault((entry.kind, kept), data), body="")


@cache
def _naming(model: type) -> tuple[str, ...]:
    """Fields that may name an award, an organisation or a union which nobody described: names that check knows."""
    return tuple(one.name for one in fields_of(model) if _names(one.refers) or (one.record and _naming(one.record)))


def _names(kinds: tuple[str, ...]) -> bool:
    return len(kinds) == 1 and kinds[0] in NAMED_KINDS


def _with(step: Step, problems: list[Problem]) -> Step:
    if step.candidate is None:
        return step
    placed = tuple(at_cell(problem, step.candidate) for problem in problems)
    given = set(step.candidate.fields)
    ours = tuple(p for p, q in zip(placed, problems, strict=True) if not q.place.field or q.place.field[0] in given)
    refused = any(problem.severity is Severity.ERROR for problem in ours)
    return replace(step, action=Action.REFUSE if refused else step.action, problems=(*step.problems, *ours))
