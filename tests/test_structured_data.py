"""Structured data: valid by the published vocabulary, equal to what the page shows, read back by a public JSON-LD processor."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markup import read_markup
from pressed import press_all
from pyld import jsonld
from sample_open import ADDRESS, HOSTILE, SECRET, SETTINGS, with_everything
from small import deck_at

sys.path.insert(0, str(Path(__file__).parent / "vocabulary"))
from checking import MEMBERS, PROPERTIES, TYPES, above, faults

from site_builder.commands.crosswalk import crosswalk_table
from site_builder.model.crosswalk import DUBLIN, VALUE_TYPES, crossings, is_said_of_page
from site_builder.model.kinds import KINDS
from site_builder.publish.entry_page import crumbs_of, entry_head
from site_builder.publish.linked import entry_described

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMA = "https://schema.org/"
ELEMENTS = frozenset(
    {
        *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format"),
        *("identifier", "source", "language", "relation", "coverage", "rights"),
    }
)
"""Of the Dublin Core set 1.1."""


def linked(html: str) -> dict[str, Any]:
    """The one document of JSON-LD in a page."""
    (text,) = re.findall(r'<script type="application/ld\+json" data-linked>(.*?)</script>', html, re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    return found


def dublin(html: str) -> list[tuple[str, str]]:
    """(element, words) as a page has them."""
    metas = read_markup(html).every("meta")
    named = ((meta.attributes.get("name", ""), meta.attributes.get("content", "")) for meta in metas)
    return [(name.removeprefix("DC."), words) for name, words in named if name.startswith("DC.")]


def indexed(pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pages that search engines may list."""
    return ((address, html) for address, html in pages.items() if 'name="robots" content="noindex"' not in html)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All pages of an exhibition that has an entry of every kind."""
    return press_all(with_everything(tmp_path_factory.mktemp("open")), **SETTINGS)


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same of an exhibition whose address is not known yet."""
    return press_all(with_everything(tmp_path_factory.mktemp("nameless")), **SETTINGS | {"url": ""})


# --- the vocabulary --------------------------------------------------------------------------------------------------


def test_every_page_is_valid_by_the_vocabulary(pages: dict[str, str], nameless: dict[str, str]) -> None:
    """With an address and without one: each page that may be indexed says what it is, once."""
    for some in (pages, nameless):
        found = {address: list(faults(linked(html))) for address, html in indexed(some)}
        assert {address: wrong for address, wrong in found.items() if wrong} == {}
        assert len(found) > 25


def test_every_page_of_the_real_site_is_valid_by_the_vocabulary(built_site: Path) -> None:
    """Whoever made it, the press or MkDocs; all types that are wanted are there."""
    wrong, seen, count = {}, set(), 0
    for path in built_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if 'name="robots" content="noindex"' in html:
            continue
        document = linked(html)
        if found := list(faults(document)):
            wrong[path.relative_to(built_site).as_posix()] = found
        seen |= set(types_in(document))
        count += 1
    assert wrong == {}
    assert count > 1000
    assert seen >= {
        *("ExhibitionEvent", "Event", "EventSeries", "CreativeWork", "HowTo", "Person", "Organization", "WorkersUnion"),
        *("BreadcrumbList", "CollectionPage", "ItemPage", "ProfilePage", "AboutPage", "ItemList", "Article", "Dataset"),
    }


def test_the_real_content_is_valid_when_the_address_is_known(project_root: Path) -> None:
    """Every entry of the exhibition that comes with the builder, with identifiers, pictures and all."""
    deck = deck_at(project_root, **SETTINGS)
    wrong = {}
    for key in deck.cards:
        entry = deck.catalogue.entries[key]
        head = entry_described(deck, entry, head=entry_head(deck, entry), crumbs=crumbs_of(deck, entry))
        if found := list(faults(json.loads(head.linked))):
            wrong[key] = found
    assert wrong == {}


def types_in(node: Any) -> Iterator[str]:
    """Every type in a document."""
    if isinstance(node, dict):
        yield from [node["@type"]] if "@type" in node else []
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from types_in(one)


