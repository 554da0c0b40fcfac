"""A kind comes in; the columns that its table may have go out: the path of the field that each fills, and its heading."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.kinds import Kind

Path = tuple[str, ...]
ID, BODY = ("id",), ("body",)
SPECIAL: Mapping[Path, str] = MappingProxyType({ID: "条目编号", BODY: "正文"})
"""Headings of what is no field."""
_NO_COLUMN = frozenset({"halls", "sessions", "grades", "terms", "demands", "targets", "where", "quotas", "prizes"})
"""Fields of fields of fields: they are written in the entry's file, never in a cell."""


def heading_of(kind: Kind, path: Path) -> str:
    """The canonical heading of a field; ``match_heading`` leads back to the path."""
    if path in SPECIAL:
        return SPECIAL[path]
    return "·".join(_named(kind.model, path))


def paths_of(kind: Kind) -> tuple[Path, ...]:
    """Every path that a column may fill: the id, the fields, the fields of their records, the body."""
    return tuple(dict.fromkeys((ID, *(path for path, _ in named_paths(kind.model)), BODY)))


@cache
def field_at(kind: Kind, path: Path) -> DeclaredField:
    """The declared field at a path; KeyError for the id, the body and paths that are none."""
    return dict(named_paths(kind.model))[path]


def _named(model: type, path: Path) -> Iterator[str]:
    for name in path:
        field = next(one for one in fields_of(model) if one.name == name)
        yield field.declared.label
        model = field.record


def named_paths(model: type, above: Path = ()) -> Iterator[tuple[Path, DeclaredField]]:
    """Every path of a model that a column may fill, with its field."""
    for field in fields_of(model):
        if field.name not in _NO_COLUMN:
            yield (*above, field.name), field
            if field.record is not None and len(above) < 2:
                yield from named_paths(field.record, (*above, field.name))
