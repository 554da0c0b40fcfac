"""A number of entries comes in; seconds and memory of a cold build, ours beside plain MkDocs with Material, go out.

    python benchmarks/cold.py [--entries 10000] [--rounds 1] [--no-search]

Both build the same entries in turns, each into an empty directory. Read the ratio; seconds depend on the machine and its load.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import write_exhibition, write_mkdocs
from memory import Watch


@dataclass(frozen=True)
class Run:
    """One build: wall seconds, CPU seconds of the process tree, peak of its largest process in MiB, HTML pages, peak of all processes."""

    wall: float
    cpu: float
    peak: float
    pages: int
    together: float = 0


def run(command: list[str], root: Path, *, fresh: bool = True) -> Run:
    """Runs one build in ``root``, without or with the site of the last one, and measures it."""
    if fresh:
        shutil.rmtree(root / "site", ignore_errors=True)
    began = time.monotonic()
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        with Watch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            message = process.stderr.read().decode() if process.stderr else ""
            raise SystemExit(f"{' '.join(command)} failed:\n{message[-2000:]}")
    pages = sum(1 for _ in (root / "site").rglob("*.html"))
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, pages, watch.most)


def main() -> None:
    """Prints one line per builder and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-search", action="store_true", help="switch off Material's search, for equal work")
    parser.add_argument("--ours-only", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        ours, theirs = Path(scratch, "ours"), Path(scratch, "theirs")
        write_exhibition(ours, given.entries)
        write_mkdocs(theirs, given.entries, search=not given.no_search)
        contests = [("exhibition", [sys.executable, "-m", "site_builder.cli", "build"], ours)]
        if not given.ours_only:
            contests.append(("mkdocs+material", [sys.executable, "-m", "mkdocs", "build", "-q"], theirs))
        runs: dict[str, list[Run]] = {name: [] for name, _, _ in contests}
        for _ in range(given.rounds):
            for name, command, root in contests:
                runs[name].append(run(command, root))
                last = runs[name][-1]
                print(
                    f"{name:16} {last.wall:7.1f} s wall {last.cpu:7.1f} s CPU {last.peak:6.0f} MiB {last.pages} pages",
                    flush=True,
                )
        if not given.ours_only:
            ratio = median(one.wall for one in runs["exhibition"]) / median(one.wall for one in runs["mkdocs+material"])
            print(f"ratio of wall times: {ratio:.3f} (1/{1 / ratio:.1f})")


if __name__ == "__main__":
    main()
