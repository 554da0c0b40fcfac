"""A page plan comes in; what machines read in its head (JSON-LD of schema.org, Dublin Core, feeds) goes out with it."""

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

from pydantic_core import to_json

from site_builder.catalogue.addresses import identifier_address
from site_builder.model.crosswalk import DUBLIN, is_said_of_page
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import Head, Link, PagePlan, varied
from site_builder.model.views import AwardView, EditionView, EntryView, HomeView, ListView, SearchView
from site_builder.publish.citations import house_of
from site_builder.publish.deck import Deck
from site_builder.publish.feeds import feed_of, whole_feed
from site_builder.publish.itemlists import item_list
from site_builder.publish.statements import Node, Statements, statements_of

CONTEXT = "https://schema.org"
LANGUAGE = "zh-CN"
_WEBSITE = "#website"
_ESCAPED = tuple((char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029")
_MEDIA_TYPES = MappingProxyType(
    {
        "csv": "text/csv",
        "json": "application/json",
        "jsonl": "application/jsonl",
        "sqlite": "application/vnd.sqlite3",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
_PROFILED = frozenset({"Person", "Organization", "WorkersUnion"})


def described(deck: Deck, plan: PagePlan) -> PagePlan:
    """The same plan, its head ready for machines; a page that nobody may index says nothing."""
    if not plan.head.indexed:
        return plan
    view = plan.view
    if isinstance(view, (EntryView, EditionView)):
        head = entry_described(deck, deck.catalogue.entries[view.card.key], head=plan.head, crumbs=plan.crumbs)
    elif isinstance(view, AwardView):
        head = entry_described(deck, deck.catalogue.entries[view.entry.card.key], head=plan.head, crumbs=plan.crumbs)
    elif isinstance(view, HomeView):
        head = varied(plan.head, linked=_text(_home(deck, plan.head)), feeds=whole_feed(deck))
    else:
        main = item_list(deck, view)
        kind = "SearchResultsPage" if isinstance(view, SearchView) else "CollectionPage" if main else "WebPage"
        linked = _page(deck, plan.head, crumbs=plan.crumbs, kind=kind) | ({"mainEntity": main} if main else {})
        head = varied(plan.head, linked=_text(linked), feeds=whole_feed(deck) if isinstance(view, ListView) else ())
    return varied(plan, head=head)


def entry_described(deck: Deck, entry: Entry, *, head: Head, crumbs: Sequence[Link]) -> Head:
    """The head of an entry's page."""
    said = statements_of(deck, entry)
    kind = _type_of(entry)
    page_kind = "ProfilePage" if kind in _PROFILED else "CollectionPage" if entry.kind == "edition" else "ItemPage"
    page, main = _page(deck, head, crumbs=crumbs, kind=page_kind), _thing(deck, entry, kind=kind)
    for name, values in said.items():
        (page if is_said_of_page(kind, name) else main)[name] = values[0] if len(values) == 1 else values
    page["mainEntity"] = (_online(deck, head) if entry.kind == "edition" else {}) | main
    return varied(head, linked=_text(page), dublin=dublin_core(deck, entry, said=said), feeds=feed_of(deck, entry))


def written_described(deck: Deck, head: Head) -> Head:
    """The head of a page that an editor wrote."""
    page = _page(deck, head, crumbs=(Link("首页", ""),), kind="AboutPage" if head.address == "about/" else "WebPage")
    return varied(head, linked=_text(page | {"description": head.description} if head.description else page))


def dataset_described(deck: Deck, plan: PagePlan, *, licence: str, files: Iterable[tuple[str, str]]) -> PagePlan:
    """The plan of the page of downloads; ``files`` are (name, address), ``licence`` an address or empty."""
    site, head = deck.catalogue.exhibition, plan.head
    named: dict[str, Node] = {"@type": "Dataset", "name": f"{site.name}：{head.title}", "description": head.description}
    named |= {"url": f"{site.url}{head.address}"} if site.url else {}
    named |= {"license": licence} if licence else {}
    named |= {"dateModified": site.published[:10]} if site.published else {}
    named |= {"inLanguage": LANGUAGE, "isAccessibleForFree": True}
    named["publisher"] = {"@type": "Organization", "name": house_of(deck)}
    named["distribution"] = [_download(site, name, address=address) for name, address in files]
    page = _page(deck, head, crumbs=plan.crumbs, kind="WebPage") | {"mainEntity": named}
    return varied(plan, head=varied(head, linked=_text(page), feeds=whole_feed(deck)))


def _download(site: Exhibition, name: str, *, address: str) -> Node:
    kind = _MEDIA_TYPES.get(address.rpartition(".")[2], "application/octet-stream")
    where = {"contentUrl": f"{site.url}{address}"} if site.url else {}
    return {"@type": "DataDownload", "name": name, "encodingFormat": kind} | where


def dublin_core(deck: Deck, entry: Entry, *, said: Statements) -> tuple[tuple[str, str], ...]:
    """(element, words) of the Dublin Core set 1.1 for an entry, by the crosswalk; each pair once, in a fixed order."""
    url = deck.catalogue.exhibition.url
    pairs = [
        (DUBLIN[name], value["name"] if isinstance(value, dict) else str(value))
        for name, values in said.items()
        if name in DUBLIN
        for value in values
    ]
    pairs += [("publisher", house_of(deck)), ("type", "Event" if "Event" in _type_of(entry) else "Text")]
    pairs += [("format", "text/html"), ("language", LANGUAGE)]
    pairs += [("identifier", f"{url}{identifier_address(entry)}")] if url else []
    return tuple(dict.fromkeys(pairs))


def _type_of(entry: Entry) -> str:
    shown = entry.kind == "event" and entry.data.kind == "展览"
    return "ExhibitionEvent" if shown else entry.described.schema


def _thing(deck: Deck, entry: Entry, *, kind: str) -> dict[str, Any]:
    site = deck.catalogue.exhibition.url
    own = {"@id": f"{site}{identifier_address(entry)}", "url": f"{site}{deck.cards[entry.key].address}"} if site else {}
    return {"@type": kind} | own


def _online(deck: Deck, head: Head) -> dict[str, Node]:
    """An edition takes place where it is read; the exhibition's organiser holds it unless it names another."""
    site = deck.catalogue.exhibition
    found: dict[str, Node] = {"eventAttendanceMode": f"{CONTEXT}/OnlineEventAttendanceMode"}
    if site.organiser:
        found["organizer"] = {"@type": "Organization", "name": site.organiser}
    if site.url:
        found["location"] = {"@type": "VirtualLocation", "url": f"{site.url}{head.address}"}
    return found


def _page(deck: Deck, head: Head, *, crumbs: Sequence[Link], kind: str) -> dict[str, Any]:
    site = deck.catalogue.exhibition
    page: dict[str, Any] = {"@context": CONTEXT, "@type": kind}
    if site.url:
        page["@id"] = f"{site.url}{head.address}"
    page |= {"name": head.title, "inLanguage": LANGUAGE, "isPartOf": _site(site)}
    if site.url and head.image:
        page["thumbnailUrl"] = f"{site.url}{head.image}"
    if crumbs:
        page["breadcrumb"] = _breadcrumbs(site, (*crumbs, Link(head.title, head.address)))
    return page


def _site(site: Exhibition) -> dict[str, Any]:
    own = {"@id": f"{site.url}{_WEBSITE}"} if site.url else {}
    return {"@type": "WebSite", "name": site.name} | own


def _breadcrumbs(site: Exhibition, crumbs: Iterable[Link]) -> dict[str, Any]:
    items = []
    for position, crumb in enumerate(crumbs, 1):
        item: dict[str, Any] = {"@type": "ListItem", "position": position, "name": crumb.label}
        if site.url and crumb.address is not None:
            item["item"] = f"{site.url}{crumb.address}"
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _home(deck: Deck, head: Head) -> dict[str, Any]:
    site = deck.catalogue.exhibition
    url = {"url": site.url} if site.url else {}
    node = {"@context": CONTEXT} | _site(site) | url | {"inLanguage": LANGUAGE, "description": head.description}
    if site.short_name != site.name:
        node["alternateName"] = site.short_name
    node["publisher"] = {"@type": "Organization", "name": house_of(deck)}
    if site.url:
        target = {"@type": "EntryPoint", "urlTemplate": f"{site.url}search/?q={{q}}"}
        node["potentialAction"] = {"@type": "SearchAction", "target": target, "query-input": "required name=q"}
    return node


def _text(node: dict[str, Any]) -> str:
    """JSON that ends no script element and is valid inside any (``<``, ``&``, U+2028)."""
    text = to_json(node).decode()
    for char, escaped in _ESCAPED:
        if char in text:  # told in a tenth of the time
            text = text.replace(char, escaped)
    return text
