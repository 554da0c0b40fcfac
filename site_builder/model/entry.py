"""A record (raw mapping with places) and an entry (validated), the first two values that travel through a build."""

import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from site_builder.model.declaration import fields_of
from site_builder.model.exhibit import Exhibit
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind, kind_named

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


@lru_cache(maxsize=1 << 16)
def is_id(text: str) -> bool:
    """Whether a reference is an id (checked) rather than a plain name (shown without a link)."""
    return ID.fullmatch(text) is not None


@frozen
class Record:
    """One file as read: its raw fields and where each of them stands."""

    source: str
    kind: str
    id: str
    fields: Mapping[str, Any]
    places: Mapping[tuple[str | int, ...], tuple[int, int]]
    """Field path → (line, column), both 1-based."""
    body: str
    body_line: int


@frozen
class Entry:
    """One validated entry; ``data`` is an instance of its kind's model."""

    kind: str
    id: str
    source: str
    data: Any
    body: str
    """Markdown below the front matter."""
    body_line: int

    def __getstate__(self) -> dict[str, Any]:
        """Its fields alone: what was found out of them is found out again, and leaves no trace where an entry is kept."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    @cached_property
    def key(self) -> str:
        """Kind and id, the name of an entry inside a build: ``project/gao-luo-cha``."""
        return f"{self.kind}/{self.id}"

    @cached_property
    def described(self) -> Kind:
        """The kind this entry is of."""
        return kind_named(self.kind)

    @cached_property
    def title(self) -> str:
        """Its title or name."""
        return str(getattr(self.data, self.described.title_field))

    def get(self, field: str, default: Any = None) -> Any:
        """A field that only some kinds have."""
        return getattr(self.data, field, default)


class Reference(NamedTuple):
    """A reference found in an entry: which field says it, which kinds it may mean, and its text."""

    field: tuple[str | int, ...]
    kinds: tuple[str, ...]
    text: str


def references_of(data: Exhibit) -> tuple[Reference, ...]:
    """Every reference in an entry's fields, in the order of declaration."""
    found: list[Reference] = []
    _gather(data, (), found=found)
    return tuple(found)


@cache
def _referring(model: type) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Fields that refer, or whose records do, and to what kinds they may refer; none where it is the records that do.

    They are a third of all, and most entries leave most of them empty.
    """
    return tuple(
        (field.name, field.refers if field.record is None else ())
        for field in fields_of(model)
        if (field.refers if field.record is None else _referring(field.record))
    )


def _gather(record: Any, path: tuple[str | int, ...], *, found: list[Reference]) -> None:
    # one list for all records: generators within each other hand every reference up through all of them
    for name, refers in _referring(record.__class__):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        many = isinstance(value, tuple)
        for index, part in enumerate(value if many else (value,)):
            place = (*path, name, index) if many else (*path, name)
            if refers:
                found.append(Reference(place, refers, part))
            else:
                _gather(part, place, found=found)
