"""Permanent identifiers, references and the card for other sites: read back by public readers, tried in a browser."""

from __future__ import annotations

import re
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
    from pathlib import Path

    from playwright.sync_api import Page

    from site_builder.model.citations import Citation
    from site_builder.publish.deck import Deck


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """An exhibition that has an entry of every kind."""
    return deck_at(with_everything(tmp_path_factory.mktemp("citations")), **SETTINGS)


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
    assert cited(deck, "project/a").card == ""


def test_bibtex_is_read_by_a_public_reader(deck: Deck) -> None:
    """Every entry's; the fields come back as they were, LaTeX's own characters escaped."""
    for key in deck.cards:
        library = bibtexparser.parse_string(cited(deck, key).bibtex)
        assert library.failed_blocks == []
        (entry,) = library.entries
        assert entry.key == key.replace("/", "-")
        assert entry.fields_dict["url"].value == f"{ADDRESS}id/{key}/"
    (entry,) = bibtexparser.parse_string(cited(deck, "project/yang-ben-jia").bibtex).entries
    assert entry.fields_dict["author"].value == "样本人 and 样本乙 and 样本丙 and 样本丁"
    assert entry.fields_dict["year"].value == "2025"
    assert cited(deck, "craftsman/yang-ben-ren").bibtex.count("{{样本总工会}}") == 1


def test_ris_is_read_by_a_public_reader(deck: Deck) -> None:
    """Every entry's."""
    for key in deck.cards:
        (entry,) = rispy.loads(cited(deck, key).ris)
        assert entry["title"] == " ".join(deck.cards[key].title.split())
        assert entry["urls"] == [f"{ADDRESS}id/{key}/"]
        assert entry["type_of_reference"] == "ELEC"
    (entry,) = rispy.loads(cited(deck, "project/yang-ben-jia").ris)
    assert entry["authors"] == ["样本人", "样本乙", "样本丙", "样本丁"]
    assert entry["keywords"] == ["样本标签甲", "样本标签乙"]


@pytest.mark.parametrize("title", ["100% 样本_A&B #1 $2", r"样本 \input{x} {y}", "样本~^", "TY  - 样本", HOSTILE])
def test_awkward_titles_stay_one_field(tmp_path: Path, title: str) -> None:
    """Nothing in a title begins a command, a field or a record."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    deck = deck_at(write(tmp_path, PLAIN | {"projects/2024/a.md": project(title=f'"{quoted}"')}), **SETTINGS)
    one = cited(deck, "project/a")
    library = bibtexparser.parse_string(one.bibtex)
    assert library.failed_blocks == []
    assert len(library.entries) == 1
    bare = re.sub(r"\\text\w+\{\}|\\[&%$#_{}]", "", library.entries[0].fields_dict["title"].value)
    assert not re.search(r"[\\&%$#_~^]", bare)
    (entry,) = rispy.loads(one.ris)
    assert entry["title"] == " ".join(title.split())


# --- the card for other sites ----------------------------------------------------------------------------------------


def test_the_card_is_plain_and_safe(deck: Deck) -> None:
    """A few elements, absolute addresses of the exhibition, no class, script or handler; hostile text stays text."""
    for key in deck.cards:
        card = read_markup(cited(deck, key).card)
        assert {node.tag for node in card.every()} <= {"blockquote", "p", "a", "b", "br", "small", "img"}
        for node in card.every():
            assert set(node.attributes) <= {"cite", "style", "href", "src", "alt", "width", "height", "loading"}
            for name in ("href", "src", "cite"):
                assert node.attributes.get(name, ADDRESS).startswith(ADDRESS)
    assert HOSTILE.split("<")[0] in read_markup(cited(deck, "project/yang-ben-yi").card).text
    assert "<script" not in cited(deck, "project/yang-ben-yi").card


def test_the_card_shows_on_a_foreign_page(deck: Deck, page: Page) -> None:
    """Also where a policy refuses inline style: its words and its link are there."""
    card = cited(deck, "project/yang-ben-jia").card
    page.route(f"{ADDRESS}**", lambda route: route.abort())
    for policy in ("", "<meta http-equiv='Content-Security-Policy' content=\"style-src 'none'\">"):
        page.set_content(f"<html><head>{policy}</head><body>{card}</body></html>")
        link = page.get_by_role("link", name="样本甲成果")
        assert link.get_attribute("href") == f"{ADDRESS}projects/yang-ben-jia/"
        assert page.get_by_text("样本网上展").is_visible()


# --- the fold --------------------------------------------------------------------------------------------------------


def test_every_entry_shows_the_fold(tmp_path: Path) -> None:
    """Closed, with all texts in it; withdrawn entries have none."""
    deck = deck_at(with_everything(tmp_path), **SETTINGS)
    pages = press_all(tmp_path, **SETTINGS)
    shown = [card for card in deck.cards.values() if card.kind != "story"]
    for card in shown:
        fold = read_markup(pages[card.address]).first("details", css="cite")
        assert "open" not in fold.attributes
        texts = [one.text for one in fold.every(css="cite__t")]
        assert texts[0] == f"{ADDRESS}id/{card.key}/"
        assert len(texts) == 5
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
