"""Pictures and attachments: what is published, what is refused, and what never leaves the content directory."""

import io
from pathlib import Path

import pytest
from PIL import Image
from small import PLAIN, deck_at, project, write

from site_builder.intake.content import read_content
from site_builder.media.pictures import LONGEST, Unfit, published, size_of
from site_builder.model.exhibition import Exhibition
from site_builder.pipeline import surveyed
from site_builder.publish.entry_page import entry_plan

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def photograph(path: Path, size: tuple[int, int] = (40, 20), *, turned: bool = False, kind: str = "JPEG") -> Path:
    """A small picture with the maker's name and a position in its metadata."""
    exif = Image.Exif()
    exif[MAKER] = "样本相机"
    exif.get_ifd(GPS)[1] = "N"
    if turned:
        exif[ORIENTATION] = 6
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "#884422").save(path, kind, exif=exif)
    return path


def opened(content: bytes) -> Image.Image:
    """The picture in these bytes."""
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_stays_at_home(tmp_path: Path, kind: str) -> None:
    """Neither position nor camera leaves the content directory, in any format."""
    path = photograph(tmp_path / f"a.{kind.lower()}", kind=kind)
    assert dict(opened(path.read_bytes()).getexif())
    clean = opened(published(path))
    assert not dict(clean.getexif())
    assert "样本相机".encode() not in published(path)
    assert clean.format == kind


def test_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    """The orientation is applied to the pixels, and the size on the page is that of the upright picture."""
    path = photograph(tmp_path / "a.jpg", turned=True)
    assert size_of(path) == (20, 40)
    assert opened(published(path)).size == (20, 40)


def test_a_large_photograph_is_shrunk(tmp_path: Path) -> None:
    """The longest side is bounded, and the page knows the size before the picture comes."""
    path = photograph(tmp_path / "a.jpg", (LONGEST * 2, 200))
    assert size_of(path) == (LONGEST, 100)
    assert opened(published(path)).size == (LONGEST, 100)


def test_transparency_is_kept(tmp_path: Path) -> None:
    """A drawing with a transparent ground stays one."""
    path = tmp_path / "a.png"
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(path)
    assert opened(published(path)).mode == "RGBA"


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 cut short", "不是图片".encode()])
def test_a_broken_or_mislabelled_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, cut short, or something else under a picture's name."""
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    with pytest.raises(Unfit):
        size_of(path)


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    """A small file that unfolds into hundreds of millions of pixels is not unfolded."""
    path = tmp_path / "a.png"
    Image.new("1", (20_000, 12_000)).save(path)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(Unfit):
        size_of(path)


def test_a_picture_comes_to_its_page_with_its_size(tmp_path: Path) -> None:
    """The survey finds the file, the page names address, size, alternative text and caption."""
    photograph(tmp_path / "content/media/2024/a.jpg")
    picture = "[{file: 2024/a.jpg, alt: 样本画面, caption: 样本说明, credit: 样本供图}]"
    write(tmp_path, PLAIN | {"projects/2024/a.md": project(pictures=picture)})
    found = surveyed(tmp_path, Exhibition(), content=read_content(tmp_path))
    assert [address for address, _ in found.media] == ["media/2024/a.jpg"]
    plan = entry_plan(found.deck, found.deck.catalogue.entries["project/a"])
    (image,) = plan.view.pictures
    assert (image.width, image.height) == (40, 20)
    assert (image.alt, image.caption, image.credit) == ("样本画面", "样本说明", "样本供图")


def test_files_of_drafts_and_active_files_are_not_published(tmp_path: Path) -> None:
    """What nobody shows stays at home; HTML and SVG attachments are refused with their place."""
    photograph(tmp_path / "content/media/draft.jpg")
    (tmp_path / "content/media/x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    files = {
        "projects/2024/a.md": project(status="草稿", pictures="draft.jpg"),
        "projects/2024/b.md": project(attachments="[{file: x.svg, title: 样本附件}]"),
    }
    write(tmp_path, PLAIN | files)
    found = surveyed(tmp_path, Exhibition(), content=read_content(tmp_path))
    assert found.media == ()
    (problem,) = [problem for problem in found.problems if problem.code == "bad-picture"]
    assert problem.place.path == "content/projects/2024/b.md"


def test_a_portrait_is_the_first_picture(tmp_path: Path) -> None:
    """A person's portrait opens the page and stands on the card."""
    photograph(tmp_path / "content/media/p.jpg")
    person = "---\nname: 样本甲\nportrait: p.jpg\nsources: 样本来源\n---\n"
    write(tmp_path, {"craftsmen/a.md": person})
    card = deck_at(tmp_path).cards["craftsman/a"]
    assert card.picture is not None
    assert (card.picture.address, card.picture.alt) == ("media/p.jpg", "样本甲的肖像")
