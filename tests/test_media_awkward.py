"""Every awkward file comes to its expected end: published bare and upright, or refused in words."""

from __future__ import annotations

import io
import random
import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from awkward import CASES, SECRET, Awkward
from PIL import Image, ImageCms
from sample_media import private_exif
from small import PLAIN, project, write

from site_builder.intake.content import read_content
from site_builder.media.developing import developed, picture_making
from site_builder.media.examining import examined
from site_builder.media.publishing import file_making
from site_builder.media.recordings import bare
from site_builder.media.renditions import renditions_of
from site_builder.media.unfit import Unfit
from site_builder.model.exhibition import Exhibition
from site_builder.surveying import surveyed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REFUSED = [case for case in CASES if case.refused]
PICTURES = [case for case in CASES if case.size != (0, 0) and case.kind not in {"svg", "pdf"}]
OTHERS = [case for case in CASES if not case.refused and case not in PICTURES]
PRIVATE = re.compile(rb"Exif\x00\x00|EXIF|eXIf|xmpmeta|photoshop|8BIM|secret-author|GPS", re.IGNORECASE)


def name_of(case: Awkward) -> str:
    """The name of a test: that of its file, in ASCII."""
    return case.file.encode("ascii", "replace").decode()


def published(case: Awkward, folder: Path) -> Mapping[str, bytes]:
    """Name → bytes of everything that is published of it."""
    path = case.put(folder)
    one = examined(path)
    if case in PICTURES:
        return dict(developed(path, renditions_of(one, full=True)))
    return dict(file_making(path, one).make())


