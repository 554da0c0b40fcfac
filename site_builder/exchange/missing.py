"""Steps come in; steps for the organisations, unions and people that they name and nobody has described go out."""

from collections.abc import Iterable, Iterator

from site_builder.exchange.identity import folder_of
from site_builder.exchange.known import Known
from site_builder.exchange.plan import Action, Step
from site_builder.exchange.steps import entry_of
from site_builder.intake.drafts import Draft
from site_builder.intake.writing import text_of
from site_builder.model.entry import Reference, is_id, references_of
from site_builder.model.kinds import kind_named
from site_builder.model.naming import digest, id_for, slug, with_suffix

PROPOSED = ("organisation", "union")
"""Kinds whose name alone makes an entry; a person needs a unit and is left to the editor."""


def missing_entries(steps: Iterable[Step], known: Known, *, wanted: bool) -> tuple[Step, ...]:
    """New entries for the names, each with the source of the first that names it; none where they are not wanted."""
    if not wanted:
        return ()
    made: dict[tuple[str, str], Step] = {}
    taken: set[str] = set(known.entries)
    for step, reference in _plain_names(steps):
        kind = reference.kinds[0]
        if (kind, reference.text) not in made and not known.called((kind,), reference.text):
            made[kind, reference.text] = _step(kind, reference.text, by=step, taken=taken)
    return tuple(made.values())


def _plain_names(steps: Iterable[Step]) -> Iterator[tuple[Step, Reference]]:
    for step in steps:
        if step.writes and step.candidate:
            entry, _ = entry_of(step, step.candidate.raw.kind)
            for reference in references_of(entry.data) if entry else ():
                if reference.kinds[0] in PROPOSED and len(reference.kinds) == 1 and not is_id(reference.text):
                    yield step, reference


def _step(kind: str, name: str, *, by: Step, taken: set[str]) -> Step:
    stem = id_for(name) or slug(name)
    chosen = stem if f"{kind}/{stem}" not in taken else with_suffix(stem, digest(name))
    taken.add(f"{kind}/{chosen}")
    described = kind_named(kind)
    source = by.candidate.source if by.candidate else ""
    fields = {described.title_field: name, **({"sources": [{"title": source}]} if source else {})}
    path = f"{folder_of(described, None)}/{chosen}{described.suffix}"
    return Step(Action.CREATE, f"{kind}/{chosen}", path, name, None, text_of(Draft(kind, chosen, fields, ())))
