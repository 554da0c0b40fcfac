"""What each template shows: one view per page of the site, made of the parts in `pages`."""

from dataclasses import field
from typing import Any

from site_builder.model.charts import Chart
from site_builder.model.citations import Citation
from site_builder.model.frozen import frozen
from site_builder.model.grades import Seal
from site_builder.model.pages import (
    Card,
    Fact,
    Group,
    HonourLine,
    Image,
    Link,
    Number,
    Pager,
    Pair,
    Paper,
    Recording,
    SourceLine,
    TextSection,
    Turning,
)
from site_builder.model.programme_views import Part
from site_builder.model.tiles import TileGrid


@frozen
class Walk:
    """The way on within a hall that a work hangs in; the code stands in addresses (``2026/dian``)."""

    code: str
    turning: Turning


@frozen
class EntryView:
    """The page of one entry; ``data`` is the entry's model, for what only one kind has."""

    card: Card
    kicker: str
    """``成果　2019``: kind and year, or kind and place."""
    honours: tuple[HonourLine, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Number, ...]
    sections: tuple[TextSection, ...]
    body: str
    data: Any
    pictures: tuple[Image, ...]
    people: tuple[Card, ...]
    """Cards of the people behind it who have an entry."""
    timeline: tuple[tuple[str, tuple[Link, ...]], ...]
    """Year → what happened, newest first (people, studios)."""
    groups: tuple[Group, ...]
    """Its own things first (成果, 工作室), then related ones by reason."""
    sources: tuple[SourceLine, ...]
    turning: Turning | None
    front: Image | None = None
    """The picture at the head of the page."""
    gallery: tuple[Image | Pair, ...] = ()
    """All other pictures, before and after joined."""
    recordings: tuple[Recording, ...] = ()
    papers: tuple[Paper, ...] = ()
    downloads: tuple[Link, ...] = ()
    """Files made for this page, such as an event's for calendars."""
    manifest: str = ""
    """Address of the IIIF manifest, where there is one."""
    notice: str = ""
    """``公示中：2026-01-01 至 2026-01-10`` while the notice period runs."""
    withdrawn: bool = False
    part: Part = field(default_factory=Part)
    """What only some kinds have."""
    walks: tuple[Walk, ...] = ()
    """Its halls, the newest edition's first."""
    citation: Citation | None = None
    scope: str = ""
    """Condition that holds for all that names it, where that is much enough to be narrowed (organisations, unions, awards)."""

    @property
    def is_sealed(self) -> bool:
        """Whether any of its honours bears a seal."""
        return any(line.seal for line in self.honours)


@frozen
class HallBanner:
    """A hall as a banner: number in words, name, count and the trade's pattern (inline SVG)."""

    number: str
    name: str
    count: int
    address: str
    art: str
    intro: str = ""
    measure: str = "项"
    what: str = "成果"
    picture: Image | None = None
    """The hall's own picture, in place of the pattern."""

    @property
    def code(self) -> str:
        """What stands for it in addresses: its edition and its id (``2026/dian``)."""
        return self.address.removeprefix("editions/").strip("/")


@frozen
class Spine:
    """A past edition as a book on the shelf, as thick as its number of results."""

    label: str
    count: int
    address: str
    tint: int
    current: bool = False


@frozen
class Squares:
    """One square per result, shaded by grade: rank, words and count of each shade, ranks ascending."""

    shades: tuple[tuple[int, str, int], ...]
    total: int
    each: int = 1
    """How many results one square stands for, so that a large collection still fits the wall."""


@frozen
class RollName:
    """A name on the roll; ``hot`` where a work of the same person and unit is on show."""

    name: str
    address: str
    hot: bool


@frozen
class HomeView:
    """The home page: title wall, halls, featured results, numbers, roll of names, shelf of editions, stories."""

    edition: Link
    years: str
    lead: str
    hang: tuple[Card, ...]
    halls: tuple[HallBanner, ...]
    halls_note: str
    halls_edition: Link
    featured: Group
    offered: Group
    squares: Squares
    numbers: tuple[Number, ...]
    roll: tuple[RollName, ...]
    roll_total: int
    shelf: tuple[Spine, ...]
    stories: tuple[Card, ...]


