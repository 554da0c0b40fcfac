"""The twin of a site: the next site is put together in it, at a cost of what differs, and it is never trusted."""

from __future__ import annotations

import contextlib
import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from whole import bytes_of

from site_builder.press import standing
from site_builder.press.output import heal, staging_for, swap, twin_of
from site_builder.press.standing import UNSURE, FolderStamp, Standing, folder_stamp
from site_builder.press.twin import Before, Twin, mirrored, put_in_place, twin_in_hands, twinned
from site_builder.warm import walking
from site_builder.warm.walking import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMER = {"index.html": "former", "a/b/index.html": "stays", "c/d/index.html": "goes", "e.txt": "stays"}
NEW = {"index.html": "new", "a/b/index.html": "stays", "c": "comes", "e.txt": "stays"}
STEPS = 12
"""More than a replacement makes calls of the system that change a name."""


class Killed(BaseException):
    """Stands for the end of the process: no handler of the program may see it."""


def laid(directory: Path, files: dict[str, str]) -> Path:
    """A directory with these files."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def replaced(site: Path, files: dict[str, str], *, apart: bool = False) -> None:
    """What a warm build does: stages what differs, and puts it in place; the twin is made by the process that looks (``apart``), or not."""
    seen = Standing.of(site)
    walk = Walk(site, apart=apart, left=seen, then=partial(_mirrored, site, twin_in_hands(site)))
    walk.go_on()
    with twinned(site, before=Before(seen), begun=walk) as twin:
        staging = staging_for(site)
        laid(staging, {name: text for name, text in files.items() if not _holds(site / name, text)})
        put_in_place(staging, twin, names=files.keys())
    shutil.rmtree(staging, ignore_errors=True)


def _mirrored(site: Path, hidden: Path, seen: Standing) -> Mapping[str, FolderStamp] | None:
    return mirrored(site, hidden, before=Before(seen))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def texts(site: Path) -> dict[str, str]:
    """What its files say."""
    return {name: content.decode() for name, content in bytes_of(site).items()}


def same_files(site: Path) -> bool:
    """Whether site and twin are the very same files, and folders alike."""
    return sorted(path.relative_to(site) for path in site.rglob("*")) == sorted(
        path.relative_to(twin_of(site)) for path in twin_of(site).rglob("*")
    ) and all((twin_of(site) / name).samefile(site / name) for name in bytes_of(site))


@pytest.mark.parametrize("apart", [False, True])
def test_site_and_twin_change_places_and_are_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: bool
) -> None:
    """Again and again; nothing that went lies about in the twin, and what stays is the very file, with its time."""
    monkeypatch.setattr(walking, "_FEW", 0)
    site = laid(tmp_path / "site", FORMER)
    stays = (site / "a/b/index.html").stat()
    for files in (NEW, FORMER, NEW):
        replaced(site, files, apart=apart)
        assert texts(site) == files
        assert same_files(site)
        assert (site / "a/b/index.html").stat().st_ino == stays.st_ino
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.twin", "site"]


def test_what_stays_is_not_linked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a twin, as many links are made as files are new."""
    site = laid(tmp_path / "site", FORMER)
    replaced(site, NEW)
    links: list[object] = []
    link = os.link
    monkeypatch.setattr(os, "link", lambda *given: (links.append(given), link(*given)))
    replaced(site, NEW | {"index.html": "newer"})
    assert len(links) == 1
    assert texts(site)["index.html"] == "newer"


