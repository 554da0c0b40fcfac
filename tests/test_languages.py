"""Pages in Traditional Chinese and in English: what they say, where they lead, what stays Chinese and is marked so."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from markup import read_markup
from small import deck_at, problems_of, project, write
from spoken import spoken
from warming import built
from whole import PROJECT, bytes_of

from site_builder.intake.content import read_content
from site_builder.intake.translations import read_translations
from site_builder.languages.code import spoken as script_in
from site_builder.languages.markup import Rewriter
from site_builder.languages.phrasebook import SCRIPT, Phrasebook, english_messages, script_messages
from site_builder.languages.shards import spoken_shard
from site_builder.languages.tongues import Tongue
from site_builder.languages.traditional import Traditional, exceptions, traditional
from site_builder.languages.versions import Layout, Versions
from site_builder.languages.ways import Ways, led
from site_builder.model.kinds import KINDS
from site_builder.model.languages import LANGUAGES
from site_builder.press.templates import clasped
from site_builder.publish.spoken import check_translations, tongues_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

HAN = re.compile("[\u3400-\u9fff]")
THEME = PROJECT / "theme"
CATALOGUE = PROJECT / "site_builder/locale/en/LC_MESSAGES/exhibition.po"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ENTRY = "projects/yang-ben-bing/"


@pytest.fixture(autouse=True)
def one_process() -> Iterator[None]:
    """Few pages: a second process costs more than it brings."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EXHIBITION_JOBS", "1")
        yield


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exhibition and its site, built once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EXHIBITION_JOBS", "1")
        made = spoken(tmp_path_factory.mktemp("languages") / "first")
        said = built(made)
    assert "站点没有改动" not in said, said
    return made


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    """Its site."""
    return root / "site"


def html(site: Path, address: str) -> str:
    """A page as text."""
    return (site / address / "index.html").read_text(encoding="utf-8")


# --- Traditional Chinese ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("simplified", "right"),
    [
        ("干部干劲乾坤干燥干将", "幹部幹勁乾坤乾燥干將"),
        ("皇后以后后勤", "皇后以後後勤"),
        ("头发发展", "頭髮發展"),
        ("里程里面", "里程裡面"),
        ("面粉表面仪表面板", "麵粉表面儀表面板"),
        ("软件信息网络", "軟件信息網絡"),
        ("采煤制造制度复杂复合", "採煤製造制度複雜複合"),
        ("北斗斗争一只只有", "北斗鬥爭一隻只有"),
    ],
)
def test_characters_follow_their_words_and_words_stay(simplified: str, right: str) -> None:
    """One simplified character stands for several; no word becomes another region's."""
    assert traditional(simplified) == right


def test_names_are_no_phrases() -> None:
    """A surname is written as families write it; what no rule knows is given."""
    assert traditional("范志明") == "範志明", "OpenCC alone would be right; the list is needless"
    assert exceptions(["范志明", "余丽", "王军", "于敏"]) == {"范志明": "范志明", "余丽": "余麗"}
    say = Traditional({"范志明": "范志明", "干霄": "干霄"}).said
    assert say("范志明、干霄研制的规范") == "范志明、干霄研製的規範"


def test_what_is_read_is_traditional_and_nothing_else(site: Path) -> None:
    """Text and attributes are converted; addresses, identifiers and data for machines are not."""
    page = html(site, f"zh-hant/{ENTRY}")
    assert "<h1" in page and "樣本丙成果" in page and "范樣本" in page and "範樣本" not in page
    assert "樣本貳廠" in page, "the exhibition's own word"
    assert 'alt="樣本畫面"' in page and 'placeholder="檢索"' in page
    assert 'data-favourite="project/yang-ben-bing"' in page
    body = re.sub(r"<(script|pre)\b.*?</\1>|<meta[^>]*>", "", page, flags=re.DOTALL)
    text = read_markup(body).text
    assert traditional(text.replace("简体", "").replace("范", "").replace("厂", "")) == text.replace(
        "简体", ""
    ).replace("范", "").replace("厂", "")


# --- English ---------------------------------------------------------------------------------------------------------


