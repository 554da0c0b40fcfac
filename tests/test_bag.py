"""Bags prove themselves: to our own reader, to that of the Library of Congress, and to sha256sum; hostile ones are refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import bagit
import pytest
from click.testing import CliRunner

from site_builder.cli import cli
from site_builder.model.pages import OutputFile
from site_builder.release import manifest_reading
from site_builder.release.bag import digest_of, fill, seal
from site_builder.release.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = "2026-01-02"
INFO = {"Source-Organization": "样本工会", "External-Description": "样本展\n第二行", "Empty": ""}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A small bag with a Chinese name and a folder in it."""
    return made(tmp_path / "袋")


def made(directory: Path) -> Path:
    """Fills and seals a bag."""
    files = (
        OutputFile("site/样本.html", "样本".encode()),
        OutputFile("site/a/b.txt", b"b\n"),
        OutputFile("z.txt", b""),
    )
    fill(directory, files)
    seal(directory, INFO, day=DAY)
    return directory


def codes(bag: Path) -> list[tuple[str, str]]:
    """Code and path of everything that our reader finds."""
    return [(one.code, one.place.path) for one in verify(bag)]


def said_by_the_library(bag: Path) -> str:
    """What ``bagit.py --validate`` says; empty where it finds nothing."""
    run = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", "--quiet", str(bag)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return f"{run.stdout}{run.stderr}" if run.returncode else ""


def test_a_bag_is_whole_to_all_who_check(bag: Path, tmp_path: Path) -> None:
    """After copying, too."""
    copy = tmp_path / "copy"
    shutil.copytree(bag, copy)
    assert codes(copy) == []
    assert said_by_the_library(copy) == ""
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt", "manifest-sha512.txt"):
        program = f"{name.partition('-')[2].removesuffix('.txt')}sum"
        subprocess.run([program, "--check", "--quiet", "--strict", name], cwd=copy, check=True)


def test_a_bag_bears_the_day_it_is_told_and_no_other(bag: Path) -> None:
    """In its info, and as the time of all its files."""
    info = bagit.Bag(str(bag)).info
    assert info["Bagging-Date"] == DAY
    assert info["Payload-Oxum"] == "8.3"
    assert info["External-Description"] == "样本展 第二行"
    assert "Empty" not in info
    assert {path.stat().st_mtime for path in bag.rglob("*")} == {1767312000.0}


def test_rights_do_not_depend_on_the_mask(tmp_path: Path) -> None:
    """A bag made by a careful user can be read by the web server."""
    before = os.umask(0o077)
    try:
        bag = made(tmp_path / "masked")
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in bag.rglob("*") if path.is_file()} == {0o644}
    assert digest_of(bag) == digest_of(made(tmp_path / "plain"))


def test_a_flipped_byte_is_named_by_both(bag: Path) -> None:
    """And the digest of the bag stays, for it is of the manifests: mounting looks at the files, too."""
    path = bag / "data/site/a/b.txt"
    path.write_bytes(b"c\n")
    assert codes(bag) == [("bag-changed", "data/site/a/b.txt")]
    assert "data/site/a/b.txt" in said_by_the_library(bag)


@pytest.mark.parametrize(
    "harm, found",
    [
        (lambda bag: (bag / "data/z.txt").unlink(), [("bag-changed", "bag-info.txt"), ("bag-missing", "data/z.txt")]),
        (
            lambda bag: (bag / "data/new.txt").write_text("1", encoding="utf-8"),
            [("bag-changed", "bag-info.txt"), ("bag-added", "data/new.txt")],
        ),
        (
            lambda bag: (bag / "data/z.txt").rename(bag / "data/y.txt"),
            [("bag-added", "data/y.txt"), ("bag-missing", "data/z.txt")],
        ),
        (
            lambda bag: (bag / "bag-info.txt").write_text("Bagging-Date: 2020-01-01\n", encoding="utf-8"),
            [("bag-changed", "bag-info.txt")],
        ),
        (lambda bag: (bag / "manifest-sha512.txt").unlink(), [("bag-missing", "manifest-sha512.txt")]),
        (
            lambda bag: append(bag / "manifest-sha256.txt", f"{'0' * 64}  data/ghost.txt\n"),
            [("bag-format", "manifest-sha256.txt")],
        ),
    ],
)
def test_harm_is_named(bag: Path, harm: Callable[[Path], object], found: list[tuple[str, str]]) -> None:
    """Missing, added and renamed files, changed papers, manifests that disagree; the library sees each of them, too."""
    harm(bag)
    assert codes(bag) == found
    assert said_by_the_library(bag)
    assert all(one.message for one in verify(bag))


