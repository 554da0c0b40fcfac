"""An entry or a person's name comes in; the files that take it out of the exhibition go out, as a plan: nothing is written.

Its own file becomes a tombstone that says only that something was withdrawn. In every other file of content/ and in mkdocs.yml the name,
also with a space in it and in Traditional characters, and references by id become other words; nothing else of these files changes,
comments and order included. Translations of its file go, and the lines that say its name in another language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from site_builder.catalogue.addresses import address_of, former_addresses, identifier_address
from site_builder.intake.attachments import MEDIA, named_files
from site_builder.intake.folders import standing_of
from site_builder.intake.records import read_record
from site_builder.intake.translations import read_translations
from site_builder.intake.writing import yaml_of
from site_builder.languages.traditional import forms_of
from site_builder.model.entry import Entry, references_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import kind_named
from site_builder.model.languages import FOLDER, LANGUAGES
from site_builder.model.problems import Place
from site_builder.model.publication import MEMBER

PERSON = "craftsman"
TOMBSTONE = "已撤下"
"""What the tombstone is called."""
LEDGER = "content/addresses.txt"
_TEXTS = frozenset({".md", ".yml", ".yaml", ".csv", ".txt", ".svg", ".vtt", ".srt", ".html"})
_SPACES = "[ \\u3000]?"
_WORDS = frozenset(f"{FOLDER}/{tag}.yml" for tag in LANGUAGES)
"""Files that say for each text how it is said in another language."""


@frozen
class Asked:
    """What is to be withdrawn, and how."""

    entry: Entry | None
    """Its entry; None for a person who has none."""
    name: str
    """Name of the person, or title of the entry."""
    instead: str = MEMBER
    keep: frozenset[str] = frozenset()
    """Keys or paths of entries that mean somebody else of the same name."""
    drop_address: bool = False
    emptied: frozenset[str] = frozenset()
    """Addresses of lists that hold nothing once it is gone."""
    besides: tuple[str, ...] = ()
    """Longer names of others, which hold the name and stay."""


@frozen
class Change:
    """A place that is rewritten, and what is done there."""

    place: Place
    what: str


@frozen
class Withdrawal:
    """What would be written: path → bytes, None where the file goes; where what changes; what only people can do."""

    files: Mapping[str, bytes | None]
    changes: tuple[Change, ...]
    left: tuple[str, ...] = field(default=())


def withdrawal_of(asked: Asked, entries: Iterable[Entry], *, root: Path) -> Withdrawal:
    """The plan; ``entries`` are all entries of the exhibition."""
    everything = tuple(entries)
    files: dict[str, bytes | None] = {}
    changes: list[Change] = []
    if asked.entry is not None:
        for path, data, what in _own(asked.entry, everything, root=root, asked=asked):
            files[path] = data
            changes.append(Change(Place(path), what))
    sources = {entry.source: entry for entry in everything if entry.source}
    finder = _finder(asked, everything)
    for path in _texts(root):
        entry = sources.get(path)
        if path in files or path == LEDGER or {path, entry.key if entry else path} & asked.keep:
            continue
        before = (root / path).read_bytes().decode("utf-8", errors="surrogateescape")
        if path in _WORDS:
            after = _without_word(before, asked.name)
            files |= {path: after.encode("utf-8", errors="surrogateescape")} if after != before else {}
            changes += [Change(Place(path), "删去译名")] if after != before else []
            continue
        after, places = _rewritten(before, asked, finder=finder, references=_references(asked, entry, root=root))
        if after != before:
            files[path] = after.encode("utf-8", errors="surrogateescape")
            changes += [Change(Place(path, (), line, column), what) for line, column, what in places]
    return Withdrawal(files, tuple(changes), tuple(_left(asked, everything, root=root, gone=files)))


def _own(
    entry: Entry, everything: Iterable[Entry], *, root: Path, asked: Asked
) -> Iterator[tuple[str, bytes | None, str]]:
    """Its own file, its lines in the ledger, and its pictures that nobody else shows."""
    stone = tombstone(entry).encode()
    if asked.drop_address:
        yield entry.source, None, "删去文件，地址不再保留"
    elif (root / entry.source).read_bytes() != stone:  # else it was withdrawn before
        yield entry.source, stone, "改成一块碑：只说已撤下，地址保留"
    ledger = root / LEDGER
    if ledger.is_file():
        before = ledger.read_text(encoding="utf-8-sig")
        gone = {address_of(entry), identifier_address(entry), *former_addresses(entry)} if asked.drop_address else set()
        after = _ledger(before, gone=gone, emptied=asked.emptied)
        if after != before:
            words = "没有内容了的列表页记为撤下"
            yield LEDGER, after.encode(), f"这个条目的地址删去，{words}" if asked.drop_address else words
    for translations in read_translations(root, everything)[0].values():
        if entry.key in translations.entries:
            yield translations.entries[entry.key].source, None, "删去译文"
    others = {named.file for other in everything if other.key != entry.key for named in named_files(other)}
    for file in sorted({named.file for named in named_files(entry)} - others):
        if (root / MEDIA / file).is_file():
            yield f"{MEDIA}/{file}", None, "删去只有这个条目用的文件"


def _ledger(text: str, *, gone: set[str], emptied: frozenset[str]) -> str:
    """The ledger without an address that is given up altogether, and with those marked that are lists of nothing now."""
    kept = []
    for line in text.splitlines():
        words = line.split()
        if not (words and words[0] in gone):
            kept.append(f"{line.rstrip()} 撤下" if words and words[0] in emptied and len(words) < 3 else line)
    return "".join(f"{line}\n" for line in kept)


def tombstone(entry: Entry) -> str:
    """The file of a withdrawn entry: no name, no summary, no picture; its former addresses stay."""
    kind = kind_named(entry.kind)
    aliases = {"aliases": list(entry.data.aliases)} if entry.data.aliases else {}
    said = yaml_of({kind.title_field: TOMBSTONE, "status": "withdrawn", **aliases})
    return f"---\n{said}---\n" if kind.suffix == ".md" else said


def _texts(root: Path) -> Iterator[str]:
    for path in sorted((root / "content").rglob("*")):
        if path.is_file() and path.suffix.lower() in _TEXTS:
            yield path.relative_to(root).as_posix()
    if (root / "mkdocs.yml").is_file():
        yield "mkdocs.yml"


def longer_names(name: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Names of others that the exhibition knows and that begin or end with this one, longest first."""
    everything = tuple(entries)
    known = {entry.title for entry in everything if entry.kind == PERSON}
    known |= {one.text for entry in everything for one in references_of(entry.data) if PERSON in one.kinds}
    found = (one for one in known if name in one and len(one) == len(name) + 1)
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