def interface() -> dict[str, str]:
    """Every Chinese text of templates and every label of the model, a number or name where one is filled in."""
    found = {}
    for path in sorted(THEME.rglob("*.html")):
        if "reports" in path.parts:
            continue
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"\{\{.*?\}\}", "7", re.sub(r"\{%.*?%\}", "\0", text, flags=re.DOTALL), flags=re.DOTALL)
        for piece in re.findall(r'>([^<>]*)<|(?:alt|title|aria-label|placeholder)="([^"]*)"', text):
            for words in "".join(piece).split("\0"):
                if HAN.search(words):
                    found[words.strip()] = path.name
    for kind in KINDS:
        found |= dict.fromkeys((kind.label, kind.measure), kind.name)
    return found


def test_the_catalogue_says_every_text_of_the_templates() -> None:
    """What is filled in may be anything; the words around it are said."""
    book = Phrasebook(english_messages(), {})
    kept = {"展"}  # the seal of the exhibition is a picture of a character
    missing = {
        words: where
        for words, where in interface().items()
        if words not in kept and not all(own for _, own in book.said(words))
    }
    assert missing == {}


def test_the_catalogue_says_every_text_of_the_scripts_and_no_other() -> None:
    """Scripts are said text by text, so none may be left."""
    scripts = [path for path in (THEME / "assets").rglob("*.js") if "vendor" not in path.parts]
    said: set[str] = set()
    for path in scripts:
        script_in(path.read_text(encoding="utf-8"), lambda text: said.add(text) or text)
    assert said == script_messages().keys()


def stands(part: str, sources: str, *, pieces: int = 5) -> bool:
    """Whether a text stands in the sources, in one piece or in a few that the program joins."""
    return part in sources or (
        pieces > 1
        and any(part[:at] in sources and stands(part[at:], sources, pieces=pieces - 1) for at in range(1, len(part)))
    )


