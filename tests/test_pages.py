"""Publishers and press: what pages of small exhibitions show, in which order, and what never reaches them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markup import Node, dead_links, pages_of, read_markup
from pressed import press_all as pressed
from small import PLAIN, deck_at, problems_of, project, write
from whole import build, exhibition

from site_builder.model.declaration import fields_of
from site_builder.model.kinds import KINDS
from site_builder.model.pages import Pager
from site_builder.press.text import markdown
from site_builder.publish.embeds import embed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def page(root: Path, address: str, **settings: object) -> Node:
    """One page of it as a tree."""
    return read_markup(pressed(root, **settings)[address])


def facts(view: Node) -> dict[str, str]:
    """Label → words of a fact table."""
    rows = [row for table in view.every("dl", css="facts") for row in table.every("div")]
    return {row.first("dt").text: " ".join(value.text for value in row.every("dd")) for row in rows}


def titles(nodes: Iterable[Node]) -> list[str]:
    """The titles of works, as their labels say them."""
    return [node.first(css="work__t").text for node in nodes]


def person(name: str, **fields: str) -> str:
    """The file of a made-up person with these front-matter lines."""
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\nname: {name}\nsources: 样本来源\n{lines}---\n"


# --- facts -----------------------------------------------------------------------------------------------------------


def test_the_fact_table_has_what_was_given_and_nothing_else(tmp_path: Path) -> None:
    """Empty fields have no row, given ones stand in the order of the declaration."""
    write(
        tmp_path,
        PLAIN
        | {"projects/2024/a.md": project(year="2023", organisations="样本厂", industry="样本业", applied="2022-05")},
    )
    table = facts(page(tmp_path, "projects/a/"))
    assert table == {
        "展期": "2024 样本展期",
        "年份": "2023",
        "行业": "样本业",
        "完成单位": "样本厂",
        "应用于生产时间": "2022年5月",
    }


def test_a_bare_entry_has_a_page_without_empty_tables(tmp_path: Path) -> None:
    """Every field but the name may be missing."""
    write(
        tmp_path,
        {f"{kind.folder}/bare{kind.suffix}": _bare(kind) for kind in KINDS if kind.listed and kind.name != "project"},
    )
    pages = {address: read_markup(html) for address, html in pressed(tmp_path).items()}
    for kind in KINDS:
        if kind.listed and kind.name not in {"project", "story"}:
            view = pages[f"{kind.folder}/bare/"]
            assert view.first("h1").text.replace(" ", "") == "样本"
            assert [node.tag for node in view.every("dl", "ul", "ol", "section") if not node.text] == []


def _bare(kind: object) -> str:
    line = f"{kind.title_field}: 样本\n"  # type: ignore[attr-defined]
    return line if kind.suffix == ".yml" else f"---\n{line}---\n"  # type: ignore[attr-defined]


def test_only_official_sources_are_linked_and_addresses_of_others_never_leave_the_content(tmp_path: Path) -> None:
    """The press is named by outlet and title; its address is in no byte of any page."""
    sources = (
        "[{title: 样本公告, outlet: 样本总工会, kind: 官方, url: 'https://union.example/notice'},"
        " {title: 样本报道, outlet: 样本日报, kind: press, url: 'https://daily.example/story'},"
        " {title: 未注类型, url: 'https://nobody.example/'}]"
    )
    vocabulary = "title: 来源类型\nterms: [{label: 官方, id: official}, {label: 报道, id: press, aliases: [press]}]\n"
    write(
        tmp_path,
        PLAIN
        | {
            "vocabularies/source-kinds.yml": vocabulary,
            "projects/2024/a.md": project(sources=sources),
            "organisations/o.yml": f"name: 样本厂\nwebsite: https://factory.example/\nsources: {sources}\n",
        },
    )
    pages = pressed(tmp_path)
    whole = "".join(pages.values())
    assert "daily.example" not in whole
    assert "nobody.example" not in whole
    assert "factory.example" not in whole
    view = read_markup(pages["projects/a/"])
    assert [link.href for link in view.every("a") if "://" in link.href] == ["https://union.example/notice"]
    assert "样本日报，《样本报道》" in view.first(css="src").text


def test_fields_that_are_not_public_are_on_no_page(tmp_path: Path) -> None:
    """Whatever a declaration keeps back stays back, on the pages of all kinds."""
    kept = {(kind.name, field.name) for kind in KINDS for field in fields_of(kind.model) if not field.declared.public}
    everywhere = {(kind.name, field) for kind in KINDS for field in ("consent", "privacy_exceptions")}
    assert kept == {("organisation", "website"), *everywhere}, "a new private field needs a sample here"
    write(tmp_path, {"organisations/o.yml": "name: 样本厂\nwebsite: https://kept-back.example/\n"})
    for kind in KINDS:
        inside = f"{kind.title_field}: 样本\nconsent: kept-back {kind.name}\n"
        inside += "privacy_exceptions: [{what: kept-back, reason: kept-back}]\n"
        text = inside if kind.suffix == ".yml" else f"---\n{inside}---\n"
        folder = f"{kind.folder}/2024" if kind.name == "project" else kind.folder
        write(tmp_path, PLAIN | {f"{folder}/bare{kind.suffix}": text})
    assert "kept-back" not in "".join(pressed(tmp_path).values())


def test_a_source_address_that_is_no_web_address_is_not_linked(tmp_path: Path) -> None:
    """An official source may still be badly typed."""
    write(
        tmp_path,
        PLAIN | {"projects/2024/a.md": project(sources="[{title: 样本, kind: official, url: 'javascript:alert(1)'}]")},
    )
    assert "javascript:" not in "".join(pressed(tmp_path).values())


def test_people_stand_in_certificate_order_wherever_they_are_named(tmp_path: Path) -> None:
    """``order`` outranks the order of the file: beside the title, in the facts and among the cards."""
    people = "[{person: 丙某, order: 3}, {person: sample-two, order: 2}, {person: sample-one, order: 1}]"
    files = {"craftsmen/sample-one.md": person("甲某"), "craftsmen/sample-two.md": person("乙某")}
    write(tmp_path, PLAIN | files | {"projects/2024/a.md": project(people=people)})
    view = page(tmp_path, "projects/a/")
    assert view.first(css="whose").text.split("、") == ["甲某", "乙某", "丙某"]
    assert facts(view)["主要完成人"] == "甲某 乙某 丙某"
    assert [node.text for node in view.every(css="person__n")] == ["甲 某", "乙 某"]


def test_the_published_text_of_a_name_is_kept(tmp_path: Path) -> None:
    """张某等3人 and teams are shown as they were published, without a link."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(people="张某等3人；样本团队")})
    view = page(tmp_path, "projects/a/")
    assert facts(view)["主要完成人"] == "张某等3人 样本团队"
    assert not [link for link in view.every("a") if "张某" in link.text]


