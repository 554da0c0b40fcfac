"""A deck comes in; the work of making all open data goes out, in shares that workers take.

First the groups are made (``groups``), each by whoever takes it; when all are made, files are joined from what they gave (``making``).
Here is what must be known to say what is to be made; what makes it takes long to load, which in an edit a process of its own does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile, PageJob
from site_builder.opendata.datafile import DataFile, Draft, data_file
from site_builder.opendata.group import Group, Retold, Strand
from site_builder.opendata.sharding import shared_out
from site_builder.press.shelf import Shelf
from site_builder.publish.deck import Deck
from site_builder.publish.takeaway import kinds_shown

Lying = Callable[[str], Path]
"""Where a file lies that was joined, by its address."""


@frozen
class Bench:
    """Where a share is made."""

    deck: Deck
    """That from which the shares were had, or one that watches what is read of it."""
    shelf: Shelf
    put: Callable[[OutputFile | Draft], None]
    """Takes a finished file."""
    retold: Retold | None = None
    """What a group made last, where only what some entries say differs; None where more may."""
    lying: Lying | None = None
    """Where a file of this share lies as it was made last, of what the share was given then; None where no such files are known."""
    beside: Path | None = None
    """A site in the making, beside which there may be drafts that move into it; None where files are only handed over."""


@frozen
class Made:
    """What a share says of what it made."""

    said: tuple[DataFile, ...]
    names: Mapping[Strand, str] = field(default_factory=dict)
    """Of a group, its strands on the shelf."""


@frozen
class Share:
    """A part of the work that one worker does: what it is called, how heavy it is, what it is made of beside the deck, and how."""

    name: str
    weight: int
    given: tuple[str, ...]
    make: Callable[[Bench], Made]
    former: tuple[str, ...] = ()
    """What it was given when it was made last; empty where that is not known."""


def groups_of(deck: Deck) -> Iterator[Group]:
    """All groups, kind by kind; none where the settings leave the open data out."""
    for kind in kinds_shown(deck) if deck.catalogue.exhibition.open_data else ():
        shards = shared_out(deck.catalogue.of_kind(kind.name))
        for number, keys in enumerate(shards):
            yield Group(kind, number, len(shards), keys)


def group_share(group: Group) -> Share:
    """The share of a group; an entry weighs one."""
    return Share(group.name, len(group.keys), group.keys, partial(_group_made, group))


def dealt(shares: Iterable[Share], *, part: int, of: int) -> Iterator[Share]:
    """The heaviest first, each to whom has least: the same for every worker that asks."""
    loads = [0] * of
    for share in sorted(shares, key=lambda one: -one.weight):
        least = loads.index(min(loads))
        loads[least] += share.weight
        if least == part:
            yield share


def describing_files(deck: Deck, made: Iterable[DataFile]) -> Iterator[OutputFile]:
    """What describes the files of all shares: the data package, and the digests of all."""
    if not deck.catalogue.exhibition.open_data:
        return
    from site_builder.opendata.package import checksums, data_package

    files = sorted(made, key=lambda one: one.address)
    package = data_package(deck.catalogue.exhibition, files)
    yield package
    yield checksums((*files, data_file(package)))


def interface_files(deck: Deck) -> Iterator[OutputFile]:
    """The index of the interface, and what explains it."""
    from site_builder.opendata.api import index_files

    if deck.catalogue.exhibition.open_data:
        yield from index_files(deck)


def data_jobs(deck: Deck, made: Iterable[DataFile]) -> tuple[PageJob, ...]:
    """The page that offers the open data, where there are any."""
    from site_builder.opendata.page import data_job

    return (data_job(deck, made),) if deck.catalogue.exhibition.open_data else ()


def _group_made(group: Group, bench: Bench) -> Made:
    from site_builder.opendata.groups import put_away

    names, file = put_away(group, bench.deck, shelf=bench.shelf, retold=bench.retold)
    bench.put(file)
    return Made((data_file(file),), names)
