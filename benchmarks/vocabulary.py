"""A number of words comes in; texts of made-up words go out, a few of them everywhere and most of them rare, as in a language.

The six sentences of the corpus have some 110 characters, a real exhibition has thousands and ten thousands of words. The same numbers give
the same texts everywhere; they mean nothing.
"""

import random
from functools import cache

ROWS = range(0xB0, 0xD8)
"""Rows of GB 2312 with the 3,755 common characters."""
HEADS = ("难题", "做法", "效果")


@cache
def characters() -> tuple[str, ...]:
    """The common characters, in an order that is always the same and no dictionary's."""
    codes = (bytes((row, cell)) for row in ROWS for cell in range(0xA1, 0xFF))
    found = [one for one in (code.decode("gb2312", "ignore") for code in codes) if one]
    random.Random("characters").shuffle(found)
    return tuple(found)


@cache
def vocabulary(words: int) -> tuple[str, ...]:
    """So many words of two to four characters, the frequent ones first; characters are as unevenly met as the words."""
    rng, known = random.Random("words"), characters()
    return tuple(
        "".join(known[_rank(rng, len(known))] for _ in range(rng.choice((2, 2, 2, 2, 3, 3, 4)))) for _ in range(words)
    )


def text(rng: random.Random, words: int) -> str:
    """About 390 characters in three sections, of so many words."""
    return "\n".join(f"## {head}\n\n{''.join(_sentence(rng, words) for _ in range(5))}\n" for head in HEADS)


def _sentence(rng: random.Random, words: int) -> str:
    known = vocabulary(words)
    said = [known[_rank(rng, words)] for _ in range(9)]
    return f"{''.join(said[:4])}，{''.join(said[4:])}。"


def _rank(rng: random.Random, most: int) -> int:
    """Twice as far down, half as often (Zipf)."""
    return int(most ** rng.random()) - 1
