"""What pages are made of: links, cards, facts and groups, and the plan that holds all a page's bytes depend on."""

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from site_builder.model.frozen import frozen
from site_builder.model.grades import Seal

_SHORT = 6
"""Characters of a value that may share its line with others."""
Value = TypeVar("Value")


def varied(value: Value, **fields: Any) -> Value:
    """The same value of a frozen dataclass with these fields: ``dataclasses.replace`` for what is made for every page."""
    new: Value = object.__new__(type(value))
    vars(new).update(vars(value), **fields)
    return new


class Link(NamedTuple):
    """Words that may lead somewhere: ``address`` is relative to the site's root, absolute, or None for plain words.

    A tuple, for a page names some thirty.
    """

    label: str
    address: str | None = None
    note: str = ""


Outline = tuple[str, str, int | None, str, bool]
"""What lists of all entries ask of each, without what it is called: when a feed says that it changed, the date of what it is about, its
year and edition, and whether its card has a picture; a plain tuple, which is told quickly."""


@frozen
class Card:
    """How an entry appears on other pages: one card for all kinds."""

    key: str
    address: str
    kind: str
    kind_label: str
    title: str
    title_lines: tuple[str, ...]
    by: str
    """First organisation, or the field of a studio."""
    people: str
    """First people in certificate order, ``张三、李四、王五 等9人``."""
    meta: str
    """Year and award, or trade and honour."""
    summary: str
    seal: Seal | None
    cover: str
    """Site-relative address of the generated cover (SVG, 4:5)."""
    picture: "Image | None" = None
    year: int | None = None
    rank: int = 9
    edition: str = ""


@frozen
class Rendition:
    """One file of a picture: site-relative address, width and height in pixels."""

    address: str
    width: int
    height: int


@frozen
class Image:
    """A picture on the page: its files, words for those who do not see it, caption and credit."""

    address: str
    """Of the largest file that every browser knows, with its width and height."""
    alt: str
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    ai_generated: bool = False
    type: str = "image/jpeg"
    """Of the fallbacks: ``image/jpeg``, ``image/png`` or ``image/svg+xml``."""
    renditions: tuple[Rendition, ...] = ()
    """The fallbacks, ascending; none of an SVG."""
    modern: tuple[tuple[str, tuple[Rendition, ...]], ...] = ()
    """(type, files ascending) for browsers that know the type, the best first."""
    tint: str = ""
    """Class of the ground until it comes: ``tint-210``; empty where it is transparent."""
    role: str = ""
    licence: str = ""
    original: str = ""
    """Address of the full size, where the entry offers it."""
    zoom: str = ""
    """Address of the folder of its tiles, where it is large enough to be cut into some."""
    full: tuple[int, int] = (0, 0)
    """Width and height of what the tiles show."""


@frozen
class Pair:
    """The same thing before and after."""

    before: Image
    after: Image


@frozen
class Recording:
    """A film or a sound recording, with what stands for it until it starts and for those who cannot hear it."""

    title: str
    address: str
    type: str
    """``video/mp4``, ``audio/mpeg``…"""
    note: str
    """Kind and size."""
    poster: Image | None = None
    captions: str = ""
    transcript: str = ""

    @property
    def is_film(self) -> bool:
        """Whether there is something to see."""
        return self.type.startswith("video/")


@frozen
class Paper:
    """A file to take away: title, address, kind, size and pages, and its first page as a picture."""

    title: str
    address: str
    note: str
    cover: Image | None = None


_DASH = "－"
BLANK = Card(
    key="-",
    address="search/",
    kind="project",
    kind_label=_DASH,
    title=_DASH,
    title_lines=(),
    by=_DASH,
    people=_DASH,
    meta=_DASH,
    summary="",
    seal=Seal(_DASH, 1, "square", _DASH),
    cover="assets/favicon.svg",
)
"""A card with everything a card can have and nothing in it: scripts clone and fill it."""


class Fact(NamedTuple):
    """A line of the fact table: label and one or more values."""

    label: str
    values: tuple[Link, ...]

    @property
    def runs(self) -> bool:
        """Whether its values, many and short, follow each other on one line."""
        return len(self.values) > 3 and all(len(value.label) <= _SHORT for value in self.values)


@frozen
class HonourLine:
    """An honour in words and as a seal: award, then ``第三十一届　2019年　银奖``."""

    award: Link
    words: str
    seal: Seal | None


