"""Editing without files: what the forms hold, what is written, what is refused, and who may come in."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from awkward import png_header
from edited import WINDOW, Served, admitted, served
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from small import project, write
from whole import PROJECT, bytes_of, environment, exhibition

from site_builder.cli import cli
from site_builder.commands.edit import edit
from site_builder.editing.copies import GONE, copy_of, standing_at, version_of
from site_builder.editing.creating import Wanted, create, delete, proposed_id, restore, withdraw
from site_builder.editing.drafts import Company, Drafts
from site_builder.editing.form_values import plain_text, shown, written
from site_builder.editing.forms import FormField, form_for
from site_builder.editing.saving import Change, Differs, Refused, changed_text, save, standing_for
from site_builder.editing.uploads import keep, picture_at
from site_builder.exchange.journal import heal, write_all
from site_builder.intake.content import entry_files, read_file
from site_builder.intake.documents import LARGEST
from site_builder.model.declaration import fields_of
from site_builder.model.kinds import KINDS, kind_named

if TYPE_CHECKING:
    from collections.abc import Iterator

JIA = "content/projects/2024/yang-ben-jia.md"
YI = "content/projects/2026/yang-ben-yi.md"
REN = "content/craftsmen/yang-ben-ren.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small exhibition that a test may write into."""
    return write(tmp_path, {"editions/2024.yml": "title: 2024 样本展期\n", "projects/2024/yang-ben-jia.md": project()})


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server of a small exhibition, a window of which has come in."""
    house = tmp_path_factory.mktemp("editor")
    with served(exhibition(house / "exhibition"), house / "scratch") as running:
        yield admitted(running)


def change(root: Path, path: str = JIA, **fields: Any) -> Change:
    """A change of the file as it lies there."""
    return Change(path, version_of(root, path), fields)


def fields_at(root: Path, path: str = JIA) -> dict[str, Any]:
    """What the form would show."""
    copy = copy_of(root, path, standing=standing_for(path))
    assert copy.is_form, copy.text
    return dict(copy.fields)


# --- forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_form_has_every_declared_field_once(kind: Any) -> None:
    """With its label, vocabulary, references and inner fields as the model declares them."""

    def compare(made: tuple[FormField, ...], model: type) -> None:
        declared = {field.name: field for field in fields_of(model)}
        assert sorted(one.name for one in made) == sorted(declared)
        for one in made:
            said = declared[one.name]
            assert (one.label, one.vocabulary) == (said.declared.label, said.declared.vocabulary or "")
            assert one.required is said.required
            assert said.declared.note in one.help
            if said.record is not None:
                compare(one.fields, said.record)
                assert one.head in {inner.name for inner in one.fields}

    made = form_for(kind)
    assert made[0].name == kind.title_field
    compare(made, kind.model)


def test_choices_are_told_in_chinese() -> None:
    """Status and role of a picture, with what an empty one means."""
    fields = {field.name: field for field in form_for(kind_named("project"))}
    assert dict(fields["status"].choices) == {
        "draft": "草稿",
        "notice": "公示",
        "published": "发布",
        "withdrawn": "撤下",
    }
    assert fields["status"].empty == "发布"
    picture = {field.name: field for field in fields["pictures"].fields}
    assert dict(picture["role"].choices)["portrait"] == "肖像"
    assert (picture["file"].form, picture["focus"].form) == ("file", "focus")


def test_every_entry_of_the_real_exhibition_fits_its_form() -> None:
    """Nothing is locked, and each value written from the form reads as it read before; a tenth of them is tried in full."""
    for number, path in enumerate(entry_files(PROJECT)):
        standing = standing_for(path)
        copy = copy_of(PROJECT, path, standing=standing)
        assert copy.is_form and copy.locked == {}, path
        if number % 10 == 0:
            declared = {field.name: field for field in fields_of(standing.kind.model)}
            for name, value in copy.fields.items():
                assert shown(written(value, declared[name]), declared[name]) == value, (path, name)


TEXTS = st.text(
    st.one_of(
        st.sampled_from(": #-—|>'\"\n\t,[]{}&*!%@`~\\\u2028\u2029\x85\ufeff\u202e是年、；"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
AWKWARD = (
    "null",
    "~",
    "---",
    "...",
    "- x",
    "a: b",
    "a #b",
    " 前后有空 ",
    "\n",
    "a\n\n---\nb\n",
    "'",
    '"',
    "{{7*7}}",
    "=1+1",
    "0x1F",
    "1e3",
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.sampled_from(AWKWARD), TEXTS), other=TEXTS, body=TEXTS)
def test_what_is_typed_is_what_is_read(root: Path, text: str, other: str, body: str) -> None:
    """Texts, lists, records, lists of records and the body come back to the last blank; only what no file may hold goes."""
    (root / JIA).write_text(project(), encoding="utf-8")
    declared = {field.name: field for field in fields_of(kind_named("project").model)}
    typed: dict[str, Any] = {
        "title": text,
        "effects": [text, "样本", other],
        "benefit": {"note": text, "social": other},
        "people": [{"person": "样本", "role": text}, {"person": "乙", "role": other}],
    }
    save(root, Change(JIA, version_of(root, JIA), typed, body=body))
    copy = copy_of(root, JIA, standing=standing_for(JIA))
    assert copy.is_form, copy.text
    for name, value in typed.items():
        kept = written(value, declared[name])
        assert copy.fields.get(name, shown(None, declared[name])) == shown(kept, declared[name]), name
    if text.strip() and text.isprintable():
        assert copy.fields["title"] == text
    assert copy.fields["sources"] == [{"title": "样本来源"}]
    assert copy.body == plain_text(body).strip()


# --- writing ---------------------------------------------------------------------------------------------------------

COMMENTED = (
    "---\n# 头一条注释\n成果名称: 样本成果  # 名称的注释\n\n# 年份的注释\nyear: 2024\neffects: [一, 二]\n"
    "people: 样本甲、样本乙\nsources: 样本来源\n---\n\n正文一。\n\n---\n\n正文二。\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_changed_field_is_rewritten(root: Path, newline: str) -> None:
    """Comments, order, names in Chinese, other ways of writing, line ends and the body stay byte for byte."""
    (root / JIA).write_bytes(COMMENTED.replace("\n", newline).encode())
    save(root, change(root, year="2025"))
    assert (root / JIA).read_bytes().decode() == COMMENTED.replace("year: 2024", "year: 2025").replace("\n", newline)
    save(root, change(root, title="另一个名称"))
    text = (root / JIA).read_bytes().decode().replace(newline, "\n")
    assert "成果名称: 另一个名称  # 名称的注释" in text
    save(root, change(root, year=""))
    text = (root / JIA).read_bytes().decode().replace(newline, "\n")
    assert "year:" not in text and "# 年份的注释" in text
    save(root, Change(JIA, version_of(root, JIA), {}, body="新的正文。"))
    assert (root / JIA).read_bytes().decode().replace(newline, "\n").endswith("---\n\n新的正文。\n")


def test_names_that_stood_as_words_stay_words(root: Path) -> None:
    """A person added to a list of words is one more word; with a part of his own the record says so."""
    (root / JIA).write_text(COMMENTED, encoding="utf-8")
    people = fields_at(root)["people"]
    assert people == [{"person": "样本甲"}, {"person": "样本乙"}]
    save(root, change(root, people=[*people, {"person": "样本丙", "role": "试验"}]))
    assert "people:\n  - 样本甲\n  - 样本乙\n  - person: 样本丙\n    role: 试验\n" in (root / JIA).read_text(
        encoding="utf-8"
    )


def test_a_file_changed_meanwhile_is_not_written(root: Path) -> None:
    """The other version is handed back whole, and lies there as it was."""
    mine = change(root, title="我的")
    save(root, change(root, year="2024"))
    before = (root / JIA).read_bytes()
    with pytest.raises(Differs) as told:
        save(root, mine)
    assert told.value.theirs.fields["year"] == "2024"
    assert told.value.theirs.version == version_of(root, JIA)
    assert (root / JIA).read_bytes() == before
    (root / JIA).unlink()
    with pytest.raises(Differs) as told:
        save(root, mine)
    assert told.value.theirs.version == GONE and not (root / JIA).exists()


def test_a_program_that_is_quicker_than_the_write_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version is asked for again when the new bytes are ready."""
    genuine = os.fsync

    def slow(handle: int) -> None:
        (root / JIA).write_text(project(title="别人的"), encoding="utf-8")
        genuine(handle)

    mine = change(root, title="我的")
    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(Differs):
        save(root, mine)
    assert fields_at(root)["title"] == "别人的"
    assert [path.name for path in (root / JIA).parent.iterdir()] == ["yang-ben-jia.md"]


