"""A withdrawn person is nowhere: the plan says every place, all of it is written or nothing, and a scan of the built site proves it."""

from __future__ import annotations

import gzip
import io
import shutil
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from PIL import Image, PngImagePlugin
from plain_pdf import pdf_saying
from sample_media import photograph
from small import PLAIN, write
from whole import bytes_of, exhibition, run

from site_builder.cli import cli
from site_builder.exchange.journal import HOUSE
from site_builder.intake.content import read_content
from site_builder.release.redaction import Marks, found_by_search, remains
from site_builder.release.traces import traces_in

if TYPE_CHECKING:
    from pathlib import Path

NAME = "欧阳样本"
ID = "ou-yang-yang-ben"
MARKS = Marks((NAME, "Ouyang Yangben"), (ID, "jiu-bian-hao"), besides=(f"{NAME}甲",))
FILES = PLAIN | {
    f"craftsmen/{ID}.md": f"""\
        ---
        # 样本批注
        name: {NAME}
        pinyin: Ouyang Yangben
        organisation: 样本一厂
        trade: 样本罕见工种
        honours: [{{honour: 样本工匠, year: 2024}}]
        apprentices: [样本徒弟]
        portrait: {{file: xiao-xiang.jpg, alt: 样本肖像}}
        consent: [{{scope: [姓名, 肖像], date: 2026-01, evidence: 样本编号一}}]
        aliases: [jiu-bian-hao]
        sources: 样本来源
        ---

        {NAME}的样本正文。
        """,
    "craftsmen/yang-ben-tu-di.md": f"---\nname: 样本徒弟\nmentor: {ID}  # 样本批注\nsources: 样本来源\n---\n",
    "craftsmen/tong-ming.md": f"---\nname: {NAME}甲\nsources: 样本来源\n---\n",
    "projects/2026/jia.md": f"""\
        ---
        title: 样本甲成果
        # 这一行批注留着
        people:
          - person: {ID}
            role: 主持
          - person: '样本乙'
        edition: '2026'
        figures: [{{value: '3', label: 样本数}}]
        sources: [{{title: 欧阳 样本获奖, outlet: 样本报}}]
        ---

        由{NAME}与样本乙做成，[见本人](../../craftsmen/{ID}/)。{NAME}甲没有参加。
        """,
    "projects/2026/yi.md": f"---\ntitle: 样本乙成果\npeople: {NAME}、样本乙\nedition: '2026'\nsources: 样本来源\n---\n",
    "projects/2026/bing.md": f"---\ntitle: 样本丙成果\npeople: {NAME}\nedition: '2026'\nsources: 样本来源\n---\n",
    "studios/gong-zuo-shi.md": f"---\nname: {NAME}创新工作室\nleads: [{ID}, 样本乙]\nmembers: [{NAME}]\nsources: 样本来源\n---\n",
    "teams/ban-zu.md": f"---\nname: 样本班组\nleader: {ID}\nsources: 样本来源\n---\n",
    "stories/zhuan-ti.md": f"---\ntitle: 样本专题\nsources: 样本来源\n---\n\n## {NAME}\n\n[[展品: {ID}]]\n",
    "pages/shuo-ming.md": f"# 样本说明\n\n谢谢{NAME}。\n",
    f"languages/en/craftsmen/{ID}.md": "---\nname: Ouyang Yangben\n---\n\nSample words.\n",
    "languages/en.yml": f"样本一厂: Sample Works\n{NAME}: Ouyang Yangben\n歐陽樣本: Ouyang Yangben\n",
}
EVERYWHERE = (
    f"craftsmen/{ID}/index.html",
    f"zh-hant/craftsmen/{ID}/index.html",
    f"en/craftsmen/{ID}/index.html",
    "craftsmen/index.html",
    "projects/jia/index.html",
    "studios/gong-zuo-shi/index.html",
    "stories/zhuan-ti/index.html",
    "shuo-ming/index.html",
    "sitemap.xml",
    "search/",
    "data/",
)
"""Where traces must be found before, or the scan proves nothing."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exhibition before, built, with its ledger; read only."""
    root = exhibition(tmp_path_factory.mktemp("withdraw"), FILES)
    (root / "content/media").mkdir(exist_ok=True)
    photograph(root / "content/media/xiao-xiang.jpg")
    settings = root / "mkdocs.yml"
    quick = "- exhibition:\n      share_cards: false\n      posters: false\n      languages: [zh-Hant, en]"
    settings.write_text(settings.read_text("utf-8").replace("- exhibition:", quick), encoding="utf-8")
    write(root, {"addresses.txt": f"craftsmen/{ID}/ 2026\norganisations/yang-ben-yi-chang/ 2026\n"})
    done = run("build", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="module")
def withdrawn(house: Path) -> Path:
    """The same after the withdrawal; its words are in ``said.txt``. What was before is in ``before.txt``."""
    traces = remains(house / "site", MARKS)
    (house / "before.txt").write_text("\n".join(one.path for one in traces), encoding="utf-8")
    arguments = ("withdraw", ID, "--reason", "=样本缘由", "--yes", "--prove", "site")
    done = run(*arguments, cwd=house)
    (house / "said.txt").write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8")
    return house


