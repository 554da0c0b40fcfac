"""What a build remembers: numbers of facts are found in a piece as they stand in it."""

import pickle
from array import array
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from site_builder.warm.desk import holds
from site_builder.warm.memory import Growth, Later, Memory, Piece
from site_builder.warm.numbering import Numbered

NUMBERS = st.integers(0, 3) | st.sampled_from([1 << 8, 1 << 16, 1 << 24, (1 << 24) + 1, 0x01010101])


@given(st.lists(NUMBERS), NUMBERS)
def test_a_number_is_found_where_it_is_and_not_between_two(facts: list[int], number: int) -> None:
    """Bytes of neighbours may look like a number that is not there."""
    assert holds(array("I", facts).tobytes(), array("I", [number]).tobytes()) == (number in facts)


def test_what_can_be_worked_out_is_not_put_away() -> None:
    """The list of all files is as large as the pieces that have them."""
    memory = Memory(pieces={"page a/": Piece(b"", b"", {"a/index.html": "token"}, None)}, loose={"sw.js": "other"})
    before = pickle.dumps(memory)
    assert memory.tokens == {"a/index.html": "token", "sw.js": "other"}
    assert pickle.dumps(memory) == before
    assert pickle.loads(before).tokens == memory.tokens


def test_a_memory_that_grew_tells_what_one_tells_that_was_compared_whole() -> None:
    """Its files, and what it knows beyond the one that it grew from, over two edits; a page goes, one is made again, one is new."""

    def page(token: str) -> Piece:
        return Piece(token.encode(), b"", {f"{token[0]}/index.html": token}, None)

    base = Memory(
        Numbered.of([("x", "a"), ("x", "b")]),
        (b"1", b"2"),
        {"page a/": page("a1"), "page b/": page("b1")},
        {"sw.js": "1"},
        2,
    )
    first = Memory(base.facts, (b"1", b"3"), {"page a/": page("a1")}, {"sw.js": "2"}, 2)
    first = replace(first, growth=Growth(base, frozenset({"page b/"}), frozenset({1})))
    pieces = {"page a/": page("a2"), "page c/": page("c1")}
    second = Memory(base.facts.with_more([("x", "c")]), (b"1", b"3", b"4"), pieces, {"sw.js": "3"}, 2)
    grown = replace(second, growth=Growth(first, frozenset(pieces), frozenset()))
    assert grown.tokens == second.tokens == {"sw.js": "3", "a/index.html": "a2", "c/index.html": "c1"}
    later = Later.of(base, grown)
    assert (later.digests, later.gone) == ({1: b"3", 2: b"4"}, {"page b/"})
    for one in (later, Later.of(base, second)):
        again = one.added_to(base)
        assert (again.facts, again.digests, again.loose) == (second.facts, second.digests, second.loose)
        assert again.pieces == second.pieces
        assert again.tokens == second.tokens


def test_facts_keep_their_numbers_when_they_are_put_away_and_when_others_come() -> None:
    """Those of whole mappings, of mappings of mappings, and whatever was read in whatever order."""
    others = [("b", "none"), ("c", ("x", "y"), "k"), ("a", "1"), ("c", ("x", "y"), "l")]
    facts = [("a", "0"), ("b", "k"), ("b", "l"), *others]
    numbered = Numbered.of(others, foreseen={"a": ("0",), "b": ("k", "l")})
    more = pickle.loads(pickle.dumps(numbered)).with_more([("d", "k"), ("a", "2")])
    for one, expected in ((numbered, facts), (more, [*facts, ("d", "k"), ("a", "2")])):
        assert one.in_order() == expected
        assert {fact: one[fact] for fact in one} == {fact: number for number, fact in enumerate(expected)}
        assert len(one) == len(expected)
        assert ("a", "none") not in one and ("e", "k") not in one
