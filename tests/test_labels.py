"""Labels, signs and posters: every code leads to its page, every word is on the page, nothing is cut."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from printed import bookmarks_of, codes_on, letters_on, press_of, roles_in, unsound_fonts, words_of
from sample_paper import ADDRESS, LONG, PEOPLE, RARE, UNKNOWN, hard_to_print, with_unknown_character
from whole import run

from site_builder.catalogue.addresses import address_of
from site_builder.cli import cli
from site_builder.media.fonts import typefaces
from site_builder.paper.formats import SIGNS, Sign, sign_named
from site_builder.paper.labels import LabelWish, label_problems, label_work
from site_builder.paper.lettering import GETA, Lettering
from site_builder.paper.posters import PosterWish, poster_problems, poster_work
from site_builder.paper.squares import QUIET, square_of
from site_builder.paper.typesetting import typeset
from site_builder.publish.halls import results_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from site_builder.model.entry import Entry
    from site_builder.paper.exhibits import Press

TOLERANCE = 0.6
"""Millimetres that a glyph's box may reach beyond its line."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibition that is hard to print."""
    return hard_to_print(tmp_path_factory.mktemp("labels") / "exhibition")


@pytest.fixture(scope="module")
def press(root: Path) -> Press:
    """What printing it draws on."""
    return press_of(root, ADDRESS)


@pytest.fixture(scope="module")
def entries(press: Press) -> tuple[Entry, ...]:
    """All results of the edition, the withdrawn one left out."""
    catalogue = press.deck.catalogue
    return tuple(catalogue.entries[key] for key in results_of(catalogue, catalogue.entries["edition/2026"]))


@pytest.fixture(scope="module", params=[(sign.name, single) for sign in SIGNS for single in (False, True)], ids=str)
def sheet(request: pytest.FixtureRequest, press: Press, entries: tuple[Entry, ...]) -> tuple[Sign, bool, bytes]:
    """Every size, on sheets of A4 and one a page."""
    name, single = request.param
    sign = sign_named(name)
    return sign, single, typeset(label_work(press, entries, wish=LabelWish(sign, single=single, date="2026-06-30")))


def told(root: Path, *arguments: str) -> Result:
    """The program run in this process."""
    return CliRunner().invoke(cli, [*arguments, "--root", str(root)])


# --- every size ------------------------------------------------------------------------------------------------------


def test_every_code_leads_to_its_page(
    sheet: tuple[Sign, bool, bytes], press: Press, entries: tuple[Entry, ...]
) -> None:
    """Read from the page as an office printer prints it; the address is the permanent one, in the order of the entries."""
    sign, _, pdf = sheet
    found = [code for page in codes_on(pdf) for code in page]
    assert sorted({code.text for code in found}) == sorted(f"{ADDRESS}{address_of(entry)}" for entry in entries)
    if sign.design != "tent":  # a tent carries it on both sides
        assert len(found) == len(entries)
    for code in found:
        modules = len(_rows(code.text, sign)) - 2 * QUIET
        assert code.side / modules >= 0.4 * 0.97  # corners are read to a pixel


def _rows(text: str, sign: Sign) -> range:
    square = square_of(text, sign.square, module=sign.module)
    assert square is not None
    return range(round(sign.square / square.module))


