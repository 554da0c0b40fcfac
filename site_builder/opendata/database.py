"""Rows and links of all kinds come in; the bytes of an SQLite file that Datasette shows as it is go out, and its metadata."""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.pages import OutputFile
from site_builder.opendata.columns import Column, columns_of
from site_builder.opendata.links import LinkTable
from site_builder.opendata.rows import has_key
from site_builder.opendata.terms import licence_of
from site_builder.publish.takeaway import ROOT

ADDRESS = f"{ROOT}exhibition.sqlite"
METADATA = f"{ROOT}metadata.json"
_TYPES = (("string", "TEXT"), ("integer", "INTEGER"), ("number", "REAL"), ("boolean", "INTEGER"))
_COUNTERS = ((24, 1), (40, 1), (92, 1), (96, 3_040_000))
"""Where the file's head says how often it, and its tables, were written, and by which version of SQLite: all in it that is not data."""
LAID_OUT = ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY")
"""How a connection writes that nobody shares."""
_ROOMY = ("cache_size = -65536", "locking_mode = EXCLUSIVE")
"""And a new file, of which nothing need go to the disk before its end."""
MAPPED = "mmap_size = 268435456"
"""How a file is read that nobody shortens: without a copy of each page."""
_AT_ONCE = 20
"""Links that one statement adds."""
_SEARCHED = ("title", "name", "summary")
"""Bodies stay out: an index of their three-letter runs would weigh more than all the rest."""


@frozen
class Rows:
    """What the database has of a kind: a row for each entry in list order, and the links of its entries."""

    kind: Kind
    rows: Sequence[tuple[Any, ...]]
    links: tuple[LinkTable, ...]


def database_files(exhibition: Exhibition, kinds: Iterable[Callable[[], Rows]]) -> Iterator[OutputFile]:
    """The database and what Datasette shows beside it; same content, same bytes. One kind after the other is asked for."""
    with tempfile.TemporaryDirectory(prefix="database-") as scratch:
        content, shown, links = _written(Path(scratch), kinds)
    yield OutputFile(ADDRESS, content)
    yield OutputFile(METADATA, _metadata(exhibition, shown, links=links))


def laid_out(connection: sqlite3.Connection, scratch: Path) -> Path:
    """The file, in this folder, of the whole database in the order of its rows, with nothing in its head of how it was written.

    It is laid out in a file of its own: to write it back and to copy it in memory took as long again, for it weighs tens of megabytes.
    """
    path = scratch / "laid-out.sqlite"
    # SQLite would make it for its owner to write, whoever else may write what is beside it
    path.touch()
    connection.execute("VACUUM INTO ?", (str(path),))
    with path.open("r+b") as file:
        for at, number in _COUNTERS:
            file.seek(at)
            file.write(number.to_bytes(4, "big"))
    return path


def _written(scratch: Path, kinds: Iterable[Callable[[], Rows]]) -> tuple[bytes, list[Kind], list[LinkTable]]:
    with closing(sqlite3.connect(scratch / "filled.sqlite", isolation_level=None)) as connection:
        for line in ("page_size = 4096", "encoding = 'UTF-8'", *LAID_OUT, *_ROOMY):
            connection.execute(f"PRAGMA {line}")
        connection.execute("BEGIN")
        shown: list[Kind] = []
        links: list[LinkTable] = []
        for ask in kinds:
            found = ask()
            _fill_kind(connection, found.kind, rows=found.rows)
            shown.append(found.kind)
            links += found.links
        for table in links:
            connection.execute(_table_of(table))
            fill_links(connection, table)
            # an index of many rows at once is made in half the time
            connection.execute(_index_of(table))
        connection.execute("COMMIT")
        return laid_out(connection, scratch).read_bytes(), shown, links


