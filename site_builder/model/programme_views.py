"""What the pages of programmes show: results on offer, cycles of studios, the pool of talent, unions and their lists."""

from site_builder.model.charts import Chart
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card, Fact, Group, Image, Link, Number, Pager


@frozen
class Offer:
    """A result that can be taken over: in which stage it is, what is offered, and whom to ask."""

    status: str
    address: str | None
    """Where others of the same stage are listed; None for stages that are not on offer."""
    facts: tuple[Fact, ...]


@frozen
class CycleStep:
    """One station of a studio's cycle: 命名 2016年, 考核 2019年 合格, 届满 2022年."""

    label: str
    when: str
    words: str = ""
    coming: bool = False


@frozen
class CyclePlace:
    """A studio's place in its cycle, and the rule in plain words with document and article."""

    steps: tuple[CycleStep, ...]
    rule: str
    programme: Link
    basis: str


@frozen
class LedgerView:
    """A ledger year by year, newest first; ``older`` stands folded, for ledgers grow with the years."""

    title: str
    count: int
    years: tuple[tuple[str, tuple[Link, ...]], ...]
    older: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@frozen
class LowerUnions:
    """What the unions below a union have on show: numbers, and the first of each kind with the way to all."""

    numbers: tuple[Number, ...]
    groups: tuple[Group, ...]


@frozen
class Part:
    """What the page of an entry shows beyond what all kinds have in common."""

    offer: Offer | None = None
    cycle: CyclePlace | None = None
    ledgers: tuple[LedgerView, ...] = ()
    numbers: tuple[Number, ...] = ()
    """What a union itself has on show, each leading to its part of the list."""
    lower: LowerUnions | None = None
    roll: Link | None = None
    editions: tuple[tuple[Link, int], ...] = ()
    """Edition and number of results there, where there are several editions."""
    drawings: tuple[Image | None, ...] = ()
    """The drawing of each step of a method, in the order of the steps."""
    participation: Chart | None = None
    """What unions reported of an event."""


@frozen
class Block:
    """Places to go under one heading, each with a count."""

    title: str
    links: tuple[tuple[Link, int], ...]
    note: str = ""
    more: Link | None = None


@frozen
class Programme:
    """A programme that reviews its studios: its rule in words, and how many studios end their cycle in which year."""

    link: Link
    words: tuple[str, ...]
    due: tuple[tuple[Link, int], ...]
    outcomes: tuple[tuple[Link, int], ...]


@frozen
class DirectoryView:
    """The directory of studios by type and level, and the cycle of those that are reviewed."""

    title: str
    intro: str
    numbers: tuple[Number, ...]
    blocks: tuple[Block, ...]
    programmes: tuple[Programme, ...]


@frozen
class OfferGroup:
    """All results of one stage, the first of them with what they offer."""

    label: str
    anchor: str
    intro: str
    count: int
    offers: tuple[tuple[Card, Offer], ...]
    more: Link | None


@frozen
class TransferView:
    """The page of results on offer, stage by stage, and the figures that were published of such occasions."""

    title: str
    intro: str
    numbers: tuple[Number, ...]
    groups: tuple[OfferGroup, ...]
    stated: tuple[Number, ...]
    occasions: tuple[Card, ...]


@frozen
class Branch:
    """One in a tree: a master with apprentices, a union with those below it."""

    who: Link
    words: str
    below: tuple["Branch", ...] = ()
    anchor: str = ""
    """Where others lead to, if they do."""


@frozen
class LinesView:
    """Lines from masters to apprentices as trees."""

    title: str
    intro: str
    trees: tuple[Branch, ...]
    pager: Pager


@frozen
class TalentView:
    """The pool of talent: people by trade, skill, industry and region, and what they were honoured for in which year."""

    title: str
    intro: str
    numbers: tuple[Number, ...]
    blocks: tuple[Block, ...]
    years: tuple[tuple[str, tuple[tuple[Link, int], ...]], ...]
    older: tuple[tuple[str, tuple[tuple[Link, int], ...]], ...] = ()


@frozen
class TreeView:
    """Unions from the top down, those that have none above them under their level."""

    title: str
    intro: str
    numbers: tuple[Number, ...]
    levels: tuple[tuple[str, tuple[Branch, ...]], ...]


@frozen
class RollRows:
    """What one union has in a part of a roll: as many as stand on this page."""

    union: Link | None
    """None where the part is the union's own."""
    count: int
    """How many it has in all."""
    before: int
    """How many rows of the part stand before these."""
    cards: tuple[Card, ...]


@frozen
class RollSection:
    """A part of a roll, on this page."""

    label: str
    anchor: str
    measure: str
    rows: tuple[RollRows, ...]


@frozen
class RollView:
    """All that a union and those below it have on show as a plain list to be printed, union by union."""

    title: str
    intro: str
    of: Link
    parts: tuple[RollSection, ...]
    pager: Pager
