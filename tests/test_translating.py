"""Translations without files: the translators' list, there and back, and what the check says of texts whose Chinese changed."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from small import PLAIN, write

from site_builder.cli import cli
from site_builder.editing.copies import version_of
from site_builder.editing.creating import delete, restore
from site_builder.editing.saving import Change, Differs, Refused, save
from site_builder.editing.tongues import by_hand, field_at, spoken
from site_builder.exchange.translating import Said, renewed, words_renewed
from site_builder.exchange.translation_plan import translation_plan
from site_builder.intake.content import read_content
from site_builder.intake.renderings import State, renderings_of
from site_builder.intake.translations import read_translations
from site_builder.model.kinds import kind_named
from site_builder.publish.spoken import check_translations
from site_builder.sheets.reading import read_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from site_builder.model.problems import Problem

ENTRY = "content/projects/2026/yang-ben.md"
THEIRS = "content/languages/en/projects/2026/yang-ben.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An exhibition with one entry, a page, and a word of its own."""
    entry = (
        "---\ntitle: 样本成果\nsummary: 一句样本简介。\ninnovation_points:\n  - 样本甲\n  - 样本乙\n"
        "organisations: 样本二厂\npictures:\n  - file: 样本.jpg\n    alt: 样本画面\nsources: 样本来源\n---\n\n样本正文。\n"
    )
    files = {
        **PLAIN,
        "projects/2026/yang-ben.md": entry,
        "pages/about.md": "---\ntitle: 样本页\n---\n\n样本页的正文。\n",
    }
    write(tmp_path, files)
    (tmp_path / "mkdocs.yml").write_text("site_name: 样本展\n", encoding="utf-8")
    return tmp_path