def test_the_timeline_begins_with_the_newest_year(tmp_path: Path) -> None:
    """Honours, results, namings and reviews of a person and a studio, year by year, each once."""
    honours = "[{honour: 样本奖, year: 2015}, {honour: 样本匠, year: 2021}, {honour: 无年份奖}]"
    studio = "---\nname: 样本室\nsources: 样本来源\nlevels: [{level: 市级, year: 2019}]\nreviews: [{year: 2022, outcome: 优秀}]\n---\n"
    files = {"craftsmen/one.md": person("甲某", honours=honours), "studios/s.md": studio}
    write(tmp_path, PLAIN | files | {"projects/2024/a.md": project(people="one", studio="s", year="2018")})
    pages = pressed(tmp_path)
    years = {
        address: [node.first("b").text for node in read_markup(pages[address]).first(css="years").every("li")]
        for address in ("craftsmen/one/", "studios/s/")
    }
    assert years == {"craftsmen/one/": ["2021年", "2018年", "2015年"], "studios/s/": ["2022年", "2019年", "2018年"]}


# --- ways through the exhibition -------------------------------------------------------------------------------------


def test_turning_stays_within_the_edition_and_ends_at_both_ends(tmp_path: Path) -> None:
    """The first result has no previous, the last no next, and nobody is led into another edition."""
    files = {
        f"projects/{year}/{name}{year}.md": project(title=f"样本{name}{year}")
        for year in (2024, 2026)
        for name in "abc"
    }
    write(tmp_path, PLAIN | files)
    pages = pressed(tmp_path)
    found = {}
    for name in "abc":
        turn = read_markup(pages[f"projects/{name}2024/"]).first(css="turn")
        found[name] = (turn.first("b").text, [link.href for link in turn.every("a", having="rel")])
    assert found == {
        "a": ("1 / 3", ["../../projects/b2024/"]),
        "b": ("2 / 3", ["../../projects/a2024/", "../../projects/c2024/"]),
        "c": ("3 / 3", ["../../projects/b2024/"]),
    }


def test_an_entry_alone_in_its_list_is_not_turned(tmp_path: Path) -> None:
    """Nothing before and nothing after is no bar at all."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(), "projects/2026/b.md": project()})
    assert not list(page(tmp_path, "projects/a/").every(css="turn"))


def test_related_entries_are_at_most_eight_each_once_and_say_why(tmp_path: Path) -> None:
    """One that shares everything with forty others shows eight of them, grouped by the closest tie."""
    shared = {"organisations": "样本厂", "industry": "样本业", "region": "样本市", "awards": "样本奖", "people": "one"}
    files = {f"projects/2024/p{number:02}.md": project(title=f"样本{number:02}号", **shared) for number in range(40)}
    write(tmp_path, PLAIN | files | {"craftsmen/one.md": person("甲某")})
    view = page(tmp_path, "projects/p07/")
    groups = {
        group.first("h2").text: titles(group.every(css="work"))
        for group in view.every("section", css="group")
        if list(group.every(css="work"))
    }
    shown = [title for cards in groups.values() for title in cards]
    assert list(groups) == ["同一完成人", "同一单位"]
    assert len(shown) == len(set(shown)) == 8
    assert "样本07号" not in shown


def test_the_reason_of_a_group_is_true(tmp_path: Path) -> None:
    """What stands under a reason shares it, and what shares nothing is not related."""
    files = {
        "projects/2024/a.md": project(title="样本甲", organisations="样本厂", industry="样本业"),
        "projects/2024/b.md": project(title="样本乙", organisations="样本厂"),
        "projects/2024/c.md": project(title="样本丙", industry="样本业"),
        "projects/2024/d.md": project(title="样本丁", organisations="别厂", industry="别业"),
    }
    write(tmp_path, PLAIN | files)
    view = page(tmp_path, "projects/a/")
    groups = {group.first("h2").text: titles(group.every(css="work")) for group in view.every("section", css="group")}
    assert groups == {"同一单位": ["样本乙"], "同一行业": ["样本丙"]}


@pytest.mark.parametrize(
    ("page", "pages", "named"),
    [
        (1, 1, (1,)),
        (2, 3, (1, 2, 3)),
        (1, 9, (1, 2, 0, 9)),
        (4, 9, (1, 0, 3, 4, 5, 0, 9)),
        (3, 5, (1, 2, 3, 4, 5)),
        (9, 9, (1, 0, 8, 9)),
    ],
)
def test_a_pager_names_the_ends_and_what_is_near(page: int, pages: int, named: tuple[int, ...]) -> None:
    """However many pages there are; what is left out between is one mark."""
    assert Pager(page, pages, "", 0).named == named


@pytest.mark.parametrize(("number", "sizes"), [(1, [1]), (24, [24]), (25, [24, 1]), (49, [24, 24, 1])])
def test_lists_turn_after_24_at_real_addresses(tmp_path: Path, number: int, sizes: list[int]) -> None:
    """Every page of a list is a page of its own, reached by links."""
    write(tmp_path, PLAIN | {f"projects/2024/p{at:02}.md": project(title=f"样本{at:02}号") for at in range(number)})
    pages = {address: read_markup(html) for address, html in pressed(tmp_path).items()}
    addresses = ["projects/", *(f"projects/page/{turn}/" for turn in range(2, len(sizes) + 1))]
    assert [address for address in pages if re.fullmatch(r"projects/(page/\d+/)?", address)] == addresses
    lists = [pages[address].first(css="list__m") for address in addresses]
    assert [len(list(view.every(css="row"))) for view in lists] == sizes
    assert len({title for view in lists for title in titles(view.every(css="row"))}) == number
    assert f"{number} 项" in lists[0].first(css="list__bar").text
    ways = [[link.href for link in view.every("a", having="rel")] for view in lists]
    if len(sizes) == 1:
        assert ways == [[]]
    if len(sizes) == 3:
        assert ways == [
            ["../projects/page/2/"],
            ["../../../projects/", "../../../projects/page/3/"],
            ["../../../projects/page/2/"],
        ]


def test_an_empty_column_is_not_built(tmp_path: Path) -> None:
    """A list without entries would be an empty room: it has no page."""
    write(tmp_path, PLAIN | {"craftsmen/a.md": "---\nname: 样本甲\nsources: 样本来源\n---\n"})
    pages = pressed(tmp_path)
    assert "craftsmen/" in pages
    assert not {"projects/", "studios/", "regions/", "industries/"} & pages.keys()


def test_pages_of_a_list_have_titles_of_their_own(tmp_path: Path) -> None:
    """Search engines and histories tell them apart."""
    write(tmp_path, PLAIN | {f"projects/2024/p{at:02}.md": project() for at in range(60)})
    pages = {address: read_markup(html) for address, html in pressed(tmp_path).items()}
    heads = [pages[address].first("title").text for address in ("projects/", "projects/page/2/", "projects/page/3/")]
    assert len(set(heads)) == 3


# --- awards ----------------------------------------------------------------------------------------------------------

AWARD = """\
name: 样本奖
grades:
  - {name: 一等奖, rank: 1, quota: 2, prize: 1万元}
  - {name: 二等奖, rank: 2}
