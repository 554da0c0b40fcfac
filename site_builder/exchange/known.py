"""The entries of an exhibition come in; an index goes out that finds them by id, by any of their names, and by names near to one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from site_builder.exchange.wording import key_of
from site_builder.model.entry import Entry, is_id
from site_builder.model.frozen import frozen

_FORM = r"(?:集团)?(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|公司|集团|股份)$|(?:工会委员会|总工会|工会联合会|工会)$"
_CORPORATE = re.compile(rf"{_FORM}|（[^（）]*）|\([^()]*\)")
_FORMS = re.compile(_FORM)
_SHARED = re.compile(r"^(.+)〔([a-z0-9-]+)〕$")
_NEAR = 84
"""How alike two stems must be, of 100."""
_MOST_NEAR = 3
_UNION_APART = 2
"""上海总工会 is 上海市总工会; 嘉定区南翔镇总工会 is not 嘉定区总工会."""
_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十]{1,4}(?=[局厂院所处队矿号航])")
"""What tells 800所 from 811所 and 二航局 from 三航局."""


@frozen
class Known:
    """All entries, and what finds them."""

    entries: Mapping[str, Entry]
    """Key → entry."""
    names: Mapping[tuple[str, str], tuple[str, ...]]
    """(kind, name without differences of width and sign) → keys."""
    grams: Mapping[tuple[str, str], tuple[str, ...]]
    """(kind, two characters of a stem) → names that have them."""

    def called(self, kinds: Iterable[str], name: str) -> tuple[Entry, ...]:
        """Entries of these kinds that bear the name, or the one that ``名称〔编号〕`` or a bare id means."""
        said = _SHARED.match(name.strip())
        tail = said[2] if said else name.rpartition("/")[2] if is_id(name.rpartition("/")[2]) else ""
        found = [self.entries[key] for kind in kinds if (key := f"{kind}/{tail}") in self.entries] if tail else []
        if found:
            return tuple(found)
        plain = key_of(said[1] if said else name)
        return tuple(self.entries[key] for kind in kinds for key in self.names.get((kind, plain), ()))

    def near(self, kind: str, name: str) -> tuple[Entry, ...]:
        """Entries whose name may be another way of writing this one, the likeliest first; at most three."""
        stem = stem_of(name)
        candidates = {other for gram in _grams(stem) for other in self.grams.get((kind, gram), ())}
        scored = sorted(
            ((_likeness_of(kind, name, other=other), other) for other in candidates),
            key=lambda one: (-one[0], one[1]),
        )
        keys = dict.fromkeys(
            key for score, other in scored if score >= _NEAR for key in self.names[kind, key_of(other)]
        )
        return tuple(self.entries[key] for key in keys)[:_MOST_NEAR]


def known_of(entries: Iterable[Entry]) -> Known:
    """The index of these entries."""
    everything = list(entries)
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    grams: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in everything:
        for name in dict.fromkeys(names_of(entry)):
            names[entry.kind, key_of(name)].append(entry.key)
            for gram in _grams(stem_of(name)) if entry.kind in {"organisation", "union", "award", "studio"} else ():
                grams[entry.kind, gram].append(name)
    return Known(
        {entry.key: entry for entry in everything},
        {name: tuple(dict.fromkeys(keys)) for name, keys in names.items()},
        {gram: tuple(dict.fromkeys(several)) for gram, several in grams.items()},
    )


def names_of(entry: Entry) -> Iterator[str]:
    """All names under which an entry is found."""
    yield entry.title
    for word in ("short_name", "publish_name"):
        if entry.get(word):
            yield entry.get(word)
    yield from entry.get("names", ())
    yield from entry.get("former_names", ())


@lru_cache(maxsize=1 << 15)
def stem_of(name: str) -> str:
    """A name without its form of enterprise: 宝山钢铁股份有限公司 is 宝山钢铁."""
    return key_of(_stripped(name, _CORPORATE))


def _bare(name: str) -> str:
    """The same with what stands in brackets: （上海） and （工人农民组） tell two apart."""
    return _stripped(key_of(name), _FORMS)


def _stripped(name: str, form: re.Pattern[str]) -> str:
    plain, before = name, ""
    while plain != before:
        before, plain = plain, form.sub("", plain) or plain
    return plain


def same_but_for_form(name: str, entry: Entry) -> bool:
    """Whether an entry bears the name but for words such as 有限公司: what may be taken for the same without a look."""
    return any(_bare(name) == _bare(other) for other in names_of(entry))


def _likeness_of(kind: str, name: str, *, other: str) -> float:
    """0 where the names tell apart what they are: another number, a committee beside a union, a union of the level below."""
    one, two = stem_of(name), stem_of(other)
    if one != two and kind == "union" and ("工会" not in name or abs(len(one) - len(two)) > _UNION_APART):
        return 0
    numbers = [_NUMBERS.findall(stem) for stem in (one, two)]
    return 0 if all(numbers) and numbers[0] != numbers[1] else likeness(one, two)


def likeness(one: str, other: str) -> float:
    """0 to 100: 100 for the same stem, 90 for an abbreviation such as 宝钢 of 宝山钢铁, else by edits."""
    if one == other:
        return 100
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and _abbreviates(short.removesuffix("股份"), long.removesuffix("股份")):
        return 90
    return fuzz.ratio(one, other) if len(short) >= 4 else 0


def _abbreviates(short: str, long: str) -> bool:
    """Every character of the short name in order in the long one, which it begins like; half as long at the least."""
    if len(short) < 2 or not long.startswith(short[0]) or len(long) > 3 * len(short) or len(long) <= len(short):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def _grams(stem: str) -> set[str]:
    """Pairs of characters, and the first one alone, by which abbreviations are found."""
    return {stem[place : place + 2] for place in range(len(stem) - 1)} | {stem[:1]}