def run(root: Path, *words: str) -> str:
    """What a command says; it must not crash."""
    done = CliRunner().invoke(cli, [*words, "--root", str(root)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def filled(root: Path, name: str, fill: Callable[[dict[str, str]], str]) -> Path:
    """The translators' list, exported and filled in by a translator in an office program."""
    path = root / name
    run(root, "export", "--translations", "en", "-o", str(path))
    book = load_workbook(path)
    page = book.active
    headings = [str(cell.value) for cell in page[2]]
    for row in page.iter_rows(min_row=3):
        said = {heading: str(cell.value or "") for heading, cell in zip(headings, row, strict=True)}
        row[-1].value = fill(said) or None
    book.save(path)
    return path


def problems_at(root: Path) -> list[Problem]:
    """What the check says of translations."""
    entries = read_content(root).entries
    given, problems = read_translations(root, entries)
    return [*problems, *check_translations({one.key: one for one in entries}, given)]


def test_a_list_for_translators_goes_out_and_comes_back(root: Path) -> None:
    """Titles, lists, pictures, text, pages and names; every file as one would write it; nothing changes the second time; undone as one."""
    said = {
        "样本成果": "Sample result",
        "样本乙": "Point: B",
        "样本画面": "A view",
        "样本正文。": "Sample text.\n\nMore.",
    }
    said |= {"样本二厂": "Sample Works No. 2", "样本页": "Sample page", "样本页的正文。": "Text of the page."}
    path = filled(root, "译文.xlsx", lambda row: said.get(row["中文"], ""))
    assert "原文" not in run(root, "import", str(path), "--dry-run")
    assert not (root / THEIRS).exists()
    told = run(root, "import", str(path))
    assert "成果名称：（空） → Sample result" in told and "已写入 3 个文件" in told
    assert (root / THEIRS).read_text(encoding="utf-8") == (
        "---\ntitle: Sample result\ninnovation_points:\n  - \"\"\n  - 'Point: B'\npictures:\n  - alt: A view\noriginal:\n"
        '  title: 样本成果\n  innovation_points:\n    - ""\n    - 样本乙\n  pictures:\n    - alt: 样本画面\n'
        "  body: 样本正文。\n---\n\nSample text.\n\nMore.\n"
    )
    assert (root / "content/languages/en.yml").read_text(encoding="utf-8") == "样本二厂: Sample Works No. 2\n"
    page = (root / "content/languages/en/pages/about.md").read_text(encoding="utf-8")
    assert page == "---\n样本页: Sample page\noriginal:\n  body: 样本页的正文。\n---\n\nText of the page.\n"
    assert problems_at(root) == []
    assert "没有要写的" in run(root, "import", str(path))
    assert "删去 3 个文件" in run(root, "undo")
    assert not (root / THEIRS).exists()


def test_a_text_changed_since_is_told_until_its_translation_is_seen_again(root: Path) -> None:
    """By the check at the line of the field, in the list with the former Chinese; given again, the translation holds for the new one."""
    run(root, "import", str(filled(root, "a.xlsx", lambda row: "Result" if row["字段"] == "成果名称" else "")))
    entry = root / ENTRY
    entry.write_text(entry.read_text(encoding="utf-8").replace("样本成果", "样本成果改"), encoding="utf-8")
    assert [(one.code, one.place.path, one.place.line) for one in problems_at(root)] == [("old-translation", THEIRS, 2)]
    seen = []

    def again(row: dict[str, str]) -> str:
        seen.append((row["字段"], row["状态"], row["译时的中文"]))
        return row["现有译文（en）"]

    path = filled(root, "b.xlsx", again)
    assert ("成果名称", "原文已改", "样本成果") in seen and ("简介", "未译", "") in seen
    run(root, "import", str(path))
    assert problems_at(root) == []
    assert "title: 样本成果改" in (root / THEIRS).read_text(encoding="utf-8")


def test_nothing_is_overwritten_unseen(root: Path) -> None:
    """A translation changed since the export, a text that is gone, two translations of one text: at their cells, and nothing is written."""
    path = filled(root, "a.xlsx", lambda row: f"New {row['字段']}" if row["种类"] == "成果" else "")
    write(root, {"languages/en/projects/2026/yang-ben.md": "---\n# by hand\ntitle: By hand # so\n---\n"})
    entry = root / ENTRY
    entry.write_text(
        entry.read_text(encoding="utf-8").replace("  - 样本乙\n", "").replace("一句", "两句"), encoding="utf-8"
    )
    books = [book for _, book in read_paths([path], root).books]
    found = {(one.code, one.place.cell) for one in translation_plan(books, root).problems}
    sheet = load_workbook(path).active
    at = {(sheet.cell(row, 1).value, sheet.cell(row, 3).value): row for row in range(3, sheet.max_row + 1)}
    assert found == {
        ("translated-meanwhile", f"译文 en!G{at['成果', '成果名称']}"),
        ("old-translation", f"译文 en!D{at['成果', '简介']}"),
        ("no-original", f"译文 en!C{at['成果', '主要创新点 第2项']}"),
    }
    told = run(root, "import", str(path), "--report", str(root / "marked.xlsx"))
    assert "什么都没有写" in told and (root / THEIRS).read_text(encoding="utf-8").count("title: By hand # so") == 1
    assert "By hand" in str(load_workbook(root / "marked.xlsx").active.cell(at["成果", "成果名称"], 9).value)
    assert "已写入" in run(root, "import", str(path), "--skip-bad")
    written = (root / THEIRS).read_text(encoding="utf-8")
    assert "# by hand\ntitle: By hand # so\nsummary: New 简介\n" in written and "summary: 一句样本简介。" in written
    assert "old-translation" in {one.code for one in problems_at(root)}


def test_two_translations_of_one_text_and_unknown_languages(root: Path) -> None:
    """Both told at their cell, in a CSV file as well."""
    path = root / "list.csv"
    run(root, "export", "--translations", "en", "--kind", "成果", "-o", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert {row[0] for row in rows[1:]} == {"成果"}
    title = next(row for row in rows if row[2] == "成果名称")
    texts = [rows[0], [*title[:-1], "'=One"], [*title[:-1], "Two"]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(texts)
    plan = translation_plan([book for _, book in read_paths([path], root).books], root)
    assert [one.code for one in plan.problems] == ["doubled-row"]
    assert [change.new for step in plan.steps for change in step.changes] == ["=One"]
    path.write_text(path.read_text(encoding="utf-8").replace("（en）", "（xx）"), encoding="utf-8")
    plan = translation_plan([book for _, book in read_paths([path], root).books], root)
    assert [one.code for one in plan.problems] == ["unknown-language"]


def test_comments_and_order_stay_where_a_translation_is_written() -> None:
    """Whatever was there and is not touched; what is emptied goes, with its Chinese."""
    kind = kind_named("project")
    text = "---\n# 甲\nsummary: S # 乙\n标题: T\n原文:\n  标题: 样本\n---\n\nBody.\n"
    told = renewed(text, kind, former=None, said=[Said(("summary",), "New", "中文")])
    assert told == "---\n# 甲\nsummary: New  # 乙\n标题: T\n原文:\n  summary: 中文\n---\n\nBody.\n"
    assert words_renewed("# 注\n样本: A # 后\n样例: B", {"样本": "C", "新: 词": "D"}) == (
        "# 注\n样本: C  # 后\n样例: B\n'新: 词': D\n"
    )


def test_what_wants_no_translator(root: Path) -> None:
    """Terms that the interface says, files, sources and names of others are no texts of an entry."""
    entry = next(one for one in read_content(root).entries if one.kind == "project")
    texts = renderings_of(entry, {"title": "Sample", "pictures": [{"alt": "x"}]}, original={"title": "旧"})
    assert [(one.label, one.state) for one in texts] == [
        ("成果名称", State.CHANGED),
        ("简介", State.MISSING),
        ("主要创新点 第1项", State.MISSING),
        ("主要创新点 第2项", State.MISSING),
        ("图片 第1项 替代文字", State.DONE),
        ("正文", State.MISSING),
    ]


# --- in the form -----------------------------------------------------------------------------------------------------


def told(root: Path, **typed: str) -> Change:
    """What a window would send."""
    return Change(ENTRY, version_of(root, ENTRY), {name.replace("__", ":"): one for name, one in typed.items()})


def test_a_form_says_an_entry_in_another_language(root: Path) -> None:
    """With the Chinese beside each text; written to the translation alone, comments kept; a text emptied goes."""
    before = (root / ENTRY).read_bytes()
    shown = spoken(root, ENTRY, tags=by_hand(("zh-Hant", "en")))
    assert [one["label"] for one in shown.form[::2]][:2] == ["English：成果名称", "English：简介"]
    assert shown.form[0]["chinese"] == "样本成果" and set(shown.fields.values()) == {""}
    write(root, {"languages/en/projects/2026/yang-ben.md": "---\n# 注\nsummary: S # 后\n---\n"})
    save(root, told(root, en__title="Sample", **{"en:innovation_points.1": "B"}, en__body="Text.\n"))
    text = (root / THEIRS).read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: Sample\n# 注\nsummary: S # 后\n") and text.endswith("---\n\nText.\n")
    save(root, told(root, en__title="", en__summary="S2"))
    text = (root / THEIRS).read_text(encoding="utf-8")
    assert "Sample" not in text and "样本成果" not in text and "summary: S2  # 后" in text
    assert (root / ENTRY).read_bytes() == before


def test_a_translation_is_of_the_chinese_it_is_saved_with(root: Path) -> None:
    """Changed together they belong together; the Chinese changed alone is told, until somebody says that it still holds."""
    save(root, Change(ENTRY, version_of(root, ENTRY), {"title": "样本新名", "en:title": "New name"}))
    assert problems_at(root) == []
    save(root, Change(ENTRY, version_of(root, ENTRY), {"title": "样本新名称"}))
    (fault,) = problems_at(root)
    assert (fault.code, field_at(fault.place)) == ("old-translation", ("en:title",))
    form = spoken(root, ENTRY, tags=("en",)).form
    assert (form[0]["original"], form[1]["changed"]) == ("样本新名", True)
    save(root, Change(ENTRY, version_of(root, ENTRY), {"en:title!": "是"}))
    assert problems_at(root) == [] and "title: New name" in (root / THEIRS).read_text(encoding="utf-8")


def test_a_translation_changed_elsewhere_is_a_conflict_and_goes_and_comes_with_its_entry(root: Path) -> None:
    """The version of an entry is that of its translations, too; the file that cannot be read is left alone."""
    write(root, {"languages/en/projects/2026/yang-ben.md": "---\ntitle: One\n---\n"})
    mine = Change(ENTRY, version_of(root, ENTRY), {"en:title": "Mine"})
    (root / THEIRS).write_text("---\ntitle: Theirs\n---\n", encoding="utf-8")
    with pytest.raises(Differs):
        save(root, mine)
    assert "Theirs" in (root / THEIRS).read_text(encoding="utf-8")
    label = delete(root, ENTRY, base=version_of(root, ENTRY))
    assert not (root / THEIRS).exists() and not (root / ENTRY).exists()
    assert sorted(restore(root, label)) == sorted((ENTRY, THEIRS))
    (root / THEIRS).write_text("title: no front matter\n", encoding="utf-8")
    with pytest.raises(Refused, match="译文"):
        save(root, Change(ENTRY, version_of(root, ENTRY), {"en:title": "Mine"}))
    assert (root / THEIRS).read_text(encoding="utf-8") == "title: no front matter\n"