sessions:
  - {name: 第一届, year: 2021, entries: 90, winners: 3}
  - {name: 第二届, year: 2023, quotas: {一等奖: 1, 二等: 7}, prizes: {一等奖: 2.5}}
  - {name: 第三届, year: 2025, note: 样本说明}
"""


def won(session: str, grade: str, **fields: str) -> str:
    """A project that won this grade in this session of the sample award."""
    return project(awards=f"[{{award: sample, session: {session}, grade: {grade}}}]", **fields)


def test_an_award_shows_its_sessions_newest_first_and_grades_by_rank(tmp_path: Path) -> None:
    """Quotas and prizes stand beside the grade, those of the session before those of the award."""
    files = {
        "awards/sample.yml": AWARD,
        "projects/2024/a.md": won("第一届", "二等奖", title="样本甲"),
        "projects/2024/b.md": won("第一届", "一等成果（样本组）", title="样本乙"),
        "projects/2024/c.md": won("第二届", "一等奖", title="样本丙"),
        "projects/2024/d.md": won("第二届", "二等奖", title="样本丁"),
    }
    write(tmp_path, PLAIN | files)
    view = page(tmp_path, "awards/sample/")
    sessions = list(view.every("section", css="sess__s"))
    assert [one.first("h2").text for one in sessions] == ["第三届（2025年）", "第二届（2023年）", "第一届（2021年）"]
    tiers = [
        (
            tier.first("h3").text,
            " ".join(note.text for note in tier.first("header").every("p")),
            titles(tier.every(css="work")),
        )
        for one in sessions
        for tier in one.every(css="tier")
    ]
    assert tiers == [
        ("一等奖 1 项", "名额 1 项，奖金 2.5 万元", ["样本丙"]),
        ("二等奖 1 项", "名额 7 项，收录 1 项", ["样本丁"]),
        ("一等奖 1 项", "名额 2 项，收录 1 项，奖金 1 万元", ["样本乙"]),
        ("二等奖 1 项", "", ["样本甲"]),
    ]
    assert "申报 90 项 获奖 3 项" in sessions[2].first(css="sess__f").text
    jumps = [link.href.removeprefix("#") for link in view.first(css="sess__nav").every("a")]
    assert jumps == [one.first("h2").attributes["id"] for one in sessions]


def test_an_award_with_many_winners_turns_by_whole_sessions(tmp_path: Path) -> None:
    """No page holds two sessions with more than 120 winners together; every winner is on exactly one."""
    sessions = {"第一届": 70, "第二届": 60, "第三届": 130, "第四届": 3}
    years = "".join(f"  - {{name: {name}, year: {2020 + at}}}\n" for at, name in enumerate(sessions))
    files = {
        f"projects/2024/s{at}n{number}.md": won(name, "二等奖", title=f"样本{at}之{number}")
        for at, (name, size) in enumerate(sessions.items())
        for number in range(size)
    }
    write(
        tmp_path, PLAIN | files | {"awards/sample.yml": f"name: 样本奖\ngrades: [{{name: 二等奖}}]\nsessions:\n{years}"}
    )
    pages = {
        address: read_markup(html)
        for address, html in pressed(tmp_path).items()
        if address.startswith("awards/sample/")
    }
    assert list(pages) == ["awards/sample/", "awards/sample/page/2/", "awards/sample/page/3/", "awards/sample/page/4/"]
    assert [[one.first("h2").text[:3] for one in view.every(css="sess__s")] for view in pages.values()] == [
        ["第四届"],
        ["第三届"],
        ["第二届"],
        ["第一届"],
    ]
    shown = [title for view in pages.values() for title in titles([*view.every(css="row"), *view.every(css="work")])]
    assert len(shown) == len(set(shown)) == sum(sessions.values())
    assert len({view.first("title").text for view in pages.values()}) == 4
    first = pages["awards/sample/"]
    assert first.first("a", having="rel").href == "../../awards/sample/page/2/"


def test_an_honour_without_session_is_gathered_by_its_year(tmp_path: Path) -> None:
    """届 and year are separate; a year that the award describes leads to its session."""
    honours = "[{honour: sample, year: 2023}]"
    files = {
        "awards/sample.yml": AWARD,
        "craftsmen/one.md": person("甲某", honours=honours),
        "craftsmen/two.md": person("乙某", honours="[{honour: sample, year: 2016}]"),
    }
    write(tmp_path, files | {"craftsmen/three.md": person("丙某", honours="[sample]")})
    view = page(tmp_path, "awards/sample/")
    held = {
        one.first("h2").text: titles([*one.every(css="row"), *one.every(css="work")])
        for one in view.every(css="sess__s")
    }
    assert held == {
        "第三届（2025年）": [],
        "第二届（2023年）": ["甲 某"],
        "第一届（2021年）": [],
        "2016年": ["乙 某"],
        "年份未载": ["丙 某"],
    }


# --- editions and halls ----------------------------------------------------------------------------------------------


def test_halls_hang_picks_first_in_order_then_what_meets_the_conditions(tmp_path: Path) -> None:
    """A pick may come from anywhere, conditions choose within the edition, and each work hangs once."""
    full = "{id: power, title: 电力厅, where: {行业: [电力]}, picks: [c, old, a]}"
    halls = f"halls:\n  - {full}\n  - {{id: void, title: 空厅, where: {{行业: [没有]}}}}\n"
    files = {
        "editions/2024.yml": "title: 2024 样本展期\n",
        "editions/2026.yml": f"title: 2026 样本展期\n{halls}",
        "projects/2024/old.md": project(title="样本旧作", industry="电力"),
        "projects/2024/older.md": project(title="样本更旧", industry="电力"),
        **{f"projects/2026/{name}.md": project(title=f"样本{name}", industry="电力") for name in "abcd"},
    }
    write(tmp_path, files)
    pages = pressed(tmp_path)
    hall = read_markup(pages["editions/2026/power/"])
    assert titles(hall.every(css="work")) == ["样本c", "样本旧作", "样本a", "样本b", "样本d"]
    assert hall.first(css="door__count").text == "5 项成果"
    assert "editions/2026/void/" not in pages
    edition = read_markup(pages["editions/2026/"])
    assert [link.text for link in edition.first(css="room").every("h3")] == ["电力厅"]
    assert not list(hall.every(css="doors")), "there is no other hall to go to"


def test_a_long_hall_shows_twelve_works_and_turns_the_rest(tmp_path: Path) -> None:
    """Twelve large, then lines by 24 at addresses of their own."""
    halls = "halls:\n  - {id: one, title: 甲厅, where: {行业: [甲]}}\n  - {id: two, title: 乙厅, where: {行业: [乙]}}\n"
    files = {
        f"projects/2026/{name}{at:02}.md": project(title=f"样本{name}{at:02}", industry=name)
        for name in ("甲", "乙")
        for at in ()
    }
    files |= {f"projects/2026/p{at:02}.md": project(title=f"样本{at:02}", industry="甲") for at in range(40)}
    files |= {"projects/2026/q.md": project(title="样本乙", industry="乙")}
    write(tmp_path, files | {"editions/2026.yml": f"title: 2026 样本展期\n{halls}"})
    pages = {
        address: read_markup(html)
        for address, html in pressed(tmp_path).items()
        if address.startswith("editions/2026/one/") and not address.endswith("tour/")
    }
    assert list(pages) == ["editions/2026/one/", "editions/2026/one/page/2/"]
    counts = [(len(list(view.every(css="work"))), len(list(view.every(css="row")))) for view in pages.values()]
    assert counts == [(12, 24), (0, 4)]
    assert pages["editions/2026/one/"].first(css="doors").first("a").href == "../../../editions/2026/two/"


def test_the_permanent_edition_takes_all_and_stands_on_no_shelf(tmp_path: Path) -> None:
    """It gathers the results of all editions, and those of none."""
    files = {
        "editions/all.yml": "title: 样本常设展\npermanent: true\nhalls: [{id: power, title: 电力厅, where: {行业: [电力]}}]\n",
        "projects/2024/a.md": project(title="样本甲", industry="电力"),
        "projects/2026/b.md": project(title="样本乙", industry="电力"),
        "methods/m.md": "---\ntitle: 样本操作法\nindustry: 电力\nsources: 样本来源\n---\n",
    }
    write(tmp_path, PLAIN | files)
    pages = pressed(tmp_path)
    assert sorted(titles(read_markup(pages["editions/all/power/"]).every(css="work"))) == [
        "样本乙",
        "样本操作法",
        "样本甲",
    ]
    labels = [spine.text for spine in read_markup(pages["editions/2024/"]).every(css="spine__label")]
    assert labels == ["2024—2025", "2022—2023"]


def test_an_edition_groups_its_winners_by_award_and_grade(tmp_path: Path) -> None:
    """The award with most winners first, grades from high to low, the rest counted."""
    files = {
        f"projects/2024/p{at:02}.md": project(title=f"样本{at:02}", awards="[{award: 多人奖, grade: 二等奖}]")
        for at in range(20)
    }
    files |= {
        "projects/2024/best.md": project(title="样本头名", awards="[{award: 多人奖, grade: 一等奖}, {award: 少人奖}]")
    }
    write(tmp_path, PLAIN | files)
    prizes = list(page(tmp_path, "editions/2024/").every(css="prize"))
    assert [prize.first("h3").text for prize in prizes] == ["多人奖", "少人奖"]
    grades = [grade.first("header").text for prize in prizes for grade in prize.every(css="grade")]
    assert grades[0].startswith("一等奖")
    assert grades[1].startswith("二等奖")
    assert "共 20 项" in grades[1]
    assert grades[2].startswith("入选")


# --- home ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"editions/2024.yml": "title: 2024 样本展期\n"},
        {"craftsmen/one.md": person("甲某")},
        {
            "editions/2024.yml": "title: 样本\nhalls: [{id: one, title: 样本厅, where: {种类: [成果]}}]\n",
            "projects/2024/a.md": project(),
        },
        {"methods/m.md": "---\ntitle: 样本操作法\nsources: 样本来源\n---\n"},
    ],
    ids=["nothing", "an edition without results", "no edition", "one hall", "results without edition"],
)
def test_home_stands_whatever_is_there(tmp_path: Path, files: Mapping[str, str]) -> None:
    """A young exhibition has a home page, with its title and no empty wall."""
    (tmp_path / "content").mkdir()
    write(tmp_path, dict(files))
    home = page(tmp_path, "")
    assert home.first("h1").text == "职工技术 创新成果 网上展"
    assert [node.attributes for node in home.every("section", "ul", "ol", "dl", "p") if not node.text] == []
    assert not [link for link in home.every("a") if link.href.startswith("#") and not list(home.every(having="id"))]


def test_home_counts_what_is_there(tmp_path: Path) -> None:
    """Its numbers are the numbers of entries on show, drafts and withdrawn ones left out."""
    files = {f"projects/2026/p{at}.md": project(organisations=f"样本{at}厂") for at in range(7)}
    files |= {"projects/2026/draft.md": project(status="草稿"), "projects/2026/gone.md": project(status="撤下")}
    files |= {"craftsmen/one.md": person("甲某"), "methods/m.md": "---\ntitle: 样本操作法\nsources: 样本来源\n---\n"}
    write(tmp_path, PLAIN | files)
    numbers = page(tmp_path, "").first(css="tally__numbers")
    assert [(row.first("dt").text, row.first("dd").text) for row in numbers.every("div")] == [
        ("成果", "8 项"),
        ("人物", "1 位"),
        ("单位", "7 家"),
    ]


def test_squares_stand_for_several_results_where_there_are_very_many(tmp_path: Path) -> None:
    """Up to 400 a square is one result, above it stands for five, and says so."""
    award = "[{award: 样本奖, grade: 一等奖}]"
    files = {f"projects/2026/p{at:03}.md": project(awards=award) if at < 3 else project() for at in range(401)}
    write(tmp_path, PLAIN | files)
    tally = page(tmp_path, "").first(css="tally")
    assert "每格是馆藏的 5 项成果" in tally.text
    assert (
        tally.first(having="aria-label").attributes["aria-label"]
        == "401 项成果按等级（每格 5 项）：一等、金奖 3 项，其他 398 项"
    )
    drawn = sum(_squares(path.attributes) for path in tally.first("svg").every("path"))
    assert drawn == 1 + 80, "3 results are one square, 398 are eighty"


def _squares(path: Mapping[str, str]) -> int:
    """How many squares a dashed path draws: one for each unit of its rows."""
    return sum(int(end) - int(start) for start, end in re.findall(r"M(\d+) [\d.]+H(\d+)", path["d"]))


# --- states ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.listed and kind.name != "story"])
def test_a_withdrawn_entry_keeps_its_address_and_says_nothing_else(tmp_path: Path, kind: str) -> None:
    """Its page names it, says that it was withdrawn and is not indexed; no other page knows of it."""
    known = next(one for one in KINDS if one.name == kind)
    fields = f"{known.title_field}: 样本撤下者\nsummary: 不该再看到的简介\nstatus: 撤下\nsources: 不该再看到的来源\n"
    text = fields if known.suffix == ".yml" else f"---\n{fields}---\n不该再看到的正文\n"
    folder = f"{known.folder}/2024" if kind == "project" else known.folder
    write(tmp_path, PLAIN | {f"{folder}/gone{known.suffix}": text, "projects/2024/other.md": project()})
    pages = pressed(tmp_path)
    html = pages.pop(f"{known.folder}/gone/")
    view = read_markup(html)
    assert view.first("h1").text == "样本撤下者"
    assert "撤下" in view.first(css="gone").first("p").text
    assert view.first("meta", having="content").attributes  # the head is there
    assert [meta.attributes["content"] for meta in view.every("meta") if meta.attributes.get("name") == "robots"] == [
        "noindex"
    ]
    assert "不该再看到" not in html
    assert not [address for address, other in pages.items() if "样本撤下者" in other]


def test_a_notice_shows_its_period_and_no_grade_yet(tmp_path: Path) -> None:
    """While the notice runs there is a band instead of a seal, here and wherever the work hangs; the award has no winner."""
    fields = {"title": "样本公示者", "status": "公示", "notice": "{start: 2026-01-05, end: 2026-01-12}"}
    files = {
        "awards/sample.yml": AWARD,
        "projects/2024/a.md": won("第一届", "一等奖", **fields),
        "projects/2024/b.md": project(title="样本别者"),
    }
    write(tmp_path, PLAIN | files)
    pages = pressed(tmp_path)
    view = read_markup(pages["projects/a/"])
    assert view.first(css="notice").text == "公示中：2026年1月5日—1月12日"
    assert "一等" not in view.text
    assert [address for address, html in pages.items() if list(read_markup(html).every(css="seal"))] == []
    assert "样本公示者" not in read_markup(pages["awards/sample/"]).text
    assert "样本公示者" in read_markup(pages["projects/"]).text


@pytest.mark.parametrize(
    ("kind", "old"), [("project", "old-id"), ("award", "old-id"), ("edition", "old-id"), ("craftsman", "people/0007")]
)
def test_a_former_address_leads_to_the_new_one(tmp_path: Path, kind: str, old: str) -> None:
    """A page at every alias says where the entry is now, leads there by itself and is not indexed."""
    known = next(one for one in KINDS if one.name == kind)
    fields = f"{known.title_field}: 样本迁居者\naliases: [{old}]\n"
    folder = f"{known.folder}/2024" if kind == "project" else known.folder
    write(
        tmp_path, PLAIN | {f"{folder}/here{known.suffix}": fields if known.suffix == ".yml" else f"---\n{fields}---\n"}
    )
    address = f"{old}/" if "/" in old else f"{known.folder}/{old}/"
    view = page(tmp_path, address)
    target = f"../../{known.folder}/here/"
    assert view.first("main", "div", css="lost").first("a").href == target
    metas = {
        meta.attributes.get("name") or meta.attributes.get("http-equiv"): meta.attributes.get("content")
        for meta in view.every("meta")
    }
    assert metas["refresh"] == f"0; url={target}"
    assert metas["robots"] == "noindex"


def test_drafts_are_nowhere(tmp_path: Path) -> None:
    """No page, card, cover, count or word of a draft's text; one who refers to it shows its name alone."""
    text = (
        "---\nname: 样本未成者\nstatus: 草稿\nsummary: 还没写完的简介\nsources: 还没写完的来源\n---\n还没写完的正文\n"
    )
    files = {
        "craftsmen/draft.md": text,
        "studios/draft.md": text,
        "projects/2024/a.md": project(people="draft", organisations="样本厂"),
    }
    write(tmp_path, PLAIN | files)
    pages = pressed(tmp_path)
    assert not [address for address in pages if "draft" in address]
    assert "还没写完" not in "".join(pages.values())
    view = read_markup(pages["projects/a/"])
    assert not [link for link in view.every("a") if "draft" in link.href]
    assert facts(view)["主要完成人"] == "样本未成者"
    assert not [
        address for address, html in pages.items() if "样本未成者" in html and "projects/a/" not in f"{address}{html}"
    ]


