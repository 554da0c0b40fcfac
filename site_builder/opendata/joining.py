"""Strands of all groups come in; the files that hold more than one group go out: tables, books, lines, links, lists, the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.pages import OutputFile
from site_builder.opendata.columns import columns_of
from site_builder.opendata.database import ADDRESS as DATABASE
from site_builder.opendata.database import METADATA, Rows, database_files
from site_builder.opendata.datafile import DataFile, Draft, Said, data_file
from site_builder.opendata.group import Strand
from site_builder.opendata.groups import Kept
from site_builder.opendata.links import LinkTable, link_tables
from site_builder.opendata.mending import Differing, exchanged
from site_builder.opendata.overview import HEADINGS, Row
from site_builder.opendata.splicing import FEW, spliced
from site_builder.opendata.tables import (
    Cells,
    Table,
    book_bytes,
    book_mended,
    csv_bytes,
    csv_file,
    csv_headings,
    csv_lines,
    csv_mended,
)
from site_builder.opendata.terms import origin_of
from site_builder.opendata.work import Lying
from site_builder.press.shelf import Shelf
from site_builder.publish.deck import Deck
from site_builder.publish.takeaway import ROOT, Takeaway, kinds_shown, takeaways

EVERYTHING = f"{ROOT}all"
_LINED = (("json", "json"), ("jsonl", "lines"))
"""Files of lines of JSON, by their endings, and what for."""
_LISTED = (("csv", "list"), ("xlsx", "listbook"))
"""The same of a list to take away."""
Named = tuple[OutputFile | Draft, DataFile]
_Said = tuple[Row, bytes]
"""What an entry says in lists: its row, and its line of JSON."""
Added = tuple[Any, ...]
"""What an entry adds to some strands, in their order."""


@frozen
class Join:
    """Files that are made of certain strands of certain kinds."""

    name: str
    kinds: tuple[str, ...]
    strands: tuple[Strand, ...]
    weight: int
    """How long one entry takes, beside those of other joins."""
    files: Callable[["Strands"], Iterator[Named]]


@frozen
class Strands:
    """Strands of all groups, taken from the shelf when they are asked for."""

    deck: Deck
    shelf: Shelf
    kept: tuple[Kept, ...]
    lying: Lying | None = None
    """Where files lie as they were joined of the former strands; None where that is not known."""
    beside: Path | None = None
    """A site in the making, beside which there may be drafts."""

    def of(self, kind: Kind, strand: Strand) -> list[Any]:
        """What the entries of a kind add, in list order."""
        found: dict[str, Any] = {}
        for one in self.kept:
            if one.group.kind == kind:
                found |= one.strand(strand, shelf=self.shelf, deck=self.deck)
        return [found[key.partition("/")[2]] for key in self.deck.catalogue.of_kind(kind.name)]

    def differing(self, kind: Kind, *strands: Strand) -> dict[str, tuple[Added, Added]] | None:
        """Key → what an entry of a kind added to these strands and what it adds now, where that differs.

        None where that is not known, where they are others, or where what was joined of the former ones does not lie there.
        """
        if self.lying is None:
            return None
        found: dict[str, tuple[Added, Added]] = {}
        # whoever takes over what lies there in its order leans on that order
        self.deck.catalogue.of_kind(kind.name)
        for one in self.kept:
            if one.group.kind != kind or all(one.names[strand] == one.former.get(strand) for strand in strands):
                continue
            try:
                were = [self.shelf.get(one.former[strand]) for strand in strands]
            except KeyError:
                return None
            are = [one.strand(strand, shelf=self.shelf, deck=self.deck) for strand in strands]
            if list(were[0]) != list(are[0]):
                return None
            for name in are[0]:
                was, now = tuple([held[name] for held in were]), tuple([held[name] for held in are])
                if was != now:
                    found[f"{kind.name}/{name}"] = was, now
        return found


def joins(deck: Deck) -> Iterator[Join]:
    """All joins; what they make is the same whoever takes them."""
    kinds = kinds_shown(deck)
    for kind in kinds:
        own = (kind.name,)
        yield Join(f"{kind.name} lines", own, (Strand.LINE,), 1, partial(_line_files, kind))
        yield Join(f"{kind.name} table", own, (Strand.CELLS, Strand.BODY), 3, partial(_table_files, kind))
        yield Join(f"{kind.name} book", own, (Strand.CELLS,), 3, partial(_book_files, kind))
        yield Join(f"{kind.name} links", own, (Strand.LINKS,), 2, partial(_link_files, kind))
    named = tuple(kind.name for kind in kinds)
    yield Join("database", named, (Strand.STORED, Strand.BODY, Strand.LINKS), 6, partial(_database_files, kinds))
    yield Join("lists", named, (Strand.OVERVIEW,), 4, partial(_list_files, kinds))


def _line_files(kind: Kind, strands: Strands) -> Iterator[Named]:
    stem, differing = f"{ROOT}{kind.folder}", strands.differing(kind, Strand.LINE)
    parts = None if differing is None else [(was, now) for (was,), (now,) in differing.values()]
    mended = _mended_lines(stem, parts, lying=strands.lying, kind=kind.name)
    yield from mended or _lines(stem, strands.of(kind, Strand.LINE), kind=kind.name)


def _mended_lines(
    stem: str, parts: Sequence[tuple[bytes, bytes]] | None, *, lying: Lying | None, kind: str = ""
) -> tuple[Named, ...]:
    """Both files as they lie, the lines that differ exchanged; nothing where that cannot be."""
    if lying is None or parts is None:
        return ()
    found = []
    for ending, role in _LINED:
        content = spliced(lying(f"{stem}.{ending}").read_bytes(), parts)
        if content is None:
            return ()
        found.append(_named(f"{stem}.{ending}", content, said=Said(role, kind)))
    return tuple(found)


def _lines(stem: str, lines: list[bytes], *, kind: str = "") -> Iterator[Named]:
    # tens of megabytes: what is put round a join copies all that was joined
    yield _named(f"{stem}.json", b"".join(_listed(lines)), said=Said("json", kind))
    yield _named(f"{stem}.jsonl", b"\n".join((*lines, b"")), said=Said("lines", kind))


def _listed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Parts of one JSON array, an element a line."""
    yield b"[\n"
    for at, line in enumerate(lines):
        if at:
            yield b",\n"
        yield line
    yield b"\n]\n"


