"""The model of a kind comes in; the shape of its public part goes out: which fields leave, which refer, which hold records."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from site_builder.exchange.cells import is_list
from site_builder.model.declaration import DeclaredField, fields_of


@dataclass(frozen=True, eq=False)
class Part:
    """A field that may leave the content directory."""

    name: str
    field: DeclaredField
    refers: tuple[str, ...]
    """Kinds that a value in it may mean."""
    inner: tuple["Part", ...]
    """The public fields of its records; empty where it holds plain values."""
    many: bool
    """Whether it holds several values."""

    @property
    def label(self) -> str:
        """Its Chinese label."""
        return self.field.declared.label


@cache
def shape_of(model: type) -> tuple[Part, ...]:
    """The public fields of a model in the order of declaration, private ones of its records left out as well."""
    return tuple(
        Part(field.name, field, field.refers, shape_of(field.record) if field.record else (), is_list(field))
        for field in fields_of(model)
        if field.declared.public
    )


def private_names(model: type) -> Iterator[tuple[type, str]]:
    """(dataclass, field name) of everything in a model that never leaves."""
    for field in fields_of(model):
        if not field.declared.public:
            yield model, field.name
        if field.record:
            yield from private_names(field.record)