def test_an_organisation_that_is_only_named_has_a_page(tmp_path: Path) -> None:
    """It shows what names it and says nothing it does not know."""
    write(
        tmp_path,
        PLAIN
        | {
            "projects/2024/a.md": project(title="样本甲", organisations="样本铸造厂"),
            "craftsmen/one.md": person("甲某", organisation="样本铸造厂"),
        },
    )
    pages = pressed(tmp_path)
    view = read_markup(pages["organisations/yang-ben-zhu-zao-chang/"])
    assert view.first("h1").text == "样本铸造厂"
    groups = {group.first("h2").text: group for group in view.every("section", css="group")}
    assert list(groups) == ["成果", "人物"]
    assert "样本铸造厂" in read_markup(pages["organisations/"]).text
    assert "projects/a/" in [link.href.removeprefix("../../") for link in view.every("a")]


def test_what_does_not_fit_on_an_organisation_s_page_has_a_list(tmp_path: Path) -> None:
    """Twelve are shown, all stand in a list at an address below."""
    write(
        tmp_path,
        PLAIN
        | {f"projects/2024/p{at:02}.md": project(title=f"样本{at:02}", organisations="样本厂") for at in range(30)},
    )
    pages = {address: read_markup(html) for address, html in pressed(tmp_path).items()}
    group = pages["organisations/yang-ben-chang/"].first("section", css="group")
    assert len([*group.every(css="work"), *group.every(css="row")]) == 12
    assert group.first("a", css="more").text == "全部 30 项"
    assert group.first("a", css="more").href == "../../organisations/yang-ben-chang/projects/"
    rest = [pages[f"organisations/yang-ben-chang/projects/{tail}"] for tail in ("", "page/2/")]
    assert [len(list(view.first(css="list__m").every(css="row"))) for view in rest] == [24, 6]


