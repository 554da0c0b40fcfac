"""Covers: the same bytes for the same brief, safe in any page, and true to the rules of colour and size."""

import hashlib
import os
import re
import statistics
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from site_builder.media.covers import COMPOSITIONS, MOTIFS, CoverBrief, banner, cover

ROOT = Path(__file__).resolve().parent.parent
RANKS = (0, 1, 2, 3, 4, 9)
VERMILION = "#C8361C"
NEEDED = (
    "wires cable phase insulator slab coil furnace strata heading pump refinery stays rings frames tiles gear thread "
    "plan body hull curve switch containers crane orbit wing cells pulse lattice retort weave spool furrow grain swell "
    "pipes traces signal route barrels bottles window plot plain"
)


def brief(
    composition: str = "sheet", rank: int = 2, motif: str = "wires", mark: str = "带电", uid: str = ""
) -> CoverBrief:
    """A brief with an id of its own unless one is given."""
    return CoverBrief(uid or f"{composition}/{motif}-{rank}", composition, rank, (motif,), mark)


EVERY = [brief(composition, rank, motif) for composition in COMPOSITIONS for rank in RANKS for motif in MOTIFS]


def test_every_needed_motif_and_composition_is_there() -> None:
    """The names that vocabularies rely on exist."""
    assert set(NEEDED.split()) <= set(MOTIFS)
    assert " ".join(COMPOSITIONS) == "sheet vignette steps name windows ranks plinth plate calendar bookspine"


def test_the_same_brief_gives_the_same_bytes() -> None:
    """Drawing twice changes nothing."""
    assert [cover(one) for one in EVERY[::7]] == [cover(one) for one in EVERY[::7]]


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_bytes_do_not_depend_on_the_process(seed: str) -> None:
    """Another process with another hash seed, locale and clock zone draws the same covers."""
    script = (
        "import hashlib\n"
        "from site_builder.media.covers import *\n"
        "h = hashlib.sha256()\n"
        "for c in COMPOSITIONS:\n"
        "    for m in MOTIFS:\n"
        "        h.update(cover(CoverBrief(f'{c}/{m}', c, 2, (m, 'plain'), '题字')).encode())\n"
        "        h.update(banner(m, c).encode())\n"
        "print(h.hexdigest())\n"
    )
    here = hashlib.sha256()
    for composition in COMPOSITIONS:
        for motif in MOTIFS:
            one = CoverBrief(f"{composition}/{motif}", composition, 2, (motif, "plain"), "题字")
            here.update(cover(one).encode())
            here.update(banner(motif, composition).encode())
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Shanghai", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == here.hexdigest()


def test_every_cover_is_a_well_formed_document_of_its_size() -> None:
    """Each composition, rank and motif parses as SVG of 400 by 500, without styles or scripts, and is small."""
    sizes = []
    for one in EVERY:
        text = cover(one)
        root = ET.fromstring(text)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("400", "500", "0 0 400 500")
        for element in root.iter():
            assert element.tag.split("}")[1] in {"svg", "g", "path", "text", "clipPath", "use"}, one
            assert not {name for name in element.attrib if name == "style" or name.startswith("on")}, one
            assert re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9. -]*", element.get("d", "")), one
        sizes.append(len(text.encode()))
    assert max(sizes) <= 10_000
    assert statistics.median(sizes) <= 4_000


def test_ids_are_unique_and_carry_the_hash() -> None:
    """Covers that stand in one page share no id, and refer only to their own."""
    seen: set[str] = set()
    for one in EVERY:
        text = cover(one)
        own = re.findall(r'id="([^"]+)"', text)
        assert len(own) == len(set(own))
        assert not seen & set(own), one
        assert set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text)) <= {
            pair for i in own for pair in ((i, ""), ("", i))
        }
        seen |= set(own)


def test_vermilion_appears_once() -> None:
    """Exactly one element is vermilion; on the highest rank it is the ground, and the accent is ink."""
    for one in EVERY:
        text = cover(one)
        if one.rank:
            assert text.count(VERMILION) == 1, one
        else:
            ground = ET.fromstring(text)[0][0]
            assert ground.get("fill") == VERMILION
            assert text.count("#17181A") == 1, one


def test_rank_decides_the_ground() -> None:
    """Deep, middle and pale grounds belong to their ranks; from the fourth on a cover is edged paper."""
    grounds: dict[int, set[str | None]] = {rank: set() for rank in RANKS}
    for one in EVERY:
        grounds[one.rank].add(ET.fromstring(cover(one))[0][0].get("fill"))
    assert grounds[0] == {VERMILION}
    assert grounds[4] == grounds[9] == {"#F6F4EF"}
    assert all(len(grounds[rank]) == 4 for rank in (1, 2, 3))
    assert "#BDB9B0" in cover(brief(rank=4))
    assert "#BDB9B0" not in cover(brief(rank=3))


