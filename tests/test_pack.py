"""``exhibition pack``: the zip as Windows unpacks it, and the exhibition in it as a visitor without a network sees it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from markup import addresses_in, dead_links, pages_of
from sample_gallery import ADDRESS, PAGE, with_gallery
from small import project, write
from whole import run

from site_builder.release.closing import closed
from site_builder.release.windows_names import folder_name, unfit_names

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

MORE = {
    "projects/2024/yang-ben-jia.md": project(
        title="样本甲成果", people="yang-ben-ren", organisations="样本一厂", summary="说到 样本乙。"
    ).replace("---\n样", "---\n")
    + "\n见[样本乙](../../projects/yang-ben-yi/)与[样本人](../../craftsmen/yang-ben-ren/)。\n",
    "projects/2026/yang-ben-yi.md": project(title="样本乙成果", organisations="样本二厂"),
    "craftsmen/yang-ben-ren.md": "---\nname: 样本人\nsources: 样本来源\naliases: [yang-ben-jiu]\n---\n",
    "stories/yang-ben-zhuan-ti.md": "---\ntitle: 样本专题\nsources: 样本来源\n---\n\n[[展品: yang-ben-yi]]\n",
}
OFFLINE = "样本展 离线"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibition of two editions with pictures of all sorts."""
    return write(with_gallery(tmp_path_factory.mktemp("packed") / "展览 一"), MORE)


@pytest.fixture(scope="module")
def archive(root: Path) -> Path:
    """The pack of one edition."""
    path = root.parent / "展览.zip"
    done = run("pack", "2024", "-o", str(path), cwd=root)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "细节图切片" in done.stdout
    return path


@pytest.fixture(scope="module")
def folder(archive: Path) -> Path:
    """The pack, unpacked in a folder with blanks and Chinese in its name."""
    into = archive.parent / OFFLINE
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into)
    return next(into.iterdir())


def test_the_top_of_the_pack_says_what_to_do(folder: Path) -> None:
    """One folder with the page to open, the instructions for Notepad and the site."""
    assert sorted(path.name for path in folder.iterdir()) == sorted(["打开展览.html", "使用说明.txt", "site"])
    text = (folder / "使用说明.txt").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.count(b"\n") == text.count(b"\r\n") > 10
    assert "全部解压缩" in text.decode("utf-8-sig")


