"""Files under content/ become entries, and everything that is wrong in any of them is said in one run, at its place."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.intake.advice import advise
from site_builder.intake.attachments import check_files, named_files
from site_builder.intake.content import Content, content_of, entry_files, read_content, read_file
from site_builder.intake.places import located
from site_builder.intake.reporting import as_text
from site_builder.model.entry import Entry
from site_builder.model.habits import when, year
from site_builder.model.kinds import KINDS
from site_builder.model.problems import Place, Problem, Severity, in_order

PROJECT_FILE = "content/projects/2024/gao-lu.md"
CRAFTSMAN_FILE = "content/craftsmen/zhang-san.md"
SMALL = MappingProxyType(
    {
        PROJECT_FILE: """---
成果名称: 高炉煤气余压回收
年份: 2024年
奖项:
  - 奖项: jin-jiang
    等级: 一等奖
    年份: "2024"
成果类型: [小革新, 技术改造]
主要完成人: 张三、李四
完成单位:
  - 单位: 某钢铁公司
    角色: 完成单位
效益:
  年经济效益: 1,200万元
  经济效益说明: 三年平均
图片:
  - 文件: 2024/gao-lu.svg
    替代文字: 高炉
更新日期: 2024年5月
简介: 余压发电，每年多发电一千万度。
资料来源:
  - 标题: 某报报道
    日期: 2024.5.3
---

## 经过

正文第一段。
""",
        CRAFTSMAN_FILE: """---
name: 张三
trade: 炉前工
honours:
  - honour: 上海工匠
    year: 2018
apprentices: [李四, 王五]
sources:
  - title: 某报报道
---
""",
        "content/awards/jin-jiang.yml": """name: 金奖
since: 1995
cadence: 2
grades:
  - name: 一等奖
    quota: 10
    prize: 1万元
sessions:
  - name: 第一届
    quotas: {一等奖: 10项}
""",
        "content/editions/2024.yml": """title: 第一届网上展
opening: 2024-05-01
permanent: 否
halls:
  - id: steel
    title: 钢铁
    where:
      industry: 冶金；钢铁
""",
        "content/vocabularies/industries.yml": "title: 行业\nopen: 是\nterms:\n  - 冶金\n  - label: 钢铁\n    rank: 2\n",
        "content/events/ke-ji-jie.md": "---\ntitle: 科技节\nperiod:\n  start: 2024-05\n---\n正文\n",
        "content/stories/gu-shi.md": "---\ntitle: 故事\n---\n",
        "content/unions/bao-gang.yml": "---\nname: 某工会\n",
        "content/pages/index.md": "没有资料区的普通网页\n",
        "content/media/2024/gao-lu.svg": "<svg/>\n",
    }
)


def write(root: Path, files: dict[str, str | bytes] | MappingProxyType[str, str]) -> Path:
    """Files of an exhibition, as bytes or as UTF-8 text, with line breaks as given."""
    for source, text in files.items():
        path = root / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small exhibition in which nothing is wrong."""
    return write(tmp_path, SMALL)


def said(root: Path) -> list[str]:
    """Place and code of all problems of an exhibition."""
    return [f"{p.place.path}:{p.place.line}:{p.place.column} {p.code}" for p in read_content(root).problems]


def one(root: Path, front: str, *, source: str = CRAFTSMAN_FILE) -> tuple[Entry | None, list[str]]:
    """An entry of a file with this front matter, and what is said of it: ``line:column code``."""
    write(root, {source: f"---\n{front}---\n" if source.endswith(".md") else front})
    entry, problems = read_file(root, source)
    found = [f"{p.place.line}:{p.place.column} {p.code}" for p in in_order(problems) if p.code != "no-source"]
    return entry, found


def entry_of(content: Content, key: str) -> Entry:
    """The entry of that key."""
    return next(entry for entry in content.entries if entry.key == key)


# --- what is right ---------------------------------------------------------------------------------------------------


def test_a_good_exhibition_is_read_whole(small: Path) -> None:
    """All kinds of files, sorted by path; pages and media are no entries."""
    content = read_content(small)
    assert as_text(content.problems) == ""
    assert [entry.source for entry in content.entries] == sorted(s for s in SMALL if "/pages/" not in s and "/media/" not in s)
    assert content.unread == ()
    assert check_files(content.entries, small) == ()


def test_fields_by_their_chinese_names(small: Path) -> None:
    """Labels and headings name fields, inside records too; sums, years and dates are understood."""
    data = entry_of(read_content(small), "project/gao-lu").data
    assert (data.title, data.year, data.updated) == ("高炉煤气余压回收", 2024, "2024-05")
    assert [(award.award, award.grade, award.year) for award in data.awards] == [("jin-jiang", "一等奖", 2024)]
    assert [credit.person for credit in data.people] == ["张三", "李四"]
    assert data.benefit.annual == 1200.0
    assert data.pictures[0].file == "2024/gao-lu.svg"
    assert data.sources[0].date == "2024-05-03"