SAVER = """
import sys
from pathlib import Path
from site_builder.editing.copies import version_of
from site_builder.editing.saving import Change, save
root, path = Path(sys.argv[1]), sys.argv[2]
if len(sys.argv) > 3:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
print("begun", flush=True)
for number in range(100000):
    save(root, Change(path, version_of(root, path), {"summary": f"{number % 10}" * 60000}))
"""


def test_a_killed_save_leaves_one_version_or_the_other(root: Path) -> None:
    """Never half a file."""
    command = [sys.executable, "-c", SAVER, str(root), JIA]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"begun\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    summary = fields_at(root).get("summary", "")
    assert summary == "" or (len(summary) == 60000 and len(set(summary)) == 1)
    assert read_file(root, JIA)[0] is not None


def test_a_full_disk_leaves_the_file(root: Path) -> None:
    """The save fails with the system's word, and no half-written draft stays."""
    before = bytes_of(root)
    done = subprocess.run(
        [sys.executable, "-c", SAVER, str(root), JIA, "20000"], env=environment(), capture_output=True, check=False
    )
    assert b"OSError" in done.stderr and b"File too large" in done.stderr
    assert bytes_of(root) == before


def test_what_the_form_cannot_show_stays_as_it_is(root: Path) -> None:
    """Words that mean nothing and records with parts of their own invention are locked, everything else can be edited."""
    text = "---\ntitle: 样本成果\nbenefit:\n  note: 样本\n  eigenes: 1\nnosuch: [1, 2]\nsources: 样本来源\n---\n"
    (root / JIA).write_text(text, encoding="utf-8")
    copy = copy_of(root, JIA, standing=standing_for(JIA))
    assert set(copy.locked) == {"benefit", "nosuch"} and set(copy.fields) == {"title", "sources"}
    save(root, change(root, title="改名"))
    assert (root / JIA).read_text(encoding="utf-8") == text.replace("样本成果", "改名")
    for name in ("benefit", "nosuch", "no_such_field"):
        with pytest.raises(Refused, match="没有这个字段"):
            save(root, change(root, **{name: "x"}))