def test_a_twin_of_a_site_as_it_was_left_is_made_without_listing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first edit after a first build: what was made is known, and so are the folders in it, which nobody else can have seen."""
    monkeypatch.setattr("site_builder.press.twin._TICK", -(10**10))
    site, folders = laid(tmp_path / "site", FORMER), list[str]()
    seen, scandir = Standing.of(site), os.scandir
    with monkeypatch.context() as watched, twinned(site, before=Before(seen, seen)) as made:
        watched.setattr(os, "scandir", lambda path: (folders.append(str(path)), scandir(path))[1])
        put_in_place(laid(staging_for(site), {"index.html": "new"}), made, names=FORMER.keys())
    assert not [folder for folder in folders if Path(folder) == site or ".twin" in folder]
    assert texts(site) == FORMER | {"index.html": "new"}
    assert same_files(site)
    assert made.placed is not None
    now = Standing.of(site).folders
    assert made.placed.folders.keys() == now.keys()
    assert {name for name in now if made.placed.folders[name] == folder_stamp(f"{site}/{name}")} == now.keys() - {""}


@pytest.mark.parametrize("waits", [True, False])
def test_folders_of_a_new_twin_are_sure_when_the_clock_went_on_before_it_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    """However short before its end they were made: a build goes on for a while, as this waits; else they are to be listed."""
    if not waits:
        monkeypatch.setattr("site_builder.press.twin._TICK", 10**12)
    site = laid(tmp_path / "site", FORMER)
    seen = Standing.of(site)
    twin = twin_in_hands(site)
    found = mirrored(site, twin, before=Before(seen, seen))
    assert found is not None
    made_last = max(changed for _, changed in found.values())
    while waits and (laid(tmp_path / "clock", {"now": "x"}) / "now").stat().st_mtime_ns < made_last + 2 * 10**8:
        pass  # till the clock of the disk went on
    with twinned(site, before=Before(seen, seen), begun=_Told(found)) as made:
        put_in_place(laid(staging_for(site), {"index.html": "new"}), made, names=FORMER.keys())
    assert made.placed is not None
    sure = {name for name, stamp in made.placed.folders.items() if stamp != UNSURE}
    assert sure == ({"a", "a/b", "c", "c/d"} if waits else set())
    assert same_files(site)


class _Told:
    """Who made a twin before it is asked for."""

    def __init__(self, found: Mapping[str, FolderStamp] | None) -> None:
        self._found = found

    def result(self) -> Mapping[str, FolderStamp] | None:
        """What that gave."""
        return self._found

    def close(self) -> None:
        """Nothing is left to end."""


def unlink(path: Path) -> None:
    """One file less."""
    (path / "e.txt").unlink()


def add(path: Path) -> None:
    """Files and folders that are not the site's."""
    laid(path, {"foreign/x.html": "foreign", "a/b/foreign.txt": "foreign"})


def exchange(path: Path) -> None:
    """A file of the same size and time that says something else."""
    stat = (path / "e.txt").stat()
    (path / "e.txt").unlink()
    (path / "e.txt").write_text("other", encoding="utf-8")
    os.utime(path / "e.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))


def entangle(path: Path) -> None:
    """A folder where a file was, a file where a folder was, a link to the folder."""
    shutil.rmtree(path / "a")
    (path / "a").write_text("foreign", encoding="utf-8")
    (path / "e.txt").unlink()
    (path / "e.txt").mkdir()
    (path / "link").symlink_to(path / "e.txt")


@pytest.mark.parametrize("harm", [unlink, add, exchange, entangle, shutil.rmtree])
def test_a_twin_is_not_trusted(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """Whatever somebody did to it."""
    site = laid(tmp_path / "site", FORMER)
    replaced(site, NEW)
    harm(twin_of(site))
    replaced(site, FORMER)
    assert texts(site) == FORMER
    assert same_files(site)


def followed(site: Path, files: dict[str, str], left: tuple[Standing, Mapping[str, FolderStamp]]) -> Twin:
    """The same by a build that knows how the last one left the folders of site and twin."""
    seen = Walk(site, apart=False, left=left[0]).seen()
    with twinned(site, before=Before(seen, *left)) as twin:
        staging = staging_for(site)
        laid(staging, {name: text for name, text in files.items() if not _holds(site / name, text)})
        put_in_place(staging, twin, names=files.keys())
    shutil.rmtree(staging, ignore_errors=True)
    return twin


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Standing, Mapping[str, FolderStamp]]:
    """A site and its twin, of which every folder is known by its times, as if nobody had touched them for a while."""
    monkeypatch.setattr(standing, "SHORTLY", -(10**10))
    monkeypatch.setattr("site_builder.press.twin._TICK", -(10**10))
    site = laid(tmp_path / "site", FORMER)
    replaced(site, FORMER)
    twin = followed(site, FORMER, (Standing.of(site), {}))
    assert twin.placed is not None
    assert standing.UNSURE not in {**twin.placed.folders, **twin.folders}.values()
    return twin.placed, twin.folders


def test_folders_that_nobody_touched_are_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: tuple[Standing, Mapping[str, FolderStamp]]
) -> None:
    """Neither in the site nor in the twin; the outermost ones, which were renamed, are."""
    listed: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (listed.append(str(path)), scandir(path))[1])
    followed(tmp_path / "site", FORMER | {"c/d/index.html": "new"}, left)
    assert {Path(path).name for path in listed if "building" not in path}.isdisjoint({"a", "b", "c", "d"})
    assert texts(tmp_path / "site")["c/d/index.html"] == "new"


