"""A small sound site written by hand, and a way to break it for each thing that the audit looks for."""

from __future__ import annotations

import gzip
import io
import sqlite3
from random import Random
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pikepdf
from PIL import Image
from plain_pdf import pdf_saying

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://exhibition.example/"
HEAD = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="description" content="{title}的样本简介"><link rel="canonical" href="{url}">'
    '<script type="application/ld+json">{{"@context":"https://schema.org","@type":"WebPage"}}</script>'
    '<link rel="stylesheet" href="{base}assets/0a/exhibition.css"><script src="{base}assets/0a/exhibition.js"></script></head>'
)
HOME = (
    '<body><main id="main"><h1>样本展览</h1><h2 id="er">第二</h2><p>这里是样本首页的正文。</p>'
    '<a href="projects/yang-ben-yi/#yi">样本一</a><a href="#er">第二</a></main></body></html>'
)
ENTRY = (
    '<body><main id="main"><h1 id="yi">样本一</h1><p>这里是样本成果的正文，编号 ZL201910000000.0，GB/T 1.1-2020。</p>'
    '<img src="../../media/a.png" alt="一台样本机器" width="2" height="2"><a href="../../">首页</a></main></body></html>'
)
MOVED = (
    '<html lang="zh"><title>转到</title><meta http-equiv="refresh" content="0; url=../../mei-you/"><h1>转到</h1></html>'
)
PAGE = "projects/yang-ben-yi/index.html"