@pytest.mark.parametrize("value", [7, None, ["x"], {"title": 1}, {"x": "y"}, [["x"]], True])
def test_values_of_another_form_are_refused(root: Path, value: Any) -> None:
    """Whatever a script sends, the file stays readable."""
    before = (root / JIA).read_bytes()
    for name in ("title", "sources", "benefit", "effects"):
        sound = {"title": str, "sources": list, "benefit": dict, "effects": list}[name]
        if isinstance(value, sound) and value in (["x"],) and name == "effects":
            continue
        with pytest.raises(Refused):
            save(root, change(root, **{name: value}))
    assert (root / JIA).read_bytes() == before


@pytest.mark.parametrize(
    "data",
    [
        "---\ntitle: [样本\n---\n".encode(),
        b"",
        "---\ntitle: 样本\n".encode(),
        "---\ntitle: 样本\ntitle: 两次\n---\n".encode(),
        "---\ntitle: &a 样本\nsummary: *a\n---\n".encode(),
        "---\ntitle: 样本\nsources: 样本来源\n---\n".encode("gb18030"),
    ],
    ids=["open list", "empty", "not closed", "twice", "alias", "gbk"],
)
def test_a_broken_file_is_mended_as_text(root: Path, data: bytes) -> None:
    """It opens as text, and once it is whole it opens as a form; Chinese in the encoding of old editors can be read."""
    (root / JIA).write_bytes(data)
    copy = copy_of(root, JIA, standing=standing_for(JIA))
    assert not copy.is_form
    if data:
        assert "样本" in copy.text
    with pytest.raises(Refused, match="当作文字"):
        changed_text(root, change(root, title="x"))
    save(root, Change(JIA, copy.version, {}, text=project(title="改好的样本")))
    assert fields_at(root)["title"] == "改好的样本"


def test_entries_do_not_grow_beyond_what_is_read(root: Path) -> None:
    """A text that no build would read is refused; the file stays."""
    before = (root / JIA).read_bytes()
    with pytest.raises(Refused, match="KB"):
        save(root, change(root, summary="样" * LARGEST))
    assert (root / JIA).read_bytes() == before


