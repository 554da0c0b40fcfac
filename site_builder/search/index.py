"""A catalogue and its cards come in; the files of the search index go out, the same bytes on every machine."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card, Outline, OutputFile
from site_builder.search.facets import Hung
from site_builder.search.files import script
from site_builder.search.homophones import homophones
from site_builder.search.layout import SYMBOLS, VERSION, Layout, layout_of
from site_builder.search.records import LISTED, kind_at, record_of
from site_builder.search.said import naming, said_by
from site_builder.search.shards import merged, parted
from site_builder.search.sounds import Sounds
from site_builder.search.terms import Heard, Listener, heard
from site_builder.search.tokens import folded_here, in_gb2312
from site_builder.search.traditional import PAIRS

AGES = 7
"""Editions from the newest on that break ties; the last stands for all older ones and for none."""


@frozen
class Searched:
    """All that is searched: entries, how they are shown, and by key what each is found by beside what it says itself (its translations).

    What lies beside the index is made of outlines.
    """

    catalogue: Catalogue
    cards: Mapping[str, Card]
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    halls: Hung = tuple
    """What hangs where, found out when it is asked for."""


@frozen
class Block:
    """What the manifest says of a block: how many entries of each class, folded characters, digest of the records."""

    classes: Mapping[int, int]
    folded: tuple[str, ...]
    digest: str


@frozen
class Read:
    """A block that was read: what the manifest says of it, what terms are made of, entry by entry, and its files."""

    block: Block
    entries: tuple[Heard, ...]
    files: tuple[OutputFile, ...]


@frozen
class Gathered:
    """What was found in some blocks: their part of each shard, and what the manifest says of each."""

    shards: tuple[str, ...]
    blocks: tuple[Block, ...]


def index_layout(catalogue: Catalogue, cards: Mapping[str, Card]) -> Layout:
    """The layout of the exhibition's index: in every block kind after kind, the newest edition of each first."""
    return layout_of(cards, classes_of(catalogue, cards))


def gather(searched: Searched, *, layout: Layout, part: int = 0, of: int = 1) -> tuple[Gathered, list[OutputFile]]:
    """Reads a worker's share of the entries: its part of the shards, and a file for every entry."""
    listener = Listener()
    shards: list[tuple[str, ...]] = []
    found: list[Read] = []
    for group in layout.share(part, of):
        read = {at: read_block(searched, at, layout=layout, sounds=listener.sounds) for at in group}
        shards.append(shards_heard(listener, {at: one.entries for at, one in read.items()}, layout=layout))
        found += read.values()
    return Gathered(joined(shards), tuple(one.block for one in found)), [file for one in found for file in one.files]


def read_block(searched: Searched, at: int, *, layout: Layout, sounds: Sounds) -> Read:
    """Reads one block, of nothing but what is read here; afterwards ``sounds`` has those of all names that its records show."""
    catalogue, keys, named = searched.catalogue, layout.blocks[at], naming(searched.catalogue)
    entries: list[Heard] = []
    documents = []
    for place, key in enumerate(keys):
        entry, card = catalogue.entries[key], searched.cards[key]
        said = said_by(entry, card, catalogue=catalogue, named=named, also=searched.also.get(key, ()))
        entries.append(heard(said, person=entry.kind == "craftsman"))
        documents.append(script(f"d/{at}/{place}", record_of(card, said, sounds=sounds)))
    classes = Counter(map(layout.classes.__getitem__, keys))
    folded = folded_here("\n".join([text for texts, _ in entries for _, text in texts]))
    files = (*documents, script(f"k/{at}", " ".join(keys)))
    return Read(Block(classes, folded, digest(documents)), tuple(entries), files)


def shards_heard(listener: Listener, blocks: Mapping[int, Sequence[Heard]], *, layout: Layout) -> tuple[str, ...]:
    """What the blocks of a group give each shard; the listener may have heard others before."""
    for block, entries in blocks.items():
        for at, entry in enumerate(entries):
            listener.hear(block, at, entry=entry)
    return parted(listener.postings(), layout.shards)