def _table_files(kind: Kind, strands: Strands) -> Iterator[Named]:
    yield _mended_table(kind, strands) or _whole_table(kind, strands)


def _mended_table(kind: Kind, strands: Strands) -> Named | None:
    """The table as it lies, the rows that differ exchanged; None where that cannot be."""
    differing = strands.differing(kind, Strand.CELLS, Strand.BODY)
    if strands.lying is None or differing is None:
        return None
    address = f"{ROOT}{kind.folder}.csv"
    rows = [((*was, former), (*now, body)) for (was, former), (now, body) in differing.values()]
    content = csv_mended(strands.lying(address).read_bytes(), _headings(kind), rows=rows)
    if content is None:
        return None
    count = len(strands.deck.catalogue.of_kind(kind.name))
    return _named(address, content, said=Said("table", kind.name, csv_headings(content), count))


def _whole_table(kind: Kind, strands: Strands) -> Named:
    whole = Table(kind.label, _headings(kind), _with_bodies(kind, Strand.CELLS, strands=strands))
    table = whole.narrowed(whole.filled())
    said = Said("table", kind.name, table.headings, len(table.rows))
    return _named(f"{ROOT}{kind.folder}.csv", csv_bytes(table), said=said)


def _headings(kind: Kind) -> tuple[str, ...]:
    """The last is the body's."""
    return tuple(column.heading for column in columns_of(kind))


def _book_files(kind: Kind, strands: Strands) -> Iterator[Named]:
    address = f"{ROOT}{kind.folder}.xlsx"
    content = _mended_book(kind, strands, address=address)
    if content is None:
        origin = origin_of(strands.deck.catalogue.exhibition)
        content = book_bytes(Table(kind.label, _headings(kind)[:-1], strands.of(kind, Strand.CELLS), origin))
    yield _named(address, content, said=Said("book", kind.name))


def _mended_book(kind: Kind, strands: Strands, *, address: str) -> bytes | None:
    """The workbook as it lies, the rows that differ exchanged; None where that cannot be."""
    differing = strands.differing(kind, Strand.CELLS)
    if strands.lying is None or differing is None or len(differing) > FEW:
        return None
    places = strands.deck.catalogue.of_kind(kind.name)
    rows = {places.index(key) + 1: (was, now) for key, ((was,), (now,)) in differing.items()}
    return book_mended(strands.lying(address).read_bytes(), rows)


def _link_files(kind: Kind, strands: Strands) -> Iterator[Named]:
    for table in _linked(kind, strands):
        address = f"{ROOT}links/{table.name.replace('_', '-')}.csv"
        said = Said("links", table.name, table.headings, len(table.rows))
        yield _named(address, csv_bytes(Table(table.name, table.headings, table.rows)), said=said)


def _named(address: str, content: bytes, *, said: Said) -> Named:
    file = OutputFile(address, content)
    return file, data_file(file, said)


def _database_files(kinds: tuple[Kind, ...], strands: Strands) -> Iterator[Named]:
    differing = _differing_rows(kinds, strands)
    if strands.lying is not None and differing is not None:
        with exchanged(strands.lying(DATABASE), differing, beside=strands.beside) as path:
            if path is not None:
                # what is said of its tables is the same
                for mended in (Draft(DATABASE, path), OutputFile(METADATA, strands.lying(METADATA).read_bytes())):
                    yield mended, data_file(mended)
                return
    for file in database_files(strands.deck.catalogue.exhibition, (partial(_stored, one, strands) for one in kinds)):
        yield file, data_file(file)