@pytest.mark.parametrize(
    "path",
    [
        "",
        "mkdocs.yml",
        "content/../mkdocs.yml",
        "content/projects/../../mkdocs.yml",
        "content/projects/2024/../x.md",
        "/etc/passwd",
        "content//projects/x.md",
        "content\\projects\\x.md",
        "content/projects/x.md\0",
        "content/media/x.md",
        "content/pages/about.md",
        "content/projects/2024/x.yml",
        "content/./projects/x.md",
    ],
)
def test_only_files_of_entries_are_opened(root: Path, path: str) -> None:
    """Every other path is refused before the disk is asked."""
    assert standing_at(path) is None
    with pytest.raises(Refused):
        save(root, Change(path, GONE, {}, text="x"))


def test_links_out_of_the_content_are_not_followed(root: Path, tmp_path: Path) -> None:
    """Neither a file nor a folder that leads elsewhere is read or written."""
    outside = tmp_path / "draussen"
    outside.mkdir()
    (outside / "x.md").write_text(project(title="geheim"), encoding="utf-8")
    (root / "content/projects/2024/link.md").symlink_to(outside / "x.md")
    (root / "content/projects/2025").symlink_to(outside)
    for path in ("content/projects/2024/link.md", "content/projects/2025/x.md"):
        with pytest.raises((Refused, Differs)):
            save(root, Change(path, version_of(root, path), {}, text=project(title="neu")))
    assert "geheim" in (outside / "x.md").read_text(encoding="utf-8")


# --- new, withdrawn, deleted -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_entry_of_every_kind_is_a_draft(root: Path, kind: Any) -> None:
    """It reads without a fault and opens as a form."""
    path = create(root, Wanted(kind.name, "样本：#新的 - 条目", edition="2024" if kind.name == "project" else ""))
    entry, problems = read_file(root, path)
    assert entry is not None and entry.title == "样本：#新的 - 条目" and entry.data.status == "draft"
    assert [one for one in problems if one.severity.name == "ERROR"] == []
    assert fields_at(root, path)["status"] == "draft"


def test_homonyms_are_numbered_and_nothing_is_overwritten(root: Path) -> None:
    """Also where the id is in another edition's folder; an id that is taken or none is refused."""
    paths = [create(root, Wanted("project", "样本题", edition=edition)) for edition in ("2024", "2026")]
    assert [Path(path).stem for path in paths] == ["yang-ben-ti", "yang-ben-ti-2"]
    assert proposed_id(root, Wanted("craftsman", "单样本")) == "shan-yang-ben"
    before = bytes_of(root)
    for wanted in (
        Wanted("project", "样本", id="yang-ben-ti", edition="2030"),
        Wanted("project", "样本", id="../../x"),
        Wanted("project", "样本", id="con"),
        Wanted("project", "样本", id="Gross"),
        Wanted("project", "样本", edition="../x"),
        Wanted("project", " \n "),
        Wanted("nosuch", "样本"),
    ):
        with pytest.raises(Refused):
            create(root, wanted)
    assert bytes_of(root) == before


def test_withdrawn_keeps_the_file_and_deleted_comes_back(root: Path) -> None:
    """A deletion is in the journal; after another run it is not taken back here, for that would take back the other."""
    text = (root / JIA).read_bytes()
    with pytest.raises(Differs):
        delete(root, JIA, base="0" * 32)
    label = delete(root, JIA, base=version_of(root, JIA))
    assert not (root / JIA).exists()
    assert restore(root, label) == (JIA,)
    assert (root / JIA).read_bytes() == text
    with pytest.raises(Refused):
        restore(root, label)
    label = delete(root, JIA, base=version_of(root, JIA))
    write_all(root, [("content/craftsmen/b.md", b"x")], label="样本")
    with pytest.raises(Refused, match="别的"):
        restore(root, label)
    assert (root / "content/craftsmen/b.md").exists()
    (root / JIA).write_bytes(text)
    withdraw(root, JIA, base=version_of(root, JIA))
    assert fields_at(root)["status"] == "withdrawn"


