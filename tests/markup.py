"""Reads rendered pages with the parser of the standard library, and finds links of a site that lead nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
ADDRESSED = ("href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href", "background", "cite")
"""Attributes by which a page can name another address."""
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


@dataclass(frozen=True)
class Node:
    """One element of a page with everything inside it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Node | str] = field(default_factory=list, repr=False)

    def every(self, *tags: str, css: str = "", having: str = "") -> Iterator[Node]:
        """All elements below this one, in order: of these tags, with this class, with this attribute."""
        for part in self.inside:
            if isinstance(part, Node):
                classes = part.attributes.get("class", "").split()
                if (
                    (not tags or part.tag in tags)
                    and (not css or css in classes)
                    and (not having or having in part.attributes)
                ):
                    yield part
                # what a template holds is not on the page: scripts clone it
                if part.tag != "template":
                    yield from part.every(*tags, css=css, having=having)

    def first(self, *tags: str, css: str = "", having: str = "") -> Node:
        """The first such element; a page without one is a fault."""
        found = next(self.every(*tags, css=css, having=having), None)
        assert found is not None, f"no <{'|'.join(tags)}> {css} {having} in: {self.text[:300]}"
        return found

    @property
    def text(self) -> str:
        """The words inside, without those of scripts and styles; a word per element, so that nothing runs together."""
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            elif part.tag not in {"script", "style", "template"}:
                yield from part._words()

    @property
    def href(self) -> str:
        """Where the element leads."""
        return self.attributes.get("href", "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#page", {})
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"line {self.getpos()[0]}: <{tag}> has an attribute twice")
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes <{self.open[-1].tag}>")

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_markup(html: str) -> Node:
    """The page as a tree; tags that are not closed in order are a fault of the page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = [*reader.faults, *(f"<{node.tag}> is not closed" for node in reader.open[1:])]
    assert not faults, "\n".join([*faults[:5], html[:200]])
    return reader.root


def addresses_in(node: Node) -> Iterator[tuple[Node, str]]:
    """Every address that a page names, with the element that names it."""
    for part in node.every():
        for name in ADDRESSED:
            if name in part.attributes:
                values = part.attributes[name].split(",") if name == "srcset" else [part.attributes[name]]
                yield from (
                    (part, value.split()[0] if name == "srcset" and value.split() else value) for value in values
                )
        if part.tag == "meta" and part.attributes.get("http-equiv", "").lower() == "refresh":
            yield part, part.attributes["content"].partition("url=")[2]


def addresses_in_css(text: str) -> list[str]:
    """Every address that a style sheet names."""
    return [first or second for first, second in _CSS_URL.findall(text)]


def pages_of(site: Path) -> dict[str, Node]:
    """Address (``projects/x/``) → page, of a whole built site."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        found[address.removesuffix("index.html")] = read_markup(path.read_text(encoding="utf-8"))
    return found


def dead_links(site: Path, pages: dict[str, Node]) -> list[str]:
    """Internal links, anchors and files that are not there; the missing page's links begin at the root."""
    ids = {address: {part.attributes["id"] for part in page.every(having="id")} for address, page in pages.items()}
    faults = []
    for address, page in pages.items():
        for part, target in addresses_in(page):
            fault = _fault(site, address, target=target, ids=ids)
            if fault:
                faults.append(f"/{address}: <{part.tag}> {target}: {fault}")
    for sheet in sorted(site.rglob("*.css")):
        here = sheet.relative_to(site).as_posix()
        for target in addresses_in_css(sheet.read_text(encoding="utf-8")):
            fault = "" if target.startswith("data:") else _fault(site, here, target=target, ids=ids)
            if fault:
                faults.append(f"/{here}: {target}: {fault}")
    return faults


def _fault(site: Path, here: str, *, target: str, ids: dict[str, set[str]]) -> str:
    if not target:
        return "empty"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return ""
    found = _resolved(here, unquote(parts.path))
    if found is None:
        return "above the site"
    if (site / found).is_dir():
        if found and parts.path and not parts.path.endswith(("/", "..", ".")):
            return "a folder without its closing slash"
        found = f"{found}/" if found else ""
    fault = "" if (site / found / "index.html").is_file() or (site / found).is_file() else "not there"
    lacks_anchor = parts.fragment and unquote(parts.fragment) not in ids.get(found, set())
    return fault or ("no such anchor" if lacks_anchor else "")


def _resolved(here: str, path: str) -> str | None:
    """Where a path leads from a page, without slashes at the ends; None above the site."""
    folder = "" if path.startswith("/") else here.rpartition("/")[0]
    steps: list[str] = []
    for step in (f"{folder}/{path}" if path else here).split("/"):
        if step == ".." and not steps:
            return None
        if step == "..":
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
