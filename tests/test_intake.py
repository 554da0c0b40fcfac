"""Files under content/ become entries, and everything that is wrong in any of them is said in one run, at its place."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from io import FileIO
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.intake import documents
from site_builder.intake.advice import advise
from site_builder.intake.attachments import check_files, named_files
from site_builder.intake.content import Content, content_of, entry_files, read_content, read_file
from site_builder.intake.places import located
from site_builder.intake.reporting import as_text
from site_builder.model.entry import Entry
from site_builder.model.habits import when, year
from site_builder.model.kinds import KINDS
from site_builder.model.problems import Place, Problem, Severity, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        "content/vocabularies/industries.yml": "title: 行业\nopen: 是\nterms:\n  - 冶金\n  - label: 钢铁\n",
        "content/events/ke-ji-jie.md": "---\ntitle: 科技节\nperiod:\n  start: 2024-05\n---\n正文\n",
        "content/stories/gu-shi.md": "---\ntitle: 故事\n---\n",
        "content/unions/bao-gang.yml": "---\nname: 某工会\n",
        "content/pages/index.md": "没有资料区的普通网页\n",
        "content/media/2024/gao-lu.svg": "<svg/>\n",
    }
)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
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
    entries = (source for source in SMALL if not source.startswith(("content/pages/", "content/media/")))
    assert [entry.source for entry in content.entries] == sorted(entries)
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
    front = "name: NO\ntrade: 007\nfeat: 1e3\nregion: 0x1F\nquotation: 2024-05-01\nmentor: 12:30:45\n"
    entry, problems = one(tmp_path, front + "tags: [yes, ~x, 1_000]\n")
    assert problems == []
    assert entry is not None
    data = entry.data
    assert (data.name, data.trade, data.feat, data.region) == ("NO", "007", "1e3", "0x1F")
    assert (data.quotation, data.mentor, data.tags) == ("2024-05-01", "12:30:45", ("yes", "~x", "1_000"))


def test_empty_fields_count_as_not_written(tmp_path: Path) -> None:
    """Templates may keep lines without a value; a quoted null is text."""
    front = "name: 张三\ntags:\nhonours: ~\nregion: null\nfeat: 'null'\nsummary:   # 以后再写\n"
    entry, problems = one(tmp_path, front)
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
    ("content/events/ke-ji-jie.md", "  start: 2024-05\n---", "  start: 2024-05\n——", "front-matter"),
    ("content/unions/bao-gang.yml", "name: 某工会", "- 某工会", "not-mapping"),
)
ADDED: Mapping[str, tuple[str | bytes, str]] = MappingProxyType(
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
    """A copy of the good exhibition with two dozen faults, seven in one file: all are said, at the right lines."""
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


def test_what_is_wrong_is_left_out_and_the_rest_is_kept(tmp_path: Path) -> None:
    """Errors stop a build, but the entry is there to be referred to, and its other references can be checked."""
    front = (
        "name:\nfigures:\n  - unit: 项\n  - value: 3\n    label: 专利\n"
        "years_in_trade: 多年\nmentor: li-si\ntags: [甲, ]\nx: 1\n"
    )
    entry, problems = one(tmp_path, front)
    assert entry is not None
    missing = ["2:1 missing-field", "4:5 missing-field", "4:5 missing-field"]
    assert problems == [*missing, "7:17 bad-number", "10:1 unknown-field"]
    assert (entry.title, entry.data.mentor, entry.data.tags) == ("zhang-san", "li-si", ("甲",))
    assert [figure.label for figure in entry.data.figures] == ["专利"]


def test_what_cannot_be_seen_is_told_where_yaml_writes_it_down_as_an_escape(tmp_path: Path) -> None:
    """The file holds no such character, but the value would; what can be seen is no fault, however it is written."""
    front = 'name: 张三\nsummary: "甲\\x1f乙"\ntags: ["甲\\b乙", "\\t\\u4e2d\\n"]\ntrade: \'\\x1f\'\n'
    entry, problems = one(tmp_path, front)
    assert problems == ["3:10 control-character", "4:8 control-character"]
    assert entry is not None
    assert (entry.data.summary, entry.data.trade) == ("甲 乙", "\\x1f")


def test_entries_that_could_not_be_read_are_named(small: Path) -> None:
    """So that nobody reports references to them as dead."""
    write(small, {CRAFTSMAN_FILE: "没有资料区", PROJECT_FILE: "\udcff".encode("utf-8", "surrogatepass") + b"\xff"})
    assert read_content(small).unread == ("craftsman/zhang-san", "project/gao-lu")


def test_doubled_ids_name_each_other(small: Path) -> None:
    """Each of the files says where the others are; only the first is kept."""
    write(small, {f"content/projects/{year}/gao-lu.md": SMALL[PROJECT_FILE] for year in ("2020", "2022")})
    content = read_content(small)
    doubled = [problem for problem in content.problems if problem.code == "doubled-id"]
    assert [problem.place.path.split("/")[2] for problem in doubled] == ["2020", "2022", "2024"]
    assert "content/projects/2020/gao-lu.md、content/projects/2022/gao-lu.md" in doubled[2].message
    assert [entry.source for entry in content.entries if entry.kind == "project"] == ["content/projects/2020/gao-lu.md"]


# --- faults of the text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "front, expected",
    [
        ("姓名：张三\n工种：炉前工\n", ["2:3 yaml-colon", "3:3 yaml-colon"]),
        ("name: 张三\n工种： 炉前工\n", ["3:3 yaml-colon"]),
        ("name:张三\n", ["2:5 yaml"]),
        ("name: 张三\nhonours:\n  - 荣誉:上海工匠\n", ["4:5 yaml"]),
        ("name: 张三\nsummary: |\n  说明：这里\n  工种：那里\n", []),
        ("name: 张三\nsummary: 说明：这里\n", []),
        ("name: 张三\nsummary: 头一行\n  说明：续行\n工种 炉前工\n", ["5:1 yaml"]),
        ("name: 张三\nhonours:\n\t- honour: 工匠\n\t  year: 很早\n", ["4:1 yaml-tab", "5:11 bad-year"]),
        ("name:\t张三\n", []),
        ("name: 张三\nsummary: |\n  代码\n  \t缩进\n", []),
        ("name: '张三\ntrade: 炉前工\n", ["2:7 yaml"]),
        ("name: 张三\ntrade: 炉前工: 一级\nyears_in_trade: 久\n", ["3:11 yaml", "4:17 bad-number"]),
        ("name: 张三\ntags: [炉, 火\nyears_in_trade: 久\n", ["3:7 yaml", "4:17 bad-number"]),
        ("name: [张三] 师傅\n", ["2:12 yaml"]),
        ("name: 张三\n trade: 炉前工\nyears_in_trade: 久\n", ["3:7 yaml", "4:17 bad-number"]),
        ("  name: 张三\n  trade: 炉前工\nyears_in_trade: 久\ntags: 炉\n", ["2:1 yaml", "4:17 bad-number"]),
        ("name: 张三\n...\ntrade: 炉前工\nyears_in_trade: 久\n", ["4:1 yaml"]),
        ("name: 张三\n" + "@甲\n" * 20, [f"{line}:1 yaml" for line in range(3, 12)]),
        ("name: 张三\nname: 李四\nname: 王五\n", ["3:1 duplicate-key", "4:1 duplicate-key"]),
        ("name: 张三\n? [a, b]\n: c\n", ["3:3 yaml"]),
        ("<<: {name: 张三}\nname: 李四\n", ["2:1 unknown-field"]),
        ("name: &a 张三\ntrade: *a\n", ["2:7 yaml-alias", "3:8 yaml-alias"]),
        ("name: &a [*a]\n", ["2:1 wrong-type", "2:7 yaml-alias", "2:11 yaml-alias"]),
        ("name: 李四 #1 炉\ntrade: 'a #b' #c\nfeat: a#b # 注\n", ["2:10 hidden-text"]),
        ("name: 张三\ntrade: |一行\n  两行\n", ["3:8 yaml"]),
        ("name: 张三\nfeat: \"\\d\"\n", ["3:7 yaml"]),
        ("name: 张三\n--- \nname: 李四\n", []),
        ("name: 张三\nfeat: " + "{a: " * 40 + "\n", ["3:83 too-deep"]),
        ("? " * 900 + "a\n", ["2:41 too-deep"]),
        ("a\u2028name: 张三\n", ["1:1 missing-field", "2:1 unknown-field"]),
    ],
)  # fmt: skip
def test_slips_of_the_hand(tmp_path: Path, front: str, expected: list[str]) -> None:
    """Each is named at its line and column, and does not hide what else is wrong; the message is Chinese."""
    _, problems = one(tmp_path, front)
    assert problems == expected


def test_two_documents_in_a_file(tmp_path: Path) -> None:
    """A second one would be lost, so it is refused."""
    source = "content/unions/gong-hui.yml"
    assert one(tmp_path, "name: 甲\n---\nname: 乙\n", source=source)[1] == ["2:1 yaml"]


@pytest.mark.parametrize(
    "data, place, words",
    [
        ("---\nname: 张三\n---\n".encode("gbk"), "2:7", "GBK"),
        ("---\nname: 张三\n---\n".encode("utf-16"), "1:1", "UTF-16"),
        ("---\nname: 张三".encode() + b"\xe5\xbc\n" + "工种: 炉前工\n---\n".encode(), "2:9", "损坏"),
        (b"\xff\xfa\x80\x81\n", "1:1", "既不是"),
    ],
    ids=["gbk", "utf-16", "broken", "binary"],
)  # fmt: skip
def test_other_encodings(tmp_path: Path, data: bytes, place: str, words: str) -> None:
    """Refused, with what to do about it; what can be read is read, so that other faults are found in the same run."""
    write(tmp_path, {CRAFTSMAN_FILE: data})
    entry, problems = read_file(tmp_path, CRAFTSMAN_FILE)
    fault = next(problem for problem in problems if problem.code == "encoding")
    assert f"{fault.place.line}:{fault.place.column}" == place
    assert words in fault.message
    assert (entry is None) == (words == "既不是")
    assert entry is None or entry.title.startswith("张三")


def test_links_and_odd_files(small: Path, tmp_path: Path) -> None:
    """Links that are broken, go round in circles or leave content/, folders that are files, and pipes: none blocks."""
    outside = write(tmp_path / "outside", {"a.md": "---\nname: 外\n---\n"})
    craftsmen = small / "content" / "craftsmen"
    (craftsmen / "broken.md").symlink_to("nowhere.md")
    (craftsmen / "circle.md").symlink_to("circle.md")
    (craftsmen / "outside.md").symlink_to(outside / "a.md")
    (craftsmen / "inside.md").symlink_to("zhang-san.md")
    (small / "content" / "teams").symlink_to(outside, target_is_directory=True)
    (small / "content" / "bases").write_text("不是文件夹", encoding="utf-8")
    os.mkfifo(craftsmen / "pipe.md")
    Path(os.fsdecode(os.fsencode(craftsmen) + b"/\xff.md")).mkdir()
    assert said(small) == [
        "content/bases:0:0 unknown-file",
        "content/craftsmen/?.md:0:0 bad-id",
        "content/craftsmen/broken.md:1:1 unreadable",
        "content/craftsmen/circle.md:1:1 unreadable",
        "content/craftsmen/outside.md:1:1 bad-path",
        "content/craftsmen/pipe.md:1:1 unreadable",
        "content/teams:0:0 bad-path",
    ]


def test_what_the_system_refuses_to_read(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file and a folder without permission (played, for root may read everything)."""
    scandir = os.scandir

    def refuse_folder(path: Path) -> object:
        if Path(path).name == "events":
            raise PermissionError
        return scandir(path)

    def refuse_file(path: str) -> FileIO:
        if path.endswith("/zhang-san.md"):
            raise PermissionError
        return FileIO(path)

    monkeypatch.setattr(os, "scandir", refuse_folder)
    monkeypatch.setattr(documents, "FileIO", refuse_file)
    assert said(small) == [f"{CRAFTSMAN_FILE}:1:1 unreadable", "content/events:0:0 unreadable"]