def test_a_deletion_that_was_killed_is_finished(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whoever comes next; and it can be taken back then."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    text = (root / JIA).read_bytes()
    monkeypatch.setattr(Path, "unlink", killed)
    with pytest.raises(KeyboardInterrupt):
        delete(root, JIA, base=version_of(root, JIA))
    monkeypatch.undo()
    assert (root / JIA).exists()
    heal(root)
    assert not (root / JIA).exists()
    assert restore(root, f"删除 {JIA}") == (JIA,)
    assert (root / JIA).read_bytes() == text


# --- pictures --------------------------------------------------------------------------------------------------------


def picture(kind: str = "JPEG", colour: str = "red") -> bytes:
    """A small one."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, kind)
    return stream.getvalue()


def put(root: Path, data: bytes, name: str = "照片.jpg", path: str = JIA) -> str:
    """As the browser sends it."""
    return keep(root, path, name=name, stream=io.BytesIO(data), length=len(data))


def test_a_picture_lies_beside_the_others_of_its_entry(root: Path) -> None:
    """Named after the entry, with the ending of what it is; the same one is kept once, another gets a number."""
    assert put(root, picture()) == "projects/2024/yang-ben-jia.jpg"
    assert put(root, picture(), name="../../../etc/x.png") == "projects/2024/yang-ben-jia.jpg"
    assert put(root, picture(colour="blue")) == "projects/2024/yang-ben-jia-2.jpg"
    assert put(root, picture("PNG"), name="x.jpg") == "projects/2024/yang-ben-jia.png"
    house = root / "content/media"
    assert sorted(path.relative_to(house).as_posix() for path in house.rglob("*") if path.is_file()) == [
        "projects/2024/yang-ben-jia-2.jpg",
        "projects/2024/yang-ben-jia.jpg",
        "projects/2024/yang-ben-jia.png",
    ]


@pytest.mark.parametrize(
    "data, name",
    [
        (b"", "x.jpg"),
        (b"MZ" + b"\0" * 100, "x.jpg"),
        (b"<html><script>alert(1)</script>", "x.html"),
        (b"<html><script>alert(1)</script>", "x.jpg"),
        (picture()[:300], "x.jpg"),
        (png_header(60_000, 60_000), "x.png"),
        (b"PK\x03\x04" + b"x" * 60, "x.zip"),
    ],
    ids=["empty", "exe", "html", "html as jpg", "cut", "bomb", "zip"],
)
def test_what_cannot_be_published_is_refused_and_not_kept(root: Path, data: bytes, name: str) -> None:
    """With words for the editor, a mend, and no file left behind."""
    with pytest.raises(Refused, match=r"[\u4e00-\u9fff]") as refusal:
        put(root, data, name=name)
    assert refusal.value.hint
    assert [path for path in (root / "content/media").rglob("*") if path.is_file()] == []


def test_a_picture_cut_off_on_its_way_is_not_kept(root: Path) -> None:
    """The stream ends before the length that was said."""
    with pytest.raises(Refused, match="没有传完"):
        keep(root, JIA, name="x.jpg", stream=io.BytesIO(picture()[:50]), length=len(picture()))
    assert [path for path in (root / "content/media").rglob("*") if path.is_file()] == []


def test_pictures_are_shown_from_their_folder_only(root: Path, tmp_path: Path) -> None:
    """Paths and links that lead out, and files of other kinds, are not there."""
    file = put(root, picture())
    assert picture_at(root, file) == (root / "content/media" / file, "image/jpeg")
    (tmp_path / "draussen.jpg").write_bytes(picture())
    (root / "content/media/link.jpg").symlink_to(tmp_path / "draussen.jpg")
    (root / "content/media/x.txt").write_text("x", encoding="utf-8")
    for other in (
        "../editions/2024.yml",
        "link.jpg",
        "x.txt",
        "/etc/passwd",
        "",
        "..\0",
        "nosuch.jpg",
        "../../draussen.jpg",
    ):
        assert picture_at(root, other) is None, other


# --- drafts and company ----------------------------------------------------------------------------------------------


def test_each_window_has_a_draft_of_its_own(root: Path) -> None:
    """Two do not write over each other's; a damaged one is none; one that was saved is forgotten."""
    drafts = Drafts(root)
    drafts.keep(JIA, "fenster0001", draft={"fields": {"title": "甲\u2028\ud800"}})
    drafts.keep(JIA, "fenster0002", draft={"fields": {"title": "乙"}})
    assert [one["fields"]["title"] for one in drafts.of(JIA)] == ["甲\u2028\ud800", "乙"]
    assert list(drafts.waiting()) == [JIA, JIA]
    damaged = next((root / ".cache/edit/drafts").glob("*fenster0002.json"))
    damaged.write_text(damaged.read_text(encoding="utf-8")[:20], encoding="utf-8")
    assert [one["window"] for one in drafts.of(JIA)] == ["fenster0001"]
    drafts.drop(JIA, "fenster0001")
    assert drafts.of(JIA) == [] and drafts.of(YI) == []
    with pytest.raises(Refused):
        drafts.keep(JIA, "../../../x", draft={})


def test_windows_know_of_each_other(root: Path) -> None:
    """Until one says goodbye or falls silent."""
    company = Company(root)
    assert company.seen(JIA, "fenster0001") == ()
    assert [one.window for one in company.seen(JIA, "fenster0002")] == ["fenster0001"]
    assert company.seen(YI, "fenster0002") == ()
    marks = (root / ".cache/edit/open").glob("*/fenster0002")
    mark = next(path for path in marks if (path.parent / "fenster0001").exists())
    mark.write_text("另一台", encoding="utf-8")
    assert [one.machine for one in company.seen(JIA, "fenster0001")] == ["另一台"]
    os.utime(mark, (1, 1))
    assert company.seen(JIA, "fenster0001") == ()
    company.swept()
    assert not mark.exists()
    company.left(JIA, "fenster0001")
    assert company.seen(JIA, "fenster0002") == ()


# --- the server ------------------------------------------------------------------------------------------------------


def test_the_ticket_opens_once(editor: Served) -> None:
    """It is exchanged for a cookie that scripts cannot read and other sites cannot send; nothing is seen without that."""
    with served(editor.root, editor.scratch, desk=editor.desk) as editor:
        ticket = editor.guard.address.partition(f":{editor.guard.port}")[2]
        assert editor.ask("GET", "/_edit/open?ticket=falsch").status == 403
        for path in ("/_edit/", "/_edit/api/start", "/_edit/edit.css", "/projects/", "/", "/_edit/media/x.jpg"):
            assert editor.ask("GET", path).status == 403, path
        opened = editor.ask("GET", ticket)
        assert (opened.status, opened.headers["location"]) == (303, "/_edit/")
        cookie = opened.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and str(editor.guard.port) in cookie
        assert editor.ask("GET", ticket).status == 403
        editor.cookie = cookie.partition(";")[0]
        assert editor.ask("GET", "/_edit/").status == 200
        assert editor.ask("GET", ticket).status == 303
        editor.cookie = f"{editor.cookie}x"
        assert editor.ask("GET", "/_edit/").status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"X_Exhibition": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Cookie": ""},
        {"Cookie": "exhibition-edit=x; \x01"},
    ],
    ids=str,
)
def test_requests_from_elsewhere_change_nothing(editor: Served, headers: dict[str, str]) -> None:
    """Another site's form or script, a name that was bent to this machine, a window without the cookie."""
    before = bytes_of(editor.root / "content")
    body = f'{{"path": "{JIA}", "base": "{version_of(editor.root, JIA)}", "window": "{WINDOW}", "fields": {{"title": "x"}}}}'
    answered = editor.ask("POST", "/_edit/api/save", body.encode(), **headers)
    assert answered.status in {400, 403, 415, 421}
    assert "access-control-allow-origin" not in answered.headers
    assert bytes_of(editor.root / "content") == before


