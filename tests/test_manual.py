"""The manual as a site, its first chapters followed from an empty directory, and the table a clerk is likely to have."""

from __future__ import annotations

import logging
import re
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from openpyxl import Workbook

from site_builder.cli import cli
from site_builder.commands.lazily import APART
from site_builder.model.kinds import KINDS
from site_builder.model.problems import CODES

PROJECT = Path(__file__).resolve().parent.parent
MANUAL = PROJECT / "docs/manual"
CHAPTERS = ("first", "edition", "publishing")
ENDINGS = frozenset({"html", "json", "toml", "sqlite"})


def commands() -> list[str]:
    """The commands of the first chapters in their order, each once."""
    texts = [(MANUAL / f"{name}.md").read_text(encoding="utf-8") for name in CHAPTERS]
    blocks = [block for text in texts for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)]
    return list(dict.fromkeys(line for block in blocks for line in block.splitlines()))


def test_the_first_chapters_are_followed_from_an_empty_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command does what it is there for; at the end there are a site, a pack, a release and an archive."""
    monkeypatch.chdir(tmp_path)
    edited = {"exhibition new edition --title 第二届 --id second": ("editions/second.yml", 2)}
    for line in commands():
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        if words[1] == "freeze":
            edition = Path("content/editions/first.yml")
            edition.write_text(
                f"{edition.read_text(encoding='utf-8')}archived: true\nclosing: 2026-12-31\n", encoding="utf-8"
            )
        said = CliRunner().invoke(cli, words[1:])
        assert said.exit_code == 0, f"{line}\n{said.output}\n{said.exception}"
        if line in edited:
            name, number = edited[line]
            sample = re.findall(r"```yaml\n(.*?)```", (MANUAL / "edition.md").read_text(encoding="utf-8"), re.DOTALL)[0]
            assert yaml.safe_load(sample)["order"] == number
            Path("content", name).write_text(sample, encoding="utf-8")
    assert Path("site/index.html").is_file()
    assert Path("展览.zip").is_file()
    assert Path("上线/current").exists()
    assert Path("归档/first/bagit.txt").is_file()
    assert len(list(Path("content/projects").rglob("*.md"))) == 3


@pytest.mark.parametrize("year", ["获奖年份", "获奖年度"])
def test_a_table_with_award_grade_and_year_beside_each_other_is_imported(tmp_path: Path, year: str) -> None:
    """奖项 beside 等级 is the name of the award, not a list of awards: the table that most unions send. A year that is none is told
    at its own cell.
    """
    CliRunner().invoke(cli, ["init", str(tmp_path / "样本展览")])
    table = tmp_path / "汇总表.csv"
    table.write_text(
        f"项目名称,申报单位,主要完成人,奖项,等级,{year}\n样本皮带轮更换工具,样本一厂,样本甲,样本县职工创新奖,一等奖,2025\n",
        encoding="utf-8",
    )
    said = CliRunner().invoke(
        cli, ["import", str(table), "--edition", "first", "--root", str(tmp_path / "样本展览"), "--source", "样本来源"]
    )
    assert said.exit_code == 0, said.output
    entry = next((tmp_path / "样本展览/content/projects/first").glob("yang-ben*.md"))
    front = yaml.safe_load(entry.read_text(encoding="utf-8").split("---")[1])
    assert front["awards"] == [{"award": "样本县职工创新奖", "grade": "一等奖", "year": 2025}]
    table.write_text(table.read_text(encoding="utf-8").replace("2025", "去年"), encoding="utf-8")
    told = CliRunner().invoke(cli, ["import", str(table), "--edition", "first", "--root", str(tmp_path / "样本展览")])
    assert "汇总表!F2: 错误[bad-year]" in told.output
    assert told.output.count("bad-year") == 1


def test_a_messy_table_keeps_the_order_of_people_and_says_what_is_missing(tmp_path: Path) -> None:
    """第一完成人 stays the first though 其他 comes from a column without a number; a grade without its award is told at its cell."""
    CliRunner().invoke(cli, ["init", str(tmp_path / "样本展览")])
    book = Workbook()
    page = book.active
    page.append(["样本市2021年度成果汇总表"])
    page.merge_cells("A1:G1")
    page.append(["序号", "成果\n名称", "申报单位", "主要完成人", "", "获奖情况", ""])
    page.append(["", "", "", "第一完成人", "其他", "奖项", "等级"])
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"):
        page.merge_cells(area)
    page.append(
        ["１", "样本装置\n推广", "样本一厂\n机修车间", "样本甲", "样本乙、样本丙", "样本县职工创新奖", "一等奖"]
    )
    page.append([2, "样本工具", "样本一厂", "样本丁", "样本丁/样本戊", "", "三等奖"])
    page.append(["合计", "", "", "", "", "", ""])
    book.save(tmp_path / "汇总表.xlsx")
    at = ("--edition", "first", "--root", str(tmp_path / "样本展览"), "--skip-bad")
    said = CliRunner().invoke(cli, ["import", str(tmp_path / "汇总表.xlsx"), *at])
    assert "Sheet!G5: 错误[missing-field] 写了“等级”，没有写“奖项”" in said.output
    entry = next((tmp_path / "样本展览/content/projects/first").glob("yang-ben-zhuang*.md"))
    front = yaml.safe_load(entry.read_text(encoding="utf-8").split("---")[1])
    assert (front["title"], front["organisations"]) == ("样本装置推广", [{"organisation": "样本一厂机修车间"}])
    assert [one["person"] for one in front["people"]] == ["样本甲", "样本乙", "样本丙"]
    people = CliRunner().invoke(cli, ["import", str(tmp_path / "汇总表.xlsx"), *at, "--dry-run"])
    assert "共 不变 1 个" in people.output


def test_the_manual_builds_without_a_warning_and_needs_no_other_host(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As `make manual` builds it, strictly; every chapter stands in the table of contents."""
    config = load_config(str(PROJECT / "mkdocs-manual.yml"), site_dir=str(tmp_path / "manual"), plugins=[], strict=True)
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        build(config)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("mkdocs")] == []
    pages = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "manual").rglob("*.html")}
    loaded = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)
    assert [path.name for path, text in pages.items() if loaded.search(text)] == []
    contents = (PROJECT / "mkdocs-manual.yml").read_text(encoding="utf-8")
    chapters = {path.relative_to(PROJECT / "docs").as_posix() for path in MANUAL.glob("*.md")}
    assert {name for name in chapters if f": {name}\n" not in contents} == set()


