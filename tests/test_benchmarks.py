"""The benchmark of builds runs, edits what it says, and prints its tables; nothing here is timed."""

import json
import platform
import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from pressed import FRAME, SECTIONS
from small import deck_at

from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press, press_pages
from site_builder.publish.deck import Deck
from site_builder.publish.identifiers import identifier_files
from site_builder.publish.publishers import page_jobs

HOME = Path(__file__).resolve().parents[1]
BENCHMARKS = HOME / "benchmarks"
PRESSED = {"facts", "text", "people and related works", "how to cite and embed"}
"""Parts that the press makes, whatever the frame around them."""


@pytest.fixture(autouse=True)
def _on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Benchmarks are scripts that import each other by name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_one_command_prints_the_tables_and_names_what_is_missing(tmp_path: Path) -> None:
    """Ours and Hugo, where it is installed, at six entries, after the title of a result was changed; before them, what ran."""
    command = [sys.executable, str(BENCHMARKS / "build.py"), "--entries", "6", "--steps", "title"]
    command += ["--only", "hugo", "comparable"]
    ran = subprocess.run(
        [*command, "--json", str(tmp_path / "runs.json")],
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path), "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    ran_by, versions, *_ = ran.stdout.splitlines()
    assert platform.python_version() in ran_by
    assert re.search(r"\d cores.*built with.*; a small loop of Python takes it \d+\.\d\d ms$", ran_by)
    assert re.match(r"- exhibition \d+\.\d+", versions)
    assert "### 6 entries, medians of 1" in ran.stdout
    assert "| Tool | A result's title edited, s (CPU) |" in ran.stdout
    row = next(line for line in ran.stdout.splitlines() if line.startswith("| exhibition |"))
    wall, cpu, peak, together, pages, html, size, page, megabyte = map(
        float, re.findall(r"\d+(?:\.\d+)?", row.replace(",", ""))
    )
    assert wall > 0
    assert cpu > 0
    assert peak > 20
    assert together > 20
    assert pages > 6
    assert 0 < html < size
    assert page == pytest.approx(1000 * cpu / pages, rel=0.1)
    assert megabyte > 0
    without = next(line for line in ran.stdout.splitlines() if line.startswith("| exhibition, no open data |"))
    assert float(without.split("|")[7]) < size
    peers = [
        name
        for name in ("Hugo", "Hugo + Pagefind", "Hugo, comparable pages")
        if f"{name.partition(',')[0]} is not installed" not in ran.stderr
    ]
    assert ("Hugo" in peers) == bool(re.search(r", Hugo \d+\.\d+", versions))
    for name in peers:
        assert len([line for line in ran.stdout.splitlines() if line.startswith(f"| {name} |")]) == 3
    assert "Eleventy is not installed: npm install @11ty/eleventy" in ran.stderr
    kept = json.loads((tmp_path / "runs.json").read_text())
    assert {f"6 {name} title" for name in ("exhibition", "exhibition, no open data", *peers)} == set(kept)
    assert not list(tmp_path.glob("benchmark-*"))


def test_what_an_editor_waits_for_is_told_of_a_real_preview(tmp_path: Path) -> None:
    """Each edit is seen on its page, and then in the whole; the server ends with the measurement."""
    command = [sys.executable, str(BENCHMARKS / "preview.py"), "--entries", "4", "--rounds", "1"]
    ran = subprocess.run(
        command,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path), "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.strip("| ").split(" | ") for line in ran.stdout.splitlines() if line.startswith("| 4 |")]
    assert [row[1] for row in rows] == [
        "start, to the home page",
        "One text edited",
        "A result's title edited",
        "A person's name edited",
    ]
    for _, _, page, whole in rows:
        seconds = [float(re.split(r"[ (]", cell)[0]) for cell in (page, whole)]
        assert 0 < seconds[0] <= seconds[1]
    assert not list(tmp_path.iterdir())


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