def test_links_from_elsewhere_show_nothing(editor: Served) -> None:
    """A picture or a frame of another site gets no page of ours, with or without the cookie."""
    for path in ("/_edit/api/overview", "/projects/", "/_edit/"):
        assert editor.ask("GET", path, Sec_Fetch_Site="cross-site").status == 403
        assert editor.ask("GET", path, Sec_Fetch_Site="same-site").status == 403
        assert editor.ask("GET", path, Sec_Fetch_Site="none").status == 200


def test_every_answer_bears_the_headers(editor: Served) -> None:
    """No inline script, no other host, no frame elsewhere, scripts' sinks closed; pages of the site keep their own policy."""
    for path in ("/_edit/", "/_edit/entry.js", "/_edit/edit.css", "/_edit/api/start"):
        answered = editor.ask("GET", path)
        policy = answered.headers["content-security-policy"]
        assert answered.status == 200 and "unsafe" not in policy and "*" not in policy
        assert "frame-ancestors 'none'" in policy and "require-trusted-types-for 'script'" in policy
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["cache-control"] == "no-store"
    page = editor.ask("GET", "/projects/yang-ben-jia/")
    assert page.status == 200 and "script-src 'self';" in page.headers["content-security-policy"]


def test_the_page_has_nothing_inline() -> None:
    """No script, style or handler in it, and no script that makes HTML out of text."""
    house = PROJECT / "site_builder/editing/browser"
    page = (house / "edit.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:|https?://", page)
    for script in house.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\?\.|\?\?|=>", text
        ), script.name
    named = set(re.findall(r'src="([a-z]+\.js)"', page))
    assert named == {path.name for path in house.glob("*.js")}


