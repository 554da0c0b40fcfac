"""Large and monstrous imports: memory that hardly grows with the rows, a limit of time, nothing written when it is over."""

from __future__ import annotations

import signal
import time
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from site_builder.cli import cli
from site_builder.commands.patience import TimeUp, within
from site_builder.exchange.journal import undo, write_all
from site_builder.exchange.plan import Action
from site_builder.exchange.planning import Wish, plan_of
from site_builder.exchange.shelf import Shelf
from site_builder.model.kinds import kind_named
from site_builder.sheets.reading import read_paths
from tests.small import PLAIN, write

if TYPE_CHECKING:
    from pathlib import Path

LEAST, MOST = 300, 1_200
PER_ROW = 3_500
"""Bytes of memory that a row may need (docs/sheets.md); before rows lay on shelves it were sixteen thousand."""
BASE = 12 * 2**20


def long_table(path: Path, rows: int) -> Path:
    """A summary table of so many results of seven hundred units, each with a paragraph."""
    book = Workbook(write_only=True)
    page = book.create_sheet("成果")
    page.append(["成果名称", "完成单位", "主要完成人", "应用时间", "成果简介", "创新点", "经济效益（万元）"])
    for number in range(rows):
        people = f"样本甲{number % 900}（主创）、样本乙{number % 800}"
        text = f"样本简介{number}" + "解决了样本问题，提高了样本效率。" * 10
        row = [f"样本成果第{number}号装置", f"样本{number % 700}厂", people, "2024年5月", text, "样本一；样本二", "12"]
        page.append(row)
    book.save(path)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty exhibition with two editions."""
    home = write(tmp_path / "zhan", dict(PLAIN))
    (home / "mkdocs.yml").write_text("site_name: 样本\nplugins: [exhibition]\n", encoding="utf-8")
    return home


def peak_of(root: Path, table: Path, *, rows: int) -> int:
    """Bytes of memory at the highest while the table is read, planned, written and taken back."""
    tracemalloc.start()
    plan = plan_of([book for _, book in read_paths([table], root).books], root, wish=Wish(edition="2026"))
    written = write_all(root, plan.files(), label="样本")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert plan.problems == ()
    assert plan.steps.counted() == {Action.CREATE: rows}
    assert written == rows == len(undo(root).removed)
    return peak


def test_memory_hardly_grows_with_the_rows(root: Path, tmp_path: Path) -> None:
    """Four times the rows: less than half more memory for a row than is promised, and a bound for the whole."""
    tables = {rows: long_table(tmp_path / f"{rows}.xlsx", rows) for rows in (LEAST, MOST)}
    # in a process of its own: what other tests left in this one puts the collector off
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        peaks = {rows: alone.submit(peak_of, root, table, rows=rows).result() for rows, table in tables.items()}
    growth = (peaks[MOST] - peaks[LEAST]) / (MOST - LEAST)
    assert growth < PER_ROW, f"{growth:.0f} bytes a row"
    assert peaks[MOST] < BASE + MOST * PER_ROW, f"{peaks[MOST]:,} bytes"


def test_a_shelf_is_a_list_that_lies_on_the_disk() -> None:
    """Values come back equal, in order, replaced and cut; kinds come back as the one object that each is."""
    shelf: Shelf[tuple[int, str, object]] = Shelf()
    text = "样" * 3_000
    for number in range(1_000):
        assert shelf.append((number, text, kind_named("project"))) == number
    shelf[7] = (7, "换过", None)
    shelf.cut(900)
    assert [number for number, _, _ in shelf] == list(range(900))
    assert shelf[7] == (7, "换过", None)
    assert shelf[8][2] is kind_named("project")


# who is ended between opening a file and holding it leaves it to Python to be closed
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_import_that_takes_too_long_is_refused(root: Path, tmp_path: Path) -> None:
    """With the file, the limit and what to do; nothing is written, no report and no entry."""
    table = long_table(tmp_path / "大表.xlsx", LEAST)
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    words = ["import", str(table), "--edition", "2026", "--root", str(root), "--report", str(tmp_path / "报告.xlsx")]
    result = CliRunner().invoke(cli, [*words, "--time-limit", "0.0005"])
    assert result.exit_code == 1
    assert (
        f"{table.as_posix()}: 错误[sheet-limit] 0.0005 分钟里没有读完、核对完，什么都没有写。把表分成几个文件"
        in result.output
    )
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before
    assert CliRunner().invoke(cli, [*words, "--time-limit", "0"]).exit_code == 2


def test_work_is_ended_wherever_it_is() -> None:
    """In a loop, and in what swallows every exception; Ctrl-C means afterwards what it meant before."""
    former = signal.getsignal(signal.SIGINT)
    with pytest.raises(TimeUp), within(0.05):
        while True:
            try:
                time.sleep(0.001)
            except Exception:  # noqa: BLE001  # as readers of files do
                continue
    assert signal.getsignal(signal.SIGINT) is former
    with within(60):
        assert signal.getsignal(signal.SIGINT) is not former
    with pytest.raises(KeyboardInterrupt), within(60):
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is former
