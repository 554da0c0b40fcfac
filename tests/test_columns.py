"""Columns of facets and orders: right for every entry, the same bytes everywhere, and an edit changes one segment."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from narrowing import beside, contents, decoded_column, meeting, real, real_contents, real_labels, real_rows
from small import PLAIN, deck_at, project, write
from whole import PROJECT, environment

from site_builder.model.kinds import KINDS
from site_builder.model.views import ListView
from site_builder.publish.publishers import page_jobs
from site_builder.search.columns import encoded
from site_builder.search.layout import MOST, layout_of

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.publish.deck import Deck

LISTED = [kind.name for kind in KINDS if kind.listed]
NASTY = "a,b\"c'd\\e<f>&#!~ 😀"


def rows(deck: Deck, name: str) -> dict[str, tuple[int, ...]]:
    """Key → indexes, read by the independent reader."""
    column = contents(deck)[f"f/{name}"]
    return decoded_column(column["column"], width=column["width"], layout=layout_of(deck.cards))


def labels(deck: Deck, name: str) -> dict[str, list[str]]:
    """Key → labels of its own values."""
    words = contents(deck)[f"f/{name}"]["labels"]
    return {key: [words[at] for at in values] for key, values in rows(deck, name).items()}


FIELDS = (
    ("industry", ("industry",)),
    ("region", ("region",)),
    ("organisation", ("organisations", "organisation")),
    ("union", ("union",)),
    ("result_type", ("result_types",)),
    ("trade", ("trade",)),
    ("skill_level", ("skill_levels",)),
    ("studio_type", ("type",)),
    ("studio", ("studio",)),
    ("level", ("level", "levels")),
    ("has_patent", ("has_patent",)),
)


@pytest.mark.parametrize(("name", "fields"), FIELDS)
def test_a_column_says_of_every_entry_what_the_catalogue_says(name: str, fields: tuple[str, ...]) -> None:
    """With their parents, the values of each entry of the real content are those of the catalogue, and no others."""
    deck = real()
    column = real_contents()[f"f/{name}"]
    words, parents = column["labels"], column.get("parents", [])

    def line(at: int) -> list[str]:
        return [words[at], *(line(parents[at]) if parents and parents[at] >= 0 else [])]

    said = {key: {word for at in values for word in line(at)} for key, values in real_rows(name).items()}
    if name == "has_patent":
        said = {key: {"是"} for key in said}
    wanted = {
        key: found
        for key in deck.cards
        if (found := {word for field in fields for word in deck.catalogue.facets[key].get(field, ())})
    }
    assert said == wanted


def test_edition_year_award_and_grade_are_those_of_the_cards() -> None:
    """What no single field declares."""
    deck = real()
    cards = deck.cards
    assert real_labels("edition") == {key: [card.edition] for key, card in cards.items() if card.edition}
    assert real_labels("year") == {key: [str(card.year)] for key, card in cards.items() if card.year}
    honours = {key: deck.catalogue.honours[key] for key in cards}
    award = real_labels("award")
    grade = real_labels("grade")
    for key, held in honours.items():
        final = held if deck.catalogue.entries[key].data.status != "notice" else ()
        assert set(award.get(key, ())) == {honour.award for honour in final}
        assert set(grade.get(key, ())) == {honour.grade.partition("（")[0] for honour in final if honour.grade}


def test_values_stand_in_their_own_order() -> None:
    """Grades by rank under the words of their rank, editions and years the newest first."""
    found = real_contents()
    grades = found["f/grade"]
    assert [word for word, above in zip(grades["labels"], grades["parents"], strict=True) if above < 0] == [
        "特等", "一等、金奖", "二等、银奖", "三等、铜奖", "优秀", "其他",
    ]  # fmt: skip
    assert grades["labels"].index("一等奖") < grades["labels"].index("二等奖") < grades["labels"].index("三等奖")
    assert found["f/edition"]["codes"][:2] == ["2026", "2024"]
    assert found["f/year"]["labels"] == sorted(found["f/year"]["labels"], reverse=True)
    assert found["f/region"]["own"] is False
    assert found["f/hall"]["codes"][0].startswith("permanent/")


def test_the_table_counts_by_kind_and_names_only_what_has_values() -> None:
    """What the page decides by before it asks for a column."""
    deck = real()
    table = real_contents()["facets"]
    assert "f/kind" not in contents(deck), "the manifest says the kind of every entry"
    assert table["entries"] == len(deck.cards)
    for name, _, count, by_kind in table["facets"]:
        keys = real_rows(name)
        assert by_kind == [sum(key.startswith(f"{kind}/") for key in keys) for kind in LISTED], name
        assert count == len(real_contents()[f"f/{name}"]["labels"]), name
        assert keys, name


def test_orders_are_those_of_the_catalogue() -> None:
    """The lists' own order, ranks, titles by sound, sums from the largest down."""
    deck = real()
    order = real_rows("order")
    for kind in LISTED:
        keys = [key for key in deck.catalogue.of_kind(kind) if key in deck.cards]
        assert sorted(keys, key=order.__getitem__) == keys
    assert {key: (rank,) for key in deck.cards if (rank := deck.catalogue.ranks[key]) < 9} == real_rows("rank")
    people, titles = deck.catalogue.of_kind("craftsman"), real_rows("title")
    assert [deck.cards[key].title for key in sorted(people, key=titles.__getitem__)] == [
        deck.cards[key].title for key in people
    ]


