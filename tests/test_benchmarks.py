"""The benchmark of builds runs, edits what it says, and prints its tables; nothing here is timed."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1]
BENCHMARKS = HOME / "benchmarks"


@pytest.fixture(autouse=True)
def _on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Benchmarks are scripts that import each other by name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_one_command_prints_the_tables_and_names_what_is_missing(tmp_path: Path) -> None:
    """Ours and Hugo, where it is installed, at six entries, after a title was changed."""
    command = [sys.executable, str(BENCHMARKS / "build.py"), "--entries", "6", "--steps", "title", "--only", "hugo"]
    ran = subprocess.run(
        [*command, "--json", str(tmp_path / "runs.json")],
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path), "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "### 6 entries, medians of 1" in ran.stdout
    row = next(line for line in ran.stdout.splitlines() if line.startswith("| exhibition |"))
    wall, cpu, peak, pages, html, size, page, megabyte = map(float, re.findall(r"\d+(?:\.\d+)?", row.replace(",", "")))
    assert wall > 0
    assert cpu > 0
    assert peak > 20
    assert pages > 6
    assert 0 < html < size
    assert page == pytest.approx(1000 * cpu / pages, rel=0.1)
    assert megabyte > 0
    without = next(line for line in ran.stdout.splitlines() if line.startswith("| exhibition, no open data |"))
    assert float(without.split("|")[6]) < size
    peers = [name for name in ("Hugo", "Hugo + Pagefind") if f"{name} is not installed" not in ran.stderr]
    for name in peers:
        assert len([line for line in ran.stdout.splitlines() if line.startswith(f"| {name} |")]) == 3
    assert "Eleventy is not installed: npm install @11ty/eleventy" in ran.stderr
    kept = json.loads((tmp_path / "runs.json").read_text())
    assert {f"6 {name} title" for name in ("exhibition", "exhibition, no open data", *peers)} == set(kept)
    assert not list(tmp_path.glob("benchmark-*"))


def test_the_projects_of_the_peers_hold_the_same_entries(tmp_path: Path) -> None:
    """Hugo's and Eleventy's pages come from the same shell and the same text."""
    from corpus import samples
    from peers import write_eleventy, write_hugo

    write_hugo(tmp_path / "hugo", 10)
    write_eleventy(tmp_path / "eleventy", 10)
    for sample in samples(10):
        hugo = (tmp_path / "hugo" / "content" / sample.kind / sample.id / "index.md").read_text()
        eleventy = (tmp_path / "eleventy" / "pages" / "entries" / sample.kind / f"{sample.id}.md").read_text()
        assert hugo.partition("\n\n")[2] == eleventy.partition("\n---\n\n")[2]
        assert sample.body in hugo
        assert all(f'"{value}"' in text for _, value in sample.facts for text in (hugo, eleventy))
    for shell in ("hugo/layouts/baseof.html", "eleventy/pages/_includes/shell.njk"):
        assert "[[" not in (tmp_path / shell).read_text()


@pytest.mark.parametrize("name", ["exhibition", "hugo", "eleventy", "mkdocs"])
def test_edits_reach_every_tool(name: str, tmp_path: Path) -> None:
    """Twice each; the title is changed, not added to."""
    from build import _exhibition, edited
    from corpus import samples, write_mkdocs
    from peers import write_eleventy, write_hugo

    writers: dict[str, Callable[[], None]] = {
        "exhibition": lambda: _exhibition(tmp_path, 2, pictures=0),
        "hugo": lambda: write_hugo(tmp_path, 2),
        "eleventy": lambda: write_eleventy(tmp_path, 2),
        "mkdocs": lambda: write_mkdocs(tmp_path, 2, search=True),
    }
    writers[name]()
    first = next(samples(1))
    path = next(path for path in tmp_path.rglob("*.md") if path.stem == first.id or path.parent.name == first.id)
    for turn in (1, 2):
        edited(path, "body", turn)
        edited(path, "title", turn)
    text = path.read_text()
    assert f"{first.title}改2" in text
    assert "改1" not in text
    assert text.count("为测量而添的一句话") == 2


def test_the_contests_name_the_entry_that_is_edited(tmp_path: Path) -> None:
    """Every tool that is installed here finds the file that its edits want."""
    from build import Contest, contests

    for contest in contests(pictures=0):
        if isinstance(contest, Contest):
            root = tmp_path / contest.name
            contest.write(root, 3)
            assert (root / contest.entry).is_file()


def test_texts_of_many_words_are_as_uneven_as_a_language() -> None:
    """The same entries, facts and texts every time; other words in other texts, some of them everywhere."""
    from corpus import samples
    from vocabulary import vocabulary

    plain, natural = list(samples(60)), list(samples(60, words=5000))
    assert [(one.kind, one.id, one.facts) for one in plain] == [(one.kind, one.id, one.facts) for one in natural]
    assert natural == list(samples(60, words=5000))
    assert len({one.body for one in natural}) == 60
    assert all(300 < len(one.body) < 500 for one in natural)
    text = "".join(one.body for one in natural)
    assert len(set(vocabulary(5000))) > 4000
    assert len(set(text)) > 800
    assert text.count(vocabulary(5000)[0]) > 200 > text.count(vocabulary(5000)[100])


def test_the_comparison_of_indexing_says_ratios() -> None:
    """Medians of the turns, ours to theirs."""
    from indexing import Contest

    turns = Contest(2000, 100_000, ((1.0, 2.0), (9.0, 9.0), (0.5, 1.0)), ((4.0, 4.0), (4.0, 4.0), (8.0, 9.0)))
    assert turns.line() == "| 2,000 | 100,000 | 1.00 (2.00) | 4.00 (4.00) | 0.25 (0.50) |"
