"""What a build remembers: numbers of facts are found in a piece as they stand in it."""

import pickle
from array import array

from hypothesis import given
from hypothesis import strategies as st

from site_builder.warm.memory import Memory, Piece, holds

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
