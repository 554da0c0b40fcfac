"""Any bytes come in; they spoil a page of a small sound site, and what the sieve of the audit lets pass is read once more.

The sieve (site_builder/audit/sieve.py) proves pages without a parser and remembers what it proved. Whatever it lets pass,
a reading as browsers read must find sound as well: no dead link or place, nothing asked of another host, no personal number.
"""

from __future__ import annotations

import tempfile
from copy import deepcopy
from functools import cache
from pathlib import Path

from site_builder.audit.foreign import asked_elsewhere
from site_builder.audit.leaks import personal
from site_builder.audit.links import broken, missed_points, ways_of
from site_builder.audit.places import Site
from site_builder.audit.reading import Reader
from site_builder.audit.sieve import Sieve

URL = "https://exhibition.example/"
NAME, OTHER = "projects/yang-ben/index.html", "projects/yang-ben-er/index.html"
HOME, SEARCH = "index.html", "search/index.html"
FILES = frozenset({NAME, OTHER, HOME, SEARCH, "exhibition.css", "exhibition.js", "a.png", "share.png"})
PAGE = Path(__file__).with_name("page.html").read_bytes()
EDGES = tuple(at for at in range(len(PAGE)) if PAGE[at : at + 1] == b"<" or PAGE[at - 1 : at] == b">")
"""Where tags begin and end."""
BEHIND, INSTEAD, WITHIN = 0x80, 0x40, 0x20
"""What the second byte of a change says: right behind the one before, in the place of what stands there, within a tag or a text."""
PIECES = tuple(
    piece.encode()
    for piece in (
        *('<a href="../../mei-you/">样本</a>', ' href="../../mei-you/"', " href='../../mei-you/'"),
        *(" HREF=../../mei-you/", ' href ="../../mei-you/"'),
        *('<a href="#zhe">样本</a>', '<a href="../yang-ben-er/#zhe">样本</a>', '<a href="../../#halls">样本</a>'),
        *('<a href="#yi">', '<p id="zhe">', ' id="zhe"'),
        *('<img src="//sample.invalid/x.png">', '<img src="../../a.png" alt="">'),
        *(' srcset="../../a.png 1x,//sample.invalid/x.png 2x"', ' src="../../a.png"'),
        *('<link rel="stylesheet" href="//sample.invalid/x.css">',),
        *('<link href="//sample.invalid/" rel="preconnect">', ' rel="icon"', ' background="../../mei-you.png"'),
        *(f'<meta property="og:image" content="{URL}mei-you.png">',),
        *(f'<meta content="{URL}mei-you.png" name="twitter:image">', ' http-equiv="refresh"'),
        *('<meta http-equiv="refresh" content="0; url=../../mei-you/">', ' content="0; url=../../mei-you/"'),
        *('<base href="//sample.invalid/">', "<base>"),
        *('<form action="../../mei-you/">', ' formaction="../../mei-you/"', '<iframe src="//sample.invalid/">'),
        *('<noscript><img src="//sample.invalid/x.png"></noscript>',),
        *("<textarea>", "</textarea>", "<script>", "</script>", "<style>", "</style>", "<title>", "</title>"),
        *("<iframe>", "</iframe>", "<xmp>", "<plaintext>"),
        *('<tr id="zhe">', '<caption id="zhe">', '<form id="zhe">', "</form>", "<table>", "</table>", "<select>"),
        *("</select>", '<option id="zhe">'),
        *("<!--", "-->", "<!", "<?", "<![CDATA[", "]]>", "<template>", "</template>", "<svg>", "</svg>", "<math>"),
        *("<noscript>", "</noscript>"),
        *('<header class="site-head">', "</header>", '<footer class="site-foot">', "</footer>", "<li>", "</li>"),
        *("li>", "<hr>", "hr>", "<p>", "</p>", "<b>", "</b>"),
        *("<", "</", ">", "/>", "/", '"', "'", "`", "=", '="', '=""', " ", "\n", "\t", "\f", "\0", "\x01", "&"),
        *("&#49;", "&#45;", "&amp;", "&lt;", "x", "X", "样"),
        *("138", "0000", "0000", "00", "1", "-", "—", "１３８", "０", "021-", "yang.ben", "@", "＠"),
        *("sample.invalid", "10.", "(", "）"),
        *("生", "生于", "出生", "1901年", "1月", "1日", "月", "，", "家住", "住址", "样本路", "1弄2号", "303"),
        *("室", "单元", "号", "电话", "身份证"),
    )
)
"""What a page is spoilt with: faults, what hides them, and what pages are made of."""


def spoilt(changes: bytes) -> bytes:
    """The page with a change for every three bytes: where, how near, with what."""
    page, begin = PAGE, EDGES[0]
    for at in range(0, len(changes) - 2, 3):
        place, how, number = changes[at : at + 3]
        end, piece = begin, PIECES[number % len(PIECES)]
        if not how & BEHIND:
            edge = min(place, len(EDGES) - 2)
            begin = EDGES[edge] + (how % 16 if how & WITHIN else 0)
            end = max(begin, EDGES[edge + 1]) if how & INSTEAD else begin
        page = page[:begin] + piece + page[end:]
        begin += len(piece)
    return page


@cache
def _site() -> Site:
    root = Path(tempfile.mkdtemp(prefix="exhibition-fuzz-"))
    for name, place in ((OTHER, "er"), (HOME, "halls"), (SEARCH, "q")):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        html = f'<!doctype html><html lang="zh-CN"><title>样本</title><body><p id="{place}">样本</p></body></html>'
        (root / name).write_text(html, encoding="utf-8")
    return Site(root, FILES, URL)


@cache
def _learnt() -> Sieve:
    """A sieve that has seen the sound page, and one with the same head and foot, so often that it knows all of them."""
    sieve = Sieve(_site())
    for page in (PAGE, PAGE.replace(b'<h1 id="yi">', b'<h1 id="yi" class="er">')) * 10:
        assert sieve.passes(page, NAME)
    return sieve


@cache
def _ids() -> dict[str, str]:
    reader = Reader()
    return {name: " ".join(reader.page(_site().read(name), name, whole=False).ids) for name in (OTHER, HOME, SEARCH)}


def faults_of(page: bytes) -> list[object]:
    """What a reading as browsers read finds in the page."""
    site = _site()
    read = Reader().page(page, NAME, whole=False)
    ways = ways_of(read, site)
    return [*broken(read, ways), *missed_points({NAME: ways}, _ids()), *asked_elsewhere(read, site), *personal(read)]


def pages(data: bytes) -> None:
    """Two spoilt pages, the first one shown until it is known: none passes the sieve that is not sound."""
    half = len(data) // 6 * 3
    first, second = spoilt(data[:half]), spoilt(data[half:])
    sieve = deepcopy(_learnt(), {id(_site()): _site()})
    passed = [page for page in (first, first, first, second, PAGE) if sieve.passes(page, NAME)]
    assert PAGE in passed, "the sound page is doubted"
    for page in dict.fromkeys(passed):
        assert not faults_of(page), page.decode("utf-8", "replace")
