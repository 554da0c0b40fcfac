"""Every rule on two minimal samples of made-up entries: one that breaks it and one that keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small import catalogue_of, project, write

from site_builder.intake.content import read_content
from site_builder.model.demands import MEASURES, UNITS
from site_builder.model.problems import CODES, Severity
from site_builder.rules.checking import check_rules, findings_of
from site_builder.rules.table import RULES, rule_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.finding import Finding

PROJECT = Path(__file__).resolve().parent.parent
AS_OF = "2026-06-30"
Files = dict[str, str]


def award(*lines: str, demand: str = "", **more: str) -> str:
    """The file of an award; ``demand`` is the inside of one demand."""
    fields = {"name": "样本奖", **more}
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    demands = f"demands:\n  - {{{demand}, document: 样本文件, article: 第一条}}\n" if demand else ""
    return "\n".join([f"{text}{demands}".rstrip("\n"), *lines, ""])


def won(count: int, grade: str = "一等奖", *, session: str = "第一届", **fields: str) -> Files:
    """So many projects that won the sample award."""
    return {
        f"projects/2026/p{at}.md": project(
            title=f"样本成果{'甲乙丙丁戊己'[at]}",
            awards=f"[{{award: yang-ben, grade: {grade}, session: {session}}}]",
            **fields,
        )
        for at in range(count)
    }


def craftsman(name: str = "样本人", **fields: str) -> str:
    """The file of a person on a list."""
    return entry(name=name, **{"honours": "[样本称号]", **fields})


def entry(**fields: str) -> str:
    """The file of any entry with these lines."""
    lines = "".join(f"{name}: {value}\n" for name, value in {"sources": "样本来源", **fields}.items())
    return f"---\n{lines}---\n"


def studio(demand: str, **fields: str) -> Files:
    """A studio that holds the sample award, which makes this demand."""
    held = {"name": "样本工作室", "honours": "[{honour: yang-ben, year: 2025}]", **fields}
    return {"awards/yang-ben.yml": award(demand=demand, subject="创新工作室"), "studios/s.md": entry(**held)}


def plan(target: str, reached: str = "", end: str = "2027") -> Files:
    """A plan with one target."""
    more = f"reached:\n  - {{{reached}, source: 样本公报}}\n" if reached else ""
    text = (
        f"title: 样本计划\nperiod: {{start: 2022, end: {end}}}\n"
        f"targets:\n  - {{label: 样本目标, {target}, document: 样本文件}}\n{more}"
    )
    return {"plans/p.yml": text}


GRADES = "grades:\n  - {name: 一等奖, quota: 2, prize: 10万元}\n  - {name: 二等奖}"
SESSION = "sessions:\n  - {{name: 第一届, year: 2025, {0}}}"
CADENCE = "sessions:\n  - {{name: {0}, year: {1}}}\n  - {{name: {2}, year: {3}}}"


def sessions(first: str, one: int, second: str, other: int, *, cadence: str = "2") -> Files:
    """An award with two sessions."""
    return {"awards/yang-ben.yml": award(CADENCE.format(first, one, second, other), cadence=cadence)}


def skilled(level: str) -> Files:
    """A studio whose lead has this skill."""
    lead = {"craftsmen/l.md": craftsman(skill_levels=level)}
    vocabulary = "title: 技能等级\nterms:\n  - {label: 高级工, rank: 4}\n  - {label: 技师, rank: 5}\n"
    demanded = studio("measure: 领衔人技能等级, values: [技师]", leads="[l]")
    return {**demanded, **lead, "vocabularies/skill-levels.yml": vocabulary}


def benefit(inside: str, **fields: str) -> Files:
    """A project with this benefit."""
    return {"projects/2026/p.md": project(benefit=f"{{{inside}}}", **fields)}


def twins(first: Mapping[str, str], second: Mapping[str, str], edition: str = "2026") -> Files:
    """Two results."""
    return {"projects/2026/a.md": project(**first), f"projects/{edition}/b.md": project(**second)}


HANDS = {"people": "[样本甲]", "organisations": "[样本一厂]"}
LONG = "样本输电线路绝缘子带电更换装置"


@dataclass(frozen=True)
class Sample:
    """Files that break a rule, files that keep it, and what the finding must name."""

    breaks: Files
    keeps: Files
    says: str
    place: str = field(default="")


SAMPLES: dict[str, Sample] = {
    "quota-exceeded": Sample(
        {"awards/yang-ben.yml": award(GRADES), **won(3)}, {"awards/yang-ben.yml": award(GRADES), **won(2)}, "名额 2"
    ),
    "session-list-exceeded": Sample(
        {"awards/yang-ben.yml": award(GRADES, SESSION.format("quotas: {一等奖: 1}")), **won(2)},
        {"awards/yang-ben.yml": award(GRADES, SESSION.format("quotas: {一等奖: 3}")), **won(3)},
        "名额 1",
    ),
    "session-total-exceeded": Sample(
        {"awards/yang-ben.yml": award(demand="measure: 每届名额, most: 2"), **won(3, "二等奖")},
        {"awards/yang-ben.yml": award(demand="measure: 每届名额, most: 2, sessions: [第二届]"), **won(3, "二等奖")},
        "收录了 3",
    ),
    "winners-more-than-stated": Sample(
        {"awards/yang-ben.yml": award(SESSION.format("winners: 1")), **won(2)},
        {"awards/yang-ben.yml": award(SESSION.format("winners: 2")), **won(2)},
        "公布获奖 1",
    ),
    "winners-fewer-than-stated": Sample(
        {"awards/yang-ben.yml": award(SESSION.format("winners: 46")), **won(1)},
        {"awards/yang-ben.yml": award(SESSION.format("entries: 46")), **won(1)},
        "收录了 1",
    ),
    "session-early": Sample(
        sessions("第一届", 2024, "第二届", 2025), sessions("第一届", 2023, "第二届", 2025), "只隔 1 年"
    ),
    "session-late": Sample(
        sessions("第一届", 2021, "第二届", 2025), sessions("第一届", 2023, "第二届", 2025), "隔了 4 年"
    ),
    "session-missing": Sample(
        sessions("第一届", 2021, "第三届", 2025), sessions("2023年", 2023, "2025年", 2025), "中间没有记录"
    ),
    "session-overdue": Sample(
        sessions("第一届", 2021, "第二届", 2023), sessions("第一届", 2022, "第二届", 2024), "2023 年"
    ),
    "share-applied-low": Sample(
        {
            "awards/yang-ben.yml": award(
                SESSION.format("entries: 100, nonpublic_entries: 69"), demand="measure: 申报中非公企业占比, least: 70%"
            )
        },
        {
            "awards/yang-ben.yml": award(
                SESSION.format("entries: 100, nonpublic_entries: 70"), demand="measure: 申报中非公企业占比, least: 70%"
            )
        },
        "占 69%",
    ),
    "share-won-low": Sample(
        {
            "awards/yang-ben.yml": award(demand="measure: 获奖中非公企业占比, least: 50%"),
            **won(1, enterprise_type="国有企业"),
        },
        {
            "awards/yang-ben.yml": award(demand="measure: 获奖中非公企业占比, least: 50%"),
            **won(1, enterprise_type="非公企业"),
        },
        "占 0%",
    ),
    "share-unrecorded": Sample(
        {"awards/yang-ben.yml": award(demand="measure: 获奖中非公企业占比, least: 50%"), **won(1)},
        {
            "awards/yang-ben.yml": award(
                SESSION.format("winners: 2, nonpublic_winners: 1"), demand="measure: 获奖中非公企业占比, least: 50%"
            )
        },
        "没法核对",
    ),
    "prize-sum-high": Sample(
        {
            "awards/yang-ben.yml": award(
                GRADES, SESSION.format("note: 样本"), demand="measure: 每届奖金总额, most: 19万元"
            )
        },
        {
            "awards/yang-ben.yml": award(
                GRADES, SESSION.format("note: 样本"), demand="measure: 每届奖金总额, most: 20万元"
            )
        },
        "20 万元",
    ),
    "prize-high": Sample(
        {
            "awards/yang-ben.yml": award(
                GRADES, SESSION.format("prizes: {一等奖: 30万元}"), demand="measure: 单项奖金, most: 20万元"
            )
        },
        {"awards/yang-ben.yml": award(GRADES, SESSION.format("note: 样本"), demand="measure: 单项奖金, most: 20万元")},
        "30 万元",
    ),
    "author-excluded": Sample(
        {
            "awards/yang-ben.yml": award(demand="measure: 第一完成人不含, values: [企业负责人, 总经理]"),
            **won(1, people="[{person: 样本甲, order: 2}, {person: 样本乙, role: 总经理, order: 1}]"),
        },
        {
            "awards/yang-ben.yml": award(demand="measure: 第一完成人不含, values: [企业负责人, 总经理]"),
            **won(1, people="[{person: 样本甲, role: 总经理助理}, {person: 样本乙, role: 总经理}]"),
        },
        "样本乙是总经理",
    ),
    "author-too-often": Sample(
        {"awards/yang-ben.yml": award(demand="measure: 每人任第一完成人次数, most: 1"), **won(2, people="[样本甲]")},
        {"awards/yang-ben.yml": award(demand="measure: 每人任第一完成人次数, most: 2"), **won(2, people="[样本甲]")},
        "任 2 项",
    ),
    "holder-of-other-kind": Sample(
        {
            "awards/yang-ben.yml": award(demand="measure: 单位性质, values: [非公企业]"),
            **won(1, enterprise_type="国有企业"),
        },
        {
            "awards/yang-ben.yml": award(demand="measure: 单位性质, values: [非公企业]"),
            **won(1, enterprise_type="非公企业"),
        },
        "是国有企业",
    ),
    "holder-without-union": Sample(
        {"awards/yang-ben.yml": award(demand="measure: 有工会组织"), **won(1)},
        {
            "awards/yang-ben.yml": award(demand="measure: 有工会组织"),
            "organisations/o.yml": "name: 样本一厂\nunion: 样本区总工会\n",
            **won(1, organisations="[o]"),
        },
        "没有写所属工会",
    ),
    "notice-running": Sample(
        {"projects/2026/p.md": project(status="公示", notice="{start: 2026-06-25, end: 2026-06-30}")},
        {"projects/2026/p.md": project(status="公示", notice="{start: 2026-06-25, end: 2026-06-29}")},
        "公示到2026年6月30日",
    ),
    "notice-ended": Sample(
        {"projects/2026/p.md": project(status="公示", notice="{start: 2026-06-25, end: 2026-06-29}")},
        {"projects/2026/p.md": project(notice="{start: 2026-06-25, end: 2026-06-29}")},
        "已经结束",
    ),
    "published-in-notice": Sample(
        {"projects/2026/p.md": project(notice="{start: 2026-06-25, end: 2026-07-01}")},
        {"projects/2026/p.md": project(notice="{start: 2026-06-25, end: 2026-06-29}")},
        "已经发布",
    ),
    "notice-short": Sample(
        {
            "awards/yang-ben.yml": award(demand="measure: 公示天数, least: 5"),
            **won(1, notice="{start: 2026-05-01, end: 2026-05-04}"),
        },
        {
            "awards/yang-ben.yml": award(demand="measure: 公示天数, least: 5"),
            **won(1, notice="{start: 2026-05-01, end: 2026-05-05}"),
        },
        "公示 4 天",
    ),
    "named-twice": Sample(
        {
            "awards/yang-ben.yml": award(),
            "bases/a.md": entry(name="样本基地", honours="[{honour: yang-ben, session: 第一批}]"),
            "bases/b.md": entry(name="“样本”基地", honours="[{honour: yang-ben, session: 第一批}]"),
        },
        {
            "awards/yang-ben.yml": award(),
            "bases/a.md": entry(name="样本基地", honours="[{honour: yang-ben, session: 第一批}]"),
            "bases/b.md": entry(name="样本基地", honours="[{honour: yang-ben, session: 第二批}]"),
            "craftsmen/a.md": entry(name="样本人", organisation="样本一厂", honours="[{honour: yang-ben, year: 2025}]"),
            "craftsmen/b.md": entry(name="样本人", organisation="样本二厂", honours="[{honour: yang-ben, year: 2025}]"),
        },
        "另一处在 content/bases/a.md",
    ),
    "studio-lead-skill": Sample(skilled("高级工"), skilled("技师"), "高级工"),
    "studio-team-small": Sample(
        studio("measure: 团队人数, least: 3人", members_count="2"),
        studio("measure: 团队人数, least: 3人", members="[样本甲, 样本乙, 样本丙]"),
        "有 2 人",
    ),
    "studio-no-subsidy": Sample(
        studio("measure: 资助成果, least: 1"),
        {**studio("measure: 资助成果, least: 1", subsidies="[p]"), "projects/2026/p.md": project()},
        "0 项",
    ),
    "studio-inactive": Sample(
        studio("measure: 创新活动间隔, most: 1年", activities="[{date: 2025-06-29, title: 样本活动}]"),
        studio("measure: 创新活动间隔, most: 1年", activities="[{date: 2025-06-30, title: 样本活动}]"),
        "2025-06-29",
    ),
    "studio-no-activity-ledger": Sample(
        studio("measure: 日常活动台账"),
        studio("measure: 日常活动台账", activities="[{date: 2026-05, title: 样本活动}]"),
        "日常活动台账",
    ),
    "studio-no-results-ledger": Sample(
        studio("measure: 创新成果台账"),
        studio("measure: 创新成果台账", results_ledger="[{date: 2026-05, title: 样本成果}]"),
        "创新成果台账",
    ),
    "studio-review-due": Sample(
        studio("measure: 管理周期, most: 3年", honours="[{honour: yang-ben, year: 2023}]"),
        studio("measure: 管理周期, most: 3年", honours="[{honour: yang-ben, year: 2024}]"),
        "2026 年届满",
    ),
    "studio-review-overdue": Sample(
        studio("measure: 管理周期, most: 3年", honours="[{honour: yang-ben, year: 2020}]"),
        studio(
            "measure: 管理周期, most: 3年",
            honours="[{honour: yang-ben, year: 2020}]",
            reviews="[{year: 2024, outcome: 合格}]",
        ),
        "2023 年已满",
    ),
    "studio-title-lost": Sample(
        studio("measure: 不再保留的考核结果, values: [不再保留]", reviews="[{year: 2025, outcome: 不再保留}]"),
        studio(
            "measure: 不再保留的考核结果, values: [不再保留]",
            reviews="[{year: 2025, outcome: 合格}, {year: 2022, outcome: 不再保留}]",
        ),
        "2025 年考核",
    ),
    "studio-unrecorded": Sample(
        studio("measure: 团队人数, least: 3人"), studio("measure: 团队人数, least: 3人", members_count="3"), "团队人数"
    ),
    "portrait-without-consent": Sample(
        {"craftsmen/a.md": craftsman(portrait="a.jpg")},
        {"craftsmen/a.md": craftsman(portrait="a.jpg", consent="样本同意书，2026年3月")},
        "有肖像",
    ),
    "person-unsourced": Sample(
        {"craftsmen/a.md": "---\nname: 样本人\nhonours: [样本称号]\n---\n"}, {"craftsmen/a.md": craftsman()}, "没有出处"
    ),
    "person-unlisted": Sample(
        {"craftsmen/a.md": entry(name="样本人")},
        {"craftsmen/a.md": entry(name="样本人", consent="样本同意书，2026年3月")},
        "不是荣誉名单",
    ),
    "benefit-sum": Sample(
        benefit("total: 400万元, by_year: [{year: 2024, savings: 180万元}, {year: 2025, savings: 120万元}]"),
        benefit(
            "total: 300万元, by_year: [{year: 2024, savings: 180万元, sales: 900万元}, {year: 2025, savings: 120万元}]"
        ),
        "300 万元",
    ),
    "benefit-annual": Sample(
        benefit("annual: 500万元, total: 300万元"), benefit("annual: 150万元, total: 300万元"), "还多"
    ),
    "benefit-unit": Sample(
        benefit("annual: 7.5万元, note: 年创造效益7.5亿元"),
        benefit("annual: 7.5亿元, note: 年创造效益7.5亿元"),
        "7.5亿元",
    ),
    "percent-wrong": Sample(
        {"projects/2026/p.md": project(effects="[更换时间由4小时缩短到40分钟，缩短60%]")},
        {"projects/2026/p.md": project(effects="[更换时间由4小时缩短到40分钟，缩短83%]")},
        "83.3%",
    ),
    "project-twice": Sample(
        twins({"title": "样本装置的研制", **HANDS}, {"title": "“样本”装置研制", "people": "[样本甲]"}),
        twins({"title": "样本装置的研制", **HANDS}, {"title": "样本装置的研制", "people": "[样本乙]"}),
        "标题相同",
    ),
    "project-two-names": Sample(
        twins({"title": LONG, **HANDS}, {"title": f"{LONG}研制", **HANDS}),
        twins({"title": f"{LONG}1型", **HANDS}, {"title": f"{LONG}2型", **HANDS}),
        "标题相近",
    ),
    "project-two-editions": Sample(
        twins({"title": LONG, "edition": "2026", **HANDS}, {"title": LONG, "edition": "2024", **HANDS}, "2024"),
        twins(
            {"title": LONG, "edition": "2026", **HANDS}, {"title": "样本另一件成果", "edition": "2024", **HANDS}, "2024"
        ),
        "2024",
    ),
    "organisation-variants": Sample(
        twins(
            {"organisations": "[样本电缆有限公司]"},
            {"title": "样本别的", "organisations": "[样本电缆（集团）有限公司]"},
        )
        | {"organisations/o.yml": "name: 样本电缆集团\n"},
        twins({"organisations": "[样本电缆有限公司]"}, {"title": "样本别的", "organisations": "[样本电器有限公司]"}),
        "像是同一家单位",
    ),
    "edition-overlap": Sample(
        {
            "editions/2024.yml": "title: 样本甲\nyears: 2022—2024\n",
            "editions/2026.yml": "title: 样本乙\nyears: 2024—2025\n",
        },
        {
            "editions/2024.yml": "title: 样本甲\nyears: 2022—2023\n",
            "editions/2026.yml": "title: 样本乙\nyears: 2024—2025\n",
            "editions/permanent.yml": "title: 样本常设\nyears: 2000—2030\npermanent: true\n",
            "editions/old.yml": "title: 样本回顾\nyears: 2022年以前\n",
        },
        "重叠",
    ),
    "target-missed": Sample(
        plan("measure: 职工参与面, least: 70%", "measure: 职工参与面, value: 65%, date: 2025", end="2025"),
        plan("measure: 职工参与面, least: 70%", "measure: 职工参与面, value: 70%, date: 2025", end="2025"),
        "65%",
    ),
    "target-behind": Sample(
        plan("measure: 职工参与面, least: 70%", "measure: 职工参与面, value: 65%, date: 2025"),
        plan("measure: 职工参与面, least: 70%", "measure: 职工参与面, value: 71%, date: 2025"),
        "65%",
    ),
    "target-unrecorded": Sample(
        plan("measure: 目标数量, least: 1000, where: {种类: [创新工作室]}"),
        plan("measure: 目标数量, least: 1000", "measure: 目标数量, value: 1200, date: 2025"),
        "本展收录 0 个",
    ),
    "event-missed": Sample(
        {
            **plan("measure: 举办间隔, most: 2年, where: {活动类别: [推进会]}", end="2025"),
            "events/e.md": entry(title="样本推进会", kind="推进会", period="{start: 2022-05}"),
        },
        {
            **plan("measure: 举办间隔, most: 2年, where: {活动类别: [推进会]}", end="2025"),
            "events/e.md": entry(title="样本推进会", kind="推进会", period="{start: 2022-05}"),
            "events/f.md": entry(title="样本推进会二", kind="推进会", period="{start: 2025-05}"),
        },
        "2024—2025",
    ),
    "demand-incomplete": Sample(
        {"awards/yang-ben.yml": award(demand="measure: 申报中非公企业占比, least: 70")},
        {"awards/yang-ben.yml": award(demand="measure: 申报中非公企业占比, least: 70%")},
        "百分比",
    ),
}


def findings(root: Path, files: Files) -> tuple[Finding, ...]:
    """What the rules find in an exhibition of these files."""
    editions = {name: f"title: {name} 样本展期\n" for name in ("2024", "2026")}
    plain = {f"editions/{name}.yml": text for name, text in editions.items()}
    write(root, plain | files)
    return findings_of(check_rules(catalogue_of(root), AS_OF))


@pytest.mark.parametrize("code", SAMPLES)
def test_a_sample_that_breaks_the_rule_is_found(code: str, tmp_path: Path) -> None:
    """Once, with a place in one of its files, the mend of the rule, and what it is about."""
    found = [one for one in findings(tmp_path, SAMPLES[code].breaks) if one.code == code]
    assert len(found) == 1, found
    one = found[0]
    assert SAMPLES[code].says in one.message
    assert one.place.path.removeprefix("content/") in SAMPLES[code].breaks
    assert one.hint == rule_named(code).mend
    assert one.severity is rule_named(code).severity
    assert one.basis


@pytest.mark.parametrize("code", SAMPLES)
def test_a_sample_that_keeps_the_rule_passes(code: str, tmp_path: Path) -> None:
    """The nearest neighbour of the breach: the limit itself, the other session, the recorded consent."""
    assert code not in {one.code for one in findings(tmp_path, SAMPLES[code].keeps)}


TWICE = "[{award: yang-ben, grade: 一等奖, session: 第一届}, {award: yang-ben, grade: 专项奖, session: 第一届}]"
BY_ONE = award(demand="measure: 每人任第一完成人次数, most: 1")


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("session-early", sessions("第一批", 2024, "第二批", 2024)),
        (
            "share-won-low",
            {
                "awards/yang-ben.yml": award(
                    SESSION.format("winners: 2"), demand="measure: 获奖中非公企业占比, least: 50%"
                ),
                **won(1, enterprise_type="国有企业"),
            },
        ),
        (
            "author-too-often",
            {"awards/yang-ben.yml": BY_ONE, "projects/2026/p.md": project(awards=TWICE, people="[样本甲]")},
        ),
    ],
)
def test_what_looks_like_a_breach_and_is_none_passes(code: str, files: Files, tmp_path: Path) -> None:
    """Two batches of one year, winners of whom not all are known, one work that won twice."""
    assert code not in {one.code for one in findings(tmp_path, files)}


def test_a_work_that_won_twice_is_one_work_of_its_author(tmp_path: Path) -> None:
    """In what is told as well."""
    works = {f"projects/2026/{id_}.md": project(title=f"样本{id_}", awards=TWICE, people="[样本甲]") for id_ in "ab"}
    found = findings(tmp_path, {"awards/yang-ben.yml": BY_ONE, **works})
    (told,) = (one.message for one in found if one.code == "author-too-often")
    assert told == "样本甲在“样本奖”第一届任 2 项成果的第一完成人：“样本a”、“样本b”，限 1 项"


def test_what_should_come_every_year_is_missed_year_by_year(tmp_path: Path) -> None:
    """A year is no term of two."""
    held = {
        f"events/{year}.md": entry(title=f"样本会{year}", kind="推进会", period=f"{{start: {year}-05}}")
        for year in (2022, 2024)
    }
    yearly = plan("measure: 举办间隔, most: 1年, where: {活动类别: [推进会]}", end="2025")
    (told,) = (one.message for one in findings(tmp_path, {**yearly, **held}) if one.code == "event-missed")
    assert "2023、2025 年没有记录" in told


def test_every_rule_has_a_sample_and_a_source() -> None:
    """And a stable name that no other problem bears."""
    names = [rule.name for rule in RULES]
    assert sorted(SAMPLES) == sorted(names)
    assert len(set(names)) == len(names)
    assert not set(names) & {code.name for code in CODES}
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name) for name in names)
    assert all(rule.meaning and rule.source and rule.mend for rule in RULES)
    assert {rule.severity for rule in RULES} == set(Severity)


def test_the_docs_have_a_line_for_every_rule_and_measure() -> None:
    """docs/rules.md has the table of rules in its order, and every sort of demand with codes that exist."""
    text = (PROJECT / "docs/rules.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `") and line.count("|") == 6]
    wanted = [
        f"| `{rule.name}` | {rule.severity.value} | {rule.meaning} | {rule.source} | {rule.mend} |" for rule in RULES
    ]
    assert rows == wanted, "\n".join(["docs/rules.md should say:", *wanted])
    measures = [line.split("|") for line in text.splitlines() if line.startswith("| `") and line.count("|") == 5]
    assert [cells[1].strip(" `") for cells in measures] == list(MEASURES)
    names = {rule.name for rule in RULES}
    assert all(set(re.findall(r"`([a-z-]+)`", cells[4])) <= names for cells in measures)


def test_every_measure_has_a_unit() -> None:
    """Limits are shown with it."""
    assert set(UNITS) == set(MEASURES)


ODD = {
    "awards/yang-ben.yml": award(
        "sessions:\n  - {name: 第十十届, year: 2025, quotas: {无此等级: 0}, prizes: {无此等级: 1万元}}\n  - {name: 第二三届, year: 2025}",
        demand="measure: 管理周期",
        cadence="1",
    ),
    "projects/2026/p.md": project(
        awards="[{award: yang-ben}]",
        notice="{start: 2026, end: 2026-02}",
        benefit="{annual: 0, total: 0, note: 由0到0，减少0%}",
        indicators="[{name: 样本, before: 0次, after: 0次（减少100%）}, {name: 样本, after: 快}]",
        effects="[由9999999999999999999999分钟缩短到1秒，缩短99.99%]",
    ),
    "studios/s.md": entry(name="样本", honours="[{honour: yang-ben}]", reviews="[{year: 2030, outcome: 合格}]"),
    "plans/p.yml": (
        "title: 样本计划\nperiod: {start: 2030, end: 2020}\ntargets:\n"
        "  - {label: 甲, measure: 举办间隔, most: 0, document: 样本文件, where: {种类: [展期]}}\n"
        "  - {label: 乙, measure: 举办间隔, most: 100, document: 样本文件}\n"
        "  - {label: 丙, measure: 目标数量, least: 1, document: 样本文件, where: {无此条件: [样本]}}\n"
    ),
}
"""Values that read well and mean nothing."""


def test_odd_values_end_in_findings_and_not_in_a_traceback(tmp_path: Path) -> None:
    """Zeroes, periods that run backwards, sessions of no number, conditions that nobody knows."""
    found = findings(tmp_path, ODD)
    said = {one.message for one in found if one.code == "demand-incomplete"}
    assert any("没有写几年" in words for words in said)
    assert any("没有“无此条件”这个条件" in words for words in said)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("measure: 每届名量, document: 样本文件", "每届名量"),
        ("measure: 每届名额, most: 五十, document: 样本文件", "五十"),
        ("measure: 每届名额, most: 50", "文件"),
    ],
)
def test_a_demand_that_does_not_read_is_told_by_the_plain_check(tmp_path: Path, wrong: str, says: str) -> None:
    """An unknown word, a limit that is no number, no document: an error at the line, before any rule is asked."""
    text = f"name: 样本奖\ndemands:\n  - {{{wrong}}}\n"
    content = read_content(write(tmp_path, {"awards/a.yml": text}))
    assert len(content.problems) == 1
    assert says in content.problems[0].message
    assert content.problems[0].severity is Severity.ERROR
    assert "草稿" not in f"{content.problems[0]}"


def test_an_unknown_sort_of_demand_is_guessed(tmp_path: Path) -> None:
    """The hint lists what may be written, the nearest first."""
    text = "name: 样本奖\ndemands:\n  - {measure: 每届名量, document: 样本文件}\n"
    hint = read_content(write(tmp_path, {"awards/a.yml": text})).problems[0].hint
    assert hint.startswith("是不是“每届名额”？可以写：每届名额、")
