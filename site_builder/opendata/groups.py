"""A few hundred entries of a kind come in; what each adds to every file goes out, encoded and kept, beside their shard of the interface.

A *group* is the entries of one shard. What it gives is its *strands*: for each sort of file a mapping from the id of an entry to
what the entry adds there. Files are joined from strands (``joining``), so that an edit makes one group anew and joins only files
of strands that differ.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import field
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.opendata.documents import Archive, Linked
from site_builder.opendata.group import Group, Retold, Strand
from site_builder.opendata.overview import overview_line, overview_row
from site_builder.opendata.rows import layout_of, rows_of
from site_builder.opendata.sharding import shard_file
from site_builder.press.shelf import Shelf
from site_builder.publish.deck import Deck


def strands_of(group: Group, deck: Deck, *, keys: Iterable[str] | None = None) -> Mapping[Strand, dict[str, Any]]:
    """Strand → id → what the entry adds, in list order; of these entries alone, if any are given."""
    lines, cells, bodies, stored, links, overview = found = [dict[str, Any]() for _ in Strand]
    archive, layout = Archive(deck), layout_of(group.kind)
    for key in group.keys if keys is None else keys:
        entry = deck.catalogue.entries[key]
        document, name = archive.document(entry), entry.id
        people, plain = rows_of(document, layout, archive=archive)
        row = overview_row(archive, key)
        lines[name] = archive.line(document)
        cells[name] = tuple(people[:-1])
        bodies[name] = people[-1]
        stored[name] = plain[:-1]
        links[name] = document.links
        overview[name] = (row, overview_line(row))
    return dict(zip(Strand, found, strict=True))


def put_away(
    group: Group, deck: Deck, *, shelf: Shelf, retold: Retold | None = None
) -> tuple[dict[Strand, str], OutputFile]:
    """Puts the strands on the shelf; their names there, and the shard."""
    strands = (retold and _retold(group, deck, shelf=shelf, retold=retold)) or strands_of(group, deck)
    names = {strand: shelf.put(held) for strand, held in strands.items()}
    return names, shard_file(group.kind, group.shard, shards=group.shards, lines=strands[Strand.LINE].values())


def _retold(group: Group, deck: Deck, *, shelf: Shelf, retold: Retold) -> Mapping[Strand, dict[str, Any]] | None:
    """The former strands, what these entries add exchanged, and those that name them; None where that is not all, or the shelf lost one."""
    if not all(map(deck.cards.__contains__, retold.keys)):
        return None  # one that is not shown is named without a link
    try:
        found = {strand: shelf.get(name) for strand, name in retold.names.items()}
    except KeyError:
        return None
    links = found[Strand.LINKS]
    keys = [
        key for key in group.keys if key in retold.keys or any(_leads(link, retold.keys) for link in links[_id(key)])
    ]
    fresh = strands_of(group, deck, keys=keys)
    return {strand: held | fresh[strand] for strand, held in found.items()}


def _leads(link: Linked, keys: Set[str]) -> bool:
    kind, (_, _, _, name, _, _) = link
    return f"{kind}/{name}" in keys


def _id(key: str) -> str:
    return key.partition("/")[2]


@frozen
class Kept:
    """A group and the names of its strands on the shelf."""

    group: Group
    names: Mapping[Strand, str]
    former: Mapping[Strand, str] = field(default_factory=dict)
    """Those of what the group gave when files were joined last; empty where that is not known."""

    def strand(self, strand: Strand, *, shelf: Shelf, deck: Deck) -> dict[str, Any]:
        """One strand; made again where the shelf lost it."""
        try:
            found: dict[str, Any] = shelf.get(self.names[strand])
        except KeyError:
            return dict(strands_of(self.group, deck)[strand])
        return found
