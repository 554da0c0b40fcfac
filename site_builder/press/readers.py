"""Records of earlier runs come in; processes of their own parse what differs while this one does something else; content goes out.

A first build parses everything, and that needs neither MkDocs nor anything that makes pages. So it begins as soon as what reads is loaded,
and the rest of the program is loaded meanwhile.
"""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from multiprocessing.connection import Connection
from struct import Struct
from tempfile import TemporaryFile
from typing import IO

from site_builder.intake.content import Content
from site_builder.intake.record_cache import Due, Records
from site_builder.intake.stamps import Recorded
from site_builder.press.apart import Apart
from site_builder.press.stages import Stage, stage
from site_builder.press.turns import Turns, turns

_FEW = 300
"""Below so many files to parse a second process costs more than it brings."""
_TOLD = Struct("<III")
"""Which reader parsed which bucket, and how many bytes that gave."""


class Reading:
    """Files of content that are being read."""

    def __init__(self, former: Records, *, workers: int) -> None:
        """Begins, with so many processes where they are worth it."""
        self.recorded: Recorded = {}
        """Of each file, when it is done, the stamp and the digest of what was parsed."""
        self._open = ExitStack()
        self._readers: list[Apart[None]] = []
        self._left: list[IO[bytes]] = []
        with stage(Stage.READ):
            self.due = former.due()
            files = sum(map(len, self.due.buckets.values()))
            if workers > 1 and files > _FEW and "fork" in multiprocessing.get_all_start_methods():
                with suppress(OSError):
                    self._begin(workers)

    def _begin(self, workers: int) -> None:
        self.due.learn()
        taking = self._open.enter_context(turns(len(self.due.buckets), few=1))
        self._told, telling = multiprocessing.Pipe(duplex=False)
        self._over, reading = multiprocessing.Pipe(duplex=False)
        for outlet in (self._told, self._over):
            self._open.enter_context(outlet)
        # a pipe holds little, and whoever fills it waits until somebody reads; in a file each leaves all that it parsed
        with telling, reading:
            for part in range(workers):
                file = self._open.enter_context(TemporaryFile())  # noqa: SIM115  # lives as long as the reading
                self._left.append(file)
                work = partial(_parse, self.due, taking, part=part, file=file, telling=telling)
                self._readers.append(Apart(work, alone=False))
                self._open.callback(self._readers[-1].leave)

    def done(self) -> Content:
        """The content as it is now, kept for the next run; to be asked for once."""
        with stage(Stage.READ):
            records = self.due.done(self._handed())
            records.write(self.due.former)
            self.recorded = records.recorded
            content = records.content
        for reader in self._readers:
            _ = reader.result  # what it took is told with it
        self.close()
        return content

    def _handed(self) -> Iterator[tuple[int, bytes]]:
        """Number and content of each bucket that a reader parsed, as they come; a reader that was killed leaves the others to be done."""
        numbers, ends = list(self.due.buckets), [0] * len(self._left)
        with suppress(EOFError):
            while self._readers:
                part, at, size = _TOLD.unpack(self._told.recv_bytes())
                yield numbers[at], os.pread(self._left[part].fileno(), size, ends[part])
                ends[part] += size

    def wait(self) -> None:
        """Returns when the readers have ended, in whatever fork; who can wait leaves the cores to them."""
        if self._readers:
            with suppress(EOFError):
                self._over.recv_bytes()

    def close(self) -> None:
        """Nobody asks any more."""
        self._open.close()


def _parse(due: Due, taking: Turns, *, part: int, file: IO[bytes], telling: Connection) -> None:
    """What a reader does: parses one bucket after the other, and leaves what that gave in its file."""
    numbers = list(due.buckets)
    # where the disk takes no more, whoever asks parses the rest
    with stage(Stage.READ), telling, suppress(OSError):
        for at in taking.taken(part, len(numbers)):
            content = due.parsed(numbers[at])
            file.write(content)
            file.flush()
            telling.send_bytes(_TOLD.pack(part, at, len(content)))