def test_every_command_kind_and_code_is_found_in_the_manual() -> None:
    """Nothing that the program says is left unexplained."""
    manual = "\n".join(path.read_text(encoding="utf-8") for path in MANUAL.glob("*.md"))
    problems = (PROJECT / "docs/problems.md").read_text(encoding="utf-8")
    assert [name for name in APART if f"exhibition {name}" not in manual] == []
    assert [kind.name for kind in KINDS if f"{kind.label}（{kind.name}）" not in manual] == []
    assert [code.name for code in CODES if f"`{code.name}`" not in problems] == []
    index = (MANUAL / "index.md").read_text(encoding="utf-8")
    assert [
        path.name for path in MANUAL.glob("*.md") if path.name != "index.md" and f"({path.name})" not in index
    ] == []


def test_what_developers_are_told_of_the_code_is_there() -> None:
    """Modules that a page names by room or by what they define; those that moved away are told here."""
    modules = {path.relative_to(PROJECT / "site_builder"): path for path in (PROJECT / "site_builder").rglob("*.py")}
    texts = {path: read for path in modules.values() for read in [path.read_text(encoding="utf-8")]}
    rooms = {path.parts[0] for path in modules if len(path.parts) > 1}
    named = {path.stem: [one for one in modules.values() if one.stem == path.stem] for path in modules}
    amiss: list[str] = []
    for page in sorted((PROJECT / "docs").glob("*.md")):
        told = page.read_text(encoding="utf-8")
        for room, name in re.findall(r"`([a-z]+)/([a-z_]+\.py)`", told):
            amiss += [f"{page.name}: {room}/{name}"] * (room in rooms and Path(room, name) not in modules)
        for module, word in re.findall(r"`([a-z_]+)\.([a-z_]{4,})[`(]", told):
            known = named.get(module) if word not in ENDINGS else None
            amiss += [f"{page.name}: {module}.{word}"] * (
                known is not None and not any(word in texts[one] for one in known)
            )
    assert amiss == []
