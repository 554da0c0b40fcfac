"""Permanent identifiers, references and the card for other sites: read back by public readers, tried in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import bibtexparser
import pytest
import rispy
from markup import pages_of, read_markup
from pressed import press_all
from sample_gallery import ADDRESS as GALLERY
from sample_gallery import PAGE
from sample_open import ADDRESS, HOSTILE, SETTINGS, with_everything
from small import PLAIN, deck_at, project, write

from site_builder.publish.citations import citation_of
from site_builder.publish.identifiers import identifier_file_at, identifier_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from site_builder.model.citations import Citation
    from site_builder.publish.deck import Deck


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibition that has an entry of every kind."""
    return with_everything(tmp_path_factory.mktemp("citations"))


@pytest.fixture(scope="module")
def deck(root: Path) -> Deck:
    """Its entries."""
    return deck_at(root, **SETTINGS)


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """Its pages."""
    return press_all(root, **SETTINGS)


SCRIPT = Path(__file__).parent.parent / "theme/assets/cite.js"
CARD = "嵌入其他网站：把这段代码粘贴到网页里"
Made = dict[str, dict[str, str]]
"""Key of an entry → the texts that its fold shows in a browser, by their labels."""


def unfolded(page: Page, html: str) -> dict[str, str]:
    """What the fold of a page shows when it has been opened."""
    page.set_content(html)
    page.add_script_tag(path=SCRIPT)
    blocks = page.locator(".cite dl > div").evaluate_all(
        "all => all.map(one => [one.querySelector('dt').textContent, one.querySelector('dd').firstChild.textContent])"
    )
    return {label.partition("（")[0].partition(" (")[0]: text for label, text in blocks}


@pytest.fixture(scope="module")
def made(deck: Deck, pages: dict[str, str], browser: Browser) -> Made:
    """The folds of all pages that the press makes of the deck."""
    page = browser.new_page()
    shown = {card.key: pages[card.address] for card in deck.cards.values() if card.kind != "story"}
    found = {key: unfolded(page, html) for key, html in shown.items()}
    page.close()
    return found


def cited(deck: Deck, key: str) -> Citation:
    """The references to an entry."""
    found = citation_of(deck, deck.catalogue.entries[key])
    assert found is not None
    return found


# --- identifiers -----------------------------------------------------------------------------------------------------


def test_every_entry_has_a_permanent_address(deck: Deck) -> None:
    """Withdrawn entries and former ids, too; each a small page that leads on with and without script, and is not indexed."""
    files = {file.address: file.content.decode() for file in identifier_files(deck)}
    assert {f"id/{key}/index.html" for key in deck.catalogue.entries} < set(files)
    assert "id/project/jiu-hao/index.html" in files
    for address, html in files.items():
        page = read_markup(html)
        canonical = next(one.href for one in page.every("link") if one.attributes["rel"] == "canonical")
        assert canonical.startswith(ADDRESS)
        target = f"../../../{canonical.removeprefix(ADDRESS)}"
        refresh = next(meta for meta in page.every("meta") if meta.attributes.get("http-equiv") == "refresh")
        assert refresh.attributes["content"] == f"0; url={target}"
        assert page.first("a").href == target
        assert len(html.encode()) < 1000, address
        assert identifier_file_at(deck, address.removesuffix("index.html")) is not None
    assert identifier_file_at(deck, "id/project/nobody/") is None


def test_a_permanent_address_leads_there_in_a_browser(
    gallery_site: Path, serve_directory: Callable[[Path], str], page: Page
) -> None:
    """Without script, from the preview's own server as from any other."""
    base = serve_directory(gallery_site)
    page.goto(f"{base}/id/project/yang-ben-hua-lang/", wait_until="domcontentloaded")
    page.wait_for_url(f"{base}/{PAGE}")


def test_identifiers_of_the_built_site_lead_to_pages(gallery_site: Path) -> None:
    """To pages that exist."""
    pages = pages_of(gallery_site)
    targets = {address: page.first("a").href for address, page in pages.items() if address.startswith("id/")}
    assert len(targets) == 4
    assert {target.removeprefix("../../../") for target in targets.values()} <= set(pages)


# --- references ------------------------------------------------------------------------------------------------------