def test_material_is_given_the_lists_that_hugo_is_given(tmp_path: Path) -> None:
    """Every entry and organisation has a page, every list its pages of 24, and every link leads to a page."""
    from comparable import held
    from comparable_material import LISTED, write_comparable_material

    write_comparable_material(tmp_path, 120)
    docs = tmp_path / "docs"
    pages, houses, shelves = held(120)
    assert all((docs / page.section / f"{page.id}.md").is_file() for page in (*pages, *houses))
    for shelf in shelves.values():
        named = [page for page in (*pages, *houses) if shelf.id in {one.id for one in page.shelves}]
        turned = sorted((docs / shelf.address.strip("/")).glob("[0-9]*.md"))
        assert len(turned) == -(-len(named) // LISTED)
        assert sum(page.read_text().count("\n- [") for page in turned) == len(named)
    for path in docs.rglob("*.md"):
        for link in re.findall(r"\]\(([^)]*)\)", path.read_text()):
            assert (path.parent / link).resolve().is_file(), f"{path}: {link}"


def test_hugo_is_asked_for_the_pages_that_ours_has(tmp_path: Path) -> None:
    """At every address of ours a page of Hugo's comparable project, and nowhere else; where Hugo is installed, it writes them."""
    from comparable import WRITTEN, write_comparable
    from corpus import write_exhibition
    from peers import binary_in, program

    write_exhibition(tmp_path, 300)
    deck = deck_at(tmp_path, name="样本展", url="https://example.org/")
    ours = {job.address for job in page_jobs(deck)} | {f"{name}/" for name in WRITTEN}
    ours |= {file.address.removesuffix("index.html") for file in identifier_files(deck)}
    ours = {re.sub(r"-[0-9a-f]{4}/", "/", address) for address in ours}
    root = tmp_path / "hugo"
    write_comparable(root, 300)
    first_pages = {address for address in ours if "/page/" not in address}
    assert first_pages == {address.removeprefix("/") for address in _asked_of_hugo(root / "content")}
    hugo = binary_in("hugo", "binaries/hugo*") or program("hugo")
    if hugo:
        ran = subprocess.run(
            [hugo, "--destination", "site", "--panicOnWarning"], cwd=root, check=False, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        made = {path.relative_to(root / "site").as_posix() for path in (root / "site").rglob("*.html")} - {"404.html"}
        assert {address.removesuffix("index.html") for address in made} == ours
        _look_at_what_hugo_says(root / "site")
        _weigh_parts(deck, tmp_path / "pressed", theirs=root / "site")


def _asked_of_hugo(content: Path) -> Iterator[str]:
    for path in content.rglob("*.md"):
        front = json.JSONDecoder().raw_decode(path.read_text())[0]
        yield from front.get("aliases", ())
        if "build" not in front:
            place = path.relative_to(content).with_suffix("").as_posix().removesuffix("_index").strip("/")
            yield front.get("url", f"/{place}/" if place else "/")


def _look_at_what_hugo_says(site: Path) -> None:
    """Every page says in JSON-LD what it is, links nowhere that is not, and an entry's has the parts that ours has."""
    from census import PARTS, census

    for path in site.rglob("*.html"):
        html = path.read_text()
        assert not re.search(r"%!|ZgotmplZ|<no value>|&lt;nil&gt;", html), path
        for linked in re.findall(r"data-linked>(.*?)</script>", html, re.DOTALL):
            assert json.loads(linked)["@id"].startswith("https://example.org/")
        for address in re.findall(r'<a [^>]*href="(/[^"#?]*)', html):
            assert (site / address.strip("/") / "index.html").is_file() or Path(address).suffix, (path, address)
    entries = census(site)["entries"]
    assert entries.pages == 300
    assert all(entries.parts), dict(zip(PARTS, entries.parts, strict=True))


def _weigh_parts(deck: Deck, out: Path, *, theirs: Path) -> None:
    """No part of an entry's page is heavier than ours, nor lighter by a tenth: a change of ours has to reach Hugo's templates, too."""
    from census import PARTS, census, kind_of

    press = Press(deck.catalogue.exhibition, dict.fromkeys(SECTIONS, FRAME), (str(packaged_theme()),), out)
    press_pages(press, [job for job in page_jobs(deck) if kind_of(job.address) == "entries"])
    weights = zip(PARTS, census(out)["entries"].parts, census(theirs)["entries"].parts, strict=True)
    made = {name: (mine, other) for (name, _), mine, other in weights if name in PRESSED}
    assert set(made) == PRESSED
    assert all(0.9 < other / mine < 1.01 for mine, other in made.values()), made


def test_tables_say_what_was_not_run_and_how_a_build_grows() -> None:
    """Slow tools build once; a size is told beside the one before it."""
    from cold import Run
    from results import Measured, growth, table

    def made(factor: float) -> Measured:
        return Measured((Run(2 * factor, 3 * factor, 100, 10, 150 * factor),), 1, 2)

    small = {("exhibition", "cold"): made(1), ("exhibition", "body"): made(1), ("MkDocs", "cold"): made(10)}
    large = {("exhibition", "cold"): made(3), ("MkDocs", "cold"): made(40)}
    rows = [*table(small, 1000)]
    assert "| MkDocs | 20.00 (30.00) | not run | 100 | 1500 | 10 | 1.0 | 2.0 | 3000.00 | 30.000 |" in rows
    assert "| MkDocs | 0.10 (0.10) | not run | 1.00 |" in rows
    assert not [*growth({1000: small})]
    grown = [*growth({3000: large, 1000: small})]
    assert "3,000 / 1,000 entries" in grown[0]
    assert grown[2:] == ["| exhibition | 3.00 (3.00) | 1.00 | 3.00 |", "| MkDocs | 4.00 (4.00) | 1.00 | 4.00 |"]


def test_memory_is_that_of_a_process_and_all_it_started() -> None:
    """What a child holds counts, too, and the most is kept."""
    from memory import Watch, together

    child = "held = bytearray(b'x') * 67108864; print(flush=True); input()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with (
        subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
        Watch(process.pid) as watch,
    ):
        assert process.stdout
        process.stdout.readline()
        held = together(process.pid)
        watch.look()
        process.communicate(b"\n")
    assert 64 < held < 200
    assert watch.most >= held * 0.9
    assert together(2**22 + 1) == 0


def test_slow_peers_build_once(tmp_path: Path) -> None:
    """In the first round, and then no more; at the larger sizes not at all."""
    from build import contested, planned
    from contests import Contest

    touch = [
        sys.executable,
        "-c",
        "from pathlib import Path; Path('site').mkdir(exist_ok=True); Path('site/a.html').write_text('a')",
    ]
    found = [Contest(name, lambda root, _: root.mkdir(), str, (touch,), name) for name in ("quick", "slow")]
    given = Namespace(entries=[1], larger=[9], rounds=2, steps=["cold", "same"], once=["slow"])
    (entries, turns, tools), larger = planned(given, found)
    assert larger == (9, [(1, "cold")], found[:1])
    results = contested(tmp_path, entries, turns=turns, found=tools, once=given.once)
    assert {key: len(done.runs) for key, done in results.items()} == {
        ("quick", "cold"): 2,
        ("quick", "same"): 2,
        ("slow", "cold"): 1,
    }


def test_search_follows_where_it_is_asked_for(tmp_path: Path) -> None:
    """Only after the steps that want it, with the time of both; the table says where it was not run, whichever step comes first."""
    from build import contested
    from contests import Contest, indexed
    from results import OURS, table

    touch = [sys.executable, "-c", "import os; os.makedirs('site', exist_ok=True); open('site/a.html', 'w').write('a')"]
    search = [sys.executable, "-c", "import os; os.makedirs('site/pagefind'); open('site/pagefind/a', 'w').write('a')"]
    found = [
        Contest(OURS, lambda root, _: root.mkdir(), str, (touch,)),
        Contest("sought", lambda root, _: root.mkdir(), str, (touch, search), searched=("cold",)),
    ]
    results = contested(tmp_path, 1, turns=[(1, "same"), (1, "cold")], found=found)
    assert {step for tool, step in results if tool == indexed("sought")} == {"cold"}
    alone, both = results["sought", "cold"], results[indexed("sought"), "cold"]
    assert both.of("wall") > alone.of("wall")
    assert (alone.size, both.size) == (1e-6, 2e-6)
    row = next(line for line in table(results, 1) if line.startswith(f"| {indexed('sought')} |"))
    assert row.startswith(f"| {indexed('sought')} | not run | {both.of('wall'):.2f} (")


@pytest.mark.parametrize("name", ["exhibition", "hugo", "comparable", "eleventy", "mkdocs", "material"])
def test_edits_reach_every_tool(name: str, tmp_path: Path) -> None:
    """Twice each; the title is changed, not added to."""
    from build import edited, edited_ones
    from comparable import write_comparable
    from comparable_material import write_comparable_material
    from contests import exhibition
    from corpus import write_mkdocs
    from peers import write_eleventy, write_hugo

    writers: dict[str, Callable[[], None]] = {
        "exhibition": lambda: exhibition(tmp_path, 4, pictures=0),
        "hugo": lambda: write_hugo(tmp_path, 4),
        "comparable": lambda: write_comparable(tmp_path, 4),
        "eleventy": lambda: write_eleventy(tmp_path, 4),
        "mkdocs": lambda: write_mkdocs(tmp_path, 4, search=True),
        "material": lambda: write_comparable_material(tmp_path, 4),
    }
    writers[name]()
    ones = edited_ones(4)
    paths = {
        step: next(path for path in tmp_path.rglob("*.md") if one.id in {path.stem, path.parent.name})
        for step, one in ones.items()
    }
    for turn, (step, one) in product((1, 2), ones.items()):
        edited(paths[step], step, title=one.title, turn=turn)
    for step in ("title", "person"):
        text = paths[step].read_text()
        assert f"{ones[step].title}改2" in text
        assert "改1" not in text
    assert paths["body"] == paths["title"] != paths["person"]
    assert paths["body"] == paths["again"]
    assert paths["body"].read_text().count("为测量而添的一句话") == 4


def test_what_is_edited_is_a_result_and_a_person_whom_others_name() -> None:
    """The title of the one stands on its own page and in lists, the name of the other on the pages of many."""
    from build import edited_ones
    from corpus import samples

    ones = edited_ones(100)
    assert {step: one.kind for step, one in ones.items()} == {
        "body": "project",
        "title": "project",
        "person": "craftsman",
        "again": "project",
    }
    assert not [one for one in samples(100) if ones["title"].id in one.nested]
    assert [one for one in samples(100) if ones["person"].id in one.nested]


def test_the_contests_name_the_entries_that_are_edited(tmp_path: Path) -> None:
    """Every tool that is installed here finds the files that its edits want, and says its version."""
    from build import edited_ones
    from conditions import version
    from contests import Contest, contests

    for contest in contests(pictures=0):
        if isinstance(contest, Contest):
            root = tmp_path / contest.name
            contest.write(root, 4)
            assert all((root / contest.place(one)).is_file() for one in edited_ones(4).values())
            assert all(re.fullmatch(r"[\d.]+", version(command)) for command in contest.versions.values())


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
