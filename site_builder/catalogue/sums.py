"""Shown entries come in; what they say together goes out: patents, benefit, people trained, and words of titles.

A page that says a sum leans on the sum alone: were it to ask each of them, it would be made again whenever one says anything else.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import fsum
from types import MappingProxyType
from typing import Any, NamedTuple

from site_builder.model.entry import Entry
from site_builder.model.instead import Instead

PATENTS, BENEFIT, TRAINED, WORDS, PAIRS = "patents", "benefit", "trained", "words", "pairs"
"""Names of the sums: (type, how many) with the most first; how many give a yearly benefit and what all give, in 万元; how many people were
trained; up to three words of titles; (two characters, how many titles have them) with the most first, by which these are found."""
RESULTS, TRAINING = ("project", "method"), ("studio", "base", "team")
"""Kinds that give patents and benefit, and kinds that say whom they trained."""
_MOST_WORDS = 3
_PLAIN = "的一与及和中在之于对用型化法提高优方技术应种装置研究工艺改造操作关键系统创新设备效开发"
"""Characters of words that say little of a title."""
_TELLING = re.compile(f"(?:(?![{_PLAIN}])[\u4e00-\u9fff]){{2,}}")
"""A run of all other Chinese characters."""
_Counted = tuple[tuple[str, int], ...]


def sums_of(entries: Mapping[str, Entry], order: Mapping[str, Iterable[str]]) -> Mapping[str, Any]:
    """All sums, of the entries that are in an order, by kind."""
    results = _of_kinds(entries, order, kinds=RESULTS)
    pairs = _by_number(Counter(pair for entry in results for pair in _pairs_of(entry)))
    told = {name: one.add(_of_kinds(entries, order, kinds=one.kinds)) for name, one in _SUMS.items()}
    return MappingProxyType(told | {WORDS: _words_in(pairs), PAIRS: pairs})


def sums_with(
    sums: Mapping[str, Any],
    changes: Sequence[tuple[Entry, Entry]],
    *,
    entries: Mapping[str, Entry],
    order: Mapping[str, Iterable[str]],
) -> Mapping[str, Any]:
    """These sums where few shown entries, each given as it was and as it is, are others; ``entries`` and ``order`` are those of now.

    All entries are asked only for what one of these says otherwise now.
    """
    found = {
        name: one.add(_of_kinds(entries, order, kinds=one.kinds))
        for name, one in _SUMS.items()
        if any(now.kind in one.kinds and one.say(was) != one.say(now) for was, now in changes)
    }
    moved = Counter[str]()
    for was, now in changes:
        if now.kind in RESULTS and was.title != now.title:
            moved.update(_pairs_of(now))
            moved.subtract(_pairs_of(was))
    if any(moved.values()):
        counts = Counter(dict(sums[PAIRS]))
        counts.update(moved)
        found[PAIRS] = _by_number(counts)
        found[WORDS] = _words_in(found[PAIRS])
    return Instead(sums, found) if found else sums


def _of_kinds(entries: Mapping[str, Entry], order: Mapping[str, Iterable[str]], *, kinds: Iterable[str]) -> list[Entry]:
    return [entries[key] for kind in kinds for key in order.get(kind, ())]


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
    return {a + b for run in _TELLING.findall(entry.title) for a, b in pairwise(run)}


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
