"""Work that can be cut into parts comes in; an executor of other processes or machines does the parts, and their results go out.

The work is pickled once, into a file of a directory that all workers see at the same path; so is the site that they write.
What passes between the machines is the name of that file, the number of a part, and what the part says of itself. A part that is
done twice, because the executor lost the worker that did it, writes the same files again.
"""

import contextlib
import hashlib
import os
import pickle
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.model.frozen import frozen

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from jinja2 import TemplateError

PARTS = 32
"""Parts of a work: enough for some machines, large enough that cards are drawn for many pages at once."""


@frozen
class Crew:
    """Whoever does the work instead of this machine's own processes."""

    executor: "Executor"
    shared: Path
    """A directory that every worker sees at this very path."""
    parts: int = PARTS


@frozen
class Done:
    """What a worker says of a part: its result, how many pieces it was, or what stopped it."""

    part: int
    result: Any = None
    pieces: int = 0
    fault: "OSError | TemplateError | None" = None


def done_afar(work: Any, crew: Crew) -> Iterator[Done]:
    """Every part, in whatever order they are finished; what the executor itself fails of is raised as it raises it."""
    from concurrent.futures import as_completed  # for whoever has a crew

    with _told(work, crew.shared) as (path, digest):
        asked = [crew.executor.submit(_part, str(path), digest, part=part, of=crew.parts) for part in range(crew.parts)]
        try:
            for one in as_completed(asked):
                yield one.result()
        finally:
            for one in asked:
                one.cancel()


@contextlib.contextmanager
def _told(work: Any, shared: Path) -> Iterator[tuple[Path, str]]:
    """The file with the work, for as long as it is wanted."""
    # the work is a function with all that it knows of; the pickle of the standard library takes none of those
    from cloudpickle import dumps

    content = dumps(work)
    digest = hashlib.sha256(content).hexdigest()
    shared.mkdir(parents=True, exist_ok=True)
    path = shared / f"work-{os.getpid()}-{digest[:16]}"
    path.write_bytes(content)
    try:
        yield path, digest
    finally:
        path.unlink(missing_ok=True)


def _part(path: str, digest: str, *, part: int, of: int) -> Done:
    """Does a part; runs where the executor lets it."""
    from jinja2 import TemplateError

    from site_builder.press.templates import with_place

    pieces: list[int] = []
    try:
        result = _work(path, digest)(part, of, tick=pieces.append)
    except OSError as fault:
        return Done(part, fault=fault)
    except TemplateError as fault:
        return Done(part, fault=with_place(fault))
    return Done(part, result, sum(pieces))


@lru_cache(maxsize=1)
def _work(path: str, digest: str) -> Any:
    """The work, read once by each process; OSError where this machine does not see the directory, or sees another file."""
    content = Path(path).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise OSError(f"{path} is not the work that was asked for")
    return pickle.loads(content)
