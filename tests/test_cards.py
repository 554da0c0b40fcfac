"""Share cards, squares and posters: what they say, how large they are, when they are drawn again, and who names them."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from markup import read_markup
from PIL import Image, ImageChops, ImageStat
from small import PLAIN, deck_at, project, write
from whole import build, exhibition

from site_builder.media.canvas import INK, PAPER
from site_builder.media.cards import CardBrief, Hand, card_svg, colours_of, square_svg
from site_builder.media.covers import COMPOSITIONS, CoverBrief, cover
from site_builder.media.fonts import typefaces
from site_builder.media.lettering import Style, breadth, column, fitted, row, wrapped
from site_builder.media.posters import poster_svg
from site_builder.media.raster import as_jpeg, as_png, drawn
from site_builder.media.sharing import making_of, shared_of
from site_builder.media.store import Store
from site_builder.model.grades import seal_for
from site_builder.publish.cards import card_brief, share_makings, shared

if TYPE_CHECKING:
    from collections.abc import Mapping

HAND = Hand(*typefaces())
CHINESE = "一种高落差电缆施工方法的研究与应用，（样本）《工法》“创新”：PLC 控制柜 110kV、3.5MPa；改造前—改造后！"
ADDRESS = "https://exhibition.example/projects/a/"
BARS = {"card": 40_000, "square": 15_000, "poster": 120_000}


def brief(**changes: object) -> CardBrief:
    """A brief of a made-up project."""
    drawing = CoverBrief("project/yang-ben", "sheet", 1, ("tower",), "输电")
    plain = CardBrief(
        drawing,
        "样本成果",
        "成果　2024 样本展期",
        "样本一厂",
        "样本甲、样本乙",
        "2023　样本奖",
        "样本简介。",
        seal_for("一等奖"),
        "样本展",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # tests name real fields


def paths(svg: str) -> set[str]:
    """Path data of a drawing."""
    return set(re.findall(r' d="([^"]+)"', svg))


@pytest.mark.parametrize("composition", COMPOSITIONS)
@pytest.mark.parametrize("rank", [0, 1, 2, 4])
def test_every_composition_keeps_within_the_bars(composition: str, rank: int) -> None:
    """Pixels and bytes; only a drawing with too many lines is smaller, and never below what messengers want."""
    one = brief(cover=CoverBrief(f"project/{composition}", composition, rank, ("rail",), "样本"), address=ADDRESS)
    sizes = {"card": (1200, 630), "square": (400, 400), "poster": (1080, 1440)}
    for name, draw, scale in (("card", card_svg, 1.0), ("square", square_svg, 2 / 3), ("poster", poster_svg, 1.0)):
        content = as_png(draw(one, HAND), colours_of(one), most=BARS[name], scale=scale)
        with Image.open(io.BytesIO(content)) as image:
            wide, tall = sizes[name]
            assert image.format == "PNG"
            assert image.size == (wide, tall) or len(content) > 0.5 * BARS[name]
            assert abs(image.width / image.height - wide / tall) < 0.01
            assert image.width >= 300
        assert len(content) <= BARS[name]


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_the_twin_has_all_lines_of_the_cover(composition: str) -> None:
    """What is set in type by a browser stands as outlines; everything else is the same drawing."""
    one = brief(cover=CoverBrief("studio/yang-ben", composition, 2, ("gear",), "样本"))
    for svg in (card_svg(one, HAND), square_svg(one, HAND), poster_svg(one, HAND)):
        assert paths(cover(one.cover)) <= paths(svg)
        assert "<text" not in svg
        assert HAND.serif.glyph("样").d in paths(svg)  # type: ignore[union-attr]  # every font has it


def test_the_card_says_title_people_and_honour_in_their_place() -> None:
    """Each text changes the left half and leaves the cover alone; the seal is red."""
    whole = drawn(card_svg(brief(), HAND))
    for field in ("title", "kicker", "by", "people", "meta", "exhibition"):
        without = drawn(card_svg(brief(**{field: ""}), HAND))
        box = ImageChops.difference(whole, without).getbbox()
        assert box is not None, field
        assert box[2] <= 660, field
    unsealed = drawn(card_svg(brief(seal=None), HAND))
    changed = ImageChops.difference(whole, unsealed).getbbox()
    assert changed is not None
    assert whole.getpixel((changed[2] - 2, changed[3] - 2)) == (200, 54, 28)


def test_long_titles_stay_inside() -> None:
    """Sixty characters fit, two hundred are cut; nothing is drawn over the cover or the margin."""
    ground = tuple(int(PAPER[at : at + 2], 16) for at in (1, 3, 5))
    for title in ("样" * 60, "样本" * 100, "Y" * 300, "样本，" * 30):
        image = drawn(card_svg(brief(title=title, cover=CoverBrief("a", "sheet", 4, (), "")), HAND))
        for box in ((0, 0, 60, 630), (640, 0, 690, 630)):
            assert {colour for _, colour in image.crop(box).getcolors(1 << 20) or ()} == {ground}


@given(st.text(alphabet=CHINESE, max_size=80), st.integers(6, 30))
def test_lines_keep_the_rules_of_chinese_setting(text: str, width: int) -> None:
    """No closing mark begins a line, no opening mark ends one, nothing is lost and no line is too long."""
    lines = wrapped(text, HAND.serif, width=width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines[1:]:
        assert line[0] not in "，。、；：！）》”"
    for line in lines[:-1]:
        assert line[-1] not in "（《“"
        units = re.findall(r"[A-Za-z0-9][A-Za-z0-9.\-+/%℃]*|.[，。、；：！）》”—]*", line)
        assert breadth(line, HAND.serif) <= width + max(breadth(unit, HAND.serif) for unit in units) or len(units) == 1


def test_lines_are_of_like_length() -> None:
    """No character is left alone on the last line."""
    block = fitted("高精密薄壁异形齿条管加工技术研究", HAND.serif, width=15.2 * 40, sizes=((40, 3),))
    assert [len(line) for line in block.lines] == [8, 8]


def test_columns_turn_what_lies_down() -> None:
    """Words of Latin letters and dashes lie on their side, all else stands."""
    style = Style(HAND.serif, 40, INK)
    assert column("样本", style, x=50, y=0).count("rotate") == 0
    assert column("样PLC—", style, x=50, y=0).count("rotate") == 4
    assert "rotate" not in row("样PLC—", style, x=50, y=0)


def test_the_poster_carries_the_permanent_address() -> None:
    """The code's modules, read from the pixels, are those of the address; without an address there is none."""
    matrix = [list(line) for line in segno.make_qr(ADDRESS, error="m").matrix]
    image = drawn(poster_svg(brief(address=ADDRESS), HAND)).convert("L")
    side = 208 / (len(matrix) + 8)
    read = [
        [
            int(image.getpixel((int(808 + side * (x + 4.5)), int(1148 + side * (y + 4.5)))) < 128)
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert read == matrix
    plain = drawn(poster_svg(brief(), HAND)).convert("L")
    assert ImageStat.Stat(plain.crop((812, 1150, 1010, 1320))).stddev[0] < 25


def test_a_photograph_stands_for_the_cover_with_its_focus(tmp_path: Path) -> None:
    """The point that the editor named is in the picture, however it is cut."""
    image = Image.new("RGB", (3000, 1000), "#808080")
    image.paste((0, 200, 0), (2600, 0, 3000, 1000))
    image.save(tmp_path / "a.png")
    one = brief(picture="样本摘要", focus=(0.95, 0.5))
    where = shared_of(one, "share/project/a", posters=True)
    made = dict(making_of(one, where, hand=HAND, photograph=tmp_path / "a.png").make())
    assert set(made) == {"card", "square", "poster"}
    for name, at in (("card", (1150, 300)), ("square", (310, 200)), ("poster", (700, 400))):
        with Image.open(io.BytesIO(made[name])) as picture:
            assert picture.format == "JPEG"
            red, green, blue = picture.getpixel(at)
            assert green > 150 > max(red, blue)
            assert not picture.getexif()
    assert where.card.endswith(".jpg")


def test_jpegs_are_as_good_as_the_bytes_allow() -> None:
    """A picture that is hard to press together is pressed harder."""
    noise = Image.effect_noise((400, 400), 90).convert("RGB")
    assert len(as_jpeg(noise, most=60_000)) <= 60_000 < len(as_jpeg(noise, most=200_000))


# --- kept and drawn again --------------------------------------------------------------------------------------------


def sample(root: Path, **people: str) -> Path:
    """Two projects; the people of the first can be given."""
    return write(
        root,
        PLAIN
        | {
            "projects/2024/a.md": project(title="样本甲成果", **people),
            "projects/2024/b.md": project(title="样本乙成果"),
        },
    )


def keys(root: Path) -> dict[str, str]:
    """Address of the card → key in the store."""
    deck = deck_at(root)
    return {making.addresses[0][1].rsplit("-", 1)[0]: making.key for making in share_makings(deck, root)}


def test_an_edit_draws_one_card_again(tmp_path: Path) -> None:
    """The others keep their keys; the address changes with the drawing, for messengers never look twice."""
    before, first = keys(sample(tmp_path)), deck_at(tmp_path)
    after, second = keys(sample(tmp_path, people="样本丙")), deck_at(tmp_path)
    assert {name for name in before if before[name] != after[name]} == {"share/project/a-card"}
    one, other = (shared(deck, deck.catalogue.entries["project/a"]) for deck in (first, second))
    assert one is not None
    assert other is not None
    assert one.card != other.card


def test_what_is_kept_is_not_drawn_again(tmp_path: Path) -> None:
    """The store gives what it has."""
    deck = deck_at(sample(tmp_path))
    store = Store(tmp_path / "store")
    first = {making.key: store.made(making) for making in share_makings(deck, tmp_path)}
    times = {path: path.stat().st_mtime_ns for files in first.values() for path in files.values()}
    for making in share_makings(deck, tmp_path):
        store.made(replace(making, make=lambda: pytest.fail("drawn again")))
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_the_same_brief_gives_the_same_bytes_everywhere() -> None:
    """Whatever the hash seed and the working directory."""
    program = (
        "import hashlib, sys; sys.path.insert(0, 'tests')\n"
        "from test_cards import HAND, brief, card_svg, colours_of, as_png\n"
        "print(hashlib.sha256(as_png(card_svg(brief(), HAND), colours_of(brief()), most=40_000)).hexdigest())"
    )
    root = Path(__file__).resolve().parent.parent
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(found) == 1


# --- on the site -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that knows its address."""
    root = exhibition(tmp_path_factory.mktemp("shared"))
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('site_url: ""', "site_url: https://exhibition.example/zhan/"), encoding="utf-8")
    return build(root)


def metas(site: Path, page: str) -> Mapping[str, str]:
    """Property or name → content, and relation → target, of a page's head."""
    head = read_markup((site / page / "index.html").read_text(encoding="utf-8")).first("head")
    found = {}
    for node in head.every("meta"):
        for name in ("property", "name"):
            found[node.attributes.get(name, "")] = node.attributes.get("content", "")
    for node in head.every("link"):
        found[node.attributes.get("rel", "")] = node.attributes.get("href", "")
    return found


@pytest.mark.parametrize(
    "page", ["projects/yang-ben-jia", "craftsmen/yang-ben-ren", "editions/2024", "stories/yang-ben-zhuan-ti"]
)
def test_pages_name_their_card(shared_site: Path, page: str) -> None:
    """By absolute address, for messengers read nothing else, and the file is there."""
    found = metas(shared_site, page)
    assert found["twitter:card"] == "summary_large_image"
    for name, size in (("og:image", (1200, 630)), ("image_src", (400, 400))):
        assert found[name].startswith("https://exhibition.example/zhan/share/")
        with Image.open(shared_site / found[name].removeprefix("https://exhibition.example/zhan/")) as image:
            assert image.size == size


def test_an_entry_offers_its_poster(shared_site: Path) -> None:
    """By a link: nobody fetches it who does not ask for it."""
    view = read_markup((shared_site / "projects/yang-ben-jia/index.html").read_text(encoding="utf-8"))
    link = view.first("p", css="poster").first("a")
    with Image.open(shared_site / "projects/yang-ben-jia" / link.attributes["href"]) as poster:
        assert poster.size == (1080, 1440)


def test_cards_can_be_left_out(tmp_path: Path) -> None:
    """By a setting; pages then name the exhibition's own picture."""
    write(tmp_path, PLAIN | {"projects/2024/a.md": project()})
    deck = deck_at(tmp_path, share_cards=False)
    assert list(share_makings(deck, tmp_path)) == []
    bare = deck_at(tmp_path, posters=False)
    found = shared(bare, bare.catalogue.entries["project/a"])
    assert found is not None
    assert found.poster == ""
    assert card_brief(bare, bare.catalogue.entries["project/a"]).title == "样本成果"
