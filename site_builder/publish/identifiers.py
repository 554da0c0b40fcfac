"""A deck comes in; a small page at the permanent identifier of every entry, leading to where the entry is, goes out."""

from collections.abc import Iterator
from html import escape
from itertools import islice

from site_builder.catalogue.addresses import IDENTIFIERS, address_of, former_addresses, identifier_address
from site_builder.model.entry import Entry
from site_builder.model.pages import OutputFile
from site_builder.publish.deck import Deck

_PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}"><meta http-equiv="refresh" content="0; url={page}">
<body><h1>现在的页面：<a href="{page}">{title}</a></h1></body></html>
"""
"""No frame, style or script: half a kilobyte for each entry, for there are as many as entries."""


def identifier_files(deck: Deck, *, part: int = 0, of: int = 1) -> Iterator[OutputFile]:
    """The pages of every ``of``-th entry from ``part`` on; the ids it had before lead there, too."""
    for key in islice(deck.catalogue.entries, part, None, of):
        yield from _pages(deck, deck.catalogue.entries[key])


def identifier_file_at(deck: Deck, address: str) -> OutputFile | None:
    """The page at one address; None where no entry has it, or had."""
    kind = address.removeprefix(IDENTIFIERS).partition("/")[0]
    entries = (entry for entry in deck.catalogue.entries.values() if entry.kind == kind)
    files = (file for entry in entries for file in _pages(deck, entry))
    return next((file for file in files if file.address == f"{address}index.html"), None)


def _pages(deck: Deck, entry: Entry) -> Iterator[OutputFile]:
    page = address_of(entry)
    title = escape(entry.title)
    own = identifier_address(entry)
    folder = f"{entry.described.folder}/"
    former = (former.removeprefix(folder).strip("/") for former in former_addresses(entry) if former.startswith(folder))
    addresses = (own, *(f"{IDENTIFIERS}{entry.kind}/{name}/" for name in former if "/" not in name))
    for address in addresses if entry.data.aliases else (own,):
        base = "../" * address.count("/")
        canonical = f"{deck.catalogue.exhibition.url}{page}" if deck.catalogue.exhibition.url else f"{base}{page}"
        text = _PAGE.format(title=title, canonical=canonical, page=f"{base}{page}")
        yield OutputFile(f"{address}index.html", text.encode())