def _finder(asked: Asked, everything: Iterable[Entry]) -> re.Pattern[str]:
    """Finds the name, but not where it is the beginning of a longer name that the exhibition knows."""
    name = asked.name
    longer = asked.besides or longer_names(name, everything)
    forms = [_SPACES.join(map(re.escape, one)) if len(one) <= 4 else re.escape(one) for one in (name, *forms_of(name))]
    return re.compile("|".join([*(f"(?P<other{at}>{re.escape(one)})" for at, one in enumerate(longer)), *forms]))


def _without_word(text: str, name: str) -> str:
    """Words in another language without those that hold the name: whoever reads them could tell who was meant."""
    held = [name, *forms_of(name)]
    return "".join(line for line in text.splitlines(keepends=True) if not any(one in line for one in held))


def _references(asked: Asked, entry: Entry | None, *, root: Path) -> frozenset[tuple[int, int]]:
    """Lines and columns of references by id in a file."""
    if asked.entry is None or entry is None:
        return frozenset()
    meant = {asked.entry.id, asked.entry.key}
    paths = [one.field for one in references_of(entry.data) if asked.entry.kind in one.kinds and one.text in meant]
    standing, _ = standing_of(entry.source)
    record = read_record(root, entry.source, standing=standing).record if paths and standing else None
    return frozenset(_place(record.places, path) for path in paths) if record else frozenset()


def _place(places: Mapping[tuple[str | int, ...], tuple[int, int]], path: tuple[str | int, ...]) -> tuple[int, int]:
    """Where a value stands; one of a list written as a text stands where the text does."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, (0, 0))


def _rewritten(
    text: str, asked: Asked, *, finder: re.Pattern[str], references: frozenset[tuple[int, int]]
) -> tuple[str, list[tuple[int, int, str]]]:
    lines, places = text.splitlines(keepends=True), []
    embed = _embed(asked)
    for number, line in enumerate(lines, 1):
        fresh = line
        for column in sorted((column for at, column in references if at == number), reverse=True):
            assert asked.entry is not None
            head, tail = fresh[: column - 1], fresh[column - 1 :]
            whole = tail.replace(asked.entry.key, asked.entry.id, 1) if tail.startswith(asked.entry.key) else tail
            fresh = head + re.sub(rf"(?<![a-z0-9-]){asked.entry.id}(?![a-z0-9-])", asked.instead, whole, count=1)
            places.append((number, column, f"引用改成“{asked.instead}”"))
        for found in finder.finditer(fresh):
            if found.lastgroup is None:
                places.append((number, found.start() + 1, f"姓名改成“{asked.instead}”"))
        fresh = finder.sub(lambda found: found[0] if found.lastgroup else asked.instead, fresh)
        if embed and embed.search(fresh):
            fresh = embed.sub(asked.instead, fresh)
            places.append((number, 1, "去掉链接或嵌入"))
        lines[number - 1] = fresh
    return "".join(lines), places


def _embed(asked: Asked) -> re.Pattern[str] | None:
    """Links to its page and embeddings of it in texts."""
    if asked.entry is None:
        return None
    entry = asked.entry
    named = rf"(?:{re.escape(entry.key)}|{re.escape(entry.id)})"
    folder = (
        rf"(?:[^()\s]{{0,200}}/)?{re.escape(entry.described.folder)}/{re.escape(entry.id)}(?:/|\.md)?[^()\s]{{0,80}}"
    )
    return re.compile(rf"\[\[[^\[\]:：]{{1,12}}[:：]\s*{named}\s*\]\]|\[[^\[\]]{{0,200}}\]\({folder}\)")


def _left(asked: Asked, everything: Iterable[Entry], *, root: Path, gone: Mapping[str, object]) -> Iterator[str]:
    """What a program cannot reword or see."""
    if asked.entry is not None and asked.entry.kind == PERSON:
        for other in everything:
            if other.key != asked.entry.key and f"-{asked.entry.id}-" in f"-{other.id}-":
                yield f"{other.source}：编号里有姓名的拼音，请给文件换一个编号（公布过的地址在地址表里写“撤下”）"
    for path in sorted((root / "content").rglob("*")):
        source = path.relative_to(root).as_posix()
        if path.is_file() and source not in gone and asked.name in path.name:
            yield f"{source}：文件名里有姓名，请换一个文件名"
        elif path.is_file() and path.suffix.lower() in {".xlsx", ".docx", ".pdf"} and "content/imports" in source:
            yield f"{source}：请打开看看里面有没有这个人"
    for entry in everything:
        if entry.data.pictures and asked.name in "".join(f"{one.alt}{one.caption}" for one in entry.data.pictures):
            yield f"{entry.source}：图片的说明里写着姓名，请看画面里有没有本人，有就换图"
