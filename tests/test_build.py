"""The real exhibition, built: every page whole, every link alive, every fact shown, every build the same bytes."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from markup import addresses_in, addresses_in_css, dead_links, pages_of, read_markup
from whole import bytes_of, run, run_module

from site_builder.intake.content import read_content
from site_builder.model.kinds import KINDS, kind_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markup import Node

    from site_builder.model.entry import Entry

LARGEST_PAGE = 300_000
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
"""Where the licence of this exhibition's data is read; nothing is fetched from there."""
BEIAN = {"beian.miit.gov.cn", "beian.mps.gov.cn"}
"""Where the filing numbers in the footer lead, by law."""
NUMBERS = re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|\d{17}[\dXx]|0\d{2,3}[- ]?\d{7,8})(?!\d)")
"""Telephone numbers and those of identity cards."""


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, Node]:
    """Every page of the exhibition by its address."""
    return pages_of(built_site)


@pytest.fixture(scope="module")
def framed(pages: dict[str, Node]) -> dict[str, Node]:
    """Those that stand in the frame of the theme; a permanent identifier only leads on."""
    return {address: view for address, view in pages.items() if not address.startswith("id/")}


@pytest.fixture(scope="module")
def entries(project_root: Path) -> tuple[Entry, ...]:
    """Every entry that has a file."""
    return read_content(project_root).entries


def meta(view: Node, name: str) -> str:
    """What a page's head says under that name."""
    found = (one for one in view.every("meta") if name in (one.attributes.get("name"), one.attributes.get("property")))
    return next((one.attributes["content"] for one in found), "")


def is_indexed(view: Node) -> bool:
    """Whether search engines may list the page."""
    return meta(view, "robots") != "noindex"


# --- pages -----------------------------------------------------------------------------------------------------------


def test_every_entry_has_a_page_that_bears_its_name(pages: dict[str, Node], entries: tuple[Entry, ...]) -> None:
    """At least 440 of them, of every kind, each at the address that its file name gives."""
    shown = [entry for entry in entries if entry.kind != "vocabulary" and entry.data.status != "draft"]
    missing = [entry.source for entry in shown if f"{kind_named(entry.kind).folder}/{entry.id}/" not in pages]
    assert missing == []
    assert len(shown) >= 440
    assert {entry.kind for entry in shown} == {kind.name for kind in KINDS if kind.listed}
    named = {entry.source: pages[f"{kind_named(entry.kind).folder}/{entry.id}/"].first("h1").text for entry in shown}
    assert [entry.source for entry in shown if _bare(named[entry.source]) != _bare(entry.title)] == []


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def test_every_kind_has_its_list(pages: dict[str, Node], entries: tuple[Entry, ...]) -> None:
    """All entries of a kind are in its list, each once, over all its pages."""
    for kind in KINDS:
        if not kind.listed or kind.name in {"edition", "organisation", "union", "award"}:
            continue
        lists = [view for address, view in pages.items() if re.fullmatch(rf"{kind.folder}/(page/\d+/)?", address)]
        hrefs = [
            link.href
            for view in lists
            for link in view.first(css="list__m").every("a")
            if "rel" not in link.attributes and "/page/" not in link.href
        ]
        ids = [href.rstrip("/").rpartition("/")[2] for href in hrefs if not re.search(rf"{kind.folder}/$", href)]
        assert sorted(ids) == sorted(entry.id for entry in entries if entry.kind == kind.name), kind.name


def test_no_link_anchor_or_file_is_missing(built_site: Path, pages: dict[str, Node]) -> None:
    """Every address within the site leads somewhere, its anchor included."""
    assert len(pages) > 1000
    assert dead_links(built_site, pages) == []


def test_every_page_can_be_reached_by_links(pages: dict[str, Node]) -> None:
    """From the home page, without a script; only former addresses stand alone."""
    seen, open_ = {""}, [""]
    while open_:
        here = open_.pop()
        for part, target in addresses_in(pages[here]):
            if part.tag == "a" and not urlsplit(target).scheme:
                address = (
                    os.path.normpath(f"/{here}{urlsplit(target).path}").lstrip("/")
                    if urlsplit(target).path
                    else here.rstrip("/")
                )
                address = f"{address}/" if address not in ("", ".") else ""
                if address in pages and address not in seen:
                    seen.add(address)
                    open_.append(address)
    alone = {address for address, view in pages.items() if address not in seen and is_indexed(view)}
    assert alone == set()