def test_the_reference_follows_the_norm(deck: Deck) -> None:
    """GB/T 7714—2015: three names, then 等; title, mark, exhibition, year and day, place for the day of citation, address."""
    one = cited(deck, "project/yang-ben-jia")
    assert one.reference == "样本人, 样本乙, 样本丙, 等. 样本甲成果[EB/OL]. 样本网上展, 2025(2025-03-04)"
    assert one.reference_end == f". {ADDRESS}id/project/yang-ben-jia/"
    assert cited(deck, "craftsman/yang-ben-ren").reference.startswith("样本总工会. 样本人[EB/OL]. 样本网上展, 2026(")
    assert cited(deck, "story/yang-ben-zhuan-ti").reference.startswith("样本作者. 样本专题[EB/OL]")


def test_the_reference_without_organiser_day_or_address(tmp_path: Path) -> None:
    """What is not known is left out, with its punctuation."""
    root = write(
        tmp_path, PLAIN | {"projects/2024/a.md": project(edition="'2024'"), "bases/b.md": "---\nname: 样本基地\n---\n"}
    )
    deck = deck_at(root, name="样本展")
    assert (cited(deck, "project/a").reference, cited(deck, "project/a").reference_end) == (
        "样本展. 样本成果[EB/OL]",
        ".",
    )
    dated = deck_at(root, name="样本展", published="2026-11-21")
    assert cited(dated, "base/b").reference == "样本展. 样本基地[EB/OL]. (2026-11-21)"


def test_bibtex_is_read_by_a_public_reader(made: Made) -> None:
    """Every entry's; the fields come back as they were, LaTeX's own characters escaped."""
    for key, texts in made.items():
        library = bibtexparser.parse_string(texts["BibTeX"])
        assert library.failed_blocks == []
        (entry,) = library.entries
        assert entry.key == key.replace("/", "-")
        assert entry.fields_dict["url"].value == f"{ADDRESS}id/{key}/"
    (entry,) = bibtexparser.parse_string(made["project/yang-ben-jia"]["BibTeX"]).entries
    assert entry.fields_dict["author"].value == "样本人 and 样本乙 and 样本丙 and 样本丁"
    assert (entry.fields_dict["year"].value, entry.fields_dict["date"].value) == ("2025", "2025-03-04")
    assert made["craftsman/yang-ben-ren"]["BibTeX"].count("{{样本总工会}}") == 1


def test_ris_is_read_by_a_public_reader(deck: Deck, made: Made) -> None:
    """Every entry's; subjects as keywords."""
    for key, texts in made.items():
        (entry,) = rispy.loads(texts["RIS"])
        assert entry["title"] == " ".join(deck.cards[key].title.split())
        assert entry["urls"] == [f"{ADDRESS}id/{key}/"]
        assert entry["type_of_reference"] == "ELEC"
    (entry,) = rispy.loads(made["project/yang-ben-jia"]["RIS"])
    assert entry["authors"] == ["样本人", "样本乙", "样本丙", "样本丁"]
    assert {"样本标签甲", "样本标签乙", "样本行业"} <= set(entry["keywords"])
    assert (entry["secondary_title"], entry["publisher"], entry["date"]) == ("样本网上展", "样本总工会", "2025/03/04")


def test_without_an_address_there_is_no_card(tmp_path: Path, page: Page) -> None:
    """References say what is known."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(edition="'2024'")})
    texts = unfolded(page, press_all(tmp_path, name="样本展")["projects/a/"])
    assert list(texts) == ["参考文献", "BibTeX", "RIS"]
    (entry,) = bibtexparser.parse_string(texts["BibTeX"]).entries
    assert entry.fields_dict.keys() == {"author", "title", "howpublished", "publisher", "language"}


@pytest.mark.parametrize("title", ["100% 样本_A&B #1 $2", r"样本 \input{x} {y}", "样本~^", "TY  - 样本", HOSTILE])
def test_awkward_titles_stay_one_field(tmp_path: Path, page: Page, title: str) -> None:
    """Nothing in a title begins a command, a field or a record."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(title=f'"{quoted}"')})
    one = unfolded(page, press_all(tmp_path, **SETTINGS)["projects/a/"])
    library = bibtexparser.parse_string(one["BibTeX"])
    assert library.failed_blocks == []
    assert len(library.entries) == 1
    bare = re.sub(r"\\text\w+\{\}|\\[&%$#_{}]", "", library.entries[0].fields_dict["title"].value)
    assert not re.search(r"[\\&%$#_~^]", bare)
    (entry,) = rispy.loads(one["RIS"])
    assert entry["title"] == " ".join(title.split())


