"""Feeds, calendar, sitemaps, robots and llms.txt: read back by public readers, the same whatever the clock says."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import atoma
import feedparser
import jsonschema
import pytest
from icalendar import Calendar
from markup import read_markup
from pressed import press_all
from sample_open import ADDRESS, HOSTILE, SECRET, SETTINGS, with_everything
from small import PLAIN, deck_at, project, write

from site_builder.model.exhibition import Exhibition
from site_builder.publish.calendar import calendar_files
from site_builder.publish.feeds import NEWEST, feed_files
from site_builder.publish.identifiers import identifier_files
from site_builder.publish.llms import llms_files
from site_builder.publish.outside import gathering_files
from site_builder.publish.sitemap import sitemap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from site_builder.model.pages import OutputFile
    from site_builder.publish.deck import Deck

JSON_FEED = json.loads((Path(__file__).parent / "vocabulary/jsonfeed-1.1.json").read_text(encoding="utf-8"))
_SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """An exhibition that has an entry of every kind."""
    return deck_at(with_everything(tmp_path_factory.mktemp("feeds")), **SETTINGS)


@pytest.fixture(scope="module")
def feeds(deck: Deck) -> dict[str, bytes]:
    """Address → bytes of every feed."""
    return {file.address: file.content for file in feed_files(deck)}


def titles(feed: bytes) -> list[str]:
    """What a public reader finds in an Atom feed, in order."""
    read = feedparser.parse(feed)
    assert not read.bozo, read.get("bozo_exception")
    return [entry.title for entry in read.entries]


def test_only_what_has_entries_has_a_feed(feeds: Mapping[str, bytes]) -> None:
    """The whole, two editions, the union, the award and the honour; in both formats."""
    stems = {address.rpartition(".")[0] for address in feeds}
    own = {
        f"{where}feed"
        for where in (
            "editions/2024/",
            "editions/2026/",
            "unions/yang-ben-hui/",
            "awards/yang-ben-jiang/",
            "awards/yang-ben-gong-jiang/",
        )
    }
    assert stems == {"feed"} | own
    assert set(feeds) == {f"{stem}.{ending}" for stem in stems for ending in ("xml", "json")}


def test_atom_is_read_by_two_public_readers(feeds: Mapping[str, bytes]) -> None:
    """A lenient one finds nothing to forgive, a strict one every required element."""
    for address, feed in feeds.items():
        if not address.endswith(".xml"):
            continue
        read = atoma.parse_atom_bytes(feed)
        assert [entry.title.value for entry in read.entries] == titles(feed)
        assert read.id_ == f"{ADDRESS}{address}"
        assert read.updated == max(entry.updated for entry in read.entries)
        assert {link.rel: link.href for link in read.links}["self"] == read.id_
        assert all(entry.id_.startswith(f"{ADDRESS}id/") for entry in read.entries)
        assert len({entry.id_ for entry in read.entries}) == len(read.entries)


def test_json_feeds_are_valid_by_the_published_schema(feeds: Mapping[str, bytes]) -> None:
    """And say the same as Atom; a reader that knows the format takes them."""
    for address, feed in feeds.items():
        if address.endswith(".json"):
            read = json.loads(feed)
            jsonschema.validate(read, JSON_FEED)
            assert [item["title"] for item in read["items"]] == titles(feeds[f"{address.removesuffix('json')}xml"])
            assert [item.title for item in atoma.parse_json_feed_bytes(feed).items] == [
                i["title"] for i in read["items"]
            ]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": "https://jsonfeed.org/version/1.1", "items": [{}]}, JSON_FEED)


def test_what_a_feed_holds(feeds: Mapping[str, bytes]) -> None:
    """Of the whole all new entries, of a union and an award what names them; nothing withdrawn, nothing private."""
    assert {"样本甲成果", "样本人", "样本专题"} <= set(titles(feeds["feed.xml"]))
    assert HOSTILE in {item["title"] for item in json.loads(feeds["feed.json"])["items"]}
    assert "样本计划" not in titles(feeds["feed.xml"])
    assert set(titles(feeds["unions/yang-ben-hui/feed.xml"])) >= {"样本甲成果", "样本人", "样本工作室"}
    assert titles(feeds["editions/2024/feed.xml"]) == ["样本甲成果"]
    assert not [address for address, feed in feeds.items() if SECRET.encode() in feed or "样本撤下".encode() in feed]


def test_a_month_is_no_day(tmp_path: Path) -> None:
    """An entry of which the month alone is known was last said on the exhibition's day."""
    deck = deck_at(write(tmp_path, PLAIN | {"projects/2024/a.md": project(updated="'2025-03'")}), **SETTINGS)
    feeds = {file.address: file.content for file in feed_files(deck)}
    assert {one.updated for one in feedparser.parse(feeds["feed.xml"]).entries} == {"2026-11-21T00:00:00+08:00"}