def test_the_corpus_is_large_enough() -> None:
    """Forty at the least, each under its own name."""
    assert len({case.file for case in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
def test_what_cannot_be_published_is_refused_in_words(case: Awkward, tmp_path: Path) -> None:
    """The reason is a Chinese sentence."""
    with pytest.raises(Unfit, match=case.refused) as refusal:
        examined(case.put(tmp_path))
    assert re.search(r"[\u4e00-\u9fff]", str(refusal.value))


@pytest.mark.parametrize("case", PICTURES, ids=name_of)
def test_a_picture_is_published_upright_and_bare(case: Awkward, tmp_path: Path) -> None:
    """Its size is known before it is made and holds; colours stay where they are; nothing else comes along."""
    one = examined(case.put(tmp_path))
    assert (one.kind, (one.width, one.height), one.alpha) == (case.kind, case.size, case.alpha)
    pieces = {piece.name: piece for piece in renditions_of(one, full=True).pieces}
    files = published(case, tmp_path)
    assert files.keys() == pieces.keys()
    for name, content in files.items():
        image = Image.open(io.BytesIO(content))
        image.load()
        assert image.size == (pieces[name].width, pieces[name].height)
        assert pieces[name].width <= case.size[0]
        assert image.format == pieces[name].format.upper()
        assert not {"exif", "icc_profile", "xmp", "photoshop", "comment", "dpi"} & image.info.keys()
        assert not dict(image.getexif())
        assert not PRIVATE.search(content)
        assert SECRET.encode() not in content
        assert ("A" in image.getbands()) == case.alpha
    if case.centre:
        full = next(content for name, content in files.items() if name.startswith("full"))
        image = Image.open(io.BytesIO(full)).convert("RGB")
        found = image.getpixel((image.width // 4, image.height // 2))
        assert isinstance(found, tuple)
        assert max(abs(a - b) for a, b in zip(found, case.centre, strict=True)) <= 12


@pytest.mark.parametrize("case", OTHERS, ids=name_of)
def test_other_files_are_published_without_what_their_makers_wrote(case: Awkward, tmp_path: Path) -> None:
    """Author, place and scripts stay at home; the same input gives the same bytes."""
    one = examined(case.put(tmp_path))
    assert (one.kind, (one.width, one.height)) == (case.kind, case.size)
    (content,) = published(case, tmp_path).values()
    for hidden in (SECRET.encode(), SECRET.encode("utf-16-be"), b"JavaScript", b"<script", b"onload"):
        assert hidden not in content
    assert published(case, tmp_path) == dict(file_making(tmp_path / case.file, one).make())


def test_a_paper_keeps_its_pages_and_loses_its_author(tmp_path: Path) -> None:
    """Read back: pages, links and text stay; properties, scripts and XMP are gone, in compressed parts as well."""
    case = next(case for case in CASES if case.file == "paper.pdf")
    (content,) = published(case, tmp_path).values()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
        assert len(pdf.docinfo) == 0
        assert not {"/Metadata", "/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert "/A" not in pdf.pages[0].obj.Annots[0]
    one = examined(tmp_path / case.file)
    cover = picture_making(tmp_path / case.file, one, found=renditions_of(one, "paper"))
    sizes = {name: Image.open(io.BytesIO(file)).size for name, file in cover.make()}
    assert sizes["480.jpg"] == (480, 640)


def test_a_film_keeps_its_length_and_every_offset(tmp_path: Path) -> None:
    """The box that held the place is free space of the same size."""
    case = next(case for case in CASES if case.file == "film.mp4")
    path = case.put(tmp_path)
    before, after = path.read_bytes(), bare(path, "mp4")
    assert len(before) == len(after)
    assert before.index(b"mdat") == after.index(b"mdat")
    assert b"free" in after
    assert b"udta" not in after


def test_subrip_becomes_webvtt(tmp_path: Path) -> None:
    """Browsers show no other captions."""
    case = next(case for case in CASES if case.file == "words.srt")
    assert published(case, tmp_path) == {"file.vtt": "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\n样本\n".encode()}


def test_colours_are_those_that_the_profile_means(tmp_path: Path) -> None:
    """A profile that swaps red and green is applied to the pixels, not thrown away."""
    path = tmp_path / "a.png"
    Image.new("RGB", (16, 16), (200, 60, 30)).save(path, icc_profile=srgb_with_red_and_green_swapped())
    files = dict(developed(path, renditions_of(examined(path), full=True)))
    red, green, blue = Image.open(io.BytesIO(files["full.png"])).getpixel((8, 8))  # type: ignore[misc]  # three bands
    assert max(abs(red - 60), abs(green - 200), abs(blue - 30)) <= 3


def srgb_with_red_and_green_swapped() -> bytes:
    """The sRGB profile with two of its tags exchanged and another description."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for one, other in ((b"rXYZ", b"gXYZ"), (b"rTRC", b"gTRC")):
        tags = profile[128:].replace(one, b"@@@@", 1).replace(other, one, 1).replace(b"@@@@", other, 1)
        profile = profile[:128] + tags
    return profile.replace("sRGB".encode("utf-16-be"), "Test".encode("utf-16-be"))


def test_every_awkward_file_is_a_problem_at_its_place_or_a_page(tmp_path: Path) -> None:
    """All in one exhibition, named by one entry: the survey ends, and each refusal names its file and field."""
    for case in CASES:
        case.put(tmp_path / "content" / "media")
    pictures = "".join(f"\n  - {{file: {case.file!r}, alt: 样本}}" for case in CASES)
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(pictures=pictures)})
    found = surveyed(tmp_path, Exhibition(), content=read_content(tmp_path))
    refused = [problem for problem in found.problems if problem.code == "bad-picture"]
    source = (tmp_path / "content/projects/2024/a.md").read_text(encoding="utf-8").splitlines()
    assert {problem.place.path for problem in refused} == {"content/projects/2024/a.md"}
    assert [
        repr(case.file) in source[problem.place.line - 1] for case, problem in zip(REFUSED, refused, strict=True)
    ] == [True] * len(REFUSED)
    assert [problem.message for problem in found.problems if problem.code == "mislabelled"] == [
        "“really-png.jpg”的内容是 PNG"
    ]
    shown = found.deck.pictures_of(found.deck.catalogue.entries["project/a"])
    assert len(shown) == len(PICTURES) + sum(case.kind == "svg" for case in CASES)
    assert all(re.fullmatch(r"[a-z0-9/.-]+", address) for making in found.media for _, address in making.addresses)


@pytest.mark.parametrize("case", CASES, ids=name_of)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_harmed_files_are_published_or_refused_and_nothing_else(case: Awkward, tmp_path: Path) -> None:
    """A few bytes turned, the end cut off: whatever passes the examination can be made."""
    dice, content = random.Random(case.file), case.make()
    for _ in range(5):
        harmed = bytearray(content[: dice.randrange(len(content) // 2, len(content) + 1)] if content else b"")
        for _ in range(min(3, len(harmed))):
            harmed[dice.randrange(len(harmed))] = dice.randrange(256)
        path = tmp_path / f"file.{case.file.rpartition('.')[2]}"
        path.write_bytes(harmed)
        try:
            one = examined(path)
        except Unfit:
            continue
        is_bitmap = one.is_picture and one.kind != "svg"
        made = developed(path, renditions_of(one)) if is_bitmap else file_making(path, one).make()
        assert all(isinstance(file, bytes) for _, file in made)


def test_private_metadata_is_really_in_the_samples(tmp_path: Path) -> None:
    """The tests above would prove nothing if the samples were bare from the start."""
    for file in ("orientation-6.jpg", "notes.png", "photoshop.jpg", "exif.webp"):
        content = next(case for case in CASES if case.file == file).make()
        assert PRIVATE.search(content)
    assert dict(private_exif(6))
