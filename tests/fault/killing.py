"""A number of moments comes in; builds are killed (SIGKILL) at so many random moments, and a log of what stood afterwards goes out.

    PYTHONPATH=.:tests python tests/fault/killing.py [--moments 100] [--seed 1] [--log docs/security-kills.md]

After each kill every byte of the site is compared with the former site and with the new one; it must be one of the two. Every
tenth time the next build runs to its end, and must bring the new site, byte for byte, with nothing left beside it. Half of
the builds find an empty cache of pictures, so that kills fall into its writing, too.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import whole
from sample_media import photograph
from small import project, write
from whole import SMALL, build, bytes_of, environment, exhibition

ENTRIES = 12
HEALS = 10
EDITED = "projects/2024/yang-ben-jia.md"
TEXTS = {"former": SMALL[EDITED], "new": SMALL[EDITED] + "\n改过的样本话。\n"}


def main() -> int:
    """Ends with 1 at the first half site."""
    whole.SECONDS = 1200  # a build that is slow on a busy machine is no fault
    wish = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wish.add_argument("--moments", type=int, default=100)
    wish.add_argument("--seed", type=int, default=1)
    wish.add_argument("--log", type=Path)
    given = wish.parse_args()
    with tempfile.TemporaryDirectory(prefix="exhibition-kill-") as scratch:
        rows = killed_at(given.moments, Path(scratch), dice=random.Random(given.seed))
    lines = ["| Kill | After ms | Cache | Lay about | The site was | Next build |", "|--:|--:|---|---|---|---|", *rows]
    if given.log:
        given.log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(*lines, sep="\n")
    return 0


def killed_at(moments: int, scratch: Path, *, dice: random.Random) -> list[str]:
    """One line for each kill."""
    root = prepared(scratch / "exhibition")
    longest = {True: seconds(root)}
    sites = {"former": bytes_of(root / "site")}
    write(root, {EDITED: TEXTS["new"]})
    longest[False] = seconds(root)
    sites["new"] = bytes_of(root / "site")
    stands, rows = "new", []
    while len(rows) < moments:
        wanted = "former" if stands == "new" else "new"
        write(root, {EDITED: TEXTS[wanted]})
        emptied = dice.random() < 0.5
        if emptied:
            shutil.rmtree(root / ".cache", ignore_errors=True)
        after = dice.uniform(0, longest[emptied])
        if not killed(root, after):
            stands, longest[emptied] = wanted, max(0.5, longest[emptied] * 0.95)
            continue
        found, lay = bytes_of(root / "site"), left_over(root)
        stands = next((name for name, site in sites.items() if site == found), "")
        assert stands, f"half a site after {after:.3f} s: {sorted(found.keys() ^ sites['new'].keys())[:9]}"
        healed = ""
        if len(rows) % HEALS == HEALS - 1:
            assert bytes_of(build(root)) == sites[wanted], "the next build did not heal"
            assert not left_over(root), left_over(root)
            stands, healed = wanted, "whole, nothing beside it"
        rows.append(
            f"| {len(rows) + 1} | {after * 1000:.0f} | {'empty' if emptied else 'warm'} | {'、'.join(lay) or '—'} "
            f"| {'the former' if found == sites['former' if wanted == 'new' else 'new'] else 'the new'} | {healed or '—'} |"
        )
        print(rows[-1], file=sys.stderr, flush=True)
    return rows


def prepared(root: Path) -> Path:
    """An exhibition with entries and pictures enough that every part of a build takes its time."""
    files = SMALL | {
        f"projects/2024/p{at:03}.md": project(
            title=f"样本{at:03}", organisations=f"样本{at % 9}厂", pictures=f"[{{file: p{at % 4}.jpg, alt: 样本图}}]"
        )
        for at in range(ENTRIES)
    }
    exhibition(root, files)
    for at in range(4):
        photograph(root / f"content/media/p{at}.jpg", (600, 400), seed=at)
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("- exhibition:\n", "- exhibition:\n      share_cards: false\n", 1), encoding="utf-8"
    )
    return root


def seconds(root: Path) -> float:
    """How long a build takes that is killed at some moment the next time: of a process of its own, as that will be."""
    began = time.monotonic()
    assert not killed(root, whole.SECONDS)
    return time.monotonic() - began


def killed(root: Path, after: float) -> bool:
    """Starts a build and kills it with all its workers after so many seconds; whether it was still at work."""
    command = [sys.executable, "-m", "site_builder.cli", "build"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=root, env=environment(), start_new_session=True, **quiet)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def left_over(root: Path) -> list[str]:
    """What builds have left beside the site, without the numbers of processes; a twin of the site is meant to lie there."""
    return sorted({path.name.rpartition("-")[0] for path in root.glob(".site.*-*")})


if __name__ == "__main__":
    raise SystemExit(main())
