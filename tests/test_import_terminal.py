"""Imports at a real terminal: questions are put and answered, left, and broken off; a bar shows how far it is."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.small import PLAIN, write
from tests.workbooks.layouts import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = [
    ["成果名称", "完成单位", "主要完成人"],
    ["样本成果一", "样本钢铁", "样本甲"],
    ["样本成果二", "样本电缆", "样本乙"],
]
FILE = "content/projects/2026/yang-ben-cheng-guo-{}.md"
ASKED = "是哪一个？"
PATIENCE = 120
"""Seconds after which a terminal that says nothing has hung."""


class Terminal:
    """The command in a pseudo terminal of its own, as in a window."""

    def __init__(self, *words: str, where: Path) -> None:
        self._master, slave = pty.openpty()
        self.said = ""
        command = [sys.executable, "-m", "site_builder.cli", *words]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "40", "PYTHONIOENCODING": "utf-8"}
        self._run = subprocess.Popen(
            command,
            cwd=where,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=lambda: os.login_tty(os.dup(slave)),  # the terminal that Ctrl-C comes from
        )
        os.close(slave)

    def until(self, word: str) -> None:
        """Read until the word was said, beyond what was said before."""
        start = len(self.said)
        while word not in self.said[start:]:
            assert self._more(), f"{word} was never said:\n{self.said}"

    def type(self, text: str) -> None:
        """Keys as they are pressed."""
        os.write(self._master, text.encode())

    def end(self, *, pressing: str = "") -> int:
        """Read to the end; the exit code goes out. A key may come before its reader is ready, and is pressed again."""
        if pressing:
            self.type(pressing)
        while self._more(again=pressing):
            pass
        os.close(self._master)
        return self._run.wait(PATIENCE)

    def _more(self, *, again: str = "") -> bool:
        ready: list[int] = []
        for _ in range(PATIENCE // 2):
            ready = ready or select.select([self._master], [], [], 2)[0]
            if again and not ready:
                self.type(again)
        if not ready:
            self._run.kill()
            raise AssertionError(f"the terminal hung:\n{self.said}")
        try:
            found = os.read(self._master, 1 << 16)
        except OSError:  # how Linux says that the other side was closed
            return False
        self.said += found.decode("utf-8", "replace")
        return bool(found)


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """An exhibition with two units whose names are near to those in the table, which lies beside it."""
    files = {
        "organisations/yang-ben-gang-tie.yml": "name: 样本钢铁股份有限公司\n",
        "organisations/yang-ben-dian-lan.yml": "name: 样本电缆有限公司\n",
    }
    home = write(tmp_path / "zhan", {**PLAIN, **files})
    (home / "mkdocs.yml").write_text("site_name: 样本\nplugins: [exhibition]\n", encoding="utf-8")
    sheet(ROWS)(home)
    yield home


def units(root: Path, number: str) -> list[str]:
    """The units in the file of a result."""
    text = (root / FILE.format(number)).read_text(encoding="utf-8")
    return re.findall(r"organisation: (\S+)", text)


def test_each_question_is_answered(root: Path) -> None:
    """The first unit is the known one, the second is not; nobody is asked again."""
    window = Terminal("import", "样本.xlsx", "--edition", "2026", where=root)
    window.until(ASKED)
    assert "“样本钢铁”与已有条目相近" in window.said
    assert "1 样本钢铁股份有限公司（yang-ben-gang-tie）" in window.said
    window.type("1\n")
    window.until(ASKED)
    window.type("0\n")
    assert window.end() == 0, window.said
    assert units(root, "yi") == ["yang-ben-gang-tie"]
    assert units(root, "er") == ["样本电缆"]
    again = Terminal("import", "样本.xlsx", "--edition", "2026", where=root)
    assert again.end() == 0
    assert ASKED not in again.said
    assert "没有要写的" in again.said


def test_a_question_may_wait(root: Path) -> None:
    """Enter, or a number that was not offered, leaves the name as it is written; the next run asks again."""
    window = Terminal("import", "样本.xlsx", "--edition", "2026", where=root)
    for answer in ("\n", "7\n"):
        window.until(ASKED)
        window.type(answer)
    assert window.end() == 0, window.said
    assert (units(root, "yi"), units(root, "er")) == (["样本钢铁"], ["样本电缆"])
    again = Terminal("import", "样本.xlsx", "--edition", "2026", where=root)
    again.until(ASKED)
    assert again.end(pressing="\x03") == 1


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["end of input", "Ctrl-C"])
def test_breaking_off_writes_nothing(root: Path, key: str) -> None:
    """Neither entries nor answers, also not the one given before."""
    before = sorted(path for path in root.rglob("*") if path.is_file())
    window = Terminal("import", "样本.xlsx", "--edition", "2026", where=root)
    window.until(ASKED)
    window.type("1\n")
    window.until(ASKED)
    assert window.end(pressing=key) == 1
    assert "停下了，没有导入" in window.said
    assert "Traceback" not in window.said
    assert sorted(path for path in root.rglob("*") if path.is_file()) == before


def test_a_bar_shows_how_far_it_is(root: Path) -> None:
    """At a terminal only: a log is not filled with bars."""
    window = Terminal("import", "样本.xlsx", "--edition", "2026", "--yes", where=root)
    assert window.end() == 0
    assert "读取" in window.said
    assert "核对" in window.said
    command = [sys.executable, "-m", "site_builder.cli", "import", "样本.xlsx", "--edition", "2026"]
    done = subprocess.run(
        command, cwd=root, capture_output=True, encoding="utf-8", check=True, stdin=subprocess.DEVNULL
    )
    assert "核对" not in done.stdout + done.stderr
