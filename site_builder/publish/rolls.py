"""A union comes in; all that it has on show, kind by kind, with numbers and the way to the printable list, goes out."""

from collections.abc import Iterator

from site_builder.model.entry import Entry
from site_builder.model.pages import Link, Number
from site_builder.publish.deck import RESULTS, Deck

FOLDER = "list/"
PARTS = (
    ("成果", RESULTS, "项"),
    ("人物", ("craftsman",), "位"),
    ("创新工作室", ("studio",), "个"),
    ("示范基地与班组", ("base", "team"), "个"),
    ("活动", ("event",), "场"),
    ("单位", ("organisation",), "家"),
)


def roll_parts(deck: Deck, union: Entry) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Heading, anchor, measure and keys of each part that is not empty."""
    for label, kinds, measure in PARTS:
        keys = deck.catalogue.sources_of(union.key, kinds)
        if keys:
            yield label, kinds[0], measure, keys


def roll_numbers(deck: Deck, union: Entry) -> Iterator[Number]:
    """How many of each; the number leads to its part of the list."""
    address = f"{deck.cards[union.key].address}{FOLDER}"
    for label, anchor, measure, keys in roll_parts(deck, union):
        yield Number(label, str(len(keys)), measure, address=f"{address}#{anchor}")


def roll_link(deck: Deck, union: Entry) -> Link | None:
    """The way to the printable list; None where the union has nothing on show."""
    some = next(roll_parts(deck, union), None)
    return Link("打印名册", f"{deck.cards[union.key].address}{FOLDER}") if some else None
