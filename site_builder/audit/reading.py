"""The bytes of a page come in; all that the audit asks of it goes out, read once, as browsers read it."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from site_builder.model.frozen import frozen

FETCHED = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
)
"""Relations of a ``<link>`` that a browser follows by itself."""
_LEADING = MappingProxyType({"a": "href", "area": "href", "form": "action", "button": "formaction"})
TOLD = frozenset({"og:image", "og:url", "og:video", "twitter:image"})
"""Properties of a ``<meta>`` whose content is an address."""
_WORDS = frozenset({"alt", "title", "aria-label", "placeholder", "value"})
_HEADINGS = MappingProxyType({f"h{level}": level for level in range(1, 7)})
_SPEAKING = frozenset({*_HEADINGS, *_LEADING, "meta", "link", "img", "html", "title", "script", "style"})
_REFRESH = re.compile(r"url\s*=\s*", re.IGNORECASE)
_CANDIDATE = re.compile(r"[\s,]*+(\S++)(?:[^,]*+)")
_PAGE = "https://page.invalid/"
"""Where a page stands while a ``<base>`` is followed."""
_OFFICE = "data-office"
_HEAD, _FOOT = (b'<header class="site-head">', b"</header>"), (b'<footer class="site-foot">', b"</footer>")
"""Where the parts begin and end that pages have in common (theme/partials/)."""
Given = Mapping[str, str | None]


@frozen
class Page:
    """What a page says of itself and where it leads."""

    name: str
    """Path of its file in the site."""
    language: str
    title: str
    description: str
    canonical: tuple[str, ...]
    indexed: bool
    """Whether search engines may take it up: no ``noindex``, no redirect."""
    redirect: str
    """Where it sends its visitors; empty where it keeps them."""
    headings: tuple[int, ...]
    """Levels in order."""
    ids: tuple[str, ...]
    links: tuple[str, ...]
    """Addresses that visitors follow, each once."""
    fetched: tuple[str, ...]
    """Addresses that the page asks for by itself, each once."""
    told: tuple[str, ...]
    """Addresses for machines: canonical, share pictures, other forms of the page."""
    pictures: tuple[tuple[str, str | None], ...]
    """Address and alternative of each ``<img>``; None where it has none."""
    scripts: tuple[str, ...]
    sheets: tuple[str, ...]
    inline: tuple[str, ...]
    """Scripts, styles and handlers that stand in the page itself."""
    data: tuple[str, ...]
    """Texts of its JSON-LD."""
    office: tuple[str, ...]
    """Contacts of the organiser, meant to be read: what stands in ``data-office``."""
    main: str
    """Words of its main part."""
    words: str
    """Title, description, all words of its body and of its attributes."""


class _Notes:
    """What is met on the way through a page."""

    def __init__(self) -> None:
        self.language = self.title = self.description = self.robots = self.redirect = self.base = ""
        self.canonical: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: dict[str, None] = {}
        self.fetched: dict[str, None] = {}
        self.told: dict[str, None] = {}
        self.pictures: list[tuple[str, str | None]] = []
        self.scripts: list[str] = []
        self.sheets: list[str] = []
        self.inline: list[str] = []
        self.data: list[str] = []
        self.office: list[str] = []
        self.words: dict[str, None] = {}
        self.acts = {
            "id": self.ids.append,
            "srcset": self.fetch_one_of,
            **dict.fromkeys(("src", "poster", "data", "background"), self.fetch),
            **dict.fromkeys(_WORDS, self.say),
        }

    def add(self, other: "_Notes") -> "_Notes":
        """Takes over what another part of the page says; the head of the document is never such a part."""
        for own, more in (
            (self.headings, other.headings),
            (self.ids, other.ids),
            (self.pictures, other.pictures),
            (self.inline, other.inline),
            (self.office, other.office),
        ):
            own += more  # type: ignore[operator]  # pairs of lists of the same type
        for known, found in ((self.links, other.links), (self.fetched, other.fetched), (self.words, other.words)):
            known.update(found)
        return self

    def meet(self, tag: str, given: Given) -> None:
        """Notes what any element may say."""
        for name, value in given.items():
            noted = self.acts.get(name)
            if noted is not None:
                noted(value or "")
            elif name == "style" or name[:2] == "on":
                self.inline.append(f"<{tag} {name}>")

    def fetch(self, address: str) -> None:
        """A file that the browser asks for."""
        self.fetched[address] = None

    def fetch_one_of(self, candidates: str) -> None:
        """Files of which the browser asks for one."""
        self.fetched.update(dict.fromkeys(candidates_in(candidates)))

    def say(self, words: str) -> None:
        """Words that are read out or shown on demand."""
        self.words[words] = None

    def meta(self, given: Given) -> None:
        """Description, robots, redirect, share pictures."""
        name, content = (given.get("name") or given.get("property") or "").lower(), given.get("content") or ""
        if name == "description" and not self.description:
            self.description = content
        elif name == "robots":
            self.robots = content.lower()
        elif name in TOLD:
            self.told[content] = None
        elif (given.get("http-equiv") or "").lower() == "refresh":
            self.redirect = redirect_in(content)

    def led_by_base(self, name: str) -> None:
        """Writes addresses as they would be written on the page without its ``<base>``."""
        for known in (self.links, self.fetched, self.told) if self.base else ():
            addresses = [_without_base(address, name, base=self.base) for address in known]
            known.clear()
            known.update(dict.fromkeys(addresses))

    def link(self, given: Given) -> None:
        """A file that is fetched, another form of the page, the page's own address."""
        rel, address = frozenset((given.get("rel") or "").lower().split()), given.get("href") or ""
        if rel & FETCHED:
            self.fetched[address] = None
            if "stylesheet" in rel:
                self.sheets.append(address)
        elif "canonical" in rel:
            self.canonical.append(address)
        elif not any(one.startswith("schema.") for one in rel):  # names a vocabulary, is never asked for
            self.told[address] = None


