"""A query comes in; what the index has goes out, found as ``theme/assets/search/engine.js`` finds it in the browser."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from types import MappingProxyType
from typing import Any

from site_builder.search.index import AGES, EXACT, START
from site_builder.search.layout import MOST, ROOT, SYMBOLS, decoded
from site_builder.search.said import TITLE
from site_builder.search.tokens import cover, fold, pieces, runs, shard_of, whole

WEIGHT = (0, 1, 3, 5, 8, 10, 40)
VERIFIED = 240
MARKS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("单位", "机构", "企业"), "o"),
        **dict.fromkeys(("人物", "姓名", "完成人"), "h"),
        **dict.fromkeys(("年份", "年"), "y"),
        **dict.fromkeys(("种类", "类别"), "k"),
        **dict.fromkeys(("地区", "行业"), "r"),
        "奖项": "a",
    }
)
_TERM = re.compile(r'([-－])?(?:([^\s:："“”＂-]+)[:：])?(?:["“”＂]([^"“”＂]*)["“”＂]?|([^\s"“”＂]+))')
_SPOKEN = re.compile(r"[a-z][a-z0-9]+")
_LEVEL = re.compile(r"&(\d)([^&]*)")
_SEGMENT = re.compile(r"(!|\$..)([^!$]*)")
Levels = Mapping[int, int]
"""Document → the best level at which a term occurs in it."""


@dataclass(frozen=True)
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


def parsed(query: str) -> tuple[Term, ...]:
    """The terms of a query, those without a letter left out."""
    found = []
    for minus, field, quoted, plain in _TERM.findall(query[:200]):
        mark = MARKS.get(fold(field), "")
        text = f"{field} {quoted or plain}" if field and not mark else quoted or plain
        found.append(Term(text, bool(minus), mark, bool(quoted)))
    return tuple(term for term in found if term.runs)


class Index:
    """A finished index; files are read as queries ask for them."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self.load = lru_cache(maxsize=512)(self._load)
        self.levels = lru_cache(maxsize=512)(self._levels)

    def _load(self, name: str) -> Any:
        text = self._read(f"{ROOT}{name}.js").decode()
        return json.loads(text[text.index(",") + 1 : text.rindex(")")])

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """Counts, columns, kinds."""
        found: Mapping[str, Any] = self.load("manifest")
        return found

    @cached_property
    def column(self) -> Mapping[int, int]:
        """Document → kind × 7 + age."""
        blocks = self.manifest["columns"].split("!")
        return {
            block * MOST + at: SYMBOLS.index(symbol)
            for block, column in enumerate(blocks)
            for at, symbol in enumerate(column)
        }

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
        wanted, place = divmod(document, MOST)
        block = 0
        for head, places in _SEGMENT.findall(shard[at + 1 + len(term) : shard.index("#", at + 1)]):
            block = block + 1 if head == "!" else SYMBOLS.index(head[1]) * MOST + SYMBOLS.index(head[2])
            if block == wanted and SYMBOLS[place] in places.partition("&")[0]:
                return True
        return False

    def search(self, query: str, *, verify: bool = True) -> list[int]:
        """The documents that answer a query, best first."""
        terms = parsed(query)
        wanted = [term for term in terms if not term.excluded]
        if not wanted:
            return []
        exact = self.levels(f"={whole(wanted[0].text)}") if len(wanted) == 1 and not wanted[0].mark else {}
        sure = {document for document, level in exact.items() if level == EXACT}
        found = [self._of_term(term) for term in wanted]
        banned = [self._of_term(term) for term in terms if term.excluded and not term.phrase]
        scores = {
            document: sum(WEIGHT[levels.get(document, 0)] for levels in found) + WEIGHT[EXACT] * (document in sure)
            for document in reduce(set.intersection, (set(levels) for levels in found)) | sure
            if not any(document in levels for levels in banned)
        }
        ranked = sorted(
            scores, key=lambda document: (-scores[document] * AGES + self.column[document] % AGES, document)
        )
        return self._verified(ranked, terms) if verify else ranked

    def _verified(self, ranked: list[int], terms: tuple[Term, ...]) -> list[int]:
        phrases = [term for term in terms if term.phrase and not term.mark]
        if not phrases:
            return ranked
        return [
            document
            for document in ranked[:VERIFIED]
            if all(self._says(document, whole(term.text)) is not term.excluded for term in phrases)
        ]

    def _says(self, document: int, words: str) -> bool:
        record = self.record(document)
        return any(words in whole(record[at]) for at in (1, 6, 8, 7, 3, 4))

    def record(self, document: int) -> list[Any]:
        """What the index shows of a document."""
        found: list[Any] = self.load(f"d/{document // MOST}/{document % MOST}")
        return found

    def keys(self, documents: Iterable[int]) -> list[str]:
        """Kind and id of documents."""
        kinds = [kind[0] for kind in self.manifest["kinds"]]
        records = (self.record(document) for document in documents)
        return [f"{kinds[record[2]]}/{record[0].rstrip('/').rpartition('/')[2]}" for record in records]

    def _of_term(self, term: Term) -> Levels:
        if term.mark == "k":
            labels = [whole(kind[1]) for kind in self.manifest["kinds"]]
            return {at: 1 for at, value in self.column.items() if whole(term.text) in labels[value // AGES]}
        if term.mark == "y":
            return self.levels(f"y/{term.runs[0]}")
        prefix = f"{term.mark}/" if term.mark else ""
        lists = [self._of_run(run, prefix) for run in term.runs]
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
        pinyin = self._joined(pieces(run, 3), "p/") if len(run) > 2 else {}
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
