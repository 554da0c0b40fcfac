"""Work in a process of its own: its result, and what becomes of it where that process is lost, or there is none."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.util import Finalize
from pathlib import Path

import pytest

from site_builder.intake.stamps import fresh_file
from site_builder.press.apart import apart
from site_builder.press.crew import together, unheard
from site_builder.press.stages import Stage, measured, stage
from site_builder.surveying import crew
from site_builder.warm.lock import locked
from tests.ending import nobody_is_left


@pytest.fixture(autouse=True)
def _nobody_else() -> None:
    """Whom former tests began has ended."""
    assert nobody_is_left()


def test_it_is_done_by_another_process_while_this_one_goes_on(tmp_path: Path) -> None:
    """It begins at once, and not when its result is asked for."""
    begun, go_on = tmp_path / "begun", tmp_path / "go on"
    os.mkfifo(go_on)

    def work() -> int:
        begun.touch()
        go_on.read_bytes()  # waits for whoever writes
        return os.getpid()

    with apart(work, alone=False) as working:
        assert not working.is_done
        go_on.write_bytes(b"")  # which waits for whoever reads: it has begun by itself
        assert begun.exists()
        assert working.result != os.getpid()
        assert working.is_done


def test_it_is_asked_for_once() -> None:
    """A second question does no work again."""
    with apart(os.getpid, alone=True) as working:
        assert working.result == working.result == os.getpid()


@pytest.mark.parametrize("end", [lambda: os._exit(0), lambda: os.kill(os.getpid(), signal.SIGKILL)])
def test_where_that_process_is_lost_this_one_does_it(end: Callable[[], None]) -> None:
    """However it ended."""
    own = os.getpid()

    def work() -> int:
        if os.getpid() != own:
            end()
        return own

    with apart(work, alone=False) as working:
        assert working.result == own


def test_what_the_disk_refuses_is_met_by_whoever_asks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The other process says nothing of it."""
    with apart((tmp_path / "nothing here").read_bytes, alone=False) as working, pytest.raises(FileNotFoundError):
        _ = working.result
    assert capfd.readouterr().err == ""


def test_nobody_works_on_when_nobody_asks(tmp_path: Path) -> None:
    """Whoever leaves, leaves no process behind."""
    never = tmp_path / "never"
    os.mkfifo(never)
    with apart(never.read_bytes, alone=False):
        pass
    assert not multiprocessing.active_children()


def slow_to_end(gate: Path) -> Callable[[], int]:
    """Work that is soon done, by a process that ends when somebody writes into a pipe of this name."""
    os.mkfifo(gate)

    def work() -> int:
        Finalize(None, gate.read_bytes, exitpriority=0)
        return os.getpid()

    return work


def test_nobody_waits_for_the_end_of_who_has_told(tmp_path: Path) -> None:
    """What a large process held takes the system a while to take back."""
    gate = tmp_path / "gate"
    work = slow_to_end(gate)
    with apart(work, alone=False) as working:
        assert working.result != os.getpid()
    (ending,) = multiprocessing.active_children()
    gate.write_bytes(b"")
    ending.join()


def test_who_has_told_and_is_still_ending_holds_no_lock(tmp_path: Path) -> None:
    """It was forked with the lock of a build in its hands; the next build may begin as soon as this one is done."""
    gate = tmp_path / "gate"
    work = slow_to_end(gate)
    with locked(tmp_path), apart(work, alone=False) as working:
        assert working.result != os.getpid()
    (ending,) = multiprocessing.active_children()
    with locked(tmp_path) as safe:
        assert safe
    gate.write_bytes(b"")
    ending.join()


def test_whoever_was_begun_may_begin_others() -> None:
    """What it has to do may be worth two cores."""

    def work() -> tuple[int, int]:
        with apart(os.getpid, alone=False) as other:
            return os.getpid(), other.result

    with apart(work, alone=False) as working:
        assert len({os.getpid(), *working.result}) == 3


def test_nobody_else_works_on_either(tmp_path: Path) -> None:
    """Whoever is left leaves those whom it began."""
    told, never = tmp_path / "told", tmp_path / "never"
    os.mkfifo(told)
    os.mkfifo(never)

    def waiting() -> None:
        told.write_text(str(os.getpid()), encoding="utf-8")
        never.read_bytes()

    def work() -> None:
        with apart(waiting, alone=False) as other:
            _ = other.result

    with apart(work, alone=False):
        number = int(told.read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_its_processor_counts_for_its_stage_and_its_clock_for_none() -> None:
    """The clock of whoever asks went on meanwhile."""

    def work() -> int:
        with stage(Stage.RECORD):
            return sum(range(3_000_000))

    with measured() as meter, stage(Stage.CLOSING), apart(work, alone=False) as working:
        assert working.result
    record = next(one for one in meter.spent if one.stage is Stage.RECORD)
    assert record.cpu > 0
    assert record.wall == 0


def _interrupted(*_: int, **__: object) -> int:
    """As Ctrl-C reaches every process of a build."""
    os.kill(os.getpid(), signal.SIGINT)
    return os.getpid()


def test_ctrl_c_ends_the_first_process_and_that_one_the_others() -> None:
    """A worker that took it for itself would print a traceback, or be waited for without end."""
    with apart(_interrupted, alone=False) as working:
        assert working.result != os.getpid()
    assert os.getpid() not in together(_interrupted, 2, tick=unheard)
    with crew(2) as executor:
        assert executor is not None
        assert executor.submit(_interrupted).result() != os.getpid()


def test_a_draft_is_taken_away_when_nobody_asks(tmp_path: Path) -> None:
    """A file that was begun is no litter of the cache."""
    begun, kept, never = tmp_path / "begun", tmp_path / "kept" / "file", tmp_path / "never"
    os.mkfifo(begun)
    os.mkfifo(never)

    def work() -> None:
        with fresh_file(kept):
            begun.write_bytes(b"")
            never.read_bytes()

    with apart(work, alone=False):
        begun.read_bytes()
        assert list(kept.parent.iterdir())
    assert not list(kept.parent.iterdir())
