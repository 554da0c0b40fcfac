"""What a build remembers: numbers of facts are found in a piece as they stand in it."""

import pickle
from array import array
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from site_builder.press.pressing import Pressed
from site_builder.warm.desk import holds
from site_builder.warm.memory import Growth, Later, Memory, Piece
from site_builder.warm.numbering import Digests, Numbered

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


def test_pieces_are_the_same_when_they_are_taken_up() -> None:
    """Whatever files each laid, none, one or several, and whether it is a page's or another's."""
    pieces = {
        "page a/": Piece(b"1", b"abcd", {"a/index.html": "t", "b/index.html": "u"}, ("a/", True)),
        "list of nothing": Piece(b"", b"", {}, ()),
        "page c/": Piece(b"2", b"", {"c/index.html": "t"}, Pressed("c/", True, "2024-05-01")),
        "section d": Piece(b"3", b"", {}, None),
        "page e/": Piece(b"4", b"", {"e/index.html": "v"}, Pressed("e/", False, "")),
    }
    for some in ({}, pieces):
        again = pickle.loads(pickle.dumps(Memory(pieces=some, loose={}))).pieces
        assert again == some
        assert [type(piece.result) for piece in again.values()] == [type(piece.result) for piece in some.values()]


def test_digests_are_found_by_number_when_they_are_put_away_and_when_others_come() -> None:
    """Whatever their length: of what is not there it is none, and a number tells itself."""
    digests = Digests.of([b"", b"12", b"", b"0123456789abcdef"])
    more = digests.with_others({1: b"", 4: b"x"})
    for one in (digests, pickle.loads(pickle.dumps(digests))):
        assert _all_of(one) == [b"", b"12", b"", b"0123456789abcdef"]
    for one in (more, pickle.loads(pickle.dumps(more))):
        assert _all_of(one) == [b"", b"", b"", b"0123456789abcdef", b"x"]
        assert _all_of(one.with_others({4: b"y", 5: b"z"}))[3:] == [b"0123456789abcdef", b"y", b"z"]


def _all_of(digests: Digests) -> list[bytes]:
    return [digests[at] for at in range(len(digests))]


def test_a_memory_that_grew_tells_what_one_tells_that_was_compared_whole() -> None:
    """Its files, and what it knows beyond the one that it grew from, over two edits; a page goes, one is made again, one is new."""

    def page(token: str) -> Piece:
        return Piece(token.encode(), b"", {f"{token[0]}/index.html": token}, None)

    base = Memory(
        Numbered.of([("x", "a"), ("x", "b")]),
        Digests.of((b"1", b"2")),
        {"page a/": page("a1"), "page b/": page("b1")},
        {"sw.js": "1"},
        2,
    )
    first = Memory(base.facts, Digests.of((b"1", b"3")), {"page a/": page("a1")}, {"sw.js": "2"}, 2)
    first = replace(first, growth=Growth(base, frozenset({"page b/"}), frozenset({1})))
    pieces = {"page a/": page("a2"), "page c/": page("c1")}
    digests = Digests.of((b"1", b"3", b"4"))
    second = Memory(base.facts.with_more([("x", "c")]), digests, pieces, {"sw.js": "3"}, 2)
    grown = replace(second, growth=Growth(first, frozenset(pieces), frozenset()))
    assert grown.tokens == second.tokens == {"sw.js": "3", "a/index.html": "a2", "c/index.html": "c1"}
    later = Later.of(base, grown)
    assert (later.digests, later.gone) == ({1: b"3", 2: b"4"}, {"page b/"})
    for one in (later, Later.of(base, second)):
        again = one.added_to(base)
        assert (again.facts, _all_of(again.digests), again.loose) == (second.facts, _all_of(digests), second.loose)
        assert again.pieces == second.pieces
        assert again.tokens == second.tokens


def test_facts_keep_their_numbers_when_they_are_put_away_and_when_others_come() -> None:
    """Those of whole mappings, of mappings of mappings, and whatever was read in whatever order."""
    others = [("b", "none"), ("c", ("x", "y"), "k"), ("a", "1"), ("c", ("x", "y"), "l")]
    facts = [("a", "0"), ("b", "k"), ("b", "l"), *others]
    numbered = Numbered.of(others, foreseen={"a": ("0",), "b": ("k", "l")})
    same = Numbered.of([("a", "2")], foreseen={"a": ("0", "1"), "b": ("0", "1")})
    assert same.in_order() == [("a", "0"), ("a", "1"), ("b", "0"), ("b", "1"), ("a", "2")]
    more = pickle.loads(pickle.dumps(numbered)).with_more([("d", "k"), ("a", "2")])
    for one, expected in ((numbered, facts), (more, [*facts, ("d", "k"), ("a", "2")])):
        assert one.in_order() == expected
        assert {fact: one[fact] for fact in one} == {fact: number for number, fact in enumerate(expected)}
        assert len(one) == len(expected)
        assert ("a", "none") not in one and ("e", "k") not in one