# --- the card for other sites ----------------------------------------------------------------------------------------


def test_the_card_is_plain_and_safe(made: Made) -> None:
    """A few elements, absolute addresses of the exhibition, no class, script or handler; hostile text stays text."""
    for texts in made.values():
        card = read_markup(texts[CARD])
        assert {node.tag for node in card.every()} <= {"blockquote", "p", "a", "b", "br", "small", "img"}
        for node in card.every():
            assert set(node.attributes) <= {"cite", "style", "href", "src", "alt", "width", "height", "loading"}
            for name in ("href", "src", "cite"):
                assert node.attributes.get(name, ADDRESS).startswith(ADDRESS)
    assert HOSTILE.split("<")[0] in read_markup(made["project/yang-ben-yi"][CARD]).text
    assert "<script" not in made["project/yang-ben-yi"][CARD]


def test_the_card_shows_on_a_foreign_page(made: Made, page: Page) -> None:
    """Also where a policy refuses inline style: its words, its picture and its link are there."""
    card = made["project/yang-ben-jia"][CARD]
    page.route(f"{ADDRESS}**", lambda route: route.abort())
    for policy in ("", "<meta http-equiv='Content-Security-Policy' content=\"style-src 'none'\">"):
        page.set_content(f"<html><head>{policy}</head><body>{card}</body></html>")
        link = page.get_by_role("link", name="样本甲成果")
        assert link.get_attribute("href") == f"{ADDRESS}projects/yang-ben-jia/"
        assert page.get_by_text("样本一厂").is_visible()
        assert page.get_by_text("样本网上展").is_visible()
        assert str(page.locator("img").get_attribute("src")).startswith(f"{ADDRESS}share/project/yang-ben-jia-card-")


# --- the fold --------------------------------------------------------------------------------------------------------


def test_every_entry_shows_the_fold(deck: Deck, pages: dict[str, str], made: Made) -> None:
    """Closed, with address and reference in it, to which a browser adds the other forms; withdrawn entries have none."""
    for key, texts in made.items():
        fold = read_markup(pages[deck.cards[key].address]).first("details", css="cite")
        assert "open" not in fold.attributes
        address, reference = (one.text for one in fold.every(css="cite__t"))
        assert address == f"{ADDRESS}id/{key}/"
        assert reference.endswith(f"[ 引用日期 ]. {address}")
        assert [label for label in texts if not label.startswith("订阅")] == [
            "永久地址",
            "参考文献",
            "BibTeX",
            "RIS",
            CARD,
        ]
    assert "cite__t" not in pages["projects/yang-ben-che/"]


def test_the_fold_works_in_a_browser(gallery_site: Path, serve_directory: Callable[[Path], str], page: Page) -> None:
    """Opened, it gives the reader's own day, copies, and saves files; nothing goes wrong in the console."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{serve_directory(gallery_site)}/{PAGE}")
    fold = page.locator("details.cite")
    fold.locator("summary").click()
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    fold.get_by_text(f"[{today}]. {GALLERY}id/project/yang-ben-hua-lang/").wait_for()
    fold.get_by_role("button", name="复制").first.click()
    fold.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{GALLERY}id/project/yang-ben-hua-lang/"
    with page.expect_download() as download:
        fold.get_by_role("button", name="保存文件").first.click()
    assert download.value.suggested_filename == "project-yang-ben-hua-lang.bib"
    assert bibtexparser.parse_string(download.value.path().read_text(encoding="utf-8")).entries[0].key
    assert faults == []


def test_the_fold_of_a_story(gallery_site: Path) -> None:
    """MkDocs renders it, too."""
    story = read_markup((gallery_site / "stories/yang-ben-zhuan-ti/index.html").read_text(encoding="utf-8"))
    assert "样本作者. 样本专题[EB/OL]" in story.first("details", css="cite").text
