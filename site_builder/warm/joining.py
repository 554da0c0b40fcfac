"""What workers made in groups comes in; what is joined of all groups goes out: the shards of the index, the files of the open data.

Both wait for the same workers, so both are joined by the same: to fork once more costs as much as all shards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from site_builder.model.frozen import frozen
from site_builder.opendata.work import groups_of
from site_builder.press.apart import apart
from site_builder.press.crew import Tick, together, unheard
from site_builder.publish.deck import Deck
from site_builder.warm.data import DataWork
from site_builder.warm.indexing import Shards, Written
from site_builder.warm.memory import Piece
from site_builder.warm.recording import Recorded


@frozen
class Files:
    """Files of the open data: what was recorded while they were made, and which are still right."""

    recorded: list[Recorded]
    right: Mapping[str, Piece]


@frozen
class Joined:
    """What one worker joined."""

    shards: Written
    data: Recorded


@frozen
class Joining:
    """What is left to be joined."""

    shards: Shards | None
    """None where they are mended as they lie."""
    data: DataWork | None
    """None where somebody else joins it."""

    def __call__(self, part: int, of: int, *, tick: Tick) -> Joined:
        """A worker's share."""
        shards = self.shards(part, of, tick=tick) if self.shards else ([], {})
        return Joined(shards, self.data(part, of, tick=tick) if self.data else Recorded((), {}))

    def done(self, workers: int) -> list[Joined]:
        """All shares, by so many processes where there is anything to be done."""
        if self.data is None:
            return together(self, workers if self.shards else 1)
        with self.data.in_turns() as data:
            return together(replace(self, data=data), workers)

    def files(self, joined: Iterable[Joined]) -> Files:
        """Those of the open data."""
        return Files([one.data for one in joined], self.data.right if self.data else {})


def joins_of(data: DataWork, deck: Deck, *, recorded: Iterable[Recorded]) -> DataWork:
    """What is to be joined of all groups of the open data, by what was recorded when they were made."""
    # what joins files is loaded by whoever does
    from site_builder.opendata.making import join_shares

    groups = tuple(groups_of(deck))
    shares = join_shares(deck, groups, made=tuple(data.made(recorded)), former=data.former)
    return DataWork.of(data.desk, shares, press=data.press, shelf=data.shelf)


def all_data(data: DataWork, deck: Deck, *, alone: bool) -> Files:
    """All open data, by this process, and unless it is ``alone`` a part of what is joined by another: the first has soon done all else."""
    groups = data(0, 1, tick=unheard)
    joins = joins_of(data, deck, recorded=[groups])
    with apart(partial(joins, 1, 2, tick=unheard), alone=alone or not joins.weight) as other:
        return Files([groups, joins(0, 2, tick=unheard), other.result], joins.right)
