"""Members come in; the files of their common index are written under a directory, and what it holds goes out."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from site_builder.federation.columns import merged_columns
from site_builder.federation.members import Member
from site_builder.federation.records import records_of
from site_builder.federation.shards import merged_shards
from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.press.crew import Tick, together
from site_builder.press.output import put
from site_builder.search.files import script
from site_builder.search.homophones import homophones
from site_builder.search.index import AGES
from site_builder.search.layout import SHARDS, SYMBOLS, VERSION
from site_builder.search.records import LISTED
from site_builder.search.traditional import PAIRS
from site_builder.sheets.packages import Refused

Titles = dict[int, tuple[object, ...]]


@frozen
class _Fault:
    """What a worker refused, for exceptions with more than a text do not pass between processes."""

    code: str
    message: str
    hint: str


@frozen
class Merged:
    """What the common index holds."""

    entries: int
    digest: str


def merge(members: Sequence[Member], out: Path, *, former: Path | None, workers: int) -> Merged:
    """Writes the common index under ``out``; what did not change is taken over from ``former``. ``Refused`` for a member's bad file."""
    entries = sum(int(member.manifest["entries"]) for member in members)
    shards = _shards(members, entries)
    blocks = members[-1].first + members[-1].blocks

    def part_of_it(part: int, of: int, *, tick: Tick) -> Titles | _Fault:
        try:
            return share(part, of, tick=tick)
        except Refused as fault:
            return _Fault(fault.code, fault.message, fault.hint)

    def share(part: int, of: int, *, tick: Tick) -> Titles:
        titles: Titles = {}
        for member in members:
            for record in records_of(member, part=part, of=of):
                titles[record.number] = record.title
                put(out, record.file.address, content=record.file.content, former=former)
            tick(1)
        for file in merged_shards(members, shards=shards, part=part, of=of):
            put(out, file.address, content=file.content, former=former)
        return titles

    titles: Titles = {}
    for one in together(part_of_it, workers):
        if isinstance(one, _Fault):
            raise Refused(one.code, one.message, hint=one.hint)
        titles |= one
    manifest = _manifest(members, blocks=blocks, shards=shards)
    # where regions stand and what has two names is said by the exhibition whose site it is
    own = [script(name, members[0].content(name)) for name in ("tiles", "synonyms")]
    for file in (*merged_columns(members, blocks=blocks, titles=titles), *own, *_alone(manifest)):
        put(out, file.address, content=file.content, former=former)
    return Merged(entries, str(manifest["digest"]))


def _shards(members: Sequence[Member], entries: int) -> int:
    """As many as an index of so many entries has, and no fewer than any member's."""
    wanted = next((number for number in SHARDS if entries <= number * 8), SHARDS[-1])
    found: int = max([wanted, *(member.shards for member in members)])
    return found


def _alone(manifest: dict[str, Any]) -> Iterator[OutputFile]:
    yield script("t2s", PAIRS)
    yield script("sounds", homophones())
    yield script("manifest", manifest)


def _manifest(members: Sequence[Member], *, blocks: int, shards: int) -> dict[str, Any]:
    """As docs/search.md says, and ``members``: of each its first block, name, address and id."""
    counts = [""] * blocks
    classes = sorted({one for member in members for block in member.classes for one in block})
    for member in members:
        for at, block in enumerate(member.classes, member.first):
            counts[at] = "".join(SYMBOLS[block[one] - 1] if one in block else " " for one in classes).rstrip(" ")
    fold = {one.manifest["fold"][at : at + 2] for one in members for at in range(0, len(one.manifest["fold"]), 2)}
    said = [[member.first, member.name, member.address, member.id] for member in members]
    digests = [member.manifest["digest"] for member in members]
    return {
        "version": VERSION,
        "digest": hashlib.sha256(repr((said, digests)).encode()).hexdigest()[:12],
        "entries": sum(sum(member.sizes) for member in members),
        "blocks": blocks,
        "shards": shards,
        "kinds": [[kind.name, kind.label, kind.measure, kind.folder] for kind in LISTED],
        "classes": "".join(SYMBOLS[one // AGES] + SYMBOLS[one % AGES] for one in classes),
        "counts": "!".join(counts),
        "fold": "".join(sorted(pair for pair in fold if len(pair) == 2)),
        "members": said,
    }
