"""The root of an exhibition comes in; personal data in what is published and is no entry goes out: pages, charts, settings, file names."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from site_builder.intake.folders import is_ignored
from site_builder.intake.guarding import faults_in_text
from site_builder.model.problems import Place, Problem

_FOLDERS = ("content/pages", "content/charts")
_SETTINGS = "mkdocs.yml"
_TEXTS = frozenset({".md", ".yml", ".yaml", ".csv", ".txt", ".svg", ".html", ".json", ".xml", ".vtt", ".srt"})
_LARGEST = 4_000_000
_OFFICE = re.compile(r"^[ \t]*(?:contact|correction)[ \t]*:.*$|#.*$", re.MULTILINE)
"""Settings for the office that visitors turn to, and comments."""
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)


def guard_pages(root: Path) -> Iterator[Problem]:
    """Problems of editorial pages and all that lies beside them, of charts, and of mkdocs.yml."""
    settings = root / _SETTINGS
    if settings.is_file():
        text = settings.read_text(encoding="utf-8-sig", errors="replace")
        yield from faults_in_text(_OFFICE.sub(lambda found: " " * len(found[0]), text), _SETTINGS)
    for path in sorted(one for folder in _FOLDERS for one in (root / folder).rglob("*")):
        if path.is_file() and not is_ignored(path.name):
            yield from _of_file(path, path.relative_to(root).as_posix())


def excepted_in_pages(root: Path) -> tuple[str, ...]:
    """What editorial pages except, all together."""
    pages = sorted((root / "content/pages").rglob("*.md"))
    texts = [path.read_text(encoding="utf-8-sig", errors="replace") for path in pages if path.is_file()]
    return tuple(one for text in texts if "privacy_exceptions" in text for one in _excepted(text))


def _of_file(path: Path, source: str) -> Iterator[Problem]:
    for problem in faults_in_text(path.stem, source):
        yield Problem("private-data", Place(source), problem.message.replace("这里", "文件名里"), "给文件换一个名称")
    if path.suffix.lower() in _TEXTS and path.stat().st_size <= _LARGEST:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        yield from faults_in_text(text, source, excepted=_excepted(text) if "privacy_exceptions" in text else ())


def _excepted(text: str) -> tuple[str, ...]:
    """What the front matter of a page excepts, as in entries; without a reason nothing is."""
    found = _front(text).get("privacy_exceptions")
    listed = found if isinstance(found, list) else []
    return tuple(str(one["what"]) for one in listed if isinstance(one, dict) and one.get("what") and one.get("reason"))


def _front(text: str) -> dict[str, object]:
    found = _FRONT.match(text)
    try:
        read = yaml.load(found[1], Loader=yaml.CSafeLoader) if found else None
    except yaml.YAMLError:  # the engine reports it
        return {}
    return read if isinstance(read, dict) else {}
