"""Makes an exhibition whose entries are hard to print: long titles, many people, rare characters, pictures, empty fields."""

from pathlib import Path

from PIL import Image
from sample_media import photograph
from small import project, write
from whole import exhibition

ADDRESS = "https://exhibition.example/zhan/"
LONG = (
    "样本超长名称（测试）：基于Programmable-Logic-Controller与"
    f"{'A' * 40}的“多工位”自动化检测装置及其在极端工况下的应用研究与推广示范"
)
RARE = "样本𠮷㙟成果"
UNKNOWN = "样本\U0001f9f0成果"
PEOPLE = tuple(f"样本{family}{name}" for family in "单曾区阿王" for name in "甲乙丙丁戊己庚辛壬癸子丑")
TEXT = "样本文字，说明“做法”与《依据》（测试），不代表任何单位。"
_EDITION = """\
title: 2026 样本展期
years: 2024—2025
summary: 样本简介。
opening: 2026-03-01
closing: 2026-06-30
organisers: [样本市总工会]
halls:
  - {id: yi, title: 样本一厅, intro: 样本前言。, motif: cable, where: {industry: [电力]}}
  - {id: er, title: 样本二厅, picks: [chang, ren], motif: gear}
sources: 样本来源
"""


def _listed(*people: str) -> str:
    return f"[{', '.join(people)}]"


FILES = {
    "editions/2026.yml": _EDITION,
    "awards/jiang.yml": "name: 样本创新奖\ngrades: [{name: 一等奖, rank: 1}, {name: 优秀创新成果奖, rank: 4}]\nsources: 样本来源\n",
    "craftsmen/ren.md": (
        "---\nname: 样本单工\norganisation: 样本二厂\nportrait: 肖像.jpg\nconsent: 样本同意书\nhonours: [{honour: jiang, year: 2025}]\n"
        "sources: 样本来源\n---\n"
    ),
    "projects/2026/chang.md": project(
        title=LONG,
        edition="'2026'",
        people=_listed(*PEOPLE),
        organisations="[样本一厂, 样本二厂股份有限公司智能制造与绿色低碳联合创新中心]",
        awards="[{award: jiang, grade: 一等奖, session: 第三届, year: 2025}]",
        summary=TEXT * 6,
        problem=TEXT * 12,
        innovation_points=f"[{TEXT * 4}, {TEXT * 4}, {TEXT * 4}]",
        effects=f"[{TEXT * 5}, {TEXT * 5}]",
        application=TEXT * 20,
        year="2025",
    ),
    "projects/2026/zhao.md": project(
        title="样本照片成果",
        edition="'2026'",
        industry="电力",
        organisations="[样本一厂]",
        people="[样本单甲, 样本区乙]",
        awards="[{award: jiang, grade: 优秀创新成果奖, year: 2025}]",
        summary=TEXT,
        figures="[{value: '120', unit: 万元, label: 年节约}]",
        pictures="[{file: 照片.jpg, alt: 样本画面, caption: 样本说明, credit: 样本供图}]",
    ),
    "projects/2026/tu.md": project(
        title="样本竖图成果", edition="'2026'", industry="电力", pictures="[{file: 竖.png, alt: 样本竖画面}]"
    ),
    "projects/2026/kong.md": project(title="空", edition="'2026'"),
    "projects/2026/gong.md": project(
        title="样本公示成果",
        edition="'2026'",
        status="公示",
        notice="{start: 2026-01-01, end: 2026-01-10}",
        awards="[{award: jiang, grade: 一等奖, year: 2025}]",
    ),
    "projects/2026/xi.md": project(title=RARE, edition="'2026'", people="[样本𠮷]"),
    "projects/2026/che.md": project(title="样本撤下成果", edition="'2026'", status="撤下"),
    "methods/fa.md": project(title="样本操作法", edition="'2026'", organisations="[样本三厂]"),
}


def hard_to_print(root: Path) -> Path:
    """A whole exhibition whose address is known."""
    exhibition(root, FILES)
    media = root / "content" / "media"
    photograph(media / "照片.jpg", (1500, 1000), seed=1)
    photograph(media / "肖像.jpg", (800, 1000), seed=2)
    Image.new("RGBA", (600, 1000), (30, 80, 140, 160)).save(media / "竖.png")
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert 'site_url: ""' in text
    settings.write_text(text.replace('site_url: ""', f"site_url: {ADDRESS}"), encoding="utf-8")
    return root


def with_unknown_character(root: Path) -> Path:
    """The same with a title that no font can set."""
    return write(root, {"projects/2026/wei.md": project(title=UNKNOWN, edition="'2026'")})