def test_declared_properties_belong_to_their_types() -> None:
    """Of every kind and field, filled or not; whatever stands for a plain name is in the property's range."""
    for crossing in crossings():
        kind, _, name = crossing.schema.rpartition(".")
        types = [kind] if kind else [one.schema for one in KINDS if not is_said_of_page(one.schema, name)]
        assert all(above(one) & set(PROPERTIES[name][0]) for one in types), crossing
        assert not crossing.dublin or crossing.dublin in ELEMENTS
    for name, kind in VALUE_TYPES.items():
        assert above(kind) & set(PROPERTIES[name][1]), name
    assert {kind.schema for kind in KINDS} <= set(TYPES)
    assert set(DUBLIN.values()) <= ELEMENTS


@pytest.mark.parametrize(
    "node, words",
    [
        ({"@type": "Craftsman"}, "no type"),
        ({"@type": "Person", "worksFor": {"@type": "Person", "name": "样本"}}, "is none of"),
        ({"@type": "Person", "datePublished": "2024"}, "belongs to"),
        ({"@type": "Person", "surname": "样"}, "no such property"),
        ({"@type": "CreativeWork", "datePublished": "去年"}, "is none of"),
        ({"@type": "CreativeWork", "award": ""}, "is none of"),
        ({"@type": "CreativeWork", "about": "样本"}, "is none of"),
        ({"@type": "Person", "url": "people/x/"}, "is none of"),
    ],
)
def test_a_breach_of_the_vocabulary_is_noticed(node: dict[str, Any], words: str) -> None:
    """So that the tests above can fail."""
    assert [fault for fault in faults(node) if words in fault]
    assert "OnlineEventAttendanceMode" in MEMBERS


# --- a public processor ----------------------------------------------------------------------------------------------


def triples(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    """What pyld makes of a document, with a context of schema.org's own shape instead of one from the network."""
    things = {
        name: {"@type": "@id"}
        for name, (_, allowed) in PROPERTIES.items()
        if not set(allowed) & {"Text", "Date", "DateTime", "Integer", "Number", "Boolean"}
    }
    context = {"@context": {"@vocab": SCHEMA} | things}
    options = {
        "documentLoader": lambda url, _options: {"contextUrl": None, "documentUrl": url, "document": context},
        "base": ADDRESS,
    }
    graph = jsonld.to_rdf(document, options)["@default"]
    return {(one["subject"]["value"], one["predicate"]["value"], one["object"]["value"]) for one in graph}


def test_a_public_processor_reads_who_made_what(pages: dict[str, str]) -> None:
    """As a graph: the result, its people in short, its award, and the page about it."""
    found = triples(linked(pages["projects/yang-ben-jia/"]))
    own, person = f"{ADDRESS}id/project/yang-ben-jia/", f"{ADDRESS}id/craftsman/yang-ben-ren/"
    assert {
        (f"{ADDRESS}projects/yang-ben-jia/", f"{SCHEMA}mainEntity", own),
        (f"{ADDRESS}projects/yang-ben-jia/", f"{SCHEMA}dateModified", "2025-03-04"),
        (own, f"{SCHEMA}name", "样本甲成果"),
        (own, f"{SCHEMA}creator", person),
        (own, f"{SCHEMA}award", "样本奖，第三届，2023年，一等奖"),
        (own, f"{SCHEMA}producer", f"{ADDRESS}id/organisation/yang-ben-chang/"),
        (own, f"{SCHEMA}keywords", "样本标签乙"),
        (person, f"{SCHEMA}name", "样本人"),
    } <= found


def test_entries_on_other_pages_are_the_same_things(pages: dict[str, str]) -> None:
    """Every identifier that a page mentions is some page's own."""
    documents = [linked(html) for address, html in indexed(pages)]
    own = {one["mainEntity"]["@id"] for one in documents if "@id" in one.get("mainEntity", {})}
    named = {uri for one in documents for uri in re.findall(rf'"({ADDRESS}id/[^"]+)"', json.dumps(one))}
    assert named <= own | {f"{ADDRESS}id/story/yang-ben-zhuan-ti/"}
    assert len(named) > 12


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address, page_type, entity",
    [
        ("projects/yang-ben-jia/", "ItemPage", "CreativeWork"),
        ("methods/yang-ben-fa/", "ItemPage", "HowTo"),
        ("craftsmen/yang-ben-ren/", "ProfilePage", "Person"),
        ("studios/yang-ben-shi/", "ProfilePage", "Organization"),
        ("awards/yang-ben-jiang/", "ItemPage", "EventSeries"),
        ("editions/2024/", "CollectionPage", "ExhibitionEvent"),
        ("events/yang-ben-zhan-lan/", "ItemPage", "ExhibitionEvent"),
        ("unions/yang-ben-hui/", "ProfilePage", "WorkersUnion"),
        ("plans/yang-ben-ji-hua/", "ItemPage", "CreativeWork"),
        ("projects/", "CollectionPage", "ItemList"),
        ("regions/", "CollectionPage", "ItemList"),
    ],
)
def test_pages_say_what_they_are_about(pages: dict[str, str], address: str, page_type: str, entity: str) -> None:
    """The nearest types; one place decides."""
    page = linked(pages[address])
    assert (page["@type"], page["mainEntity"]["@type"]) == (page_type, entity)
    assert page["@id"] == f"{ADDRESS}{address}"


