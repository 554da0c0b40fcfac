"""What breaks under a build: full disks, lost workers, files that vanish, a cache that is harmed; the site stays whole and heals."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample_media import scene
from small import project
from test_cli import told
from whole import SMALL, build, bytes_of, environment, exhibition, run

from site_builder.commands import engine
from site_builder.intake import content as reading
from site_builder.intake.content import read_content
from site_builder.press.crew import WorkerLost, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EDITED = "content/projects/2024/yang-ben-jia.md"
PICTURED = {
    "projects/2024/yang-ben-jia.md": project(
        title="样本甲成果", organisations="样本一厂", pictures="[{file: a.jpg, alt: 样本图}]"
    )
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small exhibition with a picture, built once; copy it before changing anything."""
    root = exhibition(tmp_path_factory.mktemp("faults") / "exhibition", SMALL | PICTURED)
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("  - exhibition:\n", "  - exhibition:\n      share_cards: false\n"), encoding="utf-8"
    )
    assert "share_cards: false" in settings.read_text(encoding="utf-8")
    (root / "content/media").mkdir(parents=True, exist_ok=True)
    scene((800, 600)).save(root / "content/media/a.jpg", quality=80)
    build(root)
    return root


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    """A copy with its site and its cache."""
    return Path(shutil.copytree(small, tmp_path / "exhibition"))


def edit(root: Path) -> None:
    """A change that every build after it shows."""
    path = root / EDITED
    path.write_text(path.read_text(encoding="utf-8") + "\n改过的样本话。\n", encoding="utf-8")


def stays(root: Path, before: dict[str, bytes], *, said: str, words: str) -> None:
    """The former site is whole, nothing lies beside it, and one Chinese line said what happened."""
    assert words in said, said
    assert "没有改动" in said, said
    assert "Traceback" not in said, said
    assert bytes_of(root / "site") == before
    assert not [path.name for path in root.glob(".site.*")]


def heals(root: Path) -> None:
    """The next build brings the change."""
    done = told("build", root=root)
    assert done.exit_code == 0, done.output
    assert "改过的样本话" in (root / "site/projects/yang-ben-jia/index.html").read_text(encoding="utf-8")
    assert not [path.name for path in root.glob(".site.*")]


# --- the disk --------------------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_half_way_leaves_the_former_site(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fourth file that changed finds no room: said in words, with its path; later there is room."""
    before = bytes_of(copy / "site")
    edit(copy)
    written, left = os.write, iter(range(3))

    def filling(file: int, content: bytes) -> int:
        if next(left, None) is None:
            raise OSError(28, "No space left on device", str(copy / ".site.building"))
        return written(file, content)

    monkeypatch.setenv("EXHIBITION_JOBS", "1")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", filling)
        done = told("build", root=copy)
    assert done.exit_code == 1
    stays(copy, before, said=done.output, words="磁盘满了")
    heals(copy)


def limited(root: Path, *arguments: str, most: int = 2_000) -> subprocess.CompletedProcess[str]:
    """Runs a command that may write no file of more than ``most`` bytes: the limit is real, and so is the process."""
    return subprocess.run(
        [sys.executable, "-m", "site_builder.cli", *arguments],
        cwd=root,
        # else Python leaves half of its byte code for all who come after
        env=environment(EXHIBITION_JOBS="1", PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("register", "-o", "out/x.xlsx"),
        ("export", "-o", "out/x.xlsx"),
        ("export", "--kind", "成果", "--columns", "全部", "-o", "out/x.csv"),
        ("template", "成果", "-o", "out/x.xlsx"),
        ("diff", "site", "other", "-o", "out/x.html"),
        ("audit", "site", "--report", "out/x.html"),
        ("check", "--rules", "--report", "out/x.html"),
    ],
)
def test_a_table_or_report_that_finds_no_room_leaves_nothing(copy: Path, arguments: tuple[str, ...]) -> None:
    """Least of all half a register of people; the former one stays, and a line says why."""
    out = copy / "out"
    out.mkdir()
    shutil.copytree(copy / "site", copy / "other")
    (copy / "other/index.html").unlink()
    (copy / "content/projects/2024/yang-ben-jia.md").write_text(
        project(
            title="样本甲成果", organisations="样本一厂", people="、".join(f"样本{number}" for number in range(700))
        ),
        encoding="utf-8",
    )
    goal = out / Path(arguments[-1]).name
    if arguments[0] != "template":
        goal.write_text("former", encoding="utf-8")
    before = bytes_of(out)
    done = limited(copy, *arguments)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "超过了系统允许的文件大小" in done.stderr
    assert bytes_of(out) == before


def test_what_no_command_foresaw_of_the_disk_is_told_in_a_line(copy: Path) -> None:
    """With the path, in Chinese, and without a traceback."""
    shutil.rmtree(copy / "content/methods", ignore_errors=True)
    (copy / "content/methods").write_text("", encoding="utf-8")
    done = run("new", "method", "--title", "样本操作法", cwd=copy)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "content/methods" in done.stderr
    assert "路径中间有一个文件，不是目录" in done.stderr
    done = run("audit", "site", "--report", "nowhere/x.html", cwd=copy)
    assert (done.returncode, "没有这个文件或目录" in done.stderr) == (1, True), done.stderr


