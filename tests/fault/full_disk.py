"""A disk that is really full: builds on a small tmpfs with room for ever more of a site, and compares the former site byte for byte.

    sudo PYTHONPATH=.:tests python tests/fault/full_disk.py

Mounting wants root, so this is run by hand; `tests/test_faults.py` proves the same with a limit of the system and without root.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from whole import SMALL, exhibition


def bytes_of(site: Path) -> dict[str, bytes]:
    """Every file of the site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def build(root: Path) -> subprocess.CompletedProcess[str]:
    """A build as a process of its own."""
    command = [sys.executable, "-m", "site_builder.cli", "build"]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)


def used(disk: Path) -> int:
    """Bytes in use."""
    return shutil.disk_usage(disk).used


def tried(disk: Path, share: int) -> str:
    """One build that finds room for so many hundredths of what it needs; a line of the log."""
    root = exhibition(disk / "exhibition", SMALL)
    assert build(root).returncode == 0
    before, whole = bytes_of(root / "site"), used(disk)
    need = sum(map(len, before.values())) * 3 // 2
    entry = root / "content/projects/2024/yang-ben-jia.md"
    text = entry.read_text(encoding="utf-8")
    shutil.rmtree(root / ".cache", ignore_errors=True)
    entry.write_text(text.replace("title: ", "title: 改过的", 1), encoding="utf-8")
    filler = disk / "filler"
    room = need * share // 100
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - room)))
    done = build(root)
    after = bytes_of(root / "site")
    state = "the former" if after == before else "the new" if done.returncode == 0 else "NEITHER"
    said = "磁盘满了" if "磁盘满了" in done.stdout + done.stderr else ""
    filler.unlink()
    healed = build(root).returncode == 0 and not list(root.glob(".site.*"))
    shutil.rmtree(root)
    return f"| {share} % of {whole // 1000} kB | {done.returncode} | {said} | {state} | {'whole' if healed else 'NOT WHOLE'} |"


def main() -> None:
    """Prints the log as a table."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
        try:
            for share in (0, 5, 20, 40, 60, 90):
                print(tried(Path(folder), share), flush=True)
        finally:
            subprocess.run(["umount", folder], check=True)


if __name__ == "__main__":
    main()
