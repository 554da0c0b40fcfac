"""A deck comes in; its open data go out, begun before all else where a process of its own makes them.

After an edit they take the longest, and need nothing of what lists, presses and audits pages. So they are begun as soon as it is known
what is to be made, and all that (``pipeline``) is loaded meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from site_builder.model.frozen import frozen
from site_builder.opendata.group import Group
from site_builder.opendata.work import group_share, groups_of
from site_builder.press.apart import Apart, apart
from site_builder.press.crew import Staff, unheard
from site_builder.press.laid import Laid
from site_builder.press.pressing import Press
from site_builder.press.shelf import Shelf, shelf_at
from site_builder.publish.deck import Deck
from site_builder.warm.data import DataWork
from site_builder.warm.desk import Desk
from site_builder.warm.memory import Piece
from site_builder.warm.recording import Recorded


@frozen
class Files:
    """Files of the open data: what was recorded while they were made, and which are still right."""

    recorded: list[Recorded]
    right: Mapping[str, Piece]


@frozen
class Offering:
    """The open data of a build, and what it shares with all else that is made."""

    press: Press
    """The press, with its list of all that is laid."""
    shelf: Shelf
    groups: tuple[Group, ...]
    """All of them, found out once: each entry is asked in which it stands."""
    data: DataWork
    """Making the groups."""
    recorded: Recorded
    """What was recorded while it was found out what is to be made."""
    begun: Apart[Files] | None
    """Who makes all of it; None where it is shared out with pages and index."""


@contextmanager
def offered(deck: Deck, press: Press, *, desk: Desk, staff: Staff, alone: bool) -> Iterator[Offering]:
    """Finds out what is to be made, and after an edit begins to make it.

    An edit leaves few pages, and much of its time goes into the files of the open data, which wait for none of them. ``alone``: there is no
    other core to make them.
    """
    press = replace(press, laid=Laid(desk.known))
    with shelf_at(desk.shelf, beside=press.out) as shelf:
        groups = tuple(groups_of(deck))
        data = DataWork.of(desk, map(group_share, groups), press=press, shelf=shelf)
        offering = Offering(press, shelf, groups, data, desk.recorder.recorded(), None)
        if not desk.is_warm or staff.crew is not None:
            yield offering
            return
        with apart(partial(all_data, offering, deck, alone=alone), alone=alone) as begun:
            yield replace(offering, begun=begun)


def joins_of(offering: Offering, deck: Deck, *, recorded: Iterable[Recorded]) -> DataWork:
    """What is to be joined of all groups of the open data, by what was recorded when they were made."""
    # what joins files is loaded by whoever does
    from site_builder.opendata.making import join_shares

    data = offering.data
    shares = join_shares(deck, offering.groups, made=tuple(data.made(recorded)), former=data.former)
    return DataWork.of(data.desk, shares, press=data.press, shelf=data.shelf)


def all_data(offering: Offering, deck: Deck, *, alone: bool) -> Files:
    """All open data, by this process, and unless it is ``alone`` a part of what is joined by another: the first has soon done all else."""
    groups = offering.data(0, 1, tick=unheard)
    joins = joins_of(offering, deck, recorded=[groups])
    with apart(partial(joins, 1, 2, tick=unheard), alone=alone or not joins.weight) as other:
        return Files([groups, joins(0, 2, tick=unheard), other.result], joins.right)
