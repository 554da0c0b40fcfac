"""The catalogue of an edition: its parts in order, the right page numbers, nothing outside the page, the same bytes twice."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner
from printed import bookmarks_of, codes_on, letters_on, press_of, roles_in, unsound_fonts, words_of
from sample_paper import ADDRESS, LONG, PEOPLE, RARE, TEXT, hard_to_print
from small import project, write
from whole import run

from site_builder.catalogue.addresses import address_of
from site_builder.cli import cli
from site_builder.media.fonts import typefaces
from site_builder.paper.awards import award_list
from site_builder.paper.book import BookWish, book_problems, book_work, sections_of
from site_builder.paper.formats import PAPERS, paper_named
from site_builder.paper.indexes import names_index, units_index
from site_builder.paper.lettering import Lettering
from site_builder.paper.prose import blocks_of
from site_builder.paper.typesetting import typeset

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.model.entry import Entry
    from site_builder.paper.exhibits import Press

DAY = "2026-06-30"
A4 = paper_named("A4")
TOLERANCE = 0.6


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibition that is hard to print."""
    return hard_to_print(tmp_path_factory.mktemp("catalogue") / "exhibition")


@pytest.fixture(scope="module")
def press(root: Path) -> Press:
    """What printing it draws on."""
    return press_of(root, ADDRESS)


@pytest.fixture(scope="module")
def edition(press: Press) -> Entry:
    """Its one edition."""
    return press.deck.catalogue.entries["edition/2026"]


@pytest.fixture(scope="module")
def hung(press: Press, edition: Entry) -> tuple[Entry, ...]:
    """The entries in the order of the catalogue."""
    return tuple(entry for section in sections_of(press, edition) for entry in section.entries)


@pytest.fixture(scope="module")
def whole(press: Press, edition: Entry) -> bytes:
    """The catalogue on A4, an entry a page."""
    return typeset(book_work(press, edition, wish=BookWish(A4, date=DAY)))


@pytest.fixture(scope="module")
def pages(whole: bytes) -> list[str]:
    """Its words, page by page."""
    return words_of(whole)


@pytest.fixture(scope="module", params=[(paper.name, half) for paper in PAPERS for half in (False, True)], ids=str)
def book(request: pytest.FixtureRequest, press: Press, edition: Entry) -> bytes:
    """Every paper, whole and half pages, with bleed."""
    name, half = request.param
    return typeset(book_work(press, edition, wish=BookWish(paper_named(name), half=half, bleed=True, date=DAY)))


# --- parts -----------------------------------------------------------------------------------------------------------


def test_sections_are_halls_and_what_hangs_in_none(press: Press, edition: Entry) -> None:
    """Each entry once, in the first hall that shows it."""
    found = [(section.name, [entry.id for entry in section.entries]) for section in sections_of(press, edition)]
    assert found == [
        ("样本一厅", ["zhao", "tu"]),
        ("样本二厅", ["chang", "ren"]),
        ("其他成果", ["gong", "kong", "xi"]),
        ("其他先进操作法", ["fa"]),
    ]


def test_parts_stand_in_their_order(pages: list[str]) -> None:
    """Cover, imprint, foreword, contents, halls, list of awards, indexes."""
    first = {part: next(at for at, text in enumerate(pages) if part in text) for part in ("前言", "目录")}
    assert "2026样本展期" in pages[0]
    assert "样本市总工会" in pages[0]
    assert "资料截至2026年6月30日" in pages[1]
    assert "收录2024—2025展品8件" in pages[1]
    assert first == {"前言": 2, "目录": 3}
    assert "样本简介。" in pages[2]
    starts = [max(at for at, text in enumerate(pages) if part in text) for part in ("获奖名单", "人名索引", "单位索引")]
    assert starts == sorted(starts)
    assert not any("样本撤下成果" in text for text in pages)


def test_contents_and_indexes_name_the_right_pages(pages: list[str], hung: tuple[Entry, ...]) -> None:
    """The number printed beside a title, a person, a unit is that of the page where it stands."""
    contents = pages[3]
    for entry in hung:
        at = _page_of(pages, entry.title) + 1
        assert re.search(rf"{re.escape(entry.title)}\D*{at}(?!\d)", contents), entry.title
        assert pages[at - 1].endswith(str(at))
    photographed = _page_of(pages, "样本照片成果") + 1
    index = "".join(pages[-2:])
    assert re.search(rf"样本一厂{photographed}、\d+", index)
    assert re.search(r"样本单工\d+", index)


def _page_of(pages: list[str], title: str) -> int:
    """Index of the page of an entry."""
    return next(at for at, text in enumerate(pages) if title in text and "网上展品页" in text)


def test_every_code_leads_to_its_page(whole: bytes, hung: tuple[Entry, ...]) -> None:
    """That of the edition in the imprint, then one an entry."""
    found = [code.text for page in codes_on(whole, dots=180) for code in page]
    assert found == [f"{ADDRESS}editions/2026/", *(f"{ADDRESS}{address_of(entry)}" for entry in hung)]


