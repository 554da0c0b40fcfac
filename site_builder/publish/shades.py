"""Keys of results come in; the chart of one square per result, shaded by grade, goes out."""

from collections import Counter
from collections.abc import Iterable, Mapping

from site_builder.model.grades import RANK_WORDS
from site_builder.model.views import Squares

MOST_SQUARES = 400


def squares_of(keys: Iterable[str], ranks: Mapping[str, int]) -> Squares:
    """The shades in rank order; above 400 results a square stands for several."""
    known = [rank for rank, _ in RANK_WORDS]
    counts = Counter(ranks[key] if ranks[key] in known else known[-1] for key in keys)
    total = sum(counts.values())
    each = next(size for size in (1, 5, 10, 50, 100, 500, 1000) if total <= MOST_SQUARES * size or size == 1000)
    return Squares(tuple((rank, words, counts[rank]) for rank, words in RANK_WORDS if counts[rank]), total, each)
