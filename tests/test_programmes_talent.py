"""The pool of talent: people by trade, skill, industry and region, honours over the years, lines from master to apprentice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressed import addresses, empty_parts, page_at
from programmes import EXHIBITION
from small import PLAIN, catalogue_of, write

from site_builder.catalogue.mentoring import mentoring

if TYPE_CHECKING:
    from pathlib import Path


def person(name: str, **fields: str) -> str:
    """The file of a made-up person."""
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\nname: {name}\nsources: 样本来源\n{lines}---\n"


def test_the_pool_leads_by_trade_skill_industry_and_region(tmp_path: Path) -> None:
    """Each count has a list as long as it says; what nobody has is not there."""
    write(tmp_path, EXHIBITION)
    view = page_at(tmp_path, "talent/")
    assert [head.text for head in view.every("h2")][:5] == ["按工种", "按技能等级", "按行业", "按地区", "师徒"]
    pages = addresses(tmp_path)
    links = [link for block in view.every("ul", css="places") for link in block.every("a")]
    assert len(links) == 6
    for link in links[:-1]:
        address = link.href.lstrip("./")
        assert address in pages
        assert page_at(tmp_path, address).first(css="list__bar").first("b").text == link.first("b").text.split()[0]
    assert empty_parts(view) == []


def test_honours_stand_year_by_year_with_their_number(tmp_path: Path) -> None:
    """Newest first, the same honour of one person once, under 公示 not at all."""
    notice = person("样本公示", status="notice", honours="[{honour: 样本劳模称号, year: 2020}]")
    write(tmp_path, EXHIBITION | {"craftsmen/yang-ben-gong-shi.md": notice})
    years = page_at(tmp_path, "talent/").first("ol", css="years")
    lines = [(line.first("b").text, [one.text for one in line.every("p")]) for line in years.every("li")]
    assert lines == [("2020年", ["样本工匠称号 1 位", "样本劳模称号 1 位"]), ("2015年", ["样本工匠称号 1 位"])]


def test_without_people_there_is_no_pool(tmp_path: Path) -> None:
    """Nor with people of whom nobody names a master any lines."""
    write(tmp_path, PLAIN)
    assert not [address for address in addresses(tmp_path) if address.startswith("talent/")]
    write(tmp_path, {"craftsmen/a.md": person("样本人")})
    assert [address for address in addresses(tmp_path) if address.startswith("talent/")] == ["talent/"]


def test_thousands_of_trades_have_an_index_of_their_own(tmp_path: Path) -> None:
    """The pool shows those of several people, two dozen at most, and leads to all of them."""
    many = {f"craftsmen/r{at}.md": person(f"样本人{at}", trade=f"样本工种{at % 40}") for at in range(60)}
    write(tmp_path, many)
    view = page_at(tmp_path, "talent/")
    assert len(list(view.first("ul", css="places").every("a"))) == 20
    more = view.first("a", css="more")
    assert more.text == "全部 40 个工种"
    every = page_at(tmp_path, more.href.lstrip("./"))
    assert len(list(every.first("ul", css="places").every("a"))) == 40


def test_lines_are_trees_in_which_each_person_stands_once(tmp_path: Path) -> None:
    """From both fields, over three generations; a name without an entry is a leaf without a link."""
    write(tmp_path, EXHIBITION)
    tree = page_at(tmp_path, "talent/lines/").first("ul", css="tree")
    root = tree.first("li")
    assert root.first("a").text == "样本师傅"
    assert [link.text for link in root.every("a")] == ["样本师傅", "样本徒弟", "样本徒孙"]
    assert [name.text for name in root.every("span")] == ["样本无条目"]
    inner = root.first("ul").first("ul")
    assert inner.text.startswith("样本徒孙")


def test_a_ring_by_a_slip_still_ends(tmp_path: Path) -> None:
    """Nobody is lost, and nobody is their own master."""
    ring = {f"craftsmen/r{at}.md": person(f"样本人{at}", mentor=f"r{(at + 1) % 3}") for at in range(3)}
    write(tmp_path, ring | {"craftsmen/self.md": person("样本自己", mentor="self")})
    found = mentoring(catalogue_of(tmp_path))
    assert len(found.roots) == 1
    view = page_at(tmp_path, "talent/lines/")
    assert sorted(link.text for link in view.first("ul", css="tree").every("a")) == ["样本人0", "样本人1", "样本人2"]


def test_whom_two_claim_stands_with_the_master_in_their_own_file(tmp_path: Path) -> None:
    """Who says 徒弟 of somebody else's does not take them away."""
    files = {"a": person("样本甲", apprentices="c"), "b": person("样本乙"), "c": person("样本丙", mentor="b")}
    write(tmp_path, PLAIN | {f"craftsmen/{id_}.md": text for id_, text in files.items()})
    lines = mentoring(catalogue_of(tmp_path))
    assert [one.name for one in lines.roots] == ["样本乙"]
    assert {of.name: [one.name for one in below] for of, below in lines.apprentices.items()} == {"样本乙": ["样本丙"]}


def test_homonyms_are_never_taken_for_one_master(tmp_path: Path) -> None:
    """A plain name is its own line for each who gives it."""
    write(tmp_path, {f"craftsmen/r{at}.md": person(f"样本人{at}", mentor="样本同名") for at in range(2)})
    tree = page_at(tmp_path, "talent/lines/").first("ul", css="tree")
    assert [name.text for name in tree.every("span")] == ["样本同名", "样本同名"]
