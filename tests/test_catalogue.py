"""The catalogue: references, names, facets, order and the problems that only the whole shows."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from small import PLAIN, catalogue_of, codes_of, problems_of, project, write

from site_builder.catalogue.addresses import address_of, former_addresses
from site_builder.catalogue.conditions import conditions_in
from site_builder.catalogue.registry import Referring
from site_builder.catalogue.topics import named_topic, topics_of
from site_builder.model.grades import rank_of, seal_for, stem_of

PERSON = "---\nname: {}\nsources: 样本来源\n---\n"


def test_an_id_links_and_a_name_of_a_person_does_not(tmp_path: Path) -> None:
    """Homonyms exist, so people are found by id only, even where a name matches exactly."""
    write(
        tmp_path,
        PLAIN
        | {
            "craftsmen/zhang-jia.md": PERSON.format("张甲"),
            "projects/2024/a.md": project(people="zhang-jia；张甲"),
        },
    )
    catalogue = catalogue_of(tmp_path)
    assert [source for source, _ in catalogue.backlinks["craftsman/zhang-jia"]] == ["project/a"]
    assert catalogue.registry.key_for(("craftsman",), "张甲") is None


def test_a_dead_id_is_an_error_with_a_guess(tmp_path: Path) -> None:
    """A reference that looks like an id must exist; the nearest one is offered."""
    write(
        tmp_path,
        PLAIN | {"craftsmen/zhang-jia.md": PERSON.format("张甲"), "projects/2024/a.md": project(people="zhang-jai")},
    )
    (problem,) = problems_of(tmp_path)
    assert problem.code == "dead-reference"
    assert problem.place.field == ("people", 0, "person")
    assert "是不是“zhang-jia”？" in problem.message


def test_organisations_named_by_entries_get_a_page_each(tmp_path: Path) -> None:
    """A plain name of an organisation makes its page; entries that name it are found from there."""
    write(
        tmp_path,
        PLAIN
        | {
            "projects/2024/a.md": project(organisations="样本厂"),
            "projects/2024/b.md": project(organisations="样本厂"),
        },
    )
    catalogue = catalogue_of(tmp_path)
    key = catalogue.registry.key_for(("organisation",), "样本厂")
    assert key is not None
    assert catalogue.sources_of(key, ("project",)) == ("project/a", "project/b")
    assert catalogue.entries[key].source == ""


def test_another_name_of_an_organisation_means_its_entry(tmp_path: Path) -> None:
    """Short and former names lead to the entry, so that no second page appears."""
    write(
        tmp_path,
        PLAIN
        | {
            "organisations/factory.yml": "name: 样本厂有限公司\nnames: 样本一厂；样本老厂\nshort_name: 样本厂\n",
            "projects/2024/a.md": project(organisations="样本老厂"),
        },
    )
    catalogue = catalogue_of(tmp_path)
    assert catalogue.of_kind("organisation") == ("organisation/factory",)
    assert catalogue.facets["project/a"]["organisations"] == ("样本厂有限公司",)


def test_what_references_mean_is_found_out_once_and_is_what_a_search_finds(tmp_path: Path) -> None:
    """By id, by kind and id, by one name or another, by a name alone; a reference that nobody makes is looked for."""
    files = {
        "organisations/yi.yml": "name: 样本一厂\nnames: 样本老厂\n",
        "craftsmen/zhang-san.md": "---\nname: 张三\nsources: 样本来源\n---\n",
        "projects/2024/a.md": project(people="[zhang-san, craftsman/zhang-san, 李四]", organisations="[样本一厂, yi]"),
        "projects/2026/b.md": project(organisations="[样本老厂, 样本二厂]", people="[mei-you]"),
    }
    registry = catalogue_of(write(tmp_path, PLAIN | files)).registry
    looked_for = replace(registry, meant={})
    asked = {(one.kinds, one.text) for some in registry.references.values() for one in some}
    assert asked == registry.meant.keys()
    assert [one for one in asked if registry.key_for(*one) != looked_for.key_for(*one)] == []
    people, firms = ("craftsman",), ("organisation",)
    assert [registry.key_for(people, one) for one in ("zhang-san", "李四", "mei-you")] == [
        "craftsman/zhang-san",
        None,
        None,
    ]
    assert {registry.key_for(firms, one) for one in ("样本一厂", "样本老厂", "yi")} == {"organisation/yi"}
    assert (firms, "样本三厂") not in registry.meant
    assert registry.key_for(firms, "样本三厂") is None


def test_references_are_gathered_again_where_they_were_pickled(tmp_path: Path) -> None:
    """What is kept names the entries alone."""
    root = write(tmp_path, PLAIN | {"projects/2024/a.md": project(people="[张三]", organisations="[样本一厂]")})
    registry = catalogue_of(root).registry
    again = pickle.loads(pickle.dumps(Referring({key: registry.entries[key] for key in registry.entries})))
    assert isinstance(again, Referring)
    fresh = pickle.dumps(again)
    assert dict(again) == dict(registry.references)
    assert sorted(one.text for one in again["project/a"]) == ["2024", "张三", "样本一厂"]
    assert pickle.dumps(again) == fresh
    assert "project/b" not in again


def test_names_that_sound_alike_get_addresses_of_their_own(tmp_path: Path) -> None:
    """山西 and 陕西 have the same pinyin; neither region's nor organisation's page may take the other's place."""
    write(
        tmp_path,
        PLAIN
        | {
            "projects/2024/a.md": project(region="山西", organisations="山西样本厂"),
            "projects/2024/b.md": project(region="陕西", organisations="陕西样本厂"),
        },
    )
    catalogue = catalogue_of(tmp_path)
    addresses = {topic.address for topic in topics_of(catalogue, "region")}
    assert len(addresses) == 2
    assert named_topic(catalogue, "regions", text="山西")[1] in addresses
    assert len({address_of(catalogue.entries[key]) for key in catalogue.of_kind("organisation")}) == 2


