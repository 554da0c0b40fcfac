"""Nothing personal is published: found wherever it stands, told apart from numbers that are nobody's, never printed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from plain_pdf import pdf_saying
from small import PLAIN, project, write
from synthetic import LANDLINE, MAIL, MOBILE, card, identity
from whole import PROJECT

from site_builder.cli import cli
from site_builder.intake.content import read_content
from site_builder.intake.page_guard import guard_pages
from site_builder.intake.reporting import as_github, as_json
from site_builder.media.examining import examined
from site_builder.media.originals import originals
from site_builder.model.privacy import found_in, half_hidden, masked, personal_in
from site_builder.model.privacy_hints import may_be_personal
from site_builder.model.problems import Place

if TYPE_CHECKING:
    from pathlib import Path

SPACED = f"{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}"
BIRTH = "样本人，1900年1月1日" + "出生"
SIGNS = [
    *"０0123456789—-－ .·)）@＠\u200b\n生于住址室号弄路年月日家庭出户籍电话元",
    "1900",
    "138",
    "0000",
    "021",
    "单元",
]
HOME = "家住样本路1号" + "1室"


@pytest.mark.parametrize(
    "text, sort",
    [
        (f"样本{identity()}样本", "身份证号"),
        (f"{identity()[:6]} {identity()[6:14]} {identity()[14:]}", "身份证号"),
        ("身份证：" + "000000" + "000101" + "000", "身份证号"),
        (MOBILE, "手机号"),
        (f"＋86-{SPACED}", "手机号"),
        (f"联系{MOBILE[:3]}\u200b{MOBILE[3:]}", "手机号"),
        (MOBILE.translate(str.maketrans("0138", "０１３８")), "手机号"),
        (f"| 样本 | {MOBILE} |", "手机号"),
        (LANDLINE, "固定电话"),
        (LANDLINE.replace("021-", "（021）"), "固定电话"),
        ("电话：" + "0" * 8, "固定电话"),
        (card(), "银行卡号"),
        (" ".join(card()[at : at + 4] for at in range(0, 19, 4)), "银行卡号"),
        (MAIL, "电子邮箱"),
        (f"[写信](mailto:{MAIL})", "电子邮箱"),
        (BIRTH, "出生日期"),
        ("生于1900年1月，样本", "出生日期"),
        ("出生年月：1900.01", "出生日期"),
        ("男，1900年1月生，样本", "出生日期"),
        (HOME, "住址"),
        ("家庭住址：样本市样本小区1栋" + "1单元101室", "住址"),
        ("居住在样本小区1栋" + "1单元101室", "住址"),
        ("家庭在样本路1弄" + "2号101室", "住址"),
    ],
)
def test_personal_data_is_found_and_hidden(text: str, sort: str) -> None:
    """Each sort in the writings that people use; what is printed afterwards holds none."""
    assert personal_in(f"样本{text if text[0] in '0|[' else '，' + text}") == sort
    assert not found_in(masked(text))


@pytest.mark.parametrize(
    "text",
    [
        "ZL201910123456.X",
        "ZL 2019 1 0123456.7",
        "发明专利 201910123456.7，实用新型 ZL 98123456.7",
        "CN113800000000A",
        "GB/T 37668-2019、GB 11643—1999、DA/T 80-2019",
        "沪工总基〔2017〕153号",
        "证书编号：2019-Z-13800000000-1",
        "合同 HT-2024-13812345678",
        "合同编号 SH20241381234567",
        "统一社会信用代码 91310000000000000X",
        "软著登字第13812345号，登记号 2019SR1381234",
        "ISBN 978-7-5008-0000-0，CN31-0001",
        "年创效益13800000000元",
        "累计 12345678 件，同比增长 12.5%",
        "2023-05-01至2024-03-31",
        "2013年8月—2014年9月，1900年建厂",
        "2019年5月生产线投产，3月生效",
        "该装置诞生于车间，出生率下降",
        "https://example.org/art/13800000000.html?id=13812345678",
        "样本路1号样本大厦101室（单位地址）",
        "样本小区1栋1单元加装电梯",
        "图标 a@2x.png",
        "3.14159265358979323846",
        "0.02112345678",
        "10000000000000000",
        "序列号 1234567890123456",
        "12345、12320、400-800-0000",
    ],
)
def test_numbers_that_are_nobodys_pass(text: str) -> None:
    """Patents, standards, certificates, contracts, sums, dates, addresses of the web and of works."""
    assert personal_in(text) == ""


@given(st.lists(st.sampled_from(SIGNS), max_size=24))
@example([*HOME])
@example([*SPACED.replace(" ", "—")])
@example([*LANDLINE.replace("-", "——")])
def test_what_is_found_was_suspected(parts: list[str]) -> None:
    """The hint that spares a closer look never spares one that would have found something."""
    text = "".join(parts)
    assert may_be_personal(text.encode()) or not found_in(text)


def test_every_sort_is_suspected() -> None:
    """In the writings of the table above, with gaps of every sort, also in bytes that are no text."""
    for gap in "-— –·\u2003\u200b\u2060\ufeff\u00a0":
        for whole in (SPACED, "021 000 0000", card(), f"{identity()[:6]} {identity()[6:14]} {identity()[14:]}"):
            text = whole.replace(" ", gap)
            assert may_be_personal(text.encode()) or not found_in(text), ascii(text)
    assert may_be_personal(b"\xff" + MOBILE.encode())
    assert not may_be_personal("2014—2016年，GB/T 7714—2015，工作室，生产，@context".encode())


def test_a_home_in_a_text_about_one_person_needs_no_words_beside_it() -> None:
    """On a person's page an address with a room is where the person lives."""
    home = "样本路1号" + "101室"
    assert not found_in(home)
    assert [one.sort for one in found_in(home, of_person=True)] == ["住址"]


