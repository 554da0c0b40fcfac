"""An index that is mended where entries changed: the same bytes as one that is made as a whole."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.catalogue.catalogue import compile_catalogue
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.pages import OutputFile
from site_builder.publish.deck import Deck, deck_of
from site_builder.search import layout, mending, postings
from site_builder.search.index import (
    TABLES,
    Read,
    Searched,
    index_layout,
    manifest_file,
    mark,
    read_block,
    search_files,
    shard_name,
    tables,
)
from site_builder.search.mending import mended_shards, moves_of
from site_builder.search.said import BODY, START
from site_builder.search.sounds import Sounds
from site_builder.search.terms import Listener, levels_of
from site_builder.surveying import survey

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    """The entries of this clone, and whatever else makes its catalogue."""
    return tuple(survey(PROJECT, Exhibition(), workers=1).deck.catalogue.entries.values())


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of two blocks, so that some hundred entries make several."""
    for module in (layout, mending, postings):
        monkeypatch.setattr(module, "GROUP", 2)


def another_text(entry: Entry) -> Entry:
    """Words that were nowhere, and one word less."""
    return replace(entry, body=f"{entry.body[3:]}\n样本鎏镆铘 sample{entry.id[:3]}\n")


def another_title(entry: Entry) -> Entry:
    """All that is made of a title, and of what others call the entry."""
    name = "title" if hasattr(entry.data, "title") else "name"
    return replace(entry, data=replace(entry.data, **{name: f"样本{getattr(entry.data, name)[1:]}"}))


def blocks_of(deck: Deck) -> list[Read]:
    """What is read in every block."""
    searched, found = Searched(deck.catalogue, deck.cards), index_layout(deck.catalogue, deck.cards)
    return [read_block(searched, at, layout=found, sounds=Sounds()) for at in range(len(found.blocks))]


def shard_in(files: Mapping[str, bytes], at: int) -> OutputFile:
    """A shard of an index that lies there."""
    address = f"{layout.ROOT}{shard_name(at)}.js"
    return OutputFile(address, files[address])


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("small_groups")
def test_a_mended_index_is_the_one_made_as_a_whole(entries: tuple[Entry, ...], seed: int) -> None:
    """Texts and titles edited, an entry gone: every shard and the manifest, byte for byte; most shards are not written."""
    dice = random.Random(seed)
    shown = [entry for entry in entries if entry.kind in ("project", "craftsman", "studio") and entry.source]
    changed = {entry.key: another_text(entry) for entry in dice.sample(shown, 2)}
    changed |= {entry.key: another_title(entry) for entry in dice.sample(shown, 2)}
    gone = dice.choice(shown).key
    decks = [
        deck_of(compile_catalogue(some, Exhibition()))
        for some in (entries, [changed.get(entry.key, entry) for entry in entries if entry.key != gone])
    ]
    former, now = map(blocks_of, decks)
    assert len(now) > 2
    files, whole = (
        {file.address: file.content for file in search_files(Searched(deck.catalogue, deck.cards))} for deck in decks
    )
    places = index_layout(decks[1].catalogue, decks[1].cards)
    assert places.shards == index_layout(decks[0].catalogue, decks[0].cards).shards
    moves: dict[str, dict[int, int]] = defaultdict(dict)
    for at, (before, after) in enumerate(zip(former, now, strict=True)):
        for term, entries in moves_of(at, former=before.entries, now=after.entries, sounds=Sounds()).items():
            moves[term] |= entries
    mended = dict(mended_shards(moves, shards=places.shards, read=files.__getitem__))
    marks = [*map(mark, tables()), *(mark(shard_in(files, at)) for at in range(places.shards))]
    for at, file in mended.items():
        marks[TABLES + at] = mark(file)
    made = [*mended.values(), manifest_file([one.block for one in now], marks, layout=places)]
    assert [file.address for file in made if whole[file.address] != file.content] == []
    assert all(files[file.address] != file.content for file in mended.values())
    assert mended


def test_one_entry_has_by_the_rule_the_terms_that_arrays_find(entries: tuple[Entry, ...]) -> None:
    """Every term at the same level, of all entries of this clone and of odd titles; so what is mended is what was made."""
    deck = deck_of(compile_catalogue(entries, Exhibition()))
    real = [entry for block in blocks_of(deck) for entry in block.entries]
    odd = ("a", "焊", "12焊接", "焊a", "…—", "", "\n焊接", "ＡＢＣde机", "㎡℃机", "x\ny", "樣本 樣本", "焊焊焊焊")
    texts = [(((START, title), (BODY, title[::-1])), (("title", title), ("r", title), ("y", "2021"))) for title in odd]
    for entry in (*real, *texts):
        listener = Listener()
        listener.hear(0, 0, entry=entry)
        found = {term: int(lists[1]) for term, lists in listener.postings().items()}
        assert found == levels_of(entry, sounds=listener.sounds)
