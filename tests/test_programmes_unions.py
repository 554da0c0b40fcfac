"""Unions: the tree of three levels, the page as a publication, the printable list, events of who holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressed import addresses, empty_parts, page_at
from programmes import EXHIBITION
from small import PLAIN, deck_at, project, write

from site_builder.publish.publishers import page_jobs

if TYPE_CHECKING:
    from pathlib import Path


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
    anchors = {one.attributes["id"] for one in page_at(tmp_path, "unions/ji-ceng/list/").every(having="id")}
    assert {href.partition("#")[2] for href in numbers.values()} <= anchors
    city = page_at(tmp_path, "unions/shi-zong/")
    assert "样本科技节" in city.text
    assert "样本区总工会" in city.text
    event = page_at(tmp_path, "events/ke-ji-jie/")
    assert any(link.text == "样本市总工会" and link.href.endswith("unions/shi-zong/") for link in event.every("a"))


def test_the_list_has_every_entry_once_as_plain_rows(tmp_path: Path) -> None:
    """Without pictures and scripts, numbered through the pages."""
    many = {f"projects/2024/n{at}.md": project(title=f"样本成果第{at}", union="qu-ju") for at in range(230)}
    write(tmp_path, EXHIBITION | many)
    deck = deck_at(tmp_path)
    pages = [job.address for job in page_jobs(deck) if job.address.startswith("unions/qu-ju/list/")]
    assert pages == ["unions/qu-ju/list/", "unions/qu-ju/list/page/2/"]
    rows = []
    for address in pages:
        view = page_at(tmp_path, address)
        assert list(view.every("img", "script")) == []
        assert empty_parts(view) == []
        rows += [row for table in view.every("tbody") for row in table.every("tr")]
    titles = [row.first("th").text for row in rows]
    assert len(titles) == len(set(titles)) == 232
    assert [row.first("td").text for row in rows[:231]] == [str(at) for at in range(1, 232)]


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
