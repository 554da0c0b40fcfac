"""An exhibition's directory comes in; what made the archive and when goes out: versions, commit, settings, the day, how to read it."""

import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.release.reading_notes import CHINESE, ENGLISH

PROGRAM = "workers-exhibition"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@frozen
class Commit:
    """The state of the repository that the exhibition lies in."""

    digest: str
    seconds: int
    """When it was committed, since 1970."""
    changed: bool
    """Whether content or settings differ from it."""


def commit_of(root: Path) -> Commit | None:
    """The commit that the directory shows; None where it lies in no repository or git is missing."""
    said = _git(root, "log", "-1", "--format=%H %ct")
    if not said:
        return None
    digest, seconds = said.split()
    changed = _git(root, "status", "--porcelain", "--", "content", "mkdocs.yml", "theme")
    return Commit(digest, int(seconds), bool(changed))


def day_of(exhibition: Exhibition, edition: Entry, *, commit: Commit | None) -> str:
    """The day (ISO) that the archive bears: told from outside, or the commit's, the edition's, the exhibition's; never the clock's."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if told.isdigit() or commit:
        seconds = int(told) if told.isdigit() or commit is None else commit.seconds
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    days = (edition.get("closing"), edition.get("opening"), exhibition.published)
    return next((day for day in days if day and len(day) == len("2026-01-01")), "")


def tool_file(exhibition: Exhibition, *, edition: str, commit: Commit | None) -> OutputFile:
    """``tool.json``: exact versions of everything that had a hand in the site, and its settings."""
    value = {
        "edition": edition,
        "program": {"name": PROGRAM, "version": distribution(PROGRAM).version},
        "python": platform.python_version(),
        "dependencies": dict(sorted(_dependencies(PROGRAM, set()))),
        "commit": {"digest": commit.digest, "changed": commit.changed} if commit else None,
        "settings": asdict(exhibition),
    }
    return OutputFile("tool.json", (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def notes(exhibition: Exhibition, title: str, *, day: str) -> Iterator[OutputFile]:
    """How to read the archive in thirty years, in both languages."""
    given = {"title": f"{exhibition.name} · {title}", "day": day, "url": exhibition.url or "—"}
    yield OutputFile("README.zh.txt", CHINESE.format(**given).encode("utf-8"))
    yield OutputFile("README.txt", ENGLISH.format(**given).encode("utf-8"))


def _dependencies(name: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """(name, version) of all that is installed for a package, extras left out."""
    for line in distribution(name).requires or ():
        found = _NAME.match(line)
        plain = re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""
        if plain in seen or "extra ==" in line:
            continue
        seen.add(plain)
        try:
            yield plain, distribution(plain).version
            yield from _dependencies(plain, seen)
        except PackageNotFoundError:
            continue  # wanted on another system only


def _git(root: Path, *arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    run = subprocess.run([git, "-C", str(root), *arguments], capture_output=True, encoding="utf-8", check=False)
    return run.stdout.strip() if run.returncode == 0 else ""
