"""Work done by others: any executor gives the same files, and a cluster that loses a worker half-way does, too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
import pytest
from jinja2 import TemplateSyntaxError
from whole import SECONDS, bytes_of, environment, exhibition, run

from site_builder.commands import executors
from site_builder.commands.executors import crew_at
from site_builder.media.store import Making, Store
from site_builder.press.afar import Crew
from site_builder.press.crew import Tick, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POOLS = (ThreadPoolExecutor, ProcessPoolExecutor)


@pytest.mark.parametrize("pool", POOLS)
def test_any_executor_does_the_parts(pool: Callable[[int], Executor], tmp_path: Path) -> None:
    """A function with all that it knows of; results in the order of the parts, every piece counted, nothing left behind."""
    words, heard = {"样本": tmp_path}, []

    def work(part: int, of: int, *, tick: Tick) -> tuple[int, str]:
        (words["样本"] / f"{part}").write_text(f"{part}/{of}")
        tick(2)
        return part, next(iter(words))

    with pool(2) as executor:
        made = together(work, 1, tick=heard.append, crew=Crew(executor, tmp_path / "shared", parts=5))
    assert made == [(part, "样本") for part in range(5)]
    assert sum(heard) == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1", "2", "3", "4", "shared"]
    assert not list((tmp_path / "shared").iterdir())


@pytest.mark.parametrize("fault", [PermissionError(13, "no"), TemplateSyntaxError("no", 3, "a.html")])
def test_what_stops_a_part_stops_the_work(fault: Exception, tmp_path: Path) -> None:
    """As it would in this process: commands turn just these into a line."""

    def work(part: int, of: int, *, tick: Tick) -> int:
        if part == 1:
            raise fault
        return part

    with ProcessPoolExecutor(1) as executor, pytest.raises(type(fault)) as raised:
        together(work, 1, crew=Crew(executor, tmp_path, parts=3))
    assert "no" in str(raised.value)


def test_a_file_that_is_not_the_work_is_not_read(tmp_path: Path) -> None:
    """Another machine may see another disk under the same path: what is there is never unpickled."""

    class Elsewhere(ThreadPoolExecutor):
        def submit(self, fn: Any, /, path: str, digest: str, **rest: Any) -> Any:  # type: ignore[override]
            other = tmp_path / "other"
            other.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
            return super().submit(fn, str(other), digest, **rest)

    with Elsewhere(1) as executor, pytest.raises(OSError, match="is not the work"):
        together(lambda part, of, *, tick: part, 1, crew=Crew(executor, tmp_path / "shared", parts=1))


def made_by(number: int) -> list[tuple[str, bytes]]:
    """What a making of the test makes."""
    return [("a.bin", bytes([number]))]


def test_pictures_are_made_by_an_executor(tmp_path: Path) -> None:
    """Into the store, each once."""
    from functools import partial

    makings = [Making(f"{at:040x}", (("a.bin", f"{at}.bin"),), partial(made_by, at)) for at in range(4)]
    store = Store(tmp_path / "store")
    with ProcessPoolExecutor(2) as executor:
        store.all_made(makings, workers=1, executor=executor)
    for at, making in enumerate(makings):
        kept = store.kept(making.key)
        assert kept is not None
        assert kept["a.bin"].read_bytes() == bytes([at])


@contextmanager
def cluster(house: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler of Dask on loopback, and its workers, each a process of its own."""
    told = house / "scheduler.json"
    common = {"env": environment(), "cwd": house, "stdout": subprocess.DEVNULL, "stderr": (house / "said").open("wb")}
    quiet = ["--no-dashboard", "--scheduler-file", str(told), "--host", "127.0.0.1"]
    module = [sys.executable, "-m", "distributed.cli"]
    running = [subprocess.Popen([*module[:2], f"{module[2]}.dask_scheduler", "--port", "0", *quiet], **common)]
    worker = [*module[:2], f"{module[2]}.dask_worker", *quiet, "--no-nanny", "--nthreads", "1"]
    try:
        hands = [subprocess.Popen([*worker, "--name", f"{at}"], **common) for at in range(workers)]
        running += hands
        deadline = time.monotonic() + SECONDS
        while not told.exists():
            assert time.monotonic() < deadline, (house / "said").read_text()
            time.sleep(0.02)
        yield json.loads(told.read_text())["address"].replace("tcp://", "dask://"), hands
    finally:
        for process in reversed(running):
            process.kill()
            process.wait(timeout=SECONDS)
        common["stderr"].close()


def test_a_cluster_that_loses_a_worker_half_way_makes_the_same_bytes(tmp_path: Path) -> None:
    """One of two is killed when the first page is there; what it was at is done again by the other."""
    root = exhibition(tmp_path / "exhibition")
    assert run("build", cwd=root).returncode == 0
    with cluster(tmp_path, 2) as (address, hands):
        building = subprocess.Popen(
            [sys.executable, "-m", "site_builder.cli", "build", "--site-dir", "afar", "--executor", address],
            cwd=root,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + SECONDS
        while not any(root.glob(".afar.building-*/projects/*/index.html")) and building.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        os.kill(hands[0].pid, signal.SIGKILL)
        lost_early = building.poll() is None
        said = building.communicate(timeout=SECONDS)[0].decode()
        assert building.returncode == 0, said
        assert lost_early
        assert hands[0].wait(timeout=SECONDS) == -signal.SIGKILL
        assert hands[1].poll() is None
    assert bytes_of(root / "afar") == bytes_of(root / "site")
    assert not list((root / ".cache/work").iterdir())
    assert not list(root.glob(".afar*"))


def test_addresses_that_lead_nowhere_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line each, and before anything is built."""
    for wrong in ("10.0.0.5:8786", "dask://10.0.0.5", "ray://10.0.0.5:1", "dask://:x"):
        with pytest.raises(click.UsageError, match="dask://主机:端口"), crew_at(wrong, tmp_path):
            pytest.fail("nobody works there")
    monkeypatch.setattr(executors, "_SECONDS", 1)
    with pytest.raises(click.ClickException, match="连不上"), crew_at("dask://127.0.0.1:9", tmp_path):
        pytest.fail("nobody works there")
    with crew_at(None, tmp_path) as alone:
        assert alone is None
