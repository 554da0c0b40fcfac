"""What hostile content does in a real browser, where its paths lead, and what exports make of it."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small import PLAIN, project, write
from test_pages import PAYLOADS

from fuzz.targets import FRAGMENTS
from site_builder.intake.articles import read_articles
from site_builder.intake.content import read_content
from site_builder.intake.documents import LARGEST
from site_builder.intake.page_files import check_pages
from site_builder.intake.record_cache import Records
from site_builder.intake.reporting import as_github, as_json, as_text
from site_builder.intake.stamps import digest_of, files_below
from site_builder.model.problems import Place, Problem
from site_builder.press.text import DEEPEST, cleaned, markdown
from site_builder.search.tokens import cover, fold, runs, shard_of, whole
from site_builder.sheets.escape import escaped, unescaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page, Route

MUTATING = (
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><math href=javascript:alert(1)>x</style>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><style><img src=1 onerror=alert(1)></style></annotation-xml></math>",
    "<svg><foreignObject><p><style><!--</style><img src=x onerror=alert(1)>--></style></foreignObject></svg>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
    "<svg><desc><table><caption><svg><style><a title='</style></svg><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<iframe><p title='</iframe><img src=x onerror=alert(1)>'>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<a href='x' title=\"`><img src=x onerror=alert(1)>\">",
    "<table><td><math><mtext></td></table><img src=x onerror=alert(1)>",
    "<b><table><a><svg><p></b><style><img src=x onerror=alert(1)></style>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><img src=x onerror=alert(1)>--!>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<img src='https://evil.example/a.png'><link rel=preload href=https://evil.example/b.css>",
    "<a href='&#x6a;avascript&colon;alert(1)'>x</a><a href='java\nscript:alert(1)'>x</a>",
    "<p style=\"background:url('https://evil.example/c')\" onmouseover=alert(1)>x",
    "\u202e<script>alert(1)</script>\u2066<img src=x onerror=alert(1)>",
)
"""What passes cleaners that look at another tree than the browser will make."""
BATCH = 25
"""Bodies on one page: what the cleaner writes is always closed."""
HOST = "http://exhibition.test"
POLICY = "default-src 'none'; img-src 'self'; require-trusted-types-for 'script'"
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", event => window.broken.push(event.violatedDirective));
"""


