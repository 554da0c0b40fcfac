"""The search index and its Python engine: the one rule of terms, nothing missed, the judged queries, the same bytes."""

from __future__ import annotations

import json
import os
import platform
import random
import re
import subprocess
import sys
from array import array
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import PLAIN, deck_at, project, write

from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS, Kind
from site_builder.model.pages import OutputFile
from site_builder.press.crew import Tick, together
from site_builder.publish.deck import Deck
from site_builder.search.arrays import Spoken, terms_of
from site_builder.search.homophones import homophones
from site_builder.search.index import (
    Gathered,
    Searched,
    classes_of,
    gather,
    index_layout,
    manifest_file,
    mark,
    search_files,
    shards_of,
)
from site_builder.search.layout import MOST, SYMBOLS, decoded, far, layout_of
from site_builder.search.lookup import lookup_files
from site_builder.search.postings import postings_of
from site_builder.search.query import Index, parsed, typed
from site_builder.search.said import head, said_by, stripped
from site_builder.search.selftest import self_test
from site_builder.search.tokens import cover, fold, folding, grams, is_han, runs, shard_of, whole
from site_builder.search.traditional import PAIRS
from site_builder.surveying import survey

PROJECT = Path(__file__).resolve().parent.parent
SEARCH = PROJECT / "tests" / "search"
VECTORS = json.loads((SEARCH / "vectors.json").read_text(encoding="utf-8"))
JUDGED = [line.split("\t") for line in (SEARCH / "judged.tsv").read_text(encoding="utf-8").splitlines()]


def index_of(deck: Deck) -> tuple[Index, dict[str, bytes]]:
    """The index of a deck in memory, and its files."""
    files = {file.address: file.content for file in search_files(Searched(deck.catalogue, deck.cards))}
    return Index(files.__getitem__), files


@pytest.fixture(scope="module")
def real() -> Deck:
    """The exhibition of this clone."""
    return survey(PROJECT, Exhibition(), workers=1).deck


