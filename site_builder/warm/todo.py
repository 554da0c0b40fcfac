"""All pages and shares of open data come in; those that must be made again are made, each watched, and recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.media.store import Making
from site_builder.model.pages import PageJob
from site_builder.opendata.work import Share, data_shares, dealt
from site_builder.press.crew import Tick
from site_builder.press.pressing import Press, pressed, put_files, turned
from site_builder.search.layout import Layout
from site_builder.warm.indexing import IndexWork
from site_builder.warm.memory import ENGINE, Desk, Given, Piece
from site_builder.warm.reading import told, unwatched

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
    settings: bytes
    """Digest of what every piece is given."""
    look: bytes
    """Digest of what every page is given beside it."""
    index: IndexWork
    given: Mapping[str, Given]
    """What each page is given, as far as somebody had to know."""

    @classmethod
    def of(cls, desk: Desk, jobs: Iterable[PageJob], *, press: Press, layout: Layout) -> "Todo":
        """All that is not right any more; in a cold build everything. What MkDocs made is right or has been made anew."""
        deck, jobs = desk.recorder.deck, tuple(jobs)
        shares = tuple(data_shares(deck))
        settings = desk.given + told(unwatched(deck))
        look = settings + told((sorted(press.frames.items()), press.theme_dirs, press.assets))
        given: dict[str, Given] = {}
        right: dict[str, Piece] = {}
        if desk.former.pieces:
            given = {PAGE + job.address: desk.recorder.given(job.plan) for job in jobs}
            data = {DATA + share.name: settings for share in shares}
            right = desk.right({name: look + one.digest for name, one in given.items()} | data)
        index = IndexWork.of(desk, layout, settings=settings)
        return cls(
            desk,
            {**right, **index.right} | ({ENGINE: desk.engine} if desk.engine else {}),
            tuple(job for job in jobs if PAGE + job.address not in right),
            tuple(share for share in shares if DATA + share.name not in right),
            settings,
            look,
            index,
            given,
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
            recorder.closed(name, self.settings, files=files, result=tuple(said))

    def press_pages(self, press: Press, *, part: int, of: int, tick: Tick) -> None:
        """Plans and presses every ``of``-th page from ``part`` on."""
        recorder, jobs = self.desk.recorder, self.jobs[part::of]
        pages = pressed(press, jobs, tick=tick)
        for job in jobs:
            files, name = turned(press), PAGE + job.address
            given = self.given.get(name) or recorder.given(job.plan)
            recorder.opened()
            made = next(pages)
            recorder.closed(name, self.look + given.digest, files=files, result=made, beside=given.facts)


def in_place(known: Mapping[str, str], making: Making) -> bool:
    """Whether all files of a making lie in the site as they should."""
    return all(known.get(address) == f"{making.key}/{name}" for name, address in making.addresses)
