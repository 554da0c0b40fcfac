"""Studios and methods: the directory, the cycle in plain words, ledgers by year, numbered steps with their drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from pressed import addresses, empty_parts, page_at
from programmes import EXHIBITION, METHOD, STUDIO
from small import problems_of, write

if TYPE_CHECKING:
    from pathlib import Path


def test_the_directory_leads_by_type_level_and_year(tmp_path: Path) -> None:
    """Each count has the list behind it, and the list is as long as the count says."""
    write(tmp_path, EXHIBITION)
    view = page_at(tmp_path, "studios/cycle/")
    counts = {link.first("span").text: link for links in view.every("ul", css="places") for link in links.every("a")}
    assert set(counts) == {"样本技师工作室", "样本市级", "样本国家级", "2022年届满", "考核合格", "考核不再保留"}
    assert counts["样本市级"].first("b").text.startswith("2")
    assert counts["2022年届满"].first("b").text.startswith("1")
    assert empty_parts(view) == []
    pages = addresses(tmp_path)
    for link in counts.values():
        address = link.href.lstrip("./")
        assert address in pages
        listed = page_at(tmp_path, address)
        assert listed.first(css="list__bar").first("b").text == link.first("b").text.split()[0]


def test_without_studios_there_is_no_directory(tmp_path: Path) -> None:
    """Nor any list of it."""
    write(tmp_path, {name: text for name, text in EXHIBITION.items() if not name.startswith("studios/")})
    assert not [address for address in addresses(tmp_path) if address.startswith("studios/")]


def test_a_studio_says_where_it_stands_in_its_cycle(tmp_path: Path) -> None:
    """Named, reviewed, and when the running cycle ends; one whose title is gone has no end to come."""
    write(tmp_path, EXHIBITION)
    cycle = page_at(tmp_path, "studios/yang-ben-jia/").first("ol", css="cycle")
    assert [step.text for step in cycle.every("li")] == ["2016年 命名", "2019年 考核 合格", "2022年 届满 届满后考核"]
    gone = page_at(tmp_path, "studios/yang-ben-yi/").first("ol", css="cycle")
    assert [step.text for step in gone.every("li")] == ["2015年 命名", "2018年 考核 不再保留"]


def test_a_studio_that_was_named_again_begins_anew(tmp_path: Path) -> None:
    """By the programme's own naming, whatever its level says."""
    named = "honours: [{honour: 样本技师工作室称号, year: 2014}, {honour: 样本技师工作室称号, year: 2018}]"
    again = STUDIO.replace("reviews: [{year: 2019, outcome: 合格}]", named)
    cycle = page_at(write(tmp_path, EXHIBITION | {"studios/yang-ben-jia.md": again}), "studios/yang-ben-jia/")
    steps = [step.text for step in cycle.first("ol", css="cycle").every("li")]
    assert steps == ["2018年 命名", "2021年 届满 届满后考核"]


def test_a_studio_that_nobody_reviews_has_no_cycle(tmp_path: Path) -> None:
    """A made-up studio of another type, without ledgers, has neither section."""
    other = "---\nname: 样本丙工作室\ntype: 样本工匠工作室\nsources: 样本来源\n---\n"
    write(tmp_path, EXHIBITION | {"studios/yang-ben-bing.md": other})
    view = page_at(tmp_path, "studios/yang-ben-bing/")
    assert "管理周期" not in view.text
    assert "台账" not in view.text
    assert empty_parts(view) == []


def test_ledgers_stand_year_by_year_with_their_results_linked(tmp_path: Path) -> None:
    """Newest first; what is older than thirty lines stands folded, and nothing is lost."""
    lines = "".join(f"  - {{date: {2000 + at // 10}-01-0{at % 9 + 1}, title: 样本活动第{at}项}}\n" for at in range(60))
    more = STUDIO.replace("activities:\n", f"activities:\n{lines}")
    write(tmp_path, EXHIBITION | {"studios/yang-ben-jia.md": more})
    results, activities = page_at(tmp_path, "studios/yang-ben-jia/").every("section", css="ledger")
    assert results.first("a").href.endswith("projects/yang-ben-cheng-guo/")
    years = [year.text for year in activities.every("b")]
    assert years[:3] == ["2021年", "2020年", "2005年"]
    assert years == sorted(years, reverse=True)
    assert len(list(activities.every("p"))) == 62
    assert activities.first("details").first("summary").text == "更早的，共 62 条"


def test_a_method_numbers_its_steps_and_shows_their_drawings(tmp_path: Path) -> None:
    """Key points, before and after; the drawing of a step stands in that step, with its size and words."""
    drawn = METHOD.replace("point: 样本要领甲}", "point: 样本要领甲, picture: bu-zhou.png}")
    write(tmp_path, EXHIBITION | {"methods/yang-ben-cao-zuo-fa.md": drawn})
    (tmp_path / "content/media").mkdir()
    Image.new("RGB", (40, 30)).save(tmp_path / "content/media/bu-zhou.png")
    view = page_at(tmp_path, "methods/yang-ben-cao-zuo-fa/")
    first, second = view.first("ol", css="steps").every("li")
    assert "要领 样本要领甲" in first.text
    assert first.first("img").attributes["alt"] == "第 1 步：样本第一步"
    assert list(second.every("img")) == []
    assert [value.text for value in view.first(css="shift__v").every("span")] == ["之前 4小时", "之后 2小时"]
    plain = page_at(write(tmp_path, EXHIBITION), "methods/yang-ben-cao-zuo-fa/")
    assert list(plain.first("ol", css="steps").every("img")) == []


def test_a_studio_must_not_take_an_address_of_the_directory(tmp_path: Path) -> None:
    """The id is refused where the directory stands, and nowhere else."""
    write(tmp_path, EXHIBITION | {"studios/cycle.md": STUDIO, "bases/cycle.md": "---\nname: 样本\n---\n"})
    clashes = [problem for problem in problems_of(tmp_path) if problem.code == "address-clash"]
    assert [problem.place.path for problem in clashes] == ["content/studios/cycle.md"]
    assert "工作室目录" in clashes[0].message


def test_an_edition_and_a_hall_must_not_take_addresses_of_others(tmp_path: Path) -> None:
    """Where the comparison, the list of results or another hall stands."""
    ids = (("results", "甲"), ("regions", "丁"), ("yi", "乙"), ("yi", "丙"))
    halls = "halls:\n" + "".join(f"  - {{id: {name}, title: 样本{word}厅}}\n" for name, word in ids)
    plain = "title: 样本展期\nyears: 2027\n"
    write(tmp_path, EXHIBITION | {"editions/compare.yml": plain, "editions/2028.yml": plain + halls})
    found = [
        (problem.place.path, problem.message) for problem in problems_of(tmp_path) if problem.code == "address-clash"
    ]
    assert found == [
        ("content/editions/compare.yml", "编号“compare”留给各展期对比使用"),
        ("content/editions/2028.yml", "展厅编号“results”已用于展期的成果列表"),
        ("content/editions/2028.yml", "展厅编号“regions”已用于展期的地区"),
        ("content/editions/2028.yml", "展厅编号“yi”已用于展厅“样本乙厅”"),
    ]
