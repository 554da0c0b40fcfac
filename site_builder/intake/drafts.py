"""A draft is an entry on its way from a table into a file: its kind, id, fields and the rows it stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.problems import Place


@frozen
class Draft:
    """An entry to be written; ``fields`` are plain texts, lists and mappings as a file holds them."""

    kind: str
    id: str
    fields: Mapping[str, Any]
    places: tuple[Place, ...]
    body: str = ""

    @property
    def title(self) -> str:
        """Its title or name."""
        return str(self.fields[kind_named(self.kind).title_field])

    @property
    def path(self) -> str:
        """Where its file lies, relative to the exhibition's root; projects lie in the folder of their edition."""
        kind = kind_named(self.kind)
        edition = self.fields.get("edition") if self.kind == "project" else None
        folder = f"{kind.folder}/{edition}" if edition else kind.folder
        return f"content/{folder}/{self.id}{kind.suffix}"

    def texts(self, path: str) -> tuple[str, ...]:
        """All texts at a path such as ``organisations[].organisation``."""
        return tuple(texts_at(self.fields, path))

    def having(self, **fields: object) -> "Draft":
        """The same draft with some fields replaced."""
        return replace(self, fields={**self.fields, **fields})


def texts_at(fields: Mapping[str, Any], path: str) -> Iterable[str]:
    """The texts at a path; ``[]`` after a name steps through a list."""
    head, _, rest = path.partition(".")
    value = fields.get(head.removesuffix("[]"))
    for part in value if isinstance(value, list) else [value]:
        if rest and isinstance(part, Mapping):
            yield from texts_at(part, rest)
        elif isinstance(part, str) and part and not rest:
            yield part


def put(fields: dict[str, Any], path: str, *, value: object) -> None:
    """Set a value at a path; a list joins the list that is there, ``[]`` means the one record of this row."""
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    if rest:
        if head.endswith("[]"):
            records = fields.setdefault(name, [{}])
            put(records[0], rest, value=value)
        else:
            put(fields.setdefault(name, {}), rest, value=value)
    elif isinstance(value, list):
        fields[name] = joined(fields.get(name, []), value)
    else:
        fields[name] = value


def joined(first: list[Any], second: list[Any]) -> list[Any]:
    """Both lists in order, each value once."""
    return [*first, *(value for value in second if value not in first)]


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Two rows of one entry: lists are joined, the first row's other values stay; names of fields that disagree."""
    fields = dict(first)
    clashing: list[str] = []
    for name, value in second.items():
        present = fields.get(name)
        if present is None:
            fields[name] = value
        elif isinstance(present, list) and isinstance(value, list):
            fields[name] = joined(present, value)
        elif present != value:
            clashing.append(name)
    return fields, tuple(clashing)