@frozen
class GradeGroup:
    """All winners of one grade, in official order and equal size."""

    name: str
    seal: Seal | None
    rank: int
    cards: tuple[Card, ...]
    note: str = ""
    """Quota and prize, where published."""


@frozen
class HallPanel:
    """A hall inside its edition's page: banner, a few works, and how many more."""

    banner: HallBanner
    cards: tuple[Card, ...]


@frozen
class EditionView:
    """The page of an edition: foreword, halls, winners by award and grade, numbers."""

    card: Card
    title: str
    years: str
    theme: str
    lead: str
    foreword: str
    facts: tuple[Fact, ...]
    hang: tuple[Card, ...]
    halls: tuple[HallPanel, ...]
    awards: tuple[tuple[Link, tuple[GradeGroup, ...]], ...]
    squares: Squares
    numbers: tuple[Number, ...]
    shelf: tuple[Spine, ...]
    archived: bool = False
    total: int = 0
    citation: Citation | None = None


@frozen
class HallView:
    """The page of a hall: what hangs in it, chosen works first, and the way to the next hall."""

    edition: Link
    banner: HallBanner
    chosen: tuple[Card, ...]
    rest: tuple[Card, ...]
    pager: Pager | None
    previous: Link | None
    next: Link | None
    scope: str = ""


@frozen
class SessionView:
    """One session of an award: facts and winners by grade."""

    name: str
    anchor: str
    facts: tuple[Fact, ...]
    grades: tuple[GradeGroup, ...]
    note: str = ""


@frozen
class AwardView:
    """The page of an award over all its sessions, newest first."""

    entry: EntryView
    rules: tuple[str, ...]
    sessions: tuple[SessionView, ...]
    total: int
    pager: Pager
    trends: tuple[Chart, ...] = ()
    """On the first page, where numbers of two sessions or more are known."""


@frozen
class Narrowing:
    """A way to narrow a list without script: real pages by industry, region, award, edition."""

    label: str
    links: tuple[tuple[Link, int], ...]
    more: Link | None = None


@frozen
class ListView:
    """A page of a list: rows or cards, the order said in words, and pages with real addresses."""

    title: str
    intro: str
    count: int
    measure: str
    order: str
    style: str
    """``rows`` (results), ``cards`` (studios, bases, events…), ``roll`` (people) or ``lines`` (organisations)."""
    cards: tuple[Card, ...]
    pager: Pager
    narrowings: tuple[Narrowing, ...] = ()
    numbers: tuple[Number, ...] = ()
    scope: str = ""
    """Condition that holds for exactly its entries, as a query string; empty where there is none or the list is short."""
    files: tuple[Link, ...] = ()
    """The same list as tables to take away."""

    @property
    def is_mixed(self) -> bool:
        """Whether its entries are of several kinds."""
        return len({card.kind for card in self.cards}) > 1


@frozen
class IndexView:
    """A page that leads to groups: all editions, regions, industries, awards."""

    title: str
    intro: str
    blocks: tuple[tuple[str, tuple[tuple[Link, int], ...]], ...]
    shelf: tuple[Spine, ...] = ()
    measure: str = "项"
    map: TileGrid | None = None
    """Regions as tiles, above their list."""


@frozen
class TopicView:
    """The page of a region or an industry: what the exhibition has of it, kind by kind."""

    kicker: str
    title: str
    intro: str
    numbers: tuple[Number, ...]
    groups: tuple[Group, ...]
    siblings: tuple[tuple[Link, int], ...]
    art: str = ""
    scope: str = ""


@frozen
class SearchView:
    """The search page before one types: words to try, and ways through halls and lists with their counts as notes."""

    examples: tuple[str, ...]
    blocks: tuple[tuple[str, tuple[Link, ...]], ...]


@frozen
class FavouritesView:
    """The page of the visitor's own list: ways to begin, with their counts."""

    ways: tuple[tuple[Link, int], ...]


@frozen
class Moved:
    """A former address: a page that says where the entry is now."""

    target: Link
