"""The key of an entry of any kind comes in; a row that names it in the same few columns goes out."""

from site_builder.catalogue.honours import Honour
from site_builder.opendata.documents import Archive
from site_builder.opendata.lines import line_of
from site_builder.publish.deck import organisations_named, people_named
from site_builder.sheets.listing import Value

HEADINGS = ("种类", "条目编号", "名称", "单位", "人员", "奖项与荣誉", "年份", "展期", "行业", "地区", "简介", "网址")
NAMES = (
    *("kind", "id", "title", "organisations", "people", "honours", "year", "edition", "industry", "region"),
    *("summary", "address"),
)
"""The same columns in lists for programs."""
_FACETS = ("edition", "industry", "region")
_ORGANISATIONS, _PEOPLE = ("organisation",), ("craftsman",)
Row = tuple[Value, ...]


def overview_row(archive: Archive, key: str) -> Row:
    """One entry in a line; nothing in it that its card or its page does not say."""
    deck = archive.deck
    entry, card = deck.catalogue.entries[key], deck.cards[key]
    facets = deck.catalogue.facets[key]
    honours = deck.catalogue.honours[key] if entry.data.status != "notice" else ()
    edition, industry, region = ((facets.get(name) or (None,))[0] for name in _FACETS)
    return (
        card.kind_label,
        entry.id,
        entry.title,
        "、".join([archive.targets[_ORGANISATIONS][name].title for name in organisations_named(entry)]) or None,
        "、".join([archive.targets[_PEOPLE][name].title for name in people_named(entry)]) or None,
        "；".join(_honour(one) for one in honours) or None,
        card.year,
        edition,
        industry,
        region,
        card.summary or None,
        f"{deck.catalogue.exhibition.url}{card.address}",
    )


def overview_line(row: Row) -> bytes:
    """The same as a line of JSON, the kind by its name in programs."""
    return line_of({name: value for name, value in zip(NAMES, row, strict=True) if value is not None})


def _honour(honour: Honour) -> str:
    year = f"（{honour.year}年）" if honour.year else ""
    return " ".join(word for word in (honour.award, honour.grade or "") if word) + year
