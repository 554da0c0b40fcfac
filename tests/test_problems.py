"""Every code of a problem: the sample that raises it, its line in the docs, and how problems are shown."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path

import pytest

from site_builder.intake.attachments import check_files
from site_builder.intake.content import read_content
from site_builder.intake.documents import LARGEST
from site_builder.intake.places import located
from site_builder.intake.reporting import as_github, as_json, as_text, mend_of, summary
from site_builder.model.problems import CODES, Place, Problem, Severity, code_named, in_order

PROJECT = Path(__file__).resolve().parent.parent
SAMPLES = PROJECT / "tests" / "exhibitions" / "faulty"
FOLDERS = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
RAISING = (
    "guarding",
    *("advice", "attachments", "content", "documents", "folders", "messages", "records"),
    *("validation", "yaml_faults", "yaml_mending", "yaml_reading", "yaml_text"),
)
ENGLISH = re.compile(r"\b(?!exhibition )[A-Za-z]{2,} [A-Za-z]{2,}")


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Everything that intake alone finds in an exhibition."""
    content = read_content(root)
    return in_order(located((*content.problems, *check_files(content.entries, root)), root))


def sample(code: str, directory: Path) -> Path:
    """A copy of the faulty sample; the file that is too large grows only here."""
    root = directory / code
    shutil.copytree(SAMPLES / code, root)
    if code == "too-large":
        with (root / "content" / "craftsmen" / "zhang-san.md").open("a", encoding="utf-8") as file:
            file.write("字" * LARGEST)
    return root


def where(problem: Problem) -> str:
    """The place of a problem as reports show it."""
    place = problem.place
    return ":".join(str(part) for part in (place.path, place.line, place.column) if part)


@pytest.mark.parametrize("code", FOLDERS)
def test_the_sample_raises_its_code_and_nothing_else(code: str, tmp_path: Path) -> None:
    """At the places that the sample names, in Chinese, with a mend."""
    found = problems_of(sample(code, tmp_path))
    expected = (SAMPLES / code / "expected.txt").read_text(encoding="utf-8").split()
    assert sorted(where(problem) for problem in found) == sorted(expected), as_text(found)
    assert {problem.code for problem in found} == {code}, as_text(found)
    for problem in found:
        assert not ENGLISH.search(problem.message + mend_of(problem)), problem
        assert len(mend_of(problem)) > 3


def test_every_code_that_intake_raises_has_a_sample() -> None:
    """Codes are found in the sources: as texts in the modules that raise them."""
    names = {code.name for code in CODES}
    sources = [PROJECT / "site_builder" / "intake" / f"{name}.py" for name in RAISING]
    sources.append(PROJECT / "site_builder" / "model" / "habits.py")
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert sorted(names & texts) == FOLDERS


def test_the_docs_have_a_line_for_every_code() -> None:
    """The table in docs/problems.md is that of model/problems.py, in its order."""
    text = (PROJECT / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    wanted = [f"| `{code.name}` | {code.severity.value} | {code.meaning} | {code.mend} |" for code in CODES]
    assert rows == wanted, "\n".join(["docs/problems.md should say:", *wanted])


def test_codes_are_stable_ascii_names() -> None:
    """Each once, lower case with hyphens, with a meaning and a mend."""
    names = [code.name for code in CODES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name) for name in names)
    assert all(code.meaning and code.mend for code in CODES)


FAULT = Problem("bad-year", Place("content/a,b:c.md", ("year",), 5, 8), "“100%”不是年份。\n第二行。", "写 2021")
ADVICE = Problem("no-source", Place("content/a.md"), "没有资料来源")
NOTE = Problem("empty-hall", Place("content/a.md", (), 2, 1), "展厅里没有展品")


def test_as_text() -> None:
    """One line each, sorted, with the mend of the code where the problem has none of its own."""
    assert as_text([NOTE, FAULT, ADVICE, ADVICE]).splitlines() == [
        "content/a,b:c.md:5:8: 错误[bad-year] “100%”不是年份。 第二行。写 2021",
        f"content/a.md: 警告[no-source] 没有资料来源。{code_named('no-source').mend}",
        f"content/a.md:2:1: 提示[empty-hall] 展厅里没有展品。{code_named('empty-hall').mend}",
    ]
    assert as_text([]) == ""


def test_as_json_parses_back() -> None:
    """All that is known of a problem, under stable names; what is not known is null."""
    first, second = json.loads(as_json([ADVICE, FAULT]))
    assert (first["code"], first["severity"], first["field"]) == ("bad-year", "error", ["year"])
    assert (first["path"], first["line"], first["column"]) == ("content/a,b:c.md", 5, 8)
    assert (first["message"], first["mend"]) == ("“100%”不是年份。\n第二行。", "写 2021")
    assert (second["severity"], second["line"], second["column"]) == ("warning", None, None)
    assert json.loads(as_json([])) == []


def parsed_annotation(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub reads it: its name, its properties and its message."""
    found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    assert found

    def plain(text: str) -> str:
        for code, character in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(code, character)
        return text

    properties = dict(part.split("=", 1) for part in found[2].split(","))
    return found[1], {name: plain(value) for name, value in properties.items()}, plain(found[3])


def test_as_github_parses_back() -> None:
    """Colons, commas, percent signs and line breaks are escaped as workflow commands want it."""
    error, warning, notice = (parsed_annotation(line) for line in as_github([FAULT, ADVICE, NOTE]).split("\n"))
    assert error == (
        "error",
        {"file": "content/a,b:c.md", "line": "5", "col": "8", "title": "错误[bad-year]"},
        "“100%”不是年份。\n第二行。写 2021",
    )
    assert warning[:2] == ("warning", {"file": "content/a.md", "title": "警告[no-source]"})
    assert notice[0] == "notice"
    assert as_github([]) == ""


def test_summary() -> None:
    """Counts by severity; what does not occur is not mentioned."""
    assert summary([FAULT, ADVICE, NOTE]) == "1 个错误，1 个警告，1 条提示"
    assert summary([ADVICE, FAULT, FAULT]) == "1 个错误，1 个警告"
    assert summary([]) == "没有发现问题"
    assert {code.severity for code in CODES} == set(Severity)
