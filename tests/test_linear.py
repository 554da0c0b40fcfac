"""No pattern of ours takes a hostile line as an invitation to try for ever."""

from __future__ import annotations

import sys
from pathlib import Path

from whole import run_module

SECONDS = 60
"""Of CPU for all patterns; when all are linear they take a sixth."""


def test_every_pattern_is_linear() -> None:
    """Lines of fifty thousand signs, made of what each pattern looks for, in the ways in which the package uses it."""
    done = run_module("tests.linear", str(SECONDS), cwd=Path(__file__).resolve().parent.parent)
    assert (done.returncode, done.stdout.splitlines()[1:], done.stderr) == (0, [], "")
    assert int(done.stdout.split()[0]) > 200, sys.executable
