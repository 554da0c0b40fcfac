"""Links of a kind's documents come in; tables of links from one kind to another go out, with names where nobody has an entry."""

from collections import defaultdict
from collections.abc import Iterable

from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, Kind, kind_named
from site_builder.opendata.documents import Linked, LinkRow

HEADINGS = ("字段", "次序", "名称", "角色或等级")
"""After the ids of source and target, which are named after their kinds."""


@frozen
class LinkTable:
    """Links from entries of one kind to entries, or mere names, of another."""

    source: Kind
    target: Kind
    rows: tuple[LinkRow, ...]

    @property
    def name(self) -> str:
        """``project_craftsman``."""
        return f"{self.source.name}_{self.target.name}"

    @property
    def headings(self) -> tuple[str, ...]:
        """``成果编号、字段、次序、人物编号、名称、角色或等级``; of links within a kind the second is 所指…编号."""
        target = f"所指{self.target.label}" if self.source == self.target else self.target.label
        return (f"{self.source.label}编号", *HEADINGS[:2], f"{target}编号", *HEADINGS[2:])


def link_tables(kind: Kind, links: Iterable[Linked]) -> tuple[LinkTable, ...]:
    """A table for each kind that the entries of this one name; in the order of the kinds."""
    found: dict[str, list[LinkRow]] = defaultdict(list)
    for target, row in links:
        found[target].append(row)
    return tuple(LinkTable(kind, kind_named(one.name), tuple(found[one.name])) for one in KINDS if one.name in found)