@pytest.mark.parametrize(
    "source", ["../a.md", "/etc/passwd", "content/craftsmen/../../../a.md", "content/craftsmen/a\0b.md", "", "content"]
)
def test_paths_that_lead_nowhere(small: Path, source: str) -> None:
    """A path from outside is refused like any other, without an error of Python's."""
    entry, problems = read_file(small, source)
    assert entry is None
    assert problems


def test_the_c_parser_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it reading would be ten times slower; better to say so than to be slow."""
    monkeypatch.delattr(yaml, "CBaseLoader")
    with pytest.raises(RuntimeError, match="缺少 C 解析器"):
        one(tmp_path, "name: 张三\n")


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "front, words",
    [
        ("titel: 甲\n", "没有“titel”这个字段。是不是“title”？"),
        ("成果名: 甲\n", "没有“成果名”这个字段。是不是“成果名称”？"),
        ("title: 甲\n等级: 一等奖\n", "没有“等级”这个字段。它要写在“奖项”里面"),
        ("title: 甲\nid: jia\n", "没有“id”这个字段。编号就是文件名，删去这一行"),
        ("title: 甲\nperiod: {甲乙: 2024}\n", "“项目起止时间”里没有“甲乙”这个字段。可用的字段：开始、结束"),
        ("title: 甲\nawards:\n  - 金奖\n  - grade: 一等奖\n", "“奖项”第 2 项缺少必填字段“奖项”。补上一行“奖项: …”"),
        ("title: 甲\nawards: [{award: 金奖, year: 去年}]\n", "“奖项”第 1 项的“年份”：“去年”不是年份。请写四位数字"),
        ("title: 甲\nyear: [2024]\n", "“年份”应当是一个值，这里是一张清单"),
        ("title: [甲]\n", "“成果名称”应当是一段文字，这里是一张清单"),
        ("title: 甲\nstatus: 公开\n", "“状态”不能是“公开”。是不是“公示”？可以写：草稿（draft）、公示（notice）、"),
        ("title: 甲\ncover: {mark: 一二三四五}\n", "“封面”的“题字”最多 4 个字"),
        ("title: 甲\npictures:\n  - file: a.svg\n    ai_generated: 也许\n", "“也许”看不出是或否。请写 是 或 否"),
        ("title: 甲\nyear: " + "长" * 99 + "\n", "…”不是年份"),
    ],
)
def test_messages(tmp_path: Path, front: str, words: str) -> None:
    """Every message names the field as editors know it, says what is wrong, and how to mend it or what was meant."""
    source = "content/projects/jia.md"
    write(tmp_path, {source: f"---\n{front}---\n"})
    text = as_text(read_file(tmp_path, source)[1])
    assert words in text
    assert max(map(len, text.split("\n"))) < 200


@pytest.mark.parametrize(
    "name, hint",
    [
        ("Tong Lan.md", "如 tong-lan"),
        ("通缆.md", "如 tong-lan"),
        ("a_b.md", "如 a-b"),
        ("aux.md", "如 aux-1"),
        (f"{'a' * 65}.md", "不超过 64 个字符"),
    ],
)
def test_ids_are_proposed(tmp_path: Path, name: str, hint: str) -> None:
    """A file name that is no id is answered with one that is."""
    source = f"content/craftsmen/{name}"
    write(tmp_path, {source: "---\nname: 甲\nsources: [某报]\n---\n"})
    entry, problems = read_file(tmp_path, source)
    assert entry is None
    assert [problem.code for problem in problems] == ["bad-id"]
    assert hint in problems[0].hint


def test_numbers_and_dates_in_words(tmp_path: Path) -> None:
    """Chinese dates that exist are read, others refused; a bad year is called a bad year."""
    assert (when("二〇二四年十二月三十一日"), year("二〇二一年")) == ("2024-12-31", 2021)
    front = "name: 甲\nupdated: 二〇二四年二三月\nhonours:\n  - honour: 乙\n    year: 2024年5月\n"
    _, problems = one(tmp_path, f"{front}notice:\n  start: 二〇二四年十十日\n")
    assert problems == ["3:10 bad-date", "6:11 bad-year", "8:10 bad-date"]


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path, field, line, column",
    [
        (PROJECT_FILE, ("awards", 0, "grade"), 6, 9),
        (PROJECT_FILE, ("awards", 0), 5, 5),
        (PROJECT_FILE, ("awards",), 4, 1),
        (PROJECT_FILE, ("awards", 0, "certificate"), 5, 5),
        (PROJECT_FILE, ("people", 1, "person"), 9, 8),
        (PROJECT_FILE, ("result_types", 1), 8, 13),
        (PROJECT_FILE, ("edition",), 1, 1),
        (PROJECT_FILE, (), 1, 1),
        ("content/awards/jin-jiang.yml", ("sessions", 0, "quotas", "一等奖"), 10, 19),
        ("content/editions/2024.yml", ("halls", 0, "where"), 7, 5),
        ("mkdocs.yml", ("plugins", 1, "exhibition", "url"), 4, 7),
    ],
)
def test_located(small: Path, path: str, field: tuple[str | int, ...], line: int, column: int) -> None:
    """A field path becomes a line and a column: of the field, else of what holds it, else of the file."""
    write(small, {"mkdocs.yml": "plugins:\n  - search\n  - exhibition:\n      url: !ENV [SITE_URL, a]\n"})
    problem = Problem("dead-reference", Place(path, field), "没有这个编号")
    assert located([problem], small) == (replace(problem, place=Place(path, field, line, column)),)


def test_located_single_value_for_a_list(tmp_path: Path) -> None:
    """Where one record stands for a list of one, item 0 is the record itself."""
    write(tmp_path, {PROJECT_FILE: "---\ntitle: 甲\nawards:\n  award: jin\n  grade: 一等\n---\n"})
    found = located([Problem("unknown-grade", Place(PROJECT_FILE, ("awards", 0, "grade")), "没有")], tmp_path)
    assert (found[0].place.line, found[0].place.column) == (5, 10)


def test_located_leaves_others_alone(small: Path) -> None:
    """Problems that have their line, and those of files that are not there; the order stays."""
    given = (
        Problem("bad-embed", Place("content/pages/index.md", (), 7, 3), "写法有误"),
        Problem("wrong-folder", Place("content/studio"), "没有这一类"),
        Problem("dead-reference", Place(PROJECT_FILE, ("studio",)), "没有"),
    )
    first, second, third = located(given, small)
    assert (first, second) == given[:2]
    assert third.place.line == 1


# --- files that entries name -----------------------------------------------------------------------------------------


def media_problems(root: Path, front: str) -> list[tuple[str, tuple[str | int, ...], str]]:
    """Code, field and hint of what is wrong with the files that a method names."""
    source = "content/methods/fa.md"
    write(root, {source: f"---\ntitle: 甲\n{front}---\n"})
    entry, _ = read_file(root, source)
    assert entry is not None
    return [(p.code, p.place.field, p.hint) for p in check_files([entry], root)]


@pytest.mark.parametrize(
    "file, code, hint",
    [
        ("2024/gao-lu.svg", None, ""),
        ("2024/Gao-Lu.svg", "missing-media", "是不是“2024/gao-lu.svg”？文件名区分大小写"),
        ("2024/gaolu.svg", "missing-media", "是不是“2024/gao-lu.svg”？"),
        ("zzz", "missing-media", ""),
        ("2024", "missing-media", ""),
        ("../pages/index.md", "bad-path", "写 content/media/ 里面的路径，如 2024/a.jpg"),
        ("/etc/passwd", "bad-path", "写 content/media/ 里面的路径，如 2024/a.jpg"),
        ("C:/a.jpg", "bad-path", "写 content/media/ 里面的路径，如 2024/a.jpg"),
        ("C:\\\\照片\\\\a.jpg", "bad-path", "写 content/media/ 里面的路径，如 2024/a.jpg"),
        ("\\\\\\\\共享\\\\a.jpg", "bad-path", "写 content/media/ 里面的路径，如 2024/a.jpg"),
        ("2024\\gao-lu.svg", "bad-path", "改成“2024/gao-lu.svg”"),
        ("content/media/2024/gao-lu.svg", "bad-path", "改成“2024/gao-lu.svg”"),
        ("https://example.org/a.svg", "bad-path", "把文件放进 content/media/"),
        ("out.svg", "bad-path", "把文件本身放进来"),
        ("in.svg", None, ""),
    ],
)
def test_files_that_are_named(small: Path, file: str, code: str | None, hint: str) -> None:
    """They lie under content/media, spelt as on the disk; no path and no link leads out of it."""
    (small / "content" / "media" / "out.svg").symlink_to(small / "content" / "pages" / "index.md")
    (small / "content" / "media" / "in.svg").symlink_to("2024/gao-lu.svg")
    found = media_problems(small, f"pictures:\n  - file: {file}\n    alt: 图\n")
    assert found == ([(code, ("pictures", 0, "file"), hint)] if code else [])


def test_all_fields_that_name_files(small: Path) -> None:
    """Pictures, films with captions and transcripts, attachments, portraits, steps and halls."""
    front = (
        "pictures: [a.jpg]\nvideos:\n  - {file: b.mp4, title: 片, captions: c.vtt, transcript: d.md}\n"
        "attachments:\n  - {file: e.pdf, title: 文}\nsteps:\n  - {text: 看, picture: f.svg}\n"
    )
    missing = [field for code, field, _ in media_problems(small, front) if code == "missing-media"]
    assert missing == [
        ("pictures", 0, "file"),
        *(("videos", 0, part) for part in ("file", "captions", "transcript")),
        ("attachments", 0, "file"),
        ("steps", 0, "picture"),
    ]
    craftsman, _ = one(small, "name: 张三\nportrait: g.svg\n")
    hall, _ = one(small, "title: 届\nhalls:\n  - {id: a, title: 厅, picture: h.svg}\n", source="content/editions/x.yml")
    assert craftsman is not None
    assert hall is not None
    assert [n.file for entry in (craftsman, hall) for n in named_files(entry)] == ["g.svg", "h.svg"]
    assert [p.code for p in check_files([craftsman, hall], small)] == ["missing-media", "missing-media"]


# --- advice ----------------------------------------------------------------------------------------------------------


def advised(root: Path, front: str, *, source: str = "content/projects/jia.md") -> list[str]:
    """Codes of the warnings about an entry that has its sources."""
    write(root, {source: f"---\n{front}sources: [某报]\n---\n"})
    entry, problems = read_file(root, source)
    assert entry is not None
    assert all(problem.severity is Severity.WARNING for problem in problems)
    assert [problem.code for problem in advise(entry)] == [problem.code for problem in problems]
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "front, codes",
    [
        (f"title: {'字' * 30}\n", []),
        (f"title: {'字' * 31}\n", ["long-title"]),
        ("title: 甲\n创新点: 一；二；三\n", []),
        ("title: 甲\n创新点: 一；二；三；四\n", ["many-points"]),
        ("title: 甲\npeople: 一、二、三、四、五\nawards: [{award: 奖, grade: 三等奖}]\n", []),
        ("title: 甲\npeople: 一、二、三、四、五、六\nawards: [{award: 奖, grade: 三等奖}]\n", ["many-people"]),
        ("title: 甲\npeople: 一、二等10人\nawards: [{award: 奖, grade: 一等奖}]\n", ["many-people"]),
        ("title: 甲\npeople: 一等6人\nawards: [{award: 奖, grade: 三等奖}, {award: 奖, grade: 二等奖}]\n", []),
        ("title: 甲\npeople: 一等99人\nawards: [{award: 奖, grade: 优秀奖}]\n", []),
        ("title: 甲\nsummary: 在集团党委的正确领导下，完成攻关\n", ["boastful-start"]),
        ("title: 甲\nsummary: 近年来，在各级工会的关心支持下完成\n", ["boastful-start"]),
        ("title: 甲\nsummary: 为深入贯彻落实会议精神\n", ["boastful-start"]),
        ("title: 甲\nsummary: 在高炉旁加装透平，余压用来发电\n", []),
        ("title: 甲\nstatus: 公示\n", ["notice-over"]),
        ("title: 甲\nstatus: 公示\nnotice: {start: 2024-05-01}\n", ["notice-over"]),
        ("title: 甲\nstatus: 公示\nnotice: {开始: 2024-05-01, 截止: 2024-05-07}\n", []),
    ],
)
def test_advice(tmp_path: Path, front: str, codes: list[str]) -> None:
    """What the forms and good labels ask is a warning, never a refusal."""
    assert advised(tmp_path, front) == codes


def test_sources_are_asked_where_facts_are_claimed(tmp_path: Path) -> None:
    """Of results, people and groups; not of drafts, nor of unions, awards and stories."""
    asked = []
    for kind in KINDS:
        for status in ("published", "draft"):
            text = f"{kind.title_field}: 甲\nstatus: {status}\n"
            source = f"content/{kind.folder}/{status}{kind.suffix}"
            write(tmp_path, {source: f"---\n{text}---\n" if kind.suffix == ".md" else text})
            asked += [f"{kind.name} {status}" for p in read_file(tmp_path, source)[1] if p.code == "no-source"]
    assert asked == [f"{kind} published" for kind in ("project", "method", "craftsman", "studio", "base", "team")]


# --- anything at all -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("title", "成果名称", "奖项", "等级", "people", "姓名", "tags", "year", "pictures", "period", "halls"),
        *(": ", "：", ":", "- ", "\n", "\n  ", "\n\t", "\n    ", "---\n", "...\n", "|", ">-\n", "#", " #a", ", "),
        *("[", "]", "{", "}", "'", '"', "\\", "&a", "*a", "!t", "!!str", "%", "@", "`", "?", "~", "null", "<<"),
        *("二〇二四年十月十十日", "1,200万元", "９９", "张三、李四", "2024-13-99", "9" * 5000, "where"),
        *("\0", "\ufeff", "\u2028", "\x85", "\r", "\r\n", "，"),
    ]
)
SOURCES = st.sampled_from([f"content/{kind.folder}/x{kind.suffix}" for kind in KINDS])


def read_anything(directory: Path, source: str, data: bytes) -> None:
    """Whatever a file holds, it gives an entry or problems, each with a place in this file."""
    write(directory, {source: data})
    entry, problems = read_file(directory, source)
    assert entry is not None or any(problem.severity is Severity.ERROR for problem in problems)
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for problem in problems:
        assert problem.place.path == source
        assert 1 <= problem.place.line <= lines
        assert problem.place.column >= 1
    as_text(problems).encode()
    pickle.dumps(entry)


@settings(max_examples=400)
@given(source=SOURCES, data=st.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, source: str, data: bytes) -> None:
    """Arbitrary bytes never raise."""
    read_anything(tmp_path_factory.getbasetemp() / "bytes", source, data)


@settings(max_examples=400)
@given(source=SOURCES, text=st.text(st.characters(codec="utf-8"), max_size=200), fenced=st.booleans())
def test_any_text(tmp_path_factory: pytest.TempPathFactory, source: str, text: str, *, fenced: bool) -> None:
    """Arbitrary text never raises, inside the front matter or not."""
    read_anything(tmp_path_factory.getbasetemp() / "text", source, (f"---\n{text}\n---\n" if fenced else text).encode())


@settings(max_examples=400)
@given(source=SOURCES, words=st.lists(WORDS, max_size=40))
def test_anything_like_yaml(tmp_path_factory: pytest.TempPathFactory, source: str, words: list[str]) -> None:
    """Nor does what looks like an entry written in a hurry."""
    text = "".join(words)
    data = (f"---\n{text}\n---\n" if source.endswith(".md") else text).encode()
    read_anything(tmp_path_factory.getbasetemp() / "yaml", source, data)