def plan(root: Path, *arguments: str) -> str:
    """What ``--dry-run`` says."""
    done = CliRunner().invoke(cli, ["withdraw", *arguments, "--dry-run", "--root", str(root)])
    assert done.exit_code == 0, done.output
    return done.output


def sample(root: Path) -> Path:
    """The sources of the exhibition alone."""
    root.mkdir(exist_ok=True)
    (root / "mkdocs.yml").write_text(
        "site_name: 样本\ndocs_dir: content/pages\ntheme: {name: material}\nplugins: [exhibition]\n", encoding="utf-8"
    )
    write(root, FILES)
    (root / "content/media").mkdir()
    photograph(root / "content/media/xiao-xiang.jpg")
    return root


def test_the_plan_names_every_place_and_writes_nothing(tmp_path: Path) -> None:
    """Files, lines and columns; what is rewritten is told from what goes."""
    root = sample(tmp_path / "a")
    before = bytes_of(root)
    said = plan(root, ID)
    assert bytes_of(root) == before
    for place in (
        f"craftsmen/{ID}.md：改成一块碑",
        "media/xiao-xiang.jpg：删去只有这个条目用的文件",
        "craftsmen/yang-ben-tu-di.md:3:9：引用改成",
        "projects/2026/jia.md:5:13：引用改成",
        "projects/2026/yi.md:3:9：姓名改成",
        "studios/gong-zuo-shi.md:2:7：姓名改成",
        "studios/gong-zuo-shi.md:3:9：引用改成",
        "stories/zhuan-ti.md:6:4：姓名改成",
        "pages/shuo-ming.md:3:3：姓名改成",
        f"languages/en/craftsmen/{ID}.md：删去译文",
        "languages/en.yml：删去译名",
    ):
        assert f"content/{place}" in said, place
    assert "tong-ming" not in said
    assert "--drop-address" in said


def test_somebody_of_the_same_name_is_kept(tmp_path: Path) -> None:
    """An entry named with ``--keep`` is not touched; a person without an entry is withdrawn by name."""
    root = sample(tmp_path / "a")
    said = plan(root, ID, "--keep", "project/bing")
    assert "projects/2026/bing.md" not in said
    assert "projects/2026/yi.md" in said
    assert "projects/2026/yi.md:3:14：姓名改成“一位同志”" in plan(root, "样本乙", "--as", "一位同志")
    unknown = CliRunner().invoke(cli, ["withdraw", "mei-you", "--root", str(root)])
    assert unknown.exit_code == 2
    assert "没有编号或姓名" in unknown.output


def test_everything_is_written_and_taken_back_as_one(tmp_path: Path) -> None:
    """Comments, order and all else stay byte for byte; ``undo`` brings back what was, pictures included."""
    root = sample(tmp_path / "a")
    before = bytes_of(root / "content")
    done = CliRunner().invoke(cli, ["withdraw", ID, "--yes", "--root", str(root)])
    assert done.exit_code == 0, done.output
    after = bytes_of(root / "content")
    assert "media/xiao-xiang.jpg" not in after
    assert after[f"craftsmen/{ID}.md"].decode() == (
        "---\nname: 已撤下\nstatus: withdrawn\naliases:\n  - jiu-bian-hao\n---\n"
    )
    project = after["projects/2026/jia.md"].decode()
    assert project == (
        before["projects/2026/jia.md"]
        .decode()
        .replace(f"[见本人](../../craftsmen/{ID}/)", "团队成员")
        .replace(ID, "团队成员")
        .replace("欧阳 样本", "团队成员")
        .replace(f"由{NAME}与", "由团队成员与")
    )
    assert after["craftsmen/yang-ben-tu-di.md"].decode().splitlines()[2] == "mentor: 团队成员  # 样本批注"
    assert after["craftsmen/tong-ming.md"] == before["craftsmen/tong-ming.md"]
    assert after["languages/en.yml"].decode() == "样本一厂: Sample Works\n"
    assert f"languages/en/craftsmen/{ID}.md" not in after
    assert not [one for one in read_content(root).problems if one.severity.value == "错误"]
    done = CliRunner().invoke(cli, ["undo", "--root", str(root)])
    assert done.exit_code == 0, done.output
    assert bytes_of(root / "content") == before