def test_names_and_bytes_do_not_depend_on_the_machine(root: Path, archive: Path, tmp_path: Path) -> None:
    """UTF-8 names, one time for all files, and the same bytes again with other cores, zone and hash seed."""
    with zipfile.ZipFile(archive) as opened:
        infos = opened.infolist()
    assert all(info.flag_bits & 0x800 for info in infos)
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert max(len(info.filename) for info in infos) <= 200
    again = tmp_path / "又.zip"
    done = run("pack", "2024", "-o", str(again), cwd=root, EXHIBITION_JOBS="2", TZ="Asia/Shanghai", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert again.read_bytes() == archive.read_bytes()


def test_only_the_edition_is_in_it(folder: Path) -> None:
    """With the people and firms that it names; nothing of another edition, and nothing that needs a server."""
    site = folder / "site"
    assert (site / "projects/yang-ben-jia/index.html").is_file()
    assert (site / "craftsmen/yang-ben-ren/index.html").is_file()
    assert not (site / "projects/yang-ben-yi").exists()
    assert not (site / "stories").exists()
    assert not [name for name in ("404.html", "sitemap.xml", "share", "sw.js") if (site / name).exists()]
    assert "样本二厂" not in "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))


def dead(folder: Path) -> list[str]:
    """Links to files that are not there; anchors are those of the site, which its own tests follow."""
    return [fault for fault in dead_links(folder, pages_of(folder)) if not fault.endswith("no such anchor")]


def test_every_link_leads_to_a_file(folder: Path) -> None:
    """No page relies on a server that shows ``index.html`` for a folder; what is not in the pack is on the site."""
    pages = pages_of(folder)
    assert dead(folder) == []
    bare = [
        (address, target)
        for address, page in pages.items()
        for part, target in addresses_in(page)
        if part.tag in {"a", "form", "meta"} and "://" not in target and target.partition("#")[0].endswith("/")
    ]
    assert bare == []
    outside = (folder / "site/projects/yang-ben-jia/index.html").read_text(encoding="utf-8")
    assert f'href="{ADDRESS}projects/yang-ben-yi/"' in outside
    assert 'href="../../craftsmen/yang-ben-ren/index.html"' in outside


def test_a_double_click_opens_the_exhibition(page: Page, folder: Path) -> None:
    """The page at the top leads on; its links lead from hall to work; nobody is asked for anything."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "打开展览.html").as_uri())
    page.wait_for_url("**/site/index.html")
    page.locator(".site-head").get_by_role("link", name="成果", exact=True).first.click()
    page.get_by_role("link", name="样本甲成果").first.click()
    page.get_by_role("heading", name="样本甲成果", level=1).wait_for()
    page.goto((folder / "site/craftsmen/yang-ben-jiu/index.html").as_uri())
    page.wait_for_url("**/craftsmen/yang-ben-ren/index.html")
    assert {address.partition(":")[0] for address in asked} <= {"file", "data"}


def test_search_facets_and_favourites_work(page: Page, folder: Path) -> None:
    """From ``file://``: the form of the header, pinyin, a facet, and a list of one's own."""
    page.goto((folder / "site/index.html").as_uri())
    page.locator("[data-search-field]").first.fill("yangbenjia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=yangbenjia")
    page.locator("[data-result]").first.wait_for()
    assert page.locator("[data-result]").count() == 1
    page.locator("[data-result] a").first.click()
    page.wait_for_url("**/projects/yang-ben-jia/index.html")
    page.locator("[data-favourite]").first.click()
    page.locator("a.kept").first.click()
    page.wait_for_url("**/favourites/index.html")
    page.locator("[data-fav=list] li").first.wait_for()
    page.goto((folder / "site/search/index.html").as_uri() + "?kind=craftsman")
    page.locator("[data-result]").first.wait_for()
    assert page.locator("[data-result]").all_inner_texts()[0].startswith("样")


def test_details_of_pictures_can_be_seen(page: Page, folder: Path) -> None:
    """The tiles come from the folder."""
    page.goto((folder / "site" / PAGE / "index.html").as_uri())
    page.locator("a[data-zoom]").click()
    page.get_by_role("button", name="看细节").click()
    page.locator(".zoom__frame canvas").first.wait_for()
    seen = "(document.querySelector('.show__stage') || {}).zoomed"
    page.wait_for_function(f"{seen} && {seen}.world.getItemCount() === 1 && {seen}.world.getItemAt(0).getFullyLoaded()")


def test_the_small_pack_and_the_limit(root: Path, archive: Path, tmp_path: Path) -> None:
    """Without tiles and large pictures, every link still leading to a file; over the limit nothing is written."""
    small = tmp_path / "小.zip"
    done = run("pack", "--all", "--small", "-o", str(small), cwd=root)
    assert done.returncode == 0, done.stderr
    assert small.stat().st_size < archive.stat().st_size
    with zipfile.ZipFile(small) as opened:
        opened.extractall(tmp_path)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    assert dead(folder) == []
    assert not list(folder.rglob("iiif/image"))
    assert not list(folder.rglob("*-1600.webp"))
    assert (folder / "site/stories/yang-ben-zhuan-ti/index.html").is_file()
    done = run("pack", "2024", "--max-size", "200KB", "-o", str(tmp_path / "大.zip"), cwd=root)
    assert done.returncode == 1
    assert "pack-size" in done.stdout
    assert "--small" in done.stdout
    assert not (tmp_path / "大.zip").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("1999", "-o", "a.zip"), 1, "unknown-edition"),
        (("-o", "a.zip"), 2, "--all"),
        (("2024", "--all", "-o", "a.zip"), 2, "--all"),
        (("2024", "-o", "a.rar"), 2, ".zip"),
        (("2024", "--max-size", "很大", "-o", "a.zip"), 2, "500MB"),
    ],
)
def test_wrong_use_is_told(root: Path, *, arguments: tuple[str, ...], code: int, said: str) -> None:
    """And leaves nothing behind."""
    before = sorted(path.name for path in root.iterdir())
    done = run("pack", *arguments, cwd=root)
    assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stderr
    assert sorted(path.name for path in root.iterdir()) == before


def test_names_that_windows_refuses() -> None:
    """Reserved names, forbidden characters, long paths and names that differ in capitals only."""
    names = ("projects/con/index.html", "a?.js", "x/" * 100, "a.js", "A.js", "ok.html")
    assert [problem.place.path for problem in unfit_names(names, folder="展览")] == [*names[:3], "A.js"]
    assert {problem.code for problem in unfit_names(names, folder="展览")} == {"pack-name"}
    assert [folder_name(title) for title in ("a/b: c?", "con", "。" * 50)] == ["a b c", "展览", "。" * 40]


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('<a href="../b/?q=1&amp;r=2#c">', '<a href="../b/index.html?q=1&amp;r=2#c">'),
        ('<a class="x" href="../c/">甲</a>', '<a class="x">甲</a>'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<a href="#x"><a href="https://example.org/b/">', '<a href="#x"><a href="https://example.org/b/">'),
        ('<form action="../b/">', '<form action="../b/index.html">'),
        (
            '<meta http-equiv="refresh" content="0; url=../b/">',
            '<meta http-equiv="refresh" content="0; url=../b/index.html">',
        ),
        ('<img srcset="../x.webp 1w, ../y.webp 2w">', '<img srcset="../x.webp 1w">'),
        ("<script>'<a href=\"../b/\">'</script>", "<script>'<a href=\"../b/\">'</script>"),
    ],
)
def test_links_are_written_out(given: str, made: str) -> None:
    """Only values of attributes change."""
    names = {"a/index.html", "b/index.html", "x.webp"}
    assert closed(given, at="a/index.html", names=names) == made


def test_links_that_lead_out_lead_online() -> None:
    """Where the site's address is known."""
    assert closed('<a href="../c/#d">', at="a/index.html", names=(), online=ADDRESS) == f'<a href="{ADDRESS}c/#d">'