def test_days_come_from_the_entries(feeds: Mapping[str, bytes]) -> None:
    """An entry's own day outranks the exhibition's."""
    days = {entry.title: entry.updated for entry in feedparser.parse(feeds["feed.xml"]).entries}
    assert days["样本甲成果"] == "2025-03-04T00:00:00+08:00"
    assert days["样本专题"] == "2026-11-21T00:00:00+08:00"


def test_the_newest_come_first_and_no_more_than_fifty(tmp_path: Path) -> None:
    """By day, then by year, then as lists have it; an entry without any date has no place in a feed."""
    files = {
        f"projects/2024/p{at:02}.md": project(title=f"样本{at:02}", updated=f"'2025-01-{at % 28 + 1:02}'")
        for at in range(60)
    }
    files["projects/2024/year.md"] = project(title="样本某年", year="'2025'")
    files["projects/2024/none.md"] = project(title="样本无日期")
    deck = deck_at(write(tmp_path, PLAIN | files), **SETTINGS | {"published": ""})
    found = {file.address: file.content for file in feed_files(deck)}
    read = feedparser.parse(found["feed.xml"]).entries
    assert len(read) == NEWEST
    assert [entry.updated for entry in read] == sorted((entry.updated for entry in read), reverse=True)
    assert "样本无日期" not in found["feed.xml"].decode()


def test_without_address_or_date_there_is_no_feed(tmp_path: Path) -> None:
    """A feed names itself by its address; and no page announces one that is not there."""
    root = write(tmp_path, PLAIN | {"projects/2024/a.md": project(edition="'2024'")})
    for settings in ({"url": ""}, {"published": ""}):
        assert list(feed_files(deck_at(root, **SETTINGS | settings))) == []
        pages = press_all(root, **SETTINGS | settings)
        assert not [address for address, html in pages.items() if "atom+xml" in html]


def test_pages_announce_their_feeds(tmp_path: Path, feeds: Mapping[str, bytes]) -> None:
    """Home and lists the whole, an edition, union or award its own; every feed is announced, every link leads to one."""
    pages = press_all(with_everything(tmp_path), **SETTINGS)
    announced = set()
    for address, html in pages.items():
        for link in read_markup(html).every("link"):
            if link.attributes.get("rel") == "alternate" and link.attributes["type"] != "application/json":
                target = link.href.replace("../", "").removeprefix("./")
                assert target in feeds or "iiif" in target, (address, link.href)
                announced.add(target)
    assert set(feeds) <= announced
    assert 'href="../../unions/yang-ben-hui/feed.xml"' in pages["unions/yang-ben-hui/"]


def all_outside(deck: Deck, **share: int) -> Iterator[OutputFile]:
    """What is read outside the exhibition's own pages, or a share of it."""
    return chain(identifier_files(deck, **share), gathering_files(deck, **share))