def test_the_address_and_the_old_files_can_go_too(tmp_path: Path) -> None:
    """With ``--drop-address`` the file and its lines of the ledger go; with ``--purge`` what ``undo`` would need."""
    root = sample(tmp_path / "a")
    ledger = f"craftsmen/{ID}/ 2026\nid/craftsman/{ID}/ 2026\nprojects/jia/ 2026\n"
    write(root, {"addresses.txt": ledger})
    named, other = root / ".cache/edit/drafts/a.json", root / ".cache/edit/drafts/b.json"
    for path in (root / ".cache/records/00", named, other):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("" if path == other else f'{{"name": "{NAME}"}}', encoding="utf-8")
    done = CliRunner().invoke(cli, ["withdraw", ID, "--yes", "--drop-address", "--purge", "--root", str(root)])
    assert done.exit_code == 0, done.output
    assert (root / "content/addresses.txt").read_text(encoding="utf-8") == "projects/jia/ 2026\n"
    assert not (root / f"content/craftsmen/{ID}.md").exists()
    assert not (root / HOUSE).exists()
    assert [other.exists(), named.exists(), (root / ".cache/records").exists()] == [True, False, False]
    words = (NAME, ID)
    assert [one for one in traces_in(root, words) if f"{NAME}甲" not in (root / one.path).read_text("utf-8")] == []


def test_a_withdrawal_leaves_no_trace(withdrawn: Path) -> None:
    """The scan found the person in all sorts of files before, and finds nothing now; nor does the search."""
    before = (withdrawn / "before.txt").read_text(encoding="utf-8").splitlines()
    for place in EVERYWHERE:
        assert any(one.startswith(place) for one in before), f"no trace in {place} before: the scan is blind there"
    said = (withdrawn / "said.txt").read_text(encoding="utf-8")
    assert "没有遗漏" in said, said
    assert said.startswith("0\n"), said
    assert not found_by_search(withdrawn / "site", MARKS)


def test_the_tombstone_says_no_name(withdrawn: Path) -> None:
    """The page stands at its address and at the former one, out of the index; lists of nothing are given up in the ledger."""
    page = (withdrawn / "site/craftsmen" / ID / "index.html").read_text(encoding="utf-8")
    assert "已撤下" in page
    assert "noindex" in page
    assert (withdrawn / "site/craftsmen/jiu-bian-hao/index.html").is_file()
    assert ID not in (withdrawn / "site/sitemap.xml").read_text(encoding="utf-8")
    assert (withdrawn / "content/addresses.txt").read_text(encoding="utf-8") == (
        f"craftsmen/{ID}/ 2026\norganisations/yang-ben-yi-chang/ 2026 撤下\n"
    )


def test_the_withdrawal_is_logged_privately(withdrawn: Path) -> None:
    """When, what and why, no name; a reason that a spreadsheet would take for a formula is none."""
    log = (withdrawn / ".exhibition/withdrawals.csv").read_text(encoding="utf-8-sig")
    assert f"craftsman/{ID},'=样本缘由" in log
    assert NAME not in log


def test_what_was_withdrawn_long_ago_is_proved_again(withdrawn: Path, tmp_path: Path) -> None:
    """As the manual says it: nothing is left to be written, and the site is built and searched all the same."""
    root = shutil.copytree(withdrawn, tmp_path / "later")
    asked = ("withdraw", ID, "--name", NAME, "--dry-run", "--prove", "site")
    before = (root / f"content/craftsmen/{ID}.md").read_bytes()
    done = run(*asked, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "没有要改的文件" in done.stdout
    assert "没有遗漏" in done.stdout
    assert (root / f"content/craftsmen/{ID}.md").read_bytes() == before
    write(root, {"stories/xin-zhuan-ti.md": f"---\ntitle: 样本新专题\nsources: 样本来源\n---\n\n{NAME}。\n"})
    done = run(*asked, cwd=root)
    assert "stories/xin-zhuan-ti.md" in done.stdout
    assert "没有查网站" in done.stdout, "a trial run that has something to do proves nothing, and says so"
    assert "没有遗漏" not in done.stdout


def test_traces_are_found_however_they_are_packed(tmp_path: Path) -> None:
    """Compressed, in a workbook within a zip, in a database, a PDF, beside pixels, escaped, in a name of a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("xl/sharedStrings.xml", f"<t>{NAME}</t>")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as outer:
        outer.writestr("b.xlsx", out.getvalue())
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(NAME.encode()))
    base = sqlite3.connect(tmp_path / "d.sqlite")
    base.execute("create table t (x)")
    base.execute("insert into t values (?)", (NAME,))
    base.commit()
    base.close()
    (tmp_path / "e.pdf").write_bytes(pdf_saying("Yang Benren"))
    note = PngImagePlugin.PngInfo()
    note.add_itxt("Comment", NAME, zip=True)
    Image.new("RGB", (2, 2)).save(tmp_path / "f.png", pnginfo=note)
    (tmp_path / "g.json").write_text(NAME.encode("ascii", "backslashreplace").decode(), encoding="ascii")
    (tmp_path / "h.html").write_text("".join(f"&#{ord(one)};" for one in NAME), encoding="ascii")
    (tmp_path / f"{NAME}.txt").write_text("", encoding="utf-8")
    (tmp_path / "i.txt").write_text("ou-yang-yang-ben-er", encoding="utf-8")
    found = {one.path for one in traces_in(tmp_path, (NAME, ID, "YangBenren"))}
    assert found == {
        "a.zip!b.xlsx!xl/sharedStrings.xml",
        "c.html",
        "d.sqlite",
        "e.pdf",
        "f.png",
        "g.json",
        "h.html",
        f"{NAME}.txt",
    }
