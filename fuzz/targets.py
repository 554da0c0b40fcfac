"""Any bytes come in; a reader of the exhibition takes them as one kind of file, and what must always hold is asserted.

Each target is a function of bytes that returns nothing. It fails (AssertionError, or whatever the reader should not have
raised) where an editor's file could stop a build with a traceback or bring something into a page that acts. The suite
replays the corpus through these very functions; ``fuzz/run.py`` lets Atheris look for more.
"""

from __future__ import annotations

import io
import os
import pickle
import re
import tempfile
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

from fuzz.pages import pages
from site_builder.exchange.dates import date_in, span_in
from site_builder.exchange.headings import BODY, ID, field_at, match_heading, paths_of
from site_builder.exchange.notation import read
from site_builder.exchange.scalars import Misread, line_read
from site_builder.intake.content import read_file
from site_builder.intake.reporting import as_text
from site_builder.media.drawings import ELEMENTS, drawing
from site_builder.media.unfit import Unfit
from site_builder.model.kinds import KINDS
from site_builder.model.privacy import masked, personal_in
from site_builder.model.problems import Severity
from site_builder.press.text import cleaned, markdown
from site_builder.search.query import parsed
from site_builder.search.tokens import cover, fold, grams, runs, shard_of, whole
from site_builder.sheets.escape import escaped, unescaped
from site_builder.sheets.packages import Refused
from site_builder.sheets.reading import read_book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SOURCES = tuple(f"content/{kind.folder}/x{kind.suffix}" for kind in KINDS)
FIELDS = tuple((kind, path) for kind in KINDS for path in paths_of(kind) if path not in (ID, BODY))
SCHEMES = ("http:", "https:", "mailto:")
ACTIVE = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "input", "button", "base", "link", "meta", "svg", "math"}
    | {"template", "noscript", "frame", "frameset", "applet", "video", "audio", "source", "textarea", "select", "portal"}
)
MOST_LINES_BEYOND = 2
"""A fault at the end of a file is told at the line behind its last break."""


@cache
def _scratch() -> Path:
    """A directory in memory where there is one; its name goes with the process, its files are written over."""
    shared = Path("/dev/shm")
    base = shared if os.access(shared, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="exhibition-fuzz-", dir=base))


def _put(name: str, data: bytes) -> Path:
    path = _scratch() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _chosen(data: bytes, number: int) -> tuple[int, bytes]:
    """The first two bytes choose one of so many; the others are the matter."""
    return int.from_bytes(data[:2].ljust(2, b"\0")) % number, data[2:]


# --- targets ---------------------------------------------------------------------------------------------------------


def front_matter(data: bytes) -> None:
    """A file of an entry of any kind: an entry or an error comes out, each problem at a place in this file."""
    number, rest = _chosen(data, len(SOURCES))
    source = SOURCES[number]
    _put(source, rest)
    entry, problems = read_file(_scratch(), source)
    assert entry is not None or any(problem.severity is Severity.ERROR for problem in problems)
    last = rest.count(b"\n") + rest.count(b"\r") + MOST_LINES_BEYOND
    for problem in problems:
        assert problem.place.path == source
        assert 1 <= problem.place.line <= last, problem
        assert problem.place.column >= 1
    as_text(problems).encode()
    pickle.dumps(entry)


def texts(data: bytes) -> None:
    """Markdown of an entry, and HTML that MkDocs made of a story: nothing that acts, and nothing new when it is read again."""
    text = "".join(FRAGMENTS[byte % len(FRAGMENTS)] for byte in data[1:]) if data[:1] == b"\0" else data.decode("utf-8", "replace")
    for html in (str(markdown(text)), cleaned(text)):
        assert _Judge().judge(cleaned(html)) <= _Judge().judge(html), "a second reader sees what the first did not"


def cells(data: bytes) -> None:
    """The text of a cell below the heading of any field: a value, or a question to the editor."""
    number, rest = _chosen(data, len(FIELDS))
    kind, path = FIELDS[number]
    text = rest.decode("utf-8", "replace")
    try:
        read(text, field_at(kind, path), unit="万元")
    except Misread as question:
        assert question.hint
    line_read(text), date_in(text), span_in(text), masked(text), personal_in(text)
    assert unescaped(escaped(text)) == text or text.startswith('="')
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", escaped(text))


def headings(data: bytes) -> None:
    """The heading of a column: a field, or why it is none."""
    number, rest = _chosen(data, len(KINDS))
    found = match_heading(rest.decode("utf-8", "replace"), KINDS[number])
    assert not found.path or found.path in paths_of(KINDS[number])


def tables(data: bytes) -> None:
    """A .csv, .tsv, .txt or .json file: rows, or a refusal with advice."""
    number, rest = _chosen(data, 4)
    _read_through(_put(f"table{('.csv', '.tsv', '.txt', '.json')[number]}", rest))


def workbooks(data: bytes) -> None:
    """A worksheet, the shared strings, the styles or the body of a form, in a package that is otherwise sound."""
    number, rest = _chosen(data, len(PARTS))
    name, form = PARTS[number]
    path = _scratch() / f"book.{form}"
    with zipfile.ZipFile(io.BytesIO(_sound(form))) as sound, zipfile.ZipFile(path, "w") as made:
        for member in sound.infolist():
            made.writestr(member, rest if member.filename == name else sound.read(member))
    _read_through(path)


