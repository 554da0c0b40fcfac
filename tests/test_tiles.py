"""Regions as a schematic grid: the vocabulary's tiles, those without, and the grid on the regions' index page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from small import PLAIN, catalogue_of, codes_of, deck_at, problems_of, project, write

from site_builder.catalogue.tiles import grids_of
from site_builder.intake.content import read_content
from site_builder.model.tiles import Tile, TileGrid
from site_builder.publish.publishers import jobs_of
from site_builder.publish.topics import publish
from site_builder.search.lookup import lookup_files

PROJECT = Path(__file__).resolve().parent.parent
REGIONS = """\
    title: 地区
    terms:
      - {label: 样本省, tile: [2, 1]}
      - {label: 空白省, tile: 1，2}
      - {label: 样本省丁市, parent: 样本省}
      - {label: 样本省丙市, parent: 样本省, tile: [1, 1]}
      - {label: 样本省甲市, parent: 样本省}
      - {label: 无人市, parent: 样本省}
    """


def entries(*regions: str) -> dict[str, str]:
    """A project in each of these regions."""
    return PLAIN | {f"projects/2024/p{at}.md": project(region=region) for at, region in enumerate(regions)}


def test_tiles_stand_where_the_vocabulary_says_and_the_others_follow_by_pinyin(tmp_path: Path) -> None:
    """Regions that nobody names keep a place of their own; without one they are left out."""
    sample = entries("样本省丁市", "样本省丙市", "样本省甲市", "样本省")
    write(tmp_path, sample | {"vocabularies/regions.yml": REGIONS})
    top, below = grids_of(catalogue_of(tmp_path))
    assert [(tile.label, tile.at, tile.count) for tile in top.tiles] == [("样本省", (2, 1), 4), ("空白省", (1, 2), 0)]
    assert below.parent == "样本省"
    assert [(tile.short, tile.at) for tile in below.tiles] == [("丙市", (1, 1)), ("丁市", None), ("甲市", None)]


def test_regions_without_a_vocabulary_make_a_grid_of_their_own(tmp_path: Path) -> None:
    """A city whose editors never heard of tiles sees its counties by pinyin, without the word for county."""
    write(tmp_path, entries("莒南县", "兰山区", "沂水县", "兰山区"))
    (grid,) = grids_of(catalogue_of(tmp_path))
    assert [(tile.short, tile.count) for tile in grid.others] == [("莒南", 1), ("兰山", 2), ("沂水", 1)]
    assert grid.placed == ()


def test_a_doubled_tile_is_told_with_its_place(tmp_path: Path) -> None:
    """Cousins may share a place, brothers may not."""
    terms = """\
        title: 地区
        terms:
          - {label: 样本甲省, tile: [1, 1]}
          - label: 样本乙省
            tile: [1, 1]
          - {label: 样本甲市, parent: 样本甲省, tile: [1, 1]}
        """
    write(tmp_path, PLAIN | {"vocabularies/regions.yml": terms})
    assert codes_of(tmp_path) == ["doubled-tile"]
    (problem,) = problems_of(tmp_path)
    assert problem.place.field == ("terms", 1, "tile")
    assert "“样本乙省”和“样本甲省”" in problem.message


@pytest.mark.parametrize(
    ("written", "meant"), [("[3, 5]", (3, 5)), ("3,5", (3, 5)), ("'３、12'", (3, 12)), ("[7, 1]", (7, 1))]
)
def test_ways_to_write_a_tile(tmp_path: Path, written: str, meant: tuple[int, int]) -> None:
    """As a list or as editors type it in a cell."""
    terms = f"title: 地区\nterms:\n  - label: 样本省\n    方格: {written}\n"
    content = read_content(write(tmp_path, {"vocabularies/regions.yml": terms}))
    assert content.problems == ()
    assert content.entries[0].data.terms[0].tile == meant


@pytest.mark.parametrize(
    "written", ["[0, 1]", "[8, 1]", "[1, 13]", "[1]", "[1, 2, 3]", "左上", "{a: 1}", "1.5, 2", "-1, 2"]
)
def test_what_is_no_tile(tmp_path: Path, written: str) -> None:
    """Told at its place, the term stays."""
    terms = f"title: 地区\nterms:\n  - label: 样本省\n    tile: {written}\n"
    content = read_content(write(tmp_path, {"vocabularies/regions.yml": terms}))
    assert [problem.code for problem in content.problems] == ["bad-tile"]
    assert content.entries[0].data.terms[0].label == "样本省"


def test_shades_part_the_regions_into_quarters() -> None:
    """Equal counts have equal shades; one giant leaves the others their differences."""
    counts = (1, 1, 2, 3, 5, 8, 400, 0)
    grid = TileGrid("", tuple(Tile(f"{at}", f"{at}", None, count, "a/") for at, count in enumerate(counts)))
    assert [grid.shade(tile) for tile in grid.tiles] == [1, 1, 2, 2, 3, 3, 4, 0]
    assert grid.shade(grid.tiles[0]) == 1


def test_the_vocabulary_of_the_exhibition_has_a_place_for_every_province_and_district() -> None:
    """34 provinces and 16 districts, no wider than seven columns, those that touch near each other."""
    terms = next(e for e in read_content(PROJECT).entries if e.key == "vocabulary/regions").data.terms
    places = {term.label: term.tile for term in terms if term.tile}
    assert sum(term.parent is None for term in terms if term.tile) == 34
    assert sum(term.parent == "上海" for term in terms if term.tile) == 17
    for pair in (
        "北京 天津",
        "江苏 上海",
        "湖北 湖南",
        "广东 广西",
        "徐汇区 闵行区",
        "黄浦区 浦东新区",
        "金山区 松江区",
    ):
        (column, row), (other_column, other_row) = (places[label] for label in pair.split())
        assert abs(column - other_column) + abs(row - other_row) == 1, pair


def test_the_index_of_regions_has_the_grid(tmp_path: Path) -> None:
    """The grid holds links to the regions' pages; where all lie in one region, what lies below it."""
    write(tmp_path, entries("样本省丁市", "样本省丙市") | {"vocabularies/regions.yml": REGIONS})
    plan = next(job.plan() for job in publish(deck_at(tmp_path)) if job.address == "regions/")
    assert plan.view.map.parent == "样本省"
    assert {tile.address for tile in plan.view.map.tiles} < {job.address for job in jobs_of(deck_at(tmp_path), publish)}


