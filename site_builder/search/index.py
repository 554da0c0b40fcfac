"""A catalogue and its cards come in; the files of the search index go out, the same bytes on every machine."""

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.entry import Entry
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Card, OutputFile
from site_builder.search.layout import GROUP, ROOT, SYMBOLS, VERSION, Layout, far, layout_of
from site_builder.search.said import BODY, NAME, SUMMARY, TITLE, Part, Said, said_by
from site_builder.search.sounds import sounds_of, spelled
from site_builder.search.tokens import first_grams, fold, folded_here, grams, shard_of, whole
from site_builder.search.traditional import PAIRS

START, EXACT = 5, 6
LEVELS = (EXACT, START, TITLE, NAME, SUMMARY, BODY)
AGES = 7
LISTED = tuple(kind for kind in KINDS if kind.listed)
Postings = Mapping[int, Mapping[str, str]]
"""Level → term → segments."""


@dataclass(frozen=True)
class Gathered:
    """What a worker found in its blocks: postings, columns of each block, digests of each group, folded characters."""

    postings: Postings
    columns: tuple[str, ...]
    digests: tuple[str, ...]
    folded: str


def gather(
    catalogue: Catalogue, cards: Mapping[str, Card], *, layout: Layout, part: int = 0, of: int = 1
) -> tuple[Gathered, list[OutputFile]]:
    """Reads a worker's share of the entries: postings for the shards, and a file for every entry."""
    postings, before = _levels(), _levels()
    files: list[OutputFile] = []
    columns: list[str] = []
    met: set[str] = set()
    for block in layout.share(part, of):
        found = _levels()
        column = ""
        for symbol, key in zip(SYMBOLS, layout.blocks[block], strict=False):
            entry, card = catalogue.entries[key], cards[key]
            said = said_by(entry, card, catalogue=catalogue)
            met.update(*(part.text for part in said.parts))
            for level, terms in terms_of(entry, said):
                places = found[level]
                for term in terms:
                    places[term] += symbol
            column += SYMBOLS[_kind_at(entry.kind) * AGES + _age(entry, catalogue)]
            files.append(_document(card, said, name=f"d/{block}/{len(column) - 1}"))
        _join(postings, found, before=before, block=block)
        before = found
        columns.append(column)
    shared = {level: dict(terms) for level, terms in postings.items()}
    return Gathered(shared, tuple(columns), _digests(files, columns), folded_here(met)), files


def _levels() -> dict[int, dict[str, str]]:
    return {level: defaultdict(str) for level in LEVELS}


def _digests(files: list[OutputFile], columns: list[str]) -> tuple[str, ...]:
    """A digest of what each block shows; the files lie in the order of the blocks."""
    found = []
    at = 0
    for column in columns:
        content = b"".join(file.content for file in files[at : at + len(column)])
        found.append(hashlib.sha256(content).hexdigest()[:16])
        at += len(column)
    return tuple(found)


def _join(
    postings: dict[int, dict[str, str]],
    found: Mapping[int, Mapping[str, str]],
    *,
    before: Mapping[int, Mapping[str, str]],
    block: int,
) -> None:
    """Adds the segments of a block; one that follows its neighbour's says so in a single character."""
    head = far(block)
    for level, terms in found.items():
        target = postings[level]
        neighbours = before[level] if block % GROUP else ()
        for term, places in terms.items():
            target[term] += f"!{places}" if term in neighbours else head + places


def terms_of(entry: Entry, said: Said) -> Iterator[tuple[int, Iterable[str]]]:
    """Every term of an entry at its best level, and the marked terms for exact titles, fields and pinyin."""
    seen: set[str] = set()
    titles = said.at(TITLE)
    for level in (START, TITLE, NAME, SUMMARY, BODY):
        terms = first_grams(fold(titles[0])) if level == START and titles else _terms(level, said.at(level))
        yield level, terms - seen
        seen |= terms
    yield EXACT, _exact(titles, said.parts)
    yield NAME, _marked(said)
    yield from _sounding(entry, said)


def _terms(level: int, texts: tuple[str, ...]) -> set[str]:
    if level == BODY:
        return grams(fold("\n".join(texts)))
    return set().union(*(_name_terms(text) for text in texts))


@cache
def _name_terms(text: str) -> frozenset[str]:
    """The terms of a name: the same names return in many entries."""
    return frozenset(grams(fold(text)))


def _exact(titles: tuple[str, ...], parts: Iterable[Part]) -> set[str]:
    names = {whole(text) for text in (*titles, *(part.text for part in parts if part.alias))}
    return {f"={name}" for name in names if name}


def _marked(said: Said) -> set[str]:
    found = {f"y/{label}" for mark, label in said.facets if mark == "y"}
    marked = [(part.tag, part.text) for part in said.parts if part.tag]
    for mark, text in (*marked, *((mark, label) for mark, label in said.facets if mark != "y")):
        found.update(_marked_terms(mark, text))
    return found


@cache
def _marked_terms(mark: str, text: str) -> frozenset[str]:
    return frozenset(f"{mark}/{term}" for term in _name_terms(text))