@pytest.fixture(scope="module")
def index(real: Deck) -> Index:
    """Its index."""
    return index_of(real)[0]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of two projects."""
    files = {
        "projects/2024/a.md": project(title="铸造焊接样本", organisations="样本一厂"),
        "projects/2024/b.md": project(title="铸造样本", organisations="样本二厂", year="2023"),
    }
    return index_of(deck_at(write(tmp_path_factory.mktemp("two"), PLAIN | files)))[0]


# --- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(vector["text"])[:24])
def test_terms_are_those_of_the_vectors(vector: dict[str, object]) -> None:
    """The same file holds for the browser."""
    text = str(vector["text"])
    folded = fold(text)
    found = {
        "text": text,
        "folded": folded,
        "runs": runs(folded),
        "cover": [cover(run) for run in runs(folded)],
        "whole": whole(text),
        "grams": sorted(grams(folded)),
        "shards": [shard_of(gram, 1024) for run in runs(folded) for gram in cover(run)],
    }
    assert found == vector


@given(st.text(max_size=60))
def test_what_is_looked_up_is_what_was_indexed(text: str) -> None:
    """Every slice of any text is covered by terms of that text, lone surrogates and rare planes included."""
    folded = fold(text)
    for run in runs(folded):
        for start in range(0, len(run), 3):
            for size in (1, 2, 3, 7):
                assert set(cover(run[start : start + size])) <= grams(folded)


def test_the_table_of_characters_is_final() -> None:
    """No simplified character is itself folded, so that folding twice changes nothing."""
    assert not set(PAIRS[::2]) & set(PAIRS[1::2])
    assert list(PAIRS[::2]) == sorted(set(PAIRS[::2]))


@given(st.text(alphabet='焊接“”"-－:：单位年份 a1　「', max_size=30))
def test_any_query_is_parsed(query: str) -> None:
    """Marks in any order leave terms that have letters."""
    assert all(term.runs for term in parsed(query))


def test_posting_lists_say_near_and_far_blocks() -> None:
    """A neighbour in one character, any other block in three."""
    assert decoded(f"{far(3)}(*!)") == [3 * MOST, 3 * MOST + 2, 4 * MOST + 1]
    assert decoded(f"{far(3)}%a(*!)") == [3 * MOST + at for at in (3, 4, 5, 13)] + [4 * MOST + 1]
    assert decoded(f"{far(4000)}{SYMBOLS[-1]}") == [4000 * MOST + MOST - 1]
    assert not set(SYMBOLS) & set("\"\\#&!$%' ")


@given(st.sets(st.tuples(st.integers(0, 40), st.integers(0, MOST - 1))))
def test_any_set_of_places_is_read_as_it_was_written(places: set[tuple[int, int]]) -> None:
    """As symbols or as bits, whichever is shorter, across blocks and groups of blocks."""
    heads = np.asarray([head(block * MOST + at, 4) for block, at in places], dtype=np.uint32)
    spoken = Spoken(("",), (head(0, 1),), array("L", [0] * len(places)), heads)
    found = postings_of(terms_of(spoken), ["p/ab"], block=16)
    written = found["p/ab"].removeprefix("&4") if places else ""
    assert decoded(written) == sorted((16 + block) * MOST + at for block, at in places)
    assert len(written) <= min(len(places) * 4, 41 * 19)


@given(
    st.lists(
        st.tuples(st.sampled_from((6, 5, 2)), st.text("焊接机\n 。a1乙b℃㎡İ①２\u0301e幹\ud800", max_size=12)),
        max_size=5,
    )
)
def test_arrays_find_the_very_terms_of_the_rule(said: list[tuple[int, str]]) -> None:
    """Every term of every text at its best level; of a title that begins a list, the first ones at that of beginnings."""
    spoken = Spoken(
        tuple(text for _, text in said),
        tuple(head(at, level) for at, (level, _) in enumerate(said)),
        array("L"),
        np.zeros(0, dtype=np.uint32),
    )
    found = {
        (int(line[0]), term, document)
        for term, lines in postings_of(terms_of(spoken), [], block=0).items()
        for line in lines.split("&")[1:]
        for document in decoded(line[1:])
    }
    wanted = set()
    for at, (level, text) in enumerate(said):
        first = next(iter(runs(fold(text))), "")
        for term in grams(fold(text)):
            starts = level == 6 and first.startswith(term)
            wanted.add((6 if starts else min(level, 5), term, at))
    assert found == wanted


def test_what_a_character_becomes_is_folded_already() -> None:
    """So that ℃ and all others that become several can be written out before the rest is folded."""
    table = folding()
    assert not [code for code in range(0x110000) if any(table[ord(one)] != one for one in table[code])]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## 难题\n\n第一段**重点**。", "难题\n第一段重点。"),
        ("[报道](https://x.example/a_b) ![图](a.jpg)", "报道 图"),
        ("[[展品: abc]]\n\n- 一\n- 二\n1. 三", "一\n二\n三"),
        ("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |", "甲  乙\n1  2"),
        ("<b>粗</b>`码`", "粗码"),
    ],
)
def test_markdown_is_stripped_to_what_a_reader_sees(markdown: str, text: str) -> None:
    """Marks, addresses and embeds are no words of the text."""
    assert stripped(markdown) == text


@given(st.text(alphabet="#>-*+1. \t\n|=:_`~\\文[]()", max_size=24))
def test_marks_go_from_a_text_without_tags_as_from_one_with_tags(markdown: str) -> None:
    """Two ways lead through a text, and a tag on a line of its own, which leaves nothing, decides which is taken."""
    assert stripped(markdown) == stripped(f"{markdown}\n<br>")


# --- nothing is missed -----------------------------------------------------------------------------------------------


def read_independently(files: dict[str, bytes]) -> dict[str, dict[str, int]]:
    """Term → key → level of a whole index: written from docs/search.md alone, to hold the format to its words."""

    def content(name: str) -> Any:
        text = files[f"search/v1/{name}.js"].decode()
        assert text.startswith(f'exhibitionSearch.put("{name}",')
        return json.loads(text[len(f'exhibitionSearch.put("{name}",') : -2])

    symbols = [chr(code) for code in range(0x28, 0x7F) if chr(code) != "\\"]
    manifest = content("manifest")
    keys = [content(f"k/{block}").split(" ") for block in range(manifest["blocks"])]
    found: dict[str, dict[str, int]] = {}
    for shard in range(manifest["shards"]):
        for line in content(f"t/{shard}").split("#")[1:-1]:
            term, *levels = line.split("&")
            places = found.setdefault(term, {})
            for level in levels:
                block = 0
                for sign, bits, marks in re.findall(r"(!|\$..)(%?)([^!$]*)", level[1:]):
                    block = block + 1 if sign == "!" else symbols.index(sign[1]) * 86 + symbols.index(sign[2])
                    values = [symbols.index(one) for one in marks]
                    if bits:
                        values = [
                            at * 6 + bit for at, value in enumerate(values) for bit in range(6) if value >> bit & 1
                        ]
                    for place in values:
                        assert keys[block][place] not in places, "an entry stands at its best level only"
                        places[keys[block][place]] = int(level[0])
    return found


@pytest.fixture(scope="module")
def terms(real: Deck) -> dict[str, dict[str, int]]:
    """The index of the clone's exhibition, as a stranger reads it."""
    return read_independently(index_of(real)[1])