def joined(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What groups that follow each other give each shard."""
    return tuple(map("".join, zip(*groups, strict=True)))


def digest(files: Iterable[OutputFile]) -> str:
    """What tells the content of these files from any other."""
    return hashlib.sha256(b"".join(file.content for file in files)).hexdigest()[:16]


def shards_of(gathered: Iterable[Sequence[str]], *, layout: Layout, part: int = 0, of: int = 1) -> list[OutputFile]:
    """A worker's share of the shards, which need what the blocks of all workers give them; the first one adds what is the same everywhere.

    Who had no blocks gives no shard anything.
    """
    first, last = (layout.shards * at // of for at in (part, part + 1))
    given = [shards for shards in gathered if shards]
    return [
        *([] if part else tables()),
        *[shard(at, merged(shards[at] for shards in given)) for at in range(first, last)],
    ]


TABLES = 2
"""So many files come before the shards."""


def tables() -> list[OutputFile]:
    """What is the same in every index: the table of characters, and which sound alike."""
    return [script("t2s", PAIRS), script("sounds", homophones())]


def shard(at: int, text: str) -> OutputFile:
    """A shard by its number."""
    return script(shard_name(at), text)


def shard_name(at: int) -> str:
    """What a shard is called."""
    return f"t/{at}"


def mark(file: OutputFile) -> str:
    """What tells a shard's content from any other, in few letters: an edit changes some of thousands, and the others need not be read."""
    return hashlib.sha256(file.content).hexdigest()[:16]


def manifest_file(blocks: Sequence[Block], marks: Iterable[str], *, layout: Layout, others: str = "") -> OutputFile:
    """The manifest, by whose digest all else is asked for.

    ``blocks`` are all in order, ``marks`` those of the tables and all shards, and ``others`` is the digest of what lies beside the index.
    """
    total = hashlib.sha256("".join((others, *(block.digest for block in blocks), *marks)).encode())
    return script("manifest", _manifest(blocks, layout, digest=total.hexdigest()[:12]))


def _manifest(blocks: Sequence[Block], layout: Layout, *, digest: str) -> dict[str, object]:
    classes = sorted({one for block in blocks for one in block.classes})
    common = (PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2) if in_gb2312(PAIRS[at]))
    return {
        "version": VERSION,
        "digest": digest,
        "entries": layout.count,
        "blocks": len(layout.blocks),
        "shards": layout.shards,
        "kinds": [[kind.name, kind.label, kind.measure, kind.folder] for kind in LISTED],
        "classes": "".join([SYMBOLS[one // AGES] + SYMBOLS[one % AGES] for one in classes]),
        "counts": "!".join([_counts(block.classes, classes) for block in blocks]),
        "fold": "".join(sorted({*common, *(pair for block in blocks for pair in block.folded)})),
    }


def classes_of(catalogue: Catalogue, keys: Iterable[str]) -> dict[str, int]:
    """Key → kind and age of the entry in one number, kind × 7 + age; of editions it is known who belongs to them."""
    ages = {key: min(age, AGES - 1) for age, key in enumerate(catalogue.editions)}
    held = {
        source: age
        for edition, age in ages.items()
        for kind in LISTED
        for source, field in catalogue.sources.get((edition, kind.name), ())
        if field == "edition"
    } | ages
    return {key: kind_at(key.partition("/")[0]) * AGES + held.get(key, AGES - 1) for key in keys}


def _counts(block: Mapping[int, int], classes: Iterable[int]) -> str:
    """For each class one less than how many entries of the block are of it, or a blank."""
    return "".join([SYMBOLS[block[one] - 1] if one in block else " " for one in classes]).rstrip(" ")


def search_files(searched: Searched, *, others: str = "") -> Iterator[OutputFile]:
    """The whole index in one go, for small exhibitions and previews."""
    layout = index_layout(searched.catalogue, searched.cards)
    gathered, files = gather(searched, layout=layout)
    shards = shards_of((gathered.shards,), layout=layout)
    yield from (*files, *shards, manifest_file(gathered.blocks, map(mark, shards), layout=layout, others=others))