def sound_site(site: Path) -> Path:
    """A home page, an entry, a page for missing addresses, all that belongs to them."""
    _put(site, "index.html", HEAD.format(title="样本展览", url=URL, base="") + HOME)
    _put(site, PAGE, HEAD.format(title="样本一", url=f"{URL}projects/yang-ben-yi/", base="../../") + ENTRY)
    lost = HEAD.format(title="这一页不在这里", url=f"{URL}404.html", base="/")
    lost = lost.replace("<title>", '<meta name="robots" content="noindex"><title>')
    _put(
        site,
        "404.html",
        f'{lost}<body><main id="main"><h1>这一页不在这里</h1><a href="/">回到首页再找</a></main></body></html>',
    )
    locs = "".join(f"<url><loc>{address}</loc></url>" for address in (URL, f"{URL}projects/yang-ben-yi/"))
    _put(site, "sitemap.xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locs}</urlset>')
    _put(site, "assets/0a/exhibition.css", "main{background:url(../pic.svg)}")
    _put(site, "assets/0a/exhibition.js", '"use strict";var space="http://www.w3.org/2000/svg";')
    _put(site, "assets/pic.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    _put(
        site,
        "search/v1/manifest.js",
        'exhibitionSearch.put("manifest",{"kinds":[["project","成果","项","projects"]]})\n',
    )
    _put(site, "search/v1/d/0.js", 'exhibitionSearch.put("d/0",["yang-ben-yi","样本一",0])\n')
    (site / "media").mkdir()
    Image.new("RGB", (2, 2)).save(site / "media/a.png")
    return site


def number_of(kind: str) -> str:
    """A synthetic number of each kind, put together here so that no scanner of this clone takes it for a real one."""
    parts = {
        "手机号": ("138", "0000", "0000"),
        "电子邮箱": ("yang.ben", "@", "sample.invalid"),
        "固定电话": ("021", "-", "0000", "0000"),
    }
    return "".join(parts[kind])


def _put(site: Path, name: str, text: str) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def changed(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Writes something else into a file, for something that stands there."""

    def change(site: Path) -> None:
        text = (site / name).read_text(encoding="utf-8")
        assert old in text, old
        _put(site, name, text.replace(old, new))

    return change


def _added(name: str, text: str) -> Callable[[Path], None]:
    return lambda site: _put(site, name, text)


def _in_page(html: str) -> Callable[[Path], None]:
    return changed(PAGE, "</main>", f"{html}</main>")


def _located(site: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "样本相机"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (2, 2)).save(site / "media/b.jpg", exif=exif)


def _signed(site: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = "样本作者"
        pdf.save(site / "media/c.pdf")


def _worded(site: Path) -> None:
    with ZipFile(site / "media/d.docx", "w") as archive:
        archive.writestr(
            "docProps/core.xml", "<cp:coreProperties><dc:creator>样本作者</dc:creator></cp:coreProperties>"
        )


def _packed(site: Path) -> None:
    inner = io.BytesIO()
    with ZipFile(inner, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{number_of('手机号')}</t></si>")
    (site / "data.xlsx").write_bytes(inner.getvalue())


def _zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def _nested(name: str, content: bytes, *, times: int = 1) -> Callable[[Path], None]:
    """A zip in a zip."""
    for _ in range(times):
        content, name = _zipped(name, content), "nei.zip"

    def change(site: Path) -> None:
        (site / "data.zip").write_bytes(_zipped(name, content))

    return change


def _locked(site: Path) -> None:
    """A zip of which one member says that it wants a password."""
    packed = bytearray(_zipped("a.txt", b"x"))
    packed[6] |= 1
    packed[packed.index(b"PK\1\2") + 8] |= 1
    (site / "data.zip").write_bytes(packed)


def _boasting(site: Path) -> None:
    """A zip of which one member says that it is larger than can be read."""
    packed = bytearray(_zipped("a.txt", b"x"))
    at = packed.index(b"PK\1\2") + 24
    packed[at : at + 4] = (300_000_000).to_bytes(4, "little")
    (site / "data.zip").write_bytes(packed)


def _shelved(site: Path) -> None:
    base = sqlite3.connect(site / "data.sqlite")
    base.execute("CREATE TABLE entries (title TEXT)")
    base.execute("INSERT INTO entries VALUES (?)", (f"电话 {number_of('手机号')}",))
    base.commit()
    base.close()


def _large(site: Path) -> None:
    Image.frombytes("RGB", (700, 700), Random(1).randbytes(3 * 700 * 700)).save(site / "media/e.png")


def _orphaned(site: Path) -> None:
    page = (site / PAGE).read_text(encoding="utf-8").replace("样本一", "样本二").replace("yang-ben-yi", "yang-ben-er")
    _put(site, "about/index.html", page.replace("projects/yang-ben-er", "about").replace("../../", "../"))
    changed("sitemap.xml", "</urlset>", f"<url><loc>{URL}about/</loc></url></urlset>")(site)


def _elsewhere(html: str) -> Callable[[Path], None]:
    """A place in another page that only seems to be there."""

    def change(site: Path) -> None:
        _in_page(html)(site)
        changed("index.html", "#yi", "#zhe")(site)

    return change


DEAD = (
    '<a href="projects/yang-ben-yi/">没有</a>',
    "<a href='../../mei-you/'>没有</a>",
    "<a href=../../mei-you/>没有</a>",
    '<A HREF="../../mei-you/">没有</A>',
    '<a\nhref = "../../mei-you/">没有</a>',
    '<a href="../../mei&#45;you/">没有</a>',
    '<a href="&#46;./../mei-you/">没有</a>',
    '<a title="1 > 0" href="../../mei-you/">没有</a>',
    '<a class="a"href="../../mei-you/">没有</a>',
    '<!-- <p title=" --><a href="../../mei-you/">没有</a><!-- "> -->',
    '<svg><desc><![CDATA[<p title="]]></desc></svg><a href="../../mei-you/">没有</a>',
    '<script type="application/json">["<!--"]</script><a href="../../mei-you/">没有</a>',
    '<ul><li><p title="</li>"></p><a href="../../mei-you/">没有</a></li></ul>',
    '<form action="../../mei-you/"></form>',
    '<form><button formaction="../../mei-you/">样本</button></form>',
    '<img src="../../media/a.png" srcset="../../media/a.png 1x,../../media/mei-you.png 2x" alt="一台样本机器">',
    '<video poster="../../media/mei-you.png"></video>',
    '<object data="../../media/mei-you.png"></object>',
    '<noscript><a href="../../mei-you/">没有</a></noscript>',
)
"""Links and files that are not there, as a hurried reader of bytes might overlook them."""
ASKING = (
    "<img src='https://sample.invalid/x.png' alt='一台样本机器'>",
    '<IMG SRC="//sample.invalid/x.png" ALT="一台样本机器">',
    '<img src="&#104;ttps://sample.invalid/x.png" alt="一台样本机器">',
    '<img srcset="../../media/a.png 1x,//sample.invalid/x.png 2x" alt="一台样本机器">',
    '<picture><source srcset="//sample.invalid/x.webp"><img src="../../media/a.png" alt="一台样本机器"></picture>',
)
NO_PLACES = (
    '<!-- <p id="zhe"></p> -->',
    '<p>写作 id="zhe" 的样本</p>',
    '<p class="a" title=\' id="zhe"\'>样本</p>',
    '<template><p id="zhe">样本</p></template>',
    '<template><template></template><p id="zhe">样本</p></template>',
    '<textarea><p id="zhe">样本</p></textarea>',
    '<tr id="zhe"></tr>',
    '<form><form id="zhe"></form>',
    '<script type="application/json">"<p id="zhe">样本</p>"</script>',
)
"""What looks like a place and is none."""
TELLING = (
    f"<p>{number_of('手机号')[:3]}&#45;{number_of('手机号')[3:7]}&#45;{number_of('手机号')[7:]}</p>",
    f"<p>{number_of('手机号').translate(str.maketrans('0123456789', '０１２３４５６７８９'))}</p>",
    f"<p>yang.ben&#64;sample.invalid {number_of('手机号')}</p>",
    f"<p>{number_of('手机号')[:3]}—{number_of('手机号')[3:7]}—{number_of('手机号')[7:]}</p>",
    "<p>家住样本路１号</p>",
    "<p>家庭在样本路1弄2号303<b>室</b></p>",
    "<p>生于1901年1月1日</p>",
)


FAULTS: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
    ("dead-link", PAGE, _in_page('<a href="../../mei-you/">没有</a>')),
    ("dead-link", PAGE, _in_page('<a href="/projects/">从根写起</a>')),
    ("dead-link", PAGE, _in_page('<img src="../../media/mei-you.png" alt="一台样本机器">')),
    ("dead-link", PAGE, _in_page('<img srcset="../../media/a.png 1x, ../../media/mei-you.png 2x" alt="一台样本机器">')),
    ("dead-link", PAGE, _in_page('<a href="https://[x">坏网址</a>')),
    *(("dead-link", PAGE, _in_page(html)) for html in DEAD),
    ("dead-link", PAGE, _in_page('<base href="../../mei-you/zhe/"><a href="../yang-ben-yi/">样本</a>')),
    (
        "dead-link",
        PAGE,
        changed(PAGE, "<title>", f'<meta property="og:image" content="{URL}share/mei-you.png"><title>'),
    ),
    (
        "dead-link",
        "id/yi/index.html",
        _added("id/yi/index.html", MOVED),
    ),
    ("dead-link", "assets/0a/exhibition.css", _added("assets/0a/exhibition.css", "main{background:url(mei-you.png)}")),
    ("dead-anchor", "index.html", changed("index.html", "#yi", "#mei-you")),
    ("dead-anchor", "index.html", changed("index.html", 'href="#er"', 'href="#san"')),
    ("dead-anchor", "index.html", changed("index.html", "#yi", "#%e4%b8%80")),
    *(("dead-anchor", PAGE, _in_page(f'<a href="#zhe">样本</a>{html}')) for html in NO_PLACES),
    *(("dead-anchor", "index.html", _elsewhere(html)) for html in NO_PLACES),
    ("foreign-request", PAGE, _in_page('<img src="https://sample.invalid/x.png" alt="一台样本机器">')),
    ("foreign-request", PAGE, _in_page('<img src=" https://sample.invalid/x.png" alt="一台样本机器">')),
    ("foreign-request", PAGE, _in_page('<img src="\n/\t/sample.invalid/x.png" alt="一台样本机器">')),
    *(("foreign-request", PAGE, _in_page(html)) for html in ASKING),
    ("foreign-request", PAGE, changed(PAGE, "<title>", '<base href="https://sample.invalid/"><title>')),
    ("foreign-request", PAGE, changed(PAGE, "<title>", "<LINK REL=stylesheet HREF=//sample.invalid/x.css><title>")),
    ("foreign-request", PAGE, changed(PAGE, "<title>", '<link rel="preconnect" href="//sample.invalid"><title>')),
    ("foreign-request", PAGE, _in_page('<iframe src="//sample.invalid/" title="样本"></iframe>')),
    (
        "foreign-request",
        "assets/0a/exhibition.css",
        _added("assets/0a/exhibition.css", '@import "https://sample.invalid/x.css";'),
    ),
    (
        "foreign-request",
        "assets/pic.svg",
        _added("assets/pic.svg", '<svg><image href="https://sample.invalid/x.png"/></svg>'),
    ),
    (
        "foreign-address",
        "assets/0a/exhibition.js",
        _added("assets/0a/exhibition.js", 'fetch("https://sample.invalid/count")'),
    ),
    ("inline-code", PAGE, _in_page("<script>1</script>")),
    ("inline-code", PAGE, _in_page('<p style="color:red">样本</p>')),
    ("inline-code", PAGE, _in_page('<p onclick="x()">样本</p>')),
    ("inline-code", "assets/pic.svg", _added("assets/pic.svg", "<svg><script>1</script></svg>")),
    ("private-data", PAGE, _in_page(f"<p>{number_of('手机号')}</p>")),
    ("private-data", PAGE, changed(PAGE, "一台样本机器", f"机器，联系 {number_of('手机号')}")),
    *(("private-data", PAGE, _in_page(html)) for html in TELLING),
    ("private-data", "data.csv", _added("data.csv", f"姓名,电话\n样本人,{number_of('固定电话')}\n")),
    ("private-data", "data.json", _added("data.json", f'{{"mail": "{number_of("电子邮箱")}"}}')),
    ("private-data", "data.xlsx", _packed),
    ("private-data", "data.sqlite", _shelved),
    ("private-data", "data.zip", _nested("a.csv", number_of("手机号").encode())),
    ("private-data", "data.zip", _nested("a.pdf", pdf_saying(number_of("手机号")))),
    ("private-data", "data.zip", _nested("a.csv.gz", gzip.compress(number_of("手机号").encode()))),
    ("private-data", "data.zip", _nested(f"{number_of('手机号')}.png", b"")),
    ("unread-file", "data.zip", _nested("a.csv", b"x", times=6)),
    ("unread-file", "data.zip", _locked),
    ("unread-file", "data.zip", _boasting),
    ("unread-file", "data.zip", _added("data.zip", "样本")),
    ("unread-file", "data.pdf", _added("data.pdf", "样本")),
    ("unread-file", "data.json.gz", _added("data.json.gz", "样本")),
    ("unread-file", "data.sqlite", _added("data.sqlite", "样本")),
    ("no-alternative", PAGE, changed(PAGE, ' alt="一台样本机器"', "")),
    ("no-alternative", PAGE, changed(PAGE, "一台样本机器", "IMG_20240501.jpg")),
    ("no-alternative", PAGE, changed(PAGE, "一台样本机器", "图片")),
    ("heading-order", PAGE, _in_page("<h1>又一个</h1>")),
    ("heading-order", PAGE, _in_page("<h4>跳了两级</h4>")),
    ("doubled-anchor", PAGE, _in_page('<p id="yi">又一个</p>')),
    ("no-language", PAGE, changed(PAGE, ' lang="zh-CN"', "")),
    ("page-title", PAGE, changed(PAGE, "<title>样本一</title>", "")),
    ("page-title", PAGE, changed(PAGE, 'content="样本一的样本简介"', 'content=""')),
    ("page-title", "index.html", changed(PAGE, "<title>样本一</title>", "<title>样本展览</title>")),
    ("same-description", "index.html", changed(PAGE, "样本一的样本简介", "样本展览的样本简介")),
    ("empty-page", PAGE, changed(PAGE, "<p>这里是样本成果的正文，编号 ZL201910000000.0，GB/T 1.1-2020。</p>", "")),
    ("orphan-page", "about/index.html", _orphaned),
    ("linked-data", PAGE, changed(PAGE, '"@context"', "@context")),
    ("linked-data", PAGE, changed(PAGE, '"@type"', '"type"')),
    (
        "heavy-page",
        PAGE,
        _in_page("".join(f"<p>{number * 7919 % 100003:x}样本{number}</p>" for number in range(20_000))),
    ),
    ("left-metadata", "media/b.jpg", _located),
    ("left-metadata", "media/c.pdf", _signed),
    ("left-metadata", "media/d.docx", _worded),
    ("oversize-picture", "media/e.png", _large),
    ("oversize-picture", "media/a.png", _added("media/a.png", "不是图片")),
    ("sitemap", PAGE, changed("sitemap.xml", "projects/yang-ben-yi/</loc>", "</loc>")),
    ("sitemap", "sitemap.xml", changed("sitemap.xml", "</urlset>", f"<url><loc>{URL}mei-you/</loc></url></urlset>")),
    ("sitemap", PAGE, changed(PAGE, f'href="{URL}projects/yang-ben-yi/"', f'href="{URL}"')),
    (
        "search-page",
        "search/v1/d/1.js",
        _added("search/v1/d/1.js", 'exhibitionSearch.put("d/1",["mei-you","没有",0])\n'),
    ),
    ("search-page", PAGE, lambda site: (site / "search/v1/d/0.js").unlink()),
    ("stray-file", "media/Thumbs.db", _added("media/Thumbs.db", "样本")),
    ("stray-file", ".env", _added(".env", "样本")),
    ("machine-trace", "data.json", _added("data.json", '{"made": "/home/yang-ben/zhan/content"}')),
    ("machine-trace", PAGE, _in_page("<p>见 /srv/yang-ben-zhan/content 目录</p>")),
    ("hidden-entry", PAGE, _in_page("<p>参见样本草稿成果</p>")),
)
"""Code, the file that it is told of, and what breaks the sound site so."""
