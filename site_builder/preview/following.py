"""Changed files come in; the preview takes them up, what is looked at first and the whole after, and whoever waits for news is told."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from threading import Condition, Event, Thread

from site_builder.intake.folders import is_ignored, standing_of
from site_builder.model.problems import stops
from site_builder.preview.preview import Preview
from site_builder.preview.watching import Watch

Attempt = Callable[[Callable[[], object]], str]
"""Does something; answers with words for people where it failed, else with none."""
_QUIET, _LONGEST = 0.04, 0.4
"""Seconds without a change that end a save, and how long a save may go on before it is looked at all the same."""
_HALF = 0.35
"""Seconds that a file with errors is given to be written to its end, before anybody is told of it."""
_FEW = 20
"""More files than this are no save but another state of everything."""


class Bell:
    """Counts news; whoever knows an older count is told at once."""

    def __init__(self) -> None:
        self.count = 0
        self._rung = Condition()

    def ring(self) -> None:
        """There is news."""
        with self._rung:
            self.count += 1
            self._rung.notify_all()

    def wait(self, known: int, seconds: float) -> None:
        """Returns when there is news since this count, or after so many seconds."""
        with self._rung:
            self._rung.wait_for(lambda: self.count != known, seconds)


class Following:
    """Glances at what was saved in one thread and surveys the whole in another, so that no save waits for the survey of the last."""

    def __init__(self, preview: Preview, *, attempt: Attempt, say: Callable[[str], None]) -> None:
        self.failure = ""
        """Why the whole could not be taken up last; empty where it could."""
        self.bell = Bell()
        self._preview = preview
        self._attempt = attempt
        self._say = say
        """Told after each survey, with the failure."""
        self._wanted, self._idle, self._ended = Event(), Event(), Event()
        self._idle.set()

    def begin(self) -> None:
        """Something to look at: what the last build left, until the first survey is done, or that survey itself."""
        # what cannot be taken up is no failure: everything is made, then
        self._attempt(self._preview.resume)
        if self._preview.has_pages:
            self._idle.clear()
            self._wanted.set()
        else:
            self._survey()

    def follow(self, watch: Watch) -> None:
        """Takes up changes until something interrupts."""
        surveyor = Thread(target=self._survey_on, daemon=True)
        surveyor.start()
        try:
            while True:
                # files are looked at one by one, which would take long beside a thread that computes
                if self._idle.is_set():
                    watch.look()
                if changed := watch.changes(0.5):
                    self._take(changed, watch)
        finally:
            self._ended.set()
            self._wanted.set()
            surveyor.join()

    def _take(self, changed: frozenset[str], watch: Watch) -> None:
        sources = changed | _till_quiet(watch)
        while entries := _entries(sources):
            glanced = self._attempt(lambda given=entries: self._preview.glance(given))  # type: ignore[misc]  # bound now
            if not glanced and not self._has_errors(entries):
                break
            more = watch.changes(_HALF)
            if not more:
                break
            sources |= more
        self.bell.ring()
        self._idle.clear()
        self._wanted.set()

    def _has_errors(self, sources: Iterable[str]) -> bool:
        wanted = frozenset(sources)
        return stops(one for one in self._preview.problems if one.place.path in wanted)

    def _survey_on(self) -> None:
        while not self._ended.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if not self._ended.is_set():
                self._survey()
            if not self._wanted.is_set():
                self._idle.set()

    def _survey(self) -> None:
        self.failure = self._attempt(self._preview.refresh)
        self._say(self.failure)
        self.bell.ring()


def _till_quiet(watch: Watch) -> frozenset[str]:
    """What else belongs to a save: editors write beside, rename, and set times."""
    found: frozenset[str] = frozenset()
    for _ in range(round(_LONGEST / _QUIET)):
        more = watch.changes(_QUIET)
        if not more:
            break
        found |= more
    return found


def _entries(sources: frozenset[str]) -> tuple[str, ...]:
    """Those files among them that should hold entries; none where they are many."""
    found = tuple(
        sorted(one for one in sources if not is_ignored(PurePosixPath(one).name) and standing_of(one)[0] is not None)
    )
    return found if len(found) <= _FEW else ()