def outcomes(page: Page, bodies: list[str]) -> list[tuple[int, list[str]]]:
    """(number of the body, what it tried) of each body that tried anything, opened as a page of its own."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        address = route.request.url
        number = address.removeprefix(f"{HOST}/page-")
        if number.isdigit():
            html = f"<!doctype html><html lang=zh-CN><title>样本</title><main>{bodies[int(number)]}</main></html>"
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
            route.fulfill(body=html, headers=headers)
            return
        asked.append(address)
        route.fulfill(status=404, body="")

    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: (asked.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.route("**/*", answer)
    found = []
    for number in range(len(bodies)):
        page.goto(f"{HOST}/page-{number}")
        tried = [one for one in asked if not one.startswith(f"{HOST}/")] + page.evaluate("window.broken")
        acting = page.evaluate(
            "[...document.querySelectorAll('main *')].flatMap(one => [...one.attributes].map(a => a.name))"
            ".filter(name => name.startsWith('on') || name === 'style' || name === 'srcdoc')"
        )
        asked.clear()
        if tried or acting or page.locator("main script, main iframe, main style, main svg, main form").count():
            found.append((number, [*tried, *acting]))
    return found


def test_no_payload_acts_in_a_browser(browser: Browser) -> None:
    """Entries and stories: no dialog, no request to elsewhere, no breach of the policy, nothing that could act."""
    dice = random.Random(7)
    mixed = ["".join(dice.choices(FRAGMENTS, k=30)) for _ in range(60)]
    texts = [text.replace("evil.example/", "evil.example/x") for text in (*PAYLOADS, *MUTATING, *mixed)]
    bodies = [made for text in texts for made in (str(markdown(text)), cleaned(text))]
    # a picture from elsewhere is the one thing that an entry's text could ask for: the site's policy forbids it
    bodies = [body for body in bodies if 'src="https://' not in body]
    assert len(bodies) > 200
    with browser.new_context() as context:
        together = [
            "".join(f"<div>{body}</div>" for body in bodies[at : at + BATCH]) for at in range(0, len(bodies), BATCH)
        ]
        assert outcomes(context.new_page(), together) == []


def test_the_watch_notices_what_acts(browser: Browser) -> None:
    """The test above would prove nothing if nothing could be noticed."""
    bad = [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "<iframe src='https://evil.example/'></iframe>",
        "<img src='https://evil.example/a.png'>",
        "<p style='color:red'>x</p>",
    ]
    with browser.new_context() as context:
        assert [number for number, _ in outcomes(context.new_page(), bad)] == [0, 1, 2, 3, 4]


def test_text_nested_too_deeply_keeps_its_words() -> None:
    """Sixty levels stay; below that only the words."""
    for text, tag in ((">" * 500 + " 样本", "<blockquote>"), ("<ul><li>" * 500 + "样本", "<ul>")):
        html = str(markdown(text))
        assert "样本" in html
        assert html.count(tag) == DEEPEST


# --- paths -----------------------------------------------------------------------------------------------------------

NAMES = (
    *("CON", "con", "nul", "com1", "lpt9", "aux"),
    *("a..b", "a b", "a.b", "%2e%2e", "a%2fb", "-a", "a\\b", "a:b", "a~1"),
    *("\u202ea", "a\u200bb", "é", unicodedata.normalize("NFD", "é"), "ａ", "样本", "A", "x" * 65, "x" * 200, "a\nb"),
)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_name_of_a_file_becomes_an_address_unless_it_is_an_id(tmp_path: Path, name: str) -> None:
    """Device names of Windows, signs of paths, marks of direction, other forms of letters, long names: told, not published."""
    write(tmp_path, PLAIN | {f"projects/2024/{name}.md": project()})
    found = read_content(tmp_path)
    assert [entry.id for entry in found.entries if entry.kind == "project"] == []
    assert "bad-id" in {problem.code for problem in found.problems}


def test_the_longest_name_of_a_disk_is_told(tmp_path: Path) -> None:
    """Three hundred letters as a field that names a file: no disk has such a name, no reader breaks."""
    for name in ("x" * 300, "a/" * 200 + "a.jpg", "\0", "a\u202egpj.exe"):
        write(tmp_path, PLAIN | {"projects/2024/a.md": project(pictures=f'[{{file: "{name}", alt: 样本}}]')})
        read_content(tmp_path)


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (lambda pages, outside: (pages / "a.md").symlink_to(outside / "a.md"), ["bad-path"]),
        (lambda pages, outside: (pages / "folder").symlink_to(outside), ["bad-path"]),
        (lambda pages, outside: (pages / "up").symlink_to(pages.parent.parent), ["bad-path"]),
        (lambda pages, outside: (pages / "round").symlink_to(pages), ["bad-path"]),
        (lambda pages, outside: (pages / "self").symlink_to("self"), ["bad-path"]),
        (lambda pages, outside: (pages / "gone.md").symlink_to(outside / "nothing.md"), ["bad-path"]),
        (lambda pages, outside: (pages / "b.md").symlink_to("index.md"), []),
        (lambda pages, outside: os.mkfifo(pages / "pipe.md"), ["unreadable"]),
        (lambda pages, outside: (pages / "pipe.md").symlink_to(_pipe(pages)), ["unreadable", "unreadable"]),
        (lambda pages, outside: (pages / "c.md").mkdir(), []),
        (lambda pages, outside: (pages / "c.md").write_bytes("# 样本展览".encode("gb18030")), ["encoding"]),
        (lambda pages, outside: (pages / "c.md").write_bytes("# 样本展览".encode("utf-16")), ["encoding"]),
        (lambda pages, outside: (pages / "c.md").write_bytes("# 样本\x1f展览".encode()), ["control-character"]),
        (lambda pages, outside: Path(os.fsdecode(os.fsencode(pages) + b"/\xff.md")).write_bytes(b""), ["bad-id"]),
    ],
    ids=[
        *("file", "folder", "up", "round", "self", "gone", "inside"),
        *("pipe", "link to a pipe", "folder like a page", "ANSI", "UTF-16", "unseen", "name"),
    ],
)
def test_editorial_pages_lead_nowhere_else_and_can_be_read(
    tmp_path: Path, made: Callable[[Path, Path], None], codes: list[str]
) -> None:
    """MkDocs follows links and would publish what lies there, or go round until the path is too long; it waits for pipes."""
    outside, pages = tmp_path / "outside", tmp_path / "root/content/pages"
    for folder in (outside, pages):
        folder.mkdir(parents=True)
    (outside / "a.md").write_text("样本机密", encoding="utf-8")
    (pages / "index.md").write_text("# 样本", encoding="utf-8")
    made(pages, outside)
    assert [problem.code for problem in check_pages(tmp_path / "root")] == codes
    assert [article.text for article in read_articles(tmp_path / "root", ())][:1]


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a-pipe")
    return folder / "a-pipe"


def test_a_pipe_among_entries_holds_nothing_up(tmp_path: Path) -> None:
    """Neither the reader nor what looks whether files changed, once or again."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project()})
    os.mkfifo(tmp_path / "content/projects/2024/pipe.md")
    records = Records.of(tmp_path, "")
    for _ in range(2):
        records = records.renewed()
        assert [(problem.code, problem.place.path) for problem in records.content.problems] == [
            ("unreadable", "content/projects/2024/pipe.md")
        ]
    names = {Path(path).name for path, _ in files_below(str(tmp_path / "content/projects"))}
    assert names == {"a.md"}


