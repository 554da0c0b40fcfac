"""What docs/contributing.md says of adding is true: in a copy of the program its one line for a field, its module for an output."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from whole import PROJECT, SECONDS, environment, exhibition

TRIED = """
import json, sys
from pathlib import Path
from click.testing import CliRunner
from site_builder.cli import cli
from site_builder.publish.publishers import loose_files
from small import deck_at
from test_pages import facts, page

def run(*words):
    done = CliRunner().invoke(cli, list(words))
    assert done.exit_code == 0, (words, done.output)
    return done.output

root = Path(sys.argv[1])
sheet = root / "汇总.csv"
sheet.write_text("项目名称,现场级别\\n样本丁成果,样本三级\\n", encoding="utf-8")
at = ("--root", str(root))
print(json.dumps({
    "fields": run("fields"),
    "schema": run("schema", "project"),
    "check": run("check", *at),
    "import": run("import", str(sheet), "--edition", "2026", "--source", "样本来源", *at),
    "show": run("show", "yang-ben-ding-cheng-guo", *at),
    "facts": facts(page(root, "projects/yang-ben-yi/")),
    "files": {file.address: file.content.decode() for file in loose_files(deck_at(root))},
}))
"""


DOCUMENT = (PROJECT / "docs/contributing.md").read_text(encoding="utf-8")


def changed(path: Path, *changes: tuple[str, str]) -> None:
    """Puts a line before the line that begins so."""
    text = path.read_text(encoding="utf-8")
    for before, line in changes:
        found = re.search(f"^{re.escape(before)}", text, re.MULTILINE)
        assert found, f"{path.name} has changed; put the line before another one"
        text = f"{text[: found.start()]}{line}\n{text[found.start() :]}"
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the program says to which was added what the document adds."""
    house = tmp_path_factory.mktemp("adding")
    line = re.search(r"`(site_level: Annotated.*?)`\)", DOCUMENT)
    module = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert line and module, "contributing.md shows no line, or no module"
    shutil.copytree(PROJECT / "site_builder", house / "code/site_builder", ignore=shutil.ignore_patterns("__pycache__"))
    (house / "code/theme").symlink_to(PROJECT / "theme")
    changed(house / "code/site_builder/model/projects.py", ("    publish_name: ", f"    {line[1]}"))
    publish = house / "code/site_builder/publish"
    (publish / "titles.py").write_text(textwrap.dedent(module[1]), encoding="utf-8")
    listed = publish / "publishers.py"
    changed(listed, ("PUBLISHERS", "from site_builder.publish.titles import titles_files\n"))
    listed.write_text(
        listed.read_text(encoding="utf-8").replace("FILES = (", "FILES = (titles_files, "), encoding="utf-8"
    )
    root = exhibition(house / "exhibition")
    entry = root / "content/projects/2026/yang-ben-yi.md"
    entry.write_text(
        entry.read_text(encoding="utf-8").replace("---\n", "---\nsite_level: 样本二级\n", 1), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(root)],
        cwd=root,  # Python looks for modules here first
        env=environment(PYTHONPATH=f"{house / 'code'}:{PROJECT / 'tests'}"),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_field_takes_one_line(said: dict[str, Any]) -> None:
    """The line that stands in the documentation; manual, schema, check, import and the page's table of facts know the field."""
    assert "现场级别" in said["fields"]
    assert "site_level" in said["schema"]
    assert "错误" not in said["check"]
    assert "不认识" not in said["import"]
    assert "样本三级" in said["show"]
    assert said["facts"]["现场级别"] == "样本二级"


def test_an_output_takes_a_module_and_its_name(said: dict[str, Any]) -> None:
    """The module that stands in the documentation; it stands beside what every build lays."""
    assert "样本乙成果\n" in said["files"]["titles.txt"]
    assert "llms.txt" in said["files"]