@pytest.mark.parametrize(
    "mark", ['<&>"', "</g>", "👷🏽‍♀️🛠️", "\x00\x1b\ufffe甲", "\ud800乙", "葛\U000e0100城", "𠮷田", " \u200b\t"]
)
@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_hostile_marks_stay_text(composition: str, mark: str) -> None:
    """Whatever a mark holds, the document is encodable, well formed, and gains no element from it."""
    root = ET.fromstring(cover(brief(composition, mark=mark)).encode("utf-8"))
    letters = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert len(letters) <= 4
    assert all(letter.strip() for letter in letters)


def test_variant_selectors_stay_with_their_character() -> None:
    """A rare form of a character is one letter, not two."""
    root = ET.fromstring(cover(brief(mark="葛\U000e0100城")))
    assert [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")] == ["葛\U000e0100", "城"]


@pytest.mark.parametrize("composition", COMPOSITIONS)
@pytest.mark.parametrize("mark", ["匠", "工匠", "劳模匠", "百年老店", "五个字以上"])
def test_marks_stay_on_the_sheet(composition: str, mark: str) -> None:
    """Every letter of a mark, long or short, lies within the sheet; what exceeds four is left out."""
    for rank in RANKS:
        for number in range(12):
            root = ET.fromstring(cover(brief(composition, rank, mark=mark, uid=f"x/{number}")))
            letters = root.findall(".//{http://www.w3.org/2000/svg}text/..")
            for group in letters:
                size = float(group.get("font-size", ""))
                assert size >= 30
                for letter in group:
                    x, y = float(letter.get("x", "")), float(letter.get("y", ""))
                    assert size / 2 <= x <= 400 - size / 2
                    assert size * 0.85 <= y <= 500 - size * 0.1
                assert len(group) == (1 if composition == "name" else min(4, len(mark)))


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_an_empty_mark_leaves_no_letters(composition: str) -> None:
    """Without a mark a cover is drawn without text and without a place kept for it."""
    for rank in RANKS:
        assert "<text" not in cover(brief(composition, rank, mark=""))


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_other_ids_give_other_covers(composition: str) -> None:
    """Entries alike in all but their id do not share a cover."""
    drawn = {re.sub(r"c[0-9a-f]{10}", "", cover(brief(composition, 2, "gear", uid=f"project/{i}"))) for i in range(60)}
    assert len(drawn) >= 58


def test_the_id_picks_among_the_motifs() -> None:
    """An industry with three motifs shows all three."""

    def look(uid: str, *motifs: str) -> str:
        return cover(CoverBrief(uid, "sheet", 2, motifs, "电"))

    three = ("wires", "cable", "phase")
    picked = {motif for i in range(30) for motif in three if look(f"p/{i}", *three) == look(f"p/{i}", motif)}
    assert picked == set(three)


def test_unknown_and_missing_motifs_fall_back_to_plain() -> None:
    """A motif nobody has drawn, or none at all, gives the plain one."""
    plain = cover(CoverBrief("a/b", "sheet", 2, ("plain",), "字"))
    assert cover(CoverBrief("a/b", "sheet", 2, ("no-such-motif",), "字")) == plain
    assert cover(CoverBrief("a/b", "sheet", 2, (), "字")) == plain
    assert banner("no-such-motif", "hall/x") == banner("plain", "hall/x")


def test_banners_take_their_colours_from_the_page() -> None:
    """A banner names no colour, has no style, and marks exactly one accent."""
    for motif in MOTIFS:
        for number in range(5):
            text = banner(motif, f"hall/{number}")
            root = ET.fromstring(text)
            assert (root.get("class"), root.get("viewBox")) == ("banner", "0 0 120 160")
            assert (root.get("aria-hidden"), root.get("focusable")) == ("true", "false")
            assert "style" not in text
            assert "id=" not in text
            assert not re.search(r"#[0-9A-Fa-f]{3}", text)
            assert len([element for element in root.iter() if element.get("class") == "accent"]) == 1
            assert len(text) <= 8_000


def test_a_thousand_ids_draw_without_fault() -> None:
    """No throw of the dice makes a motif fail, at any density."""
    for number in range(30):
        for motif in MOTIFS:
            composition = COMPOSITIONS[number % len(COMPOSITIONS)]
            assert len(cover(brief(composition, number % 5, motif, uid=f"many/{motif}/{number}")).encode()) <= 10_000
