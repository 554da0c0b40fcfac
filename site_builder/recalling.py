"""What the last build knew and the files that differ since come in; today's survey goes out, as far as these files can tell.

Most edits change the text of an entry and nothing else. No list, group, card or address leans on a text, nor does a problem of another
file; so what was known before, with the texts exchanged, is what reading and surveying everything anew would give. Whatever else differs,
or is amiss, asks for a whole survey.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from site_builder.intake.content import read_file
from site_builder.intake.places import located
from site_builder.model.entry import Entry
from site_builder.model.problems import Place, in_order
from site_builder.press.stages import Stage, stage
from site_builder.surveying import Survey
from site_builder.warm.reading import told
from site_builder.warm.visit import Visit

MOST = 16
"""So many files; who changes more has changed more than texts."""
_OF_ALL = frozenset({"frequent-name"})
"""Codes of problems that comparing all entries brings: the text of the entry where they are told has no part in them."""
_RENDERED = "story"
"""The kind whose texts may show other entries."""


@dataclass(frozen=True)
class Recalled:
    """A survey that was had without reading everything."""

    survey: Survey
    texts: Mapping[str, Entry]
    """Key → entry, of those whose text may be another."""


def recalled(visit: Visit) -> Recalled | None:
    """Today's survey, where nothing but texts of entries differs from what the last build knew; None where it must be made."""
    with stage(Stage.READ):
        entries = _entries(visit)
    if entries is None:
        return None
    with stage(Stage.SURVEY):
        found = visit.survey()
        if not isinstance(found, Survey) or found.tongues:
            return None
        amiss = {problem.place.path for problem in found.problems if problem.code not in _OF_ALL}
        if any(entry.source in amiss or not _is_alike(entry, found) for entry in entries):
            return None
        texts = {**visit.texts, **{entry.key: entry for entry in entries}}
        return Recalled(_relocated(_with(found, texts), texts.values(), root=visit.root), texts)


def _entries(visit: Visit) -> list[Entry] | None:
    """The entries in the files that differ; None where one is none, or is amiss."""
    if visit.differing is None or len(visit.differing) > MOST:
        return None
    found = []
    for source in visit.differing:
        entry, problems = read_file(visit.root, source)
        if entry is None or problems or entry.kind == _RENDERED:
            return None
        found.append(entry)
    return found


def _is_alike(entry: Entry, found: Survey) -> bool:
    """Whether an entry says what it said, but for its text; who is withheld never does."""
    former = found.deck.catalogue.entries.get(entry.key)
    return former is not None and former.source == entry.source and told(former.data) == told(entry.data)


def _relocated(found: Survey, entries: Iterable[Entry], *, root: Path) -> Survey:
    """Lines move with whatever is written above them."""
    moved = {entry.source for entry in entries}
    problems = (
        replace(one, place=Place(one.place.path, one.place.field)) if one.place.path in moved else one
        for one in found.problems
    )
    return replace(found, problems=in_order(located(problems, root)))


def _with(found: Survey, texts: Mapping[str, Entry]) -> Survey:
    catalogue = found.deck.catalogue
    registry = replace(catalogue.registry, entries=MappingProxyType({**catalogue.entries, **texts}))
    return replace(found, deck=replace(found.deck, catalogue=replace(catalogue, registry=registry)))
