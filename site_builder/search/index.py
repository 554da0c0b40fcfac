"""A catalogue and its cards come in; the files of the search index go out, the same bytes on every machine."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.pages import Card, OutputFile
from site_builder.search.files import script
from site_builder.search.homophones import homophones
from site_builder.search.layout import SYMBOLS, VERSION, Layout, layout_of
from site_builder.search.postings import Postings
from site_builder.search.records import LISTED, kind_at, record_of
from site_builder.search.said import naming, said_by
from site_builder.search.terms import LEVELS, Listener
from site_builder.search.tokens import folded_here, shard_of
from site_builder.search.traditional import PAIRS

AGES = 7
"""Editions from the newest on that break ties; the last stands for all older ones and for none."""


Also = Mapping[str, Sequence[str]]
NOTHING_ELSE: Also = MappingProxyType({})


@dataclass(frozen=True)
class Gathered:
    """What a worker found in its blocks: postings, how many of each class are in each block, folded characters, a digest of its records."""

    postings: Postings
    classes: tuple[Mapping[int, int], ...]
    folded: str
    digests: tuple[str, ...]


def index_layout(catalogue: Catalogue, cards: Mapping[str, Card]) -> Layout:
    """The layout of the exhibition's index: in every block kind after kind, the newest edition of each first."""
    return layout_of(cards, classes_of(catalogue, cards))


def gather(
    catalogue: Catalogue,
    cards: Mapping[str, Card],
    *,
    layout: Layout,
    share: tuple[int, int] = (0, 1),
    also: Also = NOTHING_ELSE,
) -> tuple[Gathered, list[OutputFile]]:
    """Reads a worker's share of the entries, the first of one or more: postings for the shards, and a file for every entry.

    ``also`` is what entries are found by beside what they say themselves: their translations, by key.
    """
    files: list[OutputFile] = []
    classes: list[Counter[int]] = []
    digests: list[str] = []
    lists: list[Postings] = []
    listener, named = Listener(), naming(catalogue)
    for group in layout.share(*share):
        if listener.is_full:
            lists.append(listener.postings())
        for block in group:
            documents = []
            for at, key in enumerate(layout.blocks[block]):
                entry, card = catalogue.entries[key], cards[key]
                said = said_by(entry, card, catalogue=catalogue, named=named, also=also.get(key, ()))
                listener.hear(block, at, said=said, person=entry.kind == "craftsman")
                documents.append(script(f"d/{block}/{at}", record_of(card, said)))
            classes.append(Counter(classes_of(catalogue, layout.blocks[block]).values()))
            digests.append(digest(documents))
            files += (*documents, script(f"k/{block}", " ".join(layout.blocks[block])))
    lists.append(listener.postings())
    return Gathered(_joined(lists), tuple(classes), folded_here(listener.met), tuple(digests)), files


def _joined(shares: Sequence[Postings]) -> Postings:
    """The segments of groups or workers, one after the other; texts alone, which the collector passes by."""
    if len(shares) == 1:
        return shares[0]
    joined: dict[int, dict[str, str]] = {level: {} for level in LEVELS}
    for share in shares:
        for level, terms in share.items():
            found = joined[level]
            for term, segments in terms.items():
                found[term] = found.get(term, "") + segments
    return joined


def digest(files: Iterable[OutputFile]) -> str:
    """What tells the content of these files from any other."""
    return hashlib.sha256(b"".join(file.content for file in files)).hexdigest()[:16]


def shard_files(gathered: Iterable[Gathered], *, layout: Layout, others: str = "") -> Iterator[OutputFile]:
    """Every shard, the table of characters and last the manifest; ``others`` is the digest of what lies beside them."""
    shares = tuple(gathered)
    lines = _lines([share.postings for share in shares])
    shards: list[list[str]] = [[] for _ in range(layout.shards)]
    for term in lines:
        shards[shard_of(term, layout.shards)].append(term)
    total = hashlib.sha256("".join((others, *(one for share in shares for one in share.digests))).encode())
    files = [script("t2s", PAIRS), script("sounds", homophones())]
    files += [
        script(f"t/{at}", f"{''.join([f'#{term}{lines[term]}' for term in sorted(terms)])}#")
        for at, terms in enumerate(shards)
    ]
    for file in files:
        total.update(file.content)
        yield file
    yield script("manifest", _manifest(shares, layout, digest=total.hexdigest()[:12]))


def _lines(shares: Sequence[Postings]) -> dict[str, str]:
    """Term → its levels, best first, each with the segments of all shares."""
    joined = _joined(shares)
    lines: dict[str, str] = {}
    for level in LEVELS:
        for term, segments in joined.get(level, {}).items():
            lines[term] = f"{lines.get(term, '')}&{level}{segments}"
    return lines


def _manifest(shares: Sequence[Gathered], layout: Layout, *, digest: str) -> dict[str, object]:
    blocks = [block for share in shares for block in share.classes]
    classes = sorted({one for block in blocks for one in block})
    folded = {share.folded[at : at + 2] for share in shares for at in range(0, len(share.folded), 2)}
    common = {PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2) if _is_common(PAIRS[at])}
    return {
        "version": VERSION,
        "digest": digest,
        "entries": layout.count,
        "blocks": len(layout.blocks),
        "shards": layout.shards,
        "kinds": [[kind.name, kind.label, kind.measure, kind.folder] for kind in LISTED],
        "classes": "".join([SYMBOLS[one // AGES] + SYMBOLS[one % AGES] for one in classes]),
        "counts": "!".join([_counts(block, classes) for block in blocks]),
        "fold": "".join(sorted(folded | common)),
    }


def _is_common(character: str) -> bool:
    """Whether it is in GB 2312; the browser takes all characters of that set as simplified."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def classes_of(catalogue: Catalogue, keys: Iterable[str]) -> dict[str, int]:
    """Key → kind and age of the entry in one number: kind × 7 + age."""
    ages = {key: min(age, AGES - 1) for age, key in enumerate(catalogue.editions)}
    named: dict[str, str] = {"": ""}
    found = {}
    for key in keys:
        entry = catalogue.entries[key]
        edition = key
        if entry.kind != "edition":
            name = entry.get("edition") or ""
            if name not in named:
                named[name] = catalogue.registry.key_for(("edition",), name) or ""
            edition = named[name]
        found[key] = kind_at(entry.kind) * AGES + ages.get(edition, AGES - 1)
    return found


def _counts(block: Mapping[int, int], classes: Iterable[int]) -> str:
    """For each class one less than how many entries of the block are of it, or a blank."""
    return "".join([SYMBOLS[block[one] - 1] if one in block else " " for one in classes]).rstrip(" ")


def search_files(
    catalogue: Catalogue, cards: Mapping[str, Card], *, others: str = "", also: Also = NOTHING_ELSE
) -> Iterator[OutputFile]:
    """The whole index in one go, for small exhibitions and previews."""
    layout = index_layout(catalogue, cards)
    gathered, files = gather(catalogue, cards, layout=layout, also=also)
    yield from files
    yield from shard_files((gathered,), layout=layout, others=others)