# --- embedding -------------------------------------------------------------------------------------------------------

TEXT = """\
开头。

[[展品: a]]

```
[[展品: nobody]]
```

~~~text
[[展品墙: 行业=没有]]
~~~

    [[展品: in-indented-code]]

句中的 [[展品: a]] 不算。

[[展品墙：行业=样本业 最多=2]]
[[card: project/b]]
"""


def test_embeddings_become_cards_and_code_stays_code(tmp_path: Path) -> None:
    """Only a directive alone on its line, outside of code, is one."""
    files = {f"projects/2024/{name}.md": project(title=f"样本{name}", industry="样本业") for name in "abc"}
    deck = deck_at(write(tmp_path, PLAIN | files))
    found = embed(deck, TEXT, source="content/stories/s.md")
    assert [(one.wall, [card.title for card in one.cards]) for one in found.embeds] == [
        (False, ["样本a"]),
        (True, ["样本a", "样本b"]),
        (False, ["样本b"]),
    ]
    assert found.problems == ()
    for kept in (
        "[[展品: nobody]]",
        "[[展品墙: 行业=没有]]",
        "    [[展品: in-indented-code]]",
        "句中的 [[展品: a]] 不算。",
    ):
        assert kept in found.markdown


@pytest.mark.parametrize(
    ("directive", "code", "words"),
    [
        ("[[展品: yang-ben-jai]]", "dead-reference", "是不是“yang-ben-jia”？"),
        ("[[展品: 样本甲]]", "bad-embed", "“样本甲”不存在"),
        ("[[展品墙: 行叶=电力]]", "bad-embed", "是不是“行业”？"),
        ("[[展品墙: 行业=没有的业]]", "bad-embed", "没有展品符合条件"),
        ("[[展品墙: ]]", "bad-embed", "没有写条件"),
        ("[[展品: same]]", "bad-embed", "project/same、craftsman/same"),
    ],
)
def test_an_embedding_that_leads_nowhere_is_reported_at_its_line(
    tmp_path: Path, directive: str, code: str, words: str
) -> None:
    """A story with a dead id stops the build, with file, line, column and a guess."""
    story = f"---\ntitle: 样本专题\nsources: 样本来源\n---\n\n第一段。\n\n{directive}\n"
    files = {
        "projects/2024/yang-ben-jia.md": project(),
        "projects/2024/same.md": project(),
        "craftsmen/same.md": person("甲某"),
        "stories/s.md": story,
    }
    write(tmp_path, PLAIN | files)
    assert problems_of(tmp_path) == ()
    deck = deck_at(tmp_path)
    entry = deck.catalogue.entries["story/s"]
    (problem,) = embed(deck, entry.body, source=entry.source, first_line=entry.body_line).problems
    assert (problem.code, problem.place.path, problem.place.line, problem.place.column) == (
        code,
        "content/stories/s.md",
        8,
        1,
    )
    assert words in problem.message


