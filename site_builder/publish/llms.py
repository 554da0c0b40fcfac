"""A deck comes in; llms.txt goes out: what the exhibition is and where its parts and data are, for language models."""

from collections.abc import Iterator

from site_builder.model.kinds import KINDS
from site_builder.model.pages import OutputFile
from site_builder.publish.agenda import CALENDAR, dated
from site_builder.publish.deck import Deck
from site_builder.publish.feeds import whole_feed
from site_builder.publish.iiif import COLLECTION, has_manifest, pictured
from site_builder.publish.takeaway import ROOT, TITLE

_ENGLISH = (
    "An online exhibition of workers' technical innovation results in China: award-winning projects, working methods, "
    "craftsmen, innovation studios, awards. Every entry is a static page with JSON-LD (schema.org) and Dublin Core in its "
    "head; nothing needs a script to be read. Please cite entries by their permanent address under id/."
)


def llms_files(deck: Deck) -> Iterator[OutputFile]:
    """Markdown by the proposal of llmstxt.org."""
    yield OutputFile("llms.txt", ("\n".join(_lines(deck)) + "\n").encode())


def _lines(deck: Deck) -> Iterator[str]:
    site = deck.catalogue.exhibition
    yield from (f"# {site.name}", "", f"> {site.description or site.slogan or site.name}", "", _ENGLISH, "")
    if site.organiser:
        yield from (f"主办：{site.organiser}。", "")
    if site.demonstration:
        yield from ("本站为演示展，内容据公开报道汇编，并非主管单位发布。", "")
    yield from ("## 展期", "")
    for key in deck.catalogue.editions:
        yield _line(deck, (deck.cards[key].title, deck.cards[key].address, deck.cards[key].by))
    yield from ("", "## 栏目", "")
    for kind in KINDS:
        count = len(deck.catalogue.of_kind(kind.name))
        if kind.listed and count:
            yield _line(deck, (kind.label, f"{kind.folder}/", f"{count} {kind.measure}"))
    yield from ("", "## 数据", "", *(_line(deck, row) for row in _data(deck)))


def _data(deck: Deck) -> Iterator[tuple[str, str, str]]:
    if deck.catalogue.exhibition.open_data:
        yield TITLE, ROOT, "下载：表格、数据包、数据库；按文件读的接口 (downloads, data package, database, API)"
    yield "网站地图", "sitemap.xml", "全部页面的地址"
    for feed in whole_feed(deck):
        yield feed.title, f"{feed.stem}.xml", "Atom，最新的展品"
        yield feed.title, f"{feed.stem}.json", "JSON Feed"
    if dated(deck):
        yield "活动日历", CALENDAR, "iCalendar"
    if any(has_manifest(deck, deck.catalogue.entries[key]) for key in pictured(deck)):
        yield "IIIF 图片", COLLECTION, "IIIF Presentation 3"


def _line(deck: Deck, row: tuple[str, str, str]) -> str:
    title, address, words = row
    return f"- [{title}]({deck.catalogue.exhibition.url}{address})" + (f"：{words}" if words else "")
