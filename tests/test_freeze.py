"""An edition is frozen: the same bytes anywhere, proved by strangers' tools, refused while anything is amiss, mounted again unchanged."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from frictionless import Package
from jsonschema import Draft202012Validator
from markup import dead_links, pages_of
from small import project, write
from whole import SMALL, build, bytes_of, environment, exhibition, run

from site_builder.cli import cli
from site_builder.release.bag import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from playwright.sync_api import Page

URL = "https://zhan.example.invalid/"
EPOCH = "1780000000"
FILES = SMALL | {
    "craftsmen/yang-ben-ren.md": "---\n# 样本批注\nname: 样本人\nconsent: 样本同意\nsources: 样本来源\n---\n\n样本正文。\n",
    "editions/2024.yml": "title: 2024 样本展期\nordinal: 第三届\nyears: 2022—2023\n",
}


def with_address(root: Path) -> Path:
    """An exhibition that knows where it will stand."""
    settings = root / "mkdocs.yml"
    text = re.sub(r'site_url: "".*', f'site_url: "{URL}"', settings.read_text(encoding="utf-8"))
    settings.write_text(text, encoding="utf-8")
    return root


def told(*arguments: str, root: Path) -> Result:
    """Runs a command in this process."""
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH})
    return runner.invoke(cli, [*arguments, "--root", str(root)], catch_exceptions=False)


def frozen_at(root: Path, **changes: str) -> Path:
    """Freezes the edition of 2024 beside the exhibition."""
    bag = root.parent / "bags" / "2024"
    done = run("freeze", "2024", "-o", str(bag), cwd=root, SOURCE_DATE_EPOCH=EPOCH, **changes)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return bag


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small exhibition with an address."""
    return with_address(exhibition(tmp_path_factory.mktemp("freeze") / "展览", FILES))


@pytest.fixture(scope="module")
def bag(root: Path) -> Path:
    """Its edition of 2024, frozen by one process."""
    return frozen_at(root, EXHIBITION_JOBS="1", LC_ALL="C", TZ="Asia/Shanghai")


def test_two_freezes_are_the_same_bytes(bag: Path, tmp_path: Path) -> None:
    """In another directory, on other cores, in another place of the world, under another mask."""
    other = with_address(exhibition(tmp_path / "else/where", FILES))
    before = os.umask(0o077)
    try:
        again = frozen_at(
            other, EXHIBITION_JOBS="3", LC_ALL="zh_CN.UTF-8", TZ="America/Lima", PYTHONHASHSEED="7", COLUMNS="40"
        )
    finally:
        os.umask(before)
    ours, theirs = bytes_of(bag), bytes_of(again)
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert digest_of(bag) == digest_of(again)


def test_strangers_prove_the_bag_after_copying(bag: Path, tmp_path: Path) -> None:
    """Ours, the library's, and sha256sum; with one flipped byte, ours and the library's name the file."""
    copy = Path(shutil.copytree(bag, tmp_path / "copy"))
    validate = [sys.executable, "-m", "bagit", "--validate", str(copy)]
    assert CliRunner().invoke(cli, ["verify", str(copy)]).exit_code == 0
    subprocess.run(validate, check=True, capture_output=True)
    subprocess.run(["sha256sum", "--check", "--quiet", "manifest-sha256.txt"], cwd=copy, check=True)
    page = copy / "data/site/index.html"
    content = bytearray(page.read_bytes())
    content[100] ^= 1
    page.write_bytes(content)
    ours = CliRunner().invoke(cli, ["verify", str(copy)])
    assert (ours.exit_code, ours.output.count("bag-changed")) == (1, 1)
    assert "data/site/index.html: 错误[bag-changed]" in ours.output
    theirs = subprocess.run(validate, check=False, capture_output=True, encoding="utf-8")
    assert theirs.returncode == 1
    assert "data/site/index.html" in theirs.stderr