def test_the_body_and_its_line(small: Path) -> None:
    """Markdown below the front matter as written; a body of blank lines is none."""
    entry = entry_of(read_content(small), "project/gao-lu")
    text = SMALL[PROJECT_FILE].split("\n")
    assert text[entry.body_line :] == entry.body.split("\n")[1:]
    assert "## 经过" in entry.body
    blank, _ = one(small, "name: 张三\n")
    assert blank is not None
    assert blank.body == ""


def test_scalars_stay_as_written(tmp_path: Path) -> None:
    """YAML's own guesses at types are switched off: NO is no boolean, 007 no number, a day no date object."""
    front = "name: NO\ntrade: 007\nfeat: 1e3\nregion: 0x1F\nquotation: 2024-05-01\nmentor: 12:30:45\ntags: [yes, ~x, 1_000]\n"
    entry, problems = one(tmp_path, front)
    assert problems == []
    assert entry is not None
    data = entry.data
    assert (data.name, data.trade, data.feat, data.region) == ("NO", "007", "1e3", "0x1F")
    assert (data.quotation, data.mentor, data.tags) == ("2024-05-01", "12:30:45", ("yes", "~x", "1_000"))


def test_empty_fields_count_as_not_written(tmp_path: Path) -> None:
    """Templates may keep lines without a value; a quoted null is text."""
    entry, problems = one(tmp_path, "name: 张三\ntags:\nhonours: ~\nregion: null\nfeat: 'null'\nsummary:   # 以后再写\n")
    assert problems == []
    assert entry is not None
    assert (entry.data.tags, entry.data.honours, entry.data.region, entry.data.feat) == ((), (), None, "null")


def test_keys_forgive_width_case_and_spaces(tmp_path: Path) -> None:
    """``Name``, full-width letters and both sorts of brackets mean the same field."""
    entry, problems = one(tmp_path, "Ｎａｍｅ: 某基地\n经济效益(万元): 12\n", source="content/bases/ji-di.md")
    assert problems == []
    assert entry is not None
    assert (entry.data.name, entry.data.benefit) == ("某基地", 12.0)


def test_the_folder_gives_the_edition(small: Path) -> None:
    """A project that names no edition belongs to its folder's; directly under projects/ it has none."""
    assert entry_of(read_content(small), "project/gao-lu").data.edition == "2024"
    entry, problems = one(small, "title: 无展期\n", source="content/projects/wu.md")
    assert problems == []
    assert entry is not None
    assert entry.data.edition is None


def test_yes_and_no(small: Path) -> None:
    """Editors answer in Chinese."""
    content = read_content(small)
    assert entry_of(content, "edition/2024").data.permanent is False
    assert entry_of(content, "vocabulary/industries").data.open is True


def test_files_that_are_none_of_ours_are_passed_over(small: Path) -> None:
    """Hidden files, notes, and what office programs and systems leave behind."""
    names = (".hidden.md", "README.md", "readme.MD", "~$gao-lu.md", ".DS_Store", "Thumbs.db", "desktop.ini", "a.md~")
    write(small, {f"{folder}/{name}": "x" for folder in ("content", "content/craftsmen") for name in names})
    write(small, {"content/.git/config": "x"})
    assert said(small) == []


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_byte_order_marks_and_line_endings(tmp_path: Path, prefix: bytes, ending: str) -> None:
    """All are read alike, with the same lines and columns."""
    text = "---\nname: 张三\nfeat: |\n  第一行\n  第二行\nyears_in_trade: 很久\n---\n正文\n".replace("\n", ending)
    write(tmp_path, {CRAFTSMAN_FILE: prefix + text.encode()})
    entry, problems = read_file(tmp_path, CRAFTSMAN_FILE)
    assert entry is not None
    assert (entry.data.feat, entry.body, entry.body_line) == ("第一行\n第二行", "正文\n", 8)
    assert ("bad-number", 6, 17) in [(p.code, p.place.line, p.place.column) for p in problems]


def test_workers_read_the_same(small: Path) -> None:
    """Threads, processes and this process find the same entries and problems; entries can be pickled."""
    write(small, {f"content/craftsmen/p-{number}.md": f"---\nname: 甲{number}\nage: 3\n---\n" for number in range(150)})
    content = read_content(small)
    with ThreadPoolExecutor(2) as threads:
        assert read_content(small, executor=threads) == content
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert read_content(small, executor=processes) == content
    assert pickle.loads(pickle.dumps(content)) == content
    assert len(content.entries) == 158