# --- hostile and unusual text ----------------------------------------------------------------------------------------

PAYLOADS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</title><script>alert(1)</script>",
    "</textarea></style></script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" onerror='alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
    '<embed src="data:text/html,x">',
    '<form action="javascript:alert(1)"><button>x</button></form>',
    '<button formaction="javascript:alert(1)" data-share="1">x</button>',
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    '<meta http-equiv=refresh content="0;url=https://evil.example/">',
    "<base href=https://evil.example/>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<javascript:alert(1)>",
    "[x]\n\n[x]: javascript:alert(1)",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "{{7*7}}{% raw %}{{ site }}{% endraw %}",
    "%%base%%<script>alert(1)</script>",
    "<!--slot:content--><!--slot:head-->",
    '<p data-search="1"><a data-search href="/">x</a><input data-search-field></p>',
)
FORBIDDEN = (
    "script",
    "iframe",
    "style",
    "form",
    "object",
    "embed",
    "base",
    "input",
    "button",
    "template",
    "math",
    "noscript",
)
OURS = "data-"
"""How an attribute begins by which such an element of the theme is known; no text can bring one."""


def injected(view: Node) -> list[str]:
    """What a page must never hold, whoever wrote the text."""
    faults = []
    for node in view.every():
        if node.tag in FORBIDDEN and not any(name.startswith(OURS) for name in node.attributes):
            faults.append(f"<{node.tag}>")
        for name, value in node.attributes.items():
            scheme = re.sub(r"[\s\x00-\x20]", "", value).lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction"}:
                faults.append(f"<{node.tag} {name}={value!r}>")
            if name in {"href", "src", "xlink:href", "action", "data"} and scheme.startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                faults.append(f"<{node.tag} {name}={value!r}>")
            if name in {"href", "src"} and "evil.example" in value:
                faults.append(f"<{node.tag} {name}={value!r}>")
    return faults


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_of_entries_is_sanitised(payload: str) -> None:
    """Alone, in a paragraph, a list, a quotation and a table: nothing that acts comes through, nor the mark of ours."""
    for text in (
        payload,
        f"前面 {payload} 后面",
        f"- {payload}",
        f"> {payload}",
        f"| 甲 |\n|---|\n| {payload} |",
        f"# {payload}",
    ):
        view = read_markup(f"<div>{markdown(text)}</div>")
        assert injected(view) == []
        assert not [name for node in view.every() for name in node.attributes if name.startswith(OURS)]


