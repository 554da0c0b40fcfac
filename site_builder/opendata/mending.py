"""A database as a build left it and what differs of its rows come in; the file of the one that holds today's rows goes out.

To write all rows takes six times as long as to exchange a few. SQLite's VACUUM lays every table out anew, row after row, and an index of
words that is rebuilt is one that was built at once; so nothing is left of the former file.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS, Kind
from site_builder.opendata.database import (
    LAID_OUT,
    MAPPED,
    columns_in,
    fill_links,
    index_words,
    laid_out,
    searched_in,
)
from site_builder.opendata.links import LinkTable

Row = tuple[Any, ...]


@frozen
class Differing:
    """What differs of a kind: rows of the same entries, each as it was and as it is."""

    kind: Kind
    rows: Sequence[tuple[Row, Row]]
    links: Sequence[LinkTable] | None
    """All tables of links from this kind; None where they are as they were."""


@contextmanager
def exchanged(lying: Path, differing: Iterable[Differing], *, beside: Path | None) -> Iterator[Path | None]:
    """The database of this file with these rows, in a folder of the moment ``beside`` a site in the making; the file stays as it is.

    None where it has not the tables for them.
    """
    with tempfile.TemporaryDirectory(
        prefix=f"{beside.name}-" if beside else "database-", dir=beside and beside.parent
    ) as scratch:
        yield _exchanged(lying, differing, scratch=Path(scratch))


def _exchanged(lying: Path, differing: Iterable[Differing], *, scratch: Path) -> Path | None:
    path = shutil.copyfile(lying, scratch / "former.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            for line in (*LAID_OUT, MAPPED):
                connection.execute(f"PRAGMA {line}")
            connection.execute("BEGIN")
            if not all(_exchange(connection, one) for one in differing):
                return None
            connection.execute("COMMIT")
            return laid_out(connection, scratch)
        except sqlite3.DatabaseError:
            return None


def _exchange(connection: sqlite3.Connection, one: Differing) -> bool:
    """Exchanges the rows of a kind; whether all were there."""
    columns = columns_in(one.kind)
    told = ", ".join(f'"{name}" = ?' for name in columns)
    before = connection.total_changes
    connection.executemany(
        f'UPDATE "{one.kind.name}" SET {told} WHERE "id" = ?', [(*now, now[0]) for _, now in one.rows]
    )
    if connection.total_changes - before != len(one.rows):
        return False
    searched = [columns.index(name) for name in searched_in(one.kind)]
    if any(was[at] != now[at] for was, now in one.rows for at in searched):
        index_words(connection, one.kind)
    return one.links is None or _relink(connection, one.kind, links=one.links)


def _relink(connection: sqlite3.Connection, kind: Kind, *, links: Sequence[LinkTable]) -> bool:
    """Fills the tables of links from a kind anew; False where there were others."""
    held = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if held & {f"{kind.name}_{one.name}" for one in KINDS} != {table.name for table in links}:
        return False
    for table in links:
        connection.execute(f'DELETE FROM "{table.name}"')
        fill_links(connection, table)
    return True