def test_pages_are_sound(framed: dict[str, Node]) -> None:
    """One main heading, no id twice, the language, a title and a description, and pictures that say what they show."""
    faults = []
    for address, view in framed.items():
        ids = Counter(node.attributes["id"] for node in view.every(having="id"))
        faults += [f"{address}: {name} twice" for name, times in ids.items() if times > 1]
        faults += [f"{address}: image without alt" for image in view.every("img") if "alt" not in image.attributes]
        faults += [
            f"{address}: {name} empty" for name in ("description", "og:title", "SiteName") if not meta(view, name)
        ]
        if len(list(view.every("h1"))) != 1 or not view.first("h1").text:
            faults.append(f"{address}: headings")
        if view.first("html").attributes.get("lang") != "zh-CN" or not view.first("title").text:
            faults.append(f"{address}: language or title")
        if not list(view.every(having="id")) or "main" not in ids:
            faults.append(f"{address}: no main")
    assert faults == []


def test_headings_go_down_a_step_at_a_time(pages: dict[str, Node]) -> None:
    """No level is left out on the way down."""
    faults = []
    for address, view in pages.items():
        levels = [int(node.tag[1]) for node in view.every("h1", "h2", "h3", "h4", "h5", "h6")]
        faults += [f"{address}: h{level} after h{before}" for before, level in pairwise(levels) if level > before + 1]
    assert faults == []


def test_titles_and_descriptions_tell_pages_apart(pages: dict[str, Node], entries: tuple[Entry, ...]) -> None:
    """Titles differ but for homonyms, and nearly all descriptions do."""
    shown = {address: view for address, view in pages.items() if is_indexed(view)}
    names = Counter(entry.title for entry in entries)
    doubled = [
        title
        for title, times in Counter(view.first("title").text for view in shown.values()).items()
        if times > 1 and names[title.partition("｜")[0]] < times
    ]
    assert doubled == []
    assert len({meta(view, "description") for view in shown.values()}) > 0.95 * len(shown)


