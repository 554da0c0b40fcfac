"""What is said of the pages in the sitemap, in the search index and in the pages themselves comes in; where they disagree goes out."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from typing import Any

from site_builder.audit.places import HOME, NOWHERE, Site
from site_builder.audit.reading import Page
from site_builder.catalogue.addresses import RESERVED
from site_builder.model.kinds import KINDS
from site_builder.model.problems import Place, Problem

_LOC = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")
_SITEMAP = re.compile(r"^sitemap[^/]*\.xml$")
_RECORD = re.compile(r"^search/v\d+/d/.*\.js$")
_MANIFEST = re.compile(r"^search/v\d+/manifest\.js$")
_ENTRY = re.compile(rf"^({'|'.join(kind.folder for kind in KINDS if kind.listed)})/([a-z0-9-]+)/index\.html$")


def sitemap_faults(site: Site, indexed: Collection[str]) -> Iterator[Problem]:
    """Pages that search engines are not told of, and addresses they are told of in vain."""
    if not site.url:
        return
    listed: set[str] = set()
    for name in (name for name in site.names if _SITEMAP.match(name)):
        for address in map(unescape, _LOC.findall(site.read(name).decode("utf-8", "replace"))):
            target = site.led(address, at=HOME)[0] if site.is_own(address) else NOWHERE
            listed.add(target)
            if target is NOWHERE or (target.endswith(".html") and target not in indexed):
                yield Problem("sitemap", Place(name), f"站点地图里的地址没有可收录的网页：{address}")
    for name in sorted(set(indexed) - listed):
        yield Problem("sitemap", Place(name), "站点地图里没有这一页")


def canonical_faults(pages: Iterable[Page], site: Site) -> Iterator[Problem]:
    """Pages for visitors that do not name their own address as theirs."""
    for page in pages if site.url else ():
        own = f"{site.url}{page.name.removesuffix(HOME)}"
        if page.canonical != (own,):
            said = "、".join(page.canonical) or "没有"
            yield Problem("sitemap", Place(page.name), f"页里写的正式地址（canonical）是 {said}，应当是 {own}")


def search_faults(site: Site, indexed: Iterable[str]) -> Iterator[Problem]:
    """Entries that the search does not find, and records that lead nowhere."""
    manifest = next((name for name in site.names if _MANIFEST.match(name)), "")
    if not manifest:
        return
    folders = [kind[3] for kind in _handed_over(site, manifest)["kinds"]]
    found: set[str] = set()
    for name in sorted(name for name in site.names if _RECORD.match(name)):
        record = _handed_over(site, name)
        page = f"{folders[record[2]]}/{record[0]}/{HOME}"
        found.add(page)
        if page not in site.names:
            yield Problem("search-page", Place(name), f"检索会指到没有的网页：{page}")
    for name in indexed:
        if _ENTRY.match(name) and name not in found and name.removesuffix(HOME) not in RESERVED:
            yield Problem("search-page", Place(name), "检索里没有这一页")


def _handed_over(site: Site, name: str) -> Any:
    """What a script of the index hands over to the search (docs/search.md)."""
    text = site.read(name).decode()
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])
