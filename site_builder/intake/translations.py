"""The folder ``content/languages`` comes in; entries and words in other languages go out, with all that is wrong there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from site_builder.intake.documents import read_document
from site_builder.intake.folders import CONTENT, is_ignored, standing_of
from site_builder.intake.guarding import guarded
from site_builder.intake.shapes import Path as FieldPath
from site_builder.intake.shapes import Shape, nearest, shape_of
from site_builder.intake.yaml_text import parse
from site_builder.model.entry import Entry, Record
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.languages import FOLDER, LANGUAGES
from site_builder.model.problems import Place, Problem

PAGES = "pages"
ORIGINAL, ORIGINAL_WORD = "original", "原文"
"""Where a translation keeps the Chinese that it was made from, and what the field is called."""


@frozen
class Translation:
    """What one file says of an entry, or of a page that editors write: fields under their own names, and the text below them."""

    source: str
    fields: Mapping[str, object]
    body: str
    original: Mapping[str, object] = field(default_factory=dict)
    """The Chinese texts it was made from, under the same names; the text below the fields as ``body``."""
    places: Mapping[FieldPath, tuple[int, int]] = field(default_factory=dict)
    """Field path → line and column."""

    def at(self, *path: str | int) -> Place:
        """The place of a text."""
        return Place(self.source, path, *nearest(self.places, path))


@frozen
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
        if document is None:
            return "", None, faults
        fields = parse(document.yaml, None, source=source, line=document.line).fields
        former = fields.pop(ORIGINAL_WORD, fields.pop(ORIGINAL, None))
        kept = former if isinstance(former, dict) else {}
        return within.removesuffix(".md"), Translation(source, fields, document.body, kept), faults
    standing, _ = standing_of(original)
    if standing is None or f"{standing.kind.name}/{standing.id}" not in known:
        return "", None, (lost,)
    document, faults = read_document(root, source)
    if document is None:
        return "", None, faults
    shape = shape_of_translation(standing.kind)
    parsed = parse(document.yaml, shape, source=source, line=document.line)
    unknown = tuple(
        Problem("unknown-field", Place(source, (name,), *parsed.places.get((name,), (1, 1))), f"没有“{name}”这个字段")
        for name in parsed.fields
        if name not in shape.labels
    )
    fields = {name: value for name, value in parsed.fields.items() if name in shape.labels and name != "edition"}
    former = fields.pop(ORIGINAL, None)
    body = document.body if document.body.strip() else ""
    record = Record(source, standing.kind.name, standing.id, fields, parsed.places, body, document.body_line)
    kept = former if isinstance(former, dict) else {}
    one = Translation(source, fields, body, kept, parsed.places)
    return f"{standing.kind.name}/{standing.id}", one, (*faults, *parsed.problems, *unknown, *guarded(record))


def translation_at(root: Path, entry: Entry, *, tag: str) -> tuple[Translation | None, tuple[Problem, ...]]:
    """The translation of one entry, None where there is none; and what is amiss in its file."""
    path = translation_path(entry.source, tag)
    return _translation(root, path, tag=tag, known={entry.key})[1:] if (root / path).is_file() else (None, ())


def translation_path(entry_path: str, tag: str) -> str:
    """Where the translation of an entry's file lies."""
    return f"{FOLDER}/{tag}/{entry_path.removeprefix(f'{CONTENT}/')}"


def translated_path(path: str) -> str:
    """The file that the translation at a path is of; every other path stays."""
    tag, _, within = path.removeprefix(f"{FOLDER}/").partition("/")
    return f"{CONTENT}/{within}" if path.startswith(f"{FOLDER}/") and tag in LANGUAGES and within else path


@cache
def shape_of_translation(kind: Kind) -> Shape:
    """What a translation may hold: what its entry may, and the Chinese it was made from."""
    own = shape_of(kind.model)
    return Shape(
        MappingProxyType({**own.words, ORIGINAL: ORIGINAL, ORIGINAL_WORD: ORIGINAL}),
        MappingProxyType({**own.labels, ORIGINAL: ORIGINAL_WORD}),
        MappingProxyType({**own.records, ORIGINAL: _with_body(own)}),
    )


def _with_body(own: Shape) -> Shape:
    words, labels = {**own.words, "body": "body", "正文": "body"}, {**own.labels, "body": "正文"}
    return Shape(MappingProxyType(words), MappingProxyType(labels), own.records)
