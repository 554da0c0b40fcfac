"""A warm build gives what a cold one gives, whatever happened in between, and touches nothing that stays the same."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_media import photograph
from small import project, write
from warming import SIZE, built, own_template, sample, stamps
from whole import bytes_of, environment, run

from site_builder import pipeline, surveying
from site_builder.cli import cli
from site_builder.commands import building
from site_builder.commands.engine import Wish, build_wished
from site_builder.opendata import database, groups, joining
from site_builder.press import standing
from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press
from site_builder.press.standing import Standing
from site_builder.publish import takeaway
from site_builder.search import columns
from site_builder.surveying import survey
from site_builder.warm import desk, indexing, settled, walking
from site_builder.warm.reading import Facts
from site_builder.warm.settled import Look, Settled, home_of, read_settled, write_settled
from site_builder.warm.todo import Todo
from site_builder.warm.visit import Visit
from site_builder.warm.walking import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.recalling import Recalled

UNCHANGED = "没有改动，"


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs from a settled record is written beside it though a small site differs more than a large one."""
    monkeypatch.setattr(settled, "_SHARE", 1)


EXAMPLES = int(os.environ.get("WARM_EXAMPLES", "3"))
"""Random sequences to try; ``docs/contributing.md`` says when to ask for more."""
IDS = ("yang-ben-yi", "yang-ben-bing", "yang-ben-ding", "yang-ben-wu")


class Killed(BaseException):
    """Stands for the end of the process: no handler of the program may see it."""


@pytest.fixture(autouse=True)
def one_process() -> Iterator[None]:
    """Few pages: a second process costs more than it brings, and what happens in it is not seen here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EXHIBITION_JOBS", "1")
        yield


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample and its site, built once; tests take copies."""
    root = sample(tmp_path_factory.mktemp("warm") / "first")
    built(root)
    return root


