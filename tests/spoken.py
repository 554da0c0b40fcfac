"""The sample exhibition in three languages, some of it translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small import write
from warming import sample

if TYPE_CHECKING:
    from pathlib import Path

TRANSLATED = {
    "languages/en/projects/2026/yang-ben-bing.md": (
        "---\ntitle: Sample result C\nsummary: A sample summary.\n---\n\nA sample **text**.\n"
    ),
    "languages/en/pages/yang-ben.md": "---\n样本页: Sample page\n---\n\nWritten in English.\n",
    "languages/en.yml": "样本奖: Sample Award\n",
    "languages/zh-Hant.yml": "样本二厂: 樣本貳廠\n",
}


def spoken(root: Path) -> Path:
    """Entries in Chinese, one of them translated, in a site of three languages."""
    sample(root)
    write(root, TRANSLATED)
    body = root / "content/projects/2026/yang-ben-bing.md"
    text = body.read_text(encoding="utf-8").replace("---\ntitle", "---\nsummary: 一句样本简介。\ntitle", 1)
    text = text.replace("样本丙成果", "样本丙成果（甲）")  # brackets, which templates keep on one line
    body.write_text(f"{text}\n样本**正文**。\n", encoding="utf-8")
    person = root / "content/craftsmen/yang-ben-ren.md"
    person.write_text("---\nname: 范样本\nsources: 样本来源\n---\n", encoding="utf-8")
    settings = root / "mkdocs.yml"
    written = settings.read_text(encoding="utf-8")
    settings.write_text(
        written.replace("- exhibition:\n", "- exhibition:\n      languages: [zh-Hant, en]\n", 1), encoding="utf-8"
    )
    return root
