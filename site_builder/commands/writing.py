"""Where a command is to write comes in; a whole file there goes out, or the former one, and nothing beside it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.commands.failures import failures_told


@contextmanager
def whole_file(output: Path, *, after: str = "什么都没有写。") -> Iterator[Path]:
    """A place beside the goal that takes the goal's when it was written; what the disk refuses ends the command with a line.

    Its name has the number of the process, so that two who write the same at once do not write into each other's.
    """
    draft = output.with_name(f".{output.name}.{os.getpid()}.draft")
    with failures_told(after):
        try:
            yield draft
            draft.replace(output)
        finally:
            draft.unlink(missing_ok=True)
