"""What workers made in groups comes in; what is joined of all groups goes out: the shards of the index, the files of the open data.

Both wait for the same workers, so both are joined by the same: to fork once more costs as much as all shards.
"""

from collections.abc import Iterable

from site_builder.model.frozen import frozen
from site_builder.press.crew import Tick, together
from site_builder.warm.data import DataWork
from site_builder.warm.indexing import Shards, Written
from site_builder.warm.offering import Files
from site_builder.warm.recording import Recorded


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
        return together(self, workers if self.shards or self.data else 1)

    def files(self, joined: Iterable[Joined]) -> Files:
        """Those of the open data."""
        return Files([one.data for one in joined], self.data.right if self.data else {})
