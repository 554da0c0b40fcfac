"""A directory comes in; an exhibition of made-up entries that has every component goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from site_builder.commands.start import start

if TYPE_CHECKING:
    from pathlib import Path

_REGIONS = ("上海", "浙江杭州", "江苏南京", "广东广州", "山东", "四川")
_GRADES = ("特等奖", "一等奖", "二等奖", "三等奖", "优秀奖")
_COUNT = 30
_FIRST = """summary: 样本：停机一小时的损失，常常从一个换不下来的零件开始。这是为检查样式写的样本，不是真的成果。
innovation_points:
  - 样本：不停机更换
  - 样本：两个人改成一个人
pictures:
  - file: yang-ben.png
    alt: 由黑到白的渐变
    caption: 样本图片：一块渐变的灰色
    credit: 样本工会供图
"""


def made_up(root: Path) -> Path:
    """Thirty results, one of them with a picture, one under 公示, and a person with honours over the years."""
    start(root)
    folder = root / "content/projects/first"
    for sample in folder.glob("*.md"):
        sample.unlink()
    for number in range(1, _COUNT + 1):
        (folder / f"yang-ben-{number:02}.md").write_text(_project(number), encoding="utf-8")
    media = root / "content/media"
    media.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(media / "yang-ben.png")
    craftsmen = root / "content/craftsmen"
    craftsmen.mkdir()
    honours = "".join(f"  - honour: 样本荣誉{year}\n    year: {year}\n" for year in (2019, 2021, 2024))
    (craftsmen / "yang-ben-ren.md").write_text(
        f"---\nname: 样本人\ntrade: 样本钳工\nsources: 样本来源\nhonours:\n{honours}---\n", encoding="utf-8"
    )
    return root


def _project(number: int) -> str:
    region, grade = _REGIONS[number % len(_REGIONS)], _GRADES[number % len(_GRADES)]
    lines = {
        "title": f"样本成果第{number}号",
        "edition": "first",
        "region": region,
        "year": 2018 + number % 8,
        "organisations": f"样本{number % 4 + 1}厂",
        "people": "yang-ben-ren、样本甲",
        "sources": "样本来源",
    }
    award = f"awards:\n  - award: 样本创新奖\n    grade: {grade}\n    year: {2018 + number % 8}\n"
    more = _FIRST if number == 1 else "status: 公示\n" if number == 2 else ""
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in lines.items()) + award + more + "---\n"