def _file(fields: Mapping[str, object], body: str = "") -> str:
    """A file with these fields; JSON is YAML, so that any text can stand in a field."""
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{body}\n" if body else lines


def hostile(payload: str) -> dict[str, str]:
    """An exhibition that says this in every field where a visitor may see it."""
    bad = payload
    one = [bad]
    common = {
        "summary": bad,
        "tags": one,
        "sources": [{"title": bad, "outlet": bad, "kind": "official", "url": bad}],
        "figures": [{"value": bad, "unit": bad, "label": bad, "source": bad}],
        "attachments": [{"file": "a.pdf", "title": bad}],
    }
    shown = common | {
        "pictures": [
            {"file": "a.jpg", "alt": bad, "caption": bad, "credit": bad},
            {"file": "b.jpg", "alt": bad},
        ]
    }
    result = shown | {
        "title": bad,
        "title_lines": [bad, bad],
        "publish_name": bad,
        "year": 2023,
        "industry": bad,
        "region": bad,
        "result_types": one,
        "organisations": [{"organisation": bad, "role": bad}],
        "people": [{"person": bad, "role": bad}],
        "studio": bad,
        "team": bad,
        "union": bad,
        "awards": [{"award": bad, "grade": bad, "session": bad}],
        "patents": [{"number": bad, "type": bad, "title": bad}],
        "problem": bad,
        "innovation_points": one,
        "measures": bad,
        "effects": one,
        "application": bad,
        "benefit": {"annual": 5, "note": bad, "social": bad, "payback": bad},
        "transfer": {"status": bad, "mode": bad, "note": bad, "contact": bad},
        "indicators": [{"name": bad, "before": bad, "after": bad}],
    }
    method = result | {
        "trade": bad,
        "essence": bad,
        "record": bad,
        "key_points": one,
        "steps": [{"title": bad, "text": bad, "point": bad}],
    }
    person_ = shown | {
        "name": bad,
        "organisation": bad,
        "trade": bad,
        "honours": [{"honour": bad, "grade": bad, "session": bad, "year": 2020}],
        "feat": bad,
        "achievements": one,
        "quotation": bad,
        "mentor": bad,
        "apprentices": one,
    }
    studio = common | {
        "name": bad,
        "field": bad,
        "leads": ["c", bad],
        "members": [{"person": bad, "role": bad}],
        "levels": [{"level": bad, "by": bad, "batch": bad, "year": 2020}],
        "reviews": [{"year": 2020, "outcome": bad, "note": bad}],
        "activities": [{"date": "2020-01-02", "title": bad, "note": bad}],
    }
    award = common | {
        "name": bad,
        "organisers": one,
        "rules": one,
        "grades": [{"name": bad}],
        "sessions": [{"name": bad, "year": 2020, "note": bad, "quotas": {bad: 3}}],
    }
    event = common | {
        "title": bad,
        "kind": bad,
        "series": bad,
        "theme": bad,
        "place": bad,
        "agenda": [{"time": bad, "title": bad, "note": bad}],
    }
    house = common | {"name": bad, "short_name": bad, "names": one, "industry": bad, "region": bad}
    halls = [
        {"id": "one", "title": bad, "intro": bad, "where": {"种类": ["成果"]}},
        {"id": "two", "title": bad, "where": {"种类": ["人物"]}},
    ]
    edition = common | {
        "title": bad,
        "years": bad,
        "theme": bad,
        "organisers": one,
        "halls": halls,
        "numbers": [{"value": bad, "label": bad}],
    }
    return {
        "editions/2024.yml": _file(edition),
        "projects/2024/a.md": _file(result, payload),
        "projects/2024/b.md": _file(result, payload),
        "methods/m.md": _file(method, payload),
        "craftsmen/c.md": _file(person_, payload),
        "studios/s.md": _file(studio, payload),
        "awards/w.yml": _file(award),
        "events/e.md": _file(event, payload),
        "organisations/o.yml": _file(house),
        "stories/t.md": _file(common | {"title": bad, "subtitle": bad, "author": bad}, payload),
    }


@pytest.mark.parametrize(
    "payload",
    [
        PAYLOADS[0],
        PAYLOADS[3],
        PAYLOADS[41],
        PAYLOADS[21],
        PAYLOADS[45],
        PAYLOADS[46],
        "' \" < > & </h1>",
        "`${7*7}` {{7*7}} {%7%}",
    ],
)
def test_hostile_text_in_every_field_stays_text(tmp_path: Path, payload: str) -> None:
    """On every page: no element, attribute or address comes out of a text, and the title reads as it was typed."""
    write(tmp_path, hostile(payload))
    pages = {address: read_markup(html) for address, html in pressed(tmp_path).items()}
    assert {address: faults for address, view in pages.items() if (faults := injected(view))} == {}
    assert " ".join(payload.split()) in pages["craftsmen/c/"].first("h1").text
    assert pages["craftsmen/c/"].first("title").text.startswith(" ".join(payload.split()))
    assert {len(list(view.every("title"))) for view in pages.values()} == {1}
    assert not [address for address, view in pages.items() if "49" in view.text and "{{7*7}}" in payload]


def test_a_huge_title_is_a_page_like_any_other(tmp_path: Path) -> None:
    """Two thousand characters without a break: the page stands, its description stays short."""
    title = "超长样本标题" * 330
    write(
        tmp_path,
        PLAIN
        | {
            "projects/2024/a.md": project(title=title, organisations="样本厂"),
            "projects/2024/b.md": project(organisations="样本厂"),
        },
    )
    view = page(tmp_path, "projects/a/")
    assert view.first("h1").text == title
    description = next(
        meta.attributes["content"] for meta in view.every("meta") if meta.attributes.get("name") == "description"
    )
    assert len(description) <= 120