def test_what_does_not_fit_is_said(pages: list[str]) -> None:
    """All people of the longest entry are there; sections that find no room are replaced by a line that says so."""
    long = pages[_page_of(pages, LONG)]
    assert "、".join(PEOPLE) in long
    assert (TEXT * 6) in long
    assert "其余内容请扫码看网页。" in long
    assert "样本说明图：样本供图" in pages[_page_of(pages, "样本照片成果")]
    assert any(RARE in text for text in pages)


def test_awards_are_listed_by_grade_and_notices_left_out(press: Press, hung: tuple[Entry, ...]) -> None:
    """The award's own order of grades; who is under notice has won nothing yet."""
    (listed,) = award_list(press, hung)
    assert listed["award"] == "样本创新奖"
    assert [(one["grade"], [row["id"] for row in one["rows"]]) for one in listed["grades"]] == [
        ("一等奖", ["project-chang"]),
        ("", ["craftsman-ren"]),
        ("优秀创新成果奖", ["project-zhao"]),
    ]


def test_indexes_follow_pinyin(tmp_path: Path) -> None:
    """Surnames are read as surnames, what has no pinyin comes last, a name stands once with all its pages."""
    root = hard_to_print(tmp_path / "exhibition")
    write(
        root,
        {
            "projects/2026/a.md": project(title="样本", edition="'2026'", people="[单样本, 曾样本, 阿样本]"),
            "projects/2026/b.md": project(
                title="样本", edition="'2026'", people="[曾样本, Zoe, 123]", organisations="[重庆样本厂, 长沙样本厂]"
            ),
        },
    )
    press = press_of(root, ADDRESS)
    entries = [press.deck.catalogue.entries[f"project/{name}"] for name in "ab"]
    people = [(group["letter"], [row["label"] for row in group["rows"]]) for group in names_index(press, entries)]
    assert people == [("A", ["阿样本"]), ("S", ["单样本"]), ("Z", ["曾样本", "Zoe"]), ("#", ["123"])]
    (zeng,) = [row for group in names_index(press, entries) for row in group["rows"] if row["label"] == "曾样本"]
    assert zeng["ids"] == ["project-a", "project-b"]
    assert [row["label"] for group in units_index(press, entries) for row in group["rows"]] == [
        "长沙样本厂",
        "重庆样本厂",
    ]


def test_forewords_keep_their_structure() -> None:
    """Headings, points, quotations and bold words of the editor's Markdown; scripts and pictures stay outside."""
    words = Lettering(typefaces()[1])
    text = "## 样本标题\n\n样本**粗**文字。\n\n- 样本一\n- 样本二\n\n> 样本引文\n\n"
    text += "<script>x</script>\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n"
    found = [(block["kind"], "".join(run["text"] for run in block["runs"])) for block in blocks_of(text, words)]
    assert found == [
        ("head", "样本标题"),
        ("text", "样本粗文字。"),
        ("point", "样本一"),
        ("point", "样本二"),
        ("quote", "样本引文"),
        ("text", "甲乙"),
        ("text", "12"),
    ]
    assert [run["strong"] for run in blocks_of(text, words)[1]["runs"]] == [False, True, False]


# --- the file --------------------------------------------------------------------------------------------------------


def test_every_letter_is_inside_the_page(book: bytes) -> None:
    """On every paper, three millimetres of bleed away from the edge at least."""
    outside = [
        (number, char, box)
        for number, char, box, (wide, tall) in letters_on(book)
        if box[0] < 3 or box[1] < 3 or box[2] > wide - 3 or box[3] > tall - 3
    ]
    assert outside == []


def test_every_entry_has_its_place_on_every_paper(book: bytes, hung: tuple[Entry, ...]) -> None:
    """All titles, all addresses, all codes, whatever the size."""
    text = "".join(words_of(book))
    for entry in hung:
        assert f"{ADDRESS.removeprefix('https://')}{address_of(entry).removesuffix('/')}" in text
        assert text.count(entry.title) >= 2
    assert len([code for page in codes_on(book, dots=220) for code in page]) == len(hung) + 1


def test_bleed_is_marked_for_the_printer(book: bytes) -> None:
    """The page is cut three millimetres inside what is printed."""
    with pikepdf.open(io.BytesIO(book)) as document:
        for page in document.pages:
            left, low, right, high = (float(edge) for edge in page.mediabox)
            inset = 3 * 72 / 25.4
            expected = [left + inset, low + inset, right - inset, high - inset]
            assert [float(edge) for edge in page.trimbox] == pytest.approx(expected)


def test_no_page_is_empty(pages: list[str]) -> None:
    """A layout a hair too tall would leave pages with nothing but head and number."""
    heads = (
        "样本网上展2026样本展期",
        "样本一厅",
        "样本二厅",
        "其他成果",
        "其他先进操作法",
        "获奖名单",
        "人名索引",
        "单位索引",
    )
    assert [at for at, text in enumerate(pages, 1) if text in {f"{head}{at}" for head in heads}] == []


def test_half_pages_hold_two(press: Press, edition: Entry, pages: list[str]) -> None:
    """Two entries of a hall share a page; halls still begin on their own."""
    half = words_of(typeset(book_work(press, edition, wish=BookWish(A4, half=True, date=DAY))))
    assert len(half) == len(pages) - 3
    assert any("样本照片成果" in text and "样本竖图成果" in text and "网上展品页" in text for text in half)