def test_large_and_shapeless_bodies_are_refused(editor: Served) -> None:
    """Their sender hears why, and the next request is answered."""
    assert editor.ask("POST", "/_edit/api/save", b" " * 10_000_000).status == 413
    assert editor.ask("POST", "/_edit/api/upload?path=x&name=x.jpg", b"", Content_Length=str(1 << 40)).status == 413
    for body in (b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000, b'{"path": 1, "base": "x"}', b'{"path": "x"}'):
        assert editor.ask("POST", "/_edit/api/save", body).status == 400, body[:20]
    assert editor.ask("POST", "/_edit/api/save", b"{}", Content_Length="-1").status == 411
    assert editor.ask("POST", "/_edit/api/nosuch", b"{}").status == 404
    assert editor.ask("PUT", "/_edit/api/save", b"{}").status in {403, 404}
    assert editor.get("start").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_edit/../cli.py",
        "/_edit/..%2fdoor.py",
        "/_edit/__init__.py",
        "/_edit/media/..%2f..%2fmkdocs.yml",
        "/_edit/media/../../mkdocs.yml",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/projects/%00",
        "/nosuch/",
        "/_edit/api/entry?path=mkdocs.yml&window=fenster0001",
        "/_edit/api/entry?path=content/projects/nosuch.md&window=fenster0001",
    ],
)
def test_paths_that_lead_out_find_nothing(editor: Served, path: str) -> None:
    """In pages, pictures, scripts and entries."""
    assert editor.ask("GET", path).status == 404


def test_a_draft_is_seen_and_not_saved(editor: Served) -> None:
    """The real page with the draft in it, its problems at their fields, another entry's mention of it untouched."""
    copy = editor.entry(JIA)
    found = editor.post(
        "preview", path=JIA, base=copy["version"], fields={"title": "样本丁成果", "year": "二四"}
    ).json()
    assert [(one["code"], one["field"], one["severity"]) for one in found["problems"]] == [
        ("bad-year", ["year"], "error")
    ]
    page = editor.ask("GET", f"/{found['address']}?draft={found['key']}").body.decode()
    assert "样本丁成果" in page and "<script src" not in page
    assert "样本丁成果" not in editor.ask("GET", f"/{found['address']}").body.decode()
    assert "样本甲成果" in (editor.root / JIA).read_text(encoding="utf-8")


def test_errors_elsewhere_do_not_darken_the_preview(editor: Served) -> None:
    """The list tells of them; the page of another entry is still made."""
    path = "content/projects/2026/kaputt.md"
    (editor.root / path).write_text(
        "---\ntitle: 样本\nyear: 二四\nstudio: nosuch-studio\nsources: x\n---\n", encoding="utf-8"
    )
    try:
        rows = {row["path"]: row for row in editor.get("overview").json()["rows"]}
        assert rows[path]["errors"] == 2 and rows[JIA]["errors"] == 0
        found = editor.post("preview", path=JIA, base="", fields={"title": "样本戊成果"}).json()
        assert found["key"] and found["problems"] == []
        assert editor.ask("GET", "/projects/kaputt/").status == 200
    finally:
        (editor.root / path).unlink()
        editor.get("overview")


def test_a_conflict_hands_back_the_other_version(editor: Served) -> None:
    """As HTTP says it, with what the form needs to compare."""
    copy = editor.entry(YI)
    ours = {"path": YI, "base": copy["version"], "window": WINDOW, "fields": {"year": "2025"}}
    saved = editor.post("save", **ours)
    assert saved.status == 200 and saved.json()["fields"]["year"] == "2025"
    again = editor.post("save", **ours)
    assert again.status == 409
    assert again.json()["theirs"]["version"] == saved.json()["version"]