def test_the_sitemap_lists_what_may_be_indexed(built_site: Path, pages: dict[str, Node]) -> None:
    """Every such page once, and no other."""
    listed = re.findall(r"<loc>([^<]*)</loc>", (built_site / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(address or "./" for address, view in pages.items() if is_indexed(view))


def test_no_page_is_heavy(built_site: Path) -> None:
    """Three hundred thousand bytes at most, the lists of hundreds included."""
    assert {
        path.name: path.stat().st_size for path in built_site.rglob("*.html") if path.stat().st_size > LARGEST_PAGE
    } == {}


# --- what must not be there ------------------------------------------------------------------------------------------


def test_nothing_is_fetched_from_another_host(
    built_site: Path, pages: dict[str, Node], entries: tuple[Entry, ...]
) -> None:
    """Other hosts appear only behind links that a visitor may choose: official sources and filing numbers."""
    official = {
        source.url
        for entry in entries
        for source in entry.data.sources
        if source.kind in ("official", "官方") and source.url
    }
    faults = []
    for address, view in pages.items():
        for part, target in addresses_in(view):
            parts = urlsplit(target)
            named = part.attributes.get("rel", "").startswith("schema.")  # names a vocabulary, is never asked for
            if (parts.scheme or parts.netloc) and not (
                named or (part.tag == "a" and (target in official or target == LICENCE or parts.netloc in BEIAN))
            ):
                faults.append(f"/{address}: <{part.tag}> {target}")
    for path in built_site.rglob("*.css"):
        faults += [
            f"{path.name}: {target}"
            for target in addresses_in_css(path.read_text(encoding="utf-8"))
            if urlsplit(target).netloc
        ]
    # names of standards are no addresses; what the vendored viewer really asks for is watched in test_iiif.py
    ours = (path for path in built_site.rglob("*.js") if path.parent.name != "vendor")
    for path in chain(built_site.rglob("*.svg"), ours):
        text = re.sub(r'xmlns(?::\w+)?="[^"]*"|"http://iiif\.io/api/[^"]*"', "", path.read_text(encoding="utf-8"))
        faults += [f"{path.name}: {target}" for target in re.findall(r"(?:\w+:)?//[\w-]+\.[\w.-]+", text)]
    assert faults == []


def test_nothing_is_inlined(pages: dict[str, Node]) -> None:
    """A strict content policy holds: no handler, no style attribute, no script or style in the page."""
    faults = []
    for address, view in pages.items():
        for node in view.every():
            if "style" in node.attributes or any(name.startswith("on") for name in node.attributes):
                faults.append(f"/{address}: <{node.tag} {node.attributes}>")
            data = node.attributes.get("type") == "application/ld+json"
            if node.tag in {"script", "style"} and node.inside and not data:
                faults.append(f"/{address}: <{node.tag}> with content")
    assert faults == []


def test_no_private_number_and_no_unlinked_source_is_published(
    built_site: Path, pages: dict[str, Node], entries: tuple[Entry, ...]
) -> None:
    """No telephone or identity number on any page, and no address of a source that is not official."""
    assert [f"/{address}: {found}" for address, view in pages.items() for found in NUMBERS.findall(view.text)] == []
    kept = {
        source.url
        for entry in entries
        for source in entry.data.sources
        if source.kind not in ("official", "官方") and source.url
    }
    assert len(kept) > 50
    official = {source.url for entry in entries for source in entry.data.sources if source.kind in ("official", "官方")}
    whole = "\n".join(path.read_text(encoding="utf-8") for path in built_site.rglob("*.html"))
    assert [url for url in sorted(kept - official) if url in whole] == []


def test_nothing_of_the_workshop_is_published(built_site: Path) -> None:
    """No source map, no frame, no hidden file, nothing that no page uses."""
    names = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()}
    assert {Path(name).suffix for name in names} <= {
        ".html",
        ".css",
        ".js",
        ".svg",
        ".png",
        ".jpg",
        ".webp",
        ".xml",
        ".txt",
        ".ics",
        *(".csv", ".json", ".jsonl", ".sqlite", ".xlsx", ""),  # open data; SHA256SUMS has no ending
    }
    assert [
        name for name in names if name.startswith(("_", ".")) or "/." in name or "/_" in name or name.endswith(".map")
    ] == []
    text = "".join(
        (built_site / name).read_text(encoding="utf-8") for name in sorted(names) if name.endswith((".css", ".js"))
    )
    assert "sourceMappingURL" not in text


def test_no_word_of_the_engine_is_left_on_a_page(pages: dict[str, Node]) -> None:
    """No template, no placeholder, no value of Python; BibTeX doubles its braces round words."""
    faults = [
        f"/{address}: {found[0]}"
        for address, view in pages.items()
        if (found := re.search(r"\{\{ |\{%|\[\[|\x1f|%%|\bNone\b|\bLink\(|data-embed", view.text))
    ]
    assert faults == []


# --- facts -----------------------------------------------------------------------------------------------------------


def _rows(project_root: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted((project_root / "content/imports").glob("*/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from ((path.stem, row) for row in csv.DictReader(file))


def test_every_row_of_the_imported_tables_is_on_a_page(pages: dict[str, Node], project_root: Path) -> None:
    """Each title, name of a person and name of a studio is found on a page of an entry."""
    rows = list(_rows(project_root))
    assert len(rows) > 400
    folders = {
        "projects": ("projects", "methods"),
        "craftsmen": ("craftsmen",),
        "studios": ("studios", "bases", "teams"),
    }
    names = {"projects": "project_name", "craftsmen": "name", "studios": "studio_name"}
    texts = {
        table: [
            _bare(view.text)
            for address, view in pages.items()
            if address.startswith(folders[table]) and address.count("/") == 2
        ]
        for table in folders
    }
    missing = [
        f"{table}: {row[names[table]]}"
        for table, row in rows
        if not any(_bare(row[names[table]]) in text for text in texts[table])
    ]
    assert missing == []


def test_people_of_the_tables_are_named_on_the_page_of_their_result(pages: dict[str, Node], project_root: Path) -> None:
    """The published names of a result stand on its page, whoever of them has an entry."""
    results = {
        _bare(view.first("h1").text): _bare(view.text)
        for address, view in pages.items()
        if re.match(r"(projects|methods)/[^/]+/$", address)
    }
    faults = []
    for table, row in _rows(project_root):
        if table == "projects" and row["people"] and _bare(row["project_name"]) in results:
            text = results[_bare(row["project_name"])]
            faults += [
                f"{row['project_name']}: {name}"
                for name in re.split(r"[、，,；;\s]+", row["people"])
                if name and _bare(name) not in text
            ]
    assert faults == []


def test_the_numbers_on_the_home_page_are_the_numbers_of_entries(
    pages: dict[str, Node], entries: tuple[Entry, ...]
) -> None:
    """Counted from the files; organisations also from what entries name."""
    kinds = Counter(entry.kind for entry in entries if entry.data.status in ("published", "notice"))
    organisations = sum(
        1 for address, view in pages.items() if re.fullmatch(r"organisations/[^/]+/", address) and is_indexed(view)
    )
    numbers = pages[""].first(css="tally__numbers")
    assert {row.first("dt").text: row.first("dd").text for row in numbers.every("div")} == {
        "成果": f"{kinds['project'] + kinds['method']} 项",
        "人物": f"{kinds['craftsman']} 位",
        "创新工作室": f"{kinds['studio']} 个",
        "单位": f"{organisations} 家",
    }


def test_the_site_says_that_it_is_a_demonstration_on_every_page(framed: dict[str, Node]) -> None:
    """And leads everywhere to the page that tells how to have an entry corrected or removed."""
    assert [address for address, view in framed.items() if "演示" not in view.first("footer").text] == []
    assert [
        address
        for address, view in framed.items()
        if not any(link.href.endswith("correction/") for link in view.first("footer").every("a"))
    ] == []


# --- the same bytes --------------------------------------------------------------------------------------------------


def _differences(site: Path, other: Path) -> list[str]:
    one, two = bytes_of(site), bytes_of(other)
    assert len(one) > 2000
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def _plain(root: Path, target: Path) -> None:
    done = run(
        "build",
        "--site-dir",
        str(target),
        cwd=root,
        PYTHONHASHSEED="4242",
        TZ="Asia/Shanghai",
        LC_ALL="C",
        EXHIBITION_JOBS="1",
    )
    assert done.returncode == 0, done.stderr


def _from_elsewhere(root: Path, target: Path) -> None:
    former = os.umask(0o077)
    try:
        done = run(
            "build",
            "--site-dir",
            str(target),
            "--root",
            str(root),
            cwd=Path("/"),
            PYTHONHASHSEED="0",
            TZ="America/New_York",
            LC_ALL="C.UTF-8",
            EXHIBITION_JOBS="2",
        )
    finally:
        os.umask(former)
    assert done.returncode == 0, done.stderr


def _by_mkdocs(root: Path, target: Path) -> None:
    done = run_module("mkdocs", "build", "-q", "-d", str(target), cwd=root, PYTHONHASHSEED="7", EXHIBITION_JOBS="3")
    assert done.returncode == 0, done.stderr


def _of_a_copy(root: Path, target: Path) -> None:
    copy = target.with_name("a copy of it")
    for name in ("content", "theme"):
        shutil.copytree(root / name, copy / name)
    shutil.copy(root / "mkdocs.yml", copy)
    # three thousand drawn cards; that drawing gives the same bytes everywhere is proved in test_cards.py
    shutil.copytree(root / ".cache/media", copy / ".cache/media", copy_function=os.link)
    done = run("build", "--site-dir", str(target), cwd=copy, SOURCE_DATE_EPOCH="1")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("way", [_plain, _from_elsewhere, _by_mkdocs, _of_a_copy])
def test_builds_are_the_same_bytes(
    built_site: Path, project_root: Path, tmp_path: Path, way: Callable[[Path, Path], None]
) -> None:
    """Whatever the hash seed, time zone, locale, number of processes, mask, directory and door."""
    target = tmp_path / "site"
    way(project_root, target)
    assert _differences(built_site, target) == []


# --- the checker itself ----------------------------------------------------------------------------------------------


def test_the_link_checker_notices_what_is_dead(tmp_path: Path) -> None:
    """Missing pages, anchors, files and folders without a slash; good links of every form pass."""
    alive = ("../#top", "../b/", "/b/", "https://other.example/", "#here", "./", "?x=1#here")
    dead = ("../c/", "../#none", "../b", "../../../", "", "y.html")
    good = "".join(f'<a href="{target}">x</a>' for target in alive) + '<img src="../x.svg"><p id="here">x</p>'
    bad = "".join(f'<a href="{target}">x</a>' for target in dead)
    bad += '<img src="y.svg"><meta http-equiv="refresh" content="0; url=../z/">'
    for name, text in {
        "index.html": '<p id="top">x</p>',
        "b/index.html": good,
        "a/index.html": bad,
        "x.svg": "",
        "s.css": "a{background:url(x.svg)} b{background:url(none.svg)}",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    faults = dead_links(tmp_path, pages_of(tmp_path))
    assert [fault.partition(": ")[0] for fault in faults] == ["/a/"] * 8 + ["/s.css"]


@pytest.mark.parametrize("html", ["<p><b>x</p></b>", "<div>", "</p>", '<a id="x" id="y">z</a>'])
def test_the_reader_notices_pages_that_are_not_well_formed(html: str) -> None:
    """Tags closed out of order, left open, never opened, and attributes given twice."""
    with pytest.raises(AssertionError):
        read_markup(html)
