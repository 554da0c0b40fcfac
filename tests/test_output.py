"""The way a site reaches the disk: whole or not at all, with nothing deleted that is not ours."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small import project, write
from whole import SECONDS, SMALL, build, bytes_of, environment, exhibition, run, run_module

from site_builder.press.output import discard, heal, is_ours, staging_for, swap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STEPS = 4
"""One more than a swap makes calls of the system that change a name or remove a tree."""
KILLS = 8


class Killed(BaseException):
    """Stands for the end of the process: no handler of the program may see it."""


def site_of(words: str, directory: Path) -> Path:
    """A site of three files that all say the same."""
    for name in ("index.html", "assets/exhibition.css", "projects/a/index.html"):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return directory


def words_of(site: Path) -> set[str]:
    """What the files of such a site say; one word where it is whole."""
    files = bytes_of(site)
    assert len(files) == 3, f"half a site: {sorted(files)}"
    return {content.decode() for content in files.values()}


def left_over(site: Path) -> list[str]:
    """What builds have left beside the site; a twin of the site is meant to lie there."""
    return sorted(path.name for path in site.parent.glob(f".{site.name}.*-*"))


def ended_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets so many renames and removals happen; the next one is the end of the process."""
    done: list[object] = []

    def counted(work: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            if len(done) == steps:
                raise Killed
            done.append(work)
            return work(*arguments, **named)

        return step

    for module, name in ((os, "rename"), (shutil, "rmtree")):
        monkeypatch.setattr(module, name, counted(getattr(module, name)))


@pytest.mark.parametrize("steps", range(STEPS))
def test_a_build_killed_at_any_step_of_the_swap_leaves_the_old_site_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """After each step the next build finds one whole site, and nothing beside it."""
    site = site_of("former", tmp_path / "site")
    staging = site_of("new", staging_for(site))
    with monkeypatch.context() as patch:
        ended_after(steps, patch)
        try:
            swap(staging, site)
        except Killed:
            assert steps < STEPS - 1
    heal(site)
    assert words_of(site) == ({"former"} if steps < 2 else {"new"})
    assert left_over(site) == []


@pytest.mark.parametrize("step", [0, 1])
def test_a_swap_that_the_system_refuses_leaves_the_former_site_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """A rename that fails brings the former site back at once; visitors need not wait for the next build."""
    site = site_of("former", tmp_path / "site")
    staging = site_of("new", staging_for(site))
    rename, refusals = os.rename, iter([False] * step + [True])

    def refusing(source: object, target: object) -> None:
        if next(refusals, False):
            raise PermissionError(13, "refused by the test", str(source))
        rename(source, target)  # type: ignore[arg-type]  # passed on as it came

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", refusing)
        with pytest.raises(PermissionError):
            swap(staging, site)
    assert words_of(site) == {"former"}


def test_the_first_site_needs_no_former_one(tmp_path: Path) -> None:
    """Directories above are made, nothing is left beside."""
    site = tmp_path / "some" / "where" / "site"
    swap(site_of("new", staging_for(site)), site)
    assert words_of(site) == {"new"}
    assert left_over(site) == []


def test_what_another_build_is_making_is_left_alone(tmp_path: Path) -> None:
    """Only what dead processes left is removed."""
    site = site_of("former", tmp_path / "site")
    alive, dead = subprocess.Popen(["sleep", "60"]), subprocess.Popen(["true"])
    dead.wait()
    try:
        for number in (alive.pid, dead.pid):
            site_of("half", tmp_path / f".site.building-{number}")
        heal(site)
        assert left_over(site) == [f".site.building-{alive.pid}"]
    finally:
        alive.kill()
        alive.wait()


def test_what_was_staged_can_be_thrown_away(tmp_path: Path) -> None:
    """The site is not touched by that."""
    site = site_of("former", tmp_path / "site")
    site_of("new", staging_for(site))
    discard(site)
    assert words_of(site) == {"former"}
    assert left_over(site) == []


@pytest.mark.parametrize(
    ("files", "ours"),
    [
        ({}, True),
        ({"index.html": "", "assets/exhibition.css": ""}, True),
        ({"letter.docx": ""}, False),
        ({"index.html": "another site", "shop/index.html": ""}, False),
        ({"content/projects/a.md": ""}, False),
        ({".git/HEAD": ""}, False),
    ],
)
def test_only_an_empty_directory_or_a_site_of_ours_is_replaced(
    tmp_path: Path, files: Mapping[str, str], ours: bool
) -> None:
    """A home page alone does not make a directory ours: another site has one, too."""
    for name, text in files.items():
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert (is_ours(tmp_path / "out", tmp_path / "exhibition") is None) is ours


# --- whole builds ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small exhibition, built once; copy it before changing anything."""
    root = exhibition(tmp_path_factory.mktemp("output") / "exhibition")
    build(root)
    return root


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    """A copy of it with its site, times included."""
    return Path(shutil.copytree(small, tmp_path / "exhibition"))


def state_of(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a directory with its bytes and its time."""
    return {name: (content, (root / name).stat().st_mtime_ns) for name, content in bytes_of(root).items()}


def test_unchanged_files_keep_their_times(copy: Path) -> None:
    """A build without a change changes no file; a changed line touches its page, and of the index what holds its words."""
    before = state_of(copy / "site")
    build(copy)
    assert state_of(copy / "site") == before
    path = copy / "content/projects/2024/yang-ben-jia.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n新的一句样本话。\n", encoding="utf-8")
    build(copy)
    after = state_of(copy / "site")
    assert after.keys() == before.keys()
    touched = {name for name in after if after[name] != before[name]}
    whole = ("search/", "data/", "api/", "sw.js")  # what holds the text of all entries, or its digest
    assert {name for name in touched if not name.startswith(whole)} == {"projects/yang-ben-jia/index.html"}
    assert not [name for name in touched if name.startswith(("data/craftsmen", "api/v1/craftsmen"))]
    assert sum(name.startswith("search/v1/d/") for name in touched) == 1
    assert sum(name.startswith("search/v1/t/") for name in touched) <= len(set("新的一句样本话")) * 2
    changed, kept = after["projects/yang-ben-jia/index.html"], before["projects/yang-ben-jia/index.html"]
    assert changed[1] > kept[1]


def test_an_entry_that_goes_takes_its_files_with_it(copy: Path) -> None:
    """No page of a deleted entry stays behind."""
    (copy / "content/projects/2026/yang-ben-yi.md").unlink()
    before = set(bytes_of(copy / "site"))
    gone = before - set(bytes_of(build(copy)))
    drawn = {name for name in gone if name.startswith("share/")}
    assert {name.rsplit("-", 1)[0] for name in drawn} == {
        f"share/project/yang-ben-yi-{form}" for form in ("card", "square", "poster")
    }
    assert sum(name.startswith("search/v1/d/") for name in gone) == 1
    assert {name for name in gone - drawn if not name.startswith("search/")} == {
        "projects/yang-ben-yi/index.html",
        "id/project/yang-ben-yi/index.html",
        "covers/project/yang-ben-yi.svg",
        # it was the only result of its edition
        "data/editions/2026.csv",
        "data/editions/2026.xlsx",
        "editions/2026/results/index.html",
        "editions/2026/organisations/index.html",
        # one edition with results is left: nothing to compare
        "editions/compare/index.html",
        "editions/compare/2024/first/index.html",
        "editions/compare/2024/grades/9/index.html",
        "editions/compare/2026/grades/9/index.html",
        "editions/compare/2026/returned/index.html",
    }


BROKEN: Mapping[str, Mapping[str, str]] = {
    "content": {"content/projects/2026/broken.md": "---\ntitle: 样本\nno_such_field: 1\n---\n"},
    "template": {
        "theme/exhibits/project.html": "{% extends 'exhibits/entry.html' %}{% block middle %}{{ nothing.at.all }}{% endblock %}"
    },
    "template syntax": {"theme/exhibits/home.html": "{% if %}"},
    "frame": {"theme/main.html": "<html><body>no slots</body></html>"},
    "hook": {"hook.py": "def on_post_page(output, page, config):\n    raise ValueError('broken by the test')\n"},
    "late hook": {
        "hook.py": "def on_post_template(output_content, template_name, config):\n    raise ValueError('broken by the test')\n"
    },
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("door", ["exhibition", "mkdocs"])
def test_a_build_that_fails_leaves_the_former_site_as_it_was(copy: Path, broken: str, door: str) -> None:
    """Errors in the content, the theme or a plug-in: not a byte, not a time, nothing beside; and the exit code says so."""
    before = state_of(copy / "site")
    for name, text in BROKEN[broken].items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = copy / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    if any(name.startswith("theme/") for name in BROKEN[broken]):
        text = text.replace("  name: material\n", "  name: material\n  custom_dir: theme\n")
    if "hook.py" in BROKEN[broken]:
        text += "hooks: [hook.py]\n"
    settings.write_text(text, encoding="utf-8")
    done = run("build", cwd=copy) if door == "exhibition" else run_module("mkdocs", "build", cwd=copy)
    assert done.returncode == 1, done.stderr
    assert state_of(copy / "site") == before
    assert left_over(copy / "site") == []
    if door == "exhibition" and "hook" not in broken:
        assert "Traceback" not in done.stderr
        assert "没有改动" in done.stderr
        if broken.startswith("template"):
            assert f"{next(iter(BROKEN[broken]))}:1 " in done.stderr, "the file and its line"


def test_a_killed_build_leaves_a_whole_site_and_the_next_one_heals(tmp_path: Path) -> None:
    """Killed at eight moments of its run, a build leaves the former site or the new one, never a part of either."""
    files = SMALL | {
        f"projects/2024/p{at:03}.md": project(title=f"样本{at:03}", organisations=f"样本{at % 9}厂") for at in range(60)
    }
    root = exhibition(tmp_path / "exhibition", files)
    edited = "projects/2024/yang-ben-jia.md"
    texts = {"former": SMALL[edited], "new": SMALL[edited] + "\n改过的样本话。\n"}
    seconds = _killed_after(SECONDS, root)
    assert seconds is not None, "the build hangs"
    sites = {"former": bytes_of(root / "site")}
    write(root, {edited: texts["new"]})
    build(root, "--site-dir", str(tmp_path / "other"), EXHIBITION_JOBS="1")
    sites["new"] = bytes_of(tmp_path / "other")
    assert sites["former"] != sites["new"]
    stands, killed = "former", 0
    for _ in range(4 * KILLS):
        write(root, {edited: texts["new" if stands == "former" else "former"]})
        took = _killed_after(seconds * (killed + 1) / (KILLS + 1), root)
        killed += took is None
        seconds = min(seconds, took or seconds)
        found = bytes_of(root / "site")
        assert found in (sites["former"], sites["new"]), f"half a site after kill {killed}"
        stands = "former" if found == sites["former"] else "new"
        if killed == KILLS:
            break
    assert killed == KILLS, "builds ended before they could be killed"
    write(root, {edited: texts["new"]})
    assert bytes_of(build(root, EXHIBITION_JOBS="1")) == sites["new"]
    assert left_over(root / "site") == []


def _killed_after(seconds: float, root: Path) -> float | None:
    """Starts a build and kills it after so long; None, or how long it took where it was done before."""
    command = [sys.executable, "-m", "site_builder.cli", "build"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=root, env=environment(EXHIBITION_JOBS="1"), **quiet)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return None if process.wait() == -signal.SIGKILL else time.monotonic() - began


# --- where a site may not go -----------------------------------------------------------------------------------------


def _but_the_cache(directory: Path) -> dict[str, bytes]:
    return {name: content for name, content in bytes_of(directory).items() if "/.cache/" not in f"/{name}"}


def _refused(root: Path, site_dir: str) -> str:
    before = _but_the_cache(root.parent)
    done = run("build", "--site-dir", site_dir, cwd=root)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert _but_the_cache(root.parent) == before, "something was written or deleted"
    return done.stderr


@pytest.mark.parametrize("target", [".", "..", "content", "content/pages/site", "content/projects"])
def test_the_exhibition_itself_is_never_replaced(copy: Path, target: str) -> None:
    """Neither the directory it lies in nor its content, however the path is written."""
    assert "输出目录" in _refused(copy, target)


def test_a_directory_with_other_files_is_never_replaced(copy: Path) -> None:
    """Neither letters nor somebody else's home page."""
    for name in ("letter.txt", "index.html"):
        other = copy.parent / f"other-{name}"
        other.mkdir()
        (other / name).write_text("别人的样本", encoding="utf-8")
        assert "不会覆盖" in _refused(copy, str(other))


@pytest.mark.parametrize("target", ["/sys/exhibition/site", "{file}/site"])
def test_a_place_that_cannot_be_written_is_named(copy: Path, target: str) -> None:
    """A disk that refuses is told in one Chinese line with the path, not in a traceback."""
    said = _refused(copy, target.format(file=copy / "mkdocs.yml"))
    assert "写不进" in said
    assert target.format(file=copy / "mkdocs.yml").rpartition("/")[0] in said


def test_a_site_behind_a_link_stays_behind_it(copy: Path) -> None:
    """Where the site is a link to a web server's directory, the files arrive there and the link stays."""
    served = copy.parent / "served"
    (copy / "site").rename(served)
    (copy / "site").symlink_to(served)
    write(copy, {"projects/2026/neu.md": project(title="样本新作")})
    build(copy)
    assert (copy / "site").is_symlink()
    assert (served / "projects/neu/index.html").is_file()
    assert left_over(copy / "site") == []
    assert left_over(served) == []
