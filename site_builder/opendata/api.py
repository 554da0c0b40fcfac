"""A deck comes in; what explains the interface of files goes out: an index, vocabularies, schemas; its shards are made by groups."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import Kind
from site_builder.model.pages import OutputFile
from site_builder.opendata.openapi import openapi
from site_builder.opendata.schemas import schema_carried
from site_builder.opendata.sharding import ROOT, RULE, VERSION, shards_for
from site_builder.opendata.terms import licence_of
from site_builder.publish.deck import Deck
from site_builder.publish.takeaway import kinds_shown


def index_files(deck: Deck) -> Iterator[OutputFile]:
    """What a client reads first: the index, the description, schemas, vocabularies."""
    kinds = kinds_shown(deck)
    yield _json(f"{ROOT}index.json", _index(deck, kinds))
    yield _json(f"{ROOT}vocabularies.json", _vocabularies(deck))
    yield _json(f"{ROOT}openapi.json", openapi(deck.catalogue.exhibition, kinds, root=ROOT))
    for kind in kinds:
        yield OutputFile(f"{ROOT}schemas/{kind.name}.json", schema_carried(kind))


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