def test_an_index_without_choice_has_no_grid(tmp_path: Path) -> None:
    """One region alone needs no picture; industries have none."""
    write(tmp_path, entries("样本市"))
    plans = {job.address: job.plan() for job in jobs_of(deck_at(tmp_path), publish)}
    assert plans["regions/"].view.map is None


def test_the_grid_of_the_built_site_reads_without_script(built_site: Path) -> None:
    """Name and number of every tile stand in the page, whole names for those who listen."""
    text = (built_site / "regions" / "index.html").read_text(encoding="utf-8")
    tiles = re.findall(r'<li class="tile [^"]*">(.*?)</li>', text)
    assert len(tiles) == 34
    shown = [re.sub(r"<[^>]+>", "", tile) for tile in tiles]
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+[\d,]+ 条", words) for words in shown), shown
    assert "不是地图" in text


def test_the_browser_gets_the_same_tiles(tmp_path: Path) -> None:
    """Short label, column, row, rank and parent of each; former keys lead to present ones."""
    sample = entries("样本省丁市", "样本省丙市") | {"vocabularies/regions.yml": REGIONS}
    sample["projects/2024/p9.md"] = project(aliases="[jiu-hao, projects/geng-jiu/]")
    deck = deck_at(write(tmp_path, sample))
    files = {file.address: file.content.decode() for file in lookup_files(deck.catalogue, deck.cards)}
    held = {name: json.loads(text.partition(",")[2].rstrip()[:-1]) for name, text in files.items()}
    assert held["search/v1/tiles.js"]["样本省丙市"] == ["丙市", 1, 1, 0, "样本省"]
    assert held["search/v1/tiles.js"]["样本省丁市"] == ["丁市", 0, 0, 1, "样本省"]
    assert held["search/v1/former.js"] == {"project/geng-jiu": "project/p9", "project/jiu-hao": "project/p9"}
