"""The folder ``content/languages`` comes in; entries and words in other languages go out, with all that is wrong there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.intake.documents import read_document
from site_builder.intake.folders import CONTENT, is_ignored, standing_of
from site_builder.intake.records import read_record
from site_builder.intake.shapes import shape_of
from site_builder.intake.yaml_text import parse
from site_builder.model.entry import Entry
from site_builder.model.languages import LANGUAGES
from site_builder.model.problems import Place, Problem

FOLDER = f"{CONTENT}/languages"
PAGES = "pages"


@dataclass(frozen=True)
class Translation:
    """What one file says of an entry, or of a page that editors write: fields under their own names, and the text below them."""

    source: str
    fields: Mapping[str, object]
    body: str


@dataclass(frozen=True)
class Translations:
    """What is given in one language."""

    words: Mapping[str, str] = field(default_factory=dict)
    """Chinese → translation, wherever it stands."""
    entries: Mapping[str, Translation] = field(default_factory=dict)
    """By the key of the entry."""
    pages: Mapping[str, Translation] = field(default_factory=dict)
    """By the path of the page within ``content/pages``, without its ending."""


Given = Mapping[str, Translations]
"""By the tag of the language."""


def read_translations(root: Path, entries: Iterable[Entry]) -> tuple[Given, tuple[Problem, ...]]:
    """All that is translated, whether or not the site is made in that language; nothing is read where there is no such folder."""
    folder = root / FOLDER
    if not folder.is_dir():
        return {}, ()
    known = {entry.key for entry in entries}
    problems: list[Problem] = []
    given: dict[str, Translations] = {}
    for path in sorted(folder.iterdir()):
        tag = path.stem if path.suffix == ".yml" else path.name
        if is_ignored(path.name):
            continue
        if tag not in LANGUAGES:
            hint = f"可用的语言：{'、'.join(LANGUAGES)}"
            problems.append(Problem("unknown-language", Place(f"{FOLDER}/{path.name}"), f"没有“{tag}”这种语言", hint))
    for tag in LANGUAGES:
        words, faults = _words(root, f"{FOLDER}/{tag}.yml")
        problems += faults
        found: dict[str, Translation] = {}
        pages: dict[str, Translation] = {}
        for source in _files(root, f"{FOLDER}/{tag}"):
            key, one, faults = _translation(root, source, tag=tag, known=known)
            problems += faults
            if one is not None:
                (pages if key.startswith(f"{PAGES}/") else found)[key.removeprefix(f"{PAGES}/")] = one
        given[tag] = Translations(words, found, pages)
    return given, tuple(problems)


def _files(root: Path, folder: str) -> Iterator[str]:
    for path in sorted((root / folder).rglob("*")):
        if path.is_file() and not is_ignored(path.name):
            yield path.relative_to(root).as_posix()


def _words(root: Path, source: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    if not (root / source).exists():
        return {}, ()
    document, faults = read_document(root, source)
    if document is None:
        return {}, faults
    parsed = parse(document.yaml, None, source=source, line=document.line)
    wrong = tuple(
        Problem("wrong-type", Place(source, (), *parsed.places.get((word,), (1, 1))), f"“{word}”的译法应当是一段文字")
        for word, said in parsed.fields.items()
        if not isinstance(said, str)
    )
    words = {word: said for word, said in parsed.fields.items() if isinstance(said, str)}
    return words, (*faults, *parsed.problems, *wrong)


def _translation(
    root: Path, source: str, *, tag: str, known: set[str]
) -> tuple[str, Translation | None, tuple[Problem, ...]]:
    """Key of what is translated, the translation, and what is amiss."""
    within = source.removeprefix(f"{FOLDER}/{tag}/")
    original = f"{CONTENT}/{within}"
    lost = Problem("no-original", Place(source, (), 1, 1), f"没有它所译的 {original}", "改正路径，或删去这个文件")
    if within.startswith(f"{PAGES}/"):
        if not (root / original).is_file():
            return "", None, (lost,)
        document, faults = read_document(root, source)
        fields = parse(document.yaml, None, source=source, line=document.line).fields if document else {}
        return within.removesuffix(".md"), Translation(source, fields, document.body) if document else None, faults
    standing, _ = standing_of(original)
    if standing is None or f"{standing.kind.name}/{standing.id}" not in known:
        return "", None, (lost,)
    found = read_record(root, source, standing=standing)
    if found.record is None:
        return "", None, found.problems
    record, shape = found.record, shape_of(standing.kind.model)
    fields = {name: value for name, value in record.fields.items() if name in shape.labels and name != "edition"}
    unknown = tuple(
        Problem("unknown-field", Place(source, (name,), *record.places.get((name,), (1, 1))), f"没有“{name}”这个字段")
        for name in record.fields
        if name not in shape.labels
    )
    key = f"{standing.kind.name}/{standing.id}"
    return key, Translation(source, fields, record.body), (*found.problems, *unknown)
