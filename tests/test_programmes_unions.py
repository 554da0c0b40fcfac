"""Unions: the tree of three levels, the page as a publication, the printable list, events of who holds them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pressed import addresses, empty_parts, page_at
from programmes import EVENTS, EXHIBITION
from small import PLAIN, deck_at, project, write

from site_builder.publish.publishers import page_jobs

if TYPE_CHECKING:
    from pathlib import Path

    from markup import Node


def test_unions_stand_below_one_another(tmp_path: Path) -> None:
    """City, district and basic union, each with what it has on show."""
    view = page_at(write(tmp_path, EXHIBITION), "unions/tree/")
    tree = view.first("ul", css="tree")
    assert [link.text for link in tree.every("a")] == ["样本市总工会", "样本区总工会", "样本厂工会"]
    assert tree.first("ul").first("ul").text.startswith("样本厂工会 成果 1")
    assert [head.text for head in view.every("h2")] == ["样本市总"]


def test_without_any_parent_there_is_no_tree(tmp_path: Path) -> None:
    """And a ring by a slip still ends."""
    write(tmp_path, PLAIN | {"unions/a.yml": "name: 样本甲工会\n", "unions/b.yml": "name: 样本乙工会\n"})
    assert "unions/tree/" not in addresses(tmp_path)
    write(
        tmp_path,
        {"unions/a.yml": "name: 样本甲工会\nparent: b\n", "unions/b.yml": "name: 样本乙工会\nparent: a\n"},
    )
    tree = page_at(tmp_path, "unions/tree/").first("ul", css="tree")
    assert sorted(link.text for link in tree.every("a")) == ["样本乙工会", "样本甲工会"]


def test_the_page_of_a_union_is_its_publication(tmp_path: Path) -> None:
    """Each number leads to its part of the printable list; its events are those that it holds."""
    write(tmp_path, EXHIBITION)
    view = page_at(tmp_path, "unions/ji-ceng/")
    numbers = {one.text: one.href for one in view.first("ul", css="numbers").every("a")}
    assert list(numbers) == ["1 项 成果", "1 位 人物", "1 个 创新工作室", "1 个 示范基地与班组"]
    assert list(view.every("h2", css="rank")) == []
    anchors = {one.attributes["id"] for one in page_at(tmp_path, "unions/ji-ceng/list/").every(having="id")}
    assert {href.partition("#")[2] for href in numbers.values()} <= anchors
    city = page_at(tmp_path, "unions/shi-zong/")
    assert "样本科技节" in city.text
    assert "样本区总工会" in city.text
    event = page_at(tmp_path, "events/ke-ji-jie/")
    assert any(link.text == "样本市总工会" and link.href.endswith("unions/shi-zong/") for link in event.every("a"))


def test_the_list_has_every_entry_once_as_plain_rows(tmp_path: Path) -> None:
    """Without pictures and scripts, numbered through the pages."""
    many = {f"projects/2024/n{at}.md": project(title=f"样本成果第{at}", union="ji-ceng") for at in range(230)}
    write(tmp_path, EXHIBITION | many)
    deck = deck_at(tmp_path)
    pages = [job.address for job in page_jobs(deck) if job.address.startswith("unions/ji-ceng/list/")]
    assert pages == ["unions/ji-ceng/list/", "unions/ji-ceng/list/page/2/"]
    rows = []
    for address in pages:
        view = page_at(tmp_path, address)
        data = "application/ld+json"
        assert [one for one in view.every("img", "script") if one.attributes.get("type") != data] == []
        assert empty_parts(view) == []
        rows += [row for table in view.every("tbody") for row in table.every("tr")]
    titles = [row.first("th").text for row in rows]
    assert len(titles) == len(set(titles)) == 234
    assert [row.first("td").text for row in rows[:231]] == [str(at) for at in range(1, 232)]


LOWER = EXHIBITION | {
    "events/ke-ji-jie.md": EVENTS["events/ke-ji-jie.md"].replace("[样本市总工会]", "[样本市总工会, 样本厂工会]"),
    **{f"projects/2024/n{at}.md": project(title=f"样本成果第{at}", union="qu-ju") for at in range(230)},
}


def counts(view: Node) -> dict[str, tuple[str, str]]:
    """Label → number and where it leads, of a list of numbers."""
    return {one.first("span").text: (one.first("b").text, one.href) for one in view.every("a")}


def test_what_unions_below_have_stands_apart(tmp_path: Path) -> None:
    """Numbers of both, the first of each kind, and the way to all; what both hold belongs to the union itself."""
    view = page_at(write(tmp_path, LOWER), "unions/shi-zong/")
    assert [head.text for head in view.every("h2", css="rank")] == ["本级", "下级工会"]
    own, lower = (counts(part) for part in view.every("ul", css="numbers"))
    assert {label: number for label, (number, _) in own.items()} == {"活动": "1 场"}
    assert {label: number for label, (number, _) in lower.items()} == {
        "工会": "2 家",
        "成果": "232 项",
        "人物": "1 位",
        "创新工作室": "1 个",
        "示范基地与班组": "1 个",
        "活动": "1 场",
    }
    part = view.first(css="lower")
    assert [head.text for head in part.every("h3") if "work__t" not in head.attributes.get("class", "")] == [
        "成果",
        "人物",
        "创新工作室",
        "示范基地与班组",
        "活动",
    ]
    assert len(list(part.first("ul", css="hang").every("li"))) == 4
    assert part.first("a", css="more").href == lower["成果"][1]
    tree = page_at(tmp_path, "unions/tree/")
    assert "shi-zong" in {one.attributes["id"] for one in tree.every("li", having="id")}
    assert lower["工会"][1].endswith("unions/tree/#shi-zong")


def test_numbers_lead_to_the_page_of_the_list_where_their_part_begins(tmp_path: Path) -> None:
    """Lower unions one after the other, each row once, numbered through the part; each part as long as its number."""
    view = page_at(write(tmp_path, LOWER), "unions/shi-zong/")
    own, lower = (counts(part) for part in view.every("ul", css="numbers"))
    pages = {
        address: page_at(tmp_path, address) for address in ("unions/shi-zong/list/", "unions/shi-zong/list/page/2/")
    }
    rows = defaultdict(list)
    for page in pages.values():
        for section in page.every("section", css="group"):
            mark = section.first("h2").attributes["id"]
            rows[mark] += [row for row in section.every("tr") if list(row.every("td"))]
    for told, href in (*own.values(), *(found for label, found in lower.items() if label != "工会")):
        address, _, anchor = href.removeprefix("../../").partition("#")
        assert anchor in {head.attributes["id"] for head in pages[address].every("h2", having="id")}
        assert [row.first("td").text for row in rows[anchor]] == [str(at + 1) for at in range(int(told.split()[0]))]
    titles = [row.first("th").text for part in rows.values() for row in part]
    assert len(titles) == len(set(titles)) == 237
    heads = [row.text for row in pages["unions/shi-zong/list/page/2/"].every("tr", css="roll__u")]
    assert heads[:2] == ["样本区总工会 231 项", "样本厂工会 1 项"]


def test_a_ring_of_unions_lists_nothing_twice(tmp_path: Path) -> None:
    """By a slip each stands under the other: one is above, one below, as in the tree."""
    files = {
        "unions/a.yml": "name: 样本甲工会\nparent: b\n",
        "unions/b.yml": "name: 样本乙工会\nparent: a\n",
        "projects/2024/yang-ben.md": project(title="样本成果", union="b"),
    }
    write(tmp_path, PLAIN | files)
    branches = page_at(tmp_path, "unions/tree/").first("ul", css="tree")
    top = branches.first("li").attributes["id"]
    for union in "ab":
        view = page_at(tmp_path, f"unions/{union}/")
        assert bool(list(view.every(css="lower")) or list(view.every("h2", css="rank"))) == (union == top)
        assert view.text.count("样本成果") <= 1


def test_a_union_with_nothing_on_show_has_no_list(tmp_path: Path) -> None:
    """No number, no button, no empty page."""
    write(tmp_path, PLAIN | {"unions/a.yml": "name: 样本甲工会\n"})
    assert "unions/a/list/" not in addresses(tmp_path)
    view = page_at(tmp_path, "unions/a/")
    assert list(view.every("ul", css="numbers")) == []
    assert "打印" not in view.text


def test_groups_of_two_kinds_may_both_overflow(tmp_path: Path) -> None:
    """A large union has more studios and more unions below it than its page shows, each with a list of its own."""
    files = {f"studios/s{at}.md": f"---\nname: 样本工作室{at}\nunion: shi-zong\n---\n" for at in range(14)}
    files |= {f"unions/u{at}.yml": f"name: 样本工会{at}\nparent: shi-zong\n" for at in range(14)}
    write(tmp_path, EXHIBITION | files)
    pages = addresses(tmp_path)
    assert {"unions/shi-zong/studios/", "unions/shi-zong/unions/"} <= pages
