"""Whole small exhibitions of made-up entries, and the command line run on them as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import forked
from small import PLAIN, project, write

from site_builder.commands.start import start

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).resolve().parent.parent
SECONDS = 300
"""After so long a command has hung, on whatever machine; none of them takes a tenth of it."""
SMALL = PLAIN | {
    "projects/2024/yang-ben-jia.md": project(title="样本甲成果", organisations="样本一厂", people="yang-ben-ren"),
    "projects/2026/yang-ben-yi.md": project(title="样本乙成果", organisations="样本一厂"),
    "craftsmen/yang-ben-ren.md": "---\nname: 样本人\nsources: 样本来源\n---\n",
    "stories/yang-ben-zhuan-ti.md": "---\ntitle: 样本专题\nsources: 样本来源\n---\n\n## 头一节\n\n[[展品: yang-ben-jia]]\n",
}
"""A few entries that have all sorts of pages."""


def exhibition(root: Path, files: Mapping[str, str] = SMALL) -> Path:
    """A new exhibition with these entries instead of the sample one."""
    start(root)
    for sample in ("editions/first.yml", "projects/first/shi-li-cheng-guo.md"):
        (root / "content" / sample).unlink()
    (root / "content/projects/first").rmdir()
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("current_edition: first", 'current_edition: ""'), encoding="utf-8"
    )
    return write(root, dict(files))


def environment(**changes: str) -> dict[str, str]:
    """The environment of a command that runs this clone from any directory."""
    return os.environ | {"PYTHONPATH": str(PROJECT)} | changes


def run(*arguments: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """``exhibition`` with these arguments, and with these changes of the environment."""
    asked = environment(**changes)
    if forked.loaded().is_alike(asked):
        return forked.loaded().run(arguments, cwd=cwd, environment=asked, seconds=SECONDS)
    return run_module("site_builder.cli", *arguments, cwd=cwd, **changes)


def run_module(module: str, *arguments: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """``python -m module`` with these arguments."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment(**changes),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def build(root: Path, *arguments: str, **changes: str) -> Path:
    """Builds an exhibition, which must succeed; returns the site."""
    done = run("build", *arguments, cwd=root, **changes)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return root / "site"


def bytes_of(site: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