def tokens(data: bytes) -> None:
    """A text to be found, or a query: every term that is looked up is one that was indexed."""
    text = data.decode("utf-8", "surrogateescape")
    folded = fold(text)
    indexed = grams(folded)
    for run in runs(folded):
        for start in range(0, len(run), 5):
            piece = run[start : start + 7]
            assert {term for part in runs(piece) for term in cover(part)} <= indexed | set(piece)
        for term in cover(run):
            assert term in indexed or len(run) > len(term)
    assert fold(whole(text)) == whole(text)
    for term in parsed(text):
        assert all(isinstance(run, str) for run in term.runs)
    for gram in list(indexed)[:50]:
        assert 0 <= shard_of(gram, 1024) < 1024


def drawings(data: bytes) -> None:
    """An SVG file: a drawing of harmless elements, or a refusal."""
    try:
        content, width, height = drawing(_put("drawing.svg", data))
    except Unfit as refusal:
        assert refusal.hint
        return
    assert width > 0 and height > 0
    for element in etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True)).iter():
        assert isinstance(element.tag, str), "a comment, an entity or an instruction"
        assert etree.QName(element).localname in ELEMENTS
        for name, value in element.attrib.items():
            assert not etree.QName(str(name)).localname.lower().startswith("on")
            assert not re.match(r"\s*(?:javascript|https?|file)\s*:", str(value), re.IGNORECASE) or "href" not in str(name)


TARGETS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {
        one.__name__: one for one in (front_matter, texts, cells, headings, tables, workbooks, tokens, drawings, pages)
    }
)
FRAGMENTS = (
    *("<svg>", "</svg>", "<math>", "</math>", "<mtext>", "<mglyph>", "<malignmark>", "<annotation-xml encoding=text/html>"),
    *("<style>", "</style>", "<script>", "</script>", "<title>", "</title>", "<textarea>", "</textarea>", "<noscript>"),
    *("</noscript>", "<template>", "</template>", "<select>", "</select>", "<option>", "<form>", "</form>", "<iframe>"),
    *("</iframe>", "<xmp>", "</xmp>", "<plaintext>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<caption>", "<col>"),
    *("<p>", "</p>", "<br>", "<b>", "</b>", "<a>", "</a>", "<a href=", "<img src=x onerror=alert(1)>", "<img src=", "<h1>"),
    *("</h1>", "<desc>", "<foreignObject>", "<!--", "-->", "--!>", "<!", "<![CDATA[", "]]>", "<?", "?>", "<", ">", "/>", "/"),
    *('"', "'", "`", "=", " ", "\n", "\n\n", "\t", "\x0c", "\r", "\0", "&", "&lt;", "&gt;", "&quot;", "&#x3c;", "&#0;", ";"),
    *("javascript:", "java&#115;cript:", "data:text/html,", "vbscript:", "https://a.example/", "mailto:", "//a.example", "#"),
    *("x", "文", "[", "](", ")", "![", "[^1]", "[^1]: ", "# ", "- ", "> ", "1. ", "| ", "|---|", "```", "**", "_", "~~", "\\"),
    *(" onclick=", " style=", " href=", " id=", " class=", " xlink:href=", " srcdoc=", " data-embed=", "\u202e", "\ufeff"),
)
"""What HTML and Markdown are made of; after a zero byte, each byte is one of these."""
PARTS = (
    ("xl/worksheets/sheet1.xml", "xlsx"),
    ("xl/sharedStrings.xml", "xlsx"),
    ("xl/styles.xml", "xlsx"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "docx"),
    ("word/_rels/document.xml.rels", "docx"),
)


# --- what they share -------------------------------------------------------------------------------------------------


class _Judge(HTMLParser):
    """Reads HTML and fails at what must never stand in a page of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, str | None, str | None]] = set()

    def judge(self, html: str) -> set[tuple[str, str | None, str | None]]:
        """Reads all of it; answers with element, attribute and value of all there is."""
        self.feed(html)
        self.close()
        return self.seen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element: none that acts, no handler, no other scheme."""
        assert tag not in ACTIVE, tag
        self.seen |= {(tag, None, None), *((tag, *pair) for pair in attrs)}
        for name, value in attrs:
            assert not name.startswith("on") and name not in {"style", "srcdoc", "formaction", "xlink:href"}, name
            plain = re.sub(r"[\s\x00-\x20]", "", value or "").lower()
            if name in {"href", "src", "cite"} and re.match(r"[a-z][a-z0-9+.-]*:", plain):
                assert plain.startswith(SCHEMES), value

    def handle_comment(self, data: str) -> None:
        """None is left: comments are how browsers are led to read otherwise."""
        raise AssertionError(f"a comment: {data[:40]!r}")


def _read_through(path: Path) -> None:
    """All rows of all sheets, as the importer reads them."""
    try:
        book = read_book(path, shown=path.name)
        for one in book.sheets:
            for row in one.rows:
                for cell in row:
                    str(cell.text)
    except Refused as refusal:
        assert refusal.hint


@cache
def _sound(form: str) -> bytes:
    """A small package as office programs write it."""
    made = io.BytesIO()
    if form == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        page = book.active
        assert page is not None
        for row in (["成果名称", "完成单位"], ["样本成果", "样本一厂"]):
            page.append(row)
        book.save(made)
    else:
        from docx import Document

        document = Document()
        document.add_paragraph("样本申报表")
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "成果名称"
        document.save(made)
    return made.getvalue()
