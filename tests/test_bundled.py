"""Modules loaded from one file of byte code: the same modules, and never others than their sources say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MANY = 120
"""More than are worth a bundle."""
LOADING = """
import sys
from pathlib import Path
from site_builder.commands.bundled import bundled
with bundled(Path(sys.argv[1])):
    import many
import many.m7
print(many.total, many.m7.__file__, many.m7.__spec__.loader.__class__.__name__, len(many.__path__))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of many modules, each with a number."""
    package = tmp_path / "room/many"
    package.mkdir(parents=True)
    for at in range(MANY):
        (package / f"m{at}.py").write_text(f"NUMBER = {at}\n", encoding="utf-8")
    lines = [f"from many.m{at} import NUMBER as N{at}\n" for at in range(MANY)]
    total = f"total = {' + '.join(f'N{at}' for at in range(MANY))}\n"
    (package / "__init__.py").write_text("".join([*lines, total]), encoding="utf-8")
    return package


def loaded(package: Path, *options: str) -> list[str]:
    """What a process says that loads it: the sum of all numbers, where a module lies and who loaded it, and how many places it has."""
    ran = subprocess.run(
        [sys.executable, *options, "-c", LOADING, str(package.parent / "kept.bundle")],
        env={"PYTHONPATH": f"{package.parent}:{Path(__file__).parents[1]}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.split()


def test_the_second_time_all_come_from_the_bundle(package: Path) -> None:
    """And say what they said, with their own files."""
    total, where = str(sum(range(MANY))), str(package / "m7.py")
    assert loaded(package) == [total, where, "SourceFileLoader", "1"]
    assert loaded(package) == [total, where, "_Loader", "1"]


def test_a_source_that_changed_is_loaded_as_it_is(package: Path) -> None:
    """The others still come from the bundle; a harmed bundle, or one of another place, is none."""
    loaded(package)
    (package / "m7.py").write_text("NUMBER = 1007\n", encoding="utf-8")
    total = str(sum(range(MANY)) + 1000)
    assert loaded(package)[0::2] == [total, "SourceFileLoader"]
    kept = package.parent / "kept.bundle"
    kept.write_bytes(kept.read_bytes()[:1000])
    assert loaded(package)[0] == total
    assert loaded(package)[2] == "_Loader"
    assert loaded(package, "-O")[2] == "SourceFileLoader"


def test_where_nothing_is_to_be_written_there_is_no_bundle(package: Path) -> None:
    """Neither where Python is told so, nor where there is no room for it."""
    loaded(package, "-B")
    assert not (package.parent / "kept.bundle").exists()
    (package.parent / "kept.bundle").mkdir()
    assert loaded(package)[2] == "SourceFileLoader"
