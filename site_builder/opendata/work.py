"""A deck comes in; the work of making all open data goes out, in shares that workers take, and what describes it in the end.

First the groups are made (``groups``), each by whoever takes it; when all are made, files are joined from what they gave (``joining``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile, PageJob
from site_builder.opendata.api import index_files, shared_out
from site_builder.opendata.datafile import DataFile, data_file
from site_builder.opendata.groups import Group, Kept, Retold, Strand
from site_builder.opendata.joining import Join, Lying, Strands, joins
from site_builder.opendata.package import checksums, data_package
from site_builder.opendata.page import data_job
from site_builder.press.shelf import Shelf, shelf_at
from site_builder.publish.deck import Deck
from site_builder.publish.takeaway import kinds_shown


@frozen
class Bench:
    """Where a share is made."""

    deck: Deck
    """That from which the shares were had, or one that watches what is read of it."""
    shelf: Shelf
    put: Callable[[OutputFile], None]
    """Takes a finished file."""
    retold: Retold | None = None
    """What a group made last, where only texts differ; None where more may."""
    lying: Lying | None = None
    """Where a file of this share lies as it was made last, of what the share was given then; None where no such files are known."""


@frozen
class Made:
    """What a share says of what it made."""

    said: tuple[DataFile, ...]
    names: Mapping[Strand, str] = field(default_factory=dict)
    """Of a group, its strands on the shelf."""


_NOTHING = Made(())


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


def join_shares(
    deck: Deck, groups: Sequence[Group], *, made: Iterable[Made], former: Iterable[Made] = ()
) -> Iterator[Share]:
    """A share for each file, or few, that hold several groups.

    ``made`` says of each group where its strands are, ``former`` where they were when files were joined last.
    """
    before = tuple(former) or (_NOTHING,) * len(groups)
    kept = tuple(Kept(group, one.names, was.names) for group, one, was in zip(groups, made, before, strict=True))
    for join in joins(deck) if deck.catalogue.exhibition.open_data else ():
        own = tuple(one for one in kept if one.group.kind.name in join.kinds)
        names = tuple(one.names[strand] for one in own for strand in join.strands)
        were = (
            tuple(one.former[strand] for one in own for strand in join.strands)
            if all(one.former for one in own)
            else ()
        )
        entries = sum(len(one.group.keys) for one in own)
        yield Share(join.name, join.weight * entries, names, partial(_join_made, join, kept=own), were)


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
    files = sorted(made, key=lambda one: one.address)
    package = data_package(deck.catalogue.exhibition, files)
    yield package
    yield checksums((*files, data_file(package)))


def interface_files(deck: Deck) -> Iterator[OutputFile]:
    """The index of the interface, and what explains it."""
    if deck.catalogue.exhibition.open_data:
        yield from index_files(deck)


def data_jobs(deck: Deck, made: Iterable[DataFile]) -> tuple[PageJob, ...]:
    """The page that offers the open data, where there are any."""
    return (data_job(deck, made),) if deck.catalogue.exhibition.open_data else ()


def whole_data(deck: Deck) -> tuple[Mapping[str, OutputFile], tuple[PageJob, ...]]:
    """Address → file of all open data, and the job of its page, made by this process alone."""
    files: list[OutputFile] = []
    with shelf_at(None) as shelf:
        bench, groups = Bench(deck, shelf, files.append), tuple(groups_of(deck))
        made = [group_share(group).make(bench) for group in groups]
        made += [share.make(bench) for share in join_shares(deck, groups, made=tuple(made))]
    said = tuple(file for one in made for file in one.said)
    files += (*describing_files(deck, said), *interface_files(deck))
    return {file.address: file for file in files}, data_jobs(deck, said)


def _group_made(group: Group, bench: Bench) -> Made:
    names, file = group.put_away(bench.deck, bench.shelf, retold=bench.retold)
    bench.put(file)
    return Made((data_file(file),), names)


def _join_made(join: Join, bench: Bench, *, kept: tuple[Kept, ...]) -> Made:
    said = []
    for file, one in join.files(Strands(bench.deck, bench.shelf, kept, bench.lying)):
        bench.put(file)
        said.append(one)
    return Made(tuple(said))