@pytest.fixture(scope="module")
def settled_sample(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where a copy of the sample has a site of its own, and all this once more, to put it back from."""
    house = tmp_path_factory.mktemp("settled")
    copy, kept = house / "place/copy", house / "kept"
    shutil.copytree(first, copy, ignore=shutil.ignore_patterns("build"))
    built(copy)
    shutil.copytree(copy, kept, symlinks=True)
    return copy, kept


@pytest.fixture
def root(settled_sample: tuple[Path, Path]) -> Path:
    """A copy of the sample with a site of its own, settled there, as if nobody had been there before."""
    copy, kept = settled_sample
    shutil.rmtree(copy.parent)
    shutil.copytree(kept, copy, symlinks=True)
    return copy


def at(root: Path, name: str) -> Path:
    """A project of the newest edition."""
    return root / "content/projects/2026" / f"{name}.md"


def replaced(path: Path, old: str, new: str) -> None:
    """An editor's change of a file that is there."""
    if path.is_file():
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def edit_body(root: Path, name: str, number: int) -> None:
    """A sentence more."""
    if at(root, name).is_file():
        with at(root, name).open("a", encoding="utf-8") as file:
            file.write(f"\n样本文字{number}。\n")


def edit_title(root: Path, name: str, number: int) -> None:
    """Another title."""
    replaced(at(root, name), "title: 样本", f"title: 样本{number}改")


def edit_summary(root: Path, name: str, number: int) -> None:
    """Another summary, or the first one."""
    path = at(root, name)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    former = next((line for line in text.splitlines() if line.startswith("summary: ")), "")
    line = f"summary: 样本简介{number}改"
    replaced(path, *((former, line) if former else ("---\ntitle", f"---\n{line}\ntitle")))


def edit_year(root: Path, name: str, number: int) -> None:
    """A year, which says where it stands in its list."""
    replaced(at(root, name), "---\ntitle", f"---\nyear: {2016 + number}\ntitle")


def edit_person(root: Path, name: str, number: int) -> None:
    """What is told of a person."""
    with (root / "content/craftsmen/yang-ben-ren.md").open("a", encoding="utf-8") as file:
        file.write(f"\n样本事迹{number}。\n")


def refer(root: Path, name: str, number: int) -> None:
    """One work more of a person and of an organisation that nobody named before."""
    replaced(at(root, name), "organisations:", f"union: 样本{number}工会\norganisations:")


def annotate(root: Path, name: str, number: int) -> None:
    """A note that nobody reads, before the text: only places in the file change."""
    replaced(at(root, name), "---\ntitle", f"---\n# 样本{number}\ntitle")


def check(root: Path, name: str, number: int) -> None:
    """Another command reads what was edited first, and keeps it for the build."""
    edit_title(root, name, number)
    CliRunner().invoke(cli, ["check", "--root", str(root)])


def rename(root: Path, name: str, number: int) -> None:
    """Another id, and an alias for the old one: what named it names nothing that is there."""
    if at(root, name).is_file():
        replaced(root / "content/stories/yang-ben-zhuan-ti.md", f"[[展品: {name}]]", "")
        replaced(root / "content/pages/yang-ben.md", f"[[展品: {name}]]", "")
        replaced(at(root, name), "---\ntitle", f"---\naliases: [{name}-jiu-{number}]\ntitle")
        at(root, name).rename(at(root, f"{name}-{number}"))


def delete(root: Path, name: str, number: int) -> None:
    """An entry less."""
    replaced(root / "content/pages/yang-ben.md", f"[[展品: {name}]]", "")
    at(root, name).unlink(missing_ok=True)


def add(root: Path, name: str, number: int) -> None:
    """An entry more, of an organisation that may be new, too."""
    text = project(title=f"样本新{number}", organisations=f"样本{number}厂", people="yang-ben-ren")
    write(root, {f"projects/2026/xin-{name}-{number}.md": text})


def hide(root: Path, name: str, number: int) -> None:
    """A draft now, or withdrawn."""
    replaced(root / "content/pages/yang-ben.md", f"[[展品: {name}]]", "")
    replaced(root / "content/stories/yang-ben-zhuan-ti.md", f"[[展品: {name}]]", "")
    replaced(at(root, name), "---\ntitle", f"---\nstatus: {'draft' if number % 2 else 'withdrawn'}\ntitle")


def rename_person(root: Path, name: str, number: int) -> None:
    """Who is named by many."""
    replaced(root / "content/craftsmen/yang-ben-ren.md", "name: 样本人", f"name: 样本人{number}")


def rename_organisation(root: Path, name: str, number: int) -> None:
    """Whose name is a label of many."""
    replaced(root / "content/organisations/yang-ben-yi-chang.yml", "name: 样本一厂", f"name: 样本一厂{number}")


def introduce(root: Path, name: str, number: int) -> None:
    """Another introduction of an edition, by whose fields others are put in order."""
    with (root / "content/editions/2026.yml").open("a", encoding="utf-8") as file:
        file.write(f"summary: 样本简介{number}\n")


def vocabulary(root: Path, name: str, number: int) -> None:
    """Another introduction of a region."""
    path = root / "content/vocabularies/regions.yml"
    given = "  - label: 上海\n"
    if f"{given}    intro: 样本" not in path.read_text(encoding="utf-8"):
        replaced(path, given, f"{given}    intro: 样本\n")
    replaced(path, "    intro: 样本", f"    intro: 样本{number}")


def template(root: Path, name: str, number: int) -> None:
    """A template of the exhibition's own."""
    own_template(root, ("project.html", "parts.html", "home.html")[number % 3], f"样本{number}")


def setting(root: Path, name: str, number: int) -> None:
    """Another slogan."""
    replaced(root / "mkdocs.yml", "slogan: ", f"slogan: 样本{number}")


def picture(root: Path, name: str, number: int) -> None:
    """Another picture under the same name."""
    photograph(root / "content/media/yi.jpg", SIZE, seed=number)


def text(root: Path, name: str, number: int) -> None:
    """A text that MkDocs renders."""
    replaced(root / "content/pages/yang-ben.md", "# 样本页", f"# 样本页{number}")


def story(root: Path, name: str, number: int) -> None:
    """A story."""
    replaced(root / "content/stories/yang-ben-zhuan-ti.md", "## 头一节", f"## 头一节{number}")


def harm(root: Path, name: str, number: int) -> None:
    """Files of the site that somebody changed, removed and put there."""
    found = sorted(path for path in (root / "site").rglob("*") if path.is_file())
    if found:
        found[number * 7 % len(found)].unlink()
        found = [path for path in found if path.is_file()]
        found[number * 31 % len(found)].write_bytes(b"harmed")
        (root / "site" / f"foreign-{number}.txt").write_text("样本", encoding="utf-8")


def kill(root: Path, name: str, number: int) -> None:
    """A build that ends after so many moves."""
    edit_title(root, name, number)
    with pytest.MonkeyPatch.context() as patched:
        done: list[object] = []
        move = Path.replace

        def counted(path: Path, target: Path) -> Path:
            done.append(path)
            if len(done) > number:
                raise Killed
            return move(path, target)

        patched.setattr(Path, "replace", counted)
        with contextlib.suppress(Killed):
            built(root)


CHANGES = (
    edit_body,
    edit_body,
    edit_title,
    edit_summary,
    edit_year,
    edit_person,
    refer,
    annotate,
    check,
    rename,
    delete,
    add,
    hide,
    rename_person,
    rename_organisation,
    vocabulary,
    template,
    setting,
    picture,
    text,
    story,
    harm,
    kill,
)
STEPS = st.lists(
    st.tuples(st.sampled_from(CHANGES), st.sampled_from(IDS), st.integers(0, 9)), min_size=1, max_size=4, unique=True
)


def as_cold(root: Path) -> None:
    """Builds warm; the site must be that of a cold build, pages be counted alike, and what stayed the same must keep its time."""
    site, cold = root / "site", root.parent / "cold"
    before = stamps(site) if site.is_dir() else {}
    said = built(root)
    assert "已建成" in said or UNCHANGED in said, said
    shutil.rmtree(cold, ignore_errors=True)
    assert "已建成" in built(root, "--cold", "--site-dir", str(cold))
    made, expected = bytes_of(site), bytes_of(cold)
    assert sorted(name for name in made.keys() | expected.keys() if made.get(name) != expected.get(name)) == []
    left, first = (read_settled(home_of(root, one)) for one in (site, cold))
    # where a folder is in their places, neither can be written
    assert left is None or first is None or left.pages == first.pages
    after = stamps(site)
    same = [name for name, (_, content) in before.items() if name in after and after[name][1] == content]
    assert [name for name in same if before[name] != after[name]] == []


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=1, max_size=3))
def test_any_sequence_of_changes_gives_what_a_cold_build_gives(
    first: Path,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[list[tuple[Callable[[Path, str, int], None], str, int]]],
) -> None:
    """Several changes between builds, some of which end half-way."""
    root = tmp_path_factory.mktemp("sequence") / "copy"
    shutil.copytree(first, root, ignore=shutil.ignore_patterns("build"))
    built(root)
    for changes in steps:
        for change, name, number in changes:
            change(root, name, number)
        as_cold(root)
    shutil.rmtree(root.parent)


