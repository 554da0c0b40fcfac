"""A catalogue and its cards come in; the files of the search index go out, the same bytes on every machine."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from site_builder.catalogue.catalogue import Catalogue
from site_builder.model.frozen import frozen
from site_builder.model.pages import Card, Outline, OutputFile
from site_builder.search.files import script
from site_builder.search.homophones import homophones
from site_builder.search.layout import SYMBOLS, VERSION, Layout, layout_of
from site_builder.search.records import LISTED, kind_at, record_of
from site_builder.search.said import naming, said_by
from site_builder.search.shards import merged, parted
from site_builder.search.terms import Listener
from site_builder.search.tokens import folded_here
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


@frozen
class Gathered:
    """What was found in some blocks: their part of each shard, how many of each class, folded characters, digests of records."""

    shards: tuple[str, ...]
    classes: tuple[Mapping[int, int], ...]
    folded: str
    digests: tuple[str, ...]


def index_layout(catalogue: Catalogue, cards: Mapping[str, Card]) -> Layout:
    """The layout of the exhibition's index: in every block kind after kind, the newest edition of each first."""
    return layout_of(cards, all_classes(catalogue, cards))


def gather(searched: Searched, *, layout: Layout, part: int = 0, of: int = 1) -> tuple[Gathered, list[OutputFile]]:
    """Reads a worker's share of the entries: its part of the shards, and a file for every entry."""
    listener = Listener()
    found = [gather_group(searched, layout=layout, group=one, listener=listener) for one in layout.share(part, of)]
    return joined([group for group, _ in found]), [file for _, files in found for file in files]


def gather_group(
    searched: Searched, *, layout: Layout, group: range, listener: Listener
) -> tuple[Gathered, list[OutputFile]]:
    """The same of one group of blocks, of nothing but what is read here; the listener may have heard others before.

    Afterwards its ``sounds`` are those of all names in the group, and perhaps of others.
    """
    files: list[OutputFile] = []
    classes: list[Counter[int]] = []
    digests: list[str] = []
    catalogue, cards, also = searched.catalogue, searched.cards, searched.also
    named = naming(catalogue)
    listener.met.clear()
    for block in group:
        documents = []
        for at, key in enumerate(layout.blocks[block]):
            entry, card = catalogue.entries[key], cards[key]
            said = said_by(entry, card, catalogue=catalogue, named=named, also=also.get(key, ()))
            listener.hear(block, at, said=said, person=entry.kind == "craftsman")
            documents.append(script(f"d/{block}/{at}", record_of(card, said, sounds=listener.sounds)))
        classes.append(Counter(classes_of(catalogue, layout.blocks[block]).values()))
        digests.append(digest(documents))
        files += (*documents, script(f"k/{block}", " ".join(layout.blocks[block])))
    shards = parted(listener.postings(), layout.shards)
    return Gathered(shards, tuple(classes), folded_here(listener.met), tuple(digests)), files


def joined(groups: Sequence[Gathered]) -> Gathered:
    """Groups that follow each other as one."""
    folded = {one.folded[at : at + 2] for one in groups for at in range(0, len(one.folded), 2)}
    return Gathered(
        tuple(map("".join, zip(*[one.shards for one in groups], strict=True))),
        tuple(block for one in groups for block in one.classes),
        "".join(sorted(folded)),
        tuple(told for one in groups for told in one.digests),
    )


def digest(files: Iterable[OutputFile]) -> str:
    """What tells the content of these files from any other."""
    return hashlib.sha256(b"".join(file.content for file in files)).hexdigest()[:16]


def shards_of(gathered: Sequence[Gathered], *, layout: Layout, part: int = 0, of: int = 1) -> list[OutputFile]:
    """A worker's share of the shards, which need what all workers found; the first one adds what is the same everywhere.

    Who had no blocks gives no shard anything.
    """
    first, last = (layout.shards * at // of for at in (part, part + 1))
    return [
        *([] if part else tables()),
        *[shard(at, merged(one.shards[at] for one in gathered if one.shards)) for at in range(first, last)],
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


def manifest_file(
    gathered: Sequence[Gathered], marks: Iterable[str], *, layout: Layout, others: str = ""
) -> OutputFile:
    """The manifest, by whose digest all else is asked for.

    ``marks`` are those of the tables and all shards, in order, and ``others`` is the digest of what lies beside the index.
    """
    total = hashlib.sha256("".join((others, *(one for share in gathered for one in share.digests), *marks)).encode())
    return script("manifest", _manifest(gathered, layout, digest=total.hexdigest()[:12]))


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
    """Key → kind and age of the entry in one number, kind × 7 + age; of few, who are asked for their edition."""
    ages = _ages(catalogue)
    named: dict[str, str] = {"": ""}
    found = {}
    for key in keys:
        name = catalogue.entries[key].get("edition") or ""
        if name not in named:
            named[name] = catalogue.registry.key_for(("edition",), name) or ""
        found[key] = _class(key, ages.get(named[name] or key, AGES - 1))
    return found


def all_classes(catalogue: Catalogue, keys: Iterable[str]) -> dict[str, int]:
    """The same of all: of editions it is known who belongs to them, so that not every entry need be asked."""
    ages = _ages(catalogue)
    held = {
        source: age
        for edition, age in ages.items()
        for kind in LISTED
        for source, field in catalogue.sources.get((edition, kind.name), ())
        if field == "edition"
    } | ages
    return {key: _class(key, held.get(key, AGES - 1)) for key in keys}


def _ages(catalogue: Catalogue) -> dict[str, int]:
    return {key: min(age, AGES - 1) for age, key in enumerate(catalogue.editions)}


def _class(key: str, age: int) -> int:
    return kind_at(key.partition("/")[0]) * AGES + age


def _counts(block: Mapping[int, int], classes: Iterable[int]) -> str:
    """For each class one less than how many entries of the block are of it, or a blank."""
    return "".join([SYMBOLS[block[one] - 1] if one in block else " " for one in classes]).rstrip(" ")


def search_files(searched: Searched, *, others: str = "") -> Iterator[OutputFile]:
    """The whole index in one go, for small exhibitions and previews."""
    layout = index_layout(searched.catalogue, searched.cards)
    gathered, files = gather(searched, layout=layout)
    shards = shards_of((gathered,), layout=layout)
    yield from (*files, *shards, manifest_file((gathered,), map(mark, shards), layout=layout, others=others))
