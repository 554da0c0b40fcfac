"""An entry comes in; the plan of its own page goes out: view, head, crumbs and turning."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from site_builder.catalogue.addresses import address_of
from site_builder.model.entry import Entry
from site_builder.model.kinds import kind_named
from site_builder.model.pages import Card, Head, Image, Link, PageJob, PagePlan, Turning
from site_builder.model.views import EntryView, Moved
from site_builder.model.wording import period_words
from site_builder.publish.agenda import calendar_address, has_day
from site_builder.publish.cards import shared
from site_builder.publish.citations import citation_of
from site_builder.publish.deck import RESULTS, SPACE, Deck, bare_card, people_named
from site_builder.publish.facts import facts_of, figures_of, honour_lines, sections_of, source_lines
from site_builder.publish.gallery import hung, papers_of, recordings_of
from site_builder.publish.iiif import manifest_address, painted
from site_builder.publish.particulars import part_of
from site_builder.publish.related import PEOPLE, own_groups, related_groups
from site_builder.publish.scopes import scope_of_house
from site_builder.publish.timeline import results_about, timeline_of
from site_builder.publish.walks import Hook, walks_of

GONE = "这一条目已应要求撤下，地址保留。"
HOUSES = frozenset({"organisation", "union"})
"""Kinds whose pages can be narrowed."""


def entry_plan(deck: Deck, entry: Entry, *, hooks: tuple[Hook, ...] = ()) -> PagePlan:
    """The plan of one entry's page; ``hooks`` are its places in halls."""
    return PagePlan(
        address=address_of(entry),
        template=f"{entry.kind}.html" if entry.data.status != "withdrawn" else "withdrawn.html",
        section=entry.described.section,
        head=entry_head(deck, entry),
        crumbs=crumbs_of(deck, entry),
        view=entry_view(deck, entry, hooks=hooks),
    )


def moved_jobs(deck: Deck, key: str) -> Iterator[PageJob]:
    """Pages at the addresses an entry had before."""
    for address in deck.catalogue.moved.get(key, ()):
        yield PageJob(address, partial(_moved, deck, key, address=address))


def _moved(deck: Deck, key: str, *, address: str) -> PagePlan:
    entry = deck.catalogue.entries[key]
    head = Head(f"{entry.title}（地址已更改）", f"“{entry.title}”的新地址", address, "", indexed=False)
    return PagePlan(
        address, "moved.html", entry.described.section, head, (), Moved(Link(entry.title, address_of(entry)))
    )


def entry_view(deck: Deck, entry: Entry, *, hooks: tuple[Hook, ...] = (), grouped: bool = True) -> EntryView:
    """Everything the page of an entry shows, but for related entries unless ``grouped``; a withdrawn one shows that it is."""
    data = entry.data
    card = deck.cards.get(entry.key)
    if card is None:
        return EntryView(bare_card(entry), "", (), (), (), (), "", None, (), (), (), (), (), None, withdrawn=True)
    pictures = deck.pictures_of(entry)
    front, gallery = hung(pictures)
    own = own_groups(deck, entry) if grouped else ()
    results = results_about(deck, entry)
    return EntryView(
        card=card,
        kicker=SPACE.join(filter(None, (_kind_words(entry), _year_or_region(entry, card)))),
        honours=honour_lines(deck, entry),
        facts=facts_of(deck, entry),
        figures=figures_of(entry),
        sections=sections_of(entry),
        body=entry.body,
        data=data,
        pictures=pictures,
        people=_people(deck, entry),
        timeline=timeline_of(deck, entry, results=results),
        groups=(*own, *related_groups(deck, entry, shown=own)) if grouped else (),
        sources=source_lines(deck, data.sources),
        turning=turning_of(deck, entry),
        front=front,
        gallery=gallery,
        recordings=recordings_of(deck, entry),
        papers=papers_of(deck, entry),
        manifest=manifest_address(entry) if deck.catalogue.exhibition.url and painted(pictures) else "",
        notice=_notice_words(data),
        scope=scope_of_house(deck, entry) if entry.kind in HOUSES else "",
        downloads=_downloads(entry),
        part=part_of(deck, entry, results=results),
        walks=walks_of(deck, hooks),
        citation=citation_of(deck, entry),
    )


