"""Titles and names come in; what is left of them for comparing, and how alike two are, goes out."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORDS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_LEGAL = re.compile(
    r"(?<!公司)(?<!股份)(?<!集团)(?<!厂)(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|公司|股份|集团|总厂|厂)+$"
)
_PARTICLES = re.compile(r"[的之及与和暨]")


@lru_cache(maxsize=1 << 16)
def bare(text: str) -> str:
    """Letters, digits and characters only, of one width and case: ``“高落差”电缆（一期）`` → ``高落差电缆一期``."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=1 << 16)
def bare_title(text: str) -> str:
    """A bare title without particles, which change from one form to the next."""
    return _PARTICLES.sub("", bare(text))


@lru_cache(maxsize=1 << 16)
def bare_organisation(name: str) -> str:
    """A bare name without the legal form at its end: ``样本电缆（集团）有限公司`` → ``样本电缆``."""
    plain = bare(name)
    return _LEGAL.sub("", plain) or plain


@lru_cache(maxsize=1 << 16)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def alike(one: str, other: str) -> float:
    """How many pairs of neighbouring characters two bare texts share (Jaccard); 0 where their numbers differ."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return 0.0
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / len(first | second) if first and second else 0.0