def test_scopes_of_lists_hold_for_exactly_their_entries() -> None:
    """Every list that can be narrowed shows what its condition says, no more and no less."""
    deck = real()
    seen = 0
    for job in page_jobs(deck):
        if "/page/" in job.address:
            continue
        view = job.plan().view
        if not isinstance(view, ListView) or not view.scope:
            continue
        seen += 1
        keys = meeting(view.scope)
        assert len(keys) == view.count, job.address
        assert {card.key for card in view.cards} <= keys, job.address
    assert seen > 15


AWKWARD = {
    "vocabularies/regions.yml": "title: 地区\nterms:\n  - label: 样本省\n  - label: 样本市\n    parent: 样本省\n",
    "projects/2024/a.md": project(
        title="样本甲", region="样本市", tags=json.dumps([NASTY, "样本"], ensure_ascii=False), year="2023"
    ),
    "projects/2024/b.md": project(title="样本乙", organisations="[样本一厂, 样本二厂, 样本三厂]"),
    "projects/2024/c.md": project(title="样本丙", awards="[{award: 样本奖, grade: 一等奖, year: 2020}]", status="公示"),
}


def test_awkward_values_come_back_as_they_were(tmp_path: Path) -> None:
    """Quotes, commas, emoji and line separators; several values; parents; nothing for what is only proposed."""
    deck = deck_at(write(tmp_path, PLAIN | AWKWARD))
    assert labels(deck, "tags")["project/a"] == sorted([NASTY, "样本"])
    assert labels(deck, "organisation")["project/b"] == sorted(["样本一厂", "样本二厂", "样本三厂"])
    region = contents(deck)["f/region"]
    assert labels(deck, "region")["project/a"] == ["样本市"]
    assert region["labels"] == ["样本省", "样本市"]
    assert region["parents"] == [-1, 0]
    assert "f/grade" not in contents(deck)
    assert "project/c" not in rows(deck, "award") if "f/award" in contents(deck) else True


def test_titles_sort_by_sound_and_sums_from_the_largest(tmp_path: Path) -> None:
    """Marks at the beginning do not count; entries without a sum have no rank, equal sums share one."""
    titles = {"z": "“阿”样本", "y": "波样本", "x": "《次》样本", "w": "9样本", "v": "单样本", "u": "张样本"}
    sums = {"z": "30万元", "y": "5000万元", "x": "30万元"}
    files = {
        f"projects/2024/{id}.md": project(
            title=f"'{title}'", **({"benefit": f"{{annual: {sums[id]}}}"} if id in sums else {})
        )
        for id, title in titles.items()
    }
    deck = deck_at(write(tmp_path, PLAIN | files))
    ranks = {key: rank for key, rank in rows(deck, "title").items() if key.startswith("project/")}
    assert "".join(key[-1] for key in sorted(ranks, key=ranks.__getitem__)) == "wzyxvu"
    assert rows(deck, "benefit") == {"project/y": (0,), "project/x": (1,), "project/z": (1,)}


@pytest.mark.parametrize("files", [{}, {"projects/a.md": project(title="样本一件")}])
def test_an_exhibition_of_none_or_one_has_columns_too(tmp_path: Path, files: dict[str, str]) -> None:
    """Nothing to narrow, and nothing that breaks."""
    (tmp_path / "content").mkdir()
    deck = deck_at(write(tmp_path, files))
    found = contents(deck)
    assert found["facets"]["entries"] == len(deck.cards)
    assert sum(len(facet[3]) > 0 for facet in found["facets"]["facets"]) == len(found["facets"]["facets"])
    assert {"f/order", "f/rank", "f/title", "f/benefit"} <= found.keys()