def test_files_can_be_read_one_by_one(small: Path) -> None:
    """As the preview does: the same content as in one go, where folders hold no problem."""
    sources = list(entry_files(small))
    assert sources == sorted(sources)
    read = {source: read_file(small, source) for source in reversed(sources)}
    assert content_of(read) == read_content(small)


# --- many faults, one run --------------------------------------------------------------------------------------------

PLANTED = (
    (PROJECT_FILE, "年份: 2024年", "年份: 二四年", "bad-year"),
    (PROJECT_FILE, "    等级: 一等奖\n", "    等级: 一等奖\n    grade: 二等奖\n", "duplicate-key"),
    (PROJECT_FILE, "成果类型: [小革新, 技术改造]", "成果类行: [小革新]", "unknown-field"),
    (PROJECT_FILE, "  - 单位: 某钢铁公司", "  - 单位：某钢铁公司", "yaml-colon"),
    (PROJECT_FILE, "  年经济效益: 1,200万元", "  年经济效益: 一千多", "bad-money"),
    (PROJECT_FILE, "更新日期: 2024年5月", "更新日期: 去年", "bad-date"),
    (PROJECT_FILE, "简介: 余压发电，每年多发电一千万度。", "简介: 在公司领导的关心下，完成攻关。", "boastful-start"),
    (CRAFTSMAN_FILE, "name: 张三", "name:", "missing-field"),
    (CRAFTSMAN_FILE, "trade: 炉前工", "trade: *炉前工", "yaml-alias"),
    (CRAFTSMAN_FILE, "    year: 2018\n", "    year: 2018\nyears_in_trade: 多年\n", "bad-number"),
    (CRAFTSMAN_FILE, "apprentices: [李四, 王五]", "apprentices: {李四: 王五}", "wrong-type"),
    ("content/awards/jin-jiang.yml", "since: 1995", "since:1995", "yaml"),
    ("content/awards/jin-jiang.yml", "    quota: 10", "\tquota: 10", "yaml-tab"),
    ("content/editions/2024.yml", "opening: 2024-05-01", "opening: !date 2024-05-01", "yaml-tag"),
    ("content/editions/2024.yml", "permanent: 否", "status: 公式", "bad-choice"),
    ("content/vocabularies/industries.yml", "title: 行业", "title: 行业 #3", "hidden-text"),
    ("content/events/ke-ji-jie.md", "---\n正文", "正文", "front-matter"),
    ("content/unions/bao-gang.yml", "name: 某工会", "- 某工会", "not-mapping"),
)
ADDED = MappingProxyType(
    {
        "content/projects/2022/gao-lu.md": ("---\ntitle: 同号\nsources: [某报]\n---\n", "1:1 doubled-id"),
        "content/craftsmen/LiSi.md": ("---\nname: 李四\nsources: [某报]\n---\n", "1:1 bad-id"),
        "content/teams/ban-zu.md": ("---\nname: 班组\nsources: [某报]\n---\n".encode("gb18030"), "2:7 encoding"),
        "content/methods/fa.md": ("---\ntitle: 方法\x01\nsources: [某报]\n---\n", "2:10 control-character"),
        "content/studio/a.md": ("---\nname: 室\n---\n", "0:0 wrong-folder"),
        "content/craftsmen/a.jpg": (b"\xff\xd8", "1:1 unknown-file"),
        "content/projects/2022/b.md": ("---\ntitle: 乙\nedition: 2024\nsources: [某报]\n---\n", "3:10 edition-folder"),
    }
)


def test_all_faults_in_one_run(small: Path) -> None:
    """A copy of the good exhibition with two dozen faults, up to seven in a file: all are reported, at the right lines."""
    expected = set()
    for source, old, new, _ in PLANTED:
        text = (small / source).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (small / source).write_text(text.replace(old, new), encoding="utf-8")
    for source, _, new, code in PLANTED:
        lines = (small / source).read_text(encoding="utf-8").split("\n")
        expected.add((source, lines.index(new.rstrip("\n").split("\n")[-1]) + 1, code))
    write(small, {source: text for source, (text, _) in ADDED.items()})
    for source, (_, place) in ADDED.items():
        where = source.rpartition("/")[0] if place.startswith("0") else source
        expected.add((where, int(place.partition(":")[0]), place.partition(" ")[2]))
    expected.add((PROJECT_FILE, 1, "doubled-id"))
    found = read_content(small).problems
    assert {(p.place.path, p.place.line, p.code) for p in found} == expected, as_text(found)
    assert len({code for *_, code in expected}) >= 20
