"""Files that must not be opened, or not wholly: old formats, passwords, bombs, entities, macros, damage; each with advice."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from site_builder.exchange.planning import Wish, plan_of
from site_builder.intake.reporting import mend_of
from site_builder.sheets import packages, workbooks
from site_builder.sheets.packages import Refused
from site_builder.sheets.reading import read_book, read_paths
from tests.small import PLAIN, write
from tests.workbooks.found import found_in
from tests.workbooks.layouts import FIRST, HEAD, objects, sheet, word

if TYPE_CHECKING:
    from collections.abc import Callable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**parts: str | bytes) -> Callable[[Path], Path]:
    """A package with these parts; ``__`` stands for ``/`` and a single ``_`` for the dot."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "样本.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name.replace("__", "/").replace("_", "."), data)
        return folder / "样本.xlsx"

    return make


def raw(data: bytes, name: str) -> Callable[[Path], Path]:
    """A file of these bytes."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def cut(folder: Path) -> Path:
    """A workbook of which half arrived."""
    path = sheet([HEAD, FIRST])(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
REFUSED: tuple[tuple[str, Callable[[Path], Path], str, str], ...] = (
    ("xls", raw(OLE + b"\0" * 600, "样本.xls"), "sheet-format", "另存为"),
    ("et", raw(OLE + b"\0" * 600, "样本.et"), "sheet-format", "xlsx"),
    ("doc", raw(OLE + b"\0" * 600, "样本.doc"), "sheet-format", "docx"),
    ("wps", raw(OLE + "WordDocument".encode("utf-16-le"), "样本.wps"), "sheet-format", "docx"),
    ("password", raw(OLE + "EncryptedPackage".encode("utf-16-le"), "样本.xlsx"), "sheet-locked", "密码"),
    ("bomb", packed(xl__workbook_xml="<x/>", xl__a_xml=b"<x>" + b"0" * 12_000_000), "sheet-limit", "重新保存"),
    ("entity", packed(xl__workbook_xml=ENTITY), "sheet-damaged", "重新保存"),
    (
        "wide entity",
        packed(xl__workbook_xml=ENTITY.replace("1.0", "1.0").encode("utf-16")),
        "sheet-damaged",
        "重新保存",
    ),
    ("nothing inside", packed(a_xml="<x/>"), "sheet-damaged", "发错"),
    ("open document", packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "sheet-format", "xlsx"),
    ("half", cut, "sheet-damaged", "再发"),
    ("no package", raw(b"hello", "样本.xlsx"), "sheet-damaged", "另存"),
    ("empty", raw(b"", "样本.docx"), "sheet-damaged", "另存"),
    ("broken parts", packed(xl__workbook_xml="<x/>"), "sheet-damaged", "另存"),
    ("no encoding", raw(b"\xff\xff\xff\xff", "样本.csv"), "sheet-encoding", "Excel"),
    ("no objects", objects([1, 2]), "sheet-damaged", "对象的列表"),
    ("no json", raw(b"{", "样本.json"), "sheet-damaged", "JSON"),
    ("pdf", raw(b"%PDF", "样本.pdf"), "sheet-format", "原件"),
)


@pytest.mark.parametrize("make, code, advice", [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_file_is_refused_with_advice(make: Callable[[Path], Path], code: str, advice: str, tmp_path: Path) -> None:
    """In Chinese, naming the mend; never a traceback."""
    reading = read_paths([make(tmp_path)], tmp_path)
    assert reading.books == ()
    assert [problem.code for problem in reading.problems] == [code]
    assert advice in f"{reading.problems[0].message}{mend_of(reading.problems[0])}"


def test_macros_and_links_are_passed_over_and_said(tmp_path: Path) -> None:
    """The data of an .xlsm are read: senders cannot help the macros of the form they were given."""
    path = sheet([HEAD, FIRST])(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<x/>")
    book = read_book(path, shown="样本")
    assert [note[:4] for note in book.notes] == ["文件带有", "文件链接"]
    assert len(found_in(book)[0]) == 1


def test_limits_hold_while_rows_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many rows end the reading, with a problem and not with half of the entries."""
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    book = read_book(sheet([HEAD, FIRST, FIRST, FIRST])(tmp_path), shown="样本")
    plan = plan_of([book], write(tmp_path / "展", PLAIN), wish=Wish())
    assert len(plan.steps) == 0
    assert [problem.code for problem in plan.problems] == ["sheet-limit"]


def test_too_large_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their size on the disk."""
    monkeypatch.setattr(packages, "LARGEST_FILE", 10)
    with pytest.raises(Refused, match="超过"):
        packages.inspect(sheet([HEAD])(tmp_path))


def test_a_formula_without_a_value_is_said(tmp_path: Path) -> None:
    """Programs that do not calculate leave formulas without their result."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["成果名称", "完成单位"], ["=A1", "样本一厂"]):
        page.append(row)
    book.save(tmp_path / "样本.xlsx")
    cells = [row for one in read_book(tmp_path / "样本.xlsx", shown="样本").sheets for row in one.rows]
    assert cells[1][0].fault == workbooks.UNCOUNTED


def test_dimensions_that_lie_do_no_harm(tmp_path: Path) -> None:
    """A sheet that claims a million rows has those that it has."""
    path = sheet([HEAD, FIRST])(tmp_path)
    book = load_workbook(path)
    book.worksheets[0]["A1048576"].number_format = "0.00"
    book.save(path)
    rows = [row for one in read_book(path, shown="样本").sheets for row in one.rows if any(cell.text for cell in row)]
    assert len(rows) == 2


def test_a_folder_is_searched_and_lock_files_passed_over(tmp_path: Path) -> None:
    """One file that cannot be read does not hide the others."""
    sheet([HEAD, FIRST])(tmp_path)
    word("样本", [["成果名称", "样本成果二"], ["完成单位", "样本二厂"]])(tmp_path)
    (tmp_path / "~$样本.xlsx").write_bytes(b"x")
    (tmp_path / "旧.xls").write_bytes(OLE)
    reading = read_paths([tmp_path], tmp_path)
    assert sorted(book.form for _, book in reading.books) == ["docx", "xlsx"]
    assert [problem.place.path for problem in reading.problems] == ["旧.xls"]
