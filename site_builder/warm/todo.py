"""Publishers come in; the pages that must be made again are named and made, each watched, and recorded.

What a publisher lists is a piece, too: as long as it is right, its pages are those of before and are given what they were given, so
that nobody need ask for them one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice, tee

from site_builder.media.store import Making
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile, PageJob
from site_builder.press.crew import Tick
from site_builder.press.pressing import Press, pressed, turned
from site_builder.publish.publishers import PUBLISHERS, Publisher, jobs_of
from site_builder.release.mounting import Mount, living
from site_builder.warm.desk import Desk
from site_builder.warm.memory import ENGINE, Piece
from site_builder.warm.reading import told, unwatched
from site_builder.warm.recording import Given

PAGE = "page "
LIST = "list "


@frozen
class Todo:
    """What is left to be made of the pages there are."""

    desk: Desk
    look: bytes
    """Digest of what every page is given beside it."""
    right: dict[str, Piece] = field(default_factory=dict)
    """Pieces that are still right, by name."""
    jobs: list[PageJob] = field(default_factory=list)
    given: dict[str, Given] = field(default_factory=dict)
    """What each page is given, as far as somebody had to know."""
    moved: tuple[OutputFile, ...] = ()
    """Small pages where one of an archived edition now lies deeper."""

    @classmethod
    def of(cls, desk: Desk, *, press: Press, mounts: Sequence[Mount] = ()) -> "Todo":
        """All that is not right any more; in a cold build everything. What MkDocs made is right or has been made anew."""
        look = desk.given + told(unwatched(desk.deck))
        look += told((sorted(press.frames.items()), press.theme_dirs, press.assets, press.tongues, press.neutral))
        todo = cls(desk, look, {ENGINE: desk.engine} if desk.engine else {})
        # archived editions take pages from all publishers, so that all must say what they have
        lists = {} if mounts else desk.right({_name(publish): look for publish in PUBLISHERS})
        listed: list[PageJob] = []
        for publish in PUBLISHERS:
            piece = lists.get(_name(publish))
            if piece is None:
                listed += todo._listed(publish)
            else:
                todo.right[_name(publish)] = piece
                todo._asked(publish, piece.result)
        jobs, moved = living(listed, mounts)
        todo._compared(jobs)
        return replace(todo, moved=moved)

    def _listed(self, publish: Publisher) -> tuple[PageJob, ...]:
        """All pages of a publisher."""
        recorder = self.desk.recorder
        recorder.opened()
        jobs = tuple(jobs_of(recorder.deck, publish))
        recorder.closed(_name(publish), self.look, files={}, result=tuple(job.address for job in jobs))
        return jobs

    def _asked(self, publish: Publisher, addresses: Sequence[str]) -> None:
        """Takes those of a publisher's pages that are not right, whose list is what it was."""
        names = {PAGE + address for address in addresses}
        still = self.desk.still(names)
        self.right.update(still)
        wrong = {address for address in addresses if PAGE + address not in still}
        if wrong:
            self.desk.recorder.opened()
            jobs = jobs_of(self.desk.recorder.deck, publish, wanted=wrong)
            # what stands behind the last of them need not be named
            self.jobs.extend(islice(jobs, len(wrong)))

    def _compared(self, jobs: Iterable[PageJob]) -> None:
        """Takes those of the pages that are not right, asking what each is given."""
        if self.desk.former.pieces:
            jobs = tuple(jobs)
            self.given.update({PAGE + job.address: self.desk.recorder.given(job.plan) for job in jobs})
            now = {PAGE + job.address: self.look + self.given[PAGE + job.address].digest for job in jobs}
            self.right.update(self.desk.right(now))
        self.jobs.extend(job for job in jobs if PAGE + job.address not in self.right)

    def press_pages(self, press: Press, numbers: Iterable[int], *, tick: Tick) -> None:
        """Plans and presses the pages with these numbers."""
        recorder = self.desk.recorder
        jobs, same = tee(self.jobs[number] for number in numbers)
        pages = pressed(press, same, tick=tick)
        for job in jobs:
            files, name = turned(press), PAGE + job.address
            given = self.given.get(name) or recorder.given(job.plan)
            recorder.opened()
            made = next(pages)
            recorder.closed(name, self.look + given.digest, files=files, result=made, beside=given.facts)


def in_place(known: Mapping[str, str], making: Making) -> bool:
    """Whether all files of a making lie in the site as they should."""
    return all(known.get(address) == f"{making.key}/{name}" for name, address in making.addresses)


def _name(publish: Publisher) -> str:
    return f"{LIST}{publish.__module__.rpartition('.')[2]}"
