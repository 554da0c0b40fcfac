"""The path of a .docx form comes in; its paragraphs and tables go out as one sheet in reading order, pictures beside it."""

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from site_builder.sheets.limits import DEEPEST_NESTING, LARGEST_PICTURE, MOST_COLUMNS, MOST_PICTURES, MOST_ROWS
from site_builder.sheets.packages import Package, Refused, part_of
from site_builder.sheets.sheet import Book, Cell, EmbeddedPicture, Sheet

_BROKEN = (
    *(OpcError, LxmlError, KeyError, ValueError, IndexError, AttributeError, TypeError, RecursionError),
    *(zipfile.BadZipFile, EOFError),
)
"""What python-docx raises, undocumented, for the many ways in which a package can be wrong."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_CAPTION = "图"


def read_form(path: Path, package: Package, *, shown: str) -> Book:
    """The book of one sheet; a paragraph is a row of one cell, a row of a table is a row."""
    try:
        document = docx.Document(str(path))
        rows = tuple(_rows(document))
        pictures = tuple(_pictures(document, path))[:MOST_PICTURES]
    except _BROKEN as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused("sheet-damaged", "Word 文件损坏，读不出来", hint="用 Word 或 WPS 打开，另存一份再导入") from fault
    sheet = Sheet(path.stem, partial(iter, rows), addressed=False)
    return Book(shown, "docx", (sheet,), pictures, package.notes)


def _rows(document: Document) -> Iterator[tuple[Cell, ...]]:
    number = 0
    for block in document.iter_inner_content():
        for row in _block(block, depth=0):
            number += 1
            if number > MOST_ROWS:
                raise Refused("sheet-limit", f"表太长，超过 {MOST_ROWS} 行", hint="一个 Word 文件只放一份申报表")
            yield tuple(Cell(c.value, number, c.column, carried=c.carried, inside=c.inside) for c in row)


def _block(block: Paragraph | Table, *, depth: int) -> Iterator[tuple[Cell, ...]]:
    if isinstance(block, Paragraph):
        yield (Cell(_said(block._p) or None, 1, 1),)
    else:
        yield from _table(block, depth=depth)


def _table(table: Table, *, depth: int) -> Iterator[tuple[Cell, ...]]:
    seen: set[Any] = set()
    for number, row in enumerate(table.rows, 1):
        cells = []
        if sum(one.grid_span for one in row._tr.tc_lst) > MOST_COLUMNS:
            raise ValueError("a cell claims more columns than any form has, and would be counted once for each")
        for column, cell in enumerate(row.cells, 1 + row.grid_cols_before):
            element = cell._tc
            cells.append(_cell(cell, number, column=column, carried=element in seen, depth=depth))
            seen.add(element)
        yield tuple(cells)


def _cell(cell: _Cell, row: int, *, column: int, carried: bool, depth: int) -> Cell:
    inside: tuple[Sheet, ...] = ()
    if not carried and depth < DEEPEST_NESTING:
        inside = tuple(
            Sheet("", partial(iter, tuple(_table(one, depth=depth + 1))), addressed=False) for one in cell.tables
        )
    text = "\n".join(said for said in (_said(one._p) for one in cell.paragraphs) if said)
    return Cell(text or None, row, column, carried=carried, inside=inside)


def _said(element: Any) -> str:
    """The text of a paragraph with that of its content controls; what was struck out in revision is left out."""
    parts: list[str] = []
    for one in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}sym"):
        if any(above.tag == _W + "txbxContent" for above in one.iterancestors()):
            continue
        parts.append(_piece(one))
    return "".join(parts).strip()


def _piece(element: Any) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag == f"{_W}sym":
        # Wingdings: how Word draws ticked and empty boxes
        return {"F0FE": "☑", "F052": "☑", "F0FC": "√", "F0A8": "□", "F06F": "□"}.get(element.get(f"{_W}char", ""), "")
    return "\t" if element.tag == f"{_W}tab" else "\n"


def _pictures(document: Document, path: Path) -> Iterator[EmbeddedPicture]:
    """Pictures in the order of the text, each with the paragraph below or beside it that begins with 图 as its caption."""
    paragraphs = list(document.element.body.iter(f"{_W}p"))
    for place, paragraph in enumerate(paragraphs):
        for blip in (one for one in paragraph.iter() if str(one.tag).endswith("}blip")):
            part = document.part.related_parts.get(blip.get(_EMBED, ""))
            if part is not None and len(part.blob) <= LARGEST_PICTURE:
                near = paragraphs[place : place + 2]
                source = partial(part_of, path, str(part.partname).lstrip("/"))
                yield EmbeddedPicture(posixpath.basename(str(part.partname)), source, caption=_caption(near))


def _caption(paragraphs: Iterable[Any]) -> str:
    for one in paragraphs:
        text = _said(one)
        if text.startswith(_CAPTION) and len(text) <= 60:
            return text
    return ""