def test_what_is_kept_of_a_file_is_known_by_the_very_bytes_that_were_parsed(tmp_path: Path) -> None:
    """A file that cannot be read, or not whole, has no digest, so that it is looked at again; one that changed is parsed again."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(title="样本成果甲"), "projects/2024/b.md": project()})
    first, second = (tmp_path / f"content/projects/2024/{name}.md" for name in "ab")
    second.write_bytes(b"#" * (LARGEST + 1))
    records = Records.of(tmp_path, "").renewed()
    kept = {Path(source).stem: one for source, one in records.kept.items()}
    assert kept["a"].digest == digest_of(first)
    assert kept["b"].digest == ""
    assert [problem.code for problem in kept["b"].read[1]] == ["too-large"]
    first.write_text(project(title="样本成果乙"), encoding="utf-8")
    second.write_text(project(title="样本成果丙"), encoding="utf-8")
    later = records.renewed().kept
    entries = [later[f"content/projects/2024/{name}.md"].read[0] for name in "ab"]
    assert [entry and entry.title for entry in entries] == ["样本成果乙", "样本成果丙"]


def test_names_of_files_do_nothing_to_a_terminal() -> None:
    """Signs that would colour, move or turn what stands on a screen are told by their number; bytes that are no text, too."""
    name = "content/projects/a\x1b[31m\x9b2J\u202e\udcff.md"
    problems = (Problem("bad-id", Place(name), f"“{name}”"),)
    line = as_text(problems)
    assert line.count("U+001B[31mU+009B2JU+202EU+DCFF.md") == 2
    for text in (line, as_json(problems), as_github(problems)):
        text.encode()


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_no_text_begins_like_a_formula(sign: str) -> None:
    """In half and full width, with and without an apostrophe of its own; and every text comes back as it was."""
    for text in (f"{sign}cmd|'/c calc'!A1", f"'{sign}1", f"''{sign}1", sign):
        assert escaped(text).startswith("'")
        assert unescaped(escaped(text)) == text
    assert escaped(f"a{sign}") == f"a{sign}"


# --- the words of a search -------------------------------------------------------------------------------------------


def test_python_and_browser_agree_on_any_text(
    built_site: Path, page: Page, serve_directory: Callable[[Path], str]
) -> None:
    """Two thousand texts of rare planes, marks that combine, right-to-left scripts, widths and signs."""
    dice = random.Random(11)
    ranges = (
        (32, 127),
        (0xC0, 0x24F),
        (0x300, 0x36F),
        (0x370, 0x5FF),
        (0x600, 0x6FF),
        (0x1100, 0x11FF),
        (0x3040, 0x30FF),
    )
    ranges += (
        (0x4E00, 0x9FFF),
        (0xF900, 0xFAFF),
        (0xFF00, 0xFFEF),
        (0x20000, 0x2A6D6),
        (0x2F800, 0x2FA1D),
        (0x2000, 0x20FF),
    )
    texts = []
    for _ in range(2000):
        low, high = dice.choice(ranges)
        letters = [chr(dice.randint(low, high)) for _ in range(dice.randint(1, 12))]
        texts.append("".join(letter for letter in letters if unicodedata.category(letter) not in {"Cn", "Cs", "Co"}))
    page.goto(f"{serve_directory(built_site)}/search/")
    found = page.evaluate(
        """async texts => {
          const T = exhibitionTokens;
          await exhibitionEngine.ready();
          T.learn(await exhibitionEngine.load("t2s"));
          return texts.map(text => {
            const found = T.runs(T.fold(text));
            return [T.fold(text), found, T.whole(text), found.flatMap(run => T.cover(run).map(term => T.shardOf(term, 64)))];
          });
        }""",
        texts,
    )
    simple = dict(zip(texts, found, strict=True))
    expected = {
        text: [
            fold(text),
            runs(fold(text)),
            whole(text),
            [shard_of(term, 64) for run in runs(fold(text)) for term in cover(run)],
        ]
        for text in texts
    }
    differing = {text: (simple[text], expected[text]) for text in expected if simple[text] != expected[text]}
    assert not differing, ascii(list(differing.items())[:3])