HEAVY = (
    "mkdocs rich xlsxwriter pypdfium2 urllib.request fontTools bagit segno babel opencc icalendar pypinyin PIL numpy"
    " site_builder.languages.versions"
)
"""What takes long to load, and nobody needs who makes a page again."""
APART = "pydantic yaml site_builder.intake.content site_builder.exchange.notation site_builder.opendata.making"
"""What only processes beside the first one need, where there is a core for them: one reads what differs, one makes the open data."""


def loaded(root: Path, names: str) -> tuple[str, list[str]]:
    """The first line that a build says, as a process of its own, and which of these modules it loads for it."""
    code = (
        "import sys; from site_builder.cli import cli\n"
        "try: cli(['build'])\n"
        f"finally: print(*set({names!r}.split()) & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    first, *_, last = done.stdout.splitlines()
    return first, last.split()


def test_nothing_changed_is_said_in_a_line_and_touches_nothing(root: Path) -> None:
    """By the command, as a process of its own, which loads nothing heavy for it."""
    before = stamps(root / "site")
    line, found = loaded(root, f"{HEAVY} pypinyin pydantic PIL yaml jinja2 site_builder.pipeline")
    assert line.startswith(UNCHANGED)
    assert found == []
    assert stamps(root / "site") == before


def test_an_edit_of_a_text_loads_nothing_that_it_does_without(root: Path) -> None:
    """What writes workbooks, reads papers, draws letters, counts in arrays or says how a trade sounds is for those who ask for it."""
    replaced(root / "content/vocabularies/industries.yml", "    id: power\n", "")
    replaced(at(root, "yang-ben-ding"), "---\ntitle", "---\nindustry: 电力\ntitle")
    built(root)
    edit_body(root, "yang-ben-ding", 1)
    line, found = loaded(root, HEAVY)
    assert "已建成" in line
    assert found == []


def test_a_title_has_nobody_else_asked_for_its_place(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the orders of titles and of benefits; each edit leans on what was told before it, and what is lost is asked again."""
    replaced(at(root, "yang-ben-yi"), "---\ntitle", "---\nbenefit: {annual: 100万元}\ntitle")
    built(root)
    asked: list[str] = []
    key, amount = columns._title_key, columns._amount
    monkeypatch.setattr(columns, "_title_key", lambda entry, sounds: (asked.append(entry.key), key(entry, sounds))[1])
    monkeypatch.setattr(columns, "_amount", lambda entry: (asked.append(entry.key), amount(entry))[1])
    for number, name in enumerate(("yang-ben-yi", "yang-ben-bing", "yang-ben-ding")):
        asked.clear()
        edit_title(root, name, number)
        built(root)
        assert set(asked) == {f"project/{name}"}
        as_cold(root)
    shutil.rmtree(home_of(root, root / "site") / "shelf")
    edit_title(root, "yang-ben-yi", 4)
    as_cold(root)


def test_with_two_cores_the_first_process_leaves_reading_and_open_data_to_others(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One alone, as in all other tests here, does both itself; so the site must be the same."""
    monkeypatch.setenv("EXHIBITION_JOBS", "2")
    edit_body(root, "yang-ben-yi", 1)
    line, found = loaded(root, APART)
    assert "已建成" in line
    assert found == []
    as_cold(root)


AFTERWARDS = (
    "jinja2 selectolax pydantic_core site_builder.pipeline site_builder.publish.publishers site_builder.search.index"
    " site_builder.audit.auditing site_builder.press.templates site_builder.languages.versions"
)
"""What lists, presses, finds and audits pages."""


def test_the_open_data_of_an_edit_are_begun_before_what_they_do_without_is_loaded() -> None:
    """What finds out what an edit concerns, and begins them, loads none of it: that is loaded beside them."""
    code = (
        "import sys, site_builder.commands.building, site_builder.warm.offering\n"
        f"print(*set({AFTERWARDS!r}.split()) & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []


def test_an_edit_of_a_text_takes_up_only_the_templates_of_its_page(root: Path) -> None:
    """All of them are taken up where workers share the pages."""
    kept = root / ".cache/templates"
    before = len(list(kept.iterdir()))
    shutil.rmtree(kept)
    edit_body(root, "yang-ben-yi", 1)
    built(root)
    assert 0 < len(list(kept.iterdir())) < before / 2


def test_only_files_whose_bytes_change_are_touched(root: Path) -> None:
    """A sentence more concerns few files, and no page of MkDocs's; another project's page keeps its time."""
    before = stamps(root / "site")
    edit_body(root, "yang-ben-yi", 1)
    assert "已建成" in built(root)
    after = stamps(root / "site")
    changed = {name for name in after if before.get(name) != after[name]}
    assert "projects/yang-ben-yi/index.html" in changed
    assert "projects/yang-ben-bing/index.html" not in changed
    assert "yang-ben/index.html" not in changed
    assert len(changed) < len(after) / 4
    assert "样本文字1。" in after["projects/yang-ben-yi/index.html"][1].decode()


def test_problems_are_told_again_and_the_site_stays(root: Path) -> None:
    """A mistake stops a warm build as it stops a cold one; mended, it goes on."""
    before = stamps(root / "site")
    good = at(root, "yang-ben-yi").read_text(encoding="utf-8")
    replaced(at(root, "yang-ben-yi"), "title:", "titel:")
    for _ in range(2):
        assert "站点没有改动" in built(root)
        assert stamps(root / "site") == before
    at(root, "yang-ben-yi").write_text(good, encoding="utf-8")
    assert UNCHANGED in built(root)


def scribble(path: Path) -> None:
    """Harmed in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 40] = b"\\xff" * 40
    path.write_bytes(content)


def truncate(path: Path) -> None:
    """Half of it."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    """Nothing of it."""
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    """A folder instead."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harmed", [scribble, truncate, empty, foreign, Path.unlink])
def test_a_harmed_cache_is_no_cache(root: Path, harmed: Callable[[Path], None]) -> None:
    """Whatever became of its files, the build is right."""
    cache = root / ".cache"
    for path in sorted(cache.rglob("*")):
        if path.is_file() and path.name != "lock" and "media" not in path.parts:
            harmed(path)
    edit_title(root, "yang-ben-yi", 3)
    as_cold(root)


def test_what_was_settled_is_read_as_it_was_written_or_not_at_all(root: Path) -> None:
    """A harmed number might be a length, for which Python would take all memory before it looks whether so much follows."""
    home = home_of(root, root / "site")
    edit_body(root, "yang-ben-yi", 1)
    built(root)
    edit_body(root, "yang-ben-yi", 2)
    built(root)
    for name, step in (("settled", 499), ("settled.since", 97)):
        path = home / name
        content = path.read_bytes()
        assert read_settled(home) is not None
        for at in range(0, len(content), step):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert read_settled(home) is None, at
        path.write_bytes(content)


def _settled(number: int, *, files: int = 200) -> Settled:
    """A record with so many files, of which the first bears this number, and a folder that stands for its place."""
    stamps = {f"{at}.html": (at, at) for at in range(files)} | {"0.html": (0, number)}
    folders = [{f"{at}": (place, at) for at in range(200)} for place in (1, 2)]
    here, there = folders if number % 2 else reversed(folders)
    return Settled("ground", (), {}, Standing(stamps, here), number, 0, f"{number}", there)


def test_what_differs_from_a_settled_record_is_written_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few names, though site and twin changed places; all where many differ, and none of the one beside another whole."""
    monkeypatch.setattr(settled, "_SHARE", 16)
    whole, since = tmp_path / "settled", tmp_path / "settled.since"

    def written(now: Settled, former: Settled | None, *, crossed: bool) -> Settled:
        write_settled(tmp_path, now, former=former, crossed=crossed)
        found = read_settled(tmp_path)
        assert found is not None
        assert replace(found, since=None) == now
        return found

    one = written(_settled(1), None, crossed=False)
    first = whole.read_bytes()
    assert not since.exists()
    two = written(_settled(2), one, crossed=True)
    three = written(_settled(3, files=195), two, crossed=True)
    four = written(_settled(4, files=201), three, crossed=True)
    assert (whole.read_bytes(), since.stat().st_size < len(first) // 8) == (first, True)
    beside = since.read_bytes()
    _ = written(_settled(5, files=100), four, crossed=True)
    assert (whole.read_bytes() != first, since.exists()) == (True, False)
    # as a build leaves it that ends before it takes away what belonged to the former one
    since.write_bytes(beside)
    found = read_settled(tmp_path)
    assert found is not None
    assert found.seal == "5"


def test_what_another_program_left_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version, another library or another setting in the environment."""
    assert UNCHANGED in built(root)
    monkeypatch.setenv("EXHIBITION_SAMPLE", "1")
    assert "已建成" in built(root)
    assert UNCHANGED in built(root)


def test_a_clock_that_jumps_back_hides_nothing(root: Path) -> None:
    """An edit of the same length whose time is the old one, or long ago."""
    path = at(root, "yang-ben-yi")
    stat = path.stat()
    for ns in (stat.st_mtime_ns, 10**18):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("样本乙", "样本丑") if "样本乙" in text else text.replace("样本丑", "样本寅"), encoding="utf-8"
        )
        os.utime(path, ns=(ns, ns))
        assert path.stat().st_size == stat.st_size
        assert "已建成" in built(root)
        page = (root / "site/projects/yang-ben-yi/index.html").read_text(encoding="utf-8")
        assert ("样本丑" in page) if ns == stat.st_mtime_ns else ("样本寅" in page)


def test_two_builds_of_a_site_at_once(root: Path) -> None:
    """The second is told who is at work; the lock of a process that died is nobody's."""
    home = home_of(root, root / "site")
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time, pathlib\nfrom site_builder.warm.lock import locked\n"
            "with locked(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(600)",
            str(home),
        ],
        env=environment(),
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        said = built(root)
        assert "另一个构建正在写" in said
        assert f"进程 {holder.pid}" in said
    finally:
        holder.kill()
        holder.communicate()
    assert (home / "lock").read_text(encoding="utf-8") == str(holder.pid)
    assert UNCHANGED in built(root)


