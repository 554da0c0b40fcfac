"""Makes pictures and exhibitions with pictures for tests; recognisably made up."""

import random
from pathlib import Path

from PIL import Image
from small import PLAIN, project, write

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def private_exif(orientation: int = 1) -> Image.Exif:
    """Maker and position, as a camera writes them."""
    exif = Image.Exif()
    exif[MAKER] = "样本相机"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    return exif


def scene(size: tuple[int, int] = (1800, 1200), seed: int = 0) -> Image.Image:
    """Soft fields of colour with grain: what a codec takes for a photograph."""
    dice = random.Random(seed)
    fields = Image.frombytes("RGB", (12, 8), dice.randbytes(12 * 8 * 3)).resize(size, Image.Resampling.BICUBIC)
    half = (max(1, size[0] // 2), max(1, size[1] // 2))
    grain = Image.frombytes("RGB", half, dice.randbytes(half[0] * half[1] * 3)).resize(size, Image.Resampling.BICUBIC)
    return Image.blend(fields, grain, 0.1)


def photograph(path: Path, size: tuple[int, int] = (1800, 1200), *, seed: int = 0) -> Path:
    """A JPEG with the maker's name and a position in its metadata."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scene(size, seed).save(path, "JPEG", quality=88, exif=private_exif())
    return path


def with_pictures(root: Path) -> Path:
    """An exhibition of a project with three photographs, a person with a portrait and an organisation with a logo."""
    media = root / "content" / "media"
    for number in range(3):
        photograph(media / "2024" / f"照片 {number}.jpg", seed=number)
    photograph(media / "肖像#1.jpg", (1000, 1000), seed=7)
    Image.new("RGBA", (600, 300), (200, 30, 20, 90)).save(media / "标志.png")
    pictures = "\n" + "".join(
        f"  - {{file: 2024/照片 {n}.jpg, alt: 样本画面{n}, caption: 样本说明{n}, credit: 样本供图}}\n" for n in range(3)
    )
    files = {
        "projects/2024/a.md": project(edition="'2024'", pictures=pictures, people="样本甲"),
        "craftsmen/yang-ben-jia.md": (
            "---\nname: 样本甲\nportrait: {file: 肖像#1.jpg, focus: [80%, 20%]}\nconsent: 样本同意书\nsources: 样本来源\n---\n"
        ),
        "organisations/yang-ben.yml": "name: 样本单位\nlogo: 标志.png\nsources: 样本来源\n",
    }
    return write(root, PLAIN | files)