def test_the_whole_real_content_passes() -> None:
    """Not one false alarm in hundreds of entries with patents, sums, dates and sources; nor in pages and settings."""
    problems = [*read_content(PROJECT).problems, *guard_pages(PROJECT)]
    assert [str(one) for one in problems if one.code in {"private-data", "half-hidden", "unused-exception"}] == []


EVERYWHERE = {
    "summary": (f"summary: 样本{MOBILE}", "4:10"),
    "a record in a list": (f"people:\n  - person: 样本人\n    role: 样本{MOBILE}", "6:11"),
    "alt text": (f"pictures:\n  - file: a.jpg\n    alt: 样本{MOBILE}", "6:10"),
    "a caption": (f"pictures:\n  - file: a.jpg\n    alt: 样本\n    caption: {MAIL}", "7:14"),
    "the name of a file": (f"attachments:\n  - file: {MOBILE}.pdf\n    title: 样本", "5:11"),
    "escaped": ('summary: "\\x31' + MOBILE[1:] + '"', "4:10"),
    "folded": (f"summary: >-\n  样本{MOBILE[:3]}\n  {MOBILE[3:]}", "4:10"),
    "an office's field, of a mobile": (f"transfer: {{status: 可转化, contact: 样本{MOBILE}}}", "4:34"),
}


@pytest.mark.parametrize("where", EVERYWHERE)
def test_every_published_field_is_guarded(tmp_path: Path, where: str) -> None:
    """The place is that of the value, the number is not in the words."""
    line, place = EVERYWHERE[where]
    write(tmp_path, {"projects/2024/a.md": f"---\ntitle: 样本\nsources: 样本来源\n{line}\n---\n"})
    found = [one for one in read_content(tmp_path).problems if one.code == "private-data"]
    assert [one.place.words for one in found] == [f"content/projects/2024/a.md:{place}"], found
    assert not re.search(r"\d{7}|@", found[0].message + found[0].hint)


def test_bodies_are_guarded_to_the_column(tmp_path: Path) -> None:
    """Tables in Markdown, too; a body has no fields to name."""
    body = f"\n样本\n\n| 甲 | 乙 |\n|---|---|\n| 样本 | {SPACED} |\n"
    write(tmp_path, {"stories/a.md": f"---\ntitle: 样本\n---\n{body}"})
    (found,) = (one for one in read_content(tmp_path).problems if one.code == "private-data")
    assert found.place.words == "content/stories/a.md:9:8"


def test_what_is_not_published_or_is_an_offices_passes(tmp_path: Path) -> None:
    """The evidence of a consent; the union's telephone where the field is for it."""
    inside = f"consent: 样本 {MOBILE}\ntransfer: {{status: 可转化, contact: '样本工会 {LANDLINE} {MAIL}'}}"
    write(tmp_path, {"projects/2024/a.md": f"---\ntitle: 样本\nsources: 样本\n{inside}\n---\n"})
    assert [one.code for one in read_content(tmp_path).problems if one.code == "private-data"] == []


def test_an_exception_says_what_and_why(tmp_path: Path) -> None:
    """It lets this number pass and no other; one that nothing needs is told; without a reason it is none."""
    excepted = f"privacy_exceptions:\n  - what: '{LANDLINE}'\n    reason: 公共服务热线\n"
    text = f"---\ntitle: 样本\nsources: 样本\nsummary: 热线 {LANDLINE}{{}}\n{excepted}---\n"
    write(tmp_path, {"projects/2024/a.md": text.format("")})
    assert _codes(tmp_path) == []
    write(tmp_path, {"projects/2024/a.md": text.format(f"，{MOBILE}")})
    assert _codes(tmp_path) == ["private-data"]
    write(tmp_path, {"projects/2024/a.md": text.replace(f"热线 {LANDLINE}{{}}", "样本")})
    assert _codes(tmp_path) == ["unused-exception"]
    write(tmp_path, {"projects/2024/a.md": text.format("").replace("    reason: 公共服务热线\n", "")})
    assert "private-data" in _codes(tmp_path)