def test_no_message_is_obsolete_and_placeholders_agree() -> None:
    """Every fixed part of a message stands in the sources; the translation has the same places."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    paths = [*THEME.rglob("*.html"), *(PROJECT / "site_builder").rglob("*.py"), *PROJECT.glob("content/**/*.yml")]
    paths += [PROJECT / "mkdocs.yml", *PROJECT.glob("content/**/*.md")]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    lost, unlike = [], []
    for message in catalogue:
        if not message.id or message.context == SCRIPT:
            continue
        own = message.id if isinstance(message.id, str) else message.id[0]
        parts = [part for part in re.split(r"\{[a-z]\}|[，、；：。（）·\s]", own) if HAN.search(part)]
        lost += [own] if not all(stands(part, sources) for part in parts) else []
        said = (message.string,) if isinstance(message.string, str) else message.string
        places = set(re.findall(r"\{[a-z]\}", own))
        unlike += [own for one in said if not set(re.findall(r"\{[a-z]\}", one)) <= places or not one]
    assert (lost, unlike) == ([], [])


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("第 3 页，共 12 页", "Page 3 of 12"),
        ("共 1 项成果", "1 result"),
        ("共 1,204 项成果", "1,204 results"),
        ("2024年5月3日", "3 May 2024"),
        ("第三十一届　2019年　银奖", "Session 31\u20032019\u2003Silver prize"),
        ("装备制造、上海", "Machinery, Shanghai"),
        ("成果：全部成果｜网上展", "Results: all results | Online"),
    ],
)
def test_numbers_dates_and_plurals_are_english(chinese: str, english: str) -> None:
    """As one reads them in a museum."""
    assert "".join(words for words, _ in Phrasebook(english_messages(), {}).said(chinese)) == english


def test_what_is_not_said_stays_chinese_and_is_marked() -> None:
    """On its element where it is alone there, else in a span; a sentence is said whole or not at all."""
    say = Phrasebook(english_messages(), {}).said
    walk = Rewriter(say=say, lead=str, own="zh-Hans")
    assert walk.rewritten("<p>样本句子，上海。</p>") == '<p lang="zh-Hans">样本句子，上海。</p>'
    assert walk.rewritten("<p>样本<b>x</b></p>") == '<p><span lang="zh-Hans">样本</span><b>x</b></p>'
    assert walk.rewritten('<p lang="ja">样本</p><p>检索</p>') == '<p lang="ja">样本</p><p>Search</p>'
    assert walk.rewritten("<pre>检索</pre><p>A &amp; 检索</p>").startswith("<pre>检索</pre>")


def test_every_chinese_text_of_an_english_page_is_marked(site: Path) -> None:
    """But for titles and attributes, which cannot be."""
    for path in sorted((site / "en").rglob("index.html")):
        tree = read_markup(path.read_text(encoding="utf-8"))
        bare = [
            node.text
            for node in tree.every("p", "h1", "h2", "h3", "a", "span", "dt", "dd", "li", "td", "th", "button")
            if not node.every("p", "h1", "h2", "h3", "a", "span", "dt", "dd", "li", "pre", "b", "small", "code")
            and HAN.search(node.text)
            and "lang" not in node.attributes
            and not node.every("pre")
        ]
        assert set(bare) <= {"展"}, (path, bare)


def test_an_entry_says_its_translation_wherever_it_is_named(site: Path) -> None:
    """Title and summary on cards, all of it on its own page; an entry without one says so."""
    page = html(site, f"en/{ENTRY}")
    assert "Sample result C" in page and "A sample summary." in page and "<strong>text</strong>" in page
    assert "样本**正文**" not in page and "<strong>正文</strong>" not in page
    assert "Sample Award" in page
    assert "Sample result C" in html(site, "en/projects/")
    assert "Sample result C" not in html(site, "projects/") + html(site, "zh-hant/projects/")
    written = html(site, "en/yang-ben/")
    assert "Written in English." in written and "Sample page" in written


# --- the site --------------------------------------------------------------------------------------------------------


def test_pages_know_each_other_in_all_languages(site: Path) -> None:
    """hreflang is given by every page that may be indexed, is answered, and names a page that is there."""
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    known: dict[str, dict[str, str]] = {}
    for address in sorted(pages):
        text = html(site, address)
        way = f"/{address}/".replace("/./", "/")
        known[way] = {
            tag: urljoin(way, href)
            for tag, href in re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', text)
        }
    spoken_pages = {way: ways for way, ways in known.items() if ways}
    assert len(spoken_pages) > 60
    for way, ways in spoken_pages.items():
        assert set(ways) == {"zh-CN", "zh-Hant", "en", "x-default"}
        assert way in ways.values()
        assert ways["x-default"] == ways["zh-CN"]
        assert all(spoken_pages[other] == ways for other in ways.values()), way
        tag = {"/en": "en", "/zh": "zh-Hant"}.get(way[:3], "zh-CN")
        assert f'<html lang="{tag}"' in html(site, way.strip("/") or ".")
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert sitemap.count("<loc>") * 4 == sitemap.count("<xhtml:link ")


def test_one_missing_page_speaks_all_languages(site: Path) -> None:
    """A static host serves one, wherever the visitor comes from; each word leads to the first page of its language."""
    text = (site / "404.html").read_text(encoding="utf-8")
    for tag, folder, words in (("zh-Hant", "zh-hant/", "這一頁不在這裡。"), ("en", "en/", "This page is not here.")):
        found = re.search(rf'<p lang="{tag}">{words} <a class="lost__link" href="([^"]*)" hreflang="{tag}">', text)
        assert found, tag
        assert found[1].endswith(folder)
        assert (site / folder / "index.html").exists()


def test_links_stay_in_their_language_and_files_lie_once(site: Path) -> None:
    """No picture, style sheet or download is there twice; the audit of the build found no dead link."""
    page = html(site, f"en/{ENTRY}")
    links = [urljoin(f"/en/{ENTRY}", link) for link in re.findall(r'<a [^>]*?href="([^"#?]*)', page)]
    out = {link for link in links if link.startswith("/") and not link.startswith("/en/")}
    assert {link for link in out if link.endswith("/")} == {f"/{ENTRY}", f"/zh-hant/{ENTRY}"}
    assert {path.suffix for path in (site / "en").rglob("*") if path.is_file()} == {".html", ".js"}
    assert {path.relative_to(site / "en").parts[0] for path in (site / "en").rglob("*.js")} == {"search"}


def test_a_title_that_is_said_otherwise_has_no_lines_of_the_chinese_one() -> None:
    """Where a list breaks it is known of the Chinese title alone; where that stays, so do they."""
    record = ["project/a", "样本成果", *[""] * 13, ["样本", "成果"]]
    file = f'exhibitionSearch.put("d/0/0",{json.dumps(record, ensure_ascii=False)})\n'.encode()
    for title, lines in (("Sample result", 0), ("样本成果", ["样本", "成果"])):
        said = spoken_shard(file, lambda text, title=title: text.replace("样本成果", title), beside=False).decode()
        told = json.loads(said.partition(",")[2].rstrip()[:-1])
        assert (told[1], told[15]) == (title, lines)


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("../../craftsmen/x/", "../../craftsmen/x/"),
        ("../../", "../../"),
        ("../../assets/1/a.js", "../../../assets/1-en/a.js"),
        ("../../media/a.jpg#b", "../../../media/a.jpg#b"),
        ("../../id/project/x/", "../../../id/project/x/"),
        ("../../editions/old/page/", "../../../editions/old/page/"),
        ("feed.xml", "../../../projects/x/feed.xml"),
        ("#a", "#a"),
        ("https://example.org/a.pdf", "https://example.org/a.pdf"),
        ("./?q=样本", "./?q=样本"),
    ],
)
def test_where_links_of_a_twin_lead(link: str, there: str) -> None:
    """Pages within the language, files and pages of one language to where they lie."""
    ways = Ways("en/", ("id/", "editions/old/"), ("assets/1/", "assets/1-en/"))
    assert led(ways, link, address="projects/x/") == there


def test_scripts_are_said_but_for_names_of_members() -> None:
    """What a script calls things is no text."""
    script = 'a = {"单位": "o", "x": "检索"}; b = c ? "检索" : "it\'s 检索";'
    assert script_in(script, lambda text: text.replace("检索", 'S"')) == (
        'a = {"单位": "o", "x": "S\\""}; b = c ? "S\\"" : "it\'s S\\"";'
    )


def test_a_full_stop_of_a_script_is_said_and_a_comma_that_parts_names_is_not() -> None:
    """“Nothing found for x。” ended as Chinese does; names are split at 、 whatever the language."""
    say = script_messages()
    assert script_in('a = "没有找到" + x + "。"; b.split("、")', lambda text: say[text]) == (
        'a = "Nothing found for " + x + "."; b.split("、")'
    )


def test_the_order_that_scripts_tell_is_said() -> None:
    """A narrowed list says how it is ordered from an attribute of the page."""
    said = Versions((Tongue(LANGUAGES["en"], {}),), Layout(""), markdown=str)
    page = '<div data-order="按种类、各列表的次序排列"></div>'.encode()
    assert dict(said.of(page, "a/"))["en/a/"] == b'<div data-order="By kind, each in the order of its list"></div>'


def test_what_is_kept_on_one_line_is_said_whole() -> None:
    """Short quotations and brackets stand in an element of their own in Chinese pages; translations know the whole text."""
    text = "样本集团“五小”竞赛（样本）"
    clasp = clasped(text)
    assert str(clasp) == '样本集团<span class="nb">“五小”</span>竞赛<span class="nb">（样本）</span>'
    assert "<b>" not in clasped("<b>“五小”</b>")
    said = Versions((Tongue(LANGUAGES["en"], {text: "Sample contest"}),), Layout(""), markdown=str)
    assert dict(said.of(f"<p>{clasp}</p>".encode(), "a/"))["en/a/"] == b"<p>Sample contest</p>"


def test_a_site_of_one_language_knows_nothing_of_others(root: Path, tmp_path: Path) -> None:
    """No switch, no second folder, not a byte."""
    deck = deck_at(root)
    assert tongues_of(deck, read_translations(root, deck.catalogue.entries.values())[0]) == ()


# --- warm builds, withdrawal -----------------------------------------------------------------------------------------


def test_a_warm_build_is_a_cold_one_and_who_is_withdrawn_is_gone(root: Path, tmp_path: Path) -> None:
    """After an edit, another translation, and a person less."""
    copy, cold = tmp_path / "warm", tmp_path / "cold"
    shutil.copytree(root, copy)
    built(copy)
    entry = copy / "content/projects/2026/yang-ben-ding.md"
    entry.write_text(project(title="样本丁改名", summary="样本简介"), encoding="utf-8")
    write(copy, {"languages/en/projects/2026/yang-ben-ding.md": "---\ntitle: Sample result D\n---\n"})
    for path in sorted((copy / "content").rglob("*.md")):
        path.write_text(
            path.read_text(encoding="utf-8")
            .replace("yang-ben-ren]", "yang-ben]")
            .replace("people: yang-ben-ren\n", ""),
            encoding="utf-8",
        )
    (copy / "content/craftsmen/yang-ben-ren.md").unlink()
    (copy / "content/studios/yang-ben-shi.md").unlink()
    said = built(copy)
    shutil.copytree(copy, cold, ignore=shutil.ignore_patterns("site", "build", ".cache"))
    built(cold)
    warm = bytes_of(copy / "site")
    assert warm == bytes_of(cold / "site"), said
    for name in ("范样本", "范樣本"):
        assert [address for address, content in warm.items() if name.encode() in content] == []
    assert b"Sample result D" in warm["en/projects/index.html"]


# --- problems --------------------------------------------------------------------------------------------------------


def test_what_is_amiss_in_translations(tmp_path: Path) -> None:
    """A language nobody knows, a translation of nothing, of no field, in another form, a word that is no text."""
    root = write(
        tmp_path,
        {
            "editions/2026.yml": "title: 2026 样本展期\nyears: 2024—2025\n",
            "projects/2026/yang-ben.md": project(title="样本成果"),
            "languages/fr.yml": "样本: x\n",
            "languages/en.yml": "样本: [x]\n样例: sample\n",
            "languages/en/projects/2026/mei-you.md": "---\ntitle: x\n---\n",
            "languages/en/projects/2026/yang-ben.md": "---\ntitle: Sample\nnothing: x\nsummary: x\n---\n",
        },
    )
    content = read_content(root)
    assert not content.problems
    given, problems = read_translations(root, content.entries)
    entries = {entry.key: entry for entry in content.entries}
    found = sorted(
        (one.code, one.place.path, one.place.line) for one in (*problems, *check_translations(entries, given))
    )
    assert found == [
        ("no-original", "content/languages/en/projects/2026/mei-you.md", 1),
        ("unknown-field", "content/languages/en/projects/2026/yang-ben.md", 3),
        ("unknown-language", "content/languages/fr.yml", 0),
        ("wrong-type", "content/languages/en.yml", 1),
        ("wrong-type", "content/languages/en/projects/2026/yang-ben.md", 4),
    ]
    assert given["en"].words == {"样例": "sample"}
    assert problems_of(root) == ()


# --- in a browser ----------------------------------------------------------------------------------------------------


def test_a_visitor_changes_the_language_and_stays_in_it(
    site: Path, page: Page, serve_directory: Callable[[Path], str]
) -> None:
    """From an entry to its twin, on to a list, to the search and what it finds."""
    at = serve_directory(site)
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{at}/{ENTRY}")
    page.locator(".site-head__line > .tongues").get_by_text("English").click()
    page.wait_for_url(f"**/en/{ENTRY}")
    assert page.locator("h1").inner_text() == "Sample result C"
    page.locator(".site-head .menu").get_by_text("Results").click()
    page.wait_for_url("**/en/projects/")
    page.goto(f"{at}/en/search/?q=样本丙")
    result = page.locator("[data-result] a").first
    result.wait_for()
    assert "Sample result C" in page.locator("[data-result]").first.inner_text()
    assert "Nowhere" not in page.locator("main").inner_text()
    result.click()
    page.wait_for_url(f"**/en/{ENTRY}")
    page.goto(f"{at}/en/search/?q=sample+result+C")
    page.locator("[data-result]").first.wait_for()
    assert "Sample result C" in page.locator("[data-result]").first.inner_text()
    page.goto(f"{at}/zh-hant/search/?q=樣本丙成果")
    result = page.locator("[data-result] a").first
    result.wait_for()
    assert "樣本丙成果" in page.locator("[data-result]").first.inner_text()
    result.click()
    page.wait_for_url(f"**/zh-hant/{ENTRY}")


@pytest.mark.parametrize("address", [f"en/{ENTRY}", f"zh-hant/{ENTRY}", "en/"])
def test_no_barrier_is_found_in_other_languages(
    site: Path, page: Page, serve_directory: Callable[[Path], str], address: str
) -> None:
    """axe finds nothing, and nothing is wider than a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{serve_directory(site)}/{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    assert result.response["violations"] == []