def test_drafts_are_left_out_and_references_to_them_are_no_error(tmp_path: Path) -> None:
    """An editor may refer to an entry that is still being written."""
    write(
        tmp_path,
        PLAIN
        | {
            "craftsmen/zhang-jia.md": "---\nname: 张甲\nstatus: 草稿\nsources: 样本来源\n---\n",
            "projects/2024/a.md": project(people="zhang-jia"),
        },
    )
    assert codes_of(tmp_path) == []
    assert "craftsman/zhang-jia" not in catalogue_of(tmp_path).entries


def test_withdrawn_entries_keep_their_address_and_leave_every_list(tmp_path: Path) -> None:
    """A withdrawn entry is known, but no list, group, facet or backlink has it."""
    write(
        tmp_path,
        PLAIN
        | {
            "projects/2024/a.md": project(status="撤下", industry="样本业", organisations="样本厂"),
            "projects/2024/b.md": project(),
        },
    )
    catalogue = catalogue_of(tmp_path)
    assert "project/a" in catalogue.entries
    assert catalogue.of_kind("project") == ("project/b",)
    assert ("industry", "样本业") not in catalogue.groups
    assert not catalogue.of_kind("organisation")


def test_a_grade_the_award_does_not_have_is_an_error(tmp_path: Path) -> None:
    """The grades of a described award are the only ones; the suffix 奖／成果 and a group in brackets do not matter."""
    award = "name: 样本奖\ngrades:\n  - {name: 一等奖, rank: 1}\n  - {name: 二等奖, rank: 2}\nsessions:\n  - {name: 第一届, year: 2023}\n"
    write(
        tmp_path,
        PLAIN
        | {
            "awards/sample.yml": award,
            "projects/2024/good.md": project(awards="[{award: sample, grade: 一等成果（小发明类）, session: 第一届}]"),
            "projects/2024/bad.md": project(awards="[{award: 样本奖, grade: 三等奖, session: 第二届}]"),
        },
    )
    found = {problem.code: problem for problem in problems_of(tmp_path)}
    assert sorted(found) == ["unknown-grade", "unknown-session"]
    assert found["unknown-grade"].place.field == ("awards", 0, "grade")
    assert found["unknown-grade"].place.path == "content/projects/2024/bad.md"


def test_whoever_says_the_same_wrong_grade_is_told(tmp_path: Path) -> None:
    """What is amiss with a grade is found out once, and said of each place that gives it, be it of a work or of a person."""
    wrong = "grade: 三等奖, session: 第二届"
    write(
        tmp_path,
        PLAIN
        | {
            "awards/sample.yml": "name: 样本奖\ngrades: [{name: 一等奖}]\nsessions: [{name: 第一届}]\n",
            "projects/2024/a.md": project(awards=f"[{{award: sample, {wrong}}}]"),
            "projects/2024/b.md": project(awards=f"[{{award: sample, grade: 一等奖}}, {{award: sample, {wrong}}}]"),
            "craftsmen/c.md": f"---\nname: 样本人\nsources: 样本\nhonours: [{{honour: sample, {wrong}}}]\n---\n",
        },
    )
    found = {(one.place.path.rpartition("/")[2], *one.place.field) for one in problems_of(tmp_path)}
    places = (("a.md", "awards", 0), ("b.md", "awards", 1), ("c.md", "honours", 0))
    assert found == {(*place, part) for place in places for part in ("grade", "session")}