def test_words_that_mean_the_same_are_told(tmp_path: Path) -> None:
    """As editors wrote them, a word alone left out; an exhibition without the vocabulary has none."""
    assert contents(deck_at(write(tmp_path / "none", PLAIN)))["synonyms"] == []
    terms = "title: 同义词\nterms:\n  - label: 样本机\n    aliases: [样本器, 样本仪]\n  - 样本台\n"
    deck = deck_at(write(tmp_path / "some", PLAIN | {"vocabularies/synonyms.yml": terms}))
    assert contents(deck)["synonyms"] == [["样本机", "样本器", "样本仪"]]


def test_numbers_of_several_symbols_come_back() -> None:
    """More values than there are symbols, runs without values of every length, several values in a row."""
    keys = tuple(f"sample/{at:04}" for at in range(400))
    layout = layout_of(keys)
    for of, step in ((86, 1), (87, 2), (MOST**2, 3), (MOST**2 + 1, 5)):
        given = {key: tuple(sorted({at * 7 % of, at * 31 % of})) for at, key in enumerate(keys) if at % step == 0}
        column = encoded(given, layout, of=of)
        assert decoded_column(column["column"], width=column["width"], layout=layout) == given


def test_an_edit_changes_one_segment(tmp_path: Path) -> None:
    """Of all columns, only those whose value changed, and there only the block the entry lies in."""
    files = {
        f"projects/2024/p{at:03}.md": project(
            title=f"样本第{at:03}件", year=str(2010 + at % 9), region=f"样本区{at % 5}", industry=f"样本业{at % 4}"
        )
        for at in range(300)
    }
    before = contents(deck_at(write(tmp_path, PLAIN | files)))
    files["projects/2024/p123.md"] = files["projects/2024/p123.md"].replace("样本区3", "样本区4")
    deck = deck_at(write(tmp_path, files))
    after = contents(deck)
    assert [name for name in before if before[name] != after[name] and name != "facets"] == ["f/region"]
    parts = [zip(*(found["f/region"]["column"].split("!") for found in (before, after)), strict=True)]
    changed = [at for at, (one, other) in enumerate(parts[0]) if one != other]
    blocks = layout_of(deck.cards).blocks
    assert changed == [at for at, block in enumerate(blocks) if "project/p123" in block]


def test_what_an_entry_says_in_its_fields_is_gathered_once_for_all_facets(tmp_path: Path) -> None:
    """By one of all who make columns; there are a dozen facets that fields declare, and an entry was asked by each."""
    asked: Counter[str] = Counter()

    class Asked(dict[str, Any]):
        """Facets that count who asks for them."""

        def __getitem__(self, key: str) -> Any:
            asked[key] += 1
            return super().__getitem__(key)

    files = {
        f"projects/2024/p{at}.md": project(title=f"样本{at}", region="样本区", industry="样本业") for at in range(9)
    }
    deck = deck_at(write(tmp_path, PLAIN | files))
    watched = replace(deck, catalogue=replace(deck.catalogue, facets=Asked(deck.catalogue.facets)))
    assert beside(watched, workers=16) == beside(deck, workers=16)
    assert {key: asked[key] for key in deck.cards} == dict.fromkeys(deck.cards, 1)


@pytest.mark.parametrize("workers", [2, 3, 40])
def test_the_number_of_workers_leaves_no_trace(workers: int) -> None:
    """Shares put together are the very files of one process, and have the same digest."""
    files, told = beside(real(), workers=workers)
    whole, told_whole = beside(real())
    assert {file.address: file.content for file in files} == {file.address: file.content for file in whole}
    assert told == told_whole


@pytest.mark.parametrize(
    "changes", [{"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}]
)
def test_bytes_do_not_depend_on_the_machine(changes: dict[str, str]) -> None:
    """Hash seed, locale and time zone leave no trace in the columns of the real content."""
    code = (
        "import hashlib, narrowing as t\n"
        "print(hashlib.sha256(b''.join(file.content for file in t.beside(t.real())[0])).hexdigest())\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT / "tests",
        env=environment(**changes),
        capture_output=True,
        text=True,
        check=True,
    )
    files = beside(real())[0]
    assert run.stdout.strip() == hashlib.sha256(b"".join(file.content for file in files)).hexdigest()