def test_every_page_says_that_it_is_kept_and_where_it_lives(bag: Path) -> None:
    """The band comes first; entries lead to their living pages, all other pages to their place in the archive."""
    site = bag / "data/site"
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    framed = {name: page for name, page in pages.items() if 'class="site-head"' in page}
    assert len(framed) > 15
    for name, page in framed.items():
        assert page.index("第三届 · 已归档") < page.index('class="site-head"'), name
        assert f'<a href="{URL}">看现在的展览</a>' in page, name

    def canonical(name: str) -> str:
        return re.findall(r'rel="canonical" href="([^"]+)"', pages[name])[0]

    assert canonical("index.html") == f"{URL}editions/2024/"
    assert canonical("projects/yang-ben-jia/index.html") == f"{URL}projects/yang-ben-jia/"
    assert canonical("projects/index.html") == f"{URL}editions/2024/projects/"
    assert "404.html" not in pages
    assert not (site / "projects/yang-ben-yi").exists(), "of another edition"


def test_the_kept_site_opens_without_a_server(bag: Path) -> None:
    """Every link leads to a file, not to a folder."""
    site = bag / "data/site"
    pages = {f"{address}index.html": page for address, page in pages_of(site).items()}
    assert dead_links(site, pages) == []
    home = (bag / "data/site/index.html").read_text(encoding="utf-8")
    assert not [link for link in re.findall(r'<a [^>]*href="([^":#?]+)', home) if link.endswith("/")]


def test_sources_leave_out_what_is_private(bag: Path) -> None:
    """Comments and private fields go; the text stays; files of other editions and folders of work are not there."""
    text = (bag / "data/sources/content/craftsmen/yang-ben-ren.md").read_text(encoding="utf-8")
    assert "样本正文。" in text
    assert "name: 样本人" in text
    everything = b"".join(path.read_bytes() for path in bag.rglob("*") if path.is_file())
    for word in ("样本批注", "样本同意"):
        assert word.encode() not in everything
    kept = {path.name for path in (bag / "data/sources").rglob("*") if path.is_file()}
    assert "yang-ben-jia.md" in kept
    assert "yang-ben-yi.md" not in kept


def test_data_can_be_read_without_the_program(bag: Path) -> None:
    """The catalogue by its schema, the package by Frictionless."""
    catalogue = json.loads((bag / "data/catalogue.json").read_bytes())
    schema = json.loads((bag / "data/catalogue.schema.json").read_bytes())
    assert list(Draft202012Validator(schema).iter_errors(catalogue)) == []
    assert [one["id"] for one in catalogue["entries"]["project"]] == ["yang-ben-jia"]
    catalogue["entries"]["project"][0]["title"] = 1
    assert list(Draft202012Validator(schema).iter_errors(catalogue)) != []
    outcome = Package(str(bag / "data/datapackage/datapackage.json")).validate()
    assert outcome.valid, outcome.flatten()


def test_the_bag_tells_what_made_it(bag: Path) -> None:
    """Versions, settings, how to read it in thirty years; no path of this machine."""
    tool = json.loads((bag / "data/tool.json").read_bytes())
    assert tool["dependencies"]["mkdocs"]
    assert tool["settings"]["archived"] == "第三届"
    for name in ("README.zh.txt", "README.txt"):
        assert "sha256sum -c manifest-sha256.txt" in (bag / "data" / name).read_text(encoding="utf-8")
    assert "External-Identifier: " + URL + "editions/2024/" in (bag / "bag-info.txt").read_text(encoding="utf-8")
    everything = b"".join(path.read_bytes() for path in bag.rglob("*") if path.is_file())
    assert str(bag.parent.parent).encode() not in everything


