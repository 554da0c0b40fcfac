"""A union comes in; all that it and the unions below it have on show, kind by kind, goes out, with the page of each part."""

from collections.abc import Iterator

from site_builder.catalogue.subordination import all_below
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.pages import Group, Link, Number, page_address
from site_builder.model.programme_views import LowerUnions
from site_builder.publish.deck import RESULTS, Deck

FOLDER = "list/"
ROWS = 200
"""Rows of a printable page."""
FIRST = 4
"""Entries of a kind that the page of a union shows of the unions below it."""
PARTS = (
    ("成果", RESULTS, "项"),
    ("人物", ("craftsman",), "位"),
    ("创新工作室", ("studio",), "个"),
    ("示范基地与班组", ("base", "team"), "个"),
    ("活动", ("event",), "场"),
    ("单位", ("organisation",), "家"),
)


@frozen
class RollPart:
    """A part of a union's roll: what it has of one kind, or what the unions below it have."""

    label: str
    anchor: str
    measure: str
    address: str
    """Where in the roll the part begins."""
    unions: tuple[tuple[str, tuple[str, ...]], ...]
    """Key of a union, and the keys of what it has; in the part of the union itself there is one."""
    lower: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """All of the part."""
        return tuple(key for _, keys in self.unions for key in keys)


def roll_of(deck: Deck, union: Entry) -> tuple[RollPart, ...]:
    """The parts that are not empty: its own first, then those of the unions below; no entry stands in two."""
    base = f"{deck.cards[union.key].address}{FOLDER}"
    under = tuple(all_below(deck.catalogue.below, union.key))
    own = {label: deck.catalogue.sources_of(union.key, kinds) for label, kinds, _ in PARTS}
    found: list[RollPart] = []
    rows = 0
    for lower in (False, True):
        for label, kinds, measure in PARTS:
            unions = tuple(_lower(deck, under, kinds=kinds, seen=own[label])) if lower else ((union.key, own[label]),)
            count = sum(len(keys) for _, keys in unions)
            if count:
                anchor = f"lower-{kinds[0]}" if lower else kinds[0]
                page = page_address(base, rows // ROWS + 1)
                found.append(RollPart(label, anchor, measure, f"{page}#{anchor}", unions, lower))
                rows += count
    return tuple(found)


def _lower(
    deck: Deck, under: tuple[str, ...], *, kinds: tuple[str, ...], seen: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each union below has, in the order of the tree; what several name stands under the first."""
    known = set(seen)
    for union in under:
        keys = tuple(key for key in deck.catalogue.sources_of(union, kinds) if key not in known)
        known.update(keys)
        if keys:
            yield union, keys


def own_numbers(parts: tuple[RollPart, ...]) -> tuple[Number, ...]:
    """How many of each the union itself has; the number leads to its part of the roll."""
    return tuple(_number(part) for part in parts if not part.lower)


def lower_unions(deck: Deck, union: Entry, *, parts: tuple[RollPart, ...]) -> LowerUnions | None:
    """What the unions below have: numbers, and the first of each kind; None where none stands below."""
    under = sum(1 for _ in all_below(deck.catalogue.below, union.key))
    if not under:
        return None
    lower = tuple(part for part in parts if part.lower)
    tree = Number("工会", str(under), "家", address=f"unions/tree/#{union.id}")
    return LowerUnions((tree, *map(_number, lower)), tuple(_first(deck, part) for part in lower))


def _number(part: RollPart) -> Number:
    return Number(part.label, str(len(part.keys)), part.measure, address=part.address)


def _first(deck: Deck, part: RollPart) -> Group:
    places = deck.catalogue.positions["", ""]
    keys = sorted(part.keys, key=places.__getitem__)
    more = Link(f"全部 {len(keys)} {part.measure}", part.address) if len(keys) > FIRST else None
    return Group(part.label, deck.deal(keys[:FIRST]), more=more)


def roll_link(deck: Deck, union: Entry, *, parts: tuple[RollPart, ...]) -> Link | None:
    """The way to the printable roll; None where there is nothing on it."""
    words = "打印名册（含下级工会）" if any(part.lower for part in parts) else "打印名册"
    return Link(words, f"{deck.cards[union.key].address}{FOLDER}") if parts else None
