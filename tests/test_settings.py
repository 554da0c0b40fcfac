"""The settings of an exhibition: what editors write wrong in mkdocs.yml is told like all else, in their words, with its place."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from site_builder.cli import cli
from site_builder.commands.engine import configured, exhibition_of
from site_builder.intake.settings import check_settings
from site_builder.model.exhibition import Exhibition
from site_builder.model.settings import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

LAST = "      current_edition: first"
WRONG = [
    ("short_name: 网上展", "page_size: 0", "16:18", "写一个大于零的整数"),
    ("short_name: 网上展", "titel_lines: [一]", "16:7", "是不是“title_lines”？"),
    ("short_name: 网上展", "languages: [fr]", "16:7", "没有“fr”，可以写 zh-Hant、en"),
    ("short_name: 网上展", "languages: en", "16:18", "写成方括号里的清单：[zh-Hant, en]"),
    ("short_name: 网上展", "persons_without_basis: no", "16:30", "没有“no”，可以写 withhold、member、show"),
    ("short_name: 网上展", "avif: 要", "16:13", "写 true 或 false"),
    ("short_name: 网上展", "published: 2026-13-40", "16:18", "写成 2026-11-21 这样的日期"),
    ("short_name: 网上展", "budgets: 400KB", "16:16", "写成 {entry: 400KB} 这样"),
    ("title_lines: [职工技术, 创新成果, 网上展]", "title_lines: 职工", "15:20", "写成方括号里的清单：[第一段, 第二段]"),
    ('site_url: ""', "site_url: zhan.example", "4:11", "以 https:// 开头"),
    ('site_url: ""', "site_ulr: https://zhan.example", "4:11", "是不是“site_url”？"),
    ("docs_dir: content/pages", "docs_dir: content/page", "5:11", "一般是 content/pages"),
    ("site_name: 职工技术创新成果网上展", "site_name:", "2:1", "写一行“site_name: 展览的名称”"),
    ("  - exhibition:", "  - exhibitions:", "13:1", "补上一行“  - exhibition:”，设置写在它下面"),
    (LAST, "organizers: x\norganiser: x", "22:12", "写在 plugins 下面、exhibition 的下一层"),
    ("      organiser:", "      organiser：", "18:16", "改成“organiser: ”：半角冒号加一个空格"),
]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new exhibition as ``init`` makes it."""
    root = tmp_path_factory.mktemp("settings") / "first"
    assert CliRunner().invoke(cli, ["init", str(root)]).exit_code == 0
    return root


@pytest.fixture
def text(fresh: Path) -> str:
    """Its settings, which are put back."""
    return (fresh / "mkdocs.yml").read_text(encoding="utf-8")


def write(root: Path, text: str) -> None:
    """The settings as an editor saves them."""
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("case", WRONG, ids=[wrong for _, wrong, _, _ in WRONG])
def test_each_wrong_setting_is_told_with_place_and_mend(
    fresh: Path, text: str, case: tuple[str, str, str, str]
) -> None:
    """One fault, one line; nothing of Python or of the engine is seen."""
    right, wrong, place, mend = case
    assert check_settings(fresh) == ()
    write(fresh, text.replace(right, wrong, 1))
    try:
        ended = CliRunner().invoke(cli, ["check", "--root", str(fresh)])
    finally:
        write(fresh, text)
    assert ended.exit_code == 1
    assert any(f"mkdocs.yml:{place}: 错误[" in line and line.endswith(mend) for line in ended.output.splitlines()), (
        ended.output
    )
    assert "Config value" not in ended.output
    assert "Error" not in ended.output


def test_all_faults_come_in_one_run_and_in_every_form(fresh: Path, text: str) -> None:
    """For machines, too; and nothing is built."""
    write(fresh, text.replace("short_name: 网上展", "page_size: -3").replace('icp: ""', "avif: 3"))
    try:
        ended = CliRunner().invoke(cli, ["check", "--format", "json", "--root", str(fresh)])
        built = CliRunner().invoke(cli, ["build", "--root", str(fresh)])
    finally:
        write(fresh, text)
    assert [problem["line"] for problem in json.loads(ended.stdout)] == [16, 20]
    assert (ended.exit_code, built.exit_code) == (1, 1)
    assert built.output.count("错误[settings]") == 2
    assert not (fresh / "site").exists()


def test_what_notepad_saved_as_ansi_is_told(fresh: Path, text: str) -> None:
    """As of every other file."""
    (fresh / "mkdocs.yml").write_bytes(text.encode("gb18030"))
    try:
        assert [problem.code for problem in check_settings(fresh)] == ["encoding"]
    finally:
        write(fresh, text)


def test_numbers_and_days_are_texts_without_quotation_marks(fresh: Path, text: str) -> None:
    """Editors write ``current_edition: 2026``; YAML takes it for a number. An edition that is not there is told, and no obstacle."""
    write(fresh, text.replace(LAST, "      current_edition: 2026\n      published: 2026-11-21\n\n"))
    try:
        exhibition = exhibition_of(configured(fresh))
        ended = CliRunner().invoke(cli, ["check", "--root", str(fresh)])
    finally:
        write(fresh, text)
    assert (exhibition.current_edition, exhibition.published) == ("2026", "2026-11-21")
    assert ended.exit_code == 0
    assert "mkdocs.yml:21:24: 警告[settings-edition] current_edition 写的展期“2026”不存在" in ended.output


def test_settings_are_declared_once() -> None:
    """The exhibition holds what is declared, beside what the engine and the program know of themselves."""
    own = {"name", "url", "description", "editorial", "archived"}
    assert {field.name for field in dataclasses.fields(Exhibition)} - own == SETTINGS.keys() - {"budgets", "quiet"}