@pytest.mark.parametrize(
    "files, code",
    [
        ({"projects/2024/yang-ben-bing.md": project(title="样本丙", status="notice")}, "freeze-notice"),
        (
            {"pages/yang-ben.md": "# 样本页\n\n[样本](https:///[x)、![样本](https://sample.invalid/x.png)\n"},
            "foreign-request",
        ),
        ({"projects/2024/yang-ben-bing.md": project(title="样本丙", year="二四年")}, "bad-year"),
    ],
)
def test_freezing_waits_until_all_is_well(root: Path, tmp_path: Path, files: dict[str, str], code: str) -> None:
    """A notice period, a picture of another host, an error in the content: nothing is written."""
    copy = write(Path(shutil.copytree(root, tmp_path / "copy")), files)
    said = told("freeze", "2024", "-o", str(tmp_path / "bag"), root=copy)
    assert said.exit_code == 1
    assert f"[{code}]" in said.output
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_freezing_refuses_what_is_there_and_what_is_not(root: Path, tmp_path: Path) -> None:
    """A directory that exists, an edition that does not, a day that nobody knows."""
    (tmp_path / "there").mkdir()
    assert told("freeze", "2024", "-o", str(tmp_path / "there"), root=root).exit_code == 2
    for place in ("site", "content", ".cache"):
        said = told("freeze", "2024", "-o", str(root / place / "bag"), root=root)
        assert (said.exit_code, f"在 {place}/ 里" in said.output) == (2, True), "where it would not last"
        assert not (root / place / "bag").exists()
    said = told("freeze", "1999", "-o", str(tmp_path / "bag"), root=root)
    assert (said.exit_code, "[unknown-edition]" in said.output) == (1, True)
    undated = CliRunner().invoke(cli, ["freeze", "2024", "-o", str(tmp_path / "bag"), "--root", str(root)])
    assert (undated.exit_code, "closing: " in undated.output) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_freeze_that_is_killed_leaves_nothing_half(root: Path, tmp_path: Path) -> None:
    """Nothing stands where the bag should; the next freeze clears away what the killed one left beside it."""
    bag = tmp_path / "bag"
    command = [sys.executable, "-m", "site_builder.cli", "freeze", "2024", "-o", str(bag)]
    killed = subprocess.Popen(
        command,
        cwd=root,
        env=environment(SOURCE_DATE_EPOCH=EPOCH),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while killed.poll() is None and not list(tmp_path.glob(".bag.building-*/bag/site/index.html")):
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    assert not bag.exists()
    assert list(tmp_path.iterdir()) != []
    assert told("freeze", "2024", "-o", str(bag), root=root).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]


# --- mounted again ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def living(root: Path, bag: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exhibition after its edition of 2024 was taken back in and its works were edited."""
    home = tmp_path_factory.mktemp("mount")
    copy = Path(shutil.copytree(root, home / "展览"))
    shutil.copytree(bag, copy / "archives" / "2024")
    said = told("mount", str(copy / "archives/2024"), root=copy)
    assert said.exit_code == 0, said.output
    write(copy, {"projects/2024/yang-ben-jia.md": project(title="样本甲成果改名", organisations="样本一厂")})
    build(copy)
    return copy


def test_the_kept_site_stands_in_the_living_one_byte_for_byte(living: Path, bag: Path) -> None:
    """Every file, at the edition's address; the living pages around it are new."""
    kept, stands = bytes_of(bag / "data/site"), bytes_of(living / "site/editions/2024")
    assert [name for name in kept if kept[name] != stands.get(name)] == []
    added = stands.keys() - kept.keys()
    assert added == {"results/index.html"}
    assert "样本甲成果改名" in (living / "site/projects/yang-ben-jia/index.html").read_text(encoding="utf-8")
    inside = (living / "site/editions/2024/projects/yang-ben-jia/index.html").read_text(encoding="utf-8")
    assert "样本甲成果改名" not in inside