@pytest.mark.parametrize(
    "name",
    ["Jane Sample", "阿卜杜样本·买买提样", "样本措·才让卓玛样", "Ø. Sample-Müller", "欧阳样本", "李样", "𠮷样本", "A"],
)
def test_names_of_all_peoples_are_shown_as_written(tmp_path: Path, name: str) -> None:
    """Latin, middle dots, rare characters: whole in the heading, in lists and in links; only two Chinese characters are spaced."""
    write(
        tmp_path,
        PLAIN
        | {
            "craftsmen/one.md": person(name),
            "craftsmen/two.md": person("样本者"),
            "projects/2024/a.md": project(people="one"),
        },
    )
    pages = {address: read_markup(html) for address, html in pressed(tmp_path).items()}
    assert pages["craftsmen/one/"].first("h1").text == name
    said = [node.text for node in pages["craftsmen/one/"].every("dd")]
    assert name not in said, "the name is no pinyin of itself"
    spaced = f"{name[0]} {name[1]}" if name == "李样" else name
    assert spaced in titles(pages["craftsmen/"].every(css="row"))
    assert spaced in [node.text for node in pages["projects/a/"].every(css="person__n")]
    assert [link.text for link in pages[""].first(css="names").every("a")].count(f"{spaced} （有成果在展）") == 1


# --- pages that MkDocs renders ---------------------------------------------------------------------------------------

STORY = """\
---
title: 样本恶文
summary: 样本简介
aliases: [old-story]
sources: 样本来源
---

## 头一节

[[展品: yang-ben-jia]]

```
[[展品: nobody]]
```

| 甲 | 乙 |
|---|---|
| 1 | 2 |

注一[^1]。

[^1]: 样本注。

## 次一节

[[展品墙: 种类=成果 最多=2]]
"""


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Node]:
    """The pages of a small exhibition built whole, with a hostile story and a withdrawn one."""
    root = exhibition(tmp_path_factory.mktemp("small"))
    gone = "---\ntitle: 样本撤文\nstatus: 撤下\nsummary: 不该再看到的简介\nsources: 样本来源\n---\n不该再看到的正文\n"
    hostile_text = "\n\n".join(f"{payload}\n\n段落 {payload} 完" for payload in PAYLOADS if "<!--" not in payload)
    write(
        root,
        {
            "stories/bad.md": STORY + "\n" + hostile_text,
            "stories/good.md": STORY.replace("恶文", "善文").replace("old-story", "older"),
            "stories/gone.md": gone,
            "pages/stories/bad/x": "what the hostile texts ask for is there: a dead link would end the build",
        },
    )
    site = build(root)
    pages = pages_of(site)
    assert dead_links(site, {address: view for address, view in pages.items() if address != "stories/bad/"}) == []
    return pages


def test_every_page_has_the_four_scripts_of_the_frame_and_no_other(small_site: dict[str, Node]) -> None:
    """All are files of the site; the pages of search and of the visitor's own list have more, identifiers none."""
    further = {"favourites/": ["favourites-page.js"], "search/": ["manifest.js", "engine.js", "list.js"]}
    for address, view in small_site.items():
        if address.startswith("id/"):
            assert not list(view.every("script")), address
            continue
        code = [one for one in view.every("script") if one.attributes.get("type") != "application/ld+json"]
        names = [script.attributes.get("src", "").rpartition("/")[2] for script in code]
        own = further.get(address, [])
        assert names == ["prefs.js", "exhibition.js", "favourites.js", "boot.js", *own], address
        assert not [script for script in code if script.text or script.inside], address


def test_markdown_of_stories_is_sanitised(small_site: dict[str, Node]) -> None:
    """What editors write in a story acts no more than in any other entry."""
    assert injected(small_site["stories/bad/"].first(css="written__text")) == []


def test_a_story_shows_what_it_embeds_and_keeps_code_as_code(small_site: dict[str, Node]) -> None:
    """Cards and walls stand where they were put; tables, notes and chapters are those of MkDocs."""
    text = small_site["stories/good/"].first(css="written__text")
    walls = [titles(one.every(css="work")) for one in text.every(css="embed")]
    assert walls == [["样本甲成果"], ["样本乙成果", "样本甲成果"]]
    assert "[[展品: nobody]]" in text.first("code").text
    assert [cell.text for cell in text.first("table").every("td")] == ["1", "2"]
    assert [head.attributes["id"] != "" for head in text.every("h2") if head.text in {"头一节", "次一节"}] == [
        True,
        True,
    ]
    assert text.first(css="footnote-ref").href.startswith("#fn")


def test_a_withdrawn_story_keeps_its_address(small_site: dict[str, Node]) -> None:
    """Stories are entries like others, though MkDocs renders them."""
    view = small_site["stories/gone/"]
    assert "撤下" in view.first(css="gone").text
    assert "不该再看到" not in view.text
    others = [page_ for address, page_ in small_site.items() if address != "id/story/gone/"]
    assert not [link for page_ in others for link in page_.every("a") if "stories/gone/" in link.href]


def test_a_story_s_former_address_leads_to_the_new_one(small_site: dict[str, Node]) -> None:
    """Also for what MkDocs renders."""
    assert small_site["stories/old-story/"].first(css="lost__link").href == "../../stories/bad/"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"editions/2024.yml": "title: 2024 样本展期\n"},
        {"craftsmen/one.md": person("甲某")},
        {"methods/m.md": "---\ntitle: 样本操作法\nsources: 样本来源\n---\n"},
        {
            "editions/2024.yml": "title: 样本\nhalls: [{id: one, title: 样本厅, where: {种类: [成果]}}]\n",
            "projects/2024/a.md": project(),
        },
    ],
    ids=["nothing", "an edition without results", "one person", "one method", "one hall"],
)
def test_a_young_exhibition_builds_whole_without_a_dead_link(tmp_path: Path, files: Mapping[str, str]) -> None:
    """Menus, footer, home page and the missing page lead only to what is there."""
    site = build(exhibition(tmp_path / "exhibition", files))
    pages = pages_of(site)
    assert pages[""].first("h1").text
    assert dead_links(site, pages) == []