def _differing_rows(kinds: Iterable[Kind], strands: Strands) -> list[Differing] | None:
    """What differs from the database as it lies; None where that is not known."""
    found: list[Differing] = []
    for kind in kinds:
        rows, links = strands.differing(kind, Strand.STORED, Strand.BODY), strands.differing(kind, Strand.LINKS)
        if rows is None or links is None:
            return None
        pairs = tuple(((*was, former), (*now, body)) for (was, former), (now, body) in rows.values())
        found.append(Differing(kind, pairs, _linked(kind, strands) if links else None))
    return found


def _stored(kind: Kind, strands: Strands) -> Rows:
    return Rows(kind, _with_bodies(kind, Strand.STORED, strands=strands), _linked(kind, strands))


def _with_bodies(kind: Kind, strand: Strand, *, strands: Strands) -> list[tuple[Any, ...]]:
    """Whole rows, of which the body is kept apart."""
    rows, bodies = strands.of(kind, strand), strands.of(kind, Strand.BODY)
    return [(*row, body) for row, body in zip(rows, bodies, strict=True)]


def _linked(kind: Kind, strands: Strands) -> tuple[LinkTable, ...]:
    return link_tables(kind, chain.from_iterable(strands.of(kind, Strand.LINKS)))


def _list_files(kinds: tuple[Kind, ...], strands: Strands) -> Iterator[Named]:
    """The whole in one list, and the lists of editions and awards."""
    catalogue, lying = strands.deck.catalogue, strands.lying
    keys = catalogue.of_kind(*(kind.name for kind in kinds))
    whole, renewed = Takeaway(catalogue.exhibition.name, EVERYTHING, keys), _renewed(kinds, strands)
    lists = _Lists(kinds, strands)
    yield from _mended_sheets(whole, renewed, lying=lying) or lists.sheets(whole)
    parts = None if renewed is None else [(was, now) for (_, was), (_, now) in renewed.values()]
    yield from _mended_lines(EVERYTHING, parts, lying=lying) or _lines(EVERYTHING, lists.lines)
    for one in takeaways(strands.deck):
        yield from _mended_sheets(one, renewed, lying=lying) or lists.sheets(one)


def _renewed(kinds: Iterable[Kind], strands: Strands) -> dict[str, tuple[_Said, _Said]] | None:
    """Key → what an entry said in the lists as they lie and what it says now, where that differs; None where that is not known."""
    found: dict[str, tuple[_Said, _Said]] = {}
    for kind in kinds if strands.lying is not None else ():
        differing = strands.differing(kind, Strand.OVERVIEW)
        if differing is None:
            return None
        found |= {key: (was, now) for key, ((was,), (now,)) in differing.items()}
    return None if strands.lying is None or len(found) > FEW else found


def _mended_sheets(
    one: Takeaway, renewed: Mapping[str, tuple[_Said, _Said]] | None, *, lying: Lying | None
) -> tuple[Named, ...]:
    """A list as it lies, the rows that differ exchanged; nothing where that cannot be."""
    if lying is None or renewed is None:
        return ()
    csv, book = (lying(f"{one.stem}.{ending}").read_bytes() for ending, _ in _LISTED)
    rows = {one.keys.index(key) + 1: (renewed[key][0][0], renewed[key][1][0]) for key in renewed.keys() & set(one.keys)}
    mended = (csv_mended(csv, HEADINGS, rows=rows.values()), book_mended(book, rows)) if rows else (csv, book)
    return tuple(_as_list(one, mended)) if all(mended) else ()


def _as_list(one: Takeaway, contents: Iterable[bytes | None]) -> Iterator[Named]:
    for (ending, role), content in zip(_LISTED, contents, strict=True):
        yield _named(f"{one.stem}.{ending}", content or b"", said=Said(role, one.title, HEADINGS, len(one.keys)))


@frozen
class _Lists:
    """Lists that are made anew; what they share is made once, where there is one at all."""

    kinds: tuple[Kind, ...]
    strands: Strands
    cells: Cells = field(default_factory=Cells)

    @cached_property
    def _rows(self) -> dict[str, _Said]:
        """Key → what an entry says in any list."""
        found: dict[str, _Said] = {}
        for kind in self.kinds:
            keys = self.strands.deck.catalogue.of_kind(kind.name)
            found |= zip(keys, self.strands.of(kind, Strand.OVERVIEW), strict=True)
        return found

    @cached_property
    def _listed(self) -> dict[str, str]:
        """Key → its line of CSV: most entries stand on several lists."""
        return dict(zip(self._rows, csv_lines([row for row, _ in self._rows.values()]), strict=True))

    @property
    def lines(self) -> list[bytes]:
        """A line of JSON for each entry."""
        return [line for _, line in self._rows.values()]

    def sheets(self, one: Takeaway) -> Iterator[Named]:
        """A list as a table and as a workbook."""
        origin = origin_of(self.strands.deck.catalogue.exhibition)
        table = Table(one.title, HEADINGS, [self._rows[key][0] for key in one.keys], origin)
        contents = csv_file(HEADINGS, map(self._listed.__getitem__, one.keys)), book_bytes(table, self.cells)
        return _as_list(one, contents)
