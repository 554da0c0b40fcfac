"""What docs/contributing.md says of adding a field is true: its one line, in a copy of the program, and everything follows."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from whole import PROJECT, environment, exhibition

TRIED = """
import json, sys
from pathlib import Path
from click.testing import CliRunner
from site_builder.cli import cli
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
}))
"""


def test_a_field_takes_one_line(tmp_path: Path) -> None:
    """The line that stands in the documentation; manual, schema, check, import and the page's table of facts know the field."""
    line = re.search(r"`(site_level: Annotated.*?)`\)", (PROJECT / "docs/contributing.md").read_text(encoding="utf-8"))
    assert line, "contributing.md shows no line"
    shutil.copytree(
        PROJECT / "site_builder", tmp_path / "code/site_builder", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "code/theme").symlink_to(PROJECT / "theme")
    module = tmp_path / "code/site_builder/model/projects.py"
    text = module.read_text(encoding="utf-8")
    before = re.search(r"^    publish_name: ", text, re.MULTILINE)
    assert before, "the module has changed; put the line before another field of Project"
    module.write_text(f"{text[: before.start()]}    {line[1]}\n{text[before.start() :]}", encoding="utf-8")
    root = exhibition(tmp_path / "exhibition")
    entry = root / "content/projects/2026/yang-ben-yi.md"
    entry.write_text(
        entry.read_text(encoding="utf-8").replace("---\n", "---\nsite_level: 样本二级\n", 1), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(root)],
        cwd=root,  # Python looks for modules here first
        env=environment(PYTHONPATH=f"{tmp_path / 'code'}:{PROJECT / 'tests'}"),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert "现场级别" in said["fields"]
    assert "site_level" in said["schema"]
    assert "错误" not in said["check"]
    assert "不认识" not in said["import"]
    assert "样本三级" in said["show"]
    assert said["facts"]["现场级别"] == "样本二级"
