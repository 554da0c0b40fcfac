"""Shown entries come in; what they say together goes out: patents, benefit, people trained, and words of titles.

A page that says a sum leans on the sum alone: were it to ask each of them, it would be made again whenever one says anything else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import fsum
from types import MappingProxyType
from typing import Any, NamedTuple

from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.grades import RANK_WORDS
from site_builder.model.instead import Instead

PATENTS, BENEFIT, TRAINED = "patents", "benefit", "trained"
"""Names of sums: (type, how many), the most first; how many give a yearly benefit, and what all give, in 万元; how many were trained."""
GRADES = "grades"
"""(Rank, keys of the results that have it for their best, in list order), of the ranks that have words."""
WORDS, PAIRS = "words", "pairs"
"""Up to three words of titles; (two characters, how many titles have them) with the most first, by which these are found."""
RESULTS, TRAINING = ("project", "method"), ("studio", "base", "team")
"""Kinds that give patents and benefit, and kinds that say whom they trained."""
_MOST_WORDS = 3
_PLAIN = "的一与及和中在之于对用型化法提高优方技术应种装置研究工艺改造操作关键系统创新设备效开发"
"""Characters of words that say little of a title."""
_Counted = tuple[tuple[str, int], ...]


@frozen
class Shown:
    """What sums are told of."""

    entries: Mapping[str, Entry]
    order: Mapping[str, tuple[str, ...]]
    """Kind → keys of its shown entries in list order."""
    ranks: Mapping[str, int]

    def of(self, kinds: Iterable[str]) -> list[Entry]:
        """Entries of these kinds."""
        return [self.entries[key] for kind in kinds for key in self.order.get(kind, ())]


def sums_of(shown: Shown) -> Mapping[str, Any]:
    """All sums."""
    pairs = _by_number(Counter(pair for entry in shown.of(RESULTS) for pair in _pairs_of(entry)))
    told = {name: one.add(shown.of(one.kinds)) for name, one in _SUMS.items()}
    return MappingProxyType(told | {GRADES: _grades_in(shown), WORDS: _words_in(pairs), PAIRS: pairs})


def sums_with(sums: Mapping[str, Any], keys: Iterable[str], *, former: Shown, now: Shown) -> Mapping[str, Any]:
    """These sums, told of what was shown, of what is: where few entries, by key, are others, and each is shown that was.

    All entries are asked only for what one of these says otherwise now.
    """
    changes = [(former.entries[key], now.entries[key]) for key in keys]
    found = {
        name: one.add(now.of(one.kinds))
        for name, one in _SUMS.items()
        if any(entry.kind in one.kinds and one.say(was) != one.say(entry) for was, entry in changes)
    }
    if any(former.order.get(kind) != now.order.get(kind) for kind in RESULTS) or any(
        former.ranks[entry.key] != now.ranks[entry.key] for _, entry in changes
    ):
        found[GRADES] = _grades_in(now)
    moved = Counter[str]()
    for was, entry in changes:
        if entry.kind in RESULTS and was.title != entry.title:
            moved.update(_pairs_of(entry))
            moved.subtract(_pairs_of(was))
    if any(moved.values()):
        counts = Counter(dict(sums[PAIRS]))
        counts.update(moved)
        found[PAIRS] = _by_number(counts)
        found[WORDS] = _words_in(found[PAIRS])
    return Instead(sums, found) if found else sums


def _grades_in(shown: Shown) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Every result counts once; a rank without words of its own is one of the last."""
    known = {rank for rank, _ in RANK_WORDS}
    found: dict[int, list[str]] = defaultdict(list)
    for kind in RESULTS:
        for key in shown.order.get(kind, ()):
            rank = shown.ranks[key]
            found[rank if rank in known else RANK_WORDS[-1][0]].append(key)
    return tuple((rank, tuple(found[rank])) for rank, _ in RANK_WORDS if found[rank])


def _patents_of(entry: Entry) -> Any:
    return entry.get("patents", ())


def _benefit_of(entry: Entry) -> float | None:
    benefit = entry.get("benefit")
    return benefit.annual if benefit else None


def _trained_by(entry: Entry) -> int | None:
    trained: int | None = entry.get("trained_count")
    return trained


def _patents_in(results: Sequence[Entry]) -> _Counted:
    """One without a number counts as one."""
    counts: Counter[str] = Counter()
    for entry in results:
        for patent in _patents_of(entry):
            counts[patent.type or "未写明类型"] += patent.count or 1
    return _by_number(counts)


def _benefit_in(results: Sequence[Entry]) -> tuple[int, float]:
    given = [annual for annual in map(_benefit_of, results) if annual]
    # the same in whatever order they come
    return len(given), fsum(given)


def _trained_in(training: Sequence[Entry]) -> int:
    return sum(trained for trained in map(_trained_by, training) if trained)


class _Sum(NamedTuple):
    """Kinds that are asked, what one entry says, and what is said of all."""

    kinds: tuple[str, ...]
    say: Callable[[Entry], Any]
    add: Callable[[Sequence[Entry]], Any]


_SUMS: Mapping[str, _Sum] = MappingProxyType(
    {
        PATENTS: _Sum(RESULTS, _patents_of, _patents_in),
        BENEFIT: _Sum(RESULTS, _benefit_of, _benefit_in),
        TRAINED: _Sum(TRAINING, _trained_by, _trained_in),
    }
)


def _pairs_of(entry: Entry) -> set[str]:
    """What stands side by side in words that tell something of its title."""
    return {a + b for run in _telling().findall(entry.title) for a, b in pairwise(run)}


@cache
def _telling() -> re.Pattern[str]:
    """A run of Chinese characters that say something; compiled when it is asked, for an edit of a text does without."""
    return re.compile(f"(?:(?![{_PLAIN}])[\u4e00-\u9fff]){{2,}}")


def _by_number(counts: Mapping[str, int]) -> _Counted:
    return tuple(sorted(((one, count) for one, count in counts.items() if count), key=lambda item: (-item[1], item[0])))


def _words_in(pairs: _Counted) -> tuple[str, ...]:
    """Those that most titles have, and more than one; no character returns in them."""
    words: list[str] = []
    for word, count in pairs:
        if count < 2 or len(words) == _MOST_WORDS:
            break
        if not any(set(word) & set(other) for other in words):
            words.append(word)
    return tuple(words)
