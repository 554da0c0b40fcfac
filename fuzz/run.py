"""A number of executions comes in; every target is fuzzed for its share of it, and a table of what was tried goes out.

    python fuzz/run.py [--runs 1000000] [--target texts …] [--seconds 3600] [--seed 1]

Needs the extra ``fuzz`` (Atheris, for Linux). What is found is written to ``fuzz/found/TARGET/crash-…``: mend it, then put
the file into ``fuzz/corpus/TARGET/``, where the suite replays it (tests/test_fuzz_corpus.py). Ends with 1 if anything was
found. The corpus that grows meanwhile lies in ``fuzz/found`` as well and is not committed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).resolve().parent
SHARES = MappingProxyType(
    {
        "front_matter": 5,
        "texts": 5,
        "cells": 20,
        "headings": 15,
        "tables": 7,
        "workbooks": 1,
        "tokens": 32,
        "drawings": 5,
        "pages": 10,
    }
)
"""Of a hundred executions; a workbook takes a hundred times as long as a cell, a text fifty times."""
LONGEST = MappingProxyType({"front_matter": 2048, "tables": 2048, "workbooks": 4096, "drawings": 2048, "pages": 60})
"""Bytes of one input; cells, headings, texts and queries of 256 hold all there is to find.
A page that is spoilt in more than ten places is nearly always held."""
SLOWEST = 20
"""Seconds of one execution after which libFuzzer calls it a fault."""
MEMORY = 2048
"""MB after which it does the same."""


def main() -> int:
    """Runs the targets one after the other."""
    wish = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wish.add_argument("--runs", type=int, default=1_000_000, help="executions of all targets together")
    wish.add_argument("--target", nargs="*", choices=list(SHARES), default=list(SHARES))
    wish.add_argument("--seconds", type=int, default=0, help="at most so long for a target; 0: as long as it takes")
    wish.add_argument("--seed", type=int, default=1)
    given = wish.parse_args()
    whole = sum(SHARES[name] for name in given.target)
    found = 0
    print("| Target | Executions | Seconds | Coverage | Corpus | Found |\n|---|--:|--:|--:|--:|--:|")
    for name in given.target:
        row = fuzzed(name, given.runs * SHARES[name] // whole, seconds=given.seconds, seed=given.seed)
        found += row[-1]
        print("| " + " | ".join(map(str, (name, *row))) + " |", flush=True)
    return 1 if found else 0


def fuzzed(name: str, runs: int, *, seconds: int, seed: int) -> tuple[str, str, str, str, int]:
    """Executions, seconds, coverage, size of the corpus and number of faults of one target."""
    house = HERE / "found" / name
    grown = house / "corpus"
    grown.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(HERE / "one.py"), name, str(grown), str(HERE / "corpus" / name), f"-runs={runs}"]
    command += [f"-seed={seed}", f"-artifact_prefix={house}/", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}"]
    command += [f"-max_len={LONGEST.get(name, 256)}", "-print_final_stats=1", *([f"-max_total_time={seconds}"] if seconds else [])]
    environment = os.environ | {"PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"}
    with (house / "log").open("w", encoding="utf-8") as log:
        done = subprocess.run(command, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False)
    said = (house / "log").read_text(encoding="utf-8", errors="replace")
    tried = re.findall(r"stat::number_of_executed_units: (\d+)|^#(\d+)", said, re.MULTILINE)
    took = re.findall(r"in (\d+) second", said)
    seen = re.findall(r"cov: (\d+).*?corp: (\d+)", said)
    executions = max((int(one or other) for one, other in tried), default=0)
    return f"{executions:,}", (took or ["—"])[-1], *(seen or [("—", "—")])[-1], int(done.returncode != 0)


if __name__ == "__main__":
    raise SystemExit(main())