def test_every_letter_is_inside_its_sign(sheet: tuple[Sign, bool, bytes]) -> None:
    """No word crosses the edge of the page or the line where the knife goes."""
    sign, single, pdf = sheet
    columns, rows = (1, 1) if single else (sign.columns, sign.rows)
    outside = []
    for number, char, (left, top, right, low), (wide, tall) in letters_on(pdf):
        x, y = (wide - columns * sign.width) / 2, (tall - rows * sign.height) / 2
        spot = ((left - x + TOLERANCE) // sign.width, (top - y + TOLERANCE) // sign.height)
        end = ((right - x - TOLERANCE) // sign.width, (low - y - TOLERANCE) // sign.height)
        if spot != end or not (0 <= spot[0] < columns and 0 <= spot[1] < rows):
            outside.append((number, char, left, top, right, low))
    assert outside == []


def test_titles_units_and_rare_characters_are_whole(sheet: tuple[Sign, bool, bytes]) -> None:
    """The longest title too, and characters beyond the usual planes, as text that can be read back."""
    sign, _, pdf = sheet
    text = "".join(words_of(pdf))
    for words in (
        LONG,
        RARE,
        "样本公示成果",
        "样本二厂股份有限公司智能制造与绿色低碳联合创新中心",
        "样本𠮷",
        "样本三厂",
    ):
        assert words in text, words
    assert "样本撤下成果" not in text
    if sign.design == "sign":
        assert "、".join(PEOPLE) in text
    else:
        assert "等60人" in text


def test_no_grade_while_the_notice_runs(sheet: tuple[Sign, bool, bytes]) -> None:
    """As on the site: the word 公示中 and no grade."""
    text = "".join(words_of(sheet[2]))
    assert "公示中" in text
    assert text.count("一等奖") >= 1  # of the entry that has won


def test_the_file_is_tagged_and_lasts(sheet: tuple[Sign, bool, bytes]) -> None:
    """PDF/UA and PDF/A, Chinese, with title, bookmarks and embedded fonts."""
    _, _, pdf = sheet
    assert unsound_fonts(pdf) == []
    assert {"/H1", "/Figure"} <= roles_in(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "zh-CN"
        meta = document.open_metadata()
        assert meta.pdfa_status == "2A"
        assert meta["pdfuaid:part"] == "1"
        assert "样本网上展" in meta["dc:title"]
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260630")
    assert len(bookmarks_of(pdf)) == 7


def test_stickers_fill_their_sheet_and_marks_can_go(press: Press, entries: tuple[Entry, ...]) -> None:
    """24 to a sheet; cut marks are drawn by default."""
    many = tuple(entries) * 5
    sign = sign_named("标签")
    with_marks = typeset(label_work(press, many, wish=LabelWish(sign)))
    without = typeset(label_work(press, many, wish=LabelWish(sign, marks=False)))
    assert [len(page) for page in codes_on(with_marks)] == [24, 11]
    assert len(with_marks) > len(without)


# --- codes -----------------------------------------------------------------------------------------------------------


@given(tail=st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=64), sign=st.sampled_from(SIGNS))
def test_codes_are_coarse_enough(tail: str, sign: Sign) -> None:
    """Whatever the id: a module of 0.4 mm at least, and the strongest correction that allows it."""
    square = square_of(f"{ADDRESS}projects/{tail}/", sign.square, module=sign.module)
    assert square is not None
    assert square.module >= 0.4
    assert square.level in "HQML"


def test_an_address_too_long_has_no_code() -> None:
    """None rather than a code that no phone reads."""
    assert square_of(f"https://exhibition.example/{'a' * 400}/", 26.0) is None


def test_short_addresses_get_strong_correction() -> None:
    """Signs hang where dirt and light spoil a code."""
    square = square_of(f"{ADDRESS}projects/a/", 58.0, module=0.9)
    assert square is not None
    assert square.level == "H"


# --- words -----------------------------------------------------------------------------------------------------------


@given(text=st.text(max_size=80))
def test_lettering_keeps_every_character_that_can_be_set(text: str) -> None:
    """Breaks and 〓 are all that is added; nothing that is drawn is lost."""
    face = typefaces()[1]
    shown = Lettering(face)(text)
    kept = shown.replace("\u200b", "")
    assert len(kept) <= len(text) * 3
    assert not face.lacks(kept)


def test_a_character_that_no_font_has_is_told(tmp_path: Path) -> None:
    """It is printed as 〓 and the editor is warned."""
    root = with_unknown_character(hard_to_print(tmp_path / "exhibition"))
    done = told(root, "labels", "wei", "-o", str(tmp_path / "a.pdf"))
    assert done.exit_code == 0, done.output
    assert "no-glyph" in done.output
    assert "U+1F9F0" in done.output
    assert UNKNOWN.replace("\U0001f9f0", GETA) in words_of((tmp_path / "a.pdf").read_bytes())[0]


# --- posters ---------------------------------------------------------------------------------------------------------


def test_posters_are_vectors_with_a_code(press: Press, entries: tuple[Entry, ...]) -> None:
    """A page each, the words as outlines and told to those who do not see; only photographs are pixels."""
    pdf = typeset(poster_work(press, entries, wish=PosterWish(297.0, 420.0)))
    found = codes_on(pdf, dots=100)
    assert [code.text for page in found for code in page] == [f"{ADDRESS}{address_of(entry)}" for entry in entries]
    assert len(bookmarks_of(pdf)) == len(entries)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sizes = {tuple(round(float(edge) * 25.4 / 72) for edge in page.mediabox) for page in document.pages}
        pixels = [
            one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        alts = [str(one["/Alt"]) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert sizes == {(0, 0, 297, 420)}
    assert len(pixels) == 2
    assert any(LONG in alt for alt in alts)


# --- the command -----------------------------------------------------------------------------------------------------


def test_entries_are_chosen_by_hall_edition_condition_and_name(root: Path, tmp_path: Path) -> None:
    """Conditions narrow what the others name."""
    out = tmp_path / "a.pdf"

    def printed(*arguments: str) -> int:
        done = told(root, "labels", *arguments, "-o", str(out))
        assert done.exit_code == 0, done.output
        return sum(map(len, codes_on(out.read_bytes())))

    assert printed("--edition", "2026") == 7
    assert printed("--hall", "yi") == 2
    assert printed("--hall", "2026/er", "--size", "标签") == 2
    assert printed("--edition", "2026", "--where", "行业=电力 最多=1") == 1
    assert printed("--where", "奖项=样本创新奖") == 3
    assert printed("样本单工", "project/kong", "--single") == 2


@pytest.mark.parametrize(
    "arguments, said",
    [
        ((), "--edition"),
        (("--edition", "2062"), "2026"),
        (("--hall", "yii"), "yi"),
        (("kongg",), "kong"),
        (
            (
                "--where",
                "行页=电力",
            ),
            "行业",
        ),
        (
            (
                "--where",
                "行业=无",
            ),
            "没有合条件的条目",
        ),
        (("kong", "-o", "a.doc"), ".pdf"),
    ],
)
def test_wrong_wishes_are_told(root: Path, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """In Chinese, with a guess, and nothing is written."""
    out = tmp_path / "a.pdf"
    done = told(root, "labels", "-o", str(out), *arguments)
    assert done.exit_code in {1, 2}
    assert said in done.output
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_code_needs_an_address(root: Path, tmp_path: Path, press: Press, entries: tuple[Entry, ...]) -> None:
    """Without site_url nothing is printed, for a code would lead nowhere; nor with one too long for the size."""
    bare = press_of(root, "")
    assert [problem.code for problem in label_problems(bare, entries, sign=SIGNS[0])] == ["settings"]
    assert poster_problems(bare, entries) == label_problems(bare, entries, sign=SIGNS[0])
    far = press_of(root, f"https://exhibition.example/{'a' * 300}/")
    problems = label_problems(far, entries[:2], sign=SIGNS[0])
    assert [problem.code for problem in problems] == ["settings", "settings"]
    assert "地址太长" in problems[0].message
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(ADDRESS, '""'), encoding="utf-8")
    try:
        done = told(root, "labels", "kong", "-o", str(tmp_path / "a.pdf"))
    finally:
        settings.write_text(text, encoding="utf-8")
    assert done.exit_code == 1
    assert "site_url" in done.output
    assert not (tmp_path / "a.pdf").exists()


def test_two_printings_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """Whatever the time zone, the hash seed, the number of cores; the day comes from outside."""
    made = []
    for at, changes in enumerate(
        (
            {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "EXHIBITION_JOBS": "1", "SOURCE_DATE_EPOCH": "1780000000"},
            {"TZ": "America/Lima", "PYTHONHASHSEED": "2", "EXHIBITION_JOBS": "2", "SOURCE_DATE_EPOCH": "1780000000"},
        )
    ):
        out = tmp_path / f"{at}.pdf"
        done = run("labels", "--edition", "2026", "--size", "A5", "-o", str(out), cwd=root, **changes)
        assert done.returncode == 0, done.stderr
        made.append(out.read_bytes())
    assert made[0] == made[1]
    assert b"D:20260528" in made[0]


def test_a_photograph_is_laid_into_the_sign(press: Press, entries: tuple[Entry, ...]) -> None:
    """Transparent ones on white; files keep no metadata of the camera."""
    photographed = [entry for entry in entries if not press.pictures.of(entry).drawn]
    files = press.pictures.files(photographed, workers=1)
    assert len(files) == 2
    for content in files.values():
        image = Image.open(io.BytesIO(content))
        assert image.format == "JPEG"
        assert not image.getexif()
