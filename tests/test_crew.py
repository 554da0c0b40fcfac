"""The crew: parts made by processes of their own, their results in order, their faults told."""

import os
import time
from pathlib import Path

import pytest

from site_builder.press.crew import Tick, together


def test_results_come_in_the_order_of_the_parts() -> None:
    """Whoever is first, and however much there is to hand over."""

    def work(part: int, of: int, *, tick: Tick) -> tuple[int, int, bytes]:
        time.sleep(0.05 * (of - part))
        return part, os.getpid(), b"x" * 1_000_000

    made = together(work, 3)
    assert [part for part, _, _ in made] == [0, 1, 2]
    assert len({process for _, process, _ in made} - {os.getpid()}) == 3


def test_every_piece_is_counted() -> None:
    """Words about the progress reach the caller from all workers, and from this process when it works alone."""

    def work(part: int, of: int, *, tick: Tick) -> int:
        for _ in range(part, 10, of):
            tick(1)
        return part

    for workers in (1, 2, 3):
        heard: list[int] = []
        together(work, workers, tick=heard.append)
        assert sum(heard) == 10


def test_progress_is_told_while_the_work_goes_on_and_not_piece_by_piece() -> None:
    """Few words for many pieces, the first of them long before the end, and no piece untold."""

    def work(part: int, of: int, *, tick: Tick) -> int:
        for piece in range(2000):
            tick(1)
            if piece in {500, 1000, 1500}:
                time.sleep(0.12)
        return part

    heard: list[int] = []
    together(work, 2, tick=heard.append)
    assert sum(heard) == 4000
    assert 6 <= len(heard) <= 100
    assert heard[0] <= 502


def test_the_first_process_does_its_own_part_while_the_others_work(tmp_path: Path) -> None:
    """They are at it already; alone it does both."""
    waiting = [tmp_path / f"{part}" for part in range(2)]
    for one in waiting:
        os.mkfifo(one)

    def work(part: int, of: int, *, tick: Tick) -> bytes:
        return waiting[part].read_bytes() if of > 1 else b"alone"  # waits for whoever writes

    assert together(work, 2, meanwhile=lambda: [one.write_bytes(b"on") for one in waiting]) == [b"on", b"on"]
    done: list[bool] = []
    assert together(work, 1, meanwhile=lambda: done.append(True)) == [b"alone"]
    assert done


def test_a_full_disk_is_told_as_it_is_and_nobody_waits_for_the_others() -> None:
    """The fault of one worker ends the work, even while another has much to hand over."""

    def work(part: int, of: int, *, tick: Tick) -> bytes:
        if part == 0:
            raise OSError(28, "No space left on device", "site/index.html")
        return b"x" * 5_000_000

    with pytest.raises(OSError, match="No space left") as caught:
        together(work, 2)
    assert caught.value.filename == "site/index.html"


def test_a_worker_that_vanishes_is_noticed() -> None:
    """Killed, or out of memory: the build says so instead of waiting for ever."""

    def work(part: int, of: int, *, tick: Tick) -> int:
        if part == 1:
            os._exit(9)
        return part

    with pytest.raises(RuntimeError, match="a worker ended"):
        together(work, 2)
