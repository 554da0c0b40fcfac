"""What was written for re-users comes in; the plan of the page that offers it goes out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Head, Link, PageJob, PagePlan
from site_builder.opendata.columns import Column, columns_of
from site_builder.opendata.database import ADDRESS as DATABASE
from site_builder.opendata.database import METADATA
from site_builder.opendata.datafile import DataFile
from site_builder.opendata.package import ADDRESS as PACKAGE
from site_builder.opendata.package import CHECKSUMS
from site_builder.opendata.sharding import ROOT as INTERFACE
from site_builder.opendata.terms import Licence, licence_of
from site_builder.publish.deck import Deck
from site_builder.publish.linked import dataset_described
from site_builder.publish.takeaway import ROOT, TITLE

_TYPES = MappingProxyType({"string": "文字", "integer": "整数", "number": "数", "boolean": "是否"})
_WORDS = MappingProxyType({"xlsx": "Excel", "csv": "CSV", "json": "JSON", "jsonl": "JSON Lines"})
_NOTES = MappingProxyType(
    {"list": "可以有几项，一行一项", "records": "可以有几项，一行一项", "date": "年、年月或年月日"}
)


@frozen
class Offer:
    """One list in several formats: its name, how much is on it, a link with its size for each format."""

    label: str
    count: str
    files: tuple[Link, ...]


@frozen
class FieldLine:
    """A field as the page explains it."""

    heading: str
    name: str
    type: str
    note: str


@frozen
class DataView:
    """The page of open data."""

    title: str
    lead: str
    licence: Licence
    day: str
    organiser: str
    whole: Offer
    kinds: tuple[Offer, ...]
    editions: tuple[Offer, ...]
    programs: tuple[tuple[Link, str], ...]
    """Link and what it is good for."""
    fields: tuple[tuple[str, tuple[FieldLine, ...]], ...]
    digests: tuple[tuple[str, str, str], ...]
    """Name, size and SHA-256 of the files above."""


def data_job(deck: Deck, made: Iterable[DataFile]) -> PageJob:
    """The page."""
    return PageJob(ROOT, partial(_page, deck, {one.address: one for one in made}))


def _page(deck: Deck, made: Mapping[str, DataFile]) -> PagePlan:
    exhibition = deck.catalogue.exhibition
    lead = f"{exhibition.name}公开的内容，可以整份下载：用表格看，用程序读，也可以放进别的展览。"
    kinds = tuple(_kinds(deck, made))
    whole = _offer("全部条目一览", f"{ROOT}all", made=made, measure=f"{len(deck.cards)} 条")
    view = DataView(
        title=TITLE,
        lead=lead,
        licence=licence_of(exhibition),
        day=exhibition.published[:10],
        organiser=exhibition.organiser,
        whole=whole,
        kinds=kinds,
        editions=tuple(_editions(deck, made)),
        programs=tuple(_programs(made)),
        fields=tuple(_fields(made)),
        digests=tuple(_digests(made)),
    )
    head = Head(TITLE, lead, ROOT, "assets/share.png", column=TITLE)
    plan = PagePlan(ROOT, "data.html", "organisations", head, (Link("首页", ""),), view)
    offers = (whole, *kinds, *view.editions)
    files = [(f"{offer.label}（{link.label}）", link.address or "") for offer in offers for link in offer.files]
    files += [(link.label, link.address or "") for link, _ in view.programs]
    return dataset_described(deck, plan, licence=view.licence.address, files=files)


def _kinds(deck: Deck, made: Mapping[str, DataFile]) -> Iterator[Offer]:
    for kind in KINDS:
        count = len(deck.catalogue.of_kind(kind.name))
        if count and kind.listed:
            yield _offer(kind.label, f"{ROOT}{kind.folder}", made=made, measure=f"{count} {kind.measure}")


def _editions(deck: Deck, made: Mapping[str, DataFile]) -> Iterator[Offer]:
    for key in deck.catalogue.editions:
        entry = deck.catalogue.entries[key]
        stem = f"{ROOT}editions/{entry.id}"
        table = made.get(f"{stem}.csv")
        if table:
            yield _offer(entry.title, stem, made=made, measure=f"{table.said.rows} 项")


def _offer(label: str, stem: str, *, made: Mapping[str, DataFile], measure: str) -> Offer:
    files = tuple(
        Link(words, address, _size(made[address].size))
        for ending, words in _WORDS.items()
        if (address := f"{stem}.{ending}") in made
    )
    return Offer(label, measure, files)


def _programs(made: Mapping[str, DataFile]) -> Iterator[tuple[Link, str]]:
    database = made[DATABASE]
    yield (
        Link("数据包 datapackage.json", PACKAGE),
        "Frictionless 数据包：每种条目一张表，写明每一列的类型和含义，条目之间的关系另有表。别的展览可以用它汇集。",
    )
    yield (
        Link("数据库 exhibition.sqlite", DATABASE, _size(database.size)),
        "SQLite 数据库，表与表之间有外键，可以全文检索。",
    )
    yield Link("数据库说明 metadata.json", METADATA), "给 Datasette 用：表和列的中文名称、许可。"
    yield Link("接口 api/v1/", f"{INTERFACE}index.json"), "由文件组成的只读接口，从这里读起。"
    yield Link("接口说明 openapi.json", f"{INTERFACE}openapi.json"), "OpenAPI 3.1，附每种条目的 JSON Schema。"
    yield Link("校验和 SHA256SUMS", CHECKSUMS), "这里每个文件的 SHA-256，可以用 sha256sum -c 核对。"


def _fields(made: Mapping[str, DataFile]) -> Iterator[tuple[str, tuple[FieldLine, ...]]]:
    """Of each kind the columns that its table has."""
    for kind in KINDS:
        table = made.get(f"{ROOT}{kind.folder}.csv")
        if table and table.said.role == "table":
            columns = {column.heading: column for column in columns_of(kind)}
            shown = (columns[heading] for heading in table.said.headings)
            lines = tuple(FieldLine(one.heading, one.name, _TYPES[one.type], _note(one)) for one in shown)
            yield kind.label, lines


def _note(column: Column) -> str:
    return "；".join(part for part in (column.note, _NOTES.get(column.form, "")) if part)


def _digests(made: Mapping[str, DataFile]) -> Iterator[tuple[str, str, str]]:
    for address, one in sorted(made.items()):
        if one.said.role in {"table", "book", "json", "lines"} or address == DATABASE:
            yield address.removeprefix(ROOT), _size(one.size), one.digest


def _size(size: int) -> str:
    """``512 字节``, ``3.4 KB``, ``12 MB``."""
    if size < 1000:
        return f"{size} 字节"
    number, unit = (size / 1e3, "KB") if size < 1e6 else (size / 1e6, "MB")
    return f"{number:.0f} {unit}" if number >= 10 else f"{number:.1f} {unit}"
