"""Pictures on their way from an entry to a built site: addresses, words, refusals, and nothing private in any file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import whole
from PIL import Image
from sample_media import photograph, scene, with_pictures
from small import PLAIN, project, write

from site_builder.intake.attachments import check_files
from site_builder.intake.content import read_content
from site_builder.model.exhibition import Exhibition
from site_builder.publish.entry_page import entry_plan
from site_builder.publish.pictures import poster_of
from site_builder.survey import Survey
from site_builder.surveying import surveyed

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = (
    "site_name: 样本展\ndocs_dir: content/pages\ntheme: {name: material, language: zh-CN, font: false}\n"
    "plugins: [exhibition]\n"
)


def found_at(root: Path, **settings: bool) -> Survey:
    """The survey of what lies under ``root``."""
    return surveyed(root, Exhibition(**settings), content=read_content(root))  # type: ignore[arg-type]  # real settings


def build(root: Path) -> Path:
    """Builds the exhibition at ``root`` through the command line; answers with the site."""
    if not (root / "mkdocs.yml").exists():
        (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        write(root, {"pages/index.md": "# 样本\n"})
    return whole.build(root)


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built exhibition with photographs, a portrait and a logo."""
    root = with_pictures(tmp_path_factory.mktemp("pictured"))
    build(root)
    return root


def published(site: Path) -> dict[str, bytes]:
    """Every file made from content/media: address → bytes."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted((site / "media").rglob("*.*"))}


def test_no_published_file_carries_metadata(pictured: Path) -> None:
    """The audit over the whole site, share cards and assets included: no EXIF, XMP, IPTC, no maker, no position."""
    private = re.compile(rb"Exif\x00\x00|eXIf|<x:xmpmeta|8BIM|Photoshop 3", re.IGNORECASE)
    looked_at = 0
    for path in (pictured / "site").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not private.search(content), path
            assert "样本相机".encode() not in content, path
        if path.suffix in {".jpg", ".png", ".webp"}:
            with Image.open(path) as image:
                assert not dict(image.getexif()), path
                assert not {"exif", "xmp", "icc_profile", "photoshop", "comment"} & image.info.keys(), path
            looked_at += 1
    assert looked_at >= 20


def test_every_picture_that_a_page_names_is_there(pictured: Path) -> None:
    """And every file there is named by a page: nothing is made for nobody."""
    site = pictured / "site"
    named = {
        (page.parent / address).resolve().relative_to(site).as_posix()
        for page in site.rglob("*.html")
        for address in re.findall(r'[" ]((?:\.\./)*media/[^" ]+)', page.read_text(encoding="utf-8"))
    }
    assert named == published(site).keys()
    assert len(named) >= 20


def test_a_picture_in_html_reads_without_script_and_holds_its_place(pictured: Path) -> None:
    """Size, words, WebP first and a JPEG for others; the first picture is not lazy, all others are."""
    html = (pictured / "site" / "projects" / "a" / "index.html").read_text(encoding="utf-8")
    images = [tag for tag in re.findall(r"<img [^>]+>", html) if "media/" in tag and 'alt="样本' in tag]
    assert len(images) == 3
    assert all(re.search(r' width="1200" height="800"', tag) for tag in images)
    assert ['loading="lazy"' in tag for tag in images] == [False, True, True]
    assert html.count('<source type="image/webp"') >= 3
    assert "style=" not in "".join(images)


def test_a_portrait_keeps_its_focus_and_a_logo_its_whole(pictured: Path) -> None:
    """The card's portrait is cut to 4:5 round the face; a logo is never cut and stays transparent."""
    found = found_at(pictured)
    portrait = found.deck.cards["craftsman/yang-ben-jia"].picture
    logo = found.deck.cards["organisation/yang-ben"].picture
    assert portrait is not None
    assert logo is not None
    assert (portrait.width, portrait.height, portrait.alt) == (480, 600, "样本甲的肖像")
    assert (logo.width, logo.height, logo.type) == (480, 240, "image/png")
    with Image.open(pictured / "site" / logo.address) as image:
        assert image.mode == "RGBA"
    whole, cut = scene((1000, 1000), 7), Image.open(pictured / "site" / portrait.address).convert("RGB")
    # a square cut to 4:5 with the focus at 80 % lies at the right edge
    expected = whole.crop((200, 0, 1000, 1000)).resize((8, 10)).tobytes()
    assert max(abs(a - b) for a, b in zip(cut.resize((8, 10)).tobytes(), expected, strict=True)) < 24
    cut.close()


def test_two_builds_are_the_same_and_the_second_makes_nothing(pictured: Path, tmp_path: Path) -> None:
    """Bytes do not depend on directory or cache; a warm build leaves every stored file as it is."""
    before = published(pictured / "site")
    stored = {path: path.stat().st_mtime_ns for path in (pictured / ".cache/media").rglob("*.*") if path.is_file()}
    source = pictured / "content" / "projects" / "2024" / "a.md"
    source.write_text(source.read_text(encoding="utf-8") + "\n补一句。\n", encoding="utf-8")
    assert published(build(pictured)) == before
    assert {path: path.stat().st_mtime_ns for path in stored} == stored
    assert published(build(with_pictures(tmp_path))) == before