def test_cold_asks_nobody(root: Path) -> None:
    """``--cold`` makes everything anew, and the files that are the same keep their times."""
    before = stamps(root / "site")
    assert "已建成" in built(root, "--cold")
    assert stamps(root / "site") == before


def test_a_check_parses_only_what_changed(root: Path) -> None:
    """What it finds is what a first look finds."""
    replaced(at(root, "yang-ben-yi"), "title:", "titel:")
    warm = run("check", "--format", "json", cwd=root)
    shutil.rmtree(root / ".cache")
    cold = run("check", "--format", "json", cwd=root)
    assert warm.returncode == cold.returncode == 1
    assert warm.stdout == cold.stdout


def test_a_build_leaves_nothing_to_the_next_of_its_process(root: Path, tmp_path: Path) -> None:
    """MkDocs keeps our plugin from one configuration to the next; what it remembered of a warm build is not for another site."""
    edit_title(root, "yang-ben-yi", 1)
    built(root)
    other = tmp_path / "other"
    build_wished(root, other, wish=Wish(""))
    assert (other / "index.html").is_file()
    assert (other / "search/v1/manifest.js").is_file()


def test_a_page_that_goes_is_missed_by_pages_that_stay(root: Path) -> None:
    """An editorial page leads to a work that is deleted: its own bytes stay, and it is refused all the same, as by a cold build."""
    page = root / "content/pages/yang-ben-lian-jie.md"
    page.write_text("# 样本页\n\n[样本](../projects/neu/)\n", encoding="utf-8")
    write(root, {"projects/2026/neu.md": project(title="样本新作")})
    built(root)
    at(root, "neu").unlink()
    before = bytes_of(root / "site")
    for how in ((), ("--cold",)):
        assert "content/pages/yang-ben-lian-jie.md: 错误[dead-link]" in built(root, *how)
        assert bytes_of(root / "site") == before


