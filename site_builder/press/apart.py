"""A piece of work comes in; a process of its own does it while this one goes on, and its result goes out when it is asked for.

Much of a build is done by one process, for it leads to what all others need: reading ends before the survey begins, the survey before pages
are listed. What nobody waits for meanwhile is done here.
"""

import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from site_builder.press.stages import Spent, hear, is_measured, measured_apart

Result = TypeVar("Result")


class Apart(Generic[Result]):
    """Work that was begun. Where no other process does it, or that one came to no good end, this one does it when it is asked."""

    def __init__(self, work: Callable[[], Result], *, alone: bool) -> None:
        """``alone``: there is no other core to do it."""
        self.alone = alone or "fork" not in multiprocessing.get_all_start_methods()
        self._work = work
        self._worker: multiprocessing.process.BaseProcess | None = None
        self._has_told = False
        if not self.alone:
            self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("fork")
        self._told, telling = context.Pipe(duplex=False)
        # no daemon, for these may begin nobody themselves
        worker = context.Process(target=_tell, args=(self._work, telling))
        with suppress(OSError):
            worker.start()
            self._worker = worker
        telling.close()

    @property
    def is_done(self) -> bool:
        """Whether another process has done it already, so that nobody waits who asks for the result."""
        return self._has_told or (self._worker is not None and self._told.poll())

    @cached_property
    def result(self) -> Result:
        """What the work gave."""
        if self._worker is not None:
            with suppress(EOFError):
                result: Result
                result, spent = self._told.recv()
                self._has_told = True
                if is_measured():
                    self._worker.join()
                # the clock of this process went on meanwhile
                hear([tuple(replace(one, wall=0.0) for one in spent)])
                return result
        return self._work()

    def leave(self) -> None:
        """Nobody asks any more. Who has told ends by itself: what a large process held takes the system a while to take back."""
        if self._worker is not None and not self._has_told:
            self._worker.terminate()
            self._worker.join()


@contextmanager
def apart(work: Callable[[], Result], *, alone: bool) -> Iterator[Apart[Result]]:
    """Begins a piece of work, and leaves no process behind."""
    begun = Apart(work, alone=alone)
    try:
        yield begun
    finally:
        begun.leave()


def _tell(work: Callable[[], Result], telling: Connection) -> None:
    gc.disable()
    # Ctrl-C reaches every process: the first one says so, and ends this one, which takes its drafts away
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # whoever asks in vain does it again, and meets what is amiss himself
    with suppress(OSError), telling:
        with measured_apart() as meter:
            result = work()
        spent: tuple[Spent, ...] = meter.spent
        telling.send((result, spent))