def test_a_draft_waits_for_its_window(editor: Served) -> None:
    """Kept as sent, found again with the entry and in the list, forgotten with the save."""
    draft = {"window": WINDOW, "time": 1, "fields": {"summary": "写到一半"}}
    assert editor.post("draft", path=JIA, window=WINDOW, draft=draft).status == 200
    copy = editor.entry(JIA, "fenster0002")
    assert [one["fields"] for one in copy["drafts"]] == [{"summary": "写到一半"}]
    rows = {row["path"]: row for row in editor.get("overview").json()["rows"]}
    assert rows[JIA]["draft"] and not rows[REN]["draft"]
    assert editor.post("draft", path="mkdocs.yml", window=WINDOW, draft=draft).status == 404
    editor.post("save", path=JIA, base=copy["version"], window=WINDOW, fields={"summary": "写完了"})
    assert editor.entry(JIA)["drafts"] == []


def test_references_are_suggested_by_name_and_id(editor: Served) -> None:
    """Of the right kinds only; for a slip of the pen, what is nearest."""
    assert [one["id"] for one in editor.get("suggest", kinds="craftsman", q="样本").json()["found"]] == ["yang-ben-ren"]
    assert editor.get("suggest", kinds="studio", q="样本").json()["found"] == []
    assert [one["id"] for one in editor.get("suggest", kinds="project", q="样本甲成裹").json()["found"]] == [
        "yang-ben-jia"
    ]
    titles = editor.entry(JIA)["titles"]
    assert (titles["yang-ben-ren"], titles["2024"]) == ("样本人", "2024 样本展期")


def test_a_new_entry_can_be_seen_and_deleted(editor: Served) -> None:
    """From the first title to the journal, through the server."""
    wanted = {"kind": "project", "title": "样本新成果", "edition": "2026"}
    assert editor.post("propose", **wanted).json() == {"id": "yang-ben-xin-cheng-guo"}
    path = editor.post("new", **wanted).json()["path"]
    assert editor.post("new", **wanted, id="yang-ben-xin-cheng-guo").status == 409
    copy = editor.entry(path)
    found = editor.post("preview", path=path, base=copy["version"], fields={}).json()
    assert "样本新成果" in editor.ask("GET", f"/{found['address']}?draft={found['key']}").body.decode()
    label = editor.post("delete", path=path, base=copy["version"]).json()["label"]
    assert editor.get("entry", path=path, window=WINDOW).status == 404
    assert editor.post("restore", label=label).json() == {"restored": [path]}
    editor.post("delete", path=path, base=copy["version"])


def test_a_picture_travels_and_is_shown(editor: Served) -> None:
    """As bytes, under a policy of its own that lets it do nothing."""
    sent = editor.ask("POST", f"/_edit/api/upload?path={JIA}&name=x.jpg", picture(), Content_Type="image/jpeg")
    file = sent.json()["file"]
    assert editor.get("pictures", q="yang-ben-jia").json() == {"found": [file]}
    assert editor.get("pictures", q="nosuch").json() == {"found": []}
    shown_there = editor.ask("GET", f"/_edit/media/{file}")
    assert shown_there.body == picture() and "sandbox" in shown_there.headers["content-security-policy"]
    assert editor.ask("POST", f"/_edit/api/upload?path={JIA}&name=x.jpg", b"no picture").status == 422
    found = editor.post("preview", path=JIA, base="", fields={"pictures": [{"file": file, "alt": "样本图"}]}).json()
    page = editor.ask("GET", f"/{found['address']}?draft={found['key']}").body.decode()
    sources = re.findall(r'<img[^>]*src="\.\./\.\./(media/[^"]+)"', page)
    assert sources and editor.ask("GET", f"/{sources[0]}").status == 200


def test_the_chapter_of_the_manual_tells_of_every_option() -> None:
    """And of none that does not exist; every command that it names does."""
    chapter = (PROJECT / "docs/manual/edit.md").read_text(encoding="utf-8")
    options = {word for one in edit.params for word in (*one.opts, *one.secondary_opts) if word.startswith("--")}
    assert set(re.findall(r"--[a-z][a-z-]*", chapter)) | {"--open"} == options
    known = set(cli.list_commands(click.Context(cli)))
    assert set(re.findall(r"exhibition ([a-z]+)", chapter)) <= known


def test_the_command_says_when_its_port_is_taken(editor: Served) -> None:
    """In one line."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "site_builder.cli",
            "edit",
            "--no-open",
            "--port",
            str(editor.guard.port),
            "--root",
            str(editor.root),
        ],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1 and "端口已被占用" in done.stderr and "Traceback" not in done.stderr