@pytest.mark.parametrize("harm", [unlink, add, exchange, entangle])
@pytest.mark.parametrize("harmed", ["site", ".site.twin"])
def test_folders_known_by_their_times_are_not_trusted_either(
    tmp_path: Path, left: tuple[Standing, Mapping[str, FolderStamp]], harmed: str, harm: Callable[[Path], None]
) -> None:
    """What was done to site or twin since they were left is seen, and what is then known of their folders is true."""
    site = tmp_path / "site"
    harm(tmp_path / harmed)
    for files in (NEW, FORMER):
        twin = followed(site, files, left)
        assert texts(site) == files
        placed = twin.placed or Standing.of(site)
        assert placed.files == Standing.of(site).files
        assert not twin.placed or same_files(site)
        for place, folders in ((site, placed.folders), (twin_of(site), twin.folders)):
            now = Standing.of(place).folders if folders else {}
            assert folders.keys() == now.keys()
            assert {name for name in now if folders[name] not in (standing.UNSURE, now[name])} <= {""}
        left = placed, twin.folders


def test_a_disk_without_links_has_no_twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are copied, with their times, as if there were no such thing."""
    site = laid(tmp_path / "site", FORMER)
    before = (site / "e.txt").stat().st_mtime_ns

    def refused(*_: object) -> None:
        raise OSError(1, "refused by the test")

    monkeypatch.setattr(os, "link", refused)
    replaced(site, NEW)
    assert texts(site) == NEW
    assert (site / "e.txt").stat().st_mtime_ns == before
    assert sorted(path.name for path in tmp_path.iterdir() if any(path.rglob("*"))) == ["site"]


def test_a_link_in_the_site_goes_as_before(tmp_path: Path) -> None:
    """What is no plain file is not mirrored, and no part of the new site."""
    site = laid(tmp_path / "site", FORMER)
    (site / "link").symlink_to("e.txt")
    replaced(site, NEW)
    assert texts(site) == NEW


@pytest.mark.parametrize("steps", range(STEPS))
def test_killed_at_any_step_the_site_is_the_former_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """After each change of a name in the file system; the next build finds one whole site and gets on."""
    site = laid(tmp_path / "site", FORMER)
    replaced(site, FORMER | {"e.txt": "newer"})
    replaced(site, FORMER)
    done: list[object] = []

    def counted(work: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object, **named: object) -> object:
            if len(done) >= steps:
                raise Killed
            done.append(work)
            return work(*given, **named)

        return step

    with monkeypatch.context() as patch:
        for name in ("rename", "replace", "link", "unlink", "rmdir", "mkdir"):
            patch.setattr(os, name, counted(getattr(os, name)))
        with contextlib.suppress(Killed):
            replaced(site, NEW)
    beside = [path for path in tmp_path.iterdir() if path != site and path.name != ".site.twin"]
    for path in beside:
        # of a process that is no more
        path.rename(path.with_name(f"{path.name.rpartition('-')[0]}-{_dead()}"))
    heal(site)
    assert texts(site) in (FORMER, NEW)
    replaced(site, NEW)
    assert texts(site) == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.twin", "site"]


def _dead() -> int:
    process = os.fork()
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)
    return process


def test_a_site_made_anew_has_no_twin_and_no_twin_outlives_its_site(tmp_path: Path) -> None:
    """So nothing of a former site stays on the disk under a name that nobody knows."""
    site = laid(tmp_path / "site", FORMER)
    replaced(site, NEW)
    swap(laid(staging_for(site), FORMER), site)
    assert not twin_of(site).exists()
    replaced(site, NEW)
    shutil.rmtree(site)
    heal(site)
    assert list(tmp_path.iterdir()) == []
