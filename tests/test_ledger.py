"""No address ever published disappears: the ledger is kept by a command, guarded by check, and what was given up has a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from small import project, write
from whole import PROJECT, SMALL, build, exhibition

from site_builder.cli import cli
from site_builder.release.ledger import LEDGER, Kept, lost, read_ledger, renewed, stand_ins

if TYPE_CHECKING:
    from click.testing import Result


def told(*arguments: str, root: Path) -> Result:
    """Runs a command in this process."""
    return CliRunner().invoke(cli, [*arguments, "--root", str(root)], catch_exceptions=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small exhibition whose addresses are in its ledger."""
    home = exhibition(tmp_path / "exhibition", SMALL)
    said = told("addresses", "--update", root=home)
    assert said.exit_code == 0, said.output
    return home


def addresses_in(root: Path) -> set[str]:
    """What the ledger holds."""
    return {one.address for one in read_ledger(root)[0]}


def test_the_ledger_holds_every_page_that_stays(root: Path) -> None:
    """Pages of entries, lists, editions, stories, editorial pages and identifiers, and each of them is there after a build."""
    kept = addresses_in(root)
    expected = {"./", "projects/", "projects/yang-ben-jia/", "editions/2024/", "about/", "id/project/yang-ben-jia/"}
    assert expected | {"stories/yang-ben-zhuan-ti/", "data/"} <= kept
    site = build(root)
    assert [one for one in sorted(kept) if not (site / one / "index.html").is_file()] == []
    passing = {"kiosk/", "offline/"}
    built = {path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html")}
    expected_out = ("numbers/", "editions/compare/")
    left_out = {one for one in built - kept - passing - {"./"} if not one.startswith(expected_out)}
    assert left_out == set()


def test_no_address_of_the_real_exhibition_is_lost(built_site: Path) -> None:
    """The committed ledger against the built site: a page answers at every address."""
    ledger, problems = read_ledger(PROJECT)
    assert problems == ()
    assert len(ledger) > 2000
    assert [one.address for one in ledger if not (built_site / one.address / "index.html").is_file()] == []


def test_a_lost_entry_is_an_error_that_names_its_mends(root: Path) -> None:
    """One error for the entry, not another for its identifier; restoring, an alias and the mark all mend it."""
    path = root / "content/projects/2024/yang-ben-jia.md"
    text = path.read_text(encoding="utf-8")
    path.rename(path.with_name("yang-ben-xin.md"))
    write(root, {"stories/yang-ben-zhuan-ti.md": project(title="样本专题")})
    said = told("check", root=root)
    assert said.exit_code == 1
    assert said.output.count("[lost-address]") == 1
    for words in ("projects/yang-ben-jia/", "恢复成果“yang-ben-jia”", "aliases: [yang-ben-jia]", "撤下"):
        assert words in said.output
    path.with_name("yang-ben-xin.md").write_text(
        text.replace("---\n", "---\naliases: [yang-ben-jia]\n", 1), encoding="utf-8"
    )
    assert told("check", root=root).exit_code == 0


def test_what_was_given_up_keeps_a_page(root: Path) -> None:
    """At the entry's address and its identifier; another line leads on to a new address."""
    (root / "content/projects/2026/yang-ben-yi.md").unlink()
    ledger = root / LEDGER
    lines = [
        f"{line} 撤下" if line.startswith("projects/yang-ben-yi/") else line
        for line in ledger.read_text(encoding="utf-8").splitlines()
    ]
    ledger.write_text("\n".join([*lines, "old/list/ 2016 → projects/"]), encoding="utf-8")
    remaining = told("check", root=root).output
    for line in remaining.splitlines():
        assert "yang-ben-yi" not in line, line
    given_up = {one.split("地址 ")[1].split(" ")[0] for one in remaining.splitlines() if "[lost-address]" in one}
    lines = [
        f"{line} 撤下" if line.split(" ")[0] in given_up else line  # lists that the entry alone had filled
        for line in ledger.read_text(encoding="utf-8").splitlines()
    ]
    ledger.write_text("\n".join(lines), encoding="utf-8")
    site = build(root)
    for address in ("projects/yang-ben-yi/", "id/project/yang-ben-yi/"):
        page = (site / address / "index.html").read_text(encoding="utf-8")
        assert "这一页已经撤下" in page
        assert "noindex" in page
    assert 'url=../../projects/"' in (site / "old/list/index.html").read_text(encoding="utf-8")


def test_updating_only_adds(root: Path) -> None:
    """Lines that nobody answers any more, and marks, stay for ever."""
    ledger, _ = read_ledger(root)
    text = renewed((*ledger, Kept("gone/", "2016", "撤下")), {"new/"}, first="2028")
    assert "\ngone/ 2016 撤下\n" in text
    assert "\nnew/ 2028\n" in text
    assert all(f"\n{one.address} {one.first}" in text for one in ledger)
    before = (root / LEDGER).read_bytes()
    assert told("addresses", "--update", root=root).exit_code == 0
    assert (root / LEDGER).read_bytes() == before


def test_new_addresses_are_told_before_they_are_taken_in(root: Path) -> None:
    """Without --update nothing is written."""
    before = (root / LEDGER).read_bytes()
    write(root, {"projects/2026/yang-ben-bing.md": project(title="样本丙")})
    said = told("addresses", root=root)
    assert "  projects/yang-ben-bing/" in said.output
    assert (root / LEDGER).read_bytes() == before


@pytest.mark.parametrize(
    "line",
    [
        "../x/ 2024",
        "/x/ 2024",
        "x 2024",
        "a//b/ 2024",
        "x/ 2024 y",
        "x/ 2024 撤下 more",
        "x/../y/ 2024",
        "https://x/ 1",
    ],
)
def test_lines_that_cannot_be_read_are_told(tmp_path: Path, line: str) -> None:
    """With their number; none of them becomes a file outside of the site."""
    write(tmp_path, {"addresses.txt": f"# 样本\nabout/ 2024\n{line}\n"})
    ledger, problems = read_ledger(tmp_path)
    assert [one.address for one in ledger] == ["about/"]
    assert [(one.code, one.place.line) for one in problems] == [("bad-ledger", 3)]


def test_a_way_on_must_lead_somewhere() -> None:
    """A new address that is not there is an error as well."""
    ledger = (Kept("a/", "2016", "b/", 1), Kept("c/", "2016", "撤下", 2), Kept("id/project/c/", "2016", "", 3))
    assert [one.place.line for one in lost(ledger, {"d/"})] == [1, 3]
    assert [one.place.line for one in lost((*ledger, Kept("projects/c/", "1", "撤下", 4)), {"b/"})] == []
    pages = {file.address for file in stand_ins((*ledger, Kept("projects/c/", "1", "撤下", 4)), {"b/"})}
    assert pages == {"a/index.html", "c/index.html", "projects/c/index.html", "id/project/c/index.html"}