def test_a_closed_vocabulary_refuses_and_an_open_one_accepts(tmp_path: Path) -> None:
    """Vocabularies are the union's own: closed ones name the word they miss and the nearest one."""
    write(
        tmp_path,
        PLAIN
        | {
            "vocabularies/industries.yml": "title: 行业\nterms: [电力, 冶金]\n",
            "vocabularies/regions.yml": "title: 地区\nopen: true\nterms: [样本市]\n",
            "projects/2024/a.md": project(industry="电力业", region="别处"),
        },
    )
    (problem,) = problems_of(tmp_path)
    assert problem.code == "unknown-term"
    assert "是不是“电力”？" in problem.message


def test_parents_of_a_term_count_as_its_values(tmp_path: Path) -> None:
    """An entry of 江苏无锡 is found under 江苏 as well, by any spelling of the term."""
    terms = "title: 地区\nterms:\n  - {label: 江苏, id: jiangsu}\n  - {label: 江苏无锡, id: wuxi, parent: 江苏, aliases: [无锡]}\n"
    write(tmp_path, PLAIN | {"vocabularies/regions.yml": terms, "projects/2024/a.md": project(region="无锡")})
    catalogue = catalogue_of(tmp_path)
    assert catalogue.facets["project/a"]["region"] == ("江苏无锡", "江苏")
    assert catalogue.select({"region": ("江苏",)}) == ("project/a",)
    assert catalogue.select({"region": ("无锡",)}) == ("project/a",)


def test_ids_choose_without_a_group_for_each(tmp_path: Path) -> None:
    """``编号=a,b`` is answered by the keys themselves, in the order of the list and together with other conditions."""
    sample = {
        f"projects/2024/{name}.md": project(industry=industry) for name, industry in (("a", "电力"), ("b", "冶金"))
    }
    write(tmp_path, PLAIN | sample)
    catalogue = catalogue_of(tmp_path)
    assert catalogue.select(conditions_in("编号=b,a,c").where) == ("project/a", "project/b")
    assert catalogue.select(conditions_in("编号=b,a 行业=冶金").where) == ("project/b",)
    assert not [facet for facet, _ in catalogue.groups if facet == "id"]


def test_conditions_are_or_inside_a_facet_and_and_across(tmp_path: Path) -> None:
    """``行业=电力,冶金 等级=一等`` means either trade, and first grade."""
    sample = {
        f"projects/2024/{name}.md": project(industry=industry, awards=f"[{{award: 样本奖, grade: {grade}}}]")
        for name, industry, grade in (
            ("a", "电力", "一等奖"),
            ("b", "冶金", "一等成果"),
            ("c", "采矿", "一等奖"),
            ("d", "电力", "二等奖"),
        )
    }
    write(tmp_path, PLAIN | sample)
    catalogue = catalogue_of(tmp_path)
    wanted = conditions_in("行业=电力,冶金 等级=一等奖 最多=6")
    assert wanted.limit == 6
    assert not wanted.faults
    assert set(catalogue.select(wanted.where)) == {"project/a", "project/b"}


@pytest.mark.parametrize(("text", "fault"), [("行叶=电力", "是不是“行业”？"), ("行业", "看不懂“行业”")])
def test_conditions_that_make_no_sense_say_so(text: str, fault: str) -> None:
    """An unknown facet is named with a guess; words that are no condition are quoted."""
    assert fault in "".join(conditions_in(text).faults)


def test_results_are_ordered_by_edition_then_grade(tmp_path: Path) -> None:
    """Newest edition first, highest grade first, newest year first, then by id."""
    files = {
        "projects/2024/x.md": project(awards="[{award: 样本奖, grade: 一等奖}]"),
        "projects/2026/y.md": project(awards="[{award: 样本奖, grade: 二等奖}]"),
        "projects/2026/z.md": project(awards="[{award: 样本奖, grade: 金奖}]"),
        "projects/2026/w.md": project(),
    }
    write(tmp_path, PLAIN | files)
    assert catalogue_of(tmp_path).of_kind("project") == ("project/z", "project/y", "project/w", "project/x")


def test_permanent_editions_come_after_all_others(tmp_path: Path) -> None:
    """Those with the newest year first, whatever number a permanent one has."""
    files = {f"editions/{year}.yml": f"title: {year} 样本展期\n" for year in (2022, 2026)}
    write(tmp_path, PLAIN | files | {"editions/all.yml": "title: 样本常设展\npermanent: true\norder: 9999\n"})
    assert catalogue_of(tmp_path).editions == ("edition/2026", "edition/2024", "edition/2022", "edition/all")