def test_every_character_and_pair_of_every_text_leads_to_its_entry(
    real: Deck, terms: dict[str, dict[str, int]]
) -> None:
    """Titles, people, organisations, awards, summaries and bodies of all entries, threes and fours of Latin words included.

    A slice of any length is looked up by such terms of its own (see the test of covers), so that none is missed.
    """
    missed = []
    for key, card in real.cards.items():
        for part in said_by(real.catalogue.entries[key], card, catalogue=real.catalogue).parts:
            for run in runs(fold(part.text)):
                for size in (1, 2) if is_han(run) else (1, 2, 3, 4):
                    slices = {run[at : at + size] for at in range(len(run) - size + 1)}
                    missed += [(key, one) for one in slices if key not in terms.get(one, ())]
    assert missed == []


def test_random_slices_of_every_text_find_their_entry(real: Deck, index: Index) -> None:
    """The whole way of a query, for three slices of each entry, across punctuation and line ends."""
    places = index_layout(real.catalogue, real.cards).places
    rng = random.Random(20261121)
    missed = []
    for key, card in real.cards.items():
        parts = said_by(real.catalogue.entries[key], card, catalogue=real.catalogue).parts
        for part in rng.sample(parts, min(3, len(parts))):
            start = rng.randrange(len(part.text))
            word = part.text[start : start + rng.randint(1, 9)].replace("“", " ").replace("”", " ").replace('"', " ")
            if runs(fold(word)) and places[key] not in index.candidates(f"“{word}”"):
                missed.append((key, word))
    assert missed == []


def test_the_build_tests_its_own_index(real: Deck) -> None:
    """A whole index passes; one that lost a shard's terms is noticed."""
    files = index_of(real)[1]
    assert self_test(real.catalogue, real.cards, read=files.__getitem__) == ()
    lost = {
        address: content if "/t/" not in address else content.split(b',"')[0] + b',"#")\n'
        for address, content in files.items()
    }
    found = self_test(real.catalogue, real.cards, read=lost.__getitem__)
    assert found
    assert {problem.code for problem in found} == {"search-self-test"}


# --- ranking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "best", "title"), JUDGED, ids=[row[0] for row in JUDGED])
def test_judged_queries(index: Index, query: str, best: str, title: str) -> None:
    """The entry that must be first, or among the first five."""
    found = [index.record(document)[1] for document in index.search(query)[: int(best)]]
    assert title in found


def test_there_are_enough_judged_queries() -> None:
    """At least sixty, none twice."""
    assert len({row[0] for row in JUDGED}) == len(JUDGED) >= 60


