"""All pages come in; those that must be made again are made, each watched, and recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.media.store import Making
from site_builder.model.pages import PageJob
from site_builder.press.crew import Tick
from site_builder.press.pressing import Press, pressed, turned
from site_builder.warm.memory import ENGINE, Desk, Given, Piece
from site_builder.warm.reading import told, unwatched

PAGE = "page "


@dataclass(frozen=True)
class Todo:
    """What is left to be made of the pages there are."""

    desk: Desk
    right: Mapping[str, Piece]
    """Pieces that are still right, by name."""
    jobs: tuple[PageJob, ...]
    look: bytes
    """Digest of what every page is given beside it."""
    given: Mapping[str, Given]
    """What each page is given, as far as somebody had to know."""

    @classmethod
    def of(cls, desk: Desk, jobs: Iterable[PageJob], *, press: Press) -> "Todo":
        """All that is not right any more; in a cold build everything. What MkDocs made is right or has been made anew."""
        deck, jobs = desk.recorder.deck, tuple(jobs)
        look = desk.given + told(unwatched(deck))
        look += told((sorted(press.frames.items()), press.theme_dirs, press.assets, press.tongues, press.neutral))
        given: dict[str, Given] = {}
        right: dict[str, Piece] = {}
        if desk.former.pieces:
            given = {PAGE + job.address: desk.recorder.given(job.plan) for job in jobs}
            right = desk.right({name: look + one.digest for name, one in given.items()})
        return cls(
            desk,
            right | ({ENGINE: desk.engine} if desk.engine else {}),
            tuple(job for job in jobs if PAGE + job.address not in right),
            look,
            given,
        )

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