@frozen
class TextSection:
    """A titled piece of text: paragraphs of Markdown, or points of a list."""

    title: str
    markdown: str = ""
    points: tuple[str, ...] = ()


@frozen
class SourceLine:
    """A source as shown: outlet, title and date; linked only where it is official."""

    text: str
    url: str | None


@frozen
class Group:
    """Cards that belong together for a stated reason (同一单位, 同类技术)."""

    title: str
    cards: tuple[Card, ...]
    note: str = ""
    more: Link | None = None


@frozen
class Number:
    """A number shown large, with unit, what it counts and where it leads."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    address: str | None = None


@frozen
class Turning:
    """Previous and next within a named list: ``3 / 24 智能制造厅``."""

    where: Link
    position: int
    total: int
    previous: Link | None
    next: Link | None


def page_address(first: str, page: int) -> str:
    """Where a page of a list lies: the first at the address of the list, all others below it."""
    return first if page == 1 else f"{first}page/{page}/"


@frozen
class Pager:
    """Which page of how many; the address of each follows from that of the first, so that no page is given those of all."""

    page: int
    """From 1."""
    pages: int
    first: str
    total: int

    def at(self, page: int) -> str:
        """Address of a page."""
        return page_address(self.first, page)

    @property
    def address(self) -> str:
        """Address of this page."""
        return self.at(self.page)

    @property
    def named(self) -> tuple[int, ...]:
        """Numbers of the pages that are named: the first, this and those beside it, the last; 0 where some are left out between."""
        shown = sorted({1, *range(max(1, self.page - 1), min(self.page + 1, self.pages) + 1), self.pages})
        pairs = zip((0, *shown), shown, strict=False)
        return tuple(chain.from_iterable((0, at) if at > before + 1 else (at,) for before, at in pairs))

    @property
    def previous(self) -> str | None:
        """Address of the page before, if any."""
        return self.at(self.page - 1) if self.page > 1 else None

    @property
    def next(self) -> str | None:
        """Address of the page after, if any."""
        return self.at(self.page + 1) if self.page < self.pages else None


@frozen
class FeedLink:
    """A feed in both its formats: title, and the site-relative address without ending (``editions/2026/feed``)."""

    title: str
    stem: str


@frozen
class Head:
    """What the head of a page says (title, description, and the meta names of the government norm, standards §2)."""

    title: str
    description: str
    address: str
    image: str
    keywords: tuple[str, ...] = ()
    type: str = "website"
    column: str = ""
    """ColumnName: the list it belongs to."""
    column_type: str = ""
    published: str = ""
    """PubDate as ``YYYY-MM-DD HH:MM``, from data, never from the clock; entries only."""
    source: str = ""
    """ContentSource."""
    indexed: bool = True
    square: str = ""
    """Address of a square picture, for messengers that show one."""
    poster: str = ""
    """Address of the poster to be saved, where one is drawn."""
    linked: str = ""
    """JSON-LD of schema.org, escaped so that it ends no script element."""
    dublin: tuple[tuple[str, str], ...] = ()
    """(element, words) of the Dublin Core set."""
    feeds: tuple[FeedLink, ...] = ()
    """Feeds that this page announces."""


@frozen
class PagePlan:
    """One page to be pressed: everything its bytes depend on except frame and templates."""

    address: str
    """Relative to the site's root, ``""`` or ending in ``/``."""
    template: str
    section: str
    head: Head
    crumbs: tuple[Link, ...]
    view: Any


@frozen
class PageJob:
    """A page to be made: planning is left to whichever process presses it."""

    address: str
    plan: Callable[[], PagePlan]


@frozen
class PagesBelow:
    """Pages at and below an address that are dear to name: whoever wants none of them need not ask which they are."""

    address: str
    jobs: Callable[[], Iterable[PageJob]]
    alone: bool = False
    """Whether it is only the one at the address."""

    def holds(self, wanted: Iterable[str]) -> bool:
        """Whether any of these addresses may be among them."""
        return any(one == self.address if self.alone else one.startswith(self.address) for one in wanted)


@frozen
class OutputFile:
    """A finished file: site-relative address and bytes."""

    address: str
    content: bytes

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, hexadecimal; worked out once, whoever asks."""
        return hashlib.sha256(self.content).hexdigest()