def _codes(root: Path) -> list[str]:
    wanted = {"private-data", "unused-exception", "half-hidden"}
    return [one.code for one in read_content(root).problems if one.code in wanted]


def test_half_hidden_numbers_are_told(tmp_path: Path) -> None:
    """Four stars in the middle hide nothing beside a name."""
    starred = f"{MOBILE[:3]}****{MOBILE[7:]}"
    assert half_hidden(starred)
    assert half_hidden(starred.replace("*", "＊"))
    assert not half_hidden("**样本** 138 **样本**")
    write(tmp_path, {"stories/a.md": f"---\ntitle: 样本\n---\n样本人 {starred}\n"})
    assert _codes(tmp_path) == ["half-hidden"]


def test_pages_charts_and_settings_are_guarded(tmp_path: Path) -> None:
    """Whatever lies in their folders and is text, by line and column; the office's setting may hold its telephone."""
    write(
        tmp_path,
        {
            "pages/about.md": f"# 样本\n\n电话 {LANDLINE}\n",
            "pages/office.md": f"---\nprivacy_exceptions:\n  - what: {LANDLINE}\n    reason: 样本\n---\n电话 {LANDLINE}\n",
            f"pages/{MOBILE}.txt": "样本\n",
            "pages/list.csv": f"甲,乙\n样本,{MAIL}\n",
            "pages/plan.svg": f"<svg xmlns='http://www.w3.org/2000/svg'><text>{SPACED}</text></svg>\n",
            "charts/a.yml": f"title: 样本\nsources: {MOBILE}\n",
        },
    )
    settings = (
        f"site_name: 样本\nplugins:\n  - exhibition:\n      contact: 样本 {LANDLINE}\n      slogan: 样本 {MOBILE}\n"
    )
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    found = sorted(one.place.words for one in guard_pages(tmp_path))
    assert found == [
        "content/charts/a.yml:2:10",
        f"content/pages/{MOBILE}.txt",
        "content/pages/about.md:3:4",
        "content/pages/list.csv:2:4",
        "content/pages/plan.svg:1:47",
        "mkdocs.yml:5:18",
    ]


def test_words_of_attachments_are_guarded(tmp_path: Path) -> None:
    """PDF, office files with a number parted by formatting, drawings, captions and plain text; a file may be excepted by name."""
    parted = f"<w:r><w:t>{MOBILE[:3]}</w:t></w:r><w:r><w:t>{MOBILE[3:]}</w:t></w:r>"
    samples = {
        "a.pdf": pdf_saying(MOBILE),
        "a.docx": _office({"word/document.xml": f"<w:document><w:p>{parted}</w:p></w:document>"}),
        "a.xlsx": _office({"xl/worksheets/sheet1.xml": f"<sheetData><row><c><v>{MOBILE}</v></c></row></sheetData>"}),
        "a.svg": f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>{SPACED}</text></svg>".encode(),
        "a.srt": f"1\n00:00:01,000 --> 00:00:02,000\n{MOBILE}\n".encode(),
        "a.txt": MOBILE.encode(),
    }
    for name, content in samples.items():
        (tmp_path / name).write_bytes(content)
    named = [(Place("content/projects/a.md", ("attachments", 0)), name) for name in samples]
    for _ in range(2):  # the second time out of the index
        found = originals(named, tmp_path, cache=tmp_path / "cache")
        assert sorted(one.message for one in found.problems) == sorted(f"“{name}”里有手机号" for name in samples)
    allowed = {("content/projects/a.md", name) for name in samples}
    assert not originals(named, tmp_path, cache=tmp_path / "cache", allowed=allowed).problems


def test_authors_of_files_are_not_published_and_not_asked(tmp_path: Path) -> None:
    """What is dropped on the way out needs no exception."""
    path = tmp_path / "a.pdf"
    with pikepdf.open(io.BytesIO(pdf_saying("sample"))) as pdf:
        pdf.docinfo["/Author"] = MOBILE
        pdf.save(path)
    assert examined(path).personal == ()


def _office(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in {"[Content_Types].xml": "<Types/>", **members}.items():
            packed.writestr(name, text)
    return out.getvalue()


def test_check_refuses_and_prints_no_number(tmp_path: Path) -> None:
    """Also where another problem quotes what was written; a log may be public."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(summary=f"样本 {MOBILE}", year=f"'{MOBILE}'")})
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 样本\ndocs_dir: content/pages\ntheme: {name: material}\nplugins: [exhibition]\n", encoding="utf-8"
    )
    (tmp_path / "content/pages").mkdir()
    done = CliRunner().invoke(cli, ["check", "--root", str(tmp_path)])
    problems = read_content(tmp_path).problems
    assert done.exit_code == 1
    for said in (done.output, as_json(problems), as_github(problems)):
        assert "private-data" in said
        assert "bad-year" in said
        assert MOBILE not in said
