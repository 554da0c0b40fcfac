"""The door for people: every command does what its help says, and says what is wrong in words."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner
from markup import Node, dead_links, pages_of, read_markup
from servers import free_port
from small import project, write
from whole import PROJECT, SECONDS, SMALL, build, bytes_of, environment, exhibition, run

from site_builder.cli import cli
from site_builder.intake.content import read_content
from site_builder.model.declaration import fields_of
from site_builder.model.kinds import KINDS, Kind
from site_builder.search.query import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

_CONTEXT = click.Context(cli)
COMMANDS = {name: cli.get_command(_CONTEXT, name) for name in cli.list_commands(_CONTEXT)}
"""All commands, also those that are loaded only when they are called."""
PATIENCE = 60
"""Seconds within which an edit must be seen; it takes a fraction of one, but for a machine that is busy with other tests."""
BEGINNING = 180
"""Seconds within which a preview must begin or end, likewise."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def told(*arguments: str, root: Path | None = None, typed: str | None = None) -> Result:
    """Runs a command in this process; an exception that reaches the top is a fault of the test."""
    place = ("--root", str(root)) if root else ()
    return CliRunner().invoke(cli, [*arguments, *place], input=typed, catch_exceptions=False)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibition as `init` leaves it; copy it before changing anything."""
    target = tmp_path_factory.mktemp("cli") / "我的展览"
    assert told("init", str(target)).exit_code == 0
    return target


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small exhibition of its own for a test."""
    return exhibition(tmp_path / "exhibition")


# --- help and manual -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_is_chinese_and_has_an_example(name: str | None) -> None:
    """Of the program and of every command, each option included."""
    said = told(*([name] if name else []), "--help")
    assert said.exit_code == 0
    assert re.search(r"例：\s*exhibition ", said.output)
    command = COMMANDS[name] if name else cli
    assert CHINESE.search((command.help or "").splitlines()[0])
    silent = [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and option.name != "version" and not CHINESE.search(option.help or "")
    ]
    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_manual(name: str) -> None:
    """What a command can do, editors can read; the two READMEs and the manual together."""
    texts = "\n".join(
        (PROJECT / path).read_text(encoding="utf-8")
        for path in ("README.zh.md", "docs/manual/index.md", "docs/manual/fields.md", "docs/manual/deploy.md")
    )
    assert f"exhibition {name}" in texts
    options = [
        word
        for option in COMMANDS[name].params
        if isinstance(option, click.Option)
        for word in option.opts
        if word.startswith("--")
    ]
    assert [word for word in options if word != "--help" and word not in texts] == []


def test_every_command_in_the_manual_exists() -> None:
    """No page tells of a command or an option that the program does not know."""
    texts = "\n".join(
        (PROJECT / path).read_text(encoding="utf-8")
        for path in (
            "README.md",
            "README.zh.md",
            "docs/manual/index.md",
            "docs/manual/import.md",
            "docs/manual/deploy.md",
        )
    )
    for line in re.findall(
        r"exhibition ((?:init|new|check|build|serve|show|import|fields|[a-z]+)(?: [^`#\n|]*)?)", texts
    ):
        words = line.split()
        if words[0] in COMMANDS:
            known = {option for one in COMMANDS[words[0]].params for option in one.opts} | {"--help"}
            assert {word.rstrip("`，。；、") for word in words if word.startswith("--")} <= known, line
    named = set(re.findall(r"`(?:\.venv/bin/)?exhibition ([a-z]+)", texts)) | set(
        re.findall(r"^(?:\.venv/bin/)?exhibition ([a-z]+)", texts, re.MULTILINE)
    )
    assert named <= set(COMMANDS), named - set(COMMANDS)


def test_the_table_of_fields_in_the_manual_is_the_printed_one() -> None:
    """`exhibition fields` and the page in the manual are the same text."""
    said = told("fields")
    assert said.exit_code == 0
    assert said.output.strip() == (PROJECT / "docs/manual/fields.md").read_text(encoding="utf-8").strip()
    for kind in KINDS:
        assert f"{kind.label}（{kind.name}）" in said.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["new", "nosuch"],
        ["check", "--format", "xml"],
        ["serve", "--port", "0"],
        ["serve", "--port", "99999"],
        ["show"],
        ["init"],
        ["build", "--no-such"],
        ["import"],
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    """Unknown commands, kinds, options and values, and missing arguments."""
    assert told(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["check", "build", "serve", "show x", "new project --title 样本"])
