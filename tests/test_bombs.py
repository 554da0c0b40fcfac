"""Small files that would take all memory, all time or the whole of another file are refused, or read within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whole import PROJECT, run_module

from tests.bombs import CASES

if TYPE_CHECKING:
    from pathlib import Path


def test_bombs_end_as_expected_within_limits_of_the_system(tmp_path: Path) -> None:
    """Each in a process with four seconds of CPU and 400 MB: pictures, drawings, PDFs, office files, YAML, JSON, Markdown."""
    done = run_module("tests.bombs", str(tmp_path), cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    ends = [line.split("\t") for line in done.stdout.splitlines()]
    assert [name for name, *_ in ends] == list(CASES)
    assert [line for line in ends if line[1] != line[2]] == []