def test_a_naming_ranks_by_its_grade_else_by_who_names(tmp_path: Path) -> None:
    """A name of four characters at most is a seal of its own; a blank one would be a lie."""
    honours = "[样本称号, 样本大称号, 全国样本称号, {honour: 全国样本称号, grade: 三等奖}]"
    person = f"---\nname: 张甲\nsources: 样本来源\nhonours: {honours}\n---\n"
    write(tmp_path, PLAIN | {"craftsmen/zhang-jia.md": person})
    told = [(one.rank, one.seal and one.seal.text) for one in catalogue_of(tmp_path).honours["craftsman/zhang-jia"]]
    assert told == [(3, "样本称号"), (3, None), (2, None), (3, "三等奖")]


def test_people_are_ordered_by_pinyin_with_the_editor_s_say(tmp_path: Path) -> None:
    """单 as a surname is Shàn: the pinyin an editor gives decides the place in the list."""
    write(
        tmp_path,
        {
            "craftsmen/b.md": "---\nname: 单乙\npinyin: Shan Yi\nsources: 样本来源\n---\n",
            "craftsmen/a.md": PERSON.format("赵甲"),
            "craftsmen/c.md": PERSON.format("丁丙"),
        },
    )
    assert catalogue_of(tmp_path).of_kind("craftsman") == ("craftsman/c", "craftsman/b", "craftsman/a")


def test_two_entries_may_not_want_one_address(tmp_path: Path) -> None:
    """An alias that is another entry's address is reported at the alias."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(aliases="b"), "projects/2024/b.md": project()})
    problems = problems_of(tmp_path)
    assert {problem.code for problem in problems} == {"address-clash"}
    assert {problem.place.path for problem in problems} == {"content/projects/2024/a.md", "content/projects/2024/b.md"}


def test_former_addresses_are_ids_or_whole_addresses(tmp_path: Path) -> None:
    """``old-id`` stays in the kind's folder, ``2019/e01`` is taken as written."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(aliases="old-id；2019/e01/")})
    entry = catalogue_of(tmp_path).entries["project/a"]
    assert former_addresses(entry) == ("projects/old-id/", "2019/e01/")


def test_an_edition_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A project's folder names its edition, and the edition must have a file."""
    write(tmp_path, {"projects/2031/a.md": project()})
    assert codes_of(tmp_path) == ["unknown-edition"]


def test_halls_with_unknown_conditions_or_ids_are_errors(tmp_path: Path) -> None:
    """A hall's id becomes an address and its conditions must name facets."""
    edition = "title: 样本\nhalls:\n  - {id: ../x, title: 坏厅}\n  - {id: ok, title: 好厅, where: {颜色: [红]}, picks: [nobody]}\n"
    write(tmp_path, {"editions/2024.yml": edition})
    assert codes_of(tmp_path) == ["bad-condition", "bad-id", "dead-reference"]


def test_a_name_that_occurs_often_is_noted(tmp_path: Path) -> None:
    """The report lists plain names that deserve an entry."""
    write(tmp_path, PLAIN | {f"projects/2024/p{number}.md": project(organisations="常见样本厂") for number in range(5)})
    (problem,) = problems_of(tmp_path)
    assert problem.code == "frequent-name"
    assert "5 次" in problem.message


@pytest.mark.parametrize(
    ("grade", "rank", "stem"),
    [
        ("特等成果", 0, "特等"),
        ("一等奖（小发明类）", 1, "一等"),
        ("金奖", 1, "金"),
        ("二等成果", 2, "二等"),
        ("发明创新组前三名", 3, "发明创新组前三名"),
        ("优秀成果奖", 4, "优秀"),
        ("参展", 9, "参展"),
    ],
)
def test_grades_are_open_text_with_a_rank(grade: str, rank: int, stem: str) -> None:
    """Ranks as in the vocabulary of the field: 特等 0, 一等／金 1, 二等／银 2, 三等／铜 3, 优秀 4, others 9."""
    assert rank_of(grade) == rank
    assert stem_of(grade) == stem


def test_no_grade_no_seal() -> None:
    """A blank seal would be a lie."""
    assert seal_for(None) is None
    assert seal_for("") is None
    seal = seal_for("一等成果")
    assert seal is not None
    assert (seal.text, seal.rank, seal.shape) == ("一等成果", 1, "square")


def test_a_reference_with_its_kind_makes_no_page_of_its_own(tmp_path: Path) -> None:
    """``craftsman/zhang-jia`` in a field for several kinds is a reference, never the name of an award."""
    files = {
        "craftsmen/zhang-jia.md": PERSON.format("张甲"),
        "events/show.md": "---\ntitle: 样本活动\nresults: craftsman/zhang-jia；样本名称\n---\n",
    }
    write(tmp_path, PLAIN | files)
    catalogue = catalogue_of(tmp_path)
    assert catalogue.of_kind("award") == ()
    assert catalogue.sources_of("craftsman/zhang-jia", ("event",)) == ("event/show",)
