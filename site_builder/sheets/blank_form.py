"""A blank sheet comes in; a Word form for one entry goes out: a table of labels and empty cells, as unions print it."""

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from site_builder.sheets.blank import WARNING, BlankSheet, Question
from site_builder.sheets.blank_workbook import limit_words, shown_heading

WIDE = 24
"""Questions from this width on take a whole line."""
FEW = 12
"""So many choices are printed below the form; a longer list would bury it."""
_LABEL, _VALUE = Cm(3.2), Cm(5.2)
_EPOCH = (2000, 1, 1, 0, 0, 0)


def blank_form(sheet: BlankSheet) -> bytes:
    """The bytes of a .docx file: title, the table of questions, and notes on how to answer them."""
    document = Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, sheet.title, size=20, bold=True)
    lines = list(_lines(sheet.questions))
    table = document.add_table(rows=len(lines), cols=4, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row, line in enumerate(lines):
        _fill_line(table, row, line=line)
    for note in _notes(sheet):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _write(paragraph, note, size=9, grey=True)
    stream = io.BytesIO()
    document.save(stream)
    return steady(stream.getvalue())


def steady(package: bytes) -> bytes:
    """The same package with a fixed time on every part, so that two runs give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return stream.getvalue()


def _lines(questions: tuple[Question, ...]) -> Iterator[tuple[Question, ...]]:
    """Wide questions alone; short ones in pairs, in their order."""
    waiting: tuple[Question, ...] = ()
    for question in questions:
        if question.width >= WIDE:
            if waiting:
                yield waiting
            yield (question,)
            waiting = ()
        elif waiting:
            yield (*waiting, question)
            waiting = ()
        else:
            waiting = (question,)
    if waiting:
        yield waiting


def _fill_line(table: Table, row: int, *, line: tuple[Question, ...]) -> None:
    cells = table.rows[row].cells
    if len(line) == 1:
        cells[1].merge(cells[3])
    for cell, question in zip((cells[0], cells[2]), line, strict=False):
        _write(cell.paragraphs[0], shown_heading(question), size=10.5, bold=True)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for cell, width in zip(cells, (_LABEL, _VALUE, _LABEL, _VALUE), strict=True):
        cell.width = width
    long = len(line) == 1 and line[0].width >= 30
    table.rows[row].height = Cm(1.9 if long else 1.0)
    for cell in cells:
        _centred(cell)


def _centred(cell: _Cell) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.1)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name = "宋体"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _write(paragraph: Paragraph, text: str, *, size: float, bold: bool = False, grey: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(size)
    if grey:
        run.font.color.rgb = RGBColor(0x59, 0x59, 0x59)


def _notes(sheet: BlankSheet) -> Iterator[str]:
    """How to answer; the word 注 at the beginning tells the import that this is no answer."""
    yield f"注：带 * 的必须填写，不知道的空着。一份表填一项。{WARNING}"
    for number, question in enumerate(sheet.questions, 1):
        terms = question.choices.terms if question.choices else ()
        offered = f"可写：{'、'.join(terms)}" if 0 < len(terms) <= FEW else ""
        advice = "" if "下拉" in question.advice else question.advice
        limit = "" if question.choices else limit_words(question)
        words = "；".join(word for word in (advice, limit, offered) if word)
        if words:
            yield f"注 {number}：“{question.heading}”{words}。"
