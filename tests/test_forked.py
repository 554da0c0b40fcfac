"""A command that is forked off the loaded program does what it does when it is started from nothing."""

from __future__ import annotations

import os
import stat
import subprocess
from typing import TYPE_CHECKING

import forked
import pytest
from whole import bytes_of, environment, exhibition, run, run_module

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small exhibition of its own for a test."""
    return exhibition(tmp_path / "exhibition")


def test_a_command_says_and_makes_what_a_process_of_its_own_does(root: Path) -> None:
    """Code, words on both channels, and every byte of the site; whatever directory and environment it is called in."""
    for words in (
        ("build", "--site-dir", "{}"),
        ("check", "--format", "json"),
        ("check", "--no-such"),
        ("show", "样本无"),
    ):
        done = [how(*(word.format(how.__name__) for word in words), cwd=root) for how in (run, alone)]
        said = [(one.returncode, *(lines(text) for text in (one.stdout, one.stderr))) for one in done]
        assert said[0] == said[1]
    assert bytes_of(root / "run") == bytes_of(root / "alone")


def test_the_mask_for_new_files_is_the_tests(tmp_path: Path) -> None:
    """What a test has set for itself holds for its commands."""
    before = os.umask(0o077)
    try:
        assert run("init", "own", cwd=tmp_path).returncode == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "own/content").stat().st_mode) == 0o700


def alone(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """``exhibition`` as a process that is started from nothing."""
    return run_module("site_builder.cli", *arguments, cwd=cwd)


def lines(said: str) -> list[str]:
    """What was said, but for where the site lies and how long it took."""
    return [line for line in said.splitlines() if not line.startswith("已建成")]


def test_another_environment_asks_for_another_process() -> None:
    """What is read when Python starts, or when the program is loaded, is not that of the one that has it loaded."""
    loaded = forked.loaded()
    assert loaded.is_alike(environment(EXHIBITION_JOBS="3", SOURCE_DATE_EPOCH="1"))
    assert all(loaded.is_alike(environment(**{name: "1"})) for name in forked.OWN)
    assert not any(
        loaded.is_alike(environment(**{name: "7"})) for name in ("PYTHONHASHSEED", "EXHIBITION_ENGINE", "TZ")
    )


def test_a_command_that_hangs_is_ended(root: Path) -> None:
    """The test is told, and the next command is run by another process."""
    with pytest.raises(subprocess.TimeoutExpired):
        forked.loaded().run(("build",), cwd=root, environment=environment(), seconds=0)
    assert run("--version", cwd=root).returncode == 0
