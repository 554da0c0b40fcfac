"""Documents come in; the interface of files goes out: an index, shards of a few hundred entries, vocabularies, schemas."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import Kind
from site_builder.model.pages import OutputFile
from site_builder.opendata.openapi import openapi
from site_builder.opendata.schemas import document_schema
from site_builder.opendata.terms import licence_of
from site_builder.publish.deck import Deck
from site_builder.publish.takeaway import kinds_shown

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


def index_files(deck: Deck) -> Iterator[OutputFile]:
    """What a client reads first: the index, the description, schemas, vocabularies."""
    kinds = kinds_shown(deck)
    yield _json(f"{ROOT}index.json", _index(deck, kinds))
    yield _json(f"{ROOT}vocabularies.json", _vocabularies(deck))
    yield _json(f"{ROOT}openapi.json", openapi(deck.catalogue.exhibition, kinds, root=ROOT))
    for kind in kinds:
        yield _json(f"{ROOT}schemas/{kind.name}.json", document_schema(kind))


def _index(deck: Deck, kinds: Iterable[Kind]) -> dict[str, Any]:
    exhibition: Exhibition = deck.catalogue.exhibition
    found: dict[str, Any] = {
        "version": VERSION,
        "name": exhibition.name,
        "url": exhibition.url,
        "description": exhibition.description,
        "organiser": exhibition.organiser,
        "licence": licence_of(exhibition).said,
        "published": exhibition.published,
        "rule": RULE,
        "kinds": [_kind(deck, kind) for kind in kinds],
        "vocabularies": f"{ROOT}vocabularies.json",
        "openapi": f"{ROOT}openapi.json",
        "package": "data/datapackage.json",
        "database": "data/exhibition.sqlite",
    }
    return {name: value for name, value in found.items() if value != ""}


def _kind(deck: Deck, kind: Kind) -> dict[str, Any]:
    count = len(deck.catalogue.of_kind(kind.name))
    return {
        "kind": kind.name,
        "label": kind.label,
        "folder": kind.folder,
        "count": count,
        "shards": shards_for(count),
        "shard": f"{ROOT}{kind.folder}/{{shard}}.json",
        "schema": f"{ROOT}schemas/{kind.name}.json",
        "list": f"data/{kind.folder}.jsonl",
    }


def _vocabularies(deck: Deck) -> dict[str, Any]:
    lexicon = deck.catalogue.lexicon
    return {
        name: {"title": vocabulary.title, "terms": [_term(term) for term in vocabulary.terms]}
        for name, vocabulary in sorted(lexicon.vocabularies.items())
    }


def _term(term: Any) -> dict[str, Any]:
    found = {"label": term.label, "id": term.id, "aliases": list(term.aliases), "parent": term.parent}
    return {name: value for name, value in found.items() if value}


def _json(address: str, value: object) -> OutputFile:
    return OutputFile(address, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