def test_the_file_is_tagged_and_lasts(whole: bytes, hung: tuple[Entry, ...]) -> None:
    """PDF/UA and PDF/A, Chinese, with title, bookmarks, tables, alternative texts and embedded fonts."""
    assert unsound_fonts(whole) == []
    assert {"/H1", "/H2", "/H3", "/P", "/Figure", "/Table", "/TH", "/TD", "/Link"} <= roles_in(whole)
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert str(document.Root.Lang) == "zh-CN"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        meta = document.open_metadata()
        assert (meta.pdfa_status, meta["pdfuaid:part"]) == ("2A", "1")
        assert meta["dc:title"] == "样本网上展　2026样本展期　图录".replace("2026样本", "2026 样本")
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260630")
        alts = {str(one["/Alt"]) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
    assert {"样本画面", f"二维码：{ADDRESS}projects/zhao/"} <= alts
    marks = [title.replace("\u200b", "") for title in bookmarks_of(whole)]
    assert marks[:4] == ["前言", "目录", "样本一厅", "样本照片成果"]
    assert {entry.title for entry in hung} <= set(marks)
    assert marks[-3:] == ["获奖名单", "人名索引", "单位索引"]


def test_without_a_date_it_is_still_accessible(press: Press, edition: Entry) -> None:
    """PDF/A demands a date; where none is known the file does without both."""
    pdf = typeset(book_work(press, edition, wish=BookWish(A4, awards_only=True)))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert "/CreationDate" not in document.docinfo
    assert "资料截至" not in "".join(words_of(pdf))


# --- the command -----------------------------------------------------------------------------------------------------


def test_two_printings_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """From another directory, with another time zone, hash seed and number of cores."""
    made = []
    for at, changes in enumerate(
        (
            {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "EXHIBITION_JOBS": "1"},
            {"TZ": "America/Lima", "PYTHONHASHSEED": "2", "EXHIBITION_JOBS": "2"},
        )
    ):
        out = tmp_path / f"{at}.pdf"
        where = root if at else tmp_path
        done = run("catalogue", "2026", "--root", str(root), "--bleed", "-o", str(out), cwd=where, **changes)
        assert done.returncode == 0, done.stderr
        made.append(out.read_bytes())
    assert made[0] == made[1]
    assert b"D:20260630" in made[0]  # the edition's last day


def test_the_list_of_awards_stands_alone(root: Path, tmp_path: Path) -> None:
    """Without pages to refer to, and without those under notice."""
    out = tmp_path / "a.pdf"
    done = CliRunner().invoke(
        cli, ["catalogue", "2026 样本展期", "--only", "awards", "-o", str(out), "--root", str(root)]
    )
    assert done.exit_code == 0, done.output
    text = "".join(words_of(out.read_bytes()))
    assert "2026样本展期获奖名单" in text
    assert LONG in text
    assert "样本公示成果" not in text
    assert "目录" not in text


def test_an_edition_that_is_not_there_is_told(root: Path, tmp_path: Path) -> None:
    """With those that are."""
    done = CliRunner().invoke(cli, ["catalogue", "2062", "-o", str(tmp_path / "a.pdf"), "--root", str(root)])
    assert done.exit_code == 2
    assert "2026" in done.output
    assert list(tmp_path.iterdir()) == []


def test_faulty_content_is_not_printed(tmp_path: Path) -> None:
    """What is printed cannot be corrected: errors are listed and nothing is written."""
    root = hard_to_print(tmp_path / "exhibition")
    write(root, {"projects/2026/huai.md": project(title="样本坏", edition="'2026'", year="不知道")})
    out = tmp_path / "a.pdf"
    done = CliRunner().invoke(cli, ["catalogue", "2026", "-o", str(out), "--root", str(root)])
    assert done.exit_code == 1
    assert "bad-year" in done.output
    assert not out.exists()


def test_an_empty_edition_has_a_catalogue(tmp_path: Path) -> None:
    """A cover, a foreword and no lists; nothing fails for want of entries."""
    root = hard_to_print(tmp_path / "exhibition")
    write(root, {"editions/2028.yml": "title: 2028 样本展期\nsources: 样本来源\n"})
    press = press_of(root, ADDRESS)
    edition = press.deck.catalogue.entries["edition/2028"]
    assert book_problems(press, edition) == ()
    assert [(one.code, one.place.field) for one in book_problems(press_of(root, ""), edition)] == [
        ("settings", ("site_url",))
    ]
    pages = words_of(typeset(book_work(press, edition, wish=BookWish(A4))))
    assert "2028样本展期" in pages[0]
    assert "索引" not in "".join(pages)


def test_own_fonts_are_used(press: Press, edition: Entry, tmp_path: Path, whole: bytes) -> None:
    """A folder of fonts that is empty or missing changes nothing."""
    (tmp_path / "fonts").mkdir()
    other = replace(press, fonts=tmp_path / "fonts")
    assert typeset(book_work(other, edition, wish=BookWish(A4, date=DAY))) == whole
