"""The database, read by SQLite and by the real Datasette on loopback: keys, names, full text, the same bytes twice."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from sample_open import ENTRIES, SECRET, SETTINGS
from small import deck_at, write
from whole import SECONDS

from site_builder.opendata.database import ADDRESS, METADATA
from site_builder.opendata.making import whole_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from site_builder.publish.deck import Deck


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """An entry of every kind."""
    return deck_at(write(tmp_path_factory.mktemp("sqlite"), ENTRIES), **SETTINGS, licence="CC-BY-4.0")


@pytest.fixture(scope="module")
def database(deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database and its metadata on the disk."""
    place = tmp_path_factory.mktemp("database")
    files = whole_data(deck)[0]
    for address in (ADDRESS, METADATA):
        (place / address.rpartition("/")[2]).write_bytes(files[address].content)
    return place / ADDRESS.rpartition("/")[2]


def test_the_database_is_whole_and_its_keys_hold(database: Path) -> None:
    """SQLite's own checks; a reference leads to its entry, a mere name to none."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        rows = connection.execute(
            "SELECT links.name, role, trade FROM project_craftsman AS links LEFT JOIN craftsman AS people "
            "ON people.id = links.craftsman WHERE project = 'yang-ben-jia' ORDER BY position"
        ).fetchall()
        assert rows[0] == ("样本人", "主创", "样本工")
        assert rows[1] == ("样本乙", None, None)
        studio = connection.execute("SELECT studio_id, studio FROM project WHERE id = 'yang-ben-jia'").fetchone()
        assert studio == ("yang-ben-shi", "样本工作室")
        assert connection.execute("SELECT rowid FROM project_fts WHERE project_fts MATCH '甲成果'").fetchall()
        dump = "\n".join(connection.iterdump())
    assert SECRET not in dump


def test_the_same_bytes_twice_and_no_version_in_them(deck: Deck, database: Path) -> None:
    """What wrote it leaves no trace in its head."""
    again = {address: file.content for address, file in whole_data(deck)[0].items()}
    assert again[ADDRESS] == database.read_bytes()
    assert int.from_bytes(again[ADDRESS][96:100], "big") == 3_040_000
    assert again[METADATA] == (database.parent / "metadata.json").read_bytes()


@pytest.fixture(scope="module")
def datasette(database: Path) -> Iterator[str]:
    """The real Datasette on loopback, with the metadata that lies beside the database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "-h", "127.0.0.1", "-p", str(port)),
        *("--metadata", str(database.parent / "metadata.json")),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=30).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def told(address: str) -> Any:
    """JSON that Datasette answers."""
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return json.load(answer)


def test_datasette_shows_tables_searches_and_follows_keys(datasette: str) -> None:
    """Titles and licence from the metadata, full text, expanded keys."""
    whole = told(f"{datasette}/exhibition.json")
    assert {"project", "craftsman", "project_craftsman"} <= {table["name"] for table in whole["tables"]}
    found = told(f"{datasette}/exhibition/project.json?_shape=objects&_search={quote('样本甲')}")
    assert [row["id"] for row in found["rows"]] == ["yang-ben-jia"]
    assert found["license"] == "知识共享 署名 4.0 国际"
    links = told(f"{datasette}/exhibition/project_craftsman.json?_shape=objects&_labels=on&craftsman=yang-ben-ren")
    assert links["rows"][0]["craftsman"] == {"value": "yang-ben-ren", "label": "样本人"}
    with urllib.request.urlopen(f"{datasette}/exhibition/project", timeout=SECONDS) as page:
        text = page.read().decode()
    assert [words for words in ("成果名称", SETTINGS["organiser"]) if words not in text] == []
