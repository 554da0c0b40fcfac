"""A *group*: the entries of one shard of the open data, and what each of them adds to every file, its *strands*."""

from collections.abc import Mapping
from enum import StrEnum

from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind


class Strand(StrEnum):
    """What an entry adds to files of one sort."""

    LINE = "line"
    """Its document as a line of JSON."""
    CELLS = "cells"
    """Its row for people, but for the body."""
    BODY = "body"
    """The last cell of that row, and of its row in the database: bodies are edited most, and workbooks have none."""
    STORED = "stored"
    """Its row in the database, but for the body."""
    LINKS = "links"
    OVERVIEW = "overview"
    """Its row among entries of all kinds, and that as a line of JSON."""


@frozen
class Retold:
    """What a group gave when it was made last, of which nothing differs but what these entries say."""

    names: Mapping[Strand, str]
    keys: frozenset[str]


@frozen
class Group:
    """Entries of a shard."""

    kind: Kind
    shard: int
    shards: int
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """``project 3``."""
        return f"{self.kind.name} {self.shard}"