def test_the_original_is_published_only_where_the_entry_says_so(tmp_path: Path) -> None:
    """In full size, without metadata; else its size appears nowhere."""
    for name in ("a", "b"):
        photograph(tmp_path / f"content/media/{name}.jpg", (2000, 1500))
    files = {
        "projects/2024/a.md": project(pictures="[{file: a.jpg, alt: 样本, original: 是}]"),
        "projects/2024/b.md": project(pictures="[{file: b.jpg, alt: 样本}]"),
    }
    write(tmp_path, PLAIN | files)
    deck = found_at(tmp_path).deck
    (offered,), (kept,) = (deck.pictures_of(deck.catalogue.entries[f"project/{name}"]) for name in ("a", "b"))
    assert offered.original.endswith("-full.jpg")
    assert kept.original == ""
    with Image.open(build(tmp_path) / offered.original) as image:
        assert image.size == (2000, 1500)
        assert not dict(image.getexif())


def test_files_of_drafts_and_files_nobody_names_stay_at_home(tmp_path: Path) -> None:
    """What nobody shows is not even looked at; what cannot be published is refused where it is named, each time."""
    photograph(tmp_path / "content/media/draft.jpg", (40, 20))
    (tmp_path / "content/media/x.html").write_text("<script></script>", encoding="utf-8")
    bad = "[{file: x.html, title: 样本附件}]"
    files = {
        "projects/2024/a.md": project(status="草稿", pictures="draft.jpg"),
        "projects/2024/b.md": project(attachments=bad),
        "projects/2024/c.md": project(attachments=bad),
    }
    write(tmp_path, PLAIN | files)
    found = found_at(tmp_path)
    assert found.media == ()
    refused = [problem for problem in found.problems if problem.code == "bad-picture"]
    assert [problem.place.path[-4:] for problem in refused] == ["b.md", "c.md"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Neither read nor published; the problem is told by the check of files."""
    photograph(tmp_path / "elsewhere.jpg", (40, 20))
    (tmp_path / "content/media").mkdir(parents=True)
    (tmp_path / "content/media/a.jpg").symlink_to(tmp_path / "elsewhere.jpg")
    write(
        tmp_path,
        PLAIN
        | {
            "projects/2024/a.md": project(pictures="[{file: a.jpg, alt: 样本}, {file: ../../elsewhere.jpg, alt: 样本}]")
        },
    )
    found = found_at(tmp_path)
    assert found.media == ()
    assert {problem.code for problem in found.problems} == {"bad-path"}


def test_a_missing_alternative_text_comes_with_a_proposal(tmp_path: Path) -> None:
    """The caption, or else the title; the page reads the same meanwhile."""
    photograph(tmp_path / "content/media/a.jpg", (40, 20))
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(pictures="[a.jpg, {file: a.jpg, caption: 样本说明}]")})
    content = read_content(tmp_path)
    hints = [problem.hint for problem in check_files(content.entries, tmp_path) if problem.code == "no-alt"]
    assert [hint.rpartition("alt: ")[2] for hint in hints] == ["样本成果", "样本说明"]
    deck = found_at(tmp_path).deck
    images = entry_plan(deck, deck.catalogue.entries["project/a"]).view.pictures
    assert [image.alt for image in images] == ["样本成果", "样本说明"]


def test_avif_only_by_setting(tmp_path: Path) -> None:
    """Then it stands before WebP."""
    photograph(tmp_path / "content/media/a.jpg", (400, 200))
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(pictures="[{file: a.jpg, alt: 样本}]")})
    types = [
        [type for type, _ in found_at(tmp_path, avif=avif).deck.cards["project/a"].picture.modern]  # type: ignore[union-attr]  # it has one
        for avif in (False, True)
    ]
    assert types == [["image/webp"], ["image/avif", "image/webp"]]


@pytest.mark.parametrize("film", ["{file: a.mp4, title: 样本, poster: p.jpg}", "{file: p.mp4, title: 样本}"])
def test_a_film_has_its_poster_named_or_beside_it(tmp_path: Path, film: str) -> None:
    """A picture of the same name serves without a word."""
    photograph(tmp_path / "content/media/p.jpg", (400, 200))
    for name in ("a", "p"):
        boxes = b"".join(len(part).to_bytes(4) + part[4:] for part in (b"____ftypisom", b"____moov", b"____mdat"))
        (tmp_path / f"content/media/{name}.mp4").write_bytes(boxes)
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(videos=f"[{film}]")})
    found = found_at(tmp_path)
    assert found.problems == ()
    (item,) = found.deck.catalogue.entries["project/a"].data.videos
    poster = poster_of(item, found.deck.media)
    assert poster is not None
    assert poster.picture.file == "p.jpg"
    assert len(found.media) == 2
