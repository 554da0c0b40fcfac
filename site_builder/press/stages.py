"""The stages of a build come in as they are worked off; what each took of the clock, of all processors and of memory goes out.

Nothing is measured unless somebody asks with ``measured``. A stage counts what happens in it and in no stage within it, so that the
stages add up to the whole.
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from site_builder.model.frozen import frozen

_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Stage(StrEnum):
    """What a build does, in the words of its report and in their order."""

    START = "启动程序"
    LOOK = "查看上次所留"
    READ = "读取内容"
    SURVEY = "编目与检查"
    WRITTEN = "页框与手写页面"
    PLAN = "列出网页"
    COVERS = "封面"
    MEDIA = "图片与文件"
    INDEX = "检索索引"
    OUTSIDE = "订阅、标识与嵌入"
    DATA = "开放数据"
    PAGES = "网页"
    SHARE = "分享图"
    JOIN = "合并与自检索引"
    CLOSING = "总目与清理"
    AUDIT = "检查成品"
    SWAP = "换上新网站"
    RECORD = "记下这次"
    OTHER = "其余"
    """What belongs to none of them."""


@frozen
class Spent:
    """What a stage took: seconds of the clock, seconds of processors, and the most memory of its largest process in bytes."""

    stage: Stage
    wall: float
    cpu: float
    peak: int


@frozen
class Meter:
    """Collects what stages took, of this process and of those that worked for it."""

    _spent: dict[Stage, Spent] = field(default_factory=dict)
    _within: list[list[float]] = field(default_factory=lambda: [[0.0, 0.0]])
    """For each stage that is open, the outermost first: seconds of clock and processors that inner stages took."""

    @property
    def spent(self) -> tuple[Spent, ...]:
        """What every stage took, in the order of a build."""
        return tuple(self._spent[stage] for stage in Stage if stage in self._spent)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Measures what is done within."""
        wall, cpu = time.monotonic(), _processors()
        self._within.append([0.0, 0.0])
        _forget_peak()
        try:
            yield
        finally:
            wall, cpu, peak = time.monotonic() - wall, _processors() - cpu, _peak()
            inner = self._within.pop()
            self._within[-1][0] += wall
            self._within[-1][1] += cpu
            self._add(Spent(stage, wall - inner[0], cpu - inner[1], peak))

    def began(self) -> None:
        """Counts what this process has done so far as its start."""
        self._add(Spent(Stage.START, _age(), time.process_time(), _peak()))

    def hear(self, crew: Iterable[tuple[Spent, ...]]) -> None:
        """Adds what the stages of several processes took that worked at the same time: the clock counts once for all of them."""
        crews = tuple(crew)
        for one in (one for spent in crews for one in spent):
            wall = one.wall / len(crews)
            self._within[-1][0] += wall
            self._within[-1][1] += one.cpu
            self._add(Spent(one.stage, wall, one.cpu, one.peak))

    def _add(self, one: Spent) -> None:
        so_far = self._spent.get(one.stage, Spent(one.stage, 0.0, 0.0, 0))
        self._spent[one.stage] = Spent(
            one.stage, so_far.wall + one.wall, so_far.cpu + one.cpu, max(so_far.peak, one.peak)
        )


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def measured() -> Iterator[Meter]:
    """Measures the stages that are worked off within, in this process."""
    meter = Meter()
    before = _METER.set(meter)
    try:
        yield meter
    finally:
        _METER.reset(before)


@contextmanager
def measured_apart() -> Iterator[Meter]:
    """The same in a fork, which takes a measure of its own where whoever forked it takes one."""
    if _METER.get() is None:
        yield Meter()
    else:
        with measured() as meter:
            yield meter


@contextmanager
def stage(name: Stage) -> Iterator[None]:
    """Says that what is done within is this stage."""
    meter = _METER.get()
    if meter is None:
        yield
    else:
        with meter.stage(name):
            yield


def is_measured() -> bool:
    """Whether anybody asks; processors of another process are counted when its end was waited for."""
    return _METER.get() is not None


def hear(crew: Iterable[tuple[Spent, ...]]) -> None:
    """Hands on what processes that worked for this one have measured."""
    meter = _METER.get()
    if meter is not None:
        meter.hear(crew)


def _processors() -> float:
    """Seconds of processors of this process and of its children that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system  # finer than the ticks of ``times``


def _age() -> float:
    """Seconds since this process began; where the system does not say, those in which it worked."""
    with suppress(OSError, ValueError, IndexError):
        since_boot = float(Path("/proc/uptime").read_text().split()[0])
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        return since_boot - ticks / os.sysconf("SC_CLK_TCK")
    return time.process_time()


def _forget_peak() -> None:
    with suppress(OSError):
        _FORGET.write_text("5")


def _peak() -> int:
    """Bytes this process or one that ended for it held at most, since the stage began where the system tells (Linux)."""
    with suppress(OSError):
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return 0
    import resource  # absent on Windows

    kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kept if sys.platform == "darwin" else kept * 1024
