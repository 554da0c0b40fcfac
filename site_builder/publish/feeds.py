"""A deck comes in; feeds of new entries (Atom, JSON Feed) go out: of all, and of each edition, union and award."""

import json
from collections.abc import Iterable, Iterator
from heapq import nlargest
from html import escape
from typing import Any

from site_builder.catalogue.addresses import address_of, identifier_address
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import FeedLink, OutputFile
from site_builder.publish.citations import authors_of, house_of
from site_builder.publish.deck import Deck
from site_builder.publish.halls import results_of

NEWEST = 50
"""Entries of a feed; readers ask for it again and again."""
NEW_KINDS = ("project", "method", "craftsman", "studio", "base", "team", "event", "story")
"""Kinds that a visitor would want to hear of."""
FED_KINDS = ("edition", "union", "award")
"""Kinds that have a feed of their own."""
JSON_FEED = "https://jsonfeed.org/version/1.1"
_FEED = "feed"


@frozen
class _Item:
    """One entry in both formats."""

    moment: str
    atom: str
    json: dict[str, Any]


def feed_files(deck: Deck, *, part: int = 0, of: int = 1) -> Iterator[OutputFile]:
    """Every ``of``-th feed from ``part`` on; none where the site's own address is not known or no entry has a date."""
    kept: dict[str, _Item] = {}
    fed = deck.catalogue.of_kind(*FED_KINDS)
    for key in (None, *fed)[part::of] if whole_feed(deck) else ():
        link, keys = _feed(deck, deck.catalogue.entries[key]) if key else _whole(deck)
        if not keys:
            continue
        items = [kept.get(one) or kept.setdefault(one, _item(deck, one)) for one in keys]
        yield OutputFile(f"{link.stem}.xml", _atom(deck, link, items=items).encode())
        yield OutputFile(f"{link.stem}.json", _json_feed(deck, link, items=items).encode())


def feed_of(deck: Deck, entry: Entry) -> tuple[FeedLink, ...]:
    """The feed that an entry's page announces; most have none."""
    if entry.kind not in FED_KINDS or not deck.catalogue.exhibition.url:
        return ()
    return (_link_of(entry),) if any(_is_dated(deck, _fed(deck, entry))) else ()


def whole_feed(deck: Deck) -> tuple[FeedLink, ...]:
    """The feed of all new entries, where there is one."""
    link = FeedLink(f"{deck.catalogue.exhibition.name}：新展品", _FEED)
    # asked by every list, and the first entry answers: no list of all is made for it, nor is any order asked for
    keys = (key for key in deck.catalogue.entries if key.partition("/")[0] in NEW_KINDS)
    return (link,) if deck.catalogue.exhibition.url and any(_is_dated(deck, keys)) else ()


def _whole(deck: Deck) -> tuple[FeedLink, tuple[str, ...]]:
    return whole_feed(deck)[0], _newest(deck, deck.catalogue.of_kind(*NEW_KINDS))


def _feed(deck: Deck, entry: Entry) -> tuple[FeedLink, tuple[str, ...]]:
    keys = _newest(deck, _fed(deck, entry)) if deck.catalogue.exhibition.url else ()
    return _link_of(entry), keys


def _link_of(entry: Entry) -> FeedLink:
    return FeedLink(f"{entry.title}：新展品", f"{address_of(entry)}{_FEED}")


def _fed(deck: Deck, entry: Entry) -> tuple[str, ...]:
    if entry.kind == "edition":
        return results_of(deck.catalogue, entry)
    return deck.catalogue.sources_of(entry.key, NEW_KINDS)


def _is_dated(deck: Deck, keys: Iterable[str]) -> Iterator[bool]:
    return (bool(outline[0]) for key in keys if (outline := deck.outlines.get(key)))


def _newest(deck: Deck, keys: Iterable[str]) -> tuple[str, ...]:
    """By the day an entry was last said, then by what it is about, then as lists have it."""
    outlines = ((key, outline) for key in keys if (outline := deck.outlines.get(key)))
    dated = [(moment, own, -at, key) for at, (key, (moment, own, *_)) in enumerate(outlines) if moment]
    return tuple([key for *_, key in nlargest(NEWEST, dated)])


def _item(deck: Deck, key: str) -> _Item:
    entry, card, site = deck.catalogue.entries[key], deck.cards[key], deck.catalogue.exhibition
    names = authors_of(deck, entry)
    uri, page, moment = f"{site.url}{identifier_address(entry)}", f"{site.url}{card.address}", deck.outlines[key][0]
    words = card.summary or "，".join(word for word in (card.title, card.by, card.meta) if word)
    tags = (card.kind_label, *entry.data.tags)
    people = "".join(f"<author><name>{escape(name)}</name></author>" for name in names)
    categories = "".join(f'<category term="{escape(tag)}"/>' for tag in tags)
    atom = (
        f"<entry><id>{escape(uri)}</id><title>{escape(card.title)}</title><published>{moment}</published>"
        f'<updated>{moment}</updated><link rel="alternate" type="text/html" href="{escape(page)}"/>'
        f"{people}{categories}<summary>{escape(words)}</summary></entry>\n"
    )
    item: dict[str, Any] = {"id": uri, "url": page, "title": card.title, "content_text": words}
    item |= {"date_published": moment, "date_modified": moment, "tags": list(tags)}
    return _Item(moment, atom, item | ({"authors": [{"name": name} for name in names]} if names else {}))


def _page_of(deck: Deck, link: FeedLink) -> str:
    return f"{deck.catalogue.exhibition.url}{link.stem.removesuffix(_FEED)}"


def _atom(deck: Deck, link: FeedLink, *, items: list[_Item]) -> str:
    site = deck.catalogue.exhibition
    own, page = f"{site.url}{link.stem}.xml", _page_of(deck, link)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"<id>{escape(own)}</id><title>{escape(link.title)}</title>"
        f"<updated>{max(item.moment for item in items)}</updated><author><name>{escape(house_of(deck))}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>'
        f'<link rel="alternate" type="text/html" href="{escape(page)}"/>\n'
        f"{''.join(item.atom for item in items)}</feed>\n"
    )


def _json_feed(deck: Deck, link: FeedLink, *, items: list[_Item]) -> str:
    site = deck.catalogue.exhibition
    feed = {"version": JSON_FEED, "title": link.title, "home_page_url": _page_of(deck, link)}
    feed |= {"feed_url": f"{site.url}{link.stem}.json", "language": "zh-CN"}
    whole = feed | {"authors": [{"name": house_of(deck)}], "items": [item.json for item in items]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
