"""Pieces are taken by whoever is free: each once, whatever the number of workers, and on other machines by parts as before."""

import os
import pickle

import pytest

from site_builder.press.crew import Tick, together
from site_builder.press.turns import turns


@pytest.mark.parametrize("pieces", [0, 1, 16, 1000, 200_000])
@pytest.mark.parametrize("workers", [1, 3])
def test_each_piece_is_taken_once(pieces: int, workers: int) -> None:
    """By one of the workers; more pieces than a pipe holds numbers are taken in larger handfuls."""
    with turns(pieces) as taking:

        def work(part: int, of: int, *, tick: Tick) -> list[int]:
            return list(taking.taken(part, of))

        taken = together(work, workers)
    assert sorted(number for some in taken for number in some) == list(range(pieces))


def test_who_is_held_up_takes_fewer() -> None:
    """The other one takes what it would have had."""
    (begun, begins), (done, ends) = os.pipe(), os.pipe()
    with turns(640) as taking:

        def work(part: int, of: int, *, tick: Tick) -> int:
            taken = taking.taken(part, of)
            if part:
                next(taken)
                os.write(begins, b"x")
                os.read(done, 1)
                return 1 + len(list(taken))
            os.read(begun, 1)
            count = len(list(taken))
            os.write(ends, b"x")
            return count

        quick, slow = together(work, 2)
    for end in (begun, begins, done, ends):
        os.close(end)
    assert 0 < slow < 100
    assert quick + slow == 640


def test_other_machines_take_every_nth() -> None:
    """A pipe does not travel."""
    with turns(10) as taking:
        far = pickle.loads(pickle.dumps(taking))
    assert [list(far.taken(part, 3)) for part in range(3)] == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]
