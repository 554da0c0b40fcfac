"""A word that is not known comes in, the known word that was probably meant goes out."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The closest of the known words, or None where nothing comes close."""
    candidates = list(known)
    if len(candidates) > 5000:
        candidates = [candidate for candidate in candidates if candidate[:1] == word[:1]]
    cutoff = 0.6 if len(word) > 3 else 0.5  # one of two characters amiss: 行页 for 行业
    found = get_close_matches(word, candidates, n=1, cutoff=cutoff)
    return found[0] if found else None


def perhaps(word: str, known: Iterable[str]) -> str:
    """The question put to the editor: ``是不是“一等奖”？``, or nothing."""
    found = nearest(word, known)
    return f"是不是“{found}”？" if found else ""