def _kind_words(entry: Entry) -> str:
    types = entry.get("result_types")
    return types[0] if types and entry.kind == "project" else entry.get("type") or entry.described.label


def _year_or_region(entry: Entry, card: Card) -> str:
    if entry.kind in RESULTS:
        return str(card.year or "")
    return entry.get("region") or ""


def _downloads(entry: Entry) -> tuple[Link, ...]:
    day = entry.kind == "event" and has_day(entry)
    return (Link("加入日历", calendar_address(entry), "日历文件（ics）"),) if day else ()


def _notice_words(data: Any) -> str:
    if data.status != "notice":
        return ""
    return f"公示中：{period_words(data.notice.start, data.notice.end)}" if data.notice else "公示中"


def _people(deck: Deck, entry: Entry) -> tuple[Card, ...]:
    if entry.kind not in RESULTS:
        return ()
    return deck.deal([key for name in people_named(entry) if (key := deck.followed(PEOPLE, name)[0])])


def entry_head(deck: Deck, entry: Entry) -> Head:
    """Title, description and the meta names of an article (standards §2)."""
    card = deck.cards.get(entry.key)
    sharing = shared(deck, entry)
    outlets = [source.outlet for source in entry.data.sources if source.outlet]
    published = entry.data.updated if len(entry.data.updated or "") == 10 else deck.catalogue.exhibition.published
    return Head(
        title=entry.title,
        description=_description(card) if card else GONE,
        address=address_of(entry),
        image=(sharing.card if sharing else _share_image(card.picture)) if card else "",
        square=sharing.square if sharing else "",
        poster=sharing.poster if sharing else "",
        keywords=tuple(dict.fromkeys((*entry.data.tags, *filter(None, (entry.get("industry"), entry.get("region")))))),
        type="article",
        column=entry.described.label,
        published=f"{published} 00:00" if published else "",
        source=outlets[0] if outlets else deck.catalogue.exhibition.organiser or deck.catalogue.exhibition.name,
        indexed=card is not None,
    )


def _share_image(picture: Image | None) -> str:
    return picture.address if picture else "assets/share.png"


def _description(card: Card) -> str:
    """The summary, or title, organisation and honour in one sentence; at most 120 characters."""
    parts = (card.title, card.by, card.people, card.meta.replace(SPACE, ""))
    words = card.summary or f"{'，'.join(filter(None, parts))}。"
    return words if len(words) <= 120 else f"{words[:119]}…"


def crumbs_of(deck: Deck, entry: Entry) -> tuple[Link, ...]:
    """首页 › list (› edition); the page itself is not a crumb."""
    edition = entry.get("edition")
    crumbs = [Link("首页", ""), Link(entry.described.label, f"{entry.described.folder}/")]
    if edition:
        crumbs.append(deck.link(("edition",), edition))
    return tuple(crumbs)


def turning_of(deck: Deck, entry: Entry) -> Turning | None:
    """Previous and next: a result within its edition, all others within the list of their kind."""
    catalogue = deck.catalogue
    facets = catalogue.facets[entry.key]
    editions = facets.get("edition", ())
    group = ("edition", editions[0]) if entry.kind in RESULTS and editions else ("entry_kind", entry.described.label)
    at, count, *beside = catalogue.turns[group][entry.key]
    if count < 2:
        return None
    where = (
        deck.link(("edition",), entry.data.edition)
        if group[0] == "edition"
        else Link(entry.described.label, f"{kind_named(entry.kind).folder}/")
    )
    before, after = (deck.link_to(key) if key else None for key in beside)
    return Turning(where, at + 1, count, before, after)
