"""Entries, pages and what is translated so far come in; every text that wants translating goes out, by the file its translation goes to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from site_builder.intake.documents import read_document
from site_builder.intake.renderings import BODY, HAN, Rendering, renderings_of, shared_texts, value_at
from site_builder.intake.translations import PAGES, Translation, Translations, translation_path
from site_builder.intake.yaml_text import parse
from site_builder.languages.phrasebook import Phrasebook, english_messages
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind
from site_builder.model.languages import FOLDER

PAGE, WORD = "网页", "名称"
"""What editorial pages, and names said everywhere, are called beside the kinds of entries."""
_PAGE_LABELS: Mapping[str, str] = MappingProxyType({"title": "标题", "description": "说明"})


@frozen
class Wanting:
    """What is translated in one file: its texts, and the translation as it is."""

    sort: str
    """Chinese name of its kind."""
    id: str
    title: str
    path: str
    """The file of the translation."""
    renderings: tuple[Rendering, ...]
    former: Translation | None = None
    kind: Kind | None = None
    """None for pages and words."""


def wanting(root: Path, entries: Iterable[Entry], *, given: Translations, tag: str) -> Iterator[Wanting]:
    """Everything that people can translate into a language: entries that are shown or will be, pages, then names."""
    everything = [entry for entry in entries if entry.data.status != "withdrawn"]
    is_known = known_in(tag)
    for entry in everything:
        former = given.entries.get(entry.key)
        found = entry_wanting(entry, former, tag=tag, is_known=is_known)
        if found.renderings:
            yield found
    yield from _pages(root, given, tag=tag)
    yield _words(everything, given.words, tag=tag, is_known=is_known)


def entry_wanting(entry: Entry, former: Translation | None, *, tag: str, is_known: Callable[[str], bool]) -> Wanting:
    """The texts of one entry; those that the interface's own catalogue says need nobody."""
    said = {**former.fields, "body": former.body} if former else {}
    texts = renderings_of(entry, said, original=former.original if former else {})
    wanted = tuple(one for one in texts if one.said or not is_known(one.chinese))
    path = former.source if former else translation_path(entry.source, tag)
    return Wanting(entry.described.label, entry.id, entry.title, path, wanted, former, entry.described)


def known_in(tag: str) -> Callable[[str], bool]:
    """Whether a text is said by the catalogue of a language."""
    book = Phrasebook(english_messages(), {}) if tag == "en" else None
    return lambda text: book is not None and all(own for _, own in book.said(text))


def _pages(root: Path, given: Translations, *, tag: str) -> Iterator[Wanting]:
    base = root / "content" / PAGES
    for file in sorted(base.rglob("*.md")):
        source = file.relative_to(root).as_posix()
        document, _ = read_document(root, source)
        if document is None:
            continue
        name = file.relative_to(base).with_suffix("").as_posix()
        former = given.pages.get(name)
        head = parse(document.yaml, None, source=source).fields
        said: Mapping[str, object] = former.fields if former else {}
        texts = [
            Rendering((field,), _PAGE_LABELS.get(field, field), chinese, value_at(said, (chinese,)))
            for field, chinese in head.items()
            if isinstance(chinese, str) and HAN.search(chinese)
        ]
        original = value_at(former.original if former else {}, BODY)
        body = Rendering(BODY, "正文", document.body.strip(), former.body.strip() if former else "", original)
        title = str(head.get("title") or name)
        yield Wanting(PAGE, name, title, translation_path(source, tag), (*texts, body), former)


def _words(entries: Iterable[Entry], words: Mapping[str, str], *, tag: str, is_known: Callable[[str], bool]) -> Wanting:
    several = tuple(entries)
    titles = {entry.title for entry in several}
    found = dict.fromkeys(words)
    for entry in several:
        found |= dict.fromkeys(shared_texts(entry))
        if entry.kind == "vocabulary":
            found |= dict.fromkeys(term.label for term in entry.data.terms if HAN.search(term.label))
    texts = tuple(
        Rendering((word,), "", word, words.get(word, ""))
        for word in found
        if word in words or (word not in titles and not is_known(word))
    )
    return Wanting(WORD, "", "名称和词", f"{FOLDER}/{tag}.yml", texts)
