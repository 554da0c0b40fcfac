"""The same exhibition under MkDocs and under ProperDocs, its maintained fork; what it uses of Material is what the docs say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from whole import PROJECT, SECONDS, SMALL, build, bytes_of, environment, exhibition, run_module

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITTEN = "# 样本页\n\n## 一节\n\n- 样本\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n[样本](../projects/yang-ben-jia/)[^1]\n\n[^1]: 样本注。\n"
WATCHED = """
import contextlib, json
from jinja2 import FileSystemLoader
taken, plain = set(), FileSystemLoader.get_source
def watched(self, environment, template):
    found = plain(self, environment, template)
    taken.add(found[1].replace(chr(92), "/"))
    return found
FileSystemLoader.get_source = watched
from site_builder.cli import cli
with contextlib.suppress(SystemExit):
    cli(["build", "--site-dir", "watched"])
import mkdocs.config.base
material = sorted(path.rpartition("/material/templates/")[2] for path in taken if "/material/templates/" in path)
print(json.dumps({"engine": mkdocs.config.base.Config.__module__, "material": material}))
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small exhibition with a story and a page in Markdown."""
    return exhibition(tmp_path_factory.mktemp("engines") / "exhibition", SMALL | {"pages/yang-ben.md": WRITTEN})


@pytest.fixture(scope="module")
def site(root: Path) -> dict[str, bytes]:
    """What MkDocs makes of it."""
    return bytes_of(build(root))


@pytest.fixture(scope="module")
def watched(root: Path) -> dict[str, object]:
    """What `exhibition build` says of a build under ProperDocs: the engine, and the templates that it took from Material."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        cwd=root,
        env=environment(EXHIBITION_ENGINE="properdocs"),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Files that are not the same, or not in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_our_command_builds_the_same_under_properdocs(
    root: Path, site: dict[str, bytes], watched: dict[str, object]
) -> None:
    """Byte for byte; and it really was the fork that built."""
    assert watched["engine"] == "properdocs.config.base"
    assert len(site) > 100
    assert differing(site, bytes_of(root / "watched")) == []


def test_the_fork_builds_the_same_by_itself(root: Path, site: dict[str, bytes]) -> None:
    """`properdocs build` finds the plugin and the theme under their old names."""
    done = run_module("properdocs", "build", "--quiet", "--site-dir", "forked", cwd=root)
    assert done.returncode == 0, done.stderr
    assert differing(site, bytes_of(root / "forked")) == []


def test_the_docs_name_what_we_take_of_material(site: dict[str, bytes], watched: dict[str, object]) -> None:
    """Every template that is read, every block that is filled, every file that is published."""
    text = (PROJECT / "docs/leaving-material.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([^`]+)`", text.partition("\n## Our files")[0], re.MULTILINE))
    material = watched["material"]
    assert isinstance(material, list)
    assert set(material) == {name for name in named if name.endswith(".html")}
    main = (PROJECT / "theme/main.html").read_text(encoding="utf-8")
    filled = set(re.findall(r"{% block (\w+) %}", main))
    listed = re.search(r"Blocks filled in `theme/main.html`: (.*)", text)
    assert listed
    assert set(re.findall(r"`(\w+)`", listed[1])) == filled
    sheets = {re.sub(r"\.[0-9a-f]{8}\.", ".", name) for name in site if name.startswith("assets/stylesheets/")}
    assert {name.removeprefix("assets/") for name in sheets} == {name for name in named if name.endswith(".css")}