def test_parts_make_the_whole_and_twice_the_same(deck: Deck) -> None:
    """However many workers share the files: the same bytes."""
    whole = {file.address: file.content for file in all_outside(deck)}
    for workers in (2, 3):
        parts = [file for part in range(workers) for file in all_outside(deck, part=part, of=workers)]
        assert len(parts) == len(whole)
        assert {file.address: file.content for file in parts} == whole


# --- calendar --------------------------------------------------------------------------------------------------------


def test_the_calendar_imports_without_a_fault(deck: Deck) -> None:
    """A calendar library reads every component back, with nothing it had to pass over."""
    files = list(calendar_files(deck))
    assert len(files) == 2
    for file in files:
        calendar = Calendar.from_ical(file.content)
        (event,) = calendar.walk("VEVENT")
        assert event.errors == []
        assert (str(event["summary"]), event["dtstart"].dt.isoformat()) == ("样本展览", "2024-05-06")


# --- sitemaps, robots, llms.txt --------------------------------------------------------------------------------------

PAGES = {f"projects/p{at}/": "2025-01-0" + str(at) for at in range(1, 8)} | {"": "", "projects/": ""}


def rows(xml: bytes, tag: str) -> list[tuple[str, str]]:
    """(address, day) of each row."""
    return [
        (row.findtext(f"{_SITEMAPS}loc") or "", row.findtext(f"{_SITEMAPS}lastmod") or "")
        for row in ElementTree.fromstring(xml).iter(f"{_SITEMAPS}{tag}")
    ]


def test_a_long_sitemap_is_split(tmp_path: Path) -> None:
    """An index leads to the parts; together they hold every page once, with the day of its entry."""
    site = Exhibition(url=ADDRESS)
    files = {file.address: file.content for file in sitemap(site, PAGES, most=4)}
    listed = rows(files["sitemap.xml"], "sitemap")
    assert [address for address, _ in listed] == [f"{ADDRESS}sitemap-{number}.xml" for number in (1, 2, 3)]
    parts = [row for address, _ in listed for row in rows(files[address.removeprefix(ADDRESS)], "url")]
    assert dict(parts) == {f"{ADDRESS}{address}": day for address, day in PAGES.items()}
    assert max(len(rows(content, "url")) for content in files.values() if b"urlset" in content) == 4
    assert [day for _, day in listed] == ["2025-01-02", "2025-01-06", "2025-01-07"]


def test_a_short_sitemap_is_one_file() -> None:
    """Up to the number that the protocol allows."""
    files = {file.address: file.content for file in sitemap(Exhibition(url=ADDRESS), PAGES, most=len(PAGES))}
    assert set(files) == {"sitemap.xml", "robots.txt"}
    assert len(rows(files["sitemap.xml"], "url")) == len(PAGES)


def test_robots_may_read_everything_and_find_the_sitemap() -> None:
    """As the reader of the standard library has it."""
    robots = RobotFileParser()
    files = {file.address: file.content.decode() for file in sitemap(Exhibition(url=ADDRESS), PAGES)}
    robots.parse(files["robots.txt"].splitlines())
    assert robots.site_maps() == [f"{ADDRESS}sitemap.xml"]
    assert robots.can_fetch("anybot", f"{ADDRESS}projects/p1/")


def test_llms_txt_says_what_there_is(deck: Deck) -> None:
    """Title, what it is in both languages, lists with their counts; every link is absolute and leads to a page or file."""
    (file,) = llms_files(deck)
    text = file.content.decode()
    assert text.startswith("# 样本网上展\n\n> 样本说明。\n\nAn online exhibition")
    assert f"- [成果]({ADDRESS}projects/)：3 项" in text
    assert "vocabularies/" not in text, "there is no list of them"
    targets = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert all(target.startswith(ADDRESS) for target in targets)
    assert {f"{ADDRESS}feed.xml", f"{ADDRESS}sitemap.xml", f"{ADDRESS}events/calendar.ics"} <= set(targets)
