"""The bytes of a page come in; all that the audit asks of it goes out, read once, as browsers read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from selectolax.lexbor import LexborHTMLParser, LexborNode

_FETCHED = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
)
"""Relations of a ``<link>`` that a browser follows by itself."""
_LEADING = MappingProxyType({"a": ("href",), "area": ("href",), "form": ("action",), "button": ("formaction",)})
_TOLD = frozenset({"og:image", "og:url", "og:video", "twitter:image"})
"""Properties of a ``<meta>`` whose content is an address."""
_WORDS = frozenset({"alt", "title", "aria-label", "placeholder", "value"})
_HEADINGS = MappingProxyType({f"h{level}": level for level in range(1, 7)})
_SPEAKING = frozenset({*_HEADINGS, "meta", "link", "img", "html", "title", "script", "style", "noscript"})
_REFRESH = "url="
_OFFICE = "data-office"
Given = Mapping[str, str | None]


@dataclass(frozen=True)
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
        self.language = self.title = self.description = self.robots = self.redirect = ""
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

    def meet(self, tag: str, given: Given) -> None:
        """Notes what any element may say."""
        for name, value in given.items():
            if name == "class":
                continue
            if name == "id":
                self.ids.append(value or "")
            elif name == "src" or name == "poster" or name == "data" or name == "background":
                self.fetched[value or ""] = None
            elif name == "srcset":
                self.fetched.update((one.split()[0], None) for one in (value or "").split(", ") if one.strip())
            elif name in _WORDS:
                self.words[value or ""] = None
            elif name == "style" or name[:2] == "on":
                self.inline.append(f"<{tag} {name}>")
        for name in _LEADING.get(tag, ()):
            if given.get(name) is not None:
                self.links[given[name] or ""] = None

    def meta(self, given: Given) -> None:
        """Description, robots, redirect, share pictures."""
        name, content = (given.get("name") or given.get("property") or "").lower(), given.get("content") or ""
        if name == "description" and not self.description:
            self.description = content
        elif name == "robots":
            self.robots = content.lower()
        elif name in _TOLD:
            self.told[content] = None
        elif (given.get("http-equiv") or "").lower() == "refresh":
            self.redirect = content.partition(_REFRESH)[2].strip(" '\"")

    def link(self, given: Given) -> None:
        """A file that is fetched, another form of the page, the page's own address."""
        rel, address = frozenset((given.get("rel") or "").lower().split()), given.get("href") or ""
        if rel & _FETCHED:
            self.fetched[address] = None
            if "stylesheet" in rel:
                self.sheets.append(address)
        elif "canonical" in rel:
            self.canonical.append(address)
        elif not any(one.startswith("schema.") for one in rel):  # names a vocabulary, is never asked for
            self.told[address] = None


def page_in(content: bytes, name: str, *, whole: bool = True) -> Page:
    """Reads a page; what browsers forgive is forgiven. The words of its main part only where the ``whole`` of it is asked for."""
    tree = LexborHTMLParser(content)
    notes = _Notes()
    for node in tree.root.traverse(include_text=False) if tree.root else ():
        tag, given = node.tag or "", node.attributes
        # half of all elements have nothing but a class
        if given and (len(given) > 1 or "class" not in given):
            notes.meet(tag, given)
        if tag in _SPEAKING:
            _note(notes, tag, given=given, node=node)
    if _OFFICE.encode() in content:
        notes.office += [node.text() for node in tree.css(f"[{_OFFICE}]")]
    main = tree.css_first("main, #main") if whole else None
    # words of neighbouring cells stay apart, so that no two numbers grow together
    body = tree.body.text(separator="\n") if tree.body else ""
    return _page(name, notes, main=main.text() if main else "", body=body)


def _note(notes: _Notes, tag: str, *, given: Given, node: LexborNode) -> None:
    """Notes what this element says that others do not."""
    if tag in _HEADINGS:
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
    elif tag == "noscript":
        _note_unscripted(notes, node.text())
    else:
        _note_code(notes, tag, given=given, text=node.text())


def _note_unscripted(notes: _Notes, text: str) -> None:
    """What stands in for a script is text to a parser that knows scripts, and elements to a visitor without them."""
    for node in LexborHTMLParser(text).css("*"):
        notes.meet(node.tag or "", node.attributes)
        if node.tag == "img":
            _note(notes, "img", given=node.attributes, node=node)


def _note_code(notes: _Notes, tag: str, *, given: Given, text: str) -> None:
    kind = given.get("type") or ""
    if tag == "script" and given.get("src"):
        notes.scripts.append(given["src"] or "")
    elif "json" in kind:
        notes.data.append(text)
    else:
        notes.inline.append(f"<{tag}>")


def _page(name: str, notes: _Notes, *, main: str, body: str) -> Page:
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
        " ".join(main.split()),
        "\n".join((notes.title, notes.description, body, *notes.words)),
    )
