"""Kinds of entries and the words of the exhibition come in; the blank sheets that ask for them go out."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from site_builder.catalogue.catalogue import Catalogue
from site_builder.exchange.asked import ASKED, Asked
from site_builder.exchange.cells import is_list
from site_builder.exchange.columns import field_at, heading_of
from site_builder.model import habits
from site_builder.model.declaration import DeclaredField
from site_builder.model.kinds import Kind
from site_builder.model.marks import Before
from site_builder.sheets.blank import Answer, BlankSheet, Choices, Question

_ANSWERS: tuple[tuple[Any, Answer], ...] = (
    (habits.sum_in_wan, "decimal"),
    (habits.count, "whole"),
    (habits.year, "year"),
    (habits.when, "date"),
)
_OFFERED = ("award", "union")
"""Kinds whose names are offered as choices: they are few, and their official wording is what forms get wrong."""


def blank_sheets(kinds: Iterable[Kind], catalogue: Catalogue) -> tuple[BlankSheet, ...]:
    """One blank sheet for each kind; KeyError where a kind has no form."""
    return tuple(BlankSheet(kind.label, f"{kind.label}申报表", tuple(_questions(kind, catalogue))) for kind in kinds)


@cache
def answer_of(field: DeclaredField) -> Answer:
    """What kind of answer a field takes; lists and records are text."""
    if is_list(field) or field.record is not None:
        return "text"
    functions = [hint.func for hint in _hints(field.type) if isinstance(hint, Before)]
    return next((answer for function, answer in _ANSWERS if function in functions), "text")


def _hints(hint: Any) -> Iterator[Any]:
    """An annotation, what is said of it, and all types inside it."""
    yield hint
    for part in getattr(hint, "__metadata__", ()):
        yield part
    for part in get_args(hint):
        if not isinstance(part, str):
            yield from _hints(part)


def _questions(kind: Kind, catalogue: Catalogue) -> Iterator[Question]:
    asked = ASKED[kind.name]
    headings = {one.path: one.heading or heading_of(kind, one.path) for one in asked}
    for one in asked:
        leaf = field_at(kind, one.path)
        choices = _choices(leaf, one, catalogue=catalogue, headings=headings)
        yield Question(
            heading=headings[one.path],
            answer="choice" if choices and choices.closed else answer_of(leaf),
            required=leaf.required and len(one.path) == 1,
            several=is_list(leaf),
            limit=leaf.declared.limit,
            choices=choices,
            advice=one.advice or leaf.declared.note,
            sample=one.sample,
            public=leaf.declared.public,
            width=one.width,
        )


def _choices(
    leaf: DeclaredField, asked: Asked, *, catalogue: Catalogue, headings: dict[tuple[str, ...], str]
) -> Choices | None:
    if asked.path[-1] in {"grade", "session"} and (*asked.path[:-1], "award") in headings:
        branches = tuple(_of_awards(asked.path[-1], catalogue))
        return Choices(depends_on=headings[(*asked.path[:-1], "award")], branches=branches) if branches else None
    if leaf.declared.vocabulary:
        vocabulary = catalogue.lexicon.vocabularies.get(leaf.declared.vocabulary)
        terms = tuple(in_tree_order(catalogue, leaf.declared.vocabulary))
        return Choices(terms, closed=vocabulary is not None and not vocabulary.open) if terms else None
    offered = [kind for kind in leaf.refers if kind in _OFFERED]
    names = tuple(_names(catalogue, offered[0])) if offered else ()
    return Choices(names) if names else None


def _names(catalogue: Catalogue, kind: str) -> Iterator[str]:
    """Names of the entries that have a file of their own."""
    for key in catalogue.of_kind(kind):
        entry = catalogue.entries[key]
        if entry.source:
            yield entry.title


def _of_awards(name: str, catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key in catalogue.of_kind("award"):
        award = catalogue.entries[key]
        records = award.data.grades if name == "grade" else award.data.sessions
        terms = tuple(dict.fromkeys(record.name for record in records))
        if award.source and terms:
            yield award.title, terms


def in_tree_order(catalogue: Catalogue, vocabulary: str) -> Iterator[str]:
    """Labels of a vocabulary, each followed by those below it: 上海, 黄浦区, 徐汇区…"""
    terms = catalogue.lexicon.terms(vocabulary)
    places = {term.label: at for at, term in enumerate(terms)}

    def branch(label: str) -> tuple[int, ...]:
        above = reversed(catalogue.lexicon.with_parents(vocabulary, label))
        return tuple(places[one] for one in above if one in places)

    return iter(sorted(places, key=branch))