def test_a_person_is_described_by_fields(pages: dict[str, str]) -> None:
    """Work, trade, honour, union and skill; tags belong to the page, for a person has no keywords."""
    page = linked(pages["craftsmen/yang-ben-ren/"])
    person = page["mainEntity"]
    assert person["worksFor"]["name"] == "样本一厂"
    assert person["memberOf"]["@type"] == "WorkersUnion"
    assert (person["jobTitle"], person["award"], person["knowsAbout"]) == ("样本工", "样本工匠，2022年", "样本绝技")
    assert person["hasCredential"] == {"@type": "EducationalOccupationalCredential", "name": "样本技师"}
    assert page["keywords"] == "样本标签丙"


def test_a_method_has_its_steps(pages: dict[str, str]) -> None:
    """In order, the key point as a tip."""
    first, second = linked(pages["methods/yang-ben-fa/"])["mainEntity"]["step"]
    assert (first["name"], second["text"]) == ("头一步", "样本操作二")
    assert [(one["@type"], one["text"]) for one in first["itemListElement"]] == [
        ("HowToDirection", "样本操作一"),
        ("HowToTip", "样本要领"),
    ]


def test_the_site_can_be_searched_from_outside(pages: dict[str, str]) -> None:
    """The template leads to the page and the field that the site's own form uses."""
    site = linked(pages[""])
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{ADDRESS}search/?q={{q}}"
    field = (Path(__file__).parent.parent / "theme/partials/site-search.html").read_text(encoding="utf-8")
    assert 'name="q"' in field


def test_it_says_what_the_page_shows(pages: dict[str, str]) -> None:
    """Breadcrumbs and lists are those that a visitor sees, in their order."""
    for address, html in indexed(pages):
        page, view = linked(html), read_markup(html)
        crumbs = [one["name"] for one in page.get("breadcrumb", {}).get("itemListElement", ())]
        shown = [link.text for trail in view.every("nav", css="crumb") for link in trail.every("a")]
        assert crumbs[: len(shown)] == shown, address
        items = page.get("mainEntity", {}).get("itemListElement", ())
        there = {link.href.rpartition("../")[2] for link in view.every("a")}
        assert {one["url"].removeprefix(ADDRESS) for one in items if "url" in one} <= there | {""}, address


def test_places_in_a_list_go_on_from_page_to_page(tmp_path: Path) -> None:
    """The second page begins where the first ended."""
    from small import PLAIN, project, write

    write(tmp_path, PLAIN | {f"projects/2024/p{at}.md": project(edition="'2024'") for at in range(7)})
    found = press_all(tmp_path, **SETTINGS | {"page_size": 3})
    lists = [linked(found[address])["mainEntity"] for address in ("projects/", "projects/page/2/", "projects/page/3/")]
    assert [one["position"] for part in lists for one in part["itemListElement"]] == list(range(1, 8))
    assert {part["numberOfItems"] for part in lists} == {7}


def test_nothing_private_is_said(pages: dict[str, str]) -> None:
    """Fields that are not public stand on no page, in no head."""
    assert [address for address, html in pages.items() if SECRET in html] == []


def test_no_grade_is_said_before_it_is_final(pages: dict[str, str]) -> None:
    """While the notice period runs."""
    assert linked(pages["projects/yang-ben-gong-shi/"])["mainEntity"]["award"] == "样本奖，2025年"
    assert "保密等级" not in pages["projects/yang-ben-gong-shi/"]


def test_hostile_text_ends_no_script(pages: dict[str, str]) -> None:
    """A title with a closing tag and a line separator is the same text when it is read."""
    html = pages["projects/yang-ben-yi/"]
    assert linked(html)["mainEntity"]["name"] == HOSTILE
    raw = html.partition("data-linked>")[2].partition("</script>")[0]
    assert not set("<>&\u2028") & set(raw)


