"""A few files of content come in; what they hold goes out, read by a process that alone loads what reads, checks and validates content.

That takes a third of all that an edit would load, and whoever has a survey that was put away needs of it only the entries that differ.
They are read while the first process loads the rest.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.press.apart import Apart, apart
from site_builder.press.stages import Stage, stage

if TYPE_CHECKING:
    from site_builder.intake.content import Read

FewRead = Apart[list["Read"]]
"""What each of the files gave, in their order."""

MOST = 64
"""So many files; who changes more has changed more than a few entries."""


def reread(root: Path, sources: Sequence[str], *, alone: bool) -> AbstractContextManager[FewRead]:
    """Begins to read these files, by their paths relative to the root; ``alone``: there is no other core to do it."""
    return apart(partial(_read, root, sources), alone=alone)


def _read(root: Path, sources: Sequence[str]) -> "list[Read]":
    from site_builder.intake.content import read_file

    with stage(Stage.READ):
        return [read_file(root, source) for source in sources]
