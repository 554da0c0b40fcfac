"""Text comes in; the terms under which it is found go out, by the very rule of ``theme/assets/search/tokens.js``."""

import re
import unicodedata
from functools import cache
from itertools import chain
from operator import add
from zlib import crc32

from site_builder.search.traditional import PAIRS

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u3041-\u30ff\uac00-\ud7a3"
_RUNS = re.compile(f"[{HAN}]+|[{WORD}]+")
_HAN_RUNS, _WORD_RUNS = re.compile(f"[{HAN}]+"), re.compile(f"[{WORD}]+")
LONG = 6
"""Runs up to this length are looked up by all their grams, longer ones by grams that stand side by side."""


class _Folding(dict[int, str]):
    """Code point → what it is folded to; worked out when first met."""

    def __init__(self) -> None:
        super().__init__()
        self.simple = dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = folded = "".join(self.simple.get(one, one) for one in plain)
        return folded


@cache
def folding() -> _Folding:
    """Code point → what it is folded to, for all there are."""
    return _Folding()


def fold(text: str) -> str:
    """Half width, lower case, simplified: code point by code point, so that the browser can find its way back."""
    return unicodedata.normalize("NFC", text).translate(folding())


def runs(folded: str) -> list[str]:
    """Runs of Chinese characters, and runs of other letters and digits; all else parts them."""
    return _RUNS.findall(folded)


def is_han(run: str) -> bool:
    """Whether a run is of Chinese characters."""
    return _HAN_RUNS.match(run) is not None


def grams(folded: str) -> set[str]:
    """All terms of a text: characters and pairs; of letters and digits threes and fours, too."""
    chinese = _HAN_RUNS.findall(folded)
    found = set(chain.from_iterable(chinese))
    found.update(*[map(add, run, run[1:]) for run in chinese])
    for run in set(_WORD_RUNS.findall(folded)):
        found.update(run)
        found.update(map(add, run, run[1:]))
        found.update(run[at : at + size] for size in (3, 4) for at in range(len(run) - size + 1))
    return found


def beginning(folded: str) -> tuple[str, ...]:
    """Those of its terms with which a text begins."""
    first = _RUNS.search(folded)
    if first is None:
        return ()
    run = first[0]
    return tuple(run[:size] for size in range(1, min(len(run), 2 if is_han(run) else 4) + 1))


def cover(run: str) -> list[str]:
    """The terms to look up for a run of a query: pairs of Chinese characters, fours of letters and digits."""
    return pieces(run, 2 if is_han(run) else 4)


def pieces(run: str, size: int) -> list[str]:
    """Pieces of this size that cover the whole run, each once."""
    last = len(run) - size
    if last <= 0:
        return [run]
    steps = range(last + 1) if len(run) <= LONG else (*range(0, last, size), last)
    return list(dict.fromkeys(run[at : at + size] for at in steps))


def whole(text: str) -> str:
    """What two texts have in common that differ in nothing but case, width, script, spaces and punctuation."""
    return "".join(runs(fold(text)))


def shard_of(term: str, shards: int) -> int:
    """The shard that holds a term; marks such as ``o/`` and ``=`` do not count, so that kindred terms lie together."""
    bare = term.rpartition("/")[2] if "/" in term else term
    return crc32(bare.removeprefix("=").encode()) % shards


def in_gb2312(character: str) -> bool:
    """Whether it is in GB 2312; the browser takes all characters of that set as simplified."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _rare() -> re.Pattern[str]:
    return re.compile(f"[{''.join(one for one in folding().simple if not in_gb2312(one))}]")


def folded_here(text: str) -> tuple[str, ...]:
    """The traditional characters of a text that are not in GB 2312, each followed by its simplified one."""
    simple = folding().simple
    return tuple(f"{one}{simple[one]}" for one in sorted(set(_rare().findall(unicodedata.normalize("NFC", text)))))
