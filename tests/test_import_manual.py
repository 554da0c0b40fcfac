"""The manual's chapter on imports, followed by somebody new: every command in it is run, from an empty directory."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from whole import run

if TYPE_CHECKING:
    import subprocess

PROJECT = Path(__file__).resolve().parent.parent
CHAPTER = PROJECT / "docs" / "manual" / "import.md"


def commands() -> list[str]:
    """The commands of the chapter in their order."""
    blocks = re.findall(r"```sh\n(.*?)```", CHAPTER.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def received(path: Path, when: str) -> None:
    """The summary table as it arrived; ``when`` is wrong at first."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "成果"
    for row in (
        ["样本市职工优秀创新成果推荐汇总表"],
        ["序号", "成果名称", "完成单位", "主要完成人", "应用时间", "联系电话", "内部分类"],
        [1, "样本皮带轮更换工具", "样本一厂", "样本甲（主创）、样本乙", when, "13800000000", "甲"],
        ["合计", "1 项"],
    ):
        page.append(row)
    page.merge_cells("A1:G1")
    book.save(path)


def typed(line: str, where: Path) -> subprocess.CompletedProcess[str]:
    """One command as typed."""
    words = shlex.split(line)
    assert words[0] == "exhibition", line
    return run(*words[1:], cwd=where)


def test_the_chapter_is_followed_from_an_empty_directory(tmp_path: Path) -> None:
    """The faulty table is refused and marked, mended, imported, taken back, imported and built."""
    here, table = tmp_path, tmp_path / "推荐汇总表.xlsx"
    received(table, "去年")
    for line in commands():
        if line.startswith("cd "):
            here = here / line.removeprefix("cd ")
            continue
        done = typed(line, here)
        faulty = "--dry-run" in line and "--map" not in line
        assert done.returncode == (1 if faulty else 0), f"{line}\n{done.stdout}{done.stderr}"
        assert "13800000000" not in done.stdout + done.stderr
        if "--report" in line:
            marked = load_workbook(tmp_path / "请改正.xlsx")["成果"]
            assert "去年" in str(marked["H3"].value)
            received(table, "2024年5月")
        if line.endswith("undo"):
            assert list((here / "content/projects/first").glob("yang-ben-*")) == []
            assert typed("exhibition import ../推荐汇总表.xlsx --edition first", here).returncode == 0
    assert (here / "site/projects/yang-ben-pi-dai-lun-geng-huan-gong-ju/index.html").is_file()
    assert "内部分类: ？" in (tmp_path / "对照表.yml").read_text(encoding="utf-8")