def test_a_manifest_that_no_other_covers_is_not_believed(bag: Path) -> None:
    """Who empties the list of the manifests could change them unseen."""
    for name in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        before = (bag / name).read_text(encoding="ascii")
        kept = [line for line in before.splitlines(keepends=True) if "manifest-sha512" not in line]
        (bag / name).write_text("".join(kept), encoding="ascii")
        assert codes(bag) == [("bag-format", name)]
        (bag / name).write_text(before, encoding="ascii")
    assert codes(bag) == []


def test_a_bag_without_lists_of_its_papers_has_no_digest(bag: Path) -> None:
    """That of a stranger is whole nevertheless, and cannot be mounted; one of ours has lost them."""
    for name in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        (bag / name).unlink()
    done = CliRunner().invoke(cli, ["verify", str(bag)], catch_exceptions=False)
    assert (done.exit_code, "完好" in done.output, "没有指纹" in done.output) == (0, True, True)
    assert said_by_the_library(bag) == ""
    (bag.parent / "mkdocs.yml").write_text("site_name: 样本\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["mount", str(bag), "--root", str(bag.parent)], catch_exceptions=False)
    assert (done.exit_code, "不是一个展期的归档" in done.output) == (1, True)
    own = bag.parent / "own"
    fill(own, (OutputFile("a.txt", b"a"),))
    seal(own, {**INFO, "Internal-Sender-Identifier": "edition/2024"}, day=DAY)
    (own / "tagmanifest-sha256.txt").unlink()
    assert codes(own) == [("bag-missing", "tagmanifest-sha256.txt")]


def append(path: Path, text: str) -> None:
    """Adds a line to a manifest."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def listed(path: str) -> Callable[[Path], None]:
    """Puts a path into both manifests."""

    def harm(bag: Path) -> None:
        append(bag / "manifest-sha256.txt", f"{'0' * 64}  {path}\n")
        append(bag / "manifest-sha512.txt", f"{'0' * 128}  {path}\n")

    return harm


@pytest.mark.parametrize(
    "harm",
    [
        listed("data/../../outside.txt"),
        listed("/etc/passwd"),
        listed("~/x"),
        listed("C:\\x"),
        listed("data\\..\\..\\x"),
        listed("data/%0D/../../x"),
        lambda bag: (bag / "data/link").symlink_to("/etc/passwd"),
        lambda bag: (bag / "data/loop").symlink_to(bag),
        lambda bag: os.mkfifo(bag / "data/pipe"),
        lambda bag: (bag / "fetch.txt").write_text("https://sample.invalid/x 1 data/x\n", encoding="utf-8"),
    ],
)
def test_a_hostile_bag_is_refused_unread(bag: Path, harm: Callable[[Path], object]) -> None:
    """Paths that lead outside, links, special files and lists of files elsewhere: one problem, and nothing is hashed."""
    harm(bag)
    told: list[int] = []
    assert [one.code for one in verify(bag, told=lambda done, _: told.append(done))] == ["bag-unsafe"]
    assert told == []


def test_a_huge_manifest_is_refused_unread(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered here; a file of half a gigabyte would prove no more."""
    monkeypatch.setattr(manifest_reading, "LARGEST", 100)
    assert [one.code for one in verify(bag)] == ["bag-unsafe"]


@pytest.mark.parametrize("text", ["no digest\n", "00  data/z.txt\n", "\xff"])
def test_a_manifest_that_is_none_is_told(bag: Path, text: str) -> None:
    """In words and with the line."""
    (bag / "manifest-sha256.txt").write_bytes(text.encode("latin-1"))
    assert codes(bag) == [("bag-format", "manifest-sha256.txt")]


def test_a_directory_that_is_no_bag_is_told(tmp_path: Path) -> None:
    """Nor is one that is not there; what else is odd in it is nobody's business."""
    (tmp_path / "link").symlink_to("/")
    assert [one.code for one in verify(tmp_path)] == ["bag-format"]
    assert [one.code for one in verify(tmp_path / "nowhere")] == ["bag-format"]
    (tmp_path / "bag.zip").write_bytes(b"PK")
    assert "先解压" in verify(tmp_path / "bag.zip")[0].message
