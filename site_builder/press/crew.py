"""Work that can be cut into parts comes in; the results of all parts, each made by a process of its own, go out."""

import gc
import multiprocessing
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from site_builder.media.unfit import Unfit
from site_builder.model.frozen import frozen
from site_builder.press.afar import Crew, done_afar
from site_builder.press.stages import Spent, hear, measured_apart

if TYPE_CHECKING:
    from jinja2 import TemplateError

Result = TypeVar("Result", covariant=True)
Tick = Callable[[int], None]
"""Told how many more pieces are done."""
Watch = Callable[[int], Tick]
"""Told how many pieces there are; answers with whom to tell of those that are done."""


class Work(Protocol[Result]):
    """One part of so many; it says with ``tick`` how many more pieces it has done."""

    def __call__(self, part: int, of: int, *, tick: Tick) -> Result:
        """Does the part."""


_TOLD_EVERY = 0.1
"""Seconds between two words of a worker about how far it is: a message for every page is a tenth of the work, and nobody sees it."""


class WorkerLost(RuntimeError):
    """A worker ended before its work was done."""


@frozen
class _Message:
    """What a worker says: so many pieces done, its result, or what stopped it."""

    done: int = 0
    result: Any = None
    fault: "OSError | TemplateError | MemoryError | Unfit | None" = None
    last: bool = False
    spent: tuple[Spent, ...] = ()


@dataclass
class _Teller:
    """A worker's `Tick`: says now and then how much was done since it last spoke."""

    send: Connection
    untold: int = 0
    spoke: float = field(default_factory=time.monotonic)

    def __call__(self, done: int) -> None:
        self.untold += done
        now = time.monotonic()
        if now - self.spoke >= _TOLD_EVERY:
            self.send.send(_Message(self.untold))
            self.untold, self.spoke = 0, now


def unheard(_done: int) -> None:
    """For those who do not want to know how far the work is."""


def idle() -> None:
    """For those who have nothing to do while others work."""


def unwatched(_pieces: int) -> Tick:
    """For work that nobody looks at."""
    return unheard


@frozen
class Staff:
    """Who looks on while a site is made, and who makes it."""

    watch: Watch = unwatched
    crew: Crew | None = None
    """Does the work in the place of this machine's processes."""


def together(
    work: Work[Result],
    workers: int,
    *,
    tick: Tick = unheard,
    crew: Crew | None = None,
    meanwhile: Callable[[], object] = idle,
) -> list[Result]:
    """Calls ``work(part, of, tick=…)`` for every part at once; a full or shut disk and a broken template are told to the caller.

    Workers are forks, so that they share what was read and pickle nothing. Where a system cannot fork (Windows), or
    for one worker, this process does the parts itself, one after the other. A ``crew`` does them all, if there is one.
    ``meanwhile`` is what this process does itself, once the workers are at it.
    """
    if crew is not None:
        meanwhile()
        return _told_by(crew, work, tick=tick)
    if workers == 1 or "fork" not in multiprocessing.get_all_start_methods():
        meanwhile()
        return [work(part, workers, tick=tick) for part in range(workers)]
    context = multiprocessing.get_context("fork")
    # what lives now lives to the end: the collector need not touch, and so copy, it in every worker
    gc.freeze()
    pipes = [context.Pipe(duplex=False) for _ in range(workers)]
    hands = [
        context.Process(target=_part, args=(send, work), kwargs={"part": part, "of": workers})
        for part, (_, send) in enumerate(pipes)
    ]
    for worker in hands:
        worker.start()
    for _, send in pipes:
        send.close()
    try:
        meanwhile()
        messages = _heard_out([receive for receive, _ in pipes], tick)
    finally:
        for worker in hands:
            # all have ended, or one has failed and the others' work is in vain
            worker.terminate()
            worker.join()
        gc.unfreeze()
    hear(message.spent for message in messages)
    return [message.result for message in messages]


def _told_by(crew: Crew, work: Work[Any], *, tick: Tick) -> list[Any]:
    results: dict[int, Any] = {}
    for done in done_afar(work, crew):
        if done.fault is not None:
            raise done.fault
        results[done.part] = done.result
        tick(done.pieces)
    return [results[part] for part in range(crew.parts)]


def _part(send: Connection, work: Work[Any], *, part: int, of: int) -> None:
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process: the first one ends the others
    tick = _Teller(send)
    try:
        with measured_apart() as meter:
            result = work(part, of, tick=tick)
        message = _Message(tick.untold, result, last=True, spent=meter.spent)
    except (OSError, MemoryError, Unfit) as fault:
        message = _Message(fault=fault, last=True)
    except _broken_template() as fault:
        from site_builder.press.templates import with_place

        message = _Message(fault=with_place(fault), last=True)
    send.send(message)
    send.close()


def _broken_template() -> "type[TemplateError]":
    """What is raised for one; asked when something was raised, for not every worker loads what renders them."""
    from jinja2 import TemplateError

    return TemplateError


def _heard_out(pipes: list[Connection], tick: Tick) -> list[_Message]:
    """Hears all workers out, whoever speaks first; their last words come in the order of the parts."""
    last: dict[int, _Message] = {}
    while len(last) < len(pipes):
        silent = [part for part in range(len(pipes)) if part not in last]
        heard = wait([pipes[part] for part in silent])
        for part in silent:
            if pipes[part] in heard:
                message = _received(pipes[part])
                if message.done:
                    tick(message.done)
                if message.last:
                    last[part] = message
    return [last[part] for part in range(len(pipes))]


def _received(pipe: Connection) -> _Message:
    try:
        message: _Message = pipe.recv()
    except EOFError as ended:
        raise WorkerLost("a worker ended before its work was done (killed, or out of memory)") from ended
    if message.fault is not None:
        raise message.fault
    return message