def test_outside_of_an_exhibition_commands_say_so(tmp_path: Path, command: str) -> None:
    """With exit code 2, and the ways out in the message."""
    done = run(*command.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert "不在展览里" in done.stderr
    assert "--root" in done.stderr
    there = told(*command.split(), root=tmp_path)
    assert there.exit_code == 2
    assert "没有 mkdocs.yml" in there.output


def test_the_version_is_told() -> None:
    """As installed."""
    assert re.fullmatch(r"exhibition \d+\.\d+\.\d+\S*\n", told("--version").output)


# --- init ------------------------------------------------------------------------------------------------------------


def test_a_new_exhibition_is_found_to_be_without_fault(fresh: Path) -> None:
    """Theme, vocabularies, pages and a sample entry pass even the strict check."""
    assert told("check", "--strict", root=fresh).exit_code == 0
    assert len(list((fresh / "content/vocabularies").glob("*.yml"))) >= 10


def test_init_refuses_what_is_there(fresh: Path) -> None:
    """An exhibition is not overwritten, not a byte of it."""
    before = bytes_of(fresh)
    said = told("init", str(fresh))
    assert said.exit_code == 2
    assert "不会覆盖" in said.output
    assert bytes_of(fresh) == before


def test_init_into_a_directory_with_files_leaves_them(tmp_path: Path) -> None:
    """What lies there already stays as it is."""
    write(tmp_path, {"pages/about.md": "# 已有的样本页\n"})
    assert told("init", str(tmp_path)).exit_code == 0
    assert (tmp_path / "content/pages/about.md").read_text(encoding="utf-8") == "# 已有的样本页\n"


def test_init_says_where_it_cannot_write(tmp_path: Path) -> None:
    """A file in the way is named, without a traceback."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("init", "file/展览", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "file" in done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a wheel installs it, in a directory of its own."""
    base = tmp_path_factory.mktemp("wheel")
    source = base / "source"
    for name in ("site_builder", "theme", "content/vocabularies"):
        shutil.copytree(PROJECT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(PROJECT / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    subprocess.run(
        [*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(base), str(source)],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    (built,) = base.glob("*.whl")
    subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-index", "--target", str(base / "installed"), str(built)],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return base / "installed"


def test_an_exhibition_can_be_begun_and_built_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """Theme, starter and vocabularies come with it; no file of the clone is used, and all links of the site are alive."""

    def ran(*command: str, cwd: Path = tmp_path) -> str:
        done = subprocess.run(
            [sys.executable, "-P", *command],
            cwd=cwd,
            env=environment(PYTHONPATH=str(wheel)),
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    modules = ran(
        "-c",
        "import site_builder.cli, site_builder.plugin, sys\n"
        "ours = [module for name, module in sys.modules.items() if name.startswith('site_builder.')]\n"
        "print(*(module.__file__ for module in ours), sep='\\n')",
    )
    assert {Path(name).is_relative_to(wheel) for name in modules.split()} == {True}
    assert (wheel / "site_builder/editing/browser/edit.html").is_file()
    ran(str(wheel / "bin/exhibition"), "init", "展览")
    root = tmp_path / "展览"
    assert sorted(path.name for path in (root / "content/vocabularies").iterdir()) == sorted(
        path.name for path in (PROJECT / "content/vocabularies").iterdir()
    )
    ran("-m", "site_builder.cli", "check", "--strict", cwd=root)
    ran("-m", "site_builder.cli", "build", cwd=root)
    site = root / "site"
    pages = pages_of(site)
    assert pages["projects/shi-li-cheng-guo/"].first("h1").text.replace(" ", "") == "示例成果（请改成自己的）"
    assert dead_links(site, pages) == []
    first = bytes_of(site)
    ran("-m", "mkdocs", "build", "-q", cwd=root)
    assert bytes_of(site) == first


# --- new -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_entry_of_every_kind_is_a_draft_that_passes(fresh: Path, tmp_path: Path, kind: Kind) -> None:
    """Its template says what it is, reads without a fault and is not shown; its id is made of pinyin."""
    root = Path(shutil.copytree(fresh, tmp_path / "copy"))
    said = told(
        "new",
        kind.name,
        "--title",
        "样本 #1：“试”的名称: 是",
        *(["--edition", "first"] if kind.name == "project" else []),
        root=root,
    )
    assert said.exit_code == 0, said.output
    path = root / said.output.split()[-1]
    assert path.is_relative_to(root / "content" / kind.folder)
    assert re.fullmatch(r"[a-z0-9-]+", path.stem)
    checked = told("check", "--strict", "--quiet", root=root)
    assert checked.exit_code == 0, checked.output
    (entry,) = (one for one in read_content(root).entries if one.source == path.relative_to(root).as_posix())
    assert entry.title == "样本 #1：“试”的名称: 是"
    assert entry.data.status == "draft"
    assert CHINESE.search(path.read_text(encoding="utf-8").splitlines()[1])


def test_every_commented_line_of_a_template_names_a_field_of_the_kind(fresh: Path, tmp_path: Path) -> None:
    """Taking the # away must not lead to an unknown field."""
    root = Path(shutil.copytree(fresh, tmp_path / "copy"))
    for kind in KINDS:
        said = told("new", kind.name, "--title", "样本", "--id", "yang-ben-x", root=root)
        text = (root / said.output.split()[-1]).read_text(encoding="utf-8")
        fields = re.findall(r"^#? ?(\w+):", text, re.MULTILINE)
        assert sorted(fields) == sorted(field.name for field in fields_of(kind.model))


def test_new_asks_for_the_title_where_none_is_given(root: Path) -> None:
    """The only thing it must know."""
    said = told("new", "craftsman", root=root, typed="单样本\n")
    assert said.exit_code == 0
    assert (root / "content/craftsmen/shan-yang-ben.md").is_file()


def test_new_proposes_another_id_where_the_first_is_taken(root: Path) -> None:
    """People of one name get a file each, numbered as the manual says."""
    for _ in range(2):
        assert told("new", "craftsman", "--title", "样本人", root=root).exit_code == 0
    assert sorted(path.stem for path in (root / "content/craftsmen").iterdir()) == [
        "yang-ben-ren",
        "yang-ben-ren-2",
        "yang-ben-ren-3",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--id", "../../etc/passwd"],
        ["--id", "Big"],
        ["--id", "两个"],
        ["--id", "-x"],
        ["--id", "a/b"],
        ["--edition", "../x"],
        ["--id", "x" * 65],
        ["--id", ""],
    ],
)
def test_new_refuses_ids_that_are_none(root: Path, arguments: list[str]) -> None:
    """Paths, capitals, Chinese: exit code 2, a proposal, and no file."""
    before = bytes_of(root)
    said = told("new", "project", "--title", "样本", *arguments, root=root)
    if arguments == ["--id", ""]:
        assert said.exit_code == 0, "an empty id is no id: pinyin is proposed"
        return
    assert said.exit_code == 2
    assert "不合规则" in said.output
    assert bytes_of(root) == before


def test_new_overwrites_only_when_told_to(root: Path) -> None:
    """A file that is there stays, unless --force."""
    path = root / "content/craftsmen/yang-ben-ren.md"
    before = path.read_bytes()
    said = told("new", "craftsman", "--title", "样本人", "--id", "yang-ben-ren", root=root)
    assert said.exit_code == 2
    assert "已经有了" in said.output
    assert path.read_bytes() == before
    assert told("new", "craftsman", "--title", "样本人", "--id", "yang-ben-ren", "--force", root=root).exit_code == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize("title", ["", "   "])
def test_new_wants_a_title(root: Path, title: str) -> None:
    """Blanks are none."""
    assert told("new", "project", "--title", title, root=root).exit_code == 2


@pytest.mark.parametrize(
    "title", ["？！", "🚀", "ABC", "x" * 300, "样" * 200, 'a"b\\c', "'; rm -rf / #", "{{7*7}}", "- 一\n- 二", "\tTab"]
)
def test_new_takes_any_title(root: Path, title: str) -> None:
    """Whatever is typed becomes a file that reads back as it was typed."""
    said = told("new", "event", "--title", title, root=root)
    assert said.exit_code == 0, said.output
    entry = next(one for one in read_content(root).entries if one.kind == "event")
    assert entry.title == " ".join(title.replace("\n", " ").replace("\t", " ").split(" ")).strip()


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_ends_with_0_where_nothing_stops_a_build(root: Path) -> None:
    """Warnings do not, unless --strict."""
    assert told("check", root=root).exit_code == 0
    write(root, {"projects/2024/long.md": project(title="很长的样本标题" * 9)})
    relaxed, strict = told("check", root=root), told("check", "--strict", root=root)
    assert (relaxed.exit_code, strict.exit_code) == (0, 1)
    assert "警告[long-title]" in relaxed.output


def test_check_tells_everything_at_once_with_places(root: Path) -> None:
    """File, line, column, severity, code, message and mend of every fault in one run, exit code 1."""
    write(
        root,
        {
            "projects/2024/a.md": "---\ntitle: 样本\nyear: 二四年\nsources: 样本来源\n---\n",
            "projects/2024/b.md": "---\ntitle: 样本\nno_such_field: 1\nsources: 样本来源\n---\n",
            "stories/c.md": "---\ntitle: 样本\nsources: 样本来源\n---\n\n[[展品: nobody]]\n",
        },
    )
    said = told("check", "--quiet", root=root)
    assert said.exit_code == 1
    lines = [line for line in said.stdout.splitlines() if line]
    assert [re.match(r"([^:]+):(\d+):(\d+): 错误\[([a-z-]+)\] .+。.+", line).groups() for line in lines] == [  # type: ignore[union-attr]  # a line of another form is a fault
        ("content/projects/2024/a.md", "3", "7", "bad-year"),
        ("content/projects/2024/b.md", "3", "1", "unknown-field"),
        ("content/stories/c.md", "6", "1", "dead-reference"),
    ]
    assert "3 个错误" in said.stderr


def test_check_speaks_to_programs(root: Path) -> None:
    """JSON is a list of objects, GitHub's form a workflow command for each; both end like the text."""
    write(root, {"projects/2024/a.md": "---\ntitle: 样本\nyear: 二四年\nsources: 样本来源\n---\n"})
    said = told("check", "--format", "json", root=root)
    assert said.exit_code == 1
    (fault,) = (one for one in json.loads(said.stdout) if one["severity"] == "error")
    assert (fault["code"], fault["path"], fault["line"], fault["column"], fault["field"]) == (
        "bad-year",
        "content/projects/2024/a.md",
        3,
        7,
        ["year"],
    )
    said = told("check", "--format", "github", root=root)
    assert said.exit_code == 1
    assert "::error file=content/projects/2024/a.md,line=3,col=7,title=错误[bad-year]::" in said.stdout
    (root / "content/projects/2024/a.md").unlink()
    assert json.loads(told("check", "--format", "json", root=root).stdout) == []


def test_check_is_quiet_about_notes_when_told_to(root: Path) -> None:
    """--quiet leaves out advice, nothing else."""
    write(root, {f"projects/2024/p{at}.md": project(organisations="常见样本厂") for at in range(6)})
    assert "提示[frequent-name]" in told("check", root=root).output
    assert "提示" not in told("check", "--quiet", root=root).output


def test_the_exhibition_is_found_from_any_directory_below(root: Path) -> None:
    """As with other tools that have a root."""
    assert run("check", cwd=root / "content/projects/2024").returncode == 0


# --- build -----------------------------------------------------------------------------------------------------------


def test_build_tells_what_it_made_and_builds_again(root: Path) -> None:
    """In Chinese, on one line, with the place and the number of pages; the second time the same bytes."""
    done = run("build", cwd=root)
    assert done.returncode == 0, done.stderr
    site = root / "site"
    number = len([path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "id"])
    assert re.fullmatch(rf"已建成 {re.escape(str(site))}：{number} 个网页，用时 [\d.]+ 秒。\n", done.stdout)
    assert "\x1b" not in done.stderr, "no terminal codes in a pipe"
    first = bytes_of(site)
    build(root)
    assert bytes_of(site) == first


def test_build_goes_where_it_is_told(root: Path) -> None:
    """Relative to where one stands, and nothing appears in the usual place."""
    assert run("build", "--site-dir", "../elsewhere", cwd=root).returncode == 0
    assert (root.parent / "elsewhere/index.html").is_file()
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "written",
    [
        'site_dir: "建成 的"',
        "site_dir : 建成 的",
        "site_dir: 建成 的  # 不叫 site",
        'site_dir: !ENV [UNSET, "建成 的"]',
    ],
)
@pytest.mark.parametrize("command", [("deploy", "online", "--dry-run"), ("kiosk",), ("federate", "elsewhere")])
def test_a_command_looks_for_the_site_where_it_is_built(root: Path, command: tuple[str, ...], written: str) -> None:
    """As YAML and MkDocs understand the setting."""
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("site_dir: site", written), encoding="utf-8")
    done = run(*command, cwd=root)
    assert done.returncode
    assert f"{root / '建成 的'} " in done.stdout + done.stderr


def test_strict_builds_stop_at_warnings(root: Path) -> None:
    """Without the option they are only told."""
    write(root, {"projects/2024/long.md": project(title="很长的样本标题" * 9)})
    done = run("build", "--strict", cwd=root)
    assert done.returncode == 1
    assert "long-title" in done.stdout + done.stderr
    assert not (root / "site").exists()
    assert run("build", cwd=root).returncode == 0


SETTINGS = {
    "not YAML": "site_name: [样本\nplugins: {",
    "no plugin": "site_name: 样本\ndocs_dir: content/pages\n",
    "unknown plugin": "site_name: 样本\ndocs_dir: content/pages\nplugins: [exhibition, no-such-plugin]\n",
    "unknown option": "site_name: 样本\ndocs_dir: content/pages\ntheme: {name: material}\nplugins: [{exhibition: {page_size: many}}]\n",
    "no name": "docs_dir: content/pages\nplugins: [exhibition]\n",
    "no pages": "site_name: 样本\ndocs_dir: nowhere\ntheme: {name: material}\nplugins: [exhibition]\n",
    "unknown theme": "site_name: 样本\ndocs_dir: content/pages\ntheme: {name: nosuch}\nplugins: [exhibition]\n",
    "empty": "",
    "a list": "- 样本\n",
    "not text": "\x00\x01",
}


@pytest.mark.parametrize("broken", SETTINGS)
@pytest.mark.parametrize("command", ["check", "build"])
def test_broken_settings_are_told_without_a_traceback(root: Path, broken: str, command: str) -> None:
    """mkdocs.yml is named, and the exit code is 1."""
    (root / "mkdocs.yml").write_text(SETTINGS[broken], encoding="utf-8")
    done = run(command, cwd=root)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    said = done.stdout + done.stderr
    assert "mkdocs.yml" in said
    assert CHINESE.search(said)


# --- show ------------------------------------------------------------------------------------------------------------


def test_show_tells_fields_links_both_ways_and_pages(root: Path) -> None:
    """By kind and id, by id, and by title; entries made of names, too."""
    said = told("show", "project/yang-ben-jia", root=root)
    assert said.exit_code == 0
    for words in (
        "成果　样本甲成果",
        "文件：content/projects/2024/yang-ben-jia.md",
        "地址：projects/yang-ben-jia/",
        "yang-ben-ren → craftsman/yang-ben-ren",
        "样本一厂 → organisation/yang-ben-yi-chang",
    ):
        assert words in said.output
    pages = said.output.partition("出现在")[2].split()
    assert set(pages) == {
        "/editions/2024/",
        "/editions/2024/results/",
        "/editions/compare/2024/grades/9/",
        "/projects/",
        "/projects/yang-ben-jia/",
        "/projects/yang-ben-yi/",
        "/craftsmen/yang-ben-ren/",
        "/organisations/yang-ben-yi-chang/",
        "/stories/yang-ben-zhuan-ti/",
    }
    back = told("show", "yang-ben-ren", root=root).output
    assert "project/yang-ben-jia　样本甲成果" in back.partition("被指向")[2]
    assert told("show", "样本人", root=root).output == back
    assert "自动生成" in told("show", "样本一厂", root=root).output


def test_show_of_nobody_offers_a_guess(root: Path) -> None:
    """Exit code 1, on the error channel."""
    said = told("show", "yang-ben-jai", root=root)
    assert said.exit_code == 1
    assert said.stdout == ""
    assert "是不是“yang-ben-jia”？" in said.stderr


# --- serve -----------------------------------------------------------------------------------------------------------


class Served:
    """A running preview of an exhibition."""

    def __init__(self, root: Path, process: subprocess.Popen[str], port: int) -> None:
        self.root, self.process, self.port = root, process, port

    def get(self, address: str) -> tuple[int, str]:
        """Status and text of a page; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{address}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode("utf-8")
        except (urllib.error.URLError, ConnectionError):
            return 0, ""

    def said(self) -> str:
        """Everything it has printed so far."""
        return (self.root.parent / "served.log").read_text(encoding="utf-8")

    def until(self, seen: Callable[[], bool], what: str, *, seconds: float = PATIENCE) -> None:
        """Waits for something to be so."""
        self.until_none(lambda: [] if seen() else [what], seconds=seconds)

    def until_none(self, missing: Callable[[], list[str]], *, seconds: float = PATIENCE) -> None:
        """Waits until nothing is missing any more; a failure names what is."""
        limit = time.monotonic() + seconds
        while left := missing():
            assert self.process.poll() is None, f"the preview ended\n{self.said()}"
            assert time.monotonic() < limit, "\n".join(["not seen:", *left, self.said()])
            time.sleep(0.05)


@contextmanager
def served_by(root: Path, *command: str) -> Iterator[Served]:
    """A preview on a free port by this command, ended with Ctrl+C."""
    port = free_port()
    words = [sys.executable, "-u", "-m", *(word.replace("PORT", str(port)) for word in command)]
    with (root.parent / "served.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            words,
            cwd=root,
            env=environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        yield Served(root, process, port)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(BEGINNING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(root: Path) -> Iterator[Served]:
    """`exhibition serve`, with its home page ready."""
    with served_by(root, "site_builder.cli", "serve", "--port", "PORT") as served:
        served.until(lambda: served.get("")[0] == 200, "the home page", seconds=BEGINNING)
        yield served


def test_serve_shows_edits_as_they_are_saved(root: Path) -> None:
    """Text, new entries, deleted entries, stories and settings; while there are errors the pages stay as they were."""
    before = bytes_of(root)
    with serving(root) as served:
        path = root / "content/projects/2024/yang-ben-jia.md"
        good = path.read_text(encoding="utf-8")

        path.write_text(good + "\n头一次改的样本话。\n", encoding="utf-8")
        served.until(lambda: "头一次改的样本话" in served.get("projects/yang-ben-jia/")[1], "an edited text")

        path.write_text(good.replace("样本甲成果", "样本改名成果"), encoding="utf-8")
        served.until(lambda: "样本改名成果" in served.get("projects/yang-ben-jia/")[1], "an edited title")
        served.until(lambda: "样本改名成果" in served.get("projects/")[1], "the title in the list")
        served.until(lambda: "样本改名成果" in served.get("stories/yang-ben-zhuan-ti/")[1], "the title in a story")

        path.write_text(good.replace("title:", "no_such_field: 1\ntitle:"), encoding="utf-8")
        served.until(lambda: "yang-ben-jia.md:2:1: 错误[unknown-field]" in served.said(), "the error")
        assert "样本改名成果" in served.get("projects/yang-ben-jia/")[1]
        path.write_text(good, encoding="utf-8")
        served.until(lambda: "样本甲成果" in served.get("projects/yang-ben-jia/")[1], "the mended text")

        write(root, {"projects/2026/neu.md": project(title="样本新到")})
        served.until(lambda: served.get("projects/neu/")[0] == 200, "a new entry")
        assert "样本新到" in served.get("projects/")[1]
        assert served.get("covers/project/neu.svg")[0] == 200
        (root / "content/projects/2026/neu.md").unlink()
        served.until(lambda: served.get("projects/neu/")[0] == 404, "the end of a deleted entry")
        assert "这一页不在这里" in served.get("projects/neu/")[1]
        assert "样本新到" not in served.get("projects/")[1]

        write(root, {"stories/yang-ben-zhuan-ti.md": SMALL["stories/yang-ben-zhuan-ti.md"] + "\n专题里新的一段。\n"})
        served.until(lambda: "专题里新的一段" in served.get("stories/yang-ben-zhuan-ti/")[1], "an edited story")

        settings = root / "mkdocs.yml"
        settings.write_text(
            settings.read_text(encoding="utf-8").replace("slogan: 这里", "slogan: 改过的口号，这里"), encoding="utf-8"
        )
        served.until(lambda: "改过的口号" in served.get("")[1], "an edited setting")

        (root / "content/projects/2024/yang-ben-jia.md").write_text(good, encoding="utf-8")
    assert served.process.returncode == 0, served.said()
    assert "预览已结束" in served.said()
    assert "Traceback" not in served.said()
    after = {name for name in bytes_of(root) if not name.startswith(".cache/records/")}
    assert after == before.keys(), "a preview writes nothing into the exhibition but what it parsed"


def found_in(served: Served, query: str) -> set[str]:
    """Keys of what the preview's index finds, read over HTTP as a browser reads it."""
    index = Index(lambda address: served.get(address)[1].encode())
    return set(index.keys(index.search(query)))


def test_serve_searches_what_was_just_saved(root: Path) -> None:
    """New words lead to their entry, lost ones nowhere, a new entry is found and a deleted one is not."""
    path = root / "content/projects/2024/yang-ben-jia.md"
    text = path.read_text(encoding="utf-8")
    with serving(root) as served:
        assert "project/yang-ben-jia" in found_in(served, "样本甲成果")
        assert found_in(served, "铸造新词") == set()

        path.write_text(text.replace("样本甲成果", "样本铸造新词"), encoding="utf-8")
        served.until(lambda: "样本铸造新词" in served.get("projects/yang-ben-jia/")[1], "an edited title")
        assert "project/yang-ben-jia" in found_in(served, "铸造新词")
        assert "project/yang-ben-jia" not in found_in(served, "“样本甲成果”")

        write(root, {"projects/2026/neu.md": project(title="样本新到焊枪")})
        served.until(lambda: served.get("projects/neu/")[0] == 200, "a new entry")
        assert "project/neu" in found_in(served, "新到焊枪")
        (root / "content/projects/2026/neu.md").unlink()
        served.until(lambda: served.get("projects/neu/")[0] == 404, "the end of a deleted entry")
        assert found_in(served, "新到焊枪") == set()


@pytest.mark.parametrize("lost", [b"#", b""], ids=["no terms", "no bytes"])
def test_an_index_that_misses_a_word_stops_the_build_and_the_former_site_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lost: bytes
) -> None:
    """A disk that takes the shards and keeps something else: the build's own search notices before visitors do."""
    assert told("build", root=root).exit_code == 0
    before = bytes_of(root / "site")
    path = root / "content/projects/2024/yang-ben-jia.md"
    path.write_text(path.read_text(encoding="utf-8").replace("样本甲成果", "样本改名成果"), encoding="utf-8")
    whole = os.write

    def forgetful(file: int, content: bytes) -> int:
        head, comma, _ = bytes(content).partition(b",")
        if not head.startswith(b'exhibitionSearch.put("t/'):
            return whole(file, content)
        whole(file, head + comma + b'"' + lost + b'")' if lost else b"")
        return len(content)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", forgetful)
        done = told("build", root=root)
    assert done.exit_code == 1
    said = caplog.text + done.output
    assert "错误[search-self-test]" in said
    assert "检索却找不到" in said
    assert "站点没有改动" in said
    assert bytes_of(root / "site") == before
    assert not list(root.glob(".site.*-*"))
    assert told("build", root=root).exit_code == 0
    assert "样本改名成果" in (root / "site/projects/yang-ben-jia/index.html").read_text(encoding="utf-8")


def test_serve_answers_this_machine_alone(root: Path) -> None:
    """It listens on 127.0.0.1 only: no other address of the machine answers."""
    with serving(root) as served:
        with socket.socket() as other:
            other.settimeout(PATIENCE)
            assert other.connect_ex(("127.0.0.2", served.port)) != 0
        for path in ("../mkdocs.yml", "%2e%2e/mkdocs.yml", "..%2fmkdocs.yml", "/etc/passwd", "....//mkdocs.yml"):
            status, text = served.get(path)
            assert (status, "docs_dir" in text, "root:" in text) == (404, False, False)
        for method, host, expected in (
            ("GET", "evil.example", 421),
            ("POST", "127.0.0.1", 405),
            ("GET", "localhost", 200),
        ):
            connection = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
            connection.request(method, "/projects/", headers={"Host": host})
            assert connection.getresponse().status == expected, "a name made to point here is not this machine's"
            connection.close()


def test_serve_says_why_it_cannot_begin(root: Path) -> None:
    """A taken port is told in words, with exit code 1; faulty content is told in the pages (test_preview.py)."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]), cwd=root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "端口" in done.stderr


def without_fold(node: Node) -> Node:
    """The element without the fold of references, in which every address is absolute."""
    parts = [
        part for part in node.inside if isinstance(part, str) or "cite" not in part.attributes.get("class", "").split()
    ]
    return Node(node.tag, node.attributes, [part if isinstance(part, str) else without_fold(part) for part in parts])


def test_mkdocs_serve_shows_the_same_pages(root: Path) -> None:
    """Its pages read like ours; only the addresses that it knows differ, and the script by which it reloads."""
    with served_by(root, "mkdocs", "serve", "-a", "127.0.0.1:PORT") as served:
        served.until(lambda: served.get("projects/yang-ben-jia/")[0] == 200, "a page", seconds=BEGINNING)
        shown = {
            address: without_fold(read_markup(served.get(address)[1]).first("body"))
            for address in ("", "projects/yang-ben-jia/", "stories/yang-ben-zhuan-ti/")
        }
    ours = pages_of(build(root))
    for address, body in shown.items():
        built = without_fold(ours[address].first("body"))
        assert body.text == built.text
        assert _hrefs(body) == _hrefs(built)


def _hrefs(body: Node) -> list[str]:
    """Where the links lead; the digest in a poster's name tells of the address that it prints, and is left out."""
    return [re.sub(r"(-poster)-\w+", r"\1", link.href) for link in body.every("a")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_a_schema_with_the_labels_of_its_fields(kind: Kind) -> None:
    """The JSON Schema names every declared field and calls it as the manual does."""
    said = told("schema", kind.name)
    assert said.exit_code == 0
    properties = json.loads(said.output)["properties"]
    labels = {name: stated["title"] for name, stated in properties.items()}
    assert labels == {field.name: field.declared.label for field in fields_of(kind.model)}


def test_what_click_says_of_itself_is_chinese(tmp_path: Path) -> None:
    """Faults in the use of commands are told to editors, who read no English."""
    said = [
        subprocess.run([sys.executable, "-m", "site_builder.cli", *words], capture_output=True, text=True, check=False)
        for words in (("labels",), ("chek",), ("--help",))
    ]
    assert [one.returncode for one in said] == [2, 2, 0]
    assert said[0].stderr.splitlines()[0].startswith("用法：")
    assert said[0].stderr.splitlines()[-1] == "错误：缺少选项 '-o' / '--output'."
    assert said[1].stderr.splitlines()[-1] == "错误：没有 chek 这个命令。"
    assert re.findall(r"\b(?:Show|Usage|Options:|Commands:)", said[2].stdout) == []


def test_the_catalogue_of_clicks_words_is_compiled_and_up_to_date() -> None:
    """Whoever adds a word compiles it; a word that Click does not say any more goes."""
    folder = PROJECT / "site_builder/locale/zh_CN/LC_MESSAGES"
    with (folder / "click.po").open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert (folder / "click.mo").read_bytes() == compiled.getvalue(), "pybabel compile, as click.po says"
    said = {
        found[2] if isinstance(found[2], str) else found[2][:2]
        for found in extract_from_dir(str(Path(click.__file__).parent))
    }
    assert {message.id for message in catalogue if message.id} <= said
