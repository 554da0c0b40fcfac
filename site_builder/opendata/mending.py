"""A database as a build left it and today's rows come in; its bytes with those rows go out, where only what nobody searches differs.

To write all rows, and above all to index their three-letter runs, takes seven times as long as to exchange a text. SQLite's VACUUM lays
every table out anew, row after row, so that of the former file nothing is left but three counters in its head.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from site_builder.opendata.links import LinkTable

COUNTERS = (slice(24, 28), slice(40, 44), slice(92, 96))
"""Where the head of a file tells how often it and its tables were written."""
_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")
Row = tuple[Any, ...]


def exchanged(path: Path, table: str, *, rows: Sequence[Row], fixed: Iterable[str]) -> bool:
    """Exchanges what differs in the rows of a table of the database at ``path``; False where any of the ``fixed`` columns does.

    The rows are those of the table, in its order; where there are more or fewer, nothing is exchanged either.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        found = connection.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')
        names = [name for name, *_ in found.description[1:]]
        firm = [at for at, name in enumerate(names) if name in set(fixed)]
        former = found.fetchall()
        if len(former) != len(rows):
            return False
        others = []
        for at, (row, (number, *held)) in enumerate(zip(rows, former, strict=True), 1):
            if number != at or len(held) != len(row) or any(row[place] != held[place] for place in firm):
                return False
            if row != tuple(held):
                others.append((*row, at))
        told = ", ".join(f'"{name}" = ?' for name in names)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        connection.executemany(f'UPDATE "{table}" SET {told} WHERE rowid = ?', others)
        connection.execute("COMMIT")
    return True


def has_links(path: Path, tables: Iterable[LinkTable]) -> bool:
    """Whether these tables of links hold just these rows."""
    with closing(sqlite3.connect(path)) as connection:
        for table in tables:
            found = connection.execute(
                f'SELECT * FROM "{table.name}" ORDER BY "{table.source.name}", position'
            ).fetchall()
            if found != sorted(table.rows, key=lambda row: (row[0], row[2])):
                return False
    return True


def tables_in(path: Path) -> list[str]:
    """The names of its tables in the order in which they were made, without those that full-text search keeps for itself."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        ]
    return [name for name in names if not name.endswith(tuple(f"_fts{shadow}" for shadow in _SHADOWS))]


def laid_out(path: Path, head: bytes) -> bytes:
    """The bytes of the database as if it had been written at once; ``head`` is that of one that was."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("VACUUM")
    found = bytearray(path.read_bytes())
    for counter in COUNTERS:
        found[counter] = head[counter]
    return bytes(found)


def named(kinds: Sequence[str], links: Iterable[LinkTable]) -> Iterator[str]:
    """The names of all tables in the order in which VACUUM leaves them: those of full-text search last."""
    yield from kinds
    yield from (table.name for table in links)
    yield from (f"{kind}_fts" for kind in kinds)
