"""A small exhibition with something of everything, edits of it, and builds of it, warm and cold, within this process."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from click.testing import CliRunner
from sample_media import photograph
from small import project
from whole import SMALL, exhibition

from site_builder.cli import cli
from site_builder.press.packaged import packaged_theme
from site_builder.press.templates import environment

if TYPE_CHECKING:
    from pathlib import Path

SIZE = (320, 240)
"""Of pictures: what is made of them is not the point."""
MANY = SMALL | {
    "projects/2026/yang-ben-bing.md": project(
        title="样本丙成果",
        organisations="样本二厂",
        people="yang-ben-ren",
        pictures="[{file: yi.jpg, alt: 样本画面}]",
        awards="[{award: 样本奖, year: 2026, grade: 一等奖}]",
        region="上海",
    ),
    "projects/2026/yang-ben-ding.md": project(title="样本丁成果", summary="样本简介"),
    "studios/yang-ben-shi.md": "---\nname: 样本工作室\nleads: [yang-ben-ren]\nsources: 样本来源\n---\n",
    "organisations/yang-ben-yi-chang.yml": "name: 样本一厂\nsources: 样本来源\n",
    "pages/yang-ben.md": "# 样本页\n\n[[展品: yang-ben-yi]]\n",
}
"""Entries of several kinds that name each other, a picture, a story and a page that show entries."""


def sample(root: Path) -> Path:
    """The exhibition, without what is slow to draw."""
    exhibition(root, MANY)
    photograph(root / "content/media/yi.jpg", SIZE, seed=1)
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("- exhibition:\n", "- exhibition:\n      share_cards: false\n", 1)
    settings.write_text(text.replace("name: material\n", "name: material\n  custom_dir: theme\n", 1), encoding="utf-8")
    own_template(root, "withdrawn.html", "样本")
    return root


def built(root: Path, *arguments: str) -> str:
    """Builds as the command does; returns what it said."""
    environment.cache_clear()  # a build is a process of its own, whose templates are read anew
    done = CliRunner().invoke(cli, ["build", "--root", str(root), *arguments])
    gc.enable()
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1), done.output
    return done.output


def own_template(root: Path, name: str, words: str) -> None:
    """Puts a changed copy of a template into the exhibition's own theme."""
    path = root / "theme/exhibits" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        (packaged_theme() / "exhibits" / name).read_text(encoding="utf-8") + f"<i>{words}</i>", encoding="utf-8"
    )


def stamps(site: Path) -> dict[str, tuple[int, bytes]]:
    """Time of change and bytes of every file of a site."""
    return {
        path.relative_to(site).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
