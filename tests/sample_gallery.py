"""Makes an exhibition with everything that a gallery can hold; recognisably made up."""

from pathlib import Path

from awkward import film, paper, sound
from PIL import Image, ImageDraw
from sample_media import photograph, scene
from small import PLAIN, project, write
from whole import exhibition

LARGE = (2900, 2100)
ADDRESS = "https://exhibition.example/zhan/"
PAGE = "projects/yang-ben-hua-lang/"
_ENTRY = project(
    edition="'2024'",
    title="样本画廊成果",
    people="样本人",
    summary="样本简介。",
    pictures="\n"
    + "  - {file: 样本一.jpg, alt: 样本画面一, caption: 样本说明一, credit: 样本供图}\n"
    + "  - {file: 前.jpg, alt: 样本改造前的画面, role: 改造前, caption: 样本旧装置, credit: 样本供图}\n"
    + "  - {file: 后.jpg, alt: 样本改造后的画面, role: 改造后, caption: 样本新装置}\n"
    + "  - {file: 样本二.jpg, alt: 样本画面二, caption: 样本说明二}\n"
    + "  - {file: 大图.png, alt: 样本大图, caption: 样本图纸, original: 是, licence: 'https://creativecommons.org/licenses/by/4.0/'}\n"
    + "  - {file: 竖.jpg, alt: 样本竖画面}",
    videos="\n  - {file: 样本影片.mp4, title: 样本影片, captions: 字幕.vtt, transcript: 文字稿.txt}",
    attachments="\n  - {file: 样本论文.pdf, title: 样本论文}\n  - {file: 录音.wav, title: 样本录音}",
)


_STORY = "---\ntitle: 样本专题\nauthor: 样本作者\ndate: 2026-10\nsources: 样本来源\n---\n\n样本正文。\n"


def drawing(path: Path, size: tuple[int, int] = LARGE) -> Path:
    """A large drawing whose every tile differs: the place of each square stands in its colour."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for x in range(0, size[0], 100):
        for y in range(0, size[1], 100):
            pen.rectangle((x, y, x + 98, y + 98), fill=(x * 255 // size[0], y * 255 // size[1], 128))
    image.save(path, "PNG")
    return path


def with_gallery(root: Path) -> Path:
    """A whole exhibition, ready to be built, whose address is known."""
    exhibition(root, PLAIN | {"projects/2024/yang-ben-hua-lang.md": _ENTRY, "stories/yang-ben-zhuan-ti.md": _STORY})
    media = root / "content" / "media"
    for seed, name in enumerate(("样本一.jpg", "前.jpg", "后.jpg", "样本二.jpg")):
        photograph(media / name, (1500, 1000), seed=seed)
    photograph(media / "竖.jpg", (800, 1200), seed=9)
    scene((640, 360), 4).save(media / "样本影片.jpg", "JPEG")
    drawing(media / "大图.png")
    (media / "样本影片.mp4").write_bytes(film())
    (media / "录音.wav").write_bytes(sound())
    (media / "样本论文.pdf").write_bytes(paper(3)())
    write(
        root,
        {"media/字幕.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n样本字幕\n", "media/文字稿.txt": "样本文字稿\n"},
    )
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('site_url: ""', f"site_url: {ADDRESS}"), encoding="utf-8")
    return root