def test_without_an_address_nothing_is_relative(nameless: dict[str, str]) -> None:
    """An address that cannot be absolute is left out."""
    for address, html in indexed(nameless):
        text = json.dumps(linked(html)).replace(f"{SCHEMA}OnlineEventAttendanceMode", "")
        assert not re.search(r'"(@id|url|item|image|thumbnailUrl)":', text), address


def test_pages_that_nobody_may_index_say_nothing(pages: dict[str, str]) -> None:
    """Withdrawn entries and former addresses."""
    for address in ("projects/yang-ben-che/", "projects/jiu-hao/"):
        assert "application/ld+json" not in pages[address]
        assert dublin(pages[address]) == []


# --- Dublin Core, Open Graph -----------------------------------------------------------------------------------------


def test_dublin_core_says_the_same(pages: dict[str, str]) -> None:
    """Elements of the set only, each pair once, from the same fields."""
    found = dublin(pages["projects/yang-ben-jia/"])
    assert {element for element, _ in found} <= ELEMENTS
    assert len(set(found)) == len(found)
    for pair in (
        ("title", "样本甲成果"),
        ("creator", "样本人"),
        ("creator", "样本丁"),
        ("subject", "样本标签甲"),
        ("contributor", "样本一厂"),
        ("publisher", "样本总工会"),
        ("identifier", f"{ADDRESS}id/project/yang-ben-jia/"),
        ("date", "2025-03-04"),
        ("coverage", "样本区"),
        ("type", "Text"),
    ):
        assert pair in found
    assert ("type", "Event") in dublin(pages["editions/2024/"])
    links = read_markup(pages["projects/yang-ben-jia/"]).every("link")
    assert [one.href for one in links if one.attributes.get("rel") == "schema.DC"] == [
        "http://purl.org/dc/elements/1.1/"
    ]


def test_open_graph_says_the_same(pages: dict[str, str]) -> None:
    """Title, description, picture with its words, tags."""
    metas = [meta.attributes for meta in read_markup(pages["projects/yang-ben-jia/"]).every("meta")]
    said = [(meta["property"], meta["content"]) for meta in metas if "property" in meta]
    assert ("og:title", "样本甲成果") in said
    assert ("og:description", "样本简介。") in said
    assert ("og:image:alt", "样本甲成果") in said
    assert [words for name, words in said if name == "article:tag"][:2] == ["样本标签甲", "样本标签乙"]


def test_written_pages_and_stories_say_what_they_are(gallery_site: Path) -> None:
    """Those that MkDocs renders, too; the missing page says nothing."""
    about = linked((gallery_site / "about/index.html").read_text(encoding="utf-8"))
    assert (about["@type"], list(faults(about))) == ("AboutPage", [])
    story = linked((gallery_site / "stories/yang-ben-zhuan-ti/index.html").read_text(encoding="utf-8"))
    assert story["mainEntity"]["@type"] == "Article"
    assert story["mainEntity"]["author"] == {"@type": "Person", "name": "样本作者"}
    assert list(faults(story)) == []
    assert "ld+json" not in (gallery_site / "404.html").read_text(encoding="utf-8")


def test_the_downloads_are_a_dataset(gallery_site: Path) -> None:
    """Every file that the page of open data offers, with its kind; each is there."""
    html = (gallery_site / "data/index.html").read_text(encoding="utf-8")
    page = linked(html)
    assert list(faults(page)) == []
    files = page["mainEntity"]["distribution"]
    assert {"text/csv", "application/json", "application/vnd.sqlite3"} <= {one["encodingFormat"] for one in files}
    named = {one["contentUrl"] for one in files}
    assert all((gallery_site / uri.removeprefix(ADDRESS)).is_file() for uri in named)
    offered = {link.href.replace("../", "") for link in read_markup(html).first("main").every("a")}
    assert {uri.removeprefix(ADDRESS) for uri in named} <= offered


def test_the_document_shows_the_declarations(project_root: Path) -> None:
    """The table in docs/open-data.md is the one that the declarations give."""
    text = (project_root / "docs/open-data.md").read_text(encoding="utf-8")
    assert crosswalk_table() in text, "run `exhibition fields --crosswalk` and put its table into docs/open-data.md"
