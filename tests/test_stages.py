"""Where a build's time goes: stages add up, whoever worked them off, and the command shows them."""

import re
import time
from pathlib import Path

from click.testing import CliRunner
from whole import SMALL, exhibition

from site_builder.cli import cli
from site_builder.press.crew import Tick, together
from site_builder.press.stages import Meter, Stage, measured, stage


def busy(seconds: float) -> None:
    """Works a processor for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_a_stage_within_a_stage_is_counted_once() -> None:
    """What the inner one took is not the outer one's."""
    with measured() as meter:
        with stage(Stage.WRITTEN):
            busy(0.02)
            with stage(Stage.PAGES):
                busy(0.06)
        with stage(Stage.PAGES):
            busy(0.06)
    outer, inner = meter.spent
    assert (outer.stage, inner.stage) == (Stage.WRITTEN, Stage.PAGES)
    assert 0.02 <= outer.cpu < inner.cpu
    assert inner.cpu >= 0.12
    assert inner.wall >= 0.12
    assert inner.peak > 1 << 20


def test_what_workers_took_is_counted_with_what_this_process_took() -> None:
    """Their processors are added up, the clock runs once; the stage round them keeps neither."""

    def work(part: int, of: int, *, tick: Tick) -> int:
        with stage(Stage.PAGES):
            busy(0.4)
        return part

    for workers in (1, 2):
        with measured() as meter, stage(Stage.WRITTEN):
            assert together(work, workers) == list(range(workers))
        spent = {one.stage: one for one in meter.spent}
        assert spent[Stage.PAGES].cpu >= 0.4 * workers
        assert spent[Stage.WRITTEN].cpu < spent[Stage.PAGES].cpu


def test_nothing_is_measured_unless_asked_and_a_measure_ends_where_it_was_asked_for() -> None:
    """Neither before nor after."""
    with measured() as meter:
        pass
    with stage(Stage.PAGES):
        pass
    assert meter == Meter()


def test_build_profile_lists_every_stage_and_their_sum(tmp_path: Path) -> None:
    """One line for each stage that was worked off, seconds and MiB; the columns add up to the last line."""
    root = exhibition(tmp_path, SMALL)
    done = CliRunner().invoke(cli, ["build", "--profile", "--root", str(root)], catch_exceptions=False)
    assert done.exit_code == 0
    lines = re.findall(r"│ (\S+) +│ +([\d.]+) │ +([\d.]+) │ +(\d+) │", done.output)
    assert [name for name, *_ in lines] == [*Stage, "合计"]
    for column in (1, 2):
        numbers = [float(line[column]) for line in lines]
        assert abs(sum(numbers[:-1]) - numbers[-1]) < 0.01 * len(lines)
    assert int(lines[-1][3]) == max(int(line[3]) for line in lines[:-1])
    assert "用时（秒）" in done.output
    plain = CliRunner().invoke(cli, ["build", "--root", str(root)], catch_exceptions=False)
    assert "│" not in plain.output
