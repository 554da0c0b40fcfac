"""The real LibreOffice: what it saves is imported, and what is sent back for correction opens in it with its faults to be seen."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from site_builder.cli import cli
from tests.small import PLAIN, write

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ("成果名称", "完成单位", "主要完成人", "应用时间", "经济效益（万元）")
ROWS = (
    ("样本成果第一号装置", "样本一厂", "样本甲（主创）、样本乙", "2024年5月", "12"),
    ("样本成果第二号装置", "样本二厂", "样本丙", "不知何时", "很多"),
)
SECONDS = 120


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An exhibition with two editions and no entries."""
    home = write(tmp_path / "zhan", dict(PLAIN))
    (home / "mkdocs.yml").write_text("site_name: 样本\nplugins: [exhibition]\n", encoding="utf-8")
    return home


def saved(path: Path, form: str, *, filtered: str = "") -> Path:
    """The file as LibreOffice saves it in another form, a profile of its own beside it."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing; `make test` installs it from Debian"
    target = path.parent / form
    words = [office, f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to"]
    command = [*words, f"{form}:{filtered}" if filtered else form, "--outdir", str(target), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    found = target / f"{path.stem}.{form}"
    assert found.is_file(), done.stdout + done.stderr
    return found


def table(path: Path, rows: int) -> Path:
    """A summary table under a merged title, as a union sends it."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["样本市职工技术创新成果推荐汇总表"])
    page.merge_cells("A1:E1")
    page.append(HEADINGS)
    for row in ROWS[:rows]:
        page.append(row)
    book.save(path)
    return path


def told(*words: str) -> tuple[int, str]:
    """Exit code and words of a command."""
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    return done.exit_code, done.output


@pytest.mark.parametrize(("form", "filtered"), [("xlsx", ""), ("csv", "Text - txt - csv (StarCalc):44,34,76")])
def test_what_it_saves_is_imported(root: Path, tmp_path: Path, form: str, filtered: str) -> None:
    """The same entry as from the table that it opened; a second time nothing is to be done."""
    found = saved(table(tmp_path / "样本汇总表.xlsx", 1), form, filtered=filtered)
    words = ("import", str(found), "--edition", "2026", "--root", str(root))
    code, said = told(*words)
    assert code == 0, said
    text = next((root / "content/projects/2026").glob("*.md")).read_text(encoding="utf-8")
    assert all(word in text for word in ("样本成果第一号装置", "样本一厂", "样本甲", "样本乙", "2024-05"))
    assert "没有要写的" in told(*words)[1]


def test_a_marked_workbook_opens_with_its_faults(root: Path, tmp_path: Path) -> None:
    """On paper, too: the column of faults stands on the page of the row it belongs to."""
    sent = saved(table(tmp_path / "样本汇总表.xlsx", 2), "xlsx")
    marked = tmp_path / "标错.xlsx"
    words = ("--edition", "2026", "--dry-run", "--report", str(marked), "--root", str(root))
    assert told("import", str(sent), *words)[0] == 1
    with pdfium.PdfDocument(saved(marked, "pdf")) as printed:
        text = printed[0].get_textpage().get_text_bounded()
    assert all(word in text for word in ("样本丙", "【错误】“应用于生产时间”：“不知何时”不是日期"))