def test_a_limit_of_the_system_on_files_is_told(copy: Path) -> None:
    """A real limit on a real process: no file may grow beyond 20 kB, as on a disk with a quota."""
    before = bytes_of(copy / "site")
    edit(copy)
    done = limited(copy, "build", most=20_000)
    assert done.returncode == 1, done.stdout
    stays(copy, before, said=done.stderr, words="超过了系统允许的文件大小")


# --- workers ---------------------------------------------------------------------------------------------------------


def test_a_worker_without_memory_is_told_as_such() -> None:
    """Refused memory is no end of the process: the caller hears of it."""

    def work(part: int, of: int, *, tick: Callable[[int], None]) -> int:
        if part == 1:
            raise MemoryError
        return part

    with pytest.raises(MemoryError):
        together(work, 2)


def killed(*_: object, **__: object) -> tuple[object, ...]:
    """What the system does to the largest process when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)
    return ()


def test_a_worker_that_the_system_kills_is_told_and_the_site_stays(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of memory while pressing pages: not a traceback, not half a site."""
    before = bytes_of(copy / "site")
    edit(copy)
    monkeypatch.setenv("EXHIBITION_JOBS", "2")
    with monkeypatch.context() as patch:
        patch.setattr("site_builder.pipeline.FEW", 0)
        patch.setattr("site_builder.warm.indexing.read_block", killed)
        done = told("build", root=copy)
    assert done.exit_code == 1
    stays(copy, before, said=done.output, words="内存不够")


