"""All pages and shares of open data come in; those that must be made again are made, each watched, and recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.media.store import Making
from site_builder.model.pages import PageJob
from site_builder.opendata.work import Share, data_shares, dealt
from site_builder.press.crew import Tick
from site_builder.press.pressing import Press, pressed, put_files
from site_builder.warm.memory import ENGINE, Desk, Piece
from site_builder.warm.reading import Fact, told, told_of, unwatched

PAGE = "page "
DATA = "data "


@dataclass(frozen=True)
class Todo:
    """What is left to be made of the pieces there are."""

    desk: Desk
    right: Mapping[str, Piece]
    """Pieces that are still right, by name."""
    jobs: tuple[PageJob, ...]
    shares: tuple[Share, ...]
    given: Mapping[str, bytes]
    """Digest of what each piece is given beside the deck."""
    beside: Mapping[str, set[Fact]]
    """Entries and cards that pages were given by name."""

    @classmethod
    def of(cls, desk: Desk, jobs: Iterable[PageJob], *, press: Press) -> "Todo":
        """All that is not right any more; in a cold build everything. What MkDocs made is right or has been made anew."""
        deck, jobs = desk.recorder.deck, tuple(jobs)
        shares = tuple(data_shares(deck))
        settings = desk.given + told(unwatched(deck))
        look = settings + told(
            (sorted(press.frames.items()), press.theme_dirs, press.assets, press.tongues, press.neutral)
        )
        given: dict[str, bytes] = {}
        beside: dict[str, set[Fact]] = {}
        for job in jobs:
            name = PAGE + job.address
            beside[name] = set()
            given[name] = look + told_of(deck, job.plan, facts=beside[name])
        given |= {DATA + share.name: settings for share in shares}
        right = desk.right(given)
        return cls(
            desk,
            right | ({ENGINE: desk.engine} if desk.engine else {}),
            tuple(job for job in jobs if PAGE + job.address not in right),
            tuple(share for share in shares if DATA + share.name not in right),
            given,
            beside,
        )

    def put_data(self, press: Press, *, part: int, of: int) -> None:
        """Writes a worker's share of the open data, one file after the other, for they are large.

        Documents are shared, so that what was read for one share counts for those after it, too.
        """
        recorder = self.desk.recorder
        recorder.opened()
        for share in dealt(self.shares, part=part, of=of):
            files, said = turned(press), []
            for file, one in share.files():
                put_files(press, (file,))
                said.append(one)
            name = DATA + share.name
            recorder.closed(name, self.given[name], files=files, result=tuple(said))

    def press_pages(self, press: Press, *, part: int, of: int, tick: Tick) -> None:
        """Plans and presses every ``of``-th page from ``part`` on."""
        recorder, jobs = self.desk.recorder, self.jobs[part::of]
        pages = pressed(press, jobs, tick=tick)
        for job in jobs:
            files, name = turned(press), PAGE + job.address
            recorder.opened()
            made = next(pages)
            recorder.closed(name, self.given[name], files=files, result=made, beside=self.beside[name])


def turned(press: Press) -> dict[str, str]:
    """A new page of the list of what is laid; it fills while the work goes on."""
    assert press.laid is not None
    return press.laid.turned()


def in_place(known: Mapping[str, str], making: Making) -> bool:
    """Whether all files of a making lie in the site as they should."""
    return all(known.get(address) == f"{making.key}/{name}" for name, address in making.addresses)