def _fill_kind(connection: sqlite3.Connection, kind: Kind, *, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = columns_of(kind)
    lines = [f'"{name}" {form}' for column in columns for name, form in _definition(column)]
    keys = [
        f'FOREIGN KEY ("{column.name}_id") REFERENCES "{column.refers[0]}"("id")'
        for column in columns
        if has_key(column)
    ]
    connection.execute(f'CREATE TABLE "{kind.name}" ({", ".join([*lines, *keys])})')
    names = columns_in(kind)
    # most columns of most kinds are empty: what is not named need not be given for each row
    filled = [at for at, values in enumerate(zip(*rows, strict=True)) if values.count(None) < len(values)]
    named, marks = ", ".join([f'"{names[at]}"' for at in filled]), ", ".join("?" * len(filled))
    connection.executemany(f'INSERT INTO "{kind.name}" ({named}) VALUES ({marks})', map(itemgetter(*filled), rows))
    told = ", ".join(f'"{name}"' for name in searched_in(kind))
    connection.execute(
        f"CREATE VIRTUAL TABLE \"{kind.name}_fts\" USING fts5({told}, content='{kind.name}', tokenize='trigram')"
    )
    index_words(connection, kind)


def index_words(connection: sqlite3.Connection, kind: Kind) -> None:
    """Indexes the words of all rows of a kind."""
    connection.execute(f'INSERT INTO "{kind.name}_fts"("{kind.name}_fts") VALUES (\'rebuild\')')


def searched_in(kind: Kind) -> tuple[str, ...]:
    """The columns of a kind's table whose words are indexed."""
    return tuple(column.name for column in columns_of(kind) if column.name in _SEARCHED)


def columns_in(kind: Kind) -> tuple[str, ...]:
    """All columns of a kind's table, as its rows have them."""
    return tuple(name for column in columns_of(kind) for name, _ in _definition(column))


def _definition(column: Column) -> Iterator[tuple[str, str]]:
    """Names and types; a reference has its id beside its name, a name alone has no id."""
    if column.name == "id":
        yield "id", "TEXT PRIMARY KEY"
        return
    if has_key(column):
        yield f"{column.name}_id", "TEXT"
    yield column.name, dict(_TYPES)[column.type]


def _table_of(links: LinkTable) -> str:
    source, target = links.source.name, links.target.name
    return (
        f'CREATE TABLE "{links.name}" ("{source}" TEXT NOT NULL REFERENCES "{source}"("id"), "field" TEXT NOT NULL, '
        f'"position" INTEGER NOT NULL, "{_to(links)}" TEXT REFERENCES "{target}"("id"), "name" TEXT NOT NULL, "role" TEXT, '
        f'PRIMARY KEY ("{source}", "position")) WITHOUT ROWID'
    )


def _index_of(links: LinkTable) -> str:
    return f'CREATE INDEX "{links.name}_{_to(links)}" ON "{links.name}" ("{_to(links)}")'


def _to(links: LinkTable) -> str:
    """The column of what is named."""
    return f"other_{links.target.name}" if links.source == links.target else links.target.name


def fill_links(connection: sqlite3.Connection, table: LinkTable) -> None:
    """Adds all links to their table, many by one statement, which takes two thirds of the time."""
    insert, marks = f'INSERT INTO "{table.name}" VALUES', "(?, ?, ?, ?, ?, ?)"
    whole = len(table.rows) // _AT_ONCE * _AT_ONCE
    many = (tuple(chain.from_iterable(table.rows[at : at + _AT_ONCE])) for at in range(0, whole, _AT_ONCE))
    connection.executemany(f"{insert} {', '.join([marks] * _AT_ONCE)}", many)
    connection.executemany(f"{insert} {marks}", table.rows[whole:])


def _metadata(exhibition: Exhibition, shown: Iterable[Kind], *, links: Iterable[LinkTable]) -> bytes:
    licence = licence_of(exhibition)
    tables: dict[str, Any] = {}
    for kind in shown:
        columns = {one.name: f"{one.heading}。{one.note}" if one.note else one.heading for one in columns_of(kind)}
        tables[kind.name] = {"title": kind.label, "label_column": kind.title_field, "columns": columns}
        tables[f"{kind.name}_fts"] = {"hidden": True}
        tables[kind.name] |= {"fts_table": f"{kind.name}_fts", "fts_pk": "rowid"}
    for table in links:
        tables[table.name] = {"title": f"{table.source.label}—{table.target.label}"}
    whole: dict[str, Any] = {
        "title": exhibition.name,
        "description": exhibition.description,
        "license": licence.title if licence.name else "",
        "license_url": licence.address,
        "source": exhibition.organiser or exhibition.name,
        "source_url": exhibition.url,
        "databases": {"exhibition": {"tables": tables}},
    }
    kept = {name: value for name, value in whole.items() if value}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