def test_a_reader_that_the_system_kills_costs_only_time(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked for the content parses what the readers left, and the site is the one it would have been."""
    edit(copy)
    shutil.copytree(copy, copy.with_name("other"))
    monkeypatch.setenv("EXHIBITION_JOBS", "2")
    first, lost = os.getpid(), copy / "lost"

    def doomed(*_: object, **__: object) -> None:
        if os.getpid() != first:
            lost.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        patch.setattr("site_builder.press.readers._FEW", 0)
        patch.setattr("site_builder.press.readers._parse", doomed)
        done = told("build", "--cold", root=copy)
    assert done.exit_code == 0, done.output
    assert lost.is_file()
    assert told("build", "--cold", root=copy.with_name("other")).exit_code == 0
    assert bytes_of(copy / "site") == bytes_of(copy.with_name("other") / "site")


def test_a_lost_worker_has_a_name() -> None:
    """So that doors can tell it from a mistake of the program."""

    def work(part: int, of: int, *, tick: Callable[[int], None]) -> int:
        os._exit(9)

    with pytest.raises(WorkerLost):
        together(work, 2)


# --- files that vanish -----------------------------------------------------------------------------------------------


def test_an_entry_that_vanishes_after_it_was_listed_is_a_problem_at_its_place(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor deletes a file while the build reads."""
    listed = reading.listing

    def then_gone(root: Path) -> object:
        found = listed(root)
        (root / EDITED).unlink()
        return found

    monkeypatch.setattr(reading, "listing", then_gone)
    found = read_content(copy)
    assert [(problem.code, problem.place.path) for problem in found.problems if problem.code == "unreadable"] == [
        ("unreadable", EDITED)
    ]
    assert len(found.entries) > 2


def test_a_picture_that_vanishes_between_survey_and_press_stops_the_build_in_words(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was there when it was examined, and not yet in the cache."""
    before = bytes_of(copy / "site")
    edit(copy)
    shutil.rmtree(copy / ".cache")
    picture, surveyed = copy / "content/media/a.jpg", engine.survey_of
    content = picture.read_bytes()

    def then_gone(*given: object, **named: object) -> object:
        found = surveyed(*given, **named)  # type: ignore[arg-type]  # passed on as it came
        picture.unlink()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(engine, "survey_of", then_gone)
        done = told("build", root=copy)
    assert done.exit_code == 1
    stays(copy, before, said=done.output, words="再运行一次")
    done = told("build", root=copy)
    assert done.exit_code == 1
    assert "missing-media" in done.output
    picture.write_bytes(content)
    heals(copy)


# --- the clock and the cache -----------------------------------------------------------------------------------------


def test_a_clock_that_jumps_back_hides_no_change(copy: Path) -> None:
    """All that was made bears a time of the year 2100; a picture and a text changed today are shown."""
    future = time.mktime((2100, 1, 1, 0, 0, 0, 0, 0, 0))
    for path in (*copy.rglob("*"),):
        os.utime(path, (future, future))
    before = {name for name in bytes_of(copy / "site") if name.startswith("media/")}
    scene((800, 601)).save(copy / "content/media/a.jpg", quality=80)
    edit(copy)
    heals(copy)
    after = {name for name in bytes_of(copy / "site") if name.startswith("media/")}
    assert after and not after & before


def garbage(cache: Path) -> None:
    """Every file of the cache is other bytes of the same length and time."""
    for path in [path for path in cache.rglob("*") if path.is_file()]:
        stamp = path.stat()
        path.unlink()  # the site may hold the same file under another name
        path.write_bytes(b"\0" * stamp.st_size)
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))


def directories(cache: Path) -> None:
    """Every file of the cache is a directory."""
    for path in [path for path in cache.rglob("*") if path.is_file()]:
        path.unlink()
        path.mkdir()


def files(cache: Path) -> None:
    """Every directory of the store is a file."""
    shutil.rmtree(cache / "objects")
    (cache / "objects").write_bytes(b"x")


def another_version(cache: Path) -> None:
    """The index is of a version to come, with fields that nobody knows."""
    raw = json.loads((cache / "index.json").read_text(encoding="utf-8"))
    raw |= {"examiner": "999", "files": {"a.jpg": [0, 0, {"unknown": 1}]}}
    (cache / "index.json").write_text(json.dumps(raw), encoding="utf-8")


@pytest.mark.parametrize("harm", [garbage, directories, files, another_version], ids=lambda harm: harm.__name__)
def test_a_harmed_cache_is_made_again(copy: Path, harm: Callable[[Path], None]) -> None:
    """Nobody has to know that there is one; the site comes out as it was."""
    before = bytes_of(copy / "site")
    harm(copy / ".cache/media")
    done = told("build", root=copy)
    assert done.exit_code == 0, done.output
    assert bytes_of(copy / "site") == before
    assert (copy / ".cache/media/objects").is_dir()


def test_a_cache_that_cannot_be_is_named(copy: Path) -> None:
    """A file stands where the whole cache should be: it is not ours to delete."""
    before = bytes_of(copy / "site")
    edit(copy)
    shutil.rmtree(copy / ".cache")
    (copy / ".cache").write_text("别人的样本", encoding="utf-8")
    done = told("build", root=copy)
    assert done.exit_code == 1
    stays(copy, before, said=done.output, words=str(copy / ".cache"))


# --- nothing is written elsewhere ------------------------------------------------------------------------------------

WATCH = """
import os, sys
log = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def told(event, arguments):
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        paths = [(arguments[0], -1)]
    elif event in {"os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.utime"}:
        paths = [(arguments[0], arguments[-1])]
    elif event == "os.truncate":
        paths = [(arguments[0], -1)]
    elif event == "os.rename":
        paths = [(arguments[0], arguments[2]), (arguments[1], arguments[3])]
    elif event in {"os.link", "os.symlink"}:
        paths = [(arguments[1], arguments[-1])]
    else:
        return
    for path, above in paths:
        if isinstance(path, (str, bytes, os.PathLike)):
            house = os.readlink(f"/proc/self/fd/{above}") if isinstance(above, int) and above >= 0 else ""
            os.write(log, os.path.abspath(os.path.join(house, os.fsdecode(path))).encode() + b"\\n")
sys.addaudithook(told)
"""


def test_nothing_outside_output_and_cache_is_ever_written(copy: Path, tmp_path: Path) -> None:
    """Python itself tells of every file that any process of a build opens to write, makes, moves or removes."""
    house = tmp_path / "house"
    for name in ("hook", "home", "tmp"):
        (house / name).mkdir(parents=True)
    (house / "hook/sitecustomize.py").write_text(WATCH, encoding="utf-8")
    edit(copy)
    shutil.rmtree(copy / ".cache")
    content = bytes_of(copy / "content")
    watched = {"WATCHED": str(house / "log"), "HOME": str(house / "home"), "TMPDIR": str(house / "tmp")}
    path = os.pathsep.join((str(house / "hook"), environment()["PYTHONPATH"]))
    done = run("build", cwd=copy, **watched, PYTHONPATH=path, EXHIBITION_JOBS="2")
    assert done.returncode == 0, done.stderr
    told_of = {Path(line) for line in (house / "log").read_text(encoding="utf-8").splitlines()}
    assert len(told_of) > 100
    strays = sorted(str(one) for one in told_of if not is_allowed(one, copy, tmp=house / "tmp"))
    assert strays == []
    assert list((house / "home").rglob("*")) == list((house / "tmp").rglob("*")) == []
    assert bytes_of(copy / "content") == content


def is_allowed(path: Path, root: Path, *, tmp: Path) -> bool:
    """The site, what stands beside it while it is made, the cache; devices; a probe of the temporary directory."""
    homes = (root / "site", root / ".cache", tmp)
    beside = (
        path.is_relative_to(root) and path.relative_to(root).parts[0].startswith(".site.") if path != root else False
    )
    return beside or any(path == home or path.is_relative_to(home) for home in homes) or path.is_relative_to("/dev")


@pytest.fixture(autouse=True)
def _no_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The number of workers is each test's own."""
    monkeypatch.delenv("EXHIBITION_JOBS", raising=False)
    yield
