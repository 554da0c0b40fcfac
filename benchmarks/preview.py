"""Numbers of entries come in; what an editor waits for in the preview goes out: its start, a save to the page, the whole after it.

    python benchmarks/preview.py --entries 2000 10000 [--rounds 5]

A real server (``exhibition serve``) is asked as the script of a page asks it. Seconds are those of the clock and, in brackets, of the
processor, from the save to the page with the new words, and to the line that says that the whole was taken up. Everything that a
build leaves is there before the server starts. Linux only, for CPU is read from /proc.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build import TEXTS, edited, edited_ones
from corpus import Sample, write_exhibition
from results import STEPS

COLUMNS = ("Entries", "Edit", "Page, s (CPU)", "Whole, s (CPU)")
HEAD = f"| {' | '.join(COLUMNS)} |\n| --: | --- | --: | --: |"
FOLDERS = {"project": "projects", "craftsman": "craftsmen", "studio": "studios"}
PATIENCE = 120.0
TAKEN_UP = "已更新"
Spent = tuple[float, float]
"""Seconds of the clock and of the processor."""


@dataclass(frozen=True)
class Served:
    """A running preview."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def clock(self) -> Spent:
        """The time, and what the server has spent of the processor."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return time.monotonic(), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def get(self, address: str) -> str:
        """A page; empty while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{address}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return ""

    def wholes(self) -> int:
        """How many times everything was taken up."""
        return self.log.read_text().count(TAKEN_UP)

    def until_whole(self, times: int) -> None:
        """Waits until everything was taken up so often."""
        limit = time.monotonic() + PATIENCE
        while self.wholes() < times:
            if self.process.poll() is not None or time.monotonic() > limit:
                raise SystemExit(self.log.read_text())
            time.sleep(0.01)

    def until_news(self, page: str, words: str) -> None:
        """Waits for a page with these words as its script does: told of news, it fetches the page."""
        known = {"seen": "", "index": "", "told": ""}
        while words not in self.get(page) and self.process.poll() is None:
            asked = "&".join(f"{name}={value}" for name, value in known.items())
            now = json.loads(self.get(f"_live/now?page={quote(f'/{page}')}&{asked}"))
            known = {name: now[name] for name in known}


def since(served: Served, began: Spent) -> Spent:
    """What passed and was spent since then."""
    now = served.clock()
    return now[0] - began[0], now[1] - began[1]


def saved(served: Served, root: Path, step: str, *, sample: Sample, turn: int) -> tuple[Spent, Spent]:
    """Saves an edit; what it took to the page, and to the whole."""
    wholes, began = served.wholes(), served.clock()
    edited(root / "content" / sample.folder / f"{sample.id}.md", step, title=sample.title, turn=turn)
    words = f"第{turn}次" if step == "body" else f"{sample.title}改{turn}"
    served.until_news(f"{FOLDERS[sample.kind]}/{sample.id}/", words)
    page = since(served, began)
    served.until_whole(wholes + 1)
    return page, since(served, began)


def figures(entries: int, rounds: int) -> Iterator[str]:
    """The rows of one size, of a preview of what was built before."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        root, log = Path(scratch, "content"), Path(scratch, "served.log")
        write_exhibition(root, entries)
        command = [sys.executable, "-u", "-m", "site_builder.cli"]
        subprocess.run([*command, "build"], cwd=root, check=True, capture_output=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # what the server leaves when it is ended goes with all the rest
        begin = partial(subprocess.Popen, cwd=root, env=os.environ | {"TMPDIR": scratch})
        with (
            log.open("w") as told,
            begin([*command, "serve", "--port", str(port)], stdout=told, stderr=told) as process,
        ):
            try:
                yield from waited(Served(process, port, log), root, entries, rounds=rounds)
            finally:
                process.terminate()


def waited(served: Served, root: Path, entries: int, *, rounds: int) -> Iterator[str]:
    """What is waited for from a server that was just started."""
    began = (time.monotonic(), 0.0)
    while not served.get(""):
        time.sleep(0.01)
    seen = since(served, began)
    served.until_whole(1)
    yield _row(entries, "start, to the home page", [(seen, since(served, began))])
    # one edit of a text is like the next here
    for step, sample in ((step, sample) for step, sample in edited_ones(entries).items() if step != TEXTS[-1]):
        turns = [saved(served, root, step, sample=sample, turn=turn) for turn in range(1, rounds + 1)]
        yield _row(entries, STEPS[step], turns)


def _row(entries: int, what: str, turns: list[tuple[Spent, Spent]]) -> str:
    cells = (
        f"{median(one[column][0] for one in turns):.2f} ({median(one[column][1] for one in turns):.2f})"
        for column in (0, 1)
    )
    return f"| {entries:,} | {what} | {' | '.join(cells)} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[300])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(f"### The preview, medians of {given.rounds}\n\n{HEAD}", flush=True)
    for entries in given.entries:
        for line in figures(entries, given.rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