def test_addresses_of_the_mounted_edition_stay_alive(living: Path) -> None:
    """What lay beneath the edition's page leads on into the kept site; no link anywhere is dead; the map of the site names it."""
    site = living / "site"
    moved = (site / "editions/2024/results/index.html").read_text(encoding="utf-8")
    assert 'url=../../../editions/2024/editions/2024/results/"' in moved
    pages = {address: page for address, page in pages_of(site).items() if not address.startswith("editions/2024/")}
    assert [fault for fault in dead_links(site, pages) if "no such anchor" not in fault] == []
    assert f"<loc>{URL}editions/2024/</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_search_of_the_mounted_edition_finds_its_own(
    living: Path, page: Page, serve_directory: Callable[[Path], str]
) -> None:
    """It is self-contained: what is found lies in the kept site."""
    page.goto(f"{serve_directory(living / 'site')}/editions/2024/search/?q=样本甲")
    page.get_by_role("link", name="样本甲成果").first.wait_for()
    address = page.get_by_role("link", name="样本甲成果").first.evaluate("link => link.href")
    assert "/editions/2024/projects/yang-ben-jia/" in address


def test_a_changed_file_stops_the_build(living: Path, tmp_path: Path) -> None:
    """One byte is enough; the former site stays as it was."""
    copy = Path(shutil.copytree(living, tmp_path / "copy"))
    path = copy / "archives/2024/data/site/index.html"
    path.write_bytes(path.read_bytes() + b" ")
    before = bytes_of(copy / "site")
    done = run("build", cwd=copy)
    assert done.returncode == 1
    assert "content/archives/2024.yml: 错误[archive] 归档袋里的 data/site/index.html 与归档时不同" in done.stderr
    assert bytes_of(copy / "site") == before


def test_an_archive_is_proved_by_builds_that_have_nothing_else_to_do(living: Path, tmp_path: Path) -> None:
    """Nothing of the content was edited since; one byte of the bag decayed, under the same time and size, or it is not there."""
    copy = Path(shutil.copytree(living, tmp_path / "copy"))
    build(copy)
    assert "没有改动" in run("build", cwd=copy).stdout
    path = copy / "archives/2024/data/site/index.html"
    whole, stat = path.read_bytes(), path.stat()
    path.write_bytes(whole.replace(b"<", b"(", 1))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    before = bytes_of(copy / "site")
    done = run("build", cwd=copy)
    assert done.returncode == 1, done.stdout
    said = done.stdout + done.stderr
    assert "错误[archive] 归档袋里的 data/site/index.html 与归档时不同" in said
    assert "dead-link" not in said, "the cause is told, not all that follows from it"
    path.write_bytes(whole)
    (copy / "archives/2024").rename(copy / "archives/moved")
    done = run("build", cwd=copy)
    assert (done.returncode, "找不到归档袋" in done.stdout + done.stderr) == (1, True)
    assert bytes_of(copy / "site") == before
    (copy / "archives/moved").rename(copy / "archives/2024")
    assert "没有改动" in run("build", cwd=copy).stdout


@pytest.mark.parametrize(
    "path, words",
    [
        ("archives/2024/manifest-sha256.txt", "manifest-sha256.txt：第 1 行"),
        ("archives/2024/tagmanifest-sha256.txt", "指纹与挂回时不同"),
        ("content/archives/2024.yml", "认不出来"),
    ],
)
def test_changed_papers_are_seen_by_check(living: Path, tmp_path: Path, path: str, words: str) -> None:
    """Without reading the files of the bag."""
    copy = Path(shutil.copytree(living, tmp_path / "copy"))
    (copy / path).write_bytes(b"x" + (copy / path).read_bytes())
    said = told("check", root=copy)
    assert said.exit_code == 1
    assert "[archive]" in said.output
    assert words in said.output


def test_mounting_refuses_a_bag_that_is_not_whole(root: Path, bag: Path, tmp_path: Path) -> None:
    """Nothing is recorded of it, nor of another bag where one is mounted already."""
    copy = Path(shutil.copytree(bag, tmp_path / "bag"))
    (copy / "data/tool.json").write_bytes(b"{}")
    home = Path(shutil.copytree(root, tmp_path / "home"))
    assert told("mount", str(copy), root=home).exit_code == 1
    assert not (home / "content/archives").exists()
    write(home, {"archives/2024.yml": "bag: else\ndigest: else\n"})
    assert told("mount", str(bag), root=home).exit_code == 1