def candidates_in(srcset: str) -> Iterator[str]:
    """Addresses of a ``srcset``; a comma ends one only where a blank or a width came before, or a blank comes after."""
    for found in _CANDIDATE.finditer(srcset):
        yield found[1].rstrip(",")


def redirect_in(content: str) -> str:
    """The address in the content of a ``<meta http-equiv="refresh">``; empty where the page only loads itself again."""
    found = _REFRESH.search(content)
    return content[found.end() :].strip(" '\"") if found else ""


def _without_base(address: str, name: str, *, base: str) -> str:
    try:
        led = urljoin(urljoin(f"{_PAGE}{name}", base), address)
    except ValueError:
        return address
    return "../" * name.count("/") + led.removeprefix(_PAGE) if led.startswith(_PAGE) else led


class Reader:
    """Reads pages; the head and the foot of the site, which many pages have in common, are read once."""

    def __init__(self) -> None:
        self.known: dict[bytes, _Notes] = {}

    def page(self, content: bytes, name: str, *, whole: bool = True) -> Page:
        """What browsers forgive is forgiven. The words of its main part are gathered only where the ``whole`` of it is asked for."""
        head, own, foot = parts_of(content)
        notes = self._shared(head)
        main = _read(notes, own, whole=whole)
        notes.add(self._shared(foot))
        notes.led_by_base(name)
        return _page(name, notes, main=main)

    def _shared(self, part: bytes) -> _Notes:
        if part not in self.known:
            self.known[part] = _Notes()
            _read(self.known[part], part, whole=False)
        return _Notes().add(self.known[part])


def parts_of(content: bytes) -> tuple[bytes, bytes, bytes]:
    """Of a page the head of the site, what is its own, the foot of the site; empty where there is none."""
    before, head, content = _cut(content, _HEAD)
    content, foot, after = _cut(content, _FOOT)
    # empty elements stand in for both, so that words before and after them meet in no text
    above, below = (b"".join(marks) if part else b"" for part, marks in ((head, _HEAD), (foot, _FOOT)))
    return head, b"".join((before, above, content, below, after)), foot


def _cut(content: bytes, marks: tuple[bytes, bytes]) -> tuple[bytes, bytes, bytes]:
    """What stands before a part, the part, what comes after it."""
    start, end = marks
    begins = content.find(start)
    ends = content.find(end, begins)
    part = content[begins : ends + len(end)]
    # a template that begins before it and ends in it hides more than itself
    if begins < 0 or ends < 0 or part.count(b"<template") != part.count(b"</template"):
        return (b"", b"", content) if marks == _HEAD else (content, b"", b"")
    return content[:begins], part, content[ends + len(end) :]


def _read(notes: _Notes, content: bytes, *, whole: bool) -> str:
    """Notes all that stands in a page or a part of one; answers the words of its main part."""
    tree = LexborHTMLParser(content)
    for node in tree.root.traverse(include_text=False) if tree.root else ():
        tag, given = node.tag or "", node.attributes
        # half of all elements have nothing but a class
        if given and (len(given) > 1 or "class" not in given):
            notes.meet(tag, given)
        if tag in _SPEAKING:
            _note(notes, tag, given=given, node=node)
    base = tree.css_first("base[href]") if b"<base" in content.lower() else None
    notes.base = notes.base or (base.attributes["href"] or "" if base else "")
    if _OFFICE.encode() in content:
        notes.office += [node.text() for node in tree.css(f"[{_OFFICE}]")]
    # words of neighbouring cells stay apart, so that no two numbers grow together
    notes.say(tree.body.text(separator="\n") if tree.body else "")
    main = tree.css_first("main, #main") if whole else None
    return " ".join(main.text().split()) if main else ""


def _note(notes: _Notes, tag: str, *, given: Given, node: LexborNode) -> None:
    """Notes what this element says that others do not."""
    if tag in _LEADING:
        address = given.get(_LEADING[tag])
        if address is not None:
            notes.links[address] = None
    elif tag in _HEADINGS:
        notes.headings.append(_HEADINGS[tag])
    elif tag == "meta":
        notes.meta(given)
    elif tag == "link":
        notes.link(given)
    elif tag == "img":
        notes.pictures.append((given.get("src") or "", (given["alt"] or "") if "alt" in given else None))
    elif tag == "html":
        notes.language = given.get("lang") or ""
    elif tag == "title":
        notes.title = notes.title or node.text().strip()
    else:
        _note_code(notes, tag, given=given, text=node.text())


def _note_code(notes: _Notes, tag: str, *, given: Given, text: str) -> None:
    kind = given.get("type") or ""
    if tag == "script" and given.get("src"):
        notes.scripts.append(given["src"] or "")
    elif "ld+json" in kind:
        notes.data.append(text)
    elif "json" not in kind:
        notes.inline.append(f"<{tag}>")


def _page(name: str, notes: _Notes, *, main: str) -> Page:
    return Page(
        name,
        notes.language,
        notes.title,
        notes.description,
        tuple(notes.canonical),
        "noindex" not in notes.robots and not notes.redirect,
        notes.redirect,
        tuple(notes.headings),
        tuple(notes.ids),
        tuple(notes.links),
        tuple(notes.fetched),
        (*notes.canonical, *notes.told),
        tuple(notes.pictures),
        tuple(notes.scripts),
        tuple(notes.sheets),
        tuple(notes.inline),
        tuple(notes.data),
        tuple(notes.office),
        main,
        "\n".join((notes.title, notes.description, *notes.words)),
    )
