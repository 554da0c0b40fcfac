"""Plain values between the formats of others and our entries: what was found, whose it is, what was passed over."""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.model.problems import Problem


@frozen
class Owner:
    """Whose data they are, in the data's own words."""

    name: str
    address: str
    """Where they were taken from, or the owner's own address."""
    date: str = ""
    """The day that the data give themselves (ISO); never the clock's."""
    licence: str = ""


@frozen
class FoundPicture:
    """A picture of a find: where it lies and what is said of it."""

    address: str
    alt: str = ""
    credit: str = ""
    licence: str = ""


@frozen
class Find:
    """An entry of another exhibition; ``fields`` are raw values as our files hold them."""

    kind: str
    id: str
    """Its own id there; empty where it has none."""
    fields: Mapping[str, Any]
    where: str
    """In which file, for problems."""
    body: str = ""
    page: str = ""
    """Address of its page there."""
    pictures: tuple[FoundPicture, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Key there → title, of what its references mean."""

    @property
    def key(self) -> str:
        """Kind and id there."""
        return f"{self.kind}/{self.id}"


@frozen
class Harvest:
    """What a source holds."""

    owner: Owner
    finds: tuple[Find, ...]
    form: str
    """What the source is, for the report."""
    problems: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()
    """What was passed over, in words."""
