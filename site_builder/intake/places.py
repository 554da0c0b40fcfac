"""Problems whose places are field paths come in; they go out with the lines and columns of their files."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from site_builder.intake.shapes import nearest, shape_of
from site_builder.model.problems import Place, Problem

_YAML = (".md", ".yml", ".yaml")


def located(problems: Iterable[Problem], root: Path) -> tuple[Problem, ...]:
    """The same problems in the same order; only files that a problem without a line names are read again."""
    given = tuple(problems)
    wanted: dict[str, Mapping[tuple[str | int, ...], tuple[int, int]]] = {}
    for problem in given:
        path = problem.place.path
        if not problem.place.line and path not in wanted and path.endswith(_YAML):
            wanted[path] = _places(root, path)
    return tuple(
        replace(problem, place=_filled(problem.place, wanted[problem.place.path]))
        if not problem.place.line and problem.place.path in wanted
        else problem
        for problem in given
    )


def _filled(place: Place, places: Mapping[tuple[str | int, ...], tuple[int, int]]) -> Place:
    return Place(place.path, place.field, *nearest(places, place.field))


def _places(root: Path, source: str) -> Mapping[tuple[str | int, ...], tuple[int, int]]:
    """Where the fields of a file stand; nothing where it cannot be read, which others report."""
    # an edit that has nothing to report loads nothing that reads files
    from site_builder.intake.documents import read_document
    from site_builder.intake.folders import standing_of
    from site_builder.intake.yaml_text import parse

    document, _ = read_document(root, source)
    if document is None:
        return {}
    standing, _ = standing_of(source)
    shape = shape_of(standing.kind.model) if standing else None
    return parse(document.yaml, shape, source=source, line=document.line).places
