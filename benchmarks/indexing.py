"""Numbers of entries come in; a table goes out: what our index and Pagefind's take to be made, in turns, on the same made-up corpus.

    python benchmarks/indexing.py [--entries 2000 10000 30000] [--words 0 100000] [--rounds 3]

Needs ``pip install 'pagefind[extended]'``. Ours is the index alone, the catalogue being read; Pagefind's is its run over finished bare
pages. ``--words`` says of how many different words the texts are: with 0 of the corpus' six sentences. Seconds are medians, on the wall
and of CPU. All is written below the directory for temporary files (``TMPDIR``) and removed.
"""

import argparse
import multiprocessing
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import write_exhibition
from search import build_index, timed, write_bare

from site_builder.model.exhibition import Exhibition
from site_builder.surveying import survey

HEAD = "| Entries | Words | ours, s (CPU) | Pagefind, s (CPU) | ratio (CPU) |\n| --: | --: | --: | --: | --: |"
Turn = tuple[float, float]
"""Seconds on the wall and of CPU."""


@dataclass(frozen=True)
class Contest:
    """What both took, turn by turn, at one size."""

    entries: int
    words: int
    ours: tuple[Turn, ...]
    theirs: tuple[Turn, ...]

    def line(self) -> str:
        """As a row of Markdown."""
        (wall, cpu), (other, other_cpu) = (
            [median(one) for one in zip(*turns, strict=True)] for turns in (self.ours, self.theirs)
        )
        words = f"{self.words:,}" if self.words else "six sentences"
        return (
            f"| {self.entries:,} | {words} | {wall:.2f} ({cpu:.2f}) | {other:.2f} ({other_cpu:.2f}) "
            f"| {wall / other:.2f} ({cpu / other_cpu:.2f}) |"
        )


def contest(root: Path, entries: int, *, words: int, rounds: int) -> Contest:
    """Both in turns, each from nothing."""
    write_exhibition(root / "content", entries, words=words)
    write_bare(root / "pages", entries, words=words)
    turns = list(_turns(root, rounds))
    return Contest(entries, words, tuple(ours for ours, _ in turns), tuple(theirs for _, theirs in turns))


def _turns(root: Path, rounds: int) -> Iterator[tuple[Turn, Turn]]:
    deck = survey(root / "content", Exhibition()).deck
    command = [sys.executable, "-m", "pagefind", "--site", str(root / "pages")]

    for _ in range(rounds):
        # a process of its own each time: nothing is remembered from the turn before
        mine = _apart(lambda: timed(lambda: build_index(deck, root / "index")))
        theirs = timed(
            lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        yield mine, theirs
        rmtree(root / "index")
        rmtree(root / "pages/pagefind")


def _apart(work: Callable[[], Turn]) -> Turn:
    """What a fork of this process finds, for which alone the memory of its work is."""
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    worker = context.Process(target=lambda: send.send(work()))
    worker.start()
    send.close()
    found: Turn = receive.recv()
    worker.join()
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[2000])
    parser.add_argument("--words", type=int, nargs="+", default=[0, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(HEAD, flush=True)
    for entries in given.entries:
        for words in given.words:
            with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
                print(contest(Path(scratch), entries, words=words, rounds=given.rounds).line(), flush=True)


if __name__ == "__main__":
    main()
