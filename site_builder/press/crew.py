"""Work that can be cut into parts comes in; the results of all parts, each made by a process of its own, go out."""

import gc
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Result = TypeVar("Result")


def together(work: Callable[[int, int], Result], workers: int) -> list[Result]:
    """Calls ``work(part, of)`` for every part at once; a full or shut disk is told to the caller as it is.

    Workers are forks, so that they share what was read and pickle nothing.

    Where a system cannot fork (Windows), or for one worker, this process does the parts itself, one after the other.
    """
    if workers == 1 or "fork" not in multiprocessing.get_all_start_methods():
        return [work(part, workers) for part in range(workers)]
    context = multiprocessing.get_context("fork")
    # what lives now lives to the end: the collector need not touch, and so copy, it in every worker
    gc.freeze()
    pipes = [context.Pipe(duplex=False) for _ in range(workers)]
    crew = [
        context.Process(target=_part, args=(send, work), kwargs={"part": part, "of": workers})
        for part, (_, send) in enumerate(pipes)
    ]
    for worker in crew:
        worker.start()
    for _, send in pipes:
        send.close()
    try:
        return [_received(receive) for receive, _ in pipes]
    finally:
        for worker in crew:
            worker.join()
        gc.unfreeze()


def _part(send: Connection, work: Callable[[int, int], Result], *, part: int, of: int) -> None:
    gc.disable()
    try:
        send.send((work(part, of), None))
    except OSError as fault:
        send.send((None, fault))
    finally:
        send.close()


def _received(receive: Connection) -> Any:
    try:
        result, fault = receive.recv()
    except EOFError as ended:
        raise RuntimeError("a worker ended before its work was done (killed, or out of memory)") from ended
    if fault is not None:
        raise fault
    return result
