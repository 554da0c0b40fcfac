"""A built site comes in; everything that would break where it stands alone goes out: dead links, files asked of other hosts."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from lxml import html

from site_builder.model.problems import Place, Problem

_LED = frozenset({"a", "area", "meta"})
"""Tags whose links are followed by a visitor, not fetched by the page."""
_FETCHED = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
)
_CSS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')]+)""")
_NO_FILE = frozenset({"data", "mailto", "tel", "javascript", "about", "blob"})
Link = tuple[str, bool]
"""An address as a page writes it, and whether the page fetches it by itself."""


def unsound(site: Path, names: Collection[str]) -> Iterator[Problem]:
    """A problem for each page or sheet with links that lead nowhere or files from elsewhere; ``names`` are the site's files."""
    there = frozenset(names)
    for name in sorted(there):
        links = tuple(_links(site / name))
        dead = [address for address, _ in links if not _leads(address, name, there=there)]
        foreign = [address for address, fetched in links if fetched and _is_foreign(address)]
        if dead:
            yield Problem("unsound-site", Place(name), f"这一页有 {len(dead)} 处链接打不开：{_some(dead)}")
        if foreign:
            yield Problem("unsound-site", Place(name), f"这一页要从别的网站取文件：{_some(foreign)}")


def _some(addresses: list[str]) -> str:
    return "、".join(list(dict.fromkeys(addresses))[:3])


def _links(path: Path) -> Iterator[Link]:
    if path.suffix == ".css":
        for found in _CSS.findall(path.read_text(encoding="utf-8")):
            yield found, True
    if path.suffix == ".html":
        yield from _links_of_page(html.document_fromstring(path.read_bytes()))


def _links_of_page(page: html.HtmlElement) -> Iterator[Link]:
    for element, attribute, address, _ in page.iterlinks():
        tag = str(element.tag)
        if attribute == "xmlns" or (tag == "link" and not _FETCHED & set((element.get("rel") or "").split())):
            continue
        yield str(address), tag not in _LED
    for element in page.iter():
        for one in (element.get("srcset") or "").split(", "):
            if one.strip():
                yield one.strip().split(" ")[0], True


def _is_foreign(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or (bool(parts.scheme) and parts.scheme not in _NO_FILE)


def _leads(address: str, name: str, *, there: frozenset[str]) -> bool:
    """Whether an address within the site leads to a file of it; those that lead outside are not asked."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme or parts.netloc or not parts.path:
        return True
    if parts.path.startswith("/"):
        return False
    path = normpath(f"{dirname(name)}/{unquote(parts.path)}".lstrip("/"))
    return path in there or normpath(f"{path}/index.html") in there
