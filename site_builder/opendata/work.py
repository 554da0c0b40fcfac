"""A deck comes in; the work of making all open data goes out, in shares that workers take, and what describes it in the end."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from site_builder.model.kinds import Kind
from site_builder.model.pages import OutputFile, PageJob
from site_builder.opendata.api import index_files, shard_files
from site_builder.opendata.columns import columns_of
from site_builder.opendata.database import database_files
from site_builder.opendata.datafile import DataFile, Said, data_file
from site_builder.opendata.documents import Archive
from site_builder.opendata.links import LinkTable, link_tables
from site_builder.opendata.overview import HEADINGS, overview, overview_lines
from site_builder.opendata.package import checksums, data_package
from site_builder.opendata.page import data_job
from site_builder.opendata.tables import Table, book_bytes, csv_bytes
from site_builder.publish.deck import Deck
from site_builder.publish.takeaway import ROOT, Takeaway, kinds_shown, takeaways

EVERYTHING = f"{ROOT}all"
_DATABASE, _LISTS = 3, 2
"""How long an entry takes in the database and in the lists, where a document in its kind's files takes four."""
_KIND = 4
Named = tuple[OutputFile, DataFile]


@dataclass(frozen=True)
class Share:
    """A part of the work that one worker does: what it is called, how heavy it is, and what makes its files."""

    name: str
    weight: int
    files: Callable[[], Iterator[Named]]


def open_data(deck: Deck, *, part: int = 0, of: int = 1) -> Iterator[Named]:
    """The files of one worker's share, each with what is to be said of it."""
    for share in dealt(data_shares(deck), part=part, of=of):
        yield from share.files()


def closing_files(deck: Deck, made: Iterable[DataFile]) -> Iterator[OutputFile]:
    """What describes the files of all shares: the data package and the index of the interface."""
    files = sorted(made, key=lambda one: one.address)
    package = data_package(deck.catalogue.exhibition, files)
    yield package
    yield checksums((*files, data_file(package)))
    yield from index_files(deck)


def data_shares(deck: Deck) -> Iterator[Share]:
    """All shares; what they make is the same whoever takes them."""
    archive = Archive(deck)
    kinds = kinds_shown(deck)
    for kind in kinds:
        weight = _KIND * len(deck.catalogue.of_kind(kind.name))
        yield Share(kind.name, weight, partial(_kind_files, archive, kind))
    yield Share("database", _DATABASE * len(deck.cards), partial(_database_files, archive))
    yield Share("lists", _LISTS * len(deck.cards), partial(_list_files, deck))


def dealt(shares: Iterable[Share], *, part: int, of: int) -> Iterator[Share]:
    """The heaviest first, each to whom has least: the same for every worker that asks."""
    loads = [0] * of
    for share in sorted(shares, key=lambda one: -one.weight):
        least = loads.index(min(loads))
        loads[least] += share.weight
        if least == part:
            yield share


def _kind_files(archive: Archive, kind: Kind) -> Iterator[Named]:
    """Everything that has the documents of a kind: its table, its lines, its shards, its links."""
    documents = tuple(archive.documents(kind.name))
    columns = columns_of(kind)
    rows = tuple(tuple(column.value(one, archive) for column in columns) for one in documents)
    table = Table(kind.label, tuple(column.heading for column in columns), rows).narrowed()
    stem = f"{ROOT}{kind.folder}"
    said = Said("table", kind.name, table.headings, len(rows))
    yield _named(f"{stem}.csv", csv_bytes(table.headings, table.rows), said=said)
    yield _named(f"{stem}.xlsx", book_bytes(table), said=Said("book", kind.name))
    texts = {one.entry.id: archive.text(one) for one in documents}
    yield from _lines(stem, list(texts.values()), kind=kind.name)
    for file in shard_files(kind, texts):
        yield file, data_file(file)
    for links in link_tables(kind, documents):
        yield _link_file(links)


def _lines(stem: str, lines: list[str], *, kind: str = "") -> Iterator[Named]:
    whole = "[\n" + ",\n".join(lines) + "\n]\n"
    yield _named(f"{stem}.json", whole.encode("utf-8"), said=Said("json", kind))
    yield _named(f"{stem}.jsonl", ("\n".join(lines) + "\n").encode("utf-8"), said=Said("lines", kind))


def _link_file(links: LinkTable) -> Named:
    content = csv_bytes(links.headings, links.rows)
    address = f"{ROOT}links/{links.name.replace('_', '-')}.csv"
    return _named(address, content, said=Said("links", links.name, links.headings, len(links.rows)))


def _named(address: str, content: bytes, *, said: Said) -> Named:
    file = OutputFile(address, content)
    return file, data_file(file, said)


def _database_files(archive: Archive) -> Iterator[Named]:
    for file in database_files(archive):
        yield file, data_file(file)


def _list_files(deck: Deck) -> Iterator[Named]:
    """The whole in one list, and the lists of editions and awards; a row is made once for all of them."""
    keys = tuple(key for kind in kinds_shown(deck) for key in deck.catalogue.of_kind(kind.name))
    whole = overview(deck, deck.catalogue.exhibition.name, keys=keys)
    rows = dict(zip(keys, whole.rows, strict=True))
    yield from _sheets(Takeaway(whole.name, EVERYTHING, keys), whole)
    yield from _lines(EVERYTHING, overview_lines(whole.rows))
    for one in takeaways(deck):
        yield from _sheets(one, Table(one.title, HEADINGS, tuple(rows[key] for key in one.keys)))


def _sheets(one: Takeaway, table: Table) -> Iterator[Named]:
    said = Said("list", one.title, table.headings, len(table.rows))
    yield _named(f"{one.stem}.csv", csv_bytes(table.headings, table.rows), said=said)
    yield _named(f"{one.stem}.xlsx", book_bytes(table), said=replace(said, role="listbook"))


def whole_data(deck: Deck) -> tuple[Mapping[str, OutputFile], PageJob]:
    """Address → file of all open data, and the job of its page, made by this process alone."""
    named = tuple(open_data(deck))
    made = tuple(said for _, said in named)
    files = (*(file for file, _ in named), *closing_files(deck, made))
    return {file.address: file for file in files}, data_job(deck, made)
