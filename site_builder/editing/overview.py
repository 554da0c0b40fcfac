"""What is known of the exhibition comes in; the list of its entries and what to mend first go out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.editing.tongues import field_at
from site_builder.intake.content import Read
from site_builder.intake.folders import standing_of
from site_builder.intake.reporting import mend_of
from site_builder.intake.translations import translated_path
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.guesses import nearest
from site_builder.model.kinds import KINDS
from site_builder.model.problems import Problem, Severity
from site_builder.survey import Survey

_MOST = 20


@frozen
class Overview:
    """The exhibition as the editor's first pages show it."""

    rows: tuple[Mapping[str, Any], ...]
    """One for each file, results first, as the kinds stand in their table."""
    elsewhere: tuple[Problem, ...]
    """Problems of what is edited as a file: settings, editorial pages, charts."""


def overview_of(reads: Mapping[str, Read], found: Survey, *, drafts: Iterable[str] = ()) -> Overview:
    """Every file with its title, state and problems."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in found.problems:
        by_path[translated_path(problem.place.path)].append(problem)
    waiting = frozenset(drafts)
    rows = [
        row
        for path, (entry, _) in sorted(reads.items(), key=lambda item: _order(item[0]))
        if (row := _row(path, entry, problems=by_path.get(path, []), waiting=path in waiting))
    ]
    shown = {str(row["path"]) for row in rows}
    return Overview(tuple(rows), tuple(one for one in found.problems if translated_path(one.place.path) not in shown))


def _order(path: str) -> tuple[int, str]:
    folders = [kind.folder for kind in KINDS]
    folder = path.split("/")[1]
    return (folders.index(folder) if folder in folders else len(folders)), path


def _row(path: str, entry: Entry | None, *, problems: list[Problem], waiting: bool) -> Mapping[str, Any] | None:
    standing, _ = standing_of(path)
    if standing is None:
        return None
    counts = Counter(problem.severity for problem in problems)
    worst = min(problems, key=lambda one: [*Severity].index(one.severity), default=None)
    return {
        "path": path,
        "id": standing.id,
        "kind": standing.kind.name,
        "title": entry.title if entry else standing.id,
        "edition": (entry.get("edition") if entry else None) or standing.edition or "",
        "status": entry.data.status if entry else "",
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.NOTE],
        "worst": said(worst) if worst else None,
        "draft": waiting,
    }


def said(problem: Problem) -> Mapping[str, Any]:
    """A problem as the browser shows it: at which field, how bad, what, and the mend."""
    return {
        "code": problem.code,
        "severity": problem.severity.name.lower(),
        "field": list(field_at(problem.place)),
        "line": problem.place.line,
        "path": problem.place.path,
        "message": problem.message.rstrip("。"),
        "hint": mend_of(problem).rstrip("。"),
    }


def kinds_said() -> list[Mapping[str, str]]:
    """All kinds with their words, for lists and for the choice of a new entry."""
    return [{"name": one.name, "label": one.label, "measure": one.measure, "suffix": one.suffix} for one in KINDS]


def suggestions(found: Survey, kinds: Iterable[str], *, wanted: str) -> list[Mapping[str, str]]:
    """Entries of these kinds whose name or id holds what was typed; where none does, the one that is nearest to it."""
    wanted, among = wanted.strip().lower(), frozenset(kinds)
    known = [one for one in found.deck.catalogue.entries.values() if one.kind in among and one.source]
    hits = [one for one in known if wanted in one.title.lower() or wanted in one.id]
    if not hits and wanted:
        near = nearest(wanted, [one.title for one in known])
        hits = [one for one in known if one.title == near]
    hits.sort(key=lambda one: (not one.title.lower().startswith(wanted), len(one.title), one.id))
    return [{"id": one.id, "kind": one.kind, "title": one.title, "beside": _beside(one)} for one in hits[:_MOST]]


def titles_for(found: Survey, key: str) -> Mapping[str, str]:
    """Text of a reference → title of the entry that it means, for all references of one entry."""
    registry = found.deck.catalogue.registry
    targets = {one.text: registry.key_for(one.kinds, one.text) for one in registry.references.get(key, ())}
    known = found.deck.catalogue.entries
    return {text: known[target].title for text, target in targets.items() if target and target in known}


def terms_of(found: Survey) -> Mapping[str, Mapping[str, Any]]:
    """Every vocabulary: its title, whether it may grow, its words in order."""
    return {
        name: {"title": one.title, "open": one.open, "terms": [term.label for term in one.terms]}
        for name, one in found.deck.catalogue.lexicon.vocabularies.items()
    }


def _beside(entry: Entry) -> str:
    """What tells homonyms apart: the unit, the trade, the edition."""
    parts = (entry.get("organisation"), entry.get("trade"), entry.get("edition"))
    return " · ".join(str(part) for part in parts if part)
