"""What the stages of a build took comes in; a table for people goes out."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from site_builder.press.stages import Spent, Stage, measured, stage

if TYPE_CHECKING:
    from rich.table import Table

_MEBIBYTE = 1 << 20


@contextmanager
def profiled() -> Iterator[None]:
    """Prints at the end what each stage of what is done within took, and before it the start of this process."""
    with measured() as meter:
        meter.began()
        with stage(Stage.OTHER):
            yield
    from rich.console import Console  # whoever prints can wait for it

    Console().print(profile(meter.spent))


def profile(spent: Iterable[Spent]) -> "Table":
    """A line for each stage, and their sum; the last column is the largest process of each stage."""
    from rich.table import Table

    stages = tuple(spent)
    table = Table(title="用时与内存", title_justify="left", show_footer=True)
    wall, cpu = sum(one.wall for one in stages), sum(one.cpu for one in stages)
    peak = max((one.peak for one in stages), default=0)
    table.add_column("阶段", "合计")
    for heading, footer in (
        ("用时（秒）", f"{wall:.2f}"),
        ("处理器（秒）", f"{cpu:.2f}"),
        ("内存峰值（MiB）", f"{peak / _MEBIBYTE:.0f}"),
    ):
        table.add_column(heading, footer, justify="right")
    for one in stages:
        table.add_row(one.stage.value, f"{one.wall:.2f}", f"{one.cpu:.2f}", f"{one.peak / _MEBIBYTE:.0f}")
    return table
