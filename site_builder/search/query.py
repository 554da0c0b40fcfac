"""A query comes in; what the index has goes out, found as ``theme/assets/search/query.js`` finds it in the browser."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache, reduce
from types import MappingProxyType
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.search.files import handed_over
from site_builder.search.index import AGES
from site_builder.search.layout import MOST, NEXT, ROOT, SYMBOLS, decoded, far
from site_builder.search.said import EXACT, NAME, START, TITLE
from site_builder.search.sounds import spelled
from site_builder.search.tokens import cover, fold, is_han, pieces, runs, shard_of, whole

WEIGHT = (0, 1, 2, 6, 10, 16, 20, 80)
PAGE = 24
MARKS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("单位", "机构", "企业"), "o"),
        **dict.fromkeys(("人物", "姓名", "完成人"), "h"),
        **dict.fromkeys(("年份", "年"), "y"),
        **dict.fromkeys(("种类", "类别"), "k"),
        **dict.fromkeys(("地区", "行业"), "r"),
        "奖项": "a",
        "等级": "g",
    }
)
_TERM = re.compile(
    r'([-－])?(?:([^\s:："“”＂「」『』-]+)[:：]\s*(?=\S))?(?:["“”＂「」『』]([^"“”＂「」『』]*)["“”＂「」『』]?|([^\s"“”＂「」『』]+))'
)
_SYLLABLE = (
    r"(?:zh|ch|sh|[b-df-hj-np-tw-z])?(?:a(?:i|o|ng?)?|e(?:i|r|ng?)?|i(?:a(?:o|ng?)?|e|u|ng?|ong)?|o(?:u|ng)?"
    r"|u(?:a(?:i|ng?)?|e|i|n|o)?|v[en]?)"
)
"""A syllable of pinyin, and some that nobody says; of several each is as long as it can be, for to try all ways would take for ever."""
_ONE, _SEVERAL = re.compile(_SYLLABLE), re.compile(f"(?>{_SYLLABLE})++")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
_LONGEST = 200
_YEAR = re.compile(r"\d{4}")
_YEARS = 30
"""Years of a range that are looked up, each a file."""
_SPOKEN = re.compile(r"[a-z][a-z0-9]+")
_LEVEL = re.compile(r"&(\d)([^&]*)")
_SEGMENT = re.compile(r"(!|\$..)([^!$&]*)")
TEXTS = (1, 6, 8, 7, 3, 4, 5, 9)
"""Fields of a record in which words are looked for."""
Levels = Mapping[int, int]
"""Document → the best level at which a term occurs in it."""


@frozen
class Term:
    """One term of a query: its text, whether it is excluded, its field, whether it stands in quotes."""

    text: str
    excluded: bool
    mark: str
    phrase: bool

    @cached_property
    def runs(self) -> list[str]:
        """The runs of its folded text."""
        return runs(fold(self.text))

    @property
    def strict(self) -> bool:
        """Whether its terms must stand side by side: letters that do not are chance, Chinese pairs often what was meant."""
        return self.phrase or not any(is_han(run) for run in self.runs)

    @property
    def unsure(self) -> bool:
        """Whether its terms in the index may stand apart in a text that has them all."""
        return not self.mark and (len(self.runs) > 1 or len(self.runs[0]) > (2 if is_han(self.runs[0]) else 4))


def parsed(query: str) -> tuple[Term, ...]:
    """The terms of a query, those without a letter left out."""
    found = []
    for minus, field, quoted, plain in _TERM.findall(query[:_LONGEST]):
        mark = MARKS.get(fold(field), "")
        text = f"{field} {quoted or plain}" if field and not mark else quoted or plain
        found.append(Term(text, bool(minus), mark, bool(quoted)))
    return tuple(term for term in found if term.runs)


def typed(query: str) -> str:
    """Pinyin that is typed syllable by syllable, with tones or ü, as the index has it; empty where it is none or so already."""
    plain = fold(query[:_LONGEST]).strip()
    words = re.split(r"[\s'’]+", _TONES.sub("", unicodedata.normalize("NFD", plain).replace("u\u0308", "v")))
    if not all(map(_SEVERAL.fullmatch, words)):
        return ""
    spelled = ("" if any(map(_ONE.fullmatch, words)) else " ").join(words)
    return "" if spelled == plain else spelled


def _years(given: list[str]) -> list[str]:
    """A year, or all from one to another."""
    ends = sorted([int(run) for run in given if _YEAR.fullmatch(run)][:2])
    if len(ends) == 2 and 1 < ends[1] - ends[0] + 1 <= _YEARS:
        return [str(year) for year in range(ends[0], ends[1] + 1)]
    return given[:1]


def _sounds_like(record: list[Any], words: str) -> bool:
    """Whether the title in pinyin or initials has these letters."""
    sounds = [sound.split("'") for sound in (record[10] if len(record) > 10 else "").split(" ")]
    return any(words in "".join(sound) or words in spelled(tuple(sound))[1] for sound in sounds)


def _may_name(found: list[Levels]) -> bool:
    """Whether a title may be just these terms: one begins with the first and has all others."""
    first, *others = found
    if not others:
        return max(first.values(), default=0) >= NAME
    return any(
        level >= START and all(levels.get(document, 0) >= TITLE for levels in others)
        for document, level in first.items()
    )


class Index:
    """A finished index; files are read as queries ask for them."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self.load = lru_cache(maxsize=512)(self._load)
        self.levels = lru_cache(maxsize=512)(self._levels)

    def _load(self, name: str) -> Any:
        return handed_over(self._read(f"{ROOT}{name}.js"))

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """Counts, columns, kinds."""
        found: Mapping[str, Any] = self.load("manifest")
        return found

    @cached_property
    def classes(self) -> Mapping[int, int]:
        """Document → kind × 7 + how many editions have come since its own; all documents there are."""
        found: dict[int, int] = {}
        pairs = self.manifest["classes"]
        classes = [SYMBOLS.index(a) * AGES + SYMBOLS.index(b) for a, b in zip(pairs[::2], pairs[1::2], strict=True)]
        for block, counts in enumerate(self.manifest["counts"].split("!")):
            document = block * MOST
            for number, count in zip(classes, counts, strict=False):
                last = document + (0 if count == " " else SYMBOLS.index(count) + 1)
                found.update(dict.fromkeys(range(document, last), number))
                document = last
        return found

    def _levels(self, term: str) -> Levels:
        shard = self.load(f"t/{shard_of(term, self.manifest['shards'])}")
        at = shard.find(f"#{term}&")
        if at < 0:
            return {}
        found: dict[int, int] = {}
        for level, segments in _LEVEL.findall(shard[at + 1 + len(term) : shard.index("#", at + 1)]):
            for document in decoded(segments):
                found.setdefault(document, int(level))
        return found

    def holds(self, document: int, text: str) -> bool:
        """Whether all terms by which a text is looked up lead to this document, without reading the lists to their ends."""
        return all(self._leads(term, document) for run in runs(fold(text)) for term in cover(run))

    def _leads(self, term: str, document: int) -> bool:
        shard = self.load(f"t/{shard_of(term, self.manifest['shards'])}")
        at = shard.find(f"#{term}&")
        if at < 0:
            return False
        for levels in shard[at + 2 + len(term) : shard.index("#", at + 1)].split("&"):
            block = 0
            for head, places in _SEGMENT.findall(levels):
                block = block + 1 if head == NEXT else SYMBOLS.index(head[1]) * MOST + SYMBOLS.index(head[2])
                if block == document // MOST and document in decoded(far(block) + places):
                    return True
        return False

    def search(self, query: str) -> list[int]:
        """The documents that answer a query, best first; on the first page such as have the words side by side."""
        asked = self._asked(query)
        terms = parsed(asked)
        if not terms and not query.strip():
            return sorted(self.classes)
        return self._page(self._gathered(asked), terms)

    def candidates(self, query: str) -> list[int]:
        """The documents that have all pairs of all terms, best first; of syllables side by side first those that have them so."""
        return self._gathered(self._asked(query))

    def _asked(self, query: str) -> str:
        sound = typed(query)
        return sound if sound and self._gathered(sound) else query

    def _gathered(self, query: str) -> list[int]:
        terms = parsed(query)
        wanted = [term for term in terms if not term.excluded]
        if not wanted:
            return []
        found = [self._of_term(term) for term in wanted]
        sure = self._whole(wanted, found) if wanted == list(terms) else set[int]()
        banned = [self._of_term(term) for term in terms if term.excluded and not term.unsure]
        scores = {
            document: sum(WEIGHT[levels.get(document, 0)] for levels in found) + WEIGHT[EXACT] * (document in sure)
            for document in reduce(set.intersection, (set(levels) for levels in found)) | sure
            if not any(document in levels for levels in banned)
        }
        return sorted(scores, key=lambda document: (-scores[document], *self._standing(document)))

    def _standing(self, document: int) -> tuple[int, int, int]:
        """What settles ties: the newer edition, then the kind in the order of the menu, results first, then the place in the index."""
        kind, age = divmod(self.classes[document], AGES)
        return age, kind, document

    def _whole(self, terms: list[Term], found: list[Levels]) -> set[int]:
        """The documents whose title or other name is just this; asked for only where names have it at all."""
        if any(term.mark for term in terms) or not _may_name(found):
            return set()
        words = "".join(whole(term.text) for term in terms)
        return {document for document, level in self.levels(f"={words}").items() if level == EXACT}

    def _page(self, ranked: list[int], terms: tuple[Term, ...]) -> list[int]:
        """Looks terms of several pairs up in the texts of the first page; without quotes a page of scattered pairs stays."""
        first = ranked[:PAGE]
        quoted = [term for term in terms if self._unsure(term) and (term.strict or term.excluded)]
        first = [one for one in first if all(self._fits(one, term) is not term.excluded for term in quoted)]
        plain = [term for term in terms if term.unsure and not term.strict and not term.excluded]
        close = [one for one in first if all(self._fits(one, term) for term in plain)]
        scattered = [] if close and len(ranked) <= PAGE else [one for one in first if one not in close]
        return [*close, *scattered, *ranked[PAGE:]]

    def _unsure(self, term: Term) -> bool:
        """Whether what it leads to may have its terms apart: of three initials and more it has the pairs."""
        run = term.runs[0]
        if term.unsure or term.mark or term.excluded or len(run) < 3 or not _SPOKEN.fullmatch(run):
            return term.unsure
        direct = self._joined(cover(run), "")
        return not self._joined(pieces(run, 4), "p/") and not self._of_run(run, "").keys() <= direct.keys()

    def _fits(self, document: int, term: Term) -> bool:
        record = self.record(document)
        words = whole(term.text)
        return any(words in whole(str(record[at])) for at in TEXTS if at < len(record)) or (
            not term.phrase and _sounds_like(record, words)
        )

    def record(self, document: int) -> list[Any]:
        """What the index shows of a document."""
        found: list[Any] = self.load(f"d/{document // MOST}/{document % MOST}")
        return found

    def keys(self, documents: Iterable[int]) -> list[str]:
        """Kind and id of documents."""
        return [self.load(f"k/{document // MOST}").split(" ")[document % MOST] for document in documents]

    def _of_term(self, term: Term) -> Levels:
        if term.mark == "y":
            lists = [self.levels(f"y/{year}") for year in _years(term.runs)]
            return {document: max(one.get(document, 0) for one in lists) for document in set[int]().union(*lists)}
        prefix = f"{term.mark}/" if term.mark else ""
        # single characters among longer runs lie in long lists and say little; the texts decide
        lists = [self._of_run(run, prefix) for run in [run for run in term.runs if len(run) > 1] or term.runs]
        common = reduce(set.intersection, (set(levels) for levels in lists))
        return {document: min(levels[document] for levels in lists) for document in common}

    def _of_run(self, run: str, prefix: str) -> Levels:
        direct = self._joined(cover(run), prefix)
        if prefix or not _SPOKEN.fullmatch(run):
            return direct
        sounds = self._spoken(run)
        added = {document: level for document, level in sounds.items() if not direct or level >= START}
        return {at: max(direct.get(at, 0), added.get(at, 0)) for at in direct.keys() | added.keys()}

    def _spoken(self, run: str) -> Levels:
        """Documents whose names sound like these letters, or begin with them, word by word."""
        pinyin = self._joined(pieces(run, 4), "p/") if len(run) > 2 else {}
        return pinyin or ({} if len(run) > 10 else self._joined(pieces(run, 2), "i/"))

    def _joined(self, grams: list[str], prefix: str) -> Levels:
        """All must occur; a title that starts with the first and has the rest starts with the whole."""
        first, *others = (self.levels(f"{prefix}{gram}") for gram in grams)
        found = {}
        for document, level in first.items():
            rest = [min(levels.get(document, 0), TITLE) for levels in others]
            least = min(rest, default=level)
            if least:
                found[document] = level if level == START and least >= TITLE else min(level, least)
        return found
