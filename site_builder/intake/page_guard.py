"""The root of an exhibition comes in; personal data in what is published and is no entry goes out: pages, charts, settings, file names."""

import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.intake.folders import is_ignored
from site_builder.intake.guarding import faults_in_text
from site_builder.intake.page_exceptions import excepted_in
from site_builder.model.problems import Place, Problem

_FOLDERS = ("content/pages", "content/charts")
_SETTINGS = "mkdocs.yml"
_TEXTS = frozenset({".md", ".yml", ".yaml", ".csv", ".txt", ".svg", ".html", ".json", ".xml", ".vtt", ".srt"})
_LARGEST = 4_000_000
_OFFICE = re.compile(r"^[ \t]*(?:contact|correction)[ \t]*:.*$|#.*$", re.MULTILINE)
"""Settings for the office that visitors turn to, and comments."""


def guard_pages(root: Path) -> Iterator[Problem]:
    """Problems of editorial pages and all that lies beside them, of charts, and of mkdocs.yml."""
    settings = root / _SETTINGS
    if settings.is_file():
        text = settings.read_text(encoding="utf-8-sig", errors="replace")
        yield from faults_in_text(_OFFICE.sub(lambda found: " " * len(found[0]), text), _SETTINGS)
    for path in sorted(one for folder in _FOLDERS for one in (root / folder).rglob("*")):
        if path.is_file() and not is_ignored(path.name):
            yield from _of_file(path, path.relative_to(root).as_posix())


def _of_file(path: Path, source: str) -> Iterator[Problem]:
    for problem in faults_in_text(path.stem, source):
        yield Problem("private-data", Place(source), problem.message.replace("这里", "文件名里"), "给文件换一个名称")
    if path.suffix.lower() in _TEXTS and path.stat().st_size <= _LARGEST:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        yield from faults_in_text(text, source, excepted=excepted_in(text) if "privacy_exceptions" in text else ())