def test_titles_outrank_names_summaries_and_texts(tmp_path: Path) -> None:
    """Exact title, title that begins so, title, organisation, summary, body; then the newer edition."""
    files = {
        "projects/2024/body.md": f"{project(title='样本甲')}\n正文里有铸造二字。\n",
        "projects/2024/summary.md": project(title="样本乙", summary="简介里有铸造二字"),
        "projects/2024/name.md": project(title="样本丙", organisations="样本铸造厂"),
        "projects/2024/inside.md": project(title="样本铸造丁"),
        "projects/2024/start.md": project(title="铸造样本"),
        "projects/2026/newer.md": project(title="铸造新样本"),
        "projects/2024/exact.md": project(title="铸造"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    keys = [key.partition("/")[2] for key in found.keys(found.search("铸造")) if key.startswith("project/")]
    assert keys == ["exact", "newer", "start", "inside", "name", "summary", "body"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("铸造 焊接", {"a"}),
        ("铸造 -焊接", {"b"}),
        ("“铸造焊接”", {"a"}),
        ("“焊接铸造”", set()),
        ("铸造 -“铸造焊接”", {"b"}),
        ("年份:2023", {"b"}),
        ("年份：２０２３ 铸造", {"b"}),
        ("单位:样本一厂 种类:成果", {"a"}),
        ("單位:樣本一廠 種類:成果", {"a"}),
        ("种类:成果", {"a", "b"}),
        ("没有的词", set()),
        ("-铸造", set()),
        ("“”", set()),
        ("铸造:焊接", {"a"}),
        ("「铸造焊接」", {"a"}),
        ("单位： 样本一厂", {"a"}),
        ("年份:2021-2024", {"b"}),
        ("年份：2023至2022", {"b"}),
        ("年份:2021-2022", set()),
        ("zhuzao hanjie", {"a"}),
        ("zhu zao", {"a", "b"}),
        ("zhù zào hàn jiē", {"a"}),
        ("ｚｈｕ　ｚａｏ　ｙａｎｇ　ｂｅｎ", {"b"}),
        ("zhu'zao'yang'ben", {"b"}),
        ("zhu zao li", set()),
    ],
)
def test_the_language_of_queries(two: Index, query: str, keys: set[str]) -> None:
    """All terms, phrases, exclusions and fields, in any width and script."""
    assert {key.partition("/")[2] for key in two.keys(two.search(query)) if key.startswith("project/")} == keys


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("竺样本", "craftsman/shi"),
        ("人物:朱样本", "craftsman/shi"),
        ("zhuyangben", "craftsman/shi"),
        ("先想一步", "craftsman/shi"),
        ("单位:样本港务局", "event/hui"),
        ("协作样本厂", "event/hui"),
        ("样本体育馆", "event/hui"),
        ("组样本", "team/zu"),
        ("样本攻关班", "project/cheng"),
        ("ZL202410123456.7", "project/cheng"),
        ("一种样本夹具", "project/cheng"),
        ("换刀时间", "project/cheng"),
        ("样本图纸一套", "project/cheng"),
        ("装夹样本", "method/fa"),
        ("对准零线", "method/fa"),
        ("每年不少于两场", "award/jiang"),
        ("郭样本", "story/wen"),
    ],
)
def test_what_a_page_names_is_found(tmp_path: Path, query: str, key: str) -> None:
    """Masters, apprentices, leaders, hosts, authors and the short texts that stand on an entry's page."""
    files = {
        "craftsmen/shi.md": "---\nname: 师样本\nmentor: 竺样本\napprentices: [朱样本]\nquotation: 先想一步，再做一步\n---\n",
        "events/hui.md": "---\ntitle: 样本推进会\nundertakers: [样本港务局]\nco_organisers: [协作样本厂]\nplace: 样本体育馆\n---\n",
        "teams/zu.md": "---\nname: 样本乙班\nleader: 组样本\n---\n",
        "projects/2024/cheng.md": project(
            title="样本成果",
            team="样本攻关班",
            patents="[{number: ZL202410123456.7, title: 一种样本夹具}]",
            indicators="[{name: 换刀时间, before: 四分钟, after: 一分钟}]",
            transfer="{status: 可转化, offer: 样本图纸一套}",
        ),
        "methods/fa.md": (
            "---\ntitle: 样本操作法\nedition: 2024\nsteps: [{title: 装夹样本, text: 夹紧, point: 对准零线}]\n---\n"
        ),
        "awards/jiang.yml": "name: 样本章\nrules: [每年不少于两场]\n",
        "stories/wen.md": "---\ntitle: 样本专题\nauthor: 郭样本\n---\n正文。\n",
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    assert key in found.keys(found.search(query))


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("样本省五小竞赛", {"award/jiang", "project/cheng"}),
        ("五小竞赛", {"award/jiang", "project/cheng", "project/zheng"}),
        ("三心工作法", {"method/fa"}),
        ("艾力买买提", {"craftsman/ren"}),
        ("“省五小竞”", {"award/jiang", "project/cheng"}),
        ("小赛", set()),
    ],
)
def test_quotation_marks_need_not_be_typed(tmp_path: Path, query: str, keys: set[str]) -> None:
    """Titles, names and texts are found over the marks that quote or bind; other punctuation parts words."""
    files = {
        "awards/jiang.yml": "name: 样本省“五小”竞赛\n",
        "projects/2024/cheng.md": project(title="样本甲", awards="[{award: 样本省“五小”竞赛, year: 2023}]"),
        "projects/2024/zheng.md": f"{project(title='样本乙')}\n曾参加“五小”竞赛。五小，赛出水平。\n",
        "methods/fa.md": "---\ntitle: “三心”工作法\nedition: 2024\n---\n",
        "craftsmen/ren.md": "---\nname: 艾力·买买提\n---\n",
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    assert set(found.keys(found.search(query))) == keys


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("xu qian wen", "xuqianwen"),
        ("Lǚ Guózhōng", "lvguozhong"),
        ("lüguozhong", "lvguozhong"),
        ("xī'ān", "xian"),
        ("Shànghǎi gōngjiàng", "shanghai gongjiang"),
        ("shanghai gongjiang", ""),
        ("wangjun", ""),
        ("QC PLC", ""),
        ("王 jun", ""),
        ("wang1 jun1", ""),
        ("Müller", ""),
        ("", ""),
        ("'", ""),
        ("an" * 99 + "!", ""),
    ],
)
def test_pinyin_is_taken_as_it_is_typed(query: str, letters: str) -> None:
    """Syllables by themselves, tones and ü; words of several syllables stay apart, and what is no pinyin is left alone."""
    assert typed(query) == letters


