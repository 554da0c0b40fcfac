"""A second exhibition, whose rules are those of 临会发〔2015〕9号: the same code, other data."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from whole import build, exhibition, run

from site_builder.rules.table import RULES

PROJECT = Path(__file__).resolve().parent.parent
LINYI = PROJECT / "tests" / "linyi"
AS_OF = "2022-06-30"
MADE_UP = ("projects", "craftsmen", "teams", "methods")


@pytest.fixture
def linyi(tmp_path: Path) -> Path:
    """The Linyi exhibition with the settings and vocabularies that any new exhibition gets."""
    root = exhibition(tmp_path / "linyi", {})
    shutil.copytree(LINYI / "content", root / "content", dirs_exist_ok=True)
    return root


def findings(root: Path) -> list[str]:
    """Code, file and line of all that the rules find."""
    done = run("check", "--rules", "--as-of", AS_OF, "--format", "json", cwd=root)
    names = {rule.name for rule in RULES}
    found = [one for one in json.loads(done.stdout) if one["code"] in names]
    return sorted(f"{one['code']} {one['path']}:{one['line'] or 0}" for one in found)


def test_it_builds_without_errors(linyi: Path) -> None:
    """Its halls are Linyi's five small things, its awards show Linyi's numbers with their article."""
    site = build(linyi)
    assert "临沂的五小" in (site / "editions/2018/index.html").read_text(encoding="utf-8")
    award = (site / "awards/chuang-xin-neng-shou/index.html").read_text(encoding="utf-8")
    assert "每届名额不多于 50 个" in award
    assert "临会发〔2015〕9号 五、3" in award


def test_its_rules_find_what_is_expected(linyi: Path) -> None:
    """Neither less nor more, each at its line."""
    wanted = (LINYI / "expected.txt").read_text(encoding="utf-8").split("\n")
    assert findings(linyi) == [line for line in wanted if line]


def test_the_fifty_first_innovator_is_one_too_many(linyi: Path) -> None:
    """Fifty a year stand in the award's file and nowhere else."""
    held = "honours: [{honour: chuang-xin-neng-shou, session: 2017年样本}]\nsources: 样本名单\n"
    for number in range(48):
        path = linyi / f"content/craftsmen/yang-ben-{number:02}.md"
        path.write_text(f"---\nname: 样本{number:02}\n{held}---\n", encoding="utf-8")
    assert not [line for line in findings(linyi) if line.startswith("session-total-exceeded")]
    extra = linyi / "content/craftsmen/yang-ben-48.md"
    extra.write_text(f"---\nname: 样本48\n{held}---\n", encoding="utf-8")
    assert [line for line in findings(linyi) if line.startswith("session-total-exceeded")]
    award = linyi / "content/awards/chuang-xin-neng-shou.yml"
    award.write_text(award.read_text(encoding="utf-8").replace("most: 50", "most: 60"), encoding="utf-8")
    assert not [line for line in findings(linyi) if line.startswith("session-total-exceeded")]


def test_no_city_stands_in_the_code() -> None:
    """Cities, their numbers and their awards are data; the code knows documents only as the source of a rule."""
    modules = [*(PROJECT / "site_builder/rules").glob("*.py"), PROJECT / "site_builder/model/demands.py"]
    texts = {path.name: path.read_text(encoding="utf-8") for path in modules}
    assert [name for name, text in texts.items() if re.search("上海|临沂|工匠|发明选拔", text)] == []
    assert [name for name, text in texts.items() if re.search("沪工|临会发", text)] == ["table.py"]


def test_made_up_entries_say_so() -> None:
    """Nobody takes a sample for a person, a firm or a result of Linyi."""
    paths = [path for folder in MADE_UP for path in (LINYI / "content" / folder).rglob("*.md")]
    assert len(paths) >= 12
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    named = [line for line in lines if re.match(r"(title|name|organisation|organisations|people): ", line)]
    assert [line for line in named if "样本" not in line] == []
