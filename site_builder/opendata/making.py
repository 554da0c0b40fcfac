"""Groups of the open data that were made come in; the shares in which files are joined from them go out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from site_builder.model.pages import OutputFile, PageJob
from site_builder.opendata.datafile import Draft
from site_builder.opendata.group import Group
from site_builder.opendata.groups import Kept
from site_builder.opendata.joining import Join, Strands, joins
from site_builder.opendata.work import (
    Bench,
    Made,
    Share,
    data_jobs,
    describing_files,
    group_share,
    groups_of,
    interface_files,
)
from site_builder.press.shelf import shelf_at
from site_builder.publish.deck import Deck

_NOTHING = Made(())


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


def whole_data(deck: Deck) -> tuple[Mapping[str, OutputFile], tuple[PageJob, ...]]:
    """Address → file of all open data, and the job of its page, made by this process alone."""
    files: list[OutputFile] = []

    def put(file: OutputFile | Draft) -> None:
        assert isinstance(file, OutputFile)  # drafts are of files that lie somewhere, and are mended
        files.append(file)

    with shelf_at(None) as shelf:
        bench, groups = Bench(deck, shelf, put), tuple(groups_of(deck))
        made = [group_share(group).make(bench) for group in groups]
        made += [share.make(bench) for share in join_shares(deck, groups, made=tuple(made))]
    said = tuple(file for one in made for file in one.said)
    files += (*describing_files(deck, said), *interface_files(deck))
    return {file.address: file for file in files}, data_jobs(deck, said)


def _join_made(join: Join, bench: Bench, *, kept: tuple[Kept, ...]) -> Made:
    said = []
    for file, one in join.files(Strands(bench.deck, bench.shelf, kept, bench.lying, bench.beside)):
        bench.put(file)
        said.append(one)
    return Made(tuple(said))