def test_initials_stand_side_by_side(tmp_path: Path) -> None:
    """Three initials are pairs in the index; an entry that has these apart is none of those found."""
    files = {
        "projects/2024/close.md": project(title="周耀斌样本"),
        "projects/2024/apart.md": project(title="自由电缆样本"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    for query, keys in (
        ("zyb", ["project/close"]),
        ("zyd", ["project/apart"]),
        ("zy", ["project/apart", "project/close"]),
    ):
        assert sorted(found.keys(found.search(query))) == keys


def test_a_whole_title_with_quotation_marks_stands_first(tmp_path: Path) -> None:
    """It is several terms, and other titles that have them all may be newer."""
    files = {
        "projects/2026/newer.md": project(title="样本省煤矿工会“铸造”成果竞赛"),
        "projects/2024/same.md": project(title="样本省“铸造”竞赛"),
        "projects/2026/longer.md": project(title="样本省“铸造”竞赛成果"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    keys = found.keys(found.search("样本省“铸造”竞赛"))
    assert keys[0] == "project/same"
    assert set(keys) == {"project/newer", "project/same", "project/longer"}


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("2023", {"rich"}),
        ("2023 铸造", {"rich"}),
        ("一等奖 铸造", {"rich"}),
        ("一等奖", {"rich"}),
        ("冶金", {"rich"}),
        ("成果 铸造", {"rich", "poor"}),
        ("展期 铸造", {"rich", "poor"}),
        ("样本区", {"rich"}),
        ("样本奖", {"rich"}),
        ("国有企业", {"rich"}),
        ("成果", {"rich", "poor"}),
        ("二等奖", set()),
    ],
)
def test_labels_of_facets_are_plain_words(tmp_path: Path, query: str, keys: set[str]) -> None:
    """Years, kinds, grades, awards, industries, regions: a visitor types them beside a word of the title."""
    fields = {"industry": "冶金", "region": "样本区", "year": "2023", "enterprise_type": "国有企业", "edition": "2024"}
    files = {
        "projects/2024/rich.md": project(
            title="铸造甲", awards="[{award: 样本奖, grade: 一等奖, year: 2022}]", **fields
        ),
        "projects/2024/poor.md": project(title="铸造乙", edition="2024"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    assert {key.partition("/")[2] for key in found.keys(found.search(query)) if key.startswith("project/")} == keys


def test_who_won_a_grade_stands_before_who_tells_of_it(tmp_path: Path) -> None:
    """A grade is as good as the name of the award; texts that have its words come after, and 等级: asks for winners alone."""
    files = {
        "stories/a.md": "---\ntitle: 样本专题\nsources: 样本来源\n---\n\n当年评出一等奖三项。\n",
        "projects/2024/told.md": project(title="样本甲", summary="曾与一等奖擦肩而过"),
        "projects/2024/won.md": project(title="样本乙", awards="[{award: 样本奖, grade: 一等奖, year: 2022}]"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    assert found.keys(found.search("一等奖"))[:3] == ["project/won", "project/told", "story/a"]
    assert found.keys(found.search("等级:一等奖")) == ["project/won"]


def test_among_equals_results_come_first(tmp_path: Path) -> None:
    """After the edition the kind settles ties, in the order of the menu, whatever the places in the index."""
    files = {f"projects/2024/p{at}.md": project(title=f"铸造样本{at}") for at in range(9)}
    files |= {f"stories/s{at}.md": f"---\ntitle: 铸造故事{at}\nsources: 样本来源\n---\n\n样本。\n" for at in range(9)}
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    kinds = [key.partition("/")[0] for key in found.keys(found.search("铸造"))]
    assert kinds == ["project"] * 9 + ["story"] * 9


def test_labels_of_facets_come_last(tmp_path: Path) -> None:
    """A title or text that says 冶金 stands before an entry of that trade."""
    files = {
        "projects/2024/trade.md": project(title="样本甲", industry="冶金"),
        "projects/2024/text.md": f"{project(title='样本乙')}\n冶金二字。\n",
        "projects/2024/title.md": project(title="样本冶金"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]
    keys = [key.partition("/")[2] for key in found.keys(found.search("冶金")) if key.startswith("project/")]
    assert keys == ["title", "text", "trade"]


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        '"});alert(1)//',
        "#&!$%'",
        "\u2028\u2029样本",
        "\u202e样本",
        "👩‍🔧🚀样本",
        "&1(((",
        "焊" * 10_000,
    ],
    ids=range(8),
)
def test_hostile_titles_stay_text(tmp_path: Path, title: str) -> None:
    """Whatever a title holds, a stranger reads the index, and what has letters is found."""
    files = {"projects/2024/a.md": project(title=json.dumps(title, ensure_ascii=False))}
    deck = deck_at(write(tmp_path, PLAIN | files))
    found, written = index_of(deck)
    assert read_independently(written)
    place = index_layout(deck.catalogue, deck.cards).places["project/a"]
    words = runs(fold(title))
    assert all(place in found.candidates(word[:9]) for word in words)
    assert found.record(place)[1] == deck.cards["project/a"].title
    assert all(b"\n" not in content[:-1] for content in written.values())


@pytest.mark.parametrize(
    "query",
    [
        "<script>",
        "((((",
        "[a-z]+\\",
        "热" * 10_000,
        "👩‍🔧",
        "\ud83d热\udc00轧",
        "\x00\u202e热轧",
        "t/12 #&!$%",
        "__proto__:x",
    ],
)
def test_hostile_queries_do_nothing_but_search(index: Index, query: str) -> None:
    """Marks of the format, of patterns and of scripts are no more than text."""
    assert isinstance(index.search(query), list)


def test_years_and_short_numbers_are_counted_exactly(tmp_path: Path) -> None:
    """Up to four letters or digits are one term: 202 and 021 elsewhere in a number make no 2021."""
    files = {
        "projects/2024/said.md": project(title="样本2021年改造"),
        "projects/2024/year.md": project(title="样本乙", year="2021"),
        "projects/2024/model.md": project(title="样本GB37668型"),
        "projects/2024/apart.md": project(title="样本1202号0215线"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]

    def keys(query: str) -> set[str]:
        return {key.partition("/")[2] for key in found.keys(found.candidates(query)) if key.startswith("project/")}

    assert not parsed("2021")[0].unsure
    assert keys("2021") == keys("2021 样本") == {"said", "year"}
    assert keys("7668") == keys("gb3766") == keys("668") == {"model"}


def test_a_long_word_is_looked_up_in_the_texts(tmp_path: Path) -> None:
    """Pairs that stand apart do not count where a text has the word; where none has it they are shown."""
    files = {
        "projects/2024/close.md": project(title="样本数控机床"),
        "projects/2024/apart.md": project(title="数控样本，控机样本，机床样本"),
    }
    found = index_of(deck_at(write(tmp_path, PLAIN | files)))[0]

    def keys(query: str) -> set[str]:
        return {key.partition("/")[2] for key in found.keys(found.search(query)) if key.startswith("project/")}

    assert keys("数控机床") == keys("“数控机床”") == {"close"}
    assert keys("数控机") == {"close"}
    (tmp_path / "content/projects/2024/close.md").unlink()
    found = index_of(deck_at(tmp_path))[0]
    assert keys("数控机床") == {"apart"}
    assert keys("“数控机床”") == set()
    assert keys("数控 -“数控机床”") == {"apart"}


def test_characters_that_sound_alike_are_known() -> None:
    """Of GB 2312, each under its usual sounds."""
    first, rest = homophones().split(";")
    table = {sound: set(said) for sound, said in (group.split(":") for group in rest.split(" "))}
    common = bytes(code for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for code in (row, cell))
    characters = iter(common[:-10].decode("gb2312"))
    for sound, count in re.findall(r"(\D+?)(\d+) ?", first):
        table.setdefault(sound, set()).update(islice(characters, int(count)))
    assert not list(characters)
    assert {"刚", "钢"} <= set(table["gang"])
    assert {"接", "结"} <= set(table["jie"])
    assert "长" in table["chang"] and "长" in table["zhang"]
    assert sum(map(len, table.values())) >= 6763


def test_nothing_private_is_in_any_file(tmp_path: Path) -> None:
    """Fields that are not public, drafts and withdrawn entries leave no word."""
    files = {
        "organisations/o.yml": "name: 样本厂\nwebsite: https://kept-back.example/\n",
        "projects/2024/draft.md": project(title="未成之稿", status="草稿"),
        "projects/2024/gone.md": project(title="撤下之作", status="撤下"),
    }
    whole_index = b"".join(index_of(deck_at(write(tmp_path, PLAIN | files)))[1].values()).decode()
    assert not [word for word in ("kept-back", "未成", "撤下") if word in whole_index]


def test_former_ids_lead_to_present_ones(tmp_path: Path) -> None:
    """For lists that visitors kept: ids and whole addresses; who is found no more is led to by nothing."""
    files = {
        "projects/2024/a.md": project(aliases="[jiu-hao, /projects/geng-jiu/]"),
        "projects/2024/b.md": project(aliases="[che-xia]", status="withdrawn"),
    }
    deck = deck_at(write(tmp_path, PLAIN | files))
    (file,) = (one for one in lookup_files(deck.catalogue, deck.cards) if one.address.endswith("/former.js"))
    former = json.loads(file.content.decode().partition(",")[2].rstrip()[:-1])
    assert former == {"project/jiu-hao": "project/a", "project/geng-jiu": "project/a"}


# --- the same bytes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [2, 3, 7])
def test_the_number_of_workers_leaves_no_trace(real: Deck, workers: int) -> None:
    """Shares gathered by forks and put together are the very files of one process."""
    layout = index_layout(real.catalogue, real.cards)

    def work(part: int, of: int, *, tick: Tick) -> tuple[Gathered, list[OutputFile]]:
        return gather(Searched(real.catalogue, real.cards), layout=layout, part=part, of=of)

    made = together(work, workers)
    gathered = [one for one, _ in made]

    def join(part: int, of: int, *, tick: Tick) -> list[OutputFile]:
        return shards_of([one.shards for one in gathered], layout=layout, part=part, of=of)

    shards = list(chain.from_iterable(together(join, workers)))
    files = [file for _, share in made for file in share]
    files += (
        *shards,
        manifest_file([block for one in gathered for block in one.blocks], map(mark, shards), layout=layout),
    )
    assert {file.address: file.content for file in files} == index_of(real)[1]


def test_two_builds_with_other_hash_seeds_give_the_same_bytes() -> None:
    """Nothing depends on the order of sets."""
    program = (
        "import hashlib; from pathlib import Path; from site_builder.surveying import survey;"
        "from site_builder.model.exhibition import Exhibition; from site_builder.search.index import Searched, search_files;"
        "deck = survey(Path('.'), Exhibition(), workers=1).deck;"
        "searched = Searched(deck.catalogue, deck.cards);"
        "print(hashlib.sha256(b''.join(f.content for f in search_files(searched))).hexdigest())"
    )
    runs_of = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=PROJECT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs_of[0] == runs_of[1] != ""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other allocators have thresholds of their own")
def test_arrays_of_a_batch_lie_where_those_of_the_last_one_did() -> None:
    """A fresh page of the system costs more than what is done in it, and a batch fills seven thousand."""
    program = (
        "import random, resource\n"
        "from site_builder.search.terms import Listener\n"
        "listener, chance = Listener(), random.Random(1)\n"
        "letters = [chr(0x4e00 + at) for at in range(60)]\n"
        "def fresh():\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "    for at in range(600):\n"
        "        text = ''.join(chance.choices(letters, k=600))\n"
        "        listener.hear(at // 40, at % 40, entry=(((2, text),), ()))\n"
        "    listener.postings()\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before\n"
        "print(min(fresh() for _ in range(4)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 700


MANY = {f"projects/2024/p{at:03}.md": project(title=f"样本{at:03}号") for at in range(150)}
NEW = project(title="添来的甲乙丙丁", summary="戊己庚辛")


@pytest.mark.parametrize(
    ("edit", "documents"),
    [
        ({"projects/2024/p007.md": project(title="样本007号改成壬癸")}, 1),
        ({"projects/2024/p007.md": f"{project(title='样本007号')}\n正文子丑寅卯。\n"}, 1),
        ({"projects/2024/new.md": NEW}, None),
        ({"projects/2024/p007.md": None}, None),
    ],
    ids=["title", "body", "added", "deleted"],
)
def test_an_edit_touches_one_block_and_the_words_of_its_entry(
    tmp_path: Path, edit: dict[str, str | None], documents: int | None
) -> None:
    """A place depends on keys of the same block alone: all else keeps its bytes, so that warm equals cold.

    What differs are the segments of that block, in the shards of terms that the block has or had.
    """
    before = index_of(deck_at(write(tmp_path, PLAIN | MANY)))[1]
    write(tmp_path, {name: text for name, text in edit.items() if text})
    for name in (name for name, text in edit.items() if not text):
        (tmp_path / "content" / name).unlink()
    after = index_of(deck_at(tmp_path))[1]
    changed = {
        address.removeprefix("search/v1/").removesuffix(".js")
        for address in before.keys() | after.keys()
        if before.get(address) != after.get(address)
    }
    key = f"project/{next(iter(edit)).rpartition('/')[2].removesuffix('.md')}"
    block = crc32(key.encode()) % json.loads(after["search/v1/manifest.js"].decode().partition(",")[2][:-2])["blocks"]
    assert {name for name in changed if name[0] in "dk"} <= {
        name for name in changed if name.startswith((f"d/{block}/", f"k/{block}"))
    }
    if documents is not None:
        assert sum(name.startswith("d/") for name in changed) == documents
    old, new = (segments_of(files, leave=block) for files in (before, after))
    assert old == new
    assert "manifest" in changed
    assert not {"t2s", "sounds"} & changed


def segments_of(files: dict[str, bytes], *, leave: int) -> dict[str, dict[int, set[int]]]:
    """Term → level → places of all blocks but one."""
    found: dict[str, dict[int, set[int]]] = {}
    for address, content in files.items():
        for line in content.decode().split("#")[1:-1] if "/t/" in address else ():
            term, *levels = line.split("&")
            kept = {int(one[0]): {at for at in decoded(one[1:]) if at // MOST != leave} for one in levels}
            found[term] = {level: places for level, places in kept.items() if places}
    return {term: levels for term, levels in found.items() if levels}


def test_a_new_edition_leaves_the_rest_in_order(tmp_path: Path) -> None:
    """Every entry grows older by one; no place changes but in the block of the edition itself."""
    before = deck_at(write(tmp_path, PLAIN | MANY))
    old = index_layout(before.catalogue, before.cards).places
    after = deck_at(write(tmp_path, {"editions/2028.yml": "title: 2028 样本展期\nyears: 2026—2027\n"}))
    new = index_layout(after.catalogue, after.cards)
    block = new.places["edition/2028"] // MOST
    assert {key for key in old if old[key] != new.places[key]} <= set(new.blocks[block])


def test_blocks_never_overflow() -> None:
    """From none to more entries than any exhibition has, a block holds at most as many as there are symbols."""
    for number in (0, 1, 172, 173, 700, 3000, 12000, 40000):
        assert max(map(len, layout_of(f"project/p{at}" for at in range(number)).blocks)) <= MOST


def test_a_full_block_and_the_last_kinds_have_their_classes(tmp_path: Path) -> None:
    """As many entries of one class as a block holds, and entries of the kinds that stand last in the table."""
    last = [kind for kind in KINDS if kind.listed][-2:]
    others = {f"{kind.folder}/yang-ben{kind.suffix}": _bare(kind) for kind in last}
    taken = {_block(f"{kind.name}/yang-ben") for kind in last} | {_block("edition/2024"), _block("edition/2026")}
    free = min({0, 1, 2, 3} - taken)
    full = [f"p{at}" for at in range(2000) if _block(f"project/p{at}") == free][:MOST]
    files = {f"projects/2024/{name}.md": project(title=f"样本{name}") for name in full}
    deck = deck_at(write(tmp_path, PLAIN | files | others))
    found, _ = index_of(deck)
    layout = index_layout(deck.catalogue, deck.cards)
    assert {len(block) for block in layout.blocks} >= {MOST}
    assert {kind.name for kind in last} <= {key.partition("/")[0] for key in layout.places}
    classes = {key: _class_of(key, deck) for key in layout.places}
    assert classes_of(deck.catalogue, layout.places) == layout.classes == classes
    assert found.classes == {place: classes[key] for key, place in layout.places.items()}


def _class_of(key: str, deck: Deck) -> int:
    """By asking the entry itself for its edition."""
    catalogue, kinds = deck.catalogue, [kind.name for kind in KINDS if kind.listed]
    named = catalogue.entries[key].get("edition")
    edition = catalogue.registry.key_for(("edition",), named) if named else key
    age = catalogue.editions.index(edition) if edition in catalogue.editions else 6
    return kinds.index(key.partition("/")[0]) * 7 + min(age, 6)


def _block(key: str) -> int:
    return crc32(key.encode()) % 4


def _bare(kind: Kind) -> str:
    line = f"{kind.title_field}: 样本\n"
    return f"---\n{line}---\n" if kind.suffix == ".md" else line