@pytest.fixture
def surveys(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The whole surveys that builds make."""
    made: list[object] = []
    whole = surveying.survey
    monkeypatch.setattr(surveying, "survey", lambda *given, **named: (made.append(given), whole(*given, **named))[1])
    return made


@pytest.mark.parametrize("change", [edit_body, edit_person, annotate, edit_title, edit_summary, edit_year])
def test_what_an_edit_of_one_entry_leaves_is_not_looked_at(
    root: Path, surveys: list[object], change: Callable[[Path, str, int], None]
) -> None:
    """Twice in a row, so that what was kept of the first is what the second starts from."""
    for number in range(2):
        change(root, "yang-ben-yi", number)
        as_cold(root)
    assert surveys == []


def test_where_a_name_of_many_entries_is_told_a_text_may_change(
    root: Path, surveys: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of them has the note; what is written above the name moves it. A build says no notes and asks for no line of it."""
    known: list[Recalled] = []
    whole = building.recalled
    monkeypatch.setattr(
        building, "recalled", lambda visit, **named: (known.append(whole(visit, **named)), known[-1])[1]
    )
    many = "abcde"
    write(root, {f"projects/2026/{one}.md": project(title=f"样本{one}", organisations="样本常见厂") for one in many})
    built(root)
    surveys.clear()
    annotate(root, many[0], 1)
    edit_body(root, many[0], 2)
    as_cold(root)
    assert surveys == []
    notes = [one for one in known[-1].survey.problems if one.code == "frequent-name"]
    told = CliRunner().invoke(cli, ["check", "--strict", "--root", str(root)]).output
    assert [(one.place.path, one.place.line) for one in notes] == [("content/projects/2026/a.md", 0)]
    assert "content/projects/2026/a.md:5:16: 提示[frequent-name]" in told
    edit_body(root, many[0], 3)
    monkeypatch.setenv("EXHIBITION_JOBS", "2")
    line, found = loaded(root, APART)
    assert "已建成" in line
    assert found == []


@pytest.mark.parametrize(
    "change", [refer, add, delete, hide, vocabulary, rename_person, rename_organisation, introduce, picture]
)
def test_what_concerns_others_is_surveyed_whole(
    root: Path, surveys: list[object], change: Callable[[Path, str, int], None]
) -> None:
    """With an edit of a text beside it, which alone would do without; and the next one does again."""
    edit_body(root, "yang-ben-ding", 1)
    change(root, "yang-ben-yi", 2)
    as_cold(root)
    assert len(surveys) == 1
    edit_body(root, "yang-ben-bing", 3)
    assert "已建成" in built(root)
    assert len(surveys) == 1
    as_cold(root)


def test_what_entries_say_leaves_the_description_of_the_interface(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its schemas take long; which entries and which terms there are concerns it, but no title."""
    made: list[object] = []
    whole = pipeline.interface_files
    monkeypatch.setattr(pipeline, "interface_files", lambda deck: (made.append(deck), whole(deck))[1])
    edit_title(root, "yang-ben-yi", 1)
    assert "已建成" in built(root)
    assert made == []
    for change in (add, vocabulary):
        made.clear()
        change(root, "yang-ben-yi", 2)
        assert "已建成" in built(root)
        assert len(made) == 1
    as_cold(root)


def test_what_differs_is_exchanged_in_the_database(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long text and then a short one leave no trace of each other, nor a title; a name that nobody knew has it written whole."""
    whole: list[object] = []
    written = database._written
    monkeypatch.setattr(database, "_written", lambda *given: (whole.append(given), written(*given))[1])
    before = (root / "site/data/exhibition.sqlite").read_bytes()
    text = at(root, "yang-ben-yi").read_text(encoding="utf-8")
    at(root, "yang-ben-yi").write_text(text + "样本长文。" * 3000, encoding="utf-8")
    assert "已建成" in built(root)
    assert len((root / "site/data/exhibition.sqlite").read_bytes()) > len(before)
    edit_title(root, "yang-ben-yi", 1)
    assert "已建成" in built(root)
    at(root, "yang-ben-yi").write_text(text, encoding="utf-8")
    assert "已建成" in built(root)
    assert (root / "site/data/exhibition.sqlite").read_bytes() == before
    edit_title(root, "yang-ben-bing", 1)
    built(root)
    assert whole == []
    as_cold(root)
    whole.clear()
    refer(root, "yang-ben-yi", 1)
    built(root)
    assert len(whole) == 1


def test_the_mended_database_is_for_whom_the_site_is(root: Path) -> None:
    """Whoever may write other files of the site may write it, too; and nothing is left beside the site of how it was mended."""
    mask = os.umask(0o002)
    try:
        edit_body(root, "yang-ben-yi", 1)
        built(root)
    finally:
        os.umask(mask)
    laid = [root / "site" / name for name in ("data/exhibition.sqlite", "projects/yang-ben-yi/index.html")]
    assert {path.stat().st_mode & 0o777 for path in laid} == {0o664}
    assert [path.name for path in root.glob(".site.*")] == [".site.twin"]


def test_a_text_has_one_entry_of_its_group_told_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The group leans on all others as before: the name that one of them says, edited after it, comes into the data as in a cold build."""
    told: list[tuple[str, ...]] = []
    strands = groups.strands_of
    monkeypatch.setattr(
        groups,
        "strands_of",
        lambda group, deck, keys=None: (told.append(tuple(keys or group.keys)), strands(group, deck, keys=keys))[1],
    )
    edit_body(root, "yang-ben-yi", 1)
    built(root)
    assert told == [("project/yang-ben-yi",)]
    as_cold(root)
    told.clear()
    for name in ("yang-ben-ding", "yang-ben-yi"):
        edit_title(root, name, 1)
        built(root)
        assert told == [(f"project/{name}",)]
        as_cold(root)
        told.clear()
    shutil.rmtree(home_of(root, root / "site") / "shelf")
    edit_body(root, "yang-ben-yi", 2)
    as_cold(root)


def test_a_title_has_those_told_again_that_say_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Itself and a studio that names it, as it did when it was told last; where it is not shown, whole groups."""
    told: list[tuple[str, ...]] = []
    strands = groups.strands_of
    replaced(root / "content/studios/yang-ben-shi.md", "leads:", "projects: [yang-ben-ding]\nleads:")
    built(root)
    monkeypatch.setattr(
        groups,
        "strands_of",
        lambda group, deck, keys=None: (told.append(tuple(keys or group.keys)), strands(group, deck, keys=keys))[1],
    )
    edit_title(root, "yang-ben-ding", 1)
    built(root)
    assert {key for keys in told for key in keys} == {"project/yang-ben-ding", "studio/yang-ben-shi"}
    as_cold(root)
    replaced(at(root, "yang-ben-ding"), "---\ntitle", "---\nstatus: withdrawn\ntitle")
    as_cold(root)
    told.clear()
    replaced(at(root, "yang-ben-ding"), "title: 样本", "title: 样品")
    built(root)
    assert told == [("studio/yang-ben-shi",)]
    as_cold(root)


def test_what_differs_is_exchanged_in_tables_and_lines(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text and a title are, in workbooks as well; with the first text of all the table has a column more, and is written whole."""
    whole: list[str] = []
    lines, table, book = joining._lines, joining._whole_table, joining.book_bytes
    monkeypatch.setattr(joining, "book_bytes", lambda table, *more: (whole.append(table.name), book(table, *more))[1])
    monkeypatch.setattr(
        joining, "_lines", lambda stem, *given, **named: (whole.append(stem), lines(stem, *given, **named))[1]
    )
    monkeypatch.setattr(
        joining, "_whole_table", lambda kind, strands: (whole.append(kind.name), table(kind, strands))[1]
    )
    edit_body(root, "yang-ben-yi", 1)
    built(root)
    assert whole == ["project"]
    whole.clear()
    edit_body(root, "yang-ben-yi", 2)
    built(root)
    assert whole == []
    # as long as it was: of a few rows each decides on the widths
    replaced(at(root, "yang-ben-yi"), "title: 样本", "title: 样品")
    built(root)
    assert whole == []
    as_cold(root)


def test_a_title_has_no_list_of_pages_asked_and_only_its_own_lists_made(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lists lean on is who fills a field and who is in a group; of a list to take away the row is exchanged."""
    monkeypatch.setattr(takeaway, "FEWEST", 1)
    built(root, "--cold")
    asked: list[str] = []
    made: list[str] = []
    listed, sheets = Todo._listed, joining._Lists.sheets
    monkeypatch.setattr(Todo, "_listed", lambda todo, one: (asked.append(one.__module__), listed(todo, one))[1])
    monkeypatch.setattr(joining._Lists, "sheets", lambda lists, one: (made.append(one.title), sheets(lists, one))[1])
    for name in ("yang-ben-ding", "yang-ben-bing"):
        replaced(at(root, name), "title: 样本", "title: 样品")
        assert "已建成" in built(root)
        assert asked == []
        assert made == []
        as_cold(root)
        asked.clear()
        made.clear()
    edit_summary(root, "yang-ben-ding", 1)
    built(root)
    assert made == ["职工技术创新成果网上展", "2026 样本展期：全部成果"]
    replaced(at(root, "yang-ben-ding"), "---\ntitle", "---\npatents: [{type: 发明专利}]\ntitle")
    built(root)
    assert "site_builder.publish.numbers" in asked
    as_cold(root)


def test_a_title_has_no_page_of_sums_made_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says what all entries say together leans on that; words that many titles have come to the search page as they change."""
    made: list[str] = []
    page = Press.page
    monkeypatch.setattr(
        Press, "page", lambda press, plan, kept: (made.append(plan.address), page(press, plan, kept))[1]
    )
    sums = {"numbers/", "search/"}
    edit_title(root, "yang-ben-yi", 1)
    assert "已建成" in built(root)
    assert "projects/yang-ben-yi/" in made
    assert not sums & {*made}
    for number, name in enumerate(("yang-ben-bing", "yang-ben-ding"), 1):
        replaced(at(root, name), "title: 样本", f"title: 焊缝焊缝{number}样本")
    assert "已建成" in built(root)
    assert sums & {*made} == {"search/"}
    assert "焊缝" in (root / "site/search/index.html").read_text(encoding="utf-8")
    as_cold(root)
    made.clear()
    replaced(at(root, "yang-ben-bing"), "---\ntitle", "---\nbenefit: {annual: 1200万元}\ntitle")
    assert "已建成" in built(root)
    assert sums & {*made} == {"numbers/"}
    assert "1200 万元" in (root / "site/numbers/index.html").read_text(encoding="utf-8")
    as_cold(root)
    replaced(at(root, "yang-ben-ding"), "title: 焊缝焊缝2样本", "title: 样本")
    assert "已建成" in built(root)
    assert "焊缝" not in (root / "site/search/index.html").read_text(encoding="utf-8")
    as_cold(root)


def test_facts_that_are_numbered_anew_are_put_away_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where few entries were exchanged, too: what differs from the former numbers would tell nothing."""
    monkeypatch.setattr(desk, "MOST_GROWN", 1)
    for number, edit in enumerate((edit_title, edit_body), 1):
        edit(root, "yang-ben-yi", number)
        built(root)
        visit = Visit.reading(root, root / "site", look=Look.at(root, root / "site", theme=packaged_theme()))
        assert visit.engine is not None
        kept, facts = visit.left.memory, Facts(survey(root, visit.engine.exhibition, workers=1).deck)
        assert {fact for fact, at in kept.facts.items() if facts.digest(fact) != kept.digests[at]} == set()


@pytest.mark.parametrize("name", ["since", "survey", "memory", "settled"])
def test_what_two_builds_kept_is_never_read_together(root: Path, surveys: list[object], name: str) -> None:
    """One of the files of an earlier build, as a build leaves it that ends between two of them."""
    home = home_of(root, root / "site")
    edit_body(root, "yang-ben-yi", 1)
    built(root)
    former = {path: path.read_bytes() for path in (home / name, home / f"{name}.since") if path.exists()}
    edit_body(root, "yang-ben-ding", 2)
    edit_title(root, "yang-ben-yi", 2)
    built(root)
    edit_body(root, "yang-ben-bing", 3)
    built(root)
    surveys.clear()
    for path, content in former.items():
        path.write_bytes(content)
    edit_body(root, "yang-ben-bing", 4)
    as_cold(root)
    assert len(surveys) == 1


def test_two_processes_see_what_one_sees(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was done to a site since; where the second comes to nothing, the first does its part, too."""
    monkeypatch.setattr(walking, "_FEW", 0)
    site = root / "site"
    left = aged(site)
    (site / "foreign").symlink_to("index.html")
    (site / "projects/lost").symlink_to("nowhere")
    (site / "strange/deep").mkdir(parents=True)
    (site / "strange/deep/x.html").write_text("foreign", encoding="utf-8")
    (site / "404.html").write_text("harmed", encoding="utf-8")
    for at, gone in enumerate(("foreign", "robots.txt", "projects/yang-ben-yi")):
        (site / gone).rename(root / f"gone-{at}")
        expected = {
            path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_symlink() or path.is_file()
        }
        alone = Standing.of(site).files
        assert alone.keys() == expected
        for apart in (True, False):
            with closing(Walk(site, apart=apart, left=left)) as walk:
                assert walk.seen().files == alone
        with monkeypatch.context() as broken:
            broken.setattr(walking.marshal, "dumps", lambda *_: os._exit(1))
            with closing(Walk(site, apart=True, left=left)) as walk:
                assert walk.seen().files == alone


def test_two_processes_that_have_much_to_tell_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """A pipe holds little: whoever fills it waits until the other one listens."""
    for at in range(2 * walking._FEW):
        folder = tmp_path / "site" / f"{at}"
        folder.mkdir(parents=True)
        for end in "abcd":
            (folder / (end * 200)).touch()
    left = aged(tmp_path / "site")
    for path in (tmp_path / "site").rglob("?" * 200):
        path.write_text("harmed", encoding="utf-8")
    now = Standing.of(tmp_path / "site").files
    for _ in range(4):
        with closing(Walk(tmp_path / "site", apart=True, left=left, then=lambda seen: len(seen.files))) as walk:
            walk.go_on()
            assert walk.seen().files == now
            assert walk.result() == len(left.files)


def test_what_others_did_to_a_site_of_many_folders_is_mended(root: Path) -> None:
    """Nothing of the content differs, and the process that looks is asked to go on when it has been heard already."""
    page = root / "site/projects/index.html"
    whole = page.read_bytes()
    page.write_bytes(b"harmed")
    (root / "site/yang-ben/index.html").unlink()
    few = "from site_builder.warm import walking; walking._FEW = 0; from site_builder.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", few, "build"],
        cwd=root,
        env=environment(EXHIBITION_JOBS="2"),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert page.read_bytes() == whole
    assert (root / "site/yang-ben/index.html").is_file()
    assert UNCHANGED in built(root)


def aged(site: Path) -> Standing:
    """What stands in a site that nobody has touched for a while."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(standing, "SHORTLY", -(10**10))
        found = Standing.of(site)
    assert standing.UNSURE not in found.folders.values()
    return found


def test_a_folder_where_no_name_came_or_went_is_not_listed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its times tell; where they are so fresh that they might not, it is listed."""
    site = root / "site"
    left = aged(site)
    (site / "projects/foreign.html").write_text("foreign", encoding="utf-8")
    folders: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (folders.append(path), scandir(path))[1])
    seen = Walk(site, apart=False, left=left).seen()
    assert folders == [f"{site}/projects"]
    assert seen.files.keys() - left.files.keys() == {"projects/foreign.html"}
    assert seen.folders["projects"] == standing.UNSURE
    folders.clear()
    assert Walk(site, apart=False, left=seen).seen().files is seen.files
    assert folders == [f"{site}/projects"]


def test_an_edit_mends_the_index_and_a_harmed_shard_makes_it_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shards in place are mended as long as they are as they were left, and the lists of the former entries are known."""
    whole: list[object] = []
    made = indexing.shards_of
    monkeypatch.setattr(indexing, "shards_of", lambda *given, **named: (whole.append(given), made(*given, **named))[1])
    edit_title(root, "yang-ben-yi", 4)
    built(root)
    assert not whole
    shelf = home_of(root, root / "site") / "shelf"
    for folder, name in ((root / "site/search/v1/t", "5.js"), (shelf, "*")):
        for path in folder.glob(name):
            path.write_bytes(b"harmed")
        edit_body(root, "yang-ben-yi", 5)
        built(root)
        assert len(whole) == 1
        whole.clear()
    as_cold(root)


def test_what_was_kept_of_former_entries_is_forgotten(root: Path) -> None:
    """As many parts of index and open data lie on the shelf, however often they were made again; others than before."""
    found = []
    for number in range(3):
        edit_title(root, "yang-ben-yi", number)
        built(root)
        found.append({path.name for path in (home_of(root, root / "site") / "shelf").iterdir()})
    assert len({len(names) for names in found}) == 1
    assert found[0] != found[1]
