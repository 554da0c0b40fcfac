"""A number of seconds comes in; work that takes longer is ended from outside with ``TimeUp``, wherever it may be."""

import signal
import threading
from _thread import interrupt_main
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 1.0
"""Seconds after which a work that did not end is told once more."""


class TimeUp(BaseException):
    """The time is over; no ``Exception``, as KeyboardInterrupt is none, so that no reader of files takes it for a fault."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises ``TimeUp`` in the main thread if the block takes longer.

    A thread watches the clock and interrupts as Ctrl-C does, which Python heeds between two steps of a program and
    within a regular expression, on Windows, too. Ctrl-C itself goes on to mean what it meant.
    """
    over, done = threading.Event(), threading.Event()
    former = signal.getsignal(signal.SIGINT)

    def interrupted(number: int, frame: FrameType | None) -> None:
        if over.is_set():
            if not done.is_set():
                raise TimeUp
        elif callable(former):
            former(number, frame)

    watch = threading.Thread(target=_watch, args=(seconds, over), kwargs={"done": done}, daemon=True)
    signal.signal(signal.SIGINT, interrupted)
    watch.start()
    try:
        try:
            yield
        finally:
            done.set()
    finally:
        done.set()  # where the time was over at the very end, and the line above was not reached
        watch.join()
        signal.signal(signal.SIGINT, former)


def _watch(seconds: float, over: threading.Event, *, done: threading.Event) -> None:
    pause = seconds
    while not done.wait(pause):
        over.set()
        interrupt_main()
        pause = _AGAIN
