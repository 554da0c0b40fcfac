"""Entries of a kind come in; the shards of the interface of files that hold them go out: which entry lies in which, and where."""

from collections.abc import Iterable, Sequence
from zlib import crc32

from site_builder.model.kinds import Kind
from site_builder.model.pages import OutputFile

VERSION = "v1"
ROOT = f"api/{VERSION}/"
USUAL = 250
"""Entries of a shard, more or less; their number is a power of two, so that shards split and never mix."""
RULE = "CRC-32 (ISO 3309) of the id in UTF-8, modulo the number of shards of the kind"


def shards_for(count: int) -> int:
    """How many shards hold so many entries."""
    shards = 1
    while shards * USUAL < count:
        shards *= 2
    return shards


def shard_of(name: str, shards: int) -> int:
    """In which shard an entry lies."""
    return crc32(name.encode("utf-8")) % shards


def shard_address(kind: Kind, shard: int) -> str:
    """Where a shard lies."""
    return f"{ROOT}{kind.folder}/{shard}.json"


def shard_file(kind: Kind, shard: int, *, shards: int, lines: Iterable[bytes]) -> OutputFile:
    """A shard; ``lines`` are the documents as JSON."""
    head = f'{{"kind":"{kind.name}","shard":{shard},"shards":{shards},"entries":[\n'
    return OutputFile(shard_address(kind, shard), b"".join((head.encode(), b",\n".join(lines), b"\n]}\n")))


def shared_out(keys: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The keys of a kind's entries, parted into its shards; the order stays."""
    shards = shards_for(len(keys))
    found: list[list[str]] = [[] for _ in range(shards)]
    for key in keys:
        found[shard_of(key.partition("/")[2], shards)].append(key)
    return tuple(map(tuple, found))