def _sounding(entry: Entry, said: Said) -> Iterator[tuple[int, Iterable[str]]]:
    """Pinyin of the title, and of the people that others name."""
    start, terms, exact = _sounds(said.at(TITLE), entry.kind == "craftsman")
    yield EXACT, exact
    yield START, start
    yield TITLE, terms - start
    people = tuple(part.text for part in said.parts if part.tag == "h" and part.level == NAME)
    if people:
        first, inner, _ = _sounds(people, True)
        yield NAME, (first | inner) - terms


def _sounds(names: tuple[str, ...], person: bool) -> tuple[set[str], set[str], set[str]]:
    start, terms, exact = set[str](), set[str](), set[str]()
    for first, inner, full in (sound for name in names for sound in _sound_terms(name, person)):
        start |= first
        terms |= inner
        exact |= full
    return start, terms, exact


@cache
def _sound_terms(name: str, person: bool) -> tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...]:
    """(terms at the start, all terms, exact terms) of each way to say a name."""
    found = []
    for sound in sounds_of(name, person):
        letters, initials = spelled(sound)
        threes = {f"p/{letters[at : at + 3]}" for at in range(max(1, len(letters) - 2))}
        twos = {f"i/{initials[at : at + 2]}" for at in range(max(1, len(initials) - 1))}
        exact = {f"={letters}", f"={initials}"} if len(sound) in range(2, 13) else set()
        first = {f"p/{letters[:3]}", f"i/{initials[:2]}"}
        found.append((frozenset(first), frozenset(threes | twos), frozenset(exact)))
    return tuple(found)


def _document(card: Card, said: Said, *, name: str) -> OutputFile:
    """What the list of results shows of an entry, and the text in which hits are marked."""
    titles = said.at(TITLE)
    sounds = sounds_of(titles[0], card.kind == "craftsman") if titles else ()
    pinyin = " ".join("'".join(sound) for sound in sounds)
    names = "、".join(text for text in said.at(NAME) if text not in (card.by, card.people))
    summary = "\n".join(said.at(SUMMARY)) or card.summary
    content = [card.address, card.title, _kind_at(card.kind), card.by, card.people, card.meta, summary, names]
    return script(name, [*content, "\n".join(said.at(BODY)), pinyin])


def script(name: str, content: object) -> OutputFile:
    """A file of the index: a script that hands its content over, so that it loads from ``file://`` as well."""
    text = unicodedata.normalize("NFC", json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    # valid in JSON, line ends in old JavaScript
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return OutputFile(f"{ROOT}{name}.js", f'exhibitionSearch.put("{name}",{text})\n'.encode("utf-8", "replace"))


def shard_files(gathered: Iterable[Gathered], *, layout: Layout, part: int = 0, of: int = 1) -> Iterator[OutputFile]:
    """Every ``of``-th shard from ``part`` on, and with the first part the manifest and the table of characters."""
    shares = tuple(gathered)
    if part == 0:
        yield script("manifest", _manifest(shares, layout))
        yield script("t2s", PAIRS)
    shards: dict[int, dict[str, dict[int, str]]] = {at: defaultdict(dict) for at in range(part, layout.shards, of)}
    for share in shares:
        for level, postings in share.postings.items():
            for term, segments in postings.items():
                shard = shards.get(shard_of(term, layout.shards))
                if shard is not None:
                    shard[term][level] = shard[term].get(level, "") + segments
    for at, terms in shards.items():
        yield script(f"t/{at}", "".join(_line(term, terms[term]) for term in sorted(terms)) + "#")


def _line(term: str, levels: Mapping[int, str]) -> str:
    return f"#{term}" + "".join(f"&{level}{levels[level]}" for level in LEVELS if level in levels)


def _manifest(shares: Iterable[Gathered], layout: Layout) -> dict[str, object]:
    digests = "".join(digest for share in shares for digest in share.digests)
    folded = {share.folded[at : at + 2] for share in shares for at in range(0, len(share.folded), 2)}
    common = {PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2) if _is_common(PAIRS[at])}
    return {
        "version": VERSION,
        "digest": hashlib.sha256(digests.encode()).hexdigest()[:12],
        "entries": layout.count,
        "blocks": len(layout.blocks),
        "shards": layout.shards,
        "kinds": [[kind.name, kind.label, kind.measure] for kind in LISTED],
        "columns": "!".join(column for share in shares for column in share.columns),
        "fold": "".join(sorted(folded | common)),
    }


def _is_common(character: str) -> bool:
    """Whether it is in GB 2312; the browser takes all characters of that set as simplified."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _kind_at(kind: str) -> int:
    return next(at for at, listed in enumerate(LISTED) if listed.name == kind)


def _age(entry: Entry, catalogue: Catalogue) -> int:
    """How many editions have come since this entry's; those outside editions and long past ones are oldest."""
    key = entry.key if entry.kind == "edition" else catalogue.registry.key_for(("edition",), entry.get("edition") or "")
    return min(catalogue.editions.index(key), AGES - 1) if key in catalogue.editions else AGES - 1


def search_files(catalogue: Catalogue, cards: Mapping[str, Card]) -> Iterator[OutputFile]:
    """The whole index in one go, for small exhibitions and previews."""
    layout = layout_of(cards)
    gathered, files = gather(catalogue, cards, layout=layout)
    yield from files
    yield from shard_files((gathered,), layout=layout)
