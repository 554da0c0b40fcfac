"""The data package, read by frictionless: valid, keys between tables hold, and it says when they do not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from sample_open import ENTRIES, SETTINGS
from small import deck_at, write
from whole import SECONDS

from site_builder.opendata.making import whole_data

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open data of an exhibition with an entry of every kind, on the disk."""
    root = write(tmp_path_factory.mktemp("package"), ENTRIES)
    deck = deck_at(root, **SETTINGS, licence="CC-BY-4.0")
    for file in whole_data(deck)[0].values():
        path = root / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return root / "data"


def validated(package: Path) -> dict[str, Any]:
    """What the command frictionless says, in a process of its own: it warns of its own affairs."""
    command = [sys.executable, "-m", "frictionless", "validate", "--json", package.name]
    done = subprocess.run(
        command, cwd=package.parent, capture_output=True, encoding="utf-8", check=False, timeout=SECONDS
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_frictionless_finds_nothing_amiss(data: Path) -> None:
    """Types, constraints, sizes, digests and keys of every table."""
    found = validated(data / "datapackage.json")
    assert found["valid"], [(task["name"], task["errors"][:2]) for task in found["tasks"] if not task["valid"]]
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    assert {task["name"] for task in found["tasks"]} == {one["name"] for one in package["resources"]}
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    keys = [
        key["reference"]["resource"] for one in package["resources"] for key in one["schema"].get("foreignKeys", ())
    ]
    assert {"projects", "craftsmen", "organisations", "awards", "unions", "editions"} <= set(keys)
    titles = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert titles
    assert all(document["hash"].startswith("sha256:") for document in package["exhibition"]["documents"])


def test_frictionless_notices_a_broken_key(data: Path, tmp_path: Path) -> None:
    """The keys are real: a person who is nowhere is an error."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    links = copy / "links" / "project-craftsman.csv"
    links.write_text(links.read_text(encoding="utf-8").replace("yang-ben-ren", "yang-ben-wu"), encoding="utf-8")
    found = validated(copy / "datapackage.json")
    types = {error["type"] for task in found["tasks"] for error in task["errors"]}
    assert "foreign-key" in types
    assert types <= {"foreign-key", "hash-count", "byte-count"}
