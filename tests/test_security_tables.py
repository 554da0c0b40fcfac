"""The tables of attacks, faults and demands: every test that they name is there, and everything that was asked for has its row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PAGES = ("docs/security.md", "docs/privacy.md")
NAMED = re.compile(r"`((?:tests/fault/\w+|test_\w+)\.py)?(?:::)?(test_\w+(?!\.py)\b)?`")
TARGET = re.compile(r"target `(\w+)`")
ASKED = {
    "docs/security.md": (
        *(
            "Markdown",
            "schemes of links|scheme of links",
            "SVG",
            "Ids",
            "symlinks",
            "YAML",
            "bombs",
            "Workbooks",
            "Templates",
            "</script>",
        ),
        *(
            "Formulas",
            "ReDoS",
            "SIGKILL",
            "Disk full",
            "may not be written",
            "vanishes",
            "clock that jumps back",
            "Two builds",
        ),
        *(
            "Out of memory",
            "cache that cannot be",
            "of another version",
            "Anything written elsewhere",
            "unsafe-inline",
            "Trusted Types",
        ),
        *("127.0.0.1", "Paths out of the site", "DNS rebinding"),
    ),
    "docs/privacy.md": (
        *(
            "identity",
            "telephone",
            "card",
            "mail",
            "birth date",
            "home",
            "alt text",
            "attachments",
            "EXIF",
            "False alarm|false alarm",
        ),
        *(
            "Exceptions",
            "basis",
            "portrait",
            "film",
            "guardian",
            "lapses",
            "Evidence",
            "Register",
            "Withdrawal",
            "nothing is left",
        ),
    ),
}
"""What the two pages must have a row for, in the words of their first columns or of the defence."""


def rows(page: str) -> list[str]:
    """Lines of its tables that name tests."""
    lines = (PROJECT / page).read_text(encoding="utf-8").splitlines()
    return [
        line for line in lines if line.startswith("| ") and ("test_" in line or "target `" in line or "tests/" in line)
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_table_names_is_there(page: str) -> None:
    """Files, functions in them, and targets of the fuzzer."""
    everything = {path.name: path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("*.py")}
    functions = set(re.findall(r"^def (test_\w+)", "\n".join(everything.values()), re.MULTILINE))
    targets = set(re.findall(r"^def (\w+)", (PROJECT / "fuzz/targets.py").read_text(encoding="utf-8"), re.MULTILINE))
    missing = []
    for row in rows(page):
        file = ""
        for named, function in NAMED.findall(row):
            file = named.rpartition("/")[2] or file
            known = re.findall(r"^def (test_\w+)", everything.get(file, ""), re.MULTILINE) if file else functions
            missing += [named] if named and file not in everything else []
            missing += [f"{file}::{function}"] if function and function not in known else []
        missing += [name for name in TARGET.findall(row) if name not in targets]
    assert missing == []
    assert len(rows(page)) > 10


@pytest.mark.parametrize("page", PAGES)
def test_everything_asked_for_has_a_row(page: str) -> None:
    """With a test: a row without one proves nothing."""
    text = "\n".join(rows(page))
    assert [words for words in ASKED[page] if not re.search(words, text)] == []
