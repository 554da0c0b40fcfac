"""An entry's honours come in; their ranks, seals and words go out, by the award's own grades where it lists them."""

from collections.abc import Callable
from functools import cache

from site_builder.catalogue.registry import Registry
from site_builder.model.entry import Entry
from site_builder.model.frozen import frozen
from site_builder.model.grades import RANK_NONE, Seal, rank_of, seal_for, stem_of
from site_builder.model.programmes import Award, Grade

_NATION = (
    "大国工匠",
    "全国劳动模范",
    "中华技能大奖",
    "改革先锋",
    "国家科",
    "国家级",
    "全国示范",
    "全国总工会",
    "全国先进工作者",
)
_PROVINCE = ("全国", "省", "市", "自治区", "长三角", "上海", "中央企业")


@frozen
class Honour:
    """One honour resolved: the award's key (if it has a page), grade, rank, 届 and year."""

    award: str
    key: str | None
    grade: str | None
    rank: int
    session: str | None
    year: int | None
    seal: Seal | None


_Said = tuple[str, str | None, str | None, int | None]
"""An award or an honour as an entry names it, grade, 届 and year."""


class Honours:
    """Resolves entries' honours; what many were given alike, a grade of an award in a year, is resolved once."""

    def __init__(self, registry: Registry) -> None:
        self._given = _Resolved(_given, registry)
        self._held = _Resolved(_held, registry)

    def of(self, entry: Entry) -> tuple[Honour, ...]:
        """All honours of an entry in the order its editor gave them."""
        given = [self._given[one.award, one.grade, one.session, one.year] for one in entry.get("awards", ())]
        held = [self._held[one.honour, one.grade, one.session, one.year] for one in entry.get("honours", ())]
        return (*given, *held)


class _Resolved(dict[_Said, Honour]):
    """What an entry says of an honour → the honour."""

    def __init__(self, resolve: Callable[[_Said, Registry], Honour], registry: Registry) -> None:
        super().__init__()
        self._resolve, self._registry = resolve, registry

    def __missing__(self, said: _Said) -> Honour:
        found = self[said] = self._resolve(said, self._registry)
        return found


def rank_of_entry(entry: Entry, honours: tuple[Honour, ...]) -> int:
    """The best rank among its honours and levels; 9 where there is none."""
    ranks = [honour.rank for honour in honours]
    ranks += [_rank_of_words(str(level.level)) for level in entry.get("levels", ())]
    return min(ranks, default=RANK_NONE)


def grade_named(award: Award, grade: str) -> Grade | None:
    """The award's grade of that name; the suffix 奖／成果 and a group in brackets do not matter."""
    stem = stem_of(grade)
    for known in award.grades:
        if grade in (known.name, *known.aliases) or stem in {stem_of(word) for word in (known.name, *known.aliases)}:
            return known
    return None


def _given(said: _Said, registry: Registry) -> Honour:
    award, grade, session, year = said
    key, described = _award(award, registry)
    rank = RANK_NONE
    if grade:
        known = grade_named(described, grade) if described else None
        rank = known.rank if known and known.rank is not None else rank_of(grade)
    title = described.name if described else award
    return Honour(title, key, grade, rank, session, year, seal_for(grade, rank))


def _held(said: _Said, registry: Registry) -> Honour:
    honour, grade, session, year = said
    key, described = _award(honour, registry)
    title = described.name if described else honour
    given = rank_of(grade)
    named = described.rank if described and described.rank is not None else _rank_of_words(title)
    rank = named if given == RANK_NONE else given
    short = next(
        (word for word in (described.short_name if described else None, title) if word and len(word) <= 4), None
    )
    seal = seal_for(grade, rank) or (Seal(short, rank, "square", title) if short else None)
    return Honour(title, key, grade, rank, session, year, seal)


def _award(text: str, registry: Registry) -> tuple[str | None, Award | None]:
    key = registry.key_for(("award",), text)
    return key, registry.entries[key].data if key else None


@cache
def _rank_of_words(words: str) -> int:
    """A naming without grades ranks by who names: nation 1, province or city 2, others 3."""
    if any(word in words for word in _NATION):
        return 1
    return 2 if any(word in words for word in _PROVINCE) else 3
