"""The corpus of the fuzzer, past finds included, through its own targets; and the targets with what Hypothesis thinks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whole import PROJECT

from fuzz.run import SHARES
from fuzz.targets import FRAGMENTS, TARGETS

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = PROJECT / "fuzz/corpus"
SEEDS = sorted(path for path in CORPUS.rglob("*") if path.is_file())
EXAMPLES = 60
"""Of each target; the fuzzer itself tries a million (docs/security.md)."""


@pytest.mark.parametrize("target", TARGETS)
def test_what_the_corpus_holds_is_read_or_refused(target: str) -> None:
    """Every seed, and every file that once broke a reader."""
    seeds = [path for path in SEEDS if path.parent.name == target]
    assert len(seeds) >= 5
    for seed in seeds:
        replay(target, seed)


def replay(target: str, seed: Path) -> None:
    """Names the file where it fails."""
    try:
        TARGETS[target](seed.read_bytes())
    except Exception as fault:
        raise AssertionError(f"{seed.relative_to(PROJECT)}: {type(fault).__name__}: {fault}") from fault


def test_every_target_has_its_share_of_executions() -> None:
    """A new target is run by the command, too."""
    assert set(SHARES) == set(TARGETS) == {path.name for path in CORPUS.iterdir()}
    assert sum(SHARES.values()) == 100


@pytest.mark.parametrize("target", ["front_matter", "cells", "headings", "tables", "tokens", "drawings"])
def test_any_bytes_are_read_or_refused(target: str) -> None:
    """Bytes, text of all planes, and pieces of seeds put together anew."""
    pieces = [path.read_bytes() for path in SEEDS if path.parent.name == target]
    parts = st.sampled_from([part for piece in pieces for part in piece.split(b"\n") if part])
    joined = st.lists(parts, max_size=12).map(b"\n".join)
    texts = st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))

    @settings(max_examples=EXAMPLES)
    @given(head=st.binary(min_size=2, max_size=2), rest=st.one_of(joined, texts, st.binary(max_size=80)))
    def holds(head: bytes, rest: bytes) -> None:
        TARGETS[target](head + rest)

    holds()


@settings(max_examples=400)
@given(st.lists(st.integers(0, len(FRAGMENTS) - 1), max_size=40))
def test_no_order_of_markup_brings_anything_that_acts(order: list[int]) -> None:
    """Fragments of HTML, SVG, MathML and Markdown in any order, as entries and as stories."""
    TARGETS["texts"](b"\0" + bytes(order))
